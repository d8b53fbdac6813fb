"""Routines: functions of a script that differentiate another one by trying.

What such a routine takes for a point is read from its body. So are its step, and the
slips within it: a step of the loop that returns, a coordinate that is not put back.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.literals import index_text, number, plain_text
from gradviz_core.scripts.names import Imports, meaning, parameters_of

# What a routine makes of an array of two dimensions.
ROWS = "rows"  # each row is a point
COLUMNS = "columns"  # each row is a coordinate
WHOLE = "whole"  # all of it is one point
POINT = "point"  # it takes one point, and no such array
NUMBER = "number"  # f gets one number of it at a time
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Slip:
    """Something wrong in the body of a routine.

    Attributes
    ----------
    code : str
        precedence, early-return, not-restored, lost-index or absorption.
    node : ast.AST
        Where it is.
    other : ast.AST or None
        What its mend needs: the loop, the place that is not put back.
    words : dict
        The named parts of its message.
    """

    code: str
    node: ast.expr | ast.stmt
    other: ast.AST | None = None
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Routine:
    """What is known of a routine.

    Attributes
    ----------
    name : str
        Its name.
    takes : str
        What it makes of an array of two dimensions: rows, columns, whole, point.
    function_parameter, array_parameter : int
        The places of f, and of the array, among its parameters.
    converts : bool
        Whether it turns the array into floats first.
    adds_in_place : bool
        Whether it writes x + h into the array, where whole numbers cut it off.
    keeps_view : bool
        Whether what it puts back is a view, if an entry of x is an array.
    takes_one_point : bool
        Whether it takes a flat array for one point, too.
    needs_array : bool
        Whether it stops with an error if it is given a list or a number.
    counts_entries : bool
        Whether it moves `x[i]` for each i below `x.size`, and so stops with an error if
        an entry is an array.
    step, step_node : float and ast.expr, or None
        Its h, and where that is given.
    is_followed : bool
        Whether this is certain: read from its body, or of the book's own routine.
    slips : tuple of Slip
        What is wrong in its body.
    """

    name: str
    takes: str
    function_parameter: int = 0
    array_parameter: int = 1
    converts: bool = False
    adds_in_place: bool = True
    keeps_view: bool = False
    takes_one_point: bool = True
    needs_array: bool = True
    counts_entries: bool = True
    step: float | None = None
    step_node: ast.expr | None = None
    is_followed: bool = True
    slips: tuple[Slip, ...] = ()


def unknown_routine(name: str) -> Routine:
    """Return a routine of which the name alone is known."""
    return Routine(name, UNKNOWN, is_followed=False)


def imported_routine(full_name: str) -> Routine | None:
    """Return what is known of a routine by the name that a script imports."""
    module, _, name = full_name.rpartition(".")
    if "gradviz_core" in module:
        return None
    last = module.rpartition(".")[2]
    takes = vocabulary("routines")["book"].get(last, {}).get(name)
    if takes:
        return Routine(name, takes)
    usual_name: str = vocabulary("routines")["usual_name"]
    return unknown_routine(name) if name == usual_name else None


class Routines:
    """The routines that a script has, and those that it imports.

    A notebook defines a routine again and again: which definition a call means depends
    on where it stands.

    Attributes
    ----------
    own : dict
        The routines by their definitions, in the order of the text.
    imported : dict
        The others, by the names under which the script calls them.
    """

    def __init__(self, definitions: "Definitions", imports: Imports) -> None:
        self.definitions = definitions
        self.own: dict[ast.FunctionDef, Routine] = {}
        self.imported: dict[str, Routine] = {}
        for name, full in imports.items():
            routine = imported_routine(full)
            if routine:
                self.imported[name] = routine
        usual_name = vocabulary("routines")["usual_name"]
        if usual_name not in imports:  # a fragment
            self.imported[usual_name] = unknown_routine(usual_name)

    def called_in(self, function: ast.FunctionDef, name: str) -> Routine | None:
        """Return the routine that a function calls by a name, if it is one."""
        definition = self.definitions.nearest(name, function.lineno)
        if definition is not None:
            return self.own.get(definition)
        return self.imported.get(name)


class Definitions:
    """The functions of a script.

    Attributes
    ----------
    all : list of ast.FunctionDef
        Every one, methods included, in the order of the text.
    methods : set of ast.stmt
        What stands in a class.
    by_name : dict
        Those that a plain name can stand for, which a method is not. If a name is
        defined more than once, the last definition stands here.
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
        return next(iter([*reversed(above), *same]), None)


