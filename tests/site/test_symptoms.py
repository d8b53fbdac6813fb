"""Which does your plot look like? Each thumbnail is a real symptom, and its check and mend work."""

import io
import re
import warnings
from contextlib import redirect_stdout
from html import unescape

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from project import ROOT
from scipy.differentiate import jacobian
from svg import Drawing

from gradviz_core.book import numerical_gradient
from gradviz_core.registry.words import WORDS

PAGE = (ROOT / "content" / "symptoms.md").read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(
        r"^## [^\n]*\{: #(\w+) \}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL
    )
)
FENCE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
AXIS, WHOLE = np.arange(-2, 2.5, 0.25), np.arange(-3, 4)
THUMB = re.compile(
    r'<a href="([^"]*)#(\w+)"[^>]*>\s*<span class="plot"><img src="([^"]*)" alt="([^"]*)"'
)


def product(x):
    return x[0] * x[1]


def bump(x):
    return np.exp(-np.sum(x**2))


def hill(x):
    return np.exp(-(x[0] ** 2) - x[1] ** 2)


def squares(x):
    return np.sum(x**2)


def raised(x):
    return squares(x) + 5000


def uneven(x):
    return x[0] * hill(x)


def bowl(x):
    return x[0] ** 2 / 20 + x[1] ** 2


# The axis of the reader's grid, the function, and whether the call has its two .T; if none is
# told, the slopes are those of np.gradient, and the wrong one comes first.
CAUSES = {
    "lines": (AXIS, product, False),
    "star": (AXIS.astype("float16"), squares, True),
    "nothing": (AXIS, np.prod, False),
    "flat": (AXIS, bump, False),
    "upright": (AXIS, bowl, True),
    "lengths": (AXIS, lambda x: np.log(np.sum(np.exp(x))), False),
    "exchanged": (AXIS, lambda X, Y: np.exp(-(X**2) - Y**2), None),
    "gap": (WHOLE, product, True),
    "blocks": (AXIS.astype("float32"), raised, True),
    "downhill": (AXIS, bump, True),
    "fine": (AXIS, lambda x: np.mean(x**2), False),
    "healthy": (AXIS, uneven, True),
}


def script(name, f=None, mended=False):
    """What stands in the reader's script after the call."""
    axis, own, transposed = CAUSES[name]
    f = f or own
    X, Y = (each.ravel() for each in np.meshgrid(axis, axis))
    names = {"np": np, "numerical_gradient": numerical_gradient, "f": f, "X": X, "Y": Y}
    if transposed is None:
        names |= heights(f, axis, axis)
        exec(slopes()[1], names)  # as if the first axis went right
        names["grad"] = np.array([names["dx"].ravel(), names["dy"].ravel()])
        names |= {"X": X, "Y": Y}
    elif mended:
        exec(fences("lines")[1], names)
    elif transposed:
        names["grad"] = numerical_gradient(f, np.array([X, Y]).T.copy()).T
    else:
        names["grad"] = numerical_gradient(f, np.array([X, Y]))
    return names


def heights(f, *axes, **indexing):
    """What stands in the script of a reader who has an array of heights and no routine."""
    X, Y = np.meshgrid(*axes, **indexing)
    return {"np": np, "X": X, "Y": Y, "Z": f(X, Y)}


def fences(name):
    return FENCE.findall(SECTIONS[name])


def slopes():
    """The two lines for np.gradient: the first axis up, and along."""
    return [line.strip() for line in fences("exchanged")[1:]]


def quiver(names):
    """The arrows of the reader's plot as matplotlib draws them, in units of the axes' width."""
    figure = Figure(figsize=(5, 5))
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    grad = names["grad"]
    drawn = axes.quiver(
        names["X"], names["Y"], -grad[0], -grad[1], angles="xy", color="#666666"
    )
    figure.canvas.draw()
    return np.array([path.vertices for path in drawn.get_paths()])


def thumbs(built, path):
    return THUMB.findall(built.files()[path].decode())


def test_every_thumbnail_leads_to_its_cause(built):
    found = thumbs(built, "symptoms/index.html")
    assert [name for _, name, _, _ in found] == list(CAUSES) == list(WORDS["symptoms"])
    sections = built.files()["symptoms/index.html"].decode()
    for _, name, _, _ in found:
        assert f'<h2 id="{name}">' in sections
        for part in ("Cause.", "Check.", "Fix."):
            assert f"**{part}**" in SECTIONS[name]


