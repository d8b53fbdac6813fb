"""The gradient of f at many points: fast, and hard to misuse.

Legend: f the function, x one point, X all points, h the step, d the number of
coordinates, n of points, m of rows in one call of a vectorized f.
"""

from collections.abc import Callable
from functools import partial
from itertools import product
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from gradviz_core.numerics.grid import Floats
from gradviz_core.toml_source import PACKAGE, load_toml

Function = Callable[[Any], Any]
STEPS = {
    np.float64: 2.0**-17,
    np.float32: 2.0**-7,
    np.float16: 2.0**-3,
}  # by what f returns
BLOCK = 2**17  # numbers in one stack for f: few calls, and the cache holds most of one
LESSONS = load_toml(PACKAGE / "numerics/gradient.toml")


def gradient(
    f: Function,
    points: ArrayLike,
    *,
    step: float | None = None,
    vectorized: bool = False,
) -> Floats:
    """Differentiate f at one point or many, by central differences of second order.

    f sees read-only copies only. Many points give the bits of each alone, if f does, in one type.

    Parameters
    ----------
    f : callable
        Takes one point, shape (d,), and returns one real number.
    points : array_like, shape (d,) or (n, d)
        One point, or one point per row; real numbers of any dtype.
    step : float, optional
        The h of every coordinate; by default 2**-17 below abs(x[i]) = 4, doubling at 4, 8, ...,
        but from 2**-7 or 2**-3 if f, then called anew, returns float32 or float16.
    vectorized : bool, default False
        f takes (m, d), one row one point, and returns (m,), each number from its row alone.

    Returns
    -------
    ndarray of float64
        The shape of `points`; nan where f or the quotient is not finite.

    Raises
    ------
    TypeError
        If f is not callable, or points, step or what f returns are not real numbers.
    ValueError
        If points are not (d,) or (n, d), lie one coordinate per row, (2, n) with n > 2, or
        are not finite; if step is not positive and finite or vanishes next to x; if f
        returns a wrong shape, misindexes or writes to its argument. Any other error of f passes.

    Notes
    -----
    f is called 2 d times a point; vectorized it gets 2 d n rows in blocks. Formula and h, the
    cube root of the machine epsilon: Nocedal and Wright, Numerical Optimization, 2nd ed. (2006),
    8.1. Steps that are powers of two need no care; a step of yours is divided by as rounded,
    (x + h) - (x - h): Press et al., Numerical Recipes, 3rd ed. (2007), 5.7.

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
    ValueError: points has shape (2, 3): one coordinate per row. Expected one point per row...
    """
    if not callable(f):
        raise TypeError(f"f is {f!r:.40}, not callable: write gradient(f, points)")
    with np.errstate(all="ignore"):
        X = _checked_points(points)
        if X.size == 0:
            return np.empty(X.shape)
        reach = max(X.max(), -X.min())
        if not np.isfinite(reach):
            k = np.argwhere(~np.isfinite(X))[0].tolist()
            raise ValueError(
                f"points[{str(k)[1:-1]}] is {X[*k]}; expected finite: drop that point"
            )
        h = None if step is None else _checked_step(step, X)
        on, kind = (_on_batch, "batch") if vectorized else (_on_each, "each")
        rows, smallest = np.atleast_2d(X), STEPS[np.float64]
        try:
            return _differentiate(partial(on, f), rows, h, reach < 4, smallest).reshape(
                X.shape
            )
        except (IndexError, TypeError, ValueError) as error:
            for symptom, lesson in LESSONS[kind].items():
                if symptom in str(error):
                    wrong = TypeError if isinstance(error, TypeError) else ValueError
                    raise wrong(f"{lesson}. f raised: {error}") from error
            raise


