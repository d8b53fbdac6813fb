"""Parser: text as a fast callable with an exact derivative, or a column and a reason.

Nothing is ever handed to `eval`. The grammar is closed: the first token at which no
spelling can continue is refused.
"""

import difflib
import operator
import re
from functools import cache
from typing import Any, NamedTuple, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradviz_core.spelling import derivatives
from gradviz_core.spelling.derivatives import FUNCTIONS, OPERATORS, SIGNS, Leaf, Rule
from gradviz_core.toml_source import PACKAGE, load_toml

MAX_CHARACTERS = 256
MAX_BRACKETS = 32  # that are open at the same time
MAX_NODES = 200  # a number, name, index, operator or call is one each

VECTOR = Leaf(lambda x: x, (0, 1))
LENGTH = Leaf(lambda x: np.float64(len(x)))
CONSTANTS = {"pi": np.pi, "e": np.e}
INDEXES = {"0": 0, "1": 1, "-1": -1, "-2": -2}
BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
LOOSEST = 1
TERM = OPERATORS["*"].precedence
POWER = OPERATORS["**"].precedence

TOKEN = re.compile(
    r" *(?:"
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*)"
    # Operators of Python that the language has not are one token each, too.
    r"|(?P<symbol>\*\*=?|//=?|<<=?|>>=?|->|<>|\.\.\.|[-+*/%@&|^!=<>:]=|.)"
    r"|(?P<end>\Z)"
    r")",
    re.ASCII | re.DOTALL,
)
OCTAL_LOOKING = re.compile("0+[1-9][0-9]*")  # 012 is no number to Python

# Names of the language without their prefix, as they are often typed.
SHORT_NAMES = {
    name.rpartition(".")[2]: f"np.{name}" for name in (*FUNCTIONS, *CONSTANTS)
}


@cache
def _messages() -> dict[str, Any]:
    """Return what is said of a text that is no spelling; the browser says the same."""
    return load_toml(PACKAGE / "spelling/messages.toml")


class SpellingError(ValueError):
    """A text that is no spelling.

    Attributes
    ----------
    column : int
        Where it goes wrong, 1 for its first character.
    """

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


class Spelling:
    """A function f of one point, with its exact derivative.

    Attributes
    ----------
    source : str
        Its text, as it was passed.
    program : tuple
        Its syntax tree in postfix order.
    """

    def __init__(self, text: str) -> None:
        self.source = text
        self.program = parse(text)
        self._evaluate = derivatives.compose(self.program)

    @np.errstate(all="ignore")
    def __call__(self, x: ArrayLike) -> np.float64:
        """Return f at one point, shape (n,), as NumPy computes the text.

        Raises
        ------
        ValueError
            If x is not one point.
        TypeError
            If x does not hold real numbers.
        """
        row = _real(x)
        if row.ndim != 1:
            raise ValueError(
                f"f takes one point, shape (n,), not {row.shape}; gradient takes many"
            )
        return self._evaluate(row)

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
            A row is nan where a step of the computation has no derivative: at a kink, a
            tie, the border of a domain, even if f as a whole has one there.

        Raises
        ------
        ValueError
            If points have another shape.
        TypeError
            If points are not real numbers.

        Examples
        --------
        >>> parse_spelling("x[0]**2 * x[1]").gradient([[1, 2], [3, 4]])
        array([[ 4.,  1.],
               [24.,  9.]])
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

    Raises
    ------
    SpellingError
        If the text is no spelling; its ``column`` says where.
    TypeError
        If it is no text.

    Examples
    --------
    >>> f = parse_spelling("x[0] * x[1]")
    >>> float(f([2.0, 3.0]))
    6.0
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


def parse(text: str) -> derivatives.Program:
    """Check a text against the grammar and return its program.

    Raises
    ------
    SpellingError
        If the text is no spelling.
    """
    if len(text) > MAX_CHARACTERS:
        _fail(MAX_CHARACTERS + 1, f"at most {MAX_CHARACTERS} characters")
    parser = _Parser(text)
    is_vector = parser.expression()
    if parser.ahead():
        parser.refuse(parser.take(), "operator")
    if is_vector:
        message = "this is a vector and f gives one number: np.sum(...) is one"
        _fail(parser.root_column, message)
    return tuple(parser.program)


