"""NumPy's functions that make grids, join arrays, and reduce or bound their numbers."""

import itertools
import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
    is_number,
    is_whole_number,
)
from gradviz_core.scripts.values import Mask, items_of

# The names of a function's parameters, and the function.
ListedFunction = tuple[str, Callable[..., Any]]


def shape_of(value: Any) -> tuple[int, ...]:
    """Return a shape that is given as one number or as several."""
    lengths = tuple(value) if isinstance(value, list | tuple) else (value,)
    if any(not is_whole_number(length) for length in lengths):
        raise NotFollowed
    return lengths


def lengths_of(value: Any) -> tuple[int, ...]:
    """Return the shape of a new array."""
    lengths = shape_of(value)
    if any(length < 0 for length in lengths):
        raise Stops
    return lengths


def evenly_spaced(start: Any, stop: Any, count: Any, endpoint: Any) -> SmallArray:
    """`np.linspace`."""
    total = 50 if count is None else count
    is_known = is_number(start) and is_number(stop) and is_whole_number(total)
    if not is_known or total > small_arrays.most_entries():
        raise NotFollowed
    if total < 0:
        raise Stops
    gaps = total if endpoint is False else total - 1
    step = (stop - start) / gaps if gaps else 0.0
    numbers = [start + k * step for k in range(total)]
    if endpoint is not False and total > 1:
        numbers[-1] = float(stop)
    return small_arrays.new_array(list(map(float, numbers)), (total,), False)


def counted(first: Any, stop: Any, step: Any) -> SmallArray:
    """`np.arange`."""
    start, end = (0, first) if stop is None else (first, stop)
    by = 1 if step is None else step
    bounds = (start, end, by)
    if not all(map(is_number, bounds)):
        raise NotFollowed
    if by == 0:
        raise Stops
    length = (end - start) / by
    if not math.isfinite(length):
        raise NotFollowed
    count = max(math.ceil(length), 0)
    if count > small_arrays.most_entries():
        raise NotFollowed
    is_whole = all(map(is_whole_number, bounds))
    numbers = [start + k * by for k in range(count)]
    if not is_whole:
        numbers = list(map(float, numbers))
    return small_arrays.new_array(numbers, (count,), is_whole)


def grid_of(first: Any, second: Any, indexing: Any) -> list[SmallArray]:
    """`np.meshgrid`, of two arrays."""
    along = [array_of(each) for each in (first, second)]
    if indexing not in (None, "xy", "ij") or any(len(a.shape) != 1 for a in along):
        raise NotFollowed
    width, height = (each.size for each in along)
    shape = (height, width)
    places = [along[0], small_arrays.reshaped(along[1], (height, 1))]
    if indexing == "ij":
        shape = (width, height)
        places = [small_arrays.reshaped(along[0], (width, 1)), along[1]]
    return [small_arrays.stretched(each, shape).copied() for each in places]


def stacked_along(values: Any, axis: Any) -> SmallArray:
    """`np.stack`, along a new first or last axis."""
    parts = [array_of(each) for each in items_of(values)]
    if not parts:
        raise Stops
    stacked = small_arrays.stacked(parts)
    if axis in (None, 0):
        return stacked
    if axis not in (-1, len(parts[0].shape)):
        raise NotFollowed
    shape = (*stacked.shape[1:], stacked.shape[0])
    strides = (*stacked.strides[1:], stacked.strides[0])
    return stacked.with_axes(shape, strides).copied()


def below_each_other(values: Any) -> SmallArray:
    """`np.vstack`: each flat array is a row."""
    return joined([_as_row(array_of(each)) for each in items_of(values)])


def _as_row(array: SmallArray) -> SmallArray:
    """Return a flat array as a table of one row, and any other as it is."""
    if len(array.shape) < 2:
        return small_arrays.reshaped(array, (1, array.size))
    return array


def as_columns(values: Any) -> SmallArray:
    """`np.column_stack`: each flat array is a column."""
    parts = [array_of(each) for each in items_of(values)]
    turned = [part.transposed() for part in parts]
    return below_each_other(turned).transposed().copied()


