"""The registry: gradients are right by three oracles, and every verdict has an example."""

import contextlib

import autograd
import autograd.numpy
import numpy as np
import pytest
from spellings import UndecidedError, exact_gradient

from gradviz_core import FUNCTIONS, Layout, measure, parse_spelling
from gradviz_core.functions import Function
from gradviz_core.layout import Grid

EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


def finite_truth(function):
    truth = parse_spelling(function.spelling).gradient(function.grid.points)
    return truth, np.isfinite(truth).all(axis=1)


@EACH
def test_the_gradient_given_is_the_exact_derivative(function: Function):
    truth, finite = finite_truth(function)
    parts = [parse_spelling(part) for part in function.gradient]
    stated = np.array([[part(x) for part in parts] for x in function.grid.points])
    scale = np.abs(truth[finite]).max()
    np.testing.assert_allclose(stated[finite], truth[finite], rtol=0, atol=1e-12 * scale)


@EACH
def test_the_exact_derivative_agrees_with_mpmath(function: Function):
    truth, finite = finite_truth(function)
    scale = np.abs(truth[finite]).max()
    decided = 0
    for k in np.flatnonzero(finite)[::7]:
        with contextlib.suppress(UndecidedError):  # a value too close to a kink for the oracle
            oracle, _ = exact_gradient(function.spelling, function.grid.points[k])
            expected = np.array(oracle, float)
            np.testing.assert_allclose(truth[k], expected, rtol=0, atol=1e-12 * scale)
            decided += 1
    assert decided > 5


@EACH
def test_the_exact_derivative_agrees_with_autograd(function: Function):
    names = {"np": autograd.numpy, "len": len}
    f = eval(f"lambda x: {function.spelling}", names)  # the registry's own text, in a test
    truth, finite = finite_truth(function)
    scale = np.abs(truth[finite]).max()
    # Away from the axes, where autograd's own np.prod divides by zero.
    for k in np.flatnonzero(finite & (function.grid.points != 0).all(axis=1))[::13]:
        oracle = autograd.grad(f)(function.grid.points[k])
        np.testing.assert_allclose(truth[k], oracle, rtol=0, atol=1e-12 * scale)


def test_every_verdict_but_raises_has_an_example():
    found = {measure(f, f.grid, Layout.COLUMNS).verdict for f in FUNCTIONS.values()}
    assert found == {"hidden", "blank", "sparse", "scaled", "plausible"}


def test_names_spellings_and_notes_are_unlike_each_other():
    for field in ("name", "title", "spelling", "note"):
        values = [getattr(record, field) for record in FUNCTIONS.values()]
        assert len(set(values)) == len(values), field


@EACH
def test_a_record_has_a_note_without_numbers(function: Function):
    assert function.note.endswith(".")
    assert not any(character.isdigit() for character in function.note)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("sum_of_squares", "np.sum(x**2)"), ("sum_of_squares_indexed", "x[0]**2 + x[1]**2"),
        ("product", "x[0] * x[1]"), ("sine_of_product", "np.sin(x[0] * x[1])"),
        ("bowl", "x[0]**2 / 20 + x[1]**2"), ("product_of_all", "np.prod(x)"),
        ("exponential_bump", "np.exp(-np.sum(x**2))"),
        ("log_of_one_plus_squares", "np.log1p(np.sum(x**2))"),
    ],
)  # fmt: skip
def test_the_names_others_rely_on(name, spelling):
    assert FUNCTIONS[name].spelling == spelling
    assert name == "bowl" or FUNCTIONS[name].grid == Grid()
