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

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.quiver import Quiver

BLOCKED = "gradviz_core"


def drawn() -> dict | None:
    """The arrows of the last call of quiver, and the view, if there is a plot."""
    if not plt.get_fignums():
        return None
    axes = plt.gca()
    quivers = [each for each in axes.collections if isinstance(each, Quiver)]
    if not quivers:
        return None
    quiver = quivers[-1]
    is_missing = np.broadcast_to(quiver.Umask, quiver.U.shape)
    return {
        "points": np.array([quiver.X, quiver.Y], float),
        "arrows": np.where(is_missing, np.nan, [quiver.U, quiver.V]),
        "view": (*axes.get_xlim(), *axes.get_ylim()),
    }


def run(path: Path) -> dict:
    """One script: its names, what it printed and drew, and the message of its error."""
    plt.close("all")
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
    return {
        "printed": printed.getvalue().split("\n")[:-1],
        "error": error,
        "drawn": None if error else drawn(),
        "numbers": numbers,
    }


def main() -> None:
    scripts, out = map(Path, sys.argv[1:])
    sys.modules[BLOCKED] = None  # type: ignore[assignment]  # whoever imports it fails
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "gradient_2d.py")
        for name, text in json.loads(scripts.read_text(encoding="utf-8")).items():
            path.write_text(text, encoding="utf-8")
            found[name] = run(path)
    out.write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
