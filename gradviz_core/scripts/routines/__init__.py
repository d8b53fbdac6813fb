"""Routines: functions of a script that differentiate another one numerically.

Trying such a routine on a few numbers shows what it takes for a point, and what is
wrong in it. A routine that cannot be carried out to its end is unknown. Once a trial
shows that there is a slip, its place is looked for in the text.

`detection.read_routines` is the entry point. It returns the `Routines` of a script: its
own, found by `detection` and tried by `trying`, or by `once` for a copy of one in an
earlier script, and those that are `imported`.
"""

from gradviz_core.scripts.routines.detection import read_routines
from gradviz_core.scripts.routines.imported import Modules, derivative_routine
from gradviz_core.scripts.routines.routine import Routine, Slip, unknown_routine
from gradviz_core.scripts.routines.routines import Routines

__all__ = [
    "Modules",
    "Routine",
    "Routines",
    "Slip",
    "derivative_routine",
    "read_routines",
    "unknown_routine",
]
