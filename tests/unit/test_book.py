"""The exhibit has the semantics of the contract, faults included, bit for bit."""

import numpy as np
import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.grid import Grid

FUNCTIONS = {
    "sum of squares": lambda x: np.sum(x**2),
    "product": lambda x: x[0] * x[1],
    "norm": np.linalg.norm,
    "softened": lambda x: np.log(np.sum(np.exp(x / 100))),
    "last": lambda x: np.sin(x[-1]) * x[0],
}
ARRAYS = st.one_of(
    arrays(
        np.float64,
        array_shapes(min_dims=1, max_dims=2, min_side=2, max_side=6),
        elements=st.floats(-50, 50),
    ),
    arrays(np.float32, (3, 2), elements=st.floats(-50, 50, width=32)),
    arrays(np.float16, (2, 4), elements=st.floats(-50, 50, width=16)),
    arrays(np.int64, (2, 3), elements=st.integers(-50, 50)),
)


def reference(f, X, h=1e-4):
    """The same semantics told another way: by indices into X."""
    result = np.zeros_like(X)
    for index in np.ndindex(X.shape):
        point = X if X.ndim == 1 else X[index[0]]
        before = X[index]
        X[index] = float(before) + h
        ahead = f(point)
        X[index] = before - h
        behind = f(point)
        result[index] = (ahead - behind) / (2 * h)
        X[index] = before
    return result


def check_bits(f, X):
    """The result, its dtype and what is left in X are those of the reference."""
    given_to_reference = X.copy()
    with np.errstate(all="ignore"):
        found = numerical_gradient(f, X)
        expected = reference(f, given_to_reference)
    assert found.dtype == expected.dtype == X.dtype
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(X, given_to_reference)


@pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)
@settings(max_examples=20, derandomize=True, database=None)
@given(X=ARRAYS)
def test_it_agrees_bit_for_bit_with_the_semantics(f, X):
    check_bits(f, X)


@pytest.mark.parametrize("f", FUNCTIONS.values(), ids=FUNCTIONS)
def test_both_calls_agree_with_the_oracle(f):
    points = Grid(-1, 1.5, 0.5).points
    for X in (points, points.T):
        assert np.array_equal(numerical_gradient(f, X.copy()), oracle.routine(f, X))


def test_golden_values_of_the_transposed_call():
    columns = Grid().points.T.copy()
    result = numerical_gradient(FUNCTIONS["product"], columns)
    assert np.argwhere(result).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    np.testing.assert_allclose(result[:, :2], [[-1.75, -2], [-2, -2]], atol=1e-9)
    sphere = numerical_gradient(FUNCTIONS["sum of squares"], columns)
    assert 1e-11 < np.abs(sphere - 2 * columns).max() < 1e-8


def test_integers_are_truncated():
    result = numerical_gradient(FUNCTIONS["sum of squares"], np.array([3, 4]))
    assert result.tolist() == [25000, 35000]


def test_x_minus_h_has_the_type_of_x_where_x_plus_h_is_rounded_to_it():
    """Where x is h as a float32, x - h is exactly 0."""
    received = []

    def f(x):
        received.extend(x.tolist())
        return 0.0

    numerical_gradient(f, np.array([1e-4], np.float32))
    assert received == [float(np.float32(2e-4)), 0.0]


def test_the_callers_array_is_restored_but_not_if_f_raises():
    calls = []

    def raising(x):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        return np.sum(x)

    x = np.array([3.0, 4.0])
    numerical_gradient(FUNCTIONS["product"], x)
    assert x.tolist() == [3.0, 4.0]
    with pytest.raises(RuntimeError):
        numerical_gradient(raising, x)
    assert x.tolist() == [3.0 - 1e-4, 4.0]


def test_f_receives_a_view_of_what_the_caller_passed():
    X = np.ones((2, 2))
    received = []

    def f(x):
        received.append(x)
        return x[0]

    numerical_gradient(f, X)
    assert len(received) == 8
    assert all(np.shares_memory(x, X) for x in received)


def test_the_step_is_the_h_of_the_formula():
    cube = numerical_gradient(lambda x: x[0] ** 3, np.array([1.0]), step=0.5)
    assert cube.tolist() == [3.25]  # 3 x^2 + h^2
