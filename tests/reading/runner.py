"""Runs scripts as a reader runs them, and keeps what each printed, drew, or stopped with.

Its input is a JSON object of scripts by their names, its output a pickle of one plain
dictionary for each. Where it runs there is no trace of this project.
"""

import contextlib
import io
import json
import pickle
import runpy
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from types import FunctionType

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import ContourSet
from matplotlib.quiver import Quiver

BLOCKED = "gradviz_core"
DOTS_PER_INCH = 150  # as the pictures of the site


def quivers_on(axes: Axes) -> list[Quiver]:
    return [each for each in axes.collections if isinstance(each, Quiver)]


def arrows_of(quiver: Quiver) -> np.ndarray:
    is_missing = np.broadcast_to(quiver.Umask, quiver.U.shape)
    return np.where(is_missing, np.nan, [quiver.U, quiver.V])


def last_field() -> dict | None:
    """The arrows of the last call of quiver, and the view, if there is a plot."""
    if not plt.get_fignums():
        return None
    axes = plt.gca()
    if not quivers_on(axes):
        return None
    quiver = quivers_on(axes)[-1]
    return {
        "points": np.array([quiver.X, quiver.Y], float),
        "arrows": arrows_of(quiver),
        "view": (*axes.get_xlim(), *axes.get_ylim()),
    }


def panel(axes: Axes) -> dict:
    """What stands on a pair of axes with one field and its dots."""
    (quiver,) = quivers_on(axes)
    (dots,) = axes.lines
    contours = [each for each in axes.collections if isinstance(each, ContourSet)]
    return {
        "title": axes.get_title(),
        "names": (axes.get_xlabel(), axes.get_ylabel()),
        "limits": (axes.get_xlim(), axes.get_ylim()),
        "left": axes.get_position().x0,
        "points": np.column_stack([quiver.X, quiver.Y]),
        "arrows": arrows_of(quiver).T,
        "scale": (quiver.scale, quiver.units, quiver.angles),
        "dots": dots.get_xydata(),
        "marker": (dots.get_marker(), dots.get_linestyle()),
        # Of each level, the corners of its lines.
        "contours": [
            list(zip(each.levels, each.allsegs, strict=True)) for each in contours
        ],
    }


def whole_figure() -> dict:
    """The panels of the only figure, from left to right, and its pixels."""
    (number,) = plt.get_fignums()
    figure = plt.figure(number)
    figure.set_dpi(DOTS_PER_INCH)
    figure.canvas.draw()  # which chooses a scale that is left open
    panels = sorted(map(panel, figure.axes), key=lambda each: each["left"])
    return {
        "panels": panels,
        "pixels": np.array(figure.canvas.buffer_rgba())[..., :3],
    }


def run(path: Path, is_whole: bool) -> dict:
    """One script: its names, what it printed and drew, and the message of its error."""
    plt.close("all")
    plt.rcdefaults()  # which another script may have changed
    printed = io.StringIO()
    names: dict = {}
    error = ""
    with contextlib.redirect_stdout(printed), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            names = runpy.run_path(str(path), run_name="__main__")
        except Exception as stopped:
            stopped.__notes__ = []  # JAX adds one below the message
            error = traceback.format_exc().strip().splitlines()[-1]
    numbers = {
        name: np.array(value)
        for name, value in names.items()
        if isinstance(value, np.ndarray | float | int | list) and name[0] != "_"
    }
    defaults = {
        name: value.__defaults__
        for name, value in names.items()
        if isinstance(value, FunctionType)
    }
    found = {
        "printed": printed.getvalue().split("\n")[:-1],
        "error": error,
        "drawn": None if error else last_field(),
        "numbers": numbers,
        "defaults": defaults,
    }
    return found | whole_figure() if is_whole and not error else found


def main() -> None:
    scripts, out, how = sys.argv[1:]
    sys.modules[BLOCKED] = None  # type: ignore[assignment]  # whoever imports it fails
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gradient_2d.py")
        for name, text in json.loads(Path(scripts).read_text(encoding="utf-8")).items():
            path.write_text(text, encoding="utf-8")
            found[name] = run(path, how == "whole")
    Path(out).write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
