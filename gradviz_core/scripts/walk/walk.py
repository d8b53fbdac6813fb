"""Walk: what all parts of a walk share, and how far it may still go.

Two functions passed to a walk say what a statement does and what an expression stands
for, so that no module has to import one that imports it.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.arrays import (
    UNKNOWN,
    Array,
    Class,
    Imported,
    Instance,
    Mesh,
    OwnFunction,
    Value,
    unknown_part,
)
from gradviz_core.scripts.instances import receiver_of
from gradviz_core.scripts.literals import is_told_to_share
from gradviz_core.scripts.names import Imports, every_parameter_of
from gradviz_core.scripts.routines import Routines
from gradviz_core.scripts.walk.branches import Names, either_return
from gradviz_core.scripts.walk.changes import Changes
from gradviz_core.scripts.walk.objects import Objects
from gradviz_core.scripts.walk.observations import Observations, PassedArgument
from gradviz_core.scripts.walk.outline import Outline

# Asynchronous statements give the same numbers.
PLAIN_STATEMENTS: dict[type, type] = {
    ast.AsyncFunctionDef: ast.FunctionDef,
    ast.AsyncFor: ast.For,
    ast.AsyncWith: ast.With,
}


class Walk:
    """A walk through a script.

    Parameters
    ----------
    imports : mapping
        What names stand for.
    routines : Routines
        The gradient routines of the script.
    outline : Outline
        What the text of the script shows by itself.
    follow_statement : callable
        Follows a statement; returns what it returns from a function.
    value_of : callable
        Returns what is known of an expression.
    """

    def __init__(
        self,
        imports: Imports,
        routines: Routines,
        outline: Outline,
        follow_statement: "Callable[[Walk, ast.stmt, Names], Value | None]",
        value_of: "Callable[[Walk, ast.expr, Names], Value]",
    ) -> None:
        self.imports = imports
        self.routines = routines
        self.outline = outline
        self.vocabulary = vocabulary("walk")
        self.observations = Observations()
        self.changes = Changes()
        self.objects = Objects(outline.classes, self.changes, self.observations)
        self.entered: set[ast.FunctionDef | ast.Lambda] = set()
        # The arguments passed to the functions that are being followed.
        self.passing: list[PassedArgument] = []
        self.loops = 0  # being followed
        self.steps = 0
        self.stops_of_f: dict[ast.AST, str] = {}  # how each f stops at one point
        self.cut_off: dict[Mesh, Mesh] = {}  # grids after astype(int), by those before
        self._follow_statement = follow_statement
        self._value_of = value_of
        self._depth = 0  # of nested functions
        self._level = 0  # of nested nodes
        self._calls_followed = 0
        self._plain: dict[ast.stmt, ast.stmt] = {}  # by asynchronous statement

    def statements(self, body: Sequence[ast.stmt], names: Names) -> Value | None:
        """Follow statements; return what they return from a function, if anything."""
        returned: Value | None = None
        for place, statement in enumerate(body):
            value = self._statement(statement, names)
            returned = either_return(returned, value)
            if isinstance(statement, ast.Return | ast.Raise):
                self.observations.skipped.extend(body[place + 1 :])
                break
        return returned

    def _statement(self, statement: ast.stmt, names: Names) -> Value | None:
        if self._is_too_far():
            return None
        self._level += 1
        returned = self._follow_statement(self, self.plain_of(statement), names)
        self._level -= 1
        return returned

    def plain_of(self, statement: ast.stmt) -> ast.stmt:
        """Return a statement without its async, as the same node each time."""
        plain = PLAIN_STATEMENTS.get(type(statement))
        if plain is None:
            return statement
        if statement not in self._plain:
            self._plain[statement] = plain(**vars(statement))
        return self._plain[statement]

    def is_asynchronous(self, function: ast.FunctionDef | ast.Lambda) -> bool:
        """Whether a function was asynchronous before it was made plain."""
        return function in self._plain.values()

    def value(self, node: ast.expr, names: Names) -> Value:
        """Return what is known of an expression."""
        if self._is_too_far():
            return UNKNOWN
        self._level += 1
        value = self._value_of(self, node, names)
        self._level -= 1
        return self._own_array(node, value) if isinstance(value, Array) else value

    def _own_array(self, node: ast.expr, array: Array) -> Array:
        """Return the array of an expression, noting whether it is made there."""
        if not isinstance(node, ast.Call | ast.BinOp):
            return array
        if array.made is None:
            self.changes.forget(node)
            return replace(array, made=node, is_copy=False)
        is_copy = array.is_copy or self._copies(node)
        return replace(array, is_copy=True) if is_copy else array

    def _copies(self, node: ast.Call | ast.BinOp) -> bool:
        """Whether the numbers of a result are its own, whatever array it is made of."""
        if isinstance(node, ast.BinOp):
            return True
        name = getattr(node.func, "attr", "")
        return name in self.vocabulary["copying"] and not is_told_to_share(node)

    def value_of_name(self, name: str, names: Names) -> Value:
        """Return what is known of a name.

        What is imported is known only by the name of its import: under another name, it
        could be anything.
        """
        before = names.get(name) or UNKNOWN
        if isinstance(before, Imported):
            return UNKNOWN
        value = self.changes.as_it_is_now(before)
        self.observations.note_read(before, value)
        return unknown_part(value) if self._may_be_rebound(name, value) else value

    def _may_be_rebound(self, name: str, value: Value) -> bool:
        """Whether any call of a function may rebind a name to another array."""
        is_followed = isinstance(value, OwnFunction | Class | Instance)
        return name in self.routines.declared_global and not is_followed

    def enter(
        self, called: OwnFunction, names: Names, bound: Mapping[str, Value]
    ) -> Value:
        """Follow the body of a function; return what it returns."""
        function = called.node
        is_too_deep = self._depth >= self.vocabulary["most_depth"]
        if is_too_deep or self._calls_followed >= self.vocabulary["most_calls"]:
            self.observations.is_whole = False
            return UNKNOWN
        self._calls_followed += 1
        self.entered.add(called.method or function)
        if called.method is not None and called.receiver is not None:
            names.set(receiver_of(called.method), called.receiver)
        for name in every_parameter_of(function):
            names.set(name, bound.get(name, UNKNOWN))
        self._depth += 1
        if isinstance(function, ast.Lambda):
            returned = self.value(function.body, names)
        else:
            returned = self.statements(function.body, names) or UNKNOWN
        self._depth -= 1
        return returned

    def _is_too_far(self) -> bool:
        """Count a step; say whether it is one too many, or too deep."""
        self.steps += 1
        is_too_deep = self._level >= self.vocabulary["most_levels"]
        is_too_far = is_too_deep or self.steps > self.vocabulary["most_steps"]
        if is_too_far:
            self.observations.is_whole = False
        return bool(is_too_far)
