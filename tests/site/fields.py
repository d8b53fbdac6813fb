"""How a field of arrows has to be drawn, from the numbers alone.

Every rule is one that the site tells its readers, or one of matplotlib's documentation of
`quiver`. Legend: points and arrows are (n, 2), limits those of both axes, and span is the
length of an arrow that would be as long as the axes are wide.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from oracle import DEFAULT_GRID, Function, grid_points

from tests.site.svg_reading import Panel

ENDINGS = ("correct", "buggy", "correct-autoscale", "buggy-autoscale")
BOOK_LIMITS = (-2.0, 2.0)
LONGEST_ARROW = 1.25  # in steps of the grid
BY_DAY = {"correct": "#0072b2", "buggy": "#d55e00", "book": "#666666"}
BY_NIGHT = {"correct": "#56b4e9", "buggy": "#e69f00", "book": "#b5b5b5"}

# All that follows in widths of a shaft, save for the first.
SHAFT = 0.0045  # where the axes are 1 wide
HEAD_LENGTH = 5  # as it is by default, like the next two
NECK = 4.5  # how far behind the tip the shaft ends
HEAD_WIDTH = 3
SHORTEST = 1  # a shorter arrow is drawn as a speck
LONGEST = 2**16  # and none longer than that

Limits = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Field:
    """What one picture has to show: in the look of the site, or as the script draws it."""

    points: np.ndarray
    arrows: np.ndarray
    limits: tuple[Limits, Limits]  # of the axis across, and of the one up
    span: float
    role: str
    is_automatic: bool = False

    @property
    def is_zero(self) -> np.ndarray:
        """Which arrows are dots; as the script draws it, none."""
        return (self.arrows == 0).all(axis=1) & (not self.is_automatic)

    @property
    def is_arrow(self) -> np.ndarray:
        """Which are drawn as arrows: not those of length zero, nor those that are no numbers.

        As the script draws it, those of length zero are specks, if any arrow is longer.
        """
        is_finite = np.isfinite(self.arrows).all(axis=1)
        if self.is_automatic:
            return is_finite & bool(self.span > 0)
        return is_finite & ~self.is_zero

    @property
    def shaft(self) -> float:
        """How wide the shaft of an arrow is, where the axes are 1 wide."""
        if self.is_automatic:  # as matplotlib has it
            return 0.06 / min(max(np.sqrt(len(self.arrows)), 8), 25)
        return SHAFT


@cache
def field_of(function: Function, ending: str) -> Field:
    """The field of a function that a picture with this ending shows."""
    arrows = function.arrows("rows" if ending.startswith("correct") else "columns")
    step = function.grid[2]
    if ending.endswith("autoscale"):  # the book's script draws it downhill
        return as_script_draws(function.points, -arrows)
    limits = room(function.points, step)
    span = shared_scale(function.truth, step) * (limits[1] - limits[0])
    return Field(function.points, arrows, (limits, limits), span, ending)


def field_of_page(
    points: np.ndarray, arrows: np.ndarray, scale: float | str, role: str
) -> Field:
    """What a page's own picture of arrows has to show, on a scale or with "auto"."""
    if scale == "auto":
        return as_script_draws(points, arrows)
    limits = room(points, smallest_step(points))
    span = scale * (limits[1] - limits[0])
    return Field(points, arrows, (limits, limits), span, role)


def as_script_draws(points: np.ndarray, arrows: np.ndarray) -> Field:
    """What the book's script shows: its own grid cropped, in grey, by matplotlib's rules."""
    limits = tuple(around(along) for along in points.T)
    if np.array_equal(points, grid_points(*DEFAULT_GRID)):
        limits = BOOK_LIMITS, BOOK_LIMITS
    span = automatic_span(arrows)
    return Field(points, arrows, limits, span, "book", is_automatic=True)


def around(values: np.ndarray) -> Limits:
    """The limits of an axis that matplotlib chooses: a twentieth of the room on either side."""
    low, high = values.min(), values.max()
    return low - (high - low) / 20, high + (high - low) / 20


