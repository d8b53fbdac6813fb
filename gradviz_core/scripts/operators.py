"""Operators: the result of `+`, `<` or `in` for two values, and what counts as true."""

import ast
import math
import operator
from collections.abc import Callable
from functools import cache
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.array_functions import product_of
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
    is_number,
    is_whole_number,
    most_entries,
)
from gradviz_core.scripts.values import Library, Mask, Opaque, items_of, type_named


@cache
def largest_integer() -> int:
    """Return from where on whole numbers are too large for a float."""
    limit: int = vocabulary("literals")["largest_integer"]
    return limit


def divided(left: Any, right: Any) -> float:
    """Return a quotient; NumPy and Python disagree about division by zero."""
    if right == 0:
        raise NotFollowed
    return float(left) / float(right)


def divided_in_arrays(left: Any, right: Any) -> float:
    """Return a quotient as NumPy has it: it goes on after division by zero."""
    if right != 0:
        return float(left) / float(right)
    if left == 0 or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def to_the_power(base: Any, exponent: Any) -> Any:
    """Return a power if it is a real number."""
    is_root = not float(exponent).is_integer()
    if (base < 0 and is_root) or (base == 0 and exponent < 0) or abs(exponent) > 1000:
        raise NotFollowed
    try:
        return base**exponent
    except OverflowError:
        raise NotFollowed from None


def checked_size(value: Any) -> Any:
    """Return a value, unless it is a whole number too large for a float."""
    if type(value) is int and abs(value) >= largest_integer():
        raise NotFollowed
    return value


OPERATIONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: divided,
    ast.Pow: to_the_power,
}

BITWISE = ast.BitAnd | ast.BitOr | ast.BitXor | ast.LShift | ast.RShift

SIGNS: dict[type, Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}

ORDERS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}

EQUALITIES: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def combined(op: ast.operator, left: Any, right: Any) -> Any:
    """Return the result of an operator for two values."""
    operation = OPERATIONS.get(type(op))
    if operation is not None and is_number(left) and is_number(right):
        return checked_size(operation(left, right))
    is_sum = isinstance(op, ast.Add)
    for kind in (list, tuple):
        if isinstance(left, kind) and isinstance(right, kind):
            if not is_sum:
                raise NotFollowed
            return kind([*left, *right])
        if isinstance(left, kind) and is_whole_number(right):
            return repeated(op, left, right)
        if isinstance(right, kind) and is_whole_number(left):
            return repeated(op, right, left)
    if isinstance(op, ast.MatMult):
        return product_of(left, right)
    if isinstance(op, BITWISE) and (_is_of_floats(left) or _is_of_floats(right)):
        raise Stops  # they have no bits: x[0]^2
    if isinstance(op, ast.Div) and SmallArray in (type(left), type(right)):
        operation = divided_in_arrays
    if operation is None:
        raise NotFollowed
    for one, other in ((left, right), (right, left)):
        if isinstance(one, list | tuple) and is_number(other):
            raise NotFollowed  # Python raises an error, unless the number is NumPy's
    result = entry_by_entry(operation, left, right)
    for entry in result.numbers if isinstance(result, SmallArray) else (result,):
        checked_size(entry)
    return result


def _is_of_floats(value: Any) -> bool:
    if isinstance(value, SmallArray):
        return not value.is_whole
    return is_number(value) and not is_whole_number(value)


def repeated(op: ast.operator, items: Any, times: int) -> Any:
    """Return a list or a tuple repeated several times."""
    is_short = len(items) * times <= most_entries()
    if not isinstance(op, ast.Mult) or not is_short:
        raise NotFollowed
    return items * times


def comparison_holds(op: ast.cmpop, left: Any, right: Any) -> bool:
    """Whether a comparison holds."""
    if isinstance(left, Opaque) or isinstance(right, Opaque):
        raise NotFollowed
    if isinstance(op, ast.Is | ast.IsNot):
        if left is not None and right is not None:
            raise NotFollowed
        return (left is right) == isinstance(op, ast.Is)
    if isinstance(op, ast.In | ast.NotIn):
        is_one = any(are_equal(left, item) for item in items_of(right))
        return is_one == isinstance(op, ast.In)
    if isinstance(op, ast.Eq | ast.NotEq):
        return are_equal(left, right) == isinstance(op, ast.Eq)
    if not is_number(left) or not is_number(right):
        raise NotFollowed
    return ORDERS[type(op)](left, right)


def mask_of(op: ast.cmpop, left: Any, right: Any) -> Mask:
    """Return the comparison of an array, entry by entry."""
    compare = ORDERS.get(type(op)) or EQUALITIES.get(type(op))
    if compare is None:
        raise NotFollowed
    holds = entry_by_entry(lambda a, b: int(compare(a, b)), left, right)
    return Mask(array_of(holds))


def are_equal(left: Any, right: Any) -> bool:
    """Whether two plain values are equal."""
    plain = (bool, int, float, str, type(None), tuple, list, Library)
    if not isinstance(left, plain) or not isinstance(right, plain):
        raise NotFollowed
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        if type(left) is not type(right) or len(left) != len(right):
            return False
        return all(are_equal(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, Library) and isinstance(right, Library):
        return type_named(left.name) == type_named(right.name)
    if isinstance(left, Library) or isinstance(right, Library):
        raise NotFollowed
    if isinstance(left, bool) != isinstance(right, bool):
        raise NotFollowed
    return bool(left == right)


def truth_of(value: Any) -> bool:
    """Whether a plain value counts as true."""
    is_plain = value is None or isinstance(
        value, bool | int | float | str | list | tuple | dict
    )
    if not is_plain:
        raise NotFollowed
    return bool(value)
