"""The value of a published formula: MathML read as a person reads it.

A row of MathML becomes a list of tokens, and the tokens are evaluated by the usual rules:
powers before products, products before sums. What stands after a function, a sum or a
product sign belongs to it up to the next plus or minus. Groups made for layout alone
(`mrow`) mean nothing; fractions, roots, indices and powers keep what is inside them.
"""

import math
import operator
from collections.abc import Iterator
from typing import Any

import numpy as np
from lxml.html import HtmlElement

FUNCTIONS = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "exp": np.exp,
    "log": np.log,
    "sgn": np.sign,
    "max": max,
    "min": min,
}
LOGARITHMS = {2: np.log2, 10: np.log10}
OVER_ALL = {"∑": sum, "∏": math.prod, "max": max, "min": min}
COMPARISONS = {
    "<": operator.lt,
    "≤": operator.le,
    ">": operator.gt,
    "≥": operator.ge,
    "=": operator.eq,
    "≠": operator.ne,
}
CONSTANTS = {"e": math.e, "π": math.pi}
APPLY = "\u2061"  # between a function and its argument, and never drawn
SILENT = ("mspace", "mtext")
CLOSING = (")", ",", *COMPARISONS)


class Token:
    """A part of a formula: a number, a name, a sign, or an element with parts of its own."""

    def __init__(self, kind: str, text: str, parts: list[HtmlElement]) -> None:
        self.kind = kind
        self.text = text
        self.parts = parts

    def __repr__(self) -> str:
        return self.text or self.kind


def tokens(element: HtmlElement) -> Iterator[Token]:
    """The parts of a formula in the order in which they are read."""
    text = (element.text or "").strip()
    parts = list(element)
    kind = "length" if _is_between_bars(parts) else element.tag
    if kind in SILENT or text == APPLY:
        return
    if kind in ("math", "mrow", "mtd", "mpadded"):
        for part in parts:
            yield from tokens(part)
    elif kind in ("mn", "mi", "mo"):
        yield Token(kind, text, [])
    elif kind == "msup":
        yield from tokens(parts[0])
        yield Token("power", "", parts[1:])
    elif kind in ("msub", "munder"):
        yield Token("index", _only_text(parts[0]), parts[1:])
    elif kind == "msubsup":
        yield Token("index", _only_text(parts[0]), parts[1:2])
        yield Token("power", "", parts[2:])
    elif kind == "length":
        yield Token(kind, "", parts[1:-1])
    elif kind in ("mfrac", "msqrt", "mtable"):
        yield Token(kind, "", parts)
    else:
        raise ValueError(f"<{kind}> is unknown to this reader of formulas")


def _is_between_bars(parts: list[HtmlElement]) -> bool:
    signs = [part.text for part in parts if part.tag == "mo"]
    return len(signs) > 1 and signs[0] == signs[-1] and signs[0] in ("|", "‖")


def _only_text(element: HtmlElement) -> str:
    return "".join(element.itertext()).strip()


def value_at(formula: HtmlElement, x: np.ndarray) -> float:
    """What `f(x_0, x_1) = …` is worth at a point."""
    every = list(tokens(formula))
    signs = [token.text for token in every]
    statement = every[signs.index("=") + 1 :]
    names: dict[str, Any] = {"x": dict(enumerate(x)), "n": len(x), **CONSTANTS}
    reader = _Reader(statement, names)
    value = reader.sum()
    assert not reader.rest, f"not read: {reader.rest}"
    return float(value)


class _Reader:
    """Evaluates tokens from the left; `rest` is what has not been read."""

    def __init__(self, rest: list[Token], names: dict[str, Any]) -> None:
        self.rest = list(rest)
        self.names = names

    def next_is(self, *signs: str) -> bool:
        return (
            bool(self.rest) and self.rest[0].kind == "mo" and self.rest[0].text in signs
        )

    def sum(self) -> Any:
        value = -self._after_sign() if self.next_is("−") else self.product()
        while self.next_is("+", "−"):
            value = (
                value + self._after_sign()
                if self.next_is("+")
                else value - self._after_sign()
            )
        return value

    def _after_sign(self) -> Any:
        self.rest.pop(0)
        return self.product()

    def product(self) -> Any:
        """Factors side by side."""
        value = self.factor()
        while self.rest and not self.next_is("+", "−", *CLOSING):
            if self.next_is("⋅"):
                self.rest.pop(0)
            value = value * self.factor()
        return value

    def factor(self) -> Any:
        value = self.atom()
        while self.rest and self.rest[0].kind == "power":
            power = self.rest.pop(0)
            value = value ** self._value_of(power.parts[0])
        return value

    def atom(self) -> Any:
        token = self.rest.pop(0)
        if token.kind == "mn":
            return float(token.text)
        if token.kind in ("mi", "mo") and token.text in FUNCTIONS:
            return FUNCTIONS[token.text](*self._arguments())
        if token.kind == "mo":
            return self._between(token.text)
        if token.text == "log" and token.kind == "index":
            return LOGARITHMS[self._value_of(token.parts[0])](self.factor())
        if token.text in OVER_ALL:
            return self._over_all(token)
        if token.kind == "index":
            return self.names[token.text][self._value_of(token.parts[0])]
        if token.kind == "mfrac":
            above, below = (self._value_of(part) for part in token.parts)
            return above / below
        if token.kind == "length":
            value = self._value_of(*token.parts)
            return (
                math.hypot(*value.values()) if isinstance(value, dict) else abs(value)
            )
        if token.kind == "msqrt":
            return math.sqrt(self._value_of(*token.parts))
        return self.names[token.text]

    def _arguments(self) -> list[Any]:
        """What stands in the parentheses behind the name of a function."""
        assert self.rest.pop(0).text == "("
        arguments = [self.sum()]
        while self.next_is(","):
            self.rest.pop(0)
            arguments.append(self.sum())
        assert self.rest.pop(0).text == ")"
        return arguments

    def _between(self, opening: str) -> Any:
        """What stands between a sign and the one that closes it."""
        if opening == "{":
            return self._chosen(self.rest.pop(0).parts)
        assert opening == "("
        value = self.sum()
        closed_by = self.rest.pop(0).text
        assert closed_by == ")", f"( is closed by {closed_by}"
        return value

    def _chosen(self, rows: list[HtmlElement]) -> Any:
        """The value in the row whose condition holds."""
        self.rest.pop(0)  # the sign that closes nothing
        held = []
        for value, condition in rows:
            reader = _Reader(list(tokens(condition)), self.names)
            left = reader.sum()
            compared = COMPARISONS[reader.rest.pop(0).text]
            if compared(left, reader.sum()):
                held.append(self._value_of(value))
        (value,) = held
        return value

    def _over_all(self, token: Token) -> Any:
        """A sum, a product or the largest, over all indices of x."""
        (index,) = [below.text for below in tokens(token.parts[0])]
        body = self.rest
        values = []
        for i in range(len(self.names["x"])):
            reader = _Reader(body, {**self.names, index: i})
            values.append(reader.product())
            self.rest = reader.rest
        return OVER_ALL[token.text](values)

    def _value_of(self, *elements: HtmlElement) -> Any:
        """The value of elements with a row of their own, such as a denominator."""
        inside = [token for element in elements for token in tokens(element)]
        reader = _Reader(inside, self.names)
        value = reader.sum()
        assert not reader.rest, f"not read: {reader.rest}"
        return value
