"""The tutorial: what it claims of differences, tests and plots is so."""

import html
import re
import sys

import mpmath
import numpy as np
import pytest
from matplotlib.figure import Figure
from project import ROOT

from gradviz_core.book import numerical_gradient

CONTENT = ROOT / "content"
STEPS = [p for p in sorted(CONTENT.glob("tutorial/??-*.md")) if "." not in p.stem]
FENCE = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
AXIS = np.arange(-2, 2.5, 0.25)
X, Y = (axis.ravel() for axis in np.meshgrid(AXIS, AXIS))
POINTS = np.column_stack((X, Y))


def text(name):
    (path,) = CONTENT.glob(f"tutorial/??-{name}.md")
    return path.read_text(encoding="utf-8")


def shown(built, path):
    return built.page(f"{path}/index.html")


def code(markdown, kind):
    return [block for found, block in FENCE.findall(markdown) if found == kind]


class BooksOwnFile:
    """What stands in for gradient_2d.py of the book, in its folder ch04."""

    numerical_gradient = staticmethod(numerical_gradient)


def typed(markdown, monkeypatch):
    """What a reader types of the sessions of a page in the folder ch04, run in order."""
    monkeypatch.setitem(sys.modules, "gradient_2d", BooksOwnFile)
    names = {}
    for block in code(markdown, "python"):
        if block.startswith(("import ", "def ")):  # not lines for the reader's own file
            exec(block, names)
    lines = "".join(code(markdown, "pycon")).splitlines()
    source = [line[4:] for line in lines if line.startswith((">>> ", "... "))]
    exec("\n".join(source), names)
    return names


def product(x):
    return x[0] * x[1]


def test_the_steps_come_in_their_order_and_keep_their_addresses(built):
    page = shown(built, "tutorial")
    steps = re.findall(r'<h2><a href="([^"]*)index.html"', page)
    assert steps == [
        "gradient-field/", "central-difference/", "routine/", "two-layouts/", "when-it-is-right/",
        "will-it-be-caught/", "half-the-fix/", "your-own-function/",
    ]  # fmt: skip


def test_each_step_tells_its_place_and_leads_on(built):
    steps = [path.stem[3:] for path in STEPS]
    places = [f"../{step}/index.html" for step in steps[1:]] + [
        "../../playground/index.html"
    ]
    for at, (step, place) in enumerate(zip(steps, places, strict=True), start=1):
        page = shown(built, f"tutorial/{step}")
        up = re.search(
            r'<a href="../index.html"[^>]*>Tutorial</a> · Step (\d) of (\d)', page
        )
        assert (int(up[1]), int(up[2])) == (at, len(steps))
        assert up.start() < page.index("<h1>")
        assert re.findall(r'rel="next" href="([^"]*)"', page) == [place]


def test_the_tutorial_says_which_step_is_the_proof(built):
    (path,) = CONTENT.glob("tutorial/??-when-it-is-right.md")
    link = r'<a href="when-it-is-right/index.html"[^>]*>Step (\d)</a> is a proof'
    found = re.search(link, shown(built, "tutorial"))
    assert found[1] == str(int(path.name[:2]))


def test_each_step_has_a_picture_or_an_interaction(built):
    for path in STEPS:
        page = shown(built, f"tutorial/{path.stem[3:]}")
        assert re.search(r'class="(picture|pair|trace|symptoms)', page), path


# The step


def test_the_errors_of_both_differences_are_those_of_long_arithmetic(monkeypatch):
    names = typed(text("central-difference"), monkeypatch)
    mpmath.mp.dps = 40
    for h in (1e-1, 1e-2, 1e-3, 1e-4):
        ahead, both = [], []
        for place in names["x"][::250]:
            x, step = mpmath.mpf(float(place)), mpmath.mpf(h)
            ahead.append(
                abs((mpmath.sin(x + step) - mpmath.sin(x)) / step - mpmath.cos(x))
            )
            rise = mpmath.sin(x + step) - mpmath.sin(x - step)
            both.append(abs(rise / (2 * step) - mpmath.cos(x)))
        # Of some of the places, so the worst of all is no less, and not much more.
        assert 1 - 1e-3 <= names["worst"](names["forward"](h)) / float(max(ahead)) < 1.2
        assert 1 - 1e-3 <= names["worst"](names["central"](h)) / float(max(both)) < 1.2


