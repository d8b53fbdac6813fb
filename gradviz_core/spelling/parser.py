"""Parser: turns text into a fast callable with an exact derivative, or refuses it.

Nothing is ever passed to `eval`. The grammar is closed: the first token that cannot
continue any spelling is refused, with its column and the reason.
"""

import difflib
import operator
import re
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradviz_core.spelling import derivatives
from gradviz_core.spelling.derivatives import (
    CHOICE,
    COMPARISONS,
    FUNCTIONS,
    MATRIX_OF_TWO,
    OPERATORS,
    SIGNS,
    VECTOR_OF_TWO,
    Leaf,
    Operation,
    Precedence,
    Product,
    Reduction,
)
from gradviz_core.toml_source import PACKAGE, load_toml

MAX_CHARACTERS = 256
MAX_BRACKETS = 32  # open at the same time
MAX_NODES = 200  # each number, name, index, operator and call is one
NODES_OF_COMPARISON = 3  # its two sides, and the sign between them

X = Leaf(lambda x: x, (0, 1))
LENGTH = Leaf(lambda x: np.float64(len(x)))
CONSTANTS = {"pi": np.pi, "e": np.e}
INDEXES = {"0": 0, "1": 1, "-1": -1, "-2": -2}
BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
LOOSEST = Precedence.SUM

TOKEN = re.compile(
    r" *(?:"
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*)"
    # Python operators that the language lacks are also one token each.
    r"|(?P<symbol>\*\*=?|//=?|<<=?|>>=?|->|<>|\.\.\.|[-+*/%@&|^!=<>:]=|.)"
    r"|(?P<end>\Z)"
    r")",
    re.ASCII | re.DOTALL,
)
OCTAL_LOOKING = re.compile("0+[1-9][0-9]*")  # 012 is not a number in Python

# Names of the language without their prefix, as people often type them.
SHORT_NAMES = {
    name.rpartition(".")[2]: f"np.{name}" for name in (*FUNCTIONS, "array", *CONSTANTS)
}


@cache
def _messages() -> dict[str, Any]:
    """Return the messages for texts that are not spellings, shared with the browser."""
    return load_toml(PACKAGE / "spelling/messages.toml")


class SpellingError(ValueError):
    """A text that is not a spelling.

    Attributes
    ----------
    column : int
        Where the error is; 1 for the first character.
    """

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


class Spelling:
    """A function f of one point, with its exact derivative.

    `parse_spelling` makes one, and checks that it is given a text.

    Parameters
    ----------
    text : str
        One expression in x over NumPy.

    Attributes
    ----------
    source : str
        The text, as passed.
    program : tuple
        Its syntax tree in postfix order.

    Raises
    ------
    SpellingError
        If the text is not a spelling.

    Examples
    --------
    >>> f = Spelling("np.sum(x**2)")
    >>> f([3.0, 4.0])
    np.float64(25.0)
    >>> f.gradient([3.0, 4.0])
    array([6., 8.])
    """

    def __init__(self, text: str) -> None:
        self.source = text
        self.program = parse(text)
        self._evaluate = derivatives.compose(self.program)

    @np.errstate(all="ignore")
    def __call__(self, x: ArrayLike) -> np.float64:
        """Return f at one point, computed as NumPy computes the text.

        Nothing warns: where f overflows or has no value, it is inf or nan.

        Parameters
        ----------
        x : array_like, shape (d,)
            One point. d is 2, or what the book's routine takes for a point: in columns
            a whole row of coordinates.

        Returns
        -------
        float64

        Raises
        ------
        ValueError
            If x is not one point, or has a length that the text does not fit, as in
            ``x @ np.array([1, 2])``.
        TypeError
            If x does not hold real numbers.
        """
        row = _real(x)
        if row.ndim != 1:
            raise ValueError(
                f"f takes one point, shape (n,), not {row.shape}; gradient takes many"
            )
        return np.float64(self._evaluate(row))

    @np.errstate(all="ignore")
    def gradient(self, points: ArrayLike) -> NDArray[np.float64]:
        """Return the exact gradient of f, by forward mode over its tree.

        Parameters
        ----------
        points : array_like, shape (n, 2) or (2,)
            One row is one point.

        Returns
        -------
        ndarray of the same shape
            A row is nan where an operation has no derivative: at a kink, a tie or the
            border of a domain, even if f as a whole has one there; and where f or a
            slope overflows.

        Raises
        ------
        ValueError
            If points has another shape.
        TypeError
            If points are not real numbers.

        Examples
        --------
        >>> parse_spelling("x[0]**2 * x[1]").gradient([[1, 2], [3, 4]])
        array([[ 4.,  1.],
               [24.,  9.]])
        >>> parse_spelling("np.abs(x[0]) + x[1]").gradient([0, 1])
        array([nan, nan])

        Notes
        -----
        Forward-mode automatic differentiation with dual numbers, exact but for
        rounding: Griewank and Walther, Evaluating Derivatives, 2nd ed. (2008), 3.1.
        """
        array = _real(points)
        if array.ndim not in (1, 2) or array.shape[-1] != 2:
            advice = "one row a point"
            if array.ndim == 2 and len(array) == 2:
                advice = "that is one coordinate per row: pass points.T"
            raise ValueError(
                f"points have shape (n, 2) or (2,), not {array.shape}; {advice}"
            )
        rows = array.reshape(-1, 2)
        return derivatives.differentiate(self.program, rows).reshape(array.shape)


