"""Derivatives: the operators and functions of the language, and the chain rule.

A program is a syntax tree in postfix order: ``x[0], 2, **, x[1], sin, +`` stands for
``x[0]**2 + np.sin(x[1])``. It is differentiated in forward mode: each step carries,
beside its value, its slopes along x[0] and x[1].

Legend: x one point; v the value of a step; a and b the values of its operands.
"""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Compute = Callable[..., Any]
Column = (
    Any  # (n,) float64, one number a point, or one number that holds at every point
)

# A partial derivative of exactly 1. As this very object it spares a multiplication.
ONE = 1.0


class Dual(NamedTuple):
    """A value with its slopes, None where it cannot depend on that coordinate."""

    value: Column
    along_x0: Column | None
    along_x1: Column | None


class Leaf(NamedTuple):
    """A step without operands: how to read it off x, and which coordinates it is."""

    read: Compute
    coordinates: tuple[int, ...] = ()


class Rule(NamedTuple):
    """A step with operands: how to compute it, and its partial derivatives.

    A reduction also has a rule for one number and one for two, since x has two.
    """

    compute: Compute
    partials: tuple[Callable[..., Column], ...]
    precedence: int = 0
    over: tuple["Rule", ...] = ()


Program = tuple[Leaf | Rule, ...]


# A partial derivative that does not exist is nan or infinite: both survive every later
# product and sum. That is why a tie divides False by a != b, and the partial of a sign
# is 0 / a.


def _one(*_: Column) -> float:
    return ONE


def _minus_one(*_: Column) -> float:
    return -1.0


def _half(*_: Column) -> float:
    return 0.5


def _where(domain: Any, partial: Column) -> Column:
    """A partial that exists in its domain alone."""
    return np.where(domain, partial, np.nan)


def _is_larger(v: Column, a: Column, b: Column) -> Column:
    """1 where a is larger, 0 where b is, and nan at a tie."""
    return (a > b) / (a != b)


def _is_smaller(v: Column, a: Column, b: Column) -> Column:
    return (a < b) / (a != b)


def _base_partial(v: Column, a: Column, b: Column) -> Column:
    """Of a**b along a."""
    if isinstance(b, np.ndarray):
        return b * a ** (b - 1)  # where a <= 0, that along b is nan or infinite
    if b == 0:
        return 0.0
    partial = b * a ** (b - 1)
    return partial if b % 1 == 0 else _where(a > 0, partial)


def _exponent_partial(v: Column, a: Column, b: Column) -> Column:
    """Of a**b along b."""
    if isinstance(a, np.ndarray) or a > 0:
        return v * np.log(a)
    return _where((a == 0) & (b > 0), 0.0)


SIGNS = {
    "+": Rule(operator.pos, (_one,), precedence=3),
    "-": Rule(operator.neg, (_minus_one,), precedence=3),
}

OPERATORS = {
    "+": Rule(operator.add, (_one, _one), precedence=1),
    "-": Rule(operator.sub, (_one, _minus_one), precedence=1),
    "*": Rule(
        operator.mul,
        (lambda v, a, b: b, lambda v, a, b: a),
        precedence=2,
    ),
    "/": Rule(
        operator.truediv,
        (lambda v, a, b: 1 / b, lambda v, a, b: -v / b),
        precedence=2,
    ),
    "**": Rule(operator.pow, (_base_partial, _exponent_partial), precedence=4),
}

FUNCTIONS = {
    "sin": Rule(np.sin, (lambda v, a: np.cos(a),)),
    "cos": Rule(np.cos, (lambda v, a: -np.sin(a),)),
    "tan": Rule(np.tan, (lambda v, a: 1 + v * v,)),
    "arcsin": Rule(np.arcsin, (lambda v, a: 1 / np.sqrt((1 - a) * (1 + a)),)),
    "arccos": Rule(np.arccos, (lambda v, a: -1 / np.sqrt((1 - a) * (1 + a)),)),
    "arctan": Rule(np.arctan, (lambda v, a: 1 / (1 + a * a),)),
    "sinh": Rule(np.sinh, (lambda v, a: np.cosh(a),)),
    "cosh": Rule(np.cosh, (lambda v, a: np.sinh(a),)),
    "tanh": Rule(np.tanh, (lambda v, a: np.cosh(a) ** -2.0,)),
    "exp": Rule(np.exp, (lambda v, a: v,)),
    "log": Rule(np.log, (lambda v, a: _where(a > 0, 1 / a),)),
    "log2": Rule(np.log2, (lambda v, a: _where(a > 0, 1 / a / math.log(2)),)),
    "log10": Rule(np.log10, (lambda v, a: _where(a > 0, 1 / a / math.log(10)),)),
    "log1p": Rule(np.log1p, (lambda v, a: _where(a > -1, 1 / (1 + a)),)),
    "expm1": Rule(np.expm1, (lambda v, a: np.exp(a),)),
    "sqrt": Rule(np.sqrt, (lambda v, a: 0.5 / v,)),
    "abs": Rule(np.abs, (lambda v, a: a / v,)),
    "sign": Rule(np.sign, (lambda v, a: 0 / a,)),
    "square": Rule(np.square, (lambda v, a: 2 * a,)),
    "maximum": Rule(np.maximum, (_is_larger, _is_smaller)),
    "minimum": Rule(np.minimum, (_is_smaller, _is_larger)),
    "hypot": Rule(np.hypot, (lambda v, a, b: a / v, lambda v, a, b: b / v)),
}

