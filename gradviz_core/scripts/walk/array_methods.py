"""Array methods: the results of methods of slopes, heights and arrays."""

import ast
from collections.abc import Sequence
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATE,
    COORDINATES,
    FLOAT,
    ONE_POINT,
    OTHER,
    POINT_SHEETS,
    POINTS,
    RANGE,
    RESHAPED,
    SHEETS,
    UNKNOWN,
    WHOLE,
    Array,
    AxisSlope,
    Heights,
    Number,
    Slopes,
    SlopesPart,
    Value,
    moved,
    transposed,
    unknown_part,
)
from gradviz_core.scripts.literals import exchanges_axes, number, plain_text
from gradviz_core.scripts.names import Imports, is_float_type, meaning
from gradviz_core.scripts.walk.changes import lose
from gradviz_core.scripts.walk.joining import gives_same_array
from gradviz_core.scripts.walk.walk import Walk


def result_of_method(walk: Walk, node: ast.Call, receiver: Value) -> Value | None:
    """Return the result of a method of an array, or None if it is not one."""
    assert isinstance(node.func, ast.Attribute)
    name = node.func.attr
    if isinstance(receiver, Slopes | SlopesPart | AxisSlope):
        return _of_slopes(name, node, receiver)
    if isinstance(receiver, Heights):
        return _of_heights(walk, name, node, receiver)
    if isinstance(receiver, Array):
        return _of_array(walk, name, node, receiver)
    return None


def _of_slopes(
    name: str, node: ast.Call, slopes: Slopes | SlopesPart | AxisSlope
) -> Value | None:
    words = vocabulary("walk")
    if _has_other_order(name, node) or _keeps_axes(name, node):
        lose(slopes)
        return unknown_part(slopes)
    if name == "transpose":
        return transposed(slopes)
    if name in (*words["flattening"], *words["same_array"], "reshape"):
        return slopes
    if name not in words["sizes"]:
        lose(slopes)
    return None


def _has_other_order(name: str, node: ast.Call) -> bool:
    """Whether an array is reshaped or flattened in an order other than row by row."""
    words = vocabulary("walk")
    if name not in (*words["flattening"], "reshape"):
        return False
    orders = [each.value for each in node.keywords if each.arg == "order"]
    if name in words["flattening"]:
        orders.extend(node.args)
    return any(plain_text(order) != "C" for order in orders)


def _keeps_axes(name: str, node: ast.Call) -> bool:
    """Whether this is a transpose that need not exchange the axes."""
    return name == "transpose" and not exchanges_axes(node, of_method=True)


def _of_heights(walk: Walk, name: str, node: ast.Call, heights: Heights) -> Value:
    words = vocabulary("walk")
    if _keeps_axes(name, node):
        return UNKNOWN
    if name == "transpose":
        return transposed(heights)
    if name in words["same_array"]:
        return heights
    if name == "astype" and node.args:
        is_cut_off = kind_named(node.args[0], walk.imports) in ("", WHOLE)
        return UNKNOWN if is_cut_off else heights
    is_of_all = not node.args and not node.keywords
    is_number = name in words["reductions"] and is_of_all
    return Number(is_whole=False) if is_number else UNKNOWN


def _of_array(walk: Walk, name: str, node: ast.Call, array: Array) -> Value:
    words = walk.vocabulary
    if name in words["reductions"]:
        return reduced(name, array, node, has_axis=bool(node.args))
    if _keeps_axes(name, node):
        return unknown_part(array)
    if name == "transpose":
        return transposed(array)
    if name in words["flattening"]:
        flat = flattened(array)
        return moved(flat) if _has_other_order(name, node) else flat
    if name in words["same_array"]:
        return array
    if name == "astype" and node.args:
        kind = kind_named(node.args[0], walk.imports)
        if gives_same_array(name, node, array, kind):
            return replace(array, kind=kind)
        return _of_kind(walk, array, kind)
    if name == "reshape":
        reshaped = _reshaped(array, node.args)
        return moved(reshaped) if _has_other_order(name, node) else reshaped
    if name in words["views"]:
        kind = "" if name == "view" and node.args else array.kind
        return Array(OTHER, kind, mesh=array.mesh, made=array.made)
    return Array(OTHER, array.kind if name in words["same_kind"] else "")


def _of_kind(walk: Walk, array: Array, kind: str) -> Array:
    """Return an array cast to another kind of numbers; whole ones are truncated."""
    mesh = array.mesh
    if mesh and kind == WHOLE != array.kind:
        mesh = walk.cut_off.setdefault(mesh, replace(mesh, ranges=(None, None)))
    return replace(array, kind=kind, made=None, mesh=mesh)


def _reshaped(array: Array, shape: Sequence[ast.expr]) -> Array:
    if len(shape) == 1 and isinstance(shape[0], ast.Tuple):
        shape = shape[0].elts
    lengths = [number(length) for length in shape]
    if lengths == [-1]:
        return flattened(array)
    if array.form in (ONE_POINT, COLUMN) and len(lengths) == 2 and lengths[1] == 1:
        return Array(COLUMN, array.kind, made=array.made)
    if array.form in (COORDINATES, SHEETS) and lengths == [2, -1]:
        return replace(array, form=COORDINATES)
    if array.form == POINT_SHEETS and lengths == [-1, 2]:
        return replace(array, form=POINTS)
    are_pairs = len(lengths) == 2 and lengths[0] != 2 and lengths[1] == 2
    if array.form == COORDINATES and are_pairs:
        return replace(array, form=RESHAPED, made=None)
    return Array(OTHER, array.kind, mesh=array.mesh, made=array.made)


def flattened(array: Array) -> Array:
    """Return an array flattened to one axis."""
    if array.form == COORDINATE:
        return replace(array, is_square=False)
    if array.form == COLUMN:
        return replace(array, form=ONE_POINT)
    if array.form in (RANGE, ONE_POINT):
        return array
    return Array(OTHER, array.kind, mesh=array.mesh, made=array.made)


def reduced(name: str, array: Array, node: ast.Call, has_axis: bool) -> Value:
    """Return the result of a sum or a mean: one number if over the whole array."""
    if has_axis or node.keywords or array.kind == "":
        return Array(OTHER, "")
    is_whole = array.kind == WHOLE and name not in ("mean", "linalg.norm")
    return Number(is_whole, bound_of=array if name in ("min", "max") else None)


def kind_named(node: ast.expr, imports: Imports) -> str:
    """Return the kind of numbers that a type stands for."""
    if is_float_type(node, imports):
        return FLOAT
    match node:
        case ast.Constant(value=str(text)):
            name = text
        case _:
            name = meaning(node, imports)
    if name in vocabulary("types")["whole"]:
        return WHOLE
    low: dict[str, str] = vocabulary("types")["low"]
    return low.get(name, "")
