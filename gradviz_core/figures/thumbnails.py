"""Thumbnails: what a reader's plot looks like, so small that every arrow still reads.

Fewer and heavier arrows stand for those of the script's picture, without numbers along
the axes. One is a few paths, small enough to stand in a page.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.figures.fields import Field, drawn_by_script, ways_in_window
from gradviz_core.numerics.grid import Floats

WIDTH, HEIGHT = 124, 92  # units, in the shape of the script's axes

# Points along an axis, at most. Of more, every other one is drawn, or every third.
MOST_ACROSS = 9

# So few arrows are lines that stand out: all of them are drawn, at their full length.
FEW_ARROWS = 9

LONGEST_WAY = (
    2.0  # in widths: an arrow of this length ends outside, as a longer one does
)
HEAD = 3.2  # units, from the tip back to each barb
BARB_ANGLE = np.deg2rad(28)


@dataclass(frozen=True)
class Thumbnail:
    """The paths of a small plot, as SVG writes them."""

    arrows: str
    specks: str
    width: int = WIDTH
    height: int = HEIGHT


def thumbnail(field: Field) -> Thumbnail:
    """Draw a field as the book's script draws it, small.

    Examples
    --------
    >>> from gradviz_core.figures.fields import fields
    >>> points = np.array([[0, 0], [1, 0], [0, 1], [1, 1]])
    >>> (field,) = fields(points, points, scale="auto", roles=["book"])
    >>> thumbnail(field).specks
    'M5.6 87.8h0'
    """
    is_speck, is_in_view = drawn_by_script(field)
    places, ways = ways_in_window(field)
    every = _every(field.points)
    is_chosen = _is_chosen(field.points, every)
    are_lines = is_in_view.sum() <= FEW_ARROWS
    is_arrow = is_in_view if are_lines else is_in_view & is_chosen
    # Where every other arrow is left out, the others have the room of two.
    longer = 1 if are_lines else every
    arrows = "".join(
        _arrow(place, way * longer)
        for place, way in zip(places[is_arrow], ways[is_arrow], strict=True)
    )
    specks = "".join(_speck(place) for place in places[is_speck & is_chosen])
    return Thumbnail(arrows, specks)


def _every(points: Floats) -> int:
    across = max(len(np.unique(axis)) for axis in points.T)
    return -(-across // MOST_ACROSS)


def _is_chosen(points: Floats, every: int) -> Any:
    """Which points are drawn: every so many along each axis."""
    ranks = [np.unique(axis, return_inverse=True)[1] for axis in points.T]
    return np.all([rank % every == 0 for rank in ranks], axis=0)


def _arrow(place: Floats, way: Floats) -> str:
    """An arrow from a place, both in widths of the axes."""
    length = np.hypot(*way)
    if length > LONGEST_WAY:
        way = way * (LONGEST_WAY / length)
    tail = place * WIDTH
    tip = tail + way * WIDTH
    angle = np.arctan2(*way[::-1])
    barbs = [
        tip - HEAD * np.array([np.cos(angle + turn), np.sin(angle + turn)])
        for turn in (BARB_ANGLE, -BARB_ANGLE)
    ]
    first, second = barbs
    return f"M{_at(tail)}L{_at(tip)}M{_at(first)}L{_at(tip)} {_at(second)}"


def _speck(place: Floats) -> str:
    return f"M{_at(place * WIDTH)}h0"


def _at(point: Floats) -> str:
    """A point as SVG has it, whose y grows downwards."""
    x, y = point
    return f"{x:.1f} {HEIGHT - y:.1f}"
