"""One run of a script: what it knows so far, and what it leaves."""

import ast
import math
from collections.abc import Mapping, Sequence, Set
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.drawings import AXES, FIGURE, Drawing
from gradviz_core.scripts.interpreter import GlobalNames, Interpreter, unshared
from gradviz_core.scripts.operators import combined
from gradviz_core.scripts.script_classes import Instance
from gradviz_core.scripts.small_arrays import NotFollowed, SmallArray, Stops, filled
from gradviz_core.scripts.values import (
    OPAQUE,
    Closure,
    FunctionNode,
    Opaque,
    Scope,
    items_of,
)
from gradviz_core.scripts.whole_runs.calls import (
    CALLS,
    call_of_parser,
    gives_view,
    is_of_parser,
)
from gradviz_core.scripts.whole_runs.effects import holds_code_to_run
from gradviz_core.scripts.whole_runs.expressions import EXPRESSIONS
from gradviz_core.scripts.whole_runs.library_functions import functions_of
from gradviz_core.scripts.whole_runs.plots import quivers_in
from gradviz_core.scripts.whole_runs.records import Change, OwnCall, Records
from gradviz_core.scripts.whole_runs.statements import STATEMENTS
from gradviz_core.scripts.whole_runs.values import (
    Abandoned,
    OnePass,
    are_whole,
    as_it_is,
    is_table,
)


