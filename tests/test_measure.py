"""A measurement has the contract's figures and verdicts, on functions of known fate."""

import math

import numpy as np
import pytest

from gradviz_core import FUNCTIONS, Grid, Layout, measure, parse_spelling
from gradviz_core.functions import Function
from gradviz_core.measurement import _angle_deg

GRID = Grid()


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


def test_figures_of_the_product():
    right, buggy = (measure(FUNCTIONS["product"], GRID, layout) for layout in Layout)
    assert (right.verdict, right.wrong, right.nonzero) == ("right", 0, 323)
    assert (right.argument_shape, right.calls, right.arrows) == ((2,), 1296, 324)
    assert right.median_length_ratio == pytest.approx(1)
    assert (buggy.verdict, buggy.nonzero, buggy.wrong) == ("sparse", 2, 323)
    assert (buggy.argument_shape, buggy.calls, buggy.arrows) == ((324,), 1296, 324)
    x0, x1 = GRID.points.T
    expected = np.zeros((324, 2))
    expected[:2] = [[-1.75, -2.0], [-2.0, -2.0]]
    assert buggy.max_error == pytest.approx(np.abs(expected - np.column_stack([x1, x0])).max())


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("sum_of_squares", "hidden"), ("sum_of_squares_indexed", "sparse"), ("product", "sparse"),
        ("sine_of_product", "sparse"), ("mean_of_squares", "scaled"), ("norm", "plausible"),
        ("product_of_all", "blank"), ("saddle", "sparse"), ("exponential_bump", "plausible"),
    ],
)  # fmt: skip
def test_verdicts_of_columns(name, verdict):
    assert measure(FUNCTIONS[name], GRID, Layout.COLUMNS).verdict == verdict


def test_the_indexed_spelling_has_321_wrong_arrows():
    assert measure(FUNCTIONS["sum_of_squares_indexed"], GRID, Layout.COLUMNS).wrong == 321


def test_a_mean_is_too_short_by_the_length_of_the_argument():
    scaled = columns("np.mean(x**2)")
    assert scaled.median_length_ratio == pytest.approx(2 / 324)
    assert scaled.max_angle_deg < 0.1


def test_values_near_1e_minus_239_are_values():
    bump = columns("np.exp(-np.sum(x**2))")
    assert bump.nonzero > 300
    assert 0 < np.abs(bump.gradient).max() < 1e-230
    assert 0 < bump.max_angle_deg < 1e-5
    assert 0 < bump.median_length_ratio < 1e-200


def test_angles_of_tiny_and_huge_vectors():
    tiny, huge = np.array([[3e-320, 0.0]]), np.array([[0.0, 1e300]])
    assert _angle_deg(tiny, huge).tolist() == [90.0]
    assert _angle_deg(tiny, -tiny).tolist() == [180.0]


def test_a_function_that_unpacks_its_argument_is_loud():
    def unpacking(x):
        a, b = x
        return a * b

    f = Plain(unpacking, lambda points: points[:, ::-1])
    assert measure(f, GRID, Layout.ROWS).verdict == "right"
    loud = measure(f, GRID, Layout.COLUMNS)
    assert (loud.verdict, loud.argument_shape, loud.arrows) == ("raises", (324,), 324)
    assert (loud.calls, loud.nonzero, loud.wrong) == (None, None, None)
    assert (loud.max_error, loud.median_length_ratio, loud.max_angle_deg) == (None, None, None)


@pytest.mark.parametrize("value", [None, "1", 1j, [1.0, 2.0], np.ones(1)], ids=str)
def test_f_must_return_one_number(value):
    f = Plain(lambda x: value, lambda points: np.ones_like(points))
    assert measure(f, GRID, Layout.ROWS).verdict == "raises"


def test_zero_dimensional_arrays_are_numbers():
    f = Plain(lambda x: np.array(x[0]), lambda points: np.tile([1.0, 0.0], (len(points), 1)))
    assert measure(f, GRID, Layout.ROWS).verdict == "right"


def test_points_where_the_truth_is_not_finite_do_not_count():
    kinked = rows("np.sum(np.abs(x))")
    on_the_axes = (GRID.points == 0).any(axis=1).sum()
    assert np.isnan(kinked.truth).all(axis=1).sum() == on_the_axes
    assert kinked.verdict == "right"
    assert columns("np.sum(np.abs(x))").verdict == "hidden"


def test_what_is_not_finite_where_the_truth_is_counts_as_wrong():
    steep = rows("np.sqrt(x[0] + 2)", Grid(-1.99995, 0, 1))
    assert not np.isfinite(steep.gradient).all()
    assert steep.verdict == "inexact"
    assert steep.wrong > 0
    assert math.isfinite(steep.max_error)


