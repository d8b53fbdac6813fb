"""In place: arrays that change under another name, or in a list that holds them."""

import ast
from collections.abc import Iterable, Iterator, Sequence, Set

from gradviz_core.scripts.arrays import Array
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.rules.edits import appended
from gradviz_core.scripts.rules.script import Script, targets_of
from gradviz_core.scripts.source import Edit, nodes_in
from gradviz_core.scripts.walk.observations import PassedArgument

Write = ast.Assign | ast.AugAssign

# Functions that change what they are given


def parameters_changed(script: Script) -> Iterator[Finding]:
    """`x = init_x` and `x -= …`, in a function that passes x to a routine."""
    for function in script.definitions.all:
        if function in script.routines.own:
            continue
        differentiated = set(_names_differentiated(script, function))
        if not differentiated:
            continue
        for parameter, node in _aliases_changed(script, function, differentiated):
            yield _parameter_changed(script, function, parameter, node)


def _names_differentiated(script: Script, function: ast.FunctionDef) -> Iterator[str]:
    """Yield the names at which a gradient routine is called in a function."""
    for node in script.nodes_in(function):
        if isinstance(node, ast.Call):
            differentiated = script.name_differentiated(function, node)
            if differentiated is not None:
                _, name = differentiated
                yield name


def _aliases_changed(
    script: Script, function: ast.FunctionDef, differentiated: Set[str]
) -> Iterator[tuple[str, ast.Assign]]:
    """Yield parameters that have another name, `x = init_x`, and are changed by it.

    A routine is called at that name, too. The first such name of each is enough.
    """
    parameters = parameters_of(function)
    nodes = script.nodes_in(function)
    changes = _changes_by_name(nodes)
    assignments = _assignments_by_name(nodes)
    reported = set()
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=alias)], value=ast.Name(id=name)):
                if name not in parameters or name in reported:
                    continue
                if alias not in differentiated or alias not in changes:
                    continue
                if not _is_copied(node, assignments[alias], changes[alias]):
                    reported.add(name)
                    yield name, node


def _changes_by_name(nodes: Iterable[ast.AST]) -> dict[str, list[Write]]:
    """Return the statements that change each array: `x -= …`, `x[0] = …`."""
    changes: dict[str, list[Write]] = {}
    for node in nodes:
        if not isinstance(node, Write):
            continue
        for target in targets_of(node):
            is_change = isinstance(node, ast.AugAssign)
            array = target
            if isinstance(target, ast.Subscript):
                is_change = True
                array = target.value
            if isinstance(array, ast.Name) and is_change:
                changes.setdefault(array.id, []).append(node)
    return changes


