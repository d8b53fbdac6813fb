"""Grid rules: slopes, heights and histograms that meet the wrong axis of a grid.

NumPy goes along the first axis of an array first, and a picture draws that axis
upwards. So for an array over a grid three things can change places: the distances that
`np.gradient` is given, its two results, and the two axes of an image. In each case a
square grid and a symmetric example hide it.
"""

import ast
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    Array,
    Axis,
    AxisSlope,
    Items,
    Mesh,
    Number,
    Value,
)
from gradviz_core.scripts.grids import are_alike, coordinate_in, heights_of
from gradviz_core.scripts.names import dotted, has_starred, meaning
from gradviz_core.scripts.plots import (
    TRANSPOSED,
    first_axis_of_places,
    order_of_axes,
)
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.walk.observations import AxisGradient, Picture, Quiver

if TYPE_CHECKING:
    from gradviz_core.scripts.findings import Finding, Rules

# How exactly a distance has to be that of the grid.
TOLERANCE = 1e-6

DIGITS = set("0123456789")

# Other factors would be written with an exponent.
SMALLEST = 1e-3
LARGEST = 1e4


def findings_of_grids(rules: "Rules") -> Iterator["Finding"]:
    """Yield what is wrong with what stands over a grid, in a script with its rules."""
    drawn = _slopes_drawn(rules.observations.quivers)
    scaled = scaled_calls(rules.observations.quivers)
    for gradient in rules.observations.axis_gradients:
        if any(slope.call is gradient.node for slope in drawn):
            yield from _spacing(rules, gradient, gradient.node in scaled)
    for quiver in rules.observations.quivers:
        if order_of_axes(quiver) == TRANSPOSED:
            yield _transposed_slopes(rules, quiver)
    for picture in rules.observations.pictures:
        yield from _picture(rules, picture)


def _slopes_drawn(quivers: Sequence[Quiver]) -> list[AxisSlope]:
    values = [value for quiver in quivers for value in quiver.values]
    return [value for value in values if isinstance(value, AxisSlope)]


# The distances between the points, in np.gradient


def scaled_calls(quivers: Sequence[Quiver]) -> set[ast.Call]:
    """Return the calls of `np.gradient` whose results are multiplied, then drawn."""
    return {slope.call for slope in _slopes_drawn(quivers) if slope.is_scaled}


def _spacing(
    rules: "Rules", gradient: AxisGradient, is_scaled: bool
) -> Iterator["Finding"]:
    """Distances that are missing, exchanged, or not those of the grid."""
    sheet = _spacing_of_two_axes(gradient)
    if sheet is not None:
        edits = _mend_of_spacing(rules, gradient)
        words = {"spacing": rules.source.text(sheet)}
        node = gradient.node
        yield rules.finding("stops", "error", node, edits, "spacing", **words)
        return
    if is_scaled:
        return  # by the spacing, perhaps, and a mend would divide by it twice
    factors = factors_of_slopes(gradient) or _factors_of_one(gradient)
    edits = _mend_of_spacing(rules, gradient)
    if factors is None:
        if gradient.is_plain and not gradient.spacings:
            yield rules.finding("spacing", "note", gradient.node, edits)
    elif not _are_equal(*factors):
        yield rules.finding("spacing", "error", gradient.node, edits)
    elif not _are_equal(factors[0], 1):
        # Each arrow has its direction, and all are longer, or shorter, by one factor.
        words = {"factor": _rounded(factors[0])}
        yield rules.finding("spacing", "note", gradient.node, edits, "factor", **words)


def is_spacing_read(gradient: AxisGradient, is_scaled: bool) -> bool:
    """Whether it is known what `np.gradient` makes of the distances that it gets."""
    if is_scaled:
        factors = factors_of_slopes(gradient)
        return factors is not None and all(_are_equal(each, 1) for each in factors)
    if gradient.is_plain and not gradient.spacings:
        return True  # if the grid is not known, a note says so
    if _spacing_of_two_axes(gradient) is not None:
        return True
    factors = factors_of_slopes(gradient) or _factors_of_one(gradient)
    return factors is not None


def _rounded(factor: float) -> str:
    """Return three digits of a factor, as both readers write them."""
    if not SMALLEST <= abs(factor) <= LARGEST:
        return "…"
    return f"{float(f'{factor:.3g}'):g}"


