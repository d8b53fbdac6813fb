"""Routines: functions of a script that differentiate another one by trying.

What such a routine takes for a point is seen by trying it on a few numbers, and so is
what is wrong in it. A routine that cannot be carried out to its end is unknown. Where a
slip stands is looked for in the text, once the trial shows that there is one.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.interpreter import Interpreter, Script
from gradviz_core.scripts.literals import (
    index_text,
    is_root_of_epsilon,
    number,
    plain_text,
)
from gradviz_core.scripts.names import (
    Imports,
    can_set_names_unseen,
    dotted,
    every_parameter_of,
    meaning,
    parameters_of,
    unsettled_imports,
)
from gradviz_core.scripts.small_arrays import NotFollowed
from gradviz_core.scripts.source import Source, children_of, nodes_in
from gradviz_core.scripts.trials import (
    LIST,
    MANY_POINTS,
    NOT_FLAT,
    NUMBER,
    PARTIAL,
    POINT,
    ROWS,
    SCALED,
    SEVERAL_VALUES,
    TOLERANCE,
    UNKNOWN,
    Trial,
)
from gradviz_core.scripts.values import FunctionNode


@dataclass(frozen=True)
class Slip:
    """Something wrong in the body of a routine.

    Attributes
    ----------
    code : str
        precedence, early-return, not-restored, lost-index, formula or one-sided.
    node : ast.AST
        Where it is.
    other : ast.AST or None
        What its mend needs: the loop, the place that is not put back, the index.
    words : dict
        The named parts of its message.
    severity : str
        How bad it is.
    """

    code: str
    node: ast.expr | ast.stmt
    other: ast.AST | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    severity: str = "error"


@dataclass(frozen=True)
class Routine:
    """What is known of a routine.

    Attributes
    ----------
    name : str
        Its name.
    takes : str
        What it makes of an array of two dimensions: rows, columns, whole, point.
    definition : ast.FunctionDef or None
        Where it is defined, if that is in the script.
    function_parameter, array_parameter : int
        The places of f, and of the array, among its parameters.
    cuts_whole_numbers : bool
        Whether whole numbers cut off what it adds to them.
    misreads_columns : bool
        Whether a column, which is a point with an axis too many, gets other slopes.
    takes_one_point : bool
        Whether it takes an array with one axis for one point.
    arguments_of_f : int
        How many arguments it hands to f at most.
    stops_at : frozenset of str
        What it stops with an error at, as `trials` names it.
    step, step_node : float and ast.expr, or None
        Its h, and where that is given.
    is_followed : bool
        Whether this is certain: its body was carried out, or it is the book's own.
    is_right : bool
        Whether it gives the slopes.
    uses : frozenset of FunctionNode
        The functions that were carried out for it, itself among them.
    slips : tuple of Slip
        What is wrong in its body.
    is_method : bool
        Whether the first parameter of its definition is the object that it belongs to.
    is_of_library : bool
        Whether it is one of SciPy's or of JAX's.
    most_arguments : int
        How many arguments leave it as it is, if its definition is not in the script.
    """

    name: str
    takes: str
    definition: ast.FunctionDef | None = None
    function_parameter: int = 0
    array_parameter: int = 1
    cuts_whole_numbers: bool = True
    misreads_columns: bool = False
    takes_one_point: bool = True
    arguments_of_f: int = 1
    stops_at: frozenset[str] = frozenset()
    step: float | None = None
    step_node: ast.expr | None = None
    is_followed: bool = True
    is_right: bool = True
    uses: frozenset[FunctionNode] = frozenset()
    slips: tuple[Slip, ...] = ()
    is_method: bool = False
    is_of_library: bool = False
    most_arguments: int = 2


# Expressions of which a part is run again and again, later, or perhaps not at all.
TURNS = ast.ListComp | ast.GeneratorExp | ast.Lambda | ast.IfExp | ast.BoolOp

STOPS_OF_THE_BOOK = frozenset([LIST, NUMBER, MANY_POINTS, NOT_FLAT, SEVERAL_VALUES])


def unknown_routine(name: str) -> Routine:
    """Return a routine of which the name alone is known."""
    return Routine(name, UNKNOWN, is_followed=False)


def library_routine(full_name: str) -> Routine | None:
    """Return a routine of a library by its full name, None if there is none."""
    entry = vocabulary("routines")["library"].get(full_name)
    if entry is None:
        return None
    return Routine(
        full_name.rpartition(".")[2],
        entry["takes"],
        function_parameter=entry["f"],
        array_parameter=entry["x"],
        cuts_whole_numbers=False,
        stops_at=frozenset([MANY_POINTS]) if entry["takes"] == POINT else frozenset(),
        is_followed=entry["takes"] != UNKNOWN,
        is_of_library=True,
        most_arguments=entry["arguments"],
    )


def derivative_routine(takes: str) -> Routine:
    """Return the gradient that JAX makes of a function, as a routine."""
    return Routine(
        "vmap" if takes == ROWS else "grad",
        takes,
        cuts_whole_numbers=False,
        takes_one_point=takes != ROWS,
        is_of_library=True,
    )


# The routines of files that are read together, by the names of these files as modules.
Modules = Mapping[str, Mapping[str, "Routine"]]


def imported_routine(full_name: str, modules: Modules) -> Routine | None:
    """Return what is known of a routine by the name that a script imports."""
    module, _, name = full_name.rpartition(".")
    if "gradviz_core" in module:
        return None
    of_library = library_routine(full_name)
    if of_library is not None:
        return of_library
    last = module.rpartition(".")[2]
    takes = vocabulary("routines")["book"].get(last, {}).get(name)
    if last in modules and name in modules[last]:
        return modules[last][name]
    if takes and last not in modules:
        return Routine(name, takes, stops_at=STOPS_OF_THE_BOOK)
    usual_name: str = vocabulary("routines")["usual_name"]
    return unknown_routine(name) if takes or name == usual_name else None


def _imported_routines(imports: Imports, modules: Modules) -> dict[str, Routine]:
    """Return the routines that a script imports, by the names that it calls them by."""
    usual_name: str = vocabulary("routines")["usual_name"]
    routines = {usual_name: unknown_routine(usual_name)}  # of a fragment
    for name, full in imports.items():
        if name.startswith("* "):
            routines.update(_routines_of_module(full, imports, modules))
    if usual_name in imports:
        del routines[usual_name]
    for name, full in imports.items():
        routine = imported_routine(full, modules)
        if routine is not None and not name.startswith("* "):
            routines[name] = routine
    return routines


def _routines_of_module(
    module: str, imports: Imports, modules: Modules
) -> Iterator[tuple[str, Routine]]:
    """Yield the routines of a module of which a script imports everything.

    They are not known if there is another such module, which may hide them.
    """
    last = module.rpartition(".")[2]
    others = [
        full
        for name, full in imports.items()
        if name.startswith("* ") and full != module
    ]
    libraries = vocabulary("names")["libraries"]
    is_alone = all(full in libraries for full in others)
    for name in modules.get(last, vocabulary("routines")["book"].get(last, {})):
        routine = imported_routine(f"{module}.{name}", modules)
        if routine is not None:
            yield name, routine if is_alone else unknown_routine(name)


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
    declared_global : set of str
        Names that a function declares global: any call may change them.
    are_names_certain : bool
        Whether no name may mean another function without the text saying so.
    """

    def __init__(
        self,
        definitions: "Definitions",
        imports: Imports,
        interpreter: Interpreter,
        modules: Modules,
    ) -> None:
        self.definitions = definitions
        self.imports = imports
        self.interpreter = interpreter
        self.own: dict[ast.FunctionDef, Routine] = {}
        self.declared_global: set[str] = set()
        self.are_names_certain = True
        self.modules = modules
        self.imported = _imported_routines(imports, modules)
        self._tried: dict[tuple[ast.FunctionDef, str], Routine | None] = {}
        self._unsettled: Set[str] = frozenset()

    def unsettle(self, names: Set[str]) -> None:
        """Count what names stand for as unknown that a script may import elsewhere."""
        self._unsettled = names
        for name in names & self.imported.keys():
            self.imported[name] = unknown_routine(name)

    def count_as_unknown(self) -> None:
        """Take back all that is known of the routines: their names may mean others."""
        self.are_names_certain = False
        for function, routine in self.own.items():
            self.own[function] = replace(_unclear(routine), step=None, slips=())
        self.imported = {name: unknown_routine(name) for name in self.imported}

    def by_name(self) -> dict[str, Routine]:
        """Return the script's own routines, as one that imports them knows them."""
        return {
            name: replace(self.own[definition], definition=None, slips=())
            for name, definition in self.definitions.by_name.items()
            if definition in self.own
        }

    def of_module(self, function: ast.expr) -> Routine | None:
        """Return the routine in `module.routine`, if the module is imported."""
        name = dotted(function)
        module, _, rest = name.partition(".")
        if not rest or module not in self.imports:
            return None
        full_name = f"{self.imports[module]}.{rest}"
        routine = imported_routine(full_name, self.modules)
        if routine is None or module not in self._unsettled:
            return routine
        return unknown_routine(routine.name)

    def called_in(self, function: ast.FunctionDef, called: ast.expr) -> Routine | None:
        """Return the routine that a function calls, if it is one."""
        if not isinstance(called, ast.Name):
            return self.of_module(called)
        definition = self.definitions.nearest(called.id, function.lineno)
        if definition is not None:
            return self.own.get(definition)
        return self.imported.get(called.id)

    def if_explained(self, routine: Routine) -> Routine:
        """Return a routine, as unknown if it is wrong and mends do not help."""
        slips = [
            slip
            for function in routine.uses
            if function in self.own
            for slip in self.own[function].slips
        ]
        have_mends = bool(slips) and all(
            slip.code != "formula" or slip.other is not None for slip in slips
        )
        return routine if routine.is_right or have_mends else _unclear(routine)

    def as_method(self, routine: Routine) -> Routine:
        """Return a routine as it is called on its object, which takes no place."""
        return replace(
            routine,
            function_parameter=routine.function_parameter - 1,
            array_parameter=routine.array_parameter - 1,
            is_method=True,
        )

    def as_called(self, routine: Routine, call: ast.Call) -> Routine:
        """Return what a routine is with the arguments that a call adds to f and x.

        An argument may choose another way to work, so the routine is tried again.
        """
        unclear = _unclear(routine)
        if any(isinstance(node, ast.Starred) for node in call.args):
            return unclear
        definition = routine.definition
        if definition is None:
            count = len(call.args) + len(call.keywords)
            has_others = count > routine.most_arguments
            return unclear if has_others or self._has_unusual_step(call) else routine
        first = 1 if routine.is_method else 0
        function_parameter = routine.function_parameter + first
        array_parameter = routine.array_parameter + first
        names = parameters_of(definition)
        given = _arguments_by_name(names[first:], call)
        has_too_many = len(call.args) > len(names) - first
        if has_too_many or not given.keys() <= {*every_parameter_of(definition)}:
            return unclear  # Python stops
        for place in (function_parameter, array_parameter):
            given.pop(names[place], None)
        if not given:
            return routine
        try:
            others = {
                name: self.interpreter.argument(node) for name, node in given.items()
            }
        except NotFollowed:
            return unclear
        choice = (definition, repr(sorted(others.items())))
        if choice not in self._tried:
            body = _Body(definition, self)
            tried = body.routine_at(function_parameter, array_parameter, others)
            self._tried[choice] = self.if_explained(tried) if tried else None
        as_tried = self._tried[choice]
        if as_tried is None:
            return unclear
        return self.as_method(as_tried) if routine.is_method else as_tried

    def _has_unusual_step(self, call: ast.Call) -> bool:
        """Whether a call gives, besides f and x, a step that may spoil the slopes."""
        words = vocabulary("routines")
        by_name = [k.value for k in call.keywords if k.arg in words["names_of_steps"]]
        low, high = words["usual_steps"]
        try:
            steps = [self.interpreter.argument(n) for n in (*call.args[2:], *by_name)]
        except NotFollowed:
            return True
        return not all(isinstance(h, float) and low <= abs(h) <= high for h in steps)


