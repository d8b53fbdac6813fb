"""Plot calls: calls that draw arrows, heights and histograms."""

from gradviz_core.scripts.arrays import ENTRY, UNKNOWN, SlopesPart, Value, computed_of
from gradviz_core.scripts.grids import histogram
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.walk.arguments import Call
from gradviz_core.scripts.walk.observations import Observations, Picture, Quiver
from gradviz_core.scripts.walk.walk import Walk


def result_of_plot(walk: Walk, call: Call, full_name: str) -> Value | None:
    """Note a call that draws; return its result, or None if that is unknown."""
    name = full_name.rpartition(".")[2]
    if name in walk.vocabulary["drawing"] and len(call.arguments) >= 4:
        _note_quiver(walk.observations, call)
        return UNKNOWN
    if name in walk.vocabulary["pictures"] and not has_starred(call.node):
        _note_picture(walk.observations, call, name)
    if name in walk.vocabulary["histograms"]:
        return histogram(call.node, full_name.endswith("dd"))
    return None


def _note_quiver(observations: Observations, call: Call) -> None:
    """Note how a call of quiver takes apart the result of a routine."""
    values = call.arguments[:4]
    for value in values[2:]:
        if isinstance(value, SlopesPart) and value.part != ENTRY:
            value.call.uses.add(value.part)
            continue
        drawn = computed_of(value)
        if isinstance(drawn, SlopesPart):
            drawn.call.uses.add("elsewhere")
    observations.quivers.append(Quiver(call.node, tuple(values)))


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
