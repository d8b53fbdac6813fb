"""The routine, `gradient` and the theorem of the tutorial on many more random inputs."""

import autograd
import autograd.numpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradviz_core import FUNCTIONS, parse_spelling
from tests.unit import test_book as exhibit
from tests.unit import test_gradient as gradients
from tests.unit import test_theorem as theorem

MANY = settings(max_examples=500)


@pytest.mark.parametrize("f", exhibit.FUNCTIONS.values(), ids=exhibit.FUNCTIONS)
@MANY
@given(X=exhibit.ARRAYS)
def test_the_routine_agrees_bit_for_bit_with_its_semantics(f, X):
    exhibit.check_bits(f, X)


@MANY
@given(X=gradients.BATCHES, seed=st.integers(0, 99), vectorized=st.booleans())
def test_a_batch_gives_the_bits_of_its_points(X, seed, vectorized):
    gradients.check_batch(X, seed, vectorized)


@MANY
@given(theorem.sums(), theorem.POINTS)
def test_of_a_sum_of_one_function_the_call_without_T_is_right(drawn, points):
    theorem.check_a_sum(*drawn, points)


@MANY
@given(theorem.sums(), theorem.POINTS, theorem.NAMES, theorem.AMOUNTS)
def test_of_any_other_it_is_wrong_at_some_points(drawn, points, name, amount):
    theorem.check_a_spoiled_sum(*drawn, points, name, amount)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_exact_derivative_agrees_with_autograd(name):
    function = FUNCTIONS[name]
    points = function.grid.points
    truth = parse_spelling(function.spelling).gradient(points)
    names = {"np": autograd.numpy, "len": len}
    f = eval(f"lambda x: {function.spelling}", names)
    finite = np.isfinite(truth).all(axis=1)
    scale = np.abs(truth[finite]).max()
    # Away from the axes, where autograd's own np.prod divides by zero.
    for k in np.flatnonzero(finite & (points != 0).all(axis=1))[::3]:
        found = autograd.grad(f)(points[k])
        np.testing.assert_allclose(truth[k], found, rtol=0, atol=1e-12 * scale)