def test_a_truth_that_is_finite_nowhere_is_refused():
    with pytest.raises(ValueError, match="finite at no point"):
        rows("np.log(-np.sum(x**2))")


@pytest.mark.parametrize("step", [0, -1e-4, math.nan, math.inf])
def test_a_step_that_cannot_be_is_refused(step):
    with pytest.raises(ValueError, match="step"):
        rows("x[0]", step=step)


def test_a_coarse_step_is_inexact():
    assert rows("x[0]**3", step=0.1).verdict == "inexact"
    assert rows("x[0]**2", step=0.125).verdict == "right"


def test_a_constant_is_hidden_and_has_no_ratio():
    flat = columns("len(x) / len(x)")
    assert (flat.verdict, flat.nonzero, flat.median_length_ratio) == ("hidden", 0, None)


def test_a_wrong_field_of_parallel_arrows_is_plausible_unless_one_factor_fits():
    assert columns("np.mean(x)").verdict == "scaled"
    assert columns("np.sum(x)**2").verdict == "plausible"


def test_blank_comes_before_sparse():
    assert columns("x[0]**2 * x[1]**2 * np.prod(x)").verdict == "blank"
    assert columns("np.prod(x)").nonzero == 0


def test_half_of_the_arrows_is_not_sparse():
    half = columns("np.sum(x**2) - x[0]**2 / 2")
    assert half.nonzero > 162
    assert half.verdict == "plausible"


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_rows_are_right_for_every_registered_function(function: Function):
    assert measure(function, function.grid, Layout.ROWS).verdict == "right"


def test_the_truth_is_not_what_the_exhibit_gives():
    rotated = Plain(lambda x: x[0] * x[1], lambda points: points)
    assert measure(rotated, GRID, Layout.ROWS).verdict == "inexact"


