"""NumPy's functions, methods and attributes, and those of Python itself.

Each table lists the parameters of a function in order, as far as they are read; `*`
alone stands for any number of them, `**` also for those with any names. A function
that is not listed is not followed.
"""

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.array_functions import (
    ARRAY_FUNCTIONS,
    LARGEST,
    MEAN,
    SMALLEST,
    TOTAL,
    ListedFunction,
    lengths_of,
    product_of,
    shape_of,
)
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
    is_number,
    is_whole_number,
)
from gradviz_core.scripts.values import (
    FloatLimits,
    IndexIterator,
    Library,
    Opaque,
    checked_key,
    indices_of,
    item_at,
    items_of,
    type_named,
)


def call_listed(
    table: Mapping[str, ListedFunction],
    name: str,
    arguments: Sequence[Any],
    keywords: Mapping[str, Any],
) -> Any:
    """Return the result of a function from a table."""
    if name not in table:
        raise NotFollowed
    listed, function = table[name]
    parameters = listed.split()
    if parameters == ["**"]:
        return function(arguments, keywords)
    if parameters == ["*"]:
        if keywords:
            raise NotFollowed
        return function(*arguments)
    if len(arguments) > len(parameters) or not keywords.keys() <= {*parameters}:
        raise NotFollowed
    given = dict(zip(parameters, arguments, strict=False)) | dict(keywords)
    if parameters[0] not in given:
        raise NotFollowed
    return function(*(given.get(parameter) for parameter in parameters))


def is_whole_type(dtype: Any) -> bool | None:
    """Whether a type is one of whole numbers, None if no type is given."""
    if dtype is None:
        return None
    kind = type_named(dtype.name if isinstance(dtype, Library) else dtype)
    if kind not in ("float", "int"):
        raise NotFollowed
    return kind == "int"


def full_array(number: float) -> Callable[..., SmallArray]:
    """Return a function that makes an array filled with one number: `np.zeros`."""

    def make(shape: Any, dtype: Any) -> SmallArray:
        return small_arrays.filled(
            lengths_of(shape), number, is_whole_type(dtype) or False
        )

    return make


def full_array_like(number: float) -> Callable[..., SmallArray]:
    """Return a function that makes one with another array's shape: `np.zeros_like`."""

    def make(value: Any, dtype: Any) -> SmallArray:
        if isinstance(value, SmallArray) and small_arrays.has_columns_first(value):
            return make(value.transposed(), dtype).transposed()
        like = array_of(value)
        kind = is_whole_type(dtype)
        return small_arrays.filled(
            like.shape, number, like.is_whole if kind is None else kind
        )

    return make


def filled_like(value: Any, number: Any, dtype: Any) -> SmallArray:
    """`np.full_like`."""
    if not is_number(number):
        raise NotFollowed
    return full_array_like(number)(value, dtype)


def converted(value: Any, dtype: Any, copy: Any = True) -> Any:
    """`np.array`: a copy, converted if a type is given."""
    if copy is False:
        raise NotFollowed
    if isinstance(value, SmallArray) and small_arrays.has_columns_first(value):
        return as_type(value, dtype)
    return small_arrays.number_or_array(array_of(value, is_whole_type(dtype)))


def as_array(value: Any, dtype: Any) -> Any:
    """`np.asarray`: the array itself if it has that type."""
    kind = is_whole_type(dtype)
    if isinstance(value, SmallArray) and kind in (None, value.is_whole):
        return value
    return small_arrays.number_or_array(array_of(value, kind))


def as_type(array: SmallArray, dtype: Any) -> SmallArray:
    """`x.astype`: a copy with another type."""
    if small_arrays.has_columns_first(array):
        return array.transposed().copied(is_whole_type(dtype)).transposed()
    return array.copied(is_whole_type(dtype))


def copied(value: Any) -> Any:
    """Return a copy of an array, a list or a number."""
    if isinstance(value, SmallArray):
        return value.copied()
    if is_number(value):
        return value
    if not isinstance(value, list):
        raise NotFollowed
    return list(value)


def deeply_copied(value: Any) -> Any:
    """`copy.deepcopy`."""
    if isinstance(value, list):
        return [deeply_copied(item) for item in value]
    return copied(value)


