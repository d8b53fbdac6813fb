"""Detection: the routines among the functions of a script."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.definitions import Definitions, global_names_of
from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.names import (
    Imports,
    can_set_names_unseen,
    parameters_of,
    unsettled_imports,
)
from gradviz_core.scripts.routines.body import Body
from gradviz_core.scripts.routines.imported import Modules
from gradviz_core.scripts.routines.once import routine_tried_once
from gradviz_core.scripts.routines.routine import Routine, unknown_routine
from gradviz_core.scripts.routines.routines import Routines
from gradviz_core.scripts.routines.syntax import name_of, subtracts_product
from gradviz_core.scripts.source import Source

# Expressions with a part that may run many times, later, or not at all.
TURNS = ast.ListComp | ast.GeneratorExp | ast.Lambda | ast.IfExp | ast.BoolOp

# What gives a value to the caller of a function.
GIVING = ast.Return | ast.Yield | ast.YieldFrom


def read_routines(
    definitions: Definitions,
    imports: Imports,
    source: Source,
    modules: Modules,
) -> Routines:
    """Return the routines among the functions of a script, and those it imports."""
    declared_global = _names_declared_global(source)
    global_names = global_names_of(definitions, imports, source, declared_global)
    interpreter = Interpreter(global_names)
    routines = Routines(definitions, imports, interpreter, modules, declared_global)
    routines.unsettle(unsettled_imports(source.nodes))
    bodies = [
        Body(function, imports)
        for function in definitions.all
        if len(parameters_of(function)) >= 2
    ]
    _add_own_routines(bodies, routines, source)
    for function, routine in routines.own.items():
        routines.own[function] = routines.if_explained(routine)
    if can_set_names_unseen(source.nodes, imports):
        routines.count_as_unknown()
    return routines


def _names_declared_global(source: Source) -> set[str]:
    return {
        name
        for node in source.nodes
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    }


def _add_own_routines(
    bodies: Sequence[Body], routines: Routines, source: Source
) -> None:
    """Add the functions that a trial shows to be routines, or that look like one."""
    tried = _tried_routines(bodies, routines.interpreter, source)
    # One that delegates its work is known once the other is: twice is enough.
    for body in [*bodies, *bodies]:
        function = body.function
        routine = tried[function] or routines.own.get(function)
        if routine is None and _looks_like_a_routine(body, routines):
            routine = _unknown(body)
        if routine is not None:
            routines.own[function] = routine


def _tried_routines(
    bodies: Sequence[Body], interpreter: Interpreter, source: Source
) -> Mapping[ast.FunctionDef, Routine | None]:
    """Return the routines that trials show functions to be."""
    routines = {
        body.function: routine_tried_once(body, interpreter, source) for body in bodies
    }
    if interpreter.lost_indices:  # maybe of a helper below its caller
        for body in bodies:
            routine = routines[body.function]
            if routine is None or not routine.slips:
                routines[body.function] = routine_tried_once(body, interpreter, source)
    return routines


def _looks_like_a_routine(body: Body, routines: Routines) -> bool:
    """Whether a function calls an f twice and divides or subtracts, or passes it on.

    A function that walks downhill passes it on, too, but subtracts a product, and one
    that draws returns nothing. One whose lines all run exactly once is followed like
    any other function.
    """
    f_names = {body.parameters[f] for f, _ in body.positions()}
    if body.differentiates(f_names) or any(map(body.takes_difference_of, f_names)):
        return True
    hands_on = any(
        name_of(argument) in f_names
        for call in body.calls
        if _is_call_of_other_routine(call, body, routines)
        for argument in call.args
    )
    if not hands_on or _runs_straight(body) or not _returns_something(body):
        return False
    return not any(subtracts_product(node) for node in body.nodes)


def _runs_straight(body: Body) -> bool:
    """Whether each line runs exactly once, down to a return in the last."""
    *others, last = body.function.body
    are_plain = all(isinstance(each, ast.Assign | ast.Expr) for each in others)
    has_turns = any(isinstance(node, TURNS) for node in body.nodes)
    return are_plain and isinstance(last, ast.Return) and not has_turns


def _returns_something(body: Body) -> bool:
    """Whether there is a return with a value, or a generator's yield."""
    returns = [each for each in body.nodes if isinstance(each, GIVING)]
    return any(each.value is not None for each in returns)


def _is_call_of_other_routine(call: ast.Call, body: Body, routines: Routines) -> bool:
    if name_of(call.func) == body.function.name:
        return False
    return routines.called_in(body.function, call.func) is not None


def _unknown(body: Body) -> Routine:
    """Return a function as a routine of which nothing else is known."""
    points = vocabulary("routines")["points"]
    positions = list(body.positions())
    by_name = [(f, x) for f, x in positions if body.parameters[x] in points]
    function_parameter, array_parameter = by_name[0] if by_name else positions[0]
    return replace(
        unknown_routine(body.function.name),
        definition=body.function,
        function_parameter=function_parameter,
        array_parameter=array_parameter,
    )
