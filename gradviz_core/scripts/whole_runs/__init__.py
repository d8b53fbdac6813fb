"""Whole runs: a script carried out from its first line, to see which arrows it draws.

What is not followed exactly ends the run. Only what a plot is given besides its arrows,
and what is printed, may be left out.

A `run.WholeRun` is an interpreter that carries out more than one of a trial does. What
more is in one module for each subject: `statements`, `classes`, `expressions`, `calls`,
`library_functions` and `plots`. They ask `effects` what code may change that is not
followed, and leave in the run what `records` defines.
"""

from gradviz_core.scripts.whole_runs.plots import quivers_in
from gradviz_core.scripts.whole_runs.records import (
    VARIES,
    CallsSeen,
    Change,
    Drawn,
    OwnCall,
)
from gradviz_core.scripts.whole_runs.run import WholeRun
from gradviz_core.scripts.whole_runs.values import Abandoned

__all__ = [
    "VARIES",
    "Abandoned",
    "CallsSeen",
    "Change",
    "Drawn",
    "OwnCall",
    "WholeRun",
    "quivers_in",
]
