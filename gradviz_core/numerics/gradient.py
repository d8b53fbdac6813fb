"""The gradient of f at many points: fast, and hard to misuse.

f gets stacked copies only, so that no fault of f can touch the caller's points. The
routine that the site measures and draws is another one: the exhibit in `book`.

Legend: f the function, x one point, X all points, h the step, d the number of
coordinates, n of points, m of rows in one call of a vectorized f.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from numbers import Real
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from gradviz_core.numerics.grid import Floats

# Takes points, one per row, and returns one number for each.
Evaluation = Callable[[Floats], Floats]

# The smallest step, by the type that f returns: near the cube root of its epsilon, and
# a power of two, so that x + h and x - h are exact.
SMALLEST_STEPS = {np.float64: 2.0**-17, np.float32: 2.0**-7, np.float16: 2.0**-3}

# Below this, the smallest step is used at every point; from here on it doubles with
# each power of two, as the spacing of floating-point numbers does.
NEAR = 4

# How many numbers f gets in one call at most, and of how many points: few calls, and
# all that belongs to one stays in the cache if the points have few coordinates. With
# half as many points NumPy would take three times as long to move each of them.
BLOCK = 2**17
POINTS_AT_ONCE = 2**12

# What Python and NumPy say about common mistakes in f, and what they mean.
SLIPS_ANYWHERE = {
    "is read-only": "f writes to its argument: start it with x = x.copy()",
}
SLIPS_ON_ONE_POINT = SLIPS_ANYWHERE | {
    "is 1-dimensional, but 2": (
        "f got one point, (d,): write x[..., 0], or say vectorized=True"
    ),
    "for array of dimension 1": (
        "f got one point, (d,): write axis=-1, or say vectorized=True"
    ),
}
SLIPS_ON_MANY_POINTS = SLIPS_ANYWHERE | {
    "converted to Python scalars": (
        "f wants a number, as math.sin does: np.sin or vectorized=False"
    ),
    "truth value of an array": (
        "f decides once for all points: np.where or vectorized=False"
    ),
    "too many values to unpack": "f unpacks many points as one: say vectorized=False",
}


def gradient(
    f: Callable[[Any], Any],
    points: ArrayLike,
    *,
    step: float | None = None,
    vectorized: bool = False,
) -> Floats:
    """Differentiate f at one point or many, by central differences of second order.

    f sees read-only copies only. The results for many points match those for each point
    alone bit for bit, if those of f do, in one type.

    Parameters
    ----------
    f : callable
        Takes one point, shape (d,), and returns one real number.
    points : array_like, shape (d,) or (n, d)
        One point, or one point per row; real numbers of any dtype.
    step : float, optional
        The h of every coordinate; by default 2**-17 below abs(x[i]) = 4, doubling at 4,
        8, ..., but from 2**-7 or 2**-3 if f, then called anew, returns float32 or
        float16.
    vectorized : bool, default False
        f takes (m, d), one row one point, and returns (m,), each number from its row
        alone.

    Returns
    -------
    ndarray of float64
        The shape of `points`; nan where f or the quotient is not finite.

    Raises
    ------
    TypeError
        If f is not callable, or points, step or what f returns are not real numbers.
    ValueError
        If points are not (d,) or (n, d), lie one coordinate per row, (2, n) with n > 2,
        or are not finite; if step is not positive and finite or vanishes next to x; if
        f returns a wrong shape, misindexes or writes to its argument. Any other error
        of f passes.

    Notes
    -----
    f is called 2 d times a point; vectorized it gets 2 d n rows in blocks. Formula and
    h, the cube root of the machine epsilon: Nocedal and Wright, Numerical Optimization,
    2nd ed. (2006), 8.1. Steps that are powers of two need no care; a step of yours is
    divided by as rounded, (x + h) - (x - h): Press et al., Numerical Recipes, 3rd ed.
    (2007), 5.7.

    Two points of two coordinates, and two of many, cannot be told from coordinates in
    rows: (2, 2) is taken as it is, and (2, n) is refused.

    Examples
    --------
    >>> points = np.array([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])
    >>> gradient(lambda x: x[0] * x[1], points)
    array([[4., 3.],
           [6., 5.],
           [8., 7.]])
    >>> gradient(lambda x: x[..., 0] * x[..., 1], points, vectorized=True)[0]
    array([4., 3.])
    >>> gradient(lambda x: x[0] * x[1], points.T)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: points has shape (2, 3): one coordinate per row. Expected one point...
    """
    if not callable(f):
        raise TypeError(f"f is {f!r:.40}, not callable: write gradient(f, points)")
    with np.errstate(all="ignore"):
        X = _checked_points(points)
        if X.size == 0:
            return np.empty(X.shape)
        rows = np.atleast_2d(X)
        largest = _largest(rows)
        if not math.isfinite(largest):
            _refuse_not_finite(X)
        h = None if step is None else _checked_step(step, X)
        call = partial(_call_on_batch if vectorized else _call_on_each, f)
        slips = SLIPS_ON_MANY_POINTS if vectorized else SLIPS_ON_ONE_POINT
        is_near = bool(largest < NEAR)
        try:
            result = _differentiate(call, rows, h, SMALLEST_STEPS[np.float64], is_near)
        except (IndexError, TypeError, ValueError) as error:
            _explain(error, slips)
        return result.reshape(X.shape)


def _explain(error: Exception, slips: dict[str, str]) -> NoReturn:
    """Raise an error of f again, with its likely meaning if that is known."""
    for symptom, meaning in slips.items():
        if symptom in str(error):
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{meaning}. f raised: {error}") from error
    raise error


def _differentiate(
    call: Evaluation, X: Floats, h: float | None, smallest_step: float, is_near: bool
) -> Floats:
    """Differentiate at rows of X, by the caller's step `h` or by the default steps."""
    n, d = X.shape
    slopes = np.empty((d, n))
    for moved, sides, block in _blocks(n, d):
        x = np.ascontiguousarray(X[block].T)
        step = h or _steps(x[moved], smallest_step, is_near)
        stack = _stack(x, sides, step)
        width = _rounded_width(stack, moved) if h else 2 * step
        values = call(stack.reshape(d, -1).T)
        coarser = SMALLEST_STEPS.get(values.dtype.type, smallest_step)
        if h is None and coarser > smallest_step:
            return _differentiate(call, X, h, coarser, is_near)
        _fill_slopes(slopes[moved, block], values, width)
    return slopes.T


