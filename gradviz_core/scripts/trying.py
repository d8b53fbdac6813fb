"""Trying: a function of a script carried out node by node, on small arrays of numbers.

Python runs nothing of it. Whatever is not listed here, and whatever takes too many
steps, is not followed: then nothing may be concluded.
"""

import ast
import itertools
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.scripts import small_arrays
from gradviz_core.scripts.names import (
    Imports,
    every_parameter_of,
    meaning,
    parameters_of,
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

FunctionNode = ast.FunctionDef | ast.Lambda


# Values, beside numbers, texts, lists, tuples and arrays


OF_ARRAYS_ALONE = ("ndim", "shape", "size")  # no list has these


class Opaque:
    """A value of which nothing is known: whoever uses it is not followed."""


@dataclass(frozen=True)
class Library:
    """Something of NumPy or of Python itself, by its full name."""

    name: str


@dataclass(frozen=True)
class Method:
    """A method of a value."""

    owner: Any
    name: str


@dataclass(frozen=True, eq=False)
class Closure:
    """A function of the script, with what its names stand for around it."""

    node: FunctionNode
    around: "Scope | None"
    defaults: Mapping[str, Any]


class Scope:
    """What names stand for in a function."""

    def __init__(self, around: "Scope | None" = None) -> None:
        self.around = around
        self.own: dict[str, Any] = {}
        self.flags: set[str] = set()  # parameters that choose between ways to work


class Visitor:
    """What `np.nditer` gives: one index after the other."""

    def __init__(self, array: SmallArray) -> None:
        self.indices = indices_of(array.shape)
        self.turn = 0


class KnownFunction:
    """The f of a trial: it keeps the arguments that it is asked about."""

    def __init__(self, value_at: Callable[[list[float]], float]) -> None:
        self.value_at = value_at
        self.asked: list[list[float]] = []
        self.most_arguments = 0

    def answer(self, arguments: Sequence[Any]) -> float:
        """Return the value for all the numbers that it gets, in their order."""
        numbers = [float(n) for each in arguments for n in array_of(each).entries()]
        self.asked.append(numbers)
        self.most_arguments = max(self.most_arguments, len(arguments))
        return self.value_at(numbers)


# How a block of statements ends


@dataclass(frozen=True)
class Returned:
    """A return was met, with this value."""

    value: Any


class Break:
    """A loop is left."""


class Continue:
    """The next turn of a loop begins."""


Ending = Returned | Break | Continue | None


@dataclass
class Script:
    """What the names of a script stand for outside its functions.

    Attributes
    ----------
    imports : dict
        What is imported.
    functions : mapping
        The functions that names stand for.
    constants : dict
        Names that are given a number once, and nothing else.
    rebound : set of str
        Names that stand for more than one thing, or for something else.
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
        Their statements, and the sides of their choices, that were met.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.limits = vocabulary("trying")
        self.entered: set[FunctionNode] = set()
        self.visited: set[ast.AST] = set()
        self.steps_of_all = 0
        self.steps = 0
        self.level = 0

    def run(self, function: FunctionNode, arguments: Mapping[str, Any]) -> Any:
        """Carry out one call, with arguments by name, and return what it gives.

        Raises
        ------
        NotFollowed
            If something in it is not known, or it takes too long.
        Stops
            If Python or NumPy would stop with an error.
        """
        self.steps = 0
        self.level = 0
        defaults = {**self._closure(function, None).defaults, **arguments}
        return self._call_closure(Closure(function, None, defaults), [], {})

    def argument(self, node: ast.expr) -> Any:
        """Return what an argument is that is a number, a text, a truth value or None.

        Raises
        ------
        NotFollowed
            If it is anything else.
        """
        self.steps = 0
        self.level = 0
        names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
        if any(name.id not in self.script.constants for name in names):
            raise NotFollowed
        value = self.value(node, None)
        if not isinstance(value, bool | int | float | str | None):
            raise NotFollowed
        return value

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
        """Return what a function gives."""
        if isinstance(function, Closure):
            return self._call_closure(function, arguments, keywords)
        if isinstance(function, KnownFunction):
            if keywords or not arguments:
                raise NotFollowed
            return function.answer(arguments)
        if isinstance(function, Library):
            name = type_named(function.name)
            return self._call_listed(FUNCTIONS, name, arguments, keywords)
        if isinstance(function, Method):
            methods = METHODS.get(type(function.owner), {})
            given = [function.owner, *arguments]
            return self._call_listed(methods, function.name, given, keywords)
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
        if node.args.vararg or node.args.kwarg:
            raise NotFollowed
        scope = Scope(closure.around)
        by_place = parameters_of(node)
        if len(arguments) > len(by_place) or not keywords.keys() <= {
            *every_parameter_of(node)
        }:
            raise Stops
        scope.own.update(closure.defaults)
        scope.own.update(zip(by_place, arguments, strict=False))
        scope.own.update(keywords)
        if any(name not in scope.own for name in every_parameter_of(node)):
            raise Stops
        given = {*by_place[: len(arguments)], *keywords}
        scope.flags = {
            name
            for name, value in closure.defaults.items()
            if name not in given and isinstance(value, bool | str | None)
        }
        self.entered.add(node)
        if isinstance(node, ast.Lambda):
            return self.value(node.body, scope)
        ending = self._block(node.body, scope)
        return ending.value if isinstance(ending, Returned) else None

    def _call_listed(
        self,
        table: Mapping[str, tuple[str, Callable[..., Any]]],
        name: str,
        arguments: Sequence[Any],
        keywords: Mapping[str, Any],
    ) -> Any:
        """Call a function of a table, which names its parameters in their order."""
        if name not in table:
            raise NotFollowed
        listed, function = table[name]
        parameters = listed.split()
        if parameters and parameters[-1] == "*":
            if keywords:
                raise NotFollowed
            return function(self, *arguments)
        is_known = len(arguments) <= len(parameters) and keywords.keys() <= {
            *parameters
        }
        if not is_known:
            raise NotFollowed
        given = dict(zip(parameters, arguments, strict=False)) | dict(keywords)
        if parameters and parameters[0] not in given:
            raise NotFollowed
        return function(self, *(given.get(each) for each in parameters))

    def _closure(self, node: FunctionNode, around: Scope | None) -> Closure:
        by_place = parameters_of(node)
        defaults = node.args.defaults
        given = dict(
            zip(by_place[len(by_place) - len(defaults) :], defaults, strict=True)
        )
        for parameter, default in zip(
            node.args.kwonlyargs, node.args.kw_defaults, strict=True
        ):
            if default is not None:
                given[parameter.arg] = default
        values = {name: self._default(node, around) for name, node in given.items()}
        return Closure(node, around, values)

    def _default(self, node: ast.expr, around: Scope | None) -> Any:
        level = self.level
        try:
            return self.value(node, around)
        except (NotFollowed, Stops):
            self.level = level
            return Opaque()

    # Statements

    def _block(self, body: Sequence[ast.stmt], scope: Scope) -> Ending:
        for statement in body:
            self._step()
            self.visited.add(statement)
            handler = STATEMENTS.get(type(statement))
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
        if isinstance(target, ast.Name):
            scope.own[target.id] = value
            scope.flags.discard(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            parts = items_of(value)
            if any(isinstance(element, ast.Starred) for element in target.elts):
                raise NotFollowed
            if len(parts) != len(target.elts):
                raise Stops
            for element, part in zip(target.elts, parts, strict=True):
                self._assign(element, part, scope)
        elif isinstance(target, ast.Subscript):
            owner = self.value(target.value, scope)
            put_item(owner, self._index(target.slice, scope), value)
        else:
            raise NotFollowed

    def _augmented(self, node: ast.AugAssign, scope: Scope) -> Ending:
        if isinstance(node.target, ast.Name):
            if node.target.id not in scope.own:
                raise NotFollowed  # Python stops, unless it says whose name this is
            before = self._name(ast.Name(node.target.id, ast.Load()), scope)
            operand = self.value(node.value, scope)
            scope.own[node.target.id] = self._changed(node.op, before, operand)
        elif isinstance(node.target, ast.Subscript):
            owner = self.value(node.target.value, scope)
            index = self._index(node.target.slice, scope)
            before = item_at(owner, index)
            operand = self.value(node.value, scope)
            put_item(owner, index, self._changed(node.op, before, operand))
        else:
            raise NotFollowed
        return None

    def _changed(self, op: ast.operator, before: Any, operand: Any) -> Any:
        """Return what `before += operand` leaves; an array is changed in place."""
        result = self._combined(op, before, operand)
        if not isinstance(before, SmallArray):
            return result
        is_cut = before.is_whole and not array_of(result).is_whole
        if is_cut or not isinstance(result, SmallArray) or result.shape != before.shape:
            raise Stops
        before.put((), result)
        return before

    def _if(self, node: ast.If, scope: Scope) -> Ending:
        is_true = truth_of(self.value(node.test, scope))
        side, other = node.body, node.orelse
        if not is_true:
            side, other = other, side
        if self._is_choice_by_flags(node.test, scope):
            self._excuse(other)
        return self._block(side, scope)

    def _is_choice_by_flags(self, test: ast.expr, scope: Scope | None) -> bool:
        """Whether a choice depends on flags alone, so that it is always the same."""
        names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
        return scope is not None and bool(names) and names <= scope.flags

    def _excuse(self, other_side: Sequence[ast.AST]) -> None:
        """Count what flags rule out as met."""
        for node in other_side:
            self.visited.update(ast.walk(node))

    def _for(self, node: ast.For, scope: Scope) -> Ending:
        for item in items_of(self.value(node.iter, scope)):
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
        scope.own[node.name] = self._closure(node, scope)
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
        """Return what an expression gives."""
        self._step()
        handler = EXPRESSIONS.get(type(node))
        if handler is None:
            raise NotFollowed
        self.level += 1
        value = handler(self, node, scope)
        self.level -= 1
        return value

    def _constant(self, node: ast.Constant, scope: Scope | None) -> Any:
        value = node.value
        is_listed = value is None or isinstance(value, bool | int | float | str)
        if not is_listed and value is not Ellipsis:
            raise NotFollowed
        return small(value)

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
            return self._closure(function, None)
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
        if isinstance(owner, list | tuple) and node.attr in OF_ARRAYS_ALONE:
            raise Stops
        raise NotFollowed

    def _of_library(self, owner: Library, node: ast.Attribute) -> Any:
        name = meaning(node, self.script.imports)
        if name in NUMBERS:
            return NUMBERS[name]
        return Library(name)

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

    def _values(self, nodes: Sequence[ast.expr], scope: Scope | None) -> list[Any]:
        """Return the values of a list or of arguments, starred ones included."""
        values: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                values.extend(items_of(self.value(node.value, scope)))
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
        return self._combined(node.op, left, self.value(node.right, scope))

    def _combined(self, op: ast.operator, left: Any, right: Any) -> Any:
        is_sum = isinstance(op, ast.Add)
        for kind in (list, tuple):
            if isinstance(left, kind) and isinstance(right, kind):
                if not is_sum:
                    raise NotFollowed
                return kind([*left, *right])
            if isinstance(left, kind) and is_whole_number(right):
                return repeated(op, left, right)
            if isinstance(right, kind) and is_whole_number(left):
                return repeated(op, right, left)
        operation = OPERATIONS.get(type(op))
        if operation is None:
            raise NotFollowed
        for one, other in ((left, right), (right, left)):
            if isinstance(one, list | tuple) and is_number(other):
                raise NotFollowed  # an error of Python, unless the number is NumPy's
        return entry_by_entry(lambda a, b: small(operation(a, b)), left, right)

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
            if not is_so(op, left, right):
                return False
            left = right
        return True

    def _choice(self, node: ast.IfExp, scope: Scope | None) -> Any:
        is_true = truth_of(self.value(node.test, scope))
        side, other = node.body, node.orelse
        if not is_true:
            side, other = other, side
        if self._is_choice_by_flags(node.test, scope):
            self._excuse([other])
        self.visited.add(side)
        return self.value(side, scope)

    def _lambda(self, node: ast.Lambda, scope: Scope | None) -> Any:
        return self._closure(node, scope)

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
        if first.ifs:
            raise NotFollowed
        for each in items_of(self.value(first.iter, scope)):
            self._assign(first.target, each, scope)
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


# Operators


def divided(left: Any, right: Any) -> float:
    """Return a quotient; NumPy and Python do not agree on one by zero."""
    if right == 0:
        raise NotFollowed
    return float(left) / float(right)


def to_the_power(base: Any, exponent: Any) -> Any:
    """Return a power that is a real number."""
    is_root = not float(exponent).is_integer()
    if (base < 0 and is_root) or (base == 0 and exponent < 0) or abs(exponent) > 1000:
        raise NotFollowed
    try:
        return base**exponent
    except OverflowError:
        raise NotFollowed from None


def small(value: Any) -> Any:
    """Return a value, unless it is a whole number that no float can hold."""
    if (
        is_whole_number(value)
        and abs(value) >= vocabulary("literals")["largest_integer"]
    ):
        raise NotFollowed
    return value


OPERATIONS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: divided,
    ast.Pow: to_the_power,
}

SIGNS: dict[type, Callable[[Any], Any]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}

ORDERS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def repeated(op: ast.operator, items: Any, times: int) -> Any:
    """Return a list or a tuple several times over."""
    is_short = len(items) * times <= vocabulary("trying")["most_entries"]
    if not isinstance(op, ast.Mult) or not is_short:
        raise NotFollowed
    return items * times


def is_so(op: ast.cmpop, left: Any, right: Any) -> bool:
    """Whether a comparison holds."""
    if isinstance(left, Opaque) or isinstance(right, Opaque):
        raise NotFollowed
    if isinstance(op, ast.Is | ast.IsNot):
        if left is not None and right is not None:
            raise NotFollowed
        return (left is right) == isinstance(op, ast.Is)
    if isinstance(op, ast.In | ast.NotIn):
        is_one = any(are_equal(left, item) for item in items_of(right))
        return is_one == isinstance(op, ast.In)
    if isinstance(op, ast.Eq | ast.NotEq):
        return are_equal(left, right) == isinstance(op, ast.Eq)
    if not is_number(left) or not is_number(right):
        raise NotFollowed
    return ORDERS[type(op)](left, right)


def are_equal(left: Any, right: Any) -> bool:
    """Whether two plain values are equal."""
    plain = (bool, int, float, str, type(None), tuple, list, Library)
    if not isinstance(left, plain) or not isinstance(right, plain):
        raise NotFollowed
    if isinstance(left, tuple | list) and isinstance(right, tuple | list):
        if type(left) is not type(right) or len(left) != len(right):
            return False
        return all(are_equal(a, b) for a, b in zip(left, right, strict=True))
    if isinstance(left, Library) and isinstance(right, Library):
        return type_named(left.name) == type_named(right.name)
    if isinstance(left, Library) or isinstance(right, Library):
        raise NotFollowed
    if isinstance(left, bool) != isinstance(right, bool):
        raise NotFollowed
    return bool(left == right)


def truth_of(value: Any) -> bool:
    """Whether a plain value counts as true."""
    is_plain = value is None or isinstance(
        value, bool | int | float | str | list | tuple
    )
    if not is_plain:
        raise NotFollowed
    return bool(value)


# Items


def items_of(value: Any) -> list[Any]:
    """Return what a loop over a value gives."""
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, SmallArray):
        if not value.shape:
            raise Stops
        return [value.part(k) for k in range(value.shape[0])]
    if is_number(value):
        raise Stops
    raise NotFollowed


def item_at(owner: Any, index: Any) -> Any:
    """Return what stands at an index of a list, a tuple or an array."""
    if isinstance(owner, SmallArray):
        return owner.part(index)
    if is_number(owner):
        raise Stops
    if not isinstance(owner, list | tuple):
        raise NotFollowed
    if isinstance(index, slice):
        return owner[index]
    if not is_whole_number(index):
        raise NotFollowed
    return owner[small_arrays.place_of(index, len(owner))]


def put_item(owner: Any, index: Any, value: Any) -> None:
    """Write into a list or an array."""
    if isinstance(owner, SmallArray):
        owner.put(index, value)
    elif isinstance(owner, list) and is_whole_number(index):
        owner[small_arrays.place_of(index, len(owner))] = value
    elif is_number(owner):
        raise Stops
    else:
        raise NotFollowed


def indices_of(shape: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the indices of an array of a shape, the last axis fastest."""
    small_arrays.filled(shape, 0, is_whole=True)  # which refuses a large one
    return list(itertools.product(*map(range, shape)))


# Functions and methods: their parameters, as far as they are read, and what they do


def shape_of(value: Any) -> tuple[int, ...]:
    """Return a shape that is given as a number or as several."""
    lengths = tuple(value) if isinstance(value, list | tuple) else (value,)
    if any(not is_whole_number(length) for length in lengths):
        raise NotFollowed
    return lengths


def lengths_of(value: Any) -> tuple[int, ...]:
    """Return the shape of a new array."""
    lengths = shape_of(value)
    if any(length < 0 for length in lengths):
        raise Stops
    return lengths


def type_named(name: Any) -> str:
    """Return `float` or `int` for one of their names, else the name itself."""
    types = vocabulary("types")
    if name in types["float"] or name in types["float_texts"]:
        return "float"
    return "int" if name in types["whole_64"] else name


def is_whole_type(dtype: Any) -> bool | None:
    """Whether a type is one of whole numbers, None if none is named."""
    if dtype is None:
        return None
    kind = type_named(dtype.name if isinstance(dtype, Library) else dtype)
    if kind not in ("float", "int"):
        raise NotFollowed
    return kind == "int"


def full_array(number: float) -> Callable[..., SmallArray]:
    """Return the function that makes an array of one number: `np.zeros`."""

    def make(_: Interpreter, shape: Any, dtype: Any) -> SmallArray:
        return small_arrays.filled(
            lengths_of(shape), number, is_whole_type(dtype) or False
        )

    return make


def full_array_like(number: float) -> Callable[..., SmallArray]:
    """Return the function that makes one like another array: `np.zeros_like`."""

    def make(_: Interpreter, value: Any, dtype: Any) -> SmallArray:
        like = array_of(value)
        kind = is_whole_type(dtype)
        return small_arrays.filled(
            like.shape, number, like.is_whole if kind is None else kind
        )

    return make


def converted(_: Interpreter, value: Any, dtype: Any, copy: Any = True) -> Any:
    """`np.array`: a copy, of another type if one is named."""
    if copy is False:
        raise NotFollowed
    return small_arrays.number_or_array(array_of(value, is_whole_type(dtype)))


def as_array(_: Interpreter, value: Any, dtype: Any) -> Any:
    """`np.asarray`: the array itself, if it has that type."""
    kind = is_whole_type(dtype)
    if isinstance(value, SmallArray) and kind in (None, value.is_whole):
        return value
    return small_arrays.number_or_array(array_of(value, kind))


def as_type(_: Interpreter, array: SmallArray, dtype: Any) -> SmallArray:
    """`x.astype`: a copy of another type."""
    return array.copied(is_whole_type(dtype))


def copied(_: Interpreter, value: Any) -> Any:
    """A copy of an array, a list or a number."""
    if isinstance(value, SmallArray):
        return value.copied()
    if is_number(value):
        return value
    return list(items_of(value))


def copied_array(_: Interpreter, value: Any) -> Any:
    """`np.copy`: an array, also of a list."""
    return small_arrays.number_or_array(array_of(value))


def as_float(_: Interpreter, value: Any) -> float:
    """`float`, of a number or of an array that holds one."""
    return float(only_number(value))


def as_whole(_: Interpreter, value: Any) -> Any:
    """`int`, of a number or of an array that holds one."""
    return small_arrays.as_kind(only_number(value), is_whole=True)


def only_number(value: Any) -> Any:
    """Return the number of an array that holds one, as NumPy did before its 2.4."""
    if isinstance(value, SmallArray):
        if value.size != 1:
            raise Stops
        return value.entries()[0]
    if not is_number(value):
        raise NotFollowed
    return value


def length_of(_: Interpreter, value: Any) -> int:
    """`len`."""
    return len(items_of(value))


def whole_numbers(_: Interpreter, *bounds: Any) -> list[int]:
    """`range`."""
    if not 1 <= len(bounds) <= 3 or not all(map(is_whole_number, bounds)):
        raise NotFollowed
    if len(bounds) == 3 and bounds[2] == 0:
        raise Stops
    numbers = range(*bounds)
    if len(numbers) > vocabulary("trying")["most_entries"]:
        raise NotFollowed
    return list(numbers)


def ordered(interpreter: Interpreter, *bounds: Any) -> SmallArray:
    """`np.arange`, of whole numbers."""
    numbers: list[Any] = whole_numbers(interpreter, *bounds)
    return small_arrays.new_array(numbers, (len(numbers),), is_whole=True)


def numbered(_: Interpreter, value: Any, start: Any) -> list[Any]:
    """`enumerate`."""
    first = 0 if start is None else start
    if not is_whole_number(first):
        raise NotFollowed
    return [(first + k, item) for k, item in enumerate(items_of(value))]


def side_by_side(_: Interpreter, *values: Any) -> list[Any]:
    """`zip`."""
    return list(zip(*map(items_of, values), strict=False))


def mapped(interpreter: Interpreter, function: Any, value: Any) -> list[Any]:
    """`map`, of one argument."""
    return [interpreter.call(function, [item], {}) for item in items_of(value)]


def magnitude(_: Interpreter, value: Any) -> Any:
    """`abs`."""
    return entry_by_entry(abs, value)


def unit_vectors(_: Interpreter, size: Any) -> SmallArray:
    """`np.eye`."""
    array = small_arrays.filled(lengths_of((size, size)), 0, is_whole=False)
    for k in range(size):
        array.put((k, k), 1)
    return array


def transposed(_: Interpreter, value: Any, axes: Any = None) -> SmallArray:
    """The array with its axes in reverse order."""
    if axes is not None:
        raise NotFollowed
    return of_array(value).transposed()


def of_array(value: Any) -> SmallArray:
    """Return an array; whatever is none is not followed."""
    if not isinstance(value, SmallArray):
        raise NotFollowed
    return value


def in_one_row(_: Interpreter, value: Any) -> SmallArray:
    """`ravel`: a window if it can be one."""
    return small_arrays.reshaped(of_array(value), (-1,))


def flattened(_: Interpreter, value: Any) -> SmallArray:
    """`flatten`: a copy."""
    return small_arrays.reshaped(of_array(value).copied(), (-1,))


def with_shape(_: Interpreter, value: Any, *lengths: Any) -> SmallArray:
    """`reshape`."""
    shape = shape_of(lengths[0]) if len(lengths) == 1 else shape_of(lengths)
    return small_arrays.reshaped(of_array(value), shape)


def at_least_one_axis(_: Interpreter, value: Any) -> SmallArray:
    """`np.atleast_1d`."""
    array = value if isinstance(value, SmallArray) else array_of(value)
    return array if array.shape else small_arrays.reshaped(array, (1,))


def at_least_two_axes(_: Interpreter, value: Any) -> SmallArray:
    """`np.atleast_2d`."""
    array = value if isinstance(value, SmallArray) else array_of(value)
    if len(array.shape) > 1:
        return array
    return small_arrays.reshaped(array, (1, array.size))


def visitor(_: Interpreter, value: Any, flags: Any, op_flags: Any) -> Visitor:
    """`np.nditer`, with the indices of what it visits."""
    if not isinstance(flags, list) or "multi_index" not in flags:
        raise NotFollowed
    return Visitor(of_array(value))


def next_index(_: Interpreter, visited: Visitor) -> None:
    """`iternext`."""
    visited.turn += 1


def all_indices(_: Interpreter, *shape: Any) -> list[Any]:
    """`np.ndindex`."""
    lengths = shape[0] if len(shape) == 1 else shape
    return list(indices_of(lengths_of(lengths)))


def along_axis(
    interpreter: Interpreter, function: Any, axis: Any, value: Any
) -> SmallArray:
    """`np.apply_along_axis`, of an array with two axes."""
    array = of_array(value)
    if len(array.shape) != 2 or axis not in (0, 1, -1):
        raise NotFollowed
    by_rows = array.transposed() if axis == 0 else array
    results = [
        array_of(interpreter.call(function, [row], {})) for row in items_of(by_rows)
    ]
    result = small_arrays.stacked(results)
    return result.transposed() if axis == 0 else result


def is_instance(_: Interpreter, value: Any, kinds: Any) -> bool:
    """`isinstance`, for arrays, lists, tuples and numbers."""
    if isinstance(value, Opaque):
        raise NotFollowed
    names = kinds if isinstance(kinds, tuple) else (kinds,)
    is_one = False
    for name in names:
        if not isinstance(name, Library) or name.name not in INSTANCES:
            raise NotFollowed
        is_one = is_one or INSTANCES[name.name](value)
    return is_one


def number_of_axes(_: Interpreter, value: Any) -> int:
    """`np.ndim`."""
    return len(array_of(value).shape)


def type_of(array: SmallArray) -> Library:
    """`x.dtype`."""
    return Library("int" if array.is_whole else "float")


def appended(_: Interpreter, items: list[Any], item: Any) -> None:
    """`append`."""
    items.append(item)


def as_list(_: Interpreter, value: Any) -> list[Any]:
    """`list`."""
    return items_of(value)


def as_tuple(_: Interpreter, value: Any) -> tuple[Any, ...]:
    """`tuple`."""
    return tuple(items_of(value))


INSTANCES: dict[str, Callable[[Any], bool]] = {
    "numpy.ndarray": lambda value: isinstance(value, SmallArray),
    "list": lambda value: isinstance(value, list),
    "tuple": lambda value: isinstance(value, tuple),
    "int": is_whole_number,
    "float": lambda value: isinstance(value, float),
}

NUMBERS: dict[str, float] = {
    "numpy.pi": 3.141592653589793,
    "numpy.e": 2.718281828459045,
}

FUNCTIONS: dict[str, tuple[str, Callable[..., Any]]] = {
    "float": ("value", as_float),
    "int": ("value", as_whole),
    "abs": ("value", magnitude),
    "len": ("value", length_of),
    "list": ("value", as_list),
    "tuple": ("value", as_tuple),
    "range": ("*", whole_numbers),
    "enumerate": ("value start", numbered),
    "zip": ("*", side_by_side),
    "map": ("function value", mapped),
    "isinstance": ("value kinds", is_instance),
    "copy.deepcopy": ("value", copied),
    "numpy.abs": ("value", magnitude),
    "numpy.zeros": ("shape dtype", full_array(0)),
    "numpy.ones": ("shape dtype", full_array(1)),
    "numpy.empty": ("shape dtype", full_array(0)),
    "numpy.zeros_like": ("value dtype", full_array_like(0)),
    "numpy.ones_like": ("value dtype", full_array_like(1)),
    "numpy.empty_like": ("value dtype", full_array_like(0)),
    "numpy.array": ("value dtype copy", converted),
    "numpy.asarray": ("value dtype", as_array),
    "numpy.copy": ("value", copied_array),
    "numpy.eye": ("size", unit_vectors),
    "numpy.identity": ("size", unit_vectors),
    "numpy.arange": ("*", ordered),
    "numpy.transpose": ("value axes", transposed),
    "numpy.atleast_1d": ("value", at_least_one_axis),
    "numpy.atleast_2d": ("value", at_least_two_axes),
    "numpy.ndim": ("value", number_of_axes),
    "numpy.nditer": ("value flags op_flags", visitor),
    "numpy.ndindex": ("*", all_indices),
    "numpy.apply_along_axis": ("function axis value", along_axis),
}

Table = dict[type, dict[str, tuple[str, Callable[..., Any]]]]

OF_NUMBERS: dict[str, tuple[str, Callable[..., Any]]] = {
    "copy": ("value", copied),
    "item": ("value", lambda _, value: value),
}

METHODS: Table = {
    SmallArray: {
        "copy": ("value", copied),
        "astype": ("value dtype", as_type),
        "flatten": ("value", flattened),
        "ravel": ("value", in_one_row),
        "reshape": ("*", with_shape),
        "transpose": ("value axes", transposed),
        "item": ("value", lambda _, value: only_number(value)),
    },
    list: {"append": ("items item", appended), "copy": ("value", copied)},
    float: OF_NUMBERS,
    int: OF_NUMBERS,
    Visitor: {"iternext": ("visited", next_index)},
}

# A number may be one of an array, which has these.
SIZES_OF_NUMBERS: dict[str, Callable[[Any], Any]] = {
    "shape": lambda _: (),
    "size": lambda _: 1,
    "ndim": lambda _: 0,
}

ATTRIBUTES: dict[type, dict[str, Callable[[Any], Any]]] = {
    float: SIZES_OF_NUMBERS,
    int: SIZES_OF_NUMBERS,
    SmallArray: {
        "T": SmallArray.transposed,
        "shape": lambda array: array.shape,
        "size": lambda array: array.size,
        "ndim": lambda array: len(array.shape),
        "dtype": type_of,
    },
    Visitor: {
        "finished": lambda visited: visited.turn >= len(visited.indices),
        "multi_index": lambda visited: item_at(visited.indices, visited.turn),
    },
}
