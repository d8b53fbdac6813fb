"""Small pictures: fields that stand among many, and are told apart all the same.

They have no axes, and at most nine arrows along each, which a phone can show. Where few
arrows are left of a field, each of them is the message, and all are drawn. Of heights,
all shades are shown; of a plot of lines, the lines alone.
"""

from typing import Any

import numpy as np

from gradviz_core.figures.curves import Curves, Picture
from gradviz_core.figures.fields import (
    Field,
    automatic_scale,
    directions,
    matplotlib_limits,
)
from gradviz_core.figures.heights import SHADES, Heights, shades
from gradviz_core.numerics.grid import Floats
from gradviz_core.registry.colours import colours

SIDE = 90  # of the picture, in units of its own
ACROSS = 9  # arrows along an axis
SHAFT = 1.6  # the width of a shaft, and the shortest arrow that is more than a speck
HEAD = 4.6  # the length of a head, and so is its width
HEAD_PART = 0.7  # of an arrow that is too short for such a head
DOT = 1.2  # the radius of an arrow of length zero
SPECK = 0.6  # the radius of one too short to be seen
GRID_LINES = 4

TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" \
height="{side}"><style>{light}@media (prefers-color-scheme: dark){{{dark}}}</style>\
<path class="ground" d="M0 0h{side}v{side}h-{side}z"/>\
<path class="grid" d="{grid}"/>\
<path class="shafts" stroke-width="{shaft}" d="{shafts}"/>\
<path class="heads" d="{heads}"/>\
<path class="dots" d="{dots}"/></svg>
"""
STYLE = (
    ".ground{{fill:{ground}}}.grid{{stroke:{grid}}}"
    ".shafts{{stroke:{arrows}}}.heads,.dots{{fill:{arrows}}}"
)


# The lines of a plot differ in colour and in dash, as in the large picture.
LINES = [("correct", "none"), ("buggy", "7 3"), ("book", "2 2")]
STROKE = 2.2
RIM = 6  # around the lines of a plot

CURVES_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" \
height="{side}" fill="none"><style>{light}\
@media (prefers-color-scheme: dark){{{dark}}}</style>\
<path class="ground" d="M0 0h{side}v{side}h-{side}z"/>\
<path class="grid" d="{grid}"/>\
<g stroke-width="{stroke}" stroke-linejoin="round">{lines}</g></svg>
"""

