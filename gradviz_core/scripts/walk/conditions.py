"""Conditions: tests whose outcome is fixed, whatever a script computes."""

import ast
from collections import Counter
from collections.abc import Mapping

from gradviz_core.scripts.literals import number
from gradviz_core.scripts.source import Source


def flags_of(source: Source) -> dict[str, bool]:
    """Return the names that a script assigns only once, to True or False."""
    stored = Counter(
        node.id
        for node in source.nodes
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
    )
    others = {node.arg for node in source.nodes if isinstance(node, ast.arg)}
    flags = {}
    for statement in source.tree.body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) > 1:
            continue
        [target] = statement.targets
        if not isinstance(target, ast.Name) or not isinstance(
            statement.value, ast.Constant
        ):
            continue
        value = statement.value.value
        is_given_once = stored[target.id] == 1 and target.id not in others
        if isinstance(value, bool) and is_given_once:
            flags[target.id] = value
    return flags


def truth_of(test: ast.expr, flags: Mapping[str, bool]) -> bool | None:
    """Return whether a condition holds, or None if the text does not show it."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        truth = truth_of(test.operand, flags)
        return None if truth is None else not truth
    own_name = _text_of_own_name(test)
    if own_name is not None:
        # Another file may import this one. A text such as "main" never matches.
        return None if own_name == "__main__" else False
    if isinstance(test, ast.Name):
        return flags.get(test.id)
    if isinstance(test, ast.Constant) and isinstance(test.value, bool):
        return test.value
    value = number(test)
    return None if value is None else value != 0


def is_main_guard(test: ast.expr) -> bool:
    """Whether this is the test in `if __name__ == "__main__"`."""
    return _text_of_own_name(test) == "__main__"


def _text_of_own_name(test: ast.expr) -> str | None:
    """Return the text in `__name__ == "…"`, or None for any other test."""
    match test:
        case ast.Compare(
            left=ast.Name(id="__name__"),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value=str(text))],
        ):
            return text
    return None
