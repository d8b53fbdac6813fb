"""Fields: everything that decides how a field of arrows is drawn, and nothing drawn yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.numerics.grid import Floats, Grid
from gradviz_core.numerics.measurement import Measurement

BOOK_LIMITS = (-2.0, 2.0)
ROLES = ("correct", "buggy")
LONGEST_ARROW = 1.25  # in steps of the grid


@dataclass(frozen=True, eq=False)
class Field:
    """A field of arrows, in units of f per unit of x."""

    points: Floats  # (n, 2), where each arrow stands
    arrows: Floats  # (n, 2)
    limits: tuple[float, float]  # of both axes
    scale: (
        float | None
    )  # the length drawn as one unit of x; None leaves it to matplotlib
    role: str  # the role that colours it: correct, buggy or book


def automatic_scale(arrows: Floats) -> float:
    """The length that spans the axes as matplotlib has it, of a mean that counts zeros, not nan."""
    finite = arrows[np.isfinite(arrows).all(axis=1)]
    mean = float(np.hypot(*finite.T).mean()) if len(finite) else 0.0
    return 1.8 * mean * max(10.0, len(finite) ** 0.5) or 1.0


def fields(
    points: Any,
    *arrows: Any,
    scale: float | str | None = None,
    roles: Sequence[str] = ROLES,
) -> list[Field]:
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
    stands, *arrays = (
        np.array([*array], dtype=np.float64) for array in (points, *arrows)
    )
    for array in (stands, *arrays):
        if array.shape != (len(stands), 2):
            raise ValueError(
                f"shape {array.shape} is not {(len(stands), 2)}, one row a point"
            )
    inked = 0 < len(arrays) <= len(roles) and {*roles} <= {"book", *ROLES}
    known = scale in (None, "auto") or 0 < float(scale) < np.inf
    if not (np.abs(stands) < 1e100).all() or not inked or not known:
        raise ValueError(
            "a point is no number, or too far out, or a field lacks an ink or scale"
        )
    gaps = np.diff(np.sort(stands, axis=0), axis=0)
    step = gaps[gaps > 0].min(initial=np.inf)
    reach = LONGEST_ARROW * (step if step < np.inf else 1.0)
    # Room for the longest arrow of the first at the border: nothing of it is cropped.
    limits = float(stands.min() - 1.1 * reach), float(stands.max() + 1.1 * reach)
    lengths = np.hypot(*arrays[0].T)
    longest = float(lengths[np.isfinite(lengths)].max(initial=0))
    chosen = None if scale == "auto" else float(scale or longest / reach or 1.0)
    return [
        Field(stands, a, limits, chosen, ink)
        for a, ink in zip(arrays, roles, strict=False)
    ]


def function_fields(
    grid: Grid, rows: Measurement, columns: Measurement
) -> dict[str, Field]:
    """The four pictures of a function, by the end of their file names.

    `correct` and `buggy` show the gradient on the scale of the true field, the two `-autoscale`
    what the book's script draws: the negative gradient, cropped as there, each on its own scale.
    """
    arrows = (rows.truth, rows.gradient, columns.gradient)
    _, correct, buggy = fields(rows.points, *arrows, roles=("book", "correct", "buggy"))
    crop = BOOK_LIMITS if grid == Grid() else correct.limits
    return {
        "correct": correct,
        "buggy": buggy,
        "correct-autoscale": Field(rows.points, -rows.gradient, crop, None, "book"),
        "buggy-autoscale": Field(columns.points, -columns.gradient, crop, None, "book"),
    }
