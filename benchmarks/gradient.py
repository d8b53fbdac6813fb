"""Time `gradient` against its bare limit and its peers, and measure the errors of all.

    make bench                      or: python -m benchmarks.gradient

Writes results.json, which the page about speed shows, and its plot, speed.svg.
"""

import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax
import numpy as np

from benchmarks.contestants import BLOCK_POINTS, FUNCTIONS, MOST_POINTS, PEERS
from benchmarks.errors import errors
from benchmarks.plot import write_plot
from benchmarks.race import compile_milliseconds, times, validation_microseconds
from gradviz_core.numerics.grid import Grid

RESULTS = Path(__file__).with_name("results.json")

TIMED = tuple(FUNCTIONS)[:5]
SIZES = (324, 10_000, 1_000_000)
TURNS = 41
MEASURED = ("numpy", "scipy", "numdifftools", "autograd", "jax", "mpmath")


def measure(turns: int = TURNS, sizes: Sequence[int] = SIZES) -> dict[str, Any]:
    """Return everything that results.json holds."""
    jax.config.update("jax_enable_x64", True)
    times_by_size = {
        str(n): {name: times(n, FUNCTIONS[name], turns) for name in TIMED}
        for n in sizes
    }
    points = {
        "grid": Grid().points,
        "random": np.random.default_rng(1).uniform(-2, 2, (200, 2)),
    }
    return {
        "revision": revision(),
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "versions": versions(),
        "spellings": FUNCTIONS,
        "peers": {name: peer._asdict() for name, peer in PEERS.items()},
        "block_points": BLOCK_POINTS,
        "scaled": MOST_POINTS,
        "validation_microseconds": validation_microseconds(turns),
        "compile_milliseconds": compile_milliseconds(),
        "times": times_by_size,
        "summary": summary(times_by_size),
        "errors": {
            place: {name: errors(text, X) for name, text in FUNCTIONS.items()}
            for place, X in points.items()
        },
    }


def summary(times_by_size: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return how often each peer was faster than ours, and between what it ranges."""
    result = {}
    for peer in PEERS:
        ratios = [
            times_of_peers[peer]["ratio"]
            for times_of_functions in times_by_size.values()
            for times_of_peers in times_of_functions.values()
        ]
        result[peer] = {
            "cases": len(ratios),
            "faster": sum(ratio < 1 for ratio in ratios),
            "least": min(ratios),
            "most": max(ratios),
        }
    return result


def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that are measured."""
    libraries = {name: importlib.metadata.version(name) for name in MEASURED}
    return {"python": platform.python_version()} | libraries


def revision() -> str:
    """Return the commit that is measured, with -dirty if files differ from it."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> None:
    """Measure all, and write the results and their plot."""
    results = measure()
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    write_plot(results)


if __name__ == "__main__":
    main()