def in_depth(values: Any) -> SmallArray:
    """`np.dstack`: along a new last axis; flat arrays are rows, as in `np.vstack`."""
    tables = [_as_row(array_of(each)) for each in items_of(values)]
    if any(len(table.shape) != 2 for table in tables):
        raise NotFollowed
    return stacked_along(tables, 2)


def joined(values: Any, axis: Any = None) -> SmallArray:
    """`np.concatenate`, along the first axis, or along the second of tables."""
    parts = [array_of(each) for each in items_of(values)]
    if axis in (1, -1) and all(len(part.shape) == 2 for part in parts):
        turned = [part.transposed() for part in parts]
        return joined(turned).transposed().copied()
    if axis not in (None, 0) or not parts:
        raise NotFollowed
    inner = parts[0].shape[1:]
    if not parts[0].shape or any(part.shape[1:] != inner for part in parts):
        raise Stops
    length = sum(part.shape[0] for part in parts)
    is_whole = all(part.is_whole for part in parts)
    entries = itertools.chain.from_iterable(part.entries() for part in parts)
    numbers = small_arrays.all_as_kind([*entries], is_whole)
    return small_arrays.new_array(numbers, (length, *inner), is_whole)


def chosen_by(mask: Any, one: Any, other: Any) -> Any:
    """`np.where`, with a comparison."""
    if isinstance(mask, bool):
        return entry_by_entry(lambda a, b: a if mask else b, one, other)
    if not isinstance(mask, Mask):
        raise NotFollowed
    return entry_by_entry(lambda m, a, b: a if m else b, mask.array, one, other)


def bounded(value: Any, low: Any, high: Any) -> Any:
    """`np.clip`."""
    if not is_number(low) or not is_number(high):
        raise NotFollowed
    return entry_by_entry(lambda each: min(max(each, low), high), value)


def filled_with(shape: Any, number: Any) -> SmallArray:
    """`np.full`."""
    if not is_number(number):
        raise NotFollowed
    return small_arrays.filled(lengths_of(shape), number, is_whole_number(number))


def _lines_along(array: SmallArray, place: int) -> list[list[Any]]:
    """Return the entries of each line along the axis at a place."""
    length = array.shape[place]
    if not length:
        raise NotFollowed
    order = [k for k in range(len(array.shape)) if k != place]
    order.append(place)
    shape = tuple(array.shape[k] for k in order)
    strides = tuple(array.strides[k] for k in order)
    entries = array.with_axes(shape, strides).entries()
    return [entries[k : k + length] for k in range(0, len(entries), length)]


def reduced(
    value: Any, axis: Any, keepdims: Any, of_numbers: Callable[[Sequence[Any]], Any]
) -> Any:
    """Return one number for all entries of an array, or for each line along an axis."""
    array = array_of(value)
    axes = max(len(array.shape), 1)
    if not isinstance(keepdims, bool | None):
        raise NotFollowed
    if axis is None:
        if keepdims:
            raise NotFollowed
        return of_numbers(array.entries())
    if not is_whole_number(axis):
        raise NotFollowed
    if not -axes <= axis < axes:
        raise Stops
    if not array.shape:
        return of_numbers(array.entries())
    place = axis % axes
    results = [of_numbers(line) for line in _lines_along(array, place)]
    before, after = array.shape[:place], array.shape[place + 1 :]
    outer = (*before, 1, *after) if keepdims else (*before, *after)
    is_whole = all(map(is_whole_number, results))
    return small_arrays.number_or_array(
        small_arrays.new_array(results, outer, is_whole)
    )


def reduction(of_numbers: Callable[[Sequence[Any]], Any]) -> ListedFunction:
    """Return a function such as `np.max`, and the names of its parameters."""
    return (
        "value axis keepdims",
        lambda value, axis, keepdims: reduced(value, axis, keepdims, of_numbers),
    )


def length_of_vector(numbers: Sequence[Any]) -> float:
    """Return the length of a vector."""
    return math.sqrt(sum(float(each) ** 2 for each in numbers))


