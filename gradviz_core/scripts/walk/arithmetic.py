"""Arithmetic: the results of operators."""

import ast
import math
from collections.abc import Callable
from dataclasses import replace
from operator import add, mul, sub, truediv

from gradviz_core.scripts.arrays import (
    ENTRY,
    FLOAT,
    ONE_POINT,
    OTHER,
    TABLE,
    UNKNOWN,
    WHOLE,
    Array,
    AxisSlope,
    Heights,
    Number,
    Slopes,
    SlopesPart,
    Value,
    computed_of,
    is_one_point,
    kind_of_numbers,
    moved,
)
from gradviz_core.scripts.grids import among_edges, combined_heights, heights_over

# The operators whose values are followed.
OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: add,
    ast.Sub: sub,
    ast.Mult: mul,
    ast.Div: truediv,
}


def combined(operator: ast.operator, left: Value, right: Value) -> Value:
    """Return the result of an operator on two values."""
    if isinstance(left, Number) and isinstance(right, Number):
        return _computed(operator, left, right)
    slopes = _combined_with_slopes(operator, left, right)
    if slopes is not None:
        return slopes
    if isinstance(left, Heights) or isinstance(right, Heights):
        return combined_heights([left, right])
    if isinstance(left, Array) or isinstance(right, Array):
        return _combined_with_array(operator, left, right)
    return computed_of(left, right)


def _combined_with_slopes(
    operator: ast.operator, left: Value, right: Value
) -> Value | None:
    """Return the result for slopes and another value, or None if neither is slopes."""
    sides = ((left, right), (right, left))
    for value, other in sides:
        if isinstance(value, Slopes | SlopesPart) and isinstance(other, Array):
            # A single slope is multiplied by `X - p[0]`, whose grid is not kept.
            is_one_slope = isinstance(value, SlopesPart) and value.index is not None
            is_of_grid = other.mesh is not None
            if is_of_grid or (is_one_slope and other.form in (OTHER, TABLE)):
                value.call.meets_grid = True
    if isinstance(operator, ast.Add | ast.Sub):
        for value, other in sides:
            if isinstance(value, Array) and _are_slopes(other):
                return _after_a_step(value)
    if isinstance(left, Slopes | SlopesPart | AxisSlope):
        return _multiple_of(left, operator, right)
    if isinstance(right, Slopes | SlopesPart | AxisSlope):
        is_divisor = isinstance(operator, ast.Div)
        return computed_of(right) if is_divisor else _multiple_of(right, operator, left)
    return None


def _combined_with_array(operator: ast.operator, left: Value, right: Value) -> Value:
    """Return the result for two arrays, or for an array and another value."""
    edges = among_edges(operator, left, right)
    if edges is not None:
        return edges
    kind = kind_of_numbers([left, right])
    if isinstance(operator, ast.Div) and kind == WHOLE:
        kind = FLOAT
    arrays = [value for value in (left, right) if isinstance(value, Array)]
    if len(arrays) == 2:
        form = ONE_POINT if all(map(is_one_point, arrays)) else OTHER
        return heights_over(arrays) or Array(form, kind)
    [array] = arrays
    is_float_now = kind == FLOAT and array.kind == WHOLE
    made = None if is_float_now else array.made
    return replace(array, kind=kind, is_moved=True, made=made, length=None, axis=None)


def _are_slopes(value: Value) -> bool:
    """Whether this is the result of a routine, or computed from all of it."""
    is_entry = isinstance(value, SlopesPart) and value.part == ENTRY
    return is_entry or isinstance(value, Slopes)


def _after_a_step(array: Array) -> Array:
    """Return what is known of an array after slopes have been added to it."""
    kind = FLOAT if array.kind == WHOLE else array.kind
    return replace(array, kind=kind, made=None, is_moved=True)


def _multiple_of(
    slopes: Slopes | SlopesPart | AxisSlope, operator: ast.operator, other: Value
) -> Value:
    """Return what is known of slopes after an operation, such as `-1 * slopes`."""
    factor = other.value if isinstance(other, Number) else None
    is_multiple = isinstance(operator, ast.Mult | ast.Div)
    sign = -slopes.sign if factor is not None and factor < 0 else slopes.sign
    if isinstance(slopes, AxisSlope):
        is_scaled = slopes.is_scaled or factor not in (1, -1)
        scaled = replace(slopes, sign=sign, is_scaled=is_scaled)
        return scaled if is_multiple and factor is not None else UNKNOWN
    is_known = is_multiple and factor in (1, -1)
    return replace(slopes, sign=sign) if is_known else computed_of(slopes)


def _computed(operator: ast.operator, left: Number, right: Number) -> Value:
    """Return the result of an operator on two numbers, as far as it is known."""
    are_whole = left.is_whole and right.is_whole
    is_whole = are_whole and not isinstance(operator, ast.Div)
    if are_whole and isinstance(operator, ast.Pow):
        if right.value is None:
            return UNKNOWN
        is_whole = right.value >= 0  # 2**-2 is a float
    bound_of = left.bound_of or right.bound_of
    if left.value is None or right.value is None:
        mesh = left.mesh or right.mesh
        return Number(is_whole, bound_of=bound_of, mesh=mesh)
    value = _value_of(operator, left.value, right.value)
    return Number(is_whole, value, bound_of)


def _value_of(operator: ast.operator, a: float, b: float) -> float | None:
    """Return the number that an operator gives, None if it is not known or finite."""
    operation = OPERATIONS.get(type(operator))
    if operation is None or (isinstance(operator, ast.Div) and b == 0):
        return None
    value = operation(a, b)
    return value if math.isfinite(value) else None


def signed(operator: ast.unaryop, value: Value) -> Value:
    """Return a value with a sign in front of it."""
    if not isinstance(operator, ast.USub):
        return value if isinstance(operator, ast.UAdd) else moved(value)
    if isinstance(value, Slopes | SlopesPart):
        value.call.has_two_minuses |= value.sign < 0
    if isinstance(value, Slopes | SlopesPart | AxisSlope):
        return replace(value, sign=-value.sign)
    if isinstance(value, Number):
        negative = None if value.value is None else -value.value
        return replace(value, value=negative, coordinate=None)
    return moved(value)
