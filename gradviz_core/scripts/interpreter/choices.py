"""Choices: those between ways of working, which never change while a script runs."""

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from gradviz_core.scripts.values import Scope

if TYPE_CHECKING:
    from gradviz_core.scripts.interpreter.interpreter import Interpreter


def is_choice_by_flags(test: ast.expr, scope: Scope | None) -> bool:
    """Whether a choice depends on flags alone, and so never changes."""
    if scope is None or not scope.flags:
        return False
    names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
    return bool(names) and names <= scope.flags


def count_as_visited(run: "Interpreter", other_side: Sequence[ast.AST]) -> None:
    """Count a branch that flags rule out as carried out."""
    for node in other_side:
        run.visited.update(ast.walk(node))