def length_along(value: Any, order: Any, axis: Any, keepdims: Any) -> Any:
    """`np.linalg.norm`, of a vector, or of each vector along an axis."""
    if order not in (None, 2):
        raise NotFollowed
    if order == 2 and axis is None and len(array_of(value).shape) > 1:
        raise NotFollowed  # the largest singular value
    return reduced(value, axis, keepdims, length_of_vector)


def mean_of(numbers: Sequence[Any]) -> float:
    """Return the mean of some numbers."""
    if not numbers:
        raise NotFollowed
    mean: float = sum(numbers) / len(numbers)
    return mean


def larger(one: Any, other: Any) -> Any:
    """Return the larger of two numbers, which is nan if one of them is, as in NumPy."""
    return other if other > one or other != other else one


def smaller(one: Any, other: Any) -> Any:
    """Return the smaller of two numbers, which is nan if one of them is."""
    return other if other < one or other != other else one


def extreme(choose: Callable[..., Any]) -> ListedFunction:
    """Return `np.max` or `np.min`, which are not followed without numbers."""

    def of_numbers(numbers: Sequence[Any]) -> Any:
        if not numbers:
            raise NotFollowed
        return reduce(choose, numbers)

    return reduction(of_numbers)


def product_of(left: Any, right: Any) -> Any:
    """`np.dot`, `@`: of arrays with one axis or two."""
    one, other = array_of(left), array_of(right)
    axes = (len(one.shape), len(other.shape))
    if not {*axes} <= {1, 2}:
        raise NotFollowed
    if one.shape[-1] != other.shape[0]:
        raise Stops
    rows = [one] if axes[0] == 1 else items_of(one)
    columns = [other] if axes[1] == 1 else items_of(other.transposed())
    numbers = [
        sum(a * b for a, b in zip(row.entries(), column.entries(), strict=True))
        for row in rows
        for column in columns
    ]
    shape = (*one.shape[:-1], *other.shape[1:])
    is_whole = all(map(is_whole_number, numbers))
    return small_arrays.number_or_array(
        small_arrays.new_array(numbers, shape, is_whole)
    )


def sum_of_items(values: Any) -> Any:
    """`sum`, of the items of a list or of an array."""
    items = items_of(values)
    if not items:
        return 0
    return reduce(lambda a, b: entry_by_entry(lambda m, n: m + n, a, b), items)


def of_two_numbers(function: Callable[[Any, Any], Any]) -> ListedFunction:
    """Return an elementwise function of two arrays, such as `np.hypot`."""
    return "one other", lambda one, other: entry_by_entry(function, one, other)


LARGEST = extreme(larger)
SMALLEST = extreme(smaller)
MEAN = reduction(mean_of)
TOTAL = reduction(sum)

ARRAY_FUNCTIONS: dict[str, ListedFunction] = {
    "numpy.linspace": ("start stop num endpoint", evenly_spaced),
    "numpy.arange": ("start stop step", counted),
    "numpy.meshgrid": ("first second indexing", grid_of),
    "numpy.stack": ("arrays axis", stacked_along),
    "numpy.vstack": ("values", below_each_other),
    "numpy.column_stack": ("values", as_columns),
    "numpy.dstack": ("values", in_depth),
    "numpy.concatenate": ("values axis", joined),
    "numpy.where": ("mask one other", chosen_by),
    "numpy.clip": ("value low high", bounded),
    "numpy.full": ("shape number", filled_with),
    "numpy.linalg.norm": ("x ord axis keepdims", length_along),
    "numpy.max": LARGEST,
    "numpy.min": SMALLEST,
    "numpy.mean": MEAN,
    "numpy.dot": ("left right", product_of),
    "numpy.hypot": of_two_numbers(math.hypot),
    "numpy.maximum": of_two_numbers(larger),
    "numpy.minimum": of_two_numbers(smaller),
    "numpy.square": ("value", lambda value: entry_by_entry(lambda n: n * n, value)),
    "numpy.negative": ("value", lambda value: entry_by_entry(lambda n: -n, value)),
    "sum": ("values", sum_of_items),
}
