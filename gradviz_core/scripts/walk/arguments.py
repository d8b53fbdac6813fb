"""Arguments: what a call is given."""

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
        Where it is.
    arguments : list of Value
        What it is given by place; of `*grad`, its parts.
    keywords : dict
        What it is given by name.
    names : Names
        What names stand for where it is.
    """

    node: ast.Call
    arguments: list[Value]
    keywords: dict[str, Value]
    names: Names

    @property
    def values(self) -> list[Value]:
        """All that it is given."""
        return [*self.arguments, *self.keywords.values()]

    @property
    def first(self) -> Value:
        """What it is given first by place."""
        return self.arguments[0] if self.arguments else UNKNOWN


@dataclass(frozen=True)
class Argument:
    """One argument of a call: what it is, and where it is written."""

    node: ast.expr
    value: Value


def call_at(walk: Walk, node: ast.Call, names: Names) -> Call:
    """Return a call, once its arguments are followed."""
    arguments = _arguments(walk, node, names)
    keywords = {
        keyword.arg: walk.value(keyword.value, names)
        for keyword in node.keywords
        if keyword.arg
    }
    return Call(node, arguments, keywords, names)


def _arguments(walk: Walk, node: ast.Call, names: Names) -> list[Value]:
    """Return what a call is given by place; of `*grad`, its parts."""
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
