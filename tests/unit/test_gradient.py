"""gradient: the oracles are gradients worked out on paper."""

import itertools
import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gradviz_core import gradient

QUICK = settings(max_examples=25, derandomize=True, database=None)
RNG = np.random.default_rng(7)


def product(x):
    return x[..., 0] * x[..., 1]


def squares(x):
    return np.sum(x**2, axis=-1)


def rosenbrock(x):
    return (1 - x[..., 0]) ** 2 + 100 * (x[..., 1] - x[..., 0] ** 2) ** 2


def rosenbrock_gradient(x):
    rise = x[:, 1] - x[:, 0] ** 2
    return np.column_stack((-2 * (1 - x[:, 0]) - 400 * x[:, 0] * rise, 200 * rise))


def wave(x):
    """A function without symmetry in any number of coordinates."""
    weights = np.arange(1, x.shape[-1] + 1)
    return np.sin((weights * x).sum(axis=-1)) + np.exp(0.1 * x[..., 0])


def wave_gradient(x):
    weights = np.arange(1, x.shape[-1] + 1)
    result = np.cos((weights * x).sum(axis=-1))[:, None] * weights
    result[:, 0] += 0.1 * np.exp(0.1 * x[:, 0])
    return result


ORACLES = [
    (product, lambda x: x[:, ::-1], 2),
    (rosenbrock, rosenbrock_gradient, 2),
    (
        lambda x: np.sin(product(x)),
        lambda x: np.cos(product(x))[:, None] * x[:, ::-1],
        2,
    ),
    *((squares, lambda x: 2 * x, d) for d in (1, 2, 3, 5, 40)),
    *((wave, wave_gradient, d) for d in (1, 2, 3, 5)),
]


@pytest.mark.parametrize("vectorized", [True, False])
@pytest.mark.parametrize(("f", "exact", "d"), ORACLES)
def test_meets_the_gradient_worked_out_on_paper(f, exact, d, vectorized):
    X = RNG.uniform(-3, 3, (50, d))
    truth = exact(X)
    found = gradient(f, X, vectorized=vectorized)
    assert found.shape == X.shape
    assert found.dtype == np.float64
    assert np.abs(found - truth).max() < 2e-8 * (1 + np.abs(truth).max())


@pytest.mark.parametrize(
    ("kind", "far", "error"),
    # at 40 the step is 1/8, whose square over 6 is the error of a sine
    [(np.float32, 0, 5e-5), (np.float32, 40, 3e-3), (np.float16, 0, 2e-2)],
)
def test_the_step_suits_the_digits_that_f_returns(kind, far, error):
    def f(x):  # as JAX does unless told otherwise: all of it in few digits
        return np.sin(x.astype(kind)).sum(axis=-1, dtype=kind)

    X = np.random.default_rng(7).uniform(-3, 3, (50, 2)) + far
    found = gradient(f, X, vectorized=True)
    assert found.dtype == np.float64
    assert np.abs(found - np.cos(X)).max() < error
    assert np.array_equal(gradient(f, X), found)
    assert np.array_equal([gradient(f, x) for x in X], found)
    assert np.array_equal(
        gradient(f, X, step=0.25), [gradient(f, x, step=0.25) for x in X]
    )


def test_f_is_called_anew_only_where_its_digits_are_few():
    calls = []

    def f(x):
        calls.append(x[..., 0].ravel().tolist())
        return np.float32(x[0])

    gradient(f, [0.0])
    assert calls == [[2**-17], [-(2**-17)], [2**-7], [-(2**-7)]]
    calls.clear()
    gradient(f, [0.0], step=0.5)
    assert calls == [[0.5], [-0.5]]


def test_the_error_falls_by_four_when_the_step_is_halved():
    x = np.array([0.3, 0.7])
    truth = wave_gradient(x[None])[0]
    errors = [
        np.abs(gradient(wave, x, step=2.0**-k) - truth).max() for k in range(4, 10)
    ]
    ratios = np.divide(errors[:-1], errors[1:])
    assert ratios == pytest.approx(4, rel=0.02)


