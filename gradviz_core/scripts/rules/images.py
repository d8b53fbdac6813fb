"""Images: heights over a grid, or a histogram, drawn with the wrong axis upwards.

NumPy goes along the first axis of an array first, and a picture draws that axis
upwards. A square grid and a symmetric example hide that the two are exchanged.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import Array, Items, Mesh, Number, Value
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.grids import are_alike, coordinate_in, heights_of
from gradviz_core.scripts.names import dotted, meaning
from gradviz_core.scripts.plots import first_axis_of_places
from gradviz_core.scripts.rules.edits import replacement
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.transposes import turned_text
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.spacings import DISTANCE_TOLERANCE, is_of_both
from gradviz_core.scripts.walk.observations import Picture

DIGITS = set("0123456789")


def image_axes(script: Script) -> Iterator[Finding]:
    """Pictures of heights over a grid, or of histograms."""
    for picture in script.observations.pictures:
        yield from _heights_drawn(script, picture)


def _heights_drawn(script: Script, picture: Picture) -> Iterator[Finding]:
    """Heights over a grid, or a histogram, drawn with the wrong axis upwards."""
    heights = heights_of(picture.array)
    if heights is None or _has_unread_places(picture, heights.mesh):
        return
    names = _names_of(script, heights.mesh)
    upward, is_told = _upward(script, picture, heights.mesh, names)
    first = heights.first_axis
    if upward is None:
        upward = 1
    if upward == first or (names is None and not is_told):
        return
    coordinates = names or ("x0", "x1")
    values = {
        "array": script.source.text(picture.array_node),
        "picture": picture.name,
        "first": coordinates[first],
        "other": coordinates[upward],
    }
    node = picture.node
    if is_told and heights.is_followed:
        edits = _turned_array(script, picture)
        yield script.finding("image-axes", "error", node, edits, **values)
    else:
        yield script.finding("image-axes", "note", node, (), **values)


def _turned_array(script: Script, picture: Picture) -> list[Edit]:
    """Transpose what a picture shows."""
    if picture.name == "imshow" and not picture.is_lower:
        return []  # with the first row at the top, that would be wrong
    text = turned_text(script, picture.array_node)
    return [replacement(script.source, picture.array_node, text)]


def _upward(
    script: Script, picture: Picture, mesh: Mesh, names: tuple[str, str] | None
) -> tuple[int | None, bool]:
    """Return which coordinate should be vertical, and whether the script says so.

    It says so by the coordinates that the picture gets, or by a label. The names alone,
    such as X and Y, say it only where the picture is drawn over coordinates.
    """
    upward = _upward_coordinate(picture, mesh)
    if upward is not None:
        return upward, True
    if names is None:
        return None, False
    upward = _upward_by_label(script, picture, names)
    if upward is not None:
        return upward, picture.is_graph
    upward = _upward_by_names(names)
    is_over_coordinates = bool(picture.places) or picture.extent is not None
    return upward, upward is not None and is_over_coordinates


def _upward_coordinate(picture: Picture, mesh: Mesh) -> int | None:
    """Return which coordinate a picture is told to draw upwards, if any."""
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
    """Whether a coordinate runs from one number to another, to within a step."""
    numbers = mesh.ranges[coordinate]
    axis = numbers.axis if numbers else None
    low, high = bounds
    if axis is None or not isinstance(low, Number) or not isinstance(high, Number):
        return False
    if low.value is None or high.value is None:
        return False
    step = abs(axis.step) * (1 + DISTANCE_TOLERANCE)
    is_start = abs(low.value - axis.start) <= step
    return is_start and abs(high.value - axis.stop) <= step


def _has_unread_places(picture: Picture, mesh: Mesh) -> bool:
    """Whether a picture is given coordinates that are unknown."""
    if not picture.places or _upward_coordinate(picture, mesh) is not None:
        return False
    are_of_both = are_alike(mesh) and all(
        isinstance(place, Array) and is_of_both(mesh, place) for place in picture.places
    )
    return not are_of_both


def _names_of(script: Script, mesh: Mesh) -> tuple[str, str] | None:
    """Return what a script calls the coordinates of a grid, or of a histogram."""
    pairs = [
        target.elts
        for each in script.source.nodes
        if isinstance(each, ast.Assign) and each.value is mesh.node
        for target in each.targets
        if isinstance(target, ast.Tuple | ast.List)
    ]
    if isinstance(mesh.node, ast.Call):
        name = meaning(mesh.node.func, script.imports).rpartition(".")[2]
        if name in vocabulary("walk")["histograms"]:
            pairs = [mesh.node.args[:2]] if name.endswith("2d") else []
    for pair in pairs:
        if len(pair) == 2 and all(isinstance(each, ast.Name) for each in pair):
            first, second = (script.source.text(each) for each in pair)
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
    script: Script, picture: Picture, names: tuple[str, str]
) -> int | None:
    """Return the coordinate that the label of the horizontal axis does not name."""
    labels = set()
    for node in script.source.nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = meaning(node.func, script.imports).rpartition(".")[2]
        if name not in ("xlabel", "set_xlabel") or _owner(node) != _owner(picture.node):
            continue
        match node.args[0]:
            case ast.Constant(value=str(text)):
                labels.add(re.sub(r"[^a-z0-9]", "", text.lower()))
    named = [k for k, name in enumerate(names) if labels == {name.lower()}]
    return 1 - named[0] if named else None


def _owner(node: ast.Call) -> str:
    """Return the owner of the function in a call: `plt`, or `ax`."""
    return dotted(node.func).rpartition(".")[0]
