"""Script classes: classes of a script that are carried out, and their objects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.scripts.interpreter import unshared
from gradviz_core.scripts.small_arrays import Stops
from gradviz_core.scripts.values import Closure


@dataclass(frozen=True, eq=False)
class ScriptClass:
    """A class of the script.

    Attributes
    ----------
    names : mapping
        What the names in its body stand for, those of its bases included.
    fields : tuple of str
        For a dataclass: the names of its fields, in order.
    """

    names: Mapping[str, Any]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class UnreadClass:
    """A class of the script that is not followed: what uses it ends the run."""


@dataclass(frozen=True, eq=False)
class Instance:
    """An object of a class, with its attributes."""

    kind: ScriptClass
    own: dict[str, Any]


@dataclass(frozen=True)
class BoundMethod:
    """A method of an object."""

    method: Closure
    owner: Instance


def attribute_of(owner: Instance, name: str) -> Any:
    """Return an attribute of an object, or of its class."""
    if name in owner.own:
        return owner.own[name]
    if name not in owner.kind.names:
        raise Stops
    value = owner.kind.names[name]
    return BoundMethod(value, owner) if isinstance(value, Closure) else value


def fields_of_new(
    kind: ScriptClass, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the fields of a new object, as a dataclass sets them."""
    fields = kind.fields
    if len(arguments) > len(fields) or not keywords.keys() <= {*fields}:
        raise Stops
    defaults = {
        name: unshared(kind.names[name]) for name in fields if name in kind.names
    }
    given = dict(zip(fields, arguments, strict=False))
    values = defaults | given | dict(keywords)
    if len(values) < len(fields):
        raise Stops
    return values
