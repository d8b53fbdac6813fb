"""Heights: the slopes of what a script draws besides arrows, as contours."""

import ast
from collections.abc import Iterator, Mapping, Sequence

from gradviz_core.scripts.fields.field import Field, Point, Slopes


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


def heights_at(
    tables: Sequence[tuple[ast.expr, Mapping[Point, Point]]], field: Field
) -> Iterator[tuple[ast.expr, Slopes]]:
    """Yield the heights that are known at all points of a plot, and their slopes."""
    for node, slopes in tables:
        if slopes.keys() >= {*field.points}:
            yield node, [slopes[point] for point in field.points]
