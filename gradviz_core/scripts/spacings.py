"""Spacings: the distances passed to `np.gradient`, compared with those of the grid."""

import ast
from collections.abc import Sequence
from dataclasses import replace

from gradviz_core.scripts.arrays import Array, AxisSlope, Mesh, Number, Value
from gradviz_core.scripts.grids import are_alike, coordinate_in
from gradviz_core.scripts.walk.observations import AxisGradient, Quiver

# How closely a distance has to match that of the grid.
DISTANCE_TOLERANCE = 1e-6


def slopes_drawn(quivers: Sequence[Quiver]) -> list[AxisSlope]:
    """Return the slopes of `np.gradient` that are drawn."""
    values = [value for quiver in quivers for value in quiver.values]
    return [value for value in values if isinstance(value, AxisSlope)]


def scaled_calls(quivers: Sequence[Quiver]) -> set[ast.Call]:
    """Return the calls of `np.gradient` whose results are multiplied and then drawn."""
    return {slope.call for slope in slopes_drawn(quivers) if slope.is_scaled}


def is_spacing_read(gradient: AxisGradient, is_scaled: bool) -> bool:
    """Whether the effect of the distances passed to `np.gradient` is known."""
    if is_scaled:
        factors = factors_of_slopes(gradient)
        return factors is not None and all(are_equal(each, 1) for each in factors)
    if gradient.is_plain and not gradient.spacings:
        return True  # if the grid is not known, a note says so
    if sheet_among_spacings(gradient) is not None:
        return True
    return factors_known(gradient) is not None


def factors_known(gradient: AxisGradient) -> tuple[float, float] | None:
    """Return the factors of the slopes, or those that one distance causes to differ."""
    return factors_of_slopes(gradient) or _factors_of_one(gradient)


def factors_of_slopes(gradient: AxisGradient) -> tuple[float, float] | None:
    """Return the factors by which the slopes along the two axes of the array are off.

    Each is the distance of the points, divided by the one that `np.gradient` assumes.
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
    """Return the same for one unknown distance if no value would fit both axes."""
    if len(gradient.spacings) != 1 or isinstance(gradient.spacings[0], Array):
        return None
    factors = factors_of_slopes(replace(gradient, spacings=()))
    if factors is None or are_equal(*factors):
        return None
    return factors


def _factor(mesh: Mesh, coordinate: int, spacing: Value) -> float | None:
    numbers = mesh.ranges[coordinate]
    axis = numbers.axis if numbers else None
    if isinstance(spacing, Array):
        if spacing.is_square:
            return None
        if coordinate_in(mesh, spacing) == coordinate or is_of_both(mesh, spacing):
            return 1.0
        if spacing.is_moved or axis is None or spacing.axis is None:
            return None
        # np.gradient raises an error if the number of coordinates differs.
        is_as_long = axis.count == spacing.axis.count
        return axis.step / spacing.axis.step if is_as_long else None
    if not isinstance(spacing, Number) or not spacing.value or axis is None:
        return None
    return axis.step / spacing.value


def is_of_both(mesh: Mesh, spacing: Array) -> bool:
    """Whether an array holds the numbers along both axes, which are the same."""
    numbers = mesh.ranges[0]
    if numbers is None or spacing.is_moved or not are_alike(mesh):
        return False
    is_one = spacing.made is not None and spacing.made is numbers.made
    return is_one or (spacing.axis is not None and spacing.axis == numbers.axis)


def are_equal(one: float, other: float) -> bool:
    """Whether two distances, or two factors, are equal within tolerance."""
    return abs(one - other) <= DISTANCE_TOLERANCE * abs(other)


def sheet_among_spacings(gradient: AxisGradient) -> ast.expr | None:
    """Return X in `np.gradient(Z, X, Y)`, where NumPy raises an error."""
    if not gradient.is_plain or len(gradient.spacings) != 2:
        return None
    for node, value in zip(gradient.node.args[1:], gradient.spacings, strict=True):
        if isinstance(value, Array) and value.is_square:
            return node
    return None


def are_exchanged(gradient: AxisGradient) -> bool:
    """Whether the two distances of the grid are given in the wrong order."""
    first = gradient.heights.first_axis
    mesh = gradient.heights.mesh
    factors = [
        _factor(mesh, coordinate, spacing)
        for coordinate, spacing in zip(
            (1 - first, first), gradient.spacings, strict=True
        )
    ]
    return all(factor is not None and are_equal(factor, 1) for factor in factors)