def _unclear(routine: Routine) -> Routine:
    """Return a routine of which nothing is certain."""
    return replace(routine, takes=UNKNOWN, is_followed=False)


def _arguments_by_name(names: Sequence[str], call: ast.Call) -> dict[str, ast.expr]:
    """Return the arguments of a call by the names of the parameters."""
    given = dict(zip(names, call.args, strict=False))
    for keyword in call.keywords:
        given[keyword.arg or "**"] = keyword.value
    return given


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

    def unambiguous(self) -> dict[str, ast.FunctionDef]:
        """Return the functions whose names never stand for two different ones."""
        return {
            name: same[-1]
            for name, same in self._named.items()
            if len(same) == 1 or len({ast.dump(function) for function in same}) == 1
        }


def read_routines(
    definitions: Definitions,
    imports: Imports,
    source: Source,
    modules: Modules,
) -> Routines:
    """Return the routines among the functions of a script, and those it imports."""
    declared_global = {
        name
        for node in source.nodes
        if isinstance(node, ast.Global | ast.Nonlocal)
        for name in node.names
    }
    script = _script(definitions, imports, source, declared_global)
    routines = Routines(definitions, imports, Interpreter(script), modules)
    routines.declared_global = declared_global
    routines.unsettle(unsettled_imports(source.nodes))
    bodies = [
        _Body(function, routines)
        for function in definitions.all
        if len(parameters_of(function)) >= 2
    ]
    read = {body.function: body.routine() for body in bodies}
    if routines.interpreter.lost_indices:  # maybe of a helper below its caller
        for body in bodies:
            routine = read[body.function]
            if routine is None or not routine.slips:
                read[body.function] = body.routine()
    # One that hands its work on is known once the other is: twice is enough.
    for body in [*bodies, *bodies]:
        routine = read[body.function]
        if routine is None and body.looks_like_a_routine():
            routine = read[body.function] = body.unknown()
        if routine is not None:
            routines.own[body.function] = routine
    for function, routine in routines.own.items():
        routines.own[function] = routines.if_explained(routine)
    if can_set_names_unseen(source.nodes, imports):
        routines.count_as_unknown()
    return routines


