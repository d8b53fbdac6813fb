"""Random spellings, and what their derivatives are: an oracle of sixty digits.

The oracle lets Python run the text over numbers of its own and takes central differences, so it
shares neither parser nor rule with what it judges.
"""

import math
import re
import string
from random import Random
from types import SimpleNamespace

import mpmath

# A number of a text, but for an index.
NUMBER = re.compile(r"(?<![\w.[])(?<!\[-)(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?!\])")

ONE_ARGUMENT = [
    "sin",
    "cos",
    "tan",
    "arcsin",
    "arccos",
    "arctan",
    "sinh",
    "cosh",
    "tanh",
    "exp",
    "log",
    "log2",
    "log10",
    "log1p",
    "expm1",
    "sqrt",
    "abs",
    "sign",
    "square",
]
TWO_ARGUMENTS = ["maximum", "minimum", "hypot"]
REDUCTIONS = ["sum", "prod", "mean", "max", "min", "linalg.norm"]
NUMBERS = [
    "0",
    "1",
    "2",
    "3",
    ".5",
    "1.5",
    "2.",
    "1e-1",
    "0.25",
    "7",
    "np.pi",
    "np.e",
    "len(x)",
]
EXPONENTS = ["0", "1", "2", "3", "-1", "-2", "0.5", "1.5", "-.5", "len(x)"]


def number(random: Random, depth: int = 4) -> str:
    """Return a spelling that gives one number."""
    if depth == 0 or random.random() < 0.1:
        return random.choice(
            ["x[0]", "x[1]", "x[-1]", "x[-2]", "(x @ x)", random.choice(NUMBERS)]
        )
    if random.random() < 0.25:
        return f"np.{random.choice(REDUCTIONS)}({_either(random, depth - 1)})"
    return _combine(random, depth, number, number)


def _either(random: Random, depth: int) -> str:
    return (_vector if random.random() < 0.8 else number)(random, depth)


