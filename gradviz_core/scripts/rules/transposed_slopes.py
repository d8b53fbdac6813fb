"""Transposed slopes: both results of `np.gradient`, each drawn at the wrong point."""

from collections.abc import Iterator

from gradviz_core.scripts.arrays import AxisSlope
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.grids import coordinate_in
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.plots import TRANSPOSED, order_of_axes
from gradviz_core.scripts.rules.edits import replacement
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.transposes import turned_text
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.walk.observations import Quiver


def transposed_slopes(script: Script) -> Iterator[Finding]:
    """`quiver(X, Y, dx.T, dy.T)`: transposed, where they should be exchanged."""
    for quiver in script.observations.quivers:
        if order_of_axes(quiver) == TRANSPOSED:
            yield _transposed_slopes(script, quiver)


def _transposed_slopes(script: Script, quiver: Quiver) -> Finding:
    x, _, slope, _ = quiver.values
    assert isinstance(slope, AxisSlope)
    is_exchanged = slope.coordinate != coordinate_in(slope.mesh, x)
    edits = _turned_arguments(script, quiver, is_exchanged)
    if not slope.is_turned:
        form = "missing"
    elif is_exchanged:
        form = "exchanged"
    else:
        form = "error"
    return script.finding("transposed-slopes", "error", quiver.node, edits, form)


def _turned_arguments(script: Script, quiver: Quiver, is_exchanged: bool) -> list[Edit]:
    """Transpose both slopes, and exchange them if they are exchanged now."""
    if has_starred(quiver.node):
        return []
    _, _, first, second = quiver.node.args[:4]
    texts = [turned_text(script, first), turned_text(script, second)]
    if is_exchanged:
        texts.reverse()
    return [
        replacement(script.source, first, texts[0]),
        replacement(script.source, second, texts[1]),
    ]
