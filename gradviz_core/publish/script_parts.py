"""Script parts: what fills the holes of the script to download.

The script is templates/download.py.txt. A reader of the playground copies it, too, and
there some of its parts depend on what is typed and ticked.
"""

from collections.abc import Callable
from typing import Any

from gradviz_core.registry.functions import Function
from gradviz_core.registry.words import Words

# Fills the template of a name; the other arguments are what the template may name.
Fill = Callable[..., str]

# Parts that the playground replaces by others, for what a reader has ticked.
USUAL_PARTS = {
    "wrong": "numerical_gradient(f, np.array([X, Y]))",
    "length": "(lengths[np.isfinite(lengths)].max(initial=0) or 1)",
    "arrow": "np.isfinite(field).all(axis=0) & ~zero",
}

# Parts of the script as it is downloaded, where nothing can be ticked.
DOWNLOADED_PARTS = USUAL_PARTS | {
    "axis1": "axis",
    "sign": "",
    "scale": "width_of_axes",
    "contours": "",
    "thinning": "",
}


def downloaded_parts(function: Function) -> dict[str, Any]:
    """Return what fills the holes of the script to download for a function."""
    return DOWNLOADED_PARTS | {"gap": function.grid.step}


def playground_parts(words: Words, fill: Fill) -> dict[str, str]:
    """Return the script to copy, and what fills those holes that the page fills.

    The other holes are filled with numbers, and with the function.
    """
    own = words["playground"]["script"]
    grid = {name: _hole(name) for name in ("start", "stop", "step")}
    function = {"title": own["title"], "note": own["note"], "spelling": _hole("f")}
    script = fill(
        "download.py.txt",
        entry={"function": function | {"grid": grid}},
        step=_hole("h"),
        holes={name: _hole(name) for name in (*DOWNLOADED_PARTS, "gap")},
    )
    return {
        **USUAL_PARTS,
        "script": script,
        "axis1": "np.arange({start1}, {stop1}, {step1}, dtype=float)",
        "raises": f"np.full(right.shape, np.nan)  # {words['caption']['raises']}",
        "all": f"slice(None)  # {words['script']['automatic']}",
        "contours": fill("_script_contours.txt") + "\n",
        "thinning": fill("_script_thinning.txt") + "\n",
    }


def _hole(name: str) -> str:
    return f"{{{name}}}"
