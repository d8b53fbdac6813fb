"""Curves: everything that decides how lines over one x are drawn, and nothing drawn yet."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np

from gradviz_core.figures.fields import Field


class Curves:
    """Up to three lines over x, (n,), each y, (n,), its name; log scales show what is positive.

    A band, (2, n), is shaded from its first row to its second; labels are those of the axes.
    ValueError if a line, or the band, does not have one number for each of x, or x is off its axis.
    """

    def __init__(
        self,
        x: Any,
        *y: Any,
        names: Sequence[str],
        labels: Sequence[str],
        band: Any = (np.nan, np.nan),
        scales: Sequence[str] = ("log", "log"),
    ) -> None:
        x, *rows = np.broadcast_arrays(np.array(x, dtype=np.float64), *y, *band)
        ends = [
            0 if scale == "log" else -np.inf for scale in scales
        ]  # what is below is not drawn
        stacked = np.array(
            [np.where(row > ends[1], row, np.nan) for row in rows], dtype=np.float64
        )
        far = (
            np.nanmax(np.abs([x, *stacked]), initial=0) > 1e100
            or not (x > ends[0]).all()
        )
        if far or not len(names) == len(y) <= 3:
            raise ValueError(
                "an x is off its axis, a line too far, or one of at most 3 nameless"
            )
        self.band = stacked[-2:]
        self.x, self.labels, self.scales = x, [*labels], [*scales]
        self.lines = [
            *zip(names, stacked[:-2], np.nanargmin(stacked[:-2], axis=1), strict=True)
        ]


Picture: TypeAlias = Field | Curves
