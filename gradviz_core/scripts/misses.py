"""Misses: what arrows show that are not the slopes of the function they belong to.

Only what holds at every point counts, and what no other purpose of a plot explains.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TOLERANCE = 2e-3  # of the longest slope
SHORTEST = 1e-6  # a longest slope below this is rounding
MOST_THAT_FIT = 0.5  # of the points at which a wrong component may be right
MOST_THAT_SHOW = 0.1  # of the arrows that may be longer than zero in an empty plot

Point = tuple[float, float]
Slopes = list[Point]


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


def other_order(points: Slopes) -> Slopes | None:
    """Return the points of a grid column by column, if they are given row by row.

    And the other way round. The result is None if they are no grid.
    """
    xs = list(dict.fromkeys(x for x, _ in points))
    ys = list(dict.fromkeys(y for _, y in points))
    by_rows = [(x, y) for y in ys for x in xs]
    by_columns = [(x, y) for x in xs for y in ys]
    if min(len(xs), len(ys)) < 2 or by_rows == by_columns:
        return None
    if points == by_rows:
        return by_columns
    return by_rows if points == by_columns else None


def in_pairs(arrows: Slopes) -> Slopes:
    """Return the arrows whose numbers, one after the other, were cut in two halves."""
    numbers = [u for u, _ in arrows] + [v for _, v in arrows]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def wrong_component(arrows: Slopes, slopes: Slopes) -> Miss | None:
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


def empty_plot(arrows: Slopes, slopes: Slopes) -> Miss | None:
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


def slopes_of_table(
    places: Sequence[Sequence[Point]], heights: Sequence[Sequence[float]], step: float
) -> dict[Point, Point] | None:
    """Return the slopes of heights that were computed with the grid moved.

    Parameters
    ----------
    places : sequence of list
        The rows of the grid as it is.
    heights : sequence of sequence of float
        The heights as they are, then with the first coordinate moved ahead and back,
        then with the second.
    step : float
        By how much.

    Returns
    -------
    dict or None
        The slopes, keyed by point. None if the heights do not change as the slopes say:
        then something else than the grid is behind them.
    """
    own, right, left, up, down = heights
    along_x = [(a - b) / (2 * step) for a, b in zip(right, left, strict=True)]
    along_y = [(a - b) / (2 * step) for a, b in zip(up, down, strict=True)]
    points = [point for row in places for point in row]
    slopes = list(zip(along_x, along_y, strict=True))
    rises = list(_rises(places, own, slopes))
    highest = max((abs(rise) for rise, _ in rises), default=0.0)
    if any(abs(rise - expected) > 0.25 * highest for rise, expected in rises):
        return None
    return dict(zip(points, slopes, strict=True))


def _rises(
    places: Sequence[Sequence[Point]], heights: Sequence[float], slopes: Slopes
) -> Iterator[tuple[float, float]]:
    """Yield how heights differ between neighbours, and what their slopes say of it."""
    width = len(places[0])
    for row, points in enumerate(places):
        for column, (x, y) in enumerate(points):
            k = row * width + column
            neighbours = []
            if column + 1 < width:
                neighbours.append((k + 1, points[column + 1]))
            if row + 1 < len(places):
                neighbours.append((k + width, places[row + 1][column]))
            for other, (x1, y1) in neighbours:
                along_x = (slopes[k][0] + slopes[other][0]) / 2
                along_y = (slopes[k][1] + slopes[other][1]) / 2
                expected = along_x * (x1 - x) + along_y * (y1 - y)
                yield heights[other] - heights[k], expected
