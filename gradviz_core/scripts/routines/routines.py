"""Routines: those that a script has and imports, and how a call affects them."""

import ast
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts.definitions import Definitions
from gradviz_core.scripts.interpreter import Interpreter
from gradviz_core.scripts.names import (
    Imports,
    dotted,
    every_parameter_of,
    has_starred,
    parameters_of,
)
from gradviz_core.scripts.routines.body import Body, Positions
from gradviz_core.scripts.routines.imported import (
    Modules,
    imported_routine,
    imported_routines,
)
from gradviz_core.scripts.routines.routine import Routine, unclear, unknown_routine
from gradviz_core.scripts.routines.trying import routine_at
from gradviz_core.scripts.small_arrays import NotFollowed


class Routines:
    """The routines that a script has, and those that it imports.

    A notebook may define a routine many times: which definition a call means depends on
    where the call is.

    Attributes
    ----------
    own : dict
        The routines by their definitions, in the order of the text.
    imported : dict
        The others, by the names under which the script calls them.
    declared_global : set of str
        Names that a function declares global: any call may change them.
    are_names_certain : bool
        Whether no name can mean another function without the text showing it.
    """

    def __init__(
        self,
        definitions: Definitions,
        imports: Imports,
        interpreter: Interpreter,
        modules: Modules,
        declared_global: set[str],
    ) -> None:
        self.definitions = definitions
        self.imports = imports
        self.interpreter = interpreter
        self.own: dict[ast.FunctionDef, Routine] = {}
        self.declared_global = declared_global
        self.are_names_certain = True
        self.modules = modules
        self.imported = imported_routines(imports, modules)
        self._tried: dict[tuple[ast.FunctionDef, str], Routine | None] = {}
        self._unsettled: Set[str] = frozenset()

    @property
    def known_right(self) -> set[ast.FunctionDef]:
        """The definitions of its own routines that certainly give the slopes."""
        return {
            definition
            for definition, each in self.own.items()
            if each.is_right and each.is_followed
        }

    def unsettle(self, names: Set[str]) -> None:
        """Count the names as unknown that a script may import from different places."""
        self._unsettled = names
        for name in names & self.imported.keys():
            self.imported[name] = unknown_routine(name)

    def count_as_unknown(self) -> None:
        """Discard all that is known of the routines: their names may mean others."""
        self.are_names_certain = False
        for function, routine in self.own.items():
            self.own[function] = replace(unclear(routine), step=None, slips=())
        self.imported = {name: unknown_routine(name) for name in self.imported}

    def by_name(self) -> dict[str, Routine]:
        """Return the script's own routines, as a script that imports them sees them."""
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
        """Return the routine that a function calls, if any."""
        if not isinstance(called, ast.Name):
            return self.of_module(called)
        definition = self.definitions.nearest(called.id, function.lineno)
        if definition is not None:
            return self.own.get(definition)
        return self.imported.get(called.id)

    def if_explained(self, routine: Routine) -> Routine:
        """Return a routine, made unclear if it is wrong and mends do not help."""
        slips = [
            slip
            for function in routine.uses
            if function in self.own
            for slip in self.own[function].slips
        ]
        have_mends = bool(slips) and all(
            slip.code != "formula" or slip.other is not None for slip in slips
        )
        return routine if routine.is_right or have_mends else unclear(routine)

    def as_method(self, routine: Routine) -> Routine:
        """Return a routine as called on its object, which takes up no position."""
        return replace(
            routine,
            function_parameter=routine.function_parameter - 1,
            array_parameter=routine.array_parameter - 1,
            is_method=True,
        )

    def as_called(self, routine: Routine, call: ast.Call) -> Routine:
        """Return a routine as it is with the arguments that a call adds to f and x.

        An argument may choose another method, so the routine is tried again.
        """
        if has_starred(call):
            return unclear(routine)
        if routine.definition is None:
            return self._elsewhere_as_called(routine, call)
        first = 1 if routine.is_method else 0
        names = parameters_of(routine.definition)
        given = _arguments_by_name(names[first:], call)
        has_too_many = len(call.args) > len(names) - first
        every_name = {*every_parameter_of(routine.definition)}
        if has_too_many or not given.keys() <= every_name:
            return unclear(routine)  # Python stops
        positions = (
            routine.function_parameter + first,
            routine.array_parameter + first,
        )
        for position in positions:
            given.pop(names[position], None)
        if not given:
            return routine
        tried = self._tried_with(given, routine.definition, positions)
        if tried is None:
            return unclear(routine)
        return self.as_method(tried) if routine.is_method else tried

    def _elsewhere_as_called(self, routine: Routine, call: ast.Call) -> Routine:
        """Return a routine as it is in a call, if the script does not define it."""
        count = len(call.args) + len(call.keywords)
        has_others = count > routine.most_arguments
        is_unclear = has_others or self._has_unusual_step(call)
        return unclear(routine) if is_unclear else routine

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

    def _tried_with(
        self,
        given: Mapping[str, ast.expr],
        definition: ast.FunctionDef,
        positions: Positions,
    ) -> Routine | None:
        """Return a routine as it is with other arguments, or None if unknown."""
        try:
            others = {
                name: self.interpreter.argument(node) for name, node in given.items()
            }
        except NotFollowed:
            return None
        choice = (definition, repr(sorted(others.items())))
        if choice not in self._tried:
            body = Body(definition, self.imports)
            tried = routine_at(body, self.interpreter, positions, others)
            self._tried[choice] = self.if_explained(tried) if tried else None
        return self._tried[choice]


def _arguments_by_name(names: Sequence[str], call: ast.Call) -> dict[str, ast.expr]:
    """Return the arguments of a call by the names of the parameters."""
    given = dict(zip(names, call.args, strict=False))
    for keyword in call.keywords:
        given[keyword.arg or "**"] = keyword.value
    return given
