"""Walk: a script followed from line to line, as far as its arrays go.

Nothing is run. A value keeps what `arrays` can say of it; a branch or a loop leaves
what it changes unknown, unless both ways agree. The walk notes what the rules of
`findings` look at: calls of a routine, plots, arrays that are passed on.
"""

import ast
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, reduce

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import trials
from gradviz_core.scripts.arrays import (
    COLUMN,
    COORDINATE,
    COORDINATES,
    ENTRY,
    FLOAT,
    IMPORTED,
    ONE_POINT,
    OTHER,
    POINT_SHEETS,
    POINTS,
    RANGE,
    RESHAPED,
    SHEETS,
    UNKNOWN,
    WHOLE,
    Array,
    AxisSlope,
    Class,
    Derivative,
    Each,
    Function,
    GradientCall,
    Heights,
    Imported,
    Instance,
    Items,
    Mesh,
    Number,
    Owner,
    Range,
    Slopes,
    SlopesPart,
    Unknown,
    Value,
    computed_of,
    item_of,
    items_of,
    kind_of_numbers,
    owners_of,
    stacked,
    transposed,
    unknown_part,
    without_numbers,
)
from gradviz_core.scripts.call_trials import gives_slopes_of_coordinates, stop_of_f
from gradviz_core.scripts.grids import (
    among_edges,
    arange,
    axis_of_mgrid,
    combined_heights,
    coordinates_of,
    gradient_of_heights,
    heights_of,
    heights_of_arguments,
    heights_over,
    histogram,
    length_of,
    line_of_sheet,
    linspace,
    mesh_of,
    part_of_range,
    texts_of_coordinates,
)
from gradviz_core.scripts.instances import (
    CONSTRUCTOR,
    Classes,
    receiver_of,
)
from gradviz_core.scripts.literals import number
from gradviz_core.scripts.names import (
    Imports,
    dotted,
    every_parameter_of,
    has_starred,
    meaning,
    parameters_of,
)
from gradviz_core.scripts.routines import (
    Routine,
    Routines,
    derivative_routine,
    is_float_type,
    unknown_routine,
)
from gradviz_core.scripts.source import Source, nodes_in
from gradviz_core.scripts.trials import COLUMNS, POINT, ROWS


@dataclass
class Differentiation:
    """A call of a gradient routine: what it differentiates, and at which array."""

    call: GradientCall
    routine: Routine
    f: Value
    f_node: ast.expr
    argument: Value
    argument_node: ast.expr
    is_turned_at_once: bool  # by a .T directly behind the call
    origin: "PassedArgument | None" = None  # where the array came in, from outside
    f_of_array: Value = UNKNOWN  # what f gives for all of the array
    stop_of_f: str = ""  # how the script stops where f gets one point
    is_one_by_one: bool = False  # in a comprehension over the rows of the array


@dataclass
class Quiver:
    """A call of `quiver`, with its four arrays."""

    node: ast.Call
    values: tuple[Value, ...]

    @cached_property
    def owners(self) -> frozenset[Owner]:
        """All that its numbers belong to, and the calls of which it draws something."""
        parts = [value for value in self.values if isinstance(value, SlopesPart)]
        return owners_of(*self.values) | {part.call for part in parts}


@dataclass
class Picture:
    """A call that draws an array as it stands: `imshow`, `contour` and the like."""

    node: ast.Call
    name: str  # of the function
    array_node: ast.expr
    array: Value
    places: tuple[Value, ...]  # horizontal and vertical, where it is given them
    extent: Value | None
    is_lower: bool  # with the first row at the bottom, where `imshow` is told so

    @property
    def is_graph(self) -> bool:
        """Whether it has a horizontal and a vertical axis, and is no printed matrix."""
        return self.name != "imshow" or self.is_lower or self.extent is not None


@dataclass
class AxisGradient:
    """A call of `np.gradient` for heights over a grid."""

    node: ast.Call
    heights: Heights
    spacings: tuple[Value, ...]
    is_plain: bool  # without a *list of spacings
    coordinates: tuple[str, ...]  # the numbers along each, as the script can write them


@dataclass
class PassedArgument:
    """An array that is passed to a function of the script, by a name or written out."""

    node: ast.Call
    function: ast.FunctionDef
    parameter: str
    argument_node: ast.expr
    value: Value


@dataclass
class Step:
    """Floats that are written into an array of whole numbers."""

    array: Array


@dataclass
class Observations:
    """What a script does that a rule may speak of."""

    differentiations: list[Differentiation] = field(default_factory=list)
    quivers: list[Quiver] = field(default_factory=list)
    passed_arguments: list[PassedArgument] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    derivatives: dict[ast.Call, bool] = field(default_factory=dict)  # whether called
    heights: dict[ast.Call, bool] = field(default_factory=dict)  # whether followed
    axis_gradients: list[AxisGradient] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    pairs_without_list: list[ast.Call] = field(default_factory=list)  # np.array(X, Y)
    skipped: list[ast.stmt] = field(default_factory=list)  # what is never run
    is_whole: bool = True  # or the walk was too long, and was cut off


OF_SLOPES = Slopes | SlopesPart

# What is asynchronous gives the same numbers.
PLAIN_STATEMENTS: dict[type, type] = {
    ast.AsyncFunctionDef: ast.FunctionDef,
    ast.AsyncFor: ast.For,
    ast.AsyncWith: ast.With,
}


class Names:
    """What names stand for, in a branch or a function, over what they do around it."""

    def __init__(self, around: "Names | None" = None) -> None:
        self.around = around
        self.own: dict[str, Value | None] = {}  # None is forgotten

    def get(self, name: str) -> Value | None:
        """Return what a name stands for, None if that is not known."""
        scope: Names | None = self
        while scope is not None:
            if name in scope.own:
                return scope.own[name]
            scope = scope.around
        return None

    def all(self) -> dict[str, Value | None]:
        """Return what all names stand for."""
        names: dict[str, Value | None] = {}
        scope: Names | None = self
        while scope is not None:
            names = scope.own | names
            scope = scope.around
        return names

    def changes_of(self, outer: "Names") -> dict[str, Value | None]:
        """Return what names stand for that were set since an outer scope."""
        changes: dict[str, Value | None] = {}
        scope = self
        while scope is not outer and scope.around is not None:
            changes = scope.own | changes
            scope = scope.around
        return changes

    def set(self, name: str, value: Value | None) -> None:
        """Let a name stand for a value, or for nothing that is known."""
        self.own[name] = value

    def forget(self, name: str) -> None:
        """Forget what a name stands for, but not to what its numbers may belong."""
        self.own[name] = _either_of(None, self.get(name))


