"""Scopes: which function each name belongs to.

`x` in a function that assigns it is not the `x` outside.
"""

import ast
from collections.abc import Iterator

from gradviz_core.scripts.names import every_parameter_of
from gradviz_core.scripts.source import children_of
from gradviz_core.scripts.values import FunctionNode

COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def owners_of_names(tree: ast.Module) -> dict[ast.Name, ast.AST]:
    """Return the function or comprehension that each name belongs to.

    All other names belong to the module.
    """
    owners: dict[ast.Name, ast.AST] = {}
    waiting: list[tuple[ast.AST, tuple[ast.AST, ...]]] = [(tree, ())]
    names_of: dict[ast.AST, set[str]] = {}
    while waiting:
        node, around = waiting.pop()
        if isinstance(node, ast.Name):
            own = [scope for scope in around if node.id in names_of[scope]]
            owners[node] = own[-1] if own else tree
        elif isinstance(node, FunctionNode | COMPREHENSIONS):
            names_of[node] = set(_names_given_in(node))
            around = (*around, node)
        waiting.extend((child, around) for child in children_of(node))
    return owners


def _names_given_in(scope: ast.AST) -> Iterator[str]:
    """Yield the names that are local to a function or a comprehension."""
    if isinstance(scope, FunctionNode):
        yield from every_parameter_of(scope)
    outside: set[str] = set()
    stored: set[str] = set()
    waiting = list(children_of(scope))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Global | ast.Nonlocal):
            outside.update(node.names)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            stored.add(node.id)
        if not isinstance(node, FunctionNode | COMPREHENSIONS):
            waiting.extend(children_of(node))
    yield from stored - outside
