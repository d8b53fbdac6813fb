"""Swapped slopes: plots that draw each slope along the axis of the other."""

import ast
from collections.abc import Iterator

from gradviz_core.scripts.arrays import Array, AxisSlope, SlopesPart
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.plots import SWAPPED, order_of, order_of_axes, plots_of
from gradviz_core.scripts.rules.edits import exchange
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.spacings import factors_of_slopes, slopes_drawn
from gradviz_core.scripts.trials import COLUMNS, ROWS
from gradviz_core.scripts.walk.observations import Quiver


def swapped_components(script: Script) -> Iterator[Finding]:
    """`quiver(X, Y, grad[1], grad[0])`."""
    for differentiation in script.observations.differentiations:
        array = differentiation.argument
        takes_points = differentiation.routine.takes in (ROWS, COLUMNS)
        if not isinstance(array, Array) or not takes_points:
            continue
        for quiver in plots_of(differentiation.call, script.observations.quivers):
            if _is_swapped(quiver, array):
                horizontal = _text_of_argument(script, quiver, 0)
                edits = _exchanged_arguments(script, quiver)
                yield script.finding(
                    "swapped-components",
                    "error",
                    quiver.node,
                    edits,
                    horizontal=horizontal,
                )


def _is_swapped(quiver: Quiver, array: Array) -> bool:
    parts = {value.part for value in quiver.values if isinstance(value, SlopesPart)}
    return {order_of(quiver, array, part) for part in parts} == {SWAPPED}


# Slopes of np.gradient


def axis_orders(script: Script) -> Iterator[Finding]:
    """Slopes of `np.gradient`, drawn in the order of the array's axes."""
    swapped: list[tuple[Quiver, AxisSlope]] = []
    drawn_otherwise: set[ast.Call] = set()  # in some plot
    for quiver in script.observations.quivers:
        slope = quiver.values[2]
        is_swapped = order_of_axes(quiver) == SWAPPED
        if is_swapped and isinstance(slope, AxisSlope):
            swapped.append((quiver, slope))
        if not is_swapped:
            drawn_otherwise.update(slope.call for slope in slopes_drawn([quiver]))
    for quiver, slope in swapped:
        are_alike = slope.call not in drawn_otherwise
        yield _axis_order(script, quiver, slope, are_alike)


def _axis_order(
    script: Script, quiver: Quiver, slope: AxisSlope, are_alike: bool
) -> Finding:
    """Exchange two slopes where they are named, if every plot has them swapped."""
    call = slope.call
    # A plot whose slopes are swapped gets x0 first, and then x1.
    axis = _text_of_argument(script, quiver, _first_axis_of_heights(script, slope))
    node: ast.expr = call
    edits: list[Edit] = []
    if not _has_unread_spacings(script, call):
        if are_alike:
            edits = _exchanged_names(script, call)
        if not edits:
            node = quiver.node
            edits = _exchanged_arguments(script, quiver)
    return script.finding("axis-order", "error", node, edits, axis=axis)


def _first_axis_of_heights(script: Script, slope: AxisSlope) -> int:
    """Return the coordinate of the first slope that `np.gradient` returns."""
    return next(
        gradient.heights.first_axis
        for gradient in script.observations.axis_gradients
        if gradient.node is slope.call and gradient.heights.mesh is slope.mesh
    )


def _has_unread_spacings(script: Script, call: ast.Call) -> bool:
    """Whether two distances may belong to the slopes as they are named."""
    texts = {script.source.text(spacing) for spacing in call.args[1:]}
    if len(texts) < 2:
        return False
    return any(
        factors_of_slopes(gradient) is None
        for gradient in script.observations.axis_gradients
        if gradient.node is call
    )


def _exchanged_names(script: Script, call: ast.Call) -> list[Edit]:
    """Exchange the names in `dx, dy = np.gradient(…)`."""
    match script.targets_by_call.get(call):
        case [ast.Tuple(elts=[first, second]) | ast.List(elts=[first, second])]:
            return exchange(script.source, first, second)
    return []


# Arguments of a plot


def _text_of_argument(script: Script, quiver: Quiver, place: int) -> str:
    """Return the text of an argument; for *P, the book's name for the part."""
    if has_starred(quiver.node):
        return "XY"[place]
    return script.source.text(quiver.node.args[place])


def _exchanged_arguments(script: Script, quiver: Quiver) -> list[Edit]:
    """Exchange the two slopes in a plot."""
    if has_starred(quiver.node):
        return []
    return exchange(script.source, quiver.node.args[2], quiver.node.args[3])
