import inspect
import math
import pickle
import re
import string
import sys
from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz_core import SpellingError, parse_spelling
from gradviz_core.rules import FUNCTIONS, OPERATORS, SIGNS
from tests import spellings

DEEP = "(" * 31 + "x[0]" + ")" * 31

# --- columns ---------------------------------------------------------------------------------

WRONG = {
    # ends too early
    "": 1, "   ": 4, "x[0] +": 7, "(x[0]": 6, "np.sin(x[0]": 12, "-": 2, "x[0] + ": 8, "x[": 3,
    "x[-": 4, "x[0": 4, "len": 4, "len(": 5, "len(x": 6, "np": 3, "np.": 4, "np.sin": 7,
    "np.sin(": 8, "np.linalg": 10, "np.linalg.": 11, "x @ ": 5, "np.hypot(x[0],": 15,
    # two operands or two operators in a row
    "x[0] x[1]": 6, "2 3": 3, "2x": 2, "2(x[0])": 2, "x(0)": 2, "x[0](1)": 5, "*x[0]": 1,
    "x[0] * * 2": 8, "x[0] + )": 8, "x[0])": 5, "()": 2, "(x[0],)": 6, "x[0], x[1]": 5,
    "(x[0]]": 6, "np.sin(x[0]]": 12, "2 np.pi": 3, "1 .5": 3, "x[0] len(x)": 6, "x[0][0]": 5,
    "x[0] end": 6, "x[0] end (": 6, "x[0] name": 6, "np.sin(end)": 8, "x[0] number": 6,
    "(x)[0]": 4, "x.T": 2, "x.ndim": 2, "x[0].5": 5,
    # tokens of Python that are one
    "x[0] // 2": 6, "x[0] **= 2": 6, "x[0] -> 2": 6, "x[0] *= 2": 6, "x[0] == 1": 6,
    "x := 1": 3, "x[0] << 1": 6, "x[0] % 2": 6, "x[0] ^ 2": 6, "~x[0]": 1, "x[0] <> 1": 6,
    "x[0] = 1": 6, "x...": 2, "np...": 3, "x[...]": 3, "x[0] ** * 2": 9,
    # numbers
    "007": 1, "x[0] + 00012": 8, "1_000": 2, "0x10": 2, "1j": 2, "1e": 2, "1e+": 2, "2.x": 3,
    "1..5": 3, "1.2.3": 4, "1.5e3.": 6, "0b1": 2, "1__0": 2, ".": 1, ".e1": 1, "2if x[0] else 1": 2,
    # indexes
    "x[2]": 3, "x[-3]": 4, "x[-0]": 4, "x[+1]": 3, "x[--1]": 4, "x[0.]": 3, "x[00]": 3, "x[01]": 3,
    "x[1:]": 4, "x[:]": 3, "x[(0)]": 3, "x[x]": 3, "x[0,1]": 4, "x[0+1]": 4, "x[]": 3, "x[1e0]": 3,
    "x[-1.0]": 4,
    # names
    "y": 1, "X[0]": 1, "x0": 1, "x[0] + sin(x[1])": 8, "math.sin(x[0])": 1, "numpy.sin(x[0])": 1,
    "np.foo(x)": 1, "2 * np.foo": 5, "np.foo": 1, "np . foo": 1, "np.linalg.det(x)": 1, "np.5": 3,
    "np.norm(x)": 1, "np.sin x[0]": 8, "np.sin.x": 7, "np.sin[0]": 7, "np x": 4, "np(x)": 3,
    "np.linalg(x)": 10, "np.linalg.5": 10, "np.(x)": 4, "np.pi(x)": 6, "np.pi.real": 6, "len x": 5,
    "len(x[0])": 6, "len((x))": 5, "len(2)": 5, "abs(x[0])": 1, "sum(x)": 1, "max(x)": 1,
    "pow(x[0], 2)": 1, "lambda x: x[0]": 1, "def f(x)": 1, "return x[0]": 1, "xx": 1, "_": 1,
    "if x[0]": 1, "x[0] if 1 else 2": 6, "not x[0]": 1, "x[0] and 1": 6, "nan": 1, "inf": 1,
    "__import__('os')": 1, "np.__class__": 1, "np.sum.__self__": 7, "(np.sin)(x[0])": 8,
    "(np).sin(x[0])": 4, "np.sum(x)()": 10, "np.sum(x, axis=0)": 11, "np.sum(*x)": 8,
    "[x[0]]": 1, "{1}": 1, "'x'": 1, "f'{x}'": 1, "x[0];": 5,
    # the matrix product
    "2 * x @ x": 7, "-x @ x": 4, "+x @ x": 4, "(x) @ x": 5, "x @ (x)": 5, "x @ x**2": 6,
    "x @ x[0]": 6, "x @ x @ x": 7, "x[0] @ x": 6, "x @ 2": 5, "x @ -x": 5, "@ x": 1, "x ** x @ x": 8,
    "x / x @ x": 7, "x @= x": 3, "1 - -x @ x": 8, "2**x @ x": 6,
    # characters
    "x[0]\n": 5, "\tx[0]": 1, "x[0]\t+ 1": 5, "x[0] # f": 6, "x[0]\u00b2": 5, "\u03c0": 1,
    "x[0] \u2212 1": 6, "\u00a0x[0]": 1, "x\u00e9": 2, "x[0] + \U0001f600": 8, "x[\u0661]": 3,
    "\\": 1, "$": 1, "x[0] ?": 6, "x[0]\x00": 5, "x[0]\r": 5, "\uff58[0]": 1, "x[0]\\\n+1": 5,
    # arity, at the name
    "np.sin()": 1, "np.sin(x[0], x[1])": 1, "1 + np.hypot(x[0])": 5, "np.sum()": 1,
    "np.maximum(x[0], 1, 2)": 1, "np.linalg.norm(x, 2)": 1, "np.sin(x[0],)": 13,
    "np.sin(,)": 8, "np.hypot(x[0],,1)": 15, "np.sin(np.cos(), 1)": 8, "np.sin(x, x) +": 1,
    # a vector, at the root
    "x": 1, "  x": 3, "(x)": 2, "x + 1": 3, "-x": 1, "(2 * x)": 4, "- - x": 1, "np.sin(x)": 1,
    "1 + np.exp(x) * 2": 3, "x**2 ": 2, "np.maximum(x[0], x)": 1, "np.hypot(x, 1) - 1": 16,
    "2**x": 2, "-x**2": 1,
    # limits
    "1" * 257: 257, " " * 300: 257, "$" * 257: 257, "\U0001f600" * 200: 1,
    "(" + DEEP + ")": 34, "(" * 33 + "1" + ")" * 33: 33, "-(" * 33 + "1" + ")" * 33: 66, "(" * 32 + "x[0]": 34,
    "(" * 32 + "len(x)": 33, "(" * 32 + "len x": 37,
    "(" * 32 + "np.sin(1)": 33, "(" * 32 + "np.sin 1": 40, "(" * 200: 33, "np.abs(" * 36: 225,
    "1+" * 100 + "1": 200, "1+" * 99 + "1+x": 200, "+" * 201 + "1": 200, "+" * 200 + "1": 200,
    "+" * 200 + "np.pi": 200, "+" * 200 + "np.sin(1)": 200, "+" * 200 + "x[0]": 200,
    "+" * 200 + "len(x)": 200, "+" * 200 + "foo": 200, "+" * 200 + "np.foo": 200, "-" * 256: 200,
    "1+" * 99 + "np.hypot(1, 2)": 199, "(1)+" * 5 + "(" * 33 + "1" + ")" * 33: 53,
    "1+" * 99 + "x @ x": 201, "+" + "1+" * 99 + "x @ x": 202, "2**" * 85: 256, "2**-" * 64: 257,
}  # fmt: skip