def parse_spelling(text: str) -> Spelling:
    """Check a text against the spelling language and return it as a function.

    Parameters
    ----------
    text : str
        One expression in x over NumPy, such as ``np.sum(x**2)``.

    Returns
    -------
    Spelling
        Called with one point, shape (2,), it returns f there; ``.gradient(points)`` is
        its exact gradient, at one point or at (n, 2) points, one per row.

    Raises
    ------
    SpellingError
        If the text is not a spelling; its ``column`` says where.
    TypeError
        If it is not a text.

    Examples
    --------
    >>> f = parse_spelling("x[0] * x[1]")
    >>> float(f([2.0, 3.0]))
    6.0
    >>> f.gradient([[2.0, 3.0], [4.0, 5.0]])
    array([[3., 2.],
           [5., 4.]])
    >>> parse_spelling("x[0] * y")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    gradviz_core.spelling.parser.SpellingError: column 8: 'y' is not in the language...
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(f"a spelling is text such as 'np.sum(x**2)', not {kind}")
    return Spelling(text)


def _real(points: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(points)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"points are real numbers, not {array.dtype}")
    return np.asarray(array, np.float64)


def _fail(column: int, message: str) -> NoReturn:
    raise SpellingError(f"column {column}: {message}", column)


class Token(NamedTuple):
    """A part of the text."""

    kind: str  # number, name, symbol or end
    text: str
    column: int


class Kind(NamedTuple):
    """What an operand is: a number, a vector or a matrix, or a comparison of them.

    `dimensions` is 0, 1 or 2. `comparison` is the comparing token, if there is one.
    """

    dimensions: int
    comparison: Token | None = None


NUMBER = Kind(0)
VECTOR = Kind(1)


def _kind_of_result(operation: Operation, operands: list[Kind]) -> Kind:
    """Return the kind of an operation's result, by the dimensions of its operands."""
    dimensions = [operand.dimensions for operand in operands]
    if isinstance(operation, Reduction):
        return NUMBER
    if isinstance(operation, Product) and min(dimensions) > 0:
        return Kind(sum(dimensions) - 2)
    return Kind(max(dimensions))


def parse(text: str) -> derivatives.Program:
    """Check a text against the grammar and return its program.

    Raises
    ------
    SpellingError
        If the text is not a spelling.
    """
    if len(text) > MAX_CHARACTERS:
        _fail(MAX_CHARACTERS + 1, f"at most {MAX_CHARACTERS} characters")
    parser = _Parser(text)
    whole = parser.value()
    if parser.ahead():
        parser.refuse(parser.take(), "operator")
    if whole.dimensions:
        parser.refuse_array(parser.root_column)
    return tuple(parser.program)


