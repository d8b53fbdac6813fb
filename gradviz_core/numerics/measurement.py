"""Measurement: how a layout's gradient of a function compares with the true one.

Legend: f the function, x one point, T the true gradients, (n, 2), and G the gradients
from the layout, (n, 2).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradviz_core.book import STEP, numerical_gradient
from gradviz_core.numerics.grid import Floats, Grid, Layout
from gradviz_core.spelling.parser import parse_spelling

# An entry is right if it is off by no more than this, relative to 1 + the largest true
# length: the central difference with h = 1e-4 stays well below it where f is smooth.
TOLERANCE = 1e-6

# Arrows this close count as parallel: nobody sees a tenth of a degree.
PARALLEL_DEGREES = 0.1

# Lengths are wrong by one factor if their ratios spread by no more than a thousandth of
# their median.
EQUAL_RATIOS = 1e-3

# A field with fewer than half of the arrows that it should have looks sparse.
FEWEST_ARROWS = 0.5

# The values of a measurement, in the order of files and tables.
STATISTICS = (
    "argument_shape",
    "calls",
    "arrows",
    "nonzero",
    "wrong",
    "max_error",
    "median_length_ratio",
    "max_angle_deg",
    "verdict",
)


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """The result of one layout for one function on one grid.

    Lengths and errors are in units of f per unit of x, angles in degrees. A point
    counts where both entries of its true gradient are finite; L is the largest true
    length over those. Under the verdict `raises` only the shape, the number of arrows
    and the truth are known.

    Attributes
    ----------
    argument_shape : tuple of int
        The shape of the argument of f.
    calls : int
        The number of calls of f.
    arrows : int
        The number of points, n.
    nonzero : int
        Finite arrows with an entry that is not exactly 0.0.
    wrong : int
        Counting points where an entry is off by more than 1e-6 (1 + L), or not finite.
    max_error : float or None
        The largest finite error of an entry over counting points.
    median_length_ratio, max_angle_deg : float or None
        Against the true arrow, over counting points where the arrow is finite and both
        are nonzero.
    verdict : str
        The first that holds. For rows `raises`, `right` (no arrow is wrong) or
        `inexact`. For columns `raises`, `hidden` (no arrow is wrong), `blank` (no arrow
        has a length), `sparse` (fewer than half of those that should have a length),
        `scaled` (all directions are right within 0.1 degrees, all lengths wrong by one
        factor within a thousandth) or `plausible` (anything else).
    points, truth, gradient : ndarray, shape (n, 2)
        The points, T and G; G is nan everywhere if f raised.
    """

    argument_shape: tuple[int, ...]
    calls: int | None = None
    arrows: int
    nonzero: int | None = None
    wrong: int | None = None
    max_error: float | None = None
    median_length_ratio: float | None = None
    max_angle_deg: float | None = None
    verdict: str
    points: Floats = field(repr=False, compare=False)
    truth: Floats = field(repr=False, compare=False)
    gradient: Floats = field(repr=False, compare=False)


class _Witness:
    """Calls f, and records the shape of its argument, which is always the same."""

    def __init__(self, f: Callable[[Floats], Any]) -> None:
        self.f = f
        self.calls = 0
        self.shape: tuple[int, ...] = ()

    def __call__(self, x: Floats) -> Any:
        self.calls += 1
        self.shape = x.shape
        value = self.f(x)
        is_real = np.asarray(value).dtype.kind in "biuf"
        if np.ndim(value) != 0 or not is_real:
            raise TypeError(f"f must return one number, not {value!r}")
        return value


def measure(
    f: Any,
    grid: Grid,
    layout: Layout,
    *,
    step: float = STEP,
    routine: Callable[..., Any] = numerical_gradient,
) -> Measurement:
    """Run the book's routine over a grid in one layout and compare with the truth.

    Parameters
    ----------
    f : Function or callable
        A record of `FUNCTIONS`, or a callable that takes one point, shape (2,), and has
        its exact gradient as `.gradient(points)`, (n, 2) for (n, 2), such as a
        `Spelling`.
    grid : Grid
        The n points.
    layout : Layout
        How they are passed to the routine: as (n, 2), or as (2, n).
    step : float, default 1e-4
        The routine's h.
    routine : callable, optional
        The routine of another book: called as `routine(f, array, step=step)`.

    Returns
    -------
    Measurement
        Its arrays have shape (n, 2), one row one point, in either layout.

    Raises
    ------
    ValueError
        If the step is not a positive finite number, the exact gradient is finite at no
        point of the grid, or the spelling of a record cannot be parsed.
    AttributeError
        If f has no `.gradient`. What f raises when it is called is measured.

    Notes
    -----
    f is called 4 n times in either layout: with n points of 2 coordinates, or with 2
    "points" of n. What counts as wrong, and the order of the verdicts, is said in
    `Measurement`. The truth is the exact gradient, not another difference quotient, so
    `max_error` holds the truncation and the rounding of the routine.

    Examples
    --------
    >>> from gradviz_core import FUNCTIONS
    >>> measure(FUNCTIONS["product"], Grid(), Layout.ROWS).verdict
    'right'
    >>> columns = measure(FUNCTIONS["product"], Grid(), Layout.COLUMNS)
    >>> columns.verdict, columns.nonzero, columns.argument_shape
    ('sparse', 2, (324,))
    >>> measure(parse_spelling("np.sum(x**2)"), Grid(), Layout.COLUMNS).verdict
    'hidden'
    """
    if not 0 < step < np.inf:
        raise ValueError(f"the step must be a positive finite number, not {step}")
    if hasattr(f, "spelling"):
        f = parse_spelling(f.spelling)
    points = grid.points
    truth = np.asarray(f.gradient(points), dtype=np.float64)
    if not np.isfinite(truth).all(axis=1).any():
        source = getattr(f, "source", f)
        raise ValueError(f"the gradient of {source} is finite at no point of {grid}")

    witness = _Witness(f)
    argument = layout.arrange(points)
    gradient = np.full_like(points, np.nan)
    statistics: dict[str, Any] = {"verdict": "raises"}
    try:
        with np.errstate(all="ignore"):
            result = routine(witness, argument, step=step)
    except Exception:  # f raised, or did not return a number: that is the measurement
        pass
    else:
        # Arranging twice undoes it: again one row is one point.
        gradient = layout.arrange(result)
        statistics = _statistics(truth, gradient, layout)
        statistics["calls"] = witness.calls
    return Measurement(
        argument_shape=witness.shape,
        arrows=len(points),
        points=points,
        truth=truth,
        gradient=gradient,
        **statistics,
    )


@np.errstate(all="ignore")
def _statistics(T: Floats, G: Floats, layout: Layout) -> dict[str, Any]:
    counting = np.isfinite(T).all(axis=1)
    nonzero = np.isfinite(G).all(axis=1) & (G != 0).any(axis=1)
    true_nonzero = counting & (T != 0).any(axis=1)

    error = np.abs(G - T)[counting]
    wrong = counting & ~right_entries(G, T).all(axis=1)

    comparable = nonzero & true_nonzero
    ratios = _lengths(G[comparable]) / _lengths(T[comparable])
    angles = _angles_deg(G[comparable], T[comparable])

    if layout is Layout.ROWS:
        verdict = "inexact" if wrong.any() else "right"
    else:
        is_scaled = _is_scaled(ratios, angles)
        verdict = _verdict_of_columns(wrong, nonzero, true_nonzero, is_scaled)
    return {
        "nonzero": int(nonzero.sum()),
        "wrong": int(wrong.sum()),
        "max_error": _finite(np.max, error[np.isfinite(error)]),
        "median_length_ratio": _finite(np.median, ratios),
        "max_angle_deg": _finite(np.max, angles),
        "verdict": verdict,
    }


def _verdict_of_columns(
    wrong: Any, nonzero: Any, true_nonzero: Any, is_scaled: bool
) -> str:
    """Return how the field looks, given which of its arrows are wrong or have a length.

    `true_nonzero` says which arrows should have a length.
    """
    if not wrong.any():
        return "hidden"
    if not nonzero.any():
        return "blank"
    if nonzero.sum() < FEWEST_ARROWS * true_nonzero.sum():
        return "sparse"
    return "scaled" if is_scaled else "plausible"


@np.errstate(all="ignore")
def right_entries(gradient: Floats, truth: Floats) -> Any:
    """Return which entries of a gradient are right.

    An entry is right if it is off by no more than 1e-6 (1 + L), where L is the largest
    true length. At a point whose truth is not finite, none is.

    Parameters
    ----------
    gradient, truth : ndarray, shape (n, 2)
        The computed and the true gradient at each point.

    Returns
    -------
    ndarray of bool, shape (n, 2)

    Examples
    --------
    >>> truth = np.array([[3.0, 4.0], [0.0, np.nan]])
    >>> right_entries(truth + 1e-7, truth).tolist()
    [[True, True], [False, False]]
    """
    counting: Any = np.isfinite(truth).all(axis=1)
    # In halves, since a length may exceed the largest float64 where its entries do not.
    half_of_longest = _lengths(truth[counting] / 2).max(initial=0)
    half_of_tolerance = TOLERANCE * (0.5 + half_of_longest)
    is_near = np.abs(gradient - truth) / 2 <= half_of_tolerance  # false for nan
    return is_near & counting[:, None]


@np.errstate(all="ignore")
def times_too_short(arrows: Floats, correct: Floats) -> float | None:
    """Return how many times too short all arrows are.

    Parameters
    ----------
    arrows, correct : ndarray, shape (n, 2)
        The arrows and the correct ones at the same points.

    Returns
    -------
    float or None
        None if a direction differs, if lengths differ by several factors, or if the
        arrows are not too short.

    Examples
    --------
    >>> correct = np.array([[3.0, 4.0], [0.0, 2.0]])
    >>> times_too_short(correct / 8, correct)
    8.0
    >>> times_too_short(-correct / 8, correct)
    """
    if not np.array_equal(arrows.any(axis=1), correct.any(axis=1)):
        return None
    has_length = correct.any(axis=1)
    ratios = _lengths(arrows[has_length]) / _lengths(correct[has_length])
    if not _is_scaled(ratios, _angles_deg(arrows[has_length], correct[has_length])):
        return None
    ratio = float(np.median(ratios))
    return 1 / ratio if ratio < 1 - EQUAL_RATIOS else None


def _is_scaled(ratios: Floats, angles: Floats) -> bool:
    """Whether all directions are right and all lengths are wrong by one factor."""
    if not angles.size or angles.max() > PARALLEL_DEGREES:
        return False
    return bool(np.ptp(ratios) <= EQUAL_RATIOS * np.median(ratios))


def _lengths(vectors: Floats) -> Floats:
    return np.hypot(vectors[:, 0], vectors[:, 1])


def _angles_deg(a: Floats, b: Floats) -> Any:
    """Return the angles between nonzero vectors."""
    # Scaled before they are squared: values near 1e-239 count, too.
    a = a / np.abs(a).max(axis=1, keepdims=True)
    b = b / np.abs(b).max(axis=1, keepdims=True)
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    dot = (a * b).sum(axis=1)
    return np.degrees(np.arctan2(np.abs(cross), dot))


def _finite(statistic: Callable[[Floats], Any], values: Floats) -> float | None:
    """Return a statistic of the values, None if there are none or it is not finite."""
    if not values.size:
        return None
    figure = float(statistic(values))
    return figure if np.isfinite(figure) else None