def read_routines(definitions: Definitions, imports: Imports) -> Routines:
    """Return the routines among the functions of a script, and those it imports."""
    routines = Routines(definitions, imports)
    candidates = {
        function: list(_own_nodes(function))
        for function in definitions.all
        if len(parameters_of(function)) >= 2
    }
    # One that hands its work on is known once the other is: twice is enough.
    for _ in range(2):
        for function, nodes in candidates.items():
            routine = _read(function, nodes, routines, imports)
            if routine:
                routines.own[function] = routine
    return routines


def _read(
    function: ast.FunctionDef,
    nodes: list[ast.AST],
    routines: Routines,
    imports: Imports,
) -> Routine | None:
    parameters = parameters_of(function)
    # What a routine differentiates, it calls, or hands on to another one.
    called = {
        name.id
        for node in nodes
        if isinstance(node, ast.Call)
        for name in (node.func, *node.args)
        if isinstance(name, ast.Name)
    }
    for f_place, f_name in enumerate(parameters[:2]):
        if f_name not in called:
            continue
        for array_place, array_name in enumerate(parameters[:3]):
            if array_name == f_name:
                continue
            body = _Body(function, nodes, f_name, array_name, routines, imports)
            routine = body.routine()
            if routine:
                return replace(
                    routine, function_parameter=f_place, array_parameter=array_place
                )
    return None


