"""Compound statements: if, for, while, with, try and match.

What they change is less certain behind them.
"""

import ast
from collections.abc import Iterator, Sequence
from functools import reduce

from gradviz_core.scripts.arrays import UNKNOWN, Array, Value, item_of, unknown_part
from gradviz_core.scripts.source import nodes_in
from gradviz_core.scripts.walk.assignments import assign
from gradviz_core.scripts.walk.branches import (
    Names,
    are_alike,
    either_of,
    either_return,
)
from gradviz_core.scripts.walk.conditions import is_main_guard, truth_of
from gradviz_core.scripts.walk.walk import Walk


def follow_if(walk: Walk, statement: ast.If, names: Names) -> Value | None:
    """Follow both branches of an if, or the only one that is ever run."""
    if is_main_guard(statement.test):
        return walk.statements(statement.body, names)
    walk.value(statement.test, names)
    branches = [statement.body, statement.orelse]
    truth = truth_of(statement.test, walk.outline.flags)
    if truth is None:
        return _follow_branches(walk, branches, names)
    run, skipped = branches if truth else reversed(branches)
    walk.observations.skipped.extend(skipped)
    return walk.statements(run, names)


def follow_for(walk: Walk, statement: ast.For, names: Names) -> Value | None:
    """Follow a loop over items."""
    item = item_of(walk.value(statement.iter, names))
    return _follow_loop(walk, statement, item, names)


def follow_while(walk: Walk, statement: ast.While, names: Names) -> Value | None:
    """Follow a loop without items; its test is passed over."""
    return _follow_loop(walk, statement, UNKNOWN, names)


def follow_with(walk: Walk, statement: ast.With, names: Names) -> Value | None:
    """Follow what stands in a context."""
    for context in statement.items:
        within = unknown_part(walk.value(context.context_expr, names))
        if context.optional_vars is not None:
            assign(walk, context.optional_vars, within, names)
    return walk.statements(statement.body, names)


def follow_try(
    walk: Walk, statement: ast.Try | ast.TryStar, names: Names
) -> Value | None:
    """Follow what is tried, then a handler, or what stands under else."""
    handlers = [handler.body for handler in statement.handlers]
    tried = walk.statements(statement.body, names)
    behind = _follow_branches(walk, [*handlers, statement.orelse], names)
    last = walk.statements(statement.finalbody, names)
    return either_return(either_return(tried, behind), last)


def follow_match(walk: Walk, statement: ast.Match, names: Names) -> Value | None:
    """Follow each case of a match as if it might be run, or none."""
    walk.value(statement.subject, names)
    for case in statement.cases:
        for name in _captured_by(case.pattern):
            names.forget(name)
        if case.guard is not None:
            walk.value(case.guard, names)
    bodies = [case.body for case in statement.cases]
    return _follow_branches(walk, [*bodies, []], names)


def _captured_by(pattern: ast.pattern) -> Iterator[str]:
    """Yield the names that a pattern gives a value."""
    for node in ast.walk(pattern):
        name = node.rest if isinstance(node, ast.MatchMapping) else None
        if isinstance(node, ast.MatchAs | ast.MatchStar):
            name = node.name
        if name is not None:
            yield name


def _follow_loop(
    walk: Walk, statement: ast.For | ast.While, item: Value, names: Names
) -> Value | None:
    """Follow a loop; keep what is the same whether it is run or not."""
    walk.loops += 1
    last_turn, returned = _follow_turns(walk, statement, item, names)
    walk.loops -= 1
    for name, last in last_turn.changes_of(names).items():
        names.set(name, either_of(names.get(name), last))
    if isinstance(statement, ast.For):
        assign(walk, statement.target, item, names)
    return either_return(returned, walk.statements(statement.orelse, names))


def _follow_turns(
    walk: Walk, statement: ast.For | ast.While, item: Value, names: Names
) -> tuple[Names, Value | None]:
    """Follow the first turns of a loop, until a turn changes nothing any more.

    If none is like the one before, another one is followed that may be any turn. Return
    the names behind the last turn, and what the turns return from a function.
    """
    turn = names
    returned = None
    for _ in range(_first_turns(walk)):
        before = turn
        turn = Names(before)
        returned = either_return(returned, _follow_turn(walk, statement, item, turn))
        if all(are_alike(before.get(name), turn.own[name]) for name in turn.own):
            return turn, returned
    for each in statement.body:
        forget_assigned(walk, each, names)
    turn = Names(names)
    return turn, either_return(returned, _follow_turn(walk, statement, item, turn))


def _follow_turn(
    walk: Walk, statement: ast.For | ast.While, item: Value, names: Names
) -> Value | None:
    if isinstance(statement, ast.For):
        assign(walk, statement.target, item, names)
    return walk.statements(statement.body, names)


def _first_turns(walk: Walk) -> int:
    """Return how many first turns are followed: none deep within other loops."""
    is_deep = walk.loops > walk.vocabulary["most_loops"]
    return 0 if is_deep else int(walk.vocabulary["first_turns"])


def forget_assigned(walk: Walk, statement: ast.stmt, names: Names) -> None:
    """Forget what a statement changes, in a loop that comes back, or of another kind.

    An array that is changed in place, `x -= …`, stays what it is.
    """
    nodes = nodes_in(statement)
    changed_in_place = {
        node.target for node in nodes if isinstance(node, ast.AugAssign)
    }
    for node in nodes:
        if not isinstance(node, ast.Name):
            continue
        walk.steps += 1
        is_array = isinstance(names.get(node.id), Array)
        is_kept = is_array and node in changed_in_place
        if not isinstance(node.ctx, ast.Load) and not is_kept:
            names.forget(node.id)


def _follow_branches(
    walk: Walk, bodies: Sequence[Sequence[ast.stmt]], names: Names
) -> Value | None:
    """Follow branches side by side; keep what is the same behind all of them."""
    returned: Value | None = None
    outcomes = []
    for body in bodies:
        outcome = Names(names)
        returned = either_return(returned, walk.statements(body, outcome))
        outcomes.append(outcome)
    changed = {name for outcome in outcomes for name in outcome.own}
    for name in changed:
        values = [outcome.get(name) for outcome in outcomes]
        names.set(name, reduce(either_of, values))
    return returned
