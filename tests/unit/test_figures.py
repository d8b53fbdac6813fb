"""What is drawn is what was measured: read back from memory, and equal on every run."""

import io
import re

import numpy as np
import oracle
import pytest
from lxml import etree
from matplotlib.image import imread
from reading import curves as expected_curves
from reading import fields as expected_fields
from reading.colours import BY_DAY
from reading.svg import Panel, Picture

from gradviz_core.figures.curves import Curves
from gradviz_core.figures.drawing import render
from gradviz_core.figures.fields import Field, fields

FOUR = oracle.grid_points(0, 2, 1)
X = np.logspace(-4, 0, 5)


def uniform(arrow, role="book", scale=10.0):
    """Four arrows alike."""
    return Field(FOUR, np.tile(np.array(arrow, float), (4, 1)), (-1, 2), scale, role)


def field_of(name, layout, scale=None):
    """A picture of a function of the site, as the oracle has its numbers."""
    function = oracle.functions()[name]
    pair = function.truth, function.arrows(layout)
    _, field = fields(function.points, *pair, scale=scale, roles=("book", "correct"))
    return field


def panel_of(svg) -> Panel:
    """What stands on the only axes of a picture."""
    return Picture(etree.fromstring(svg)).panel


def expected(field):
    """What the picture of a field has to show."""
    if field.scale is None:
        return expected_fields.as_script_draws(field.points, field.arrows)
    low, high = field.limits
    span = field.scale * (high - low)
    arguments = field.points, field.arrows, (field.limits, field.limits), span
    return expected_fields.Field(*arguments, field.role)


def assert_drawn(field):
    panel = panel_of(render("svg", field))
    expected_fields.assert_shows(panel, expected(field), "the picture")


# Arrows


@pytest.mark.parametrize("scale", [None, "auto"])
@pytest.mark.parametrize("layout", oracle.LAYOUTS)
@pytest.mark.parametrize("name", ["product", "bowl", "exponential_bump"])
def test_every_arrow_stands_at_its_point_with_its_direction_and_length(
    name, layout, scale
):
    """As a stock quiver draws it, where the scale is left to matplotlib."""
    assert_drawn(field_of(name, layout, scale))


def test_a_field_of_nothing_is_all_dots():
    assert_drawn(uniform([0, 0]))


def test_arrows_that_are_not_finite_are_left_out():
    partly = uniform([1, 1])
    partly.arrows[0] = np.nan
    assert_drawn(partly)


@pytest.mark.parametrize("scale", [None, 10.0])
@pytest.mark.parametrize("way", [[1, 0], [0, -1], [-1, 1]])
def test_one_arrow_turned_among_straight_ones_is_drawn_turned(way, scale):
    points = oracle.grid_points(-2, 2.5, 0.25)
    arrows = np.tile([1.0, 1.0], (len(points), 1))
    arrows[200] = way
    limits = (-2.5, 2.5) if scale else (-2, 2)
    assert_drawn(Field(points, arrows, limits, scale, "book"))


def test_points_that_form_no_square_stand_where_they_are():
    """Six across and two up: no axis takes its numbers from the other."""
    points = np.array([[x0, x1] for x1 in (3.0, 4.0) for x0 in range(-2, 4)])
    arrows = points * [1, -2]
    for scale in (None, "auto"):
        (field,) = fields(points, arrows, scale=scale, roles=("book",))
        assert_drawn(field)


def test_a_picture_of_pixels_shows_the_same_arrows():
    field = uniform([0.8, 0.4], "correct", scale=1.0)
    field.arrows[3] = 0
    arrows = panel_of(render("svg", field)).arrows
    pixels = imread(io.BytesIO(render("png", field)))[..., :3]
    assert pixels.shape == (720, 720, 3)
    ink = np.array([int(BY_DAY["correct"][k : k + 2], 16) for k in (1, 3, 5)]) / 255
    blue = np.abs(pixels - ink).max(axis=2) < 0.1
    size = 720 / 345.6  # pixels of this picture in one of the drawing

    def is_blue(place):
        across, down = np.rint(place * size).astype(int)
        return blue[down - 2 : down + 3, across - 2 : across + 3].any()

    for arrow in arrows:
        tail, tip = (arrow[0] + arrow[6]) / 2, arrow[3]
        for share in (0.1, 0.3, 0.5):
            assert is_blue(tail + share * (tip - tail))
    (dot,) = panel_of(render("svg", field)).dots
    assert is_blue(dot)
    assert 100 < blue.sum() < 3000


