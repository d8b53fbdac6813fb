"""Outline: what the text of a script shows before any line is followed."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence

from gradviz_core.scripts.instances import Classes
from gradviz_core.scripts.literals import exchanges_axes
from gradviz_core.scripts.names import Imports, meaning, name_read
from gradviz_core.scripts.source import Source, children_of
from gradviz_core.scripts.walk.conditions import flags_of


class Outline:
    """What the text of a script shows by itself.

    Attributes
    ----------
    turned : set of ast.Call
        The calls whose result is transposed immediately.
    function_names : set of str
        The names of all its functions.
    outermost : set
        The functions that are not nested in another.
    flags : dict
        The names that stand for one truth value, wherever they are read.
    classes : Classes
        Its classes.
    reads : Counter
        How often each name is read.
    functions : list
        All its functions, starting with those that nothing in it names.
    """

    def __init__(
        self, source: Source, imports: Imports, are_names_certain: bool
    ) -> None:
        self.turned: set[ast.Call] = set()
        self.function_names: set[str] = set()
        for node in source.nodes:
            turned = _turned_by(node, imports)
            if turned is not None:
                self.turned.add(turned)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.function_names.add(node.name)
        self.outermost = {*_outermost_functions(source.tree)}
        self.flags = flags_of(source) if are_names_certain else {}
        self.classes = Classes(source.nodes)
        self.reads = Counter(map(name_read, source.nodes))
        self.functions = _functions_to_begin_with(source.nodes)


def _turned_by(node: ast.AST, imports: Imports) -> ast.Call | None:
    """Return the call in `call(…).T`, or in any other transpose of its result."""
    turned: ast.expr | None = None
    if isinstance(node, ast.Attribute) and node.attr == "T":
        turned = node.value
    elif isinstance(node, ast.Call):
        turned = _argument_turned_by(node, imports)
    return turned if isinstance(turned, ast.Call) else None


def _argument_turned_by(node: ast.Call, imports: Imports) -> ast.expr | None:
    """Return what `np.transpose(…)` or `….transpose()` transposes."""
    function = node.func
    if meaning(function, imports) == "numpy.transpose" and node.args:
        return node.args[0] if exchanges_axes(node, of_method=False) else None
    if isinstance(function, ast.Attribute) and not node.args:
        return function.value if function.attr == "transpose" else None
    return None


def _outermost_functions(
    tree: ast.Module,
) -> Iterator[ast.FunctionDef | ast.Lambda]:
    """Yield the functions of a script that are not nested in another."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            yield node
        elif not isinstance(node, ast.AsyncFunctionDef | ast.ClassDef):
            waiting.extend(children_of(node))


def _functions_to_begin_with(
    nodes: Sequence[ast.AST],
) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions of a script, starting with those that nothing names."""
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    functions = [
        node
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return sorted(functions, key=lambda function: function.name in named)
