"""Fields: the arrows of a picture, their scale, limits and role.

How they look, `drawing` decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.numerics.grid import Floats, Grid
from gradviz_core.numerics.measurement import Measurement

# The part that the book's script shows, though its grid reaches further.
BOOK_LIMITS = (-2.0, 2.0)

# The two roles of a pair. A third, `book`, is the grey of the book's script.
ROLES = ("correct", "buggy")
ALL_ROLES = {*ROLES, "book"}

# In steps of the grid: arrows reach beyond their neighbour, and do not run together.
LONGEST_ARROW = 1.25

# Room beyond the outermost points, in longest arrows, so that nothing is cropped.
MARGIN = 1.1

# Matplotlib cannot draw what lies further out.
FARTHEST_POINT = 1e100


@dataclass(frozen=True, eq=False)
class Field:
    """A field of arrows, in units of f per unit of x."""

    points: Floats  # (n, 2), where each arrow stands
    arrows: Floats  # (n, 2)
    limits: tuple[float, float]  # of both axes
    scale: (
        float | None
    )  # the length drawn as one unit of x; None leaves it to matplotlib
    role: str  # what colours it: correct, buggy or book


def automatic_scale(arrows: Floats) -> float:
    """Return the length that spans the axes, as matplotlib's quiver chooses it.

    It is 1.8 times the mean length times the number of arrows across, which matplotlib
    takes for the square root of their count, or 10. The mean counts arrows of length
    zero, and not those that are nan; the count counts all.
    """
    finite = arrows[np.isfinite(arrows).all(axis=1)]
    if not len(finite):
        return 1.0
    mean = float(np.hypot(finite[:, 0], finite[:, 1]).mean())
    arrows_across = max(10.0, len(arrows) ** 0.5)
    return 1.8 * mean * arrows_across or 1.0


def fields(
    points: Any,
    *arrows: Any,
    scale: float | str | None = None,
    roles: Sequence[str] = ROLES,
) -> list[Field]:
    """Make fields of arrows at the same points.

    Parameters
    ----------
    points : array_like, shape (n, 2)
        Where the arrows stand; whole numbers are welcome.
    *arrows : array_like, shape (n, 2)
        One array for each field.
    scale : float or "auto", optional
        The length drawn as one unit of x. By default it fits the first field, and
        serves for all; with "auto" each field has its own, as matplotlib chooses it.
    roles : sequence of str
        What colours each field: correct, buggy or book.

    Raises
    ------
    ValueError
        If an array does not hold one row for each point, a point is too far out, a
        field has no role, or the scale is no positive number.

    Examples
    --------
    >>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    >>> [field.limits for field in fields(points, 5 * points, points)]
    [(-1.375, 2.375), (-1.375, 2.375)]
    """
    # Unpacked first: what a page has not defined then says its name.
    places = np.array([*points], dtype=np.float64)
    arrays = [np.array([*array], dtype=np.float64) for array in arrows]
    _check_fields(places, arrays, scale, roles)

    reach = LONGEST_ARROW * _grid_step(places)
    low = float(places.min() - MARGIN * reach)
    high = float(places.max() + MARGIN * reach)
    if scale == "auto":
        chosen = None
    elif scale is None:
        chosen = float(_longest(arrays[0]) / reach) or 1.0
    else:
        chosen = float(scale)
    return [
        Field(places, array, (low, high), chosen, role)
        for array, role in zip(arrays, roles, strict=False)
    ]


def _check_fields(
    places: Floats,
    arrays: list[Floats],
    scale: float | str | None,
    roles: Sequence[str],
) -> None:
    expected = (len(places), 2)
    for array in (places, *arrays):
        if array.shape != expected:
            raise ValueError(f"shape {array.shape} is not {expected}, one row a point")
    if not (np.abs(places) < FARTHEST_POINT).all():
        raise ValueError("a point is no number, or too far out to be drawn")
    if not 0 < len(arrays) <= len(roles):
        raise ValueError(f"{len(arrays)} fields cannot have the roles {roles}")
    for role in roles:
        if role not in ALL_ROLES:
            choices = ", ".join(sorted(ALL_ROLES))
            raise ValueError(f"{role!r} is no role of a field: choose of {choices}")
    if scale not in (None, "auto") and not 0 < float(scale) < np.inf:
        raise ValueError(f"the scale must be a positive number or 'auto', not {scale}")


def _grid_step(points: Floats) -> float:
    """Return the smallest distance of neighbours along an axis, 1 without any."""
    gaps = np.diff(np.sort(points, axis=0), axis=0)
    step = gaps[gaps > 0].min(initial=np.inf)
    return float(step) if step < np.inf else 1.0


def _longest(arrows: Floats) -> float:
    lengths = np.hypot(arrows[:, 0], arrows[:, 1])
    return float(lengths[np.isfinite(lengths)].max(initial=0))


def function_fields(
    grid: Grid, rows: Measurement, columns: Measurement
) -> dict[str, Field]:
    """Make the four pictures of a function, by the end of their file names.

    `correct` and `buggy` show the gradient on the scale of the true field, the two
    `-autoscale` what the book's script draws: the negative gradient, cropped as there,
    each on its own scale.
    """
    _, correct, buggy = fields(
        rows.points,
        rows.truth,
        rows.gradient,
        columns.gradient,
        roles=("book", "correct", "buggy"),
    )
    crop = BOOK_LIMITS if grid == Grid() else correct.limits
    return {
        "correct": correct,
        "buggy": buggy,
        "correct-autoscale": Field(rows.points, -rows.gradient, crop, None, "book"),
        "buggy-autoscale": Field(columns.points, -columns.gradient, crop, None, "book"),
    }
