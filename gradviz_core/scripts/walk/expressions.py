"""Expressions: what is known of each kind of expression."""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeGuard

from gradviz_core.scripts.arrays import (
    COORDINATE,
    FLOAT,
    POINTS,
    RANGE,
    SHEETS,
    TABLE,
    UNKNOWN,
    WHOLE,
    Array,
    Instance,
    Items,
    Number,
    OwnFunction,
    Slopes,
    Value,
    item_of,
    kind_of_numbers,
    sequence_of,
    stacked,
    transposed,
    unknown_part,
)
from gradviz_core.scripts.grids import (
    axis_of_mgrid,
    combined_heights,
    heights_of,
    mesh_of,
)
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.walk.arithmetic import combined, signed
from gradviz_core.scripts.walk.assignments import assign
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.calls import result_of_call
from gradviz_core.scripts.walk.each_row import of_each
from gradviz_core.scripts.walk.parts import part_of_array, part_of_slopes
from gradviz_core.scripts.walk.walk import Walk


def value_of(walk: Walk, node: ast.expr, names: Names) -> Value:
    """Return what is known of an expression."""
    rule = EXPRESSIONS.get(type(node), _other)
    return rule(walk, node, names)


def _other(walk: Walk, node: ast.expr, names: Names) -> Value:
    """Return a value that may be part of any value in an expression."""
    children = [
        walk.value(child, names)
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.expr)
    ]
    return unknown_part(*children)


def _constant(walk: Walk, node: ast.Constant, names: Names) -> Value:
    if isinstance(node.value, complex):
        return Number(is_whole=False)
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return UNKNOWN
    return Number(isinstance(node.value, int), number(node))


def _name(walk: Walk, node: ast.Name, names: Names) -> Value:
    return walk.value_of_name(node.id, names)


def _tuple(walk: Walk, node: ast.Tuple, names: Names) -> Value:
    return sequence_of([walk.value(item, names) for item in node.elts])


def _list(walk: Walk, node: ast.List, names: Names) -> Value:
    items = sequence_of([walk.value(item, names) for item in node.elts])
    return replace(items, is_list=True) if isinstance(items, Items) else items


def _unary(walk: Walk, node: ast.UnaryOp, names: Names) -> Value:
    return signed(node.op, walk.value(node.operand, names))


def _binary(walk: Walk, node: ast.BinOp, names: Names) -> Value:
    left = walk.value(node.left, names)
    return combined(node.op, left, walk.value(node.right, names))


def _compared(walk: Walk, node: ast.Compare, names: Names) -> Value:
    sides = [walk.value(side, names) for side in (node.left, *node.comparators)]
    return combined_heights(sides) if any(map(heights_of, sides)) else UNKNOWN


def _lambda(walk: Walk, node: ast.Lambda, names: Names) -> Value:
    return OwnFunction(node)


def _awaited(walk: Walk, node: ast.Await, names: Names) -> Value:
    return walk.value(node.value, names)


def _named(walk: Walk, node: ast.NamedExpr, names: Names) -> Value:
    value = walk.value(node.value, names)
    assign(walk, node.target, value, names)
    return value


def _attribute(walk: Walk, node: ast.Attribute, names: Names) -> Value:
    named_numbers = walk.vocabulary["named_numbers"]
    name = meaning(node, walk.imports)
    if name in named_numbers:
        return Number(False, named_numbers[name])
    value = walk.value(node.value, names)
    if isinstance(value, Instance):
        return walk.objects.attribute_of(value, node.attr)
    return transposed(value) if node.attr == "T" else unknown_part(value)


def _subscript(walk: Walk, node: ast.Subscript, names: Names) -> Value:
    full_name = meaning(node.value, walk.imports)
    if full_name == "numpy.mgrid":
        return _mgrid(walk, node, names)
    if full_name == "numpy.c_":
        return _columns(walk, node, names)
    value = walk.value(node.value, names)
    index = node.slice
    if isinstance(value, Items):
        place = number(index)
        if place is not None and 0 <= place < len(value.values):
            return value.values[int(place)]
    if isinstance(value, Slopes):
        return part_of_slopes(value, index)
    if isinstance(value, Array):
        if value.form == TABLE and isinstance(walk.value(index, names), Number):
            return item_of(value)
        return part_of_array(value, index, walk.imports)
    return unknown_part(value)


def _columns(walk: Walk, node: ast.Subscript, names: Names) -> Value:
    """Return the array of `np.c_[X, Y]`."""
    columns = walk.value(node.slice, names)
    if isinstance(columns, Items):
        return stacked(columns, "", rows_are_items=False)
    return unknown_part(columns)


def _mgrid(walk: Walk, node: ast.Subscript, names: Names) -> Value:
    """Return the two coordinates of `np.mgrid[a:b:c, d:e:f]`."""
    index = node.slice
    if not isinstance(index, ast.Tuple) or len(index.elts) != 2:
        return UNKNOWN
    kinds = set()
    ranges = []
    for piece in index.elts:
        if not isinstance(piece, ast.Slice):
            return UNKNOWN
        bounds = [piece.lower, piece.upper, piece.step]
        numbers = [walk.value(b, names) for b in bounds if b is not None]
        kinds.add(kind_of_numbers(numbers))
        ranges.append(Array(RANGE, axis=axis_of_mgrid(numbers, piece.step)))
    kind = WHOLE if kinds == {WHOLE} else FLOAT
    return Array(SHEETS, kind, mesh=mesh_of(node, 0, ranges))


def _comprehension(
    walk: Walk, node: ast.ListComp | ast.GeneratorExp, names: Names
) -> Value:
    """Follow a comprehension once; a list of pairs is a list of points.

    A comprehension over the coordinates of a grid is followed for each of them.
    """
    inner = Names(names)
    array: Value = UNKNOWN
    for generator in node.generators:
        array = walk.value(generator.iter, inner)
        assign(walk, generator.target, item_of(array), inner)
    element = walk.value(node.elt, inner)
    for each in ast.walk(node):
        if isinstance(each, ast.NamedExpr):  # it belongs to the code around
            names.set(each.target.id, UNKNOWN)
    [generator, *more] = node.generators
    if more or generator.ifs:
        is_pair = isinstance(element, Items) and len(element.values) == 2
        return Array(POINTS, "") if is_pair else unknown_part(element)
    if isinstance(node, ast.ListComp) and _holds_coordinates(array):
        return _list_of_each_coordinate(walk, node, array, names)
    return of_each(walk, element, array, generator.iter)


def _holds_coordinates(value: Value) -> TypeGuard[Items]:
    """Whether this is what `np.meshgrid` returns."""
    return isinstance(value, Items) and all(
        isinstance(each, Array) and each.form == COORDINATE for each in value.values
    )


def _list_of_each_coordinate(
    walk: Walk, node: ast.ListComp, coordinates: Items, names: Names
) -> Value:
    """Return the list of `[each.ravel() for each in np.meshgrid(x, y)]`."""
    elements = []
    for coordinate in coordinates.values:
        inner = Names(names)
        assign(walk, node.generators[0].target, coordinate, inner)
        elements.append(walk.value(node.elt, inner))
    items = sequence_of(elements)
    return replace(items, is_list=True) if isinstance(items, Items) else items


EXPRESSIONS: dict[type, Callable[[Walk, Any, Names], Value]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Tuple: _tuple,
    ast.List: _list,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compared,
    ast.Lambda: _lambda,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Call: result_of_call,
    ast.ListComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.Await: _awaited,
    ast.NamedExpr: _named,
}
