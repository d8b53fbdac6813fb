"""Tried calls: what a routine takes with the f of a call, and whether that f stops."""

import ast
from dataclasses import replace
from functools import partial

from gradviz_core.scripts import trials
from gradviz_core.scripts.arrays import (
    COORDINATES,
    FLOAT,
    POINTS,
    WHOLE,
    Array,
    OwnFunction,
    Value,
)
from gradviz_core.scripts.call_trials import (
    SEVERAL_NUMBERS,
    gives_slopes_of_coordinates,
    stop_of_f,
)
from gradviz_core.scripts.names import every_parameter_of
from gradviz_core.scripts.routines import Routine
from gradviz_core.scripts.trials import COLUMNS, POINT, ROWS, SEVERAL_FOR_A_POINT
from gradviz_core.scripts.walk.walk import Walk


def with_this_f(
    walk: Walk, routine: Routine, node: ast.Call, f: Value, array: Value
) -> Routine:
    """Return a routine as one that takes coordinates, if it does so with this f."""
    if not _depends_on_f(routine, node) or not _are_coordinates(array):
        return routine
    if not _can_be_tried(walk, f):
        return routine
    assert isinstance(f, OwnFunction)
    definition = routine.definition
    gives_slopes = partial(
        gives_slopes_of_coordinates,
        walk.routines.interpreter,
        definition,
        (routine.function_parameter, routine.array_parameter),
        f.node,
    )
    if not gives_slopes(are_whole=False):
        return routine
    return replace(
        routine,
        takes=COLUMNS,
        cuts_whole_numbers=definition is None or not gives_slopes(are_whole=True),
        stops_at=frozenset(),
        is_followed=True,
        is_right=True,
    )


def _depends_on_f(routine: Routine, node: ast.Call) -> bool:
    """Whether f alone may decide if a routine takes coordinates in a call."""
    has_others = len(node.args) + len(node.keywords) > 2
    if has_others or routine.is_method or routine.is_of_library:
        return False
    takes_the_whole = routine.takes == trials.WHOLE_ARRAY
    if routine.definition is None:
        return takes_the_whole
    return takes_the_whole or routine.takes == POINT or not routine.is_followed


def _are_coordinates(array: Value) -> bool:
    """Whether an array is known to have one coordinate a row."""
    if not isinstance(array, Array):
        return False
    return array.form == COORDINATES and array.kind in (WHOLE, FLOAT)


def stop_in_f(walk: Walk, routine: Routine, f: Value, array: Value) -> str:
    """Return how a script stops when f gets one of the points of a grid."""
    forms = {ROWS: POINTS, COLUMNS: COORDINATES}
    is_of_points = isinstance(array, Array) and array.form == forms.get(routine.takes)
    if not is_of_points or routine.arguments_of_f != 1 or not _can_be_tried(walk, f):
        return ""
    assert isinstance(f, OwnFunction)
    if f.node not in walk.stops_of_f:
        walk.stops_of_f[f.node] = stop_of_f(walk.routines.interpreter, f.node)
    stop = walk.stops_of_f[f.node]
    if stop != SEVERAL_NUMBERS:
        return stop
    return stop if SEVERAL_FOR_A_POINT in routine.stops_at else ""


def _can_be_tried(walk: Walk, f: Value) -> bool:
    """Whether f is a function of one argument whose names are unambiguous."""
    if not isinstance(f, OwnFunction) or f.node not in walk.outline.outermost:
        return False
    has_one_argument = len(every_parameter_of(f.node)) == 1
    return has_one_argument and walk.routines.are_names_certain
