"""Misses: what arrows show that are not the slopes of the function they belong to.

Only what holds at every point counts, and what no other purpose of a plot explains.
"""

import ast
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradviz_core.scripts.fields.field import (
    EXACT,
    SHORTEST,
    TOLERANCE,
    Field,
    Slopes,
    compared,
)

MOST_THAT_FIT = 0.5  # of the points at which a wrong component may be right
MOST_THAT_SHOW = 0.1  # of the arrows that may be longer than zero in an empty plot


@dataclass(frozen=True)
class Miss:
    """What a plot shows in place of slopes.

    Attributes
    ----------
    form : str
        The arrows are "transposed" or "paired", most of them are "empty", or one
        "component" is no slope where the other one is.
    place : int
        The point at which it shows best.
    axis : int
        Along which axis the component is wrong.
    expected : float
        What would go there with the other component.
    """

    form: str
    place: int
    axis: int = 0
    expected: float = 0.0


@dataclass(frozen=True)
class FoundMiss:
    """A plot that shows something else than the slopes of a function or of heights."""

    field: Field
    subject: ast.AST
    slopes: Slopes
    miss: Miss


def misses_of(
    field: Field, subjects: Sequence[tuple[ast.AST, Slopes]]
) -> Iterator[FoundMiss]:
    """Yield what a plot shows in place of the slopes of a function or of heights."""
    for subject, slopes in subjects:
        form = _other_arrangement(field, slopes)
        if form:
            yield FoundMiss(field, subject, slopes, Miss(form, 0))
            return
    wrong = []
    for subject, slopes in subjects:
        miss = _wrong_component(field.arrows, slopes)
        if miss is not None:
            wrong.append(FoundMiss(field, subject, slopes, miss))
    if len(wrong) == 1:
        yield wrong[0]
    if not wrong and len(subjects) == 1:
        [(subject, slopes)] = subjects
        miss = _empty_plot(field.arrows, slopes)
        if miss is not None:
            yield FoundMiss(field, subject, slopes, miss)


def _other_arrangement(field: Field, slopes: Slopes) -> str:
    """Return how the arrows arrange the slopes otherwise, empty if they do not."""
    order = _other_order(field.points)
    if order is not None:
        at_points = dict(zip(field.points, slopes, strict=True))
        if field.shows([at_points[point] for point in order]):
            return "transposed"
    if compared(_in_pairs(field.arrows), slopes) == EXACT:
        return "paired"
    return ""


def _other_order(points: Slopes) -> Slopes | None:
    """Return the points of a grid column by column, if they are given row by row.

    And the other way round. The result is None if they are no grid.
    """
    xs = list(dict.fromkeys(x for x, _ in points))
    ys = list(dict.fromkeys(y for _, y in points))
    by_rows = [(x, y) for y in ys for x in xs]
    by_columns = [(x, y) for x in xs for y in ys]
    if min(len(xs), len(ys)) < 2:
        return None
    if points == by_rows:
        return by_columns
    return by_rows if points == by_columns else None


def _in_pairs(arrows: Slopes) -> Slopes:
    """Return the arrows whose numbers, one after the other, were cut in two halves."""
    numbers = [u for u, _ in arrows] + [v for _, v in arrows]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _wrong_component(arrows: Slopes, slopes: Slopes) -> Miss | None:
    """Return which component is no slope where the other is one, and where it shows.

    A component that is zero everywhere, or the exact opposite, is drawn on purpose.
    """
    for axis in (0, 1):
        own, other = axis, 1 - axis
        sign = _sign_of_slopes([a[other] for a in arrows], [s[other] for s in slopes])
        if not sign:
            continue
        drawn = [arrow[own] for arrow in arrows]
        expected = [sign * slope[own] for slope in slopes]
        if not any(drawn) or _sign_of_slopes(drawn, expected):
            continue
        longest = max(map(abs, [*drawn, *expected]))
        off = [abs(a - b) for a, b in zip(drawn, expected, strict=True)]
        fitting = sum(each <= TOLERANCE * longest for each in off)
        if math.isfinite(longest) and fitting <= MOST_THAT_FIT * len(off):
            place = off.index(max(off))
            return Miss("component", place, axis, expected[place])
    return None


def _sign_of_slopes(numbers: Sequence[float], slopes: Sequence[float]) -> int:
    """Return 1 if numbers are slopes along an axis, -1 if all are the opposite, else 0.

    Slopes that are the same everywhere prove nothing.
    """
    longest = max(map(abs, slopes), default=0.0)
    if not math.isfinite(longest) or longest < SHORTEST:
        return 0
    if max(slopes) - min(slopes) <= TOLERANCE * longest:
        return 0
    for sign in (1, -1):
        pairs = zip(numbers, slopes, strict=True)
        if all(abs(a - sign * b) <= TOLERANCE * longest for a, b in pairs):
            return sign
    return 0


def _empty_plot(arrows: Slopes, slopes: Slopes) -> Miss | None:
    """Return where a slope is steepest that is drawn as nothing, if most arrows are."""
    lengths = [math.hypot(*slope) for slope in slopes]
    longest = max(lengths, default=0.0)
    if not math.isfinite(longest) or longest < SHORTEST:
        return None
    steep = [k for k, length in enumerate(lengths) if length > TOLERANCE * longest]
    empty = [k for k in steep if arrows[k] == (0, 0)]
    if len(steep) - len(empty) > MOST_THAT_SHOW * len(steep):
        return None
    return Miss("empty", max(empty, key=lambda k: lengths[k]))
