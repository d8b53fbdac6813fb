"""Grid and Layout: the points, and the two ways a caller may hand them over.

Inside this package one row is one point, (n, 2). Only `Layout` transposes, where
points enter or leave the book's routine.
"""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# For one axis: a million points are more than anybody draws.
MOST_VALUES = 1000


Range = tuple[float, float, float]  # start, stop and step


@dataclass(frozen=True, repr=False)
class Grid:
    """A grid of points whose axes are `numpy.arange(start, stop, step)`.

    Parameters
    ----------
    start, stop, step : float
        As for `numpy.arange`; the default is the grid of the book's script.
    x1 : (float, float, float), optional
        Start, stop and step of the second coordinate; by default those of the first.

    Raises
    ------
    ValueError
        If a number is not finite, a step is 0, or an axis has no or over 1000 values.

    Examples
    --------
    >>> Grid(0, 2, 1).points
    array([[0., 0.],
           [1., 0.],
           [0., 1.],
           [1., 1.]])
    >>> Grid(0, 2, 1, x1=(5, 6, 0.5)).points
    array([[0. , 5. ],
           [1. , 5. ],
           [0. , 5.5],
           [1. , 5.5]])
    """

    start: float = -2
    stop: float = 2.5
    step: float = 0.25
    x1: Range | None = None

    def __post_init__(self) -> None:
        if self.x1 is not None:
            start, stop, step = self.x1
            is_square = (start, stop, step) == self.x0
            object.__setattr__(self, "x1", None if is_square else (start, stop, step))
        for numbers in (self.x0, self.x1 or self.x0):
            self._check(*numbers)

    def _check(self, start: float, stop: float, step: float) -> None:
        if not all(map(math.isfinite, (start, stop, step))) or step == 0:
            raise ValueError(
                f"{self} needs three finite numbers and a step other than 0"
            )
        count = np.ceil((stop - start) / step)
        if not 0 < count <= MOST_VALUES:
            raise ValueError(
                f"{self} has {max(0, count):g} values an axis, not 1 to {MOST_VALUES}"
            )

    def __repr__(self) -> str:
        x1 = f", x1={self.x1}" if self.x1 else ""
        return f"Grid({self.start}, {self.stop}, {self.step}{x1})"

    @property
    def x0(self) -> Range:
        """Start, stop and step of the first coordinate."""
        return self.start, self.stop, self.step

    @property
    def axes(self) -> tuple[Floats, Floats]:
        """The values of each coordinate."""
        return _values(self.x0), _values(self.x1 or self.x0)

    @property
    def points(self) -> Floats:
        """All points, shape (n, 2), one row one point, x0 running fastest."""
        x0, x1 = np.meshgrid(*self.axes)
        return np.column_stack([x0.ravel(), x1.ravel()])

    @property
    def record(self) -> dict[str, Any]:
        """Its numbers by name, as files have them: for each axis, if they differ."""
        if self.x1 is None:
            return _named(self.x0)
        return {"x0": _named(self.x0), "x1": _named(self.x1)}


def _values(numbers: Range) -> Floats:
    return np.arange(*numbers, dtype=np.float64)


def _named(numbers: Range) -> dict[str, float]:
    return dict(zip(("start", "stop", "step"), numbers, strict=True))


class Layout(Enum):
    """How points are laid out in the array that the book's routine receives.

    `ROWS` is what the routine expects: one row one point, (n, 2).
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
        """Copy points into the array that the routine receives, or its result back.

        Parameters
        ----------
        points : ndarray, shape (n, 2)
            One row is one point. Or what the routine returned, in the shape it was
            given: to arrange twice is to return to (n, 2).

        Returns
        -------
        ndarray, shape (n, 2) for rows, (2, n) for columns
            A C-contiguous copy: the routine writes to its argument.
        """
        if self is Layout.ROWS:
            return points.copy()
        return points.T.copy()
