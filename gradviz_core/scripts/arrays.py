"""Arrays: what can be known about the arrays of a script without running it.

That is the kind of their numbers, and what a row is: a point, a coordinate, neither.
Anything unknown is `None` or `OTHER`, and nothing is concluded from it.
"""

import ast
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeGuard

from gradviz_core.registry.vocabulary import vocabulary

# Kinds of numbers.
WHOLE = "whole"
FLOAT = "float"

# Forms of arrays.
RANGE = "range"  # numbers along one axis
COORDINATE = "coordinate"  # one coordinate of all points of a grid
COORDINATES = "coordinates"  # a row for each coordinate
POINTS = "points"  # a row for each point
ONE_POINT = "point"  # the coordinates of a single point
COLUMN = "column"  # one point as a column: shape (n, 1)
SHEETS = "sheets"  # a grid of numbers for each coordinate: shape (2, m, n)
TURNED_SHEETS = "turned sheets"  # the same, transposed: shape (n, m, 2)
POINT_SHEETS = "sheets of points"  # a point at each place of a grid: shape (m, n, 2)
TABLE = "table"  # rows of two numbers, each perhaps a point: shape (n, 2)
RESHAPED = "reshaped"  # coordinates, grouped in pairs of neighbours: reshape(-1, 2)
OTHER = "other"

# Computed from a routine's result: an array with numbers of its own.
ENTRY = "entry"


@dataclass(frozen=True)
class Axis:
    """Numbers from a start up to, but not including, a stop."""

    start: float
    stop: float
    step: float

    @property
    def count(self) -> float:
        """The number of entries, as NumPy counts them."""
        count = (self.stop - self.start) / self.step
        return math.ceil(count) if math.isfinite(count) else count

    @property
    def length(self) -> float | None:
        """The distance from the first to the last number, None if there is none."""
        return abs(self.step) * (self.count - 1) if self.count > 0 else None


@dataclass(frozen=True, eq=False)
class Mesh:
    """A grid. No two grids are ever equal.

    Attributes
    ----------
    first_axis : int
        The coordinate that changes along the first axis of its arrays: 1 by default, 0
        with `indexing="ij"`, with `mgrid`, and in a histogram.
    ranges : tuple of Array or None
        The numbers along each coordinate, where known.
    node : ast.expr
        The expression that makes it.
    """

    first_axis: int
    ranges: tuple["Array | None", ...]
    node: ast.expr

    @property
    def lengths(self) -> tuple[float | None, ...]:
        """The extent of the grid along each coordinate, where known."""
        return tuple(_length_of(each) if each else None for each in self.ranges)


def _length_of(numbers: "Array") -> float | None:
    return numbers.axis.length if numbers.axis else numbers.length


@dataclass(frozen=True)
class Unknown:
    """A value of which nothing is known except whose numbers it may share.

    Attributes
    ----------
    owners : frozenset
        The grids, arrays and results of routines that it may be a part of: changing
        it in place changes them, too. See `owners_of`.
    """

    owners: frozenset["Owner"] = field(default=frozenset(), compare=False)


@dataclass(frozen=True)
class Imported:
    """What an imported name stands for."""


@dataclass(frozen=True)
class Number:
    """A number: whether it is whole, and its value if known.

    Attributes
    ----------
    bound_of : Array or None
        The array that it is an entry of, or the minimum or maximum of.
    mesh, coordinate : Mesh and int, or None
        For one coordinate of each point of a grid: which grid, which coordinate. A
        number computed from such a coordinate has the mesh only.
    """

    is_whole: bool
    value: float | None = None
    bound_of: "Array | None" = field(default=None, compare=False)
    mesh: Mesh | None = None
    coordinate: int | None = None


@dataclass(frozen=True)
class Items:
    """The values of a tuple or a list.

    Attributes
    ----------
    values : tuple of Value
        The values in it.
    size, levels : int
        How many values there are, including those of nested lists, and how deeply
        the lists are nested.
    is_list : bool
        Whether it is a list, which can be changed.
    """

    values: tuple["Value", ...]
    size: int
    levels: int
    is_list: bool = False


@dataclass(frozen=True)
class Range:
    """What `range` returns: whole numbers that are not an array."""


@dataclass(frozen=True)
class Generator:
    """What NumPy's `default_rng` returns: its methods return random numbers."""


