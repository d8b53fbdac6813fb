"""Compound statements: if, for, while, with, try and match.

What they change is less certain after them.
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
    """Follow both branches of an if, or the only one that ever runs."""
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
    """Follow a loop without items; its test is ignored."""
    return _follow_loop(walk, statement, UNKNOWN, names)


def follow_with(walk: Walk, statement: ast.With, names: Names) -> Value | None:
    """Follow the body of a with statement."""
    for context in statement.items:
        within = unknown_part(walk.value(context.context_expr, names))
        if context.optional_vars is not None:
            assign(walk, context.optional_vars, within, names)
    return walk.statements(statement.body, names)


def follow_try(
    walk: Walk, statement: ast.Try | ast.TryStar, names: Names
) -> Value | None:
    """Follow the try block, then a handler or the else block."""
    handlers = [handler.body for handler in statement.handlers]
    tried = walk.statements(statement.body, names)
    behind = _follow_branches(walk, [*handlers, statement.orelse], names)
    last = walk.statements(statement.finalbody, names)
    return either_return(either_return(tried, behind), last)


def follow_match(walk: Walk, statement: ast.Match, names: Names) -> Value | None:
    """Follow every case of a match: any of them may run, or none."""
    walk.value(statement.subject, names)
    for case in statement.cases:
        for name in _captured_by(case.pattern):
            names.forget(name)
        if case.guard is not None:
            walk.value(case.guard, names)
    bodies = [case.body for case in statement.cases]
    return _follow_branches(walk, [*bodies, []], names)


def _captured_by(pattern: ast.pattern) -> Iterator[str]:
    """Yield the names that a pattern binds."""
    for node in ast.walk(pattern):
        name = node.rest if isinstance(node, ast.MatchMapping) else None
        if isinstance(node, ast.MatchAs | ast.MatchStar):
            name = node.name
        if name is not None:
            yield name


def _follow_loop(
    walk: Walk, statement: ast.For | ast.While, item: Value, names: Names
) -> Value | None:
    """Follow a loop; keep what is the same whether it runs or not."""
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
    """Follow the first iterations of a loop, until one changes nothing.

    If they all change something, follow one more, which stands for any iteration.
    Return the names after the last iteration, and what the iterations return from a
    function.
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
        assign(walk, statement.target, walk.changes.as_it_is_now(item), names)
    return walk.statements(statement.body, names)


def _first_turns(walk: Walk) -> int:
    """Return how many first iterations to follow: none deep inside other loops."""
    is_deep = walk.loops > walk.vocabulary["most_loops"]
    return 0 if is_deep else int(walk.vocabulary["first_turns"])


def forget_assigned(walk: Walk, statement: ast.stmt, names: Names) -> None:
    """Forget what a statement changes, in a loop or because it is not followed.

    An array changed in place by `x -= …` remains known.
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
    """Follow branches side by side; keep what is the same after all of them."""
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
