"""Grid and Layout: where the points are, and the only transposes."""

import math

import numpy as np
import pytest

from gradviz_core import Grid, Layout, measure, parse_spelling
from gradviz_core.book import numerical_gradient

POINTS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def test_x0_runs_fastest():
    points = Grid(0, 3, 1).points
    assert points.tolist() == [[a, b] for b in range(3) for a in range(3)]


def test_the_default_is_the_grid_of_the_books_script():
    axis = np.arange(-2, 2.5, 0.25)
    X, Y = np.meshgrid(axis, axis)
    assert np.array_equal(Grid().points, np.array([X.flatten(), Y.flatten()]).T)


@pytest.mark.parametrize(
    ("numbers", "axis"),
    [
        ((1, -1, -1), [1, 0]),
        ((2, 3, 1), [2]),
        ((0, 1, 0.3), [0, 0.3, 0.6, 0.9]),
        ((0.5, 2.5, 1), [0.5, 1.5]),
        ((-2, 2.25, 2), [-2, 0, 2]),
    ],
)
def test_the_axis_stops_before_its_end_as_that_of_arange_does(numbers, axis):
    found, other = Grid(*numbers).axes
    assert found.dtype == np.float64
    assert found == pytest.approx(axis)
    assert np.array_equal(found, other)


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ((0, 1, 0), "step other than 0"),
        ((0, math.inf, 1), "three finite numbers"),
        ((math.nan, 1, 1), "three finite numbers"),
        ((0, 1, math.inf), "three finite numbers"),
        ((0, 1, -1), "has 0 values"),
        ((1, 0, 1), "has 0 values"),
        ((0, 0, 1), "has 0 values"),
        ((0, 1, 1e-9), "has 1e\\+09 values"),
        ((0, 1, 1e-320), "has inf values"),
        ((0, 1001, 1), "has 1001 values an axis, not 1 to 1000"),
        ((0, 1000.0001, 1), "has 1001 values"),  # as arange gives them
    ],
)
def test_a_grid_without_points_or_with_too_many_is_refused(numbers, fault):
    with pytest.raises(ValueError, match=rf"^Grid\(.*{fault}"):
        Grid(*numbers)


def test_a_grid_may_have_a_million_points():
    assert [len(axis) for axis in Grid(0, 1000, 1).axes] == [1000, 1000]


def test_x1_may_have_numbers_of_its_own():
    grid = Grid(0, 3, 1, x1=[5, 6, 0.5])
    x0, x1 = np.meshgrid(np.arange(0, 3, 1), np.arange(5, 6, 0.5))
    assert np.array_equal(grid.points, np.array([x0.flatten(), x1.flatten()]).T)
    assert grid.points.dtype == np.float64
    assert repr(grid) == "Grid(0, 3, 1, x1=(5, 6, 0.5))"
    assert grid != Grid(0, 3, 1)
    assert Grid(0, 3, 1, x1=(0, 3, 1)) == Grid(0, 3, 1)


def test_a_grid_is_written_and_recorded_with_the_numbers_of_each_axis_if_they_differ():
    square = Grid(0, 3, 1)
    assert repr(square) == "Grid(0, 3, 1)"
    assert square.record == {"start": 0, "stop": 3, "step": 1}
    assert Grid(0, 3, 1, x1=(5, 6, 0.5)).record == {
        "x0": {"start": 0, "stop": 3, "step": 1},
        "x1": {"start": 5, "stop": 6, "step": 0.5},
    }


@pytest.mark.parametrize("x1", [(0, 1, 0), (1, 0, 1), (0, math.nan, 1), (0, 2000, 1)])
def test_a_wrong_range_of_x1_is_refused(x1):
    with pytest.raises(ValueError, match=r"^Grid\(0, 3, 1, x1="):
        Grid(0, 3, 1, x1=x1)


def test_a_rectangular_grid_is_measured_as_its_points_are():
    grid = Grid(0.5, 2.5, 0.5, x1=(-3, 3, 2))
    f = parse_spelling("x[0]**2 * x[1]")
    for layout in Layout:
        found = measure(f, grid, layout)
        routine = numerical_gradient(f, layout.arrange(grid.points))
        assert np.array_equal(found.gradient, layout.arrange(routine))
        assert found.arrows == 12


def test_rows_are_points_and_columns_are_coordinates():
    assert Layout.ROWS.arrange(POINTS).tolist() == POINTS.tolist()
    assert Layout.COLUMNS.arrange(POINTS).tolist() == [[1, 3, 5], [2, 4, 6]]


def test_two_points_are_transposed_too():
    assert Layout.COLUMNS.arrange(POINTS[:2]).tolist() == [[1, 3], [2, 4]]


@pytest.mark.parametrize("layout", Layout)
def test_arrange_undoes_itself(layout):
    assert np.array_equal(layout.arrange(layout.arrange(POINTS)), POINTS)


@pytest.mark.parametrize("layout", Layout)
def test_what_is_arranged_is_a_copy_in_row_order(layout):
    arranged = layout.arrange(POINTS)
    assert arranged.flags.c_contiguous
    arranged[:] = 0
    assert POINTS.all()