class Walker:
    """Follows the statements of a script.

    Parameters
    ----------
    imports : mapping
        What names stand for.
    routines : Routines
        The gradient routines of the script.
    """

    def __init__(
        self,
        imports: Imports,
        routines: Routines,
    ) -> None:
        self.imports = imports
        self.routines = routines
        self.vocabulary = vocabulary("walk")
        self.observations = Observations()
        self.turned: set[ast.Call] = set()  # calls with a .T directly behind them
        self.entered: set[ast.FunctionDef | ast.Lambda] = set()
        self.plain: dict[ast.stmt, ast.stmt] = {}  # of what is asynchronous
        self.unbound: dict[ast.FunctionDef, ast.FunctionDef] = {}  # of methods
        self.owners: dict[ast.FunctionDef, Class] = {}  # of methods
        self.instances: dict[Class, list[Instance]] = {}
        self.depth = 0
        self.passing: list[
            PassedArgument
        ] = []  # into the functions that are being followed
        self.calls_followed = 0
        self.level = 0
        self.steps = 0
        self.loops = 0  # that are being followed
        self.changed: set[Owner] = set()  # whose numbers were changed in place
        self.function_names: set[str] = set()
        # Functions that stand in no other one.
        self.outermost: set[ast.FunctionDef | ast.Lambda] = set()
        self.stops_of_f: dict[ast.AST, str] = {}  # how each f stops at one point
        self.flags: dict[str, bool] = {}  # names that stand for one truth value
        self.cut_off: dict[Mesh, Mesh] = {}  # grids behind astype(int), by those before

    def follow(self, source: Source) -> Observations:
        """Follow a script from its first line to its last."""
        for node in source.nodes:
            if isinstance(node, ast.Attribute) and node.attr == "T":
                if isinstance(node.value, ast.Call):
                    self.turned.add(node.value)
            elif isinstance(node, ast.Call):
                inner = self._turned_inside(node)
                if inner is not None:
                    self.turned.add(inner)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.function_names.add(node.name)
        self.outermost = {*_outermost_functions(source.tree)}
        if self.routines.are_names_certain:
            self.flags = _flags_of(source)
        self.classes = Classes(source.nodes)
        names = Names()
        self._statements(source.tree.body, names)
        # What nobody calls may be called by another script.
        for node in _functions_to_begin_with(source.nodes):
            self._enter_uncalled(self._plain(node), names)
        return self.observations

    def _enter_uncalled(self, node: ast.stmt, names: Names) -> None:
        """Follow a function that was not called yet; a method, on an object."""
        assert isinstance(node, ast.FunctionDef)
        if node in self.entered:
            return
        function = Function(node)
        if node in self.owners and receiver_of(node):
            function = self._bound(node, self._some_instance(self.owners[node], names))
        self._enter(function, Names(names), {})

    def _turned_inside(self, node: ast.Call) -> ast.Call | None:
        """Return the call in `call(…).transpose()` or `np.transpose(call(…))`."""
        function = node.func
        if meaning(function, self.imports) == "numpy.transpose" and node.args:
            first = node.args[0]
            return first if isinstance(first, ast.Call) else None
        is_method = isinstance(function, ast.Attribute) and not node.args
        if is_method:
            assert isinstance(function, ast.Attribute)
            if function.attr == "transpose" and isinstance(function.value, ast.Call):
                return function.value
        return None

    # Statements

    def _statements(self, body: Sequence[ast.stmt], names: Names) -> Value | None:
        """Follow statements; return what the returns among them give, if any is met."""
        returned: Value | None = None
        for place, statement in enumerate(body):
            value = self._statement(statement, names)
            returned = _either_return(returned, value)
            if isinstance(statement, ast.Return | ast.Raise):
                self.observations.skipped.extend(body[place + 1 :])
                break
        return returned

    def _statement(self, statement: ast.stmt, names: Names) -> Value | None:
        if self._is_too_far():
            return None
        self.level += 1
        returned = self._followed(statement, names)
        self.level -= 1
        return returned

    def _is_too_far(self) -> bool:
        """Count a step; say whether it is one too many, or too deep."""
        self.steps += 1
        is_too_deep = self.level >= self.vocabulary["most_levels"]
        is_too_far = is_too_deep or self.steps > self.vocabulary["most_steps"]
        if is_too_far:
            self.observations.is_whole = False
        return bool(is_too_far)

    def _plain(self, statement: ast.stmt) -> ast.stmt:
        """Return a statement as one that is not asynchronous, the same each time."""
        plain = PLAIN_STATEMENTS.get(type(statement))
        if plain is None:
            return statement
        if statement not in self.plain:
            self.plain[statement] = plain(**vars(statement))
        return self.plain[statement]

    def _followed(self, statement: ast.stmt, names: Names) -> Value | None:
        statement = self._plain(statement)
        if isinstance(statement, ast.Assign):
            value = self.value(statement.value, names)
            for target in statement.targets:
                self._note_step(target, value, names)
                self._assign(target, value, names)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            value = self.value(statement.value, names)
            self._assign(statement.target, value, names)
        elif isinstance(statement, ast.AugAssign):
            self._assign_augmented(statement, names)
        elif isinstance(statement, ast.Return):
            if statement.value is not None:
                return self.value(statement.value, names)
        elif isinstance(statement, ast.Expr):
            self.value(statement.value, names)
        elif isinstance(statement, ast.FunctionDef):
            # What a decorator makes of it is not followed.
            decorators = [
                meaning(node, self.imports) for node in statement.decorator_list
            ]
            is_plain = decorators in ([], ["staticmethod"])
            names.set(statement.name, Function(statement) if is_plain else UNKNOWN)
        elif isinstance(statement, ast.ClassDef):
            self._define_class(statement, names)
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            self._import(statement, names)
        elif isinstance(statement, ast.Delete):
            for target in statement.targets:
                self._assign(target, UNKNOWN, names)
        else:
            return self._compound(statement, names)
        return None

    def _import(self, statement: ast.Import | ast.ImportFrom, names: Names) -> None:
        """Note what is no function of the script any more."""
        module = getattr(statement, "module", None)
        for alias in statement.names:
            top, _, _ = alias.name.partition(".")
            if top != "*":
                names.set(alias.asname or top, IMPORTED)
            elif module not in vocabulary("names")["libraries"]:
                for name, value in names.own.items():
                    if isinstance(value, Function):  # which the module may have, too
                        names.forget(name)

    def _define_class(self, statement: ast.ClassDef, names: Names) -> None:
        """Follow the body of a class, which is known if nothing else makes it."""
        inside = Names(names)
        self._statements(statement.body, inside)
        if not self.classes.is_plain(statement):
            names.set(statement.name, UNKNOWN)
            return
        own = Class(statement, inside.own)
        names.set(statement.name, own)
        for each in statement.body:
            method = self._plain(each)
            if isinstance(method, ast.FunctionDef):
                self.owners[method] = own

    def _compound(self, statement: ast.stmt, names: Names) -> Value | None:
        """Follow an if, a loop, a with or a try: what they change is less certain."""
        if isinstance(statement, ast.If):
            if _is_main_guard(statement.test):
                return self._statements(statement.body, names)
            self.value(statement.test, names)
            return self._choice(statement, names)
        if isinstance(statement, ast.For):
            item = item_of(self.value(statement.iter, names))
            return self._loop(statement, item, names)
        if isinstance(statement, ast.While):
            return self._loop(statement, UNKNOWN, names)
        if isinstance(statement, ast.With):
            for context in statement.items:
                within = unknown_part(self.value(context.context_expr, names))
                if context.optional_vars is not None:
                    self._assign(context.optional_vars, within, names)
            return self._statements(statement.body, names)
        if isinstance(statement, ast.Try):
            handlers = [handler.body for handler in statement.handlers]
            value = self._statements(statement.body, names)
            self._branches([*handlers, []], names)
            self._statements(statement.finalbody, names)
            return value
        return None

    def _choice(self, statement: ast.If, names: Names) -> Value | None:
        """Follow both branches of an if, or the only one that is ever run."""
        branches = [statement.body, statement.orelse]
        truth = _truth(statement.test, self.flags)
        if truth is None:
            return self._branches(branches, names)
        run, skipped = branches if truth else reversed(branches)
        self.observations.skipped.extend(skipped)
        return self._statements(run, names)

    def _loop(
        self, statement: ast.For | ast.While, item: Value, names: Names
    ) -> Value | None:
        """Follow the first turns of a loop, until a turn changes nothing any more.

        If none is like the one before, another one is followed that may be any turn.
        """
        self.loops += 1
        turn = names
        returned = None
        is_settled = False
        for _ in range(self._first_turns()):
            before, turn = turn, Names(turn)
            value = self._turn(statement, item, turn)
            returned = _either_return(returned, value)
            is_settled = all(
                _are_alike(before.get(name), value) for name, value in turn.own.items()
            )
            if is_settled:
                break
        if not is_settled:
            self._forget_assigned(statement.body, names)
            turn = Names(names)
            value = self._turn(statement, item, turn)
            returned = _either_return(returned, value)
        self.loops -= 1
        for name, last in turn.changes_of(names).items():
            names.set(name, _either_of(names.get(name), last))
        if isinstance(statement, ast.For):
            self._assign(statement.target, item, names)
        return _either_return(returned, self._statements(statement.orelse, names))

    def _turn(
        self, statement: ast.For | ast.While, item: Value, names: Names
    ) -> Value | None:
        if isinstance(statement, ast.For):
            self._assign(statement.target, item, names)
        return self._statements(statement.body, names)

    def _first_turns(self) -> int:
        """Return how many first turns are followed: none deep within other loops."""
        is_deep = self.loops > self.vocabulary["most_loops"]
        return 0 if is_deep else int(self.vocabulary["first_turns"])

    def _forget_assigned(self, body: Sequence[ast.stmt], names: Names) -> None:
        """Forget what a loop changes: it may come back with another value.

        An array that is changed in place, `x -= …`, stays what it is.
        """
        nodes = [node for statement in body for node in nodes_in(statement)]
        changed_in_place = {
            node.target for node in nodes if isinstance(node, ast.AugAssign)
        }
        for node in nodes:
            if not isinstance(node, ast.Name):
                continue
            self.steps += 1
            is_array = isinstance(names.get(node.id), Array)
            is_kept = is_array and node in changed_in_place
            if not isinstance(node.ctx, ast.Load) and not is_kept:
                names.forget(node.id)

    def _branches(
        self, bodies: Sequence[Sequence[ast.stmt]], names: Names
    ) -> Value | None:
        """Follow branches side by side; keep what is the same behind all of them."""
        returned: Value | None = None
        outcomes = []
        for body in bodies:
            outcome = Names(names)
            returned = _either_return(returned, self._statements(body, outcome))
            outcomes.append(outcome)
        changed = {name for outcome in outcomes for name in outcome.own}
        for name in changed:
            values = [outcome.get(name) for outcome in outcomes]
            names.set(name, reduce(_either_of, values))
        return returned

    def _assign(self, target: ast.expr, value: Value, names: Names) -> None:
        if isinstance(target, ast.Name):
            names.set(target.id, value)
        elif isinstance(target, ast.Tuple | ast.List):
            parts = self._unpacked(value, len(target.elts))
            for element, part in zip(target.elts, parts, strict=True):
                self._assign(element, part, names)
        elif isinstance(target, ast.Starred):
            self._assign(target.value, unknown_part(value), names)
        else:
            self._store(target, value, names)

    def _store(self, target: ast.expr, value: Value, names: Names) -> None:
        """Store a value in an attribute, or in an entry of an array or a list."""
        assert isinstance(target, ast.Attribute | ast.Subscript)
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            owner = names.get(target.value.id)
            if isinstance(owner, Instance):
                self._store_in(owner, target.attr, value)
                return
            names.set(target.value.id, unknown_part(owner))  # P.shape = …
        self._change(self.value(target.value, names))
        self._put_into(target.value, [value], names)
        _lose(value)

    def _put_into(
        self, container: ast.expr, values: Sequence[Value], names: Names
    ) -> None:
        """Let a list, or something unknown, hold other values besides its own."""
        if not isinstance(container, ast.Name):
            return
        before = names.get(container.id)
        if isinstance(before, Items | Unknown):
            names.set(container.id, unknown_part(before, *values))

    def _store_in(self, instance: Instance, name: str, value: Value) -> None:
        if self.classes.is_followed(instance.of.node, name):
            instance.attributes[name] = value
        else:
            _lose(value)

    def _change(self, *values: Value) -> None:
        """Note that numbers are changed in place: in all that shares them."""
        self.changed |= owners_of(*values)

    def _unpacked(self, value: Value, count: int) -> list[Value]:
        if isinstance(value, Items) and len(value.values) == count:
            return list(value.values)
        if isinstance(value, Slopes):
            part = "columns" if value.is_turned else "rows"
            return [SlopesPart(value.call, part, k, value.sign) for k in range(count)]
        if isinstance(value, Array) and value.form == SHEETS and count == 2:
            return [_sheet_of(value, k) for k in range(count)]
        if isinstance(value, Array) and value.form == COORDINATES and count == 2:
            return [replace(value, form=COORDINATE, coordinate=k) for k in range(count)]
        return [unknown_part(value)] * count

    def _assign_augmented(self, statement: ast.AugAssign, names: Names) -> None:
        operand = self.value(statement.value, names)
        self._note_step(statement.target, operand, names, is_augmented=True)
        target = statement.target
        if not isinstance(target, ast.Name):
            place = target.value if isinstance(target, ast.Subscript) else target
            self._change(self.value(place, names))
            return
        before = self._name(target, names)
        if owners_of(before):  # which is changed in place
            self._change(before)
            names.set(target.id, self._as_it_is(before))
        else:
            names.set(target.id, self._combined(statement.op, before, operand))

    def _note_step(
        self, target: ast.expr, value: Value, names: Names, is_augmented: bool = False
    ) -> None:
        """Note slopes that are written into an array: `x -= …`, `x[i] = …`."""
        if isinstance(target, ast.Subscript):
            target = target.value
        elif not is_augmented:
            return
        is_of_object = isinstance(target, ast.Name | ast.Attribute)
        array = self.value(target, names) if is_of_object else UNKNOWN
        are_floats = isinstance(value, Array) and value.kind == FLOAT
        is_of_slopes = isinstance(value, OF_SLOPES)
        if isinstance(array, Array) and (are_floats or is_of_slopes):
            self.observations.steps.append(Step(array))

    # Values

    def value(self, node: ast.expr, names: Names) -> Value:
        """Return what is known of an expression."""
        if self._is_too_far():
            return UNKNOWN
        self.level += 1
        value = self._value(node, names)
        self.level -= 1
        is_made_here = isinstance(node, ast.Call | ast.BinOp)
        if isinstance(value, Array) and value.made is None and is_made_here:
            return replace(value, made=node)
        return value

    def _value(self, node: ast.expr, names: Names) -> Value:
        if isinstance(node, ast.Constant):
            return _constant(node)
        if isinstance(node, ast.Name):
            return self._name(node, names)
        if isinstance(node, ast.Tuple | ast.List):
            items = items_of([self.value(item, names) for item in node.elts])
            if isinstance(items, Items) and isinstance(node, ast.List):
                return replace(items, is_list=True)
            return items
        if isinstance(node, ast.UnaryOp):
            return _signed(node.op, self.value(node.operand, names))
        if isinstance(node, ast.BinOp):
            left = self.value(node.left, names)
            return self._combined(node.op, left, self.value(node.right, names))
        if isinstance(node, ast.Compare):
            sides = [self.value(side, names) for side in (node.left, *node.comparators)]
            return combined_heights(sides) if any(map(heights_of, sides)) else UNKNOWN
        if isinstance(node, ast.Lambda):
            return Function(node)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, names)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, names)
        if isinstance(node, ast.Call):
            return self._call(node, names)
        if isinstance(node, ast.ListComp | ast.GeneratorExp):
            return self._comprehension(node, names)
        if isinstance(node, ast.Await):
            return self.value(node.value, names)
        if isinstance(node, ast.NamedExpr):
            value = self.value(node.value, names)
            self._assign(node.target, value, names)
            return value
        children = [
            self.value(child, names)
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.expr)
        ]
        return unknown_part(*children)

    def _name(self, node: ast.Name, names: Names) -> Value:
        value = self._as_it_is(names.get(node.id) or UNKNOWN)
        return unknown_part(value) if self._may_be_rebound(node.id, value) else value

    def _may_be_rebound(self, name: str, value: Value) -> bool:
        """Whether any call of a function may give a name another array."""
        is_followed = isinstance(value, Function | Class | Instance | Imported)
        return name in self.routines.declared_global and not is_followed

    def _as_it_is(self, value: Value) -> Value:
        """Return a value as it is by now: its numbers may have been changed since."""
        if not self.changed:
            return value
        if isinstance(value, Items):
            return replace(value, values=tuple(map(self._as_it_is, value.values)))
        if self.changed.isdisjoint(owners_of(value)):
            return value
        if isinstance(value, Each):
            return Each(self._as_it_is(value.item))
        if isinstance(value, OF_SLOPES):
            return SlopesPart(value.call, ENTRY)
        return _moved(value) if isinstance(value, Array) else unknown_part(value)

    def _attribute_of(self, instance: Instance, name: str) -> Value:
        """Return what is known of an attribute, or of a method."""
        owner = instance.of
        if self.classes.has(owner.node, name):
            stored = self._as_it_is(instance.attributes.get(name, UNKNOWN))
            if not self.classes.is_changed(owner.node, name):
                return stored
            is_array = isinstance(stored, Array)
            return _moved(stored) if is_array else unknown_part(stored)
        value = owner.names.get(name) or UNKNOWN
        if isinstance(value, Function) and isinstance(value.node, ast.FunctionDef):
            is_method = value.node in self.owners and receiver_of(value.node)
            return self._bound(value.node, instance) if is_method else value
        return self._as_it_is(value)

    def _bound(self, method: ast.FunctionDef, instance: Instance) -> Function:
        """Return a method of an object as a function of its other parameters."""
        if method not in self.unbound:
            parameters = method.args
            is_first_by_place = bool(parameters.posonlyargs)
            others = ast.arguments(**vars(parameters))
            if is_first_by_place:
                others.posonlyargs = parameters.posonlyargs[1:]
            else:
                others.args = parameters.args[1:]
            self.unbound[method] = ast.FunctionDef(**vars(method) | {"args": others})
        return Function(self.unbound[method], method, instance)

    def _instance(
        self,
        own: Class,
        names: Names,
        arguments: Sequence[Value] = (),
        keywords: Mapping[str, Value] | None = None,
    ) -> Instance:
        """Return a new object of a class."""
        instance = Instance(own)
        self.instances.setdefault(own, []).append(instance)
        constructor = own.names.get(CONSTRUCTOR)
        if isinstance(constructor, Function):
            assert isinstance(constructor.node, ast.FunctionDef)
            function = self._bound(constructor.node, instance)
            bound = dict(zip(parameters_of(function.node), arguments, strict=False))
            self._enter(function, Names(names), bound | dict(keywords or {}))
        return instance

    def _some_instance(self, own: Class, names: Names) -> Instance:
        """Return the only object that a script makes of a class, or any object."""
        instances = self.instances.get(own, [])
        return instances[0] if len(instances) == 1 else self._instance(own, names)

    def _combined(self, operator: ast.operator, left: Value, right: Value) -> Value:
        """Return what an operator makes of two values."""
        if isinstance(left, Number) and isinstance(right, Number):
            return _computed(operator, left, right)
        if isinstance(operator, ast.Add | ast.Sub):
            for value, other in ((left, right), (right, left)):
                if isinstance(value, Array) and _are_slopes(other):
                    return _after_a_step(value)
        for value, other in ((left, right), (right, left)):
            if isinstance(value, SlopesPart | AxisSlope | Slopes):
                return _multiple_of(value, operator, other)
        if isinstance(left, Heights) or isinstance(right, Heights):
            return combined_heights([left, right])
        arrays = [value for value in (left, right) if isinstance(value, Array)]
        if not arrays:
            return computed_of(left, right)
        kind = kind_of_numbers([left, right])
        if isinstance(operator, ast.Div) and kind == WHOLE:
            kind = FLOAT
        edges = among_edges(operator, left, right)
        if edges is not None:
            return edges
        if len(arrays) == 2:
            return heights_over(arrays) or Array(OTHER, kind)
        [array] = arrays
        is_float_now = kind == FLOAT and array.kind == WHOLE
        made = None if is_float_now else array.made
        other = replace(array, kind=kind, is_moved=True, made=made)
        return replace(other, length=None, axis=None)

    def _attribute(self, node: ast.Attribute, names: Names) -> Value:
        full = meaning(node, self.imports)
        if full in self.vocabulary["named_numbers"]:
            return Number(is_whole=False)
        value = self.value(node.value, names)
        if isinstance(value, Instance):
            return self._attribute_of(value, node.attr)
        return transposed(value) if node.attr == "T" else unknown_part(value)

    def _subscript(self, node: ast.Subscript, names: Names) -> Value:
        full = meaning(node.value, self.imports)
        if full == "numpy.mgrid":
            return self._mgrid(node, names)
        if full == "numpy.c_":
            columns = self.value(node.slice, names)
            if not isinstance(columns, Items):
                return unknown_part(columns)
            return stacked(columns, "", rows_are_items=False)
        value = self.value(node.value, names)
        index = node.slice
        if isinstance(value, Items):
            place = number(index)
            if place is not None and 0 <= place < len(value.values):
                return value.values[int(place)]
        if isinstance(value, Slopes):
            return _slopes_part(value, index)
        if isinstance(value, Array):
            return self._part_of_array(value, index)
        return unknown_part(value)

    def _part_of_array(self, array: Array, index: ast.expr) -> Value:
        """Return one coordinate, one point, or a column of an array."""
        place = number(index)
        if array.form == RANGE or array.is_square:
            read = part_of_range if array.form == RANGE else line_of_sheet
            return read(array, index) or Array(OTHER, array.kind, made=array.made)
        if array.form == SHEETS and place in (0, 1):
            return _sheet_of(array, int(place))
        if array.form == COORDINATES and place is not None:
            return replace(array, form=COORDINATE, coordinate=int(place))
        if array.form == POINTS and place is not None:
            return Array(ONE_POINT, array.kind, made=array.made)
        is_of_grid = array.form == ONE_POINT and array.mesh is not None
        if is_of_grid and place is not None and array.kind:
            is_place_known = place in (0, 1) and not array.is_moved
            coordinate = int(place) if is_place_known else None
            return Number(array.kind == WHOLE, mesh=array.mesh, coordinate=coordinate)
        if isinstance(index, ast.Tuple) and len(index.elts) == 2:
            first, second = index.elts
            is_all = isinstance(first, ast.Slice) and first.lower is None
            name = meaning(second, self.imports)
            is_new = name == "numpy.newaxis" or (
                isinstance(second, ast.Constant) and second.value is None
            )
            if is_all and is_new and array.form == ONE_POINT:
                return Array(COLUMN, array.kind, made=array.made)
            column = number(second)
            if is_all and array.form == POINTS and column is not None:
                return replace(array, form=COORDINATE, coordinate=int(column))
        return Array(OTHER, array.kind, mesh=array.mesh, made=array.made)

    def _comprehension(
        self, node: ast.ListComp | ast.GeneratorExp, names: Names
    ) -> Value:
        """Follow a comprehension once; a list of pairs is a list of points."""
        inner = Names(names)
        array: Value = UNKNOWN
        for generator in node.generators:
            array = self.value(generator.iter, inner)
            self._assign(generator.target, item_of(array), inner)
        element = self.value(node.elt, inner)
        [generator, *more] = node.generators
        if more or generator.ifs:
            is_pair = isinstance(element, Items) and len(element.values) == 2
            return Array(POINTS, "") if is_pair else unknown_part(element)
        return self._of_each(element, array, generator.iter)

    def _of_each(self, element: Value, array: Value, node: ast.expr) -> Value:
        """Return what is made of each item of an array, which a node gives."""
        if isinstance(element, Slopes) and self._are_of_each_row(array, node, element):
            return element
        return Each(element)

    def _are_of_each_row(self, array: Value, node: ast.expr, slopes: Slopes) -> bool:
        """Note a call for each row of an array as one for all of them."""
        calls = self.observations.differentiations
        if slopes.is_turned or not calls or calls[-1].call is not slopes.call:
            return False
        last = calls[-1]
        item = item_of(array)
        argument = last.argument
        if not isinstance(argument, Array) or not last.routine.takes_one_point:
            return False
        if argument == item and isinstance(array, Array) and array.mesh is not None:
            last.argument, last.argument_node = array, node
        elif argument.form == ONE_POINT and argument.mesh in _meshes_of(item):
            last.argument = replace(argument, form=POINTS)
        else:
            return False
        last.routine = replace(last.routine, takes=ROWS, stops_at=frozenset())
        last.is_one_by_one = True
        return True

    # Calls

    def _call(self, node: ast.Call, names: Names) -> Value:
        arguments = self._arguments(node, names)
        keywords = {
            keyword.arg: self.value(keyword.value, names)
            for keyword in node.keywords
            if keyword.arg
        }
        self._change(keywords.get("out", UNKNOWN))
        routine = self._routine(node, names)
        if routine is not None:
            return self._gradient(node, routine, arguments, keywords, names)
        function: Value = UNKNOWN
        if isinstance(node.func, ast.Attribute):
            receiver = self.value(node.func.value, names)
            if isinstance(receiver, Instance):
                function = self._attribute_of(receiver, node.func.attr)
            self._note_method(node.func, receiver, arguments, names)
            method = self._method(node, receiver)
            if method is not None:
                return method
            if owners_of(receiver):
                _lose(*arguments)
                return self._part_or_computed(node.func.attr, [receiver])
        else:
            function = self.value(node.func, names)
        if isinstance(function, Function):
            return self._own_call(node, function, arguments, keywords, names)
        if isinstance(function, Class):
            return self._instance(function, names, arguments, keywords)
        if isinstance(function, Derivative):
            return self._derived(node, function, arguments, names)
        full = meaning(node.func, self.imports)
        derivative = self._derivative(full, node, arguments)
        if derivative is not None:
            return derivative
        if (
            full.rpartition(".")[2] in self.vocabulary["drawing"]
            and len(arguments) >= 4
        ):
            self._draw(node, arguments)
            return UNKNOWN
        self._note_picture(node, full.rpartition(".")[2], arguments, keywords)
        if full.rpartition(".")[2] in self.vocabulary["histograms"]:
            return histogram(node, full.endswith("dd"))
        if full.startswith("numpy."):
            name = full.removeprefix("numpy.")
            if name == "gradient":
                return self._axis_gradient(node, arguments, names)
            return self._numpy(name, node, arguments, keywords)
        if full == "range":
            return Range()
        if full in ("list", "tuple") and len(arguments) == 1:
            is_list = isinstance(arguments[0], Items | Range | Each | Slopes)
            return arguments[0] if is_list else Each(item_of(arguments[0]))
        if full in ("zip", "enumerate", "map") and arguments and not has_starred(node):
            return self._iterated(full, node, arguments, names)
        if full in ("float", "int") and len(arguments) == 1:
            return _converted(arguments[0], full == "int")
        given = [*arguments, *keywords.values()]
        is_looking = full in self.vocabulary["looking"]
        if not is_looking:
            _lose(*given)
        if not self._leaves_arrays_alone(node.func, full):
            self._change(*given)
        heights = None if is_looking else heights_of_arguments(given)
        return heights or unknown_part(function, *given)

    def _iterated(
        self, name: str, node: ast.Call, arguments: Sequence[Value], names: Names
    ) -> Value:
        """Return what `zip`, `enumerate` and `map` give, one after the other."""
        if name == "zip":
            return Each(items_of([item_of(value) for value in arguments]))
        if name == "enumerate":
            return Each(items_of([Number(is_whole=True), item_of(arguments[0])]))
        function, *arrays = arguments
        if not isinstance(function, Function) or len(arrays) != 1:
            return unknown_part(*arguments)
        [array] = arrays
        parameters = every_parameter_of(function.node)[:1]
        bound = dict.fromkeys(parameters, item_of(array))
        element = self._enter(function, Names(names), bound)
        return self._of_each(element, array, node.args[1])

    def _note_method(
        self,
        method: ast.Attribute,
        receiver: Value,
        arguments: Sequence[Value],
        names: Names,
    ) -> None:
        """Note what a method changes: `x.sort()`, `history.append(x)`."""
        if method.attr in self.vocabulary["changing_methods"]:
            self._change(receiver)
            self._put_into(method.value, arguments, names)

    def _leaves_arrays_alone(self, called: ast.expr, full_name: str) -> bool:
        """Whether what is called is of Python or a library, and changes no array."""
        if not isinstance(called, ast.Name | ast.Attribute):
            return False
        name = called.id if isinstance(called, ast.Name) else called.attr
        is_of_library = full_name.partition(".")[0] in self.vocabulary["unchanging"]
        is_of_python = full_name in vocabulary("names")["builtin"]
        is_of_module = dotted(called).partition(".")[0] in self.imports
        is_method = isinstance(called, ast.Attribute) and not is_of_module
        is_not_of_script = is_of_library or is_of_python or is_method
        return is_not_of_script and name not in self.function_names

    def _arguments(self, node: ast.Call, names: Names) -> list[Value]:
        """Return what a call is given by place; of `*grad`, its parts."""
        arguments: list[Value] = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                value = self.value(argument.value, names)
                arguments.extend(self._spread(value))
            else:
                arguments.append(self.value(argument, names))
        return arguments

    def _spread(self, value: Value) -> list[Value]:
        if isinstance(value, Items):
            return list(value.values)
        is_pair = isinstance(value, Array) and value.form == COORDINATES
        if is_pair or isinstance(value, Slopes):
            return self._unpacked(value, 2)
        return [unknown_part(value)]

    def _routine(self, node: ast.Call, names: Names) -> Routine | None:
        """Return the gradient routine that is called, if it is one."""
        if not isinstance(node.func, ast.Name):
            return self._routine_of_attribute(node.func, names)
        name = node.func.id
        function = self._name(node.func, names)
        if isinstance(function, Function):
            own = self._own_routine(function)
            may_change = own is not None and name in self.routines.declared_global
            return unknown_routine(name) if may_change else own
        routine = self.routines.imported.get(name)
        is_as_imported = names.get(name) in (None, IMPORTED)
        return routine if is_as_imported or routine is None else unknown_routine(name)

    def _routine_of_attribute(self, called: ast.expr, names: Names) -> Routine | None:
        """Return the routine in `module.routine`, or in `self.routine`."""
        owner, _, rest = dotted(called).partition(".")
        value = names.get(owner)
        if isinstance(value, Instance) and "." not in rest:
            function = self._attribute_of(value, rest)
            return self._own_routine(function)
        return self.routines.of_module(called) if value in (None, IMPORTED) else None

    def _own_routine(self, function: Value) -> Routine | None:
        """Return what a function of the script is as a routine, None if it is none."""
        if not isinstance(function, Function):
            return None
        definition = function.method or function.node
        if isinstance(definition, ast.Lambda):
            return None
        routine = self.routines.own.get(definition)
        is_method = function.receiver is not None
        return self.routines.as_method(routine) if routine and is_method else routine

    def _gradient(
        self,
        node: ast.Call,
        routine: Routine,
        arguments: Sequence[Value],
        keywords: Mapping[str, Value],
        names: Names,
    ) -> Value:
        """Note a call of a gradient routine."""
        if has_starred(node):
            return Slopes(GradientCall(node))
        places = {routine.function_parameter: "f", routine.array_parameter: "x"}
        routine = self.routines.as_called(routine, node)
        given: dict[str, tuple[ast.expr, Value]] = {}
        for k, name in places.items():
            if k < len(node.args):
                given[name] = node.args[k], arguments[k]
        for keyword in node.keywords:
            name = self.vocabulary["parameters"].get(keyword.arg, "")
            if keyword.arg and name and name not in given:
                given[name] = keyword.value, keywords[keyword.arg]
        call = GradientCall(node)
        if "x" in given and "f" in given:
            argument_node, argument = given["x"]
            f_node, f = given["f"]
            if isinstance(f, Function) and f.node in self.plain.values():
                f = UNKNOWN  # which gives no number: it is asynchronous
            origin = self._origin(argument)
            f_of_array = self._applied(f, argument, names)
            routine = self._with_this_f(routine, node, f, argument)
            differentiation = Differentiation(
                call,
                routine,
                f,
                f_node,
                self._as_it_is(argument),  # by now: f may have changed it
                argument_node,
                node in self.turned,
                origin,
                f_of_array,
                self._stop_of_f(routine, f, argument),
            )
            self.observations.differentiations.append(differentiation)
        return Slopes(call)

    def _with_this_f(
        self, routine: Routine, node: ast.Call, f: Value, array: Value
    ) -> Routine:
        """Return a routine as one of coordinates, if it is one with the f of a call."""
        is_open = not routine.is_followed or routine.takes in (trials.WHOLE, POINT)
        has_others = len(node.args) + len(node.keywords) > 2
        definition = routine.definition
        if not is_open or has_others or routine.is_method or routine.is_of_library:
            return routine
        if definition is None and routine.takes != trials.WHOLE:
            return routine
        if not isinstance(array, Array) or array.form != COORDINATES:
            return routine
        if array.kind not in (WHOLE, FLOAT) or not self._can_be_tried(f):
            return routine
        assert isinstance(f, Function)
        gives_slopes = partial(
            gives_slopes_of_coordinates,
            self.routines.interpreter,
            definition,
            (routine.function_parameter, routine.array_parameter),
            f.node,
        )
        if not gives_slopes(are_whole=False):
            return routine
        return replace(
            routine,
            takes=COLUMNS,
            cuts_whole_numbers=definition is None or not gives_slopes(are_whole=True),
            stops_at=frozenset(),
            is_followed=True,
            is_right=True,
        )

    def _stop_of_f(self, routine: Routine, f: Value, array: Value) -> str:
        """Return how a script stops where f gets one of the points of a grid."""
        forms = {ROWS: POINTS, COLUMNS: COORDINATES}
        is_of_points = isinstance(array, Array) and array.form == forms.get(
            routine.takes
        )
        if not is_of_points or routine.arguments_of_f != 1 or not self._can_be_tried(f):
            return ""
        assert isinstance(f, Function)
        if f.node not in self.stops_of_f:
            self.stops_of_f[f.node] = stop_of_f(self.routines.interpreter, f.node)
        return self.stops_of_f[f.node]

    def _can_be_tried(self, f: Value) -> bool:
        """Whether f is a function of one argument, whose names have one meaning."""
        if not isinstance(f, Function) or f.node not in self.outermost:
            return False
        has_one_argument = len(every_parameter_of(f.node)) == 1
        return has_one_argument and self.routines.are_names_certain

    def _derivative(
        self, full_name: str, node: ast.Call, arguments: Sequence[Value]
    ) -> Derivative | None:
        """Return what `jax.grad`, `jax.vmap` and `jax.jit` make of a function."""
        if len(arguments) != 1:
            return None
        [function] = arguments
        if full_name in self.vocabulary["differentiating"] and not node.keywords:
            self.observations.derivatives.setdefault(node, False)
            return Derivative(node, function, POINT)
        if not isinstance(function, Derivative):
            return None
        if full_name in self.vocabulary["compiling"]:
            return function
        is_of_rows = full_name in self.vocabulary["for_each_row"] and not node.keywords
        return replace(function, takes=ROWS) if is_of_rows else None

    def _derived(
        self,
        node: ast.Call,
        derivative: Derivative,
        arguments: Sequence[Value],
        names: Names,
    ) -> Value:
        """Note a call of what `jax.grad` gave."""
        call = GradientCall(node)
        if len(arguments) == 1 and not node.keywords and not has_starred(node):
            self.observations.derivatives[derivative.node] = True
            [argument] = arguments
            origin = self._origin(argument)
            f_of_array = self._applied(derivative.f, argument, names)
            differentiation = Differentiation(
                call,
                derivative_routine(derivative.takes),
                derivative.f,
                derivative.node.args[0],
                self._as_it_is(argument),
                node.args[0],
                node in self.turned,
                origin,
                f_of_array,
            )
            self.observations.differentiations.append(differentiation)
        return Slopes(call)

    def _applied(self, f: Value, array: Value, names: Names) -> Value:
        """Return what f gives for an array, if it has one argument and one course."""
        if not isinstance(f, Function) or len(every_parameter_of(f.node)) != 1:
            return UNKNOWN
        [parameter] = every_parameter_of(f.node)
        result = self._enter(f, Names(names), {parameter: array})
        has_one_course = isinstance(f.node, ast.Lambda) or _has_one_course(f.node)
        return result if has_one_course else UNKNOWN

    def _origin(self, array: Value) -> PassedArgument | None:
        """Return the outermost argument that is this very array."""
        for argument in self.passing:
            if argument.value is array:
                return argument
        return None

    def _method(self, node: ast.Call, receiver: Value) -> Value | None:
        """Return what a method makes of an array, None if it is none of an array."""
        assert isinstance(node.func, ast.Attribute)
        name = node.func.attr
        flattening = self.vocabulary["flattening"]
        same_array = self.vocabulary["same_array"]
        if isinstance(receiver, Slopes | SlopesPart | AxisSlope):
            if name == "transpose":
                return transposed(receiver)
            if name in (*flattening, *same_array, "reshape"):
                return receiver
            if name not in self.vocabulary["sizes"]:
                _lose(receiver)
            return None
        if isinstance(receiver, Heights):
            return self._method_of_heights(node, receiver)
        if not isinstance(receiver, Array):
            return None
        if name in self.vocabulary["reductions"]:
            return _reduced(name, receiver, node, has_axis=bool(node.args))
        if name == "transpose":
            return transposed(receiver)
        if name in flattening:
            flat = _flattened(receiver)
            return _moved(flat) if node.args or node.keywords else flat
        if name in same_array:
            return receiver
        if name == "astype" and node.args:
            kind = self._kind_named(node.args[0])
            mesh = receiver.mesh
            if mesh and receiver.form == COORDINATE and kind == WHOLE != receiver.kind:
                mesh = self.cut_off.setdefault(mesh, replace(mesh, ranges=(None, None)))
            return replace(receiver, kind=kind, made=None, mesh=mesh)
        if name == "reshape":
            return self._reshaped(receiver, node.args)
        return Array(OTHER, receiver.kind)

    def _method_of_heights(self, node: ast.Call, heights: Heights) -> Value:
        """Return what a method makes of heights over a grid."""
        assert isinstance(node.func, ast.Attribute)
        name = node.func.attr
        if name == "transpose":
            return transposed(heights)
        if name in (*self.vocabulary["same_array"], "astype"):
            return heights
        is_number = name in self.vocabulary["reductions"]
        if is_number and not node.args and not node.keywords:
            return Number(is_whole=False)
        return UNKNOWN

    def _reshaped(self, array: Array, shape: Sequence[ast.expr]) -> Array:
        if len(shape) == 1 and isinstance(shape[0], ast.Tuple):
            shape = shape[0].elts
        lengths = [number(length) for length in shape]
        if lengths == [-1]:
            return _flattened(array)
        if array.form in (ONE_POINT, COLUMN) and len(lengths) == 2 and lengths[1] == 1:
            return Array(COLUMN, array.kind, made=array.made)
        if array.form in (COORDINATES, SHEETS) and lengths == [2, -1]:
            return replace(array, form=COORDINATES)
        if array.form == POINT_SHEETS and lengths == [-1, 2]:
            return replace(array, form=POINTS)
        are_pairs = len(lengths) == 2 and lengths[0] != 2 and lengths[1] == 2
        if array.form == COORDINATES and are_pairs:
            return replace(array, form=RESHAPED, made=None)
        return Array(OTHER, array.kind, mesh=array.mesh, made=array.made)

    def _own_call(
        self,
        node: ast.Call,
        called: Function,
        arguments: Sequence[Value],
        keywords: Mapping[str, Value],
        names: Names,
    ) -> Value:
        """Follow a call into a function of the script."""
        function = called.method or called.node
        given = list(arguments) + list(keywords.values())
        parameters = parameters_of(called.node)
        given_nodes = [] if has_starred(node) else node.args
        nodes = dict(zip(parameters, given_nodes, strict=False))
        bound = dict(zip(parameters, arguments, strict=False))
        for keyword in node.keywords:
            if keyword.arg in parameters:
                assert keyword.arg is not None
                nodes[keyword.arg] = keyword.value
                bound[keyword.arg] = keywords[keyword.arg]
        passing = []
        if isinstance(function, ast.FunctionDef):
            for name, argument_node in nodes.items():
                value = bound[name]
                passing.append(
                    PassedArgument(node, function, name, argument_node, value)
                )
        self.observations.passed_arguments.extend(passing)
        self.passing.extend(passing)
        returned = self._enter(called, Names(names), bound)
        del self.passing[len(self.passing) - len(passing) :]
        heights = heights_of_arguments(given)
        if heights is None:
            return returned
        has_one_course = isinstance(function, ast.Lambda) or _has_one_course(function)
        is_over_grid = heights_of(returned) is not None or isinstance(returned, Items)
        return returned if has_one_course and is_over_grid else heights

    def _enter(
        self,
        called: Function,
        names: Names,
        bound: Mapping[str, Value],
    ) -> Value:
        """Follow the body of a function; return what it returns."""
        function = called.node
        is_too_deep = self.depth >= self.vocabulary["most_depth"]
        if is_too_deep or self.calls_followed >= self.vocabulary["most_calls"]:
            self.observations.is_whole = False
            return UNKNOWN
        self.calls_followed += 1
        self.entered.add(called.method or function)
        if called.method is not None and called.receiver is not None:
            names.set(receiver_of(called.method), called.receiver)
        for name in every_parameter_of(function):
            names.set(name, bound.get(name, UNKNOWN))
        self.depth += 1
        if isinstance(function, ast.Lambda):
            returned = self.value(function.body, names)
        else:
            returned = self._statements(function.body, names) or UNKNOWN
        self.depth -= 1
        return returned

    def _draw(self, node: ast.Call, arguments: Sequence[Value]) -> None:
        """Note how a call of quiver takes apart what a routine gave."""
        for value in arguments[2:4]:
            if isinstance(value, SlopesPart) and value.part != ENTRY:
                value.call.uses.add(value.part)
                continue
            drawn = computed_of(value)
            if isinstance(drawn, SlopesPart):
                drawn.call.uses.add("elsewhere")
        self.observations.quivers.append(Quiver(node, tuple(arguments[:4])))

    def _note_picture(
        self,
        node: ast.Call,
        name: str,
        arguments: Sequence[Value],
        keywords: Mapping[str, Value],
    ) -> None:
        """Note a call that draws an array as it stands."""
        if name not in self.vocabulary["pictures"] or has_starred(node):
            return
        takes_places = name != "imshow" and len(arguments) > 2
        place = 2 if takes_places else 0
        if place >= len(arguments):
            return
        origin = [k.value for k in node.keywords if k.arg == "origin"]
        is_lower = bool(origin) and getattr(origin[0], "value", None) == "lower"
        self.observations.pictures.append(
            Picture(
                node,
                name,
                node.args[place],
                arguments[place],
                tuple(arguments[:2]) if takes_places else (),
                keywords.get("extent"),
                is_lower,
            )
        )

    def _axis_gradient(
        self, node: ast.Call, arguments: Sequence[Value], names: Names
    ) -> Value:
        """Note a call of `np.gradient`; return the slopes that it gives."""
        heights = arguments[0] if arguments else UNKNOWN
        slopes = gradient_of_heights(node, heights)
        is_known = self.observations.heights.get(node, True)
        self.observations.heights[node] = is_known and slopes != UNKNOWN
        if isinstance(heights, Heights) and slopes != UNKNOWN:
            coordinates = texts_of_coordinates(heights.mesh, names.all())
            is_plain = not has_starred(node)
            spacings = tuple(arguments[1:])
            self.observations.axis_gradients.append(
                AxisGradient(node, heights, spacings, is_plain, coordinates)
            )
        return slopes

    def _numpy(
        self,
        name: str,
        node: ast.Call,
        arguments: Sequence[Value],
        keywords: Mapping[str, Value],
    ) -> Value:
        """Return what a function of NumPy makes of its arguments."""
        self._change(*self._written_by(name, arguments))
        if self._is_pair_without_list(name, arguments):
            self.observations.pairs_without_list.append(node)
            return self._joined(name, node, items_of(arguments), "")
        given_by_name = {keyword.arg for keyword in node.keywords}
        if not given_by_name <= {*self.vocabulary["numpy_keywords"]}:
            _lose(*arguments)
            heights = heights_of_arguments(arguments)
            return heights or self._part_or_computed(name, arguments)
        asked = self._type_asked_for(name, node)
        kind = "" if asked is None else self._kind_named(asked)
        value = self._result_of_numpy(name, node, arguments, keywords, kind)
        is_kind_unknown = asked is not None and not kind
        if is_kind_unknown and isinstance(value, Array):
            return replace(value, kind="")
        return value

    def _is_pair_without_list(self, name: str, arguments: Sequence[Value]) -> bool:
        """Whether this is `np.array(X, Y)`, where a list of both is to stand."""
        joins = self.vocabulary["joins_rows"] + self.vocabulary["joins_columns"]
        are_arrays = all(isinstance(argument, Array) for argument in arguments)
        return name in joins and len(arguments) == 2 and are_arrays

    def _result_of_numpy(
        self,
        name: str,
        node: ast.Call,
        arguments: Sequence[Value],
        keywords: Mapping[str, Value],
        kind: str,
    ) -> Value:
        """Return the same, with numbers of the kind that is asked for, if one is."""
        first = arguments[0] if arguments else UNKNOWN
        if name == "negative" and len(arguments) == 1:
            return _signed(ast.USub(), first)
        if isinstance(first, Slopes) and name in self.vocabulary["same_slopes"]:
            return first
        if name not in ("transpose", *self.vocabulary["sizes"]):
            _lose(first)
        if name in self.vocabulary["joins_rows"] + self.vocabulary["joins_columns"]:
            return self._joined(name, node, first, kind)
        if name == "arange":
            return arange(arguments, keywords, kind)
        if name == "linspace":
            return linspace(node, arguments, keywords, kind)
        if name == "meshgrid" and len(arguments) == 2:
            return _meshgrid(node, arguments)
        if name == "transpose":
            return transposed(first)
        if name in ("ravel", "copy") and isinstance(first, Array):
            if name == "copy":
                return first
            has_order = len(arguments) > 1 or node.keywords
            return _moved(_flattened(first)) if has_order else _flattened(first)
        if name in self.vocabulary["whole_numbers"]:
            return Array(OTHER, kind or WHOLE)
        if name == "full" and len(arguments) > 1:
            return Array(OTHER, kind or kind_of_numbers(arguments[1:2]))
        if name.startswith(tuple(self.vocabulary["making"])):
            is_like = name.endswith("_like") and isinstance(first, Array)
            inherited = first.kind if is_like and isinstance(first, Array) else ""
            return Array(OTHER, kind or inherited or FLOAT)
        if f"numpy.{name}" in vocabulary("types")["low"]:
            return Number(is_whole=False)
        if name in self.vocabulary["reductions"] and isinstance(first, Array):
            return _reduced(name, first, node, has_axis=len(arguments) > 1)
        if len(arguments) == 1 and isinstance(first, Array) and not first.is_square:
            return self._elementwise(name, first)
        return self._of_heights(name, node, arguments)

    def _part_or_computed(self, name: str, values: Sequence[Value]) -> Value:
        """Return what a function or a method gives that may give a view."""
        gives_view = name in self.vocabulary["views"]
        return unknown_part(*values) if gives_view else computed_of(*values)

    def _written_by(self, name: str, arguments: Sequence[Value]) -> Sequence[Value]:
        """Return the arguments that a function of NumPy may write into."""
        if name.rpartition(".")[2] in self.vocabulary["changing"]:
            return arguments
        inputs: int = self.vocabulary["inputs"].get(name, 2)
        return arguments[inputs:]

    def _of_heights(
        self, name: str, node: ast.Call, arguments: Sequence[Value]
    ) -> Value:
        """Return what a function of NumPy makes of heights over a grid."""
        heights = heights_of_arguments(arguments)
        if heights is None or name in self.vocabulary["reordering"]:
            return self._part_or_computed(name, arguments)
        if name in self.vocabulary["reductions"] and heights_of(arguments[0]):
            is_of_all = len(arguments) == 1 and not node.keywords
            return Number(is_whole=False) if is_of_all else UNKNOWN
        each_number = self.vocabulary["gives_floats"] + self.vocabulary["each_number"]
        if name in each_number and any(map(heights_of, arguments)):
            return combined_heights(arguments)
        return heights

    def _elementwise(self, name: str, value: Array) -> Value:
        """Return what a function of each number makes of an array."""
        gives_floats = name in self.vocabulary["gives_floats"]
        is_plain = value.kind in (WHOLE, FLOAT)
        return Array(OTHER, FLOAT if gives_floats and is_plain else "")

    def _joined(self, name: str, node: ast.Call, first: Value, kind: str) -> Value:
        """Return what is joined of a list: rows, or columns."""
        if isinstance(first, Array):
            return replace(first, kind=kind, made=None) if kind else first
        if isinstance(first, Range):
            return Array(RANGE, kind or WHOLE)
        if isinstance(first, Each):
            return _stacked_each(first.item, kind)
        if not isinstance(first, Items):
            return unknown_part(first)
        axis = next((k.value for k in node.keywords if k.arg == "axis"), None)
        joins_columns = name in self.vocabulary["joins_columns"] or number(axis) in (
            1.0,
            -1.0,
        )
        if any(isinstance(value, Array) and value.is_square for value in first.values):
            return self._sheets(name, first, kind, number(axis))
        return stacked(first, kind, rows_are_items=not joins_columns)

    def _sheets(self, name: str, items: Items, kind: str, axis: float | None) -> Array:
        """Return what is joined of coordinates that are not flattened."""
        joined = _sheets(items, kind)
        is_along_last = name == "dstack" or (name == "stack" and axis in (-1, 2))
        if is_along_last and joined.form == SHEETS:
            return replace(joined, form=POINT_SHEETS)
        is_along_first = name in ("array", "asarray") or (
            name == "stack" and axis in (None, 0)
        )
        return joined if is_along_first else Array(OTHER, joined.kind)

    def _type_asked_for(self, name: str, node: ast.Call) -> ast.expr | None:
        """Return the type of numbers that a call of NumPy names."""
        for keyword in node.keywords:
            if keyword.arg == "dtype":
                return keyword.value
        takes_type = name in ("array", "asarray") and len(node.args) > 1
        return node.args[1] if takes_type else None

    def _kind_named(self, node: ast.expr) -> str:
        """Return the kind of numbers that a type stands for."""
        if is_float_type(node, self.imports):
            return FLOAT
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        name = str(node.value) if is_text else meaning(node, self.imports)  # type: ignore[attr-defined]
        if name in vocabulary("types")["whole"]:
            return WHOLE
        low: dict[str, str] = vocabulary("types")["low"]
        return low.get(name, "")

    def _mgrid(self, node: ast.Subscript, names: Names) -> Value:
        """Return the two coordinates of `np.mgrid[a:b:c, d:e:f]`."""
        index = node.slice
        if not isinstance(index, ast.Tuple) or len(index.elts) != 2:
            return UNKNOWN
        kinds = set()
        ranges = []
        for piece in index.elts:
            if not isinstance(piece, ast.Slice):
                return UNKNOWN
            bounds = [piece.lower, piece.upper, piece.step]
            numbers = [self.value(b, names) for b in bounds if b is not None]
            kinds.add(kind_of_numbers(numbers))
            length = length_of(numbers)
            axis = axis_of_mgrid(numbers, piece.step)
            ranges.append(Array(RANGE, length=length, axis=axis))
        kind = WHOLE if kinds == {WHOLE} else FLOAT
        return Array(SHEETS, kind, mesh=mesh_of(node, 0, ranges))


