"""Grids: the numbers along their axes, and the values over their points.

These are heights, slopes and histograms. For each, the walk keeps track of which
coordinate changes along the first axis of its array, as far as it can follow it.
"""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gradviz_core.scripts.arrays import (
    COORDINATE,
    FLOAT,
    POINT_SHEETS,
    RANGE,
    SHEETS,
    UNKNOWN,
    WHOLE,
    Array,
    Axis,
    AxisSlope,
    Heights,
    Items,
    Mesh,
    Number,
    Value,
    kind_of_numbers,
    sequence_of,
)
from gradviz_core.scripts.literals import number

# How many numbers `linspace` gives by default.
USUAL_COUNT = 50


# The numbers along an axis


def arange(
    arguments: Sequence[Value], keywords: Mapping[str, Value], kind: str
) -> Array:
    """Return what `np.arange` gives, with the requested kind of numbers."""
    bounds = list(arguments)
    if "step" in keywords and 0 < len(bounds) < 3:
        if len(bounds) == 1:
            bounds.insert(0, Number(True, 0.0))  # the start
        bounds.append(keywords["step"])
    return Array(RANGE, kind or kind_of_numbers(bounds), axis=axis_of(bounds))


def linspace(
    node: ast.Call, arguments: Sequence[Value], keywords: Mapping[str, Value], kind: str
) -> Value:
    """Return what `np.linspace` gives: its numbers, and their distance on request."""
    count = keywords.get("num", Number(True, USUAL_COUNT))
    if len(arguments) > 2:
        count = arguments[2]
    axis = length = None
    if len(arguments) > 1 and "endpoint" not in keywords:
        axis = _axis_between(arguments[0], arguments[1], count)
        length = _length_between(arguments[0], arguments[1])
    numbers = Array(RANGE, kind or FLOAT, length=length, axis=axis, made=node)
    if "retstep" not in keywords:
        return numbers
    return sequence_of([numbers, Number(False, axis.step if axis else None)])


def _axis_between(start: Value, stop: Value, count: Value) -> Axis | None:
    """Return this many numbers from first to last as the axis `arange` would give."""
    first, last, many = (_number_of(value) for value in (start, stop, count))
    if first is None or last is None or many is None or many <= 1:
        return None
    step = (last - first) / (many - 1)
    return Axis(first, last + step / 2, step) if step else None


def axis_of(bounds: Sequence[Value]) -> Axis | None:
    """Return the numbers of `arange(stop)`, `arange(start, stop)`, or with a step."""
    values = [_number_of(each) for each in bounds]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(bounds):
        return None
    if len(numbers) == 1:
        numbers.insert(0, 0.0)  # the start
    if len(numbers) == 2:
        numbers.append(1.0)  # the step
    if len(numbers) != 3:
        return None
    start, stop, step = numbers
    return Axis(start, stop, step) if step else None


def axis_of_mgrid(bounds: Sequence[Value], step: ast.expr | None) -> Axis | None:
    """Return the numbers along one axis of `mgrid`: `a:b:20j` stands for twenty."""
    match step:
        case ast.Constant(value=complex(imag=count)) if len(bounds) == 3:
            return _axis_between(bounds[0], bounds[1], Number(True, count))
    return axis_of(bounds)


def _length_between(start: Value, stop: Value) -> float | None:
    first, last = _number_of(start), _number_of(stop)
    return None if first is None or last is None else abs(last - first)


def _number_of(value: Value) -> float | None:
    return value.value if isinstance(value, Number) else None


def part_of_range(array: Array, index: ast.expr) -> Value | None:
    """Return one number or every nth number of a range; None for any other part."""
    place = number(index)
    if place is not None and array.kind in (WHOLE, FLOAT):
        value = None
        if array.axis is not None and place >= 0 and not array.is_moved:
            value = array.axis.start + place * array.axis.step
        return Number(array.kind == WHOLE, value, bound_of=array)
    if not isinstance(index, ast.Slice):
        return None
    if index.lower is None and index.upper is None:
        stride = number(index.step) if index.step else 1.0
        if stride is not None and stride > 0:
            return _every(array, stride)
    return array if index.step is None and is_edges(array) else None


