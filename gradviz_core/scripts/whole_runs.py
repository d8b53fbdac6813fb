"""Whole runs: a script carried out from its first line, to see which arrows it draws.

What is not followed exactly ends the run. Only what a plot is given besides its arrows,
and what is printed, may be left out.
"""

import ast
import itertools
import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.array_functions import (
    as_columns,
    counted,
    evenly_spaced,
    grid_of,
)
from gradviz_core.scripts.call_trials import STEP
from gradviz_core.scripts.command_lines import METHODS_OF_PARSERS, Parser, parser_of
from gradviz_core.scripts.drawings import (
    AXES,
    FIGURE,
    AxesArray,
    Drawing,
    KnownStop,
    attribute_of_drawing,
    attribute_of_pyplot,
    check_arrows,
    result_of_drawing,
)
from gradviz_core.scripts.interpreter import (
    Ending,
    Interpreter,
    Script,
    unshared,
)
from gradviz_core.scripts.names import has_starred
from gradviz_core.scripts.numpy_functions import (
    METHODS,
    call_listed,
    full_array,
    full_array_like,
    only_number,
)
from gradviz_core.scripts.operators import combined, mask_of
from gradviz_core.scripts.script_classes import (
    BoundMethod,
    Instance,
    ScriptClass,
    UnreadClass,
    attribute_of,
    fields_of_new,
)
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
    filled,
    is_number,
    is_whole_number,
)
from gradviz_core.scripts.values import (
    Closure,
    FunctionNode,
    Library,
    Method,
    Opaque,
    Scope,
    items_of,
    type_named,
)


class Abandoned(NotFollowed):
    """A statement was left halfway, so that nothing is known of what it changes."""


class OnePass(list[Any]):
    """What can be gone over once: it is followed only where it is used up at once."""


@dataclass(frozen=True)
class Vectorized:
    """The result of `np.vectorize`."""

    function: Any


@dataclass(frozen=True)
class Differentiated:
    """The result of `jax.grad`."""

    function: Any


@dataclass(frozen=True)
class Mapped:
    """The result of `jax.vmap`."""

    function: Any


@dataclass(frozen=True)
class Drawn:
    """The arrows that one call draws: their places, and their components."""

    node: ast.Call
    places: tuple[Any, Any]
    arrows: tuple[Any, Any]

    @property
    def is_of_streams(self) -> bool:
        """Whether lines are drawn along the arrows."""
        return _name_called(self.node) == "streamplot"


@dataclass(frozen=True)
class OwnCall:
    """One call of a function of the script: its arguments before it, and its result."""

    node: ast.Call
    function: FunctionNode | None  # None if a library differentiates
    arguments: Sequence[Any]
    result: Any

    @property
    def arrays(self) -> list[SmallArray]:
        """The arrays among its arguments."""
        return [each for each in self.arguments if isinstance(each, SmallArray)]


@dataclass(frozen=True)
class Partial:
    """The result of `functools.partial`."""

    function: Any
    arguments: Sequence[Any]
    keywords: Mapping[str, Any]


@dataclass
class CallsSeen:
    """The arguments of all calls of a function, where they are always the same."""

    arguments: list[Any]
    keywords: dict[str, Any]

    @property
    def count_of_coordinates(self) -> int:
        """How many arguments come before those that are always the same."""
        varying = [k for k, each in enumerate(self.arguments) if each is VARIES]
        return varying[-1] + 1 if varying else 0

    def meet(self, arguments: Sequence[Any], keywords: Mapping[str, Any]) -> None:
        """Note another call."""
        pairs = itertools.zip_longest(self.arguments, arguments, fillvalue=VARIES)
        self.arguments = [_shared(*pair) for pair in pairs]
        names = {**self.keywords, **keywords}
        self.keywords = {
            name: _shared(self.keywords.get(name, VARIES), keywords.get(name, VARIES))
            for name in names
        }


