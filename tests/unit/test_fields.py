"""What decides how a picture is drawn: scales, limits, inks, and the lines of a plot."""

import math

import numpy as np
import oracle
import pytest
from reading.fields import stock_quiver, stock_scale

from gradviz_core import FUNCTIONS, Layout, measure
from gradviz_core.figures.curves import Curves
from gradviz_core.figures.fields import fields, function_fields, signs
from gradviz_core.figures.quiver_rules import automatic_scale, specks_and_arrows_in_view

SQUARE = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
NAN, INF = math.nan, math.inf


# Fields


@pytest.mark.parametrize("scale", [None, 7.0])
def test_fields_share_the_scale_that_fits_the_first_or_the_one_given(scale):
    one, two = fields(SQUARE, 5 * SQUARE, SQUARE, scale=scale)
    assert one.scale == two.scale == (scale or pytest.approx(5 * math.sqrt(2) / 1.25))
    assert one.limits == two.limits == (-1.375, 2.375)
    assert (one.role, two.role) == ("correct", "buggy")
    assert np.array_equal(two.arrows, SQUARE)
    assert np.array_equal(two.points, SQUARE)


def test_as_the_script_draws_it_scale_and_limits_are_left_to_matplotlib():
    for field in fields(SQUARE, 5 * SQUARE, SQUARE, scale="auto"):
        assert field.scale is None
        assert field.limits is None


@pytest.mark.parametrize("order", ["C", "F"])
def test_of_the_books_own_grid_the_script_shows_the_crop(order):
    """Whichever coordinate runs fastest."""
    points = oracle.grid_points(*oracle.DEFAULT_GRID)
    points = points.reshape(18, 18, 2).transpose(1, 0, 2) if order == "F" else points
    points = points.reshape(-1, 2)
    (field,) = fields(points, points, scale="auto")
    assert field.limits == (-2, 2)
    (field,) = fields(points[1:], points[1:], scale="auto")
    assert field.limits is None
    (field,) = fields(2 * points, points, scale="auto")
    assert field.limits is None


def test_the_longest_arrow_is_measured_by_the_nearest_neighbours():
    points = np.array([[0, 10], [1, 10], [0, 12], [1, 12]])
    (one,) = fields(points, 3 * np.ones((4, 2)), roles=["book"])
    assert one.scale == pytest.approx(3 * math.sqrt(2) / 1.25)
    assert one.limits == (-1.375, 13.375)
    assert one.role == "book"


def test_the_nearest_neighbours_may_stand_in_any_order():
    points = np.array([[0, 0], [5, 20], [1, 40], [6, 60]])
    (one,) = fields(points, np.ones((4, 2)), roles=["book"])
    assert one.scale == pytest.approx(math.sqrt(2) / 1.25)
    assert one.limits == (-1.375, 61.375)


def test_a_single_point_has_a_step_of_one():
    (one,) = fields([[3, 4]], [[6, 8]], roles=["book"])
    assert one.scale == pytest.approx(10 / 1.25)
    assert one.limits == pytest.approx((3 - 1.375, 4 + 1.375))


@pytest.mark.parametrize("odd", [[NAN, 1], [INF, 1]])
def test_an_arrow_without_length_does_not_decide_the_scale(odd):
    arrows = 5.0 * SQUARE
    arrows[0] = odd
    (one,) = fields(SQUARE, arrows)
    assert one.scale == pytest.approx(5 * math.sqrt(2) / 1.25)


@pytest.mark.parametrize("nothing", [0 * SQUARE, NAN * SQUARE])
def test_a_field_of_nothing_has_a_scale_all_the_same(nothing):
    (one,) = fields(SQUARE, nothing)
    assert one.scale == 1


@pytest.mark.parametrize("way", [(1, 0), (-1, 0), (0, 1), (0, -1)])
def test_an_arrow_is_cut_off_at_whichever_edge_it_leaves_the_frame(way):
    points = oracle.grid_points(0, 3, 1)
    arrows = np.zeros_like(points)
    arrows[4] = way  # of the point in the middle
    [seen] = fields(points, arrows)
    [too_long] = fields(points, 9 * arrows, scale=1)
    assert signs(seen) == {"dot"}
    assert signs(too_long) == {"dot", "cut"}


