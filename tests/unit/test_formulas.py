"""The formula that is made of a spelling is worth what the spelling gives."""

import lxml.html
import numpy as np
import pytest
from oracle import function_of
from reading.mathml import value_at

from gradviz_core.publish.maths import formula
from gradviz_core.spelling.formulas import formula_of
from tests.unit import spellings

# Off every axis, diagonal and kink, with both signs.
POINTS = np.array([[1.3, 0.7], [-0.4, 1.9], [0.6, -1.1], [-1.7, -0.3]])

READ = [
    "x[0] - (x[1] - 1)",
    "x[0] - (x[1] + 1) * 3 - -x[1]",
    "2 * 3 * x[0] * (x[1] / 2)",
    "-x[0]**2 + (-x[1])**2 + 2**-x[0]",
    "(x[0] * x[1])**2 + 2**x[0]**2 + (2**x[0])**2",
    "x[0] / x[1] / 2 * (x[0] / 2)**2",
    "-0.2 * x[0] * 1e-5 + 12000000 + 1e23 * x[1]",
    "+x[0] + np.pi * np.e",
    "np.sum(x**2) * x[-1] / 2 + np.sum(x) * np.sum(x)",
    "np.sum(x**2 - 3 * x + 1) - np.sum(-x)",
    "np.sum(x - np.mean(x)) + np.sum(x * np.sum(x))",
    "np.prod(x + 1) + np.prod(2 * x) + np.prod(x)**3",
    "np.max(x**2) + np.min(2 * x) + np.mean(np.sin(x)) / len(x)",
    "x @ x + np.dot(x + 1, x) * x[0] + 1 / (x @ x)",
    "np.dot(x[0], x[1]) + np.max(np.dot(2, x)) + np.sum(np.dot(x, 3))",
    "np.linalg.norm(x) * np.linalg.norm(x - 1)**2 + np.linalg.norm(x[0])",
    "np.sum(x[0]) + np.mean(x[0] * x[1]) + np.linalg.norm(np.sum(x))",
    "np.sin(x[0]) * np.cos(x[1])**2 / np.tan(x[0])",
    "np.arctan(x[0]) + np.sinh(x[0]) * np.cosh(x[1]) - np.tanh(x[1])",
    "np.arcsin(x[0] / 4) + np.arccos(x[1] / 4)",
    "np.log(np.abs(x[0])) + np.log2(x[1]**2) * np.log10(x[1]**2)",
    "np.log1p(x[0]**2) * 2 + 2 * np.expm1(x[1])",
    "np.abs(np.abs(x[0] / 2) - 1) * np.abs(x[1])",
    "np.sqrt(np.square(x[0] + 1)) + np.hypot(x[0] - 1, x[1])",
    "np.sign(x[0]) * np.maximum(x[0], 1) + np.minimum(x[0], x[1] - 1)",
    "np.clip(x[0], -1, 1) + np.sum(np.clip(x, 0, 1))",
    "(1 if x[0] > 0 else -x[1]) * 2 + np.where(x[0] <= x[1], x[0], 2)",
    "x[1] - (x[0] if np.sum(x) >= 1 else 0)",
    "np.sum(np.where(x < 0, x, x**2)) * 2",
    "(1 if x[0] == 1.3 else 2) + (1 if x[1] != 0.7 else 2)",
]
WRITTEN = {
    "x[0]**2 / 20 + x[1]**2": r"\frac{x_0^2}{20} + x_1^2",
    "np.sum(x**2) / 2": r"\frac{1}{2} \sum_i x_i^2",
    "np.exp(-np.sum(x**2))": r"\exp\left( -\sum_i x_i^2 \right)",
    "2 * 3 * x[0]": r"2 \cdot 3 x_0",
    "x[0] * x[1] * 1e-5": r"x_0 x_1 \cdot 10^{-5}",
    "2.5e-7 * x[0]": r"2.5 \cdot 10^{-7} x_0",
}


def worth(spelling, x):
    return value_at(lxml.html.fromstring(formula(spelling)), x)


def value_of(spelling, x):
    """What a spelling gives at a point, if nothing in it lacks a value there."""
    try:
        with np.errstate(all="raise", under="ignore"):
            value = function_of(spelling)(x)
    except (ArithmeticError, ValueError):
        return None
    return value if np.isrealobj(value) and abs(value) < 1e12 else None


@pytest.mark.parametrize("spelling", READ)
def test_a_formula_is_worth_what_its_spelling_gives(spelling):
    f = function_of(spelling)
    for x in POINTS:
        assert worth(spelling, x) == pytest.approx(f(x), rel=1e-12)


def test_so_is_that_of_any_spelling():
    compared = 0
    for seed in range(1500):
        text = spellings.spelling(seed)
        if formula_of(text) is None:
            continue
        expected = value_of(text, POINTS[0])
        if expected is None:
            continue
        assert worth(text, POINTS[0]) == pytest.approx(expected, rel=1e-6), text
        compared += 1
    assert compared > 500


@pytest.mark.parametrize("spelling", WRITTEN)
def test_a_formula_is_written_as_mathematics_is(spelling):
    assert formula_of(spelling) == WRITTEN[spelling]


def test_a_spelling_with_arrays_of_its_own_stays_code():
    shown = formula("np.array([1, 2]) @ x")
    assert shown.endswith("</math> <code>np.array([1, 2]) @ x</code>")