@dataclass(frozen=True)
class Each:
    """An iterable whose items are all like this one: `zip(X, Y)`."""

    item: "Value"


@dataclass(frozen=True)
class Array:
    """An array.

    Attributes
    ----------
    form : str
        What its rows are.
    kind : str
        The kind of its numbers, empty if unknown.
    mesh, coordinate : Mesh, int, or None
        For one coordinate of a grid: which grid, which coordinate. An array of points
        has the mesh only.
    is_square : bool
        Whether a coordinate still has the two axes of its grid.
    is_moved : bool
        Whether its numbers differ from those of its grid, or are in another order.
    made : ast.expr or None
        The expression that set the kind of its numbers: a mend there mends all uses.
    is_copy : bool
        Whether its numbers are its own, though their kind was set elsewhere.
    length : float or None
        The distance from the first number to the last, however many there are.
    axis : Axis or None
        For a range: its numbers.
    dimension : int or None
        For points: how many coordinates each of them has.
    """

    form: str = OTHER
    kind: str = ""
    mesh: Mesh | None = None
    coordinate: int | None = None
    is_square: bool = False
    is_moved: bool = False
    made: ast.expr | None = field(default=None, compare=False)
    is_copy: bool = field(default=False, compare=False)
    length: float | None = None
    axis: Axis | None = None
    dimension: int | None = None


@dataclass(frozen=True, eq=False)
class Class:
    """A class of the script, and what the names in its body stand for."""

    node: ast.ClassDef
    names: Mapping[str, "Value | None"]


@dataclass(frozen=True, eq=False)
class Instance:
    """An instance of such a class, and what its attributes are so far."""

    of: Class
    attributes: dict[str, "Value"] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnFunction:
    """A function of the script.

    Attributes
    ----------
    node : ast.FunctionDef or ast.Lambda
        Its definition, without the first parameter of a method.
    method, receiver : ast.FunctionDef and Instance, or None
        For a method: its definition, and the object that it is bound to.
    """

    node: ast.FunctionDef | ast.Lambda
    method: ast.FunctionDef | None = None
    receiver: Instance | None = None


@dataclass(frozen=True)
class Derivative:
    """What `jax.grad` returns for a function.

    Attributes
    ----------
    node : ast.Call
        The call of `grad`.
    f : Value
        The function that is differentiated.
    takes : str
        What it takes an array for, as for a routine.
    """

    node: ast.Call
    f: "Value"
    takes: str


@dataclass(frozen=True)
class Heights:
    """The values of a function over a grid, or the counts of a histogram.

    Attributes
    ----------
    mesh : Mesh
        The grid whose arrays have the same two axes.
    is_turned : bool
        Whether they have been transposed since.
    is_followed : bool
        Whether their whole computation was followed, so that each is at its place.
    """

    mesh: Mesh
    is_turned: bool = False
    is_followed: bool = True

    @property
    def first_axis(self) -> int:
        """The coordinate that changes along the first axis of the array."""
        first = self.mesh.first_axis
        return 1 - first if self.is_turned else first


@dataclass(frozen=True)
class AxisSlope:
    """A slope from `np.gradient`: along which coordinate, and with which sign.

    `is_turned` says whether its array is transposed relative to the grid, `is_scaled`
    whether it was multiplied or divided since, perhaps by a spacing.
    """

    mesh: Mesh
    coordinate: int
    call: ast.Call
    sign: int = 1
    is_turned: bool = False
    is_scaled: bool = False


@dataclass(eq=False)
class GradientCall:
    """A call of a gradient routine.

    Attributes
    ----------
    node : ast.Call
        The call itself.
    uses : set of str
        How its result, as the routine returns it, is taken apart: by `rows`, by
        `columns`, or `elsewhere`, where it is not followed.
    has_two_minuses : bool
        Whether a minus is applied to a result that already had one.
    meets_grid : bool
        Whether its result is multiplied by a grid, or added to one.
    """

    node: ast.Call
    uses: set[str] = field(default_factory=set)
    has_two_minuses: bool = False
    meets_grid: bool = False


@dataclass(frozen=True)
class Slopes:
    """The result of a gradient routine, whether it is transposed, and its sign."""

    call: GradientCall
    is_turned: bool = False
    sign: int = 1


