"""What `gradient` refuses of its points, its step and its f, and how to mend it.

Legend: f the function, X all points, h the step, d the number of coordinates, n of
points, m of rows in one call of a vectorized f.
"""

from numbers import Real
from typing import Any, NoReturn

import numpy as np
from numpy.typing import ArrayLike

from gradviz_core.numerics.gradient_steps import SMALLEST_STEPS
from gradviz_core.numerics.grid import Floats

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


def checked_points(points: ArrayLike) -> Floats:
    """Return points as float64, (d,) or (n, d); refuse what is no points."""
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


def checked_step(step: float, X: Floats) -> float:
    """Return the step as a float; refuse one that no number of X can be moved by."""
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


def refuse_not_finite(X: Floats) -> NoReturn:
    """Name the first number that is not finite."""
    place = np.argwhere(~np.isfinite(X))[0].tolist()
    index = ", ".join(map(str, place))
    raise ValueError(
        f"points[{index}] is {X[*place]}; expected finite: drop that point"
    )


def checked_number(value: Any) -> Any:
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


def checked_numbers(result: Any, rows: Floats) -> Floats:
    """Return what a vectorized f made of rows, (m, d), as one number each, (m,)."""
    values = np.asarray(result)
    if values.dtype.kind not in "iuf":
        raise TypeError(
            f"f returned {values.dtype} values; expected real numbers, as float64 "
            "(object: does f end with `return`?)"
        )
    m, d = rows.shape
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


def explain(error: Exception, slips: dict[str, str]) -> NoReturn:
    """Raise an error of f again, with its likely meaning if that is known."""
    for symptom, meaning in slips.items():
        if symptom in str(error):
            kind = TypeError if isinstance(error, TypeError) else ValueError
            raise kind(f"{meaning}. f raised: {error}") from error
    raise error
