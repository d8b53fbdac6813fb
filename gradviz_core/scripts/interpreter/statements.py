"""Statements: what an interpreter does for each kind, and how a block of them ends."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gradviz_core.scripts.interpreter.choices import (
    count_as_visited,
    is_choice_by_flags,
)
from gradviz_core.scripts.operators import combined, truth_of
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray, Stops, array_of
from gradviz_core.scripts.values import Scope, item_at

if TYPE_CHECKING:
    from gradviz_core.scripts.interpreter.interpreter import Interpreter


@dataclass(frozen=True)
class Returned:
    """A return statement was reached, with this value."""

    value: Any


class Break:
    """The loop ends."""


class Continue:
    """The next iteration of the loop begins."""


Ending = Returned | Break | Continue | None


def _return(run: "Interpreter", node: ast.Return, scope: Scope) -> Ending:
    return Returned(None if node.value is None else run.value(node.value, scope))


def _expression(run: "Interpreter", node: ast.Expr, scope: Scope) -> Ending:
    if not isinstance(node.value, ast.Constant):  # a docstring
        run.value(node.value, scope)
    return None


def _assignment(run: "Interpreter", node: ast.Assign, scope: Scope) -> Ending:
    value = run.value(node.value, scope)
    for target in node.targets:
        run.assign(target, value, scope)
    return None


def typed_assignment(run: "Interpreter", node: ast.AnnAssign, scope: Scope) -> Ending:
    """`name: kind = value`; without a value nothing is assigned."""
    if node.value is not None:
        run.assign(node.target, run.value(node.value, scope), scope)
    return None


def _augmented_assignment(
    run: "Interpreter", node: ast.AugAssign, scope: Scope
) -> Ending:
    target = node.target
    if isinstance(target, ast.Name):
        if target.id not in scope.own:
            raise NotFollowed  # Python stops, unless it says whose name this is
        before = scope.own[target.id]
        operand = run.value(node.value, scope)
        scope.own[target.id] = _changed(node.op, before, operand)
    elif isinstance(target, ast.Subscript):
        owner = run.value(target.value, scope)
        index = run.index(target.slice, scope)
        before = item_at(owner, index)
        operand = run.value(node.value, scope)
        run.put(owner, index, _changed(node.op, before, operand))
    else:
        raise NotFollowed
    return None


def _if(run: "Interpreter", node: ast.If, scope: Scope) -> Ending:
    is_true = truth_of(run.value(node.test, scope))
    side = node.body if is_true else node.orelse
    if is_choice_by_flags(node.test, scope):
        other_side = node.orelse if is_true else node.body
        count_as_visited(run, other_side)
    return run.block(side, scope)


def _for(run: "Interpreter", node: ast.For, scope: Scope) -> Ending:
    for item in run.items(node.iter, scope):
        run.assign(node.target, item, scope)
        ending = run.block(node.body, scope)
        if isinstance(ending, Returned):
            return ending
        if isinstance(ending, Break):
            return None
    return run.block(node.orelse, scope)


def _while(run: "Interpreter", node: ast.While, scope: Scope) -> Ending:
    while truth_of(run.value(node.test, scope)):
        run.step()
        ending = run.block(node.body, scope)
        if isinstance(ending, Returned):
            return ending
        if isinstance(ending, Break):
            return None
    return run.block(node.orelse, scope)


def _definition(run: "Interpreter", node: ast.FunctionDef, scope: Scope) -> Ending:
    scope.own[node.name] = run.closure(node, scope)
    return None


def _nothing(run: "Interpreter", node: ast.stmt, scope: Scope) -> Ending:
    return None


def _break(run: "Interpreter", node: ast.Break, scope: Scope) -> Ending:
    return Break()


def _continue(run: "Interpreter", node: ast.Continue, scope: Scope) -> Ending:
    return Continue()


def _raise(run: "Interpreter", node: ast.Raise, scope: Scope) -> Ending:
    raise Stops


def _assert(run: "Interpreter", node: ast.Assert, scope: Scope) -> Ending:
    if not truth_of(run.value(node.test, scope)):
        raise Stops
    return None


def _changed(op: ast.operator, before: Any, operand: Any) -> Any:
    """Return the result of `before += operand`; an array is changed in place."""
    result = combined(op, before, operand)
    if not isinstance(before, SmallArray):
        return result
    is_cut = before.is_whole and not array_of(result).is_whole
    if is_cut or not isinstance(result, SmallArray) or result.shape != before.shape:
        raise Stops
    before.put((), result)
    return before


STATEMENTS: Mapping[type, Callable[..., Ending]] = {
    ast.Return: _return,
    ast.Expr: _expression,
    ast.Assign: _assignment,
    ast.AnnAssign: typed_assignment,
    ast.AugAssign: _augmented_assignment,
    ast.If: _if,
    ast.For: _for,
    ast.While: _while,
    ast.FunctionDef: _definition,
    ast.Pass: _nothing,
    ast.Import: _nothing,
    ast.ImportFrom: _nothing,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Raise: _raise,
    ast.Assert: _assert,
}
