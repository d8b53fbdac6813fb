"""Slopes by hand: functions that should give the slopes of another, and give others."""

import ast
from collections.abc import Callable, Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import OwnFunction
from gradviz_core.scripts.call_trials import STEP, TOLERANCE
from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.names import every_parameter_of
from gradviz_core.scripts.routines import Routines
from gradviz_core.scripts.small_arrays import NotFollowed, Stops, array_of
from gradviz_core.scripts.trials import A_POINT
from gradviz_core.scripts.unread_reasons import Unread
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.walk.observations import Differentiation

A_NUMBER = [1.5]


def slopes_by_hand(
    routines: Routines, calls: Sequence[Differentiation], names_read: set[str]
) -> Iterator[Unread]:
    """Yield the functions whose names promise slopes, and that give no function's.

    Each is compared with all other functions of the script: `relu_grad` belongs to
    `relu`. One that cannot be carried out is passed over.
    """
    if not routines.are_names_certain:
        return
    own = [
        function
        for function in routines.definitions.all
        if function not in routines.definitions.methods
        and function not in routines.own
        and len(every_parameter_of(function)) == 1
    ]
    differentiated = [
        each.f.node
        for each in calls
        if isinstance(each.f, OwnFunction) and each.f.method is None
    ]
    names = {f.name for f in differentiated if isinstance(f, ast.FunctionDef)}
    for function in own:
        if function in differentiated or function.name not in names_read:
            continue
        if not _promises_slopes(function.name, names):
            continue
        others = [*differentiated, *(each for each in own if each is not function)]
        if _gives_other_slopes(routines.interpreter, function, others):
            yield Unread("by-hand", function.lineno, function.name)


def _promises_slopes(name: str, differentiated: set[str]) -> bool:
    """Whether a function is called like `f_grad`, or like `df`."""
    words = vocabulary("slopes_by_hand")["words"]
    is_of_f = any(name.startswith(f"d{f}") for f in differentiated)
    return is_of_f or any(word in name.lower() for word in words)


def _gives_other_slopes(
    interpreter: Interpreter, function: FunctionNode, others: Sequence[FunctionNode]
) -> bool:
    """Whether a function gives numbers where others have slopes, and none has these."""
    is_comparable = False
    for place in (A_POINT, A_NUMBER):
        given = _if_followed(_entries_at, interpreter, function, place)
        if given is None or len(given) != len(place):
            continue
        for other in others:
            slopes = _if_followed(_slopes_at, interpreter, other, place)
            if slopes is None:
                continue
            is_comparable = True
            if all(map(_are_alike, given, slopes)):
                return False
    return is_comparable


def _are_alike(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * (1 + abs(other))


def _if_followed(
    numbers_of: Callable[[Interpreter, FunctionNode, Sequence[float]], list[float]],
    interpreter: Interpreter,
    function: FunctionNode,
    place: Sequence[float],
) -> list[float] | None:
    try:
        return numbers_of(interpreter, function, place)
    except (NotFollowed, Stops):
        return None


def _slopes_at(
    interpreter: Interpreter, f: FunctionNode, place: Sequence[float]
) -> list[float]:
    """Return the slopes of f at a place; of each number, if it gives one for each."""
    slopes = []
    for axis in range(len(place)):
        sides = []
        for move in (STEP, -STEP):
            moved = [*place]
            moved[axis] += move
            entries = _entries_at(interpreter, f, moved)
            sides.append(entries[axis % len(entries)])
        slopes.append((sides[0] - sides[1]) / (2 * STEP))
    return slopes


def _entries_at(
    interpreter: Interpreter, function: FunctionNode, place: Sequence[float]
) -> list[float]:
    """Return the numbers that a function gives at a place."""
    [parameter] = every_parameter_of(function)
    given = array_of(place) if len(place) > 1 else place[0]
    value = interpreter.run(function, {parameter: given})
    return [float(entry) for entry in array_of(value).entries()]