def test_a_field_is_a_copy():
    arrows = 1.0 * SQUARE
    (one,) = fields(SQUARE, arrows)
    arrows[:] = 7
    assert np.array_equal(one.arrows, SQUARE)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((SQUARE, SQUARE.T), {}, r"shape \(2, 4\) is not \(4, 2\), one row a point"),
        ((SQUARE.T, SQUARE.T), {}, r"shape \(2, 4\) is not \(2, 2\), one row a point"),
        ((SQUARE, SQUARE[:3]), {}, r"shape \(3, 2\) is not \(4, 2\)"),
        ((SQUARE,), {}, "0 pictures cannot have the roles"),
        ((SQUARE, SQUARE, SQUARE, SQUARE), {}, "3 pictures cannot have the roles"),
        ((SQUARE, SQUARE), {"roles": ["green"]}, "'green' is no role"),
        ((SQUARE, SQUARE), {"scale": 0}, "the scale must be a positive number"),
        ((SQUARE, SQUARE), {"scale": -1}, "the scale must be a positive number"),
        ((SQUARE, SQUARE), {"scale": INF}, "the scale must be a positive number"),
        ((SQUARE * NAN, SQUARE), {}, "a point is no number"),
        ((SQUARE * 1e101, SQUARE), {}, "too far out"),
    ],
)
def test_a_field_that_cannot_be_drawn_is_refused(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        fields(*arguments, **options)


# The pictures of a function


# On the book's own grid and on another, with arrows of no length, specks and a truth with gaps.
DRAWN = ["product", "bowl", "exponential_bump", "norm"]


@pytest.fixture(scope="module", params=DRAWN)
def pictures(request):
    """The four pictures of a function, and what the oracle knows of it."""
    function = FUNCTIONS[request.param]
    pair = [measure(function, function.grid, layout) for layout in Layout]
    return function_fields(*pair), oracle.functions()[request.param]


def test_each_picture_shows_the_arrows_of_its_call(pictures):
    drawn, function = pictures
    expected = {
        "correct": function.arrows("rows"),
        "buggy": function.arrows("columns"),
        "correct-autoscale": -function.arrows("rows"),
        "buggy-autoscale": -function.arrows("columns"),
    }
    assert drawn.keys() == expected.keys()
    for ending, arrows in expected.items():
        assert np.array_equal(drawn[ending].arrows, arrows)
        assert np.array_equal(drawn[ending].points, function.points)


def test_one_scale_serves_the_pair_and_its_longest_arrow_fits(pictures):
    drawn, function = pictures
    step = function.grid[2]
    lengths = np.hypot(*function.truth.T)
    longest = lengths[np.isfinite(lengths)].max()
    low = function.points.min() - 1.375 * step
    high = function.points.max() + 1.375 * step
    for ending in ("correct", "buggy"):
        assert drawn[ending].scale == pytest.approx(longest / (1.25 * step), rel=1e-9)
        assert drawn[ending].limits == pytest.approx((low, high), rel=1e-12)
        assert drawn[ending].role == ending


def test_the_view_of_the_book_is_cropped_as_there_and_scaled_by_itself(pictures):
    drawn, function = pictures
    limits = (-2, 2) if function.grid == oracle.DEFAULT_GRID else None
    for role in ("correct", "buggy"):
        field = drawn[f"{role}-autoscale"]
        assert field.scale is None
        assert field.limits == limits
        assert field.role == role


def test_specks_and_arrows_in_view_are_those_of_a_stock_quiver(pictures):
    drawn, _ = pictures
    for ending in ("correct-autoscale", "buggy-autoscale"):
        field = drawn[ending]
        stock, outlines = stock_quiver(
            field.points, field.arrows, field.limits and (field.limits, field.limits)
        )
        widths = np.hypot(*(outlines[:, 0] - outlines[:, 3]).T)
        shaft = stock.width * 0.775 * 460.8  # of the axes, in points
        is_speck, is_seen = specks_and_arrows_in_view(field)
        # From corner to corner, a speck is exactly as wide as a shaft.
        np.testing.assert_array_equal(is_speck, np.abs(widths - shaft) < 1e-6)
        for k in np.flatnonzero(~is_speck):
            tail = (outlines[k, 0] + outlines[k, 6]) / 2
            way = outlines[k, 3] - tail
            along = tail + np.linspace(0, 1, 2001)[:, None] * way
            inside = (along > FRAME[0] - 1e-6) & (along < FRAME[1] + 1e-6)
            is_more_than_its_tail = inside.all(axis=1).sum() > 1
            assert is_seen[k] == is_more_than_its_tail, (ending, field.points[k])


# Of a figure of matplotlib's own size, in points: left and top, right and bottom.
FRAME = np.array([[57.6, 0.12 * 345.6], [0.9 * 460.8, 0.89 * 345.6]])


# The automatic scale


@pytest.mark.parametrize("name", ["product", "mean_of_squares", "exponential_bump"])
@pytest.mark.parametrize("layout", oracle.LAYOUTS)
def test_the_automatic_scale_is_that_of_a_stock_quiver(name, layout):
    function = oracle.functions()[name]
    arrows = -function.arrows(layout)
    stock = stock_scale(function.points, arrows)
    assert automatic_scale(arrows) == pytest.approx(stock, rel=1e-12)


@pytest.mark.parametrize(
    ("arrows", "scale"),
    [
        (np.ones((4, 2)), 18 * math.sqrt(2)),
        (np.tile([3.0, 4.0], (400, 1)), 1.8 * 5 * 20),
        (np.array([[3, 4]] * 100 + [[NAN, 0]] * 300), 1.8 * 5 * 20),
        ([[3, 4], [0, 0]], 18 * 2.5),
        ([[3, 4], [NAN, 0]], 18 * 5),
        ([[3, 4], [INF, 0]], 18 * 5),
        ([[0, 0]], 1),
        ([[NAN, 0]], 1),
    ],
)
def test_the_automatic_scale_by_hand(arrows, scale):
    assert automatic_scale(np.array(arrows, float)) == pytest.approx(scale)


# Lines


X = np.array([0.1, 1.0, 10.0])


def test_lines_are_known_by_their_names_and_lowest_points():
    curves = Curves(X, X**2, [3, 1, 2], names=["a", "b"], labels=["h", "error"])
    (a, first, lowest), (b, second, second_lowest) = curves.lines
    assert (a, b) == ("a", "b")
    assert first.tolist() == (X**2).tolist()
    assert second.tolist() == [3, 1, 2]
    assert (lowest, second_lowest) == (0, 1)
    assert curves.x.tolist() == X.tolist()
    assert curves.labels == ["h", "error"]
    assert curves.scales == ["log", "log"]
    assert np.isnan(curves.band).all()


def test_one_number_is_a_level_line():
    curves = Curves(X, 7, names=["a"], labels="xy")
    assert curves.lines[0][1].tolist() == [7, 7, 7]


def test_a_band_reaches_from_its_first_row_to_its_second():
    curves = Curves(X, X, names=["a"], labels="xy", band=(X / 2, X * 2))
    assert curves.band.tolist() == [(X / 2).tolist(), (X * 2).tolist()]


@pytest.mark.parametrize(
    ("scale", "shown"), [("log", [NAN, NAN, 1.0]), ("linear", [-1.0, 0.0, 1.0])]
)
def test_only_a_logarithmic_axis_leaves_out_what_is_not_positive(scale, shown):
    y = np.array([-1.0, 0.0, 1.0])
    curves = Curves(X, y, names=["a"], labels="xy", scales=("log", scale), band=(y, y))
    for row in (curves.lines[0][1], *curves.band):
        np.testing.assert_array_equal(row, shown)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((X, X), {"names": []}, "1 lines have 0 names"),
        ((X, X, X), {"names": ["a"]}, "2 lines have 1 names"),
        ((X, X, X, X, X), {"names": "abcd"}, "4 lines are more than 3"),
        ((X, X[:2]), {"names": ["a"]}, "shape mismatch"),
        ((X - 1, X), {"names": ["a"]}, "which its axis cannot show"),
        ((X * 0, X), {"names": ["a"]}, "which its axis cannot show"),
        (
            (X * NAN, X),
            {"names": ["a"], "scales": ("linear", "log")},
            "which its axis cannot show",
        ),
        ((X, X * 1e101), {"names": ["a"]}, "too large a number to be drawn"),
        ((X * 1e101, X), {"names": ["a"]}, "too large a number to be drawn"),
        (
            (X, -X * 1e101),
            {"names": ["a"], "scales": ["linear"] * 2},
            "too large a number to be drawn",
        ),
        ((X, -X), {"names": ["a"]}, "NaN"),
        ((X, X * NAN), {"names": ["a"]}, "NaN"),
    ],
)
def test_lines_that_cannot_be_drawn_are_refused(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        Curves(*arguments, labels="xy", **options)


def test_an_x_below_zero_stands_on_a_linear_axis():
    curves = Curves([-1, 0], [1, 2], names=["a"], labels="xy", scales=("linear", "log"))
    assert curves.x.tolist() == [-1, 0]
