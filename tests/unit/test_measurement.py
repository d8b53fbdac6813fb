"""A measurement has the figures and verdicts of the contract."""

import json
import math

import numpy as np
import oracle
import pytest

from gradviz_core import FUNCTIONS, Grid, Layout, measure, parse_spelling

GRID = Grid()
FOUR = Grid(0, 2, 1)
NINE = Grid(0, 3, 1)
FIGURES = ("nonzero", "wrong", "max_error", "median_length_ratio", "max_angle_deg")


class Plain:
    """A Python function with a gradient of its own, outside the spelling language."""

    def __init__(self, f, gradient):
        self.f = f
        self.gradient = gradient

    def __call__(self, x):
        return self.f(x)


def columns(spelling, grid=GRID):
    return measure(parse_spelling(spelling), grid, Layout.COLUMNS)


def rows(spelling, grid=GRID, **options):
    return measure(parse_spelling(spelling), grid, Layout.ROWS, **options)


def ones(points):
    return np.ones_like(points)


def near(expected, **tolerance):
    return expected if expected is None else pytest.approx(expected, **tolerance)


def check_figures(found, expected):
    """Compare with what the oracle says."""
    assert list(found.argument_shape) == expected.argument_shape
    assert (found.calls, found.arrows) == (expected.calls, expected.arrows)
    assert (found.nonzero, found.wrong) == (expected.nonzero, expected.wrong)
    assert found.max_error == near(expected.max_error, rel=1e-12)
    ratio = near(expected.median_length_ratio, rel=1e-12)
    assert found.median_length_ratio == ratio
    # The angle of parallel arrows is a matter of rounding.
    assert found.max_angle_deg == near(expected.max_angle_deg, rel=1e-6, abs=1e-9)
    assert found.verdict == expected.verdict


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_of_the_site_is_measured_as_the_oracle_does(name, layout):
    function = FUNCTIONS[name]
    expected = oracle.functions()[name]
    found = measure(function, function.grid, layout)
    check_figures(found, expected.measured(layout.value))
    assert np.array_equal(found.points, expected.points)
    assert np.array_equal(found.gradient, expected.arrows(layout.value))
    if layout is Layout.COLUMNS and function.verdict:
        assert found.verdict == function.verdict


FIELDS = [
    "x[0] * x[1]",
    "np.sqrt(x[0])",
    "np.sqrt(x[0] * x[1])",
    "1 / x[0]",
    "np.log(np.sum(x))",
    "np.arcsin(x[0]) + x[1]",
    "np.abs(x[0] - x[1])",
    "np.max(x) * np.min(x)",
    "2",
    "np.mean(x)",
    "np.sum(x) * 3 / len(x)",
    "np.exp(-np.sum(x**2))",
    "np.sum(x**2) - x[0]**2",
    "1e150 * x[0] + 1e-150 * x[1]",
]
GRIDS = [
    GRID,
    Grid(-1, 1.5, 0.5),
    NINE,
    Grid(1, -1.5, -0.75),
    Grid(0.5, 1, 1),
]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("spelling", FIELDS)
def test_every_figure_follows_from_the_arrows(spelling, layout):
    f = parse_spelling(spelling)
    measured = 0
    for grid in GRIDS:
        if not np.isfinite(f.gradient(grid.points)).all(axis=1).any():
            with pytest.raises(ValueError, match="finite at no point"):
                measure(f, grid, layout)
            continue
        found = measure(f, grid, layout)
        if found.verdict == "raises":  # one number has no x[1]
            assert len(grid.points) == 1
            continue
        expected = oracle.measured(found.truth, found.gradient, layout.value)
        check_figures(found, expected)
        measured += 1
    assert measured >= 3


TABLE = json.loads((oracle.ROOT / "tests/cases/measurements.json").read_text("utf-8"))


class WithTruth:
    """A spelling whose gradient is said to be this: one pair for all points, or each its own."""

    def __init__(self, text, truth):
        self.f = parse_spelling(text)
        self.truth = np.array(truth, dtype=float)

    def __call__(self, x):
        return self.f(x)

    def gradient(self, points):
        return np.broadcast_to(self.truth, points.shape)


@pytest.mark.parametrize("name", TABLE)
def test_a_measurement_has_the_figures_of_the_table(name):
    """The browser is held to the same table, by javascript/cases.js."""
    case = TABLE[name]
    f = WithTruth(case["f"], case["truth"])
    layout = Layout(case["layout"])
    found = measure(f, Grid(*case["grid"]), layout, step=case["h"])
    for figure, expected in case["expected"].items():
        value = getattr(found, figure)
        if isinstance(expected, float | int):
            expected = pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert (list(value) if figure == "argument_shape" else value) == expected


# What counts


def test_points_where_the_truth_is_not_finite_do_not_count():
    kinked = rows("np.sum(np.abs(x))")
    on_the_axes = (GRID.points == 0).any(axis=1)
    assert np.array_equal(np.isnan(kinked.truth).any(axis=1), on_the_axes)
    assert kinked.nonzero == 323
    assert kinked.verdict == "right"
    assert columns("np.sum(np.abs(x))").verdict == "hidden"


def test_what_is_not_finite_where_the_truth_is_counts_as_wrong():
    steep = rows("np.sqrt(x[0] + 2)", Grid(-1.99995, 0, 1))
    assert np.isnan(steep.gradient).any()
    assert steep.verdict == "inexact"
    assert steep.wrong == 2  # one for each of two points on the left
    assert math.isfinite(steep.max_error)


