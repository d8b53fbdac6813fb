"""Routines: functions of a script that differentiate another one by trying.

What such a routine takes for a point is seen by trying it on a few numbers, and so is
what is wrong in it. A routine that cannot be carried out to its end is unknown. Where a
slip stands is looked for in the text, once the trial shows that there is one.

`detection.read_routines` is the way in. It gives the `Routines` of a script: its own
ones, found in `detection` and tried in `trying`, a copy of one in an earlier script by
`once`, and those that are `imported`.
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
