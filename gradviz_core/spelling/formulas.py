"""Formulas: a spelling as mathematics is written, in TeX.

The formula of a function is made of its spelling, so that it cannot be that of another.
A spelling is an expression of Python, whose own parser reads it once more.
"""

import ast
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from gradviz_core.spelling.parser import parse_spelling


class Binding(IntEnum):
    """How tightly the parts of a formula are held together, the loosest first."""

    CASES = 1  # a choice between two
    SUM = 2  # a + b, and -a
    OPEN = 3  # the sign of a sum or a product takes in whatever follows it
    PRODUCT = 4
    POWER = 5
    ATOM = 6  # what may have an exponent


@dataclass(frozen=True)
class Part:
    """A part of a formula."""

    tex: str
    binding: Binding = Binding.ATOM

    def within(self, loosest: Binding) -> str:
        """The part as it stands among others, in parentheses if it must have some."""
        return self.tex if self.binding >= loosest else _in_parentheses(self.tex)


# The sign where a comparison is true, and where it is not.
COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", r"\ge"),
    ast.LtE: (r"\le", ">"),
    ast.Gt: (">", r"\le"),
    ast.GtE: (r"\ge", "<"),
    ast.Eq: ("=", r"\ne"),
    ast.NotEq: (r"\ne", "="),
}
CONSTANTS = {"pi": r"\pi", "e": "e"}
TRIGONOMETRIC = ("sin", "cos", "tan", "arcsin", "arccos", "arctan")
HYPERBOLIC = ("sinh", "cosh", "tanh")
# These have the same name in TeX.
SAME_IN_TEX = (*TRIGONOMETRIC, *HYPERBOLIC, "exp", "log")
# What stands before the argument in parentheses.
HEADS = {name: rf"\{name}" for name in SAME_IN_TEX} | {
    "log2": r"\log_2",
    "log10": r"\log_{10}",
    "sign": r"\operatorname{sgn}",
    "maximum": r"\max",
    "minimum": r"\min",
}
# What stands before the entry of a vector, over all its places.
OVER_ALL = {
    "sum": r"\sum",
    "mean": r"\frac{1}{n} \sum",
    "prod": r"\prod",
    "max": r"\max",
    "min": r"\min",
}
# What gives a number, whatever it is given.
OF_A_POINT = {"len", "np.linalg.norm", *(f"np.{name}" for name in OVER_ALL)}
PLACES = "ijkl"  # one for each sum within another
# These make a formula tall, and its parentheses with it.
TALL = (r"\frac", r"\sum", r"\prod", r"\sqrt", r"\begin")


class _NoFormula(Exception):
    """A spelling for which this module has no notation: with arrays of its own, say."""


def formula_of(spelling: str) -> str | None:
    r"""Return the formula of a spelling in TeX.

    Parameters
    ----------
    spelling : str
        A text in the spelling language.

    Returns
    -------
    str or None
        None for a spelling without a short formula: with arrays of its own, say.

    Raises
    ------
    SpellingError
        If the text is not a spelling.

    Examples
    --------
    >>> formula_of("x[0]**2 / 20 + x[1]**2")
    '\\frac{x_0^2}{20} + x_1^2'
    >>> formula_of("np.sum(np.abs(x))")
    '\\sum_i \\left| x_i \\right|'
    """
    parse_spelling(spelling)
    try:
        return _Writer().write(ast.parse(spelling.strip(), mode="eval").body).tex
    except _NoFormula:
        return None


