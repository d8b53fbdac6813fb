"""A measurement: what a layout makes of a function's gradient, against the truth.

Legend: f the function, x one point, T the true gradients and G what the layout gave,
both of shape (n, 2).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradviz_core.book import STEP, numerical_gradient
from gradviz_core.layout import Grid, Layout
from gradviz_core.spelling import parse_spelling

TOLERANCE = 1e-6
PARALLEL_DEGREES = 0.1
EQUAL_RATIOS = 1e-3

Rows = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What one layout gave for one function on one grid.

    Lengths and errors are in units of f per unit of x, angles in degrees. A point
    counts where both entries of its true gradient are finite; L is the largest true
    length over those. Under the verdict `raises` every figure but `argument_shape` and
    `arrows` is None.

    Attributes
    ----------
    verdict : str
        Of rows: raises, right or inexact. Of columns: raises, hidden, blank, sparse,
        scaled or plausible.
    argument_shape, calls : tuple of int, int
        Shape of what f received, and how often it was called.
    arrows, nonzero : int
        The points, and the finite arrows with an entry that is not exactly 0.0.
    wrong, max_error : int, float or None
        Counting points with an entry off by more than 1e-6 (1 + L) or not finite, and the
        largest finite absolute error of an entry there.
    median_length_ratio, max_angle_deg : float or None
        Of length / true length, and to the true arrow, over the counting points where the
        arrow is finite and both are nonzero.
    points, truth, gradient : ndarray, shape (n, 2)
        The points, T, and G (all nan if f raised).
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
    points: Rows = field(repr=False, compare=False)
    truth: Rows = field(repr=False, compare=False)
    gradient: Rows = field(repr=False, compare=False)


def measure(f: Any, grid: Grid, layout: Layout, *, step: float = STEP) -> Measurement:
    """Run the book's routine over a grid in one layout and compare with the exact gradient.

    Parameters
    ----------
    f : record of the registry, parsed spelling, or any callable with `.gradient(points)`
        The function, and where its truth comes from.
    grid : Grid
    layout : Layout
        The points, and how they are handed to the routine.
    step : float, default 1e-4
        The routine's h.

    Raises
    ------
    ValueError
        If the step is not a positive finite number, the exact gradient is finite at no
        point of the grid, or a record cannot be parsed. What f raises is measured.

    Examples
    --------
    >>> from gradviz_core import FUNCTIONS
    >>> measure(FUNCTIONS["product"], Grid(), Layout.ROWS).verdict
    'right'
    >>> columns = measure(FUNCTIONS["product"], Grid(), Layout.COLUMNS)
    >>> columns.verdict, columns.nonzero, columns.argument_shape
    ('sparse', 2, (324,))
    """
    if not 0 < step < math.inf:
        raise ValueError(f"the step must be a positive finite number, not {step}")
    if hasattr(f, "spelling"):
        f = parse_spelling(f.spelling)
    points = grid.points
    truth = np.asarray(f.gradient(points), dtype=np.float64)
    if not np.isfinite(truth).all(axis=1).any():
        source = getattr(f, "source", f)
        raise ValueError(f"the gradient of {source} is finite at no point of {grid}")
    witness, arranged = _Witness(f), layout.arrange(points)
    try:
        with np.errstate(all="ignore"):
            result = numerical_gradient(witness, arranged, step=step)
    except Exception:  # any fault of f is itself the finding
        return Measurement(
            verdict="raises", argument_shape=witness.argument_shape, arrows=len(points),
            points=points, truth=truth, gradient=np.full_like(points, np.nan),
        )  # fmt: skip
    return _compare(witness, points, truth, layout.restore(result), layout)


class _Witness:
    """Passes a call on to f, and remembers what f received and how often."""

    def __init__(self, f: Callable[[Rows], Any]) -> None:
        self.f = f
        self.calls = 0
        self.argument_shape: tuple[int, ...] = ()

    def __call__(self, x: Rows) -> Any:
        self.calls += 1
        self.argument_shape = x.shape
        value = self.f(x)
        if np.ndim(value) != 0 or np.asarray(value).dtype.kind not in "biuf":
            raise TypeError(f"f must return one number, not {value!r}")
        return value


@np.errstate(all="ignore")
def _compare(witness: _Witness, points: Rows, T: Rows, G: Rows, layout: Layout) -> Measurement:
    counting = np.isfinite(T).all(axis=1)
    nonzero = np.isfinite(G).all(axis=1) & (G != 0).any(axis=1)
    true_nonzero = counting & (T != 0).any(axis=1)
    error = np.abs(G - T)[counting]
    # In halves, since a length may exceed the largest float64 where its entries do not.
    half = TOLERANCE * (0.5 + np.hypot(*T[counting].T / 2).max())
    wrong = ~(error / 2 <= half).all(axis=1)
    both = nonzero & true_nonzero
    ratio = np.hypot(*G[both].T) / np.hypot(*T[both].T)
    angle = _angle_deg(G[both], T[both])
    parallel = angle.size > 0 and angle.max() <= PARALLEL_DEGREES
    verdicts = {
        "hidden": not wrong.any(),
        "blank": not nonzero.any(),
        "sparse": nonzero.sum() < true_nonzero.sum() / 2,
        "scaled": parallel and np.ptp(ratio) <= EQUAL_RATIOS * np.median(ratio),
        "plausible": True,
    }
    if layout is Layout.ROWS:
        verdicts = {"right": verdicts["hidden"], "inexact": True}
    return Measurement(
        argument_shape=witness.argument_shape, calls=witness.calls, arrows=len(points),
        nonzero=int(nonzero.sum()), wrong=int(wrong.sum()),
        max_error=_finite(np.max, error[np.isfinite(error)]),
        median_length_ratio=_finite(np.median, ratio), max_angle_deg=_finite(np.max, angle),
        verdict=next(verdict for verdict, holds in verdicts.items() if holds),
        points=points, truth=T, gradient=G,
    )  # fmt: skip


def _angle_deg(a: Rows, b: Rows) -> Rows:
    """Angles between nonzero vectors, scaled first: squares of 1e-239 would vanish."""
    a = a / np.abs(a).max(axis=1, keepdims=True)
    b = b / np.abs(b).max(axis=1, keepdims=True)
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    angles: Rows = np.degrees(np.arctan2(np.abs(cross), (a * b).sum(axis=1)))
    return angles


def _finite(statistic: Callable[[Rows], Any], values: Rows) -> float | None:
    figure = float(statistic(values)) if values.size else math.nan
    return figure if math.isfinite(figure) else None
