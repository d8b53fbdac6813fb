"""gradviz_core: gradients of functions, and what a call without .T does to them.

One row is one point, shape (n, 2), everywhere inside; `Layout` alone transposes, at the
border with the book's routine. No function writes to an array it is given, the exhibit
`book.numerical_gradient` excepted, whose faults are the subject. ARCHITECTURE.md is the
map.

gradient
    The gradient of any f at one point or many.
measure, Measurement
    What the book's routine makes of an f on a `Grid`, in one `Layout`, beside the exact
    gradient.
Grid, Layout
    The points, and the two ways of handing them to the routine.
FUNCTIONS
    The functions of the site by name: records with a `spelling`, a `grid` and a `note`,
    among others, which `measure` takes as they are.
parse_spelling, Spelling, SpellingError
    A function typed as text, with its exact gradient.

Examples
--------
>>> from gradviz_core import FUNCTIONS, Layout, measure
>>> product = FUNCTIONS["product"]
>>> product.spelling
'x[0] * x[1]'
>>> measure(product, product.grid, Layout.COLUMNS).verdict
'sparse'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gradviz_core.numerics.gradient import gradient
    from gradviz_core.numerics.grid import Grid, Layout
    from gradviz_core.numerics.measurement import Measurement, measure
    from gradviz_core.registry.functions import Function
    from gradviz_core.spelling.parser import Spelling, SpellingError, parse_spelling

    FUNCTIONS: dict[str, Function]

__all__ = [
    "FUNCTIONS",
    "Grid",
    "Layout",
    "Measurement",
    "Spelling",
    "SpellingError",
    "gradient",
    "measure",
    "parse_spelling",
]

# The module of each name: it is imported when the name is asked for, for not every use
# of this package needs NumPy.
_HOMES = {
    "Grid": "numerics.grid",
    "Layout": "numerics.grid",
    "Measurement": "numerics.measurement",
    "Spelling": "spelling.parser",
    "SpellingError": "spelling.parser",
    "gradient": "numerics.gradient",
    "measure": "numerics.measurement",
    "parse_spelling": "spelling.parser",
}


def __getattr__(name: str) -> Any:
    """Import a name of `__all__` on its first use."""
    if name == "FUNCTIONS":
        from gradviz_core.registry.functions import load_functions

        return globals().setdefault(name, load_functions().functions)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"gradviz_core.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