class WholeRun(Interpreter):
    """One run of a script.

    Parameters
    ----------
    global_names : GlobalNames
        What names stand for outside functions.
    watched : set of FunctionNode
        The functions whose calls are recorded, whatever they get.
    sites : set of ast.AST
        The operations whose results are recorded.
    change : Change
        What is carried out otherwise than it is written.

    Attributes
    ----------
    records : Records
        What it leaves.
    called : set of ast.expr
        What stands before the parentheses of the calls in the script.
    open_call : ast.Call or None
        The call that is being carried out; None if none of the script is.
    open_sites : sequence of ast.AST
        The sites that are being carried out.
    is_looking : bool
        Whether this is what is drawn besides arrows, or printed.
    """

    def __init__(
        self,
        global_names: GlobalNames,
        watched: Set[FunctionNode],
        sites: Set[ast.AST],
        change: Change,
    ) -> None:
        super().__init__(global_names)
        self.words = vocabulary("whole_run")
        self.most_steps = self.words["most_steps"]
        self.most_steps_of_all = self.words["most_steps"]
        self.many_entries = 0
        self.statements = STATEMENTS
        self.expressions = EXPRESSIONS
        self.functions = functions_of(self, self.functions)
        self.watched = watched
        self.change = change
        self.records = Records(
            results_of_sites={site: [] for site in sites},
            functions_of_sites={site: set() for site in sites},
        )
        self.called: Set[ast.expr] = frozenset()
        self.open_call: ast.Call | None = None
        self.open_sites: Sequence[ast.AST] = ()
        self.is_looking = False

    def has_drawn_all(self, tree: ast.Module) -> bool:
        """Carry out a script, and return whether every plot in it was reached."""
        records = self.records
        nodes = list(ast.walk(tree))
        self.called = {node.func for node in nodes if isinstance(node, ast.Call)}
        scope = Scope()
        scope.own["__name__"] = "__main__"
        for statement in tree.body:
            try:
                self.block([statement], scope)
            except NotFollowed:
                return False
            except Stops as stop:
                records.stop = stop
                records.stop_line = records.stop_line or statement.lineno
                return False
        return quivers_in(nodes) <= {each.node for each in records.drawn}

    # Values

    def value(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return the value of an expression; what is gone over once ends the run."""
        value = self.any_value(node, scope)
        if isinstance(value, OnePass):
            raise Abandoned
        return value

    def items(self, node: ast.expr, scope: Scope | None) -> list[Any]:
        """Return the items of what is gone over."""
        return items_of(self.any_value(node, scope))

    def any_value(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return any value of an expression."""
        if node in self.records.results_of_sites:
            return self._value_of_site(node, scope)
        return self._value_or_unknown(node, scope)

    def _value_of_site(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return the value of an operation, and note it and what it calls."""
        around = self.open_sites
        self.open_sites = (*around, node)
        value = self._value_or_unknown(node, scope)
        self.open_sites = around
        self.records.results_of_sites[node].append(as_it_is(value))
        factor = self.change.factors.get(node, 1)
        return value if factor == 1 else combined(ast.Div(), value, factor)

    def _value_or_unknown(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return the value of an expression; while looking, it may be unknown."""
        level = self.level
        try:
            return super().value(node, scope)
        except Abandoned:
            raise
        except NotFollowed:
            is_too_long = not self.has_steps_for(1)
            if is_too_long or not self.is_looking or holds_code_to_run(node):
                raise Abandoned from None
            self.level = level
            return OPAQUE
        except Stops:
            self.records.stop_line = self.records.stop_line or node.lineno
            raise

    def default(self, node: ast.expr, around: Scope | None) -> Any:
        """Return a default: one that is not followed may have effects."""
        return unshared(self.value(node, around))

    def closure(self, node: FunctionNode, around: Scope | None) -> Closure:
        """Return a function as a value, and remember it."""
        closure = super().closure(node, around)
        self.records.functions_made[node] = closure
        return closure

    def outside(self, node: ast.Name) -> Any:
        """Return what a name stands for that the script has not bound so far."""
        names = self.global_names
        is_bound = node.id in names.imports
        bound_later = {*names.functions, *names.constants, *names.rebound}
        if not is_bound and node.id in bound_later:
            if not names.imports:
                raise NotFollowed  # it may be bound in lines above, not pasted
            raise Stops
        return super().outside(node)

    # Calls

    def call(
        self, function: Any, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Return the result of calling a function, a class or an object."""
        call = CALLS.get(type(function))
        if call is not None:
            return call(self, function, arguments, keywords)
        if is_of_parser(function):
            return call_of_parser(function, arguments, keywords)
        result = super().call(function, arguments, keywords)
        return OnePass(result) if gives_view(function) else result

    def call_closure(
        self,
        closure: Closure,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        """Return the result of a call of a function of the script, and note it."""
        given = [*arguments, *keywords.values()]
        arrays = [each for each in given if isinstance(each, SmallArray)]
        if closure.node in self.change.left_out and len(arrays) == 1:
            return filled(arrays[0].shape, math.nan, is_whole=False)
        is_watched = closure.node in self.watched or any(map(is_table, given))
        before = [as_it_is(each) for each in given] if is_watched else []
        self.records.note_call(closure.node, arguments, keywords)
        around = self.open_sites
        for site in around:
            self.records.functions_of_sites[site].add(closure.node)
        self.open_sites = ()
        try:
            result = super().call_closure(closure, arguments, keywords)
            if closure.node in self.change.instead:
                result = self.change.instead[closure.node](arguments, result)
        except NotFollowed:
            raise Abandoned from None
        self.open_sites = around
        if is_watched:
            self.note_own_call(closure.node, before, as_it_is(result))
        return result

    def note_own_call(
        self, function: FunctionNode | None, arguments: Sequence[Any], result: Any
    ) -> None:
        """Note a call that the script makes; of a library, the function is None."""
        if self.open_call is not None:
            call = OwnCall(self.open_call, function, arguments, result)
            self.records.own_calls.append(call)

    # Assignments

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Give a value to a name, to several, to an attribute, or to an item."""
        if isinstance(target, ast.Tuple | ast.List) and isinstance(value, Opaque):
            if value in (Drawing(FIGURE), Drawing(AXES)):
                raise Stops
            for each in target.elts:
                self.assign(each, value, scope)
            return
        if isinstance(target, ast.Attribute | ast.Subscript):
            self._assign_part(target, value, scope)
        else:
            super().assign(target, value, scope)

    def _assign_part(
        self, target: ast.Attribute | ast.Subscript, value: Any, scope: Scope
    ) -> None:
        """Give a value to an attribute, or to an item."""
        owner = self.value(target.value, scope)
        if isinstance(owner, Drawing):
            return
        if isinstance(target, ast.Subscript):
            if isinstance(owner, list) and isinstance(value, Opaque):
                raise Abandoned
            self.put(owner, self.index(target.slice, scope), value)
        elif isinstance(owner, Instance):
            owner.own[target.attr] = value
        else:
            raise NotFollowed

    def put(self, owner: Any, index: Any, value: Any) -> None:
        """Set an item; an array of whole numbers that cuts it off ends the run."""
        is_of_whole_numbers = isinstance(owner, SmallArray) and owner.is_whole
        if is_of_whole_numbers and not are_whole(value):
            raise Abandoned
        super().put(owner, index, value)
