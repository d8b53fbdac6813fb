"""Drawing: fields, curves and heights, drawn by matplotlib as SVG, PNG or PDF.

No other module of this project imports matplotlib.
"""

import io
import textwrap
import warnings
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from gradviz_core.figures.curves import LINE_ROLES, Curves, Picture
from gradviz_core.figures.fields import ALL_ROLES, SHAFT, Field
from gradviz_core.figures.heights import AXES, Heights, shades
from gradviz_core.figures.letters import (
    labels_as_large_as_text,
    letters_for_a_phone,
    with_rules,
)
from gradviz_core.figures.svg import shortened
from gradviz_core.registry.colours import colours
from gradviz_core.registry.formats import Numbers, power

PICTURE_INCHES = 4.8  # of a picture, which is square
CARD_INCHES = (8.0, 4.2)  # 1200 x 630 pixels
DOTS_PER_INCH = 150

# One picture serves all languages.
NUMBERS = Numbers({"thousands": ",", "decimal": "."})

STYLE_FILE = Path(__file__).with_suffix(".mplstyle")
SCRIPT_DOTS_PER_INCH = 100  # of the figure on the screen

# The lines of a plot differ in colour and in dash: not everyone can rely on either.
DASHES = {"correct": "-", "buggy": "--", "book": ":"}

# Metadata that would make the bytes of equal pictures differ.
METADATA_LEFT_OUT = {
    "svg": ["Creator", "Date", "Format", "Type"],
    "png": ["Software"],
    "pdf": ["CreationDate", "Creator", "Producer"],
}


@cache
def style() -> dict[Any, Any]:
    """Return the style of the site's figures: parameters of matplotlib.

    They are based on its defaults, not on a matplotlibrc of this machine.
    """
    plot = colours()["plot"]
    lines = plot["lines"].light
    return {
        **matplotlib.rc_params_from_file(STYLE_FILE),
        "axes.facecolor": plot["ground"].light,
        "figure.facecolor": plot["ground"].light,
        "axes.edgecolor": lines,
        "axes.labelcolor": lines,
        "axes.titlecolor": lines,
        "xtick.color": lines,
        "ytick.color": lines,
        "grid.color": plot["grid"].light,
    }


@cache
def script_style() -> dict[Any, Any]:
    """Return the style of the book's script: the defaults of matplotlib.

    The only change is that text in an SVG stays text.
    """
    ours = ("svg.fonttype", "svg.hashsalt", "font.sans-serif")
    return matplotlib.rcParamsDefault | {name: style()[name] for name in ours}


@cache
def dark_of() -> dict[str, str]:
    """Return the colour of the dark scheme for each colour of a figure."""
    table = colours()
    of_figures = [*table["arrows"].values(), *table["plot"].values()]
    for role in sorted(ALL_ROLES):
        of_figures.extend(shades(role))
    return {colour.light: colour.dark for colour in of_figures}


@cache
def dark_of_script() -> dict[str, str]:
    """Return the same for each colour of a figure drawn as in the book's script."""
    table = colours()
    of_figures = [table["arrows"]["book"], *table["script"].values()]
    return {colour.light: colour.dark for colour in of_figures}


def role_colour(role: str) -> str:
    """Return the colour of a role: correct, buggy or book."""
    return colours()["arrows"][role].light


def render(
    suffix: str,
    *pictures: Picture,
    titles: Sequence[str] = (),
    heading: str = "",
) -> bytes:
    """Draw pictures side by side, and return the file: equal bytes for equal pictures.

    Arrows of length zero become dots, those that are not finite are left out. But a
    field without a scale is drawn as in the book's script, and is a figure by itself.

    Parameters
    ----------
    suffix : "svg", "png" or "pdf"
        The kind of file.
    *pictures : Field, Curves or Heights
        What to draw, from left to right.
    titles : sequence of str, optional
        One for each picture.
    heading : str, optional
        If given, the pictures are drawn below it, in the size of a social card.
    """
    first = pictures[0]
    if isinstance(first, Field) and first.is_of_script:
        return _as_script_draws(suffix, first)
    kinds = tuple(type(picture) for picture in pictures)
    with matplotlib.rc_context(style()):
        figure = _card(kinds, heading) if heading else _sheet(kinds)
        titles = titles or [""] * len(pictures)
        for axes, picture, title in zip(figure.axes, pictures, titles, strict=True):
            _draw(axes, picture)
            axes.set_title(title)
            if heading:
                _leave_out_numbers(axes)
        content = _saved(figure, suffix, DOTS_PER_INCH, dark_of())
    if suffix == "svg" and len(pictures) == 1:
        return with_rules(content, labels_as_large_as_text(PICTURE_INCHES))
    return content


