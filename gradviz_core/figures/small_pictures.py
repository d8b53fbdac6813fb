"""Small pictures: those that stand among many, and can be told apart all the same.

They have no axes. Of a field, at most nine arrows are drawn along each axis, so that a
phone can show them; where few arrows are left of a field, each of them is the message,
and all are drawn. Of heights, all shades are drawn; of a plot, the lines alone.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from gradviz_core.figures.curves import LINE_ROLES, Curves, Picture
from gradviz_core.figures.fields import Field
from gradviz_core.figures.heights import SHADES, Heights, shades
from gradviz_core.figures.quiver_rules import (
    automatic_scale,
    directions,
    matplotlib_limits,
)
from gradviz_core.numerics.grid import Floats
from gradviz_core.registry.colours import Colour, colours

SIDE = 90  # of the picture, in units of its own
ACROSS = 9  # arrows along an axis
SHAFT_WIDTH = 1.6  # and the length of the shortest arrow that is more than a speck
HEAD = 4.6  # the length and the width of a head
HEAD_PART = 0.7  # the part of an arrow that is head if it is too short for that
DOT = 1.2  # the radius of an arrow of length zero
SPECK = 0.6  # the radius of one too short to be seen
GRID_LINES = 4

# The lines of a plot differ in colour and in dash, as in the large picture.
DASHES = {"correct": "none", "buggy": "7 3", "book": "2 2"}
LINE_WIDTH = 2.2
RIM = 6  # around the lines of a plot

SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" \
height="{side}"{attribute}><style>{light}@media (prefers-color-scheme: dark){{{dark}}}\
</style>{content}</svg>
"""


def small_picture(picture: Picture) -> bytes:
    """Draw a picture small, as SVG."""
    if isinstance(picture, Heights):
        return _small_heights(picture)
    if isinstance(picture, Curves):
        return _small_curves(picture)
    return _small_field(picture)


def _small_curves(curves: Curves) -> bytes:
    x_values = _on_scale(curves.x, curves.scales[0])
    lines_of_y = [_on_scale(line.y, curves.scales[1]) for line in curves.lines]
    x = _to_frame(x_values, x_values)
    paths = []
    for number, y_values in enumerate(lines_of_y):
        dash = DASHES[LINE_ROLES[number]]
        y = SIDE - _to_frame(y_values, np.concatenate(lines_of_y))
        path = _polyline(x, y)
        paths.append(
            f'<path class="line-{number}" stroke-dasharray="{dash}" d="{path}"/>'
        )
    lines = "".join(paths)
    group = f'<g stroke-width="{LINE_WIDTH}" stroke-linejoin="round">{lines}</g>'
    rules = _rules_of_ground_and_grid()
    for number, role in enumerate(LINE_ROLES):
        rules.append(_Rule(f".line-{number}", "stroke", colours()["arrows"][role]))
    return _svg(_ground_and_grid() + group, rules, attribute=' fill="none"')


def _on_scale(values: Floats, scale: str) -> Floats:
    return np.log10(values) if scale == "log" else values


def _to_frame(values: Floats, all_values: Floats) -> Floats:
    """Return how far values are from the start of an axis that shows `all_values`."""
    low, high = np.nanmin(all_values), np.nanmax(all_values)
    share = (values - low) / ((high - low) or 1)
    return RIM + share * (SIDE - 2 * RIM)


def _polyline(x: Floats, y: Floats) -> str:
    """Return a path through points, with a gap where y is not a number."""
    path = ""
    command = "M"
    for x_of_point, y_of_point in zip(x, y, strict=True):
        if not np.isfinite(y_of_point):
            command = "M"
            continue
        path += f"{command}{x_of_point:.1f} {y_of_point:.1f}"
        command = "L"
    return path


def _small_heights(heights: Heights) -> bytes:
    rows, columns = heights.values.shape
    across = np.linspace(0, SIDE, columns + 1).round(1)
    down = np.linspace(SIDE, 0, rows + 1).round(1)
    paths = []
    for number in range(SHADES):
        cells = ""
        for row, start, end in heights.runs(number):
            cells += f"M{across[start]:g} {down[row]:g}H{across[end]:g}"
            cells += f"V{down[row + 1]:g}H{across[start]:g}z"
        if cells:
            paths.append(f'<path class="shade-{number}" d="{cells}"/>')
    rules = [
        _Rule(f".shade-{number}", "fill", colour)
        for number, colour in enumerate(shades(heights.role))
    ]
    return _svg("".join(paths), rules, attribute=' shape-rendering="crispEdges"')


