"""Tangents: `y = f(x) - d*x`, which is right for numbers only."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradviz_core.scripts.arrays import COLUMN, ONE_POINT, RANGE, Array, Value
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.rules.edits import insertion, insertion_before
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.trials import NUMBER


@dataclass(frozen=True)
class Slope:
    """A slope that a function computes: the name it is taken at, and the call."""

    place: str
    call: ast.Call


def tangents(script: Script) -> Iterator[Finding]:
    """`y = f(x) - d*x`, where d and x are arrays."""
    for function in script.definitions.all:
        slopes = dict(_slopes_named_in(script, function))
        if not slopes:
            continue
        for node in script.nodes_in(function):
            name = _slope_of_tangent(node, slopes)
            if name:
                assert isinstance(node, ast.BinOp)
                yield from _tangent(script, function, node, name, slopes[name])
                break  # its mend covers the whole function


def _slopes_named_in(
    script: Script, function: ast.FunctionDef
) -> Iterator[tuple[str, Slope]]:
    """Yield the names of slopes that a gradient routine gives at another name."""
    for node in script.nodes_in(function):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        differentiated = script.name_differentiated(function, node.value)
        if differentiated is None:
            continue
        routine, place = differentiated
        if routine.takes == NUMBER:
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, Slope(place, node.value)


def _slope_of_tangent(node: ast.AST, slopes: Mapping[str, Slope]) -> str:
    """Return d in `f(x) - d*x`, if d is a slope at x, or an empty string."""
    match node:
        case ast.BinOp(left=ast.Call(), op=ast.Sub(), right=product):
            names = _names_multiplied(product)
        case _:
            return ""
    for name, place in (names, names[::-1]):
        if name in slopes and slopes[name].place == place:
            return name
    return ""


def _names_multiplied(node: ast.AST) -> tuple[str, str]:
    """Return the two names in `d*x`, or empty ones for anything else."""
    match node:
        case ast.BinOp(left=ast.Name(id=one), op=ast.Mult(), right=ast.Name(id=other)):
            return one, other
    return "", ""


def _tangent(
    script: Script, function: ast.FunctionDef, node: ast.BinOp, name: str, slope: Slope
) -> Iterator[Finding]:
    edits = _summed_products(script, function, name)
    values = {"product": script.source.text(node.right), "function": function.name}
    if not _is_called(script, function):
        yield script.finding("tangent", "note", node, edits, **values)
        return
    have_several = [
        _has_several_coordinates(differentiation.argument)
        for differentiation in script.observations.differentiations
        if differentiation.call.node is slope.call
    ]
    if any(have_several):
        # With only one coordinate, a sum would give one height for a whole curve.
        certain_edits = edits if all(have_several) else []
        yield script.finding("tangent", "error", node, certain_edits, **values)


def _is_called(script: Script, function: ast.FunctionDef) -> bool:
    return any(
        argument.function is function
        for argument in script.observations.passed_arguments
    )


def _has_several_coordinates(value: Value) -> bool:
    """Whether a value is a single point, and not one on a line."""
    if not isinstance(value, Array):
        return False
    if value.form == RANGE:
        return True  # nobody makes a single number with arange or linspace
    if value.form not in (ONE_POINT, COLUMN):
        return False
    return value.dimension is not None and value.dimension > 1


def _summed_products(
    script: Script, function: ast.FunctionDef, name: str
) -> list[Edit]:
    """Sum every product with the slope in a function."""
    source = script.source
    numpy = script.name_of_numpy
    if not numpy:
        return []
    edits = []
    for node in script.nodes_in(function):
        if name in _names_multiplied(node) and not source.is_in_text(node):
            assert isinstance(node, ast.BinOp)
            edits.append(insertion_before(source, node, f"{numpy}.sum("))
            edits.append(insertion(source, node, ")"))
    return edits
