"""Once: a function that occurs in several scripts is tried only in the first.

Exercises and notebooks are full of copies of one routine. What a trial shows depends
only on the text of the function and on what the names in it stand for.
"""

import ast
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gradviz_core.scripts.interpreter import GlobalNames, Interpreter
from gradviz_core.scripts.routines.body import Body
from gradviz_core.scripts.routines.routine import Routine
from gradviz_core.scripts.routines.trying import tried_routine
from gradviz_core.scripts.source import Source, nodes_in

MOST_TRIALS = 300  # that are remembered
# Of a function and all that it may call. Nobody copies more.
MOST_FUNCTIONS = 8
LONGEST = 5_000  # characters


@dataclass(frozen=True)
class PastTrial:
    """A trial of a function in an earlier script.

    Attributes
    ----------
    nodes : sequence of ast.AST
        All nodes of the function, and of the functions that it may call.
    routine : Routine or None
        The function as a routine, or None if it is not one.
    steps : int
        How many steps the interpreter took.
    """

    nodes: Sequence[ast.AST]
    routine: Routine | None
    steps: int

    def routine_among(self, nodes: Sequence[ast.AST]) -> Routine | None:
        """Return the routine as it is in another script, which has these nodes."""
        routine = self.routine
        if routine is None:
            return None
        same: dict[ast.AST | None, Any] = {None: None}
        same.update(zip(self.nodes, nodes, strict=True))
        slips = [
            replace(slip, node=same[slip.node], other=same[slip.other])
            for slip in routine.slips
        ]
        return replace(
            routine,
            definition=same[routine.definition],
            step_node=same[routine.step_node],
            uses=frozenset(same[function] for function in routine.uses),
            slips=tuple(slips),
        )


# By everything that a trial depends on.
past_trials: dict[Hashable, PastTrial] = {}


def routine_tried_once(
    body: Body, interpreter: Interpreter, source: Source
) -> Routine | None:
    """Return a function as a routine, or None if it is not one.

    Count the steps of the interpreter that the trial takes, or took.
    """
    if interpreter.lost_indices or not any(body.positions()):
        return tried_routine(body, interpreter)
    texts = _functions_reached(body.function, interpreter.global_names, source)
    if texts is None:
        return tried_routine(body, interpreter)
    nodes = [node for function in texts for node in nodes_in(function)]
    conditions = (tuple(texts.values()), *_meanings(nodes, interpreter.global_names))
    past = past_trials.get(conditions)
    if past is not None and interpreter.has_steps_for(past.steps):
        interpreter.steps_of_all += past.steps
        return past.routine_among(nodes)
    steps_before = interpreter.steps_of_all
    routine = tried_routine(body, interpreter)
    trial = PastTrial(nodes, routine, interpreter.steps_of_all - steps_before)
    if interpreter.has_steps_for(0) and not interpreter.lost_indices:
        _remember(conditions, trial)
    return routine


def _functions_reached(
    function: ast.FunctionDef, global_names: GlobalNames, source: Source
) -> dict[ast.FunctionDef, str] | None:
    """Return a function, and all functions it may call, each with its text.

    Return None if these are too many, or too long.
    """
    texts: dict[ast.FunctionDef, str] = {}
    length = 0
    waiting = [function]
    while waiting:
        each = waiting.pop()
        if each in texts:
            continue
        texts[each] = source.code_of(each)
        length += len(texts[each])
        if length > LONGEST or len(texts) > MOST_FUNCTIONS:
            return None
        names = _names_in(nodes_in(each))
        waiting += [
            global_names.functions[name]
            for name in names
            if name in global_names.functions
        ]
    return texts


def _names_in(nodes: Sequence[ast.AST]) -> list[str]:
    return [node.id for node in nodes if isinstance(node, ast.Name)]


def _meanings(
    nodes: Sequence[ast.AST], global_names: GlobalNames
) -> tuple[Hashable, ...]:
    """Return what the names in some nodes stand for outside the functions."""
    names = {*_names_in(nodes)}
    constants = global_names.constants.keys() & names
    return (
        frozenset(global_names.functions.keys() & names),
        frozenset(global_names.rebound & names),
        frozenset((name, ast.dump(global_names.constants[name])) for name in constants),
        frozenset(global_names.imports.items()),
    )


def _remember(conditions: Hashable, trial: PastTrial) -> None:
    """Remember a trial, unless it refers to nodes that only its mended copy has."""
    routine = trial.routine
    if routine is not None:
        of_routine = {routine.definition, routine.step_node, *routine.uses}
        of_slips = {node for slip in routine.slips for node in (slip.node, slip.other)}
        if not of_routine | of_slips <= {*trial.nodes, None}:
            return
    if len(past_trials) == MOST_TRIALS:
        del past_trials[next(iter(past_trials))]
    past_trials[conditions] = trial
