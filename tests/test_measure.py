"""A measurement has the contract's figures and verdicts, on functions of known fate."""

import math

import numpy as np
import pytest

from gradviz_core import FUNCTIONS, Grid, Layout, measure, parse_spelling
from gradviz_core.functions import Function
from gradviz_core.measure import _angle_deg

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
    assert columns("x[0]**2 * x[1]**2 * np.prod(x)").verdict in {"blank", "sparse"}
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