def _sheet_of(sheets: Array, coordinate: int) -> Array:
    """Return one coordinate of a grid, on its two axes."""
    return replace(sheets, form=COORDINATE, coordinate=coordinate, is_square=True)


def _outermost_functions(
    tree: ast.Module,
) -> Iterator[ast.FunctionDef | ast.Lambda]:
    """Yield the functions of a script that stand in no other function."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            yield node
        elif not isinstance(node, ast.AsyncFunctionDef | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))


def _functions_to_begin_with(
    nodes: Sequence[ast.AST],
) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions of a script, those first that nothing in it names."""
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    named |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    functions = [
        node
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return sorted(functions, key=lambda function: function.name in named)


def _lose(*values: Value) -> None:
    """Note that what a routine gave goes where it is not followed."""
    for value in values:
        if isinstance(value, Slopes):
            value.call.uses.add("elsewhere")


def _flags_of(source: Source) -> dict[str, bool]:
    """Return the names that a script gives a truth value once, and nothing else."""
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


def _truth(test: ast.expr, flags: Mapping[str, bool]) -> bool | None:
    """Return whether a condition that is written out holds, None for another one."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        truth = _truth(test.operand, flags)
        return None if truth is None else not truth
    if _compares_own_name(test):
        return False  # with a text that is never right: "main"
    if isinstance(test, ast.Name):
        return flags.get(test.id)
    if isinstance(test, ast.Constant) and isinstance(test.value, bool):
        return test.value
    value = number(test)
    return None if value is None else value != 0


def _is_main_guard(test: ast.expr) -> bool:
    if not _compares_own_name(test):
        return False
    assert isinstance(test, ast.Compare)
    text = test.comparators[0]
    return isinstance(text, ast.Constant) and text.value == "__main__"


def _compares_own_name(test: ast.expr) -> bool:
    """Whether this is `__name__ == …`, of which only one text ever holds."""
    is_of_name = isinstance(test, ast.Compare) and isinstance(test.left, ast.Name)
    return is_of_name and test.left.id == "__name__"  # type: ignore[attr-defined]


def _constant(node: ast.Constant) -> Value:
    if isinstance(node.value, complex):
        return Number(is_whole=False)
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        return UNKNOWN
    return Number(isinstance(node.value, int), number(node))


def _slopes_part(slopes: Slopes, index: ast.expr) -> Value:
    """Return which part of a routine's result an index takes."""
    along_first = "columns" if slopes.is_turned else "rows"
    along_second = "rows" if slopes.is_turned else "columns"
    sign = slopes.sign
    place = number(index)
    if place is not None:
        return SlopesPart(slopes.call, along_first, place % 2, sign)
    if isinstance(index, ast.Tuple) and len(index.elts) == 2:
        first, second = index.elts
        place = number(second)
        if isinstance(first, ast.Slice) and place is not None:
            return SlopesPart(slopes.call, along_second, place % 2, sign)
        place = number(first)
        if isinstance(second, ast.Slice) and place is not None:
            return SlopesPart(slopes.call, along_first, place % 2, sign)
    return unknown_part(slopes)


def _flattened(array: Array) -> Array:
    if array.form == COORDINATE:
        return replace(array, is_square=False)
    if array.form == COLUMN:
        return replace(array, form=ONE_POINT)
    if array.form in (RANGE, ONE_POINT):
        return array
    return Array(OTHER, array.kind, made=array.made)


def _moved(value: Value) -> Value:
    """Return an array as one with other numbers than those of its grid."""
    return replace(value, is_moved=True) if isinstance(value, Array) else value


def _signed(operator: ast.unaryop, value: Value) -> Value:
    """Return a value with a sign before it."""
    if not isinstance(operator, ast.USub):
        return value if isinstance(operator, ast.UAdd) else _moved(value)
    if isinstance(value, OF_SLOPES):
        value.call.has_two_minuses |= value.sign < 0
    if isinstance(value, Slopes | SlopesPart | AxisSlope):
        return replace(value, sign=-value.sign)
    if isinstance(value, Number):
        negative = None if value.value is None else -value.value
        return replace(value, value=negative, coordinate=None)
    return _moved(value)


def _converted(value: Value, is_whole: bool) -> Number:
    """Return what `int` or `float` makes of a value."""
    if not isinstance(value, Number):
        return Number(is_whole)
    coordinate = value.coordinate if is_whole == value.is_whole else None
    return Number(is_whole, mesh=value.mesh, coordinate=coordinate)


def _stacked_each(item: Value, kind: str) -> Array:
    """Return what `np.array` makes of values that are like this one."""
    point = stacked(item, kind) if isinstance(item, Items) else item
    if isinstance(point, Array) and point.form == ONE_POINT:
        return replace(point, form=POINTS, kind=kind or point.kind, made=None)
    return Array(OTHER, kind or kind_of_numbers([item]))


def _meshes_of(item: Value) -> set[Mesh]:
    """Return the grids of which an item of a list holds each point, in their order."""
    if isinstance(item, Items):
        pair = stacked(item, "")
        return {mesh for value in (pair, *item.values) for mesh in _meshes_of(value)}
    if not isinstance(item, Array) or item.form != ONE_POINT or item.mesh is None:
        return set()
    return {item.mesh}


def _computed(operator: ast.operator, left: Number, right: Number) -> Number:
    """Return the number that an operator makes of two, as far as that is plain."""
    are_whole = left.is_whole and right.is_whole
    is_whole = are_whole and not isinstance(operator, ast.Div)
    a, b = left.value, right.value
    bound_of = left.bound_of or right.bound_of
    mesh = left.mesh or right.mesh
    if a is None or b is None:
        return Number(is_whole, bound_of=bound_of, mesh=mesh)
    value = None
    if isinstance(operator, ast.Add):
        value = a + b
    elif isinstance(operator, ast.Sub):
        value = a - b
    elif isinstance(operator, ast.Mult):
        value = a * b
    elif isinstance(operator, ast.Div) and b != 0:
        value = a / b
    is_finite = value is not None and math.isfinite(value)
    return Number(is_whole, value if is_finite else None, bound_of)


def _multiple_of(
    slopes: Slopes | SlopesPart | AxisSlope, operator: ast.operator, other: Value
) -> Value:
    """Return what is known of slopes with something done to them: -1 times them."""
    factor = other.value if isinstance(other, Number) else None
    is_multiple = isinstance(operator, ast.Mult | ast.Div)
    sign = -slopes.sign if factor is not None and factor < 0 else slopes.sign
    if isinstance(slopes, AxisSlope):
        is_scaled = slopes.is_scaled or factor not in (1, -1)
        scaled = replace(slopes, sign=sign, is_scaled=is_scaled)
        return scaled if is_multiple and factor is not None else UNKNOWN
    is_known = is_multiple and factor in (1, -1)
    return replace(slopes, sign=sign) if is_known else computed_of(slopes)


def _sheets(items: Items, kind: str) -> Array:
    """Return what `np.array` makes of coordinates that are not flattened."""
    kind = kind or kind_of_numbers(items.values)
    arrays = [value for value in items.values if isinstance(value, Array)]
    mesh = arrays[0].mesh
    coordinates = [a.coordinate for a in arrays if a.is_square and a.mesh is mesh]
    are_both = coordinates == [0, 1] and len(items.values) == 2
    is_moved = any(array.is_moved for array in arrays)
    if are_both:
        return Array(SHEETS, kind, mesh=mesh, is_moved=is_moved)
    return Array(OTHER, kind)


def _reduced(name: str, array: Array, node: ast.Call, has_axis: bool) -> Value:
    """Return what a sum or a mean makes of an array: one number, if of all of it."""
    if has_axis or node.keywords or array.kind == "":
        return Array(OTHER, "")
    is_whole = array.kind == WHOLE and name not in ("mean", "linalg.norm")
    return Number(is_whole, bound_of=array if name in ("min", "max") else None)


def _are_slopes(value: Value) -> bool:
    """Whether this is the result of a routine, or what something made of all of it."""
    is_entry = isinstance(value, SlopesPart) and value.part == ENTRY
    return is_entry or isinstance(value, Slopes)


def _after_a_step(array: Array) -> Array:
    """Return what is left of an array once slopes have been added to it."""
    kind = FLOAT if array.kind == WHOLE else array.kind
    return replace(array, kind=kind, made=None, is_moved=True)


def _has_one_course(function: ast.FunctionDef) -> bool:
    """Whether a function runs from its first line to a return in its last."""
    *others, last = function.body
    return isinstance(last, ast.Return) and all(
        isinstance(statement, ast.Assign | ast.Expr) for statement in others
    )


def _are_alike(one: Value | None, other: Value | None) -> bool:
    """Whether two values are the same, as far as a turn of a loop and the next go."""
    if isinstance(one, OF_SLOPES) and isinstance(other, OF_SLOPES):
        is_of_one_line = one.call.node is other.call.node
        return is_of_one_line and replace(one, call=other.call) == other
    if one is None or other is None:
        return False
    return without_numbers(one) == without_numbers(other)


def _either_of(one: Value | None, other: Value | None) -> Value | None:
    """Return what is known of a value that is one of two; None is forgotten."""
    unknown = unknown_part(one, other)
    if one is None or other is None:
        return None if unknown is UNKNOWN else unknown
    return _common_to([one, other]) or unknown


def _either_return(one: Value | None, other: Value | None) -> Value | None:
    """Return what is known of a result that two returns give; None is no return."""
    return one or other if one is None or other is None else _either_of(one, other)


def _common_to(values: Sequence[Value]) -> Value | None:
    """Return what is the same of all of these, None if that is nothing."""
    if any(isinstance(value, Array) and value.is_moved for value in values):
        values = [_moved(value) for value in values]
    if any(value != values[0] for value in values):
        values = [without_numbers(value) for value in values]
    first, *others = values
    if any(value != first for value in others) or isinstance(first, Unknown):
        return None
    if isinstance(first, Array):
        mades = {value.made for value in values if isinstance(value, Array)}
        return first if len(mades) == 1 else replace(first, made=None)
    return first


def _meshgrid(node: ast.Call, arguments: Sequence[Value]) -> Value:
    # PyTorch has the other default.
    indexing = "ij" if dotted(node.func).startswith("torch.") else "xy"
    for keyword in node.keywords:
        if keyword.arg == "indexing":
            is_text = isinstance(keyword.value, ast.Constant)
            indexing = str(keyword.value.value) if is_text else ""  # type: ignore[attr-defined]
    if indexing not in ("xy", "ij"):
        return UNKNOWN
    mesh = mesh_of(node, 1 if indexing == "xy" else 0, arguments)
    kinds = [a.kind if isinstance(a, Array) else "" for a in arguments]
    return coordinates_of(mesh, kinds)