def _script(
    definitions: Definitions,
    imports: Imports,
    source: Source,
    declared_global: set[str],
) -> Script:
    """Return what the names of a script stand for outside its functions."""
    functions = definitions.unambiguous()
    stored = Counter(_names_stored_outside(source.tree))
    constants = {}
    for statement in source.tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            [target] = statement.targets
            is_step = is_root_of_epsilon(statement.value, imports)
            is_number = is_step or number(statement.value) is not None
            if isinstance(target, ast.Name) and is_number and stored[target.id] == 1:
                constants[target.id] = statement.value
    constants = {
        name: value
        for name, value in constants.items()
        if name not in {*functions, *imports, *declared_global}
    }
    rebound = {*stored, *definitions.by_name} - {*constants, *functions}
    rebound |= {*stored} & {*functions}
    rebound |= {*_imported_behind(functions, source.nodes)}
    rebound |= declared_global
    return Script(imports, functions, constants, frozenset(rebound))


def _names_stored_outside(tree: ast.Module) -> Iterator[str]:
    """Yield the names that are given something outside of functions, each time."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting.extend(children_of(node))


def _imported_behind(
    functions: Mapping[str, ast.FunctionDef], nodes: Sequence[ast.AST]
) -> Iterator[str]:
    """Yield the functions whose names stand for an import further down."""
    for node in nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                function = functions.get(alias.asname or alias.name)
                if function is not None and function.lineno < node.lineno:
                    yield function.name


class _Body:
    """A function that may be a routine, and where slips may stand in it."""

    def __init__(self, function: ast.FunctionDef, routines: Routines) -> None:
        self.function = function
        self.routines = routines
        self.imports = routines.imports
        self.nodes = list(_own_nodes(function))
        self.calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        self.divides = any(_is_operation(node, ast.Div) for node in self.nodes)

    def routine(self) -> Routine | None:
        """Return what this function is as a routine, None if it is none."""
        for function_parameter, array_parameter in self._places():
            routine = self.routine_at(function_parameter, array_parameter, {})
            if routine is not None:
                return routine
        return None

    def _places(self) -> Iterator[tuple[int, int]]:
        """Yield the places that f and the array may have among the parameters."""
        parameters = parameters_of(self.function)
        # What a routine differentiates, it calls, and divides; or it hands it on.
        called = {_name_of(node) for call in self.calls for node in call.args}
        if self.divides:
            called |= {_name_of(call.func) for call in self.calls}
        for function_parameter, f_name in enumerate(parameters[:2]):
            for array_parameter in range(len(parameters[:3])):
                if f_name in called and array_parameter != function_parameter:
                    yield function_parameter, array_parameter

    def routine_at(
        self, function_parameter: int, array_parameter: int, others: Mapping[str, Any]
    ) -> Routine | None:
        """Return what this function is, with f and the array in two places."""
        routine = self._as_tried(function_parameter, array_parameter, others)
        if len(self.nodes) > vocabulary("routines")["most_nodes"]:
            return routine
        f_name = parameters_of(self.function)[function_parameter]
        changes: Iterator[Slip] = iter(())
        if routine is not None and any(map(_is_halving, routine.slips)):
            changes = self._missing_steps(f_name)
        elif _is_unexplained(routine) and self._calls_f_itself(f_name):
            changes = self._sums()
        for slip in changes:
            mended = _Body(_changed_as(slip, self.function), self.routines)
            right = mended._as_tried(function_parameter, array_parameter, others)
            if right is not None and _is_sound(right):
                return replace(
                    right,
                    definition=self.function,
                    is_right=False,
                    uses=right.uses | {self.function},
                    slips=(slip,),
                )
        return routine

    def _as_tried(
        self, function_parameter: int, array_parameter: int, others: Mapping[str, Any]
    ) -> Routine | None:
        """Return what a trial shows this function to be, None if it is no routine."""
        interpreter = self.routines.interpreter
        arguments = (self.function, function_parameter, array_parameter, others)
        trial = Trial(interpreter, *arguments)
        try:
            slips = list(self._slips(trial))
            lost = [slip for slip in slips if slip.code == "lost-index"]
            if lost:  # which hides what else the routine does
                interpreter.lost_indices |= {slip.node: slip.other for slip in lost}
                trial = Trial(interpreter, *arguments)
                slips += self._slips(trial)
            takes = trial.takes
            cuts_whole_numbers = trial.cuts_whole_numbers
            if takes == UNKNOWN and not slips:
                return None
            misreads_columns = trial.misreads_columns
            takes_one_point = trial.takes_one_point
            is_right = trial.is_right
            is_followed = takes != UNKNOWN and trial.has_visited_all()
            stops_at = trial.stops_at()
        except NotFollowed:
            return None
        return Routine(
            self.function.name,
            takes if is_followed else UNKNOWN,
            self.function,
            function_parameter,
            array_parameter,
            cuts_whole_numbers,
            misreads_columns,
            takes_one_point,
            trial.arguments_of_f,
            stops_at,
            trial.step,
            self._step_node(trial.step),
            is_followed,
            is_right,
            frozenset(interpreter.entered),
            tuple(slips),
        )

    def unknown(self) -> Routine:
        """Return this function as a routine of which no more is known."""
        parameters = parameters_of(self.function)
        places = list(self._places())
        by_name = [
            (f, x)
            for f, x in places
            if parameters[x] in vocabulary("routines")["points"]
        ]
        function_parameter, array_parameter = [*by_name, *places][0]
        return replace(
            unknown_routine(self.function.name),
            definition=self.function,
            function_parameter=function_parameter,
            array_parameter=array_parameter,
        )

    def looks_like_a_routine(self) -> bool:
        """Whether this calls an f twice and divides, or hands it on to a routine.

        A function that walks downhill hands it on, too, but subtracts a product. One
        whose lines are all run, once each, is followed as any other function is.
        """
        parameters = parameters_of(self.function)
        f_names = {parameters[f] for f, _ in self._places()}
        calls_of_f = [call for call in self.calls if _name_of(call.func) in f_names]
        if len(calls_of_f) >= 2 and self.divides:
            return True
        hands_on = any(
            _name_of(argument) in f_names
            for call in self.calls
            if self._is_routine(call)
            for argument in call.args
        )
        if not hands_on or self._runs_straight():
            return False
        return not any(_subtracts_product(node) for node in self.nodes)

    def _runs_straight(self) -> bool:
        """Whether each line is run once, down to a return in the last."""
        *others, last = self.function.body
        are_plain = all(isinstance(each, ast.Assign | ast.Expr) for each in others)
        has_turns = any(isinstance(node, TURNS) for node in self.nodes)
        return are_plain and isinstance(last, ast.Return) and not has_turns

    def _is_routine(self, call: ast.Call) -> bool:
        if _name_of(call.func) == self.function.name:
            return False
        return self.routines.called_in(self.function, call.func) is not None

    def _step_node(self, step: float | None) -> ast.expr | None:
        """Return where the step is written, as a default or in an assignment."""
        nodes = [*self.function.args.defaults]
        nodes += [node.value for node in self.nodes if isinstance(node, ast.Assign)]
        return next((node for node in nodes if step and number(node) == step), None)

    # Slips: what a trial shows to be wrong, where the text shows why

    def _slips(self, trial: Trial) -> Iterator[Slip]:
        outcomes = {outcome for outcome, _ in trial.outcomes}
        if SCALED in outcomes:
            yield from self._precedence()
        if PARTIAL in outcomes:
            yield from self._early_returns()
        if trial.is_array_changed:
            yield from self._not_restored(trial)
        is_one_number = trial.point.result is not None and not trial.point.result.shape
        if is_one_number and trial.point.asks_for(ROWS):
            yield from self._lost_index()
        yield from self._wrong_formula(trial)

    def _precedence(self) -> Iterator[Slip]:
        """`/ 2*h` divides by two and multiplies by h."""
        for node in self.nodes:
            is_product = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)
            if not is_product:
                continue
            assert isinstance(node, ast.BinOp)
            left = node.left
            is_quotient = isinstance(left, ast.BinOp) and isinstance(left.op, ast.Div)
            if is_quotient and isinstance(node.right, ast.Name):
                assert isinstance(left, ast.BinOp)
                if number(left.right) is not None:
                    yield Slip("precedence", node, left.right, {"step": node.right.id})

    def _early_returns(self) -> Iterator[Slip]:
        """A return at the end of the loop's body ends it after its first turn.

        It is to stand behind all loops that end with this one.
        """
        for loop in self._loops():
            last = loop.body[-1]
            if isinstance(last, ast.Return):
                yield Slip("early-return", last, self._outermost(loop))

    def _outermost(self, loop: ast.For | ast.While) -> ast.For | ast.While:
        """Return the outermost loop of which a loop is the last statement."""
        outer = next((each for each in self._loops() if each.body[-1] is loop), None)
        return loop if outer is None else self._outermost(outer)

    def _not_restored(self, trial: Trial) -> Iterator[Slip]:
        """A loop that leaves a coordinate where it moved it.

        With a step so short that no slope counts as wrong, only the array is changed.
        """
        severity = "error" if trial.shows_that_array_is_changed else "warning"
        for loop in self._loops():
            written = [plain_text(place) for place in _places_written_in(loop)]
            for place, saved in _saved_in(loop):
                if place in written:
                    words = {"place": place, "saved": saved}
                    yield Slip("not-restored", loop.body[-1], loop, words, severity)
                    break

    def _wrong_formula(self, trial: Trial) -> Iterator[Slip]:
        """Slopes that are halved or doubled: one step for two, or two for one."""
        divisions = [node for node in self.nodes if _is_operation(node, ast.Div)]
        for factor in (2, 0.5):
            is_factor = any(
                outcome == SCALED and abs(found - factor) < TOLERANCE
                for outcome, found in trial.outcomes
            )
            if is_factor and self._calls_f_itself(trial.f_name):
                [division, *_] = divisions
                assert isinstance(division, ast.BinOp)
                is_by_name = factor == 2 and isinstance(division.right, ast.Name)
                mended = division.right if is_by_name and len(divisions) == 1 else None
                words = {"routine": self.function.name, "factor": f"{factor}"}
                yield Slip("formula", division, mended, words)

    def _missing_steps(self, f_name: str) -> Iterator[Slip]:
        """Yield where a step back may be missing: `x[i] = saved`, and `f(x)`."""
        steps = {
            name.id
            for node in self.nodes
            if _is_operation(node, ast.Div)
            for name in ast.walk(node.right)  # type: ignore[attr-defined]
            if isinstance(name, ast.Name)
        }
        if len(steps) != 1:
            return
        words = {"routine": self.function.name, "step": steps.pop()}
        for node in self.nodes:
            if isinstance(node, ast.Assign) and isinstance(
                _only_target(node), ast.Subscript
            ):
                moved = node.value
            elif isinstance(node, ast.Call) and _name_of(node.func) == f_name:
                moved = node.args[0] if node.args else node
            else:
                continue
            if isinstance(moved, ast.Name):
                yield Slip("one-sided", moved, None, words)

    def _sums(self) -> Iterator[Slip]:
        """Yield sums that may have to be differences."""
        operations = [node for node in self.nodes if isinstance(node, ast.BinOp)]
        sums = [node for node in operations if isinstance(node.op, ast.Add)]
        if len(sums) > vocabulary("routines")["most_sums"]:
            return
        for node in sums:
            words = {"form": "added", "routine": self.function.name}
            yield Slip("formula", node, node, words)

    def _calls_f_itself(self, f_name: str) -> bool:
        """Whether the quotient is this function's own."""
        calls_of_f = [call for call in self.calls if _name_of(call.func) == f_name]
        return len(calls_of_f) >= 2 and self.divides

    def _lost_index(self) -> Iterator[Slip]:
        """`grad = …` in the loop, where `grad[i] = …` is meant."""
        arrays = set(self._new_arrays())
        for loop in self._loops():
            written = list(_places_written_in(loop))
            index = index_text(written[0].slice) if written else ""
            for statement in loop.body:
                target = _only_target(statement)
                is_array = isinstance(target, ast.Name) and target.id in arrays
                if is_array and index:
                    assert isinstance(target, ast.Name)
                    words = {"name": target.id, "index": index}
                    yield Slip("lost-index", target, written[0].slice, words)

    def _new_arrays(self) -> Iterator[str]:
        """Names of arrays that the function makes for its slopes."""
        for statement in self.function.body:
            if not isinstance(statement, ast.Assign):
                continue
            value = statement.value
            if not isinstance(value, ast.Call):
                continue
            new_arrays = vocabulary("routines")["new_arrays"]
            if meaning(value.func, self.imports) in new_arrays:
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        yield target.id

    def _loops(self) -> Iterator[ast.For | ast.While]:
        return (node for node in self.nodes if isinstance(node, ast.For | ast.While))