def copied_array(value: Any) -> Any:
    """`np.copy`: an array, even from a list."""
    return converted(value, None)


def as_float(value: Any) -> float:
    """`float`, of a number or of an array with one entry."""
    return float(only_number(value))


def as_whole(value: Any) -> Any:
    """`int`, of a number or of an array with one entry."""
    return small_arrays.as_kind(only_number(value), is_whole=True)


def only_number(value: Any) -> Any:
    """Return the number in an array with one entry, as NumPy did before version 2.4."""
    if isinstance(value, SmallArray):
        if value.size != 1:
            raise Stops
        return value.entries()[0]
    if not is_number(value):
        raise NotFollowed
    return value


def length_of(value: Any) -> int:
    """`len`."""
    return len(items_of(value))


def whole_numbers(*bounds: Any) -> list[int]:
    """`range`."""
    if not 1 <= len(bounds) <= 3 or not all(map(is_whole_number, bounds)):
        raise NotFollowed
    if len(bounds) == 3 and bounds[2] == 0:
        raise Stops
    numbers = range(*bounds)
    if len(numbers) > small_arrays.most_entries():
        raise NotFollowed
    return list(numbers)


def numbered(value: Any, start: Any) -> list[Any]:
    """`enumerate`."""
    first = 0 if start is None else start
    if not is_whole_number(first):
        raise NotFollowed
    return [(first + k, item) for k, item in enumerate(items_of(value))]


def side_by_side(*values: Any) -> list[Any]:
    """`zip`."""
    return list(zip(*map(items_of, values), strict=False))


def magnitude(value: Any) -> Any:
    """`abs`."""
    return entry_by_entry(abs, value)


def one_of_numbers(choose: Callable[..., Any]) -> Callable[..., Any]:
    """Return `max` or `min`, for numbers or for the items of a list."""

    def chosen(*values: Any) -> Any:
        numbers = items_of(values[0]) if len(values) == 1 else values
        if not numbers or not all(map(is_number, numbers)):
            raise NotFollowed
        return choose(numbers)

    return chosen


def root(value: Any) -> Any:
    """`np.sqrt`, of numbers that are not negative."""
    return entry_by_entry(root_of_number, value)


def root_of_number(number: float) -> float:
    """Return the square root of a number that is not negative."""
    if number < 0:
        raise NotFollowed
    return math.sqrt(number)


def of_real_numbers(function: Callable[[float], float]) -> Callable[[Any], Any]:
    """Return an elementwise function, such as `np.exp`, for entries in its domain."""

    def of_number(number: float) -> float:
        try:
            return function(number)
        except (OverflowError, ValueError):
            raise NotFollowed from None

    return lambda value: entry_by_entry(of_number, value)


def function_of_number(function: Callable[[float], float], value: Any) -> float:
    """Return the value of a function of `math`."""
    result: float = of_real_numbers(function)(float(only_number(value)))
    return result


def unit_vectors(size: Any) -> SmallArray:
    """`np.eye`."""
    array = small_arrays.filled(lengths_of((size, size)), 0, is_whole=False)
    for k in range(size):
        array.put((k, k), 1)
    return array


def transposed(value: Any, axes: Any = None) -> SmallArray:
    """Return the array with its axes in reverse order."""
    if axes is not None:
        raise NotFollowed
    return checked_array(value).transposed()


def checked_array(value: Any) -> SmallArray:
    """Return a value if it is an array; anything else is not followed."""
    if not isinstance(value, SmallArray):
        raise NotFollowed
    return value


def in_one_row(value: Any) -> SmallArray:
    """`ravel`: a window if its numbers are neighbours."""
    array = checked_array(value)
    if len(array.shape) == 1 and array.strides != (1,):
        return array.copied()
    return small_arrays.reshaped(array, (-1,))


def flat_window(array: SmallArray) -> SmallArray:
    """`x.flat`: what is written into it is written into the array."""
    window = small_arrays.reshaped(array, (-1,))
    if window.numbers is not array.numbers:
        raise NotFollowed
    return window


def flattened(value: Any) -> SmallArray:
    """`flatten`: a copy."""
    return small_arrays.reshaped(checked_array(value).copied(), (-1,))


