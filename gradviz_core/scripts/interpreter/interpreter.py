"""What an interpreter knows so far, its steps, and the functions that it calls."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.array_functions import ListedFunction
from gradviz_core.scripts.interpreter.expressions import EXPRESSIONS, named
from gradviz_core.scripts.interpreter.parameters import (
    defaults_of,
    scope_of_call,
    unshared,
)
from gradviz_core.scripts.interpreter.statements import STATEMENTS, Ending, Returned
from gradviz_core.scripts.names import Imports, meaning
from gradviz_core.scripts.numpy_functions import (
    FUNCTIONS,
    METHODS,
    call_listed,
    checked_array,
)
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_whole_number,
)
from gradviz_core.scripts.values import (
    OPAQUE,
    Closure,
    FunctionNode,
    KnownFunction,
    Library,
    Method,
    Scope,
    items_of,
    put_item,
    type_named,
)

NEW_AXIS = Library("numpy.newaxis")

# A value with entries that was computed, and not looked up, takes steps for them.
WITH_ENTRIES = (SmallArray, list)
LOOKED_UP = (ast.Name, ast.Attribute, ast.Subscript)


@dataclass
class GlobalNames:
    """What the names of a script stand for outside its functions.

    Attributes
    ----------
    imports : dict
        What imported names stand for.
    functions : mapping
        The functions that names stand for.
    constants : dict
        Names that are assigned a number once, and nothing else.
    rebound : set of str
        Names that stand for several things, or for something else.
    """

    imports: Imports
    functions: Mapping[str, ast.FunctionDef]
    constants: Mapping[str, ast.expr] = field(default_factory=dict)
    rebound: frozenset[str] = frozenset()


class Interpreter:
    """Carries out functions of a script.

    Parameters
    ----------
    global_names : GlobalNames
        What names stand for outside the functions.

    Attributes
    ----------
    entered : set of FunctionNode
        The functions that were carried out, at least in part.
    visited : set of ast.AST
        The statements, and the branches of their choices, that were reached.
    lost_indices : dict
        Names that are assigned to where an entry of their array is meant, with the
        missing index: these assignments are carried out as mended.
    """

    def __init__(self, global_names: GlobalNames) -> None:
        self.global_names = global_names
        limits = vocabulary("interpreter")
        self.most_steps: int = limits["most_steps"]
        self.most_steps_of_all: int = limits["most_steps_of_all"]
        self.most_levels: int = limits["most_levels"]
        self.many_entries: int = limits["many_entries"]
        self.entries_of_a_step: int = limits["entries_of_a_step"]
        self.entered: set[FunctionNode] = set()
        self.visited: set[ast.AST] = set()
        self.lost_indices: dict[ast.AST, Any] = {}
        self.steps_of_all = 0
        self.steps = 0
        self.level = 0
        self.statements: Mapping[type, Callable[..., Ending]] = STATEMENTS
        self.expressions: Mapping[type, Callable[..., Any]] = EXPRESSIONS
        self.functions: dict[str, ListedFunction] = {
            **FUNCTIONS,
            "map": ("function value", self.map),
            "numpy.apply_along_axis": ("*", self.apply_along_axis),
        }

    def run(self, function: FunctionNode, arguments: Mapping[str, Any]) -> Any:
        """Carry out one call, with arguments by name, and return its result.

        Raises
        ------
        NotFollowed
            If something in it is unknown, or it takes too long.
        Stops
            If Python or NumPy would raise an error.
        """
        self.steps = 0
        self.level = 0
        defaults = {**self.closure(function, None).defaults, **arguments}
        return self.call_closure(Closure(function, None, defaults), [], {})

    def argument(self, node: ast.expr) -> Any:
        """Return an argument that is a number, a text, a truth value or None.

        Raises
        ------
        NotFollowed
            If it is anything else.
        """
        self.steps = 0
        self.level = 0
        outside = self.global_names
        named = {*outside.constants, *outside.imports, "float"}
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        if not names <= named:
            raise NotFollowed
        value = self.value(node, None)
        if not isinstance(value, bool | int | float | str | None):
            raise NotFollowed
        return value

    def has_steps_for(self, steps: int) -> bool:
        """Whether this many more steps stay within the limit for one script."""
        return self.steps_of_all + steps <= self.most_steps_of_all

    def step(self) -> None:
        """Count a step, unless it is one too many, or inside too many others."""
        self.steps += 1
        self.steps_of_all += 1
        is_too_long = (
            self.steps > self.most_steps or self.steps_of_all > self.most_steps_of_all
        )
        if is_too_long or self.level > self.most_levels:
            raise NotFollowed

    # Calls

    def call(
        self, function: Any, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Return the result of calling a function."""
        if isinstance(function, Closure):
            return self.call_closure(function, arguments, keywords)
        if isinstance(function, KnownFunction):
            if keywords or not arguments:
                raise NotFollowed
            return function.answer(arguments)
        if isinstance(function, Library):
            name = type_named(function.name)
            return call_listed(self.functions, name, arguments, keywords)
        if isinstance(function, Method):
            methods = METHODS.get(type(function.owner), {})
            given = [function.owner, *arguments]
            return call_listed(methods, function.name, given, keywords)
        raise NotFollowed

    def call_closure(
        self,
        closure: Closure,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        """Return the result of calling a function of the script."""
        node = closure.node
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            raise NotFollowed
        scope = scope_of_call(closure, arguments, keywords)
        self.entered.add(node)
        if isinstance(node, ast.Lambda):
            return self.value(node.body, scope)
        ending = self.block(node.body, scope)
        return ending.value if isinstance(ending, Returned) else None

    def map(self, function: Any, value: Any) -> list[Any]:
        """`map`, with one iterable."""
        return [self.call(function, [item], {}) for item in items_of(value)]

    def apply_along_axis(
        self, function: Any, axis: Any, value: Any, *others: Any
    ) -> SmallArray:
        """`np.apply_along_axis`, for an array with one axis or two."""
        array = checked_array(value)
        axes = len(array.shape)
        if not is_whole_number(axis) or axes > 2:
            raise NotFollowed
        if not -axes <= axis < axes:
            raise Stops
        if axes == 1:
            return array_of(self.call(function, [array, *others], {}))
        is_first = axis % axes == 0
        by_rows = array.transposed() if is_first else array
        results = [
            array_of(self.call(function, [row, *others], {}))
            for row in items_of(by_rows)
        ]
        if results[0].is_whole and not all(each.is_whole for each in results):
            raise NotFollowed  # NumPy takes the kind of the first
        result = small_arrays.stacked(results)
        return result.transposed() if is_first else result

    def closure(self, node: FunctionNode, around: Scope | None) -> Closure:
        """Return a function as a value, with the names of the scope around it."""
        values = {
            name: self.default(default, around)
            for name, default in defaults_of(node).items()
        }
        return Closure(node, around, values)

    def default(self, node: ast.expr, around: Scope | None) -> Any:
        """Return a default, of which nothing is known if it is not followed."""
        level = self.level
        try:
            value = self.value(node, around)
        except (NotFollowed, Stops):
            self.level = level
            return OPAQUE
        return unshared(value)

    # Statements

    def block(self, body: Sequence[ast.stmt], scope: Scope) -> Ending:
        """Carry out statements, and return how they end."""
        for statement in body:
            self.step()
            self.visited.add(statement)
            handler = self.statements.get(type(statement))
            if handler is None:
                raise NotFollowed
            self.level += 1
            ending = handler(self, statement, scope)
            self.level -= 1
            if ending is not None:
                return ending
        return None

    def assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        """Give a value to a name, to several, or to an item."""
        if isinstance(target, ast.Name):
            if target in self.lost_indices:
                index = self.index(self.lost_indices[target], scope)
                self.put(named(self, target, scope), index, value)
            else:
                scope.own[target.id] = value
                scope.flags.discard(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, items_of(value), scope)
        elif isinstance(target, ast.Subscript):
            owner = self.value(target.value, scope)
            self.put(owner, self.index(target.slice, scope), value)
        else:
            raise NotFollowed

    def put(self, owner: Any, index: Any, value: Any) -> None:
        """Set an item."""
        put_item(owner, index, value)

    def _unpack(
        self, targets: Sequence[ast.expr], values: Sequence[Any], scope: Scope
    ) -> None:
        if any(isinstance(target, ast.Starred) for target in targets):
            raise NotFollowed
        if len(values) != len(targets):
            raise Stops
        for target, value in zip(targets, values, strict=True):
            self.assign(target, value, scope)

    # Expressions

    def value(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return the value of an expression."""
        self.step()
        handler = self.expressions.get(type(node))
        if handler is None:
            raise NotFollowed
        self.level += 1
        value = handler(self, node, scope)
        self.level -= 1
        if isinstance(value, WITH_ENTRIES) and not isinstance(node, LOOKED_UP):
            self._count_entries(value)
        return value

    def _count_entries(self, value: SmallArray | list[Any]) -> None:
        """Count the steps that a large array takes, as if it were several."""
        size = value.size if isinstance(value, SmallArray) else len(value)
        if size > self.many_entries:
            more = size // self.entries_of_a_step
            self.steps += more
            self.steps_of_all += more

    def items(self, node: ast.expr, scope: Scope | None) -> list[Any]:
        """Return the items of what is gone over."""
        return items_of(self.value(node, scope))

    def outside(self, node: ast.Name) -> Any:
        """Return what a name stands for outside all functions."""
        names = self.global_names
        if node.id in names.constants:
            return self.value(names.constants[node.id], None)
        if node.id in names.rebound:
            raise NotFollowed
        function = names.functions.get(node.id)
        if function is not None:
            return self.closure(function, None)
        return Library(meaning(node, names.imports))

    def index(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return what stands in brackets: numbers, slices, or several of these."""
        if isinstance(node, ast.Tuple):
            return tuple([self.index(item, scope) for item in node.elts])
        if not isinstance(node, ast.Slice):
            index = self.value(node, scope)
            return None if index == NEW_AXIS else index
        bounds = (node.lower, node.upper, node.step)
        values = [None if b is None else self.value(b, scope) for b in bounds]
        if any(not (value is None or is_whole_number(value)) for value in values):
            raise NotFollowed
        if values[2] == 0:
            raise Stops
        return slice(*values)

    def values(self, nodes: Sequence[ast.expr], scope: Scope | None) -> list[Any]:
        """Return the values of items or arguments, including starred ones."""
        values: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                values.extend(self.items(node.value, scope))
            else:
                values.append(self.value(node, scope))
        return values