@pytest.mark.parametrize("step", [None, 0.25])
def test_quadratics_on_dyadic_points_have_no_error_at_all(step):
    axis = np.arange(-2, 2.5, 0.25)
    X = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
    assert np.array_equal(gradient(squares, X, step=step, vectorized=True), 2 * X)
    assert np.array_equal(gradient(product, X, step=step, vectorized=True), X[:, ::-1])


@QUICK
@given(x=st.floats(-1e10, 1e10))
def test_a_coordinate_has_the_slope_one_exactly_since_the_divisor_is_what_was_moved(x):
    assert gradient(lambda x: x[0], [x], step=1e-4).tolist() == [1]


@QUICK
@given(x=st.floats(allow_nan=False, min_value=-1e307, max_value=1e307))
def test_automatic_steps_move_by_what_they_say_but_for_the_last_bit_of_x(x):
    assert abs(gradient(lambda x: x[0], [x])[0] - 1) <= 2**-36


@pytest.mark.parametrize("large", [3.9999, 4.0, 7.5, 1e6, 2.0**40, 1e100, 1e300])
def test_large_coordinates_get_a_step_that_fits_and_leave_the_small_ones_theirs(large):
    x = np.array([large, 1.0])
    found = gradient(lambda x: x[0] / large * np.sin(x[1]), x)
    assert found[0] * large == pytest.approx(np.sin(1), rel=1e-8)
    assert found[1] == pytest.approx(np.cos(1), rel=1e-8)


def test_steps_are_powers_of_two_that_double_with_the_binade():
    def steps(X):
        seen = []
        gradient(lambda x: seen.append(float(x[0])) or 0.0, X)
        return [(ahead - behind) / 2 for ahead, behind in np.reshape(seen, (2, -1)).T]

    X = [[3.5], [-4.0], [7.0], [8.0], [1024.0]]
    assert steps(X) == [2.0**-17, 2.0**-16, 2.0**-16, 2.0**-15, 2.0**-8]
    assert steps(X) == [h for x in X for h in steps(x)]


def test_f_of_one_point_gets_it_contiguous_and_alone():
    seen = []
    gradient(lambda x: seen.append(x) or 0.0, np.ones((5, 3), order="F"))
    assert all(x.flags.c_contiguous and not x.flags.writeable for x in seen)
    assert not any(np.shares_memory(a, b) for a, b in itertools.combinations(seen, 2))


# Bits: what one point gives does not depend on its company.

BATCHES = arrays(
    float,
    st.tuples(st.integers(3, 40), st.integers(1, 4)),
    elements=st.one_of(st.floats(-3.9, 3.9), st.floats(-1e9, 1e9)),
)


def polynomial(x):
    return x[..., 0] * x[..., -1] - 0.3 * x[..., 0] ** 2 + 1 / (1 + x[..., -1] ** 2)


def check_batch(X, seed, vectorized):
    """Points give the same bits one by one, in another order and memory layout."""
    whole = gradient(polynomial, X, vectorized=vectorized)
    single = [gradient(polynomial, x, vectorized=vectorized) for x in X]
    assert np.array(single).tobytes() == whole.tobytes()
    order = np.random.default_rng(seed).permutation(len(X))
    shuffled = gradient(polynomial, X[order], vectorized=vectorized)
    assert shuffled.tobytes() == whole[order].tobytes()
    for others in (np.asfortranarray(X), np.repeat(X, 2, axis=0)[::2]):
        found = gradient(polynomial, others, vectorized=vectorized)
        assert found.tobytes() == whole.tobytes()
    other_way = gradient(polynomial, X, vectorized=not vectorized)
    assert other_way.tobytes() == whole.tobytes()


@QUICK
@given(X=BATCHES, seed=st.integers(0, 99), vectorized=st.booleans())
def test_a_batch_gives_the_bits_of_its_points(X, seed, vectorized):
    check_batch(X, seed, vectorized)


