"""Plots: the arrows that a call draws; what else is drawn, or printed, is looked at.

Nothing more depends on what is only looked at: its values may be unknown.
"""

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.drawings import Drawing, check_arrows, result_of_drawing
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.small_arrays import SmallArray, array_of
from gradviz_core.scripts.values import Library, Opaque, Scope, items_of
from gradviz_core.scripts.whole_runs.records import Drawn, HeightsDrawn
from gradviz_core.scripts.whole_runs.values import Abandoned

if TYPE_CHECKING:
    from gradviz_core.scripts.whole_runs.run import WholeRun

DRAWING = Drawing()


def quivers_in(nodes: Sequence[ast.AST]) -> set[ast.Call]:
    """Return the calls in a script that draw arrows."""
    return {node for node in nodes if isinstance(node, ast.Call) and draws_arrows(node)}


def draws_arrows(node: ast.Call) -> bool:
    """Whether a call draws arrows, or lines along them."""
    return name_called(node) in vocabulary("walk")["drawing"]


def name_called(node: ast.Call) -> str:
    """Return the last name of what is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def draws(value: Any) -> bool:
    """Whether this is of a library that draws."""
    if not isinstance(value, Library):
        return False
    return value.name.partition(".")[0] in vocabulary("walk")["drawing_libraries"]


def look_at(
    run: "WholeRun", nodes: Sequence[ast.expr], scope: Scope | None
) -> list[Any]:
    """Carry out what is drawn or printed: nothing more depends on its values."""
    was_looking = run.is_looking
    run.is_looking = True
    values = []
    for node in nodes:
        inner = node
        if isinstance(node, ast.Starred | ast.FormattedValue):
            inner = node.value
        values.append(run.value(inner, scope))
    run.is_looking = was_looking
    return values


def note_arrows(
    run: "WholeRun", node: ast.Call, function: Any, scope: Scope | None
) -> None:
    """Note the arrows of a plot; what else it gets, such as colours, only looks."""
    are_starred = any(isinstance(each, ast.Starred) for each in node.args[:4])
    count = len(node.args) if are_starred else 4
    arguments = run.values(node.args[:count], scope)
    arguments += look_at(run, node.args[count:], scope)
    looks = look_at(run, [keyword.value for keyword in node.keywords], scope)
    keywords = values_by_name(node.keywords, looks)
    is_flat = 4 <= len(arguments) <= 5  # else in space
    if not isinstance(function, Drawing) or not is_flat:
        raise Abandoned
    check_arrows(node, arguments)
    if keywords.get("angles", "xy") not in ("xy", "uv"):
        raise Abandoned
    x, y, u, v = (_as_drawn(value) for value in arguments[:4])
    run.records.drawn.append(Drawn(node, (x, y), (u, v)))


def _as_drawn(value: Any) -> Any:
    """Return a copy of what is drawn, since the script may go on to change it."""
    return value if isinstance(value, Opaque) else array_of(value)


def values_by_name(
    keywords: Sequence[ast.keyword], values: Sequence[Any]
) -> dict[str, Any]:
    """Return the values of arguments by name, those in dictionaries included."""
    by_name: dict[str, Any] = {}
    for keyword, value in zip(keywords, values, strict=True):
        if keyword.arg is not None:
            by_name[keyword.arg] = value
        elif isinstance(value, dict):
            by_name.update(value)
        else:
            raise Abandoned
    return by_name


def result_of_call_that_draws(
    run: "WholeRun", node: ast.Call, function: Any, scope: Scope | None
) -> Any:
    """Return what a call gives that draws or prints."""
    values = look_at(run, node.args, scope)
    looks = look_at(run, [each.value for each in node.keywords], scope)
    if not isinstance(function, Drawing) or has_starred(node):
        return DRAWING
    names = [each.arg or "**" for each in node.keywords]
    keywords = dict(zip(names, looks, strict=True))
    if name_called(node) in vocabulary("drawn_on")["of_heights"]:
        _note_heights(run, node, values)
    return result_of_drawing(function, node, values, keywords)


def _note_heights(run: "WholeRun", node: ast.Call, values: Sequence[Any]) -> None:
    """Note heights over a grid, if there is one of each at every point."""
    given = values[:3]
    if len(given) < 3 or not all(isinstance(each, SmallArray) for each in given):
        return
    x, y, heights = given
    if len(x.shape) != 2 or not x.shape == y.shape == heights.shape:
        return
    rows = zip(items_of(x), items_of(y), strict=True)
    points = [
        [*zip(map(float, xs.entries()), map(float, ys.entries()), strict=True)]
        for xs, ys in rows
    ]
    numbers = [float(each) for each in heights.entries()]
    run.records.heights.append(HeightsDrawn(node.args[2], points, numbers))
