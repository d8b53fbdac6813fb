"""Trying: the routine that a function proves to be when it is carried out."""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.routines.body import Body, Positions
from gradviz_core.scripts.routines.routine import Routine, Slip
from gradviz_core.scripts.routines.slips import slips_in
from gradviz_core.scripts.routines.tried_changes import (
    changed_as,
    missing_steps,
    sums,
    with_entries_put_back,
)
from gradviz_core.scripts.small_arrays import NotFollowed
from gradviz_core.scripts.trials import UNCLEAR, Trial


def tried_routine(body: Body, interpreter: Interpreter) -> Routine | None:
    """Return a function as a routine, or None if it is not one."""
    for positions in body.positions():
        routine = routine_at(body, interpreter, positions, {})
        if routine is not None:
            return routine
    return None


def routine_at(
    body: Body,
    interpreter: Interpreter,
    positions: Positions,
    others: Mapping[str, Any],
) -> Routine | None:
    """Return a function as a routine, with f and the array in these positions.

    Parameters
    ----------
    body : Body
        The function.
    interpreter : Interpreter
        Carries it out.
    positions : tuple of int
        The positions of f and of the array among its parameters.
    others : mapping
        Values of other parameters.
    """
    routine = _as_tried(body, interpreter, positions, others)
    if routine is not None and any(map(_is_not_restored, routine.slips)):
        return _with_certain_mends(routine, body, interpreter, positions, others)
    if _is_long(body):
        return routine
    f_name = body.parameters[positions[0]]
    for slip in _changes_to_try(body, routine, f_name):
        mended = Body(changed_as(slip, body.function), body.imports)
        right = _as_tried(mended, interpreter, positions, others)
        if right is not None and _is_sound(right):
            return replace(
                right,
                definition=body.function,
                is_right=False,
                uses=right.uses | {body.function},
                slips=(slip,),
            )
    return routine


def _is_long(body: Body) -> bool:
    """Whether a function is too long to be tried once more with a change."""
    most_nodes: int = vocabulary("routines")["most_nodes"]
    return len(body.nodes) > most_nodes


def _is_not_restored(slip: Slip) -> bool:
    return slip.code == "not-restored"


def _with_certain_mends(
    routine: Routine,
    body: Body,
    interpreter: Interpreter,
    positions: Positions,
    others: Mapping[str, Any],
) -> Routine:
    """Return a routine; keep mends that put entries back only if a trial confirms them.

    The end of the loop may be too late: the index may have moved on, the saved number
    may have been overwritten, or the loop may have been left.
    """
    moved = [slip for slip in routine.slips if _is_not_restored(slip)]
    if not _is_long(body):
        mended = Body(with_entries_put_back(moved, body.function), body.imports)
        restored = _as_tried(mended, interpreter, positions, others)
        if restored is not None and _lacks_only(moved, restored, routine):
            return routine
    slips = [
        replace(slip, other=None) if slip in moved else slip for slip in routine.slips
    ]
    return replace(routine, slips=tuple(slips))


def _lacks_only(moved: Sequence[Slip], restored: Routine, routine: Routine) -> bool:
    """Whether a mended routine has all slips of a routine but these, and no others."""
    remaining = {slip.code for slip in routine.slips if slip not in moved}
    codes = {slip.code for slip in restored.slips}
    is_explained = restored.is_right or bool(codes)
    return restored.is_followed and is_explained and codes == remaining


def _changes_to_try(body: Body, routine: Routine | None, f_name: str) -> Iterable[Slip]:
    """Return slips that may explain why a function gives no slopes, or wrong ones."""
    if routine is not None and any(map(_is_halving, routine.slips)):
        return missing_steps(body, f_name)
    if _is_unexplained(routine) and body.differentiates({f_name}):
        return sums(body)
    return ()


def _is_halving(slip: Slip) -> bool:
    return slip.code == "formula" and slip.values.get("factor") == "0.5"


def _is_unexplained(routine: Routine | None) -> bool:
    """Whether a function gives no slopes, and no slip in it explains why."""
    return routine is None or not (routine.is_right or routine.slips)


def _is_sound(routine: Routine) -> bool:
    return routine.is_right and routine.is_followed and not routine.slips


def _as_tried(
    body: Body,
    interpreter: Interpreter,
    positions: Positions,
    others: Mapping[str, Any],
) -> Routine | None:
    """Return the routine that a trial shows a function to be, or None."""
    trial = Trial(interpreter, body.function, *positions, others)
    try:
        slips = list(slips_in(body, trial))
        lost = [slip for slip in slips if slip.code == "lost-index"]
        if lost:  # it hides what else the routine does
            interpreter.lost_indices |= {slip.node: slip.other for slip in lost}
            trial = Trial(interpreter, body.function, *positions, others)
            slips += slips_in(body, trial)
        return _routine_shown_by(trial, body, positions, slips)
    except NotFollowed:
        return None


def _routine_shown_by(
    trial: Trial, body: Body, positions: Positions, slips: list[Slip]
) -> Routine | None:
    """Return the routine that a trial shows, or None if it shows none.

    The order of the queries matters: for some of them the function is carried out once
    more, and `has_visited_all` and `entered` cover all calls made before them.
    """
    takes = trial.takes
    cuts_whole_numbers = trial.cuts_whole_numbers
    if takes == UNCLEAR and not slips:
        return None
    misreads_columns = trial.misreads_columns
    is_followed = takes != UNCLEAR and trial.has_visited_all()
    stops_at = trial.stops_at()
    function_parameter, array_parameter = positions
    return Routine(
        body.function.name,
        takes if is_followed else UNCLEAR,
        body.function,
        function_parameter,
        array_parameter,
        cuts_whole_numbers=cuts_whole_numbers,
        misreads_columns=misreads_columns,
        takes_one_point=trial.takes_one_point,
        arguments_of_f=trial.arguments_of_f,
        stops_at=stops_at,
        step=trial.step,
        step_node=_node_of_step(trial.step, body),
        is_followed=is_followed,
        is_right=trial.is_right,
        uses=frozenset(trial.interpreter.entered),
        slips=tuple(slips),
    )


def _node_of_step(step: float | None, body: Body) -> ast.expr | None:
    """Return where the step is written, as a default or in an assignment."""
    nodes = [*body.function.args.defaults]
    nodes += [node.value for node in body.nodes if isinstance(node, ast.Assign)]
    return next((node for node in nodes if step and number(node) == step), None)
