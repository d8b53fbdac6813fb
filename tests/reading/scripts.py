"""Code that is published, run: scripts as a reader runs them, and sessions of pages.

A script runs in a process of its own that knows nothing of this project. A session is run
here, and what it finds at hand is rebuilt from the contract: the book's routine with its
faults, the gradient, the grid, a spelling as a function. The sessions import nothing else of
the package that decides a number on a page.
"""

import contextlib
import doctest
import io
import json
import os
import pickle
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from oracle import (
    DEFAULT_GRID,
    H,
    Measured,
    function_of,
    functions,
    grid_points,
    measured,
    routine,
    sources,
)

from reading import slips

FENCED_CODE = re.compile(
    r"^(?P<fence>```|~~~).*?\n(?P<code>.*?)^(?P=fence)[ \t]*$", re.M | re.S
)
IMPORT_OF_THE_PACKAGE = re.compile(r"from gradviz_core\b")
RUNNER = Path(__file__).with_name("runner.py")

Run = dict[str, Any]  # what became of a script


# Scripts


def run_all(
    texts: dict[str, str], folder: Path, whole_figures: bool = False
) -> dict[str, Run]:
    """Run scripts in a process of their own; each with its text, and what became of it."""
    scripts, out = folder / "scripts.json", folder / "runs.pickle"
    each_once = {script: script for script in texts.values()}
    scripts.write_text(json.dumps(each_once), encoding="utf-8")
    how = "whole" if whole_figures else "last"
    done = subprocess.run(
        [sys.executable, "-I", RUNNER, scripts, out, how],
        cwd=folder,
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    found = pickle.loads(out.read_bytes())
    return {name: found[script] | {"text": script} for name, script in texts.items()}


# Sessions


def numerical_gradient(
    f: Callable[[Any], Any], X: np.ndarray, *, step: float = H
) -> np.ndarray:
    """The book's routine, which moves the numbers of X itself and keeps its kind of number."""
    slopes = np.zeros_like(X)
    points = [X] if X.ndim == 1 else X
    rows = [slopes] if X.ndim == 1 else slopes
    for x, row in zip(points, rows, strict=True):
        for i in range(x.size):
            kept = x[i]
            x[i] = float(kept) + step
            ahead = f(x)
            x[i] = kept - step
            behind = f(x)
            row[i] = (ahead - behind) / (2 * step)
            x[i] = kept
    return slopes


def gradient(f: Callable[[Any], Any], points: Any) -> np.ndarray:
    """Slopes by the central difference, on numbers of our own."""
    h = 2.0**-17
    X = np.array(points, dtype=float)
    slopes = np.zeros_like(X)
    for where in np.ndindex(X.shape):
        ahead, behind = X.copy(), X.copy()
        ahead[where] += h
        behind[where] -= h
        point = where[:-1]
        slopes[where] = (f(ahead[point]) - f(behind[point])) / (2 * h)
    return slopes


class Grid:
    """The points of a grid, as `numpy.arange` counts."""

    def __init__(self, *bounds: float) -> None:
        start, stop, step = (*bounds, *DEFAULT_GRID[len(bounds) :])
        self.step = step
        axis = np.arange(start, stop, step, dtype=float)
        self.axes = (axis, axis)
        self.points = grid_points(start, stop, step)


class Spelling:
    """A text that is a function, with the slopes that the measurement needs."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._f = function_of(source)

    def __call__(self, x: Any) -> Any:
        return self._f(x)

    def gradient(self, points: Any) -> np.ndarray:
        return gradient(self._f, points)


def measure(f: Spelling, grid: Grid, layout: str) -> Measured:
    """A spelling on a grid in one layout, measured as the oracle measures."""
    P = grid.points
    with np.errstate(all="ignore"):
        G = routine(f, P) if layout == "rows" else routine(f, P.T).T
    return measured(f.gradient(P), G, layout)


AT_HAND = {
    "np": np,
    "book": SimpleNamespace(numerical_gradient=numerical_gradient, STEP=H),
    "numerical_gradient": numerical_gradient,
    "gradient": gradient,
    "Grid": Grid,
    "parse_spelling": Spelling,
    "measure": measure,
    "Layout": SimpleNamespace(ROWS="rows", COLUMNS="columns"),
    "FUNCTIONS": functions(),
    **slips.AT_HAND,
}


@cache
def session(url: str) -> SimpleNamespace:
    """What the code of a page has named when its last line has run."""
    names: dict[str, Any] = dict(AT_HAND)
    for block in FENCED_CODE.finditer(sources()[url].text):
        for example in doctest.DocTestParser().get_examples(block["code"]):
            if not IMPORT_OF_THE_PACKAGE.match(example.source):
                _run(example, names)
    return SimpleNamespace(**names)


def _run(example: doctest.Example, names: dict[str, Any]) -> None:
    expected = (Exception,) if example.exc_msg else ()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.suppress(*expected),
    ):
        warnings.simplefilter("ignore")
        exec(example.source, names)
