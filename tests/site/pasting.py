"""Scripts in the form of the book's, and what a reader does to them with a line of advice.

A script has a routine, a function, a grid, one call and one plot: all but the call is in words
of our own. Lines are pasted as the page says: above everything else in f, below the call, or in its
place, as far to the right as what was there, and with the name of the reader's own function for f.
"""

import re
from dataclasses import dataclass, replace

ROUTINE = """
def _one(f, x):
    h = 1e-4
    slopes = np.zeros_like(x)
    for i in range(x.size):
        kept = x[i]
        x[i] = float(kept) + h
        ahead = f(x)
        x[i] = kept - h
        behind = f(x)
        slopes[i] = (ahead - behind) / (2*h)
        x[i] = kept
    return slopes


def numerical_gradient(f, X):
    if X.ndim == 1:
        return _one(f, X)
    slopes = np.zeros_like(X)
    for k, x in enumerate(X):
        slopes[k] = _one(f, x)
    return slopes
"""
# The form that readers quote, for one point: it keeps a view, where x is a column.
SHORT = """
def numerical_gradient(f, x):
    h = 1e-4
    slopes = np.zeros_like(x)
    for i in range(x.size):
        kept = x[i]
        x[i] = kept + h
        ahead = f(x)
        x[i] = kept - h
        behind = f(x)
        slopes[i] = (ahead - behind) / (2*h)
        x[i] = kept
    return slopes
"""
# That of the book's file for networks, to which a whole array is one point.
WHOLE = """
def numerical_gradient(f, x):
    h = 1e-4
    slopes = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        kept = x[place]
        x[place] = kept + h
        ahead = f(x)
        x[place] = kept - h
        behind = f(x)
        slopes[place] = (ahead - behind) / (2*h)
        x[place] = kept
    return slopes
"""


def slip(old: str, new: str, routine: str = ROUTINE) -> str:
    """A routine with a slip of the pen."""
    assert old in routine
    return routine.replace(old, new)


PRECEDENCE = slip("/ (2*h)", "/ 2*h")
NOT_RESTORED = slip("        x[i] = kept\n", "")
LOST_INDEX = slip("slopes[i] = (ahead", "slopes = (ahead")
EARLY_RETURN = slip("    return slopes\n\n\n", "        return slopes\n\n\n")
EARLY_RETURN_OF_ALL = slip("_one(f, x)\n    return", "_one(f, x)\n        return")
LOST_STEP = slip("h = 1e-4", "h = 10e-50")
NUMBER_ALONE = slip("f(x)\n", "f(x[i])\n")

BOTH = "grad = numerical_gradient(function_2, np.array([X, Y]).T).T"
NONE = "grad = numerical_gradient(function_2, np.array([X, Y]))"
QUIVER = 'plt.quiver(X, Y, -grad[0], -grad[1], angles="xy", color="0.4")'

SCRIPT = """
import numpy as np
import matplotlib.pyplot as plt
{imports}
{routine}

def function_2({arguments}):
    return {f}


if __name__ == "__main__":
    axis = {axis}
    X, Y = np.meshgrid(axis, axis)
    {grid}
    {call}

    {quiver}
    plt.xlim(-2, 2)
    plt.ylim(-2, 2)
    plt.show()
"""
FLATTENED = "X = X.flatten()\n    Y = Y.flatten()\n"


@dataclass(frozen=True)
class Script:
    """A reader's script, and its call in it."""

    text: str
    call: str

    def first_in_f(self, lines: str) -> "Script":
        head = re.search(r"^def function_2\(.*\n", self.text, re.MULTILINE)[0]
        return self.change(head, head + indented(lines, "    "))

    def below_call(self, lines: str) -> "Script":
        line, at = self._call()
        return self.change(line, line + indented(named(lines), at))

    def for_call(self, lines: str) -> "Script":
        line, at = self._call()
        return self.change(line, indented(named(lines), at))

    def for_quiver(self, lines: str) -> "Script":
        line, at = self._line(r"plt\.quiver\(.*")
        return self.change(line, indented(lines, at))

    def change(self, old: str, new: str) -> "Script":
        assert self.text.count(old) == 1, old
        return replace(self, text=self.text.replace(old, new))

    def _call(self) -> tuple[str, str]:
        return self._line(re.escape(self.call))

    def _line(self, pattern: str) -> tuple[str, str]:
        found = re.search(rf"^( *){pattern}\n", self.text, re.MULTILINE)
        assert found, pattern
        return found[0], found[1]


def script(
    f: str,
    call: str = NONE,
    *,
    axis: str = "np.arange(-2, 2.5, 0.5)",
    routine: str = ROUTINE,
    imports: str = "",
    arguments: str = "x",
    grid: str = FLATTENED,
    quiver: str = QUIVER,
) -> Script:
    """A script that draws f as the book's draws its function, with the call that is given."""
    text = SCRIPT.format(
        f=f,
        call=call,
        axis=axis,
        routine=routine,
        imports=imports,
        arguments=arguments,
        grid=grid,
        quiver=quiver,
    )
    return Script(text, call)


def indented(lines: str, at: str) -> str:
    """Lines that begin as far to the right as those that they stand for."""
    kept = lines.rstrip("\n").split("\n")
    return "".join(f"{at}{line}\n" if line.strip() else "\n" for line in kept)


def named(lines: str) -> str:
    """Lines with the name of the reader's function for f."""
    return re.sub(r"\bf\b", "function_2", lines)