def test_the_lines_of_the_picture_are_two_Vs_with_their_tips_apart(monkeypatch):
    names = typed(text("central-difference"), monkeypatch)
    steps, ahead, both = (np.array(names[n]) for n in ("steps", "ahead", "both"))
    eps = np.finfo(float).eps
    assert 1e-9 < steps[ahead.argmin()] < 1e-7  # about the root of eps
    assert eps ** (1 / 3) / 10 < steps[both.argmin()] < eps ** (1 / 3) * 10
    right = (steps >= 1e-3) & (steps <= 1e-1)
    slope = np.polyfit(
        np.log(steps[right]), np.log(np.transpose([ahead, both])[right]), 1
    )[0]
    np.testing.assert_allclose(slope, [1, 2], atol=0.05)
    left = steps < 1e-10
    slope = np.polyfit(
        np.log(steps[left]), np.log(np.transpose([ahead, both])[left]), 1
    )[0]
    np.testing.assert_allclose(slope, [-1, -1], atol=0.15)
    assert (np.array(names["lucky"]) < both).all()


# The routine


def test_the_routine_as_short_as_it_can_be_is_that_of_the_book(monkeypatch):
    names = typed(text("routine"), monkeypatch)
    for f in (product, np.prod, lambda x: np.sum(x**2), lambda x: np.sin(x[0]) * x[-1]):
        for array in (POINTS, POINTS.T, np.array([[3, 4], [5, 6], [7, 8]])):
            given = array.copy()
            result = names["routine"](f, given)
            assert result.dtype == array.dtype
            np.testing.assert_array_equal(result, numerical_gradient(f, array.copy()))
            np.testing.assert_array_equal(given, array)


def test_half_of_the_arrows_of_the_hill_turn_when_the_slopes_are_swapped(monkeypatch):
    names = typed(text("two-layouts"), monkeypatch)
    outward = [
        (names["points"] * a).sum(axis=1) > 1e-9
        for a in (names["arrows"], names["swapped"])
    ]
    assert not outward[0].any()  # all to the top
    assert 0.3 < outward[1].mean() < 0.7


# Will it be caught? Every cell again, by exact derivatives and other tests of the same name.

SPELT = {
    "np.sum(x**2)": lambda x: 2 * x,
    "x[0]**2 + x[1]**2": lambda x: first(x, 2 * x[0], 2 * x[1]),
    "x[0] * x[1]": lambda x: first(x, x[1], x[0]),
    "np.prod(x)": lambda x: np.array([np.prod(np.delete(x, k)) for k in range(len(x))]),
    "np.mean(x**2)": lambda x: 2 * x / len(x),
    "np.sum(x)**2": lambda x: np.full(len(x), 2 * np.sum(x)),
    "np.sum(x**2) - x[0]**2 / 2": lambda x: 2 * x - first(x, x[0], 0),
}


def first(x, *slopes):
    return np.array([*slopes, *[0.0] * (len(x) - 2)])


def sideways(gradient, points):
    """The arrows of the call without .T, exactly."""
    return np.transpose([gradient(row) for row in points.T])


