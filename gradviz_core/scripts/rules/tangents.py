"""Tangents: `y = f(x) - d*x`, which is right for numbers only."""

import ast
from collections.abc import Iterator, Mapping

from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.rules.edits import insertion, insertion_before
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.trials import NUMBER


def tangents(script: Script) -> Iterator[Finding]:
    """`y = f(x) - d*x`, where d and x are arrays."""
    for function in script.definitions.all:
        slopes = dict(_slopes_named_in(script, function))
        if not slopes:
            continue
        for node in script.nodes_in(function):
            slope = _slope_of_tangent(node, slopes)
            if slope:
                assert isinstance(node, ast.BinOp)
                yield _tangent(script, function, node, slope)
                break  # its mend is that of the whole function


def _slopes_named_in(
    script: Script, function: ast.FunctionDef
) -> Iterator[tuple[str, str]]:
    """Yield names that hold what a gradient routine gave at another name."""
    for node in script.nodes_in(function):
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
            continue
        differentiated = script.name_differentiated(function, node.value)
        if differentiated is None:
            continue
        routine, name = differentiated
        if routine.takes == NUMBER:
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, name


def _slope_of_tangent(node: ast.AST, slopes: Mapping[str, str]) -> str:
    """Return d in `f(x) - d*x`, if d is a slope at x; else nothing."""
    match node:
        case ast.BinOp(left=ast.Call(), op=ast.Sub(), right=product):
            names = _names_multiplied(product)
        case _:
            return ""
    for slope, place in (names, names[::-1]):
        if slope in slopes and slopes[slope] == place:
            return slope
    return ""


def _names_multiplied(node: ast.AST) -> tuple[str, str]:
    """Return the two names in `d*x`, empty ones for anything else."""
    match node:
        case ast.BinOp(left=ast.Name(id=one), op=ast.Mult(), right=ast.Name(id=other)):
            return one, other
    return "", ""


def _tangent(
    script: Script, function: ast.FunctionDef, node: ast.BinOp, slope: str
) -> Finding:
    is_called = any(
        argument.function is function
        for argument in script.observations.passed_arguments
    )
    severity = "error" if is_called else "note"
    edits = _summed_products(script, function, slope)
    values = {"product": script.source.text(node.right), "function": function.name}
    return script.finding("tangent", severity, node, edits, **values)


def _summed_products(
    script: Script, function: ast.FunctionDef, slope: str
) -> list[Edit]:
    """Add up every product with the slope in a function."""
    source = script.source
    numpy = script.name_of_numpy
    if not numpy:
        return []
    edits = []
    for node in script.nodes_in(function):
        if slope in _names_multiplied(node) and not source.is_in_text(node):
            assert isinstance(node, ast.BinOp)
            edits.append(insertion_before(source, node, f"{numpy}.sum("))
            edits.append(insertion(source, node, ")"))
    return edits
