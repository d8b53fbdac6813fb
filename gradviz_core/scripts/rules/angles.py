"""Angles: plots of slopes whose axes have different scales."""

import ast
from collections.abc import Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import Array, SlopesPart
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.rules.edits import insertion_in_call
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.walk.observations import Quiver


def angles(script: Script) -> Iterator[Finding]:
    """A plot of slopes whose axes have different scales, without `angles="xy"`."""
    if _may_have_equal_axes(script):
        return
    for quiver in script.observations.quivers:
        lengths = _lengths_of_axes(quiver)
        if _shows_angles_on_screen(script, quiver) and _differ_in_scale(lengths):
            width, height = (f"{length:g}" for length in lengths)
            edits = [_angles_of_data(script, quiver.node)]
            yield script.finding(
                "angles", "note", quiver.node, edits, width=width, height=height
            )


def _may_have_equal_axes(script: Script) -> bool:
    """Whether a script may give both axes one scale: `plt.axis("equal")`."""
    equal = vocabulary("findings")["equal_axes"]
    return any(
        isinstance(node, ast.Constant) and node.value in equal
        for node in script.source.nodes
        if not isinstance(getattr(node, "value", None), bytes)
    )


def _shows_angles_on_screen(script: Script, quiver: Quiver) -> bool:
    """Whether slopes are drawn as `quiver` does by default."""
    if not isinstance(quiver.values[2], SlopesPart):
        return False
    if not meaning(quiver.node.func, script.imports).endswith("quiver"):
        return False
    names = {keyword.arg for keyword in quiver.node.keywords}
    return names.isdisjoint({"angles", None})  # which stands for `**options`


def _lengths_of_axes(quiver: Quiver) -> Sequence[float | None]:
    """Return how long the grid is along each coordinate; nothing without a grid."""
    x = quiver.values[0]
    return x.mesh.lengths if isinstance(x, Array) and x.mesh is not None else ()


def _differ_in_scale(lengths: Sequence[float | None]) -> bool:
    """Whether a grid is much longer along one coordinate than along the other."""
    known = [abs(length) for length in lengths if length]
    if len(known) < 2:
        return False
    most: float = vocabulary("findings")["most_ratio"]
    return max(known) / min(known) > most


def _angles_of_data(script: Script, call: ast.Call) -> Edit:
    """Insert `angles="xy"` behind the last argument of a plot."""
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    last = max(arguments, key=_end_of)
    return insertion_in_call(script.source, last, call, ', angles="xy"')


def _end_of(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0