class _Parser:
    """Precedence climbing over the tokens.

    Methods that read an operand return its kind.
    """

    def __init__(self, text: str) -> None:
        self.tokens = []
        for match in TOKEN.finditer(text):
            kind = match.lastgroup or ""
            self.tokens.append(Token(kind, match[kind], match.start(kind) + 1))
        self.position = 0
        self.program: list[Operation] = []
        self.nodes = 0
        self.open_brackets = 0
        self.root_column = 0  # of the operation finished last: at the end, the root

    def value(self, may_compare: bool = False) -> Kind:
        """Read an expression or a choice, as between brackets or commas."""
        kind = self.expression(LOOSEST, may_compare)
        if kind.comparison:
            return kind
        if may_compare and self.ahead() in COMPARISONS:
            return self.comparison(kind)
        if self.ahead() == "if":
            return self.choice(kind)
        return kind

    def number(self) -> Kind:
        """Read a value that must be one number."""
        kind = self.value()
        if kind.dimensions:
            self.refuse_array(self.root_column)
        return kind

    def condition(self) -> Kind:
        """Read a comparison, with or without parentheses."""
        kind = self.expression(LOOSEST, may_compare=True)
        return kind if kind.comparison else self.comparison(kind)

    def comparison(self, left: Kind) -> Kind:
        """Read `< 1` after the left side of a comparison."""
        token = self.take()
        rule = COMPARISONS.get(token.text)
        if rule is None:
            self.refuse(token, "comparison")
        self.count(token, to_come=1)
        right = self.expression(LOOSEST)
        dimensions = max(left.dimensions, right.dimensions)
        return self.finish(rule, token, Kind(dimensions, token))

    def choice(self, chosen: Kind) -> Kind:
        """Read `if c else b` after a value."""
        token = self.count(self.take("if"), to_come=NODES_OF_COMPARISON + 1)
        condition = self.condition()
        if condition.comparison and condition.dimensions:
            self.refuse_array(condition.comparison.column)
        self.take("else")
        otherwise = self.value()
        if otherwise.dimensions != chosen.dimensions:
            _fail(token.column, _messages()["fault"]["choice"])
        return self.finish(CHOICE, token, chosen)

    def expression(self, loosest: int, may_compare: bool = False) -> Kind:
        """Read operands joined by operators that bind at least this tightly."""
        sign = SIGNS.get(self.ahead())
        if sign:
            token = self.count(self.take(), to_come=1)
            kind = self.finish(sign, token, self.expression(sign.precedence))
        else:
            kind = self.operand(self.take(), may_compare)
        if kind.comparison:
            return kind
        while True:
            rule = OPERATORS.get(self.ahead())
            if rule is None or rule.precedence < loosest:
                return kind
            token = self.count(self.take(), to_come=1)
            if isinstance(rule, Product) and not kind.dimensions:
                self.refuse_number(token)
            # The right operand binds tighter; only powers continue to the right.
            is_power = rule.precedence == Precedence.POWER
            right = self.expression(rule.precedence + (0 if is_power else 1))
            if isinstance(rule, Product) and not right.dimensions:
                self.refuse_number(token)
            kind = self.finish(rule, token, _kind_of_result(rule, [kind, right]))

    def operand(self, token: Token, may_compare: bool) -> Kind:
        """Read a number, a name, a call, or a value in parentheses."""
        if token.text == "(":
            self.check_open_brackets(token)
            kind = self.value(may_compare)
            self.take(")")
            return kind
        if token.text == "np":
            return self.dotted_name(token)
        if token.text == "len":
            return self.length(token)
        if token.text == "x":
            self.count(token)
            if self.ahead() == "[":
                return self.index(token)
            return self.finish(X, token, VECTOR)
        if token.kind == "number" and not OCTAL_LOOKING.fullmatch(token.text):
            return self.constant(float(token.text), token)
        self.refuse(token, "operand", token.text if token.kind == "name" else "")

    def constant(self, number: float, token: Token) -> Kind:
        """Read a number, np.pi or np.e."""
        value = np.float64(number)
        self.count(token)
        return self.finish(Leaf(lambda x: value), token, NUMBER)

    def index(self, x: Token) -> Kind:
        """Read `[0]` after x."""
        self.check_open_brackets(self.take("["))
        sign = self.take().text if self.ahead() == "-" else ""
        place = self.take()
        index = INDEXES.get(sign + place.text)
        if index is None:
            self.refuse(place, "index")
        self.take("]", "index end")
        leaf = Leaf(operator.itemgetter(index), (index,))
        return self.finish(leaf, x, NUMBER)

    def length(self, token: Token) -> Kind:
        """Read `(x)` after len."""
        self.count(token)
        self.take("(")
        self.check_open_brackets(token)
        self.take("x")
        self.take(")", "length end")
        return self.finish(LENGTH, token, NUMBER)

    def dotted_name(self, np_token: Token) -> Kind:
        """Read `.pi` or `.sin(…)` after np."""
        self.take(".")
        name = self.take("name").text
        if name == "linalg":
            self.take(".")
            name = f"linalg.{self.take('name').text}"
        if name in CONSTANTS:
            return self.constant(CONSTANTS[name], np_token)
        if name == "array":
            return self.array(np_token)
        rule = FUNCTIONS.get(name)
        if rule is None:
            names = ", np.".join([*FUNCTIONS, "array"])
            self.refuse(np_token, f"np.{names}, np.pi and np.e", name)
        if name == "where":
            self.count(np_token, to_come=NODES_OF_COMPARISON + 2)
            arguments = self.arguments(name, np_token, rule.arity, self.condition)
        else:
            self.count(np_token, to_come=rule.arity)
            arguments = self.arguments(name, np_token, rule.arity, self.value)
        return self.finish(rule, np_token, _kind_of_result(rule, arguments))

    def arguments(
        self, name: str, np_token: Token, wanted: int, first: Callable[[], Kind]
    ) -> list[Kind]:
        """Read the arguments of a function, the first in its own way."""
        self.take("(")
        self.check_open_brackets(np_token)
        arguments = []
        if self.ahead() != ")":
            arguments.append(first())
        while arguments and self.ahead() == ",":
            self.take()
            arguments.append(self.value())
        self.take(")")
        given = len(arguments)
        if given != wanted:
            plural = "s" if wanted > 1 else ""
            message = f"np.{name} takes {wanted} argument{plural}, got {given}"
            _fail(np_token.column, message)
        return arguments

    def array(self, np_token: Token) -> Kind:
        """Read `([1, 2])`, or a matrix, after np.array."""
        self.count(np_token, to_come=2)
        [array] = self.arguments("array", np_token, 1, self.rows)
        shape = MATRIX_OF_TWO if array.dimensions == 2 else VECTOR_OF_TWO
        return self.finish(shape, np_token, array)

    def rows(self) -> Kind:
        """Read two numbers in brackets, or two such rows."""
        self.check_open_brackets(self.take("["))
        return self.pair(self.row if self.ahead() == "[" else self.number)

    def row(self) -> Kind:
        """Read two numbers in brackets."""
        self.check_open_brackets(self.take("["))
        return self.pair(self.number)

    def pair(self, read: Callable[[], Kind]) -> Kind:
        """Read two items of a kind after an open bracket, and the closing bracket."""
        kind = read()
        self.take(",")
        read()
        self.take("]")
        return Kind(kind.dimensions + 1)

    def ahead(self) -> str:
        """The text of the next token."""
        return self.tokens[self.position].text

    def take(self, wanted: str = "", allowed: str = "") -> Token:
        """Take the next token, which must have this text or kind.

        If another is refused, the message says what is allowed: the text for the key
        `allowed`, or else for `wanted`.
        """
        token = self.tokens[self.position]
        if wanted not in ("", token.text, token.kind):
            self.refuse(token, allowed or wanted)
        self.position += 1
        self.open_brackets += BRACKETS.get(token.text, 0)
        return token

    def check_open_brackets(self, token: Token) -> None:
        """Refuse a token that opens one bracket too many."""
        if self.open_brackets > MAX_BRACKETS:
            _fail(token.column, f"at most {MAX_BRACKETS} brackets may be open")

    def count(self, token: Token, to_come: int = 0) -> Token:
        """Count a node, and check that there is room for those that must follow."""
        self.nodes += 1
        if self.nodes + to_come > MAX_NODES:
            message = f"at most {MAX_NODES} numbers, names, operators and calls"
            _fail(token.column, message)
        return token

    def finish(self, operation: Operation, token: Token, kind: Kind) -> Kind:
        """Add an operation whose operands have been read, and return its kind."""
        self.program.append(operation)
        self.root_column = token.column
        return kind

    def refuse_array(self, column: int) -> NoReturn:
        """Refuse a vector or a matrix where a number is expected."""
        _fail(column, _messages()["fault"]["array"])

    def refuse_number(self, token: Token) -> NoReturn:
        """Refuse a number next to `@`."""
        _fail(token.column, _messages()["fault"]["number"])

    def refuse(self, token: Token, allowed: str, name: str = "") -> NoReturn:
        """Report that a token cannot stand here, and what can.

        Parameters
        ----------
        token : Token
            The token at fault.
        allowed : str
            What can stand here, or its key in the messages.
        name : str
            The unknown name, if that is the fault.
        """
        if name:
            fault = f"{name!r} is not in the language"
        elif token.text:
            fault = f"{token.text!r} cannot stand here"
        else:
            fault = "the text ends too early"
        advice = _messages()["advice"].get(token.text)
        if advice is None:
            meant = SHORT_NAMES | _messages()["meant"]
            near = difflib.get_close_matches(name, meant, n=1, cutoff=0.7)
            if near:
                advice = f"did you mean {meant[near[0]]}?"
            else:
                advice = f"allowed: {_messages()['allowed'].get(allowed, allowed)}"
        _fail(token.column, f"{fault}; {advice}")
