"""Spacing: the distances between the points that `np.gradient` is given.

NumPy goes along the first axis of an array first, and a picture draws that axis
upwards. A square grid hides that two distances are exchanged.
"""

from collections.abc import Iterator

from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.rules.edits import exchange, insertion_in_call, replacement
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.spacings import (
    are_equal,
    are_exchanged,
    factors_known,
    scaled_calls,
    sheet_among_spacings,
    slopes_drawn,
)
from gradviz_core.scripts.walk.observations import AxisGradient

# Other numbers would be written with an exponent.
SMALLEST = 1e-3
LARGEST = 1e4


def spacing(script: Script) -> Iterator[Finding]:
    """Distances that are missing, exchanged, or not those of the grid."""
    quivers = script.observations.quivers
    calls_drawn = {slope.call for slope in slopes_drawn(quivers)}
    scaled = scaled_calls(quivers)
    for gradient in script.observations.axis_gradients:
        if gradient.node not in calls_drawn:
            continue
        if sheet_among_spacings(gradient) is not None:
            yield _stop_at_sheet(script, gradient)
        # Scaled slopes may be scaled by the spacing: a mend would divide by it twice.
        elif gradient.node not in scaled:
            yield from _wrong_lengths(script, gradient)


def _stop_at_sheet(script: Script, gradient: AxisGradient) -> Finding:
    """`np.gradient(Z, X, Y)`."""
    sheet = sheet_among_spacings(gradient)
    assert sheet is not None
    edits = _mend_of_spacing(script, gradient)
    text = script.source.text(sheet)
    return script.finding(
        "stops", "error", gradient.node, edits, "spacing", spacing=text
    )


def _wrong_lengths(script: Script, gradient: AxisGradient) -> Iterator[Finding]:
    """Slopes that are, or may be, multiplied by a factor."""
    node = gradient.node
    factors = factors_known(gradient)
    edits = _mend_of_spacing(script, gradient)
    if factors is None:
        if gradient.is_plain and not gradient.spacings:
            yield script.finding("spacing", "note", node, edits)
    elif not are_equal(*factors):
        yield script.finding("spacing", "error", node, edits)
    elif not are_equal(factors[0], 1):
        # Every arrow keeps its direction; all are longer or shorter by the same factor.
        factor = rounded(factors[0])
        yield script.finding("spacing", "note", node, edits, "factor", factor=factor)


def rounded(number: float) -> str:
    """Return a number to three digits, as both readers write it."""
    if number and not SMALLEST <= abs(number) <= LARGEST:
        return "…"
    return f"{float(f'{number:.3g}') + 0:g}"


def _mend_of_spacing(script: Script, gradient: AxisGradient) -> list[Edit]:
    """Pass the coordinates along each axis of the array: `np.gradient(Z, y, x)`."""
    source = script.source
    call = gradient.node
    along_first, along_second = _coordinates_along_axes(script, gradient)
    if not along_first or not along_second or not gradient.is_plain:
        return []
    match call.args:
        case [heights]:
            further = f", {along_first}, {along_second}"
            return [insertion_in_call(source, heights, call, further)]
        case [_, distance]:
            return [
                replacement(source, distance, along_first),
                insertion_in_call(source, distance, call, f", {along_second}"),
            ]
        case [_, first, second] if are_exchanged(gradient):
            return exchange(source, first, second)
        case [_, first, second]:
            return [
                replacement(source, first, along_first),
                replacement(source, second, along_second),
            ]
    return []


def _coordinates_along_axes(script: Script, gradient: AxisGradient) -> tuple[str, str]:
    """Return how the script can write them; nothing if they differ between calls."""
    differ = any(
        each.node is gradient.node and each.coordinates != gradient.coordinates
        for each in script.observations.axis_gradients
    )
    if differ:
        return "", ""
    first = gradient.heights.first_axis
    return gradient.coordinates[first], gradient.coordinates[1 - first]