def factors_of_slopes(gradient: AxisGradient) -> tuple[float, float] | None:
    """Return what the slopes along either axis of the array are multiplied by.

    It is what the points are apart, divided by what `np.gradient` takes for that.
    """
    if not gradient.is_plain or len(gradient.spacings) > 2:
        return None
    mesh = gradient.heights.mesh
    first = gradient.heights.first_axis
    spacings = gradient.spacings
    if len(spacings) == 1:
        spacings *= 2
    if not spacings:
        spacings = (Number(True, 1.0),) * 2
    factors = [
        _factor(mesh, coordinate, spacing)
        for coordinate, spacing in zip((first, 1 - first), spacings, strict=True)
    ]
    if factors[0] is None or factors[1] is None:
        return None
    return factors[0], factors[1]


def _factors_of_one(gradient: AxisGradient) -> tuple[float, float] | None:
    """Return the same for one unknown distance, if none would fit both axes."""
    if len(gradient.spacings) != 1 or isinstance(gradient.spacings[0], Array):
        return None
    factors = factors_of_slopes(replace(gradient, spacings=()))
    if factors is None or _are_equal(*factors):
        return None
    return factors


def _factor(mesh: Mesh, coordinate: int, spacing: Value) -> float | None:
    numbers = mesh.ranges[coordinate]
    axis = numbers.axis if numbers else None
    if isinstance(spacing, Array):
        if spacing.is_square:
            return None
        if coordinate_in(mesh, spacing) == coordinate or _is_of_both(mesh, spacing):
            return 1.0
        if spacing.is_moved or axis is None or spacing.axis is None:
            return None
        # np.gradient refuses coordinates of another number.
        is_as_long = _count(axis) == _count(spacing.axis)
        return axis.step / spacing.axis.step if is_as_long else None
    is_known = isinstance(spacing, Number) and axis is not None
    if not is_known or not spacing.value:  # type: ignore[union-attr]
        return None
    return axis.step / spacing.value  # type: ignore[union-attr]


def _is_of_both(mesh: Mesh, spacing: Array) -> bool:
    """Whether an array holds the numbers along both axes, which are the same."""
    numbers = mesh.ranges[0]
    if numbers is None or spacing.is_moved or not are_alike(mesh):
        return False
    is_one = spacing.made is not None and spacing.made is numbers.made
    return is_one or (spacing.axis is not None and spacing.axis == numbers.axis)


def _count(axis: Axis) -> float:
    count = (axis.stop - axis.start) / axis.step
    return math.ceil(count) if math.isfinite(count) else count


def _are_equal(one: float, other: float) -> bool:
    return abs(one - other) <= TOLERANCE * abs(other)


def _spacing_of_two_axes(gradient: AxisGradient) -> ast.expr | None:
    """Return X in `np.gradient(Z, X, Y)`, at which NumPy stops."""
    if not gradient.is_plain or len(gradient.spacings) != 2:
        return None
    for node, value in zip(gradient.node.args[1:], gradient.spacings, strict=True):
        if isinstance(value, Array) and value.is_square:
            return node
    return None


def _mend_of_spacing(rules: "Rules", gradient: AxisGradient) -> list[Edit]:
    """Hand on the coordinates along each axis of the array: `np.gradient(Z, y, x)`."""
    of_node = [
        each
        for each in rules.observations.axis_gradients
        if each.node is gradient.node and each.coordinates != gradient.coordinates
    ]
    first = gradient.heights.first_axis
    texts = gradient.coordinates[first], gradient.coordinates[1 - first]
    if of_node or not all(texts) or not gradient.is_plain:
        return []
    heights, *spacings = gradient.node.args
    if not spacings:
        further = f", {texts[0]}, {texts[1]}"
        return [rules.insertion_in_call(heights, gradient.node, further)]
    if len(spacings) == 1:
        [spacing] = spacings
        return [
            rules.replacement(spacing, texts[0]),
            rules.insertion_in_call(spacing, gradient.node, f", {texts[1]}"),
        ]
    if len(spacings) != 2:
        return []
    given = [rules.source.text(node) for node in spacings]
    is_exchange = _are_exchanged(gradient)
    new = reversed(given) if is_exchange else texts
    return [
        rules.replacement(node, text) for node, text in zip(spacings, new, strict=True)
    ]


