"""Records: what a run leaves of what it carried out, and what it is told to change."""

import ast
import itertools
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from gradviz_core.scripts.small_arrays import SmallArray
from gradviz_core.scripts.values import FunctionNode, Opaque

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
