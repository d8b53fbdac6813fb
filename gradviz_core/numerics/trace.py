"""Trace: every step of the book's routine over a few points, as f saw it.

Legend: f the function, x one row of the array X that the caller passes, h the step.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.grid import Floats, Layout
from gradviz_core.spelling.derivatives import Leaf
from gradviz_core.spelling.parser import Spelling

# First coordinates 1 to 3, second 4 and 5: each number says which of the two it is.
POINTS = np.array(
    [[1.0, 4.0], [2.0, 4.0], [3.0, 4.0], [1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]
)


class Step(NamedTuple):
    """One number moved: what f read, got and gave, and the slope that came of it."""

    row: int  # x is X[row]
    entry: int  # the number that is moved is x[entry]
    point: int  # the point that this number is a coordinate of
    coordinate: int  # and which of its coordinates
    reads: set[int]  # the entries of x that f reads
    ahead: tuple[Floats, float]  # x with the entry moved by h, and f of it
    behind: tuple[Floats, float]  # x with the entry moved by -h, and f of it
    slope: float  # (f(x + h) - f(x - h)) / 2h
    exact: float  # what the slope should be


def trace(
    f: Spelling,
    layout: Layout,
    points: Floats = POINTS,
    routine: Callable[..., Any] = numerical_gradient,
) -> list[Step]:
    """Run the routine over points, (n, 2), in one layout, and give its 2 n steps."""
    calls: list[tuple[Floats, float]] = []

    def witness(x: Floats) -> float:
        value = float(f(x))
        calls.append((x.copy(), value))
        return value

    slopes = routine(witness, layout.arrange(points))
    exact = f.gradient(points)
    reads = _entries_read(f, length=slopes.shape[1])
    # Where each number of the argument comes from: 2 * point + coordinate.
    origins = layout.arrange(np.arange(points.size).reshape(points.shape))

    steps = []
    aheads, behinds = calls[::2], calls[1::2]
    for k, (row, entry) in enumerate(np.ndindex(slopes.shape)):
        point, coordinate = divmod(int(origins[row, entry]), 2)
        steps.append(
            Step(
                row=row,
                entry=entry,
                point=point,
                coordinate=coordinate,
                reads=reads,
                ahead=aheads[k],
                behind=behinds[k],
                slope=float(slopes[row, entry]),
                exact=float(exact[point, coordinate]),
            )
        )
    return steps


def _entries_read(f: Spelling, length: int) -> set[int]:
    """Which entries of an argument of this length f reads."""
    places = np.arange(length)
    read: set[int] = set()
    for step in f.program:
        if isinstance(step, Leaf) and step.coordinates:
            read.update(np.ravel(step.read(places)).tolist())
    return read
