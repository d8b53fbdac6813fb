"""Stops: calls that end the script with an error, and the mends that let them pass."""

import ast
from collections.abc import Callable, Iterator, Mapping

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    COORDINATES,
    SHEETS,
    Array,
    Items,
    Number,
    OwnFunction,
    Range,
    Value,
)
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import meaning, parameters_of
from gradviz_core.scripts.rules.edits import (
    appended,
    insertion,
    insertion_before,
    insertion_in_call,
    replacement,
    text_with,
)
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.transposes import turned_result
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.stopping import stop_at
from gradviz_core.scripts.trials import ROWS
from gradviz_core.scripts.walk.observations import Differentiation


def pairs_without_list(script: Script) -> Iterator[Finding]:
    """`np.array(X, Y)`."""
    for node in script.observations.pairs_without_list:
        edits = _put_in_list(script, node)
        array = script.source.text(node.func)
        yield script.finding("stops", "error", node, edits, "no-list", array=array)


def _put_in_list(script: Script, call: ast.Call) -> list[Edit]:
    """Put brackets around the two arguments of a call."""
    source = script.source
    first, last = call.args
    is_in_parentheses = source.end(first) != source.end_within(first, call)
    if is_in_parentheses:
        return []  # the bracket would belong before them
    return [
        insertion_before(source, first, "["),
        insertion_in_call(source, last, call, "]"),
    ]


def stops(script: Script) -> Iterator[Finding]:
    """Calls of routines that do not accept their arguments."""
    for differentiation in script.observations.differentiations:
        stop = stop_at(differentiation)
        if stop is None:
            continue
        values = {
            "f": script.source.text(differentiation.f_node),
            "routine": differentiation.routine.name,
            **stop.values,
        }
        node = differentiation.call.node
        edits: list[Edit] = []
        mend = MENDS.get(stop.form)
        if mend is not None and not script.gets_several_forms(node):
            edits = mend(script, differentiation)
        yield script.finding("stops", "error", node, edits, stop.form, **values)


# Mends of calls of routines


def _f_of_a_point(script: Script, differentiation: Differentiation) -> list[Edit]:
    """`lambda x: f(x[0], x[1])`, for an f of two numbers."""
    node = differentiation.f_node
    assert isinstance(differentiation.f, OwnFunction)
    function = differentiation.f.node
    text = script.source.text(node)
    if not isinstance(node, ast.Name) or text == "x":
        return []
    if len(parameters_of(function)) != 2 or not _takes_numbers(script, function):
        return []
    return [replacement(script.source, node, f"lambda x: {text}(x[0], x[1])")]


def _takes_numbers(script: Script, function: ast.FunctionDef | ast.Lambda) -> bool:
    """Whether nothing shows that an argument of f is an array, or an object."""
    names = set(parameters_of(function))
    return not any(_shows_array(script, node, names) for node in ast.walk(function))


def _shows_array(script: Script, node: ast.AST, names: set[str]) -> bool:
    """Whether a node takes a part of one of these names, or works on arrays only."""
    match node:
        case ast.Subscript(value=ast.Name(id=name)):
            return name in names
        case ast.Attribute(value=ast.Name(id=name)):
            return name in names
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.Call(func=called):
            name = meaning(called, script.imports).rpartition(".")[2]
            return name in vocabulary("walk")["reductions"]
    return False


def _f_itself(script: Script, differentiation: Differentiation) -> list[Edit]:
    """`f` in place of `f(x)`."""
    node = differentiation.f_node
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return []
    is_own = node.func.id in script.definitions.by_name
    return [replacement(script.source, node, node.func.id)] if is_own else []


def _array_of_list(script: Script, differentiation: Differentiation) -> list[Edit]:
    """Turn a list into an array of floats."""
    numpy = script.name_of_numpy
    node = differentiation.argument_node
    values = differentiation.argument
    if not numpy or isinstance(values, Number):
        return []
    if _is_changed_as_list(script, script.source.text(node), values):
        return []
    if isinstance(values, Items) and _holds_arrays(values):
        return []  # coordinates of many points may need a .T, too
    return [
        insertion_before(script.source, node, f"{numpy}.array("),
        insertion(script.source, node, ", dtype=float)"),
    ]


def _is_changed_as_list(script: Script, name: str, values: Value) -> bool:
    """Whether the script uses a name in a way that an array would not allow."""
    is_fixed = isinstance(values, Range) or not getattr(values, "is_list", True)
    if is_fixed and name in script.names_written_by_entry:
        return True
    return name in script.lengthened_names


def _holds_arrays(items: Items) -> bool:
    return any(isinstance(value, Array) for value in items.values)


def _flattened(script: Script, differentiation: Differentiation) -> list[Edit]:
    """`np.array([X.ravel(), Y.ravel()]).T`, and the other .T."""
    array = differentiation.argument
    node = differentiation.argument_node
    assert isinstance(array, Array)
    coordinates = _coordinates_within(node, array.made)
    if coordinates is None or differentiation.routine.takes != ROWS:
        return []
    edits = []
    for coordinate in coordinates.elts:
        edits += appended(script.source, coordinate, ".ravel()")
    if array.form == SHEETS:
        edits += appended(script.source, node, ".T")
    return edits + turned_result(script, differentiation)


def _coordinates_within(
    node: ast.expr, made: ast.AST | None
) -> ast.List | ast.Tuple | None:
    """Return the list in `np.array([X, Y])`, if the array is made within a node."""
    if not isinstance(made, ast.Call) or made not in set(ast.walk(node)):
        return None
    coordinates = made.args[0]
    return coordinates if isinstance(coordinates, ast.List | ast.Tuple) else None


def _one_by_one(script: Script, differentiation: Differentiation) -> list[Edit]:
    """A call for each point: `np.array([g(f, p) for p in P]).T`."""
    source = script.source
    numpy = script.name_of_numpy
    call = differentiation.call.node
    node = differentiation.argument_node
    array = differentiation.argument
    if not numpy or node not in call.args:
        return []
    assert isinstance(array, Array)
    points = source.text(node)
    if array.form == COORDINATES:
        points = text_with(source, node, ".T")
    point = _new_name(script, call)
    return [
        insertion_before(source, call, f"{numpy}.array(["),
        replacement(source, node, point),
        insertion(source, call, f" for {point} in {points}])"),
        *turned_result(script, differentiation),
    ]


def _new_name(script: Script, node: ast.expr) -> str:
    """Return a name for a point that is not used within a node."""
    names = {each.id for each in script.nodes_in(node) if isinstance(each, ast.Name)}
    name = "p"
    while name in names:
        name += "_"
    return name


# By form of stop.
MENDS: Mapping[str, Callable[[Script, Differentiation], list[Edit]]] = {
    "arguments": _f_of_a_point,
    "no-function": _f_itself,
    "no-array": _array_of_list,
    "not-flat": _flattened,
    "many-points": _one_by_one,
}