def _blocks(n: int, d: int) -> Iterator[tuple[slice, Floats, slice]]:
    """Cut the work into calls of f: the coordinates that are moved, and the points.

    Between the two stand the `_sides` of these coordinates.
    """
    coordinates_at_once = min(d, max(1, BLOCK // (2 * d)))
    points_at_once = max(1, BLOCK // (2 * d * coordinates_at_once))
    points_at_once = min(points_at_once, POINTS_AT_ONCE)
    for moved in _slices(d, coordinates_at_once):
        sides = _sides(d, moved)
        for block in _slices(n, points_at_once):
            yield moved, sides, block


def _slices(length: int, size: int) -> Iterator[slice]:
    """Cut a length into slices of a size; the last may be shorter."""
    for start in range(0, length, size):
        yield slice(start, start + size)


def _stack(x: Floats, sides: Floats, step: Any) -> Floats:
    """Move points ahead and behind along each coordinate, all for one call of f.

    The stack has the shape (d, 2, i, w), for d entries, the two sides, the i
    coordinates that are moved, and w points.
    """
    stack: Floats = x[:, None, None] + sides * step
    stack.flags.writeable = False
    return stack


def _fill_slopes(slopes: Floats, values: Floats, width: Any) -> None:
    """Write the difference quotients of a block into its part of the result."""
    f_of_sides = values.astype(np.float64, copy=False)
    f_ahead, f_behind = f_of_sides.reshape(2, *slopes.shape)
    np.subtract(f_ahead, f_behind, out=slopes)
    if np.ndim(width) == 0:
        # A width that all share is a power of two: its reciprocal is exact, and to
        # multiply by that is faster than to divide.
        slopes *= 1 / width
    else:
        slopes /= width
    _mark_not_finite(slopes)


def _mark_not_finite(slopes: Floats) -> None:
    """Replace each number that is not finite with nan."""
    # A sum is finite only if all its numbers are.
    if not math.isfinite(slopes.sum()):
        slopes[~np.isfinite(slopes)] = np.nan


def _sides(d: int, moved: slice) -> Floats:
    """Return by how many steps each of d entries is moved, shape (d, 2, i, 1).

    An entry that stays is moved by -0.0, which changes no number: 0.0 changes -0.0.
    """
    coordinates = range(d)[moved]
    sides = np.full((d, 2, len(coordinates), 1), -0.0)
    ahead, behind = _moved_entries(sides, moved)
    ahead[:] = 1
    behind[:] = -1
    return sides


def _moved_entries(stack: Floats, moved: slice) -> Floats:
    """Return a view of the moved entries of each coordinate, shape (2, i, w)."""
    view: Floats = np.einsum("isiw->siw", stack[moved])
    return view


def _rounded_width(stack: Floats, moved: slice) -> Floats:
    """Return the rounded distance of x + h and x - h, which is rarely 2 h."""
    ahead, behind = _moved_entries(stack, moved)
    width: Floats = ahead - behind
    return width


def _steps(x: Floats, smallest: float, is_near: bool) -> Any:
    """Return the step for each number: the smallest below 4, doubling from there."""
    if is_near:
        return np.float64(smallest)
    _, exponents = np.frexp(x)
    doublings = np.maximum(exponents - 2, 0)
    return np.ldexp(smallest, doublings)


def _call_on_batch(f: Callable[[Any], Any], rows: Floats) -> Floats:
    """Call f once on all rows, and check what it returned."""
    m, d = rows.shape
    values = np.asarray(f(rows))
    if values.dtype.kind not in "iuf":
        raise TypeError(
            f"f returned {values.dtype} values; expected real numbers, as float64 "
            "(object: does f end with `return`?)"
        )
    if values.shape != (m,):
        advice = _shape_advice(values.shape, m, d)
        raise ValueError(
            f"f returned shape {values.shape} for points of shape {(m, d)}; "
            f"expected {(m,)}, one number per point. {advice}; "
            "or say vectorized=False if f takes one point"
        )
    return values


def _shape_advice(shape: tuple[int, ...], m: int, d: int) -> str:
    """Say what f must have done to return this shape for points of shape (m, d)."""
    if shape == ():
        return "f made one number of all points: reduce over coordinates only, axis=-1"
    if shape == (d,):
        return (
            "f seems to index points, or to reduce over them: write x[..., 0], axis=-1"
        )
    if shape == (m, d):
        return "f is elementwise: reduce over coordinates, axis=-1, or take x[..., 0]"
    return "write x[..., 0] for a coordinate and axis=-1 to reduce"


def _call_on_each(f: Callable[[Any], Any], rows: Floats) -> Floats:
    """Call f on each row in turn."""
    rows = np.ascontiguousarray(rows)
    rows.flags.writeable = False
    return np.array([_checked_number(f(x)) for x in rows])


def _checked_number(value: Any) -> Any:
    """Return a number, in its own type if that has its own step, else as a float."""
    is_scalar = getattr(value, "shape", None) == ()
    if is_scalar and not isinstance(value, float):
        value = np.asarray(value)[()]  # for example from JAX
    if isinstance(value, float | Real) and not isinstance(value, bool):
        return value if type(value) in SMALLEST_STEPS else float(value)
    kind = f"{value!r:.40}"
    if isinstance(value, np.ndarray):
        kind = f"an array of shape {value.shape}"
    is_sequence = isinstance(value, np.ndarray | list | tuple)
    error = ValueError if is_sequence else TypeError
    raise error(
        f"f returned {kind} for one point; expected one real number: reduce, as "
        "np.sum(x**2) does, or take an entry, x[0]; end f with `return`"
    )


def _checked_points(points: ArrayLike) -> Floats:
    try:
        given = np.asarray(points)
    except ValueError as error:
        raise ValueError(
            "points is ragged; give each row as many: [[1, 2], [3, 4]]"
        ) from error
    shape = given.shape
    if given.dtype.kind not in "biuf":
        fix = "np.array(points, dtype=float)"
        if given.dtype.kind == "c":
            fix = "points.real"
        raise TypeError(
            f"points holds {given.dtype} values; expected real numbers: {fix}"
        )
    if given.ndim not in (1, 2):
        fix = f"points.reshape(-1, {shape[-1]})" if shape else "[x] for one coordinate"
        raise ValueError(
            f"points has shape {shape}; expected (d,) or (n, d): write {fix}"
        )
    if given.ndim == 2 and shape[0] == 2 < shape[1]:
        raise ValueError(
            f"points has shape {shape}: one coordinate per row. Expected one point per "
            "row: pass points.T. (Two points of many coordinates? such points can be "
            "passed one by one.)"
        )
    return np.asarray(given, np.float64)


def _largest(X: Floats) -> Any:
    """Return the largest absolute value of all numbers; nan if one of them is nan.

    Each block is in the cache when its second extreme is looked up.
    """
    extremes = []
    for rows in _slices(len(X), POINTS_AT_ONCE):
        extremes += [X[rows].max(), -X[rows].min()]
    return np.max(extremes)


def _refuse_not_finite(X: Floats) -> NoReturn:
    """Name the first number that is not finite."""
    place = np.argwhere(~np.isfinite(X))[0].tolist()
    index = ", ".join(map(str, place))
    raise ValueError(
        f"points[{index}] is {X[*place]}; expected finite: drop that point"
    )


def _checked_step(step: float, X: Floats) -> float:
    if not isinstance(step, Real) or isinstance(step, bool):
        raise TypeError(f"step is {step!r:.40}; expected a positive number: step=1e-5")
    if not 0 < step <= float(np.finfo(float).max):
        raise ValueError(
            f"step is {step}; expected a positive finite number: step=1e-5"
        )
    h = float(step)
    ahead = X + h
    behind = X - h
    is_lost = (ahead == X) | (behind == X) | ~np.isfinite(ahead - behind)
    if is_lost.any():
        raise ValueError(
            f"step {step} vanishes next to x = {X[is_lost][0]} or takes it out of "
            "float64; expected x - h < x < x + h: leave step out"
        )
    return h
