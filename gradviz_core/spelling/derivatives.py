"""Derivatives: the operators and functions of the language, and the chain rule.

A program is a syntax tree in postfix order: ``x[0], 2, **, x[1], sin, +`` stands for
``x[0]**2 + np.sin(x[1])``. It is differentiated in forward mode: each operation
carries, beside its value, its slopes along x[0] and x[1].

Legend: x one point; v the value of an operation; a, b and c the values of its operands.
"""

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

Compute = Callable[..., Any]

# (n,) float64, one number a point, or one number that holds at every point.
Column = Any


class Precedence(IntEnum):
    """How tightly operators bind their operands, the loosest first."""

    SUM = 1  # a + b, a - b
    PRODUCT = 2  # a * b, a / b, a @ b
    SIGN = 3  # -a
    POWER = 4  # a**b


# A partial derivative of exactly 1. Compared by identity, it saves a multiplication.
ONE = 1.0


class Dual(NamedTuple):
    """A value with its slopes, None for a coordinate that it cannot depend on."""

    value: Column
    along_x0: Column | None
    along_x1: Column | None


# A number has one dual, a vector two, since x has two entries, and a matrix four, row
# by row. As in NumPy, entry k of the longest goes with entry k % len of any other.
Duals = Sequence[Dual]


@dataclass(frozen=True)
class Leaf:
    """An operation without operands: how to read it off x, and its coordinates."""

    read: Compute
    coordinates: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rule:
    """An elementwise operation: how to compute it, and its partial derivatives."""

    compute: Compute
    partials: tuple[Callable[..., Column], ...]
    precedence: int = 0  # as in `Precedence`; 0 is that of a function

    @property
    def arity(self) -> int:
        """The number of operands."""
        return len(self.partials)

    def after(self, *operands: Compute) -> Compute:
        """Return the function of x that applies the operation to functions of x."""
        return _composed(self.compute, *operands)

    def duals(self, *operands: Duals) -> list[Dual]:
        """Return the duals of the result, given those of the operands."""
        width = max(map(len, operands))
        return [
            _chain(self, [duals[k % len(duals)] for duals in operands])
            for k in range(width)
        ]


@dataclass(frozen=True)
class Reduction:
    """An operation that reduces all entries of its operand to one number.

    `combine` computes it from a list of the entries, and `partial(v, entries, k)` is
    its partial derivative along entry k.
    """

    compute: Compute
    combine: Callable[[list[Column]], Column]
    partial: Callable[[Column, list[Column], int], Column]

    arity: ClassVar[int] = 1

    def after(self, operand: Compute) -> Compute:
        """Return the function of x that applies the operation to a function of x."""
        return _composed(self.compute, operand)

    def duals(self, operand: Duals) -> list[Dual]:
        """Return the single dual of the result."""
        entries = [dual.value for dual in operand]
        value = self.combine(entries)
        total = Dual(value, None, None)
        for k, dual in enumerate(operand):
            if _varies(dual):
                total = _add_slopes(total, self.partial(value, entries, k), dual)
        return [total]


@dataclass(frozen=True)
class Product:
    """The product of vectors and matrices, and of numbers where NumPy allows it."""

    compute: Compute
    precedence: int = 0  # as in `Precedence`; 0 is that of a function

    arity: ClassVar[int] = 2

    def after(self, left: Compute, right: Compute) -> Compute:
        """Return the function of x that multiplies two functions of x."""
        return _composed(self.compute, left, right)

    def duals(self, left: Duals, right: Duals) -> list[Dual]:
        """Return the duals of the product, row by row."""
        if len(left) == 1 or len(right) == 1:
            return TIMES.duals(left, right)
        rows = [left[:2], left[2:]] if len(left) == 4 else [left]
        columns = [right[0::2], right[1::2]] if len(right) == 4 else [right]
        return [
            SUM.duals(TIMES.duals(row, column))[0] for row in rows for column in columns
        ]


@dataclass(frozen=True)
class Array:
    """The operation that builds an array from numbers."""

    shape: tuple[int, ...]

    @property
    def arity(self) -> int:
        """The number of entries."""
        return math.prod(self.shape)

    def after(self, *entries: Compute) -> Compute:
        """Return the function of x that builds the array."""
        return lambda x: np.array([entry(x) for entry in entries]).reshape(self.shape)

    def duals(self, *entries: Duals) -> list[Dual]:
        """Return the duals of all its entries."""
        return [dual for [dual] in entries]


