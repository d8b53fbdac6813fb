"""Routine: what is known of a gradient routine, and of each slip in its body."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from gradviz_core.scripts.trials import UNCLEAR
from gradviz_core.scripts.values import FunctionNode


@dataclass(frozen=True)
class Slip:
    """Something wrong in the body of a routine.

    Attributes
    ----------
    code : str
        precedence, early-return, not-restored, lost-index, formula or one-sided.
    node : ast.AST
        Where it is.
    other : ast.AST or None
        What its mend needs: the loop, the index or the divisor; None where that is not
        enough, or where no mend is certain.
    values : dict
        The named parts of its message.
    severity : str
        How bad it is.
    """

    code: str
    node: ast.expr | ast.stmt
    other: ast.AST | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    severity: str = "error"


@dataclass(frozen=True)
class Routine:
    """What is known of a routine.

    Attributes
    ----------
    name : str
        Its name.
    takes : str
        How it takes a two-dimensional array: rows, columns, whole, point.
    definition : ast.FunctionDef or None
        Its definition, if that is in the script.
    function_parameter, array_parameter : int
        The positions of f and of the array among its parameters.
    cuts_whole_numbers : bool
        Whether an array of whole numbers truncates what it adds.
    misreads_columns : bool
        Whether a column, a point with one axis too many, gets other slopes.
    takes_one_point : bool
        Whether it takes an array with one axis as one point.
    arguments_of_f : int
        The largest number of arguments it passes to f.
    stops_at : frozenset of str
        The arguments that stop it with an error, as `trials` names them.
    step, step_node : float and ast.expr, or None
        Its h, and the node that gives it.
    is_followed : bool
        Whether this is certain: its body was carried out, or it is the book's own.
    is_right : bool
        Whether it gives the slopes.
    uses : frozenset of FunctionNode
        The functions that were carried out for it, including itself.
    slips : tuple of Slip
        What is wrong in its body.
    is_method : bool
        Whether the first parameter of its definition is the object that it belongs to.
    is_of_library : bool
        Whether it is one of SciPy's or of JAX's.
    most_arguments : int
        How many arguments leave it unchanged, if its definition is not in the script.
    """

    name: str
    takes: str
    definition: ast.FunctionDef | None = None
    function_parameter: int = 0
    array_parameter: int = 1
    cuts_whole_numbers: bool = True
    misreads_columns: bool = False
    takes_one_point: bool = True
    arguments_of_f: int = 1
    stops_at: frozenset[str] = frozenset()
    step: float | None = None
    step_node: ast.expr | None = None
    is_followed: bool = True
    is_right: bool = True
    uses: frozenset[FunctionNode] = frozenset()
    slips: tuple[Slip, ...] = ()
    is_method: bool = False
    is_of_library: bool = False
    most_arguments: int = 2


def unknown_routine(name: str) -> Routine:
    """Return a routine of which only the name is known."""
    return Routine(name, UNCLEAR, is_followed=False)


def unclear(routine: Routine) -> Routine:
    """Return a routine of which nothing is certain."""
    return replace(routine, takes=UNCLEAR, is_followed=False)
