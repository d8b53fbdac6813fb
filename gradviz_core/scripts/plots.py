"""Plots: whether arrows show each slope at its own point and along its own axis."""

from collections.abc import Sequence
from dataclasses import replace

from gradviz_core.scripts.arrays import (
    COORDINATES,
    ENTRY,
    POINTS,
    RANGE,
    RESHAPED,
    Array,
    AxisSlope,
    GradientCall,
    Mesh,
    SlopesPart,
    Value,
)
from gradviz_core.scripts.grids import coordinate_in
from gradviz_core.scripts.trials import ROWS
from gradviz_core.scripts.walk.observations import Differentiation, Quiver

# How a plot shows the two slopes of a call.
IN_ORDER = "in order"
SWAPPED = "swapped"  # each is drawn along the axis of the other
TRANSPOSED = "transposed"  # each is drawn at another point, whatever their order
UNCLEAR_ORDER = "unknown"


def plots_of(call: GradientCall, quivers: Sequence[Quiver]) -> list[Quiver]:
    """Return the plots that show the result of a call."""
    return [quiver for quiver in quivers if call in quiver.owners]


def _part_of_coordinate(array: Array) -> str:
    """Return whether rows or columns of a result are the slopes along one coordinate.

    If points are rows, so are their slopes, and those along x0 form a column.
    """
    return "columns" if array.form == POINTS else "rows"


def is_drawn_unturned(differentiation: Differentiation) -> bool:
    """Whether points are drawn as coordinates because the second .T is missing."""
    is_turned = differentiation.is_turned_at_once
    return differentiation.call.uses == {"rows"} and not is_turned


def order_of(quiver: Quiver, array: Array, part: str) -> str:
    """Return how the order of two slopes in a plot compares with that of its axes.

    Parameters
    ----------
    quiver : Quiver
        The plot.
    array : Array
        The points or the coordinates at which a routine is called.
    part : str
        The parts of the result that are slopes along one coordinate: rows or columns.
    """
    x, y, u, v = quiver.values
    if not isinstance(u, SlopesPart) or not isinstance(v, SlopesPart):
        return UNCLEAR_ORDER
    are_of_call = u.call is v.call and u.part == v.part == part and u.sign == v.sign
    if not are_of_call or not is_at_points(quiver, array):
        return UNCLEAR_ORDER
    assert isinstance(x, Array)
    assert isinstance(y, Array)
    return _order((x.coordinate, y.coordinate), (u.index, v.index))


def order_of_axes(quiver: Quiver) -> str:
    """Return the same for a plot with two slopes of `np.gradient`."""
    x, y, u, v = quiver.values
    if not isinstance(u, AxisSlope) or not isinstance(v, AxisSlope):
        return UNCLEAR_ORDER
    if u.call is not v.call or u.mesh is not v.mesh or u.sign != v.sign:
        return UNCLEAR_ORDER
    first_axis = first_axis_of_places(u.mesh, (x, y))
    if first_axis is None or u.is_turned != v.is_turned:
        return UNCLEAR_ORDER
    if u.is_turned == (first_axis == u.mesh.first_axis):
        return TRANSPOSED
    places = coordinate_in(u.mesh, x), coordinate_in(u.mesh, y)
    return _order(places, (u.coordinate, v.coordinate))


def first_axis_of_places(mesh: Mesh, places: Sequence[Value]) -> int | None:
    """Return the coordinate that has to change along the first axis of the slopes.

    If a plot gets the arrays of a grid, it is that of their first axis; if it gets
    the numbers along each axis, `x` and `y`, it is the vertical one. None if unknown.
    """
    coordinates = [coordinate_in(mesh, place) for place in places]
    arrays = [place for place in places if isinstance(place, Array)]
    if set(coordinates) != {0, 1}:
        return None
    if all(array.form == RANGE for array in arrays):
        return coordinates[1]
    grid = arrays[0].mesh
    if grid is None or arrays[1].mesh is not grid:
        return None
    is_first = arrays[0].coordinate == grid.first_axis
    return coordinates[0 if is_first else 1]


def is_arrow_turned(call: GradientCall, quivers: Sequence[Quiver]) -> bool:
    """Whether an arrow at one point has its slopes in another order, or of other signs.

    Slopes that are scaled first are not compared.
    """
    for quiver in plots_of(call, quivers):
        _, _, u, v = quiver.values
        if not isinstance(u, SlopesPart) or not isinstance(v, SlopesPart):
            continue
        if ENTRY in (u.part, v.part):
            continue
        if (u.index, v.index) != (0, 1) or u.sign != v.sign:
            return True
    return False


def is_at_points(quiver: Quiver, array: Array) -> bool:
    """Whether the arrows start at the points of an array, in order."""
    x, y, *_ = quiver.values
    if not isinstance(x, Array) or not isinstance(y, Array) or array.mesh is None:
        return False
    are_of_mesh = x.mesh is y.mesh is array.mesh
    return are_of_mesh and not (x.is_moved or y.is_moved or array.is_moved)


def is_wrongly_reshaped(
    differentiation: Differentiation, quivers: Sequence[Quiver]
) -> bool:
    """Whether a call needs points and gets coordinates in pairs of neighbours."""
    array = differentiation.argument
    if not isinstance(array, Array) or array.form != RESHAPED:
        return False
    routine = differentiation.routine
    if routine.takes != ROWS or not plots_of(differentiation.call, quivers):
        return False
    points = replace(differentiation, argument=replace(array, form=POINTS))
    return is_followed_to_plots(points, quivers) and not is_drawn_unturned(points)


def is_followed_to_plots(
    differentiation: Differentiation, quivers: Sequence[Quiver]
) -> bool:
    """Whether the order of the slopes is known in every plot of a result.

    For a result that has a finding, it is the order after the mend.
    """
    array = differentiation.argument
    call = differentiation.call
    assert isinstance(array, Array)
    part = _part_of_coordinate(array)
    if array.form == POINTS and is_drawn_unturned(differentiation):
        part = "rows"
    if array.form == COORDINATES and differentiation.routine.takes == ROWS:
        part = "columns" if call.uses == {"columns"} else "rows"
        if array.is_moved or "elsewhere" in call.uses:
            return False
    return all(
        order_of(quiver, array, part) in (IN_ORDER, SWAPPED)
        for quiver in plots_of(call, quivers)
    )


def _order(places: tuple[object, object], slopes: tuple[object, object]) -> str:
    if places == slopes and set(places) == {0, 1}:
        return IN_ORDER
    return SWAPPED if (places, slopes) == ((0, 1), (1, 0)) else UNCLEAR_ORDER