@pytest.mark.parametrize("name", CAUSES)
def test_a_thumbnail_shows_what_the_readers_script_has_computed(built, name):
    grad = script(name)["grad"].astype(float)
    (source,) = [
        src
        for _, found, src, _ in thumbs(built, "symptoms/index.html")
        if found == name
    ]
    drawing = Drawing(built.files()[source.removeprefix("../")])
    moving = (grad != 0).any(axis=0)
    if name == "nothing":
        assert not moving.any()
        assert not list(drawing.groups["arrows"])
        return
    assert len(drawing.paths) == grad.shape[1]  # those of length zero are specks
    places, tips = (ends[moving] for ends in drawing.arrows)
    if name == "flat":
        np.testing.assert_allclose(tips[:, 1], places[:, 1], atol=0.01)
        return
    # Only the directions: the scale is matplotlib's own. Arrows of a speck have none to be seen.
    span, wanted = tips - places, -grad.T[moving]
    seen = np.hypot(*span.T) > 0.1
    cosine = (span * wanted).sum(axis=1) / np.hypot(*span.T) / np.hypot(*wanted.T)
    assert seen.any()
    assert (cosine[seen] > 0.98).all()


def test_what_is_said_of_a_thumbnail_is_what_its_numbers_are(built):
    for _, name, _, alt in thumbs(built, "symptoms/index.html"):
        names = script(name)
        arrows, points = (
            -names["grad"].astype(float),
            np.array([names["X"], names["Y"]]),
        )
        moving = (arrows != 0).any(axis=0)
        said = [int(n) for n in re.findall(r": (\d+)\.", unescape(alt))]
        inward = ((arrows * points).sum(axis=0) < 0)[moving].sum()
        lengths = np.hypot(*arrows)
        width = 1.8 * lengths.mean() * np.sqrt(lengths.size)  # of the axes
        dots = (lengths < 0.06 / np.sqrt(lengths.size) * width).sum()  # as specks
        if name == "gap":
            dots = (lengths < 0.06 / 8 * 1.8 * lengths.mean() * 10).sum()
        if name in ("lines", "star", "flat"):
            assert said == [moving.sum(), dots]
        elif name == "nothing":
            assert said == []
            assert not moving.any()
        else:
            assert said == [inward, moving.sum() - inward, dots]
            lengths = np.hypot(*arrows[:, moving])
            ratio = float(re.search(r"is ([\d.]+) times", alt)[1])
            assert ratio == pytest.approx(lengths.max() / np.median(lengths), abs=0.05)


def test_what_is_said_of_a_thumbnail_gives_nothing_away(built):
    words = r"\.T\b|transpos|wrong|right|\brow|call|true|exact|product|\bf\b|script"
    for _, _, _, alt in thumbs(built, "symptoms/index.html"):
        assert not re.search(words, alt), alt


# What the page says that matplotlib does


def test_lines_leave_the_plot():
    arrows = quiver(script("lines"))
    assert sorted(np.hypot(*arrows[:, 3].T) > 1) == [False] * 322 + [True] * 2


@pytest.mark.parametrize(("f", "left"), [(squares, 8), (product, 98), (bump, 0)])
def test_in_float16_slopes_are_left_where_a_coordinate_is_small(f, left):
    names = script("star", f)
    moving = names["grad"].any(axis=0)
    assert moving.sum() == left
    assert (np.abs([names["X"], names["Y"]]).min(axis=0)[moving] <= 0.25).all()


def test_the_arrows_of_a_star_reach_from_the_middle_to_the_border():
    assert (np.hypot(*quiver(script("star"))[:, 3].T) > 0.5).sum() == 8


def test_of_each_slope_three_values_are_left():
    for slopes in script("blocks")["grad"]:
        assert len(set(slopes.tolist())) == 3


def test_arrows_that_point_out_of_the_plot_leave_stubs_in_a_corner(built):
    names = script("lines", hill)
    moving = (names["grad"] != 0).any(axis=0)
    assert moving.sum() == 2
    assert (
        -names["grad"][:, moving] < 0
    ).all()  # to the left and down, out of the corner
    assert (np.array([names["X"], names["Y"]])[:, moving] < -1.7).all()
    drawing = Drawing(built.files()["figures/symptoms/lines-2.svg"])
    places, tips = (ends[moving] for ends in drawing.arrows)
    np.testing.assert_allclose(places, [[-2, -2], [-1.75, -2]], atol=0.01)
    assert (tips < places).all()