def _assignments_by_name(nodes: Iterable[ast.AST]) -> dict[str, list[Write]]:
    """Return the statements that assign each name."""
    assignments: dict[str, list[Write]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assignments.setdefault(target.id, []).append(node)
    return assignments


def _is_copied(
    alias: ast.Assign, assignments: Sequence[Write], changes: Sequence[Write]
) -> bool:
    """Whether a name is assigned again before its array is changed."""
    assigned = [node.lineno for node in assignments if node.lineno > alias.lineno]
    changed = [node.lineno for node in changes if node.lineno > alias.lineno]
    return bool(changed and assigned) and min(assigned) < min(changed)


def _parameter_changed(
    script: Script, function: ast.FunctionDef, parameter: str, node: ast.Assign
) -> Finding:
    passed = [
        argument
        for argument in script.observations.passed_arguments
        if argument.function is function and argument.parameter == parameter
    ]
    edits: list[Edit] = []
    if passed and all(isinstance(each.value, Array) for each in passed):
        edits = appended(script.source, node.value, ".copy()")
    values = {"function": function.name}
    for argument in passed:
        if _is_used_again(script, argument):
            values["array"] = script.source.text(argument.argument_node)
            return script.finding("in-place", "warning", node, edits, **values)
    return script.finding("in-place", "note", node, edits, **values)


def _is_used_again(script: Script, argument: PassedArgument) -> bool:
    """Whether an array that was passed is read again before its name is rebound."""
    node = argument.argument_node
    if not isinstance(node, ast.Name):
        return False
    call = argument.node
    if _is_repeated(script, call, node.id):
        return True
    end = call.end_lineno or call.lineno
    places = script.places_of_names[script.uses.owners[node], node.id]
    if any(call.lineno <= line <= end and not is_read for line, is_read in places):
        return False  # `x = g(x)`
    later = [place for place in places if place[0] > end]
    next_line = min((line for line, _ in later), default=None)
    # In `x = g(x)` the array is read before the name is rebound.
    return any(is_read for line, is_read in later if line == next_line)


def _is_repeated(script: Script, call: ast.Call, name: str) -> bool:
    """Whether a call is repeated in a loop that does not rebind the name."""
    return any(
        call in inside and name not in assigned for inside, assigned in script.loops
    )


# Lists that hold the same array many times


def histories(script: Script) -> Iterator[Finding]:
    """`history.append(x)`, and `x -= …` or `x = step(x)`, in one loop."""
    arrays_by_call = _arrays_differentiated(script)
    for inside, _ in script.loops:
        moved = _moved_in(inside, arrays_by_call) | _moved_by_calls(script, inside)
        for array in inside:
            if not isinstance(array, ast.Name) or array.id not in moved:
                continue
            view = script.uses.widest_view(array)
            if script.uses.is_appended(view):
                is_kept = script.uses.is_kept_otherwise(array, inside)
                edits = [] if is_kept else appended(script.source, view, ".copy()")
                yield script.finding(
                    "in-place", "warning", view, edits, "history", array=array.id
                )


def _arrays_differentiated(script: Script) -> dict[ast.AST, str]:
    """Return the names of the arrays at which routines are called, by call."""
    return {
        each.call.node: each.argument_node.id
        for each in script.observations.differentiations
        if isinstance(each.argument, Array) and isinstance(each.argument_node, ast.Name)
    }


def _moved_in(loop: set[ast.AST], arrays_by_call: dict[ast.AST, str]) -> set[str]:
    """Return the names of arrays that a loop both differentiates at and changes."""
    differentiated = {arrays_by_call[node] for node in loop if node in arrays_by_call}
    changed = differentiated & _changes_by_name(loop).keys()
    return changed - _names_made_anew(loop)


def _moved_by_calls(script: Script, loop: set[ast.AST]) -> set[str]:
    """Return the names of arrays that functions of the script move in a loop.

    Such a name may stand for what the function returns: `x = step(x)`.
    """
    calls_by_name: dict[str, set[ast.AST]] = {}
    for argument in script.observations.passed_arguments:
        name = argument.argument_node
        if argument.node not in loop or not isinstance(name, ast.Name):
            continue
        if isinstance(argument.value, Array) and _is_moved(script, argument):
            calls_by_name.setdefault(name.id, set()).add(argument.node)
    return {
        name
        for name, calls in calls_by_name.items()
        if name not in _names_made_anew(loop, calls)
    }


def _is_moved(script: Script, argument: PassedArgument) -> bool:
    """Whether a function changes the array that it is given, and leaves it changed.

    A function that only sets entries may set them back, as a gradient routine does,
    unless it returns the array.
    """
    function = argument.function
    parameter = argument.parameter
    nodes = script.nodes_in(function)
    if function in script.routines.own or parameter in _names_made_anew(nodes):
        return False
    changes = _changes_by_name(nodes).get(parameter, [])
    is_whole = any(
        isinstance(target, ast.Name) for each in changes for target in targets_of(each)
    )
    returned = [each.value for each in nodes if isinstance(each, ast.Return)]
    is_returned = any(parameter in _names_listed(each) for each in returned)
    return is_whole or (bool(changes) and is_returned)


def _names_listed(value: ast.expr | None) -> list[str]:
    """Return the name that an expression is, or those in a tuple."""
    items = value.elts if isinstance(value, ast.Tuple) else [value]
    return [item.id for item in items if isinstance(item, ast.Name)]


def _names_made_anew(
    nodes: Iterable[ast.AST], calls: Set[ast.AST] = frozenset()
) -> set[str]:
    """Return the names that are assigned, but to what these calls return."""
    passed_over: set[ast.AST] = set()
    assigned = []
    for node in nodes:
        if isinstance(node, ast.AugAssign):
            passed_over.add(node.target)
        elif isinstance(node, ast.Assign) and node.value in calls:
            for target in node.targets:
                passed_over.update(nodes_in(target))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            assigned.append(node)
    return {name.id for name in assigned if name not in passed_over}
