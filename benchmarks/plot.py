"""The plot of the page about speed: speed.svg, of what results.json holds.

python -m benchmarks.plot       draws it again without measuring
"""

import io
import json
import re
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from gradviz_core.figures.drawing import METADATA_LEFT_OUT, dark_of, role_colour, style
from gradviz_core.figures.svg import shortened
from gradviz_core.registry.colours import colours, colours_by_name

HERE = Path(__file__).parent
PLOT = HERE.parent / "templates/static/speed.svg"
MARKS = (3.5, 5.5, 8)  # sizes of the dots, by the number of points


def write_plot(results: dict[str, Any]) -> None:
    PLOT.write_text(plot(results), encoding="utf-8")


def plot(results: dict[str, Any]) -> str:
    """For each peer and number of points: how much slower than ours, over the functions."""
    times = results["times"]
    peers = [*results["peers"]]
    lines = colours()["plot"]["lines"].light
    colour = role_colour("correct")
    sizes: dict[Any, Any] = {"font.size": 11, "axes.labelsize": 11, "text.color": lines}
    with matplotlib.rc_context(style() | sizes):
        figure = Figure(figsize=(4.8, 5.2))
        axes = figure.add_axes((0.29, 0.2, 0.68, 0.74))
        axes.axvline(1, color=lines, linewidth=1.2)
        for k, n in enumerate(times):
            for y, peer in enumerate(peers):
                ratios = sorted(cell[peer]["ratio"] for cell in times[n].values())
                at = y + 0.24 * (k - 1)
                ends = ratios[:: len(ratios) - 1]
                middle = ratios[len(ratios) // 2]
                axes.plot(ends, [at, at], color=colour, linewidth=1.4)
                axes.plot(middle, [at], "o", color=colour, markersize=MARKS[k])
            label = f"{int(n):,}"
            axes.plot([], [], "o", color=colour, markersize=MARKS[k], label=label)
        axes.set(
            xscale="log",
            ylim=(len(peers) - 0.45, -0.55),
            xlabel="times as long as gradient",
        )
        axes.set_yticks(
            range(len(peers)), [peer.replace(", ", ",\n") for peer in peers]
        )
        axes.tick_params(length=0)
        axes.set_xticks([10.0**k for k in range(-1, 5)])
        axes.xaxis.set_major_formatter("{x:,g}")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", color=colours()["plot"]["grid"].light)
        axes.spines[["left", "right", "top"]].set_visible(False)
        axes.text(0.85, -0.62, "← faster", ha="right")
        axes.text(1.2, -0.62, "slower →")
        figure.legend(
            loc="lower center",
            ncols=len(times),
            frameon=False,
            title="number of points",
            handletextpad=0.1,
            columnspacing=1.2,
        )
        buffer = io.BytesIO()
        figure.savefig(
            buffer, format="svg", metadata=dict.fromkeys(METADATA_LEFT_OUT["svg"])
        )
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