def with_shape(value: Any, *lengths: Any) -> SmallArray:
    """`reshape`."""
    shape = shape_of(lengths[0]) if len(lengths) == 1 else shape_of(lengths)
    return small_arrays.reshaped(checked_array(value), shape)


def in_order(value: Any) -> list[Any]:
    """`sorted`, of texts."""
    items = items_of(value)
    if not all(isinstance(item, str) for item in items):
        raise NotFollowed
    return sorted(items)


def dictionary_of(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """`dict`, of named values."""
    if arguments:
        raise NotFollowed
    return dict(keywords)


def every_combination(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Any:
    """`itertools.product`."""
    times = keywords.get("repeat", 1)
    if not keywords.keys() <= {"repeat"} or not is_whole_number(times):
        raise NotFollowed
    along = [items_of(each) for each in arguments] * times
    if math.prod(map(len, along)) > small_arrays.most_entries():
        raise NotFollowed
    return list(itertools.product(*along))


def value_or_other(dictionary: Any, key: Any, other: Any) -> Any:
    """`get`."""
    return dictionary.get(checked_key(key), other)


def at_least_one_axis(value: Any) -> SmallArray:
    """`np.atleast_1d`."""
    array = small_arrays.array_for(value)
    return array if array.shape else small_arrays.reshaped(array, (1,))


def at_least_two_axes(value: Any) -> SmallArray:
    """`np.atleast_2d`."""
    array = small_arrays.array_for(value)
    if len(array.shape) > 1:
        return array
    return small_arrays.reshaped(array, (1, array.size))


def float_limits(dtype: Any) -> FloatLimits:
    """`np.finfo`, of the floats that Python itself has."""
    if is_whole_type(dtype) is not False:
        raise NotFollowed
    return FloatLimits()


def index_iterator(value: Any, flags: Any, op_flags: Any) -> IndexIterator:
    """`np.nditer`, with the indices of its array."""
    if not isinstance(flags, list) or "multi_index" not in flags:
        raise NotFollowed
    return IndexIterator(checked_array(value))


def all_indices(*shape: Any) -> list[Any]:
    """`np.ndindex`."""
    lengths = shape[0] if len(shape) == 1 else shape
    return list(indices_of(lengths_of(lengths)))


def is_instance(value: Any, kinds: Any) -> bool:
    """`isinstance`, for arrays, lists, tuples and numbers."""
    if isinstance(value, Opaque):
        raise NotFollowed
    names = kinds if isinstance(kinds, tuple) else (kinds,)
    is_one = False
    for name in names:
        if not isinstance(name, Library) or name.name not in INSTANCES:
            raise NotFollowed
        is_one = is_one or INSTANCES[name.name](value)
    return is_one


def number_of_axes(value: Any) -> int:
    """`np.ndim`."""
    return len(array_of(value).shape)


def type_of(array: SmallArray) -> Library:
    """`x.dtype`."""
    return Library("int" if array.is_whole else "float")


def appended(items: list[Any], item: Any) -> None:
    """`append`."""
    items.append(item)


def as_list(value: Any) -> list[Any]:
    """`list`."""
    return items_of(value)


def as_tuple(value: Any) -> tuple[Any, ...]:
    """`tuple`."""
    return tuple(items_of(value))


INSTANCES: dict[str, Callable[[Any], bool]] = {
    "numpy.ndarray": lambda value: isinstance(value, SmallArray),
    "list": lambda value: isinstance(value, list),
    "tuple": lambda value: isinstance(value, tuple),
    "int": is_whole_number,
    "float": lambda value: isinstance(value, float),
}

OF_REAL_NUMBERS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "log10": math.log10,
    "log1p": math.log1p,
}

FUNCTIONS: dict[str, ListedFunction] = {
    **ARRAY_FUNCTIONS,
    **{
        f"numpy.{name}": ("value", of_real_numbers(function))
        for name, function in OF_REAL_NUMBERS.items()
    },
    "float": ("value", as_float),
    "int": ("value", as_whole),
    "abs": ("value", magnitude),
    "len": ("value", length_of),
    "list": ("value", as_list),
    "tuple": ("value", as_tuple),
    "range": ("*", whole_numbers),
    "enumerate": ("value start", numbered),
    "zip": ("*", side_by_side),
    "isinstance": ("value kinds", is_instance),
    "sorted": ("value", in_order),
    "dict": ("**", dictionary_of),
    "itertools.product": ("**", every_combination),
    "max": ("*", one_of_numbers(max)),
    "min": ("*", one_of_numbers(min)),
    "math.sqrt": ("value", lambda value: root_of_number(only_number(value))),
    "numpy.sqrt": ("value", root),
    **{
        f"math.{name}": (
            "value",
            lambda value, function=function: function_of_number(function, value),
        )
        for name, function in OF_REAL_NUMBERS.items()
    },
    "numpy.ravel": ("value", in_one_row),
    "numpy.reshape": ("*", with_shape),
    "copy.deepcopy": ("value", deeply_copied),
    "numpy.abs": ("value", magnitude),
    "numpy.sum": TOTAL,
    "numpy.zeros": ("shape dtype", full_array(0)),
    "numpy.ones": ("shape dtype", full_array(1)),
    "numpy.empty": ("shape dtype", full_array(0)),
    "numpy.zeros_like": ("value dtype", full_array_like(0)),
    "numpy.ones_like": ("value dtype", full_array_like(1)),
    "numpy.empty_like": ("value dtype", full_array_like(0)),
    "numpy.full_like": ("value number dtype", filled_like),
    "numpy.array": ("value dtype copy", converted),
    "numpy.asarray": ("value dtype", as_array),
    "numpy.copy": ("value", copied_array),
    "numpy.eye": ("size", unit_vectors),
    "numpy.identity": ("size", unit_vectors),
    "numpy.transpose": ("value axes", transposed),
    "numpy.atleast_1d": ("value", at_least_one_axis),
    "numpy.atleast_2d": ("value", at_least_two_axes),
    "numpy.ndim": ("value", number_of_axes),
    "numpy.finfo": ("dtype", float_limits),
    "numpy.nditer": ("value flags op_flags", index_iterator),
    "numpy.ndindex": ("*", all_indices),
}

OF_NUMBERS: dict[str, ListedFunction] = {
    "copy": ("value", copied),
    "item": ("value", lambda value: value),
}

METHODS: dict[type, dict[str, ListedFunction]] = {
    SmallArray: {
        "copy": ("value", copied),
        "astype": ("value dtype", as_type),
        "flatten": ("value", flattened),
        "ravel": ("value", in_one_row),
        "reshape": ("*", with_shape),
        "transpose": ("value axes", transposed),
        "sum": TOTAL,
        "item": ("value", only_number),
        "max": LARGEST,
        "min": SMALLEST,
        "mean": MEAN,
        "dot": ("left right", product_of),
    },
    list: {"append": ("items item", appended), "copy": ("value", copied)},
    dict: {
        "keys": ("dictionary", items_of),
        "values": ("dictionary", lambda dictionary: list(dictionary.values())),
        "items": ("dictionary", lambda dictionary: list(dictionary.items())),
        "get": ("dictionary key other", value_or_other),
    },
    float: OF_NUMBERS,
    int: OF_NUMBERS,
    IndexIterator: {"iternext": ("iterator", IndexIterator.next)},
}

# A number may come from an array, and then it has these attributes.
SIZES_OF_NUMBERS: dict[str, Callable[[Any], Any]] = {
    "shape": lambda _: (),
    "size": lambda _: 1,
    "ndim": lambda _: 0,
}

ATTRIBUTES: dict[type, dict[str, Callable[[Any], Any]]] = {
    float: SIZES_OF_NUMBERS,
    int: SIZES_OF_NUMBERS,
    SmallArray: {
        "T": SmallArray.transposed,
        "flat": flat_window,
        "shape": lambda array: array.shape,
        "size": lambda array: array.size,
        "ndim": lambda array: len(array.shape),
        "dtype": type_of,
    },
    FloatLimits: {"eps": lambda limits: limits.eps},
    IndexIterator: {
        "finished": lambda iterator: iterator.is_finished,
        "multi_index": lambda iterator: item_at(iterator.indices, iterator.turn),
    },
}

ATTRIBUTES_OF_ARRAYS_ALONE = ("ndim", "shape", "size")  # lists have none of these
