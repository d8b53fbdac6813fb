"""What is drawn is what was measured: read back from the SVG, and equal on every run."""

import itertools
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from svg import SVG, Drawing, compare, stock_scale

from gradviz_core import FUNCTIONS, Grid, Layout, measure
from gradviz_core.figures import _sheet, render
from gradviz_core.quiver import Curves, Quiver, automatic_scale, quivers


def drawn(name):
    f = FUNCTIONS[name]
    return quivers(f.grid, *(measure(f, f.grid, layout) for layout in Layout))


ENDINGS = ["correct", "buggy", "correct-autoscale", "buggy-autoscale"]


def expected(name, ending):
    """Points, arrows, limits and scale of a picture, from the measurement alone."""
    f = FUNCTIONS[name]
    found = measure(f, f.grid, Layout.ROWS if "correct" in ending else Layout.COLUMNS)
    reach = 1.25 * f.grid.step
    limits = f.grid.axis[0] - 1.1 * reach, f.grid.axis[-1] + 1.1 * reach
    if "autoscale" in ending:
        return found.points, -found.gradient, (-2, 2) if f.grid == Grid() else limits, None
    return found.points, found.gradient, limits, np.nanmax(np.hypot(*found.truth.T)) / reach


def compare_function(svg, name, ending):
    long = compare(svg, *expected(name, ending))
    # Beside the correct field, all its arrows may be specks or dots.
    assert long or ending.startswith("buggy")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_arrows_read_back_from_the_site_are_the_measurement(built, name, ending):
    compare_function((built.site / "figures" / f"{name}-{ending}.svg").read_bytes(), name, ending)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", ["product", "bowl", "exponential_bump"])
def test_arrows_read_back_from_memory_are_the_measurement(name, ending):
    compare_function(render("svg", drawn(name)[ending]), name, ending)


def test_each_axis_is_called_by_its_coordinate():
    root = ElementTree.fromstring(render("svg", drawn("bowl")["correct"]))
    along, up = (text for text in root.iter(f"{SVG}text") if text.text in {"x\u2080", "x\u2081"})
    assert (along.text, "rotate(-90" in str(along.attrib)) == ("x\u2080", False)
    assert (up.text, "rotate(-90" in str(up.attrib)) == ("x\u2081", True)


def test_the_buggy_product_is_two_arrows_and_322_dots():
    quiver = drawn("product")["buggy"]
    drawing = Drawing(render("svg", quiver), quiver.limits)
    assert len(drawing.arrows[0]) == 2
    assert len([*drawing.groups["arrows"].iter(f"{SVG}path")]) == 1  # of two parts
    assert len(drawing.dots) == 322


@pytest.mark.parametrize("name", FUNCTIONS)
def test_one_scale_serves_the_pair_and_its_longest_arrow_fits(name):
    pictures = drawn(name)
    correct, buggy = pictures["correct"], pictures["buggy"]
    assert (correct.scale, correct.limits) == (buggy.scale, buggy.limits)
    tips = correct.points + correct.arrows / correct.scale
    assert correct.limits[0] < tips.min() < tips.max() < correct.limits[1]


def test_the_books_view_is_negative_cropped_and_scaled_by_itself():
    pictures = drawn("product")
    for ending in ("correct", "buggy"):
        book = pictures[f"{ending}-autoscale"]
        assert np.array_equal(book.arrows, -pictures[ending].arrows)
        assert (book.limits, book.scale, book.ink) == ((-2, 2), None, "book")


@pytest.mark.parametrize("name", ["product", "mean_of_squares", "exponential_bump"])
@pytest.mark.parametrize("ending", ["correct-autoscale", "buggy-autoscale"])
def test_the_automatic_scale_is_that_of_a_stock_quiver(name, ending):
    field = drawn(name)[ending]
    assert automatic_scale(field.arrows) == pytest.approx(
        stock_scale(field.points, field.arrows), rel=1e-12
    )


def field(arrows):
    points = Grid(0, 2, 1).points
    return Quiver(
        points, np.broadcast_to(np.array(arrows, float), points.shape).copy(), (-1, 2), None, "book"
    )


def test_an_all_zero_field_is_drawn_as_dots_without_a_warning():
    blank = field([0, 0])
    drawing = Drawing(render("svg", blank), blank.limits)
    assert len(drawing.dots) == 4
    assert not list(drawing.groups["arrows"].iter(f"{SVG}path"))


def test_arrows_that_are_not_finite_are_left_out():
    partly = field([1, 1])
    partly.arrows[0] = np.nan
    drawing = Drawing(render("svg", partly), partly.limits)
    assert len(drawing.arrows[0]) == 3


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_equal_fields_give_equal_bytes(suffix):
    assert render(suffix, field([1, 2])) == render(suffix, field([1, 2]))
    assert render(suffix, field([1, 2])) != render(suffix, field([1, 3]))


def test_the_svg_brings_its_own_dark_scheme():
    svg = render("svg", field([1, 2])).decode()
    light, dark = re.search(
        r"(\.s0.*)@media \(prefers-color-scheme: dark\)\{(.*)\}</style>", svg
    ).groups()
    assert "#ffffff" in light
    assert "#ffffff" not in dark
    assert "style=" not in svg.split("</style>")[1]


def test_the_numbers_along_the_axes_are_large_and_without_needless_digits():
    svg = render("svg", drawn("rastrigin")["correct"]).decode()
    texts = re.findall(r"<text([^>]*)>([^<]*)</text>", svg)
    assert [text for _, text in texts[:5]] == ["−1", "−0.5", "0", "0.5", "1"]
    sizes = map(int, re.findall(r"font-size: (\d+)px", svg))  # on a phone a unit is about a pixel
    assert min(sizes) >= 14


def test_what_was_drawn_before_leaves_no_trace():
    """All figures share their axes; nothing in a file may tell what they held before."""
    wide, narrow = Grid(-10, 11, 1).points, Grid(-2, 2.5, 0.5).points
    faint = np.full(narrow.shape, 1e-13)  # shows a direction only where the data reach further
    x = np.array([1.0, 10.0, 100.0])
    quivers = [
        Quiver(wide, wide, (-12, 12), None, "book"), Quiver(narrow, faint, (-2, 2), None, "book"),
        Quiver(narrow, 0 * narrow, (-3, 3), 1.0, "buggy"), Quiver(narrow, narrow, (-3, 3), 1.0, "correct"),
    ]  # fmt: skip
    curves = [
        Curves(x, x, x**2, names=["a", "b"], labels=["p", "q"], band=(x, 2 * x)),
        Curves(x, x - 5, names=["c"], labels=["r", "s"], scales=("linear", "linear")),
    ]
    pairs = [((one, two), {"titles": ["t", "u"]}) for one, two in itertools.pairwise(quivers)]
    cards = [(pair, words | {"heading": "Title " * n}) for n, (pair, words) in enumerate(pairs, 1)]
    figures = [*(((each,), {}) for each in (*quivers, *curves, *quivers, *curves)), *pairs, *cards]
    for suffix in ("svg", "png"):
        after_others = [render(suffix, *pictures, **words) for pictures, words in figures]
        for (pictures, words), drawn_later in zip(figures, after_others, strict=True):
            _sheet.cache_clear()
            assert render(suffix, *pictures, **words) == drawn_later
