"""Known function: what takes a candidate's place when a script is carried out again.

Central differences give its slopes exactly, and they have both signs.
"""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from gradviz_core.scripts.fields.field import Point, are_alike
from gradviz_core.scripts.operators import combined
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_number,
)
from gradviz_core.scripts.values import OPAQUE, Opaque
from gradviz_core.scripts.whole_runs import Abandoned, OwnCall


def known_value(x: Any, y: Any) -> Any:
    """Return x² + 3y² + xy + 2x - 5y, of numbers or arrays."""
    add, times = ast.Add(), ast.Mult()
    of_x = combined(times, x, combined(add, combined(add, x, y), 2))
    of_y = combined(times, y, combined(ast.Sub(), combined(times, y, 3), 5))
    return combined(add, of_x, of_y)


def known_slopes(x: float, y: float) -> Point:
    """Return its slopes."""
    return 2 * x + y + 2, 6 * y + x - 5


def known_instead(count: int, shift: int = 0) -> Callable[[Sequence[Any], Any], Any]:
    """Return the known function, as one of one array or of two numbers or arrays.

    Several are told apart by their shift: the first coordinate is that much larger.
    """

    def value(x: Any, y: Any) -> Any:
        return known_value(combined(ast.Add(), x, shift), y)

    def answer(arguments: Sequence[Any], own: Any) -> Any:
        if len(arguments) < count:
            raise Abandoned  # a coordinate is passed by name
        if any(isinstance(each, Opaque) for each in arguments):
            return OPAQUE
        if count == 2:
            return value(*arguments[:2])
        points = array_of(arguments[0])
        shape = own.shape if isinstance(own, SmallArray) else ()
        is_by_rows = points.shape == (*shape, 2)
        is_by_columns = points.shape == (2, *shape)
        if is_by_rows == is_by_columns and points.shape != (2,):
            raise Abandoned  # it is unknown what a point is
        if is_by_columns or points.shape == (2,):
            return value(points.part(0), points.part(1))
        return value(points.part((..., 0)), points.part((..., 1)))

    return answer


def returns_known_slopes(call: OwnCall) -> bool:
    """Whether a routine returned the slopes, or one of them, of the known function."""
    numbers = [each for each in call.arguments if is_number(each)]
    try:
        result = array_of(call.result)
        arrays = [array_of(each) for each in call.arrays or numbers]
    except (NotFollowed, Stops):
        return False
    if arrays and arrays[0].shape == result.shape and _are_slopes(result, arrays[0]):
        return True
    if len(arrays) < 2 or arrays[0].shape != arrays[1].shape:
        return False
    points = zip(arrays[0].entries(), arrays[1].entries(), strict=True)
    along_axes = [*zip(*(known_slopes(*point) for point in points), strict=True)]
    if result.shape == (2, *arrays[0].shape):
        return are_alike(result.entries(), [*along_axes[0], *along_axes[1]])
    is_of_one = result.shape == arrays[0].shape
    return is_of_one and any(are_alike(result.entries(), k) for k in along_axes)


def _are_slopes(result: SmallArray, points: SmallArray) -> bool:
    """Whether numbers are the slopes at points, one a row, else one a column."""
    ways = [(points, result), (points.transposed(), result.transposed())]
    for given, slopes in ways:
        if given.shape[-1:] != (2,):
            continue
        numbers = given.entries()
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        exact = [n for point in pairs for n in known_slopes(*point)]
        return are_alike(slopes.entries(), exact)
    return False