def test_an_infinite_arrow_has_no_length_and_no_direction():
    f = Plain(lambda x: math.inf if x[0] > 2 else x[0] + x[1], ones)
    found = measure(f, NINE, Layout.ROWS, step=0.25)
    assert found.nonzero == 6
    assert found.wrong == 3
    assert found.max_error == 0
    assert found.median_length_ratio == 1
    assert found.max_angle_deg == 0


def test_a_truth_that_is_finite_nowhere_is_refused():
    with pytest.raises(ValueError, match=r"gradient of np\.log\(-1\) is finite at no"):
        rows("np.log(-1)")


@pytest.mark.parametrize("step", [0, -1e-4, math.nan, math.inf])
def test_a_step_that_cannot_be_is_refused(step):
    with pytest.raises(ValueError, match="step must be a positive finite number"):
        rows("x[0]", step=step)


def test_the_step_is_that_of_the_routine():
    assert rows("x[0]**3", step=0.5).max_error == 0.25
    assert rows("x[0]**3").max_error == pytest.approx(1e-8, rel=0.01)


# Verdicts


def test_one_arrow_turned_among_scaled_ones_makes_them_plausible():
    """The first number of what f gets alone has another slope: the arrow of (-2, -2) turns."""
    mean = measure(parse_spelling("np.mean(x**2)"), Grid(), Layout.COLUMNS)
    assert mean.verdict == "scaled"
    spelling = "np.mean(x**2) + x[0] * (len(x) - 2) / 322 * 4 / 162"
    turning = measure(parse_spelling(spelling), Grid(), Layout.COLUMNS)
    np.testing.assert_allclose(turning.gradient[1:], mean.gradient[1:], atol=1e-9)
    np.testing.assert_allclose(turning.gradient[0], -mean.gradient[0], atol=1e-9)
    assert turning.max_angle_deg == pytest.approx(180)
    assert turning.verdict == "plausible"


def test_a_mean_is_too_short_by_the_length_of_the_argument():
    scaled = columns("np.mean(x**2)")
    assert scaled.median_length_ratio == pytest.approx(2 / 324)
    assert scaled.max_angle_deg < 0.1


def test_a_constant_is_hidden_and_has_no_ratio():
    flat = columns("len(x) / len(x)")
    assert (flat.verdict, flat.nonzero, flat.wrong) == ("hidden", 0, 0)
    assert (flat.median_length_ratio, flat.max_angle_deg) == (None, None)


@pytest.mark.parametrize(
    ("spelling", "verdict"),
    [
        ("np.sum(x**2)", "hidden"),
        ("np.mean(x**2)", "scaled"),
        ("np.log(x[0])", "plausible"),
        ("x[1]", "raises"),
    ],
)
def test_one_point_is_a_grid_too(spelling, verdict):
    found = columns(spelling, Grid(0.5, 1, 1))
    assert (found.verdict, found.argument_shape) == (verdict, (1,))


# What raises


def test_a_function_that_unpacks_its_argument_is_loud():
    def unpacking(x):
        a, b = x
        return a * b

    f = Plain(unpacking, lambda points: points[:, ::-1])
    assert measure(f, GRID, Layout.ROWS).verdict == "right"
    loud = measure(f, GRID, Layout.COLUMNS)
    assert (loud.verdict, loud.argument_shape, loud.arrows) == ("raises", (324,), 324)
    assert loud.calls is None
    assert [getattr(loud, name) for name in FIGURES] == [None] * 5
    assert np.isnan(loud.gradient).all()
    assert loud.gradient.shape == loud.points.shape == loud.truth.shape == (324, 2)


@pytest.mark.filterwarnings("ignore")  # all that NumPy says of a part it leaves out
@pytest.mark.parametrize(
    "value", [None, "1", 1j, np.complex128(1j), [1.0, 2.0], np.ones(1)], ids=str
)
def test_f_must_return_one_number(value):
    f = Plain(lambda x: value, ones)
    assert measure(f, FOUR, Layout.ROWS).verdict == "raises"


def test_an_array_without_dimensions_is_a_number():
    f = Plain(lambda x: np.array(x[0]), lambda points: [[1, 0]] * len(points))
    found = measure(f, FOUR, Layout.ROWS)
    assert found.verdict == "right"
    assert found.truth.dtype == np.float64


def test_a_layout_that_is_none_is_not_taken_for_a_fault_of_f():
    with pytest.raises(AttributeError):
        measure(FUNCTIONS["product"], NINE, "rows")


# Sizes at which a square overflows or vanishes


def test_values_near_1e_minus_239_are_values():
    bump = columns("np.exp(-np.sum(x**2))")
    assert bump.nonzero > 300
    assert 0 < np.abs(bump.gradient).max() < 1e-230
    assert 0 < bump.max_angle_deg < 1e-5
    assert 0 < bump.median_length_ratio < 1e-200


def test_lengths_beyond_the_largest_number_hide_nothing():
    steep = columns("1.3e308 * x[0] + 1.3e308 * x[1]", Grid(0.125, 0.625, 0.125))
    assert (steep.verdict, steep.nonzero, steep.wrong) == ("sparse", 2, 14)
