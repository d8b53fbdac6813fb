"""Slips: what a trial shows to be wrong in a routine, where its text shows why."""

import ast
from collections.abc import Iterator

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.literals import index_text, number, plain_text
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.routines.body import Body
from gradviz_core.scripts.routines.routine import Slip
from gradviz_core.scripts.routines.syntax import is_operation, only_target
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
        yield from _precedence(body)
    if PARTIAL in outcomes:
        yield from _early_returns(body)
    if trial.is_array_changed:
        yield from _not_restored(body, trial)
    if _gives_one_number(trial):
        yield from _lost_index(body)
    yield from _wrong_formula(body, trial)


def _precedence(body: Body) -> Iterator[Slip]:
    """`/ 2*h` divides by two and multiplies by h."""
    for product in body.operations:
        quotient = product.left
        step = product.right
        if not isinstance(product.op, ast.Mult) or not isinstance(step, ast.Name):
            continue
        if not isinstance(quotient, ast.BinOp) or not is_operation(quotient, ast.Div):
            continue
        if number(quotient.right) is not None:
            yield Slip("precedence", product, quotient.right, {"step": step.id})


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
    for factor in (2, 0.5):
        if _scales_by(factor, trial):
            is_by_name = factor == 2 and isinstance(division.right, ast.Name)
            has_mend = is_by_name and len(body.divisions) == 1
            step = division.right if has_mend else None
            values = {"routine": body.function.name, "factor": f"{factor}"}
            yield Slip("formula", division, step, values)


def _scales_by(factor: float, trial: Trial) -> bool:
    """Whether slopes come back multiplied by a factor."""
    return any(
        outcome == SCALED and abs(scale - factor) < TOLERANCE
        for outcome, scale in trial.outcomes
    )
