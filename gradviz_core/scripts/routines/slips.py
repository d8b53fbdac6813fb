"""Slips: what a trial shows to be wrong in a routine, where its text shows why.

A run of the whole script shows two of them in quotients outside routines.
"""

import ast
from collections.abc import Iterator
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.literals import index_text, number, plain_text
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.routines.body import Body
from gradviz_core.scripts.routines.routine import Slip
from gradviz_core.scripts.routines.syntax import only_target
from gradviz_core.scripts.trials import PARTIAL, ROWS, SCALED, TOLERANCE, Trial

Loop = ast.For | ast.While


def slips_in(body: Body, trial: Trial) -> Iterator[Slip]:
    """Yield the slips in a function.

    Raises
    ------
    NotFollowed
        If it is not known what the function does.
    """
    outcomes = {outcome for outcome, _ in trial.outcomes}
    if SCALED in outcomes:
        yield from filter(None, map(precedence_slip, body.operations))
    if PARTIAL in outcomes:
        yield from _early_returns(body)
    if trial.is_array_changed:
        yield from _not_restored(body, trial)
    if _gives_one_number(trial):
        yield from _lost_index(body)
    yield from _wrong_formula(body, trial)


def precedence_slip(node: ast.AST) -> Slip | None:
    """Return the slip of `/ 2*h`, which divides by two and multiplies by h."""
    match node:
        case ast.BinOp(
            left=ast.BinOp(op=ast.Div(), right=divisor),
            op=ast.Mult(),
            right=ast.Name(id=step),
        ) if number(divisor) is not None:
            return Slip("precedence", node, divisor, {"step": step})
    return None


def factor_slip(quotient: ast.BinOp, factor: float, routine: str) -> Slip:
    """Return the slip of a quotient that is off by a factor: one step for two is 2."""
    step = None
    if factor == 2 and isinstance(quotient.right, ast.Name):
        step = quotient.right
    values = {"routine": routine, "factor": f"{factor}"}
    return Slip("formula", quotient, step, values)


def is_factor(measured: float, factor: float) -> bool:
    """Whether a factor that was measured, with a step, stands for this one."""
    return abs(measured - factor) < TOLERANCE


def _early_returns(body: Body) -> Iterator[Slip]:
    """A return at the end of a loop's body ends the loop in its first iteration.

    It belongs after all loops that end with this one.
    """
    for loop in body.loops:
        last = loop.body[-1]
        if isinstance(last, ast.Return):
            yield Slip("early-return", last, _outermost(body, loop))


def _outermost(body: Body, loop: Loop) -> Loop:
    """Return the outermost loop of which a loop is the last statement."""
    outer = next((each for each in body.loops if each.body[-1] is loop), None)
    return loop if outer is None else _outermost(body, outer)


def _not_restored(body: Body, trial: Trial) -> Iterator[Slip]:
    """A loop that leaves a coordinate where it moved it.

    With a step so short that no slope counts as wrong, only the array is changed.
    """
    severity = "error" if trial.shows_that_array_is_changed else "warning"
    for loop in body.loops:
        written = [plain_text(each) for each in _entries_written_in(loop)]
        for entry, saved in _saved_in(loop):
            if entry in written and not _puts_back(loop, entry, saved):
                values = {"place": entry, "saved": saved}
                yield Slip("not-restored", loop.body[-1], loop, values, severity)
                break


def _puts_back(loop: Loop, entry: str, saved: str) -> bool:
    """Whether the last write to an entry, in every turn, restores what was saved."""
    if any(isinstance(node, ast.Continue) for node in ast.walk(loop)):
        return False
    values = [
        getattr(statement, "value", None)
        for statement in loop.body
        if plain_text(only_target(statement)) == entry
    ]
    return bool(values) and plain_text(values[-1]) == saved


def _entries_written_in(loop: Loop) -> Iterator[ast.Subscript]:
    """Yield the entries of arrays that the statements of a loop write, in order.

    Statements in a loop or a branch within it are ignored.
    """
    for statement in loop.body:
        target = only_target(statement)
        if isinstance(target, ast.Subscript):
            yield target


def _saved_in(loop: Loop) -> Iterator[tuple[str, str]]:
    """Yield the entries whose number a loop saves, and the names it saves it under."""
    for statement in loop.body:
        target = only_target(statement)
        if not isinstance(statement, ast.Assign) or not isinstance(target, ast.Name):
            continue
        saved = statement.value
        if isinstance(saved, ast.Call) and saved.args:  # float(x[i])
            saved = saved.args[0]
        text = plain_text(saved)
        if isinstance(saved, ast.Subscript) and text:
            yield text, target.id


def _gives_one_number(trial: Trial) -> bool:
    """Whether one number comes back for a point, instead of its slopes."""
    result = trial.point.result
    return result is not None and not result.shape and trial.point.asks_for(ROWS)


def _lost_index(body: Body) -> Iterator[Slip]:
    """`grad = …` in the loop, where `grad[i] = …` is meant."""
    arrays = set(_new_arrays(body))
    for loop in body.loops:
        entry = next(_entries_written_in(loop), None)
        index = index_text(entry.slice) if entry else ""
        if not entry or not index:
            continue
        for statement in loop.body:
            target = only_target(statement)
            if isinstance(target, ast.Name) and target.id in arrays:
                values = {"name": target.id, "index": index}
                yield Slip("lost-index", target, entry.slice, values)


def _new_arrays(body: Body) -> Iterator[str]:
    """Yield the names of arrays that a function makes for its slopes."""
    functions = vocabulary("routines")["new_arrays"]
    for statement in body.function.body:
        if not isinstance(statement, ast.Assign):
            continue
        value = statement.value
        if not isinstance(value, ast.Call):
            continue
        if meaning(value.func, body.imports) in functions:
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id


def _wrong_formula(body: Body, trial: Trial) -> Iterator[Slip]:
    """Slopes that are halved or doubled: one step for two, or two for one."""
    if not body.differentiates({trial.f_name}):
        return
    division = body.divisions[0]
    scales = [scale for outcome, scale in trial.outcomes if outcome == SCALED]
    for factor in (2, 0.5):
        if not any(is_factor(scale, factor) for scale in scales):
            continue
        slip = factor_slip(division, factor, body.function.name)
        is_certain = len(body.divisions) == 1  # else another one may be wrong
        yield slip if is_certain else replace(slip, other=None)
