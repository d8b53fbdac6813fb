"""Call trials: run a routine with the script's own f, or that f alone.

`trials` tries a routine with an f of its own. But some routines are right only with an
f that accepts arrays of coordinates, and some f raise an error at a single point.
"""

import ast
from collections.abc import Sequence

from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.names import every_parameter_of, parameters_of
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_number,
)
from gradviz_core.scripts.trials import A_POINT, are_all_visited
from gradviz_core.scripts.values import FunctionNode, items_of

# Three points, one coordinate a row. The numbers are small: f may have an exponential.
THREE_POINTS = [[1.5, -2.5, 0.5], [2.5, -1.5, 3.5]]
THREE_POINTS_OF_WHOLE_NUMBERS = [[2, -3, 1], [3, -2, 4]]

STEP = 1e-4  # as in the book
TOLERANCE = 1e-3  # for a slope, relative to 1 + its size

# How a script stops if its f gets one point as an array of two numbers.
ERROR_IN_F = "error-in-f"
NO_VALUE = "no-value"
SEVERAL_NUMBERS = "several-numbers"  # with most routines, not with all

# Nodes whose outcome may differ for other numbers.
CHOICES = ast.If | ast.IfExp | ast.While | ast.Raise | ast.Assert


def stop_of_f(interpreter: Interpreter, f: FunctionNode) -> str:
    """Return how a script stops if f gets a point, empty if that is not certain.

    If it returns SEVERAL_NUMBERS, whether the script stops depends on the routine.
    """
    interpreter.entered.clear()
    [parameter] = every_parameter_of(f)
    value: object = None
    has_stopped = False
    try:
        value = interpreter.run(f, {parameter: array_of(A_POINT)})
    except NotFollowed:
        return ""
    except Stops:
        has_stopped = True
    nodes = [node for each in interpreter.entered for node in ast.walk(each)]
    if any(isinstance(node, CHOICES) for node in nodes):
        return ""
    if has_stopped:
        return ERROR_IN_F
    if value is None:
        return NO_VALUE
    return SEVERAL_NUMBERS if _are_several(value) else ""


def _are_several(value: object) -> bool:
    """Whether what f returned for one point is more than one number."""
    if isinstance(value, SmallArray):
        return value.size > 1
    return isinstance(value, list | tuple) and len(value) > 1


def gives_slopes_of_coordinates(
    interpreter: Interpreter,
    routine: ast.FunctionDef | None,
    places: tuple[int, int],
    f: FunctionNode,
    are_whole: bool,
) -> bool:
    """Whether a routine returns the slopes of this f, given one coordinate a row.

    Parameters
    ----------
    interpreter : Interpreter
        Carries out the calls.
    routine : ast.FunctionDef or None
        The routine; None for one of the book's, which takes an array for one point.
    places : tuple of int
        The positions of f and of the array among its parameters.
    f : FunctionNode
        The function of the script.
    are_whole : bool
        Whether the coordinates are whole numbers.
    """
    interpreter.entered.clear()
    interpreter.visited.clear()
    given = array_of(THREE_POINTS_OF_WHOLE_NUMBERS if are_whole else THREE_POINTS)
    before = given.copied()
    try:
        if routine is None:
            slopes = _slopes_of_the_whole(interpreter, f, given)
        else:
            names = [parameters_of(routine)[place] for place in places]
            values = (interpreter.closure(f, None), given)
            arguments = dict(zip(names, values, strict=True))
            slopes = array_of(interpreter.run(routine, arguments))
        exact = _slopes_at_columns(interpreter, f, before)
    except (NotFollowed, Stops):
        return False
    is_left_alone = given.entries() == before.entries()
    has_shape = slopes.shape == before.shape
    if not is_left_alone or not has_shape or not are_all_visited(interpreter):
        return False
    pairs = zip(slopes.entries(), exact, strict=True)
    return all(abs(a - b) <= TOLERANCE * (1 + abs(b)) for a, b in pairs)


def _slopes_of_the_whole(
    interpreter: Interpreter, f: FunctionNode, array: SmallArray
) -> SmallArray:
    """Return what the book's routine returns if the whole array is one point."""
    slopes = array.copied(is_whole=False)
    for place, entry in enumerate(array.entries()):
        values = []
        for move in (STEP, -STEP):
            moved = array.copied(is_whole=False)
            moved.numbers[place] = entry + move
            values.append(_number_at(interpreter, f, moved))
        slopes.numbers[place] = (values[0] - values[1]) / (2 * STEP)
    return slopes


def _slopes_at_columns(
    interpreter: Interpreter, f: FunctionNode, coordinates: SmallArray
) -> list[float]:
    """Return the slopes of f at the columns of an array, in its order of entries."""
    points = [row.entries() for row in items_of(coordinates.transposed())]
    slopes = []
    for axis in range(coordinates.shape[0]):
        for point in points:
            ahead = _value_beside(interpreter, f, point, axis, STEP)
            behind = _value_beside(interpreter, f, point, axis, -STEP)
            slopes.append((ahead - behind) / (2 * STEP))
    return slopes


def _value_beside(
    interpreter: Interpreter,
    f: FunctionNode,
    point: Sequence[float],
    axis: int,
    move: float,
) -> float:
    """Return the value of f next to a point, moved along one axis."""
    moved = [float(entry) for entry in point]
    moved[axis] += move
    return _number_at(interpreter, f, array_of(moved))


def _number_at(interpreter: Interpreter, f: FunctionNode, array: SmallArray) -> float:
    """Return the number that f returns for an array."""
    [parameter] = every_parameter_of(f)
    value = interpreter.run(f, {parameter: array})
    if not is_number(value):
        raise NotFollowed
    return float(value)
