"""Parameters: what those of a function stand for in a call, and their defaults."""

import ast
from collections.abc import Mapping, Sequence
from typing import Any

from gradviz_core.scripts.names import every_parameter_of, parameters_of
from gradviz_core.scripts.small_arrays import SmallArray, Stops
from gradviz_core.scripts.values import OPAQUE, Closure, FunctionNode, Scope


def unshared(default: Any) -> Any:
    """Return a default; nothing is known of one that calls can change: all share it."""
    return OPAQUE if isinstance(default, list | dict | SmallArray) else default


def scope_of_call(
    closure: Closure, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> Scope:
    """Return the values of a function's parameters in a call.

    Raises
    ------
    Stops
        If the arguments do not fit the parameters.
    """
    by_place = parameters_of(closure.node)
    every_name = every_parameter_of(closure.node)
    vararg, kwarg = closure.node.args.vararg, closure.node.args.kwarg
    others = {name: keywords[name] for name in keywords if name not in every_name}
    has_too_many = vararg is None and len(arguments) > len(by_place)
    if has_too_many or (kwarg is None and others):
        raise Stops
    by_name = {name: keywords[name] for name in keywords if name in every_name}
    given = dict(zip(by_place, arguments, strict=False)) | by_name
    scope = Scope(closure.around)
    scope.own.update(closure.defaults)
    scope.own.update(given)
    if vararg is not None:
        scope.own[vararg.arg] = tuple(arguments[len(by_place) :])
    if kwarg is not None:
        scope.own[kwarg.arg] = others
    if any(name not in scope.own for name in every_name):
        raise Stops
    scope.flags = {
        name
        for name, value in closure.defaults.items()
        if name not in given and isinstance(value, bool | str | None)
    }
    return scope


def defaults_of(function: FunctionNode) -> dict[str, ast.expr]:
    """Return the defaults of a function, keyed by parameter name."""
    parameters = function.args
    by_place = parameters_of(function)
    first = len(by_place) - len(parameters.defaults)
    defaults = dict(zip(by_place[first:], parameters.defaults, strict=True))
    by_name = zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True)
    for parameter, default in by_name:
        if default is not None:
            defaults[parameter.arg] = default
    return defaults
