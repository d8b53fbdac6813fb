"""Values that only a whole run knows, and what it asks of values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray, array_of
from gradviz_core.scripts.values import Library


class Abandoned(NotFollowed):
    """A statement was left halfway, so that nothing is known of what it changes."""


class OnePass(list[Any]):
    """What can be gone over once: it is followed only where it is used up at once."""


@dataclass(frozen=True)
class Vectorized:
    """The result of `np.vectorize`."""

    function: Any


@dataclass(frozen=True)
class Differentiated:
    """The result of `jax.grad`, or of `elementwise_grad`.

    Attributes
    ----------
    function : Any
        What is differentiated.
    place : int, tuple or None
        Along which of its arguments; None if none is named.
    is_elementwise : bool
        Whether it gives a slope for each entry of an array.
    """

    function: Any
    place: Any = None
    is_elementwise: bool = False


@dataclass(frozen=True)
class Mapped:
    """The result of `jax.vmap`."""

    function: Any


@dataclass(frozen=True)
class Partial:
    """The result of `functools.partial`."""

    function: Any
    arguments: Sequence[Any]
    keywords: Mapping[str, Any]


def is_of_types(value: Library) -> bool:
    """Whether this stands for a type, as `NDArray` and `tuple` do."""
    words = vocabulary("whole_run")
    module = value.name.rpartition(".")[0]
    return value.name in words["types"] or module in words["of_types"]


# Arrays


def as_it_is(value: Any) -> Any:
    """Return a value that does not change when an array does."""
    return array_of(value) if _is_array(value) else value


def _is_array(value: Any) -> bool:
    """Whether this is an array, or a list of arrays."""
    if isinstance(value, SmallArray):
        return True
    if not isinstance(value, list | tuple):
        return False
    return bool(value) and all(isinstance(each, SmallArray) for each in value)


def is_table(value: Any) -> bool:
    """Whether this is an array with two axes, or a list of two arrays."""
    if isinstance(value, SmallArray):
        return len(value.shape) == 2
    return _is_array(value) and len(value) == 2


def turned(value: Any) -> Any:
    """Return the .T of an array with two axes, and any other value as it is."""
    return array_of(value).transposed() if is_table(value) else value


def are_whole(value: Any) -> bool:
    """Whether no number has a part behind the point."""
    return all(float(entry).is_integer() for entry in array_of(value).entries())