@dataclass(frozen=True)
class SlopesPart:
    """A row or a column of the result of a routine, as the routine returns it.

    Attributes
    ----------
    part : str
        rows, columns, or ENTRY for anything computed from it.
    index : float or None
        Which of the two slopes it is.
    sign : int
        -1 if it points downhill, else 1.
    """

    call: GradientCall
    part: str
    index: float | None = None
    sign: int = 1


Value = (
    Unknown
    | Imported
    | Number
    | Items
    | Each
    | Range
    | Generator
    | Array
    | OwnFunction
    | Derivative
    | Class
    | Instance
    | Heights
    | AxisSlope
    | Slopes
    | SlopesPart
)

UNKNOWN = Unknown()
IMPORTED = Imported()

# What numbers can belong to: a grid, the expression of an array, a call of a routine.
Owner = Mesh | ast.expr | GradientCall


def owners_of(*values: "Value | None") -> frozenset[Owner]:
    """Return everything that changes if the numbers of these values change in place."""
    owners: set[Owner] = set()
    for value in values:
        if isinstance(value, SlopesPart) and value.part == ENTRY:
            continue  # numbers of its own
        if isinstance(value, Array):
            owners.update(each for each in (value.mesh, value.made) if each)
        elif isinstance(value, Slopes | SlopesPart | AxisSlope):
            owners.add(value.call)
        elif isinstance(value, Items):
            owners |= owners_of(*value.values)
        elif isinstance(value, Each):
            owners |= owners_of(value.item)
        elif isinstance(value, Unknown):
            owners |= value.owners
    return frozenset(owners)


def computed_of(*values: "Value | None") -> "Value":
    """Return an unknown value that is computed from some values."""
    for value in values:
        if isinstance(value, SlopesPart):
            return SlopesPart(value.call, ENTRY)
        for owner in owners_of(value):
            if isinstance(owner, GradientCall):
                return SlopesPart(owner, ENTRY)
    return UNKNOWN


def unknown_part(*values: "Value | None") -> "Value":
    """Return an unknown value that may be a part of some values."""
    owners = owners_of(*values)
    return Unknown(owners) if owners else computed_of(*values)


def sequence_of(values: Sequence[Value]) -> Value:
    """Return the items of a tuple or a list as one value."""
    inner = [value for value in values if isinstance(value, Items)]
    size = len(values) + sum(items.size for items in inner)
    levels = 1 + max((items.levels for items in inner), default=0)
    limits = vocabulary("arrays")
    if size > limits["most_items"] or levels > limits["most_levels"]:
        return unknown_part(*values)
    return Items(tuple(values), size, levels)


def without_numbers(value: Value) -> Value:
    """Return a value without the numbers that may differ each time."""
    if isinstance(value, Number):
        return Number(value.is_whole, mesh=value.mesh)
    if isinstance(value, Array):
        return replace(value, length=None, axis=None, dimension=None)
    if isinstance(value, Items):
        return replace(value, values=tuple(map(without_numbers, value.values)))
    return value


def is_one_point(value: Value) -> TypeGuard[Array]:
    """Whether this is a single point that belongs to no grid."""
    return isinstance(value, Array) and value.form == ONE_POINT and value.mesh is None


def moved(value: Value) -> Value:
    """Return an array marked as having other numbers than its grid."""
    return replace(value, is_moved=True) if isinstance(value, Array) else value


def kind_of_numbers(values: Sequence[Value]) -> str:
    """Return the kind of an array made of these values."""
    kinds = set()
    for value in values:
        if isinstance(value, Number):
            kinds.add(WHOLE if value.is_whole else FLOAT)
        elif isinstance(value, Array):
            kinds.add(value.kind)
        elif isinstance(value, Items):
            kinds.add(kind_of_numbers(value.values))
        else:
            return ""
    if "" in kinds or not kinds:
        return ""
    low: list[str] = vocabulary("arrays")["low"]
    for widest in (FLOAT, *low):
        if widest in kinds:
            return widest
    return WHOLE


def has_too_few_digits(kind: str, step: float | None) -> bool:
    """Whether a kind of numbers has too few digits for a step, None for the book's."""
    if kind not in vocabulary("arrays")["low"]:
        return False
    sufficient: dict[str, float] = vocabulary("findings")["sufficient_steps"]
    return step is None or kind not in sufficient or step < sufficient[kind]


