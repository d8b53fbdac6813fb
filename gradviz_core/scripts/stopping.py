"""Stopping: calls of a gradient routine at which a script stops with an error.

Each rule holds for every array and every f that it covers: anything uncertain is left
unsaid.
"""

from dataclasses import dataclass, field

from gradviz_core.scripts import trials
from gradviz_core.scripts.arrays import (
    COORDINATES,
    OTHER,
    POINTS,
    SHEETS,
    TURNED_SHEETS,
    Array,
    Each,
    Items,
    Number,
    OwnFunction,
    Range,
    Value,
)
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.routines import Routine
from gradviz_core.scripts.values import FunctionNode
from gradviz_core.scripts.walk.observations import Differentiation

OF_GRID = (COORDINATES, POINTS)
SHEET_FORMS = (SHEETS, TURNED_SHEETS)


@dataclass(frozen=True)
class Stop:
    """Why a script stops: the form of the message, and its other named values."""

    form: str
    values: dict[str, str] = field(default_factory=dict)


def stop_at(differentiation: Differentiation) -> Stop | None:
    """Return why a script stops at a call, or None if that is not certain."""
    routine = differentiation.routine
    array = differentiation.argument
    f = differentiation.f
    if not routine.is_followed:
        return None
    if _is_no_function(f):
        return Stop("no-function")
    if _kind_of_no_array(array) in routine.stops_at:
        return Stop("no-array")
    if isinstance(f, OwnFunction):
        count = _numbers_asked_for(f.node)
        if routine.arguments_of_f == 1 and count > 1:
            return Stop("arguments", {"count": f"{count}"})
    if differentiation.stop_of_f:
        return Stop(differentiation.stop_of_f)
    if isinstance(array, Array):
        gives_several = isinstance(differentiation.f_of_array, Array)
        return _stop_at_array(routine, array.form, gives_several)
    return None


def _stop_at_array(routine: Routine, form: str, gives_several: bool) -> Stop | None:
    """Return why a routine stops at an array, where f may give several values."""
    takes_one_point = routine.takes == trials.POINT
    takes_points = takes_one_point or routine.takes == trials.ROWS
    takes_all = routine.takes == trials.WHOLE_ARRAY
    is_of_grid = form in OF_GRID
    is_of_sheets = form in SHEET_FORMS
    if trials.NOT_FLAT in routine.stops_at and takes_points and is_of_sheets:
        return Stop("not-flat")
    if trials.MANY_POINTS in routine.stops_at and takes_one_point and is_of_grid:
        return Stop("many-points")
    gives_too_many = gives_several and (is_of_grid or is_of_sheets)
    if trials.SEVERAL_VALUES in routine.stops_at and takes_all and gives_too_many:
        return Stop("several-values")
    return None


def _is_no_function(value: Value) -> bool:
    if isinstance(value, Array):
        # NumPy's own functions have another form and no kind: poly1d.
        return value.form != OTHER or value.kind != ""
    return _kind_of_no_array(value) != ""


def _kind_of_no_array(value: Value) -> str:
    if isinstance(value, Number) and value.mesh is None:  # not from an array
        return trials.ONE_NUMBER
    return trials.LIST if isinstance(value, Items | Range | Each) else ""


def _numbers_asked_for(function: FunctionNode) -> int:
    """Return the number of positional parameters without a default."""
    return len(parameters_of(function)) - len(function.args.defaults)
