"""A measurement: what a layout makes of a function's gradient, against the truth.

Legend: f the function, x one point, T the true gradients, (n, 2), and G what the layout gave.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from gradviz_core.book import STEP, numerical_gradient
from gradviz_core.numerics.grid import Floats, Grid, Layout
from gradviz_core.spelling.parser import parse_spelling

TOLERANCE, PARALLEL_DEGREES, EQUAL_RATIOS = 1e-6, 0.1, 1e-3


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What one layout gave for one function on one grid.

    Lengths and errors are in units of f per unit of x, angles in degrees. A point counts
    where both entries of its true gradient are finite; L is the largest true length over
    those. Under the verdict `raises` every figure but the shape and the arrows is None.
    """

    argument_shape: tuple[int, ...]  # of what f received
    calls: int | None = None  # of f
    arrows: int  # n
    nonzero: int | None = None  # finite arrows with an entry that is not exactly 0.0
    wrong: int | None = (
        None  # counting points: an entry off by over 1e-6 (1 + L), or not finite
    )
    max_error: float | None = (
        None  # the largest finite one of an entry over counting points
    )
    # To the true arrow, over counting points where the arrow is finite and both are nonzero.
    median_length_ratio: float | None = None
    max_angle_deg: float | None = None
    verdict: str  # right, inexact; of columns hidden, blank, sparse, scaled, plausible; or raises
    points: Floats = field(repr=False, compare=False)
    truth: Floats = field(repr=False, compare=False)  # T
    gradient: Floats = field(repr=False, compare=False)  # G, all nan if f raised


def measure(f: Any, grid: Grid, layout: Layout, *, step: float = STEP) -> Measurement:
    """Run the book's routine over a grid in one layout and compare with the exact gradient.

    Parameters
    ----------
    f : record of the registry, parsed spelling, or any callable with `.gradient(points)`
        The function, and where its truth comes from.
    grid, layout : Grid, Layout
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
    if not 0 < step < np.inf:
        raise ValueError(f"the step must be a positive finite number, not {step}")
    if hasattr(f, "spelling"):
        f = parse_spelling(f.spelling)
    points = grid.points
    truth = np.asarray(f.gradient(points), dtype=np.float64)
    if not np.isfinite(truth).all(axis=1).any():
        source = getattr(f, "source", f)
        raise ValueError(f"the gradient of {source} is finite at no point of {grid}")
    received: Counter[tuple[int, ...]] = Counter()

    def witness(x: Floats) -> Any:
        received[x.shape] += 1
        value = f(x)
        if np.ndim(value) != 0 or np.asarray(value).dtype.kind not in "biuf":
            raise TypeError(f"f must return one number, not {value!r}")
        return value

    arranged, gradient = layout.arrange(points), np.full_like(points, np.nan)
    try:
        with np.errstate(all="ignore"):
            gradient = layout.arrange(numerical_gradient(witness, arranged, step=step))
    except Exception:  # any fault of f is itself the finding
        figures: dict[str, Any] = {"verdict": "raises"}
    else:
        figures = _figures(truth, gradient, layout) | {"calls": received.total()}
    return Measurement(
        argument_shape=next(iter(received)),
        arrows=len(points),
        **figures,
        points=points,
        truth=truth,
        gradient=gradient,
    )


@np.errstate(all="ignore")
def _figures(T: Floats, G: Floats, layout: Layout) -> dict[str, Any]:
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
    return {
        "nonzero": int(nonzero.sum()),
        "wrong": int(wrong.sum()),
        "max_error": _finite(np.max, error[np.isfinite(error)]),
        "median_length_ratio": _finite(np.median, ratio),
        "max_angle_deg": _finite(np.max, angle),
        "verdict": next(verdict for verdict, holds in verdicts.items() if holds),
    }


def _angle_deg(a: Floats, b: Floats) -> Any:
    """Angles between nonzero vectors, scaled first: squares of 1e-239 would vanish."""
    a, b = (vectors / np.abs(vectors).max(axis=1, keepdims=True) for vectors in (a, b))
    cross = a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]
    return np.degrees(np.arctan2(np.abs(cross), (a * b).sum(axis=1)))


def _finite(statistic: Callable[[Floats], Any], values: Floats) -> float | None:
    figure = float(statistic(values)) if values.size else np.nan
    return figure if np.isfinite(figure) else None