def test_nothing_is_drawn_and_a_warning_is_printed():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        arrows = quiver(script("nothing"))
    assert np.isnan(arrows).all()
    assert any("divide by zero" in str(warning.message) for warning in caught)


def test_short_arrows_lie_flat():
    for arrow in quiver(script("flat")):
        np.testing.assert_allclose(arrow[3], [arrow[3][0], 0], atol=1e-9)  # the tip


def test_the_two_plots_that_cannot_be_told_apart_are_equal(built):
    files = built.files()
    one, two = (files[f"figures/symptoms/fine-{k}.svg"] for k in (1, 2))
    assert one == two
    yours, mended = script("fine")["grad"], script("fine", mended=True)["grad"]
    assert np.hypot(*mended).max() > 100 * np.hypot(*yours).max()


# The checks and the mends


def printed(line, names):
    out = io.StringIO()
    with redirect_stdout(out):
        exec(line, names)
    return out.getvalue()


def guarded(name, f):
    """The function, with the lines of an entry in front of all else."""
    names = {"f": f}
    lines = fences(name)[0].splitlines()
    exec("\n    ".join(["def guarded(x):", *lines, "return f(x)"]), names)
    return names["guarded"]


@pytest.mark.parametrize("name", ["lines", "healthy"])
def test_the_guard_stops_the_call_and_is_silent_when_it_is_mended(name):
    f = guarded(name, product)
    with pytest.raises(AssertionError, match=r"\(324,\)"):
        script("lines", f)
    script("lines", f, mended=True)
    script("healthy", f)
    with pytest.raises(AssertionError, match=r"\(2, 1\)"):
        f(np.ones((2, 1)))


def test_a_line_of_code_fits_a_phone():
    lines = [
        line for name in SECTIONS for code in fences(name) for line in code.splitlines()
    ]
    assert len(lines) > 20
    assert max(map(len, lines)) <= 41


def test_the_routine_is_asked_for_before_the_plots(built):
    page = built.files()["symptoms/index.html"].decode()
    asked, _, _ = page.partition('id="plots"')
    for name in ("scipy", "exchanged"):
        assert re.search(rf'<li>[^\n]*href="[^"]*#{name}"', asked)


@pytest.mark.parametrize(
    ("name", "kind"), [("gap", "int64"), ("star", "float16"), ("blocks", "float32")]
)
def test_one_of_the_lines_to_leave_in_f_sees_the_kind_of_number_and_the_other_does_not(
    name, kind
):
    with pytest.raises(AssertionError, match=kind):
        script(name, guarded("healthy", product))
    assert alone(script(name, guarded("lines", product))) == "False"


@pytest.mark.parametrize("name", ["nothing", "flat"])
def test_the_largest_number_tells(name):
    (check,) = fences(name)
    assert float(printed(check, script(name))) < 1e-200
    assert float(printed(check, script(name, mended=True))) > 0.1


def alone(names):
    """What the check of every arrow alone prints."""
    return printed(fences("fine")[0], names).strip()


@pytest.mark.parametrize("name", ["lines", "nothing", "flat", "lengths", "fine"])
def test_every_arrow_alone_tells_of_the_call_without_T(name):
    assert alone(script(name)) == "False"
    assert alone(script(name, mended=True)) == "True"


@pytest.mark.parametrize(("point", "told"), [(1, "False"), (1.0, "True")])
def test_every_arrow_alone_tells_of_a_readers_whole_numbers(point, told):
    axis = np.arange(-5, 6) * point
    X, Y = (each.ravel() for each in np.meshgrid(axis, axis))
    names = script("gap") | {"f": lambda x: x[0] ** 2 + x[0] * x[1], "X": X, "Y": Y}
    exec(fences("lines")[1], names)
    assert alone(names) == told
    dots = (names["grad"] == 0).all(axis=0)
    assert (dots == ((X == 0) if told == "False" else (X == 0) & (Y == 0))).all()


@pytest.mark.parametrize("name", ["healthy", "upright", "downhill"])
def test_every_arrow_alone_acquits_what_is_right(name):
    assert alone(script(name)) == "True"


