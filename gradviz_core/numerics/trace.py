"""Trace: the book's routine over a few points, step by step, as f saw it.

A run is all steps in one layout. Its frames show the whole array after each step.

Legend: f the function, x one row of the array X that the caller passes, h the step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.book import numerical_gradient
from gradviz_core.numerics.grid import Floats, Layout
from gradviz_core.numerics.measurement import right_entries
from gradviz_core.spelling.derivatives import Leaf
from gradviz_core.spelling.parser import Spelling

# First coordinates 1 to 3, second 4 and 5: each number says which of the two it is.
POINTS = np.array(
    [[1.0, 4.0], [2.0, 4.0], [3.0, 4.0], [1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]
)


@dataclass(frozen=True, eq=False)
class Step:
    """One number moved: what f received and returned, and the resulting slope."""

    number: int  # from 0
    row: int  # x is X[row]
    entry: int  # the number that is moved is x[entry]
    point: int  # the point that this number is a coordinate of
    coordinate: int  # and which of its coordinates
    value: float  # this number
    ahead: tuple[Floats, float]  # x with the entry moved by h, and f of it
    behind: tuple[Floats, float]  # x with the entry moved by -h, and f of it
    slope: float  # (f(x + h) - f(x - h)) / 2h
    exact: float  # what the slope should be
    is_right: bool


@dataclass(frozen=True)
class Cell:
    """A number of the array that is passed in, and the slope at the same position."""

    point: int
    value: float
    slope: float
    is_read: bool  # by f
    is_moved: bool  # at this step
    is_later: bool  # moved after this step, so that its slope is still missing


@dataclass(frozen=True)
class Frame:
    """The state of all numbers and slopes after a step."""

    step: Step
    rows: list[list[Cell]]  # as the array has them
    slope_counts: list[int]  # how many of its two slopes each arrow has, by its point


@dataclass(frozen=True, eq=False)
class Run:
    """The steps of the routine in one layout, in order."""

    layout: Layout
    points: Floats  # (n, 2)
    reads: set[int]  # the entries of x that f reads
    steps: list[Step]

    def row(self, row: int) -> list[Step]:
        """The steps that move the numbers of a row, one for each entry."""
        return [step for step in self.steps if step.row == row]

    def arrow(self, point: int) -> list[Step]:
        """The two steps that make the arrow of a point, in order of coordinates."""
        steps = [step for step in self.steps if step.point == point]
        return sorted(steps, key=lambda step: step.coordinate)

    def read_in(self, row: int) -> list[Step]:
        """The steps that move the numbers of a row that f reads."""
        return [step for step in self.row(row) if step.entry in self.reads]

    def frame(self, number: int) -> Frame:
        """The state after the step with this number."""
        rows = dict.fromkeys(step.row for step in self.steps)
        arrows = [self.arrow(point) for point in range(len(self.points))]
        return Frame(
            step=self.steps[number],
            rows=[[self._cell(step, number) for step in self.row(row)] for row in rows],
            slope_counts=[
                sum(step.number <= number for step in arrow) for arrow in arrows
            ],
        )

    def _cell(self, step: Step, number: int) -> Cell:
        return Cell(
            point=step.point,
            value=step.value,
            slope=step.slope,
            is_read=step.entry in self.reads,
            is_moved=step.number == number,
            is_later=step.number > number,
        )


def trace(
    f: Spelling,
    layout: Layout,
    points: Floats = POINTS,
    routine: Callable[..., Any] = numerical_gradient,
) -> Run:
    """Run the routine over points, (n, 2), in one layout, and keep its 2 n steps."""
    calls: list[tuple[Floats, float]] = []

    def witness(x: Floats) -> float:
        value = float(f(x))
        calls.append((x.copy(), value))
        return value

    slopes = routine(witness, layout.arrange(points))
    exact = f.gradient(points)
    is_right = right_entries(layout.arrange(slopes), exact)
    # The origin of each number of the argument: 2 * point + coordinate.
    origins = layout.arrange(np.arange(points.size).reshape(points.shape))

    steps = []
    aheads, behinds = calls[::2], calls[1::2]
    for number, (row, entry) in enumerate(np.ndindex(slopes.shape)):
        point, coordinate = divmod(int(origins[row, entry]), 2)
        steps.append(
            Step(
                number=number,
                row=row,
                entry=entry,
                point=point,
                coordinate=coordinate,
                value=float(points[point, coordinate]),
                ahead=aheads[number],
                behind=behinds[number],
                slope=float(slopes[row, entry]),
                exact=float(exact[point, coordinate]),
                is_right=bool(is_right[point, coordinate]),
            )
        )
    return Run(layout, points, _entries_read(f, length=slopes.shape[1]), steps)


def _entries_read(f: Spelling, length: int) -> set[int]:
    """Return which entries of an argument of this length f reads."""
    places = np.arange(length)
    read: set[int] = set()
    for operation in f.program:
        if isinstance(operation, Leaf) and operation.coordinates:
            read.update(np.ravel(operation.read(places)).tolist())
    return read
