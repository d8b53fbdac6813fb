"""Stopping: calls of a gradient routine at which a script stops with an error.

Each rule holds for every array and every f that fits it: what is not certain is not
said.
"""

import ast
from dataclasses import dataclass, field

from gradviz_core.scripts import routines
from gradviz_core.scripts.arrays import (
    COORDINATES,
    OTHER,
    POINTS,
    SHEETS,
    TURNED_SHEETS,
    Array,
    Function,
    Items,
    Number,
    Range,
    Value,
)
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.walk import Differentiation

OF_GRID = (COORDINATES, POINTS)
NOT_FLAT = (SHEETS, TURNED_SHEETS)


@dataclass(frozen=True)
class Stop:
    """Why a script stops: the form of the message, and its other named parts."""

    form: str
    words: dict[str, str] = field(default_factory=dict)


def stop_at(differentiation: Differentiation) -> Stop | None:
    """Return why a script stops at a call, None if that is not certain."""
    routine = differentiation.routine
    array = differentiation.argument
    f = differentiation.f
    if not routine.is_followed:
        return None
    if _is_no_function(f):
        return Stop("no-function")
    if _is_no_array(array) and routine.needs_array:
        return Stop("no-array")
    if isinstance(f, Function) and routine.takes != routines.COLUMNS:
        count = _numbers_asked_for(f.node)
        if count > 1:
            return Stop("arguments", {"count": f"{count}"})
    if not isinstance(array, Array):
        return None
    takes_points = routine.takes in (routines.ROWS, routines.POINT)
    if routine.counts_entries and takes_points and array.form in NOT_FLAT:
        return Stop("not-flat")
    takes_one = routine.takes == routines.POINT
    if routine.counts_entries and takes_one and array.form in OF_GRID:
        return Stop("many-points")
    takes_all = routine.takes == routines.WHOLE
    is_of_grid = array.form in (*OF_GRID, *NOT_FLAT)
    if takes_all and is_of_grid and isinstance(differentiation.f_of_array, Array):
        return Stop("several-values")
    return None


def _is_no_function(value: Value) -> bool:
    if isinstance(value, Array):
        return value.form != OTHER  # which NumPy's own functions may be, too: poly1d
    return _is_no_array(value)


def _is_no_array(value: Value) -> bool:
    return isinstance(value, Items | Range | Number)


def _numbers_asked_for(function: ast.FunctionDef | ast.Lambda) -> int:
    """Return how many arguments a function cannot do without."""
    return len(parameters_of(function)) - len(function.args.defaults)