@pytest.mark.parametrize(("text", "column"), WRONG.items())
def test_a_wrong_text_is_refused_at_its_column(text, column):
    with pytest.raises(SpellingError) as caught:
        parse_spelling(text)
    assert caught.value.column == column
    assert str(caught.value).startswith(f"column {column}: ")


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("np.sine(x[0])", "did you mean np.sin?"),
        ("sin(x[0])", "did you mean np.sin?"),
        ("np.norm(x)", "did you mean np.linalg.norm?"),
        ("math.sin(x[0])", "did you mean np?"),
        ("x0 + 1", "did you mean x[0]?"),
        ("X[0]", "did you mean x?"),
        ("pow(x[0], 2)", "did you mean **?"),
        ("np.zzzzzz(x)", "'zzzzzz' is not in the language; allowed: np.sin, np.cos"),
        ("x[0] ^ 2", "powers are written **"),
        ("lambda x: x[0]", "type the expression alone"),
        ("x[2]", "a point has two coordinates, x[0] and x[1]"),
        ("2x", "a product needs its *"),
        ("2 * x @ x", "only in x @ x"),
        ("x @ x**2", "(x @ x)**2"),
        ("np.sum(x, axis=0)", "one argument"),
        ("np.hypot(x[0])", "np.hypot takes 2 arguments, got 1"),
        ("np.sin()", "np.sin takes 1 argument, got 0"),
        ("2 * x", "np.sum"),
        ("(x[0]", "the text ends too early; allowed: + - * / **"),
        ("1" * 257, "at most 256 characters"),
        ("(" * 33, "at most 32 brackets"),
        ("-" * 256, "at most 200 "),
    ],
)
def test_the_message_says_what_to_type(text, advice):
    with pytest.raises(SpellingError) as caught:
        parse_spelling(text)
    assert advice in str(caught.value)


