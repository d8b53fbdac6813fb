"""Statements: what each kind of statement does to what is known."""

import ast
from collections.abc import Callable
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    IMPORTED,
    UNKNOWN,
    Class,
    OwnFunction,
    Value,
    unknown_part,
)
from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.walk.assignments import assign, assign_augmented, note_slopes
from gradviz_core.scripts.walk.branches import Names
from gradviz_core.scripts.walk.compound import (
    follow_for,
    follow_if,
    follow_match,
    follow_try,
    follow_while,
    follow_with,
    forget_assigned,
)
from gradviz_core.scripts.walk.walk import Walk


def follow_statement(walk: Walk, statement: ast.stmt, names: Names) -> Value | None:
    """Follow a statement; return what it returns from a function, if anything."""
    follow = STATEMENTS.get(type(statement), forget_assigned)
    return follow(walk, statement, names)


def _follow_assignment(walk: Walk, statement: ast.Assign, names: Names) -> None:
    value = walk.value(statement.value, names)
    if _may_be_used_up(walk, statement):
        value = unknown_part(value)
    for target in statement.targets:
        note_slopes(walk, target, value, names)
        assign(walk, target, value, names)


def _may_be_used_up(walk: Walk, statement: ast.Assign) -> bool:
    """Whether a value gives its items once, and its name is read more than once."""
    once = vocabulary("whole_run")["gone_over_once"]
    match statement.value:
        case ast.Call(func=func) if meaning(func, walk.imports) in once:
            pass
        case ast.GeneratorExp():
            pass
        case _:
            return False
    names = [each.id for each in statement.targets if isinstance(each, ast.Name)]
    return any(walk.outline.reads[name] > 1 for name in names)


def _follow_annotated(walk: Walk, statement: ast.AnnAssign, names: Names) -> None:
    if statement.value is not None:
        value = walk.value(statement.value, names)
        assign(walk, statement.target, value, names)


def _follow_delete(walk: Walk, statement: ast.Delete, names: Names) -> None:
    for target in statement.targets:
        assign(walk, target, UNKNOWN, names)


def _follow_expression(walk: Walk, statement: ast.Expr, names: Names) -> None:
    walk.value(statement.value, names)


def _follow_return(walk: Walk, statement: ast.Return, names: Names) -> Value | None:
    return None if statement.value is None else walk.value(statement.value, names)


def _define_function(walk: Walk, statement: ast.FunctionDef, names: Names) -> None:
    """Note a function. What a decorator makes of it is not followed."""
    decorators = [meaning(node, walk.imports) for node in statement.decorator_list]
    is_plain = decorators in ([], ["staticmethod"])
    names.set(statement.name, OwnFunction(statement) if is_plain else UNKNOWN)


def _define_class(walk: Walk, statement: ast.ClassDef, names: Names) -> None:
    """Follow the body of a class; the class is known if nothing else shapes it."""
    inside = Names(names)
    walk.statements(statement.body, inside)
    if not walk.outline.classes.is_plain(statement):
        names.set(statement.name, UNKNOWN)
        return
    own = Class(statement, inside.own)
    names.set(statement.name, own)
    for each in statement.body:
        method = walk.plain_of(each)
        if isinstance(method, ast.FunctionDef):
            walk.objects.add_method(method, own)


def _follow_import(
    walk: Walk, statement: ast.Import | ast.ImportFrom, names: Names
) -> None:
    """Note the names that no longer stand for functions of the script."""
    module = getattr(statement, "module", None)
    for alias in statement.names:
        top, _, _ = alias.name.partition(".")
        if top != "*":
            names.set(alias.asname or top, IMPORTED)
            continue
        is_known = module in vocabulary("names")["libraries"]
        for name, value in names.own.items():
            may_be_there = not is_known or name in vocabulary("names")["by_star"]
            if isinstance(value, OwnFunction) and may_be_there:
                names.forget(name)


STATEMENTS: dict[type, Callable[[Walk, Any, Names], Value | None]] = {
    ast.Assign: _follow_assignment,
    ast.AnnAssign: _follow_annotated,
    ast.AugAssign: assign_augmented,
    ast.Delete: _follow_delete,
    ast.Expr: _follow_expression,
    ast.Return: _follow_return,
    ast.FunctionDef: _define_function,
    ast.ClassDef: _define_class,
    ast.Import: _follow_import,
    ast.ImportFrom: _follow_import,
    ast.If: follow_if,
    ast.For: follow_for,
    ast.While: follow_while,
    ast.With: follow_with,
    ast.Try: follow_try,
    ast.TryStar: follow_try,
    ast.Match: follow_match,
}
