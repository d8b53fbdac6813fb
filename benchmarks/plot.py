"""The plot of the page about speed: speed.svg, of what results.json holds.

python -m benchmarks.plot       draws it again without measuring
"""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from gradviz_core.figures.drawing import METADATA_LEFT_OUT, dark_of, role_colour, style
from gradviz_core.figures.svg import shortened
from gradviz_core.registry.colours import colours, colours_by_name

HERE = Path(__file__).parent
PLOT = HERE.parent / "templates/static/speed.svg"
SIZES_OF_DOTS = (3.5, 5.5, 8)  # by the number of points
DISTANCE = 0.24  # between the lines of one peer
TEXT_SIZE = 11


def write_plot(results: dict[str, Any]) -> None:
    """Draw the plot, and put it among the static files of the site."""
    PLOT.write_text(plot(results), encoding="utf-8")


def plot(results: dict[str, Any]) -> str:
    """Draw how much slower than ours each peer is, over the functions."""
    peers = [*results["peers"]]
    lines = colours()["plot"]["lines"].light
    own: dict[str, Any] = {
        "font.size": TEXT_SIZE,
        "axes.labelsize": TEXT_SIZE,
        "text.color": lines,
    }
    with matplotlib.rc_context(style() | own):
        figure = Figure(figsize=(4.8, 5.2))
        axes = figure.add_axes((0.29, 0.2, 0.68, 0.74))
        axes.axvline(1, color=lines, linewidth=1.2)
        _draw_ratios(axes, results["times"], peers)
        _label(axes, peers)
        figure.legend(
            loc="lower center",
            ncols=len(results["times"]),
            frameon=False,
            title="number of points",
            handletextpad=0.1,
            columnspacing=1.2,
        )
        return _svg(figure)


def _draw_ratios(axes: Axes, times: dict[str, Any], peers: Sequence[str]) -> None:
    """Draw a line from the least ratio of each peer to the largest, with its median."""
    colour = role_colour("correct")
    for k, (n, times_of_functions) in enumerate(times.items()):
        dot: dict[str, Any] = {"color": colour, "markersize": SIZES_OF_DOTS[k]}
        for row, peer in enumerate(peers):
            y = row + DISTANCE * (k - 1)
            ratios = sorted(
                times_of_peers[peer]["ratio"]
                for times_of_peers in times_of_functions.values()
            )
            ends = [ratios[0], ratios[-1]]
            median = ratios[len(ratios) // 2]
            axes.plot(ends, [y, y], color=colour, linewidth=1.4)
            axes.plot(median, [y], "o", **dot)
        axes.plot([], [], "o", label=f"{int(n):,}", **dot)


def _label(axes: Axes, peers: Sequence[str]) -> None:
    axes.set(
        xscale="log",
        ylim=(len(peers) - 0.45, -0.55),
        xlabel="times as long as gradient",
    )
    axes.set_yticks(range(len(peers)), [peer.replace(", ", ",\n") for peer in peers])
    axes.tick_params(length=0)
    axes.set_xticks([10.0**k for k in range(-1, 5)])
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=colours()["plot"]["grid"].light)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.text(0.85, -0.62, "← faster", ha="right")
    axes.text(1.2, -0.62, "slower →")


def _svg(figure: Figure) -> str:
    metadata = dict.fromkeys(METADATA_LEFT_OUT["svg"])
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata=metadata)
    return _with_names(shortened(buffer.getvalue().decode(), dark_of()))


def _with_names(svg: str) -> str:
    """Name the colours of a picture, which is filled with them when it is published."""
    names = {
        colour: name
        for name, colour in colours_by_name().items()
        if name.startswith(("arrows.", "plot."))
    }
    return re.sub("#[0-9a-f]{6}", lambda colour: f"colour({names[colour[0]]})", svg)


if __name__ == "__main__":
    write_plot(json.loads((HERE / "results.json").read_text(encoding="utf-8")))
