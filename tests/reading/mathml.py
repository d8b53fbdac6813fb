"""The value of a published formula: MathML read as a person reads it.

A row of MathML becomes a list of tokens, and the tokens are evaluated by the usual rules:
powers before products, products before sums. What stands after a function, a sum or a
product sign belongs to it up to the next plus or minus. Groups made for layout alone
(`mrow`) mean nothing; fractions, roots, indices and powers keep what is inside them.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from lxml.html import HtmlElement

FUNCTIONS = {"sin": np.sin, "cos": np.cos, "exp": np.exp, "log": np.log}
OVER_ALL = {"∑": sum, "∏": math.prod, "max": max}
CONSTANTS = {"e": math.e, "π": math.pi}
APPLY = "\u2061"  # between a function and its argument, and never drawn
SILENT = ("mspace", "mtext")
CLOSING = (")", "|", "‖", ",", "=")


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
    kind = element.tag
    if kind in SILENT or text == APPLY:
        return
    if kind in ("math", "mrow"):
        for part in parts:
            yield from tokens(part)
    elif kind in ("mn", "mi", "mo"):
        yield Token(kind, text, [])
    elif kind == "msup":
        yield from tokens(parts[0])
        yield Token("power", "", parts[1:])
    elif kind == "msub":
        yield Token("index", _only_text(parts[0]), parts[1:])
    elif kind == "msubsup":
        yield Token("index", _only_text(parts[0]), parts[1:2])
        yield Token("power", "", parts[2:])
    elif kind in ("munder", "munderover"):
        yield Token("over", _only_text(parts[0]), parts[1:])
    elif kind in ("mfrac", "msqrt"):
        yield Token(kind, "", parts)
    else:
        raise ValueError(f"<{kind}> is unknown to this reader of formulas")


def _only_text(element: HtmlElement) -> str:
    return "".join(element.itertext()).strip()


def value_at(formula: HtmlElement, x: np.ndarray) -> float:
    """What `f(x_0, x_1) = …` is worth at a point."""
    every = list(tokens(formula))
    signs = [token.text for token in every]
    statement = every[signs.index("=") + 1 :]
    names: dict[str, Any] = {"x": dict(enumerate(x)), "n": len(x), **CONSTANTS}
    reader = _Reader(statement, names)
    if "," in signs[signs.index("=") :]:
        names |= _definition(statement)
    value = reader.sum()
    assert not reader.rest or reader.rest[0].text == ",", f"not read: {reader.rest}"
    return float(value)


def _definition(statement: list[Token]) -> dict[str, Any]:
    """What follows the first comma: `c = (1.5, 2.25, 2.625)`, its entries counted from 1."""
    at = [token.text for token in statement].index(",")
    name, equals, opening, *entries, closing = statement[at + 1 :]
    assert (equals.text, opening.text, closing.text) == ("=", "(", ")")
    numbers = [float(entry.text) for entry in entries if entry.kind == "mn"]
    return {name.text: dict(enumerate(numbers, start=1))}


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
        """Factors side by side, and what they are divided by."""
        value = self.factor()
        while self.rest and not self.next_is("+", "−", *CLOSING):
            if self.next_is("/"):
                self.rest.pop(0)
                value = value / self.factor()
            else:
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
        if token.kind == "mo":
            return self._between(token.text)
        if token.kind == "index":
            return self.names[token.text][self._value_of(token.parts[0])]
        if token.kind == "mfrac":
            above, below = (self._value_of(part) for part in token.parts)
            return above / below
        if token.kind == "msqrt":
            return math.sqrt(self._value_of(*token.parts))
        if token.kind == "over":
            return self._over_all(token)
        if token.text in FUNCTIONS:
            is_bracketed = self.next_is("(")
            argument = self.factor() if is_bracketed else self.product()
            return FUNCTIONS[token.text](argument)
        return self.names[token.text]

    def _between(self, opening: str) -> Any:
        """What stands between a sign and the one that closes it."""
        closing = {"(": ")", "|": "|", "‖": "‖"}[opening]
        value = self.sum()
        closed_by = self.rest.pop(0).text
        assert closed_by == closing, f"{opening} is closed by {closed_by}"
        if opening == "|":
            return abs(value)
        if opening == "‖":
            return math.hypot(*value.values())
        return value

    def _over_all(self, token: Token) -> Any:
        """A sum, a product or the largest, over all indices of x or over those that are named."""
        below = list(tokens(token.parts[0]))
        index = below[0].text
        indices = range(len(self.names["x"]))
        if len(below) > 1:
            first = int(below[2].text)
            last = int(self._value_of(token.parts[1]))
            indices = range(first, last + 1)
        body = self.rest
        values = []
        for i in indices:
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