class _Writer:
    """Writes the nodes of a spelling's tree."""

    def __init__(self) -> None:
        self.depth = 0  # how many sums over a vector the node stands in

    def write(self, node: ast.expr) -> Part:
        """Return a node as a part of a formula."""
        match node:
            case ast.Constant(value=int() | float() as value):
                return _number(value)
            case ast.Attribute(attr=name):
                return Part(CONSTANTS[name])
            case ast.Name(id="x"):
                return self.entry()
            case ast.Subscript(slice=place):
                return Part(f"x_{ast.literal_eval(place) % 2}")
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self.write(operand)
            case ast.UnaryOp(operand=operand):
                return _negative(self.write(operand))
            case ast.BinOp(left=left, op=op, right=right):
                return self.operation(op, left, right)
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                return self.choice(test, body, otherwise)
            case ast.Call(func=func, args=arguments):
                return self.call(ast.unparse(func).removeprefix("np."), arguments)
        raise _NoFormula

    def held(self, node: ast.expr, loosest: Binding) -> str:
        """Return a node as it stands among others that bind so tightly."""
        return self.write(node).within(loosest)

    def entry(self) -> Part:
        """Return the entry of x at the place over which the innermost sum goes."""
        if not 0 < self.depth <= len(PLACES):
            raise _NoFormula
        return Part(f"x_{PLACES[self.depth - 1]}")

    def operation(self, op: ast.operator, left: ast.expr, right: ast.expr) -> Part:
        """Return what an operator makes of two nodes."""
        match op:
            case ast.Add():
                return self.sum(left, "+", right)
            case ast.Sub():
                return self.sum(left, "-", right)
            case ast.Mult():
                return self.product(left, right)
            case ast.Div():
                return self.quotient(left, right)
            case ast.Pow():
                base = self.held(left, Binding.ATOM)
                exponent = _group(self.write(right).tex)
                return Part(f"{base}^{exponent}", Binding.POWER)
            case ast.MatMult():
                return self.dot(left, right)
        raise _NoFormula

    def sum(self, left: ast.expr, sign: str, right: ast.expr) -> Part:
        """Return a sum, or a difference."""
        first = self.held(left, Binding.SUM)
        return Part(f"{first} {sign} {self.held(right, Binding.OPEN)}", Binding.SUM)

    def product(self, left: ast.expr, right: ast.expr) -> Part:
        """Return a product, with a dot where two numbers would run into one."""
        if isinstance(left, ast.UnaryOp) and isinstance(left.op, ast.USub):
            return _negative(self.product(left.operand, right))
        first = self.held(left, Binding.PRODUCT)
        last = self.write(right)
        second = last.within(Binding.OPEN)
        is_ambiguous = second[0].isdigit() or second.startswith(r"\frac")
        sign = r" \cdot " if is_ambiguous else " "
        is_open = last.binding == Binding.OPEN
        binding = Binding.OPEN if is_open else Binding.PRODUCT
        return Part(f"{first}{sign}{second}", binding)

    def quotient(self, left: ast.expr, right: ast.expr) -> Part:
        """Return a fraction, with a sum beside it rather than on it."""
        divided, divisor = self.write(left), self.write(right)
        if divided.binding == Binding.OPEN:
            return Part(rf"\frac{{1}}{{{divisor.tex}}} {divided.tex}", Binding.OPEN)
        return Part(rf"\frac{{{divided.tex}}}{{{divisor.tex}}}", Binding.PRODUCT)

    def dot(self, left: ast.expr, right: ast.expr) -> Part:
        """Return the sum of the products of two vectors; of numbers, their product."""
        if not (_is_vector(left) and _is_vector(right)):
            return self.product(left, right)
        return self.over_all("sum", lambda: self.product(left, right))

    def over_all(self, name: str, write: Callable[[], Part]) -> Part:
        """Return a sum, or the like, over the places of a vector."""
        self.depth += 1
        place = PLACES[min(self.depth, len(PLACES)) - 1]
        entry = write()
        self.depth -= 1
        is_sum = name in ("sum", "mean")
        held = entry.within(Binding.OPEN if is_sum else Binding.POWER)
        return Part(f"{OVER_ALL[name]}_{place} {held}", Binding.OPEN)

    def choice(self, test: ast.expr, body: ast.expr, otherwise: ast.expr) -> Part:
        """Return two cases, each with its condition."""
        if not isinstance(test, ast.Compare):
            raise _NoFormula
        left = self.held(test.left, Binding.SUM)
        right = self.held(test.comparators[0], Binding.SUM)
        holds, fails = COMPARISONS[type(test.ops[0])]
        first = rf"{self.write(body).tex} & {left} {holds} {right}"
        second = rf"{self.write(otherwise).tex} & {left} {fails} {right}"
        cases = rf"\begin{{cases}} {first} \\ {second} \end{{cases}}"
        return Part(cases, Binding.CASES)

    def call(self, name: str, arguments: Sequence[ast.expr]) -> Part:
        """Return what a function makes of its arguments."""
        if name == "len":
            return Part("n")
        if name == "dot":
            return self.dot(*arguments)
        if name == "where":
            return self.choice(*arguments)
        if name == "linalg.norm":
            return self.norm(arguments[0])
        if name in OVER_ALL:
            return self.reduction(name, arguments[0])
        return _called(name, [self.write(argument) for argument in arguments])

    def reduction(self, name: str, argument: ast.expr) -> Part:
        """Return what is made of all entries of a vector; a number is its only one."""
        if not _is_vector(argument):
            return self.write(argument)
        return self.over_all(name, lambda: self.write(argument))

    def norm(self, argument: ast.expr) -> Part:
        """Return the length of a vector; that of a number is its absolute value."""
        if isinstance(argument, ast.Name) and self.depth == 0:
            return Part(r"\left\lVert x \right\rVert")
        if not _is_vector(argument):
            return _absolute(self.write(argument))
        squares = self.over_all("sum", lambda: _square(self.write(argument)))
        return Part(rf"\sqrt{{{squares.tex}}}")