OPERAND = "a number, x, x[0], x[1], len(x), np.pi, np.e, a function such as np.sin, + - or ("
OPERATOR = "+ - * / ** (a product needs its *)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("*x[0]", f"column 1: '*' cannot stand here; allowed: {OPERAND}"),
        ("x[0] +", f"column 7: the text ends too early; allowed: {OPERAND}"),
        ("zzz", f"column 1: 'zzz' is not in the language; allowed: {OPERAND}"),
        ("cosinus", f"column 1: 'cosinus' is not in the language; allowed: {OPERAND}"),
        ("sinus", "column 1: 'sinus' is not in the language; did you mean np.sin?"),
        ("x[0] x[1]", f"column 6: 'x' cannot stand here; allowed: {OPERATOR}"),
        ("(x[0]", f"column 6: the text ends too early; allowed: {OPERATOR} or )"),
        ("np.5", "column 3: '.5' cannot stand here; allowed: ."),
        ("np.sin x", "column 8: 'x' cannot stand here; allowed: ("),
        ("np.(x)", "column 4: '(' cannot stand here; allowed: a name, as in np.sin or np.linalg.norm"),
        ("x @ x**2", "column 6: '**' cannot stand here; allowed: (x @ x)**2"),
        ("x", "column 1: this is a vector and f gives one number: np.sum(...) is one"),
        ("np.hypot(1)", "column 1: np.hypot takes 2 arguments, got 1"),
        ("1" * 257, "column 257: at most 256 characters"),
        ("(" * 33, "column 33: at most 32 brackets may be open"),
        ("-" * 256, "column 200: at most 200 numbers, names, operators and calls"),
    ],
)  # fmt: skip
def test_a_message_is_this_and_no_more(text, message):
    with pytest.raises(SpellingError) as caught:
        parse_spelling(text)
    assert str(caught.value) == message


def test_an_error_is_at_the_beginning_unless_it_says_where():
    assert SpellingError("wrong").column == 1


@pytest.mark.parametrize("text", [None, 3, b"x[0]", ["x[0]"]])
def test_only_text_is_a_spelling(text):
    with pytest.raises(TypeError) as caught:
        parse_spelling(text)
    kind = type(text).__name__
    assert str(caught.value) == f"a spelling is text such as 'np.sum(x**2)', not {kind}"


@pytest.mark.parametrize(
    "text",
    [
        DEEP, "(" * 32 + "1" + ")" * 32, " x[ - 1 ] ", "np . sin ( x [0] )", "np.linalg . norm(x)", "len ( x )", "2.", ".5",
        "(1)+" + "(" * 32 + "1" + ")" * 32, "1+" * 98 + "np.hypot(1, 2)",
        "1E5", "1.e2", "00", "08.5", "9" * 200, "1" + "+1" * 99, "+" * 199 + "1", "x @ x * 2",
        "+".join(["(1)"] * 40), "+".join(["x[0]"] * 40), "+".join(["len(x)"] * 33),
        "(x @ x)**2", "2 + x @ x / 2", "np.sin(x @ x)", "1" + " " * 255, "1e999", "x@x",
        "+" * 199 + "x[0]", "1+" * 98 + "x @ x", "+" + "1+" * 98 + "x @ x", "2**-" * 63 + "x[0]", "2**" * 84 + "2",
    ],
)  # fmt: skip
def test_a_spelling_at_the_edge_is_taken(text):
    f = parse_spelling(text)
    assert f.source == text
    assert isinstance(f([0.5, 0.25]), np.float64)
    assert f.gradient([[0.5, 0.25]]).shape == (1, 2)


