"""Slopes by hand: functions that should give the slopes of another, and give others."""

import ast
from collections.abc import Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import OwnFunction
from gradviz_core.scripts.call_trials import STEP, TOLERANCE
from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.names import every_parameter_of, name_read
from gradviz_core.scripts.routines import Routines
from gradviz_core.scripts.small_arrays import NotFollowed, Stops, array_of
from gradviz_core.scripts.source import nodes_in
from gradviz_core.scripts.trials import A_POINT
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.walk.observations import Differentiation


def slopes_by_hand(
    routines: Routines, calls: Sequence[Differentiation], names_read: set[str]
) -> Iterator[Unread]:
    """Yield the functions whose names promise slopes, and that give no function's.

    Each is compared with all functions of the script: `relu_grad` belongs to `relu`.
    One that cannot be carried out is named, too, unless it does something else: it
    draws or moves a point, and returns nothing, or it gets a function.
    """
    if not routines.are_names_certain:
        return
    named = [*routines.definitions.by_name.values()]
    others = [each.f.node for each in calls if isinstance(each.f, OwnFunction)]
    functions = [
        each for each in [*named, *others] if len(every_parameter_of(each)) == 1
    ]
    names = {each.name for each in named if each in functions}
    for function in named:
        if function not in functions or function.name not in names_read:
            continue
        if not _promises_slopes(function.name, names):
            continue
        code = _reason(routines.interpreter, function, functions)
        if code:
            yield Unread(code, function.lineno, function.name)


def _promises_slopes(name: str, functions: set[str]) -> bool:
    """Whether a function is called like `f_grad`, or like `df`."""
    words = vocabulary("slopes_by_hand")["words"]
    is_of_f = any(name.startswith(f"d{f}") for f in functions)
    return is_of_f or any(word in name.lower() for word in words)


def _reason(
    interpreter: Interpreter, function: ast.FunctionDef, others: Sequence[FunctionNode]
) -> str:
    """Return "by-hand" for a function that gives slopes no other has, "f" if unknown.

    It gives none of them if there are none, or not as many numbers.
    """
    try:
        given = _numbers_at(interpreter, function, A_POINT)
    except (NotFollowed, Stops):
        return "f" if _is_formula(function) else ""
    if len(given) != len(A_POINT):
        return ""
    slopes = [*_slopes_of_each(interpreter, others)]
    is_wrong = slopes and not any(_are_alike(given, each) for each in slopes)
    return "by-hand" if is_wrong else ""


def _is_formula(function: ast.FunctionDef) -> bool:
    """Whether a function returns something, and does not call what it is given."""
    [parameter] = every_parameter_of(function)
    nodes = nodes_in(function)
    called = {name_read(node.func) for node in nodes if isinstance(node, ast.Call)}
    returns = any(isinstance(node, ast.Return) and node.value for node in nodes)
    return returns and parameter not in called


def _are_alike(given: Sequence[float], slopes: Sequence[float]) -> bool:
    return all(
        abs(one - slope) <= TOLERANCE * (1 + abs(slope))
        for one, slope in zip(given, slopes, strict=True)
    )


def _slopes_of_each(
    interpreter: Interpreter, functions: Sequence[FunctionNode]
) -> Iterator[list[float]]:
    """Yield the slopes of each function that has some at a point."""
    for function in functions:
        try:
            yield _slopes_of(interpreter, function)
        except (NotFollowed, Stops):
            continue


def _slopes_of(interpreter: Interpreter, f: FunctionNode) -> list[float]:
    """Return the slopes of f at a point; of each number, if it gives one for each."""
    slopes = []
    for axis in range(len(A_POINT)):
        sides = []
        for move in (STEP, -STEP):
            moved = [*A_POINT]
            moved[axis] += move
            numbers = _numbers_at(interpreter, f, moved)
            sides.append(numbers[axis % len(numbers)])
        slopes.append((sides[0] - sides[1]) / (2 * STEP))
    return slopes


def _numbers_at(
    interpreter: Interpreter, function: FunctionNode, point: Sequence[float]
) -> list[float]:
    """Return the numbers that a function gives at a point.

    One that takes no array, as `math.cos(x)` does not, gets number by number.
    """
    [parameter] = every_parameter_of(function)
    try:
        given = [array_of(interpreter.run(function, {parameter: array_of(point)}))]
    except (NotFollowed, Stops):
        values = [interpreter.run(function, {parameter: each}) for each in point]
        given = [array_of(value) for value in values]
    return [float(number) for array in given for number in array.entries()]
