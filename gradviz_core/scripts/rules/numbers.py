"""Numbers: arrays of whole numbers, or of too few digits, where slopes are added."""

import ast
import re
from collections.abc import Iterator

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    COORDINATES,
    POINTS,
    WHOLE,
    Array,
    has_too_few_digits,
)
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.rules.edits import appended, insertion, replacement
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.walk.observations import Differentiation

# What becomes a float when `.0` is appended.
WHOLE_NUMBER = re.compile(r"-?[0-9]+")


def coarse_numbers(
    script: Script, differentiation: Differentiation
) -> Iterator[Finding]:
    """Whole numbers, or too few digits, for a routine that adds h in place."""
    routine = differentiation.routine
    array = differentiation.argument
    if not isinstance(array, Array) or not routine.cuts_whole_numbers:
        return
    is_certain = _is_harm_certain(script, differentiation, array)
    if array.kind == WHOLE and is_certain:
        yield _whole_numbers(script, differentiation, array, "error")
    elif array.kind == WHOLE:
        yield _perhaps_whole_numbers(script, differentiation, array)
    elif is_certain and has_too_few_digits(array.kind, routine.step):
        yield _low_precision(script, differentiation, array.kind)


def slopes_cut(script: Script) -> Iterator[Finding]:
    """Slopes written into an array of whole numbers."""
    written = {array.made for array in script.observations.given_slopes} - {None}
    for differentiation in script.observations.differentiations:
        array = differentiation.argument
        if not isinstance(array, Array) or array.made not in written:
            continue
        if array.kind != WHOLE:
            continue
        if differentiation.routine.is_followed:
            yield _whole_numbers(script, differentiation, array, "descent")
        else:
            yield _perhaps_whole_numbers(script, differentiation, array)


def _is_harm_certain(
    script: Script, differentiation: Differentiation, array: Array
) -> bool:
    """Whether it is known how the array is used and, for a grid, what is drawn."""
    is_of_grid = array.form in (COORDINATES, POINTS)
    if is_of_grid and not script.is_followed_to_plots(differentiation):
        return False
    return differentiation.routine.is_followed


def _perhaps_whole_numbers(
    script: Script, differentiation: Differentiation, array: Array
) -> Finding:
    node = array.made or differentiation.call.node
    name = differentiation.routine.name
    return script.finding("integer", "note", node, routine=name)


def _whole_numbers(
    script: Script, differentiation: Differentiation, array: Array, form: str
) -> Finding:
    """Whole numbers, mended where they are made, so that the mend lasts."""
    calls = {each.call.node for each in script.observations.differentiations}
    edits: list[Edit] = []
    if array.made is not None and script.uses.may_be_floats(array.made, calls):
        edits = _as_floats(script, array.made)
    node = array.made or differentiation.call.node
    name = differentiation.routine.name
    return script.finding("integer", "error", node, edits, form, routine=name)


def _as_floats(script: Script, node: ast.expr) -> list[Edit]:
    """Make an expression give floats: by its type, its numbers, or a conversion."""
    source = script.source
    type_node = _named_type(script, node)
    if type_node is not None:
        return [replacement(source, type_node, "float")]
    if isinstance(node, ast.Call) and node.args:
        numbers = _leaves(node.args[0])
        are_whole = all(WHOLE_NUMBER.fullmatch(source.text(each)) for each in numbers)
        if numbers and are_whole:
            return [insertion(source, each, ".0") for each in numbers]
    return appended(source, node, ".astype(float)")


def _named_type(script: Script, node: ast.expr) -> ast.expr | None:
    """Return the type that a call names: `dtype=int`, or that of `astype`."""
    if not isinstance(node, ast.Call):
        return None
    for keyword in node.keywords:
        if keyword.arg == "dtype":
            return keyword.value
    is_method = isinstance(node.func, ast.Attribute) and node.func.attr == "astype"
    if is_method and node.args:
        return node.args[0]
    name = meaning(node.func, script.imports)
    takes_type = name in vocabulary("findings")["typed"]
    return node.args[1] if takes_type and len(node.args) > 1 else None


def _leaves(node: ast.expr) -> list[ast.expr]:
    """Return the elements of a list and lists within it, or nothing if it is none."""
    if not isinstance(node, ast.List | ast.Tuple):
        return []
    leaves: list[ast.expr] = []
    for element in node.elts:
        is_list = isinstance(element, ast.List | ast.Tuple)
        leaves.extend(_leaves(element) if is_list else [element])
    return leaves


def _low_precision(
    script: Script, differentiation: Differentiation, kind: str
) -> Finding:
    """Too few digits, mended where the array is passed in."""
    call = differentiation.call.node
    argument = differentiation.argument_node
    if differentiation.origin is not None:
        call = differentiation.origin.node
        argument = differentiation.origin.argument_node
    edits = appended(script.source, argument, ".astype(float)")
    name = differentiation.routine.name
    return script.finding(
        "low-precision", "error", call, edits, routine=name, kind=kind
    )
