"""What stands over a grid: each mend draws every number at its point.

The cases are those of tests/cases/scripts.txt; which findings they have, test_scripts.py asks.
"""

import numpy as np
import pytest
from unit import script_readers
from unit.script_cases import CASES, PARTS, RIGHT, UNREAD
from unit.script_runs import ARROWS, mended, run

HEIGHTS = "X**2 + 3*X*Y - 2*Y"


def height_at(x, y):
    return x**2 + 3 * x * y - 2 * y


def all_mended(text):
    return mended(text, script_readers.said_by_python(text))


def can_be_mended(name):
    _, expected = CASES[name]
    return all(each.fix for each in expected)


def is_runnable(text):
    return not any(
        unknown in text for unknown in ("spacing)", "spacings)", "points,", "height,")
    )


# Arrows of np.gradient


def are_the_slopes(text):
    """Whether the arrows inside of the grid are those of the exact gradient, or its opposite."""
    [(x, y, u, v)] = run(text).arrows
    if x.ndim == 1:
        x, y = np.meshgrid(x, y)
    inside = np.s_[1:-1, 1:-1]
    exact = (2 * x + 3 * y)[inside], (3 * x - 2)[inside]
    signed = np.sign(np.sum(u[inside] * exact[0]))
    slopes = signed * u[inside], signed * v[inside]
    return np.allclose(slopes, exact)


def draws_arrows(text):
    return any(f"plt.{arrows}" in text for arrows in ARROWS)


# Others show how a mend is written, and cannot be run or are half as steep.
WITH_ARROWS = [
    name
    for name, (text, _) in CASES.items()
    if HEIGHTS in text and draws_arrows(text) and can_be_mended(name)
    if "/ 2" not in text and is_runnable(text)
]


@pytest.mark.parametrize("name", WITH_ARROWS)
def test_a_mended_call_of_np_gradient_draws_the_exact_gradient(name):
    text, _ = CASES[name]
    assert are_the_slopes(all_mended(text))


def factors_said(text):
    """By how much slopes are said to be too long, where nothing else is found."""
    findings = script_readers.said_by_python(text)
    values = [finding["values"] for finding in findings]
    if len(values) != 1 or values[0].keys() != {"form", "factor"}:
        return []
    return [float(values[0]["factor"])]


ALL_TEXTS = {name: text for name, (text, _) in CASES.items()} | RIGHT
OFF_BY_A_FACTOR = [
    name for name, text in ALL_TEXTS.items() if HEIGHTS in text and factors_said(text)
]


@pytest.mark.parametrize("name", OFF_BY_A_FACTOR)
def test_every_slope_is_as_many_times_too_long_as_is_said(name):
    text = ALL_TEXTS[name]
    [factor] = factors_said(text)
    was, becomes = (run(each).arrows[-1][2:] for each in (text, all_mended(text)))
    inside = np.s_[1:-1, 1:-1]  # at the rim, differences are taken on one side
    for slopes, right in zip(was, becomes, strict=True):
        np.testing.assert_allclose(slopes[inside], factor * right[inside], rtol=5e-3)


RIGHT_ARROWS = [
    name
    for name, text in RIGHT.items()
    if HEIGHTS in text and draws_arrows(text)
    if not UNREAD[name] and "0.1*" not in text
]


@pytest.mark.parametrize("name", RIGHT_ARROWS)
def test_np_gradient_is_right_where_nothing_is_said(name):
    assert are_the_slopes(RIGHT[name])


@pytest.mark.parametrize(
    ("grid", "heights", "axis"),
    [
        ("np.meshgrid(x, x)", "Z", "Y"),
        ("np.meshgrid(x, x)", "Z.T", "X"),
        ("np.meshgrid(x, x, indexing='ij')", "Z", "X"),
        ("np.mgrid[-2:2:.5, -2:2:.5]", "Z", "X"),
        ("np.mgrid[-2:2:.5, -2:2:.5]", "Z.T", "Y"),
    ],
)
def test_where_slopes_are_swapped_the_first_axis_is_named(
    gradviz_js, grid, heights, axis
):
    slopes = "V, U" if axis == "X" else "U, V"
    turned = "U, V = U.T, V.T\n" if heights == "Z.T" else ""
    text = (
        "import numpy as np\nimport matplotlib.pyplot as plt\n"
        f"x = np.arange(-2, 2, .5)\nX, Y = {grid}\nZ = X**2 + X*Y\n"
        f"{slopes} = np.gradient({heights}, .5)\n{turned}plt.quiver(X, Y, U, V)\n"
    )
    assert script_readers.check_agreement(gradviz_js, [text])["axis-order"] == 1
    [finding] = script_readers.said_by_python(text)
    assert finding["values"]["axis"] == axis
    assert f" {axis}." in finding["message"]


# Axes of different scales

