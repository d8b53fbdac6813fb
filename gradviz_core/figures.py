"""Figures: Quiver and Curves drawn by matplotlib, as SVG for the page and as PNG to take away."""

import io
import re
import textwrap
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter

from gradviz_core.quiver import Curves, Picture, Quiver, automatic_scale

INCHES = 4.8
CARD_INCHES = (8.0, 4.2)  # 1200 x 630 pixels
# Over the defaults, not over what a matplotlibrc on this machine may say.
STYLE = dict(matplotlib.rc_params_from_file(Path(__file__).with_suffix(".mplstyle")))
INK = {"correct": "#0072b2", "buggy": "#d55e00", "book": "#666666"}
DARK = {INK["correct"]: "#56b4e9", INK["buggy"]: "#e69f00", INK["book"]: "#b5b5b5"}
GROUND, LINES, GRID = STYLE["figure.facecolor"], STYLE["axes.edgecolor"], STYLE["grid.color"]
DARK |= {GROUND: "#161616", LINES: "#bdbdbd", GRID: "#383838"}
LEFT_OUT = {"svg": ("Creator", "Date", "Format", "Type"), "png": ("Software",)}
LEFT_OUT |= {"pdf": ("CreationDate", "Creator", "Producer")}
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(suffix: str, *pictures: Picture, titles: Sequence[str] = (), heading: str = "") -> bytes:
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
            _draw(axes, picture) if isinstance(picture, Quiver) else _plot(axes, picture)
            axes.set_title(title)
            if heading:  # a card is seen small: no numbers, the arrows are its message
                axes.tick_params(length=0, labelbottom=False, labelleft=False)
                axes.set(xlabel="", ylabel="")
        buffer = io.BytesIO()
        figure.savefig(buffer, format=suffix, dpi=150, metadata=dict.fromkeys(LEFT_OUT[suffix]))
    return _themed(buffer.getvalue().decode()).encode() if suffix == "svg" else buffer.getvalue()


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


def _draw(axes: Axes, quiver: Quiver) -> None:
    for earlier in (*axes.lines, *axes.collections):
        earlier.remove()
    axes.relim()
    zero = (quiver.arrows == 0).all(axis=1)
    moving = np.isfinite(quiver.arrows).all(axis=1) & ~zero
    ink = INK[quiver.ink]
    points, arrows = quiver.points[moving], quiver.arrows[moving]
    if quiver.scale is None:  # handed over: axes.quiver is not given the arrows of length zero
        how: dict[str, Any] = {"angles": "xy", "scale": automatic_scale(quiver.arrows)}
    else:  # and no arrow may vanish
        how = {"angles": "uv", "scale": quiver.scale * np.ptp(quiver.limits), "minlength": 1.0}
    axes.quiver(*points.T, *arrows.T, **how, units="width", width=0.0036, color=ink, gid="arrows")
    axes.plot(*quiver.points[zero].T, "o", color=ink, gid="dots")
    axes.set(xlim=quiver.limits, ylim=quiver.limits, xlabel="x\u2080", ylabel="x\u2081")
    axes.yaxis.set_label_coords(-0.12, 0.5)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        axis.set_major_formatter("{x:.9g}")


def _plot(axes: Axes, curves: Curves) -> None:
    """Lines that differ in colour and in dash, since neither alone reaches everyone."""
    axes.clear()
    axes.set(xscale=curves.scales[0], yscale=curves.scales[1], xlabel=curves.labels[0])
    axes.fill_between(curves.x, *curves.band, color=LINES, alpha=0.2, linewidth=0, gid="band")
    styles = zip(INK.values(), ("-", "--", ":"), strict=True)
    for k, ((name, y, _), (ink, dash)) in enumerate(zip(curves.lines, styles, strict=False)):
        axes.plot(curves.x, y, color=ink, linestyle=dash, linewidth=2, label=name, gid=f"line-{k}")
    axes.legend(facecolor=GROUND, edgecolor=GRID, labelcolor=LINES, fontsize=11)
    axes.set_title(curves.labels[1], loc="left", fontsize=13)
    for axis in (axis for axis in (axes.xaxis, axes.yaxis) if axis.get_scale() == "log"):
        axis.set_major_locator(LogLocator(numticks=7))
        axis.set_major_formatter(lambda value, _: "10" + f"{np.log10(value):.0f}".translate(RAISED))
        axis.set_minor_formatter(NullFormatter())


def _relative(path: re.Match[str]) -> str:
    """The lines of a path as steps from point to point: arrows are alike, and compress well."""
    words = np.array(path[0].split()).reshape(-1, 3)
    points, starts = words[:, 1:].astype(np.float64).round(1), words[:, 0] == "M"
    steps = np.where(starts[:, None], points, np.diff(points, axis=0, prepend=0).round(1)) + 0.0
    ends = zip(starts, steps.tolist(), strict=True)
    lines = "".join(f"M{x:g} {y:g}l" if start else f"{x:g} {y:g} " for start, (x, y) in ends)
    return re.sub(r"(?<!\d)0(?=\.)| (?=[-M]|$)", "", lines)


def _themed(svg: str) -> str:
    # Paths that look alike are one path: the arrows.
    svg = re.sub(r'"( clip-path[^>]*/>)\s*<path d="(?=[^"]*"\1)', "", svg)
    svg = re.sub(r"M [-\d. ]+\n(?:[ML] [-\d. ]+\n)+", _relative, svg)
    # Within tags only: the numbers along the axes are text, and keep their digits.
    svg = re.sub(r"\d+\.\d{3,}(?=[^<]*>)", lambda number: f"{float(number[0]):.2f}", svg)
    classes: dict[str, str] = defaultdict(lambda: f"s{len(classes)}")
    svg = re.sub(r'style="([^"]*)"', lambda rules: f'class="{classes[rules[1]]}"', svg)
    light = "".join(f".{name}{{{rule}}}" for rule, name in classes.items())
    dark = re.sub("|".join(DARK), lambda colour: DARK[colour[0]], light)
    rules = f"{light}@media (prefers-color-scheme: dark){{{dark}}}"
    return svg.replace("</style>", f"{rules}</style>", 1)
