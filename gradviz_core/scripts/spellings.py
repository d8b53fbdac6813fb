"""Spellings: a function of a script, written as one expression in x.

Intermediate values are put in where they are used. What the result demands of x, beyond
what a spelling says, is kept beside it: `x0, x1 = x` fails for more than two numbers.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gradviz_core.scripts.literals import number, plain_text
from gradviz_core.scripts.names import Imports, meaning, parameters_of, star_modules
from gradviz_core.scripts.routines import is_float_type
from gradviz_core.scripts.source import Source
from gradviz_core.spelling.derivatives import FUNCTIONS
from gradviz_core.spelling.parser import SpellingError, parse_spelling

# How tightly a text binds, as Python does: a looser operand needs parentheses.
SUM, PRODUCT, SIGN, POWER, ATOM = range(1, 6)

OPERATORS: dict[type, tuple[str, int]] = {
    ast.Add: (" + ", SUM),
    ast.Sub: (" - ", SUM),
    ast.Mult: (" * ", PRODUCT),
    ast.Div: (" / ", PRODUCT),
    ast.Pow: ("**", POWER),
}

REDUCTIONS = {"sum", "prod", "mean", "max", "min"}

# Other names of NumPy, of `math` and of Python for what the language has.
SAME_AS = {
    "absolute": "abs",
    "fabs": "abs",
    "amax": "max",
    "amin": "min",
    "product": "prod",
    "norm": "linalg.norm",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "pow": "power",
    "inner": "dot",
    "vdot": "dot",
    "fmax": "maximum",
    "fmin": "minimum",
}
# All numbers of one point stand along these axes.
AXES_OF_ONE_POINT = ("0", "-1", "None")

BUILTINS = {"abs", "sum", "max", "min", "pow", "float", "len"}

# Of these, `math` raises where NumPy gives nan or inf.
RAISES_IN_MATH = {"log", "log2", "log10", "log1p", "sqrt", "arcsin", "arccos"}
RAISES_IN_MATH |= {"exp", "expm1", "sinh", "cosh"}

TWO_NUMBERS = "two numbers"  # more or fewer of them raise an error
MATH_DOMAIN = "math domain"  # a value that is no number raises an error

MOST_TURNS = 100  # a loop to a larger number is no loop over a few
DEEPEST = 12  # functions within functions
MOST_LEVELS = 100  # expressions within each other, those of functions included
MOST_STEPS = 100_000  # expressions and statements that are read in one script
LONGEST_TERM = 1000  # characters; a spelling has far fewer


Node = ast.expr | ast.stmt


class Unspellable(ValueError):
    """A function that cannot be written as a spelling.

    Attributes
    ----------
    node : ast.expr or ast.stmt
        What cannot be read.
    """

    def __init__(self, reason: str, node: Node) -> None:
        super().__init__(reason)
        self.node = node


@dataclass(frozen=True)
class Term:
    """A part of a spelling.

    `is_vector` says that it has one number for each entry of x; `is_each`, that in the
    script it is one of these numbers at a time, in a loop over x.
    """

    text: str
    binds: int
    is_vector: bool = False
    is_each: bool = False


@dataclass(frozen=True)
class Group:
    """Several values in a tuple or a list."""

    items: tuple["Term", ...]


Value = Term | Group
ValueOrTerm = TypeVar("ValueOrTerm", Term, Value)

X = Term("x", ATOM, is_vector=True)
EACH = Term("x", ATOM, is_vector=True, is_each=True)
INDEX = Term("index", ATOM)  # in a loop over the indices of x
LENGTH = Term("len(x)", ATOM)


@dataclass
class FunctionReading:
    """A function of one argument, as it was read.

    Attributes
    ----------
    name : str or None
        Its name; None for an expression alone.
    line : int
        Where it is defined.
    spelling : str or None
        None if it could not be written as one; then `reason` says why, and
        `reason_line` where.
    demands : list of str
        What it demands of x: `two numbers`, `math domain`.
    takes_one_point : bool
        Whether a test of `x.ndim` was decided for one point.
    """

    name: str | None
    line: int
    spelling: str | None = None
    demands: list[str] = field(default_factory=list)
    takes_one_point: bool = False
    reason: str = ""
    reason_line: int = 0


class Speller:
    """Writes the functions of a script as spellings.

    Parameters
    ----------
    source : Source
        The script.
    imports : mapping
        What its names stand for.
    functions : mapping
        Its functions by name, to be put in where they are called.
    constants : mapping
        Its numbers by name: what is assigned once, at the top.
    """

    def __init__(
        self,
        source: Source,
        imports: Imports,
        functions: Mapping[str, ast.FunctionDef | ast.Lambda],
        constants: Mapping[str, ast.expr],
    ) -> None:
        self.source = source
        self.imports = imports
        self.functions = functions
        self.constants = constants
        self.demands: list[str] = []
        self.takes_one_point = False
        self.level = 0
        self.steps = 0
        self._readings: dict[ast.AST, FunctionReading] = {}

    def read(
        self, name: str | None, function: ast.FunctionDef | ast.Lambda
    ) -> FunctionReading:
        """Read a function of one argument."""
        if function not in self._readings:
            self._readings[function] = self._reading(
                function, lambda: self._call(function, [X], function, depth=0)
            )
        return replace(self._readings[function], name=name)

    def read_expression(self, node: ast.expr) -> FunctionReading:
        """Read an expression in x that stands alone."""
        return self._reading(node, lambda: self._term(node, {"x": X}, 0))

    def read_body(self, statements: Sequence[ast.stmt]) -> FunctionReading:
        """Read the body of a function of x that was pasted without its first line."""

        def value() -> Value:
            returned = self._statements(statements, {"x": X}, 0)
            if returned is None:
                raise Unspellable("it returns nothing", statements[-1])
            return returned

        return self._reading(statements[0], value)

    def _reading(
        self,
        node: ast.Lambda | Node,
        read_value: Callable[[], Value],
    ) -> FunctionReading:
        """Return what comes of reading a function or an expression."""
        self.demands = []
        self.takes_one_point = False
        reading = FunctionReading(None, node.lineno)
        try:
            reading.spelling = _checked(read_value(), node)
        except Unspellable as error:
            reading.reason = str(error)
            reading.reason_line = error.node.lineno
        reading.demands = sorted(set(self.demands))
        reading.takes_one_point = self.takes_one_point
        return reading

    def _count(self, node: Node) -> None:
        """Count a step, and refuse what is too deep, or too long for one script."""
        self.steps += 1
        if self.level > MOST_LEVELS:
            raise Unspellable("it is nested too deeply", node)
        if self.steps > MOST_STEPS:
            raise Unspellable("it is too long", node)

    # Functions and their statements

    def _call(
        self,
        function: ast.FunctionDef | ast.Lambda,
        arguments: Sequence[Value],
        node: Node,
        depth: int,
    ) -> Value:
        """Put arguments into a function of the script."""
        if depth > DEEPEST:
            raise Unspellable("functions call each other too deeply", node)
        values = self._bound(function, arguments, node)
        if isinstance(function, ast.Lambda):
            return self._value(function.body, values, depth)
        value = self._statements(function.body, values, depth)
        if value is None:
            raise Unspellable("it returns nothing", function)
        return value

    def _bound(
        self,
        function: ast.FunctionDef | ast.Lambda,
        arguments: Sequence[Value],
        node: Node,
    ) -> dict[str, Value]:
        """Return what the parameters of a function stand for in a call."""
        parameters = function.args
        if parameters.vararg or parameters.kwonlyargs or parameters.kwarg:
            raise Unspellable("it takes any number of arguments", node)
        names = parameters_of(function)
        missing = len(names) - len(arguments)
        if missing < 0 or missing > len(parameters.defaults):
            raise Unspellable("a call has another number of arguments", node)
        values = dict(zip(names, arguments, strict=False))
        if missing:
            defaults = parameters.defaults[-missing:]
            for name, default in zip(names[-missing:], defaults, strict=True):
                values[name] = self._term(default, {}, 0)
        return values

    def _statements(
        self, statements: Sequence[ast.stmt], values: dict[str, Value], depth: int
    ) -> Value | None:
        """Follow statements up to a return; return its value, or None without one."""
        self.level += 1
        try:
            return self._returned(statements, values, depth)
        finally:
            self.level -= 1

    def _returned(
        self, statements: Sequence[ast.stmt], values: dict[str, Value], depth: int
    ) -> Value | None:
        for statement in statements:
            self._count(statement)
            if isinstance(statement, ast.Return):
                if statement.value is None:
                    raise Unspellable("it returns nothing", statement)
                return self._value(statement.value, values, depth)
            if isinstance(statement, ast.If):
                holds = self._is_for_one_point(statement.test, values)
                branch = statement.body if holds else statement.orelse
                value = self._statements(branch, values, depth)
                if value is not None:
                    return value
            else:
                self._statement(statement, values, depth)
        return None

    def _statement(
        self, statement: ast.stmt, values: dict[str, Value], depth: int
    ) -> None:
        if isinstance(statement, ast.Assign):
            value = self._value(statement.value, values, depth)
            for target in statement.targets:
                self._assign(target, value, values)
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            value = self._value(statement.value, values, depth)
            self._assign(statement.target, value, values)
        elif isinstance(statement, ast.AugAssign):
            self._assign_augmented(statement, values, depth)
        elif isinstance(statement, ast.For):
            self._loop(statement, values, depth)
        elif isinstance(statement, ast.Assert):
            self._assertion(statement, values)
        elif not self._does_nothing(statement):
            raise Unspellable("a statement of this kind is not read", statement)

    def _does_nothing(self, statement: ast.stmt) -> bool:
        """Whether a statement leaves the value of the function alone."""
        harmless = (ast.Pass, ast.Import, ast.ImportFrom, ast.FunctionDef)
        if isinstance(statement, harmless):
            return True
        if not isinstance(statement, ast.Expr):
            return False
        value = statement.value
        if isinstance(value, ast.Constant):  # a docstring
            return True
        return isinstance(value, ast.Call) and meaning(value.func, {}) == "print"

    def _assign(self, target: ast.expr, value: Value, values: dict[str, Value]) -> None:
        if isinstance(target, ast.Name):
            values[target.id] = value
            return
        if not isinstance(target, ast.Tuple | ast.List):
            raise Unspellable("it writes into an array", target)
        names = target.elts
        if isinstance(value, Term):
            value = self._unpacked(value, len(names), target)
        if len(value.items) != len(names):
            raise Unspellable("the numbers of names and values differ", target)
        for name, item in zip(names, value.items, strict=True):
            self._assign(name, item, values)

    def _unpacked(self, term: Term, count: int, node: Node) -> Group:
        """Return the entries of x, which has to have as many as there are names."""
        if term != X or count != 2:
            raise Unspellable("x holds two numbers, and nothing else does", node)
        self.demands.append(TWO_NUMBERS)
        return Group((Term("x[0]", ATOM), Term("x[1]", ATOM)))

    def _assign_augmented(
        self, statement: ast.AugAssign, values: dict[str, Value], depth: int
    ) -> None:
        target = statement.target
        if not isinstance(target, ast.Name):
            raise Unspellable("it writes into an array", target)
        before = self._term(target, values, depth)
        if before == X:
            raise Unspellable("an array changed in place is not read", statement)
        operand = self._term(statement.value, values, depth)
        values[target.id] = _joined(statement.op, before, operand, statement)

    def _loop(self, statement: ast.For, values: dict[str, Value], depth: int) -> None:
        """Read a loop that adds up one term for each number of x, or for a few."""
        if statement.orelse:
            raise Unspellable("a loop with else is not read", statement)
        turns = _few_turns(statement.iter)
        if turns is not None:
            for turn in turns:
                self._assign(statement.target, Term(str(turn), ATOM), values)
                self._statements_of_loop(statement, values, depth)
            return
        elements = self._elements(statement.target, statement.iter, values, depth)
        [*_, last] = statement.body
        is_sum = isinstance(last, ast.AugAssign) and isinstance(last.op, ast.Add)
        if len(statement.body) != 1 or not is_sum:
            raise Unspellable("a loop that does more than add up is not read", last)
        assert isinstance(last, ast.AugAssign)
        if not isinstance(last.target, ast.Name):
            raise Unspellable("it writes into an array", last)
        name = last.target.id
        if name in elements or _uses_name(last.value, name):
            raise Unspellable("a sum that uses itself is not read", last)
        before = self._term(last.target, values, depth)
        summand = self._term(last.value, values | elements, depth)
        total = _sum_over(summand, last)
        is_zero = before.text in ("0", "0.0", "0.")
        values[name] = total if is_zero else _joined(ast.Add(), before, total, last)

    def _statements_of_loop(
        self, statement: ast.For, values: dict[str, Value], depth: int
    ) -> None:
        self.level += 1
        try:
            for inner in statement.body:
                self._count(inner)
                self._statement(inner, values, depth)
        finally:
            self.level -= 1

    def _elements(
        self,
        target: ast.expr,
        iterable: ast.expr,
        values: Mapping[str, Value],
        depth: int,
    ) -> dict[str, Value]:
        """Return what the names of a loop over x stand for: x, for all its entries.

        An index stands for itself, and x[index] for x.
        """
        if isinstance(target, ast.Name) and self._is_x(iterable, values, depth):
            return {target.id: EACH}
        if isinstance(target, ast.Name) and self._is_range_of_x(iterable, values):
            return {target.id: INDEX}
        raise Unspellable("a loop over something else than x is not read", iterable)

    def _value_if_any(
        self, node: ast.expr, values: Mapping[str, Value], depth: int
    ) -> Value | None:
        try:
            return self._value(node, values, depth)
        except Unspellable:
            return None

    def _is_x(self, node: ast.expr, values: Mapping[str, Value], depth: int) -> bool:
        return self._value_if_any(node, values, depth) == X

    def _is_length(self, node: ast.expr, values: Mapping[str, Value]) -> bool:
        return self._value_if_any(node, values, 0) == LENGTH

    def _is_range_of_x(self, node: ast.expr, values: Mapping[str, Value]) -> bool:
        if not isinstance(node, ast.Call) or meaning(node.func, {}) != "range":
            return False
        return len(node.args) == 1 and self._is_length(node.args[0], values)

    def _is_for_one_point(self, test: ast.expr, values: Mapping[str, Value]) -> bool:
        """Whether a test of how x is shaped holds for one point."""
        holds = self._holds_for_one_point(test, values)
        if holds is None:
            raise Unspellable("a condition is not read, save one on x.ndim", test)
        self.takes_one_point = True
        return holds

    def _holds_for_one_point(
        self, test: ast.expr, values: Mapping[str, Value]
    ) -> bool | None:
        if not isinstance(test, ast.Compare) or len(test.ops) != 1:
            return None
        if not self._is_ndim(test.left, values):
            return None
        dimensions = number(test.comparators[0])
        if dimensions is None:
            return None
        outcomes: dict[type, bool] = {
            ast.Eq: dimensions == 1,
            ast.NotEq: dimensions != 1,
            ast.Lt: dimensions > 1,
            ast.LtE: dimensions >= 1,
            ast.Gt: dimensions < 1,
            ast.GtE: dimensions <= 1,
        }
        return outcomes.get(type(test.ops[0]))

    def _is_ndim(self, node: ast.expr, values: Mapping[str, Value]) -> bool:
        """Whether this is `x.ndim`, `np.ndim(x)` or `len(x.shape)`."""
        if isinstance(node, ast.Attribute) and node.attr == "ndim":
            return self._is_x(node.value, values, 0)
        if not isinstance(node, ast.Call) or len(node.args) != 1:
            return False
        name = meaning(node.func, self.imports)
        [argument] = node.args
        if name == "numpy.ndim":
            return self._is_x(argument, values, 0)
        is_shape = isinstance(argument, ast.Attribute) and argument.attr == "shape"
        if name == "len" and is_shape:
            assert isinstance(argument, ast.Attribute)
            return self._is_x(argument.value, values, 0)
        return False

    def _assertion(self, statement: ast.Assert, values: Mapping[str, Value]) -> None:
        """Read an assertion about the shape of x: it is a demand, or says nothing."""
        test = statement.test
        if self._holds_for_one_point(test, values):
            return
        is_equal = (
            isinstance(test, ast.Compare)
            and len(test.ops) == 1
            and isinstance(test.ops[0], ast.Eq)
        )
        if is_equal:
            assert isinstance(test, ast.Compare)
            wanted = plain_text(test.comparators[0])
            left = test.left
            is_shape = isinstance(left, ast.Attribute) and left.attr == "shape"
            if is_shape and wanted == "(2,)":
                assert isinstance(left, ast.Attribute)
                if self._is_x(left.value, values, 0):
                    self.demands.append(TWO_NUMBERS)
                    return
            if wanted == "2" and self._is_length(left, values):
                self.demands.append(TWO_NUMBERS)
                return
            if isinstance(left, ast.Attribute) and left.attr == "dtype":
                return
        raise Unspellable("an assertion of this kind is not read", statement)

    # Expressions

    def _term(self, node: ast.expr, values: Mapping[str, Value], depth: int) -> Term:
        """Read an expression that gives a number, or x or what is made of all of it."""
        return _as_term(self._value(node, values, depth), node)

    def _value(self, node: ast.expr, values: Mapping[str, Value], depth: int) -> Value:
        """Read any expression that is read at all."""
        self._count(node)
        self.level += 1
        try:
            value = self._value_of(node, values, depth)
        finally:
            self.level -= 1
        return _short_enough(value, node)

    def _value_of(
        self, node: ast.expr, values: Mapping[str, Value], depth: int
    ) -> Value:
        if isinstance(node, ast.Constant):
            return self._number(node)
        if isinstance(node, ast.Name):
            return self._name(node, values, depth)
        if isinstance(node, ast.UnaryOp):
            return self._signed(node, values, depth)
        if isinstance(node, ast.BinOp):
            return self._operation(node, values, depth)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, values, depth)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, values, depth)
        if isinstance(node, ast.Call):
            return self._function_call(node, values, depth)
        if isinstance(node, ast.Tuple | ast.List):
            return Group(tuple(self._term(item, values, depth) for item in node.elts))
        if isinstance(node, ast.IfExp):
            holds = self._is_for_one_point(node.test, values)
            return self._value(node.body if holds else node.orelse, values, depth)
        raise Unspellable("an expression of this kind is not read", node)

    def _number(self, node: ast.Constant) -> Term:
        is_number = isinstance(node.value, int | float)
        if not is_number or isinstance(node.value, bool):
            raise Unspellable("a number is wanted here", node)
        text = self.source.text(node).replace("_", "")
        if not text.isascii() or text[:2].lower() in ("0x", "0o", "0b"):
            raise Unspellable("a number of this form is not read", node)
        return Term(text, ATOM)

    def _name(self, node: ast.Name, values: Mapping[str, Value], depth: int) -> Value:
        if node.id in values:
            return values[node.id]
        constant = self.constants.get(node.id)
        if constant is not None and depth <= DEEPEST:
            return self._term(constant, {}, depth + 1)
        full = self._meaning(node)
        if full in ("numpy.pi", "math.pi"):
            return Term("np.pi", ATOM)
        if full in ("numpy.e", "math.e"):
            return Term("np.e", ATOM)
        raise Unspellable(f"{node.id} has no value that can be read", node)

    def _meaning(self, node: ast.expr) -> str:
        """Return what a name stands for, also if its module is imported whole."""
        full = meaning(node, self.imports)
        is_builtin = full in BUILTINS and not self._star_has(full)
        if "." in full or is_builtin:
            return full
        for module in star_modules(self.imports):
            if module in ("numpy", "math"):
                return f"{module}.{full}"
        has_no_imports = not self.imports
        return f"numpy.{full}" if has_no_imports else full

    def _star_has(self, name: str) -> bool:
        """Whether NumPy's own function of this name has replaced Python's."""
        return name in REDUCTIONS and "numpy" in star_modules(self.imports)

    def _signed(
        self, node: ast.UnaryOp, values: Mapping[str, Value], depth: int
    ) -> Term:
        operand = self._term(node.operand, values, depth)
        if isinstance(node.op, ast.UAdd):
            return operand
        if not isinstance(node.op, ast.USub):
            raise Unspellable("an operator of this kind is not read", node)
        _refuse_index([operand], node)
        text = f"-{_within(operand, SIGN)}"
        return Term(text, SIGN, operand.is_vector, operand.is_each)

    def _operation(
        self, node: ast.BinOp, values: Mapping[str, Value], depth: int
    ) -> Term:
        left = self._term(node.left, values, depth)
        right = self._term(node.right, values, depth)
        return _joined(node.op, left, right, node)

    def _subscript(
        self, node: ast.Subscript, values: Mapping[str, Value], depth: int
    ) -> Value:
        is_shape = isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
        if is_shape and number(node.slice) == 0:
            assert isinstance(node.value, ast.Attribute)
            if self._is_x(node.value.value, values, depth):
                return LENGTH
        value = self._value(node.value, values, depth)
        index = self._term(node.slice, values, depth)
        if isinstance(value, Group):
            if not index.text.isdigit() or int(index.text) >= len(value.items):
                raise Unspellable("an index of this kind is not read", node)
            return value.items[int(index.text)]
        if value != X:
            raise Unspellable("only x can have an index", node)
        if index == INDEX:
            return EACH
        if index.text not in ("0", "1", "-1", "-2"):
            raise Unspellable("x holds two numbers, x[0] and x[1]", node)
        return Term(f"x[{index.text}]", ATOM)

    def _attribute(
        self, node: ast.Attribute, values: Mapping[str, Value], depth: int
    ) -> Value:
        full = meaning(node, self.imports)
        if full in ("numpy.pi", "math.pi"):
            return Term("np.pi", ATOM)
        if full in ("numpy.e", "math.e"):
            return Term("np.e", ATOM)
        if node.attr == "size" and self._is_x(node.value, values, depth):
            return LENGTH
        if node.attr == "T" and self._is_x(node.value, values, depth):
            return X  # the transpose of one point is that point
        raise Unspellable("an attribute of this kind is not read", node)

    def _function_call(
        self, node: ast.Call, values: Mapping[str, Value], depth: int
    ) -> Value:
        function = self._own_function(node.func, values)
        if function is not None:
            if node.keywords:
                raise Unspellable("an argument with a name is not read", node)
            arguments = self._arguments(node, values, depth)
            return self._call(function, arguments, node, depth + 1)
        if isinstance(node.func, ast.Attribute):
            receiver = self._value_if_any(node.func.value, values, depth)
            if receiver is not None:
                term = _as_term(receiver, node.func.value)
                return self._method(node.func.attr, term, node, values, depth)
        full = self._meaning(node.func)
        module, _, name = full.rpartition(".")
        if module not in ("", "numpy", "numpy.linalg", "math"):
            raise Unspellable(f"{full} is not read", node)
        return self._library_call(module, name, node, values, depth)

    def _own_function(
        self, node: ast.expr, values: Mapping[str, Value]
    ) -> ast.FunctionDef | ast.Lambda | None:
        """Return the function of the script that is called, if it is one."""
        if isinstance(node, ast.Lambda):
            return node
        if isinstance(node, ast.Name) and node.id not in values:
            return self.functions.get(node.id)
        return None

    def _arguments(
        self, node: ast.Call, values: Mapping[str, Value], depth: int
    ) -> list[Value]:
        arguments: list[Value] = []
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                value = self._value(argument.value, values, depth)
                if isinstance(value, Term):
                    value = self._unpacked(value, 2, argument)
                arguments.extend(value.items)
            else:
                arguments.append(self._value(argument, values, depth))
        return arguments

    def _method(
        self,
        name: str,
        receiver: Term,
        node: ast.Call,
        values: Mapping[str, Value],
        depth: int,
    ) -> Term:
        """Read `x.sum()` and the like."""
        if name in ("copy", "flatten", "ravel") and not node.args:
            return receiver
        if name == "astype" and len(node.args) == 1 and not node.keywords:
            if is_float_type(node.args[0], self.imports):
                return receiver
            raise Unspellable("a type other than float is not read", node)
        if name == "dot" and len(node.args) == 1:
            argument = self._term(node.args[0], values, depth)
            return _dot(receiver, argument, node)
        is_reduction = name in REDUCTIONS and not receiver.is_each
        if is_reduction and not node.args and self._is_over_one_point(node):
            return Term(f"np.{name}({receiver.text})", ATOM)
        raise Unspellable(f"the method {name} is not read", node)

    def _is_over_one_point(self, node: ast.Call) -> bool:
        """Whether a reduction goes over all numbers of one point."""
        for keyword in node.keywords:
            value = keyword.value
            if keyword.arg != "axis" or plain_text(value) not in AXES_OF_ONE_POINT:
                return False
        return True

    def _library_call(
        self,
        module: str,
        name: str,
        node: ast.Call,
        values: Mapping[str, Value],
        depth: int,
    ) -> Value:
        """Read a call of NumPy, of `math` or of Python."""
        comprehension = self._sum_of_comprehension(module, name, node, values, depth)
        if comprehension is not None:
            return comprehension
        arguments = self._arguments(node, values, depth)
        if name in ("array", "asarray") and module == "numpy":
            return self._same_array(arguments, node)
        reduced = self._reduction_of_group(name, arguments, node)
        if reduced is not None:
            return reduced
        terms = [_as_term(argument, node) for argument in arguments]
        is_reduction = name in (*REDUCTIONS, *SAME_AS, "norm")
        if node.keywords and not (is_reduction and self._is_over_one_point(node)):
            raise Unspellable("an argument with a name is not read", node)
        if len(terms) == 2 and name in REDUCTIONS and module == "numpy":
            axis = terms.pop()
            if axis.text not in AXES_OF_ONE_POINT:
                raise Unspellable("an axis that one point does not have", node)
        return self._spelled_call(module, name, terms, node)

    def _same_array(self, arguments: Sequence[Value], node: ast.Call) -> Value:
        """Return what `np.array` makes an array of."""
        if len(arguments) != 1:
            raise Unspellable("an array of several things is not read", node)
        for keyword in node.keywords:
            is_type = keyword.arg == "dtype"
            if not is_type or not is_float_type(keyword.value, self.imports):
                raise Unspellable("a type other than float is not read", node)
        return arguments[0]

    def _spelled_call(
        self, module: str, name: str, terms: list[Term], node: ast.Call
    ) -> Term:
        is_of_math = module == "math"
        if is_of_math and any(term.is_vector and not term.is_each for term in terms):
            raise Unspellable(f"math.{name} takes one number, and x is an array", node)
        if name == "len" and terms == [X]:
            return LENGTH
        if name in ("float", "float64") and len(terms) == 1:
            if terms[0].is_vector and not terms[0].is_each:
                raise Unspellable("float takes one number, and x is an array", node)
            return terms[0]
        name = SAME_AS.get(name, name)
        if module == "numpy.linalg" and name != "linalg.norm":
            raise Unspellable(f"np.linalg.{name} is not read", node)
        if name == "dot" and len(terms) == 2:
            return _dot(terms[0], terms[1], node)
        if name == "power" and len(terms) == 2:
            return _joined(ast.Pow(), terms[0], terms[1], node)
        if name in ("max", "min") and len(terms) == 2 and module == "":
            name = f"{name}imum"
        rule = FUNCTIONS.get(name)
        if rule is None:
            raise Unspellable(f"{name} is not in the language of spellings", node)
        if len(rule.partials) != len(terms):
            raise Unspellable(f"{name} has another number of arguments here", node)
        if is_of_math and name in RAISES_IN_MATH:
            self.demands.append(MATH_DOMAIN)
        _refuse_index(terms, node)
        inner = ", ".join(term.text for term in terms)
        text = f"np.{name}({inner})"
        if rule.over:  # a reduction gives one number
            if any(term.is_each for term in terms):
                raise Unspellable(f"np.{name} of one number at a time", node)
            return Term(text, ATOM)
        return Term(text, ATOM, *_shape_of(terms, node))

    def _reduction_of_group(
        self, name: str, arguments: Sequence[Value], node: ast.Call
    ) -> Term | None:
        """Read `np.sum([a, b])` and the like, of a few values that are written out."""
        if len(arguments) != 1 or not isinstance(arguments[0], Group):
            return None
        items = list(arguments[0].items)
        operators = {"sum": ast.Add(), "prod": ast.Mult(), "product": ast.Mult()}
        operator = operators.get(name)
        are_numbers = not any(item.is_vector for item in items)
        if operator is None or not items or not are_numbers:
            raise Unspellable("a tuple or a list stands where a number should", node)
        total = items[0]
        for item in items[1:]:
            total = _joined(operator, total, item, node)
        return total

    def _sum_of_comprehension(
        self,
        module: str,
        name: str,
        node: ast.Call,
        values: Mapping[str, Value],
        depth: int,
    ) -> Term | None:
        """Read `sum(t**2 for t in x)`."""
        kinds = (ast.GeneratorExp, ast.ListComp)
        if len(node.args) != 1 or not isinstance(node.args[0], kinds):
            return None
        comprehension = node.args[0]
        [generator, *more] = comprehension.generators
        is_plain = not more and not generator.ifs and not node.keywords
        if name != "sum" or not is_plain or module == "math":
            raise Unspellable("a comprehension of this kind is not read", node)
        iterable = generator.iter
        elements = self._elements(generator.target, iterable, values, depth)
        summand = self._term(comprehension.elt, {**values, **elements}, depth)
        return _sum_over(summand, node)


def _checked(value: Value, node: Node) -> str:
    """Return the text of a spelling, if it is one."""
    if isinstance(value, Group):
        raise Unspellable("it gives several numbers, and f gives one", node)
    if value.is_vector:
        raise Unspellable("it gives one number for each entry of x", node)
    try:
        parse_spelling(value.text)
    except SpellingError:
        raise Unspellable("it is too long as one expression", node) from None
    return value.text


def _as_term(value: Value, node: Node) -> Term:
    if isinstance(value, Group):
        raise Unspellable("a tuple or a list stands where a number should", node)
    return value


def _uses_name(node: ast.expr, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node))


def _few_turns(iterable: ast.expr) -> list[int] | None:
    """Return the numbers of `range(2)` and the like, None for another loop."""
    if not isinstance(iterable, ast.Call) or meaning(iterable.func, {}) != "range":
        return None
    bounds = []
    for argument in iterable.args:
        if not isinstance(argument, ast.Constant) or type(argument.value) is not int:
            return None
        bounds.append(argument.value)
    if len(bounds) not in (1, 2):
        return None
    if max(bounds) > MOST_TURNS:
        return None
    turns = range(*bounds)
    return list(turns) if len(turns) <= 4 else None


def _sum_over(summand: Term, node: Node) -> Term:
    """Return the sum of a term over all numbers of x."""
    if not summand.is_each:
        # np.sum would count it once, and the loop once for every number of x.
        raise Unspellable("a sum of terms without x is not read", node)
    return Term(f"np.sum({summand.text})", ATOM)


def _dot(left: Term, right: Term, node: Node) -> Term:
    if left == X and right == X:
        # As a factor it would take what stands before it for a part of its product.
        return Term("x @ x", PRODUCT)
    for term in (left, right):
        if not term.is_vector or term.is_each:
            raise Unspellable("a product of arrays is read only of those like x", node)
    text = f"np.sum({_within(left, PRODUCT)} * {_within(right, PRODUCT + 1)})"
    return _short_enough(Term(text, ATOM), node)


def _refuse_index(terms: Sequence[Term], node: Node) -> None:
    """Refuse to compute with the index of a loop: it stands between brackets only."""
    if INDEX in terms:
        raise Unspellable("an index that is computed is not read", node)


def _short_enough(value: ValueOrTerm, node: Node) -> ValueOrTerm:
    """Return a value whose text may still become a spelling."""
    if isinstance(value, Term) and len(value.text) > LONGEST_TERM:
        raise Unspellable("it is too long", node)
    return value


def _joined(operator: ast.operator, left: Term, right: Term, node: Node) -> Term:
    """Return two terms with an operator between them."""
    if isinstance(operator, ast.MatMult):
        return _dot(left, right, node)
    if type(operator) not in OPERATORS:
        raise Unspellable("an operator of this kind is not read", node)
    sign, binds = OPERATORS[type(operator)]
    _refuse_index([left, right], node)
    shape = _shape_of([left, right], node)
    if isinstance(operator, ast.Pow):  # groups to the right, and takes a sign there
        text = f"{_within(left, ATOM)}{sign}{_within(right, SIGN)}"
    else:
        text = f"{_within(left, binds)}{sign}{_within(right, binds + 1)}"
    return _short_enough(Term(text, binds, *shape), node)


def _shape_of(terms: Sequence[Term], node: Node) -> tuple[bool, bool]:
    """Return whether what is made of these is a vector, and whether one at a time."""
    vectors = [term for term in terms if term.is_vector]
    one_at_a_time = [term for term in vectors if term.is_each]
    if one_at_a_time and len(one_at_a_time) < len(vectors):
        raise Unspellable("a number of x together with all of x is not read", node)
    return bool(vectors), bool(one_at_a_time)


def _within(term: Term, binds: int) -> str:
    """Return the text of an operand, in parentheses if it binds more loosely."""
    return term.text if term.binds >= binds else f"({term.text})"