@dataclass(frozen=True)
class Change:
    """What a run carries out otherwise than it is written.

    Attributes
    ----------
    instead : mapping
        Functions to call in place of some of the script's.
    turned : set of ast.Call
        Calls that are carried out as if their array and their result had a .T.
    factors : mapping
        By what to divide the results of some operations.
    left_out : set
        Routines that give as many unknown numbers, nan, as their array has.
    """

    instead: Mapping[FunctionNode, Callable[..., Any]] = field(default_factory=dict)
    turned: Set[ast.Call] = frozenset()
    factors: Mapping[ast.AST, float] = field(default_factory=dict)
    left_out: Set[FunctionNode] = frozenset()


UNKNOWN = Opaque()
VARIES = Opaque()
DRAWING = Drawing()


class WholeRun(Interpreter):
    """One run of a script.

    Parameters
    ----------
    script : Script
        What names stand for.
    watched : set of FunctionNode
        The functions whose calls are recorded, whatever they get.
    sites : set of ast.AST
        The operations whose results are recorded.
    change : Change
        What is carried out otherwise than it is written.

    Attributes
    ----------
    drawn : list of Drawn
        The arrows of the plots, in order.
    recorded : dict
        The results of the sites.
    own_calls : list of OwnCall
        The calls of these functions, and those that get an array with two axes.
    places_of_tables : dict
        Which argument of a call was an array with two axes.
    functions_made : dict
        The functions of the script as values, the last one of each definition.
    stop : Stops or None
        The error with which the script stops.
    stop_line : int
        Its line, 0 if the script does not stop.
    partials : dict
        The calls of `functools.partial`, and the functions that they get.
    calls_seen : dict
        What they got in all their calls.
    functions_of_sites : dict
        The functions that each site calls.
    """

    def __init__(
        self,
        script: Script,
        watched: Set[FunctionNode],
        sites: Set[ast.AST],
        change: Change,
    ) -> None:
        super().__init__(script)
        self.words = vocabulary("whole_run")
        most_steps = self.words["most_steps"]
        self.limits = self.limits | {
            "most_steps": most_steps,
            "most_steps_of_all": most_steps,
            "many_entries": 0,
        }
        self.statements = {
            **self.statements,
            ast.With: WholeRun._with,
            ast.ClassDef: WholeRun._class,
            ast.Import: WholeRun._import,
            ast.ImportFrom: WholeRun._import,
            ast.Assign: WholeRun._assignment,
        }
        self.expressions = {
            **self.expressions,
            ast.Attribute: WholeRun._attribute,
            ast.Subscript: WholeRun._subscript,
            ast.Compare: WholeRun._comparison,
            ast.Call: WholeRun._call,
            ast.JoinedStr: WholeRun._text_with_values,
            ast.GeneratorExp: WholeRun._generator,
        }
        self.functions["numpy.vectorize"] = ("pyfunc", Vectorized)
        self.functions["numpy.empty"] = ("shape dtype", full_array(math.nan))
        self.functions["numpy.empty_like"] = ("value dtype", full_array_like(math.nan))
        self.functions["slice"] = ("*", _slice_of)
        self.functions["functools.partial"] = ("**", _partial_of)
        self.functions["argparse.ArgumentParser"] = ("**", parser_of)
        self.functions["zip"] = ("*", _side_by_side)
        for name in self.words["gone_over_once"]:
            parameters, function = self.functions[name]
            self.functions[name] = (parameters, _once(function))
        self.functions["scipy.optimize.approx_fprime"] = (
            "x f epsilon",
            self._approximated,
        )
        of_walk = vocabulary("walk")
        for name in of_walk["differentiating"]:
            self.functions[name] = ("fun", Differentiated)
        for name in of_walk["for_each_row"]:
            self.functions[name] = ("fun", Mapped)
        for name in of_walk["compiling"]:
            self.functions[name] = ("fun", lambda function: function)
        self.watched = watched
        self.is_looking = False
        self.node_called: ast.Call | None = None
        self.called: ast.expr | None = None
        self.change = change
        self.drawn: list[Drawn] = []
        self.recorded: dict[ast.AST, list[Any]] = {site: [] for site in sites}
        self.own_calls: list[OwnCall] = []
        self.places_of_tables: dict[ast.Call, int] = {}
        self.functions_made: dict[FunctionNode, Closure] = {}
        self.stop: Stops | None = None
        self.stop_line = 0
        self.calls_seen: dict[FunctionNode, CallsSeen] = {}
        self.partials: dict[ast.Call, FunctionNode] = {}
        self.functions_of_sites: dict[ast.AST, set[FunctionNode]] = {
            site: set() for site in sites
        }
        self.open_sites: list[ast.AST] = []  # those that are being carried out

    def has_drawn_all(self, tree: ast.Module, quivers: Set[ast.AST]) -> bool:
        """Carry out a script, and return whether every plot in it was reached."""
        scope = Scope()
        scope.own["__name__"] = "__main__"
        for statement in tree.body:
            try:
                self._block([statement], scope)
            except NotFollowed:
                return False
            except Stops as stop:
                self.stop = stop
                self.stop_line = self.stop_line or statement.lineno
                return False
        return quivers <= {each.node for each in self.drawn}

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
        """Return any value of an expression; while looking, it may be unknown."""
        level = self.level
        around = self.open_sites
        if node in self.recorded:
            self.open_sites = [*around, node]
        try:
            value = super().value(node, scope)
        except Abandoned:
            raise
        except NotFollowed:
            is_too_long = not self.has_steps_for(1)
            if is_too_long or not self.is_looking or _holds_code_to_run(node):
                raise Abandoned from None
            self.level = level
            value = UNKNOWN
        except Stops:
            self.stop_line = self.stop_line or node.lineno
            raise
        self.open_sites = around
        if node in self.recorded:
            self.recorded[node].append(_as_it_is(value))
            factor = self.change.factors.get(node, 1)
            value = value if factor == 1 else combined(ast.Div(), value, factor)
        return value

    def _text_with_values(self, node: ast.JoinedStr, scope: Scope | None) -> Any:
        """`f"…"`: what it prints matters to no plot, what it calls may."""
        self._look_at(node.values, scope)
        return UNKNOWN

    def _generator(self, node: ast.GeneratorExp, scope: Scope | None) -> Any:
        return OnePass(self._comprehension(node, scope))

    def _default(self, node: ast.expr, around: Scope | None) -> Any:
        """Return a default: one that is not followed may have effects."""
        return unshared(self.value(node, around))

    def closure(self, node: FunctionNode, around: Scope | None) -> Closure:
        """Return a function as a value, and remember it."""
        closure = super().closure(node, around)
        self.functions_made[node] = closure
        return closure

    def _outside(self, node: ast.Name) -> Any:
        script = self.script
        is_bound = node.id in script.imports
        names_bound_later = (script.functions, script.constants, script.rebound)
        if not is_bound and any(node.id in names for names in names_bound_later):
            if not script.imports:
                raise NotFollowed  # it may be bound in lines above, not pasted
            raise Stops
        return super()._outside(node)

    def _attribute(self, node: ast.Attribute, scope: Scope | None) -> Any:
        draws_arrows = node.attr in vocabulary("walk")["drawing"]
        is_called = node is self.called
        if draws_arrows and not is_called:
            raise Abandoned  # arrows may be drawn under another name
        if node.attr in self.words["changing_a_plot"]:
            raise Abandoned
        owner = self.value(node.value, scope)
        if isinstance(owner, Drawing | AxesArray):
            return attribute_of_drawing(owner, node, is_called)
        if isinstance(owner, Opaque):
            return owner
        if isinstance(owner, Instance) and not node.attr.startswith("__"):
            return attribute_of(owner, node.attr)
        if isinstance(owner, ScriptClass) and node.attr in owner.names:
            return owner.names[node.attr]
        if isinstance(owner, Parser):
            return Method(owner, node.attr)
        if isinstance(owner, SmallArray | list):
            is_followed = node.attr in METHODS[type(owner)]
            if _changes(node.attr) and not is_followed:
                raise Abandoned
        if isinstance(owner, Library):
            found = self._of_library(owner, node)
            if _draws(found):
                return attribute_of_pyplot(found.name, node)
            if found == Library("sys.argv"):
                return ["script.py"]
        return super()._attribute(node, scope)

    def _subscript(self, node: ast.Subscript, scope: Scope | None) -> Any:
        owner = self.value(node.value, scope)
        if owner == Drawing(AXES):
            raise KnownStop(node, "one-axes", axes=node.value)
        if isinstance(owner, Opaque):
            return owner
        if isinstance(owner, AxesArray):
            return owner.part(self._index(node.slice, scope))
        if owner == Library("numpy.mgrid"):
            return self._grid_of_ranges(node.slice, scope)
        if owner == Library("numpy.c_") and isinstance(node.slice, ast.Tuple):
            return as_columns(self._values(node.slice.elts, scope))
        if _is_of_types(owner) and not _holds_code_to_run(node.slice):
            return UNKNOWN
        return super()._subscript(node, scope)

    def _grid_of_ranges(self, node: ast.expr, scope: Scope | None) -> Any:
        """`np.mgrid`, of two ranges."""
        if not isinstance(node, ast.Tuple) or len(node.elts) != 2:
            raise NotFollowed
        along = [self._numbers_of_range(each, scope) for each in node.elts]
        first, second = along
        return small_arrays.stacked(grid_of(first, second, "ij"))

    def _numbers_of_range(self, node: ast.expr, scope: Scope | None) -> SmallArray:
        if not isinstance(node, ast.Slice) or not node.lower or not node.upper:
            raise NotFollowed
        start, stop = self.value(node.lower, scope), self.value(node.upper, scope)
        match node.step:
            case ast.Constant(value=complex(real=0.0, imag=count)):
                return evenly_spaced(start, stop, int(count), None)
        step = None if node.step is None else self.value(node.step, scope)
        return counted(start, stop, step)

    def _comparison(self, node: ast.Compare, scope: Scope | None) -> Any:
        left = self.value(node.left, scope)
        if len(node.ops) == 1 and isinstance(left, SmallArray):
            return mask_of(node.ops[0], left, self.value(node.comparators[0], scope))
        return super()._comparison(node, scope)

    # Calls

    def _call(self, node: ast.Call, scope: Scope | None) -> Any:
        if _name_called(node) in self.words["unseen"]:
            raise Abandoned
        self.called = node.func
        function = self.value(node.func, scope)
        if _name_called(node) in vocabulary("walk")["drawing"]:
            self._draw(node, function, scope)
            return DRAWING
        if isinstance(function, Drawing) or function == Library("print"):
            return self._result_of_drawing(node, function, scope)
        values_named = [keyword.value for keyword in node.keywords]
        arguments = self._arguments(function, node.args, scope)
        find = self.any_value if _is_of_parser(function) else self.value
        values = [find(value, scope) for value in values_named]
        keywords = _named(node.keywords, values)
        given = [*arguments, *keywords.values()]
        can_change = any(map(_can_be_changed, given))
        changes = _changes(_name_called(node))
        if isinstance(function, Opaque):
            if changes or can_change:
                raise Abandoned
            return UNKNOWN
        level = self.level
        try:
            return self._called(node, function, arguments, keywords)
        except Abandoned:
            raise
        except NotFollowed:
            if not isinstance(function, Library) or changes:
                raise Abandoned from None
            if can_change and (not self.is_looking or _is_foreign(function)):
                raise Abandoned from None
            if "out" in keywords or _has_array_to_write(function, arguments):
                raise Abandoned from None
            self.level = level
            return UNKNOWN

    def _result_of_drawing(
        self, node: ast.Call, function: Any, scope: Scope | None
    ) -> Any:
        """Return what a call gives that draws or prints."""
        values = self._look_at(node.args, scope)
        looks = self._look_at([each.value for each in node.keywords], scope)
        if not isinstance(function, Drawing) or has_starred(node):
            return DRAWING
        names = [each.arg or "**" for each in node.keywords]
        keywords = dict(zip(names, looks, strict=True))
        return result_of_drawing(function, node, values, keywords)

    def _arguments(
        self, function: Any, nodes: Sequence[ast.expr], scope: Scope | None
    ) -> list[Any]:
        """Return arguments; a function may use up those that are gone over once."""
        name = type_named(function.name) if isinstance(function, Library) else ""
        if name not in self.words["using_up"]:
            return self._values(nodes, scope)
        arguments: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                arguments.extend(self.items(node.value, scope))
            else:
                arguments.append(self.any_value(node, scope))
        return arguments

    def _look_at(self, nodes: Sequence[ast.expr], scope: Scope | None) -> list[Any]:
        """Carry out what is drawn or printed: nothing more depends on its values."""
        was_looking = self.is_looking
        self.is_looking = True
        values = []
        for node in nodes:
            inner = node
            if isinstance(node, ast.Starred | ast.FormattedValue):
                inner = node.value
            values.append(self.value(inner, scope))
        self.is_looking = was_looking
        return values

    def _draw(self, node: ast.Call, function: Any, scope: Scope | None) -> None:
        """Note the arrows of a plot; what else it gets, such as colours, only looks."""
        are_starred = any(isinstance(each, ast.Starred) for each in node.args[:4])
        count = len(node.args) if are_starred else 4
        arguments = self._values(node.args[:count], scope)
        others = self._look_at(node.args[count:], scope)
        looks = self._look_at([keyword.value for keyword in node.keywords], scope)
        keywords = _named(node.keywords, looks)
        arguments += others
        is_flat = 4 <= len(arguments) <= 5  # else in space
        if not isinstance(function, Drawing) or not is_flat:
            raise Abandoned
        check_arrows(node, arguments)
        if keywords.get("angles", "xy") not in ("xy", "uv"):
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
        self.node_called = node
        for place, argument in enumerate(arguments):
            if _is_table(argument):
                self.places_of_tables[node] = place
        if isinstance(function, Vectorized):
            return self._for_each_entry(function.function, arguments, keywords)
        is_turned = node in self.change.turned
        given = [_turned(each) for each in arguments] if is_turned else arguments
        result = self.call(function, given, keywords)
        if function == Library("numpy.apply_along_axis"):
            self._note_rows(node, given, result)
        if isinstance(result, Partial) and isinstance(result.function, Closure):
            self.partials[node] = result.function.node
        return _turned(result) if is_turned else result

    def _note_rows(self, node: ast.Call, given: Sequence[Any], result: Any) -> None:
        """Note a call of a watched function for each row of an array."""
        function, _, array, *_ = given
        is_watched = isinstance(function, Closure) and function.node in self.watched
        if is_watched and array.shape == result.shape:
            call = OwnCall(node, None, [array.copied()], result.copied())
            self.own_calls.append(call)

    def _for_each_entry(
        self, function: Any, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Return what `np.vectorize` gives, whose first number decides on the kind."""
        results: list[Any] = []

        def call(*numbers: Any) -> Any:
            results.append(self.call(function, numbers, keywords))
            if not is_number(results[-1]):
                raise NotFollowed
            return results[-1]

        values = entry_by_entry(call, *arguments)
        if is_whole_number(results[0]) and not all(map(is_whole_number, results)):
            raise NotFollowed
        return values

    def call(
        self, function: Any, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Return the result of calling a function, a class or an object."""
        if isinstance(function, ScriptClass):
            return self._instance_of(function, arguments, keywords)
        if isinstance(function, Instance):
            function = attribute_of(function, "__call__")
        if isinstance(function, Partial):
            given = [*function.arguments, *arguments]
            return self.call(
                function.function, given, {**function.keywords, **keywords}
            )
        if _is_of_parser(function):
            given = [function.owner, *arguments]
            return call_listed(METHODS_OF_PARSERS, function.name, given, keywords)
        if isinstance(function, Differentiated | Mapped):
            if len(arguments) != 1 or keywords:
                raise NotFollowed
            [value] = arguments
            if isinstance(function, Differentiated):
                return self._differentiated(value, function.function)
            return array_of(self._map(function.function, value))
        if isinstance(function, BoundMethod):
            given = [function.owner, *arguments]
            return self._call_closure(function.method, given, keywords)
        result = super().call(function, arguments, keywords)
        return OnePass(result) if _gives_view(function) else result

    def _instance_of(
        self, kind: ScriptClass, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Instance:
        """Return a new object of a class."""
        if "__init__" in kind.names:
            made = Instance(kind, {})
            start = attribute_of(made, "__init__")
            self.call(start, arguments, keywords)
            return made
        made = Instance(kind, fields_of_new(kind, arguments, keywords))
        if kind.fields and "__post_init__" in kind.names:
            self.call(attribute_of(made, "__post_init__"), [], {})
        return made

    def _approximated(self, x: Any, function: Any, epsilon: Any) -> SmallArray:
        """`approx_fprime`, with a step for which it gives the slopes."""
        shortest, longest = self.words["usual_steps"]
        if epsilon is not None and not (
            is_number(epsilon) and shortest <= epsilon <= longest
        ):
            raise NotFollowed
        return self._differentiated(x, function)

    def _differentiated(self, x: Any, function: Any) -> SmallArray:
        """Return the slopes of a function at one point, as libraries give them."""
        node = self.node_called
        point = array_of(x, is_whole=False)
        if len(point.shape) != 1:
            raise NotFollowed
        slopes = []
        for k, entry in enumerate(point.entries()):
            values = []
            for move in (STEP, -STEP):
                moved = point.copied()
                moved.put(k, entry + move)
                values.append(only_number(self.call(function, [moved], {})))
            slopes.append((values[0] - values[1]) / (2 * STEP))
        result = array_of(slopes)
        if node is not None:
            self.own_calls.append(OwnCall(node, None, [point], result.copied()))
        return result

    def _call_closure(
        self,
        closure: Closure,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        node = self.node_called
        given = [*arguments, *keywords.values()]
        arrays = [each for each in given if isinstance(each, SmallArray)]
        if closure.node in self.change.left_out and len(arrays) == 1:
            return filled(arrays[0].shape, math.nan, is_whole=False)
        is_watched = closure.node in self.watched or any(map(_is_table, given))
        before = [_as_it_is(each) for each in given] if is_watched else []
        self._note_call(closure.node, arguments, keywords)
        around = self.open_sites
        for site in around:
            self.functions_of_sites[site].add(closure.node)
        self.open_sites = []
        try:
            result = super()._call_closure(closure, arguments, keywords)
            if closure.node in self.change.instead:
                result = self.change.instead[closure.node](arguments, result)
        except NotFollowed:
            raise Abandoned from None
        self.open_sites = around
        if is_watched and node is not None:
            own = OwnCall(node, closure.node, before, _as_it_is(result))
            self.own_calls.append(own)
        return result

    def _note_call(
        self,
        function: FunctionNode,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> None:
        if function in self.calls_seen:
            self.calls_seen[function].meet(arguments, keywords)
            return
        values = [_shared(value, value) for value in arguments]
        named = {name: _shared(value, value) for name, value in keywords.items()}
        self.calls_seen[function] = CallsSeen(values, named)

    # Statements

    def _assignment(self, node: ast.Assign, scope: Scope) -> Ending:
        is_unpacked = len(node.targets) == 1 and _are_targets(node.targets[0])
        find = self.any_value if is_unpacked else self.value
        value = find(node.value, scope)
        for target in node.targets:
            self._assign(target, value, scope)
        return None

    def _assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        if isinstance(target, ast.Tuple | ast.List) and isinstance(value, Opaque):
            if value in (Drawing(FIGURE), Drawing(AXES)):
                raise Stops
            for each in target.elts:
                self._assign(each, value, scope)
            return
        if isinstance(target, ast.Attribute | ast.Subscript):
            owner = self.value(target.value, scope)
            if isinstance(owner, Drawing):
                return
            if isinstance(owner, Instance) and isinstance(target, ast.Attribute):
                owner.own[target.attr] = value
                return
            is_flat = isinstance(target, ast.Subscript) and isinstance(owner, list)
            if is_flat and isinstance(value, Opaque):
                raise Abandoned
        super()._assign(target, value, scope)

    def _put(self, owner: Any, index: Any, value: Any) -> None:
        """Set an item; an array of whole numbers that cuts it off ends the run."""
        is_of_whole_numbers = isinstance(owner, SmallArray) and owner.is_whole
        if is_of_whole_numbers and not _are_whole(value):
            raise Abandoned
        super()._put(owner, index, value)

    def _with(self, node: ast.With, scope: Scope) -> Ending:
        for item in node.items:
            value = self.value(item.context_expr, scope)
            if not isinstance(value, Opaque):
                raise Abandoned
            if item.optional_vars is not None:
                self._assign(item.optional_vars, value, scope)
        return self._block(node.body, scope)

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> Ending:
        for alias in node.names:
            if alias.name == "*":
                raise Abandoned  # any name may stand for something else now
            scope.own.pop(alias.asname or alias.name.partition(".")[0], None)
        return None

    def _class(self, node: ast.ClassDef, scope: Scope) -> Ending:
        bases = [self.value(base, scope) for base in node.bases]
        decorators = [*map(_function_of_decorator, node.decorator_list)]
        values = [self.value(decorator, scope) for decorator in decorators]
        is_record = values == [Library("dataclasses.dataclass")]
        is_plain = not node.keywords and (is_record or not values)
        body = [each for each in node.body if not _is_docstring(each)]
        made: Any = UnreadClass()
        own_bases = [base for base in bases if isinstance(base, ScriptClass)]
        if is_plain and all(map(_is_plain_base, bases)) and len(own_bases) < 2:
            made = self._class_of(body, bases, is_record, scope)
        scope.own[node.name] = made
        return None

    def _class_of(
        self,
        body: Sequence[ast.stmt],
        bases: Sequence[Any],
        is_record: bool,
        scope: Scope,
    ) -> ScriptClass | UnreadClass:
        """Return a class, unless there is more in it than values and methods."""
        inside = Scope(scope)
        names: dict[str, Any] = {}
        fields: list[str] = []
        for base in bases:
            if isinstance(base, ScriptClass):
                names.update(base.names)
                fields.extend(base.fields)
        if is_record:
            names.pop("__init__", None)  # it gets one of its own
        for statement in body:
            match statement:
                case ast.FunctionDef(name=name):
                    closure = Interpreter.closure(self, statement, scope)
                    inside.own[name] = closure
                case ast.AnnAssign(target=ast.Name(id=name), annotation=kind):
                    if not _names_in(kind).isdisjoint(self.words["unread_fields"]):
                        return UnreadClass()
                    self._typed_assignment(statement, inside)
                    if is_record:
                        fields.append(name)
                case ast.Assign(targets=[ast.Name()]):
                    self._assignment(statement, inside)
                case ast.Pass():
                    pass
                case _:
                    return UnreadClass()
        special = {name for name in inside.own if name.startswith("__")}
        if not special <= {*self.words["followed_methods"]}:
            return UnreadClass()
        return ScriptClass(names | inside.own, tuple(dict.fromkeys(fields)))


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


def _draws(value: Any) -> bool:
    """Whether this is of a library that draws."""
    if not isinstance(value, Library):
        return False
    return value.name.partition(".")[0] in vocabulary("walk")["drawing_libraries"]


def _is_of_types(value: Any) -> bool:
    """Whether this stands for a type, as `NDArray` and `tuple` do."""
    if not isinstance(value, Library):
        return False
    words = vocabulary("whole_run")
    module = value.name.rpartition(".")[0]
    return value.name in words["types"] or module in words["of_types"]


def _changes(name: str) -> bool:
    """Whether a function or method of this name changes what it is given."""
    words = vocabulary("walk")
    is_listed = name in words["changing"] + words["changing_methods"]
    return is_listed or name.startswith("__")


def _is_of_parser(function: Any) -> bool:
    return isinstance(function, Method) and isinstance(function.owner, Parser)


def _gives_view(function: Any) -> bool:
    """Whether this is a method that shows what is in a dictionary."""
    is_of_dictionary = isinstance(function, Method) and isinstance(function.owner, dict)
    return is_of_dictionary and function.name != "get"


def _has_array_to_write(function: Library, arguments: Sequence[Any]) -> bool:
    """Whether a function of NumPy gets an array behind those that it reads."""
    inputs = vocabulary("walk")["inputs"]
    read = inputs.get(function.name.rpartition(".")[2], 2)
    return any(map(_can_be_changed, arguments[read:]))


def _is_foreign(function: Library) -> bool:
    """Whether a function may change what it is given."""
    first, _, rest = type_named(function.name).partition(".")
    if rest:
        return first not in vocabulary("walk")["unchanging"]
    return first not in vocabulary("names")["builtin"]


def _are_targets(target: ast.expr) -> bool:
    """Whether a value is unpacked into several names."""
    return isinstance(target, ast.Tuple | ast.List)


def _once(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function whose items can be gone over once."""
    return lambda *given: OnePass(function(*given))


def _holds_code_to_run(node: ast.AST) -> bool:
    """Whether an expression calls something, so that it may have effects."""
    code = ast.Call | ast.Lambda | ast.ListComp | ast.GeneratorExp | ast.NamedExpr
    return any(isinstance(each, code) for each in ast.walk(node))


def _shared(one: Any, other: Any) -> Any:
    """Return a plain value if both are that value."""
    is_plain = isinstance(one, int | float | str | None)
    return one if is_plain and type(one) is type(other) and one == other else VARIES


def _can_be_changed(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(map(_can_be_changed, value))
    functions = Closure | BoundMethod | Method | Vectorized | Partial
    objects = Instance | ScriptClass | UnreadClass | Parser
    return isinstance(value, SmallArray | list | dict | functions | objects)


def _as_it_is(value: Any) -> Any:
    """Return a value that does not change when an array does."""
    return array_of(value) if _is_array(value) else value


def _is_array(value: Any) -> bool:
    """Whether this is an array, or a list of arrays."""
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(each, SmallArray) for each in value)
    return isinstance(value, SmallArray)


def _is_table(value: Any) -> bool:
    """Whether this has two axes."""
    if not _is_array(value):
        return False
    return len(value.shape) == 2 if isinstance(value, SmallArray) else len(value) == 2


def _are_whole(value: Any) -> bool:
    """Whether no number has a part behind the point."""
    return all(float(entry).is_integer() for entry in array_of(value).entries())


def _turned(value: Any) -> Any:
    if not _is_table(value):
        return value
    return array_of(value).transposed()


def _side_by_side(*values: Any) -> list[Any]:
    """`zip`; there are as many axes to draw on as anything else."""
    lengths = [len(items_of(v)) for v in values if not isinstance(v, Drawing)]
    if not lengths:
        raise NotFollowed
    columns = [
        [v] * min(lengths) if isinstance(v, Drawing) else items_of(v) for v in values
    ]
    return list(zip(*columns, strict=False))


def _partial_of(arguments: Sequence[Any], keywords: Mapping[str, Any]) -> Partial:
    """`functools.partial`."""
    if not arguments:
        raise Stops
    return Partial(arguments[0], arguments[1:], keywords)


def _slice_of(*bounds: Any) -> slice:
    """`slice`."""
    are_plain = all(bound is None or is_whole_number(bound) for bound in bounds)
    if not are_plain or not 1 <= len(bounds) <= 3 or bounds[2:] == (0,):
        raise NotFollowed
    return slice(*bounds)


def _function_of_decorator(node: ast.expr) -> ast.expr:
    """Return the function of a decorator, whose arguments may be truth values."""
    if not isinstance(node, ast.Call) or node.args:
        return node
    flags = vocabulary("whole_run")["flags_of_classes"]
    are_flags = all(
        keyword.arg in flags and isinstance(keyword.value, ast.Constant)
        for keyword in node.keywords
    )
    return node.func if are_flags else node


def _names_in(node: ast.expr) -> set[str]:
    """Return the names in an expression, those of attributes included."""
    nodes = [*ast.walk(node)]
    names = {each.id for each in nodes if isinstance(each, ast.Name)}
    return names | {each.attr for each in nodes if isinstance(each, ast.Attribute)}


def _is_plain_base(base: Any) -> bool:
    """Whether a base is another class of the script, or adds nothing of its own."""
    if isinstance(base, Library):
        return base.name in vocabulary("whole_run")["plain_bases"]
    return isinstance(base, ScriptClass)


def _named(keywords: Sequence[ast.keyword], values: Sequence[Any]) -> dict[str, Any]:
    """Return the values of arguments by name, those in dictionaries included."""
    named: dict[str, Any] = {}
    for keyword, value in zip(keywords, values, strict=True):
        if keyword.arg is not None:
            named[keyword.arg] = value
        elif isinstance(value, dict):
            named.update(value)
        else:
            raise Abandoned
    return named


def _is_docstring(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Constant()):
            return True
    return False


def _as_drawn(value: Any) -> Any:
    """Return a copy of what is drawn, since the script may go on to change it."""
    if isinstance(value, Opaque):
        return value
    return array_of(value)
