"""Definitions: the functions of a script, and what names stand for outside them."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from gradviz_core.scripts.interpreter import GlobalNames
from gradviz_core.scripts.literals import is_root_of_epsilon, number
from gradviz_core.scripts.names import Imports
from gradviz_core.scripts.source import Source, children_of
from gradviz_core.scripts.values import FunctionNode


class Definitions:
    """The functions of a script.

    Attributes
    ----------
    all : list of ast.FunctionDef
        All of them, including methods, in source order.
    methods : set of ast.stmt
        The methods: the statements in the body of a class.
    by_name : dict
        The functions that a plain name can stand for, which excludes methods. If a
        name is defined more than once, the last definition counts.
    """

    def __init__(self, nodes: Sequence[ast.AST]) -> None:
        self.methods = {
            statement
            for node in nodes
            if isinstance(node, ast.ClassDef)
            for statement in node.body
        }
        self.all = [node for node in nodes if isinstance(node, ast.FunctionDef)]
        self.all.sort(key=lambda function: function.lineno)
        self._named: dict[str, list[ast.FunctionDef]] = {}
        for function in self.all:
            if function not in self.methods:
                self._named.setdefault(function.name, []).append(function)
        self.by_name = {name: same[-1] for name, same in self._named.items()}

    def nearest(self, name: str, line: int) -> ast.FunctionDef | None:
        """Return the last definition of a name above a line, else the first below."""
        same = self._named.get(name, [])
        above = [function for function in same if function.lineno <= line]
        if above:
            return above[-1]
        return same[0] if same else None

    def unambiguous(self) -> dict[str, ast.FunctionDef]:
        """Return the functions whose names never stand for two different ones."""
        return {
            name: same[-1]
            for name, same in self._named.items()
            if all(_says_the_same(same[0], other) for other in same[1:])
        }


def _says_the_same(one: object, other: object) -> bool:
    """Whether two trees, or two parts of trees, differ only in their positions."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_says_the_same, one, other))
    if not isinstance(one, ast.AST):
        return one == other
    return all(
        _says_the_same(getattr(one, name, None), getattr(other, name, None))
        for name in one._fields
    )


def global_names_of(
    definitions: Definitions,
    imports: Imports,
    source: Source,
    declared_global: set[str],
) -> GlobalNames:
    """Return what the names of a script stand for outside its functions."""
    functions = definitions.unambiguous()
    stored = Counter(_names_stored_outside(source.tree))
    others = {*functions, *imports, *declared_global}
    constants = {
        name: value
        for name, value in _numbers_assigned(source.tree, imports)
        if stored[name] == 1 and name not in others
    }
    rebound = {*stored, *definitions.by_name} - {*constants, *functions}
    rebound |= stored.keys() & functions.keys()
    rebound.update(_imported_behind(functions, source.nodes))
    rebound |= declared_global
    return GlobalNames(imports, functions, constants, frozenset(rebound))


def _numbers_assigned(
    tree: ast.Module, imports: Imports
) -> Iterator[tuple[str, ast.expr]]:
    """Yield each `name = number` outside functions, classes and loops."""
    for statement in tree.body:
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            continue
        [target] = statement.targets
        value = statement.value
        is_number = number(value) is not None or is_root_of_epsilon(value, imports)
        if isinstance(target, ast.Name) and is_number:
            yield target.id, value


def _names_stored_outside(tree: ast.Module) -> Iterator[str]:
    """Yield each name assigned outside functions, once for each assignment."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        if not isinstance(node, FunctionNode):
            waiting.extend(children_of(node))


def _imported_behind(
    functions: Mapping[str, ast.FunctionDef], nodes: Sequence[ast.AST]
) -> Iterator[str]:
    """Yield the functions whose names are imported again further down."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                function = functions.get(alias.asname or alias.name)
                if function is not None and function.lineno < node.lineno:
                    yield function.name