def test_many_points_give_the_bits_of_a_few():
    """f is asked for so many numbers in several calls."""
    n = 15_000
    calls = []

    def f(x):
        calls.append(len(x))
        return polynomial(x)

    X = np.random.default_rng(8).uniform(-6, 6, (n, 3))
    whole = gradient(f, X, vectorized=True)
    asked = len(calls)
    parts = [gradient(f, X[k : k + 500], vectorized=True) for k in range(0, n, 500)]
    assert np.concatenate(parts).tobytes() == whole.tobytes()
    assert sum(calls[:asked]) == 2 * 3 * n
    assert 2 <= asked <= 10


def test_one_point_far_out_behind_thousands_that_are_near_gets_its_own_step():
    X = np.ones((9000, 2))
    X[8999] = 2.0**40, -(2.0**50)
    found = gradient(polynomial, X, vectorized=True)
    assert found[8999].tobytes() == gradient(polynomial, X[8999]).tobytes()


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("place", [(0, 0), (4095, 1), (8999, 0)])
def test_one_of_thousands_that_is_not_finite_is_refused_before_f_is_called(
    wrong, place
):
    X = np.ones((9000, 2))
    X[place] = wrong
    calls = []
    with pytest.raises(ValueError, match=rf"points\[{place[0]}, {place[1]}\] is"):
        gradient(lambda x: calls.append(x) or product(x), X, vectorized=True)
    assert not calls


def test_thousands_of_coordinates_stay_within_memory_and_keep_their_bits():
    """So many that not even those of one point are moved in a single call."""
    sizes = []

    def f(x):
        sizes.append(x.size)
        return 0.5 * squares(x)

    x = RNG.uniform(-2, 2, 1500)
    found = gradient(f, x, vectorized=True)
    # a sum of 1500 squares is about 2000, its rounding over 2 h about 1e-7
    assert np.abs(found - x).max() < 1e-6
    assert max(sizes) <= 128 * 1500
    whole = gradient(polynomial, x, vectorized=True)
    assert whole.tobytes() == gradient(polynomial, x).tobytes()


def test_a_negative_zero_stays_one():
    assert gradient(lambda x: x[1] * math.copysign(1, x[0]), [-0.0, 2.0])[1] == -1


def test_slopes_whose_sum_is_out_of_range_are_no_nan():
    slopes = gradient(lambda x: 2.0**1023 * x[0], [[-0.5], [0.5], [1.0]])
    assert np.array_equal(slopes, [[2.0**1023]] * 3)


def test_calls_are_counted_as_documented():
    rows, calls = [], []
    X = RNG.uniform(-2, 2, (20, 3))
    gradient(lambda x: rows.append(x.shape) or squares(x), X, vectorized=True)
    gradient(lambda x: calls.append(x.shape) or squares(x), X)
    assert sum(m for m, _ in rows) == 2 * 3 * 20
    assert calls == [(3,)] * (2 * 3 * 20)


# What f does to its argument or its result.


def reusing(size):
    kept = np.empty(size)
    return lambda x: np.multiply(x[:, 0], x[:, 1], out=kept[: len(x)])


def reusing_one_number():
    kept = np.empty(())

    def f(x):
        kept[...] = x[0] * x[1]
        return kept

    return f


def remembering():
    """Trusts that an array it has seen does not change: the last value is kept with it."""
    last = [None, None]

    def f(x):
        if last[0] is None or not np.array_equal(last[0], x):
            last[:] = x, product(x)
        return last[1]

    return f


@pytest.mark.parametrize(
    ("f", "vectorized", "n"),
    [
        (reusing(10**5), True, 20_000),
        (reusing_one_number(), False, 100),
        (remembering(), True, 20_000),
        (remembering(), False, 100),
    ],
)
def test_results_kept_or_reused_by_f_are_right(f, vectorized, n):
    X = RNG.uniform(-2, 2, (n, 2))
    found = gradient(f, X, vectorized=vectorized)
    assert np.abs(found - X[:, ::-1]).max() < 1e-9