@dataclass(frozen=True)
class Choice:
    """`a if c else b`: as in Python, the side not chosen is not computed."""

    arity: ClassVar[int] = 3

    def after(self, chosen: Compute, condition: Compute, otherwise: Compute) -> Compute:
        """Return the function of x that chooses."""
        return lambda x: chosen(x) if condition(x) else otherwise(x)

    def duals(self, chosen: Duals, condition: Duals, otherwise: Duals) -> list[Dual]:
        """Return the duals of the side that is chosen at each point."""
        [truth] = condition
        return [_chosen(truth, a, b) for a, b in zip(chosen, otherwise, strict=True)]


Operation = Leaf | Rule | Reduction | Product | Array | Choice
Program = tuple[Operation, ...]


# A partial derivative that does not exist is nan or infinite: both survive all later
# products and sums. That is why a tie divides False by a != b, and the partial of a
# sign is 0 / a.


def _one(*_: Column) -> float:
    return ONE


def _minus_one(*_: Column) -> float:
    return -1.0


def _where(domain: Any, partial: Column) -> Column:
    """A partial that exists only in its domain."""
    return np.where(domain, partial, np.nan)


def _is_larger(v: Column, a: Column, b: Column) -> Column:
    """1 where a is larger, 0 where b is, and nan at a tie."""
    return (a > b) / (a != b)


def _is_smaller(v: Column, a: Column, b: Column) -> Column:
    return (a < b) / (a != b)


def _base_partial(v: Column, a: Column, b: Column) -> Column:
    """The partial of a**b along a."""
    if np.ndim(b):
        return b * a ** (b - 1)  # where a <= 0, the partial along b is nan or infinite
    if b == 0:
        return 0.0
    partial = b * a ** (b - 1)
    return partial if b % 1 == 0 else _where(a > 0, partial)


def _exponent_partial(v: Column, a: Column, b: Column) -> Column:
    """The partial of a**b along b."""
    if np.ndim(a) or a > 0:
        return v * np.log(a)
    return _where((a == 0) & (b > 0), 0.0)


def _truth_partial(v: Column, a: Column, b: Column) -> Column:
    """The partial of a comparison along either side: it jumps where they are equal."""
    return np.where(a == b, np.nan, 0.0)


def _clip_partial(v: Column, a: Column, low: Column, high: Column) -> Column:
    """The partial of a clipped between its limits, along a."""
    return _is_larger(v, a, low) * _is_smaller(v, a, high)


def _low_partial(v: Column, a: Column, low: Column, high: Column) -> Column:
    return _is_larger(v, low, a) * _is_smaller(v, low, high)


def _high_partial(v: Column, a: Column, low: Column, high: Column) -> Column:
    return _is_smaller(v, high, np.maximum(a, low))


SIGNS = {
    "+": Rule(operator.pos, (_one,), precedence=Precedence.SIGN),
    "-": Rule(operator.neg, (_minus_one,), precedence=Precedence.SIGN),
}

TIMES = Rule(
    operator.mul,
    (lambda v, a, b: b, lambda v, a, b: a),
    precedence=Precedence.PRODUCT,
)

OPERATORS: dict[str, Rule | Product] = {
    "+": Rule(operator.add, (_one, _one), precedence=Precedence.SUM),
    "-": Rule(operator.sub, (_one, _minus_one), precedence=Precedence.SUM),
    "*": TIMES,
    "/": Rule(
        operator.truediv,
        (lambda v, a, b: 1 / b, lambda v, a, b: -v / b),
        precedence=Precedence.PRODUCT,
    ),
    "@": Product(operator.matmul, precedence=Precedence.PRODUCT),
    "**": Rule(
        operator.pow,
        (_base_partial, _exponent_partial),
        precedence=Precedence.POWER,
    ),
}

COMPARISONS = {
    sign: Rule(compute, (_truth_partial, _truth_partial))
    for sign, compute in {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "==": operator.eq,
        "!=": operator.ne,
    }.items()
}

