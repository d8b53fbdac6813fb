"""Plot calls: calls that draw arrows, heights and histograms."""

import ast

from gradviz_core.scripts.arrays import (
    ENTRY,
    UNKNOWN,
    AxisSlope,
    SlopesPart,
    Value,
    computed_of,
)
from gradviz_core.scripts.grids import histogram
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.walk.arguments import Call
from gradviz_core.scripts.walk.arithmetic import signed
from gradviz_core.scripts.walk.observations import Observations, Picture, Quiver
from gradviz_core.scripts.walk.walk import Walk


def result_of_plot(walk: Walk, call: Call, full_name: str) -> Value | None:
    """Note a call that draws; return its result, or None if that is unknown."""
    name = full_name.rpartition(".")[2]
    if name in walk.vocabulary["drawing"] and len(call.arguments) >= 4:
        _note_quiver(walk.observations, call.node, _arrays_drawn(walk, call))
        return UNKNOWN
    if name in walk.vocabulary["pictures"] and not has_starred(call.node):
        _note_picture(walk.observations, call, name)
    if name in walk.vocabulary["histograms"]:
        return histogram(call.node, full_name.endswith("dd"))
    return None


def _arrays_drawn(walk: Walk, call: Call) -> list[Value]:
    """Return the arrays of a plot: whole ones where it draws the same part of each.

    In `quiver(X[::2, ::2], Y[::2, ::2], U[::2, ::2], V[::2, ::2])` each slope is at the
    point where it is in the plot of all of them.
    """
    nodes = [_without_minus(node) for node in call.node.args[:4]]
    parts = [node for node in nodes if isinstance(node, ast.Subscript)]
    indices = {ast.dump(part.slice) for part in parts}
    if len(parts) < 4 or len(indices) > 1 or any(map(_holds_call, parts)):
        return call.arguments[:4]
    wholes = [walk.value(part.value, call.names) for part in parts]
    if any(isinstance(whole, AxisSlope) and whole.is_turned for whole in wholes):
        return call.arguments[:4]
    return [
        signed(node.op, whole) if isinstance(node, ast.UnaryOp) else whole
        for node, whole in zip(call.node.args, wholes, strict=False)
    ]


def _without_minus(node: ast.expr) -> ast.expr:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return operand
    return node


def _holds_call(node: ast.AST) -> bool:
    return any(isinstance(each, ast.Call | ast.NamedExpr) for each in ast.walk(node))


def _note_quiver(
    observations: Observations, node: ast.Call, values: list[Value]
) -> None:
    """Note how a call of quiver takes apart the result of a routine."""
    for value in values[2:]:
        if isinstance(value, SlopesPart) and value.part != ENTRY:
            value.call.uses.add(value.part)
            continue
        drawn = computed_of(value)
        if isinstance(drawn, SlopesPart):
            drawn.call.uses.add("elsewhere")
    observations.quivers.append(Quiver(node, tuple(values)))


def _note_picture(observations: Observations, call: Call, name: str) -> None:
    """Note a call that draws an array as it is."""
    node, arguments = call.node, call.arguments
    takes_places = name != "imshow" and len(arguments) > 2
    place = 2 if takes_places else 0
    if place >= len(arguments):
        return
    origin = [k.value for k in node.keywords if k.arg == "origin"]
    is_lower = bool(origin) and getattr(origin[0], "value", None) == "lower"
    picture = Picture(
        node=node,
        name=name,
        array_node=node.args[place],
        array=arguments[place],
        places=tuple(arguments[:2]) if takes_places else (),
        extent=call.keywords.get("extent"),
        is_lower=is_lower,
    )
    observations.pictures.append(picture)