def _as_script_draws(suffix: str, field: Field) -> bytes:
    """Draw a field as the book's script does, with the defaults of matplotlib.

    All arrows are passed to `quiver`, even those of length zero and those that are not
    finite. If all have length zero, it divides by zero, warns, and draws nothing.
    """
    with matplotlib.rc_context(script_style()), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        figure = _script_sheet()
        (axes,) = figure.axes
        for earlier in axes.collections:
            earlier.remove()
        axes.relim()
        axes.autoscale()
        axes.quiver(
            *field.points.T,
            *field.arrows.T,
            angles="xy",
            color=role_colour("book"),
            gid="arrows",
        )
        if field.limits:
            axes.set(xlim=field.limits, ylim=field.limits)
        content = _saved(figure, suffix, SCRIPT_DOTS_PER_INCH, dark_of_script())
    if suffix == "svg":
        inches, _ = script_style()["figure.figsize"]
        return with_rules(content, letters_for_a_phone(inches))
    return content


def _card(kinds: tuple[type, ...], heading: str) -> Figure:
    """Return axes for two pictures below a heading."""
    lines = textwrap.wrap(heading, 42, max_lines=6, placeholder=" …")
    figure = _card_sheet(kinds, len(lines))
    figure.texts[0].set_text("\n".join(lines))
    return figure


def _saved(
    figure: Figure, suffix: str, dots_per_inch: int, dark: dict[str, str]
) -> bytes:
    buffer = io.BytesIO()
    metadata = dict.fromkeys(METADATA_LEFT_OUT[suffix])
    figure.savefig(buffer, format=suffix, dpi=dots_per_inch, metadata=metadata)
    content = buffer.getvalue()
    if suffix == "svg":
        return shortened(content.decode(), dark).encode()
    return content


# Sheets are kept for the next figure: ticks take longer to create than to draw.


@cache
def _sheet(kinds: tuple[type, ...]) -> Figure:
    """Return axes for pictures of these kinds, side by side."""
    count = len(kinds)
    figure = Figure(figsize=(PICTURE_INCHES * count, PICTURE_INCHES))
    for k in range(count):
        figure.add_axes(((k + 0.14) / count, 0.12, 0.82 / count, 0.82))
    return figure


@cache
def _card_sheet(kinds: tuple[type, ...], heading_lines: int) -> Figure:
    """Return axes for two pictures below a heading with this many lines."""
    figure = Figure(figsize=CARD_INCHES)
    figure.text(0.05, 0.93, "", size=19, weight="bold", va="top")
    height = 0.79 - 0.077 * heading_lines
    width = height * CARD_INCHES[1] / CARD_INCHES[0]  # so that they are square
    for left, _ in zip((0.05, 0.53), kinds, strict=True):
        figure.add_axes((left, 0.05, width, height))
    return figure


@cache
def _script_sheet() -> Figure:
    """Return axes as the book's script makes them, before it draws on them."""
    figure = Figure()
    axes = figure.add_subplot()
    axes.set(xlabel="x0", ylabel="x1")
    axes.grid()
    return figure


def _leave_out_numbers(axes: Axes) -> None:
    """Show the arrows without numbers: a card is seen small."""
    axes.tick_params(length=0, labelbottom=False, labelleft=False)
    axes.set(xlabel="", ylabel="")


def _draw(axes: Axes, picture: Picture) -> None:
    if isinstance(picture, Field):
        _draw_field(axes, picture)
    elif isinstance(picture, Heights):
        _draw_heights(axes, picture)
    else:
        _draw_curves(axes, picture)