def reference(truth, given, layout):
    """The contract's figures told point by point, in plain Python."""
    points = [
        (tuple(map(float, t)), tuple(map(float, g))) for t, g in zip(truth, given, strict=True)
    ]
    counting = [(t, g) for t, g in points if all(map(math.isfinite, t))]
    longest = max(math.hypot(*t) for t, _ in counting)
    moved = [g for _, g in points if all(map(math.isfinite, g)) and g != (0, 0)]
    errors = [[abs(a - b) for a, b in zip(t, g, strict=True)] for t, g in counting]
    wrong = sum(not all(e <= 1e-6 * (1 + longest) for e in pair) for pair in errors)
    finite = [e for pair in errors for e in pair if math.isfinite(e)]
    both = [(t, g) for t, g in counting if g in moved and t != (0, 0)]
    ratios = sorted(math.hypot(*g) / math.hypot(*t) for t, g in both)
    angles = [abs(math.remainder(math.atan2(*g) - math.atan2(*t), 2 * math.pi)) for t, g in both]
    median = None
    if ratios:
        median = (ratios[(len(ratios) - 1) // 2] + ratios[len(ratios) // 2]) / 2
    if layout is Layout.ROWS:
        verdict = "right" if wrong == 0 else "inexact"
    elif wrong == 0:
        verdict = "hidden"
    elif not moved:
        verdict = "blank"
    elif len(moved) < sum(t != (0, 0) for t, _ in counting) / 2:
        verdict = "sparse"
    elif angles and math.degrees(max(angles)) <= 0.1 and ratios[-1] - ratios[0] <= 1e-3 * median:
        verdict = "scaled"
    else:
        verdict = "plausible"
    largest = math.degrees(max(angles)) if angles else None
    return len(moved), wrong, max(finite, default=None), median, largest, verdict


FIELDS = [
    "x[0] * x[1]", "np.sqrt(x[0])", "np.sqrt(x[0] * x[1])", "1 / x[0]", "np.log(np.sum(x))",
    "np.arcsin(x[0]) + x[1]", "np.abs(x[0] - x[1])", "np.max(x) * np.min(x)", "2", "np.mean(x)",
    "np.mean(x**2)", "np.sum(x)", "np.sum(x) * 3 / len(x)", "np.prod(x)", "np.exp(-np.sum(x**2))",
    "np.linalg.norm(x)", "x[0] + x[1]", "x[-1] - x[-2]", "np.hypot(x[0], x[1])", "x @ x / 7",
    "np.sum(x**2) - x[0]**2", "np.sum(np.sqrt(x))", "1e150 * x[0] + 1e-150 * x[1]",
]  # fmt: skip
GRIDS = [GRID, Grid(-1, 1.5, 0.5), Grid(0, 3, 1), Grid(1, -1.5, -0.75), Grid(0.5, 1, 1)]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("grid", GRIDS, ids=str)
@pytest.mark.parametrize("spelling", FIELDS)
def test_every_figure_follows_from_the_arrows_as_the_contract_says(spelling, grid, layout):
    f = parse_spelling(spelling)
    if not np.isfinite(f.gradient(grid.points)).all(axis=1).any():
        with pytest.raises(ValueError, match="finite at no point"):
            measure(f, grid, layout)
        return
    m = measure(f, grid, layout)
    if m.verdict == "raises":  # one number has no x[1]
        assert len(grid.points) == 1
        assert "[" in spelling
        return
    nonzero, wrong, max_error, ratio, angle, verdict = reference(m.truth, m.gradient, layout)
    assert (m.nonzero, m.wrong, m.verdict) == (nonzero, wrong, verdict)
    assert m.max_error == max_error
    assert (m.median_length_ratio is None, m.max_angle_deg is None) == (ratio is None,) * 2
    if ratio is not None:
        assert m.median_length_ratio == pytest.approx(ratio, rel=1e-12)
        assert m.max_angle_deg == pytest.approx(angle, rel=1e-6, abs=1e-5)
    assert np.array_equal(m.points, grid.points)


ORIGIN, NINE = Grid(0, 1, 1), Grid(0, 3, 1)


def ones(points):
    return np.ones_like(points)


@pytest.mark.parametrize(
    ("slope", "verdict"), [(1e-6, "right"), (1.5e-6, "inexact"), (-1e-6, "right")]
)
def test_the_tolerance_is_met_exactly(slope, verdict):
    f = Plain(lambda x: slope * x[0], np.zeros_like)
    assert measure(f, ORIGIN, Layout.ROWS, step=2.0**-13).verdict == verdict


@pytest.mark.parametrize(
    ("grid", "f", "gradient", "verdict"),
    [
        (NINE, lambda x: np.sum(x[:4]), ones, "sparse"),  # 4 of 9
        (NINE, lambda x: np.sum(x[:5]), ones, "scaled"),  # 5 of 9, as long as they should be
        (Grid(0, 2, 1), lambda x: x[0] + x[1], ones, "scaled"),  # 2 of 4 is not below half
        (ORIGIN, lambda x: 2 * np.sum(x), ones, "scaled"),  # one arrow of one
        (NINE, np.sum, np.zeros_like, "plausible"),  # arrows where none should be
        (NINE, lambda x: 2 * np.sum(x), lambda p: np.where(p == 0, 0, 1.0), "plausible"),
    ],
)
def test_verdicts_at_their_borders(grid, f, gradient, verdict):
    assert measure(Plain(f, gradient), grid, Layout.COLUMNS).verdict == verdict


def test_what_raised_has_a_field_of_nothing():
    def raising(x):
        raise RuntimeError

    loud = measure(Plain(raising, ones), NINE, Layout.ROWS)
    assert np.isnan(loud.gradient).all()
    assert loud.gradient.shape == loud.points.shape == loud.truth.shape == (9, 2)


def test_a_truth_of_whole_numbers_is_measured_as_real():
    m = measure(Plain(np.sum, lambda p: [[1, 1]] * len(p)), NINE, Layout.ROWS)
    assert m.truth.dtype == np.float64


def test_the_refusal_names_the_function():
    with pytest.raises(ValueError, match=r"np\.log\(-np\.sum\(x\*\*2\)\)"):
        rows("np.log(-np.sum(x**2))")
    with pytest.raises(ValueError, match=r"gradient of <.*Plain object at .*> is finite at no"):
        measure(Plain(np.sum, lambda p: np.full_like(p, np.nan)), NINE, Layout.ROWS)


def test_a_layout_that_is_none_is_not_taken_for_a_fault_of_f():
    with pytest.raises(AttributeError):
        measure(FUNCTIONS["product"], NINE, "rows")


def test_lengths_beyond_the_largest_number_hide_nothing():
    steep = columns("1.3e308 * x[0] + 1.3e308 * x[1]", Grid(0.125, 0.625, 0.125))
    assert (steep.verdict, steep.nonzero, steep.wrong) == ("sparse", 2, 14)


@pytest.mark.parametrize(
    ("spelling", "verdict"),
    [("np.sum(x**2)", "hidden"), ("np.mean(x**2)", "scaled"), ("np.log(x[0])", "plausible"),
     ("x[1]", "raises")],
)  # fmt: skip
def test_one_point_is_a_grid_too(spelling, verdict):
    m = columns(spelling, Grid(0.5, 1, 1))
    assert (m.verdict, m.argument_shape) == (verdict, (1,))
