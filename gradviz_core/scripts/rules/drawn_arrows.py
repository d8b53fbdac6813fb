"""Drawn arrows: what a run of the whole script shows to be wrong in its plots."""

import ast
from collections.abc import Iterator

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.drawings import KnownStop
from gradviz_core.scripts.fields import FoundMiss, JudgedFields
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.routines import Slip
from gradviz_core.scripts.routines.slips import (
    factor_slip,
    is_factor,
    precedence_slip,
)
from gradviz_core.scripts.rules.angles import angles
from gradviz_core.scripts.rules.edits import appended, exchange, insertion
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.slips import findings_of_slips
from gradviz_core.scripts.rules.spacing import rounded
from gradviz_core.scripts.small_arrays import Stops
from gradviz_core.scripts.source import Edit


def drawn_arrows(script: Script, fields: JudgedFields) -> Iterator[Finding]:
    """Slopes that are drawn along each other's axes, and quotients that are none."""
    for quiver in fields.swapped:
        edits = []
        if not has_starred(quiver):
            edits = exchange(script.source, quiver.args[2], quiver.args[3])
        text = script.source.text(quiver.args[0])
        yield script.finding(
            "swapped-components", "error", quiver, edits, horizontal=text
        )
    for call, place in fields.unturned.items():
        yield script.finding(
            "layout",
            "error",
            call,
            _both_transposes(script, call, place),
            routine=script.source.text(call.func),
        )
    for found in fields.misses:
        if _is_about_slopes(script):
            yield _finding_of_miss(script, found)
    yield from findings_of_slips(script, list(_slips(script, fields)))
    if fields.are_right:
        yield from angles(script, are_slopes=True)


def _is_about_slopes(script: Script) -> bool:
    """Whether a script speaks of slopes, so that arrows are meant to be some."""
    text = "\n".join(script.source.lines).lower()
    return any(word in text for word in vocabulary("findings")["about_slopes"])


def _finding_of_miss(script: Script, found: FoundMiss) -> Finding:
    """Arrows that are not the slopes of their function, or stand elsewhere."""
    node = found.field.node
    miss = found.miss
    k, axis = miss.place, miss.axis
    text = script.source.text
    has_places = len(node.args) > 1
    names = [text(place) for place in node.args[:2]] if has_places else ["x", "y"]
    match found.subject:
        case ast.FunctionDef(name=name):
            subject = name
        case ast.Lambda():
            subject = "f"
        case ast.expr() as heights:
            subject = text(heights)
    numbers = {
        "x": found.field.points[k][0],
        "y": found.field.points[k][1],
        "drawn": found.field.arrows[k][axis],
        "expected": miss.expected,
        "slope": found.slopes[k][0],
        "other_slope": found.slopes[k][1],
    }
    return script.finding(
        "not-slopes",
        "error",
        node,
        [],
        miss.form,
        f=subject,
        right=names[1 - axis],
        wrong=names[axis],
        **{name: rounded(each) for name, each in numbers.items()},
    )


def stop_of_run(script: Script, stop: Stops) -> Iterator[Finding]:
    """Calls with which matplotlib stops, whatever the arrows show."""
    if isinstance(stop, KnownStop):
        values = {
            name: value if isinstance(value, str) else script.source.text(value)
            for name, value in stop.values.items()
        }
        yield script.finding("stops", "error", stop.node, [], stop.form, **values)


def _slips(script: Script, fields: JudgedFields) -> Iterator[Slip]:
    """Yield what is wrong in the quotients of differences."""
    for quotient, factor in fields.wrong_quotients.items():
        match quotient:
            case ast.BinOp(left=ast.BinOp(left=difference), op=ast.Mult()):
                slip = precedence_slip(quotient)
                if slip is not None and _is_moved_by(difference, slip.values["step"]):
                    yield slip
            case ast.BinOp(left=ast.BinOp(op=ast.Sub()) as difference, op=ast.Div()):
                text = script.source.text(quotient)
                yield from _wrong_formula(quotient, difference, factor, text)


def _is_moved_by(difference: ast.expr, step: str) -> bool:
    """Whether a name is added to something in a difference, or taken from it."""
    for node in ast.walk(difference):
        match node:
            case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.Name(id=name)):
                if name == step:
                    return True
    return False


def _wrong_formula(
    quotient: ast.BinOp, difference: ast.BinOp, factor: float, text: str
) -> Iterator[Slip]:
    """Yield what doubles a slope, turns it round or halves it."""
    for named in (2, -1, 0.5):
        if not is_factor(factor, named):
            continue
        missing = _step_missing(difference) if named == 0.5 else None
        if missing is None:
            yield factor_slip(quotient, named, text)
        else:
            place, step = missing
            yield Slip("one-sided", place, None, {"routine": text, "step": step})


def _step_missing(difference: ast.BinOp) -> tuple[ast.Name, str] | None:
    """Return where a step back is missing, and the step: `f(x + h, y) - f(x, y)`."""
    missing = []
    for ahead, behind in _alike(difference.left, difference.right):
        match ahead, behind:
            case (
                ast.BinOp(
                    left=ast.Name(id=name), op=ast.Add(), right=ast.Name(id=step)
                ),
                ast.Name(id=same),
            ) if name == same:
                missing.append((behind, step))
    return missing[0] if len(missing) == 1 else None


def _alike(one: ast.expr, other: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the parts at the same places of two calls, or of lists in them."""
    parts: list[list[ast.expr]] = []
    for each in (one, other):
        if isinstance(each, ast.Call):
            parts.append(each.args)
        elif isinstance(each, ast.List | ast.Tuple):
            parts.append(each.elts)
    if len(parts) < 2:
        yield one, other
        return
    for first, second in zip(*parts, strict=False):
        yield from _alike(first, second)


def _both_transposes(script: Script, call: ast.Call, place: int) -> list[Edit]:
    """Add a .T to the array of a call, and one to its result."""
    if call in script.transposes or has_starred(call) or place >= len(call.args):
        return []
    array = call.args[place]
    if isinstance(array, ast.List | ast.Tuple):
        return []
    edits = appended(script.source, array, ".T")
    return [*edits, insertion(script.source, call, ".T")]
