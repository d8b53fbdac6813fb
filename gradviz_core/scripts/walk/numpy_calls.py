"""NumPy calls: the results of NumPy's functions."""

import ast
from collections.abc import Sequence
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    FLOAT,
    ONE_POINT,
    OTHER,
    TABLE,
    UNKNOWN,
    WHOLE,
    Array,
    Generator,
    Heights,
    Items,
    Number,
    Slopes,
    Value,
    computed_of,
    is_one_point,
    kind_of_numbers,
    moved,
    sequence_of,
    transposed,
    unknown_part,
)
from gradviz_core.scripts.grids import (
    arange,
    combined_heights,
    coordinates_of,
    gradient_of_heights,
    heights_of,
    heights_of_arguments,
    linspace,
    mesh_of,
    texts_of_coordinates,
)
from gradviz_core.scripts.literals import exchanges_axes
from gradviz_core.scripts.names import dotted, has_starred
from gradviz_core.scripts.walk.arguments import Call
from gradviz_core.scripts.walk.arithmetic import signed
from gradviz_core.scripts.walk.array_methods import flattened, kind_named, reduced
from gradviz_core.scripts.walk.assignments import note_cut
from gradviz_core.scripts.walk.changes import lose
from gradviz_core.scripts.walk.joining import axis_of_joining, joined
from gradviz_core.scripts.walk.observations import AxisGradient
from gradviz_core.scripts.walk.walk import Walk


def result_of_numpy(walk: Walk, call: Call, name: str) -> Value:
    """Return the result of a call of a NumPy function."""
    if name == "gradient":
        return _axis_gradient(walk, call)
    arguments = call.arguments
    written = _written_by(name, arguments)
    walk.changes.note(*written)
    for value in written:
        note_cut(walk, value)
    if _is_pair_without_list(name, arguments):
        walk.observations.pairs_without_list.append(call.node)
        return joined(name, call.node, sequence_of(arguments), "")
    if isinstance(call.first, Array | Items) and _is_type(name):
        # np.float32([1, 2]) is np.array([1, 2], np.float32)
        kind = kind_named(call.node.func, walk.imports)
        return joined("array", call.node, call.first, kind)
    given_by_name = {keyword.arg for keyword in call.node.keywords}
    if not given_by_name <= {*walk.vocabulary["numpy_keywords"]}:
        lose(*arguments)
        heights = heights_of_arguments(arguments)
        return heights or part_or_computed(name, arguments)
    asked = _type_asked_for(name, call.node)
    kind = "" if asked is None else kind_named(asked, walk.imports)
    value = _result(name, call, kind)
    is_kind_unknown = asked is not None and not kind
    if is_kind_unknown and isinstance(value, Array):
        return replace(value, kind="")
    return value


def _is_type(name: str) -> bool:
    """Whether a function of NumPy is a type of floats."""
    types = vocabulary("types")
    return f"numpy.{name}" in (*types["float"], *types["low"])


def _axis_gradient(walk: Walk, call: Call) -> Value:
    """Note a call of `np.gradient`; return its slopes."""
    node, heights = call.node, call.first
    slopes = gradient_of_heights(node, heights)
    is_known = walk.observations.heights.get(node, True)
    walk.observations.heights[node] = is_known and slopes != UNKNOWN
    if isinstance(heights, Heights) and slopes != UNKNOWN:
        coordinates = texts_of_coordinates(heights.mesh, call.names.all())
        is_plain = not has_starred(node)
        spacings = tuple(call.arguments[1:])
        walk.observations.axis_gradients.append(
            AxisGradient(node, heights, spacings, is_plain, coordinates)
        )
    return slopes


def _is_pair_without_list(name: str, arguments: Sequence[Value]) -> bool:
    """Whether this is `np.array(X, Y)`, where a list of both is meant."""
    words = vocabulary("walk")
    joins = words["joins_rows"] + words["joins_columns"]
    are_arrays = all(isinstance(argument, Array) for argument in arguments)
    return name in joins and len(arguments) == 2 and are_arrays


def _result(name: str, call: Call, kind: str) -> Value:
    """Return the result of a call, in the kind of numbers it asks for, if any."""
    words = vocabulary("walk")
    first = call.first
    if name == "negative" and len(call.arguments) == 1:
        return signed(ast.USub(), first)
    if isinstance(first, Slopes) and name in words["same_slopes"]:
        axis = axis_of_joining(name, call.node)
        if axis == 0:
            return first
        if axis in (1, -1):
            return transposed(first)
    if name not in ("transpose", *words["sizes"]):
        lose(first)
    if name in words["joins_rows"] + words["joins_columns"]:
        return joined(name, call.node, first, kind)
    return (
        _grid(name, call, kind)
        or _rearranged(name, call)
        or _new_array(name, call, kind)
        or _numbers(name, call)
        or _of_heights(name, call.node, call.arguments)
    )


def _grid(name: str, call: Call, kind: str) -> Value | None:
    """Return the numbers along an axis, or the points of a grid."""
    if name == "arange":
        return arange(call.arguments, call.keywords, kind)
    if name == "linspace":
        return linspace(call.node, call.arguments, call.keywords, kind)
    if name == "meshgrid" and len(call.arguments) == 2:
        return _meshgrid(call.node, call.arguments)
    return None


