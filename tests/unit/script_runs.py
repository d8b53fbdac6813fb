"""What a script does: it is run with a pyplot that notes what is to be drawn."""

import contextlib
import io
import sys
import types
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import oracle
import pytest
from matplotlib import pyplot

ARROWS = ("quiver", "streamplot")
PICTURES = ("imshow", "pcolormesh", "pcolor", "contour", "contourf")


@dataclass
class Run:
    """What came of a script: arguments of what draws, the text it printed, and its names."""

    arrows: list[tuple] = field(default_factory=list)
    pictures: list[tuple] = field(default_factory=list)
    printed: io.StringIO = field(default_factory=io.StringIO)
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})

    def pyplot(self):
        module = types.ModuleType("matplotlib.pyplot")
        module.xlabel = lambda text: None
        for names, calls in ((ARROWS, self.arrows), (PICTURES, self.pictures)):
            for name in names:
                setattr(module, name, lambda *given, _to=calls, **_: _to.append(given))
        return module


def run(text, name="script"):
    """Run a script, which finds the book's routine in `gradient_2d`."""
    outcome = Run()
    matplotlib = types.ModuleType("matplotlib")
    matplotlib.pyplot = outcome.pyplot()
    book = types.ModuleType("gradient_2d")
    book.numerical_gradient = oracle.routine
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "matplotlib", matplotlib)
        patch.setitem(sys.modules, "matplotlib.pyplot", matplotlib.pyplot)
        patch.setitem(sys.modules, "gradient_2d", book)
        with (
            contextlib.redirect_stdout(outcome.printed),
            np.errstate(all="ignore"),
        ):
            exec(compile(text, name, "exec"), outcome.names)
    return outcome


def run_and_draw(text, name="script"):
    """Run a script with matplotlib itself, which draws into memory."""
    pyplot.switch_backend("Agg")
    try:
        exec(compile(text, name, "exec"), {"__name__": "__main__"})
    finally:
        pyplot.close("all")


def draws_the_exact_gradient(text):
    """Whether the arrows that a script draws last are downhill for x[0] * x[1]."""
    x, y, u, v = (np.array(each, float) for each in run(text).arrows[-1])
    if u.shape != x.shape:
        return False
    return np.allclose(u, -y, atol=1e-2) and np.allclose(v, -x, atol=1e-2)


def mended(text, findings):
    """The script with the mends of these findings; those of the same lines are one."""
    lines = text.splitlines()
    mends = {
        (finding["line"], finding["end_line"], finding["fix"])
        for finding in findings
        if finding["fix"] is not None
    }
    for line, end_line, fix in sorted(mends, reverse=True):
        lines[line - 1 : end_line] = fix.splitlines()
    return "\n".join(lines) + "\n"