@given(st.text() | st.text(string.printable) | st.text("x[]01-+*/@., np()len.sin2e", max_size=40))
def test_any_text_gives_a_number_or_a_spelling_error(text):
    try:
        f = parse_spelling(text)
    except SpellingError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert isinstance(f(np.array([0.5, -0.25])), np.float64)
        assert f.gradient([[0.5, -0.25], [0.0, 0.0]]).shape == (2, 2)


@given(st.integers(0, 2**32), st.data())
def test_a_spelling_with_one_character_changed_is_a_number_or_an_error(seed, data):
    text = spellings.spelling(seed)
    place = data.draw(st.integers(0, len(text)))
    changed = text[:place] + data.draw(st.sampled_from(string.printable)) + text[place + 1 :]
    try:
        assert isinstance(parse_spelling(changed)([0.5, -0.25]), np.float64)
    except SpellingError as error:
        assert error.column <= len(changed) + 1


# --- values ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-2**2", -4), ("2**3**2", 512), ("2**-1", 0.5), ("2**-2**2", 2**-4), ("2-3-4", -5),
        ("8/4/2", 1), ("2*3**2", 18), ("-2*-3", 6), ("- - 3", 3), ("+-+3", -3), ("1-2*3", -5),
        ("(1-2)*3", -3), ("2**-1*4", 2), ("6/2*3", 9), ("-3**2*2", -18), ("2+3*4**2/8-1", 7),
        ("len(x)*2", 4), ("1/0", np.inf), ("-1/0", -np.inf), ("1e999", np.inf), ("10**400", np.inf),
        ("0**-1", np.inf), ("x @ x", 25), ("1 - x @ x * 2", -49), ("x[-2] - x[-1]", -1),
    ],
)  # fmt: skip
def test_precedence_and_arithmetic(text, value):
    assert parse_spelling(text)([3, 4]) == value


@pytest.mark.parametrize("text", ["0/0", "(-8)**(1/3)", "np.sqrt(-1)", "np.log(x[0] - 9)"])
def test_what_has_no_value_is_nan(text):
    assert np.isnan(parse_spelling(text)([3, 4]))


HAND = [
    "np.sum(x**2)", "x[0]**2 + x[1]**2", "x[0] * x[1]", "np.sin(x[0] * x[1])", "x @ x",
    "np.linalg.norm(x)", "np.linalg.norm(x[0])", "np.mean(x)", "np.mean(x[1])", "np.prod(x + 1)",
    "np.prod(x[0])", "np.max(x)", "np.max(x[0])", "np.min(x)", "np.min(x[1])", "np.sum(x[0])",
    "x[0] / x[1]", "x[0] / 3 - 2 / x[1]", "np.sum(x) - x[0]", "+x[0] - -x[1]", "-x[0]**2",
    "np.cos(x[0]) * x[1]", "np.tan(x[0])", "np.sum(np.arcsin(x / 3))", "np.arccos(x[0] / 3)",
    "np.arctan(x[0] * 3)", "np.sinh(x[0])", "np.cosh(x[1])", "np.sum(np.tanh(x))", "np.exp(x[0])",
    "np.log(x @ x)", "np.log2(3 + x[0])", "np.log10(3 + x[1])", "np.log1p(x[0]**2)",
    "np.expm1(x[1])", "np.sqrt(x @ x)", "np.sum(np.abs(x))", "np.sum(np.sign(x) * x)",
    "np.square(x[0])", "np.sum(np.maximum(x, x[0] / 2))", "np.minimum(x[0], 2 * x[1])",
    "np.hypot(x[0], 2)", "np.sum(np.hypot(x, x[1]))", "np.abs(x[0])**x[1]", "np.sum(2**x)",
    "np.sum(x**len(x))", "np.sum(x**3)", "np.sum(x**-1)", "np.sum(np.abs(x)**0.5)", "x[0]**0",
    "np.sum(x**-2)", "(3 + x[0])**1.5", "np.sum((3 + x)**(x[0] + 2))", "0**np.exp(x[0])",
    "np.exp(-np.sum(x**2)) * np.e + np.pi", "(1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2",
    "np.sum(x**4 - 16 * x**2 + 5 * x) / 2", "20 - 20 * np.exp(-0.2 * np.sqrt(np.mean(x**2)))",
]  # fmt: skip


