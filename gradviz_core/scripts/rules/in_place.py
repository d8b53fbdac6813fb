"""In place: arrays that change under another name, or in a list that holds them."""

import ast
from collections.abc import Iterator, Sequence, Set

from gradviz_core.scripts.arrays import Array
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.rules.edits import appended
from gradviz_core.scripts.rules.script import Script, targets_of
from gradviz_core.scripts.source import Edit
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
    changed = differentiated & set(_changed_names(nodes))
    writes = _writes_by_name(nodes)
    reported = set()
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=alias)], value=ast.Name(id=name)):
                if name not in parameters or name in reported or alias not in changed:
                    continue
                if not _is_copied(node, writes[alias]):
                    reported.add(name)
                    yield name, node


def _changed_names(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Yield the names that `name -= …` changes."""
    for node in nodes:
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _writes_by_name(nodes: Sequence[ast.AST]) -> dict[str, list[Write]]:
    """Return the statements that assign each name, or change it by `name -= …`."""
    writes: dict[str, list[Write]] = {}
    for node in nodes:
        if isinstance(node, Write):
            for target in targets_of(node):
                if isinstance(target, ast.Name):
                    writes.setdefault(target.id, []).append(node)
    return writes


def _is_copied(alias: ast.Assign, writes: Sequence[Write]) -> bool:
    """Whether a name is rebound before `name -= …` changes its array."""
    later = [node for node in writes if node.lineno > alias.lineno]
    changes = [node.lineno for node in later if isinstance(node, ast.AugAssign)]
    assignments = [node.lineno for node in later if isinstance(node, ast.Assign)]
    return bool(changes and assignments) and min(assignments) < min(changes)


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
    """`history.append(x)` and `x -= …` in one loop, where x is an array."""
    arrays_by_call = _arrays_differentiated(script)
    for inside, _ in script.loops:
        moved = _moved_in(inside, arrays_by_call)
        for node in inside:
            view = _view_appended(node)
            if view is None:
                continue
            array = view.value if isinstance(view, ast.Subscript) else view
            if isinstance(array, ast.Name) and array.id in moved:
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
    changed = set(_changed_names(list(loop)))
    replaced = {
        target.id
        for node in loop
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return (differentiated & changed) - replaced


def _view_appended(node: ast.AST) -> ast.expr | None:
    """Return what is appended in `history.append(x)` and `history.append(x[:])`."""
    match node:
        case ast.Call(func=ast.Attribute(attr="append"), args=[ast.Name() as name]):
            return name
        case ast.Call(
            func=ast.Attribute(attr="append"),
            args=[ast.Subscript(slice=ast.Slice()) as part],
        ):
            return part
    return None
