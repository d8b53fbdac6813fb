"""Show results.json: RESULTS.md, and the plot of the site's page about speed, speed.svg.

python -m benchmarks.report     makes both again without measuring
"""

import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from benchmarks.report_builders import lines
from gradviz_core.figures.drawing import (
    COLOURS,
    DARK_OF,
    GRID,
    LINES,
    METADATA_LEFT_OUT,
    STYLE,
)
from gradviz_core.figures.svg import shortened

HERE = Path(__file__).parent
OURS, POINTWISE = "gradient, vectorized", "gradient, point by point"
BARE, IN_CACHE = "bare calls", "bare calls, in cache"
NAIVE, BOOK = "naive NumPy", "the book's loop"
PEERS = {  # what is called, and what it does better than ours
    "JAX": (
        "`jit(vmap(grad(f)))`",
        "Exact up to rounding, and fast on many points. Compiles f, for GPUs and TPUs as "
        "well, and can differentiate it any number of times. f has to be written in "
        "`jax.numpy`.",
    ),
    "autograd": (
        "`elementwise_grad(f)`",
        "Exact up to rounding. Costs a few evaluations of f however many coordinates there are, so "
        "it wins where f is costly. f has to be written in `autograd.numpy`.",
    ),
    NAIVE: (
        "f on copies, one coordinate moved in each",
        "A few lines to type, nothing to install, and no checks to wait for.",
    ),
    "SciPy": (
        "`scipy.differentiate.jacobian`",
        "Estimates its own error, refines the step until that is small, and differentiates "
        "functions with several values.",
    ),
    POINTWISE: (
        "`gradient(f, points)`",
        "Takes f as it is typed for one point.",
    ),
    BOOK: (
        "`numerical_gradient(f, points)`",
        "Shows how it works, and takes f as it is typed for one point.",
    ),
    "numdifftools": (
        "`Gradient(f)` of each point",
        "Extrapolates from many steps, estimates its own error, and has Hessians and higher "
        "derivatives too.",
    ),
}


def summary(times: dict[str, Any]) -> dict[str, dict[str, float]]:
    """How often each peer was faster than ours, and between what its ratios lie."""
    ratios = {
        peer: [cell[peer]["ratio"] for row in times.values() for cell in row.values()]
        for peer in PEERS
    }
    return {
        peer: {
            "cases": len(r),
            "faster": sum(x < 1 for x in r),
            "least": min(r),
            "most": max(r),
        }
        for peer, r in ratios.items()
    }


def quartiles(seconds: list[float]) -> dict[str, float]:
    """The median, and the range that half of them lie in."""
    low, median, high = np.quantile(seconds, (0.25, 0.5, 0.75))
    return {"median": round(median, 4), "low": round(low, 4), "high": round(high, 4)}


def keep(**parts: Any) -> None:
    """Put what was measured into results.json, leave the rest as it is, and show all."""
    path = HERE / "results.json"
    results = json.loads(path.read_text(encoding="utf-8")) | parts
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    report(results)


def report(results: dict[str, Any]) -> None:
    (HERE / "RESULTS.md").write_text("\n".join(_lines(results)), encoding="utf-8")
    (HERE.parent / "templates" / "static" / "speed.svg").write_text(
        _plot(results["times"]), encoding="utf-8"
    )


