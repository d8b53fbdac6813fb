"""Calls: what a gradient routine is called with, and what is done with its result."""

import ast
from collections.abc import Callable, Iterator, Sequence

from gradviz_core.scripts.arrays import COLUMN, COORDINATES, POINTS, Array, OwnFunction
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.literals import plain_text
from gradviz_core.scripts.names import meaning, parameters_of
from gradviz_core.scripts.plots import (
    is_at_points,
    is_drawn_unturned,
    is_wrongly_reshaped,
    plots_of,
)
from gradviz_core.scripts.rules.edits import appended, insertion, replacement_behind
from gradviz_core.scripts.rules.numbers import coarse_numbers
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.transposes import turned, turned_result
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.trials import COLUMNS, ROWS, UNCLEAR
from gradviz_core.scripts.walk.observations import Differentiation

RuleOfCall = Callable[[Script, Differentiation], Iterator[Finding]]


def calls(script: Script) -> Iterator[Finding]:
    """Apply the rules of this module to each call."""
    for differentiation in script.observations.differentiations:
        for rule in RULES_OF_CALLS:
            yield from rule(script, differentiation)


def layout(script: Script, differentiation: Differentiation) -> Iterator[Finding]:
    """One coordinate per row, for a routine that takes rows as points."""
    if _form_of_array(differentiation) != COORDINATES:
        return
    routine = differentiation.routine
    if routine.is_followed and routine.takes == ROWS:
        yield _layout_for_rows(script, differentiation)
    elif not routine.is_followed and not routine.is_of_library:
        node = differentiation.call.node
        yield script.finding("layout", "note", node, routine=routine.name)


def _layout_for_rows(script: Script, differentiation: Differentiation) -> Finding:
    call = differentiation.call
    node = call.node
    name = differentiation.routine.name
    if not script.is_followed_to_plots(differentiation):
        return script.finding("layout", "note", node, routine=name)
    if differentiation.is_one_by_one or script.gets_several_forms(node):
        return script.finding("layout", "error", node, routine=name)
    edits = appended(script.source, differentiation.argument_node, ".T")
    if not differentiation.is_turned_at_once:
        edits += turned_result(script, differentiation)
    elif call.uses == {"rows"}:
        edits = []  # the result is taken apart in yet another way
    else:
        return script.finding("half-fix", "error", node, edits, "inside", routine=name)
    return script.finding("layout", "error", node, edits, routine=name)


def half_fix_outside(
    script: Script, differentiation: Differentiation
) -> Iterator[Finding]:
    """One point per row, and a result whose rows are drawn as coordinates."""
    if _form_of_array(differentiation) != POINTS:
        return
    routine = differentiation.routine
    node = differentiation.call.node
    if routine.takes != ROWS or script.gets_several_forms(node):
        return
    if not is_drawn_unturned(differentiation):
        return
    edits: list[Edit] = []
    if _is_half_fix_mendable(script, differentiation):
        edits = [insertion(script.source, node, ".T")]
    yield script.finding(
        "half-fix", "error", node, edits, "outside", routine=routine.name
    )


def _is_half_fix_mendable(script: Script, differentiation: Differentiation) -> bool:
    array = differentiation.argument
    call = differentiation.call
    assert isinstance(array, Array)
    plots = plots_of(call, script.observations.quivers)
    if not all(is_at_points(quiver, array) for quiver in plots):
        return False
    if differentiation.is_one_by_one:
        return False
    return script.uses.are_of_coordinates(call.node)


def transposed_points(
    script: Script, differentiation: Differentiation
) -> Iterator[Finding]:
    """One point per row, for a routine that takes one coordinate per row."""
    if _form_of_array(differentiation) != POINTS:
        return
    routine = differentiation.routine
    call = differentiation.call
    if routine.takes != COLUMNS or call.uses != {"columns"}:
        return
    if not script.is_followed_to_plots(differentiation):
        return
    edits: list[Edit] = []
    if not script.gets_several_forms(call.node):
        result = script.transposes.get(call.node, call.node)
        edits = [
            *turned(script, differentiation.argument_node),
            *turned(script, result),
        ]
    yield script.finding(
        "transposed-points", "error", call.node, edits, routine=routine.name
    )


def reshape(script: Script, differentiation: Differentiation) -> Iterator[Finding]:
    """`reshape(-1, 2)`, where rows and columns should be exchanged."""
    if not is_wrongly_reshaped(differentiation, script.observations.quivers):
        return
    array = differentiation.argument
    assert isinstance(array, Array)
    call = differentiation.call.node
    edits: list[Edit] = []
    if not script.gets_several_forms(call):
        match array.made:
            case ast.Call(func=ast.Attribute(value=reshaped)) as node:
                edits = [replacement_behind(script.source, reshaped, node, ".T")]
    name = differentiation.routine.name
    yield script.finding("reshape", "error", array.made or call, edits, routine=name)


def column_vector(
    script: Script, differentiation: Differentiation
) -> Iterator[Finding]:
    """A column, for a routine that keeps a view of the entry it moves."""
    routine = differentiation.routine
    if _form_of_array(differentiation) != COLUMN or not routine.misreads_columns:
        return
    edits = appended(script.source, differentiation.argument_node, ".ravel()")
    node = differentiation.call.node
    yield script.finding("column-vector", "error", node, edits, routine=routine.name)


def layout_of_fragment(
    script: Script, differentiation: Differentiation
) -> Iterator[Finding]:
    """An array of X and Y, which are likely to be those of the book."""
    if not _looks_like_coordinates(script, differentiation.argument_node):
        return
    routine = differentiation.routine
    if routine.takes in (ROWS, UNCLEAR):
        form = "fragment" if routine.is_followed else "note"
        node = differentiation.call.node
        yield script.finding("layout", "note", node, (), form, routine=routine.name)


def _looks_like_coordinates(script: Script, node: ast.expr) -> bool:
    """Whether this is `np.array([X, Y])` in a fragment that defines neither."""
    if not isinstance(node, ast.Call) or len(node.args) != 1:
        return False
    if meaning(node.func, script.imports) != "numpy.array":
        return False
    is_pair = plain_text(node.args[0]) == "[X, Y]"
    return is_pair and script.assigned_names.isdisjoint({"X", "Y"})


def ignored_argument(
    script: Script, differentiation: Differentiation
) -> Iterator[Finding]:
    """A function that does not use its argument."""
    if not isinstance(differentiation.f, OwnFunction):
        return
    node = differentiation.f.node
    parameters = parameters_of(node)
    if len(parameters) == 1 and parameters[0] not in script.names_in_body(node):
        [argument] = parameters
        yield script.finding("ignored-argument", "note", node, argument=argument)


def _form_of_array(differentiation: Differentiation) -> str:
    """Return the layout of the array that a routine gets, or nothing if it is none."""
    array = differentiation.argument
    return array.form if isinstance(array, Array) else ""


# Findings at the same place keep this order.
RULES_OF_CALLS: Sequence[RuleOfCall] = (
    layout,
    half_fix_outside,
    transposed_points,
    reshape,
    column_vector,
    coarse_numbers,
    layout_of_fragment,
    ignored_argument,
)