def _draw_field(axes: Axes, field: Field) -> None:
    for earlier in (*axes.lines, *axes.collections):
        earlier.remove()
    axes.relim()
    colour = role_colour(field.role)
    is_zero = (field.arrows == 0).all(axis=1)
    is_drawn = np.isfinite(field.arrows).all(axis=1) & ~is_zero
    x0, x1 = field.points[is_drawn].T
    u, v = field.arrows[is_drawn].T
    assert field.scale is not None  # or the script draws it
    assert field.limits is not None
    axes.quiver(
        x0,
        x1,
        u,
        v,
        units="width",
        width=SHAFT,
        angles="uv",
        scale=field.scale * np.ptp(field.limits),
        minlength=1.0,  # no arrow may vanish, so the shortest is a speck
        color=colour,
        gid="arrows",
    )
    # An arrow of length zero is the message: it becomes a dot instead of vanishing.
    dots_x0, dots_x1 = field.points[is_zero].T
    axes.plot(dots_x0, dots_x1, "o", color=colour, gid="dots")
    axes.set(xlim=field.limits, ylim=field.limits)
    _name_axes(axes, AXES)


def _name_axes(axes: Axes, names: tuple[str, str]) -> None:
    axes.set(xlabel=names[0], ylabel=names[1])
    axes.yaxis.set_label_coords(-0.12, 0.5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axis.set_major_formatter("{x:.9g}")


def _draw_heights(axes: Axes, heights: Heights) -> None:
    """Draw each height as a cell around its point, with one path for each shade."""
    axes.clear()
    across, up = _edges(heights.x0), _edges(heights.x1)
    for number, colour in enumerate(shades(heights.role)):
        cells = [
            _rectangle(across[[start, end]], up[[row, row + 1]])
            for row, start, end in heights.runs(number)
        ]
        if cells:
            outline = Outline.make_compound_path(*cells)
            patch = PathPatch(
                outline,
                facecolor=colour.light,
                linewidth=0,
                antialiased=False,  # no seam between two cells
                gid=f"shade-{number}",
            )
            axes.add_patch(patch)
    axes.set(xlim=across[[0, -1]], ylim=up[[0, -1]])
    _name_axes(axes, heights.names)


def _edges(places: Any) -> Any:
    """Return the edges of cells: halfway between two places, and as far beyond."""
    middles = (places[1:] + places[:-1]) / 2
    return np.concatenate(
        [[2 * places[0] - middles[0]], middles, [2 * places[-1] - middles[-1]]]
    )


def _rectangle(across: Any, up: Any) -> Outline:
    (left, right), (low, high) = across, up
    corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
    return Outline(corners, closed=True)


def _draw_curves(axes: Axes, curves: Curves) -> None:
    axes.clear()
    axes.set(xscale=curves.scales[0], yscale=curves.scales[1], xlabel=curves.labels[0])
    axes.set_title(curves.labels[1], loc="left", fontsize=13)
    plot = colours()["plot"]
    lines = plot["lines"].light
    axes.fill_between(
        curves.x, *curves.band, color=lines, alpha=0.2, linewidth=0, gid="band"
    )
    for k, line in enumerate(curves.lines):
        role = LINE_ROLES[k]
        axes.plot(
            curves.x,
            line.y,
            color=role_colour(role),
            linestyle=DASHES[role],
            linewidth=2,
            label=line.name,
            gid=f"line-{k}",
        )
    axes.legend(
        facecolor=plot["ground"].light,
        edgecolor=plot["grid"].light,
        labelcolor=lines,
        fontsize=11,
    )
    for axis in (axes.xaxis, axes.yaxis):
        if axis.get_scale() == "log":
            _number_decades(axis)


def _number_decades(axis: Axis) -> None:
    """Label a logarithmic axis with powers of ten, or numbers if it shows only one."""
    low, high = axis.get_view_interval()
    axis.set_minor_formatter(NullFormatter())
    if np.floor(np.log10(high)) - np.ceil(np.log10(low)) >= 1:
        axis.set_major_locator(LogLocator(numticks=7))
        axis.set_major_formatter(lambda value, _: power(round(np.log10(value))))
    else:
        # So many that numbers beside each other differ: steps have two digits.
        digits = 2 + int(np.ceil(np.log10(high / (high - low))))
        axis.set_major_locator(MaxNLocator(nbins=5))
        axis.set_major_formatter(lambda value, _: NUMBERS.digits(value, digits))