def same_bits(a, b):
    return np.array_equal(np.float64(a).view(np.int64), np.float64(b).view(np.int64)) or (
        np.isnan(a) and np.isnan(b)
    )


@pytest.mark.parametrize("text", HAND)
def test_values_are_numpys_own(text):
    f, plain = parse_spelling(text), eval(f"lambda x: {text}", {"np": np})
    random = np.random.default_rng(5)
    for n in (2, 2, 2, 3, 7, 324):
        x = random.uniform(-2, 2, n)
        before = x.copy()
        with np.errstate(all="ignore"):
            assert same_bits(f(x), plain(x))
        assert np.array_equal(x, before)
        assert type(f(x)) is np.float64


def test_random_spellings_have_numpys_own_values():
    random = np.random.default_rng(6)
    for seed in range(1000):
        text = spellings.spelling(seed)
        x = random.uniform(-2, 2, random.choice([2, 3, 324]))
        floats = spellings.NUMBER.sub(r"np.float64(\g<0>)", text).replace(
            "len(x)", "np.float64(len(x))"
        )
        with np.errstate(all="ignore"):
            value = eval(floats, {"np": np, "x": x})
        assert same_bits(parse_spelling(text)(x), value), text


def test_a_point_may_be_a_list_or_integers():
    f = parse_spelling("x[0] / x[1]")
    assert f([1, 2]) == f((1.0, 2.0)) == f(np.array([1, 2], dtype=np.uint8)) == 0.5
    assert parse_spelling("x[0]**-1")(np.array([2, 4])) == 0.5  # which NumPy refuses to integers
    assert f([True, 2]) == f(np.array([1, 2], dtype=np.float32)) == 0.5


@pytest.mark.parametrize("x", [3.0, [[1.0, 2.0]], np.zeros((2, 2))])
def test_f_takes_one_point(x):
    with pytest.raises(ValueError, match=r"one point, shape \(n,\).*gradient"):
        parse_spelling("x[0]")(x)


def test_a_point_of_one_number_is_what_numpy_makes_of_it():
    assert parse_spelling("np.sum(x**2) + x[-1] + len(x)")([3.0]) == 13
    with pytest.raises(IndexError):
        parse_spelling("x[1]")([3.0])


@pytest.mark.parametrize("x", [[1j, 2], ["a", "b"], [None, 1], np.array([1j, 2])])
def test_points_are_real_numbers(x):
    f = parse_spelling("x[0]")
    with pytest.raises(TypeError, match="real numbers"):
        f(x)
    with pytest.raises(TypeError, match="real numbers"):
        f.gradient([x])


def test_an_error_survives_pickling():
    with pytest.raises(SpellingError) as caught:
        parse_spelling("x[0] +")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.column, str(copy)) == (7, str(caught.value))


# --- the derivative --------------------------------------------------------------------------


def check_gradient(text, point):
    """Compare with the oracle; return whether a gradient exists."""
    truth, largest = spellings.exact_gradient(text, point)
    (found,) = parse_spelling(text).gradient([point])
    if truth is None:
        assert np.isnan(found).all(), (text, point)
        return False
    error = max(abs(a - b) for a, b in zip(truth, found.tolist(), strict=True))
    assert error <= 1e-12 * largest, (text, point, found, truth)
    return True


def test_every_operator_and_function_is_among_the_spellings_by_hand():
    text = " ".join(HAND)
    assert all(f"np.{name}(" in text for name in FUNCTIONS)
    assert all(f" {name} " in text or name == "**" for name in OPERATORS)
    assert all(re.search(rf"(^|[ (])[{name}]x", text) for name in SIGNS)


