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
from unit.cases import FUNCTIONS

# A number of a text, but for an index.
NUMBER = re.compile(r"(?<![\w.])(?<!x\[)(?<!x\[-)(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")

ONE_ARGUMENT = FUNCTIONS["of one number"]
TWO_ARGUMENTS = FUNCTIONS["of two numbers"]
REDUCTIONS = FUNCTIONS["of a point"]
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
COMPARISONS = ["<", "<=", ">", ">=", "==", "!="]
LIMITS = ["-1, 1", "0, 2", "-.5, x[0]", "x, 2"]
EXPONENTS = ["0", "1", "2", "3", "-1", "-2", "0.5", "1.5", "-.5", "len(x)"]


def number(random: Random, depth: int = 4) -> str:
    """Return a spelling that gives one number."""
    if depth == 0 or random.random() < 0.1:
        return random.choice(
            ["x[0]", "x[1]", "x[-1]", "x[-2]", "(x @ x)", random.choice(NUMBERS)]
        )
    if random.random() < 0.25:
        return f"np.{random.choice(REDUCTIONS)}({_either(random, depth - 1)})"
    if random.random() < 0.06:
        return f"(({_vector(random, depth - 1)}) @ ({_vector(random, depth - 1)}))"
    if random.random() < 0.06:
        return f"(x @ {_matrix(random)} @ x)"
    if random.random() < 0.1:
        return _choice(random, depth, number)
    return _combine(random, depth, number, number)


def _row(random: Random) -> str:
    entries = random.choices([*NUMBERS, "-1", "x[0]", "-x[1]"], k=2)
    return f"[{', '.join(entries)}]"


def _matrix(random: Random) -> str:
    return f"np.array([{_row(random)}, {_row(random)}])"


def _choice(random: Random, depth: int, branch) -> str:
    condition = (
        f"{number(random, min(depth - 1, 1))} {random.choice(COMPARISONS)} "
        f"{number(random, min(depth - 1, 1))}"
    )
    a, b = branch(random, depth - 1), branch(random, depth - 1)
    return f"({a} if {condition} else {b})"


def _either(random: Random, depth: int) -> str:
    return (_vector if random.random() < 0.8 else number)(random, depth)


def _vector(random: Random, depth: int) -> str:
    if depth == 0 or random.random() < 0.2:
        return "x"
    if random.random() < 0.05:
        return f"np.array({_row(random)})"
    if random.random() < 0.05:
        return random.choice(
            [f"{_matrix(random)} @ x", f"np.dot(x, {_matrix(random)})"]
        )
    if random.random() < 0.05:
        return _choice(random, depth, _vector)
    return _combine(random, depth, _vector, _either)


def _combine(random: Random, depth: int, first, second) -> str:
    a, b, space = (
        first(random, depth - 1),
        second(random, depth - 1),
        " " * random.randrange(2),
    )
    form = random.randrange(9)
    if form == 8 and random.random() < 0.5:
        return f"np.clip({a}, {random.choice(LIMITS[: 3 if first is number else 4])})"
    if form == 8:
        compared = f"{a} {random.choice(COMPARISONS)} {second(random, 0)}"
        return f"np.where({compared}, {b}, {first(random, depth - 1)})"
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
    " if x[0] > 1 else ",
    "np.array([",
    "np.where(",
    "<",
    ">=",
    "@",
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
        rows = [self.values[k : k + 2] for k in range(0, len(self), 2)]
        columns = [other.values[k :: len(other) // 2] for k in range(len(other) // 2)]
        products = [
            mp.fdot(zip(row, column, strict=True)) for row in rows for column in columns
        ]
        return Exact(products, self.varies or other.varies)

    def __lt__(self, other):
        return compare(mp.mpf.__lt__, self, other)

    def __le__(self, other):
        return compare(mp.mpf.__le__, self, other)

    def __gt__(self, other):
        return compare(mp.mpf.__gt__, self, other)

    def __ge__(self, other):
        return compare(mp.mpf.__ge__, self, other)

    def __eq__(self, other):
        return compare(mp.mpf.__eq__, self, other)

    def __ne__(self, other):
        return compare(mp.mpf.__ne__, self, other)

    __hash__ = None

    def __bool__(self):
        [truth] = self.values
        return bool(truth)

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


def compare(compared, a, b):
    """Compare entry by entry: near a tie nobody can say, and at one nothing is smooth."""

    def checked(first, second):
        distance = abs(first - second)
        if a.varies or b.varies:
            positive(distance)
        elif 0 < distance < 1e-9:
            raise UndecidedError
        return mp.mpf(compared(first, second))

    return each(checked, a, b)


def reduction(function, distance=lambda *values: mp.mpf(1)):
    """Wrap what makes one number of all; where the distance is zero it is not smooth."""

    def compute(a):
        if a.varies:
            positive(distance(*a.values))
        return Exact([function(a.values)], a.varies)

    return compute


def lead(*values):
    """How far the largest number is from the next, and the smallest from its own."""
    first, *others = sorted(values, reverse=True)
    return first - others[0] if others else mp.mpf(1)


def lag(*values):
    return lead(*(-value for value in values))


def length_of_all(values):
    return mp.sqrt(mp.fsum(value * value for value in values))


def clip(a, low, high):
    """Keep a within its limits; where two of the three are equal, let nobody decide."""

    def clipped(value, least, most):
        for one, other in ((value, least), (value, most), (least, most)):
            if one == other and not (low.varies or high.varies):
                raise NoneHereError
            if abs(one - other) < 1e-9:
                raise UndecidedError
        return min(max(value, least), most)

    return each(clipped, a, low, high)


def where(condition, a, b):
    return each(lambda c, yes, no: yes if c else no, condition, a, b)


def array(rows):
    """Make an array of numbers, or of rows of them."""
    entries = [entry for row in rows for entry in (row if type(row) is list else [row])]
    values = [value for entry in entries for value in entry.values]
    return Exact(values, any(entry.varies for entry in entries))


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
    sum, prod = reduction(mp.fsum), reduction(mp.fprod)
    mean = reduction(lambda values: mp.fsum(values) / len(values))
    max, min = reduction(max, lead), reduction(min, lag)
    linalg = SimpleNamespace(norm=reduction(length_of_all, lambda *a: length_of_all(a)))
    where, clip, array = map(staticmethod, (where, clip, array))

    @staticmethod
    def dot(a, b):
        return a * b if 1 in (len(a), len(b)) else a @ b


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