@pytest.mark.parametrize("vectorized", [True, False])
def test_a_view_of_the_argument_may_be_returned(vectorized):
    X = RNG.uniform(-2, 2, (10, 3))
    assert np.array_equal(
        gradient(lambda x: x[..., 1], X, vectorized=vectorized), [[0, 1, 0]] * 10
    )


def writes(x):
    x[...] = 0
    return squares(x)


def adds(x):
    x += 1
    return squares(x)


def sorts(x):
    x.sort(axis=0)
    return squares(x)


def raises(x):
    raise ZeroDivisionError("mine")


def unlocks(x):
    x.flags.writeable = True
    return squares(x)


@pytest.mark.parametrize("f", [writes, adds, sorts, raises, unlocks])
@pytest.mark.parametrize("vectorized", [True, False])
@pytest.mark.parametrize(
    "X", [np.array([1.0, 2.0, 3.0]), np.eye(3), np.eye(3, order="F"), np.ones((3, 1))]
)
def test_the_callers_array_survives_whatever_f_does(f, X, vectorized):
    before = X.tobytes()
    with pytest.raises((ValueError, ZeroDivisionError)):
        gradient(f, X, vectorized=vectorized)
    assert X.tobytes() == before
    assert X.flags.writeable


def test_read_only_points_are_fine_and_the_result_is_the_callers_to_write():
    X = np.eye(3)
    X.flags.writeable = False
    found = gradient(squares, X)
    found += 1
    assert np.array_equal(found, 2 * X + 1)


@pytest.mark.parametrize("vectorized", [True, False])
@pytest.mark.parametrize(
    "error",
    [
        ZeroDivisionError("mine"),
        KeyError("mine"),
        ValueError("mine"),
        TypeError("mine"),
        IndexError("mine"),
    ],
)
def test_what_f_raises_comes_through_unchanged(error, vectorized):
    def f(x):
        raise error

    with pytest.raises(type(error), match="mine") as caught:
        gradient(f, [1.0, 2.0], vectorized=vectorized)
    assert caught.value is error
    assert caught.value.__cause__ is None


# Values that are not finite.


@pytest.mark.parametrize("vectorized", [True, False])
def test_values_that_are_not_finite_give_nan_and_leave_the_rest_right(vectorized):
    def f(x):
        return np.log(x[..., 0]) + np.where(x[..., 1] > 5, np.inf, x[..., 1])

    X = np.array([[1.0, 2.0], [-1.0, 2.0], [0.0, 2.0], [2.0, 6.0], [1.0, 5.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = gradient(f, X, vectorized=vectorized)
    nan = np.nan
    assert found == pytest.approx(
        np.array([[1, 1], [nan, nan], [nan, nan], [nan, nan], [1, nan]]), nan_ok=True
    )


def test_a_quotient_out_of_range_is_nan():
    assert np.isnan(gradient(lambda x: 1e307 * np.sign(x[0]), [0.0])).all()


def test_the_callers_error_state_is_neither_asked_nor_changed():
    with np.errstate(all="raise"):
        assert np.isnan(gradient(lambda x: np.log(x[0]), [-1.0])).all()
        assert np.geterr()["divide"] == "raise"


# Dtypes and shapes.

REAL = [np.dtype(code) for code in "bBhHiIlLqQefdg"]


@pytest.mark.parametrize("dtype", REAL)
def test_points_of_every_real_dtype_are_taken(dtype):
    X = np.array([[1, 2], [3, 4], [5, 6]], dtype)
    found = gradient(product, X, vectorized=True)
    assert found.dtype == np.float64
    assert np.array_equal(found, [[2, 1], [4, 3], [6, 5]])
    assert X.dtype == dtype


@pytest.mark.parametrize("vectorized", [True, False])
@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([1, 2], [2, 1]),
        ((1, 0.0), [0, 1]),
        ([[1, 2]], [[2, 1]]),
        ([[1, 2], [3, 4]], [[2, 1], [4, 3]]),  # a square is rows, too
        ([True, False], [0, 1]),
        (np.array([True, False]), [0, 1]),
        ([np.float32(1), 0], [0, 1]),
        (np.empty((0,)), []),
        (np.empty((0, 2)), []),
        (np.empty((3, 0)), [[], [], []]),
        (np.empty((2, 0)), [[], []]),
    ],
)
def test_points_of_any_shape_and_kind_are_rows(points, expected, vectorized):
    found = gradient(product, points, vectorized=vectorized)
    assert found.shape == np.shape(points)
    assert found.dtype == np.float64
    assert found.tolist() == expected


# What f returns.

# What is cut to a whole number is one less below 8 x: one over two steps of 2**-17.
CUT = 2.0**16


@pytest.mark.parametrize(
    ("dtype", "automatic"),
    [
        (np.float16, 8),
        (np.float32, 8),
        (np.longdouble, 8),
        (np.int64, CUT),
        (np.uint8, CUT),
    ],
)
def test_values_of_every_real_dtype_are_taken(dtype, automatic):
    def f(x):
        return (8 * x[..., 0]).astype(dtype)

    X = np.array([[2.0], [3.0]])
    for vectorized in (True, False):
        found = gradient(f, X, step=0.5, vectorized=vectorized)
        assert found.tolist() == [[8], [8]]
        found = gradient(f, X, vectorized=vectorized)
        assert found.tolist() == [[automatic], [automatic]]


def test_falling_unsigned_values_do_not_wrap_around():
    def f(x):
        return (100 - x[..., 0]).astype(np.uint8)

    assert gradient(f, [[2.0]] * 3, step=1, vectorized=True).tolist() == [[-1]] * 3


@pytest.mark.parametrize("one", [Fraction(1), 1, np.int8(1), np.array(1)])
def test_any_one_real_number_is_a_value(one):
    assert gradient(lambda x: one, [1.0]).tolist() == [0]


class OneOfALibrary:
    """A number as JAX has it: an array without dimensions that is none of NumPy's."""

    shape = ()

    def __init__(self, value):
        self.value = value

    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.value, dtype=dtype)


