"""Statements: what a whole run carries out of them besides those of a trial."""

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from gradviz_core.scripts.interpreter import statements
from gradviz_core.scripts.interpreter.statements import Ending
from gradviz_core.scripts.values import Opaque, Scope
from gradviz_core.scripts.whole_runs.classes import define_class
from gradviz_core.scripts.whole_runs.values import Abandoned

if TYPE_CHECKING:
    from gradviz_core.scripts.whole_runs.run import WholeRun


def _assignment(run: "WholeRun", node: ast.Assign, scope: Scope) -> Ending:
    """`names = value`; several names use up what can be gone over once."""
    is_unpacked = len(node.targets) == 1 and isinstance(
        node.targets[0], ast.Tuple | ast.List
    )
    find = run.any_value if is_unpacked else run.value
    value = find(node.value, scope)
    for target in node.targets:
        run.assign(target, value, scope)
    return None


def _with(run: "WholeRun", node: ast.With, scope: Scope) -> Ending:
    for item in node.items:
        value = run.value(item.context_expr, scope)
        if not isinstance(value, Opaque):
            raise Abandoned
        if item.optional_vars is not None:
            run.assign(item.optional_vars, value, scope)
    return run.block(node.body, scope)


def _import(run: "WholeRun", node: ast.Import | ast.ImportFrom, scope: Scope) -> Ending:
    """An imported name no longer stands for what the script called so before."""
    for alias in node.names:
        if alias.name == "*":
            raise Abandoned  # any name may stand for something else now
        scope.own.pop(alias.asname or alias.name.partition(".")[0], None)
    return None


STATEMENTS: Mapping[type, Callable[..., Ending]] = {
    **statements.STATEMENTS,
    ast.Assign: _assignment,
    ast.With: _with,
    ast.ClassDef: define_class,
    ast.Import: _import,
    ast.ImportFrom: _import,
}