def _are_exchanged(gradient: AxisGradient) -> bool:
    """Whether two distances are those of the grid, each for the other axis."""
    first = gradient.heights.first_axis
    mesh = gradient.heights.mesh
    factors = [
        _factor(mesh, coordinate, spacing)
        for coordinate, spacing in zip(
            (1 - first, first), gradient.spacings, strict=True
        )
    ]
    return all(factor is not None and _are_equal(factor, 1) for factor in factors)


# The two results of np.gradient


def _transposed_slopes(rules: "Rules", quiver: Quiver) -> "Finding":
    """`quiver(X, Y, dx.T, dy.T)`: transposed, where they were to be exchanged."""
    x, _, u, _ = quiver.values
    assert isinstance(u, AxisSlope)
    is_exchanged = u.coordinate != coordinate_in(u.mesh, x)
    form = "exchanged" if is_exchanged else "error"
    if not u.is_turned:
        form = "missing"
    edits = []
    if not has_starred(quiver.node):
        nodes = quiver.node.args[2:4]
        texts = [_text_turned(rules, node) for node in nodes]
        new = reversed(texts) if is_exchanged else texts
        edits = [
            rules.replacement(node, text) for node, text in zip(nodes, new, strict=True)
        ]
    return rules.finding("transposed-slopes", "error", quiver.node, edits, form)


def _text_turned(rules: "Rules", node: ast.expr) -> str:
    """Return the text of an array with a .T more, or with one less."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"-{_text_turned(rules, node.operand)}"
    inner = _inside_of_transpose(rules, node)
    if inner is not None:
        return rules.source.text(inner)
    text = rules.source.text(node)
    is_atom = type(node).__name__ in vocabulary("findings")["atoms"]
    return f"{text}.T" if is_atom else f"({text}).T"


def _inside_of_transpose(rules: "Rules", node: ast.expr) -> ast.expr | None:
    """Return what `Z.T`, `Z.transpose()` or `np.transpose(Z)` turns, else None."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    if not isinstance(node, ast.Call) or node.keywords:
        return None
    if meaning(node.func, rules.imports) == "numpy.transpose" and len(node.args) == 1:
        return node.args[0]
    if not isinstance(node.func, ast.Attribute) or node.args:
        return None
    return node.func.value if node.func.attr == "transpose" else None


# Images


def _picture(rules: "Rules", picture: Picture) -> Iterator["Finding"]:
    """Heights over a grid, or a histogram, with the other axis upwards."""
    heights = heights_of(picture.array)
    if heights is None or _has_unread_places(picture, heights.mesh):
        return
    names = _names_of(rules, heights.mesh)
    upward, is_told = _upward(rules, picture, heights.mesh, names)
    first = heights.first_axis
    if upward is None:
        upward = 1
    if upward == first or (names is None and not is_told):
        return
    coordinates = names or ("x0", "x1")
    words = {
        "array": rules.source.text(picture.array_node),
        "picture": picture.name,
        "first": coordinates[first],
        "other": coordinates[upward],
    }
    if not is_told or not heights.is_followed:
        yield rules.finding("image-axes", "note", picture.node, (), **words)
        return
    # With the first row at the top, a transpose alone would not make it right.
    can_be_mended = picture.name != "imshow" or picture.is_lower
    text = _text_turned(rules, picture.array_node)
    edits = [rules.replacement(picture.array_node, text)] if can_be_mended else []
    yield rules.finding("image-axes", "error", picture.node, edits, **words)


def _upward(
    rules: "Rules", picture: Picture, mesh: Mesh, names: tuple[str, str] | None
) -> tuple[int | None, bool]:
    """Return which coordinate is to be vertical, and whether the script says so.

    It says so by the coordinates that the picture gets, or by a label. The names alone,
    such as X and Y, say it only where the picture is drawn over coordinates.
    """
    upward = _upward_coordinate(picture, mesh)
    if upward is not None:
        return upward, True
    if names is None:
        return None, False
    upward = _upward_by_label(rules, picture, names)
    if upward is not None:
        return upward, picture.is_graph
    upward = _upward_by_names(names)
    is_over_coordinates = bool(picture.places) or picture.extent is not None
    return upward, upward is not None and is_over_coordinates


