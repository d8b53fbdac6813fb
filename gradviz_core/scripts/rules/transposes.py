"""Transposes: where a mend adds a .T, or removes one."""

import ast

from gradviz_core.scripts.names import meaning
from gradviz_core.scripts.rules.edits import (
    appended,
    insertion,
    replacement_behind,
    text_with,
)
from gradviz_core.scripts.rules.script import Script
from gradviz_core.scripts.source import Edit
from gradviz_core.scripts.walk.observations import Differentiation


def turned(script: Script, node: ast.expr) -> list[Edit]:
    """Remove the .T after an expression, or add one."""
    if not isinstance(node, ast.Attribute) or node.attr != "T":
        return appended(script.source, node, ".T")
    return [replacement_behind(script.source, node.value, node, "")]


def turned_result(script: Script, differentiation: Differentiation) -> list[Edit]:
    """Add a .T to a call that gives one row per point, where it is needed."""
    call = differentiation.call
    if differentiation.is_turned_at_once or call.uses == {"columns"}:
        return []
    return [insertion(script.source, call.node, ".T")]


def turned_text(script: Script, node: ast.expr) -> str:
    """Return the text of an array with a .T added or removed."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"-{turned_text(script, node.operand)}"
    inner = _inside_of_transpose(script, node)
    if inner is not None:
        return script.source.text(inner)
    return text_with(script.source, node, ".T")


def _inside_of_transpose(script: Script, node: ast.expr) -> ast.expr | None:
    """Return what `Z.T`, `Z.transpose()` or `np.transpose(Z)` turns, or None."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    if not isinstance(node, ast.Call) or node.keywords:
        return None
    if meaning(node.func, script.imports) == "numpy.transpose" and len(node.args) == 1:
        return node.args[0]
    if not isinstance(node.func, ast.Attribute) or node.args:
        return None
    return node.func.value if node.func.attr == "transpose" else None