class _Body:
    """The body of a function that may differentiate `f` at `x`."""

    def __init__(
        self,
        function: ast.FunctionDef,
        nodes: list[ast.AST],
        f_name: str,
        x_name: str,
        routines: Routines,
        imports: Imports,
    ) -> None:
        self.function = function
        self.f_name = f_name
        self.x_name = x_name
        self.routines = routines
        self.imports = imports
        self.nodes = nodes
        self.rows = self._row_names()
        # Names of the array, of its rows, and of copies of either.
        self.arrays = self._with_copies({x_name, *self.rows})
        self.copied_rows = self._with_copies(set(self.rows))
        self.writes = self._writes()
        self.inner_calls = list(self._inner_calls())

    def routine(self) -> Routine | None:
        """Return what this function is as a routine, None if it is none."""
        received = {*self._received_by_f(), *self._handed_on()}
        kinds = vocabulary("routines")["takes"]
        takes = next((kind for kind in kinds if kind in received), None)
        if takes is None:
            return None
        inner = [routine for _, routine in self.inner_calls]
        if inner:  # it hands on, and has no step of its own
            return Routine(
                self.function.name,
                takes,
                converts=self._converts() or all(routine.converts for routine in inner),
                adds_in_place=any(routine.adds_in_place for routine in inner),
                keeps_view=any(routine.keeps_view for routine in inner),
                takes_one_point=self._asks_for_dimensions(),
                needs_array=self._needs_array(inner),
                counts_entries=not self._is_array_replaced()
                and all(routine.counts_entries for routine in inner),
                step=inner[0].step,
                slips=tuple(self._early_returns()),
            )
        step_name, step_node = self._step()
        return Routine(
            self.function.name,
            takes,
            converts=self._converts(),
            adds_in_place=bool(self.writes),
            keeps_view=self._keeps_view(),
            takes_one_point=self._asks_for_dimensions(),
            needs_array=self._needs_array(),
            counts_entries=self._counts_entries(),
            step=number(step_node),
            step_node=step_node,
            slips=tuple(self._slips(step_name, step_node)),
        )

    # What f gets

    def _row_names(self) -> set[str]:
        """Names that stand for a row of the array, in a loop over it."""
        names = set()
        for loop in self._loops():
            target = loop.target
            iterable = loop.iter
            if _is_call(iterable, "enumerate"):
                assert isinstance(iterable, ast.Call)
                if isinstance(target, ast.Tuple) and len(target.elts) == 2:
                    target = target.elts[1]
                iterable = iterable.args[0] if iterable.args else iterable
            is_array = isinstance(iterable, ast.Name) and iterable.id == self.x_name
            if is_array and isinstance(target, ast.Name):
                names.add(target.id)
        return names

    def _with_copies(self, names: set[str]) -> set[str]:
        """Add names that are assigned from one of these: `xh = x.copy()`."""
        for node in self.nodes:
            if not isinstance(node, ast.Assign):
                continue
            value = node.value
            if isinstance(value, ast.Call):
                value = self._copied(value)
            if isinstance(value, ast.Name) and value.id in names:
                names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        return names

    def _copied(self, call: ast.Call) -> ast.expr:
        """Return x in `np.array(x)`, `x.copy()` and the like, else the call itself."""
        full = meaning(call.func, self.imports)
        words = vocabulary("routines")
        if full.rpartition(".")[2] in words["copying"] and call.args:
            return call.args[0]
        if not isinstance(call.func, ast.Attribute):
            return call
        is_copying = call.func.attr in words["copying_methods"]
        return call.func.value if is_copying else call

    def _received_by_f(self) -> Iterator[str]:
        calls = [
            node
            for node in self.nodes
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == self.f_name
        ]
        if len(calls) < 2 or not any(self._quotients()):
            return
        for call in calls:
            if self._has_coordinates(call):
                yield COLUMNS
            elif len(call.args) == 1:
                yield self._kind_of(call.args[0])

    def _kind_of(self, argument: ast.expr) -> str:
        """Say what f, or another routine, gets: a row, all of the array, or nothing."""
        names = {node.id for node in ast.walk(argument) if isinstance(node, ast.Name)}
        if not names & self.arrays:
            return UNKNOWN
        if names & self.copied_rows:
            return ROWS
        if isinstance(argument, ast.Subscript):
            return self._kind_of_entry(argument)
        return WHOLE if self._takes_all_at_once else POINT

    def _kind_of_entry(self, argument: ast.Subscript) -> str:
        """Say what `X[i]` is: a row, or a number if it is what the routine moves."""
        if not isinstance(argument.slice, ast.Name):
            return UNKNOWN
        return NUMBER if plain_text(argument) in self._moved else ROWS

    @cached_property
    def _moved(self) -> set[str]:
        """The texts of the places that are written to."""
        return {plain_text(place) for place in self.writes} - {""}

    @cached_property
    def _takes_all_at_once(self) -> bool:
        """Whether an array of two dimensions is one point to this routine."""
        return self._has_nditer() or self._moves_by_two_indices()

    def _has_coordinates(self, call: ast.Call) -> bool:
        """Whether f gets numbers taken from the rows of the array: X[0][i], X[1][i]."""
        for node in ast.walk(call):
            if isinstance(node, ast.Subscript) and self._is_in_a_fixed_row(node):
                return True
        return False

    def _is_in_a_fixed_row(self, node: ast.Subscript) -> bool:
        index = node.slice
        value = node.value
        if isinstance(index, ast.Tuple) and len(index.elts) == 2:
            first, second = index.elts
            is_fixed = isinstance(first, ast.Constant | ast.Slice)
            is_own = isinstance(value, ast.Name) and value.id in self.arrays
            return is_own and is_fixed and isinstance(second, ast.Name)
        if not isinstance(value, ast.Subscript) or not isinstance(index, ast.Name):
            return False
        is_fixed = isinstance(value.slice, ast.Constant)
        is_own = isinstance(value.value, ast.Name) and value.value.id in self.arrays
        return is_own and is_fixed

    def _has_nditer(self) -> bool:
        for node in self.nodes:
            if isinstance(node, ast.Call):
                name = meaning(node.func, self.imports)
                if name in vocabulary("routines")["visiting"]:
                    return True
        return False

    def _moves_by_two_indices(self) -> bool:
        return any(isinstance(write.slice, ast.Tuple) for write in self.writes)

    # What is handed on

    def _inner_calls(self) -> Iterator[tuple[ast.Call, Routine]]:
        """Calls of another routine with the same f."""
        for node in self.nodes:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            inner = self.routines.called_in(self.function, node.func.id)
            if inner is None or inner.name == self.function.name:
                continue
            places = (inner.function_parameter, inner.array_parameter)
            if max(places) >= len(node.args):
                continue
            f_argument = node.args[inner.function_parameter]
            if isinstance(f_argument, ast.Name) and f_argument.id == self.f_name:
                yield node, inner

    def _handed_on(self) -> Iterator[str]:
        """What another routine makes of what this one hands on to it.

        A function that walks downhill hands on the very array it was given; it is no
        routine, since it returns no slopes.
        """
        returned = {node.value for node in self.nodes if isinstance(node, ast.Return)}
        for call, inner in self.inner_calls:
            kind = self._kind_of(call.args[inner.array_parameter])
            if kind == ROWS:
                yield NUMBER if inner.takes == NUMBER else ROWS
            elif kind in (POINT, WHOLE) and call in returned:
                yield inner.takes

    # The step

    def _quotients(self) -> Iterator[ast.BinOp]:
        for node in self.nodes:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
                yield node

    def _step(self) -> tuple[str, ast.expr | None]:
        """Return the name of h and the number it is given, if it has these."""
        given = dict(self._numbers())
        added = set()
        for node in self.nodes:
            is_sum = isinstance(node, ast.BinOp) and isinstance(
                node.op, ast.Add | ast.Sub
            )
            if is_sum:
                assert isinstance(node, ast.BinOp)
                added |= _names_in(node.right)
            elif isinstance(node, ast.AugAssign):
                added |= _names_in(node.value)
        for name, value in given.items():
            if name in added:
                return name, value
        return "", None

    def _numbers(self) -> Iterator[tuple[str, ast.expr]]:
        """Names that are given a number: as a default, or by an assignment."""
        parameters = parameters_of(self.function)
        defaults = self.function.args.defaults
        with_default = parameters[len(parameters) - len(defaults) :]
        for name, default in zip(with_default, defaults, strict=True):
            if number(default) is not None:
                yield name, default
        for node in self.nodes:
            if isinstance(node, ast.Assign) and number(node.value) is not None:
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        yield target.id, node.value

    # How the array is treated

    def _writes(self) -> list[ast.Subscript]:
        """Places of the array, or of a row of it, that are written to."""
        places: list[ast.expr] = []
        for node in self.nodes:
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.AugAssign):
                targets = [node.target]
            places.extend(target for target in targets if self._is_place(target))
        return [place for place in places if isinstance(place, ast.Subscript)]

    def _is_place(self, node: ast.expr | None) -> bool:
        return (
            isinstance(node, ast.Subscript)
            and isinstance(node.value, ast.Name)
            and node.value.id in self.arrays
        )

    def _converts(self) -> bool:
        """Whether the array is turned into floats before anything is added to it."""
        for node in self.nodes:
            if not isinstance(node, ast.Assign):
                continue
            is_own = any(
                isinstance(target, ast.Name) and target.id in self.arrays
                for target in node.targets
            )
            if is_own and _makes_floats(node.value, self.imports):
                return True
        return False

    def _keeps_view(self) -> bool:
        """Whether `kept = x[i]` stays a view of x, if x[i] is an array."""
        for node in self.nodes:
            if isinstance(node, ast.Assign) and self._is_place(node.value):
                return True
        return False

    def _asks_for_dimensions(self) -> bool:
        """Whether it looks at `X.ndim`, and so tells one point from many."""
        return any(
            isinstance(node, ast.Attribute) and node.attr == "ndim"
            for node in self.nodes
        )

    def _is_array_replaced(self) -> bool:
        """Whether its array is another one from some line on: `X = np.array(X)`."""
        return any(
            isinstance(node, ast.Name)
            and node.id == self.x_name
            and isinstance(node.ctx, ast.Store)
            for node in self.nodes
        )

    def _needs_array(self, inner: Sequence[Routine] = ()) -> bool:
        """Whether it asks its array what no list has, or hands it to one that does."""
        if self._is_array_replaced():
            return False
        asks = any(
            isinstance(node, ast.Attribute)
            and node.attr in ("ndim", "shape", "size")
            and isinstance(node.value, ast.Name)
            and node.value.id in self.arrays
            for node in self.nodes
        )
        return asks or any(routine.needs_array for routine in inner)

    def _counts_entries(self) -> bool:
        """Whether it moves `x[i]` for each i in `range(x.size)`."""
        if self._is_array_replaced() or any(self._early_returns()):
            return False
        indices = {
            loop.target.id
            for loop in self._loops()
            if isinstance(loop.target, ast.Name) and self._is_range_of_size(loop.iter)
        }
        moved = [plain_text(write.slice) for write in self.writes]
        return bool(moved) and all(index in indices for index in moved)

    def _is_range_of_size(self, node: ast.expr) -> bool:
        if not _is_call(node, "range"):
            return False
        assert isinstance(node, ast.Call)
        if len(node.args) != 1:
            return False
        [last] = node.args
        is_size = isinstance(last, ast.Attribute) and last.attr == "size"
        return is_size and plain_text(last.value) in self.arrays  # type: ignore[attr-defined]

    # Slips

    def _slips(self, step_name: str, step_node: ast.expr | None) -> Iterator[Slip]:
        if step_name:
            yield from self._precedence(step_name)
        yield from self._early_returns()
        yield from self._not_restored(step_name)
        yield from self._lost_index()

    def _precedence(self, step_name: str) -> Iterator[Slip]:
        """`/ 2*h` divides by two and multiplies by h."""
        for node in self.nodes:
            is_product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
            if not is_product:
                continue
            assert isinstance(node, ast.BinOp)
            left = node.left
            is_quotient = isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div)
            is_step = isinstance(node.right, ast.Name) and node.right.id == step_name
            if is_quotient and is_step:
                assert isinstance(left, ast.BinOp)
                if number(left.right) is not None:
                    yield Slip("precedence", node, left.right, {"step": step_name})

    def _early_returns(self) -> Iterator[Slip]:
        """A return at the end of the loop's body ends it after its first turn."""
        for loop in self._all_loops():
            last = loop.body[-1]
            is_result = isinstance(last, ast.Return) and isinstance(
                last.value, ast.Name
            )
            if not is_result:
                continue
            inside = set(ast.walk(loop))
            is_moving = not inside.isdisjoint(self.writes)
            hands_on = any(call in inside for call, _ in self.inner_calls)
            if is_moving or hands_on:
                yield Slip("early-return", last, loop)

    def _not_restored(self, step_name: str) -> Iterator[Slip]:
        """A loop that leaves a coordinate where it moved it."""
        for loop in self._all_loops():
            place, steps = self._last_move(loop, step_name)
            saved = dict(self._saved_in(loop))
            if steps and place in saved:
                words = {"place": place, "saved": saved[place]}
                yield Slip("not-restored", loop.body[-1], loop, words)

    def _saved_in(self, loop: ast.For | ast.While) -> Iterator[tuple[str, str]]:
        """Places whose number a loop saves, and the names under which it does."""
        for statement in loop.body:
            if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
                continue
            [target] = statement.targets
            saved = statement.value
            if isinstance(saved, ast.Call) and saved.args:  # float(x[i])
                saved = saved.args[0]
            text = plain_text(saved)
            if isinstance(target, ast.Name) and self._is_place(saved) and text:
                yield text, target.id

    def _last_move(
        self, loop: ast.For | ast.While, step_name: str
    ) -> tuple[str, float | None]:
        """Return the place that a loop moves last, and how many steps it is off then.

        The steps are None where that is not seen.
        """
        # A copy that is made in each turn need not be put back.
        assigned = {
            target.id
            for statement in loop.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name)
        }
        place = ""
        steps: float | None = 0.0
        for statement in loop.body:
            target = _only_target(statement)
            if not self._is_place(target) or target_name(target) in assigned:
                continue
            place = plain_text(target)
            if isinstance(statement, ast.AugAssign):
                steps = _moved_by(steps, statement, step_name)
            elif isinstance(statement, ast.Assign):
                steps = _offset(statement.value, step_name)
        return place, steps

    def _lost_index(self) -> Iterator[Slip]:
        """`grad = …` in the loop, where `grad[i] = …` is meant."""
        arrays = set(self._new_arrays())
        for loop in self._all_loops():
            index = self._index_written_in(loop)
            for statement in loop.body:
                if not isinstance(statement, ast.Assign) or not index:
                    continue
                target = _only_target(statement)
                is_array = isinstance(target, ast.Name) and target.id in arrays
                if is_array and _has_quotient(statement.value):
                    assert isinstance(target, ast.Name)
                    words = {"name": target.id, "index": index}
                    yield Slip("lost-index", target, None, words)

    def _new_arrays(self) -> Iterator[str]:
        """Names of arrays that the function makes for its slopes."""
        for statement in self.function.body:
            if not isinstance(statement, ast.Assign):
                continue
            value = statement.value
            if not isinstance(value, ast.Call):
                continue
            if (
                meaning(value.func, self.imports)
                in vocabulary("routines")["new_arrays"]
            ):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        yield target.id

    def _index_written_in(self, loop: ast.For | ast.While) -> str:
        """Return the index at which a loop first writes into the array."""
        inside = set(ast.walk(loop))
        written = [place for place in self.writes if place in inside]
        return index_text(written[0].slice) if written else ""

    def _loops(self) -> Iterator[ast.For]:
        return (node for node in self.nodes if isinstance(node, ast.For))

    def _all_loops(self) -> Iterator[ast.For | ast.While]:
        return (node for node in self.nodes if isinstance(node, ast.For | ast.While))