@pytest.mark.parametrize("text", HAND)
def test_the_gradient_is_exact(text):
    points = [(0.75, -1.25), (1.3, 0.4), (-0.6, 1.7), (-1.1, -0.3), (2.0, 1.0)]
    assert sum(check_gradient(text, point) for point in points) >= 2


def test_random_spellings_have_exact_gradients():
    random, outcomes, seed = Random(7), Counter(), 0
    while outcomes[True] < 2000:
        seed += 1
        point = [random.choice([0.0, 1.0, -1.0, 0.5, 2.0, random.uniform(-2, 2)]) for _ in "xy"]
        try:
            outcomes[check_gradient(spellings.spelling(seed), point)] += 1
        except spellings.UndecidedError:
            outcomes["undecided"] += 1
    assert outcomes[False] > 300


NOWHERE = [
    ("np.abs(x[0])", (0, 1)), ("np.sign(x[0])", (0, 1)), ("np.sum(np.abs(x))", (1, 0)),
    ("np.linalg.norm(x)", (0, 0)), ("np.linalg.norm(x[1])", (1, 0)), ("np.hypot(x[0], 0)", (0, 1)),
    ("np.max(x)", (2, 2)), ("np.min(x)", (-1, -1)), ("np.maximum(x[0], 0)", (0, 1)),
    ("np.minimum(x[0], x[1])", (3, 3)), ("np.maximum(x[0], x[0])", (1, 2)),
    ("np.sqrt(x[0])", (0, 1)), ("np.sqrt(x[0])", (-1, 1)), ("np.sqrt(x[0]**2)", (0, 1)),
    ("np.log(x[0])", (0, 1)), ("np.log(x[0])", (-1, 1)), ("np.log2(x[1])", (1, -1)),
    ("np.log10(x[1])", (1, -1)), ("np.log1p(x[0])", (-1, 1)), ("np.log1p(x[0])", (-2, 1)),
    ("np.arcsin(x[0])", (1, 0)), ("np.arcsin(x[0])", (1.5, 0)), ("np.arccos(x[0])", (-1, 0)),
    ("1 / x[0]", (0, 1)), ("x[0] / x[1]", (0, 0)), ("x[0]**-2", (0, 1)), ("x[0]**0.5", (0, 1)),
    ("x[0]**1.5", (0, 1)), ("x[0]**1.5", (-1, 1)), ("x[0]**x[1]", (0, 2)), ("x[0]**x[1]", (-2, 2)),
    ("x[0]**x[1]", (0, 0)), ("0**x[0]", (0, 1)), ("0**x[0]", (-1, 1)), ("(-2)**x[0]", (2, 1)),
    ("np.exp(1000 * x[0])", (1, 1)), ("x[0] + 1e999", (1, 1)), ("x[0] + 0 / 0", (1, 1)),
    # the step has none, even if the whole has
    ("np.abs(x[0])**2", (0, 1)), ("np.sqrt(x[0])**4", (0, 1)), ("0 * np.abs(x[0])", (0, 1)),
    ("np.log(x[0])**0", (-1, 1)),
    ("np.log2(x[0])**0", (-1, 1)), ("np.log10(x[0])**0", (-1, 1)), ("np.log1p(x[0])**0", (-2, 1)), ("np.linalg.norm(x)**2", (0, 0)), ("np.max(np.abs(x))", (0, 1)),
    ("np.maximum(np.abs(x[0]), 5)", (0, 1)), ("np.abs(x[0]) - np.abs(x[0])", (0, 1)),
    ("np.exp(np.log(x[0]))", (0, 1)), ("np.arctan(1 / x[0])", (0, 1)), ("1 / (1 / x[0])", (0, 1)),
    ("np.sign(np.log(x[0]))**0", (-1, 1)), ("np.square(np.sign(x[0]))", (0, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "point"), NOWHERE)
def test_there_is_no_gradient_where_a_step_has_none(text, point):
    assert np.isnan(parse_spelling(text).gradient([point])).all()


@pytest.mark.parametrize(
    ("text", "point", "gradient"),
    [
        ("x[0] + np.abs(0)", (0, 0), (1, 0)),
        ("x[0] * np.maximum(1, 1)", (0, 0), (1, 0)),
        ("x[0] + np.sqrt(0) + np.sign(len(x) - 2)", (0, 0), (1, 0)),
        ("x[0]**0", (0, 0), (0, 0)),
        ("x[0]**1", (0, 0), (1, 0)),
        ("x[0]**2", (0, 0), (0, 0)),
        ("x[0]**3", (-2, 0), (12, 0)),
        ("x[0]**-1", (-2, 0), (-0.25, 0)),
        ("0**x[0]", (2, 0), (0, 0)),
        ("np.prod(x)", (0, 0), (0, 0)),
        ("np.prod(x)", (0, 5), (5, 0)),
        ("np.maximum(x[0], x[1])", (1, 2), (0, 1)),
        ("np.maximum(1e999, x[0])", (1, 2), (np.nan, np.nan)),
        ("np.tanh(x[0])", (20, 0), (4 / math.exp(40), 0)),
        ("np.tanh(x[0])", (800, 0), (0, 0)),
        ("np.sign(x[0])", (5, 0), (0, 0)),
        ("np.max(x[0]) + np.min(x[1])", (0, 0), (1, 1)),
        ("2", (1, 1), (0, 0)),
        ("len(x)", (1, 1), (0, 0)),
        ("1e999", (1, 1), (np.nan, np.nan)),
        ("x[1]", (np.nan, 1), (0, 1)),
        ("x[0]", (1e200, 1e200), (1, 0)),
        ("x[0] * x[1]", (1e200, 1e150), (np.nan, np.nan)),
        ("1e200 * x[0]", (1, 0), (1e200, 0)),
        ("np.linalg.norm(x)", (3e-239, -4e-239), (0.6, -0.8)),
        ("np.linalg.norm(x)", (3e200, -4e200), (0.6, -0.8)),
        ("np.hypot(x[0], x[1])", (3e-239, -4e-239), (0.6, -0.8)),
        ("x[0] * x[1]", (2e-239, 3e-239), (3e-239, 2e-239)),
    ],
)
def test_the_gradient_at_the_edge(text, point, gradient):
    assert parse_spelling(text).gradient(point) == pytest.approx(gradient, 1e-15, 0, nan_ok=True)


def test_one_row_is_one_point():
    f = parse_spelling("x[0]**2 * x[1]")
    points = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]])
    expected = [[4.0, 1.0], [24.0, 9.0], [0.0, 0.0]]
    before = points.copy()
    for rows in (points, points.tolist(), np.asfortranarray(points), points.astype(int)):
        found = f.gradient(rows)
        assert found.dtype == np.float64
        assert np.array_equal(found, expected)
    assert np.array_equal(points, before)
    assert np.array_equal(f.gradient([3, 4]), [24, 9])
    assert f.gradient(np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize("text", ["np.max(np.abs(x))", "x[0]**x[1]", "np.log(x[0] - 1)", "x[0]"])
def test_a_batch_gives_what_its_points_give(text):
    f, points = parse_spelling(text), np.random.default_rng(8).integers(-2, 3, (50, 2))
    singly = [f.gradient(point) for point in points]
    assert np.array_equal(f.gradient(points), singly, equal_nan=True)


@pytest.mark.parametrize(
    ("points", "advice"),
    [
        (np.zeros((2, 5)), "that is one coordinate per row: pass points.T"),
        (np.zeros((5, 3)), "one row a point"),
        (np.zeros(3), "one row a point"),
        (np.zeros((1, 2, 2)), "one row a point"),
        (1.0, "one row a point"),
    ],
)
def test_points_of_another_shape_are_refused(points, advice):
    with pytest.raises(
        ValueError, match=rf"^points have shape \(n, 2\) or \(2,\), not \(.*\); {advice}$"
    ):
        parse_spelling("x[0]").gradient(points)


@pytest.mark.parametrize(
    "text", ["2**-" * 49 + "x[0]", "-" * 199 + "x[0]", "x[0]" + "+1" * 99, DEEP]
)
def test_a_deep_spelling_needs_few_frames(text):
    used, limit = len(inspect.stack()), sys.getrecursionlimit()
    sys.setrecursionlimit(used + 280)
    try:
        parse_spelling(text)([0.5, 0.25])
    finally:
        sys.setrecursionlimit(limit)
