"""Tried changes: slips that show only because the routine is right without them."""

import ast
import copy
from collections.abc import Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.routines.body import Body
from gradviz_core.scripts.routines.routine import Slip
from gradviz_core.scripts.routines.syntax import name_of, only_target


def missing_steps(body: Body, f_name: str) -> Iterator[Slip]:
    """Yield where a step back may be missing: `x[i] = saved`, and `f(x)`."""
    steps = {
        name.id
        for division in body.divisions
        for name in ast.walk(division.right)
        if isinstance(name, ast.Name)
    }
    if len(steps) != 1:
        return
    values = {"routine": body.function.name, "step": steps.pop()}
    for node in body.nodes:
        moved = _moved_by(node, f_name)
        if isinstance(moved, ast.Name):
            yield Slip("one-sided", moved, None, values)


def _moved_by(node: ast.AST, f_name: str) -> ast.expr | None:
    """Return what a node writes into an array, or passes to f first."""
    if isinstance(node, ast.Assign) and isinstance(only_target(node), ast.Subscript):
        return node.value
    if isinstance(node, ast.Call) and name_of(node.func) == f_name and node.args:
        return node.args[0]
    return None


def sums(body: Body) -> Iterator[Slip]:
    """Yield sums that perhaps should be differences."""
    additions = [each for each in body.operations if isinstance(each.op, ast.Add)]
    if len(additions) > vocabulary("routines")["most_sums"]:
        return
    for addition in additions:
        values = {"form": "added", "routine": body.function.name}
        yield Slip("formula", addition, addition, values)


def with_entries_put_back(
    moved: Sequence[Slip], function: ast.FunctionDef
) -> ast.FunctionDef:
    """Return a copy of a function whose loops end by putting back what they move."""
    nodes = list(ast.walk(function))
    indices = [nodes.index(slip.other) for slip in moved if slip.other is not None]
    changed = copy.deepcopy(function)
    copies = list(ast.walk(changed))
    for slip, index in zip(moved, indices, strict=True):
        loop = copies[index]
        assert isinstance(loop, ast.For | ast.While)
        assignment = "{place} = {saved}".format(**slip.values)
        loop.body += ast.parse(assignment).body
    return changed


def changed_as(slip: Slip, function: ast.FunctionDef) -> ast.FunctionDef:
    """Return a copy of a function in which a slip is mended."""
    index = list(ast.walk(function)).index(slip.node)
    changed = copy.deepcopy(function)
    node = list(ast.walk(changed))[index]
    if isinstance(node, ast.BinOp):
        node.op = ast.Sub()
        return changed
    assert isinstance(node, ast.Name)
    _take_step_from(node, slip.values["step"], changed)
    return changed


def _take_step_from(node: ast.Name, step: str, function: ast.FunctionDef) -> None:
    """Write `x - step` for an x that a function assigns, or passes on first."""
    name = ast.Name(node.id, ast.Load())
    difference = ast.BinOp(name, ast.Sub(), ast.Name(step, ast.Load()))
    ast.copy_location(difference, node)
    for each in ast.walk(function):
        if isinstance(each, ast.Assign) and each.value is node:
            each.value = difference
        elif isinstance(each, ast.Call) and node in each.args[:1]:
            each.args[0] = difference