def test_one_number_of_another_library_is_a_value():
    assert gradient(lambda x: OneOfALibrary(x @ x), [3.0, 4.0]).tolist() == [6, 8]
    with pytest.raises(TypeError, match="expected one real number"):
        gradient(lambda x: OneOfALibrary(1j), [3.0])


@pytest.mark.parametrize("step", [1, Fraction(1, 2), np.float32(0.5), 2.0**-30])
def test_any_positive_number_is_a_step(step):
    assert gradient(squares, [3.0, 4.0], step=step).tolist() == [6, 8]


# Refusals: each says what was passed, what was expected and what to type.

MANY = np.ones((3, 2))
POINT = np.array([1.0, 2.0])
LARGEST = float(np.finfo(float).max)
ONE_BY_ONE = (
    "one coordinate per row. Expected one point per row: pass points.T. "
    "(Two points of many coordinates? such points can be passed one by one.)"
)
NOT_A_POINT = "expected (d,) or (n, d): write"
NOT_A_STEP = "expected a positive finite number: step=1e-5"
NO_NUMBER = "expected a positive number"


def check_refusal(error, message, *arguments, **options):
    """The message is this one; one that ends with … goes on."""
    with pytest.raises(error) as caught:
        gradient(*arguments, **options)
    if message.endswith("…"):
        assert str(caught.value).startswith(message[:-1])
    else:
        assert str(caught.value) == message


