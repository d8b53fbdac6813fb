"""Records: what a run leaves of what it carried out, and what it is told to change."""

import ast
import itertools
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from gradviz_core.scripts.small_arrays import SmallArray, Stops
from gradviz_core.scripts.values import Closure, FunctionNode, Opaque

VARIES = Opaque()  # what is not the same in all calls of a function


@dataclass(frozen=True)
class Drawn:
    """The arrows that one call draws: their places, and their components."""

    node: ast.Call
    places: tuple[Any, Any]
    arrows: tuple[Any, Any]


@dataclass(frozen=True)
class HeightsDrawn:
    """Heights over a grid, as they are drawn, and the rows of its points."""

    node: ast.expr
    points: Sequence[Sequence[tuple[float, float]]]
    heights: Sequence[float]


@dataclass(frozen=True)
class OwnCall:
    """One call of a function of the script: its arguments before it, and its result."""

    node: ast.Call
    function: FunctionNode | None  # None if a library differentiates
    arguments: Sequence[Any]
    result: Any

    @property
    def arrays(self) -> list[SmallArray]:
        """The arrays among its arguments."""
        return [each for each in self.arguments if isinstance(each, SmallArray)]


class CallsSeen:
    """The arguments of all calls of a function, where they are always the same."""

    def __init__(self, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> None:
        self.arguments = [_shared(value, value) for value in arguments]
        self.keywords = {
            name: _shared(keywords[name], keywords[name]) for name in keywords
        }

    @property
    def count_of_coordinates(self) -> int:
        """How many arguments come before those that are always the same."""
        varying = [k for k, each in enumerate(self.arguments) if each is VARIES]
        return varying[-1] + 1 if varying else 0

    def meet(self, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> None:
        """Note another call."""
        pairs = itertools.zip_longest(self.arguments, arguments, fillvalue=VARIES)
        self.arguments = [_shared(*pair) for pair in pairs]
        names = {**self.keywords, **keywords}
        self.keywords = {
            name: _shared(self.keywords.get(name, VARIES), keywords.get(name, VARIES))
            for name in names
        }


def _shared(one: Any, other: Any) -> Any:
    """Return a plain value if both are that value."""
    is_plain = one is None or isinstance(one, int | float | str)
    return one if is_plain and type(one) is type(other) and one == other else VARIES


@dataclass
class Records:
    """What a run leaves of what it carried out.

    Attributes
    ----------
    results_of_sites : dict
        The results of the operations that are watched.
    functions_of_sites : dict
        The functions that each of these operations calls.
    drawn : list of Drawn
        The arrows of the plots, in order.
    heights : list of HeightsDrawn
        The heights that are drawn besides, as contours or as a surface.
    own_calls : list of OwnCall
        The calls of watched functions, and those that get an array with two axes.
    places_of_tables : dict
        Which argument of a call was an array with two axes.
    calls_seen : dict
        What each function of the script got in all its calls.
    functions_made : dict
        The functions of the script as values, the last one of each definition.
    partials : dict
        The calls of `functools.partial`, and the functions that they get; and those
        of `jax.grad`, with None.
    stop : Stops or None
        The error with which the script stops.
    stop_line : int
        Its line, 0 if the script does not stop.
    """

    results_of_sites: dict[ast.AST, list[Any]]
    functions_of_sites: dict[ast.AST, set[FunctionNode]]
    drawn: list[Drawn] = field(default_factory=list)
    heights: list[HeightsDrawn] = field(default_factory=list)
    own_calls: list[OwnCall] = field(default_factory=list)
    places_of_tables: dict[ast.Call, int] = field(default_factory=dict)
    calls_seen: dict[FunctionNode, CallsSeen] = field(default_factory=dict)
    functions_made: dict[FunctionNode, Closure] = field(default_factory=dict)
    partials: dict[ast.Call, FunctionNode | None] = field(default_factory=dict)
    stop: Stops | None = None
    stop_line: int = 0

    def note_call(
        self,
        function: FunctionNode,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> None:
        """Note what a function of the script gets."""
        if function in self.calls_seen:
            self.calls_seen[function].meet(arguments, keywords)
        else:
            self.calls_seen[function] = CallsSeen(arguments, keywords)


@dataclass(frozen=True)
class Change:
    """What a run carries out otherwise than it is written.

    Attributes
    ----------
    instead : mapping
        Functions to call in place of some of the script's.
    turned : set of ast.Call
        Calls that are carried out as if their array and their result had a .T.
    factors : mapping
        By what to divide the results of some operations.
    left_out : set
        Routines that give as many unknown numbers, nan, as their array has.
    moved : tuple of float
        By how much grids are moved along each axis.
    """

    instead: Mapping[FunctionNode, Callable[..., Any]] = field(default_factory=dict)
    turned: Set[ast.Call] = frozenset()
    factors: Mapping[ast.AST, float] = field(default_factory=dict)
    left_out: Set[FunctionNode] = frozenset()
    moved: tuple[float, float] = (0.0, 0.0)