def smallest_step(points: np.ndarray) -> float:
    """The smallest step from a coordinate to the next one of all points."""
    steps = np.diff(np.sort(points, axis=0), axis=0)
    return steps[steps > 0].min()


def shared_scale(first: np.ndarray, step: float) -> float:
    """The length that is drawn as one unit of x, set by the longest arrow of the first field."""
    longest = np.nanmax(np.hypot(*first.T))
    return longest / (LONGEST_ARROW * abs(step))


def room(points: np.ndarray, step: float) -> tuple[float, float]:
    """The limits of axes that leave room for the longest arrow, and a tenth more."""
    reach = 1.1 * LONGEST_ARROW * abs(step)
    return points.min() - reach, points.max() + reach


def automatic_span(arrows: np.ndarray) -> float:
    """As matplotlib documents it: from the mean length of the arrows and their number."""
    finite = arrows[np.isfinite(arrows).all(axis=1)]
    if len(finite) == 0:
        return np.nan
    mean = np.hypot(*finite.T).mean()
    return 1.8 * mean * max(10, np.sqrt(len(finite)))


def places(points: np.ndarray, panel: Panel) -> np.ndarray:
    """Where points stand in a picture, by the numbers along its axes."""
    x = panel.across.place(points[:, 0])
    y = panel.up.place(points[:, 1])
    return np.column_stack([x, y])


def outlines(field: Field, panel: Panel) -> np.ndarray:
    """The corners of every arrow, (n, 8, 2), where they stand in a picture."""
    points = field.points[field.is_arrow]
    arrows = field.arrows[field.is_arrow]
    shaft = field.shaft
    lengths = np.hypot(*arrows.T) / field.span / shaft
    along, aside = corners(np.minimum(lengths, LONGEST)) * shaft * panel.width

    directions = arrows
    if field.is_automatic:
        directions = seen_directions(points, arrows, panel)
    angles = np.arctan2(directions[:, 1], directions[:, 0])[:, None]
    x = along * np.cos(angles) - aside * np.sin(angles)
    y = along * np.sin(angles) + aside * np.cos(angles)

    tails = places(points, panel)[:, None]
    return tails + np.stack([x, -y], axis=-1)  # y grows downwards in a picture


def corners(lengths: np.ndarray) -> np.ndarray:
    """The corners of arrows to the right, along them and aside, (2, n, 8)."""
    lengths = lengths[:, None]
    tip = np.maximum(lengths, HEAD_LENGTH)
    neck, barb, tail = tip - NECK, tip - HEAD_LENGTH, 0 * tip
    along = np.hstack([tail, neck, barb, tip, barb, neck, tail, tail])
    shaft, head = 1 / 2, HEAD_WIDTH / 2
    aside = np.array([shaft, shaft, head, 0, -head, -shaft, -shaft, shaft])

    # An arrow that is shorter than a head is a small one, of that length.
    shrunk = np.minimum(lengths / HEAD_LENGTH, 1)
    along, aside = along * shrunk, aside * shrunk

    # A speck has six corners, of which two are named twice.
    turn = np.arange(8) * np.pi / 3
    is_speck = lengths < SHORTEST
    along = np.where(is_speck, np.cos(turn) * SHORTEST / 2, along)
    aside = np.where(is_speck, np.sin(turn) * SHORTEST / 2, aside)
    return np.array([along, aside])


def seen_directions(points: np.ndarray, arrows: np.ndarray, panel: Panel) -> np.ndarray:
    """The directions that `angles="xy"` finds, which looks a small part of an arrow ahead.

    Where it cannot tell that place from the point itself, the arrow lies flat.
    """
    small = 0.001 * np.abs(points).max(initial=0)
    ways = places(points + small * arrows, panel) - places(points, panel)
    return ways * [1, -1]  # y grows downwards in a picture
