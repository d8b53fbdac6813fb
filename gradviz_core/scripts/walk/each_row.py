"""Each row: what a script computes row by row, in a comprehension or with `map`."""

import ast
from dataclasses import replace

from gradviz_core.scripts.arrays import (
    ONE_POINT,
    POINTS,
    Array,
    Each,
    Items,
    Mesh,
    Slopes,
    Value,
    item_of,
    stacked,
)
from gradviz_core.scripts.trials import ROWS
from gradviz_core.scripts.walk.walk import Walk


def of_each(walk: Walk, element: Value, array: Value, node: ast.expr) -> Value:
    """Return what is computed from each item of the array at a node."""
    if isinstance(element, Slopes) and _are_of_each_row(walk, array, node, element):
        return element
    return Each(element)


def _are_of_each_row(walk: Walk, array: Value, node: ast.expr, slopes: Slopes) -> bool:
    """Note a call for each row of an array as one call for all rows, if it is one."""
    calls = walk.observations.differentiations
    if slopes.is_turned or not calls or calls[-1].call is not slopes.call:
        return False
    last = calls[-1]
    item = item_of(array)
    argument = last.argument
    if not isinstance(argument, Array) or not last.routine.takes_one_point:
        return False
    if argument == item and isinstance(array, Array) and array.mesh is not None:
        last.argument, last.argument_node = array, node
    elif argument.form == ONE_POINT and argument.mesh in _meshes_of(item):
        last.argument = replace(argument, form=POINTS)
    else:
        return False
    last.routine = replace(last.routine, takes=ROWS, stops_at=frozenset())
    last.is_one_by_one = True
    return True


def _meshes_of(item: Value) -> set[Mesh]:
    """Return the grids whose points a list holds in order, given one of its items."""
    if isinstance(item, Items):
        pair = stacked(item, "")
        return {mesh for value in (pair, *item.values) for mesh in _meshes_of(value)}
    if not isinstance(item, Array) or item.form != ONE_POINT or item.mesh is None:
        return set()
    return {item.mesh}