def is_edges(value: Value) -> bool:
    """Whether an array holds the edges of a histogram, some of them, or bin centres."""
    if not isinstance(value, Array) or value.form != RANGE or value.mesh is None:
        return False
    return value.mesh.ranges == (None, None)


def _every(array: Array, stride: float) -> Array:
    axis = array.axis
    if axis is not None:
        axis = replace(axis, step=axis.step * stride)
    return replace(array, axis=axis, made=None, length=None)


def among_edges(operator: ast.operator, left: Value, right: Value) -> Array | None:
    """Return the edges of a histogram, shifted by a number, or the bin centres."""
    edges = [each for each in (left, right) if is_edges(each)]
    numbers = [each for each in (left, right) if isinstance(each, Number)]
    if not edges or len(edges) + len(numbers) < 2:
        return None
    is_sum = left == right and isinstance(operator, ast.Add)
    first = edges[0]
    assert isinstance(first, Array)
    return first if numbers or is_sum else None


def line_of_sheet(array: Array, index: ast.expr) -> Array | None:
    """Return the numbers along one coordinate: `X[0]`, `X[:, 0]`; else None."""
    mesh = array.mesh
    if mesh is None or array.is_moved or array.coordinate is None:
        return None
    runs_along_first = array.coordinate == mesh.first_axis
    pair = index.elts if isinstance(index, ast.Tuple) and len(index.elts) == 2 else []
    if runs_along_first:
        is_line = bool(pair) and _is_all(pair[0]) and number(pair[1]) is not None
    else:
        row = pair[0] if pair and _is_all(pair[1]) else index
        is_line = number(row) is not None
    if not is_line:
        return None
    line = mesh.ranges[array.coordinate]
    axis = line.axis if line else None
    return Array(RANGE, array.kind, mesh, array.coordinate, axis=axis)


def _is_all(node: ast.expr) -> bool:
    if not isinstance(node, ast.Slice):
        return False
    return not (node.lower or node.upper or node.step)


def coordinate_in(mesh: Mesh, value: Value | None) -> int | None:
    """Return the coordinate of a grid that an array, or a bound of one, belongs to."""
    if isinstance(value, Number):
        value = value.bound_of
    if not isinstance(value, Array) or value.is_moved:
        return None
    if value.mesh is mesh:
        return value.coordinate
    if value.mesh is not None and value.coordinate in (0, 1):
        # A grid made from the numbers along this one, such as its edges.
        return coordinate_in(mesh, value.mesh.ranges[value.coordinate])
    if value.made is None:
        return None
    is_made = [each is not None and each.made is value.made for each in mesh.ranges]
    return is_made.index(True) if is_made.count(True) == 1 else None


def are_alike(mesh: Mesh) -> bool:
    """Whether a grid has the same numbers along both coordinates."""
    first, second = mesh.ranges
    if first is None or second is None:
        return False
    is_one = first.made is not None and first.made is second.made
    return is_one or (first.axis is not None and first.axis == second.axis)


def texts_of_coordinates(
    mesh: Mesh, names: Mapping[str, Value | None]
) -> tuple[str, ...]:
    """Return expressions for the numbers along each coordinate, by the script's names.

    The text is empty where no name stands for them.
    """
    return tuple(_text_of_coordinate(mesh, k, names) for k in range(2))


def _text_of_coordinate(
    mesh: Mesh, coordinate: int, names: Mapping[str, Value | None]
) -> str:
    numbers = mesh.ranges[coordinate]
    if numbers is not None:
        of_range = [name for name, value in names.items() if value is numbers]
        if of_range:
            return min(of_range)
    of_sheet = [
        name
        for name, value in names.items()
        if isinstance(value, Array)
        and value.is_square
        and not value.is_moved
        and value.mesh is mesh
        and value.coordinate == coordinate
    ]
    if not of_sheet:
        return ""
    return min(of_sheet) + ("[:, 0]" if mesh.first_axis == coordinate else "[0]")