def _vector(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.2:
        return "x"
    return _combine(random, depth, _vector, _either)


def _combine(random: Random, depth: int, first, second) -> str:
    a, b, space = (
        first(random, depth - 1),
        second(random, depth - 1),
        " " * random.randrange(2),
    )
    form = random.randrange(8)
    if form < 2:
        return f"np.{random.choice(ONE_ARGUMENT)}({a})"
    if form == 2:
        return f"np.{random.choice(TWO_ARGUMENTS)}({a},{space}{b})"
    if form == 3:
        return f"({random.choice('+-')}{a})"
    if form == 4:
        return f"({a}){space}**{random.choice(EXPONENTS)}"
    operator = random.choice(
        ["+", "-", "*", "/", "**"] if form == 5 else ["+", "-", "*", "/"]
    )
    return f"{a}{space}{operator}{space}{b}" if form < 7 else f"({a}){operator}({b})"


def spelling(seed: int) -> str:
    """Return the spelling of a seed, at most 120 characters long."""
    random = Random(seed)
    while len(text := number(random)) > 120:
        pass
    return text


PIECES = [
    *"x[]01-+*/@.,() \n^=²π",
    "np.",
    "sin(",
    "**",
    "len(x)",
    "x[0]",
    "np.sum(",
    "1e",
    "linalg",
]


def damaged(random: Random, text: str) -> str:
    """Return the text with a piece put in, taken out or exchanged, once or twice."""
    for _ in range(random.randint(1, 2)):
        start = random.randrange(len(text) + 1)
        piece = random.choice(["", random.choice(PIECES), random.choice(PIECES)])
        text = text[:start] + piece + text[start + random.randrange(3) :]
    return text


def any_text(seed: int) -> str:
    """Return a spelling that is damaged, or characters at random."""
    random = Random(seed)
    if seed % 2:
        return damaged(random, spelling(seed))
    printable = [*string.printable]
    alphabet = random.choice([printable, PIECES, [*map(chr, range(1, 0x2FF))]])
    return "".join(random.choices(alphabet, k=random.randrange(300)))


def numbers(random: Random, n: int) -> list[float]:
    """Return n numbers between -2 and 2, some of them whole: there the kinks are."""
    choices = [0.0, 1.0, -1.0, 0.5, 2.0]
    return [random.choice([*choices, random.uniform(-2, 2)]) for _ in range(n)]


mp = mpmath.MPContext()
mp.dps = 60
H = mp.mpf(10) ** -20


class UndecidedError(Exception):
    """A value or a kink is too near for float64 to tell."""


class NoneHereError(Exception):
    """The step has no derivative at this point."""


class Exact:
    """Exact numbers, one or two, that notice where a step has no derivative in x."""

    largest = mp.mpf(0)

    def __init__(self, values, varies=False):
        self.values, self.varies = list(values), varies
        for value in self.values:
            if abs(value) > 1e12 or 0 < abs(value) < 1e-12:
                raise UndecidedError
        Exact.largest = max(Exact.largest, *map(abs, self.values))

    def __len__(self):
        return len(self.values)

    def __getitem__(self, i):
        return Exact([self.values[i]], True)

    def __matmul__(self, other):
        return Numpy.sum(self * other)

    def __add__(self, other):
        return each(lambda a, b: a + b, self, other)

    def __sub__(self, other):
        return each(lambda a, b: a - b, self, other)

    def __mul__(self, other):
        return each(lambda a, b: a * b, self, other)

    def __truediv__(self, other):
        return each(lambda a, b: a / positive(abs(b)) * mp.sign(b), self, other)

    def __pow__(self, other):
        return each(power(self.varies, other.varies), self, other)

    def __neg__(self):
        return each(lambda a: -a, self)

    def __pos__(self):
        return self


def each(function, *operands):
    varies = any(o.varies for o in operands)
    columns = [
        [o.values[k % len(o)] for o in operands] for k in range(max(map(len, operands)))
    ]
    try:
        return Exact([function(*column) for column in columns], varies)
    except NoneHereError:
        if varies:
            raise
        raise UndecidedError from None  # a constant nan or infinity may yet vanish


def positive(a):
    """Where a step is smooth only for a > 0: say so where it is not."""
    if abs(a) < 1e-9 and a != 0:
        raise UndecidedError
    if a <= 0:
        raise NoneHereError
    return a


def power(base_varies, exponent_varies):
    def compute(a, b):
        whole = b == mp.floor(b)
        if (base_varies and exponent_varies) or (not whole and base_varies):
            positive(a)
        if exponent_varies and not base_varies and not (a == 0 and b > 0):
            positive(a)
        if (a == 0 and b < 0) or (a < 0 and not whole):
            raise NoneHereError
        if a and abs(b * mp.log(abs(a))) > 100:
            raise UndecidedError
        return a**b

    return compute


def over(pair, single=lambda a: a):
    """Make a reduction of what it does to two numbers and to one."""
    return lambda a: pair(a[0], a[1]) if len(a) == 2 else single(a)


def kink(function, distance):
    """Wrap a function that has no derivative where the distance is zero, if it varies."""

    def compute(*operands):
        def checked(*values):
            if any(o.varies for o in operands):
                positive(abs(distance(*values)))
            return function(*values)

        return each(checked, *operands)

    return compute


def limited(function):
    def compute(a):
        if abs(a) > 100:
            raise UndecidedError
        return function(a)

    return compute


def smooth(function):
    return lambda a: each(function, a)


def edge(function):
    """Wrap arcsine or arccosine."""

    def inside(a):
        positive(1 - abs(a))
        return function(a)

    return smooth(inside)


def difference(a, b):
    return a - b


def number_of(number):
    return Exact([mp.mpf(number)])


def length_of(x):
    return Exact([mp.mpf(len(x))])


class Numpy:
    pi, e = Exact([mp.mpf(math.pi)]), Exact([mp.mpf(math.e)])
    sin, cos, tan, arctan = map(smooth, (mp.sin, mp.cos, mp.tan, mp.atan))
    sinh, cosh, tanh, exp, expm1 = (
        smooth(limited(g)) for g in (mp.sinh, mp.cosh, mp.tanh, mp.exp, mp.expm1)
    )
    log, log2, log10, log1p = (
        smooth(lambda a: mp.log(positive(a))),
        smooth(lambda a: mp.log(positive(a), 2)),
        smooth(lambda a: mp.log(positive(a), 10)),
        smooth(lambda a: mp.log(positive(1 + a))),
    )
    arcsin, arccos = edge(mp.asin), edge(mp.acos)
    sqrt, square = smooth(lambda a: mp.sqrt(positive(a))), smooth(lambda a: a * a)
    abs, sign = kink(abs, lambda a: a), kink(mp.sign, lambda a: a)
    maximum, minimum = kink(max, difference), kink(min, difference)
    hypot = kink(lambda a, b: mp.sqrt(a * a + b * b), lambda a, b: abs(a) + abs(b))
    sum, prod = over(Exact.__add__), over(Exact.__mul__)
    mean = over(lambda a, b: (a + b) / Exact([mp.mpf(2)]))
    max, min = over(maximum), over(minimum)
    linalg = SimpleNamespace(norm=over(hypot, abs))


def exact_gradient(text, point):
    """Return the gradient to twenty digits, or None, and the largest value met on the way."""
    code = compile(NUMBER.sub(r"number(\g<0>)", text), text, "eval")

    def f(*x):
        return eval(
            code,
            {"np": Numpy, "number": number_of, "len": length_of, "x": Exact(x, True)},
        )

    x, y = map(mp.mpf, point)
    Exact.largest = mp.mpf(0)
    try:
        f(x, y)
        ends = [f(x + H, y), f(x - H, y), f(x, y + H), f(x, y - H)]
    except NoneHereError:
        return None, Exact.largest
    a, b, c, d = (end.values[0] for end in ends)
    slopes = (a - b) / (2 * H), (c - d) / (2 * H)
    return slopes, max(Exact.largest, *map(abs, slopes))
