"""Angles: plots of slopes whose axes have different scales."""

import ast
from collections.abc import Iterator, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import Array, SlopesPart
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.rules.edits import insertion_in_call
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.walk.observations import Quiver


def angles(script: Script, are_slopes: bool = False) -> Iterator[Finding]:
    """A plot of slopes whose axes have different scales, without `angles="xy"`.

    All arrows are slopes if a run of the script has shown that.
    """
    if any(_may_give_one_scale(node) for node in script.source.nodes):
        return
    proportions = _proportions_of_figures(script)
    for quiver in script.observations.quivers:
        lengths = _lengths_of_axes(quiver)
        draws_slopes = are_slopes or isinstance(quiver.values[2], SlopesPart)
        if not draws_slopes or not _shows_angles_on_screen(script, quiver):
            continue
        if _differ_in_scale(lengths, proportions):
            width, height = (f"{length:g}" for length in lengths)
            edits = [_angles_of_data(script, quiver.node)]
            yield script.finding(
                "angles", "note", quiver.node, edits, width=width, height=height
            )


def _may_give_one_scale(node: ast.AST) -> bool:
    """Whether this may give both axes one scale: `plt.axis("equal")`, `add_axes`."""
    words = vocabulary("findings")
    match node:
        case ast.Constant(value=str(text)):
            return text in words["equal_axes"] or text in words["shaping"]
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            is_placed = name == "axes" and bool(node.args)
            if is_placed or name in words["shaping"]:
                return True
            aspects = _values_of_keyword(node, "aspect")
            if name == "set_aspect":
                aspects += node.args[:1]
            return any(_may_be_equal(aspect) for aspect in aspects)
    return False


def _may_be_equal(aspect: ast.expr) -> bool:
    is_automatic = isinstance(aspect, ast.Constant) and aspect.value == "auto"
    return not is_automatic and number(aspect) in (None, 1)


def _proportions_of_figures(script: Script) -> list[float | None]:
    """Return the ratio of width to height of each figure with a size of its own.

    It is None for a size that is not a literal.
    """
    return [
        _proportion(size)
        for call in script.source.nodes
        if isinstance(call, ast.Call)
        for size in _values_of_keyword(call, "figsize")
    ]


def _proportion(size: ast.expr) -> float | None:
    match size:
        case (
            ast.Tuple(elts=[width_node, height_node])
            | ast.List(elts=[width_node, height_node])
        ):
            width, height = number(width_node), number(height_node)
            return width / height if width and height else None
    return None


def _values_of_keyword(call: ast.Call, name: str) -> list[ast.expr]:
    return [keyword.value for keyword in call.keywords if keyword.arg == name]


def _shows_angles_on_screen(script: Script, quiver: Quiver) -> bool:
    """Whether arrows are drawn as `quiver` does by default."""
    if not meaning(quiver.node.func, script.imports).endswith("quiver"):
        return False
    names = {keyword.arg for keyword in quiver.node.keywords}
    return names.isdisjoint({"angles", None})  # None stands for `**options`


def _lengths_of_axes(quiver: Quiver) -> Sequence[float | None]:
    """Return the length of the grid along each coordinate; nothing without a grid."""
    x = quiver.values[0]
    return x.mesh.lengths if isinstance(x, Array) and x.mesh is not None else ()


def _differ_in_scale(
    lengths: Sequence[float | None], proportions: Sequence[float | None]
) -> bool:
    """Whether the two axes of a grid differ much in scale in all of these figures."""
    known = [length for length in lengths if length]
    if len(known) < 2:
        return False
    width, height = known
    return all(
        proportion is not None and _is_unlike(width / height, proportion)
        for proportion in (1.0, *proportions)
    )


def _is_unlike(one: float, other: float) -> bool:
    """Whether one ratio of width to height is far from another."""
    most: float = vocabulary("findings")["most_ratio"]
    return max(one / other, other / one) > most


def _angles_of_data(script: Script, call: ast.Call) -> Edit:
    """Insert `angles="xy"` after the last argument of a plot."""
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    last = max(arguments, key=_end_of)
    return insertion_in_call(script.source, last, call, ', angles="xy"')


def _end_of(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0
