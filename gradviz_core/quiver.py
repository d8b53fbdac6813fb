"""Quiver: everything that decides how one field of arrows is drawn, and nothing drawn yet."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gradviz_core.layout import Grid
from gradviz_core.measure import Measurement

BOOK_LIMITS = (-2.0, 2.0)
LONGEST_ARROW = 1.25


@dataclass(frozen=True, eq=False)
class Quiver:
    """A field of arrows.

    Attributes
    ----------
    points, arrows : ndarray, shape (n, 2)
        Where each arrow stands, and its vector in units of f per unit of x.
    limits, scale : tuple of float, float or None
        Of both axes, in units of x; length of vector drawn as one unit of x. None leaves
        the scale to the plotting library, as the book's script does.
    ink : str
        The role that colours it: correct, buggy or book.
    """

    points: NDArray[np.float64]
    arrows: NDArray[np.float64]
    limits: tuple[float, float]
    scale: float | None
    ink: str


def quivers(grid: Grid, rows: Measurement, columns: Measurement) -> dict[str, Quiver]:
    """The four pictures of a function, by the end of their file names.

    `correct` and `buggy` show the gradient on one scale, taken from the true field. The
    two `-autoscale` show what the book's script draws: the negative gradient, cropped
    at +-2 though its grid reaches further, each with a scale of its own.
    """
    reach = LONGEST_ARROW * abs(grid.step)
    margin = reach * 1.1  # room for the longest correct arrow at the border
    limits = float(grid.axis.min() - margin), float(grid.axis.max() + margin)
    lengths = np.hypot(rows.truth[:, 0], rows.truth[:, 1])
    scale = float(lengths[np.isfinite(lengths)].max()) / reach or 1.0
    crop = BOOK_LIMITS if grid == Grid() else limits
    return {
        "correct": Quiver(rows.points, rows.gradient, limits, scale, "correct"),
        "buggy": Quiver(columns.points, columns.gradient, limits, scale, "buggy"),
        "correct-autoscale": Quiver(rows.points, -rows.gradient, crop, None, "book"),
        "buggy-autoscale": Quiver(columns.points, -columns.gradient, crop, None, "book"),
    }
