"""The gradient of f at many points: fast, and hard to misuse.

f gets stacked copies only, so that no fault of f can touch the caller's points. The
routine that the site measures and draws is another one: the exhibit in `book`.

Legend: f the function, x one point, X all points, h the step, d the number of
coordinates, n of points, m of rows in one call of a vectorized f. Of one call, i is the
number of coordinates that are moved, w of points, and m is 2 i w.
"""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gradviz_core.numerics.gradient_checks import (
    SLIPS_ON_MANY_POINTS,
    SLIPS_ON_ONE_POINT,
    checked_number,
    checked_numbers,
    checked_points,
    checked_step,
    explain,
    refuse_not_finite,
)
from gradviz_core.numerics.gradient_steps import NEAR, DefaultSteps, GivenStep, Steps
from gradviz_core.numerics.grid import Floats

# Takes points, one per row, and returns one number for each.
Evaluation = Callable[[Floats], Floats]

# How many numbers f gets in one call at most, and of how many points: few calls, and
# all that belongs to one stays in the cache if the points have few coordinates. With
# half as many points NumPy would take three times as long to move each of them.
BLOCK = 2**17
POINTS_AT_ONCE = 2**12


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
        X = checked_points(points)
        if X.size == 0:
            return np.empty(X.shape)
        rows = X.reshape(-1, X.shape[-1])
        largest = _largest(rows)
        if not math.isfinite(largest):
            refuse_not_finite(X)
        steps: Steps
        if step is None:
            steps = DefaultSteps(are_smallest=bool(largest < NEAR))
        else:
            steps = GivenStep(checked_step(step, X))
        call = partial(_call_on_batch if vectorized else _call_on_each, f)
        try:
            result = _differentiate(call, rows, steps)
        except (IndexError, TypeError, ValueError) as error:
            explain(error, SLIPS_ON_MANY_POINTS if vectorized else SLIPS_ON_ONE_POINT)
        return result.reshape(X.shape)


def _differentiate(call: Evaluation, X: Floats, steps: Steps) -> Floats:
    """Return the slopes at the rows of X, both (n, d)."""
    n, d = X.shape
    slopes = np.empty((d, n))
    for moved, sides, block in _blocks(n, d):
        x = np.ascontiguousarray(X[block].T)  # (d, w)
        step = steps.at(x[moved])
        stack = _stack(x, sides, step)
        width = 2 * step if steps.are_exact else _rounded_width(stack, moved)
        values = call(stack.reshape(d, -1).T)
        coarser_steps = steps.coarser_for(values)
        if coarser_steps:
            return _differentiate(call, X, coarser_steps)
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
    """Move points, (d, w), ahead and behind along each coordinate, for one call of f.

    The stack has the shape (d, 2, i, w): each of d entries, on the two sides, as each
    of i coordinates is moved, of w points.
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
    """Return a view of the moved entries of each coordinate, shape (2, i, w).

    Each is moved when its own coordinate is: the diagonal of these two axes.
    """
    view: Floats = np.einsum("isiw->siw", stack[moved])
    return view


def _rounded_width(stack: Floats, moved: slice) -> Floats:
    """Return the rounded distance of x + h and x - h, which is rarely 2 h."""
    ahead, behind = _moved_entries(stack, moved)
    width: Floats = ahead - behind
    return width


def _call_on_batch(f: Callable[[Any], Any], rows: Floats) -> Floats:
    """Call f once on all rows."""
    return checked_numbers(f(rows), rows)


def _call_on_each(f: Callable[[Any], Any], rows: Floats) -> Floats:
    """Call f on each row in turn."""
    rows = np.ascontiguousarray(rows)
    rows.flags.writeable = False
    return np.array([checked_number(f(x)) for x in rows])


def _largest(X: Floats) -> Any:
    """Return the largest absolute value of all numbers; nan if one of them is nan.

    Each block is in the cache when its second extreme is looked up.
    """
    extremes = []
    for rows in _slices(len(X), POINTS_AT_ONCE):
        extremes += [X[rows].max(), -X[rows].min()]
    return np.max(extremes)
