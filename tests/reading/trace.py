"""The run of the routine that the site steps through, computed here once more.

The product is followed over six points, the first coordinates 1 to 3, the second 4 and 5. It
reads the first two numbers of whatever it gets, and nothing else.
"""

from dataclasses import dataclass

import numpy as np
from oracle import H, functions

POINTS = np.array(
    [[1.0, 4.0], [2.0, 4.0], [3.0, 4.0], [1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]
)
FUNCTION = functions()["product"]
READ_ENTRIES = (0, 1)
UNIT = 70  # how long the largest slope of both runs is drawn


@dataclass(frozen=True, eq=False)
class Step:
    """One number moved ahead and back: x[entry] of the row of X that f gets."""

    row: int
    entry: int
    point: int
    coordinate: int
    ahead: np.ndarray
    behind: np.ndarray

    @property
    def difference(self):
        return FUNCTION.f(self.ahead) - FUNCTION.f(self.behind)

    @property
    def slope(self):
        return self.difference / (2 * H)

    @property
    def exact(self):
        return POINTS[self.point][1 - self.coordinate]

    @property
    def is_right(self):
        return abs(self.slope - self.exact) < 1e-6


def run(layout):
    """The steps of the routine in their order."""
    X = POINTS if layout == "rows" else POINTS.T
    steps = []
    for row, entry in np.ndindex(X.shape):
        ahead, behind = X[row].copy(), X[row].copy()
        ahead[entry] += H
        behind[entry] -= H
        place = (row, entry) if layout == "rows" else (entry, row)
        steps.append(Step(row, entry, *place, ahead, behind))
    return steps


RUNS = {layout: run(layout) for layout in ("columns", "rows")}
LONGEST = max(abs(step.slope) for steps in RUNS.values() for step in steps)


def at_its_own_point(steps, k):
    """Both steps that make the arrow of a point, the one along x₀ first."""
    return sorted((s for s in steps if s.point == k), key=lambda step: step.coordinate)