# Most reductions of one number are that number.
_IDENTITY = SIGNS["+"]
_MEAN_OF_TWO = Rule(lambda a, b: (a + b) / 2, (_half, _half))
_SQUARES_OF_TWO = Rule(
    lambda a, b: a * a + b * b, (lambda v, a, b: 2 * a, lambda v, a, b: 2 * b)
)

DOT = Rule(lambda x: x @ x, (_one,), over=(_IDENTITY, _SQUARES_OF_TWO))
FUNCTIONS |= {
    "sum": Rule(np.sum, (_one,), over=(_IDENTITY, OPERATORS["+"])),
    "prod": Rule(np.prod, (_one,), over=(_IDENTITY, OPERATORS["*"])),
    "mean": Rule(np.mean, (_one,), over=(_IDENTITY, _MEAN_OF_TWO)),
    "max": Rule(np.max, (_one,), over=(_IDENTITY, FUNCTIONS["maximum"])),
    "min": Rule(np.min, (_one,), over=(_IDENTITY, FUNCTIONS["minimum"])),
    "linalg.norm": Rule(
        np.linalg.norm, (_one,), over=(FUNCTIONS["abs"], FUNCTIONS["hypot"])
    ),
}


def compose(program: Program) -> Callable[[NDArray[np.float64]], np.float64]:
    """Turn a program into one function of a point, built from nested closures."""
    stack: list[Compute] = []
    for step in program:
        if isinstance(step, Leaf):
            stack.append(step.read)
        elif len(step.partials) == 1:
            stack.append(_after_one(step.compute, stack.pop()))
        else:
            second = stack.pop()
            first = stack.pop()
            stack.append(_after_two(step.compute, first, second))
    return stack.pop()


def _after_one(compute: Compute, a: Compute) -> Compute:
    return lambda x: compute(a(x))


def _after_two(compute: Compute, a: Compute, b: Compute) -> Compute:
    return lambda x: compute(a(x), b(x))


def differentiate(program: Program, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gradients at points, both of shape (n, 2); nan where there is none."""
    coordinates = (
        Dual(points[:, 0], ONE, None),
        Dual(points[:, 1], None, ONE),
    )
    # An operand is one dual if it is a number, and two if it is a vector.
    stack: list[list[Dual]] = []
    for step in program:
        if isinstance(step, Rule):
            count = len(step.partials)
            operands = stack[-count:]
            stack[-count:] = [_apply(step, operands)]
        elif step.coordinates:
            stack.append([coordinates[i] for i in step.coordinates])
        else:
            constant = step.read((0.0, 0.0))  # its only use of x is its length
            stack.append([Dual(constant, None, None)])
    [[result]] = stack

    gradients = np.empty(points.shape)
    for i, slope in enumerate((result.along_x0, result.along_x1)):
        gradients[:, i] = 0.0 if slope is None else slope
    if not _all_finite(gradients, result.value):
        has_gradient = np.isfinite(gradients).all(axis=1) & np.isfinite(result.value)
        gradients[~has_gradient] = np.nan
    return gradients


def _all_finite(gradients: NDArray[np.float64], value: Column) -> bool:
    """Whether all is finite. False means perhaps: a sum of squares may overflow."""
    flat = gradients.ravel()
    return math.isfinite(flat.dot(flat) + np.dot(value, value))


def _apply(rule: Rule, operands: Sequence[Sequence[Dual]]) -> list[Dual]:
    if rule.over:
        numbers = operands[0]
        return [_chain(rule.over[len(numbers) - 1], numbers)]
    # Of a vector and a number, the number goes with each entry.
    width = max(map(len, operands))
    return [
        _chain(rule, [duals[k % len(duals)] for duals in operands])
        for k in range(width)
    ]


def _chain(rule: Rule, duals: Sequence[Dual]) -> Dual:
    inputs = [dual.value for dual in duals]
    value = rule.compute(*inputs)
    along_x0 = along_x1 = None
    for partial_of, dual in zip(rule.partials, duals, strict=True):
        is_constant = dual.along_x0 is None and dual.along_x1 is None
        if not is_constant:
            partial = partial_of(value, *inputs)
            along_x0 = _plus_product(along_x0, partial, dual.along_x0)
            along_x1 = _plus_product(along_x1, partial, dual.along_x1)
    return Dual(value, along_x0, along_x1)


def _plus_product(
    total: Column | None, partial: Column, slope: Column | None
) -> Column | None:
    """Return total + partial * slope, where what is None is zero."""
    if slope is None:
        return total
    if partial is ONE:
        term = slope
    elif slope is ONE:
        term = partial
    else:
        term = partial * slope
    return term if total is None else total + term
