"""Small arrays: as much of NumPy's arrays as a gradient routine needs, without NumPy.

An array is a window on a list of numbers that several arrays may share: writing into
`X[0]` or `X.T` changes `X`. Its numbers are integers or floats, and an array of
integers truncates what is written into it, as NumPy's does.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary


@cache
def most_entries() -> int:
    """Return how many numbers an array may have."""
    limit: int = vocabulary("interpreter")["most_entries"]
    return limit


class NotFollowed(Exception):
    """Something is not known well enough to carry it out."""


class Stops(Exception):
    """Python or NumPy would raise an error here."""


@dataclass(slots=True)
class SmallArray:
    """A window on a list of numbers.

    Attributes
    ----------
    numbers : list of int or float
        The numbers that the array shows, perhaps shared with other arrays.
    shape, strides : tuple of int
        The lengths of its axes, and the distances of neighbours in the list.
    start : int
        The position of its first number in the list.
    is_whole : bool
        Whether its numbers are whole ones.
    """

    numbers: list[Any]
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    start: int
    is_whole: bool

    @property
    def size(self) -> int:
        """The number of entries."""
        return math.prod(self.shape)

    def places(self) -> list[int]:
        """Return the positions of its numbers in the list, the last axis fastest."""
        if self.size > most_entries():
            raise NotFollowed
        places = [self.start]
        for length, stride in zip(self.shape, self.strides, strict=True):
            steps = range(0, length * stride, stride) if stride else [0] * length
            places = [place + step for place in places for step in steps]
        return places

    def entries(self) -> list[Any]:
        """Return its numbers, the last axis fastest."""
        return [self.numbers[place] for place in self.places()]

    def window(self, index: Any) -> "SmallArray":
        """Return the window at an index, which may have no axes at all."""
        items: Sequence[Any] = index if isinstance(index, tuple) else (index,)
        shape: list[int] = []
        strides: list[int] = []
        start = self.start
        axis = 0
        if Ellipsis in items:
            items = _without_ellipsis(items, len(self.shape))
        for item in items:
            if item is None:
                shape.append(1)
                strides.append(0)
                continue
            if axis == len(self.shape):
                raise Stops
            length = self.shape[axis]
            stride = self.strides[axis]
            axis += 1
            if isinstance(item, slice):
                steps = range(*checked_slice(item, length).indices(length))
                shape.append(len(steps))
                strides.append(stride * steps.step)
                start += stride * steps.start if steps else 0
            elif is_whole_number(item):
                start += stride * place_of(item, length)
            else:
                raise NotFollowed
        shape.extend(self.shape[axis:])
        strides.extend(self.strides[axis:])
        return SmallArray(
            self.numbers, tuple(shape), tuple(strides), start, self.is_whole
        )

    def part(self, index: Any) -> Any:
        """Return the number or the array at an index."""
        return number_or_array(self.window(index))

    def put(self, index: Any, value: Any) -> None:
        """Write a value at an index."""
        window = self.window(index)
        if is_number(value) and not window.shape:
            self.numbers[window.start] = as_kind(value, self.is_whole)
            return
        written = array_of(value)
        if written.size == 1:
            written = reshaped(written, ())
        entries = stretched(written, window.shape).entries()
        for place, entry in zip(window.places(), entries, strict=True):
            self.numbers[place] = as_kind(entry, self.is_whole)

    def transposed(self) -> "SmallArray":
        """Return the array with its axes in reverse order."""
        return self.with_axes(self.shape[::-1], self.strides[::-1])

    def with_axes(
        self, shape: tuple[int, ...], strides: tuple[int, ...]
    ) -> "SmallArray":
        """Return another window on the same numbers, from the same first one."""
        return SmallArray(self.numbers, shape, strides, self.start, self.is_whole)

    def copied(self, is_whole: bool | None = None) -> "SmallArray":
        """Return a new array with the same numbers, converted if a kind is given."""
        kind = self.is_whole if is_whole is None else is_whole
        return new_array(all_as_kind(self.entries(), kind), self.shape, kind)


def is_whole_number(value: Any) -> bool:
    """Whether this is a whole number and not a truth value."""
    return type(value) is int


def is_number(value: Any) -> bool:
    """Whether this is a number and not a truth value."""
    return type(value) is float or type(value) is int


def place_of(index: int, length: int) -> int:
    """Return the position that an index stands for; it may count from the end."""
    if not -length <= index < length:
        raise Stops
    return index % length


def checked_slice(index: slice, length: int) -> slice:
    """Return a slice, unless it ends beyond the end.

    It would take more of a longer array than of this one.
    """
    bounds = [bound for bound in (index.start, index.stop) if bound is not None]
    if any(abs(bound) > length for bound in bounds):
        raise NotFollowed
    return index


def as_kind(number: Any, is_whole: bool) -> Any:
    """Return a number as an array of this kind stores it."""
    if not is_whole:
        return float(number)
    if isinstance(number, float) and not math.isfinite(number):
        raise Stops
    return int(number)


def all_as_kind(numbers: list[Any], is_whole: bool) -> list[Any]:
    """Return numbers as an array of this kind stores them."""
    if not is_whole:
        return list(map(float, numbers))
    return [as_kind(number, is_whole) for number in numbers]


def new_array(numbers: list[Any], shape: Sequence[int], is_whole: bool) -> SmallArray:
    """Return an array with its own list of numbers."""
    strides: list[int] = []
    step = 1
    for length in reversed(shape):
        strides.insert(0, step)
        step *= length
    return SmallArray(numbers, tuple(shape), tuple(strides), 0, is_whole)


def filled(shape: Sequence[int], number: float, is_whole: bool) -> SmallArray:
    """Return an array of a given shape, with the same number everywhere."""
    size = math.prod(shape)
    if size > most_entries():
        raise NotFollowed
    return new_array([as_kind(number, is_whole)] * size, shape, is_whole)


def number_or_array(array: SmallArray) -> Any:
    """Return the number of an array without axes, else the array."""
    return array if array.shape else array.numbers[array.start]


def array_of(value: Any, is_whole: bool | None = None) -> SmallArray:
    """Return what `np.array` makes from a number, an array, or lists of these."""
    if isinstance(value, SmallArray):
        return value.copied(is_whole)
    if is_number(value):
        kind = is_whole_number(value) if is_whole is None else is_whole
        return new_array([as_kind(value, kind)], (), kind)
    if not isinstance(value, list | tuple):
        raise NotFollowed
    return stacked([array_of(item) for item in value], is_whole)


def array_for(value: Any) -> SmallArray:
    """Return an array itself, or one of another value, if it is only read."""
    return value if isinstance(value, SmallArray) else array_of(value)


def stacked(parts: Sequence[SmallArray], is_whole: bool | None = None) -> SmallArray:
    """Return arrays of one shape, stacked along a new first axis."""
    if not parts:
        return new_array([], (0,), False)
    shape = parts[0].shape
    if any(part.shape != shape for part in parts):
        raise Stops
    kind = is_whole
    if kind is None:
        kind = all(part.is_whole for part in parts)
    entries = [entry for part in parts for entry in part.entries()]
    return new_array(all_as_kind(entries, kind), (len(parts), *shape), kind)


def reshaped(array: SmallArray, shape: Sequence[int]) -> SmallArray:
    """Return an array with another shape: a window on its numbers if possible.

    As in NumPy it always is of an array with one axis, also of one that is a column.
    """
    lengths = list(shape)
    if lengths.count(-1) == 1:
        others = math.prod(length for length in lengths if length != -1)
        if others:
            lengths[lengths.index(-1)] = array.size // others
    if math.prod(lengths) != array.size or any(length < 0 for length in lengths):
        raise Stops
    if len(array.shape) == 1:
        [stride] = array.strides
        in_order = new_array(array.numbers, lengths, array.is_whole)
        strides = tuple(stride * each for each in in_order.strides)
        return array.with_axes(in_order.shape, strides)
    places = array.places()
    is_in_order = places == list(range(array.start, array.start + array.size))
    own = array if is_in_order else array.copied()
    in_order = new_array(own.numbers, lengths, own.is_whole)
    return own.with_axes(in_order.shape, in_order.strides)


def stretched(array: SmallArray, shape: tuple[int, ...]) -> SmallArray:
    """Return an array whose axes of length 1 are repeated to fill a shape."""
    missing = len(shape) - len(array.shape)
    if missing < 0:
        raise Stops
    lengths = (1,) * missing + array.shape
    strides = [0] * missing + list(array.strides)
    for axis, (length, wanted) in enumerate(zip(lengths, shape, strict=True)):
        if length == wanted:
            continue
        if length != 1:
            raise Stops
        strides[axis] = 0
    return array.with_axes(shape, tuple(strides))


def common_shape(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """Return the shape to which NumPy broadcasts arrays of these shapes."""
    length = max(len(shape) for shape in shapes)
    padded = [(1,) * (length - len(shape)) + shape for shape in shapes]
    common = []
    for lengths in zip(*padded, strict=True):
        longer = {each for each in lengths if each != 1}
        if len(longer) > 1:
            raise Stops
        common.append(longer.pop() if longer else 1)
    return tuple(common)


def entry_by_entry(function: Callable[..., Any], *operands: Any) -> Any:
    """Apply a function of numbers to arrays entry by entry, or to numbers."""
    if all(is_number(operand) for operand in operands):
        return function(*operands)
    tables = [
        operand
        for operand in operands
        if isinstance(operand, SmallArray) and operand.shape
    ]
    if tables and all(map(has_columns_first, tables)):
        turned = [
            operand.transposed() if isinstance(operand, SmallArray) else operand
            for operand in operands
        ]
        result: SmallArray = entry_by_entry(function, *turned)
        return result.transposed()
    arrays = [array_for(operand) for operand in operands]
    shape = common_shape([array.shape for array in arrays])
    columns = [stretched(array, shape).entries() for array in arrays]
    entries = [function(*numbers) for numbers in zip(*columns, strict=True)]
    is_whole = all(is_whole_number(entry) for entry in entries)
    return number_or_array(new_array(entries, shape, is_whole))


def has_columns_first(array: SmallArray) -> bool:
    """Whether an array is stored column by column, like `X.T`.

    NumPy gives a new array that is made of it the same order.
    """
    if len(array.shape) != 2 or min(array.shape) < 2:
        return False
    return abs(array.strides[0]) < abs(array.strides[1])


def _without_ellipsis(items: Sequence[Any], axes: int) -> list[Any]:
    """Return the items of an index, with `...` replaced by slices."""
    index = list(items)
    place, *more = [k for k, item in enumerate(index) if item is Ellipsis]
    if more:
        raise Stops
    named = sum(item is not None for item in index) - 1
    index[place : place + 1] = [slice(None)] * (axes - named)
    return index
