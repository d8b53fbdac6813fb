"""Spellings: text as a fast callable with an exact derivative, or a column and a reason.

The parser makes a program, the syntax tree in postfix order, ``x[0], 2, **, x[1], sin, +`` for
``x[0]**2 + np.sin(x[1])``. The first token at which no spelling can continue is refused.
"""

import difflib
import operator
import re
from typing import NamedTuple, NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradviz_core.spelling import derivatives as rules
from gradviz_core.toml_source import PACKAGE, load_toml

MAX_CHARACTERS, MAX_BRACKETS, MAX_NODES = 256, 32, 200
_VECTOR = rules.Leaf(lambda x: x, (0, 1))
_LENGTH = rules.Leaf(lambda x: np.float64(len(x)))
_CONSTANTS = {"pi": np.pi, "e": np.e}
_INDEXES = {"0": 0, "1": 1, "-1": -1, "-2": -2}
_BRACKETS = {"(": 1, "[": 1, ")": -1, "]": -1}
_TERM, _POWER = rules.OPERATORS["*"].precedence, rules.OPERATORS["**"].precedence
_TOKEN = re.compile(
    r" *(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<symbol>\*\*=?|//=?|<<=?|>>=?|->|<>|\.\.\.|[-+*/%@&|^!=<>:]=|.)|(?P<end>\Z))",
    re.ASCII | re.DOTALL,
)
MESSAGES = load_toml(PACKAGE / "spelling/messages.toml")
_NAMES = {
    name.rpartition(".")[2]: f"np.{name}" for name in (*rules.FUNCTIONS, *_CONSTANTS)
}


