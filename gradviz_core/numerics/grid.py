"""Grid and Layout: the points, and the two ways a caller may hand them over.

Inside this package one row is one point, (n, 2). `Layout` alone transposes, at the
border with the book's routine.
"""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Of one axis: a million points are more than anybody draws.
MOST_VALUES = 1000


@dataclass(frozen=True)
class Grid:
    """A square grid of points whose two axes are `numpy.arange(start, stop, step)`.

    Parameters
    ----------
    start, stop, step : float
        As for `numpy.arange`; the default is the grid of the book's script.

    Raises
    ------
    ValueError
        For a number that is not finite, a step of zero, no points or over a million.

    Examples
    --------
    >>> Grid(0, 2, 1).points
    array([[0., 0.],
           [1., 0.],
           [0., 1.],
           [1., 1.]])
    """

    start: float = -2
    stop: float = 2.5
    step: float = 0.25

    def __post_init__(self) -> None:
        numbers = (self.start, self.stop, self.step)
        if not all(map(math.isfinite, numbers)) or self.step == 0:
            raise ValueError(
                f"{self} needs three finite numbers and a step other than 0"
            )
        count = np.ceil((self.stop - self.start) / self.step)
        if not 0 < count <= MOST_VALUES:
            raise ValueError(
                f"{self} has {max(0, count):g} values an axis, not 1 to {MOST_VALUES}"
            )

    @property
    def axis(self) -> Floats:
        """The values of either coordinate, shape (m,)."""
        return np.arange(self.start, self.stop, self.step, dtype=np.float64)

    @property
    def points(self) -> Floats:
        """All points, shape (m * m, 2), one row one point, x0 running fastest."""
        x0, x1 = np.meshgrid(self.axis, self.axis)
        return np.column_stack([x0.ravel(), x1.ravel()])


class Layout(Enum):
    """How points are laid out in the array that the book's routine receives.

    `ROWS` is what the routine takes them for: one row one point, (n, 2).
    `COLUMNS` is the book's call before its fix: one row one coordinate, (2, n).

    Examples
    --------
    >>> Layout.COLUMNS.arrange(Grid(0, 2, 1).points)
    array([[0., 1., 0., 1.],
           [0., 0., 1., 1.]])
    """

    ROWS = "rows"
    COLUMNS = "columns"

    def arrange(self, points: NDArray[Any]) -> NDArray[Any]:
        """Copy points, (n, 2), into the array to pass; or its result back.

        For columns that array is (2, n).
        """
        if self is Layout.ROWS:
            return points.copy()
        return points.T.copy()
