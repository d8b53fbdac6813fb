"""Runs every script of a folder, as a command of its own, and keeps what each has drawn.

Where it runs there is NumPy and matplotlib, and no trace of this project. It writes a pickle
of plain dictionaries, one for each script by its name.
"""

import pickle
import runpy
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.quiver import Quiver

BLOCKED = "gradviz_core"
DOTS_PER_INCH = 150  # as the pictures of the site


def drawn(axes: Axes) -> dict:
    """What stands on one pair of axes."""
    (quiver,) = (each for each in axes.collections if isinstance(each, Quiver))
    (dots,) = axes.lines
    return {
        "title": axes.get_title(),
        "names": (axes.get_xlabel(), axes.get_ylabel()),
        "limits": (axes.get_xlim(), axes.get_ylim()),
        "left": axes.get_position().x0,
        "points": (quiver.X, quiver.Y),
        "arrows": [
            np.where(quiver.Umask, np.nan, part) for part in (quiver.U, quiver.V)
        ],
        "scale": (quiver.scale, quiver.units, quiver.angles),
        "dots": dots.get_xydata(),
        "marker": (dots.get_marker(), dots.get_linestyle()),
    }


def run(path: Path) -> dict:
    """One script: what it has named, and what it has drawn when it shows its figure."""
    shown = []
    plt.show = lambda: shown.extend(plt.figure(number) for number in plt.get_fignums())
    plt.rcdefaults()  # which another script may have changed
    names = runpy.run_path(str(path), run_name="__main__")
    (figure,) = shown
    figure.set_dpi(DOTS_PER_INCH)
    found = {
        "h": names["numerical_gradient"].__defaults__,
        "axis": names["axis"],
        "axes": [drawn(axes) for axes in figure.axes],
    }
    figure.canvas.draw()
    found["pixels"] = np.array(figure.canvas.buffer_rgba())[..., :3]
    plt.close("all")
    return found


def main() -> None:
    folder, out = map(Path, sys.argv[1:])
    sys.modules[BLOCKED] = None  # whoever imports it fails
    found = {path.stem: run(path) for path in sorted(folder.glob("*.py"))}
    out.write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
