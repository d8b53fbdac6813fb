"""Instances: which classes of a script, and which attributes, can be followed.

An attribute can be followed if one statement sets it, or if only statements of
`__init__` do: then its value does not depend on the order in which methods are called.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence

from gradviz_core.scripts.names import dotted

CONSTRUCTOR = "__init__"


def receiver_of(method: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return the name of a method's first parameter: self."""
    parameters = [*method.args.posonlyargs, *method.args.args]
    return parameters[0].arg if parameters and not method.decorator_list else ""


class Classes:
    """The classes of a script, and what their methods store in their objects."""

    def __init__(self, nodes: Sequence[ast.AST]) -> None:
        classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
        self._bases = {name for node in classes for name in _bases_of(node)}
        # For each statement that sets an attribute, whether it belongs to `__init__`.
        self._statements: dict[tuple[ast.ClassDef, str], list[bool]] = defaultdict(list)
        self._changed: set[tuple[ast.ClassDef, str]] = set()  # by `self.x -= …`
        of_methods: set[ast.AST] = set()
        augmented = {node.target for node in nodes if isinstance(node, ast.AugAssign)}
        for owner in classes:
            for stored, is_of_constructor in _stored_in_methods(owner):
                of_methods.add(stored)
                if stored in augmented:
                    self._changed.add((owner, stored.attr))
                else:
                    self._statements[owner, stored.attr].append(is_of_constructor)
        # An attribute set from outside may belong to any object.
        self._set_elsewhere = {
            node.attr
            for node in nodes
            if isinstance(node, ast.Attribute)
            and not isinstance(node.ctx, ast.Load)
            and node not in of_methods
        }
        self._is_closed = not any(
            isinstance(node, ast.Name) and node.id == "setattr" for node in nodes
        )

    def is_plain(self, owner: ast.ClassDef) -> bool:
        """Whether the body of a class alone defines it, and every object of it."""
        is_bare = not owner.decorator_list and not owner.keywords
        is_base = owner.name in self._bases
        return is_bare and not is_base and _bases_of(owner) in ([], ["object"])

    def has(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether the objects of a class have this attribute themselves."""
        return (owner, name) in self._statements or name in self._set_elsewhere

    def is_followed(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether the value of such an attribute is known."""
        statements = self._statements.get((owner, name), [])
        is_settled = len(statements) == 1 or all(statements)
        return self._is_closed and is_settled and name not in self._set_elsewhere

    def is_changed(self, owner: ast.ClassDef, name: str) -> bool:
        """Whether `self.name -= …` changes an attribute somewhere."""
        return (owner, name) in self._changed


def _bases_of(owner: ast.ClassDef) -> list[str]:
    return [dotted(base).rpartition(".")[2] for base in owner.bases]


def _stored_in_methods(owner: ast.ClassDef) -> Iterator[tuple[ast.Attribute, bool]]:
    """Yield each attribute that a method sets, and whether `__init__` itself does."""
    for method in owner.body:
        if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        receiver = receiver_of(method)
        for statement in method.body:
            is_plain = isinstance(statement, ast.Assign | ast.AnnAssign)
            is_of_constructor = method.name == CONSTRUCTOR and is_plain
            for node in ast.walk(statement):
                if isinstance(node, ast.Attribute) and _is_set_on(node, receiver):
                    yield node, is_of_constructor


def _is_set_on(node: ast.Attribute, receiver: str) -> bool:
    is_own = isinstance(node.value, ast.Name) and node.value.id == receiver
    return is_own and not isinstance(node.ctx, ast.Load)
