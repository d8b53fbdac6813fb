"""How a field of arrows has to be drawn, from the numbers alone.

In the look of the site, every rule is one that the site tells its readers. As the script
draws it, matplotlib's own `quiver` is asked, on a figure of its own. Legend: points and
arrows are (n, 2), limits those of both axes, and span is the length of an arrow that would
be as long as the axes are wide.
"""

import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib import rc_context, rcParamsDefault
from matplotlib.figure import Figure
from matplotlib.quiver import Quiver
from oracle import DEFAULT_GRID, Function, grid_points

from reading.svg import Panel

ENDINGS = ("correct", "buggy", "correct-autoscale", "buggy-autoscale")
BOOK_LIMITS = (-2.0, 2.0)
LONGEST_ARROW = 1.25  # in steps of the grid

# All that follows in widths of a shaft, save for the first.
SHAFT = 0.0045  # where the axes are 1 wide
HEAD_LENGTH = 5  # as it is by default, like the next two
NECK = 4.5  # how far behind the tip the shaft ends
HEAD_WIDTH = 3
SHORTEST = 1  # a shorter arrow is drawn as a speck
LONGEST = 2**16  # and none longer than that

NEAR = 0.15  # points of 1/72 inch: an outline is written with one decimal

Limits = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Field:
    """What one picture has to show: in the look of the site, or as the script draws it."""

    points: np.ndarray
    arrows: np.ndarray
    limits: tuple[Limits, Limits]  # of the axis across, and of the one up
    span: float
    role: str
    shaft: float = SHAFT  # how wide the shaft of an arrow is, where the axes are 1 wide
    stock: np.ndarray | None = None  # the outlines of matplotlib's own arrows

    @property
    def is_automatic(self) -> bool:
        """Whether it is drawn as the script draws it."""
        return self.stock is not None

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
    stock, drawn = stock_quiver(points, arrows, limits)
    return Field(points, arrows, limits, stock.scale, "book", stock.width, drawn)


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


def stock_quiver(
    points: np.ndarray, arrows: np.ndarray, limits: tuple[Limits, Limits] | None = None
) -> tuple[Quiver, np.ndarray]:
    """What a script on a figure of matplotlib's own draws: its quiver, once drawn.

    The outlines of the arrows, (n, 8, 2), are in points from the upper left corner, as in an
    SVG; those of arrows that are no numbers are not finite.
    """
    with rc_context(rcParamsDefault):
        figure = Figure(dpi=72)
        axes = figure.add_subplot()
        axes.set_axis_off()  # whose words take long and move no arrow
        stock = axes.quiver(*points.T, *arrows.T, angles="xy")
        if limits is not None:
            axes.set(xlim=limits[0], ylim=limits[1])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # a field of zeros
            figure.draw_without_rendering()
    places = axes.transData.transform(points)
    paths = [path.vertices for path in stock.get_paths()]
    shapes = stock.get_transform().transform(np.concatenate(paths))
    height = 72 * figure.get_figheight()
    corners = shapes.reshape(len(points), -1, 2)[:, :8] + places[:, None]
    return stock, corners * [1, -1] + [0, height]


def stock_scale(points: np.ndarray, arrows: np.ndarray) -> float:
    """The length that spans the axes, as a stock quiver of the same field chooses it."""
    stock, _ = stock_quiver(points, arrows)
    return stock.scale


def places(points: np.ndarray, panel: Panel) -> np.ndarray:
    """Where points stand in a picture, by the numbers along its axes."""
    x = panel.across.place(points[:, 0])
    y = panel.up.place(points[:, 1])
    return np.column_stack([x, y])


def outlines(field: Field, panel: Panel) -> np.ndarray:
    """The corners of every arrow, (n, 8, 2), where they stand in a picture."""
    if field.is_automatic:
        return field.stock[field.is_arrow]
    points = field.points[field.is_arrow]
    arrows = field.arrows[field.is_arrow]
    lengths = np.hypot(*arrows.T) / field.span / field.shaft
    along, aside = corners(np.minimum(lengths, LONGEST)) * field.shaft * panel.width

    angles = np.arctan2(arrows[:, 1], arrows[:, 0])[:, None]
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


def assert_shows(panel: Panel, field: Field, what: str) -> None:
    """Find every arrow and every dot of a field in a picture, and nothing else."""
    expected = outlines(field, panel)
    assert len(panel.arrows) == len(expected), f"arrows in {what}"
    np.testing.assert_allclose(
        panel.arrows.reshape(-1, 2),
        expected.reshape(-1, 2),
        rtol=1e-4,  # an end may be far out, and the axes are read with two decimals
        atol=NEAR,
        err_msg=what,
    )
    dots = places(field.points[field.is_zero], panel)
    assert len(panel.dots) == len(dots), f"dots in {what}"
    np.testing.assert_allclose(panel.dots, dots, atol=NEAR, err_msg=what)