@pytest.mark.parametrize("vectorized", [True, False])
@pytest.mark.parametrize(
    ("points", "error", "message"),
    [
        (np.ones((2, 3)), ValueError, f"points has shape (2, 3): {ONE_BY_ONE}"),
        ([[1] * 9999] * 2, ValueError, f"points has shape (2, 9999): {ONE_BY_ONE}"),
        (
            np.ones((4, 3, 2)),
            ValueError,
            f"points has shape (4, 3, 2); {NOT_A_POINT} points.reshape(-1, 2)",
        ),
        (
            3.0,
            ValueError,
            f"points has shape (); {NOT_A_POINT} [x] for one coordinate",
        ),
        (
            [[1, 2], [3]],
            ValueError,
            "points is ragged; give each row as many: [[1, 2], [3, 4]]",
        ),
        (
            [1 + 2j, 3],
            TypeError,
            "points holds complex128 values; expected real numbers: points.real",
        ),
        (
            ["1", "2"],
            TypeError,
            "points holds <U1 values; expected real numbers: np.array(points, dtype=float)",
        ),
        ([1, None], TypeError, "points holds object values…"),
        (np.array(["2020"], "M8[D]"), TypeError, "points holds datetime64[D] values…"),
        (
            [1, np.nan],
            ValueError,
            "points[1] is nan; expected finite: drop that point",
        ),
        ([[1, 2], [3, 4], [-np.inf, 0]], ValueError, "points[2, 0] is -inf…"),
        ([[1, 2], [np.inf, 4], [5, 6]], ValueError, "points[1, 0] is inf…"),
    ],
)
def test_points_that_are_refused(points, error, message, vectorized):
    check_refusal(error, message, product, points, vectorized=vectorized)


@pytest.mark.parametrize(
    ("f", "message"),
    [
        ("x", "f is 'x', not callable: write gradient(f, points)"),
        (POINT, "f is array([1., 2.]), not callable…"),
    ],
)
def test_an_f_that_cannot_be_called_is_refused(f, message):
    check_refusal(TypeError, message, f, POINT)


@pytest.mark.parametrize(
    ("step", "error", "message"),
    [
        (0, ValueError, f"step is 0; {NOT_A_STEP}"),
        (-1e-4, ValueError, f"step is -0.0001; {NOT_A_STEP}"),
        (math.nan, ValueError, f"step is nan; {NOT_A_STEP}"),
        (math.inf, ValueError, f"step is inf; {NOT_A_STEP}"),
        (10**400, ValueError, "step is 10…"),
        ("1e-4", TypeError, f"step is '1e-4'; {NO_NUMBER}…"),
        (True, TypeError, f"step is True; {NO_NUMBER}…"),
        (1j, TypeError, f"step is 1j; {NO_NUMBER}…"),
        (np.ones(2), TypeError, "step is array([1., 1.]); expected…"),
        (1e-17, ValueError, "step 1e-17 vanishes next to x = 1.0…"),
        (Fraction(1, 10**400), ValueError, "step 1/1000…"),
        (
            LARGEST,
            ValueError,
            f"step {LARGEST} vanishes next to x = 1.0 or takes it out of float64; "
            "expected x - h < x < x + h: leave step out",
        ),
    ],
)
def test_steps_that_are_refused(step, error, message):
    check_refusal(error, message, product, POINT, step=step)


@pytest.mark.parametrize("x", [2.0**53, -(2.0**53)])
def test_a_step_that_vanishes_on_one_side_only_is_refused(x):
    # 2**53 + 1 rounds back to 2**53, while 2**53 - 1 is a float64
    message = f"step 1 vanishes next to x = {x}…"
    check_refusal(ValueError, message, lambda x: x[0], [[1.0], [2.0], [x]], step=1)


def negative_if(x):
    if x[..., 0] > 0:
        return x[..., 1]
    return -x[..., 1]


def unpacking(x):
    x0, x1 = x
    return x0 * x1