def _rearranged(name: str, call: Call) -> Value | None:
    """Return the same numbers in another form, or some of them."""
    array = call.first
    if name == "transpose":
        is_turned = exchanges_axes(call.node, of_method=False)
        return transposed(array) if is_turned else unknown_part(array)
    if not isinstance(array, Array):
        return None
    if name == "copy":
        return array
    if name == "ravel":
        has_order = len(call.arguments) > 1 or call.node.keywords
        return moved(flattened(array)) if has_order else flattened(array)
    return unknown_part(array) if name in vocabulary("walk")["views"] else None


def _new_array(name: str, call: Call, kind: str) -> Value | None:
    """Return an array of zeros, of random numbers and the like."""
    words = vocabulary("walk")
    first = call.first
    if name in words["generators"]:
        return Generator()
    if name in words["whole_numbers"]:
        return Array(OTHER, kind or WHOLE)
    if name in words["drawn_from"]:
        return Array(OTHER, kind_of_numbers([first]))
    if name == "full" and len(call.arguments) > 1:
        return Array(OTHER, kind or kind_of_numbers(call.arguments[1:2]))
    if name.startswith(tuple(words["making"])):
        if name.endswith("_like") and isinstance(first, Array):
            kind = kind or first.kind
        return _filled_array(name, call, kind or FLOAT)
    return None


def _filled_array(name: str, call: Call, kind: str) -> Array:
    """Return an array of zeros and the like: one point in `np.zeros(2)`."""
    words = vocabulary("walk")
    first = call.first
    if name in words["making_like_points"] and is_one_point(first):
        return Array(ONE_POINT, kind, dimension=first.dimension)
    match _shape_asked_for(name, call):
        case Number(is_whole=True, value=float() as length):
            return Array(ONE_POINT, kind, dimension=int(length))
        case Items(values=(_, Number(value=2))):
            return Array(TABLE, kind, dimension=2)
        case _:
            return Array(OTHER, kind)


def _shape_asked_for(name: str, call: Call) -> Value:
    """Return the argument of `np.zeros(2)`, or the last of `uniform(-3, 3, size=2)`."""
    words = vocabulary("walk")
    if name in words["making_points_between"]:
        if len(call.arguments) > 2:
            return call.arguments[2]
        return call.keywords.get("size", UNKNOWN)
    is_size = name in words["making_points"] and len(call.arguments) == 1
    return call.first if is_size else UNKNOWN


def _numbers(name: str, call: Call) -> Value | None:
    """Return one number, or one for each entry of an array."""
    array = call.first
    if f"numpy.{name}" in vocabulary("types")["low"]:
        return Number(is_whole=False)
    if not isinstance(array, Array):
        return None
    if name in vocabulary("walk")["reductions"]:
        return reduced(name, array, call.node, has_axis=len(call.arguments) > 1)
    if len(call.arguments) == 1 and not array.is_square:
        return _elementwise(name, array)
    return None


def _elementwise(name: str, value: Array) -> Value:
    """Return the result of an elementwise function of an array."""
    gives_floats = name in vocabulary("walk")["gives_floats"]
    is_plain = value.kind in (WHOLE, FLOAT)
    form = ONE_POINT if is_one_point(value) else OTHER
    return Array(form, FLOAT if gives_floats and is_plain else "")


def _of_heights(name: str, node: ast.Call, arguments: Sequence[Value]) -> Value:
    """Return the result of a NumPy function of heights over a grid."""
    words = vocabulary("walk")
    heights = heights_of_arguments(arguments)
    if heights is None or name in words["reordering"]:
        return part_or_computed(name, arguments)
    if name in words["reductions"] and heights_of(arguments[0]):
        is_of_all = len(arguments) == 1 and not node.keywords
        return Number(is_whole=False) if is_of_all else UNKNOWN
    each_number = words["gives_floats"] + words["each_number"]
    if name in each_number and any(map(heights_of, arguments)):
        return combined_heights(arguments)
    return heights


def part_or_computed(name: str, values: Sequence[Value]) -> Value:
    """Return the result of a function or method that may return a view."""
    gives_view = name in vocabulary("walk")["views"]
    return unknown_part(*values) if gives_view else computed_of(*values)


def _written_by(name: str, arguments: Sequence[Value]) -> Sequence[Value]:
    """Return the arguments that a function of NumPy may write into."""
    if name.rpartition(".")[2] in vocabulary("walk")["changing"]:
        return arguments
    inputs: int = vocabulary("walk")["inputs"].get(name, 2)
    return arguments[inputs:]


def _meshgrid(node: ast.Call, arguments: Sequence[Value]) -> Value:
    indexing = _indexing_of(node)
    if indexing not in ("xy", "ij"):
        return UNKNOWN
    mesh = mesh_of(node, 1 if indexing == "xy" else 0, arguments)
    kinds = [a.kind if isinstance(a, Array) else "" for a in arguments]
    return coordinates_of(mesh, kinds)


def _indexing_of(meshgrid: ast.Call) -> str:
    """Return "xy" or "ij" for a call of `meshgrid`, empty if that is unknown."""
    for keyword in meshgrid.keywords:
        if keyword.arg == "indexing":
            match keyword.value:
                case ast.Constant(value=str(text)):
                    return text
            return ""
    # PyTorch has the other default.
    return "ij" if dotted(meshgrid.func).startswith("torch.") else "xy"


def _type_asked_for(name: str, node: ast.Call) -> ast.expr | None:
    """Return the type of numbers that a call of NumPy names."""
    for keyword in node.keywords:
        if keyword.arg == "dtype":
            return keyword.value
    takes_type = name in ("array", "asarray") and len(node.args) > 1
    return node.args[1] if takes_type else None
