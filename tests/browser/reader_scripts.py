"""Scripts as readers paste them into the playground."""

from tests.unit.script_cases import (
    BY_COORDINATE,
    BY_NDITER,
    GRID,
    IMPORTS,
    PLOT,
    PRODUCT,
    ROUTINE,
    WHOLE_GRID,
    WITH_BOTH,
    WITHOUT,
    call,
)

# A script with the older call, as owners of copies have it: with a comment that is not in
# English, a function of one point or of many, and the drawing below a guard.
OLDER_CALL = "grad = numerical_gradient(function_2, np.array([X, Y]))"
OLDER_MEND = "grad = numerical_gradient(function_2, np.array([X, Y]).T).T"
OLDER = (
    "# coding: utf-8\n"
    + ROUTINE
    + f"""\


def function_2(x):
    if x.ndim == 1:
        return np.sum(x**2)  # 一つの点
    else:
        return np.sum(x**2, axis=1)


if __name__ == "__main__":
    axis = np.arange(-2, 2.5, 0.25)
    X, Y = np.meshgrid(axis, axis)
    X = X.flatten()
    Y = Y.flatten()

    {OLDER_CALL}
    plt.quiver(X, Y, -grad[0], -grad[1], angles="xy")
    plt.show()
"""
)
OLDER_LINE = OLDER.split("\n").index(f"    {OLDER_CALL}") + 1

# Two slips, and three functions, of which the second is handed to the routine first.
SEVERAL = (
    ROUTINE.replace("(2*h)", "2*h")
    + """\
def bowl(x):
    return 3 * x[0]**2 + x[1]**2

def product(x):
    x0, x1 = x
    return -x0 * x1

waves = lambda x: np.sin(x[0]) * np.cos(x[1])

axis = np.arange(-3, 3.5, 0.5)
X, Y = np.meshgrid(axis, axis)
P = np.array([X.ravel(), Y.ravel()])
grad = numerical_gradient(product, P)
other = numerical_gradient(bowl, P)
plt.quiver(P[0], P[1], grad[0], grad[1])
"""
)

PLAIN = ROUTINE + PRODUCT + GRID + WITHOUT + PLOT
RIGHT = ROUTINE + PRODUCT + GRID + WITH_BOTH + PLOT
LAMBDA = ROUTINE + GRID + call("lambda x: x[0] * x[1], np.array([X, Y]))") + PLOT
DOMAIN = (
    ROUTINE
    + "import math\ndef f(x):\n    return math.log(x[0]) + x[1]\n"
    + GRID
    + WITHOUT
    + PLOT
)
DEF = "def f(x):\n    a = x[0] - 1\n    return a**2 + x[1]\n"
# A further call that nobody can follow, below one that can be read and drawn.
NOT_FOLLOWED = "other = numerical_gradient(f, load())\n"
UNREAD = ROUTINE + "def f(x):\n    return table[x[0]]\n" + GRID + WITHOUT + PLOT

# In these nothing is drawn, and each says why, by a key of [playground.reading.about].
APART = {
    "the routine is not there": (
        "from mine import numerical_gradient\n" + IMPORTS + PRODUCT + GRID + WITHOUT,
        "takes_unknown",
    ),
    "it takes coordinates": (
        IMPORTS + BY_COORDINATE + PRODUCT + GRID + WITHOUT + PLOT,
        "takes_columns",
    ),
    "it takes any array for one point": (
        IMPORTS + BY_NDITER + PRODUCT + GRID + WITHOUT + PLOT,
        "takes_whole",
    ),
    "whole numbers": (
        ROUTINE + PRODUCT + WHOLE_GRID + WITHOUT + PLOT,
        "whole_numbers",
    ),
    "float32": (
        ROUTINE
        + PRODUCT
        + GRID
        + "X, Y = X.astype(np.float32), Y.astype(np.float32)\n"
        + WITHOUT
        + PLOT,
        "low_numbers",
    ),
    "one point": (
        ROUTINE + PRODUCT + "grad = numerical_gradient(f, np.array([3.0, 4.0]))\n",
        "no_grid",
    ),
}

PAIR = "def f(x, y):\n    return x - y * (x + 1)\n"
PAIR_TO_ROWS = ROUTINE + PAIR + GRID + WITHOUT + PLOT
NAMED_LAMBDA = ROUTINE + "f = lambda x: x[0] * x[1]\n" + GRID + WITHOUT + PLOT
CONDITION = "def f(x):\n    if x[0]:\n        return x[0]\n    return x[1]\n"
BODY = "    x0, x1 = x\n    r = x0**2 + x1\n    return 2 * r\n"
NOTEBOOK = """\
{
 "cells": [
  {"cell_type": "markdown", "source": ["A title"]},
  {"cell_type": "code", "source": ["f = lambda x: x[0]\\n"]}
 ],
 "nbformat": 4
}
"""
PLOT_ALONE = "plt.xlim([-2, 2])\nplt.ylim([-2, 2])\n"

# No script at all.
NONSENSE = "Dear Sir,\nthis is (not a script\nat all: 今日は\n"