def _upward_coordinate(picture: Picture, mesh: Mesh) -> int | None:
    """Return which coordinate a picture is told to draw upwards, if it is told."""
    if picture.places:
        return first_axis_of_places(mesh, picture.places)
    extent = picture.extent
    if not isinstance(extent, Items) or len(extent.values) != 4:
        return None
    coordinates = [coordinate_in(mesh, bound) for bound in extent.values]
    if coordinates in ([0, 0, 1, 1], [1, 1, 0, 0]):
        return coordinates[2]
    if are_alike(mesh):
        return None
    horizontal, vertical = extent.values[:2], extent.values[2:]
    for upward in (0, 1):
        is_width = _reaches(mesh, 1 - upward, horizontal)
        if is_width and _reaches(mesh, upward, vertical):
            return upward
    return None


def _reaches(mesh: Mesh, coordinate: int, bounds: Sequence[Value]) -> bool:
    """Whether a coordinate goes from one number to another, to within a step."""
    numbers = mesh.ranges[coordinate]
    axis = numbers.axis if numbers else None
    low, high = bounds
    if axis is None or not isinstance(low, Number) or not isinstance(high, Number):
        return False
    if low.value is None or high.value is None:
        return False
    step = abs(axis.step) * (1 + TOLERANCE)
    is_start = abs(low.value - axis.start) <= step
    return is_start and abs(high.value - axis.stop) <= step


def _has_unread_places(picture: Picture, mesh: Mesh) -> bool:
    """Whether a picture is given coordinates, and it is not known which."""
    if not picture.places or _upward_coordinate(picture, mesh) is not None:
        return False
    are_of_both = are_alike(mesh) and all(
        isinstance(place, Array) and _is_of_both(mesh, place)
        for place in picture.places
    )
    return not are_of_both


def _names_of(rules: "Rules", mesh: Mesh) -> tuple[str, str] | None:
    """Return what a script calls the coordinates of a grid, or of a histogram."""
    pairs = [
        target.elts
        for each in rules.source.nodes
        if isinstance(each, ast.Assign) and each.value is mesh.node
        for target in each.targets
        if isinstance(target, ast.Tuple | ast.List)
    ]
    if isinstance(mesh.node, ast.Call):
        name = meaning(mesh.node.func, rules.imports).rpartition(".")[2]
        if name in vocabulary("walk")["histograms"]:
            pairs = [mesh.node.args[:2]] if name.endswith("2d") else []
    for pair in pairs:
        if len(pair) == 2 and all(isinstance(each, ast.Name) for each in pair):
            first, second = (rules.source.text(each) for each in pair)
            return first, second
    return None


def _upward_by_names(names: tuple[str, str]) -> int | None:
    """Return which of `X, Y`, or of `x1, x2`, is usually drawn upwards."""
    first, second = (name.lower() for name in names)
    if {first[0], second[0]} == {"x", "y"}:
        return 1 if first[0] == "x" else 0
    is_numbered = first[:-1] == second[:-1] and {first[-1], second[-1]} <= DIGITS
    return int(first < second) if is_numbered else None


def _upward_by_label(
    rules: "Rules", picture: Picture, names: tuple[str, str]
) -> int | None:
    """Return the coordinate after which the horizontal axis is not named."""
    labels = set()
    for node in rules.source.nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        text = node.args[0]
        name = meaning(node.func, rules.imports).rpartition(".")[2]
        is_text = isinstance(text, ast.Constant) and isinstance(text.value, str)
        is_of_picture = _owner(node) == _owner(picture.node)
        if is_text and is_of_picture and name in ("xlabel", "set_xlabel"):
            labels.add(re.sub(r"[^a-z0-9]", "", text.value.lower()))  # type: ignore[attr-defined]
    named = [k for k, name in enumerate(names) if labels == {name.lower()}]
    return 1 - named[0] if named else None


def _owner(node: ast.Call) -> str:
    """Return `plt`, or `ax`, of a call of its function."""
    return dotted(node.func).rpartition(".")[0]
