"""Own calls: calls of the functions and classes of the script itself."""

import ast
from collections.abc import Mapping, Sequence

from gradviz_core.scripts.arrays import (
    UNKNOWN,
    Class,
    Instance,
    Items,
    OwnFunction,
    Value,
)
from gradviz_core.scripts.grids import heights_of, heights_of_arguments
from gradviz_core.scripts.instances import CONSTRUCTOR
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import every_parameter_of, has_starred, parameters_of
from gradviz_core.scripts.walk.arguments import Call
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.observations import PassedArgument
from gradviz_core.scripts.walk.walk import Walk


def result_of_function(walk: Walk, call: Call, called: OwnFunction) -> Value:
    """Follow a call into a function of the script; return what it returns."""
    definition = called.method or called.node
    parameters = parameters_of(called.node)
    values = _values_by_parameter(call, parameters)
    defaults = _numbers_by_default(walk, call, called.node)
    passed = []
    if isinstance(definition, ast.FunctionDef):
        for name, node in _nodes_by_parameter(call.node, parameters).items():
            argument = PassedArgument(call.node, definition, name, node, values[name])
            passed.append(argument)
    walk.observations.passed_arguments.extend(passed)
    walk.passing.extend(passed)
    calls_before = len(walk.observations.differentiations)
    returned = walk.enter(called, Names(call.names), defaults | values)
    del walk.passing[len(walk.passing) - len(passed) :]
    takes_no_slopes = calls_before == len(walk.observations.differentiations)
    if takes_no_slopes and _returns_nothing(definition):
        _rename_as_moved(walk, passed, call.names)
    heights = heights_of_arguments(call.values)
    if heights is None:
        return returned
    is_over_grid = heights_of(returned) is not None or isinstance(returned, Items)
    return returned if _has_one_course(definition) and is_over_grid else heights


def _returns_nothing(function: ast.FunctionDef | ast.Lambda) -> bool:
    return isinstance(function, ast.FunctionDef) and not any(
        isinstance(node, ast.Return) and node.value is not None
        for node in ast.walk(function)
    )


def _rename_as_moved(
    walk: Walk, passed: Sequence[PassedArgument], names: Names
) -> None:
    """Let names stand for arrays as a function has moved them: `opt.update(x, g)`.

    It returns nothing, so to move them is what it is for. Another name of such an
    array, `start = x`, is still one that shows the change.
    """
    for argument in passed:
        node = argument.argument_node
        if isinstance(node, ast.Name):
            names.set(node.id, walk.changes.as_it_is_now(argument.value))


def _values_by_parameter(call: Call, parameters: Sequence[str]) -> dict[str, Value]:
    """Return the values that a call passes to the parameters of a function."""
    values = dict(zip(parameters, call.arguments, strict=False))
    for name, value in call.keywords.items():
        if name in parameters:
            values[name] = value
    return values


def _numbers_by_default(
    walk: Walk, call: Call, function: ast.FunctionDef | ast.Lambda
) -> dict[str, Value]:
    """Return the numeric defaults of parameters, if no star may override them."""
    has_keywords = any(keyword.arg is None for keyword in call.node.keywords)  # **more
    if has_keywords or has_starred(call.node):
        return {}
    defaults = function.args.defaults
    names = parameters_of(function)
    with_default = names[len(names) - len(defaults) :]
    return {
        name: walk.value(node, call.names)
        for name, node in zip(with_default, defaults, strict=True)
        if number(node) is not None
    }


def _nodes_by_parameter(
    node: ast.Call, parameters: Sequence[str]
) -> dict[str, ast.expr]:
    """Return the nodes of these values. With a star, positions are not certain."""
    by_place = [] if has_starred(node) else node.args
    nodes = dict(zip(parameters, by_place, strict=False))
    for keyword in node.keywords:
        if keyword.arg is not None and keyword.arg in parameters:
            nodes[keyword.arg] = keyword.value
    return nodes


def applied(walk: Walk, f: Value, array: Value, names: Names) -> Value:
    """Return the result of f for an array, if f has one argument and one path."""
    if not isinstance(f, OwnFunction) or len(every_parameter_of(f.node)) != 1:
        return UNKNOWN
    [parameter] = every_parameter_of(f.node)
    result = walk.enter(f, Names(names), {parameter: array})
    return result if _has_one_course(f.node) else UNKNOWN


def _has_one_course(function: ast.FunctionDef | ast.Lambda) -> bool:
    """Whether a function runs from its first line to a return in its last."""
    if isinstance(function, ast.Lambda):
        return True
    *others, last = function.body
    return isinstance(last, ast.Return) and all(
        isinstance(statement, ast.Assign | ast.Expr) for statement in others
    )


def new_instance(
    walk: Walk,
    owner: Class,
    names: Names,
    arguments: Sequence[Value] = (),
    keywords: Mapping[str, Value] | None = None,
) -> Instance:
    """Return a new object of a class, after following its constructor."""
    instance = walk.objects.add_instance(owner)
    constructor = owner.names.get(CONSTRUCTOR)
    if isinstance(constructor, OwnFunction):
        assert isinstance(constructor.node, ast.FunctionDef)
        function = walk.objects.bound(constructor.node, instance)
        bound = dict(zip(parameters_of(function.node), arguments, strict=False))
        walk.enter(function, Names(names), bound | dict(keywords or {}))
    return instance


def some_instance(walk: Walk, owner: Class, names: Names) -> Instance:
    """Return the only object that a script makes of a class, or any object."""
    return walk.objects.only_instance(owner) or new_instance(walk, owner, names)
