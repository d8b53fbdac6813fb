"""Candidates: the functions of a script whose slopes its arrows may be."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.scripts.call_trials import STEP
from gradviz_core.scripts.fields.field import SHORTEST, Field, Point, Slopes, are_alike
from gradviz_core.scripts.names import parameters_of
from gradviz_core.scripts.small_arrays import (
    NotFollowed,
    SmallArray,
    Stops,
    array_of,
    is_number,
)
from gradviz_core.scripts.values import Closure, FunctionNode
from gradviz_core.scripts.whole_runs import VARIES, CallsSeen, WholeRun


class Candidate:
    """A function of the script that may be the one whose slopes are drawn.

    Parameters
    ----------
    run : WholeRun
        Carries it out.
    closure : Closure
        The function.
    """

    def __init__(self, run: WholeRun, closure: Closure) -> None:
        self.run = run
        self.closure = closure
        names = parameters_of(closure.node)
        needed = len([name for name in names if name not in closure.defaults])
        calls = run.records.calls_seen.get(closure.node, CallsSeen([], {}))
        self.count = needed if needed <= 2 else calls.count_of_coordinates
        self.others = calls.arguments[self.count :]
        self.keywords = calls.keywords

    def value(self, point: Point) -> float:
        """Return its value at a point.

        Raises
        ------
        NotFollowed
            If it is no function of a point.
        """
        coordinates = [*point] if self.count == 2 else [array_of([*point])]
        value = self._result(coordinates)
        if isinstance(value, SmallArray) and value.size == 1:
            [value] = value.entries()
        if not is_number(value):
            raise NotFollowed
        return float(value)

    def _result(self, coordinates: Sequence[Any]) -> Any:
        """Return what it gives at a point, or at many in one array or two."""
        self.run.level = 0
        arguments = [*coordinates, *self.others]
        if VARIES in (*self.others, *self.keywords.values()):
            raise NotFollowed
        try:
            return self.run.call(self.closure, arguments, self.keywords)
        except Stops:
            raise NotFollowed from None

    def values(self, points: Slopes) -> list[float]:
        """Return its values at points: all at once, if it can be asked so.

        Raises
        ------
        NotFollowed
            If it is no function of a point.
        """
        if not points:
            return []
        along = array_of([[x for x, _ in points], [y for _, y in points]])
        one_by_one = {k: self.value(points[k]) for k in {0, len(points) // 2}}
        ways = [[along], [along.transposed().copied()]]
        if self.count == 2:
            ways = [[along.part(0), along.part(1)]]
        for coordinates in ways:
            try:
                values = array_of(self._result(coordinates))
            except (NotFollowed, Stops):
                continue
            if values.shape == (len(points),) and all(
                math.isclose(values.part(k), one_by_one[k], abs_tol=SHORTEST)
                for k in one_by_one
            ):
                return [float(each) for each in values.entries()]
        return list(map(self.value, points))

    def is_of_points(self, fields: Sequence[Field]) -> bool:
        """Whether it gives a number at the first point of each plot."""
        try:
            values = [self.value(field.points[0]) for field in fields if field.points]
        except NotFollowed:
            return False
        return bool(values) and self.count in (1, 2)

    def slopes(self, points: Slopes) -> Slopes:
        """Return its slopes at all points, by central differences."""
        along_axes = []
        for dx, dy in ((STEP, 0), (0, STEP)):
            ahead = self.values([(x + dx, y + dy) for x, y in points])
            behind = self.values([(x - dx, y - dy) for x, y in points])
            pairs = zip(ahead, behind, strict=True)
            along_axes.append([(a - b) / (2 * STEP) for a, b in pairs])
        return list(zip(*along_axes, strict=True))


@dataclass(frozen=True)
class Fit:
    """A function whose slopes some arrows show."""

    candidate: Candidate
    how: str
    is_swapped: bool


def with_slopes(
    candidates: Sequence[Candidate], points: Slopes
) -> Iterator[tuple[Candidate, Slopes]]:
    """Yield the candidates that are functions of a point, each with its slopes."""
    for candidate in candidates:
        try:
            yield candidate, candidate.slopes(points)
        except NotFollowed:
            continue


def fits_of(field: Field, slopes: Sequence[tuple[Candidate, Slopes]]) -> list[Fit]:
    """Return the functions whose slopes the arrows show, as drawn or exchanged."""
    fits = []
    for candidate, own in slopes:
        for is_swapped in (False, True):
            how = field.compared(own, is_swapped)
            if how:
                fits.append(Fit(candidate, how, is_swapped))
    return fits


def subjects_of(
    candidates: Sequence[Candidate], field: Field
) -> Iterator[tuple[FunctionNode, Slopes]]:
    """Yield the functions of a point whose values are not drawn as a component."""
    components = [*zip(*field.arrows, strict=True)]
    for candidate, slopes in with_slopes(candidates, field.points):
        try:
            values = candidate.values(field.points)
        except NotFollowed:
            continue
        opposite = [-value for value in values]
        if not any(
            are_alike(drawn, each)
            for drawn in components
            for each in (values, opposite)
        ):
            yield candidate.closure.node, slopes