class _Parser:
    """Precedence climbing over the tokens.

    A method that reads an operand returns whether that is a vector.
    """

    def __init__(self, text: str) -> None:
        self.tokens = []
        for match in TOKEN.finditer(text):
            kind = match.lastgroup or ""
            self.tokens.append(Token(kind, match[kind], match.start(kind) + 1))
        self.position = 0
        self.program: list[Leaf | Rule] = []
        self.nodes = 0
        self.open_brackets = 0
        self.root_column = 0  # of the step finished last: in the end, of the root

    def expression(self, loosest: int = LOOSEST) -> bool:
        """Read operands joined by operators that bind at least this tightly."""
        sign = SIGNS.get(self.ahead())
        if sign:
            token = self.count(self.take(), operands=1)
            is_vector = self.expression(sign.precedence)
            self.finish(sign, token, is_vector)
        else:
            # Behind a factor, x @ x would be the product of both with the second x.
            is_vector = self.operand(self.take(), starts_term=loosest <= TERM)
        while True:
            rule = OPERATORS.get(self.ahead())
            if rule is None or rule.precedence < loosest:
                return is_vector
            token = self.count(self.take(), operands=1)
            # What stands to the right binds tighter; only powers go on to the right.
            is_power = rule.precedence == POWER
            right = self.expression(rule.precedence + (0 if is_power else 1))
            is_vector = self.finish(rule, token, is_vector or right)

    def operand(self, token: Token, starts_term: bool) -> bool:
        """Read a number, a name, a call, or an expression in parentheses."""
        if token.text == "(":
            self.check_open_brackets(token)
            is_vector = self.expression()
            self.take(")")
            return is_vector
        if token.text == "np":
            return self.dotted_name(token)
        if token.text == "len":
            return self.length(token)
        if token.text == "x":
            self.count(token)
            if self.ahead() == "[":
                return self.index(token)
            if self.ahead() == "@" and starts_term:
                return self.dot(token)
            return self.finish(VECTOR, token, is_vector=True)
        if token.kind == "number" and not OCTAL_LOOKING.fullmatch(token.text):
            return self.constant(float(token.text), token)
        self.refuse(token, "operand", token.text if token.kind == "name" else "")

    def constant(self, number: float, token: Token) -> bool:
        """Read a number, np.pi or np.e."""
        value = np.float64(number)
        self.count(token)
        return self.finish(Leaf(lambda x: value), token, is_vector=False)

    def index(self, x: Token) -> bool:
        """Read `[0]` behind x."""
        self.check_open_brackets(self.take("["))
        sign = self.take().text if self.ahead() == "-" else ""
        place = self.take()
        index = INDEXES.get(sign + place.text)
        if index is None:
            self.refuse(place, "index")
        self.take("]")
        leaf = Leaf(operator.itemgetter(index), (index,))
        return self.finish(leaf, x, is_vector=False)

    def dot(self, x: Token) -> bool:
        """Read `@ x` behind x."""
        self.count(self.take("@"), operands=1)
        self.count(self.take("x"))
        if self.ahead() == "**":
            self.refuse(self.take(), "(x @ x)**2")
        self.finish(VECTOR, x, is_vector=True)
        return self.finish(derivatives.DOT, x, is_vector=False)

    def length(self, token: Token) -> bool:
        """Read `(x)` behind len."""
        self.count(token)
        self.take("(")
        self.check_open_brackets(token)
        self.take("x")
        self.take(")")
        return self.finish(LENGTH, token, is_vector=False)

    def dotted_name(self, np_token: Token) -> bool:
        """Read `.pi`, or `.sin(…)`, behind np."""
        self.take(".")
        name = self.take("name").text
        if name == "linalg":
            self.take(".")
            name = f"linalg.{self.take('name').text}"
        if name in CONSTANTS:
            return self.constant(CONSTANTS[name], np_token)
        rule = FUNCTIONS.get(name)
        if rule is None:
            names = ", np.".join(FUNCTIONS)
            self.refuse(np_token, f"np.{names}, np.pi and np.e", name)
        return self.call(rule, name, np_token)

    def call(self, rule: Rule, name: str, np_token: Token) -> bool:
        """Read the arguments of a function."""
        wanted = len(rule.partials)
        self.count(np_token, operands=wanted)
        self.take("(")
        self.check_open_brackets(np_token)
        are_vectors = []
        if self.ahead() != ")":
            are_vectors.append(self.expression())
        while are_vectors and self.ahead() == ",":
            self.take()
            are_vectors.append(self.expression())
        self.take(")")
        given = len(are_vectors)
        if given != wanted:
            plural = "s" if wanted > 1 else ""
            message = f"np.{name} takes {wanted} argument{plural}, got {given}"
            _fail(np_token.column, message)
        is_reduction = bool(rule.over)
        return self.finish(rule, np_token, any(are_vectors) and not is_reduction)

    def ahead(self) -> str:
        """The text of the next token."""
        return self.tokens[self.position].text

    def take(self, wanted: str = "") -> Token:
        """Take the next token, which has to be of this text or kind."""
        token = self.tokens[self.position]
        if wanted not in ("", token.text, token.kind):
            self.refuse(token, wanted)
        self.position += 1
        self.open_brackets += BRACKETS.get(token.text, 0)
        return token

    def check_open_brackets(self, token: Token) -> None:
        """Refuse a bracket too many, at this token."""
        if self.open_brackets > MAX_BRACKETS:
            _fail(token.column, f"at most {MAX_BRACKETS} brackets may be open")

    def count(self, token: Token, operands: int = 0) -> Token:
        """Count a node, and see that those it needs behind it still have room."""
        self.nodes += 1
        if self.nodes + operands > MAX_NODES:
            message = f"at most {MAX_NODES} numbers, names, operators and calls"
            _fail(token.column, message)
        return token

    def finish(self, step: Leaf | Rule, token: Token, is_vector: bool) -> bool:
        """Add a step whose operands have been read."""
        self.program.append(step)
        self.root_column = token.column
        return is_vector

    def refuse(self, token: Token, allowed: str, name: str = "") -> NoReturn:
        """Say that a token cannot stand here, and what can.

        Parameters
        ----------
        token : Token
            Where the text goes wrong.
        allowed : str
            What can stand here, or its key in the messages.
        name : str
            The name that is not known, if that is the fault.
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
