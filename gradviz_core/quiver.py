"""Quiver and Curves: everything that decides how one picture is drawn, and nothing drawn yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from gradviz_core.layout import Floats, Grid
from gradviz_core.measurement import Measurement

BOOK_LIMITS = (-2.0, 2.0)
INKS = ("correct", "buggy")
LONGEST_ARROW = 1.25  # in steps of the grid
Picture: TypeAlias = "Quiver | Curves"


@dataclass(frozen=True, eq=False)
class Quiver:
    """A field of arrows, in units of f per unit of x."""

    points: Floats  # (n, 2), where each arrow stands
    arrows: Floats  # (n, 2)
    limits: tuple[float, float]  # of both axes
    scale: float | None  # the length drawn as one unit of x; None leaves it to matplotlib
    ink: str  # the role that colours it: correct, buggy or book


class Curves:
    """Up to three lines over x, (n,), each y, (n,), its name; log scales show what is positive.

    A band, (2, n), is shaded from its first row to its second; labels are those of the axes.
    ValueError if a line, or the band, does not have one number for each of x, or x is off its axis.
    """

    def __init__(
        self, x: Any, *y: Any, names: Sequence[str], labels: Sequence[str],
        band: Any = (np.nan, np.nan), scales: Sequence[str] = ("log", "log"),
    ) -> None:  # fmt: skip
        x, *rows = np.broadcast_arrays(np.array(x, dtype=np.float64), *y, *band)
        ends = [0 if scale == "log" else -np.inf for scale in scales]  # what is below is not drawn
        stacked = np.array([np.where(row > ends[1], row, np.nan) for row in rows], dtype=np.float64)
        far = np.nanmax(np.abs([x, *stacked]), initial=0) > 1e100 or not (x > ends[0]).all()
        if far or not len(names) == len(y) <= 3:
            raise ValueError("an x is off its axis, a line too far, or one of at most 3 nameless")
        self.band = stacked[-2:]
        self.x, self.labels, self.scales = x, [*labels], [*scales]
        self.lines = [*zip(names, stacked[:-2], np.nanargmin(stacked[:-2], axis=1), strict=True)]


def automatic_scale(arrows: Floats) -> float:
    """The length that spans the axes as matplotlib has it, of a mean that counts zeros, not nan."""
    finite = arrows[np.isfinite(arrows).all(axis=1)]
    mean = float(np.hypot(*finite.T).mean()) if len(finite) else 0.0
    return 1.8 * mean * max(10.0, len(arrows) ** 0.5) or 1.0


def fields(
    points: Any, *arrows: Any, scale: float | str | None = None, inks: Sequence[str] = INKS
) -> list[Quiver]:
    """Fields of arrows at the same points, (n, 2), whole numbers welcome.

    All are on the scale that fits the first, unless another or "auto" is given. ValueError if an
    array does not hold one row for each point.

    Examples
    --------
    >>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    >>> [field.limits for field in fields(points, 5 * points, points)]
    [(-1.375, 2.375), (-1.375, 2.375)]
    """
    # Unpacked first: what a page has not defined then says its name.
    stands, *arrays = (np.array([*array], dtype=np.float64) for array in (points, *arrows))
    for array in (stands, *arrays):
        if array.shape != (len(stands), 2):
            raise ValueError(f"shape {array.shape} is not {(len(stands), 2)}, one row a point")
    inked = 0 < len(arrays) <= len(inks) and {*inks} <= {"book", *INKS}
    known = scale in (None, "auto") or 0 < float(scale) < np.inf
    if not (np.abs(stands) < 1e100).all() or not inked or not known:
        raise ValueError("a point is no number, or too far out, or a field lacks an ink or scale")
    gaps = np.diff(np.sort(stands, axis=0), axis=0)
    step = gaps[gaps > 0].min(initial=np.inf)
    reach = LONGEST_ARROW * (step if step < np.inf else 1.0)
    # Room for the longest arrow of the first at the border: nothing of it is cropped.
    limits = float(stands.min() - 1.1 * reach), float(stands.max() + 1.1 * reach)
    lengths = np.hypot(*arrays[0].T)
    longest = float(lengths[np.isfinite(lengths)].max(initial=0))
    chosen = None if scale == "auto" else float(scale or longest / reach or 1.0)
    return [Quiver(stands, a, limits, chosen, ink) for a, ink in zip(arrays, inks, strict=False)]


def quivers(grid: Grid, rows: Measurement, columns: Measurement) -> dict[str, Quiver]:
    """The four pictures of a function, by the end of their file names.

    `correct` and `buggy` show the gradient on the scale of the true field, the two `-autoscale`
    what the book's script draws: the negative gradient, cropped as there, each on its own scale.
    """
    arrows = (rows.truth, rows.gradient, columns.gradient)
    _, correct, buggy = fields(rows.points, *arrows, inks=("book", "correct", "buggy"))
    crop = BOOK_LIMITS if grid == Grid() else correct.limits
    return {
        "correct": correct,
        "buggy": buggy,
        "correct-autoscale": Quiver(rows.points, -rows.gradient, crop, None, "book"),
        "buggy-autoscale": Quiver(columns.points, -columns.gradient, crop, None, "book"),
    }
