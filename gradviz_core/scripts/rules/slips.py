"""Slips: what is wrong in the body of a gradient routine."""

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.findings import Finding
from gradviz_core.scripts.routines import Routine, Slip
from gradviz_core.scripts.rules.edits import insertion, insertion_before, replacement
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit, Source
from gradviz_core.scripts.trials import SHORTEST_STEP


def slips(script: Script) -> Iterator[Finding]:
    """Slips in the formula of a routine, and in what it puts back or returns."""
    for routine in _routines_in_use(script):
        yield from findings_of_slips(script, routine.slips)


def findings_of_slips(script: Script, slips: Sequence[Slip]) -> Iterator[Finding]:
    """Slips that only help if they are mended together."""
    mends = [_mend_of_slip(script.source, slip) for slip in slips]
    for slip, mend in zip(slips, mends, strict=True):
        edits = mend if all(mends) else []
        values = dict(slip.values)
        if slip.code == "precedence":
            assert isinstance(slip.other, ast.expr)
            values["number"] = script.source.text(slip.other)
        yield script.finding(slip.code, slip.severity, slip.node, edits, **values)


def steps_too_short(script: Script) -> Iterator[Finding]:
    """An h that is lost in rounding, or nearly so."""
    for routine in _routines_in_use(script):
        node = routine.step_node
        if routine.step is None or node is None or routine.step >= SHORTEST_STEP:
            continue
        if _may_be_bad_example(script, routine):
            continue
        is_lost = routine.step <= vocabulary("findings")["lost_step"]
        form = "error" if is_lost else "rounded"
        edits = [replacement(script.source, node, "1e-4")]
        step = script.source.text(node)
        yield script.finding("absorption", "error", node, edits, form, step=step)


def _routines_in_use(script: Script) -> Iterator[Routine]:
    """Yield the routines that are called, or could be: not those that are redefined.

    The book's bad example is followed by a better one of the same name.
    """
    definitions = script.definitions
    for function, routine in script.routines.own.items():
        last = definitions.by_name.get(function.name, function)
        can_be_called = function in definitions.methods or function is last
        if can_be_called or _is_called(script, routine):
            yield routine


def _may_be_bad_example(script: Script, routine: Routine) -> bool:
    """Whether a routine is one of several, and nothing calls it."""
    return len(script.routines.own) > 1 and not _is_called(script, routine)


def _is_called(script: Script, routine: Routine) -> bool:
    return any(
        differentiation.routine.definition is routine.definition
        for differentiation in script.observations.differentiations
    )


# Mends


def _mend_of_slip(source: Source, slip: Slip) -> list[Edit]:
    mend = MENDS.get(slip.code)
    return [] if mend is None else mend(source, slip)


def _one_divisor(source: Source, slip: Slip) -> list[Edit]:
    """Divide by a product: `(a / 2) * h` becomes `(a / (2 * h))`."""
    assert isinstance(slip.node, ast.BinOp)
    assert isinstance(slip.other, ast.expr)
    number, step = slip.other, slip.node.right
    line, column = source.end(number)
    step_line, step_column = source.start(step)
    if line != step_line:
        return []
    between = source.lines[line - 1][column:step_column]
    sign = between.replace(")", "")
    closing = ")" * (1 + between.count(")"))
    text = f"{sign}{source.text(step)}{closing}"
    return [
        insertion_before(source, number, "("),
        Edit(line, column, *source.end(step), text),
    ]


def _right_formula(source: Source, slip: Slip) -> list[Edit]:
    """Subtract the two values, or divide by two steps."""
    if isinstance(slip.other, ast.BinOp):
        return _minus_for_plus(source, slip.other)
    if isinstance(slip.other, ast.Name):
        return [replacement(source, slip.other, f"(2 * {slip.other.id})")]
    return []


def _minus_for_plus(source: Source, total: ast.BinOp) -> list[Edit]:
    line, column = source.end(total.left)
    end_line, end_column = source.start(total.right)
    between = source.lines[line - 1][column:end_column]
    if line != end_line or between.count("+") != 1:
        return []
    place = column + between.index("+")
    return [Edit(line, place, line, place + 1, "-")]


def _both_sides(source: Source, slip: Slip) -> list[Edit]:
    """Take the backward value one step before the point."""
    return [insertion(source, slip.node, f" - {slip.values['step']}")]


def _return_behind_loop(source: Source, slip: Slip) -> list[Edit]:
    """Indent a return like the loop that it is in."""
    assert isinstance(slip.other, ast.stmt)
    line, column = source.start(slip.node)
    loop_line, loop_column = source.start(slip.other)
    indent = source.lines[loop_line - 1][:loop_column]
    return [Edit(line, 0, line, column, indent)]


def _put_back(source: Source, slip: Slip) -> list[Edit]:
    """Restore an entry in a line of its own, after the last line of the loop."""
    line, column = source.start(slip.node)
    indent = source.lines[line - 1][:column]
    if slip.other is None or not indent.isspace():
        return []
    text = f"\n{indent}{slip.values['place']} = {slip.values['saved']}"
    return [insertion(source, slip.node, text)]


def _with_index(source: Source, slip: Slip) -> list[Edit]:
    """Write one entry instead of all of them."""
    return [insertion(source, slip.node, f"[{slip.values['index']}]")]


MENDS: Mapping[str, Callable[[Source, Slip], list[Edit]]] = {
    "precedence": _one_divisor,
    "formula": _right_formula,
    "one-sided": _both_sides,
    "early-return": _return_behind_loop,
    "not-restored": _put_back,
    "lost-index": _with_index,
}
