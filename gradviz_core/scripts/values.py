"""Values: what a function of a script computes with, and the items of these values.

Numbers, texts, truth values, None, lists and tuples are Python's own. Arrays are small
arrays. This module defines everything else that a name can stand for.
"""

import ast
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_number,
    is_whole_number,
)

FunctionNode = ast.FunctionDef | ast.Lambda

REACH = 0.3  # no routine moves a coordinate further


class Opaque:
    """A value of which nothing is known: code that uses it is not followed."""


OPAQUE = Opaque()


@dataclass(frozen=True)
class Library:
    """An object of NumPy or of Python itself, by its full name."""

    name: str


@dataclass(frozen=True)
class Method:
    """A method of a value."""

    owner: Any
    name: str


@dataclass(frozen=True, eq=False)
class Closure:
    """A function of the script, with the scope around it."""

    node: FunctionNode
    around: "Scope | None"
    defaults: Mapping[str, Any]


class Scope:
    """What the names in a function stand for."""

    def __init__(self, around: "Scope | None" = None) -> None:
        self.around = around
        self.own: dict[str, Any] = {}
        self.flags: set[str] = set()  # parameters that choose between ways of working


@dataclass(frozen=True)
class Mask:
    """A comparison of an array, entry by entry: 1 where it holds, else 0."""

    array: SmallArray


class FloatLimits:
    """The result of `np.finfo(float)`."""

    eps = 2.0**-52


class IndexIterator:
    """The result of `np.nditer`: the indices of an array, one by one."""

    def __init__(self, array: SmallArray) -> None:
        self.indices = indices_of(array.shape)
        self.turn = 0

    @property
    def is_finished(self) -> bool:
        """Whether no index is left."""
        return self.turn >= len(self.indices)

    def next(self) -> bool:
        """Advance to the next index, and return whether there is one."""
        self.turn += 1
        return not self.is_finished


class KnownFunction:
    """The f of a trial: it records its arguments.

    Attributes
    ----------
    value_at : callable
        The value for a point.
    around : list of float
        The numbers of the array of the trial. A routine asks for f near these; what
        often asks about others is not followed.
    asked : list of list of float
        The numbers of each call.
    most_arguments : int
        The number of arguments in a call, at most.
    """

    def __init__(self, value_at: Callable[[list[float]], float]) -> None:
        self.value_at = value_at
        self.around: list[float] = []
        self.asked: list[list[float]] = []
        self.most_arguments = 0
        self._strays = 0

    def answer(self, arguments: Sequence[Any]) -> float:
        """Return the value for all the numbers that it receives, in order."""
        numbers = [float(n) for each in arguments for n in array_of(each).entries()]
        self.asked.append(numbers)
        self.most_arguments = max(self.most_arguments, len(arguments))
        if not all(map(self._is_expected, numbers)):
            self._strays += 1
            if self._strays > vocabulary("interpreter")["most_strays"]:
                raise NotFollowed
        return self.value_at(numbers)

    def _is_expected(self, number: float) -> bool:
        return any(abs(number - entry) <= REACH for entry in self.around)


def type_named(name: Any) -> str:
    """Return `float` or `int` for any of their names, else the name itself."""
    types = vocabulary("types")
    if name in types["float"] or name in types["float_texts"]:
        return "float"
    return "int" if name in types["whole_64"] else name


# Items


def items_of(value: Any) -> list[Any]:
    """Return the items that a loop over a value gets."""
    if isinstance(value, list | tuple | dict):
        return list(value)
    if isinstance(value, SmallArray):
        if not value.shape:
            raise Stops
        return [value.part(k) for k in range(value.shape[0])]
    if is_number(value):
        raise Stops
    raise NotFollowed


def item_at(owner: Any, index: Any) -> Any:
    """Return the item at an index of a list, a tuple, a dictionary or an array."""
    if isinstance(owner, SmallArray):
        return (
            part_where(owner, index) if isinstance(index, Mask) else owner.part(index)
        )
    if isinstance(owner, dict):
        if checked_key(index) not in owner:
            raise Stops
        return owner[index]
    if is_number(owner):
        parts = index if isinstance(index, tuple) else (index,)
        if all(part is None or part is Ellipsis for part in parts):
            raise NotFollowed  # a number of NumPy becomes an array
        raise Stops
    if not isinstance(owner, list | tuple):
        raise NotFollowed
    if isinstance(index, slice):
        return owner[small_arrays.checked_slice(index, len(owner))]
    if isinstance(index, tuple):
        raise Stops
    if not is_whole_number(index):
        raise NotFollowed
    return owner[small_arrays.place_of(index, len(owner))]


def put_item(owner: Any, index: Any, value: Any) -> None:
    """Set an item of a list, a dictionary or an array."""
    if isinstance(index, Mask):
        put_where(owner, index, value)
    elif isinstance(owner, SmallArray):
        owner.put(index, value)
    elif isinstance(owner, list) and is_whole_number(index):
        owner[small_arrays.place_of(index, len(owner))] = value
    elif isinstance(owner, dict):
        owner[checked_key(index)] = value
    elif is_number(owner):
        raise Stops
    else:
        raise NotFollowed


def checked_key(key: Any) -> Any:
    """Return a key of a dictionary; other keys may be equal and look different."""
    if not isinstance(key, str) and not is_whole_number(key):
        raise NotFollowed
    return key


def part_where(owner: SmallArray, mask: Mask) -> SmallArray:
    """Return the numbers where a comparison holds, in one row."""
    if owner.shape != mask.array.shape:
        raise NotFollowed
    pairs = zip(owner.entries(), mask.array.entries(), strict=True)
    numbers = [entry for entry, holds in pairs if holds]
    return small_arrays.new_array(numbers, (len(numbers),), owner.is_whole)


def put_where(owner: Any, mask: Mask, value: Any) -> None:
    """Write a number wherever a comparison holds."""
    if not isinstance(owner, SmallArray) or owner.shape != mask.array.shape:
        raise NotFollowed
    if not is_number(value):
        raise NotFollowed
    pairs = zip(owner.places(), mask.array.entries(), strict=True)
    for place, holds in pairs:
        if holds:
            owner.numbers[place] = small_arrays.as_kind(value, owner.is_whole)


def indices_of(shape: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the indices of an array with this shape, the last axis fastest."""
    small_arrays.filled(shape, 0, is_whole=True)  # refuses a large shape
    return list(itertools.product(*map(range, shape)))
