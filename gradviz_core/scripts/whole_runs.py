"""Whole runs: a script carried out from its first line, to see which arrows it draws.

What is not known stays unknown, and whatever is computed from it: that matters only if
it is drawn, decides which lines run, or may change an array unseen.
"""

import ast
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.interpreter import Ending, Interpreter, Script
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.operators import mask_of
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
)
from gradviz_core.scripts.values import (
    Closure,
    FunctionNode,
    Library,
    Opaque,
    Scope,
    type_named,
)


class Abandoned(NotFollowed):
    """A statement was left halfway, so that nothing is known of what it changes."""


class Drawing(Opaque):
    """Something that only draws: it changes no array."""


@dataclass(frozen=True)
class Vectorized:
    """The result of `np.vectorize`."""

    function: Any


@dataclass(frozen=True)
class Drawn:
    """The arrows that one call draws: their places, and their components."""

    node: ast.Call
    places: tuple[Any, Any]
    arrows: tuple[Any, Any]


@dataclass(frozen=True)
class RoutineCall:
    """One call of a routine: the line, the array it got, and its result."""

    line: int
    given: Any
    result: Any


UNKNOWN = Opaque()
DRAWING = Drawing()


class WholeRun(Interpreter):
    """One run of a script.

    Parameters
    ----------
    script : Script
        What names stand for.
    routines : mapping
        The position of the array among the parameters of each routine.
    sites : set of ast.AST
        The operations whose results are recorded.
    instead : mapping
        Functions to call in place of some of the script's.

    Attributes
    ----------
    drawn : list of Drawn
        The arrows of the plots, in order.
    recorded : dict
        The results of the sites.
    routine_calls : list of RoutineCall
        The calls of routines.
    functions_made : dict
        The functions of the script as values, the last one of each definition.
    """

    def __init__(
        self,
        script: Script,
        routines: Mapping[FunctionNode, int],
        sites: Set[ast.AST],
        instead: Mapping[FunctionNode, Callable[..., Any]],
    ) -> None:
        super().__init__(script)
        most_steps = self.limits["most_steps_of_run"]
        self.limits = self.limits | {
            "most_steps": most_steps,
            "most_steps_of_all": most_steps,
        }
        self.statements = {
            **self.statements,
            ast.With: WholeRun._with,
            ast.ClassDef: WholeRun._class,
        }
        self.expressions = {
            **self.expressions,
            ast.Attribute: WholeRun._attribute,
            ast.Subscript: WholeRun._subscript,
            ast.Compare: WholeRun._comparison,
            ast.Call: WholeRun._call,
        }
        self.functions["numpy.vectorize"] = ("pyfunc", Vectorized)
        self.routines = routines
        self.instead = instead
        self.drawn: list[Drawn] = []
        self.recorded: dict[ast.AST, list[Any]] = {site: [] for site in sites}
        self.routine_calls: list[RoutineCall] = []
        self.functions_made: dict[FunctionNode, Closure] = {}

    def has_drawn_all(self, tree: ast.Module, quivers: Set[ast.AST]) -> bool:
        """Carry out a script, and return whether every plot in it was reached.

        After the last plot the run may end early.
        """
        scope = Scope()
        scope.own["__name__"] = "__main__"
        waiting = {*quivers}
        for k, statement in enumerate(tree.body):
            try:
                if self._block([statement], scope) is not None:
                    return False
            except NotFollowed:
                return not waiting and _draw_nothing(tree, k, quivers)
            except Stops:
                return False
            waiting -= {each.node for each in self.drawn}
        return not waiting

    # Values that are not known

    def value(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return the value of an expression, which may be unknown."""
        level = self.level
        try:
            value = super().value(node, scope)
        except Abandoned:
            raise
        except NotFollowed:
            is_too_long = not self.has_steps_for(1)
            if is_too_long or not isinstance(node, WITHOUT_EFFECT):
                raise Abandoned from None
            self.level = level
            value = UNKNOWN
        if node in self.recorded:
            self.recorded[node].append(value)
        return value

    def closure(self, node: FunctionNode, around: Scope | None) -> Closure:
        """Return a function as a value, and remember it."""
        closure = super().closure(node, around)
        self.functions_made[node] = closure
        return closure

    def _attribute(self, node: ast.Attribute, scope: Scope | None) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Opaque):
            return owner
        if isinstance(owner, Library) and _draws(self._of_library(owner, node)):
            return DRAWING
        return super()._attribute(node, scope)

    def _subscript(self, node: ast.Subscript, scope: Scope | None) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Opaque):
            return owner
        return super()._subscript(node, scope)

    def _comparison(self, node: ast.Compare, scope: Scope | None) -> Any:
        left = self.value(node.left, scope)
        if len(node.ops) == 1 and isinstance(left, SmallArray):
            return mask_of(node.ops[0], left, self.value(node.comparators[0], scope))
        return super()._comparison(node, scope)

    # Calls

    def _call(self, node: ast.Call, scope: Scope | None) -> Any:
        if _name_called(node) in UNSEEN:
            raise Abandoned
        function = self.value(node.func, scope)
        arguments = self._values(node.args, scope)
        keywords = {
            keyword.arg or "**": self.value(keyword.value, scope)
            for keyword in node.keywords
        }
        if _name_called(node) in vocabulary("walk")["drawing"]:
            self._draw(node, function, arguments)
            return DRAWING
        if isinstance(function, Drawing) or function == Library("print"):
            return DRAWING
        words = vocabulary("walk")
        changes = _name_called(node) in words["changing"] + words["changing_methods"]
        if isinstance(function, Opaque):
            if changes or any(map(_can_be_changed, arguments)):
                raise Abandoned
            return UNKNOWN
        level = self.level
        try:
            return self._called(node, function, arguments, keywords)
        except Abandoned:
            raise
        except NotFollowed:
            if changes or "out" in keywords or not isinstance(function, Library):
                raise Abandoned from None
            if _is_foreign(function) and any(map(_can_be_changed, arguments)):
                raise Abandoned from None
            self.level = level
            return UNKNOWN

    def _draw(self, node: ast.Call, function: Any, arguments: Sequence[Any]) -> None:
        if not isinstance(function, Drawing) or len(arguments) < 4:
            raise Abandoned
        x, y, u, v = (_as_drawn(value) for value in arguments[:4])
        self.drawn.append(Drawn(node, (x, y), (u, v)))

    def _called(
        self,
        node: ast.Call,
        function: Any,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        if isinstance(function, Vectorized):
            return entry_by_entry(
                lambda *numbers: self.call(function.function, numbers, keywords),
                *arguments,
            )
        is_routine = isinstance(function, Closure) and function.node in self.routines
        if not is_routine:
            return self.call(function, arguments, keywords)
        place = self.routines[function.node]
        name = parameters_of(function.node)[place]
        given = arguments[place] if place < len(arguments) else keywords.get(name)
        before = given.copied() if isinstance(given, SmallArray) else given
        result = self.call(function, arguments, keywords)
        after = result.copied() if isinstance(result, SmallArray) else result
        self.routine_calls.append(RoutineCall(node.lineno, before, after))
        return result

    def _call_closure(
        self,
        closure: Closure,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        try:
            if closure.node not in self.instead:
                return super()._call_closure(closure, arguments, keywords)
            known = self.instead[closure.node]
            own = super()._call_closure(closure, arguments, keywords)
            return known([*arguments, *keywords.values()], own)
        except NotFollowed:
            raise Abandoned from None

    # Statements

    def _assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        if isinstance(target, ast.Tuple | ast.List) and isinstance(value, Opaque):
            for each in target.elts:
                self._assign(each, value, scope)
            return
        if isinstance(target, ast.Attribute | ast.Subscript):
            owner = self.value(target.value, scope)
            if isinstance(owner, Drawing):
                return
            is_flat = isinstance(target, ast.Subscript) and isinstance(owner, list)
            if is_flat and isinstance(value, Opaque):
                raise Abandoned
        super()._assign(target, value, scope)

    def _with(self, node: ast.With, scope: Scope) -> Ending:
        for item in node.items:
            value = self.value(item.context_expr, scope)
            if not isinstance(value, Opaque):
                raise Abandoned
            if item.optional_vars is not None:
                self._assign(item.optional_vars, value, scope)
        return self._block(node.body, scope)

    def _class(self, node: ast.ClassDef, scope: Scope) -> Ending:
        scope.own[node.name] = UNKNOWN
        return None


# Expressions that change nothing if they are left halfway.
WITHOUT_EFFECT = (
    ast.Constant
    | ast.Name
    | ast.Attribute
    | ast.Subscript
    | ast.Tuple
    | ast.List
    | ast.UnaryOp
    | ast.BinOp
    | ast.BoolOp
    | ast.Compare
    | ast.IfExp
    | ast.Dict
    | ast.JoinedStr
)


# Functions of Python that may run or change anything.
UNSEEN = ("exec", "eval", "setattr", "globals", "locals", "vars", "next", "iter")


def quivers_in(nodes: Sequence[ast.AST]) -> set[ast.AST]:
    """Return the calls in a script that draw arrows."""
    drawing = vocabulary("walk")["drawing"]
    return {
        node
        for node in nodes
        if isinstance(node, ast.Call) and _name_called(node) in drawing
    }


def _name_called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _draw_nothing(tree: ast.Module, first: int, quivers: Set[ast.AST]) -> bool:
    """Whether no statement from one on draws arrows, or calls what draws them."""
    drawing = {
        statement.name
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef)
        and not quivers.isdisjoint(ast.walk(statement))
    }
    for statement in tree.body[first:]:
        for node in ast.walk(statement):
            if node in quivers or (isinstance(node, ast.Name) and node.id in drawing):
                return False
    return True


def _draws(value: Any) -> bool:
    """Whether this is of a library that draws."""
    if not isinstance(value, Library):
        return False
    return value.name.partition(".")[0] in vocabulary("walk")["drawing_libraries"]


def _is_foreign(function: Library) -> bool:
    """Whether a function may change what it is given."""
    first, _, rest = type_named(function.name).partition(".")
    if rest:
        return first not in vocabulary("walk")["unchanging"]
    return first not in vocabulary("names")["builtin"]


def _can_be_changed(value: Any) -> bool:
    return isinstance(value, SmallArray | list | Closure)


def _as_drawn(value: Any) -> Any:
    """Return a copy of what is drawn, since the script may go on to change it."""
    if isinstance(value, Opaque):
        return value
    return array_of(value)
