"""Interpreter: carries out a function of a script node by node, on small arrays.

Python itself runs none of it. Anything not listed here, or that takes too many steps,
is not followed, and then nothing may be concluded.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.array_functions import ListedFunction
from gradviz_core.scripts.names import (
    Imports,
    every_parameter_of,
    meaning,
    parameters_of,
)
from gradviz_core.scripts.numpy_functions import (
    ATTRIBUTES,
    ATTRIBUTES_OF_ARRAYS_ALONE,
    FUNCTIONS,
    METHODS,
    call_listed,
    checked_array,
)
from gradviz_core.scripts.operators import (
    SIGNS,
    checked_size,
    combined,
    comparison_holds,
    truth_of,
)
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    entry_by_entry,
    is_number,
    is_whole_number,
)
from gradviz_core.scripts.values import (
    Closure,
    FunctionNode,
    KnownFunction,
    Library,
    Method,
    Opaque,
    Scope,
    item_at,
    items_of,
    put_item,
    type_named,
)

# How a block of statements ends


@dataclass(frozen=True)
class Returned:
    """A return statement was reached, with this value."""

    value: Any


class Break:
    """The loop ends."""


class Continue:
    """The next iteration of the loop begins."""


Ending = Returned | Break | Continue | None


@dataclass
class Script:
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
    script : Script
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

    def __init__(self, script: Script) -> None:
        self.script = script
        self.limits = vocabulary("interpreter")
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
            "map": ("function value", self._map),
            "numpy.apply_along_axis": ("*", self._apply_along_axis),
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
        return self._call_closure(Closure(function, None, defaults), [], {})

    def argument(self, node: ast.expr) -> Any:
        """Return an argument that is a number, a text, a truth value or None.

        Raises
        ------
        NotFollowed
            If it is anything else.
        """
        self.steps = 0
        self.level = 0
        named = {*self.script.constants, *self.script.imports, "float"}
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        if not names <= named:
            raise NotFollowed
        value = self.value(node, None)
        if not isinstance(value, bool | int | float | str | None):
            raise NotFollowed
        return value

    def has_steps_for(self, steps: int) -> bool:
        """Whether this many more steps stay within the limit for one script."""
        most: int = self.limits["most_steps_of_all"]
        return self.steps_of_all + steps <= most

    def _step(self) -> None:
        self.steps += 1
        self.steps_of_all += 1
        is_too_long = (
            self.steps > self.limits["most_steps"]
            or self.steps_of_all > self.limits["most_steps_of_all"]
        )
        if is_too_long or self.level > self.limits["most_levels"]:
            raise NotFollowed

    # Calls

    def call(
        self, function: Any, arguments: Sequence[Any], keywords: Mapping[str, Any]
    ) -> Any:
        """Return the result of calling a function."""
        if isinstance(function, Closure):
            return self._call_closure(function, arguments, keywords)
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

    def _call_closure(
        self,
        closure: Closure,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        node = closure.node
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            raise NotFollowed
        scope = _scope_of_call(closure, arguments, keywords)
        self.entered.add(node)
        if isinstance(node, ast.Lambda):
            return self.value(node.body, scope)
        ending = self._block(node.body, scope)
        return ending.value if isinstance(ending, Returned) else None

    def _map(self, function: Any, value: Any) -> list[Any]:
        """`map`, with one iterable."""
        return [self.call(function, [item], {}) for item in items_of(value)]

    def _apply_along_axis(
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
            name: self._default(default, around)
            for name, default in _defaults_of(node).items()
        }
        return Closure(node, around, values)

    def _default(self, node: ast.expr, around: Scope | None) -> Any:
        level = self.level
        try:
            value = self.value(node, around)
        except (NotFollowed, Stops):
            self.level = level
            return Opaque()
        return unshared(value)

    # Statements

    def _block(self, body: Sequence[ast.stmt], scope: Scope) -> Ending:
        for statement in body:
            self._step()
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

    def _return(self, node: ast.Return, scope: Scope) -> Ending:
        return Returned(None if node.value is None else self.value(node.value, scope))

    def _expression(self, node: ast.Expr, scope: Scope) -> Ending:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.value(node.value, scope)
        return None

    def _assignment(self, node: ast.Assign, scope: Scope) -> Ending:
        value = self.value(node.value, scope)
        for target in node.targets:
            self._assign(target, value, scope)
        return None

    def _typed_assignment(self, node: ast.AnnAssign, scope: Scope) -> Ending:
        if node.value is not None:
            self._assign(node.target, self.value(node.value, scope), scope)
        return None

    def _assign(self, target: ast.expr, value: Any, scope: Scope) -> None:
        if isinstance(target, ast.Name) and target in self.lost_indices:
            index = self._index(self.lost_indices[target], scope)
            self._put(self._name(target, scope), index, value)
        elif isinstance(target, ast.Name):
            scope.own[target.id] = value
            scope.flags.discard(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            self._unpack(target.elts, items_of(value), scope)
        elif isinstance(target, ast.Subscript):
            owner = self.value(target.value, scope)
            self._put(owner, self._index(target.slice, scope), value)
        else:
            raise NotFollowed

    def _put(self, owner: Any, index: Any, value: Any) -> None:
        put_item(owner, index, value)

    def _unpack(
        self, targets: Sequence[ast.expr], values: Sequence[Any], scope: Scope
    ) -> None:
        if any(isinstance(target, ast.Starred) for target in targets):
            raise NotFollowed
        if len(values) != len(targets):
            raise Stops
        for target, value in zip(targets, values, strict=True):
            self._assign(target, value, scope)

    def _augmented(self, node: ast.AugAssign, scope: Scope) -> Ending:
        target = node.target
        if isinstance(target, ast.Name):
            if target.id not in scope.own:
                raise NotFollowed  # Python stops, unless it says whose name this is
            before = scope.own[target.id]
            operand = self.value(node.value, scope)
            scope.own[target.id] = self._changed(node.op, before, operand)
        elif isinstance(target, ast.Subscript):
            owner = self.value(target.value, scope)
            index = self._index(target.slice, scope)
            before = item_at(owner, index)
            operand = self.value(node.value, scope)
            self._put(owner, index, self._changed(node.op, before, operand))
        else:
            raise NotFollowed
        return None

    def _changed(self, op: ast.operator, before: Any, operand: Any) -> Any:
        """Return the result of `before += operand`; an array is changed in place."""
        result = combined(op, before, operand)
        if not isinstance(before, SmallArray):
            return result
        is_cut = before.is_whole and not array_of(result).is_whole
        if is_cut or not isinstance(result, SmallArray) or result.shape != before.shape:
            raise Stops
        before.put((), result)
        return before

    def _if(self, node: ast.If, scope: Scope) -> Ending:
        is_true = truth_of(self.value(node.test, scope))
        side = node.body if is_true else node.orelse
        if self._is_choice_by_flags(node.test, scope):
            other_side = node.orelse if is_true else node.body
            self._count_as_visited(other_side)
        return self._block(side, scope)

    def _is_choice_by_flags(self, test: ast.expr, scope: Scope | None) -> bool:
        """Whether a choice depends on flags alone, and so never changes."""
        names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
        return scope is not None and bool(names) and names <= scope.flags

    def _count_as_visited(self, other_side: Sequence[ast.AST]) -> None:
        """Count a branch that flags rule out as carried out."""
        for node in other_side:
            self.visited.update(ast.walk(node))

    def _for(self, node: ast.For, scope: Scope) -> Ending:
        for item in self.items(node.iter, scope):
            self._assign(node.target, item, scope)
            ending = self._block(node.body, scope)
            if isinstance(ending, Returned):
                return ending
            if isinstance(ending, Break):
                return None
        return self._block(node.orelse, scope)

    def _while(self, node: ast.While, scope: Scope) -> Ending:
        while truth_of(self.value(node.test, scope)):
            self._step()
            ending = self._block(node.body, scope)
            if isinstance(ending, Returned):
                return ending
            if isinstance(ending, Break):
                return None
        return self._block(node.orelse, scope)

    def _definition(self, node: ast.FunctionDef, scope: Scope) -> Ending:
        scope.own[node.name] = self.closure(node, scope)
        return None

    def _nothing(self, node: ast.stmt, scope: Scope) -> Ending:
        return None

    def _break(self, node: ast.Break, scope: Scope) -> Ending:
        return Break()

    def _continue(self, node: ast.Continue, scope: Scope) -> Ending:
        return Continue()

    def _raise(self, node: ast.Raise, scope: Scope) -> Ending:
        raise Stops

    def _assert(self, node: ast.Assert, scope: Scope) -> Ending:
        if not truth_of(self.value(node.test, scope)):
            raise Stops
        return None

    # Expressions

    def value(self, node: ast.expr, scope: Scope | None) -> Any:
        """Return the value of an expression."""
        self._step()
        handler = self.expressions.get(type(node))
        if handler is None:
            raise NotFollowed
        self.level += 1
        value = handler(self, node, scope)
        self.level -= 1
        if not isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            self._count_entries(value)  # which were computed, not looked up
        return value

    def _count_entries(self, value: Any) -> None:
        """Count the steps that a large array takes, as if it were several."""
        size = 0
        if isinstance(value, SmallArray):
            size = value.size
        elif isinstance(value, list):
            size = len(value)
        if size > self.limits["many_entries"]:
            more = size // self.limits["entries_of_a_step"]
            self.steps += more
            self.steps_of_all += more

    def items(self, node: ast.expr, scope: Scope | None) -> list[Any]:
        """Return the items of what is gone over."""
        return items_of(self.value(node, scope))

    def _constant(self, node: ast.Constant, scope: Scope | None) -> Any:
        value = node.value
        is_listed = value is None or isinstance(value, bool | int | float | str)
        if not is_listed and value is not Ellipsis:
            raise NotFollowed
        return checked_size(value)

    def _name(self, node: ast.Name, scope: Scope | None) -> Any:
        around = scope
        while around is not None:
            if node.id in around.own:
                return around.own[node.id]
            around = around.around
        return self._outside(node)

    def _outside(self, node: ast.Name) -> Any:
        """Return what a name stands for outside all functions."""
        script = self.script
        if node.id in script.constants:
            return self.value(script.constants[node.id], None)
        if node.id in script.rebound:
            raise NotFollowed
        function = script.functions.get(node.id)
        if function is not None:
            return self.closure(function, None)
        return Library(meaning(node, script.imports))

    def _attribute(self, node: ast.Attribute, scope: Scope | None) -> Any:
        owner = self.value(node.value, scope)
        if isinstance(owner, Library):
            return self._of_library(owner, node)
        attributes = ATTRIBUTES.get(type(owner), {})
        if node.attr in attributes:
            return attributes[node.attr](owner)
        if node.attr in METHODS.get(type(owner), {}):
            return Method(owner, node.attr)
        if isinstance(owner, list | tuple) and node.attr in ATTRIBUTES_OF_ARRAYS_ALONE:
            raise Stops
        raise NotFollowed

    def _of_library(self, owner: Library, node: ast.Attribute) -> Any:
        name = meaning(node, self.script.imports)
        return vocabulary("walk")["named_numbers"].get(name) or Library(name)

    def _subscript(self, node: ast.Subscript, scope: Scope | None) -> Any:
        owner = self.value(node.value, scope)
        return item_at(owner, self._index(node.slice, scope))

    def _index(self, node: ast.expr, scope: Scope | None) -> Any:
        if isinstance(node, ast.Tuple):
            return tuple(self._index(item, scope) for item in node.elts)
        if not isinstance(node, ast.Slice):
            index = self.value(node, scope)
            return None if index == Library("numpy.newaxis") else index
        bounds = (node.lower, node.upper, node.step)
        values = [None if b is None else self.value(b, scope) for b in bounds]
        if any(not (value is None or is_whole_number(value)) for value in values):
            raise NotFollowed
        if values[2] == 0:
            raise Stops
        return slice(*values)

    def _tuple(self, node: ast.Tuple, scope: Scope | None) -> Any:
        return tuple(self._values(node.elts, scope))

    def _list(self, node: ast.List, scope: Scope | None) -> Any:
        return self._values(node.elts, scope)

    def _dictionary(self, node: ast.Dict, scope: Scope | None) -> Any:
        dictionary: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                raise NotFollowed  # the items of another one
            put_item(dictionary, self.value(key, scope), self.value(value, scope))
        return dictionary

    def _values(self, nodes: Sequence[ast.expr], scope: Scope | None) -> list[Any]:
        """Return the values of items or arguments, including starred ones."""
        values: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                values.extend(self.items(node.value, scope))
            else:
                values.append(self.value(node, scope))
        return values

    def _signed(self, node: ast.UnaryOp, scope: Scope | None) -> Any:
        value = self.value(node.operand, scope)
        if isinstance(node.op, ast.Not):
            return not truth_of(value)
        sign = SIGNS.get(type(node.op))
        if sign is None or not (is_number(value) or isinstance(value, SmallArray)):
            raise NotFollowed
        return entry_by_entry(sign, value)

    def _operation(self, node: ast.BinOp, scope: Scope | None) -> Any:
        left = self.value(node.left, scope)
        return combined(node.op, left, self.value(node.right, scope))

    def _all_or_any(self, node: ast.BoolOp, scope: Scope | None) -> Any:
        ends_at = isinstance(node.op, ast.Or)
        value: Any = None
        for operand in node.values:
            value = self.value(operand, scope)
            if truth_of(value) == ends_at:
                break
        return value

    def _comparison(self, node: ast.Compare, scope: Scope | None) -> Any:
        left = self.value(node.left, scope)
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            right = self.value(comparator, scope)
            if not comparison_holds(op, left, right):
                return False
            left = right
        return True

    def _choice(self, node: ast.IfExp, scope: Scope | None) -> Any:
        is_true = truth_of(self.value(node.test, scope))
        side = node.body if is_true else node.orelse
        if self._is_choice_by_flags(node.test, scope):
            other_side = node.orelse if is_true else node.body
            self._count_as_visited([other_side])
        self.visited.add(side)
        return self.value(side, scope)

    def _lambda(self, node: ast.Lambda, scope: Scope | None) -> Any:
        return self.closure(node, scope)

    def _comprehension(
        self, node: ast.ListComp | ast.GeneratorExp, scope: Scope | None
    ) -> Any:
        values: list[Any] = []
        self._generate(node.elt, node.generators, Scope(scope), values)
        return values

    def _generate(
        self,
        item: ast.expr,
        generators: Sequence[ast.comprehension],
        scope: Scope,
        values: list[Any],
    ) -> None:
        if not generators:
            values.append(self.value(item, scope))
            return
        first, *others = generators
        for each in self.items(first.iter, scope):
            self._assign(first.target, each, scope)
            if all(truth_of(self.value(test, scope)) for test in first.ifs):
                self._generate(item, others, scope, values)

    def _call(self, node: ast.Call, scope: Scope | None) -> Any:
        function = self.value(node.func, scope)
        if function == Library("print"):
            return None
        arguments = self._values(node.args, scope)
        keywords = {}
        for keyword in node.keywords:
            if keyword.arg is None:
                raise NotFollowed
            keywords[keyword.arg] = self.value(keyword.value, scope)
        return self.call(function, arguments, keywords)


def unshared(default: Any) -> Any:
    """Return a default; nothing is known of one that calls can change: all share it."""
    return Opaque() if isinstance(default, list | dict | SmallArray) else default


def _scope_of_call(
    closure: Closure, arguments: Sequence[Any], keywords: Mapping[str, Any]
) -> Scope:
    """Return the values of a function's parameters in a call.

    Raises
    ------
    Stops
        If the arguments do not fit the parameters.
    """
    by_place = parameters_of(closure.node)
    every_name = every_parameter_of(closure.node)
    vararg, kwarg = closure.node.args.vararg, closure.node.args.kwarg
    others = {name: keywords[name] for name in keywords if name not in every_name}
    has_too_many = vararg is None and len(arguments) > len(by_place)
    if has_too_many or (kwarg is None and others):
        raise Stops
    by_name = {name: keywords[name] for name in keywords if name in every_name}
    given = dict(zip(by_place, arguments, strict=False)) | by_name
    scope = Scope(closure.around)
    scope.own.update(closure.defaults)
    scope.own.update(given)
    if vararg is not None:
        scope.own[vararg.arg] = tuple(arguments[len(by_place) :])
    if kwarg is not None:
        scope.own[kwarg.arg] = others
    if any(name not in scope.own for name in every_name):
        raise Stops
    scope.flags = {
        name
        for name, value in closure.defaults.items()
        if name not in given and isinstance(value, bool | str | None)
    }
    return scope


def _defaults_of(function: FunctionNode) -> dict[str, ast.expr]:
    """Return the defaults of a function, keyed by parameter name."""
    parameters = function.args
    by_place = parameters_of(function)
    first = len(by_place) - len(parameters.defaults)
    defaults = dict(zip(by_place[first:], parameters.defaults, strict=True))
    by_name = zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True)
    for parameter, default in by_name:
        if default is not None:
            defaults[parameter.arg] = default
    return defaults


STATEMENTS: dict[type, Callable[..., Ending]] = {
    ast.Return: Interpreter._return,
    ast.Expr: Interpreter._expression,
    ast.Assign: Interpreter._assignment,
    ast.AnnAssign: Interpreter._typed_assignment,
    ast.AugAssign: Interpreter._augmented,
    ast.If: Interpreter._if,
    ast.For: Interpreter._for,
    ast.While: Interpreter._while,
    ast.FunctionDef: Interpreter._definition,
    ast.Pass: Interpreter._nothing,
    ast.Import: Interpreter._nothing,
    ast.ImportFrom: Interpreter._nothing,
    ast.Break: Interpreter._break,
    ast.Continue: Interpreter._continue,
    ast.Raise: Interpreter._raise,
    ast.Assert: Interpreter._assert,
}

EXPRESSIONS: dict[type, Callable[..., Any]] = {
    ast.Constant: Interpreter._constant,
    ast.Name: Interpreter._name,
    ast.Attribute: Interpreter._attribute,
    ast.Subscript: Interpreter._subscript,
    ast.Tuple: Interpreter._tuple,
    ast.List: Interpreter._list,
    ast.Dict: Interpreter._dictionary,
    ast.UnaryOp: Interpreter._signed,
    ast.BinOp: Interpreter._operation,
    ast.BoolOp: Interpreter._all_or_any,
    ast.Compare: Interpreter._comparison,
    ast.IfExp: Interpreter._choice,
    ast.Lambda: Interpreter._lambda,
    ast.ListComp: Interpreter._comprehension,
    ast.GeneratorExp: Interpreter._comprehension,
    ast.Call: Interpreter._call,
}
