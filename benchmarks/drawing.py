"""Time how this project draws its figures beside matplotlib as its manual shows it.

make bench                      or: python -m benchmarks.drawing [TURNS]

All draw the four pictures of every function as SVG, in memory: this project; matplotlib
with a new figure for each, as peers/shared/drawing.py has it; and, as a bare limit,
matplotlib with one figure whose arrows alone are exchanged. Writes its part of
results.json.
"""

import datetime
import gzip
import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.report import keep, quartiles
from gradviz_core import FUNCTIONS, Layout, measure
from gradviz_core.figures.drawing import COLOURS, STYLE, render
from gradviz_core.figures.fields import Field, function_fields

TURNS = 7


def ours(picture: Field) -> bytes:
    return render("svg", picture)


def new_figure(picture: Field) -> bytes:
    return saved(empty(), picture)


def same_figure(picture: Field) -> bytes:
    axes = kept()
    for arrows in [*axes.collections]:
        arrows.remove()
    return saved(axes, picture)


def empty() -> Axes:
    axes = Figure(figsize=(4.8, 4.8)).add_axes((0.14, 0.12, 0.82, 0.82))
    axes.grid(color="#dddddd")
    axes.set(xlabel="x\u2080", ylabel="x\u2081")
    return axes


kept = cache(empty)


def saved(axes: Axes, picture: Field) -> bytes:
    """The picture as a stock quiver draws it, arrows of length zero and all."""
    arrows = np.where(np.isfinite(picture.arrows), picture.arrows, 0)
    scale = None
    if picture.scale is not None and picture.limits is not None:
        scale = picture.scale * (picture.limits[1] - picture.limits[0])
    axes.quiver(
        *picture.points.T,
        *arrows.T,
        scale=scale,
        units="width",
        width=0.0045,
        color=COLOURS[picture.role],
    )
    if picture.limits is not None:
        axes.set(xlim=picture.limits, ylim=picture.limits)
    file = io.BytesIO()
    assert isinstance(axes.figure, Figure)
    axes.figure.savefig(file, format="svg")
    return file.getvalue()


CONTESTANTS: dict[str, Callable[[Field], bytes]] = {
    "gradviz": ours,
    "matplotlib, a figure for each": new_figure,
    "matplotlib, one figure": same_figure,
}


def main(turns: int = TURNS) -> None:
    pictures = [
        picture
        for f in FUNCTIONS.values()
        for picture in function_fields(
            f.grid, *(measure(f, f.grid, each) for each in Layout)
        ).values()
    ]
    seconds: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    weights: dict[str, list[int]] = {}
    with rc_context(STYLE), np.errstate(all="ignore"):  # of fields of zeros
        for _ in range(turns + 1):
            for name, draw in CONTESTANTS.items():
                start = time.perf_counter()
                drawn = [draw(picture) for picture in pictures]
                seconds[name].append((time.perf_counter() - start) / len(pictures))
                weights[name] = [len(gzip.compress(svg, mtime=0)) for svg in drawn]
    keep(
        drawing={
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "cores": os.cpu_count(),
            "turns": turns,
            "versions": {name: version(name) for name in ("matplotlib", "numpy")},
            "figures": len(pictures),
            "times": {name: quartiles(each[1:]) for name, each in seconds.items()},
            "weights": {
                name: {"mean": round(statistics.mean(each)), "most": max(each)}
                for name, each in weights.items()
            },
        }
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
