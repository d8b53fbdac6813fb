"""Calls: what is called, and which module knows the result."""

import ast

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    UNKNOWN,
    Class,
    Derivative,
    Each,
    Generator,
    Instance,
    Items,
    Number,
    OwnFunction,
    Range,
    Slopes,
    Value,
    item_of,
    owners_of,
    sequence_of,
    unknown_part,
)
from gradviz_core.scripts.grids import heights_of_arguments
from gradviz_core.scripts.names import dotted, every_parameter_of, has_starred, meaning
from gradviz_core.scripts.walk.arguments import Call, call_at
from gradviz_core.scripts.walk.array_methods import result_of_method
from gradviz_core.scripts.walk.assignments import note_cut, put_into
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.changes import lose
from gradviz_core.scripts.walk.each_row import of_each
from gradviz_core.scripts.walk.numpy_calls import part_or_computed, result_of_numpy
from gradviz_core.scripts.walk.own_calls import new_instance, result_of_function
from gradviz_core.scripts.walk.plot_calls import result_of_plot
from gradviz_core.scripts.walk.routine_calls import (
    called_routine,
    differentiated,
    slopes_of_derivative,
    slopes_of_routine,
)
from gradviz_core.scripts.walk.walk import Walk


def result_of_call(walk: Walk, node: ast.Call, names: Names) -> Value:
    """Follow a call; return what is known of its result."""
    call = call_at(walk, node, names)
    written = call.keywords.get("out", UNKNOWN)
    walk.changes.note(written)
    note_cut(walk, written)
    routine = called_routine(walk, node, names)
    if routine is not None:
        return slopes_of_routine(walk, call, routine)
    called: Value = UNKNOWN
    if isinstance(node.func, ast.Attribute):
        receiver = walk.value(node.func.value, names)
        if isinstance(receiver, Generator):
            return result_of_numpy(walk, call, f"random.{node.func.attr}")
        result = _result_of_array(walk, call, node.func, receiver)
        if result is not None:
            return result
        if isinstance(receiver, Instance):
            called = walk.objects.attribute_of(receiver, node.func.attr)
    else:
        called = walk.value(node.func, names)
    own = _result_of_own(walk, call, called)
    if own is not None:
        return own
    full_name = meaning(node.func, walk.imports)
    result = _result_of_library(walk, call, full_name)
    return result or _unfollowed(walk, call, called, full_name)


def _result_of_array(
    walk: Walk, call: Call, method: ast.Attribute, receiver: Value
) -> Value | None:
    """Return the result of a method of an array, or of what may be one."""
    if _is_changing(walk, method.attr):  # x.sort(), points.append(x)
        walk.changes.note(receiver)
        if call.arguments:
            note_cut(walk, receiver)
        put_into(method.value, call.arguments, call.names)
    result = result_of_method(walk, call.node, receiver)
    if result is not None:
        return result
    if owners_of(receiver):
        lose(*call.arguments)
        return part_or_computed(method.attr, [receiver])
    return None


def _is_changing(walk: Walk, method: str) -> bool:
    """Whether a method changes its object, as `__iadd__` does for `x += 1`."""
    is_operation = method.startswith("__i") or method == "__setitem__"
    return is_operation or method in walk.vocabulary["changing_methods"]


def _result_of_own(walk: Walk, call: Call, called: Value) -> Value | None:
    """Return the result of a function, a class or a derivative of the script."""
    if isinstance(called, OwnFunction):
        return result_of_function(walk, call, called)
    if isinstance(called, Class):
        return new_instance(walk, called, call.names, call.arguments, call.keywords)
    if isinstance(called, Derivative):
        return slopes_of_derivative(walk, call, called)
    return None


def _result_of_library(walk: Walk, call: Call, full_name: str) -> Value | None:
    """Return the result of a function of a library or of Python, given its name."""
    derivative = differentiated(walk, call, full_name)
    if derivative is not None:
        return derivative
    plot = result_of_plot(walk, call, full_name)
    if plot is not None:
        return plot
    if full_name.startswith("numpy."):
        return result_of_numpy(walk, call, full_name.removeprefix("numpy."))
    return _result_of_builtin(walk, call, full_name)


def _result_of_builtin(walk: Walk, call: Call, name: str) -> Value | None:
    """Return the result of a built-in function of Python."""
    arguments = call.arguments
    if name == "range":
        return Range()
    if name in ("zip", "enumerate", "map"):
        is_plain = arguments and not has_starred(call.node)
        return _iterated(walk, call, name) if is_plain else None
    if len(arguments) != 1:
        return None
    [argument] = arguments
    if name in ("list", "tuple"):
        is_list = isinstance(argument, Items | Range | Each | Slopes)
        return argument if is_list else Each(item_of(argument))
    return _as_number(argument, name == "int") if name in ("float", "int") else None


def _iterated(walk: Walk, call: Call, name: str) -> Value:
    """Return the items that `zip`, `enumerate` or `map` yields."""
    if name == "zip":
        return Each(sequence_of([item_of(value) for value in call.arguments]))
    if name == "enumerate":
        return Each(sequence_of([Number(is_whole=True), item_of(call.first)]))
    function, *arrays = call.arguments
    if not isinstance(function, OwnFunction) or len(arrays) != 1:
        return unknown_part(*call.arguments)
    [array] = arrays
    parameters = every_parameter_of(function.node)[:1]
    bound = dict.fromkeys(parameters, item_of(array))
    element = walk.enter(function, Names(call.names), bound)
    return of_each(walk, element, array, call.node.args[1])


def _as_number(value: Value, is_whole: bool) -> Number:
    """Return a value converted by `int` or `float`."""
    if not isinstance(value, Number):
        return Number(is_whole)
    coordinate = value.coordinate if is_whole == value.is_whole else None
    return Number(is_whole, mesh=value.mesh, coordinate=coordinate)


def _unfollowed(walk: Walk, call: Call, called: Value, full_name: str) -> Value:
    """Return what a call that is not followed may give, and note what it may do."""
    values = call.values
    is_looking = full_name in walk.vocabulary["looking"]
    if not is_looking:
        lose(*values)
    if not _leaves_arrays_alone(walk, call.node.func, full_name):
        walk.changes.note(*values)
    heights = None if is_looking else heights_of_arguments(values)
    return heights or unknown_part(called, *values)


def _leaves_arrays_alone(walk: Walk, called: ast.expr, full_name: str) -> bool:
    """Whether a function belongs to Python or a library, and changes no array."""
    if not isinstance(called, ast.Name | ast.Attribute):
        return False
    name = called.id if isinstance(called, ast.Name) else called.attr
    is_of_library = full_name.partition(".")[0] in walk.vocabulary["unchanging"]
    is_of_python = full_name in vocabulary("names")["builtin"]
    is_of_module = dotted(called).partition(".")[0] in walk.imports
    is_method = isinstance(called, ast.Attribute) and not is_of_module
    is_not_of_script = is_of_library or is_of_python or is_method
    return is_not_of_script and name not in walk.outline.function_names
