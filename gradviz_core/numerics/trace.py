"""Trace: every step of the book's routine over a few points, as f saw it.

Legend: f the function, x one row of the array X that the caller passes, h the step.
"""

from typing import NamedTuple

import numpy as np

from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.grid import Floats, Layout
from gradviz_core.spelling.derivatives import Leaf
from gradviz_core.spelling.parser import Spelling

# First coordinates 1 to 3, second 4 and 5: each number tells which of the two it is.
POINTS = np.array(
    [[1.0, 4.0], [2.0, 4.0], [3.0, 4.0], [1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]
)


class Step(NamedTuple):
    """One number moved, x[entry] of x = X[row]: what f read, got and gave, and the slope."""

    row: int
    entry: int
    point: int
    coordinate: int
    reads: set[int]
    ahead: tuple[Floats, float]
    behind: tuple[Floats, float]
    slope: float
    exact: float


def trace(f: Spelling, layout: Layout, points: Floats = POINTS) -> list[Step]:
    """Run the routine over points, (n, 2), in one layout, and give its 2 n steps."""
    calls: list[tuple[Floats, float]] = []

    def witness(x: Floats) -> float:
        calls.append((x.copy(), float(f(x))))
        return calls[-1][1]

    slopes = numerical_gradient(witness, layout.arrange(points))
    owners = layout.arrange(np.arange(points.size).reshape(points.shape))
    read = [
        step.read for step in f.program if isinstance(step, Leaf) and step.coordinates
    ]
    reads = {int(i) for of in read for i in np.ravel(of(np.arange(slopes.shape[1])))}
    exact, steps = f.gradient(points), []
    pairs = zip(calls[::2], calls[1::2], strict=True)
    for (row, entry), (ahead, behind) in zip(
        np.ndindex(slopes.shape), pairs, strict=True
    ):
        point, coordinate = divmod(int(owners[row, entry]), 2)
        values = float(slopes[row, entry]), float(exact[point, coordinate])
        steps.append(Step(row, entry, point, coordinate, reads, ahead, behind, *values))
    return steps