def _small_field(field: Field) -> bytes:
    places, ways = _in_units(field)
    lengths = np.hypot(*ways.T)
    is_arrow = np.isfinite(lengths) & (lengths >= SHAFT_WIDTH)
    is_short = np.isfinite(lengths) & (lengths < SHAFT_WIDTH)
    is_kept, every = _thinned(field.points)
    if is_arrow.sum() > ACROSS**2:
        is_arrow &= is_kept
        ways = ways * every  # as many times as long as they are farther apart
    shafts = "".join(map(_shaft, places[is_arrow], ways[is_arrow]))
    heads = "".join(map(_head, places[is_arrow], ways[is_arrow]))
    dots = _dots(field, places, is_short & is_kept)
    content = (
        f'<path class="shafts" stroke-width="{SHAFT_WIDTH}" d="{shafts}"/>'
        f'<path class="heads" d="{heads}"/>'
        f'<path class="dots" d="{dots}"/>'
    )
    role = "book" if field.is_of_script else field.role  # the script draws in grey
    colour = colours()["arrows"][role]
    rules = [
        *_rules_of_ground_and_grid(),
        _Rule(".shafts", "stroke", colour),
        _Rule(".heads,.dots", "fill", colour),
    ]
    return _svg(_ground_and_grid() + content, rules)


def _dots(field: Field, places: Floats, is_short: Any) -> str:
    """Return discs for the arrows that are too short to be drawn as arrows.

    An arrow of length zero becomes a dot, any other a speck. As the script draws them,
    all are specks, and there are none if every arrow has length zero.
    """
    is_zero = (field.arrows == 0).all(axis=1)
    if field.is_of_script and is_zero.all():
        return ""
    is_dot = is_zero & (not field.is_of_script)
    dots = [_disc(place, DOT) for place in places[is_short & is_dot]]
    specks = [_disc(place, SPECK) for place in places[is_short & ~is_dot]]
    return "".join([*dots, *specks])


def _in_units(field: Field) -> tuple[Floats, Floats]:
    """Return where each arrow begins, and how far it goes, to the right and down."""
    low, high = field.limits or matplotlib_limits(field.points)
    units = SIDE / (np.asarray(high) - low) * np.ones(2)
    places = (field.points - low) * units
    with np.errstate(all="ignore"):
        ways = _ways(field, units)
    places[:, 1] = SIDE - places[:, 1]
    return places, ways * (1, -1)


def _ways(field: Field, units: Floats) -> Floats:
    """Return how far each arrow goes, to the right and up."""
    if field.scale is not None:
        return field.arrows / field.scale * units
    towards = directions(field) * units
    lengths = field.lengths / automatic_scale(field.arrows) * SIDE
    ways: Floats = towards / np.hypot(*towards.T)[:, None] * lengths[:, None]
    return ways


def _thinned(points: Floats) -> tuple[Any, int]:
    """Return which points of a grid are kept, and n if every nth one is."""
    every = 1
    indices = []
    for coordinates in points.T:
        values, index = np.unique(coordinates, return_inverse=True)
        every = max(every, -(-len(values) // ACROSS))
        indices.append(index)
    across, up = indices
    return (across % every == 0) & (up % every == 0), every


def _shaft(place: Floats, way: Floats) -> str:
    """The shaft of an arrow, up to the middle of its head."""
    length = np.hypot(*way)
    x, y = place.round(1)
    right, down = (way * (1 - _head_length(length) / 2 / length)).round(1)
    return f"M{x:g} {y:g}l{right:g} {down:g}"


def _head(place: Floats, way: Floats) -> str:
    """The head of an arrow: a triangle."""
    length = np.hypot(*way)
    size = _head_length(length)
    along = way / length
    across = np.array([-along[1], along[0]]) * size / 2
    tip = place + way
    corners = [tip, tip - along * size + across, tip - along * size - across]
    points = " ".join(f"{x:g} {y:g}" for x, y in np.round(corners, 1))
    return f"M{points}z"


def _head_length(length: float) -> float:
    return min(HEAD, HEAD_PART * length)


def _disc(place: Floats, radius: float) -> str:
    x, y = place.round(1)
    arc = f"a{radius} {radius} 0 1 0"
    return f"M{x - radius:g} {y:g}{arc}{2 * radius:g} 0{arc}-{2 * radius:g} 0"


# What all small pictures have in common.


class _Rule(NamedTuple):
    """A rule of CSS that gives something a colour."""

    selector: str
    property: str  # fill or stroke
    colour: Colour

    def in_theme(self, theme: str) -> str:
        """Return the rule for one theme, light or dark."""
        return f"{self.selector}{{{self.property}:{getattr(self.colour, theme)}}}"


def _svg(content: str, rules: Sequence[_Rule], attribute: str = "") -> bytes:
    """Put a picture into its frame, with its colours in both themes."""
    light, dark = (
        "".join(rule.in_theme(theme) for rule in rules) for theme in Colour._fields
    )
    return SVG.format(
        side=SIDE, attribute=attribute, light=light, dark=dark, content=content
    ).encode()


def _ground_and_grid() -> str:
    """Draw what lies behind arrows and lines."""
    steps = [round(SIDE * k / GRID_LINES, 1) for k in range(1, GRID_LINES)]
    grid = "".join(f"M{at} 0v{SIDE}M0 {at}h{SIDE}" for at in steps)
    return (
        f'<path class="ground" d="M0 0h{SIDE}v{SIDE}h-{SIDE}z"/>'
        f'<path class="grid" d="{grid}"/>'
    )


def _rules_of_ground_and_grid() -> list[_Rule]:
    plot = colours()["plot"]
    return [
        _Rule(".ground", "fill", plot["ground"]),
        _Rule(".grid", "stroke", plot["grid"]),
    ]
