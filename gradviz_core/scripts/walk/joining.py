"""Joining: the arrays that `np.array`, `np.stack` and the like make from a list."""

import ast
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    FLOAT,
    ONE_POINT,
    OTHER,
    POINT_SHEETS,
    POINTS,
    RANGE,
    SHEETS,
    WHOLE,
    Array,
    Each,
    Items,
    Range,
    Value,
    kind_of_numbers,
    stacked,
    unknown_part,
)
from gradviz_core.scripts.literals import is_told_to_share, number


def joined(name: str, node: ast.Call, first: Value, kind: str) -> Value:
    """Return the array joined from a list, as rows or as columns."""
    if isinstance(first, Array):
        if not kind or gives_same_array(name, node, first, kind):
            return replace(first, kind=kind or first.kind)
        return replace(first, kind=kind, made=None)
    if isinstance(first, Range):
        return Array(RANGE, kind or WHOLE)
    axis = axis_of_joining(name, node)
    if isinstance(first, Each) and axis == 0:
        return _stacked_each(first.item, kind)
    if not isinstance(first, Items) or axis is None:
        return unknown_part(first)
    joins_columns = name in vocabulary("walk")["joins_columns"] or axis in (1, -1)
    if any(isinstance(value, Array) and value.is_square for value in first.values):
        return _joined_sheets(name, first, kind, axis)
    if name == "dstack":
        # Of flat coordinates it makes (1, n, 2): all points, in a table of one row.
        return Array(OTHER, kind or kind_of_numbers(first.values))
    return stacked(first, kind, rows_are_items=not joins_columns)


def gives_same_array(name: str, node: ast.Call, array: Array, kind: str) -> bool:
    """Whether a call gives the very array that it is given, if that holds floats."""
    shares = name == "asarray" or is_told_to_share(node)
    return shares and kind == FLOAT and array.kind in ("", FLOAT)


def axis_of_joining(name: str, node: ast.Call) -> float | None:
    """Return the axis along which items are joined, None if it is not written out.

    Only `np.stack` is asked for one.
    """
    if name != "stack":
        return 0
    axes = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "axis")]
    return number(axes[0]) if axes else 0


def _stacked_each(item: Value, kind: str) -> Array:
    """Return the result of `np.array` for values like this one."""
    point = stacked(item, kind) if isinstance(item, Items) else item
    if isinstance(point, Array) and point.form == ONE_POINT:
        return replace(point, form=POINTS, kind=kind or point.kind, made=None)
    return Array(OTHER, kind or kind_of_numbers([item]))


def _joined_sheets(name: str, items: Items, kind: str, axis: float) -> Array:
    """Return the array joined from coordinates that are not flattened."""
    sheets = _pair_of_sheets(items, kind)
    is_along_last = name == "dstack" or (name == "stack" and axis in (-1, 2))
    if is_along_last and sheets.form == SHEETS:
        return replace(sheets, form=POINT_SHEETS)
    is_along_first = name in ("array", "asarray") or (name == "stack" and axis == 0)
    return sheets if is_along_first else Array(OTHER, sheets.kind)


def _pair_of_sheets(items: Items, kind: str) -> Array:
    """Return the result of `np.array` for coordinates that are not flattened."""
    kind = kind or kind_of_numbers(items.values)
    arrays = [value for value in items.values if isinstance(value, Array)]
    mesh = arrays[0].mesh
    coordinates = [a.coordinate for a in arrays if a.is_square and a.mesh is mesh]
    are_both = coordinates == [0, 1] and len(items.values) == 2
    is_moved = any(array.is_moved for array in arrays)
    if are_both:
        return Array(SHEETS, kind, mesh=mesh, is_moved=is_moved)
    return Array(OTHER, kind)