def _called(name: str, arguments: Sequence[Part]) -> Part:
    """Return what a function of numbers makes of them."""
    texts = [argument.tex for argument in arguments]
    match name, texts:
        case "sqrt", [a]:
            return Part(rf"\sqrt{{{a}}}")
        case "abs", _:
            return _absolute(arguments[0])
        case "square", _:
            return _square(arguments[0])
        case "hypot", _:
            first, second = map(_square, arguments)
            return Part(rf"\sqrt{{{first.tex} + {second.tex}}}")
        case "log1p", _:
            within = f"1 + {arguments[0].within(Binding.OPEN)}"
            return Part(rf"\log{_in_parentheses(within)}", Binding.PRODUCT)
        case "expm1", [a]:
            return Part(rf"\exp{_in_parentheses(a)} - 1", Binding.SUM)
        case "clip", [a, low, high]:
            inner = rf"\max{_in_parentheses(f'{a}, {low}')}"
            return Part(rf"\min{_in_parentheses(f'{inner}, {high}')}", Binding.PRODUCT)
    if name not in HEADS:
        raise _NoFormula
    return Part(f"{HEADS[name]}{_in_parentheses(', '.join(texts))}", Binding.PRODUCT)


def _negative(part: Part) -> Part:
    return Part(f"-{part.within(Binding.OPEN)}", Binding.SUM)


def _absolute(part: Part) -> Part:
    return Part(rf"\left| {part.tex} \right|")


def _square(part: Part) -> Part:
    return Part(f"{part.within(Binding.ATOM)}^2", Binding.POWER)


def _number(value: float) -> Part:
    """Return a number, with a power of ten if Python writes it with one."""
    if math.isinf(value):
        raise _NoFormula
    digits, _, exponent = repr(value).partition("e")
    digits = digits.removesuffix(".0")
    if not exponent:
        return Part(digits)
    power = f"10^{{{int(exponent)}}}"
    number = power if digits == "1" else rf"{digits} \cdot {power}"
    return Part(number, Binding.PRODUCT)


def _group(exponent: str) -> str:
    return exponent if len(exponent) == 1 else f"{{{exponent}}}"


def _in_parentheses(tex: str) -> str:
    if any(sign in tex for sign in TALL):
        return rf"\left( {tex} \right)"
    return f"({tex})"


def _is_vector(node: ast.expr) -> bool:
    """Whether a node has an entry for each entry of x."""
    match node:
        case ast.Name():
            return node.id == "x"
        case ast.Subscript() | ast.Constant() | ast.Attribute():
            return False
        case ast.BinOp(op=ast.MatMult()):
            return False
        case ast.Call(func=func) if ast.unparse(func) in OF_A_POINT:
            return False
        case ast.Call(func=func, args=[left, right]) if ast.unparse(func) == "np.dot":
            return _is_vector(left) != _is_vector(right)
    return any(
        _is_vector(child)
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.expr)
    )
