"""Grid and Layout: where the points are, and the only transposes."""

import numpy as np
import pytest

from gradviz_core.layout import Grid, Layout


def test_x0_runs_fastest():
    grid = Grid(0, 3, 1)
    assert grid.points[:4].tolist() == [[0, 0], [1, 0], [2, 0], [0, 1]]


def test_the_default_is_the_grid_of_the_books_script():
    axis = np.arange(-2, 2.5, 0.25)
    X, Y = np.meshgrid(axis, axis)
    assert np.array_equal(Grid().points, np.array([X.flatten(), Y.flatten()]).T)


@pytest.mark.parametrize(
    "numbers",
    [
        (0, 1, 1e-320),
        (-1e308, 1e308, 1e306),
        (0, 1, 0),
        (0, 1, -1),
        (1, 0, 1),
        (0, np.inf, 1),
        (np.nan, 1, 1),
        (0, 1, 1e-9),
        (0, 0, 1),
    ],
)
def test_a_grid_without_points_or_with_too_many_is_refused(numbers):
    with pytest.raises(ValueError, match=r"Grid\("):
        Grid(*numbers)


def test_a_grid_may_run_downwards():
    assert Grid(1, -1, -1).axis.tolist() == [1, 0]


POINTS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def test_rows_are_points_and_columns_are_coordinates():
    assert Layout.ROWS.arrange(POINTS).tolist() == POINTS.tolist()
    assert Layout.COLUMNS.arrange(POINTS).tolist() == [[1, 3, 5], [2, 4, 6]]


@pytest.mark.parametrize("layout", Layout)
def test_arrange_undoes_itself(layout):
    assert np.array_equal(layout.arrange(layout.arrange(POINTS)), POINTS)


@pytest.mark.parametrize("layout", Layout)
def test_what_is_arranged_is_a_copy_in_row_order(layout):
    arranged = layout.arrange(POINTS)
    assert arranged.flags.c_contiguous
    arranged[:] = 0
    assert POINTS.any()


def test_two_points_are_transposed_too():
    square = POINTS[:2]
    assert Layout.COLUMNS.arrange(square).tolist() == [[1, 3], [2, 4]]
    assert Layout.COLUMNS.arrange(square.T).tolist() == square.tolist()


def test_a_grid_of_one_point_and_one_of_a_million():
    assert Grid(2, 3, 1).points.tolist() == [[2, 2]]
    assert len(Grid(0, 1000, 1).axis) == 1000
    with pytest.raises(ValueError, match="1001 values"):
        Grid(0, 1001, 1)
    with pytest.raises(ValueError, match="has 1001 values an axis"):  # as arange gives them
        Grid(0, 1000.0001, 1)
    with pytest.raises(ValueError, match="has 0 values"):
        Grid(1, 0, 1)
