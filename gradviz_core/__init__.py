"""gradviz_core: gradients of functions of points, and what a call without .T does to them.

One row is one point, shape (n, 2), everywhere inside; `Layout` alone transposes, at the
border with the book's routine. No function writes to an array it is given, the exhibit
`book.numerical_gradient` excepted, whose faults are the subject.

The names below are for your own code; ARCHITECTURE.md tells how the modules stand to each other.
"""

import sys

try:
    import numpy as _  # noqa: F401 - what a command says when it is missing
except ModuleNotFoundError as missing:
    if sys.argv[0] == "-m":
        print(f"{missing.name} is not installed. Fix: type make site", file=sys.stderr)
        raise SystemExit(3) from None
    raise

from gradviz_core.functions import FUNCTIONS
from gradviz_core.gradient import gradient
from gradviz_core.layout import Grid, Layout
from gradviz_core.measure import measure
from gradviz_core.spelling import SpellingError, parse_spelling

__all__ = ["FUNCTIONS", "Grid", "Layout", "SpellingError", "gradient", "measure", "parse_spelling"]
