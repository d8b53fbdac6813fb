"""Routine calls: which gradient routine is called, with which f, at which array."""

import ast
from dataclasses import replace

from gradviz_core.scripts.arrays import (
    IMPORTED,
    UNKNOWN,
    Derivative,
    GradientCall,
    Instance,
    OwnFunction,
    Slopes,
    Value,
)
from gradviz_core.scripts.names import dotted, has_starred
from gradviz_core.scripts.routines import Routine, derivative_routine, unknown_routine
from gradviz_core.scripts.trials import POINT, ROWS
from gradviz_core.scripts.walk.arguments import Argument, Call
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.observations import Differentiation, PassedArgument
from gradviz_core.scripts.walk.own_calls import applied
from gradviz_core.scripts.walk.tried_calls import stop_in_f, with_this_f
from gradviz_core.scripts.walk.walk import Walk


def called_routine(walk: Walk, node: ast.Call, names: Names) -> Routine | None:
    """Return the gradient routine that is called, if any."""
    if not isinstance(node.func, ast.Name):
        return _routine_of_attribute(walk, node.func, names)
    name = node.func.id
    function = walk.value_of_name(name, names)
    if isinstance(function, OwnFunction):
        own = _own_routine(walk, function)
        may_change = own is not None and name in walk.routines.declared_global
        return unknown_routine(name) if may_change else own
    routine = walk.routines.imported.get(name)
    is_as_imported = names.get(name) in (None, IMPORTED)
    return routine if is_as_imported or routine is None else unknown_routine(name)


def _routine_of_attribute(walk: Walk, called: ast.expr, names: Names) -> Routine | None:
    """Return the routine in `module.routine`, or in `self.routine`."""
    owner, _, rest = dotted(called).partition(".")
    value = names.get(owner)
    if isinstance(value, Instance) and "." not in rest:
        function = walk.objects.attribute_of(value, rest)
        return _own_routine(walk, function)
    return walk.routines.of_module(called) if value in (None, IMPORTED) else None


def _own_routine(walk: Walk, function: Value) -> Routine | None:
    """Return a function of the script as a routine, or None if it is not one."""
    if not isinstance(function, OwnFunction):
        return None
    definition = function.method or function.node
    if isinstance(definition, ast.Lambda):
        return None
    routine = walk.routines.own.get(definition)
    is_method = function.receiver is not None
    return walk.routines.as_method(routine) if routine and is_method else routine


def slopes_of_routine(walk: Walk, call: Call, routine: Routine) -> Slopes:
    """Note a call of a gradient routine, and return its result."""
    slopes = Slopes(GradientCall(call.node))
    if has_starred(call.node):
        return slopes
    given = _arguments_by_role(walk, call, routine)
    if "f" in given and "x" in given:
        f, argument = given["f"], given["x"]
        routine = walk.routines.as_called(routine, call.node)
        if isinstance(f.value, OwnFunction) and walk.is_asynchronous(f.value.node):
            f = replace(f, value=UNKNOWN)  # asynchronous: it returns no number
        routine = with_this_f(walk, routine, call.node, f.value, argument.value)
        stop = stop_in_f(walk, routine, f.value, argument.value)
        _note_differentiation(walk, slopes.call, routine, f, argument, call.names, stop)
    return slopes


def _arguments_by_role(walk: Walk, call: Call, routine: Routine) -> dict[str, Argument]:
    """Return f and the array x, as far as a call of a routine has them."""
    node = call.node
    places = {routine.function_parameter: "f", routine.array_parameter: "x"}
    given: dict[str, Argument] = {}
    for place, role in places.items():
        if 0 <= place < len(node.args):  # a method may differentiate its own object
            given[role] = Argument(node.args[place], call.arguments[place])
    for keyword in node.keywords:
        role = walk.vocabulary["parameters"].get(keyword.arg, "")
        if keyword.arg and role and role not in given:
            given[role] = Argument(keyword.value, call.keywords[keyword.arg])
    return given


def differentiated(walk: Walk, call: Call, full_name: str) -> Derivative | None:
    """Return what `jax.grad`, `jax.vmap` or `jax.jit` makes of a function."""
    if len(call.arguments) != 1:
        return None
    [function] = call.arguments
    node = call.node
    if full_name in walk.vocabulary["differentiating"] and not node.keywords:
        walk.observations.derivatives.setdefault(node, False)
        return Derivative(node, function, POINT)
    if not isinstance(function, Derivative):
        return None
    if full_name in walk.vocabulary["compiling"]:
        return function
    is_of_rows = full_name in walk.vocabulary["for_each_row"] and not node.keywords
    return replace(function, takes=ROWS) if is_of_rows else None


def slopes_of_derivative(walk: Walk, call: Call, derivative: Derivative) -> Slopes:
    """Note a call of what `jax.grad` returned, and return its result."""
    node = call.node
    slopes = Slopes(GradientCall(node))
    if len(call.arguments) == 1 and not node.keywords and not has_starred(node):
        walk.observations.derivatives[derivative.node] = True
        routine = derivative_routine(derivative.takes)
        f = Argument(derivative.node.args[0], derivative.f)
        argument = Argument(node.args[0], call.first)
        _note_differentiation(walk, slopes.call, routine, f, argument, call.names)
    return slopes


def _note_differentiation(
    walk: Walk,
    call: GradientCall,
    routine: Routine,
    f: Argument,
    argument: Argument,
    names: Names,
    stop: str = "",
) -> None:
    """Note what is differentiated, at which array, and how the script stops in f."""
    origin = _origin(walk, argument.value)
    f_of_array = applied(walk, f.value, argument.value, names)
    differentiation = Differentiation(
        call=call,
        routine=routine,
        f=f.value,
        f_node=f.node,
        argument=walk.changes.as_it_is_now(argument.value),  # f may have changed it
        argument_node=argument.node,
        is_turned_at_once=call.node in walk.outline.turned,
        origin=origin,
        f_of_array=f_of_array,
        stop_of_f=stop,
    )
    walk.observations.differentiations.append(differentiation)


def _origin(walk: Walk, array: Value) -> PassedArgument | None:
    """Return the outermost argument that is this very array."""
    for argument in walk.passing:
        if argument.value is array:
            return argument
    return None
