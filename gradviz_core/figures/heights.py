"""Heights: the values of f over a grid, as shades of one colour.

`drawing` and `small_pictures` decide how they are drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from gradviz_core.figures.fields import ROLES, SQUARE, check_roles
from gradviz_core.numerics.grid import Floats
from gradviz_core.registry.colours import Colour, colours

# The names of the axes, as the book's script has them.
AXES = ("x0", "x1")

# Enough for a slope to be visible, and few enough to tell any two apart.
SHADES = 9

# The share of the colour in the lightest shade.
LIGHTEST = 0.08

# The file of a picture with more cells is too large.
MOST_CELLS = 20_000


@dataclass(frozen=True, eq=False)
class Heights:
    """Heights over a grid: one row for each x1, as from `np.meshgrid(x0, x1)`."""

    x0: Floats  # (columns,)
    x1: Floats  # (rows,)
    values: Floats  # (rows, columns)
    limits: tuple[float, float]  # the lowest height of the lightest shade, the highest
    role: str  # which code it is of: correct, buggy or book, which is neither
    names: tuple[str, str]  # of the axes

    size = SQUARE  # its width and height, in CSS pixels

    @property
    def points(self) -> Floats:
        """The position of each height, (n, 2), in row order."""
        x0, x1 = np.meshgrid(self.x0, self.x1)
        return np.column_stack([x0.ravel(), x1.ravel()])

    def runs(self, shade: int) -> Iterator[tuple[int, int, int]]:
        """Yield each run of cells with one shade: its row, first column, and end.

        Shades are counted from 0, the lightest.
        """
        low, high = self.limits
        part = (self.values - low) / ((high - low) or 1)
        shade_of_cell = np.clip((part * SHADES).astype(int), 0, SHADES - 1)
        for row, is_of_shade in enumerate(shade_of_cell == shade):
            changes = np.flatnonzero(np.diff(is_of_shade, prepend=False, append=False))
            for start, end in changes.reshape(-1, 2).tolist():
                yield row, start, end

    @property
    def highest(self) -> Floats:
        """Where the greatest height is; of several, the one nearest their middle."""
        is_highest = self.values.ravel() == self.values.max()
        places = self.points[is_highest]
        away = np.hypot(*(places - places.mean(axis=0)).T)
        place: Floats = places[away.argmin()]
        return place


def heights(
    x0: Any,
    x1: Any,
    *values: Any,
    roles: Sequence[str] = ROLES,
    names: tuple[str, str] = AXES,
) -> list[Heights]:
    """Make pictures of heights over one grid, on one scale of shades.

    Parameters
    ----------
    x0, x1 : array_like, shapes (columns,) and (rows,)
        The coordinates along both axes, each in ascending order.
    *values : array_like, shape (rows, columns)
        One array for each picture: a row for each of `x1`.
    roles : sequence of str
        The code that each picture shows: correct, buggy or book, which is neither.
    names : tuple of str
        The names of the axes.

    Raises
    ------
    ValueError
        If an array does not have one height for each point, a height is not a number,
        or coordinates do not ascend.

    Examples
    --------
    >>> [picture] = heights([0, 1, 2], [0, 1], [[0, 1, 2], [3, 4, 5]])
    >>> picture.limits, picture.highest.tolist()
    ((0.0, 5.0), [2.0, 1.0])

    Of several greatest heights only one is returned: at their middle, f may be lower.

    >>> [picture] = heights([0, 1, 2], [0, 1], [[5, 0, 5], [5, 0, 0]])
    >>> picture.highest.tolist()
    [0.0, 0.0]
    """
    # Unpacked first: then a name that a page has not defined is reported by its name.
    across = np.array([*x0], dtype=np.float64)
    up = np.array([*x1], dtype=np.float64)
    arrays = [np.array([*array], dtype=np.float64) for array in values]
    _check(across, up, arrays, roles)
    low = min(float(array.min()) for array in arrays)
    high = max(float(array.max()) for array in arrays)
    return [
        Heights(across, up, array, (low, high), role, names)
        for array, role in zip(arrays, roles, strict=False)
    ]


def _check(
    across: Floats, up: Floats, arrays: list[Floats], roles: Sequence[str]
) -> None:
    for axis in (across, up):
        if len(axis) < 2 or not (np.diff(axis) > 0).all():
            raise ValueError("the coordinates along an axis must rise")
    expected = (len(up), len(across))
    if len(up) * len(across) > MOST_CELLS:
        raise ValueError(f"{expected} are more than {MOST_CELLS} heights")
    check_roles(len(arrays), roles)
    for array in arrays:
        if array.shape != expected:
            raise ValueError(f"shape {array.shape} is not {expected}, one row for x1")
        if not np.isfinite(array).all():
            raise ValueError("a height is no number")


@cache
def shades(role: str) -> list[Colour]:
    """Return the colours of heights, from the lowest up, ever closer to the role's.

    In the dark scheme, the lowest height has the darkest colour.
    """
    ground = colours()["plot"]["ground"]
    strongest = colours()["arrows"][role]
    return [
        Colour(
            _mixed(ground.light, strongest.light, part),
            _mixed(ground.dark, strongest.dark, part),
        )
        for part in np.linspace(LIGHTEST, 1, SHADES)
    ]


def _mixed(ground: str, colour: str, part: float) -> str:
    """Return a mix of two colours; `part` is the share of the second one."""
    low = np.array([*bytes.fromhex(ground[1:])])
    high = np.array([*bytes.fromhex(colour[1:])])
    red, green, blue = np.rint(low + part * (high - low)).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"
