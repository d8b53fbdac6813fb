"""Curves: the lines of a plot over one x, and their names.

`drawing` decides how they look.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from gradviz_core.figures.fields import FARTHEST, SQUARE, Field
from gradviz_core.figures.heights import Heights
from gradviz_core.numerics.grid import Floats

# What the lines are drawn as, from the first: no more than colour and dash can tell
# apart.
LINE_ROLES = ("correct", "buggy", "book")


class Line(NamedTuple):
    """One line over x."""

    name: str
    y: Floats  # (n,), nan where its axis cannot show it
    lowest: int  # the index of its lowest value


class Curves:
    """Up to three lines over x, with an optional band shaded between two edges.

    Parameters
    ----------
    x : array_like, shape (n,)
        The values along the axis.
    *y : array_like, shape (n,)
        One array for each line.
    names : sequence of str
        The name of each line.
    labels : sequence of str
        The labels of x and y.
    band : array_like, shape (2, n), optional
        The two edges of the shaded band.
    scales : sequence of str
        For each axis, "log" or "linear". A logarithmic axis shows positive values only.

    Raises
    ------
    ValueError
        If a line, or an edge of the band, does not have one number for each x, a line
        has no name, there are too many lines, or a number cannot be drawn.
    """

    size = SQUARE  # its width and height, in CSS pixels

    def __init__(
        self,
        x: Any,
        *y: Any,
        names: Sequence[str],
        labels: Sequence[str],
        band: Any = (np.nan, np.nan),
        scales: Sequence[str] = ("log", "log"),
    ) -> None:
        if len(y) > len(LINE_ROLES):
            raise ValueError(f"{len(y)} lines are more than {len(LINE_ROLES)}")
        if len(names) != len(y):
            raise ValueError(f"{len(y)} lines have {len(names)} names")
        x = np.array(x, dtype=np.float64)
        x, *rows = np.broadcast_arrays(x, *y, *band)
        is_hidden = np.isnan(_shown(x, scales[0]))
        if is_hidden.any():
            hidden = x[is_hidden][0]
            raise ValueError(f"x is {hidden:g} at a place, which its axis cannot show")
        shown = [_shown(row, scales[1]) for row in rows]
        farthest = np.nanmax(np.abs([x, *shown]), initial=0)
        if farthest > FARTHEST:
            raise ValueError(f"{farthest:g} is too large a number to be drawn")

        self.x = x
        self.labels = list(labels)
        self.scales = list(scales)
        self.band = np.array(shown[-2:])
        self.lines = [
            Line(name, line, int(np.nanargmin(line)))
            for name, line in zip(names, shown[:-2], strict=True)
        ]


def _shown(row: Any, scale: str) -> Floats:
    """Return a line without the values that an axis of this scale cannot show."""
    lowest_shown = 0 if scale == "log" else -np.inf
    return np.where(row > lowest_shown, row, np.nan).astype(np.float64)


Picture: TypeAlias = Field | Curves | Heights
