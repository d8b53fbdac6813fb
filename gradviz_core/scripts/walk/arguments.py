"""Arguments: what is passed to a call."""

import ast
from dataclasses import dataclass

from gradviz_core.scripts.arrays import (
    COORDINATES,
    UNKNOWN,
    Array,
    Items,
    Slopes,
    Value,
    unknown_part,
)
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.parts import unpacked
from gradviz_core.scripts.walk.walk import Walk


@dataclass(frozen=True)
class Call:
    """A call, and what is known of its arguments.

    Attributes
    ----------
    node : ast.Call
        The call itself.
    arguments : list of Value
        Its positional arguments, with `*grad` unpacked.
    keywords : dict
        Its keyword arguments.
    names : Names
        What names stand for at the call.
    """

    node: ast.Call
    arguments: list[Value]
    keywords: dict[str, Value]
    names: Names

    @property
    def values(self) -> list[Value]:
        """All its arguments."""
        return [*self.arguments, *self.keywords.values()]

    @property
    def first(self) -> Value:
        """Its first positional argument."""
        return self.arguments[0] if self.arguments else UNKNOWN


@dataclass(frozen=True)
class Argument:
    """One argument of a call: its node and its value."""

    node: ast.expr
    value: Value


def call_at(walk: Walk, node: ast.Call, names: Names) -> Call:
    """Follow the arguments of a call; return the call with their values."""
    arguments = _arguments(walk, node, names)
    keywords = {
        keyword.arg: walk.value(keyword.value, names)
        for keyword in node.keywords
        if keyword.arg
    }
    return Call(node, arguments, keywords, names)


def _arguments(walk: Walk, node: ast.Call, names: Names) -> list[Value]:
    """Return the positional arguments of a call, with `*grad` unpacked."""
    arguments: list[Value] = []
    for argument in node.args:
        if isinstance(argument, ast.Starred):
            value = walk.value(argument.value, names)
            arguments.extend(_spread(value))
        else:
            arguments.append(walk.value(argument, names))
    return arguments


def _spread(value: Value) -> list[Value]:
    if isinstance(value, Items):
        return list(value.values)
    is_pair = isinstance(value, Array) and value.form == COORDINATES
    if is_pair or isinstance(value, Slopes):
        return unpacked(value, 2)
    return [unknown_part(value)]