def stacked(items: Items, kind: str, rows_are_items: bool = True) -> Array:
    """Return the array that `np.array` makes from a list.

    Parameters
    ----------
    items : Items
        The items of the list.
    kind : str
        The kind of numbers requested; if empty, the items decide.
    rows_are_items : bool
        False if each item becomes a column, as in `np.column_stack`.
    """
    values = items.values
    kind = kind or kind_of_numbers(values)
    numbers = [value for value in values if isinstance(value, Number)]
    if values and len(numbers) == len(values):
        return _point(numbers, kind)
    flat = [value for value in values if isinstance(value, Array)]
    if len(flat) == len(values) and _are_coordinates(flat):
        form = COORDINATES if rows_are_items else POINTS
        is_moved = any(
            array.is_moved or array.coordinate != k for k, array in enumerate(flat)
        )
        mesh = flat[0].mesh
        return Array(form, kind, mesh=mesh, is_moved=is_moved, dimension=len(flat))
    if _are_columns(values):
        return Array(COLUMN, kind, dimension=len(values))
    if rows_are_items and _are_pairs(values):
        return Array(TABLE, kind, dimension=2)
    return Array(OTHER, kind)


def _point(numbers: Sequence[Number], kind: str) -> Array:
    """Return the array of some numbers, for each point of a grid if they have one."""
    mesh = next((number.mesh for number in numbers if number.mesh), None)
    is_moved = mesh is not None and any(
        number.mesh is not mesh or number.coordinate != k
        for k, number in enumerate(numbers)
    )
    dimension = len(numbers)
    return Array(ONE_POINT, kind, mesh=mesh, is_moved=is_moved, dimension=dimension)


def item_of(value: "Value") -> "Value":
    """Return the item that a loop over a value gets in each turn."""
    if isinstance(value, Each):
        return value.item
    if isinstance(value, Range):
        return Number(is_whole=True)
    if isinstance(value, Items):
        return _common_item(value)
    if not isinstance(value, Array):
        return unknown_part(value)
    if value.form in (POINTS, TABLE):
        return replace(value, form=ONE_POINT)
    if value.form == COORDINATES:
        return replace(value, form=OTHER)
    if value.form == COORDINATE and value.kind and not value.is_square:
        coordinate = None if value.is_moved else value.coordinate
        return Number(value.kind == WHOLE, mesh=value.mesh, coordinate=coordinate)
    return unknown_part(value)


def _common_item(items: Items) -> Value:
    """Return what all items are, if they are numbers, or points, of one kind."""
    if kind_of_numbers(items.values) == "" or owners_of(items):
        return unknown_part(items)
    first, *others = map(without_numbers, items.values)
    return first if all(other == first for other in others) else UNKNOWN


def _are_coordinates(arrays: Sequence[Array]) -> bool:
    """Whether these are the coordinates of all points of a grid, one each."""
    if len(arrays) < 2 or any(array.is_square for array in arrays):
        return False
    are_of_grid = all(array.form == COORDINATE for array in arrays)
    return are_of_grid and all(array.mesh is arrays[0].mesh for array in arrays)


def _are_pairs(values: Sequence[Value]) -> bool:
    """Whether these are lists of two numbers each, of no grid."""
    return bool(values) and all(
        isinstance(value, Items)
        and len(value.values) == 2
        and all(isinstance(n, Number) and n.mesh is None for n in value.values)
        for value in values
    )


def _are_columns(values: Sequence[Value]) -> bool:
    """Whether these are at least two lists of one number each."""
    are_single = [
        isinstance(value, Items)
        and len(value.values) == 1
        and isinstance(value.values[0], Number)
        for value in values
    ]
    return len(are_single) > 1 and all(are_single)


def transposed(value: Value) -> Value:
    """Return what `.T` gives for a value."""
    if isinstance(value, Slopes | Heights | AxisSlope):
        return replace(value, is_turned=not value.is_turned)
    if isinstance(value, Array):
        turned = {
            COORDINATES: POINTS,
            POINTS: COORDINATES,
            COLUMN: OTHER,
            TABLE: OTHER,
            SHEETS: TURNED_SHEETS,
            TURNED_SHEETS: SHEETS,
            RESHAPED: OTHER,
        }
        form = turned.get(value.form, value.form)
        is_moved = value.is_moved or value.is_square
        return replace(value, form=form, is_square=False, is_moved=is_moved)
    return unknown_part(value)
