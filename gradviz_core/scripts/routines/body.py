"""Body: the text of a function that may be a routine."""

import ast
from collections.abc import Iterator
from functools import cached_property

from gradviz_core.scripts.names import Imports, parameters_of
from gradviz_core.scripts.routines.syntax import is_sum, name_of, only_target
from gradviz_core.scripts.source import nodes_in

Positions = tuple[int, int]  # of f and of the array, among the parameters


class Body:
    """A function, and those of its nodes that identify a routine.

    Attributes
    ----------
    function : ast.FunctionDef
        The function.
    imports : dict
        What the names of the script stand for.
    parameters : list of str
        The names of its positional parameters.
    nodes : list of ast.AST
        All its nodes, statement by statement, each node before those below it.
    calls, loops, operations : list
        The calls, the loops and the operations with two operands among them.
    divisions : list of ast.BinOp
        The divisions among the operations.
    """

    def __init__(self, function: ast.FunctionDef, imports: Imports) -> None:
        self.function = function
        self.imports = imports
        self.parameters = parameters_of(function)
        self.nodes: list[ast.AST] = []
        for statement in function.body:
            self.nodes.extend(nodes_in(statement))
        self.calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        self.loops = [
            node for node in self.nodes if isinstance(node, ast.For | ast.While)
        ]
        self.operations = [node for node in self.nodes if isinstance(node, ast.BinOp)]
        self.divisions = [
            each for each in self.operations if isinstance(each.op, ast.Div)
        ]

    def positions(self) -> Iterator[Positions]:
        """Yield the positions that f and the array may have among the parameters."""
        # A routine calls what it differentiates, and divides; or it passes it on.
        called = {name_of(argument) for call in self.calls for argument in call.args}
        if self.divisions:
            called |= {name_of(call.func) for call in self.calls}
        for function_parameter, f_name in enumerate(self.parameters[:2]):
            if f_name not in called and not self.takes_difference_of(f_name):
                continue
            for array_parameter in range(len(self.parameters[:3])):
                if array_parameter != function_parameter:
                    yield function_parameter, array_parameter

    def differentiates(self, f_names: set[str]) -> bool:
        """Whether this calls any of these functions twice, and divides."""
        calls_of_f = [call for call in self.calls if name_of(call.func) in f_names]
        return len(calls_of_f) >= 2 and bool(self.divisions)

    def takes_difference_of(self, f_name: str) -> bool:
        """Whether this subtracts two values of a function, each at a moved point.

        A routine that multiplies by its step, or forgets it, does so, too.
        """
        values: list[ast.expr] = [
            call
            for call in self.calls
            if name_of(call.func) == f_name and any(map(self._is_moved, call.args))
        ]
        if not values:
            return False
        names = {name_of(target) for target, value in self._assigned if value in values}
        names.discard("")
        return any(
            isinstance(each.op, ast.Sub)
            and all(
                operand in values or name_of(operand) in names
                for operand in (each.left, each.right)
            )
            for each in self.operations
        )

    def _is_moved(self, point: ast.expr) -> bool:
        """Whether a point is a sum, or an array that is one or is written into."""
        return is_sum(point) or name_of(point) in self._moved_names

    @cached_property
    def _moved_names(self) -> set[str]:
        names = set()
        for target, value in self._assigned:
            if isinstance(target, ast.Subscript):
                names.add(name_of(target.value))
            elif is_sum(value):
                names.add(name_of(target))
        return names - {""}

    @cached_property
    def _assigned(self) -> list[tuple[ast.expr, ast.expr]]:
        """The targets of its assignments, and their values."""
        return [
            (target, node.value)
            for node in self.nodes
            if isinstance(node, ast.Assign | ast.AugAssign)
            if (target := only_target(node)) is not None
        ]
