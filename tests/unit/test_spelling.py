"""A spelling is refused at its column or is NumPy's own function with an exact derivative."""

import re
from collections import Counter
from random import Random

import numpy as np
import pytest

from gradviz_core import Grid, Layout, SpellingError, measure, parse_spelling
from tests.unit import spellings
from tests.unit.cases import (
    ALLOWED,
    AT_THE_EDGE,
    FUNCTIONS,
    NOWHERE,
    REFUSED,
    SMOOTH,
    VALUES,
)

# Refusals


def test_a_wrong_text_is_refused_at_its_column():
    for text, column in REFUSED:
        with pytest.raises(SpellingError) as caught:
            parse_spelling(text)
        assert caught.value.column == column, text
        assert str(caught.value).startswith(f"column {column}: "), text


OPERAND = (
    "a number, x, x[0], x[1], len(x), np.pi, np.e, a function such as np.sin, + - or ("
)
OPERATOR = "+ - * / @ ** (a product needs its *)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("*x[0]", f"'*' cannot stand here; allowed: {OPERAND}"),
        ("x[0] +", f"the text ends too early; allowed: {OPERAND}"),
        ("zzz", f"'zzz' is not in the language; allowed: {OPERAND}"),
        ("x[0] x[1]", f"'x' cannot stand here; allowed: {OPERATOR} or if"),
        ("(x[0]", f"the text ends too early; allowed: {OPERATOR}, if or )"),
        ("x[0+1]", "'+' cannot stand here; allowed: ]"),
        ("len(x+1)", "'+' cannot stand here; allowed: )"),
        ("np.sin x", "'x' cannot stand here; allowed: ("),
        (
            "np.(x)",
            "'(' cannot stand here; allowed: a name, as in np.sin or np.linalg.norm",
        ),
        (
            "x @ x[0]",
            "@ stands between vectors and matrices; the product of numbers is written *",
        ),
        (
            "x[0] > 1",
            "'>' cannot stand here; one comparison stands in np.where(c, a, b) or in "
            "a if c else b",
        ),
        (
            "if x[0] > 1",
            "'if' is not in the language; a choice is written a if c else b, where c is "
            "one comparison",
        ),
        (
            "np.where(x[0], 1, 2)",
            "',' cannot stand here; allowed: one of the comparisons < <= > >= == !=",
        ),
        (
            "np.sum(x if x[0] > 1 else 2)",
            "both values of a choice have to be numbers, or both of them vectors",
        ),
        (
            "np.array(2)",
            "'2' cannot stand here; allowed: [ of an array of two numbers, as in "
            "np.array([1, 2]), or of two such rows",
        ),
        ("np.array([1, 2], 3)", "np.array takes 1 argument, got 2"),
        (
            "x[2]",
            "'2' cannot stand here; allowed: 0, 1, -1 or -2, because a point has two "
            "coordinates, x[0] and x[1]",
        ),
        ("sinus", "'sinus' is not in the language; did you mean np.sin?"),
        ("asin(1)", "'asin' is not in the language; did you mean np.arcsin?"),
        ("acos(1)", "'acos' is not in the language; did you mean np.arccos?"),
        ("np.norm(x)", "'norm' is not in the language; did you mean np.linalg.norm?"),
        ("X[0]", "'X' is not in the language; did you mean x?"),
        (
            "x[0] ^ 2",
            "'^' cannot stand here; powers are written **, as in x[0]**2",
        ),
        ("x", "this is a vector and f gives one number: np.sum(...) is one"),
        ("np.hypot(1)", "np.hypot takes 2 arguments, got 1"),
        ("np.sin(1, 2)", "np.sin takes 1 argument, got 2"),
        ("1" * 257, "at most 256 characters"),
        ("(" * 33, "at most 32 brackets may be open"),
        ("-" * 256, "at most 200 numbers, names, operators and calls"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_type(text, message):
    with pytest.raises(SpellingError) as caught:
        parse_spelling(text)
    assert str(caught.value) == f"column {caught.value.column}: {message}"


def test_an_unknown_name_is_answered_with_all_that_there_are():
    with pytest.raises(SpellingError) as caught:
        parse_spelling("np.zzzzzz(x)")
    names = [name for group in FUNCTIONS.values() for name in group]
    assert re.findall(r"np\.([a-z.0-9]+)", str(caught.value)) == names


@pytest.mark.parametrize("text", [None, 3, b"x[0]", ["x[0]"]])
def test_only_text_is_a_spelling(text):
    with pytest.raises(TypeError, match="a spelling is text such as"):
        parse_spelling(text)


def test_a_spelling_at_the_edge_is_taken():
    for text in ALLOWED:
        f = parse_spelling(text)
        assert f.source == text
        assert isinstance(f([0.5, 0.25]), np.float64), text
        assert f.gradient([[0.5, 0.25]]).shape == (1, 2), text


def check_any_text(seed):
    """Any text gives a number and a gradient, or is refused at a column within it."""
    text = spellings.any_text(seed)
    try:
        f = parse_spelling(text)
    except SpellingError as error:
        assert 1 <= error.column <= len(text) + 1, text
        return "refused"
    assert isinstance(f(np.array([0.5, -0.25])), np.float64), text
    assert f.gradient([[0.5, -0.25], [0.0, 0.0]]).shape == (2, 2), text
    return "taken"


def test_any_text_gives_a_number_or_a_refusal():
    outcomes = Counter(check_any_text(seed) for seed in range(150))
    assert outcomes["refused"] > 100
    assert outcomes["taken"] > 4


# Values


def test_a_value_is_what_numpy_makes_of_the_text():
    for text, value in VALUES:
        assert same_bits(parse_spelling(text)([3, 4]), value), text


def same_bits(a, b):
    if np.isnan(a) or np.isnan(b):
        return bool(np.isnan(a) and np.isnan(b))
    return np.float64(a).tobytes() == np.float64(b).tobytes()


# What NumPy says of them, in three ways.
SHAPES = "broadcast|mismatch|not aligned"


def check_value(text, x):
    """Python runs the text over NumPy, each of its numbers a float64; return the value.

    None is returned for shapes that do not fit: then both raise an error.
    """
    floats = spellings.NUMBER.sub(r"np.float64(\g<0>)", text)
    floats = floats.replace("len(x)", "np.float64(len(x))")
    before = x.copy()
    try:
        with np.errstate(all="ignore"):
            value = eval(floats, {"np": np, "x": x})
    except ValueError:
        with pytest.raises(ValueError, match=SHAPES):
            parse_spelling(text)(x)
        return None
    found = parse_spelling(text)(x)
    assert isinstance(found, np.float64), text
    assert same_bits(found, value), text
    assert np.array_equal(x, before)
    return found


def test_a_value_has_the_bits_of_numpy():
    random = np.random.default_rng(5)
    for text in SMOOTH:
        for n in (2, 3, 324):
            check_value(text, random.uniform(-2, 2, n))


def test_a_random_spelling_has_the_bits_of_numpy():
    random = np.random.default_rng(6)
    values = [
        check_value(spellings.spelling(seed), random.uniform(-2, 2, 2 + seed % 9))
        for seed in range(200)
    ]
    assert 5 < values.count(None) < 60


@pytest.mark.parametrize(
    "text",
    [
        "x @ np.array([[2, 1], [1, 3]]) @ x",
        "np.dot(np.array([1, 2]), x)",
        "np.sum(x - np.array([1, 2]))",
        "np.sum(x * np.array([[1, 2], [3, 4]]))",
        "np.sum(np.where(np.array([1, 2]) > 0, x, 0))",
        "np.sum(np.where(x > 0, np.array([1, 2]), 0))",
        "np.sum(np.clip(x, np.array([1, 2]), 3))",
        "np.sum(np.maximum(x, np.array([1, 2])))",
        "np.sum(np.where(x == np.array([1, 2]), 1, 2))",
    ],
)
def test_shapes_that_do_not_fit_raise(text):
    f = parse_spelling(text)
    assert np.isfinite(f(np.array([0.5, 0.25])))
    for length in (3, 4, 324):
        assert check_value(text, np.linspace(-2, 2, length)) is None
    assert measure(f, Grid(), Layout.ROWS).verdict == "right"
    assert measure(f, Grid(), Layout.COLUMNS).verdict == "raises"


def test_what_is_not_chosen_is_not_computed():
    f = parse_spelling("1 if x[0] > 0 else np.sum(x * np.array([1, 2]))")
    assert f(np.ones(3)) == 1
    with pytest.raises(ValueError, match=SHAPES):
        f(-np.ones(3))
    f = parse_spelling("np.where(x[0] > 0, 1, np.sum(x * np.array([1, 2])))")
    with pytest.raises(ValueError, match=SHAPES):
        f(np.ones(3))


def test_a_point_may_be_a_list_or_of_any_real_numbers():
    f = parse_spelling("x[0] / x[1]")
    assert f([1, 2]) == f((1.0, 2.0)) == f([True, 2]) == 0.5
    assert f(np.array([1, 2], dtype=np.uint8)) == 0.5
    # NumPy itself refuses a negative power of integers.
    assert parse_spelling("x[0]**-1")(np.array([2, 4])) == 0.5


@pytest.mark.parametrize("x", [3.0, [[1.0, 2.0]], np.zeros((2, 2))])
def test_f_takes_one_point(x):
    with pytest.raises(ValueError, match=r"one point, shape \(n,\).*gradient"):
        parse_spelling("x[0]")(x)


def test_a_point_of_one_number_is_what_numpy_makes_of_it():
    assert parse_spelling("np.sum(x**2) + x[-1] + len(x)")([3.0]) == 13
    with pytest.raises(IndexError):
        parse_spelling("x[1]")([3.0])


@pytest.mark.parametrize("x", [[1j, 2], ["a", "b"], [None, 1]])
def test_points_are_real_numbers(x):
    f = parse_spelling("x[0]")
    with pytest.raises(TypeError, match="real numbers"):
        f(x)
    with pytest.raises(TypeError, match="real numbers"):
        f.gradient([x])


# The derivative


def check_gradient(text, point, found):
    """Compare with the oracle; return whether a gradient exists."""
    truth, largest = spellings.exact_gradient(text, point)
    if truth is None:
        assert np.isnan(found).all(), (text, point)
        return False
    error = max(abs(a - float(b)) for a, b in zip(truth, found, strict=True))
    assert error <= 1e-11 * largest, (text, point, found, truth)
    return True


def test_the_gradient_is_exact():
    points = [(0.75, -1.25), (1.3, 0.4), (-0.6, 1.7), (-1.1, -0.3), (2.0, 1.0)]
    for text in SMOOTH:
        f = parse_spelling(text)
        exist = [check_gradient(text, point, f.gradient(point)) for point in points]
        assert sum(exist) >= 2, text


def check_random_gradients(seeds):
    """Count at how many random points a random spelling has a gradient, and has none."""
    outcomes = Counter()
    for seed in seeds:
        random = Random(seed)
        text = spellings.spelling(seed)
        point = spellings.numbers(random, 2)
        try:
            outcomes[
                check_gradient(text, point, parse_spelling(text).gradient(point))
            ] += 1
        except spellings.UndecidedError:
            outcomes["undecided"] += 1
    return outcomes


def test_a_random_spelling_has_its_exact_gradient():
    outcomes = check_random_gradients(range(120))
    assert outcomes[True] > 45
    assert outcomes[False] > 7


def test_there_is_no_gradient_where_a_step_has_none():
    for text, point in NOWHERE:
        found = parse_spelling(text).gradient([point])
        assert np.isnan(found).all(), (text, point)


def test_the_gradient_at_the_edge():
    for text, point, gradient in AT_THE_EDGE:
        found = parse_spelling(text).gradient(point)
        expected = pytest.approx(gradient, 1e-15, 0, nan_ok=True)
        assert found == expected, (text, point)


def test_one_row_is_one_point():
    f = parse_spelling("x[0]**2 * x[1]")
    points = np.array([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]])
    before = points.copy()
    for rows in (
        points,
        points.tolist(),
        np.asfortranarray(points),
        points.astype(int),
    ):
        found = f.gradient(rows)
        assert found.dtype == np.float64
        assert found.tolist() == [[4, 1], [24, 9], [0, 0]]
    assert np.array_equal(points, before)
    assert f.gradient([3, 4]).tolist() == [24, 9]
    assert f.gradient(np.empty((0, 2))).shape == (0, 2)


@pytest.mark.parametrize(
    "text", ["np.max(np.abs(x))", "x[0]**x[1]", "np.log(x[0] - 1)", "x[0]"]
)
def test_many_points_give_what_each_gives_alone(text):
    f = parse_spelling(text)
    points = np.random.default_rng(8).integers(-2, 3, (50, 2))
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
    with pytest.raises(ValueError, match=f"^points have shape .*; {advice}$"):
        parse_spelling("x[0]").gradient(points)
