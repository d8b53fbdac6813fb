"""Figures: Field and Curves drawn by matplotlib, as SVG for the page and as PNG to take away."""

import io
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from gradviz_core.figures.curves import Curves, Picture
from gradviz_core.figures.fields import Field, automatic_scale
from gradviz_core.figures.svg import themed

INCHES = 4.8
CARD_INCHES = (8.0, 4.2)  # 1200 x 630 pixels
# Over the defaults, not over what a matplotlibrc on this machine may say.
STYLE = dict(matplotlib.rc_params_from_file(Path(__file__).with_suffix(".mplstyle")))
INK = {"correct": "#0072b2", "buggy": "#d55e00", "book": "#666666"}
DARK = {INK["correct"]: "#56b4e9", INK["buggy"]: "#e69f00", INK["book"]: "#b5b5b5"}
GROUND, LINES, GRID = (
    STYLE["figure.facecolor"],
    STYLE["axes.edgecolor"],
    STYLE["grid.color"],
)
DARK |= {GROUND: "#161616", LINES: "#bdbdbd", GRID: "#383838"}
LEFT_OUT = {"svg": ("Creator", "Date", "Format", "Type"), "png": ("Software",)}
LEFT_OUT |= {"pdf": ("CreationDate", "Creator", "Producer")}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(
    suffix: str, *pictures: Picture, titles: Sequence[str] = (), heading: str = ""
) -> bytes:
    """Draw pictures side by side and give the file, equal bytes for equal pictures.

    The kind is svg, png or pdf. Arrows of length zero become dots, those not finite are left out.
    With a heading the pictures, titled, stand below it in the size of a social card.
    """
    lines = textwrap.wrap(heading, 42, max_lines=6, placeholder=" …")
    with matplotlib.rc_context(STYLE):
        figure = _sheet(tuple(map(type, pictures)), len(lines))
        for text in figure.texts:
            text.set_text("\n".join(lines))
        titles = titles or [""] * len(pictures)
        for axes, picture, title in zip(figure.axes, pictures, titles, strict=True):
            _draw(axes, picture) if isinstance(picture, Field) else _plot(axes, picture)
            axes.set_title(title)
            if heading:  # a card is seen small: no numbers, the arrows are its message
                axes.tick_params(length=0, labelbottom=False, labelleft=False)
                axes.set(xlabel="", ylabel="")
        buffer = io.BytesIO()
        figure.savefig(
            buffer, format=suffix, dpi=150, metadata=dict.fromkeys(LEFT_OUT[suffix])
        )
    return (
        themed(buffer.getvalue().decode(), DARK).encode()
        if suffix == "svg"
        else buffer.getvalue()
    )


@cache
def _sheet(kinds: tuple[type, ...], lines: int) -> Figure:
    """Axes for pictures of these kinds; kept, since ticks take longer to make than to draw on."""
    count = len(kinds)
    figure = Figure(figsize=CARD_INCHES if lines else (INCHES * count, INCHES))
    boxes = [((k + 0.14) / count, 0.12, 0.82 / count, 0.82) for k in range(count)]
    if lines:
        figure.text(0.05, 0.93, "", size=19, weight="bold", va="top")
        height = 0.79 - 0.077 * lines
        width = height * CARD_INCHES[1] / CARD_INCHES[0]  # square in the size of a card
        boxes = [(left, 0.05, width, height) for left in (0.05, 0.53)]
    for box in boxes:
        figure.add_axes(box)
    return figure


def _draw(axes: Axes, field: Field) -> None:
    for earlier in (*axes.lines, *axes.collections):
        earlier.remove()
    axes.relim()
    zero = (field.arrows == 0).all(axis=1)
    moving = np.isfinite(field.arrows).all(axis=1) & ~zero
    ink = INK[field.role]
    points, arrows = field.points[moving], field.arrows[moving]
    if (
        field.scale is None
    ):  # handed over: axes.quiver is not given the arrows of length zero
        how: dict[str, Any] = {"angles": "xy", "scale": automatic_scale(field.arrows)}
    else:  # and no arrow may vanish
        how = {
            "angles": "uv",
            "scale": field.scale * np.ptp(field.limits),
            "minlength": 1.0,
        }
    axes.quiver(
        *points.T,
        *arrows.T,
        **how,
        units="width",
        width=0.0036,
        color=ink,
        gid="arrows",
    )
    axes.plot(*field.points[zero].T, "o", color=ink, gid="dots")
    axes.set(xlim=field.limits, ylim=field.limits, xlabel="x\u2080", ylabel="x\u2081")
    axes.yaxis.set_label_coords(-0.12, 0.5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axis.set_major_formatter("{x:.9g}")


def _plot(axes: Axes, curves: Curves) -> None:
    """Lines that differ in colour and in dash, since neither alone reaches everyone."""
    axes.clear()
    axes.set(xscale=curves.scales[0], yscale=curves.scales[1], xlabel=curves.labels[0])
    axes.fill_between(
        curves.x, *curves.band, color=LINES, alpha=0.2, linewidth=0, gid="band"
    )
    styles = zip(INK.values(), ("-", "--", ":"), strict=True)
    for k, ((name, y, _), (ink, dash)) in enumerate(
        zip(curves.lines, styles, strict=False)
    ):
        axes.plot(
            curves.x,
            y,
            color=ink,
            linestyle=dash,
            linewidth=2,
            label=name,
            gid=f"line-{k}",
        )
    axes.legend(facecolor=GROUND, edgecolor=GRID, labelcolor=LINES, fontsize=11)
    axes.set_title(curves.labels[1], loc="left", fontsize=13)
    for axis in (
        axis for axis in (axes.xaxis, axes.yaxis) if axis.get_scale() == "log"
    ):
        axis.set_major_locator(LogLocator(numticks=7))
        axis.set_major_formatter(
            lambda value, _: "10" + f"{np.log10(value):.0f}".translate(RAISED)
        )
        axis.set_minor_formatter(NullFormatter())