def test_scipy_is_not_condemned():
    names = script("healthy") | {"jacobian": jacobian}
    f, both = names["f"], np.array([names["X"], names["Y"]])
    check, mend = fences("scipy")
    mended = names["grad"]
    exec(mend, names)
    np.testing.assert_allclose(names["grad"], mended, atol=1e-9)
    assert alone(names) == printed(check, names).strip() == "True"
    (shape,) = re.findall(r"`AssertionError: \((2, 2, [^`]*)\)`", SECTIONS["error"])
    with pytest.raises(AssertionError, match=rf"\({shape}\)"):
        jacobian(guarded("lines", product), both)
    # The .T that the book's routine needs does harm here.
    names["grad"] = jacobian(f, both.T.copy()).df.T
    assert alone(names) == printed(check, names).strip() == "False"
    # One .T too many, before or after, is what quiver then stops at.
    (message,) = re.findall(r"`(Argument U has [^`]*)`", SECTIONS["error"])
    rows = both.T.copy()
    by_scipy = jacobian(f, rows).df, jacobian(f, both).df.T
    for half in (*by_scipy, numerical_gradient(f, rows), numerical_gradient(f, both).T):
        with pytest.raises(ValueError, match=message):
            quiver(names | {"grad": half})


def test_a_column_is_told_from_the_missing_transpose():
    (told,) = (line for line in SECTIONS["error"].split("\n- ") if "[columns]" in line)
    other = (line for line in SECTIONS["error"].split("\n- ") if "(324,)" in line)
    column = np.array([[3.0], [4.0]])
    whole, rows = (re.escape(shape) for shape in re.findall(r"\([\d, ]+\)(?=`)", told))
    with pytest.raises(AssertionError, match=whole):
        guarded("lines", squares)(column)
    with pytest.raises(AssertionError, match=rows):
        numerical_gradient(guarded("lines", squares), column)
    assert "any other single number but 1.**" in next(other)


def test_the_steepest_slopes_tell_of_upright_arrows():
    (check,) = fences("upright")
    low, high = map(float, re.findall(r"[\d.]+", printed(check, script("upright"))))
    assert (low, high) == pytest.approx((2.25 / 10, 2 * 2.25))
    grad = np.abs(script("upright")["grad"])
    assert (grad[1] > 2 * grad[0]).mean() > 0.9


@pytest.mark.parametrize("indexing", ["xy", "ij"])
def test_the_first_axis_tells_which_slope_comes_first(indexing):
    """On a grid that is not square, against the gradient by hand: of x^2 y it is (2 x y, x^2)."""
    axes = np.arange(-2, 2.5, 0.25), np.arange(-1, 1.5, 0.25)
    names = heights(lambda X, Y: X**2 * Y, *axes, indexing=indexing)
    one, other = re.findall(r"-?\d[\d.]*", printed(fences("exchanged")[0], names))
    up, right = slopes()
    X, Y = names["X"], names["Y"]
    inside = np.s_[1:-1, 1:-1]  # at the rim np.gradient is less exact
    for line in (up, right):
        exec(line, names)
        found = np.array([names["dx"], names["dy"]])
        fits = np.allclose(found[:, *inside], np.array([2 * X * Y, X**2])[:, *inside])
        assert fits == (line == (up if one == other else right))


def test_the_kind_of_number_tells_of_a_gap():
    check, mend = fences("gap")
    names = script("gap")
    assert printed(check, names) == "int64\n"
    assert np.abs(names["grad"]).max() > 1000
    exec(mend, names)
    assert printed(check, names) == "float64\n"
    exec(fences("lines")[1], names)
    np.testing.assert_allclose(names["grad"], [names["Y"], names["X"]], atol=1e-9)
    assert alone(names) == "True"
    # With the sum of squares the arrows are far too long, and there is no gap but the one point.
    grad = script("gap", lambda x: np.sum(x**2))["grad"]
    assert ((grad == 0).all(axis=0)).sum() == 1


@pytest.mark.parametrize(("name", "kind"), [("star", "float16"), ("blocks", "float32")])
def test_the_kind_of_number_tells_of_too_few_digits(name, kind):
    check, mend = fences(name)
    names = script(name)
    assert printed(check, names) == f"{kind}\n"
    assert alone(names) == "False"
    exec(mend, names)
    assert printed(check, names) == "float64\n"
    exec(fences("lines")[1], names)
    np.testing.assert_allclose(
        names["grad"], [2 * names["X"], 2 * names["Y"]], atol=1e-6
    )
    assert alone(names) == "True"


def test_downhill_is_the_minus_sign():
    (check,) = fences("downhill")
    drawn = []

    class Plot:
        quiver = staticmethod(lambda *arrays: drawn.append(arrays))

    names = script("downhill") | {"plt": Plot}
    exec(check, names)
    X, Y, U, V = drawn[0]
    assert (X * U + Y * V >= 0).all()  # away from the top
    assert (X * names["grad"][0] + Y * names["grad"][1] <= 0).all()
