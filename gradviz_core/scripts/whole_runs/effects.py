"""Effects: what code may change that is not followed.

A run may go on without a value, but not without a change that it missed.
"""

import ast
from collections.abc import Sequence
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.command_lines import Parser
from gradviz_core.scripts.script_classes import (
    BoundMethod,
    Instance,
    ScriptClass,
    UnreadClass,
)
from gradviz_core.scripts.small_arrays import SmallArray
from gradviz_core.scripts.values import Closure, Library, Method, type_named
from gradviz_core.scripts.whole_runs.values import Partial, Vectorized

# Expressions that run code.
CODE_TO_RUN = (ast.Call, ast.Lambda, ast.ListComp, ast.GeneratorExp, ast.NamedExpr)

# What may be changed, or runs code that changes something.
CHANGEABLE = (
    SmallArray,
    list,
    dict,
    Instance,
    ScriptClass,
    UnreadClass,
    Parser,
    Closure,
    BoundMethod,
    Method,
    Vectorized,
    Partial,
)


def holds_code_to_run(node: ast.AST) -> bool:
    """Whether an expression calls something, so that it may have effects."""
    return any(isinstance(each, CODE_TO_RUN) for each in ast.walk(node))


def can_be_changed(value: Any) -> bool:
    """Whether what gets this value may change it, or something else by it."""
    if isinstance(value, tuple):
        return any(map(can_be_changed, value))
    return isinstance(value, CHANGEABLE)


def changes(name: str) -> bool:
    """Whether a function or method of this name changes what it is given."""
    words = vocabulary("walk")
    is_listed = name in words["changing"] or name in words["changing_methods"]
    return is_listed or name.startswith("__")


def has_array_to_write(function: Library, arguments: Sequence[Any]) -> bool:
    """Whether a function of NumPy gets an array behind those that it reads."""
    inputs = vocabulary("walk")["inputs"]
    read = inputs.get(function.name.rpartition(".")[2], 2)
    return any(map(can_be_changed, arguments[read:]))


def is_foreign(function: Library) -> bool:
    """Whether a function may change what it is given."""
    first, _, rest = type_named(function.name).partition(".")
    if rest:
        return first not in vocabulary("walk")["unchanging"]
    return first not in vocabulary("names")["builtin"]