def _differentiate(
    f: Function, X: Floats, h: float | None, near: bool, smallest: float
) -> Floats:
    n, d = X.shape
    result = np.empty((d, n))
    moved = min(d, max(1, BLOCK // (2 * d)))
    length = max(1, BLOCK // (2 * d * moved))
    for first, start in product(range(0, d, moved), range(0, n, length)):
        i, block = slice(first, first + moved), slice(start, start + length)
        x = np.ascontiguousarray(X[block].T)
        step = h or np.ldexp(
            smallest, 0 if near else np.maximum(np.frexp(x[i])[1] - 2, 0)
        )
        stack = np.empty((d, 2, *x[i].shape))
        stack[:] = x[:, None, None]
        ahead, behind = np.einsum(
            "isiw->siw", stack[i]
        )  # of each coordinate where it is moved
        ahead += step
        behind -= step
        # A step of the caller as rounded: x + h and x - h are rarely that far apart.
        width = ahead - behind if h else 2 * step
        stack.flags.writeable = False
        values = f(stack.reshape(d, -1).T)
        if not h and (coarser := STEPS.get(values.dtype.type, smallest)) > smallest:
            return _differentiate(f, X, h, near, coarser)
        ahead, behind = values.astype(np.float64, copy=False).reshape(2, *x[i].shape)
        quotient = np.divide(ahead - behind, width, out=result[i, block])
        np.copyto(quotient, np.nan, where=~np.isfinite(quotient))
    return result.T


def _on_batch(f: Function, rows: Floats) -> Floats:
    m, d = rows.shape
    values = np.asarray(f(rows))
    if values.dtype.kind not in "iuf":
        raise TypeError(LESSONS["said"]["values"].format(values.dtype))
    if values.shape != (m,):
        shapes = {(): "one", (d,): "d", (m, d): "m d"}
        fault = LESSONS["returned"][shapes.get(values.shape, "other")]
        raise ValueError(
            LESSONS["said"]["shape"].format(values.shape, (m, d), (m,), fault)
        )
    return values


def _on_each(f: Function, rows: Floats) -> Floats:
    rows = np.ascontiguousarray(rows)
    rows.flags.writeable = False
    return np.array([_checked_number(f(x)) for x in rows])


def _checked_number(value: Any) -> Any:
    if getattr(value, "shape", None) == () and not isinstance(value, float):
        value = np.asarray(value)[()]  # of JAX, say
    if isinstance(value, (float, Real)) and not isinstance(value, bool):
        return value if type(value) in STEPS else float(value)
    kind = (
        f"an array of shape {value.shape}"
        if isinstance(value, np.ndarray)
        else f"{value!r:.40}"
    )
    wrong = ValueError if isinstance(value, np.ndarray | list | tuple) else TypeError
    raise wrong(LESSONS["said"]["number"].format(kind))


def _checked_points(points: ArrayLike) -> Floats:
    try:
        given = np.asarray(points)
    except ValueError as error:
        raise ValueError(
            "points is ragged; give each row as many: [[1, 2], [3, 4]]"
        ) from error
    shape = given.shape
    if given.dtype.kind not in "biuf":
        real = (
            "points.real"
            if given.dtype.kind == "c"
            else "np.array(points, dtype=float)"
        )
        raise TypeError(
            f"points holds {given.dtype} values; expected real numbers: {real}"
        )
    if given.ndim not in (1, 2):
        fix = f"points.reshape(-1, {shape[-1]})" if shape else "[x] for one coordinate"
        raise ValueError(
            f"points has shape {shape}; expected (d,) or (n, d): write {fix}"
        )
    if given.ndim == 2 and shape[0] == 2 < shape[1]:
        raise ValueError(LESSONS["said"]["columns"].format(shape))
    return np.asarray(given, np.float64)


def _checked_step(step: float, X: Floats) -> float:
    if not isinstance(step, Real) or isinstance(step, bool):
        raise TypeError(f"step is {step!r:.40}; expected a positive number: step=1e-5")
    if not 0 < step <= float(np.finfo(float).max):
        raise ValueError(
            f"step is {step}; expected a positive finite number: step=1e-5"
        )
    h = float(step)
    ahead, behind = X + h, X - h
    lost = (ahead == X) | (behind == X) | ~np.isfinite(ahead - behind)
    if lost.any():
        raise ValueError(LESSONS["said"]["step"].format(step, X[lost][0]))
    return h
