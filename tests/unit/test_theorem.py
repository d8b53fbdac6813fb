"""The theorem of the tutorial: the call without .T is right for a sum of one function.

The truth is the derivative of a polynomial and of a sine, written down here. Neither the
book's routine nor the site's exact gradient has a part in it.
"""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from numpy.polynomial import Polynomial

from gradviz_core.book import numerical_gradient

QUICK = settings(max_examples=20, derandomize=True, database=None)
NUMBERS = some.floats(-2, 2).map(lambda value: round(value, 3))
POLYNOMIALS = some.lists(NUMBERS, min_size=1, max_size=5).map(Polynomial)
WAVES = some.tuples(NUMBERS, some.floats(0.1, 3).map(lambda value: round(value, 3)))
CONSTANTS = some.sampled_from(
    [lambda n: 0.0, lambda n: 5.0 / n, lambda n: n**2, lambda n: -3.0]
)
# At least three: two points make a square array, and its transpose has the same shape.
POINTS = some.integers(3, 12).flatmap(
    lambda n: some.lists(some.tuples(NUMBERS, NUMBERS), min_size=n, max_size=n)
)


@some.composite
def sums(draw):
    """The derivative of a φ, and the f that adds φ up, a constant for each length besides."""
    polynomial = draw(POLYNOMIALS)
    height, pace = draw(WAVES)
    constant = draw(CONSTANTS)

    def phi(t):
        return polynomial(t) + height * np.sin(pace * t)

    def slope(t):
        return polynomial.deriv()(t) + height * pace * np.cos(pace * t)

    return slope, lambda x: np.sum(phi(x)) + constant(len(x))


# What no sum of one φ can hold: each with its true gradient at one point (x, y).
SPOILERS = {
    "a product": (lambda x: x[0] * x[1], lambda x, y: (y, x)),
    "a weight": (lambda x: x[0] ** 2, lambda x, y: (2 * x, 0 * x)),
    "a weight at the end": (lambda x: x[-1] ** 2, lambda x, y: (0 * x, 2 * y)),
    "a mean": (lambda x: np.mean(x**2), lambda x, y: (x, y)),
    "a square of the sum": (
        lambda x: np.sum(x) ** 2,
        lambda x, y: (2 * (x + y), 2 * (x + y)),
    ),
}
NAMES = some.sampled_from(sorted(SPOILERS))
AMOUNTS = some.sampled_from([-1.0, 0.25, 2.0])


def without(f, points):
    """The call without .T, its result one row for each point."""
    return numerical_gradient(f, points.T.copy()).T


def check_a_sum(slope, f, points):
    points = np.array(points)
    np.testing.assert_allclose(without(f, points), slope(points), atol=1e-5)


def check_a_spoiled_sum(slope, f, points, name, amount):
    spoiler, gradient = SPOILERS[name]
    points = np.array(points)
    spoiled = amount * np.transpose(gradient(*points.T))
    truth = slope(points) + spoiled
    # By the rule of sums, what is wrong is what the spoiler alone gets wrong.
    foreign = [[partial(name, row, k) for row in points.T] for k in range(len(points))]
    wrong = amount * np.array(foreign) - spoiled
    assume(np.abs(wrong).max() > 1e-3)
    result = without(lambda x: f(x) + amount * spoiler(x), points)
    np.testing.assert_allclose(result - truth, wrong, atol=1e-5)
    assert np.abs(result - truth).max() > 5e-4


def partial(name, row, k):
    """The slope of a spoiler when the k-th number of a long row moves, by hand."""
    last = len(row) - 1
    return {
        "a product": {0: row[1], 1: row[0]}.get(k, 0.0),
        "a weight": 2 * row[0] if k == 0 else 0.0,
        "a weight at the end": 2 * row[-1] if k == last else 0.0,
        "a mean": 2 * row[k] / len(row),
        "a square of the sum": 2 * row.sum(),
    }[name]


@QUICK
@given(sums(), POINTS)
def test_of_a_sum_of_one_function_the_call_without_T_is_right(drawn, points):
    check_a_sum(*drawn, points)


@QUICK
@given(sums(), POINTS, NAMES, AMOUNTS)
def test_of_any_other_it_is_wrong_at_some_points(drawn, points, name, amount):
    check_a_spoiled_sum(*drawn, points, name, amount)


@pytest.mark.parametrize("name", SPOILERS)
def test_points_that_show_it_are_easily_found(name):
    """The points at which a spoiler stays hidden are rare: random ones find it."""
    spoiler, gradient = SPOILERS[name]
    points = np.random.default_rng(1).uniform(-2, 2, (7, 2))
    truth = np.transpose(gradient(*points.T))
    assert np.abs(without(spoiler, points) - truth).max() > 0.1
