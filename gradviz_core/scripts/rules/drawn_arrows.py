"""Drawn arrows: what a run of the whole script shows to be wrong in its plots."""

import ast
from collections.abc import Iterator

from gradviz_core.scripts.drawn import TOLERANCE, Fields
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.routines import Slip
from gradviz_core.scripts.routines.syntax import is_operation
from gradviz_core.scripts.rules.edits import appended, exchange, insertion
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.rules.slips import findings_of_slips
from gradviz_core.scripts.source import Edit


def drawn_arrows(script: Script, fields: Fields) -> Iterator[Finding]:
    """Slopes that are drawn along each other's axes, and quotients that are none."""
    for quiver in fields.swapped:
        horizontal, _, first, second = quiver.args[:4]
        edits = [] if has_starred(quiver) else exchange(script.source, first, second)
        text = script.source.text(horizontal)
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
    yield from findings_of_slips(script, list(_slips(script, fields)))


def _slips(script: Script, fields: Fields) -> Iterator[Slip]:
    """Yield what is wrong in the quotients of differences."""
    for quotient, factor in fields.wrong_quotients.items():
        left, right = quotient.left, quotient.right
        if isinstance(quotient.op, ast.Mult) and isinstance(right, ast.Name):
            is_divided = isinstance(left, ast.BinOp) and is_operation(left, ast.Div)
            if is_divided and number(left.right) is not None:
                yield Slip("precedence", quotient, left.right, {"step": right.id})
            continue
        for wrong in (2, 0.5):
            if is_operation(quotient, ast.Div) and abs(factor - wrong) < TOLERANCE:
                text = script.source.text(quotient)
                missing = _step_missing(left) if wrong < 1 else None
                if missing is not None:
                    place, step = missing
                    values = {"routine": text, "step": step}
                    yield Slip("one-sided", place, None, values)
                    continue
                values = {"routine": text, "factor": f"{wrong}"}
                is_by_name = wrong == 2 and isinstance(right, ast.Name)
                step = right if is_by_name else None
                yield Slip("formula", quotient, step, values)


def _step_missing(difference: ast.expr) -> tuple[ast.Name, str] | None:
    """Return where a step back is missing, and the step: `f(x + h, y) - f(x, y)`."""
    if not isinstance(difference, ast.BinOp):
        return None
    missing = []
    for ahead, behind in _alike(difference.left, difference.right):
        match ahead, behind:
            case (
                ast.BinOp(left=ast.Name(id=name), op=ast.Add(), right=ast.Name(id=step)),
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
