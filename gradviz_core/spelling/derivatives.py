"""The two tables of the spelling language, and the chain rule over them.

A program is a syntax tree in postfix order. A dual is a column of values, one a point, with its
slopes along x[0] and x[1], None where the value cannot depend on that coordinate; a number is one
dual, a vector two. Legend: x one point; v the value of a step, a and b its operands.
"""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Compute = Callable[..., Any]
Column = Any  # (n,) float64, or one number that holds at every point
Dual = tuple[Column, Column | None, Column | None]
ONE = 1.0  # as a slope or a partial this very object spares a multiplication


class Leaf(NamedTuple):
    """A step without operands: how to read it off x, and the coordinates it consists of."""

    read: Compute
    coordinates: tuple[int, ...] = ()


class Rule(NamedTuple):
    """A step with operands; a reduction also has its rules over one number and over two."""

    compute: Compute
    partials: tuple[Callable[..., Column], ...]
    precedence: int = 0
    over: tuple["Rule", ...] = ()


Program = tuple[Leaf | Rule, ...]


def _one(*_: Column) -> float:
    return ONE


def _within(domain: Any, partial: Column) -> Column:
    return np.where(domain, partial, np.nan)


def _larger(a: Column, b: Column) -> Column:
    return (a > b) / (a != b)


def _base_partial(v: Column, a: Column, b: Column) -> Column:
    if isinstance(b, np.ndarray):
        return b * a ** (b - 1)  # where a <= 0 the partial along b is nan or infinite
    if b == 0:
        return 0.0
    return b * a ** (b - 1) if b % 1 == 0 else _within(a > 0, b * a ** (b - 1))


def _exponent_partial(v: Column, a: Column, b: Column) -> Column:
    if isinstance(a, np.ndarray) or a > 0:
        return v * np.log(a)
    return _within((a == 0) & (b > 0), 0.0)


# A partial that does not exist is nan or infinite: both survive every later product and sum.
# That is why a tie divides False by a != b, and the partial of a sign is 0 / a.
SIGNS = {
    "+": Rule(operator.pos, (_one,), 3),
    "-": Rule(operator.neg, (lambda v, a: -1.0,), 3),
}
OPERATORS = {
    "+": Rule(operator.add, (_one, _one), 1),
    "-": Rule(operator.sub, (_one, lambda v, a, b: -1.0), 1),
    "*": Rule(operator.mul, (lambda v, a, b: b, lambda v, a, b: a), 2),
    "/": Rule(operator.truediv, (lambda v, a, b: 1 / b, lambda v, a, b: -v / b), 2),
    "**": Rule(operator.pow, (_base_partial, _exponent_partial), 4),
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
    "log": Rule(np.log, (lambda v, a: _within(a > 0, 1 / a),)),
    "log2": Rule(np.log2, (lambda v, a: _within(a > 0, 1 / a / math.log(2)),)),
    "log10": Rule(np.log10, (lambda v, a: _within(a > 0, 1 / a / math.log(10)),)),
    "log1p": Rule(np.log1p, (lambda v, a: _within(a > -1, 1 / (1 + a)),)),
    "expm1": Rule(np.expm1, (lambda v, a: np.exp(a),)),
    "sqrt": Rule(np.sqrt, (lambda v, a: 0.5 / v,)),
    "abs": Rule(np.abs, (lambda v, a: a / v,)),
    "sign": Rule(np.sign, (lambda v, a: 0 / a,)),
    "square": Rule(np.square, (lambda v, a: 2 * a,)),
    "maximum": Rule(
        np.maximum, (lambda v, a, b: _larger(a, b), lambda v, a, b: _larger(b, a))
    ),
    "minimum": Rule(
        np.minimum, (lambda v, a, b: _larger(b, a), lambda v, a, b: _larger(a, b))
    ),
    "hypot": Rule(np.hypot, (lambda v, a, b: a / v, lambda v, a, b: b / v)),
}

_MEAN = Rule(lambda a, b: (a + b) / 2, (lambda v, a, b: 0.5,) * 2)
_SQUARES = Rule(
    lambda a, b: a * a + b * b, (lambda v, a, b: 2 * a, lambda v, a, b: 2 * b)
)
_NUMBER = SIGNS["+"]  # most reductions of one number are that number
DOT = Rule(lambda x: x @ x, (_one,), over=(_NUMBER, _SQUARES))
FUNCTIONS |= {
    "sum": Rule(np.sum, (_one,), over=(_NUMBER, OPERATORS["+"])),
    "prod": Rule(np.prod, (_one,), over=(_NUMBER, OPERATORS["*"])),
    "mean": Rule(np.mean, (_one,), over=(_NUMBER, _MEAN)),
    "max": Rule(np.max, (_one,), over=(_NUMBER, FUNCTIONS["maximum"])),
    "min": Rule(np.min, (_one,), over=(_NUMBER, FUNCTIONS["minimum"])),
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
        else:
            count = len(step.partials)
            stack[-count:] = [_after(step.compute, *stack[-count:])]
    return stack.pop()


def _after(compute: Compute, a: Compute, b: Compute | None = None) -> Compute:
    return (lambda x: compute(a(x), b(x))) if b else (lambda x: compute(a(x)))


def differentiate(program: Program, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gradients, shape (n, 2), at `points` of that shape; nan where there is none."""
    coordinates: tuple[Dual, Dual] = (
        (points[:, 0], ONE, None),
        (points[:, 1], None, ONE),
    )
    stack: list[list[Dual]] = []
    for step in program:
        if isinstance(step, Rule):
            count = len(step.partials)
            stack[-count:] = [_apply(step, stack[-count:])]
        else:
            read = [coordinates[i] for i in step.coordinates]
            stack.append(read or [(step.read((0.0, 0.0)), None, None)])
    [[(value, *slopes)]] = stack
    gradients = np.empty(points.shape)
    for i, slope in enumerate(slopes):
        gradients[:, i] = 0.0 if slope is None else slope
    flat = gradients.ravel()
    if not math.isfinite(
        flat.dot(flat) + np.dot(value, value)
    ):  # squares may also overflow
        gradients[~np.isfinite(gradients).all(axis=1) | ~np.isfinite(value)] = np.nan
    return gradients


def _apply(rule: Rule, operands: Sequence[Sequence[Dual]]) -> list[Dual]:
    if rule.over:
        return [_chain(rule.over[len(operands[0]) - 1], operands[0])]
    width = max(map(len, operands))
    return [
        _chain(rule, [duals[k % len(duals)] for duals in operands])
        for k in range(width)
    ]


def _chain(rule: Rule, duals: Sequence[Dual]) -> Dual:
    inputs = [dual[0] for dual in duals]
    value = rule.compute(*inputs)
    first = second = None
    for partial_of, (_, along_first, along_second) in zip(
        rule.partials, duals, strict=True
    ):
        if (
            along_first is not None or along_second is not None
        ):  # of a constant none is needed
            partial = partial_of(value, *inputs)
            first = _add(first, partial, along_first)
            second = _add(second, partial, along_second)
    return value, first, second


def _add(total: Column | None, partial: Column, slope: Column | None) -> Column | None:
    if slope is None:
        return total
    term = slope if partial is ONE else partial if slope is ONE else partial * slope
    return term if total is None else total + term