# As the script draws it


def test_the_script_shows_the_crop_of_the_book_on_its_own_grid_alone():
    for name, ends in (("product", [-2, 2]), ("bowl", [-11, 11])):
        panel = panel_of(render("svg", field_of(name, "rows", scale="auto")))
        across = panel.across.value(panel.left), panel.across.value(panel.right)
        up = panel.up.value(panel.bottom), panel.up.value(panel.top)
        assert across == pytest.approx(ends, abs=0.01)
        assert up == pytest.approx(ends, abs=0.01)


@pytest.mark.parametrize("nothing", [0.0, np.nan])
def test_of_a_field_of_nothing_the_script_draws_nothing_and_nothing_is_printed(
    nothing, recwarn
):
    points = oracle.grid_points(*oracle.DEFAULT_GRID)
    (field,) = fields(points, nothing * points, scale="auto")
    assert not len(panel_of(render("svg", field)).arrows)
    assert not [*recwarn]


def test_of_arrows_that_are_no_numbers_the_script_draws_none():
    arrows = np.ones((4, 2))
    arrows[1] = np.nan
    assert_drawn(Field(FOUR, arrows, None, None, "book"))


def test_the_script_draws_a_figure_of_matplotlibs_own_size():
    field = field_of("product", "rows", scale="auto")
    assert imread(io.BytesIO(render("png", field))).shape == (480, 640, 4)
    assert field.size == (640, 480)
    assert field_of("product", "rows").size == (346, 346)


# Axes


@pytest.mark.parametrize("limits", [(-1.35, 1.35), (-2, 2), (0.5, 7), (-0.003, 0.005)])
def test_the_numbers_along_both_axes_are_where_they_stand(limits):
    field = Field(FOUR, FOUR, limits, 1.0, "book")
    panel = panel_of(render("svg", field))
    across = panel.across.place(np.array(limits))
    assert across == pytest.approx([panel.left, panel.right], abs=0.1)
    up = panel.up.place(np.array(limits))
    assert up == pytest.approx([panel.bottom, panel.top], abs=0.1)


def test_numbers_have_no_needless_digits_and_true_minus_signs():
    svg = render("svg", Field(FOUR, FOUR, (-1.35, 1.35), 1.0, "book")).decode()
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert texts[:5] == ["−1", "−0.5", "0", "0.5", "1"]
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)px", svg)]
    assert min(sizes) >= 14  # on a phone a unit is about a pixel


def test_the_dark_scheme_has_no_colour_of_the_light_one():
    svg = render("svg", uniform([1, 2])).decode()
    light, dark = svg.partition("</style>")[0].split(
        "@media (prefers-color-scheme: dark)"
    )
    shared = {*re.findall(r"#[0-9a-f]{6}", light)} & {
        *re.findall(r"#[0-9a-f]{6}", dark)
    }
    assert shared == set()
    assert "style=" not in svg.partition("</style>")[2]


# Lines


def assert_lines_drawn(curves):
    band = [] if np.isnan(curves.band).all() else list(curves.band)
    lines = [line.y for line in curves.lines]
    names = [line.name for line in curves.lines]
    asked = expected_curves.Curves(
        curves.x, lines, band, names, curves.labels, curves.scales
    )
    panel = panel_of(render("svg", curves))
    expected_curves.assert_shows_curves(panel, asked, "the picture")


@pytest.mark.parametrize("band", [{}, {"band": (X**2 / 10, X**2 * 10)}])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_lines_and_band_stand_where_their_numbers_are(count, band):
    lines = [X**2, 1e-6 / X, np.where(X < 1e-3, np.nan, 0.01)]
    curves = Curves(X, *lines[:count], names="abc"[:count], labels="xy", **band)
    assert_lines_drawn(curves)


@pytest.mark.parametrize(
    "scales", [("linear", "linear"), ("linear", "log"), ("log", "linear")]
)
def test_lines_stand_on_axes_of_any_scale(scales):
    x = np.logspace(0, 2, 5)
    curves = Curves(x, x - 2, x**2, names=["a", "b"], labels="xy", scales=scales)
    assert_lines_drawn(curves)


