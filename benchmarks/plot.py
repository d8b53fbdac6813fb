"""The plot of the page about speed, of what results.json holds, for each language.

python -m benchmarks.plot       draws it again without measuring
"""

import io
import json
import re
import warnings
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
STATIC = HERE.parent / "templates/static"
SIZES_OF_DOTS = (3.5, 5.5, 8)  # by the number of points
DISTANCE = 0.24  # between the lines of one peer
TEXT_SIZE = 11
LINE_OF_TEXT = 0.36  # of a name in two lines, in rows

# What the plot says in other languages, by what it says in English.
WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "naive NumPy": "NumPyの\n素朴なコード",
        "gradient, point by point": "gradient、\n1点ずつ",
        "the book's loop": "書籍のループ",
        "times as long as gradient": "gradientの何倍の時間か",
        "← faster": "← 速い",
        "slower →": "遅い →",
        "number of points": "点の数",
    },
    "ko": {
        "naive NumPy": "단순한 NumPy",
        "gradient, point by point": "gradient,\n한 점씩",
        "the book's loop": "책의 반복문",
        "times as long as gradient": "gradient의 몇 배의 시간인지",
        "← faster": "← 빠름",
        "slower →": "느림 →",
        "number of points": "점의 개수",
    },
    "zh": {
        "naive NumPy": "简单的NumPy",
        "gradient, point by point": "gradient，\n逐点",
        "the book's loop": "书中的循环",
        "times as long as gradient": "所用时间是gradient的几倍",
        "← faster": "← 更快",
        "slower →": "更慢 →",
        "number of points": "点数",
    },
}


def write_plots(results: dict[str, Any]) -> None:
    """Draw the plot, and put it among the static files of the site."""
    (STATIC / "speed.svg").write_text(plot(results, {}), encoding="utf-8")
    for language, words in WORDS.items():
        path = STATIC / f"speed.{language}.svg"
        path.write_text(plot(results, words), encoding="utf-8")


def plot(results: dict[str, Any], words: dict[str, str]) -> str:
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
        _label(axes, peers, words)
        figure.text(0.5, 0.072, _said("number of points", words), ha="center")
        figure.legend(
            loc="lower center",
            ncols=len(results["times"]),
            frameon=False,
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


def _said(text: str, words: dict[str, str]) -> str:
    return words.get(text, text)


def _label(axes: Axes, peers: Sequence[str], words: dict[str, str]) -> None:
    axes.set(
        xscale="log",
        ylim=(len(peers) - 0.45, -0.55),
        xlabel=_said("times as long as gradient", words),
    )
    axes.set_yticks(range(len(peers)), [""] * len(peers))
    for row, peer in enumerate(peers):
        lines = _said(peer, words).replace(", ", ",\n").split("\n")
        for k, line in enumerate(lines):
            # Each line by itself: a browser, which has the letters, aligns it.
            axes.text(
                -0.02,
                row + LINE_OF_TEXT * (k - (len(lines) - 1) / 2),
                line,
                transform=axes.get_yaxis_transform(),
                ha="right",
                va="center_baseline",
                gid=f"method_{row}_{k}",
            )
    axes.tick_params(length=0)
    axes.set_xticks([10.0**k for k in range(-1, 5)])
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(axis="y", visible=False)
    axes.grid(axis="x", color=colours()["plot"]["grid"].light)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.text(0.85, -0.62, _said("← faster", words), ha="right")
    axes.text(1.2, -0.62, _said("slower →", words))


def _svg(figure: Figure) -> str:
    metadata = dict.fromkeys(METADATA_LEFT_OUT["svg"])
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        # The letters stay text: the font here need not have them.
        warnings.filterwarnings("ignore", "Glyph", UserWarning)
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
    write_plots(json.loads((HERE / "results.json").read_text(encoding="utf-8")))