# The values over the points


def mesh_of(node: ast.expr, first_axis: int, ranges: Sequence[Value]) -> Mesh:
    """Return the grid with these numbers along its coordinates."""
    arrays = tuple(each if isinstance(each, Array) else None for each in ranges)
    return Mesh(first_axis, arrays, node)


def heights_of(value: Value) -> Heights | None:
    """Return a value as heights over a grid; one of its coordinates counts, too."""
    if isinstance(value, Heights):
        return value
    if not isinstance(value, Array) or value.mesh is None:
        return None
    return Heights(value.mesh) if value.is_square else None


def heights_over(arrays: Sequence[Array]) -> Heights | None:
    """Return heights over a grid, if these are square coordinates of one grid."""
    mesh = arrays[0].mesh
    are_square = all(array.is_square for array in arrays)
    if mesh is None or not are_square or any(a.mesh is not mesh for a in arrays):
        return None
    return Heights(mesh)


def combined_heights(values: Sequence[Value]) -> Value:
    """Return the result of combining heights element by element with other values."""
    heights = [each for each in map(heights_of, values) if each is not None]
    others = [each for each in values if heights_of(each) is None]
    first = heights[0]
    if any(each.is_turned != first.is_turned for each in heights):
        return UNKNOWN
    are_of_one_grid = all(each.mesh is first.mesh for each in heights)
    are_followed = all(each.is_followed for each in heights)
    are_numbers = all(isinstance(each, Number) for each in others)
    is_followed = are_of_one_grid and are_followed and are_numbers
    return replace(first, is_followed=is_followed)


def heights_of_arguments(arguments: Sequence[Value]) -> Heights | None:
    """Return heights over a grid if a function gets its coordinates or heights."""
    found = [each for value in arguments if (each := _heights_below(value)) is not None]
    if not found:
        return None
    first, *others = found
    for each in others:
        if each.mesh is not first.mesh or each.is_turned != first.is_turned:
            return None
    return replace(first, is_followed=False)


def _heights_below(value: Value) -> Heights | None:
    """Return a value with the two axes of a grid as heights, also within a list."""
    if isinstance(value, Items):
        return heights_of_arguments(value.values)
    if not isinstance(value, Array) or value.mesh is None:
        return heights_of(value)
    is_pair = value.form in (SHEETS, POINT_SHEETS)
    return Heights(value.mesh) if is_pair else heights_of(value)


def histogram(node: ast.Call, in_list: bool) -> Value:
    """Return the heights and the edges of a histogram: `histogram2d`, `hist2d`.

    `histogramdd` returns the edges in a list.
    """
    mesh = Mesh(0, (None, None), node)
    edges = [Array(RANGE, FLOAT, mesh, coordinate) for coordinate in range(2)]
    if in_list:
        return sequence_of([Heights(mesh), sequence_of(edges)])
    return sequence_of([Heights(mesh), *edges])


def coordinates_of(mesh: Mesh, kinds: Sequence[str]) -> Value:
    """Return the arrays of a grid, one for each coordinate."""
    return sequence_of(
        [
            Array(COORDINATE, kinds[k], mesh=mesh, coordinate=k, is_square=True)
            for k in range(2)
        ]
    )


def gradient_of_heights(node: ast.Call, heights: Value) -> Value:
    """Return the slopes that `np.gradient` gives, those along the first axis first."""
    if not isinstance(heights, Heights) or not heights.is_followed:
        return UNKNOWN
    if any(keyword.arg == "axis" for keyword in node.keywords):
        return UNKNOWN
    first = heights.first_axis
    return sequence_of(
        [
            AxisSlope(heights.mesh, coordinate, node, is_turned=heights.is_turned)
            for coordinate in (first, 1 - first)
        ]
    )
