"""Scripts in the form of the book's, and what a reader does to them with a line of advice.

A script has a routine, a function, a grid, one call and one plot. Lines are pasted as the page
says: above everything else in f, below the call, or in its place, as far to the right as what was
there, and with the name of the reader's own function for f.
"""

import re
from dataclasses import dataclass, replace

ROUTINE = """
def _numerical_gradient_no_batch(f, x):
    h = 1e-4
    grad = np.zeros_like(x)

    for idx in range(x.size):
        tmp_val = x[idx]
        x[idx] = float(tmp_val) + h
        fxh1 = f(x)

        x[idx] = tmp_val - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2*h)

        x[idx] = tmp_val

    return grad


def numerical_gradient(f, X):
    if X.ndim == 1:
        return _numerical_gradient_no_batch(f, X)
    else:
        grad = np.zeros_like(X)

        for idx, x in enumerate(X):
            grad[idx] = _numerical_gradient_no_batch(f, x)

        return grad
"""
# The form that readers quote, for one point.
SHORT = """
def numerical_gradient(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    for idx in range(x.size):
        tmp_val = x[idx]
        x[idx] = tmp_val + h
        fxh1 = f(x)
        x[idx] = tmp_val - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2*h)
        x[idx] = tmp_val
    return grad
"""
# That of the book's file for networks, to which a whole array is one point.
WHOLE = """
def numerical_gradient(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        idx = it.multi_index
        tmp_val = x[idx]
        x[idx] = tmp_val + h
        fxh1 = f(x)
        x[idx] = tmp_val - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2*h)
        x[idx] = tmp_val
        it.iternext()
    return grad
"""


def slip(old: str, new: str, routine: str = ROUTINE) -> str:
    """A routine with a slip of the pen."""
    assert old in routine
    return routine.replace(old, new)


PRECEDENCE = slip("/ (2*h)", "/ 2*h")
NOT_RESTORED = slip("        x[idx] = tmp_val\n\n", "")
LOST_INDEX = slip("grad[idx] = (fxh1", "grad = (fxh1")
EARLY_RETURN = slip("    return grad\n\n\n", "        return grad\n\n\n")
EARLY_RETURN_OF_ALL = slip("        return grad\n", "            return grad\n")
LOST_STEP = slip("h = 1e-4", "h = 10e-50")
NUMBER_ALONE = slip("f(x)\n", "f(x[idx])\n")

BOTH = "grad = numerical_gradient(function_2, np.array([X, Y]).T).T"
NONE = "grad = numerical_gradient(function_2, np.array([X, Y]))"
QUIVER = 'plt.quiver(X, Y, -grad[0], -grad[1],  angles="xy",color="#666666")'

SCRIPT = """
import numpy as np
import matplotlib.pylab as plt
{imports}
{routine}

def function_2({arguments}):
    return {f}


if __name__ == '__main__':
    x0 = {axis}
    x1 = {axis}
    X, Y = np.meshgrid(x0, x1)
    {grid}
    {call}

    plt.figure()
    {quiver}
    plt.xlim([-2, 2])
    plt.ylim([-2, 2])
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
