"""Stops: calls that end the script with an error."""

import ast
from collections.abc import Iterator

from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.rules.edits import insertion_before, insertion_in_call
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.stop_mends import mend_of_stop
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.stopping import stop_at


def pairs_without_list(script: Script) -> Iterator[Finding]:
    """`np.array(X, Y)`."""
    for node in script.observations.pairs_without_list:
        edits = _put_in_list(script, node)
        array = script.source.text(node.func)
        yield script.finding("stops", "error", node, edits, "no-list", array=array)


def _put_in_list(script: Script, call: ast.Call) -> list[Edit]:
    """Put brackets around the two arguments of a call."""
    source = script.source
    first, last = call.args
    is_in_parentheses = source.end(first) != source.end_within(first, call)
    if is_in_parentheses:
        return []  # the bracket belongs in front of them
    return [
        insertion_before(source, first, "["),
        insertion_in_call(source, last, call, "]"),
    ]


def stops(script: Script) -> Iterator[Finding]:
    """Calls of routines that do not take what they are given."""
    for differentiation in script.observations.differentiations:
        stop = stop_at(differentiation)
        if stop is None:
            continue
        values = {
            "f": script.source.text(differentiation.f_node),
            "routine": differentiation.routine.name,
            **stop.values,
        }
        node = differentiation.call.node
        edits: list[Edit] = []
        if not script.gets_several_forms(node):
            edits = mend_of_stop(script, differentiation, stop.form)
        yield script.finding("stops", "error", node, edits, stop.form, **values)