def _lines(results: dict[str, Any]) -> Iterable[str]:
    versions = ", ".join(
        f"{name} {version}" for name, version in results["versions"].items()
    )
    scaled = ", ".join(f"{name} {count:,}" for name, count in results["scaled"].items())
    yield from (
        "# How fast and how exact is `gradient`?",
        "",
        f"Measured by `make bench` on {results['date']}, on {results['cores']} cores, with "
        f"{versions}. This file is made from `results.json`: do not edit it.",
        "",
        "All contestants take turns in one run. A time is the median over the turns, and half of "
        "the turns lie in the range behind it. In bold: how many times as long as ours, so below 1 "
        f"it was faster. {BARE.capitalize()}: 2d calls of f on blocks of "
        f"{results['block_points']:,} points, coordinate by coordinate in memory, pass by pass "
        "over all blocks or, in cache, block by block. Of those that go point by point at most so "
        f"many points are timed, and the time is scaled: {scaled}. JAX is timed with the result as "
        f"a NumPy array, without the {results['compile_milliseconds']:.0f} ms it takes to compile. "
        f"The checks of `gradient` cost {results['validation_microseconds']} µs at 324 points.",
    )
    for n, by_function in results["times"].items():
        yield from ("", f"## {int(n):,} points", "")
        yield from _table(by_function, _time)
    yield from ("", "## Our time in bare calls", "")
    yield from _table(_in_bare_calls(results["times"]), lambda ratio: f"{ratio:.2f}")
    for place, words in PLACES.items():
        yield from ("", f"## Largest error {words}", "")
        yield from _table(
            results["errors"][place], lambda error: f"{error:.1e}" if error else "0"
        )
    yield from ("", "## What the others do better", "")
    yield from (
        "| | called | faster than ours in | times slower | better |",
        "|---|---|---|---|---|",
    )
    for peer, (called, better) in PEERS.items():
        of = results["summary"][peer]
        yield (
            f"| {peer} | {called} | {of['faster']} of {of['cases']} cases | "
            f"{of['least']:,.3g} to {of['most']:,.3g} | {better} |"
        )
    yield ""
    yield from lines(results)


PLACES = {"grid": "on the 18 × 18 grid", "random": "at 200 random points"}


def _in_bare_calls(times: dict[str, Any]) -> dict[str, dict[str, float]]:
    """By function, then by number of points and way of calling."""
    return {
        name: {
            f"{int(n):,} points, {bare}": 1 / row[name][bare]["ratio"]
            for n, row in times.items()
            for bare in (BARE, IN_CACHE)
        }
        for name in next(iter(times.values()))
    }


def _table(by_function: dict[str, Any], written: Callable[[Any], str]) -> Iterable[str]:
    yield f"| | {' | '.join(by_function)} |"
    yield "|---" * (len(by_function) + 1) + "|"
    for name in next(iter(by_function.values())):
        yield f"| {name} | {' | '.join(written(row[name]) for row in by_function.values())} |"


def _time(time: dict[str, float]) -> str:
    size = sum(time["median"] >= least for least in (1e-3, 1))
    unit, scale = (("µs", 1e6), ("ms", 1e3), ("s", 1))[size]
    median, low, high = (
        f"{time[key] * scale:.3g}" for key in ("median", "low", "high")
    )
    return f"{median} {unit} ({low} to {high}), **{time['ratio']:,.3g}**"


def _plot(times: dict[str, Any]) -> str:
    """For each peer and number of points: how much slower than ours, over the functions."""
    with matplotlib.rc_context(
        STYLE | {"font.size": 11, "axes.labelsize": 11, "text.color": LINES}
    ):
        figure = Figure(figsize=(4.8, 5.2))
        axes = figure.add_axes((0.29, 0.2, 0.68, 0.74))
        axes.axvline(1, color=LINES, linewidth=1.2)
        for k, n in enumerate(times):
            for y, peer in enumerate(PEERS):
                ratios = sorted(cell[peer]["ratio"] for cell in times[n].values())
                at, ink = [y + 0.24 * (k - 1)], COLOURS["correct"]
                axes.plot(ratios[:: len(ratios) - 1], at * 2, color=ink, linewidth=1.4)
                axes.plot(
                    ratios[len(ratios) // 2], at, "o", color=ink, markersize=MARKS[k]
                )
            axes.plot([], [], "o", color=ink, markersize=MARKS[k], label=f"{int(n):,}")
        axes.set(
            xscale="log",
            ylim=(len(PEERS) - 0.45, -0.55),
            xlabel="times as long as gradient",
        )
        axes.set_yticks(range(len(PEERS)), [BROKEN.get(peer, peer) for peer in PEERS])
        axes.tick_params(length=0)
        axes.set_xticks([10.0**k for k in range(-1, 5)])
        axes.xaxis.set_major_formatter("{x:,g}")
        axes.xaxis.set_minor_locator(NullLocator())
        axes.grid(axis="y", visible=False)
        axes.grid(axis="x", color=GRID)
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
    return shortened(buffer.getvalue().decode(), DARK_OF)


MARKS = (3.5, 5.5, 8)
BROKEN = {POINTWISE: POINTWISE.replace(", ", ",\n")}  # in two lines

if __name__ == "__main__":
    report(json.loads((HERE / "results.json").read_text(encoding="utf-8")))