def target_name(node: ast.expr | None) -> str:
    """Return the name of the array of a subscript."""
    assert isinstance(node, ast.Subscript)
    return node.value.id if isinstance(node.value, ast.Name) else ""


def _only_target(statement: ast.stmt) -> ast.expr | None:
    """Return what a statement assigns to, if that is one thing."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return statement.targets[0]
    return statement.target if isinstance(statement, ast.AugAssign) else None


def _has_quotient(node: ast.expr) -> bool:
    return any(
        isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Div)
        for inner in ast.walk(node)
    )


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Everything in a function, in the order of the text."""
    for statement in function.body:
        yield from ast.walk(statement)


def _is_call(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Call) and meaning(node.func, {}) == name


def _names_in(node: ast.expr) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}


def _makes_floats(node: ast.expr, imports: Imports) -> bool:
    """Whether an expression turns an array into float64."""
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    if isinstance(function, ast.Attribute) and function.attr == "astype":
        return any(is_float_type(argument, imports) for argument in arguments)
    name = meaning(function, imports)
    if name in vocabulary("routines")["converting"]:
        return any(is_float_type(argument, imports) for argument in arguments[1:])
    return False


def is_float_type(node: ast.expr, imports: Imports) -> bool:
    """Whether this names float64."""
    if isinstance(node, ast.Constant):
        return node.value in vocabulary("types")["float_texts"]
    return meaning(node, imports) in vocabulary("types")["float"]


def _offset(node: ast.expr, step_name: str) -> float | None:
    """By how many steps a value lies beside what it was; None if that is not seen."""
    if isinstance(node, ast.Call) and len(node.args) == 1:
        node = node.args[0]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        steps = _multiple(node.right, step_name)
        if steps is None:
            return None
        return steps if isinstance(node.op, ast.Add) else -steps
    return 0.0 if isinstance(node, ast.Name) else None


def _moved_by(
    steps: float | None, statement: ast.AugAssign, step_name: str
) -> float | None:
    """Return how many steps a place is off once `x[i] += …` has moved it, too."""
    change = _multiple(statement.value, step_name)
    if change is None or steps is None:
        return None
    if isinstance(statement.op, ast.Add):
        return steps + change
    if isinstance(statement.op, ast.Sub):
        return steps - change
    return steps


def _multiple(node: ast.expr, step_name: str) -> float | None:
    """Return k where an expression is k times the step."""
    if isinstance(node, ast.Name) and node.id == step_name:
        return 1.0
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        for constant, other in ((node.left, node.right), (node.right, node.left)):
            factor = number(constant)
            steps = _multiple(other, step_name)
            if factor is not None and steps is not None:
                return factor * steps
    return None
