"""What the page on symmetry claims of arrays is so, and its slips do what they say.

The heights are those of polynomials, with slopes written down here.
"""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from reading import slips as our_slips

from gradviz_core.numerics import grid_slips

QUICK = settings(max_examples=40, derandomize=True, database=None)
NUMBERS = some.integers(-5, 5)
AXES = some.lists(some.integers(-6, 6), min_size=2, max_size=6, unique=True).map(
    lambda axis: np.array(sorted(axis), dtype=float)
)
# Of a**i * b**j stands the factor in row i and column j.
FACTORS = some.lists(
    some.lists(NUMBERS, min_size=3, max_size=3), min_size=3, max_size=3
)


def polynomial(factors):
    return lambda a, b: np.polynomial.polynomial.polyval2d(a, b, np.array(factors))


def array_of(f, axis):
    """One row for each second coordinate."""
    return np.array([[f(first, second) for first in axis] for second in axis])


def exchanged(f):
    return lambda a, b: f(b, a)


@QUICK
@given(FACTORS, AXES)
def test_a_transposed_array_is_that_of_f_with_its_coordinates_exchanged(factors, axis):
    f = polynomial(factors)
    assert np.array_equal(array_of(f, axis).T, array_of(exchanged(f), axis))


@QUICK
@given(FACTORS, AXES)
def test_it_is_the_same_array_exactly_if_f_is_symmetric_on_the_grid(factors, axis):
    f = polynomial(factors)
    is_symmetric = all(f(a, b) == f(b, a) for a in axis for b in axis)
    heights = array_of(f, axis)
    assert np.array_equal(heights.T, heights) == is_symmetric
    symmetric = array_of(polynomial(np.add(factors, np.transpose(factors))), axis)
    assert np.array_equal(symmetric.T, symmetric)


@QUICK
@given(FACTORS, AXES)
def test_what_f_is_between_the_points_does_not_matter(factors, axis):
    """On the grid a product is 0 that is not so elsewhere, and not symmetric."""
    symmetric = polynomial(np.add(factors, np.transpose(factors)))

    def f(a, b):
        return symmetric(a, b) + a * np.prod(a - axis)

    heights = array_of(f, axis)
    assert f(axis[0] + 0.5, axis[1]) != f(axis[1], axis[0] + 0.5) or axis.any()
    assert np.array_equal(heights.T, heights)


@QUICK
@given(FACTORS, some.integers(3, 7))
def test_both_slopes_transposed_are_those_of_f_with_its_coordinates_exchanged(
    factors, count
):
    axis = np.arange(count) / 2
    f = polynomial(factors)
    up, across = np.gradient(array_of(f, axis), 0.5)
    up_exchanged, across_exchanged = np.gradient(array_of(exchanged(f), axis), 0.5)
    np.testing.assert_allclose(up.T, across_exchanged, atol=1e-9)
    np.testing.assert_allclose(across.T, up_exchanged, atol=1e-9)


@QUICK
@given(FACTORS, some.integers(3, 7))
def test_slopes_only_exchanged_are_right_only_where_both_are_the_same(factors, count):
    axis = np.arange(count) / 2
    up, across = np.gradient(array_of(polynomial(factors), axis), 0.5)
    assume(not np.allclose(up, across))
    assert not np.array_equal(np.array([up, across]), np.array([across, up]))


def examples():
    def plane(x, y):
        return grid_slips.Example(
            x, y, lambda p: p[0] + 2 * p[1], lambda a, b: a + 2 * b
        )

    axis = np.arange(-2, 2.5, 0.25)
    x, y = np.arange(7.0) / 2, np.arange(5.0)
    return {
        "squares": grid_slips.Example(
            axis, axis, lambda p: np.sum(p**2), lambda a, b: a**2 + b**2
        ),
        "plane": plane(axis, axis),
        "oblong": plane(np.linspace(-2, 2, 7), np.linspace(-2, 2, 5)),
        "ranges": plane(np.linspace(0, 3, 18), np.linspace(0, 8, 18)),
        "two lines": grid_slips.Example(
            x, y, lambda p: p[0] + p[0] * p[1], lambda a, b: a + a * b
        ),
    }


def ours(example):
    return our_slips.Example(example.x, example.y, example.f, example.height)


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("slip", our_slips.SLIPS, ids=lambda slip: slip.__name__)
def test_a_slip_and_the_right_code_draw_the_numbers_that_they_should(slip, name):
    example = examples()[name]
    for slipped in (False, True):
        expected = slip(ours(example), slipped=slipped).numbers
        try:
            found = getattr(grid_slips, slip.__name__)(example, slipped=slipped).numbers
        except TypeError:
            assert slipped
            assert expected.shape != (len(example.y), len(example.x))
            continue
        if slip.__name__ == "eigenvectors":
            expected = np.degrees(expected)
        np.testing.assert_allclose(found, expected, atol=1e-7)


@pytest.mark.parametrize("name", examples())
@pytest.mark.parametrize("slip", our_slips.SLIPS, ids=lambda slip: slip.__name__)
def test_what_shows_a_slip_is_what_matplotlib_shows_of_it(slip, name):
    example = examples()[name]
    found = grid_slips.shown_by(getattr(grid_slips, slip.__name__), example)
    assert found == our_slips.shown_by(slip, ours(example))


def test_there_are_no_other_slips():
    names = [slip.__name__ for slip in our_slips.SLIPS]
    assert [slip.__name__ for slip in grid_slips.SLIPS] == names


def test_arrows_of_another_number_than_points_are_refused_as_by_matplotlib():
    with pytest.raises(ValueError, match="one for each arrow"):
        grid_slips.quiver(np.ones(3), np.ones(3), np.ones(2), np.ones(3))
