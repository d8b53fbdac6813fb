"""What a script draws: it is run, and its arrows are held against the exact gradient."""

import contextlib
import io
import sys
import types

import numpy as np
from oracle import routine


def draws_the_exact_gradient(text, monkeypatch):
    """Whether the arrows that a script hands to quiver are downhill for x[0] * x[1]."""
    drawn = []
    plots = types.ModuleType("matplotlib.pyplot")
    plots.quiver = lambda *arguments, **_: drawn.append(arguments)
    book = types.ModuleType("gradient_2d")
    book.numerical_gradient = routine
    package = types.ModuleType("matplotlib")
    package.pyplot = plots
    monkeypatch.setitem(sys.modules, "matplotlib", package)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", plots)
    monkeypatch.setitem(sys.modules, "gradient_2d", book)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        exec(compile(text, "script", "exec"), {"__name__": "__main__"})
    x, y, u, v = (np.array(each, float) for each in drawn[-1])
    if u.shape != x.shape:
        return False
    return np.allclose(u, -y, atol=1e-2) and np.allclose(v, -x, atol=1e-2)