def finds(gradient):
    axis = np.arange(-1.0, 4.0)
    points = np.array([(x, y) for y in axis for x in axis])
    arrows, true = sideways(gradient, points), np.array([gradient(x) for x in points])
    backwards = sideways(gradient, points[::-1])[::-1]
    # Even one point less must not matter, nor one that is listed last instead of first.
    rolled = np.roll(sideways(gradient, np.roll(points, -1, axis=0)), 1, axis=0)
    half = sideways(gradient, points[::2])
    U, V = arrows.T.reshape(2, 5, 5)
    turn = (
        np.diff(V, axis=1)[:-1]
        + np.diff(V, axis=1)[1:]
        - np.diff(U, axis=0)[:, :-1]
        - np.diff(U, axis=0)[:, 1:]
    )
    return [
        points.T[0].shape != (2,),
        not np.allclose(arrows, true),
        not (np.allclose(arrows, backwards) and np.allclose(arrows, rolled)),
        not np.allclose(arrows[::2], half),
        not np.allclose(turn, 0),
    ]


def test_every_cell_of_the_table_is_so(built):
    page = shown(built, "tutorial/will-it-be-caught")
    rows = re.findall(
        r"<tr>\n<td>(?:<span[^>]*>)?<code>(.*?)</code>(?:</span>)?</td>\n(.*?)</tr>",
        page,
        re.DOTALL,
    )
    cells = {html.unescape(f): re.findall(r"(yes|no)\b", row) for f, row in rows}
    assert list(cells) == list(SPELT)
    for spelling, gradient in SPELT.items():
        assert cells[spelling] == [
            "yes" if found else "no" for found in finds(gradient)
        ], spelling


def test_no_test_of_numbers_finds_anything_on_the_books_own_function():
    assert finds(SPELT["np.sum(x**2)"]) == [True] + [False] * 4
    for spelling, gradient in SPELT.items():
        shape, alone, *_ = finds(gradient)
        assert shape
        assert alone or spelling == "np.sum(x**2)"


# Half the fix


def drawn(grad, points):
    Figure().add_subplot().quiver(*points.T, grad[0], grad[1])


def test_both_halves_of_the_fix_stop_with_the_message_of_the_page():
    (message,) = code(text("half-the-fix"), "text")
    for grad in (
        numerical_gradient(product, POINTS.copy()),
        numerical_gradient(product, POINTS.T.copy()).T,
    ):
        with pytest.raises(ValueError, match="Argument U") as error:
            drawn(grad, POINTS)
        assert " ".join(message.split()) == f"ValueError: {error.value}"
    drawn(numerical_gradient(product, POINTS.copy()).T, POINTS)


def test_on_two_points_quiver_takes_anything(monkeypatch):
    names = typed(text("half-the-fix"), monkeypatch)
    for grad in (names["true"], names["false"], names["true"].T, names["false"].T):
        drawn(grad, names["pair"])
    assert ((names["true"] != 0).all(), (np.abs(names["true"] - names["false"]) > 0.5).sum(axis=1).tolist()) == (
        True, [1, 1],
    )  # fmt: skip


def test_a_reshape_is_wrong_for_the_product_and_hidden_by_the_sum_of_squares():
    reshaped = POINTS.T.reshape(324, 2)
    coordinates = np.repeat([0, 1], 324).reshape(324, 2)  # which one each number was
    assert coordinates.tolist() == [[0, 0]] * 162 + [[1, 1]] * 162
    for f, hidden in ((product, False), (lambda x: np.sum(x**2), True)):
        right = numerical_gradient(f, POINTS.copy())
        found = numerical_gradient(f, reshaped.copy()).reshape(2, 324).T
        assert np.allclose(right, found, atol=1e-6) == hidden


# Your own function


def test_the_new_script_passes_the_first_check_with_its_own_routine():
    (script,) = [it for it in code(text("your-own-function"), "python") if "plt" in it]
    names = {}
    exec(script.partition("\naxis =")[0], names)
    np.testing.assert_allclose(names["gradient"](product, np.array([3.0, 4.0])), [4, 3])
    assert names["gradient"](names["f"], np.array([1, 2])).dtype == float
    with pytest.raises(AssertionError, match="3"):
        names["f"](np.array([1.0, 2.0, 3.0]))