def _is_unexplained(routine: Routine | None) -> bool:
    """Whether a function gives no slopes, and no slip in it says why."""
    return routine is None or not (routine.is_right or routine.slips)


def _is_sound(routine: Routine) -> bool:
    return routine.is_right and routine.is_followed and not routine.slips


def _is_halving(slip: Slip) -> bool:
    return slip.code == "formula" and slip.words.get("factor") == "0.5"


def _changed_as(slip: Slip, function: ast.FunctionDef) -> ast.FunctionDef:
    """Return a copy of a function, in which a slip is mended."""
    place = list(ast.walk(function)).index(slip.node)
    changed = copy.deepcopy(function)
    node = list(ast.walk(changed))[place]
    if isinstance(node, ast.BinOp):
        node.op = ast.Sub()
        return changed
    assert isinstance(node, ast.Name)
    step = ast.Name(slip.words["step"], ast.Load())
    difference = ast.BinOp(ast.Name(node.id, ast.Load()), ast.Sub(), step)
    for each in ast.walk(changed):
        if isinstance(each, ast.Assign) and each.value is node:
            each.value = ast.copy_location(difference, node)
        elif isinstance(each, ast.Call) and node in each.args[:1]:
            each.args[0] = ast.copy_location(difference, node)
    return changed


def _own_nodes(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Everything in a function, in the order of the text."""
    for statement in function.body:
        yield from nodes_in(statement)


def _is_operation(node: ast.AST, operator: type) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, operator)


def _subtracts_product(node: ast.AST) -> bool:
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
        operand = node.value
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
        operand = node.right
    else:
        return False
    return any(_is_operation(inner, ast.Mult) for inner in ast.walk(operand))


def _name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _places_written_in(loop: ast.For | ast.While) -> Iterator[ast.Subscript]:
    """Yield the entries of arrays that a loop writes, in the order of the text."""
    for statement in loop.body:
        target = _only_target(statement)
        if isinstance(target, ast.Subscript):
            yield target


def _saved_in(loop: ast.For | ast.While) -> Iterator[tuple[str, str]]:
    """Yield places whose number a loop saves, and the names under which it does."""
    for statement in loop.body:
        target = _only_target(statement)
        if not isinstance(statement, ast.Assign) or not isinstance(target, ast.Name):
            continue
        saved = statement.value
        if isinstance(saved, ast.Call) and saved.args:  # float(x[i])
            saved = saved.args[0]
        text = plain_text(saved)
        if isinstance(saved, ast.Subscript) and text:
            yield text, target.id


def _only_target(statement: ast.stmt) -> ast.expr | None:
    """Return what a statement assigns to, if that is one thing."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return statement.targets[0]
    return statement.target if isinstance(statement, ast.AugAssign) else None


def is_float_type(node: ast.expr, imports: Imports) -> bool:
    """Whether this names float64."""
    if isinstance(node, ast.Constant):
        return node.value in vocabulary("types")["float_texts"]
    return meaning(node, imports) in vocabulary("types")["float"]
