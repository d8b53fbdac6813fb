"""Parts: what an index, or an assignment to several names, takes from a value."""

import ast
from collections.abc import Sequence
from dataclasses import replace

from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATE,
    COORDINATES,
    ONE_POINT,
    OTHER,
    POINTS,
    RANGE,
    SHEETS,
    WHOLE,
    Array,
    Items,
    Number,
    Slopes,
    SlopesPart,
    Value,
    unknown_part,
)
from gradviz_core.scripts.grids import line_of_sheet, part_of_range
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import Imports, meaning


def unpacked(value: Value, count: int) -> list[Value]:
    """Return what each of several names gets from a value: `X, Y = value`."""
    if isinstance(value, Items) and len(value.values) == count:
        return list(value.values)
    if isinstance(value, Slopes):
        part = "columns" if value.is_turned else "rows"
        return [SlopesPart(value.call, part, k, value.sign) for k in range(count)]
    if isinstance(value, Array) and value.form == SHEETS and count == 2:
        return [sheet_of(value, k) for k in range(count)]
    if isinstance(value, Array) and value.form == COORDINATES and count == 2:
        return [replace(value, form=COORDINATE, coordinate=k) for k in range(count)]
    return [unknown_part(value)] * count


def part_of_slopes(slopes: Slopes, index: ast.expr) -> Value:
    """Return the part of a routine's result that an index takes."""
    along_first = "columns" if slopes.is_turned else "rows"
    along_second = "rows" if slopes.is_turned else "columns"
    sign = slopes.sign
    place = number(index)
    if place is not None:
        return SlopesPart(slopes.call, along_first, place % 2, sign)
    if isinstance(index, ast.Tuple) and len(index.elts) == 2:
        first, second = index.elts
        place = number(second)
        if isinstance(first, ast.Slice) and place is not None:
            return SlopesPart(slopes.call, along_second, place % 2, sign)
        place = number(first)
        if isinstance(second, ast.Slice) and place is not None:
            return SlopesPart(slopes.call, along_first, place % 2, sign)
    return unknown_part(slopes)


def part_of_array(array: Array, index: ast.expr, imports: Imports) -> Value:
    """Return one coordinate, one point, or a column of an array."""
    if array.form == RANGE or array.is_square:
        read = part_of_range if array.form == RANGE else line_of_sheet
        return read(array, index) or Array(OTHER, array.kind, made=array.made)
    part: Value | None = None
    place = number(index)
    if place is not None:
        part = _item_at(array, place)
    elif isinstance(index, ast.Tuple) and len(index.elts) == 2:
        part = _column_of(array, index.elts, imports)
    return part or Array(OTHER, array.kind, mesh=array.mesh, made=array.made)


def _item_at(array: Array, place: float) -> Value | None:
    """Return what `x[0]` takes from an array."""
    is_first_or_second = place in (0, 1)
    if array.form == SHEETS:
        return sheet_of(array, int(place)) if is_first_or_second else None
    if array.form == COORDINATES:
        return replace(array, form=COORDINATE, coordinate=int(place))
    if array.form == POINTS:
        dimension = array.dimension
        return Array(ONE_POINT, array.kind, made=array.made, dimension=dimension)
    if array.form == ONE_POINT and array.mesh is not None and array.kind:
        is_known = is_first_or_second and not array.is_moved
        coordinate = int(place) if is_known else None
        return Number(array.kind == WHOLE, mesh=array.mesh, coordinate=coordinate)
    return None


def _column_of(
    array: Array, index: Sequence[ast.expr], imports: Imports
) -> Array | None:
    """Return what `x[:, np.newaxis]` or `points[:, 0]` takes from an array."""
    first, second = index
    if not isinstance(first, ast.Slice) or first.lower is not None:
        return None
    if array.form == ONE_POINT and _is_new_axis(second, imports):
        return Array(COLUMN, array.kind, made=array.made)
    column = number(second)
    if array.form == POINTS and column is not None:
        return replace(array, form=COORDINATE, coordinate=int(column))
    return None


def _is_new_axis(node: ast.expr, imports: Imports) -> bool:
    is_none = isinstance(node, ast.Constant) and node.value is None
    return is_none or meaning(node, imports) == "numpy.newaxis"


def sheet_of(sheets: Array, coordinate: int) -> Array:
    """Return one coordinate of a grid, on its two axes."""
    return replace(sheets, form=COORDINATE, coordinate=coordinate, is_square=True)