FUNCTIONS: dict[str, Rule | Reduction | Product] = {
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


def _mean(entries: list[Column]) -> Column:
    return reduce(operator.add, entries) / len(entries)


def _norm(entries: list[Column]) -> Column:
    return reduce(np.hypot, entries[1:], np.abs(entries[0]))


def _product_of_others(v: Column, entries: list[Column], k: int) -> Column:
    others = entries[:k] + entries[k + 1 :]
    return reduce(operator.mul, others, ONE)


def _is_chosen(v: Column, entries: list[Column], k: int) -> Column:
    """1 where the entry is the largest, or the smallest; 0 elsewhere; nan at a tie."""
    count = reduce(operator.add, [1.0 * (entry == v) for entry in entries])
    return (entries[k] == v) / (count == 1)


SUM = Reduction(np.sum, lambda entries: reduce(operator.add, entries), _one)

FUNCTIONS |= {
    "sum": SUM,
    "prod": Reduction(
        np.prod, lambda entries: reduce(operator.mul, entries), _product_of_others
    ),
    "mean": Reduction(np.mean, _mean, lambda v, entries, k: 1 / len(entries)),
    "max": Reduction(np.max, lambda entries: reduce(np.maximum, entries), _is_chosen),
    "min": Reduction(np.min, lambda entries: reduce(np.minimum, entries), _is_chosen),
    "linalg.norm": Reduction(
        np.linalg.norm, _norm, lambda v, entries, k: entries[k] / v
    ),
    "dot": Product(np.dot),
    "where": Rule(
        np.where,
        (
            _one,  # where both sides of the comparison are equal, its slope is nan
            lambda v, c, a, b: np.where(c, 1.0, 0.0),
            lambda v, c, a, b: np.where(c, 0.0, 1.0),
        ),
    ),
    "clip": Rule(np.clip, (_clip_partial, _low_partial, _high_partial)),
}

VECTOR_OF_TWO = Array((2,))
MATRIX_OF_TWO = Array((2, 2))
CHOICE = Choice()


def compose(program: Program) -> Callable[[NDArray[np.float64]], np.float64]:
    """Turn a program into one function of a point, built from nested closures."""
    stack: list[Compute] = []
    for operation in program:
        if isinstance(operation, Leaf):
            stack.append(operation.read)
        else:
            operands = stack[-operation.arity :]
            stack[-operation.arity :] = [operation.after(*operands)]
    return stack.pop()


def _composed(compute: Compute, *operands: Compute) -> Compute:
    if len(operands) == 1:
        [a] = operands
        return lambda x: compute(a(x))
    if len(operands) == 2:
        a, b = operands
        return lambda x: compute(a(x), b(x))
    return lambda x: compute(*[operand(x) for operand in operands])


def differentiate(program: Program, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gradients at points, both of shape (n, 2); nan where there is none."""
    coordinates = (
        Dual(points[:, 0], ONE, None),
        Dual(points[:, 1], None, ONE),
    )
    stack: list[list[Dual]] = []
    for operation in program:
        if not isinstance(operation, Leaf):
            operands = stack[-operation.arity :]
            stack[-operation.arity :] = [operation.duals(*operands)]
        elif operation.coordinates:
            stack.append([coordinates[i] for i in operation.coordinates])
        else:
            constant = operation.read((0.0, 0.0))  # its only use of x is its length
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
    """Whether all are finite. False means perhaps: a sum of squares may overflow."""
    flat = gradients.ravel()
    return math.isfinite(flat.dot(flat) + np.dot(value, value))


def _varies(dual: Dual) -> bool:
    return dual.along_x0 is not None or dual.along_x1 is not None


def _chain(rule: Rule, duals: Duals) -> Dual:
    inputs = [dual.value for dual in duals]
    value = rule.compute(*inputs)
    total = Dual(value, None, None)
    for partial_of, dual in zip(rule.partials, duals, strict=True):
        if _varies(dual):
            total = _add_slopes(total, partial_of(value, *inputs), dual)
    return total


def _add_slopes(total: Dual, partial: Column, dual: Dual) -> Dual:
    return Dual(
        total.value,
        _plus_product(total.along_x0, partial, dual.along_x0),
        _plus_product(total.along_x1, partial, dual.along_x1),
    )


def _chosen(truth: Dual, a: Dual, b: Dual) -> Dual:
    def either(slope_of_a: Column | None, slope_of_b: Column | None) -> Column | None:
        if slope_of_a is None and slope_of_b is None:
            return None
        a_or_zero = 0.0 if slope_of_a is None else slope_of_a
        b_or_zero = 0.0 if slope_of_b is None else slope_of_b
        return np.where(truth.value, a_or_zero, b_or_zero)

    value = np.where(truth.value, a.value, b.value)
    along_x0 = either(a.along_x0, b.along_x0)
    along_x1 = either(a.along_x1, b.along_x1)
    return _add_slopes(Dual(value, along_x0, along_x1), ONE, truth)


def _plus_product(
    total: Column | None, partial: Column, slope: Column | None
) -> Column | None:
    """Return total + partial * slope, where None stands for zero."""
    if slope is None:
        return total
    if partial is ONE:
        term = slope
    elif slope is ONE:
        term = partial
    else:
        term = partial * slope
    return term if total is None else total + term