HEIGHTS_TEMPLATE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" \
height="{side}" shape-rendering="crispEdges"><style>{light}\
@media (prefers-color-scheme: dark){{{dark}}}</style>{cells}</svg>
"""


def small_picture(picture: Picture) -> bytes:
    """Draw a picture small, as SVG."""
    if isinstance(picture, Heights):
        return _small_heights(picture)
    if isinstance(picture, Curves):
        return _small_curves(picture)
    return _small_field(picture)


def _small_curves(curves: Curves) -> bytes:
    across = _on_scale(curves.x, curves.scales[0])
    rows = [_on_scale(line.y, curves.scales[1]) for line in curves.lines]
    rights = _to_frame(across, across)
    heights = np.concatenate(rows)
    paths = []
    for number, row in enumerate(rows):
        _, dash = LINES[number]
        downs = SIDE - _to_frame(row, heights)
        path = _polyline(rights, downs)
        paths.append(
            f'<path class="line-{number}" stroke-dasharray="{dash}" d="{path}"/>'
        )
    return CURVES_TEMPLATE.format(
        side=SIDE,
        light=_curve_rules("light"),
        dark=_curve_rules("dark"),
        grid=_grid_path(),
        stroke=STROKE,
        lines="".join(paths),
    ).encode()


def _on_scale(values: Floats, scale: str) -> Floats:
    return np.log10(values) if scale == "log" else values


def _to_frame(values: Floats, all_values: Floats) -> Floats:
    """Values as distances from the beginning of an axis that holds all of them."""
    low, high = np.nanmin(all_values), np.nanmax(all_values)
    share = (values - low) / ((high - low) or 1)
    return RIM + share * (SIDE - 2 * RIM)


def _polyline(rights: Floats, downs: Floats) -> str:
    """A path through points, which breaks off where there is none."""
    path = ""
    is_drawn = np.isfinite(downs)
    for number, (right, down) in enumerate(zip(rights, downs, strict=True)):
        if not is_drawn[number]:
            continue
        goes_on = number > 0 and is_drawn[number - 1]
        path += f"{'L' if goes_on else 'M'}{right:.1f} {down:.1f}"
    return path


def _curve_rules(theme: str) -> str:
    table = colours()
    rules = [
        f".ground{{fill:{getattr(table['plot']['ground'], theme)}}}",
        f".grid{{stroke:{getattr(table['plot']['grid'], theme)}}}",
    ]
    for number, (role, _) in enumerate(LINES):
        colour = getattr(table["arrows"][role], theme)
        rules.append(f".line-{number}{{stroke:{colour}}}")
    return "".join(rules)


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
    return HEIGHTS_TEMPLATE.format(
        side=SIDE,
        light=_shade_rules(heights.role, "light"),
        dark=_shade_rules(heights.role, "dark"),
        cells="".join(paths),
    ).encode()


def _shade_rules(role: str, theme: str) -> str:
    rules = [
        f".shade-{number}{{fill:{getattr(colour, theme)}}}"
        for number, colour in enumerate(shades(role))
    ]
    return "".join(rules)


def _small_field(field: Field) -> bytes:
    places, ways = _in_units(field)
    lengths = np.hypot(*ways.T)
    is_arrow = np.isfinite(lengths) & (lengths >= SHAFT)
    is_short = np.isfinite(lengths) & (lengths < SHAFT)
    is_left, every = _thinned(field.points)
    if is_arrow.sum() > ACROSS**2:
        is_arrow &= is_left
        ways = ways * every  # as far apart as they are long, still
    return TEMPLATE.format(
        side=SIDE,
        shaft=SHAFT,
        light=STYLE.format(**_palette(field, "light")),
        dark=STYLE.format(**_palette(field, "dark")),
        grid=_grid_path(),
        shafts="".join(map(_shaft, places[is_arrow], ways[is_arrow])),
        heads="".join(map(_head, places[is_arrow], ways[is_arrow])),
        dots=_dots(field, places, is_short & is_left),
    ).encode()


def _dots(field: Field, places: Floats, is_short: Any) -> str:
    """Discs for the arrows that are too short to be drawn as such.

    One of length zero is a dot, and any other a speck. The script's own picture has no
    dots: there all are specks, and nothing is drawn where all have length zero.
    """
    is_zero = (field.arrows == 0).all(axis=1)
    if field.is_of_script and is_zero.all():
        return ""
    is_dot = is_short & is_zero
    if field.is_of_script:
        is_dot[:] = False
    dots = [_disc(place, DOT) for place in places[is_dot]]
    specks = [_disc(place, SPECK) for place in places[is_short & ~is_dot]]
    return "".join([*dots, *specks])


def _palette(field: Field, theme: str) -> dict[str, str]:
    table = colours()
    role = "book" if field.is_of_script else field.role  # the script draws in grey
    chosen = {
        "ground": table["plot"]["ground"],
        "grid": table["plot"]["grid"],
        "arrows": table["arrows"][role],
    }
    return {name: getattr(colour, theme) for name, colour in chosen.items()}


def _in_units(field: Field) -> tuple[Floats, Floats]:
    """Where each arrow begins, and how far it goes, right and down."""
    low, high = field.limits or matplotlib_limits(field.points)
    units = SIDE / (np.asarray(high) - low) * np.ones(2)
    places = (field.points - low) * units
    with np.errstate(all="ignore"):
        ways = _ways(field, units)
    places[:, 1] = SIDE - places[:, 1]
    return places, ways * (1, -1)


def _ways(field: Field, units: Floats) -> Floats:
    """How far each arrow goes, right and up."""
    if field.scale is not None:
        return field.arrows / field.scale * units
    towards = directions(field) * units
    lengths = np.hypot(*field.arrows.T) / automatic_scale(field.arrows) * SIDE
    ways: Floats = towards / np.hypot(*towards.T)[:, None] * lengths[:, None]
    return ways


def _thinned(points: Floats) -> tuple[Any, int]:
    """Which points are left of a grid, and that one in so many is."""
    every = 1
    indices = []
    for coordinates in points.T:
        values, index = np.unique(coordinates, return_inverse=True)
        every = max(every, -(-len(values) // ACROSS))
        indices.append(index)
    across, up = indices
    return (across % every == 0) & (up % every == 0), every


def _grid_path() -> str:
    steps = [round(SIDE * k / GRID_LINES, 1) for k in range(1, GRID_LINES)]
    return "".join(f"M{at} 0v{SIDE}M0 {at}h{SIDE}" for at in steps)


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