@pytest.mark.parametrize(
    ("f", "error", "parts"),
    [
        (lambda x: np.sum(x**2), ValueError, ["shape ()", "one number of all points"]),
        (lambda x: 1.0, ValueError, ["shape ()", "expected (12,)"]),
        (lambda x: x[0] * x[1], ValueError, ["shape (2,)", "seems to index points"]),
        (lambda x: np.sum(x**2, axis=0), ValueError, ["shape (2,)", "axis=-1"]),
        (lambda x: x**2, ValueError, ["shape (12, 2)", "elementwise"]),
        (lambda x: x[:, :1], ValueError, ["shape (12, 1)", "write x[..., 0]"]),
        (lambda x: x[:5, 0], ValueError, ["shape (5,)", "write x[..., 0]"]),
        (lambda x: x[..., 0] * 1j, TypeError, ["returned complex128 values"]),
        (lambda x: x[..., 0] > 0, TypeError, ["returned bool values"]),
        (lambda x: None, TypeError, ["returned object values"]),
        (
            lambda x: math.sin(x[..., 0]),
            TypeError,
            ["f wants a number", "raised: only"],
        ),
        (negative_if, ValueError, ["decides once for all points", "raised: The truth"]),
        (unpacking, ValueError, ["unpacks many points as one"]),
        (writes, ValueError, ["f writes to its argument"]),
        (sorts, ValueError, ["f writes to its argument"]),
    ],
)
def test_batches_that_f_was_not_made_for(f, error, parts):
    with pytest.raises(error) as caught:
        gradient(f, MANY, vectorized=True)
    for part in parts:
        assert part in str(caught.value)
    assert "vectorized=True" not in str(caught.value)  # which is what was wrong


@pytest.mark.parametrize(
    ("f", "error", "part"),
    [
        (lambda x: x, ValueError, "returned an array of shape (2,)"),
        (lambda x: x[:1], ValueError, "returned an array of shape (1,)"),
        (lambda x: [1.0], ValueError, "returned [1.0]"),
        (lambda x: None, TypeError, "returned None"),
        (lambda x: True, TypeError, "returned True"),
        (lambda x: x[0] > 0, TypeError, "returned np.True_"),
        (lambda x: 1j, TypeError, "returned 1j"),
        (lambda x: np.complex128(x[0]), TypeError, "expected one real number"),
        (lambda x: "1", TypeError, "returned '1'"),
        (lambda x: x[:, 0] * x[:, 1], ValueError, "write x[..., 0], or say vectorized"),
        (
            lambda x: np.sum(x, axis=1),
            ValueError,
            "write axis=-1, or say vectorized=True",
        ),
        (writes, ValueError, "f writes to its argument"),
        (adds, ValueError, "f writes to its argument"),
    ],
)
def test_values_that_are_refused(f, error, part):
    with pytest.raises(error) as caught:
        gradient(f, MANY)
    assert part in str(caught.value)
    assert "vectorized=False" not in str(caught.value)


def test_a_lesson_is_chained_to_what_numpy_said():
    with pytest.raises(ValueError, match="f writes to its argument") as caught:
        gradient(writes, POINT)
    assert "read-only" in str(caught.value.__cause__)


@pytest.mark.parametrize("n", [1, 2, 3, 5])
@pytest.mark.parametrize(
    "wrong", [lambda x: np.sum(x**2, axis=0), lambda x: x[0], lambda x: x[:, 0] @ x]
)
def test_a_wrong_axis_shows_even_when_there_are_as_many_points_as_coordinates(n, wrong):
    with pytest.raises(ValueError, match=rf"expected \({2 * n * n},\)"):
        gradient(wrong, np.ones((n, n)), vectorized=True)


@pytest.mark.parametrize(
    ("f", "vectorized", "message"),
    [
        (
            np.sum,
            True,
            "f returned shape () for points of shape (12, 2); expected (12,), one number "
            "per point. f made one number of all points: reduce over coordinates only, "
            "axis=-1; or say vectorized=False if f takes one point",
        ),
        (
            lambda x: None,
            True,
            "f returned object values; expected real numbers, as float64 (object: does f "
            "end with `return`?)",
        ),
        (
            lambda x: None,
            False,
            "f returned None for one point; expected one real number: reduce, as "
            "np.sum(x**2) does, or take an entry, x[0]; end f with `return`",
        ),
    ],
)
def test_what_is_said_of_a_value_is_this_and_no_more(f, vectorized, message):
    error = (TypeError, ValueError)
    check_refusal(error, message, f, MANY, vectorized=vectorized)


def test_two_points_of_many_coordinates_can_be_passed_one_by_one():
    X = np.arange(6.0).reshape(2, 3)
    assert [gradient(squares, x).tolist() for x in X] == [[0, 2, 4], [6, 8, 10]]
