"""Observations: what a script does that a rule may report."""

import ast
from dataclasses import dataclass, field
from functools import cached_property

from gradviz_core.scripts.arrays import (
    UNKNOWN,
    Array,
    GradientCall,
    Heights,
    Owner,
    SlopesPart,
    Value,
    owners_of,
)
from gradviz_core.scripts.routines import Routine


@dataclass
class Differentiation:
    """A call of a gradient routine: what it differentiates, and at which array."""

    call: GradientCall
    routine: Routine
    f: Value
    f_node: ast.expr
    argument: Value
    argument_node: ast.expr
    is_turned_at_once: bool  # by a .T right after the call
    origin: "PassedArgument | None" = None  # where the array was passed in
    f_of_array: Value = UNKNOWN  # what f returns for the whole array
    stop_of_f: str = ""  # how the script stops when f gets one point
    is_one_by_one: bool = False  # in a comprehension over the rows of the array


@dataclass
class Quiver:
    """A call of `quiver`, with its four arrays."""

    node: ast.Call
    values: tuple[Value, ...]

    @cached_property
    def owners(self) -> frozenset[Owner]:
        """The owners of its numbers, and the calls whose slopes it draws."""
        parts = [value for value in self.values if isinstance(value, SlopesPart)]
        return owners_of(*self.values) | {part.call for part in parts}


@dataclass
class Picture:
    """A call that draws an array as it is: `imshow`, `contour` and the like."""

    node: ast.Call
    name: str  # of the function
    array_node: ast.expr
    array: Value
    places: tuple[Value, ...]  # horizontal and vertical, if given
    extent: Value | None
    is_lower: bool  # with the first row at the bottom, where `imshow` is told so

    @property
    def is_graph(self) -> bool:
        """Whether it has a horizontal and a vertical axis, unlike a printed matrix."""
        return self.name != "imshow" or self.is_lower or self.extent is not None


@dataclass
class AxisGradient:
    """A call of `np.gradient` for heights over a grid."""

    node: ast.Call
    heights: Heights
    spacings: tuple[Value, ...]
    is_plain: bool  # without a *list of spacings
    coordinates: tuple[str, ...]  # the numbers along each, as the script can write them


@dataclass
class PassedArgument:
    """An array passed to a function of the script, as a name or written out."""

    node: ast.Call
    function: ast.FunctionDef
    parameter: str
    argument_node: ast.expr
    value: Value


@dataclass
class Observations:
    """What a script does that a rule may report."""

    differentiations: list[Differentiation] = field(default_factory=list)
    quivers: list[Quiver] = field(default_factory=list)
    passed_arguments: list[PassedArgument] = field(default_factory=list)
    # Arrays into which slopes, or other floats, are written.
    given_slopes: list[Array] = field(default_factory=list)
    # Arrays of whole numbers into which floats may be written.
    maybe_cut: list[Array] = field(default_factory=list)
    derivatives: dict[ast.Call, bool] = field(default_factory=dict)  # whether called
    heights: dict[ast.Call, bool] = field(default_factory=dict)  # whether followed
    axis_gradients: list[AxisGradient] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    pairs_without_list: list[ast.Call] = field(default_factory=list)  # np.array(X, Y)
    skipped: list[ast.stmt] = field(default_factory=list)  # never run
    # Where arrays changed in place were made, and those read elsewhere afterwards.
    changed: set[ast.expr | None] = field(default_factory=set)
    read_later: set[ast.expr | None] = field(default_factory=set)
    is_whole: bool = True  # False if the walk was too long and was cut off

    def note_read(self, before: Value, now: Value) -> None:
        """Note an array that is read where its numbers have been changed elsewhere."""
        if isinstance(before, Array) and now != before and not before.is_copy:
            self.read_later.add(before.made)