class SpellingError(ValueError):
    """A text that is no spelling; `column` says where it goes wrong, 1 for its first character."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.column = column


class Spelling:
    """A function f of one point, with its exact derivative; `source` is its text as passed."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.program = parse(text)
        self._evaluate = rules.compose(self.program)

    @np.errstate(all="ignore")
    def __call__(self, x: ArrayLike) -> np.float64:
        """Return f at one point, shape (n,), as NumPy computes the text."""
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
            One row is one point; any other shape is a ValueError.

        Returns
        -------
        ndarray of the same shape
            A row is nan where a step of the computation has no derivative: at a kink, a tie, the
            border of a domain, even if f as a whole has one there.

        Examples
        --------
        >>> parse_spelling("x[0]**2 * x[1]").gradient([[1, 2], [3, 4]])
        array([[ 4.,  1.],
               [24.,  9.]])
        """
        array = _real(points)
        if array.ndim not in (1, 2) or array.shape[-1] != 2:
            wide = array.ndim == 2 and len(array) == 2
            advice = (
                "that is one coordinate per row: pass points.T"
                if wide
                else "one row a point"
            )
            raise ValueError(
                f"points have shape (n, 2) or (2,), not {array.shape}; {advice}"
            )
        return rules.differentiate(self.program, array.reshape(-1, 2)).reshape(
            array.shape
        )


def parse_spelling(text: str) -> Spelling:
    """Check a text against the spelling language and return it as a function.

    Parameters
    ----------
    text : str
        One expression in x over NumPy, such as ``np.sum(x**2)``.

    Raises
    ------
    SpellingError
        If the text is no spelling; its ``column`` says where. What is no text is a TypeError.

    Examples
    --------
    >>> f = parse_spelling("x[0] * x[1]")
    >>> float(f([2.0, 3.0]))
    6.0
    """
    if not isinstance(text, str):
        raise TypeError(
            f"a spelling is text such as 'np.sum(x**2)', not {type(text).__name__}"
        )
    return Spelling(text)


def _real(points: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(points)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"points are real numbers, not {array.dtype}")
    return np.asarray(array, np.float64)


def _fail(column: int, message: str) -> NoReturn:
    raise SpellingError(f"column {column}: {message}", column)


class _Token(NamedTuple):
    kind: str
    text: str
    column: int


def parse(text: str) -> rules.Program:
    """Check a text against the grammar and return its program."""
    if len(text) > MAX_CHARACTERS:
        _fail(MAX_CHARACTERS + 1, f"at most {MAX_CHARACTERS} characters")
    parser = _Parser(text)
    vector = parser.expression()
    if parser.ahead():
        parser.refuse(parser.take(), "operator")
    if vector:  # the last step finished is the root
        _fail(
            parser.column, "this is a vector and f gives one number: np.sum(...) is one"
        )
    return tuple(parser.program)


class _Parser:
    """Precedence climbing; a method that reads an operand returns whether it is a vector."""

    def __init__(self, text: str) -> None:
        matches = [(match.lastgroup or "", match) for match in _TOKEN.finditer(text)]
        self.tokens = [
            _Token(kind, match[kind], match.start(kind) + 1) for kind, match in matches
        ]
        self.program: list[rules.Leaf | rules.Rule] = []
        self.position = self.nodes = self.brackets = self.column = 0

    def expression(self, loosest: int = 1) -> bool:
        if sign := rules.SIGNS.get(self.ahead()):
            token = self.count(self.take(), 1)
            vector = self.finish(sign, token, self.expression(sign.precedence))
        else:
            vector = self.operand(self.take(), starts_term=loosest <= _TERM)
        while (
            rule := rules.OPERATORS.get(self.ahead())
        ) and rule.precedence >= loosest:
            token = self.count(self.take(), 1)
            right = self.expression(rule.precedence + (rule.precedence < _POWER))
            vector = self.finish(rule, token, vector or right)
        return vector

    def operand(self, token: _Token, starts_term: bool) -> bool:
        if token.text == "(":
            self.open(token)
            vector = self.expression()
            self.take(")")
            return vector
        if token.text == "np":
            return self.dotted(token)
        if token.text == "len":
            return self.length(token)
        if token.text == "x":
            self.count(token)
            if self.ahead() == "[":
                return self.index(token)
            if self.ahead() == "@" and starts_term:
                return self.dot(token)
            return self.finish(_VECTOR, token, True)
        if token.kind == "number" and not re.fullmatch("0+[1-9][0-9]*", token.text):
            return self.constant(float(token.text), token)
        self.refuse(token, "operand", token.text if token.kind == "name" else "")

    def constant(self, number: float, token: _Token) -> bool:
        value = np.float64(number)
        return self.finish(rules.Leaf(lambda x: value), self.count(token), False)

    def index(self, token: _Token) -> bool:
        self.open(self.take("["))
        sign = self.take().text if self.ahead() == "-" else ""
        place = self.take()
        if (index := _INDEXES.get(sign + place.text)) is None:
            self.refuse(place, "index")
        self.take("]")
        return self.finish(
            rules.Leaf(operator.itemgetter(index), (index,)), token, False
        )

    def dot(self, x: _Token) -> bool:
        self.count(self.take("@"), 1)
        self.count(self.take("x"))
        if self.ahead() == "**":
            self.refuse(self.take(), "(x @ x)**2")
        self.finish(_VECTOR, x, True)
        return self.finish(rules.DOT, x, False)

    def length(self, token: _Token) -> bool:
        self.count(token)
        self.take("(")
        self.open(token)
        self.take("x")
        self.take(")")
        return self.finish(_LENGTH, token, False)

    def dotted(self, token: _Token) -> bool:
        self.take(".")
        name = self.take("name").text
        if name == "linalg":
            self.take(".")
            name = f"linalg.{self.take('name').text}"
        if name in _CONSTANTS:
            return self.constant(_CONSTANTS[name], token)
        if (rule := rules.FUNCTIONS.get(name)) is None:
            self.refuse(
                token, f"np.{', np.'.join(rules.FUNCTIONS)}, np.pi and np.e", name
            )
        self.count(token, len(rule.partials))
        self.take("(")
        self.open(token)
        arguments = [] if self.ahead() == ")" else [self.expression()]
        while arguments and self.ahead() == ",":
            self.take()
            arguments.append(self.expression())
        self.take(")")
        if (given := len(arguments)) != (wanted := len(rule.partials)):
            plural = "s" * (wanted > 1)
            _fail(
                token.column, f"np.{name} takes {wanted} argument{plural}, got {given}"
            )
        return self.finish(rule, token, any(arguments) and not rule.over)

    def ahead(self) -> str:
        return self.tokens[self.position].text

    def take(self, wanted: str = "") -> _Token:
        token = self.tokens[self.position]
        if wanted not in ("", token.text, token.kind):
            self.refuse(token, wanted)
        self.position += 1
        self.brackets += _BRACKETS.get(token.text, 0)
        return token

    def open(self, token: _Token) -> None:
        if self.brackets > MAX_BRACKETS:
            _fail(token.column, f"at most {MAX_BRACKETS} brackets may be open")

    def count(self, token: _Token, operands: int = 0) -> _Token:
        """Count a node, and see that those it needs behind it still have room."""
        self.nodes += 1
        if self.nodes + operands > MAX_NODES:
            _fail(
                token.column, f"at most {MAX_NODES} numbers, names, operators and calls"
            )
        return token

    def finish(
        self, step: rules.Leaf | rules.Rule, token: _Token, vector: bool
    ) -> bool:
        self.program.append(step)
        self.column = token.column
        return vector

    def refuse(self, token: _Token, allowed: str, name: str = "") -> NoReturn:
        meant = _NAMES | MESSAGES["meant"]
        near = difflib.get_close_matches(name, meant, 1, 0.7)
        allowed = MESSAGES["allowed"].get(allowed, allowed)
        advice = f"did you mean {meant[near[0]]}?" if near else f"allowed: {allowed}"
        found = (
            f"{token.text!r} cannot stand here"
            if token.text
            else "the text ends too early"
        )
        found = f"{name!r} is not in the language" if name else found
        _fail(token.column, f"{found}; {MESSAGES['advice'].get(token.text, advice)}")