@pytest.mark.parametrize(
    "ends", [(2, 8), (0.3, 0.9), (1.5, 12), (1.001, 1.009), (1.00001, 1.00009)]
)
def test_a_logarithmic_axis_of_less_than_two_powers_of_ten_has_numbers_at_their_places(
    ends,
):
    line = np.linspace(*ends, 5)
    curves = Curves(X, line, names="a", labels="xy")
    panel = panel_of(render("svg", curves))
    assert panel.across.is_logarithmic
    numbers, places = panel.up.numbers, panel.up.places
    assert len(numbers) > 2
    assert (np.diff(numbers) > 0).all()
    (drawn,) = panel.of("line-0")[0].outlines
    first, last = (
        drawn[0, 1],
        drawn[-1, 1],
    )  # an end of the line is an end of its values
    share = np.log(numbers / ends[0]) / np.log(ends[1] / ends[0])
    assert places == pytest.approx(first + share * (last - first), abs=0.3)


# Pairs and cards


def test_each_of_a_pair_stands_under_its_title():
    one, two = uniform([1, 0], "correct", 1.0), uniform([0, 0], "buggy", 1.0)
    svg = render("svg", one, two, titles=["Left", "Right"])
    left, right = Picture(etree.fromstring(svg)).panels
    assert [title.words for title in left.titles] == ["Left"]
    assert [title.words for title in right.titles] == ["Right"]
    assert left.right < right.left
    assert (len(left.arrows), len(left.dots)) == (4, 0)
    assert (len(right.arrows), len(right.dots)) == (0, 4)


@pytest.mark.parametrize("words", [3, 12, 24])
def test_a_heading_stays_in_the_card_and_above_the_fields(words):
    field = uniform([1, 2])
    card = render("png", field, field, titles=["a", "b"], heading="Wholesome " * words)
    pixels = imread(io.BytesIO(card))[..., :3]
    assert pixels.shape == (630, 1200, 3)
    dark = (pixels < 0.9).any(axis=2)
    rows = np.flatnonzero(dark.any(axis=1))
    assert rows[0] > 15
    assert rows[-1] < 620
    columns = np.flatnonzero(dark.any(axis=0))
    assert columns[0] > 15
    assert columns[-1] < 1185
    # From above: lines of the heading, the titles of the fields, the fields.
    blocks = np.split(rows, np.flatnonzero(np.diff(rows) > 8) + 1)
    assert len(blocks) >= 3
    height = len(blocks[-1])
    assert height > 150
    wide = np.flatnonzero(dark[blocks[-1][height // 2]])
    assert wide.size


def test_a_heading_of_many_words_is_cut():
    field = uniform([1, 2])
    svg = render(
        "svg", field, field, titles=["a", "b"], heading="Wholesome " * 40
    ).decode()
    assert " …" in svg


# Bytes


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_equal_fields_give_equal_bytes(suffix):
    drawn = render(suffix, uniform([1, 2]))
    assert drawn == render(suffix, uniform([1, 2]))
    assert drawn != render(suffix, uniform([1, 3]))


def many_pictures():
    """Pictures of all kinds, each apt to leave something behind on the axes they share."""
    wide = oracle.grid_points(-10, 11, 1)
    narrow = oracle.grid_points(-2, 2.5, 0.5)
    faint = np.full(
        narrow.shape, 1e-13
    )  # its direction shows where the data reach further
    x = np.array([1.0, 10.0, 100.0])
    one = Field(wide, wide, None, None, "book")
    two = Field(narrow, faint, (-2, 2), None, "book")
    three = Field(narrow, 0 * narrow, (-3, 3), 1.0, "buggy")
    four = Field(narrow, narrow, (-3, 3), 1.0, "correct")
    band = (x, 2 * x)
    lines = Curves(x, x, x**2, names=["a", "b"], labels=["p", "q"], band=band)
    level = Curves(
        x, x - 5, names=["c"], labels=["r", "s"], scales=("linear", "linear")
    )
    titles = {"titles": ["t", "u"]}
    return [
        ([one], {}),
        ([two], {}),
        ([three], {}),
        ([four], {}),
        ([lines], {}),
        ([level], {}),
        ([four, three], titles),
        ([three, four], titles),
        ([four, three], titles | {"heading": "A title"}),
        ([three, four], titles | {"heading": "A title " * 9}),
    ]


def check_order(suffix, order):
    """Draw in an order and back: nothing tells what was drawn before."""
    pictures = [many_pictures()[k] for k in order]
    there = [render(suffix, *drawn, **words) for drawn, words in pictures]
    back = [render(suffix, *drawn, **words) for drawn, words in reversed(pictures)]
    assert there == back[::-1]


def test_what_was_drawn_before_leaves_no_trace():
    check_order("svg", range(10))