WIDE = """\
import numpy as np
import matplotlib.pyplot as plt
X, Y = np.meshgrid({numbers})
P = np.column_stack([X.ravel(), Y.ravel()])
G = np.array([numerical_gradient(f, p) for p in P])
{before}
plt.quiver(P[:, 0], P[:, 1], G[:, 0], G[:, 1])
{behind}
"""
LINES = "np.linspace(-2, 2, 9), np.linspace(-1, 1, 9)"
ROUTINE = PARTS["routine"] + PARTS["product"]


def sizes_said(gradviz_js, numbers=LINES, before="", behind=""):
    """The width and the height of each grid whose axes are said to differ in scale."""
    text = ROUTINE + WIDE.format(numbers=numbers, before=before, behind=behind)
    script_readers.check_agreement(gradviz_js, [text])
    values = [finding["values"] for finding in script_readers.said_by_python(text)]
    return [(each["width"], each["height"]) for each in values if "width" in each]


@pytest.mark.parametrize(
    ("numbers", "size"),
    [
        (LINES, ("4", "2")),
        ("np.arange(-2, 2.1, .5), np.arange(-1, 1.1, .5)", ("4", "2")),
        ("np.arange(-2, 2, .5), np.arange(8)", ("3.5", "7")),
        ("np.arange(-2, 2.1, step=.5)[::2], np.arange(-9, 9)", ("4", "17")),
        ("np.arange(4, 0, -.5), np.arange(-1, 1, .5)", ("3.5", "1.5")),
        ("np.linspace(0, 4, count), np.linspace(0, 2, count)", ("4", "2")),
    ],
)
def test_a_grid_is_as_long_as_from_its_first_point_to_its_last(
    gradviz_js, numbers, size
):
    assert sizes_said(gradviz_js, numbers) == [size]


@pytest.mark.parametrize(
    "numbers",
    [
        "np.arange(0, 4, step), np.arange(0, 2, step)",
        "np.linspace(0, 4, 9, endpoint=False), np.linspace(0, 2, 9, endpoint=False)",
        "np.arange(4, 0), np.arange(9)",
    ],
)
def test_where_a_grid_ends_at_an_unknown_point_its_size_is_not_said(
    gradviz_js, numbers
):
    assert sizes_said(gradviz_js, numbers) == []


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "plt.axis('equal')"),
        ("", "plt.axis('square')"),
        ("", "plt.axis('scaled')"),
        ("", "plt.gca().set_aspect(1)"),
        ("", "plt.gca().set_aspect(aspect=1.0)"),
        ("", "plt.gca().set_aspect(ratio)"),
        ("plt.subplot(aspect=1)", ""),
        ("plt.figure(figsize=(9.6, 4.8))", ""),
        ("plt.figure(figsize=size)", ""),
        ("plt.rcParams['figure.figsize'] = 10, 5", ""),
        ("plt.figure(figsize=(5, 5)).add_axes([0, 0.25, 1, 0.5])", ""),
        ("plt.axes([0, 0, 0.8, 0.5])", ""),
    ],
)
def test_axes_that_may_have_one_scale_are_not_said_to_differ(
    gradviz_js, before, behind
):
    assert sizes_said(gradviz_js, before=before, behind=behind) == []


@pytest.mark.parametrize(
    "before",
    [
        "plt.axes()",
        "plt.figure(figsize=(6, 6))",
        "plt.gca().set_aspect('auto')",
        "plt.gca().set_aspect(3)",
    ],
)
def test_axes_of_different_scales_are_named_in_any_figure(gradviz_js, before):
    assert sizes_said(gradviz_js, before=before) == [("4", "2")]


# Pictures


def is_upright(text):
    """Whether each picture shows every height where it belongs, to the right and upwards."""
    outcome = run(text)
    names = outcome.names
    shown = []
    for arguments in outcome.pictures:
        places = arguments[:2] if len(arguments) > 2 else ()
        array = arguments[len(places)]
        if "H" in names:
            exact = np.histogram2d(names["x"], names["y"], bins=20)[0].T
            shown.append(np.allclose(array / array.sum(), exact / exact.sum()))
            continue
        x, y = places or (names["x"], names["y"])
        if x.ndim == 1:
            x, y = np.meshgrid(x, y)
        shown.append(np.allclose(array, height_at(x, y)))
    return all(shown)


def test_a_mended_picture_shows_each_height_where_it_belongs():
    tried = 0
    for name, (text, expected) in CASES.items():
        is_of_picture = any(each.code == "image-axes" for each in expected)
        is_of_grid = HEIGHTS in text and "def " not in text and "where" not in text
        is_of_histogram = "y = np.arange(500)" in text and "plt.imshow" not in text
        if is_of_picture and can_be_mended(name) and (is_of_grid or is_of_histogram):
            assert not is_upright(text), name
            assert is_upright(all_mended(text)), name
            tried += 1
    assert tried > 4
