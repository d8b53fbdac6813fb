"""Scripts that reach the corners of the readers: each line does one thing rarely done."""

from textwrap import indent

from unit.script_cases import (
    BY_COLUMNS,
    BY_COORDINATE,
    BY_NDITER,
    COARSE_GRID,
    DESCENT,
    GRID,
    HILL,
    IMPORTS,
    MANY_POINTS,
    ONE_POINT,
    PLOT,
    PRODUCT,
    ROUTINE,
    TANGENT,
)
from unit.tables import table

_, _TABLE = table("rare.txt")


def lines_of(name):
    return _TABLE[name].text.splitlines()


def blocks_of(name):
    return _TABLE[name].text.rstrip("\n").split("\n\n")


# Bodies of a function of x.
BODIES = [
    *lines_of("bodies of a function of x, one a line"),
    *blocks_of("bodies of a function of x, apart by an empty line"),
    "return 1 + " + " + ".join(["x[0] * x[1]"] * 30),
    "return " + "np.sin(" * 40 + "x[0]" + ")" * 40,
]
AROUND = """\
import numpy as np, math
A = 3.0
B = -2
C = D = 1
D = 2
def g(a, b=2): return a * b
def h(*a): return a[0]
def k(t): t + 1
"""

FUNCTIONS = [f"{AROUND}def f(x):\n{indent(body, ' ' * 4)}\n" for body in BODIES]
FUNCTIONS += [
    "from math import *\ndef f(x): return sin(x[0]) + pi + fabs(x[1]) + sum(x)\n",
    "from pylab import *\nf = lambda x: max(x) + sin(x[0]) + e\n",
    "from mine import *\nf = lambda x: sin(x[0])\n",
    "f = lambda x: sin(x[0]) + tanh(x[1]) * e\n",
    "import torch\nf = lambda x: torch.sin(x[0]) + torch.linalg.norm(x)\n",
    "import jax.numpy as jnp, cupy\nf = lambda x: jnp.sin(x[0]) + cupy.cos(x[1])\n",
    "import autograd.numpy\nf = lambda x: autograd.numpy.sin(x[0])\n",
    "from numpy import linalg as la, sin as s\nf = lambda x: la.norm(x) + s(x[0])\n",
    "from numpy.linalg import norm\nf = g = lambda x: norm(x)\nh = lambda x, y: x\n",
    "f = lambda *x: x\ng = lambda x, *, y: x\nh = lambda **x: x\nk = lambda: 1\n",
    "class A:\n    def f(self): return 1\n    def g(this): return this[0]\n",
    "async def f(x): return x[0]\n",
    "def f(x): return x[0]\ndef f(x): return x[1]\ng = lambda x: f(x)\n",
    "x[0]", "np.sum(x)\n\n", "x", "x[2]", "a", "(x[0], x[1])", "x[0] = 1", "f(x)", "x[0]; x[1]",
]  # fmt: skip

CALL = "grad = numerical_gradient(f, np.array([X, Y]))\n"
AT = ROUTINE + PRODUCT + COARSE_GRID + "P = np.array([X, Y])\n"


def called(expressions):
    """Calls of both routines, each at one of these."""
    lines = [f"numerical_gradient(f, {one})\n_one(f, {one})\n" for one in expressions]
    return AT + "".join(lines)


EXPRESSIONS = lines_of("arrays, one a line")
ARRAYS = [called(EXPRESSIONS[k : k + 6]) for k in range(0, len(EXPRESSIONS), 6)]
ARRAYS += [
    f"{AT}{block}\n"
    for block in blocks_of("what is done with P, apart by an empty line")
]

PLOTS = [
    HILL.replace("np.exp(-X**2 - Y**2)", "X * Y + 1"),
    HILL.replace("np.exp(-X**2 - Y**2)", "np.hypot(X, Y) - np.sin(X)"),
    HILL.replace("np.exp(-X**2 - Y**2)", "g(X, Y)") + "def g(x, y): return x * y\n",
    HILL.replace("np.exp(-X**2 - Y**2)", "g(np.array([X, Y]))") + "def g(x): return x[0]\n",
    HILL.replace("np.exp(-X**2 - Y**2)", "g(p=(X, Y))") + "def g(p): return 1\n",
    HILL.replace("np.exp(-X**2 - Y**2)", "X + np.ones(9)"),
    HILL.replace("dx, dy =", "Z = np.maximum(Z, np.sin(Z))\ndx, dy ="),
    HILL.replace("(X, Y, dx, dy)", "(X, Y, dy, dx)"),
    HILL.replace("(X, Y, dx, dy)", "(Y, X, dx, dy)"),
    HILL.replace("(X, Y, dx, dy)", "(axis, Y, dx, dy)"),
    HILL.replace("(X, Y, dx, dy)", "(3, Y, -dx.copy(), -2 * dy)"),
    HILL.replace("(X, Y, dx, dy)", "(X, Y, -dx.copy(), -2 * dy, 1, units='xy')"),
    HILL.replace("(X, Y, dx, dy)", "(X, Y, dx.T, dy.transpose())"),
    HILL.replace("(Z, 0.5)", "(Z, 0.5, axis=0)"),
    HILL.replace("(Z, 0.5)", "(3)"),
    HILL.replace("dx, dy =", "[dx, dy] ="),
    HILL.replace("dx, dy =", "dx, dy, dz ="),
    HILL.replace("dx, dy = np", "a = b = np").replace("dx, dy)", "a[0], b[1])"),
    HILL.replace("9))\nZ", "9), indexing=how)\nZ"),
    HILL.replace("9))\nZ", "9), indexing='ab')\nZ"),
    HILL.replace("9))\nZ", "9), sparse=True)\nZ"),
    HILL.replace("np.linspace(-2, 2, 9), np.linspace(-2, 2, 9)", "3, x"),
    "import numpy as np\nX, Y = np.mgrid[:3, 1:4:0.5]\nP = np.array([X.ravel(), Y.ravel()])\n" + CALL,
    "import numpy as np\nX, Y = np.mgrid[0:3, 0:3]\nP = np.array([X.ravel(), Y.ravel()])\n"
    + ROUTINE
    + "numerical_gradient(f, P.T)\n",
    "X, Y = np.mgrid[0:3, 1]\nX = np.mgrid[0:3]\nX = np.mgrid[a:b, c:d:e]\nX = np.mgrid[::]\n",
    AT + "grad = numerical_gradient(f, P.T).T\n" + PLOT + "plt.quiver(X, Y, shade, shade)\n",
    *(AT + CALL + end for end in (PLOT, BY_COLUMNS, "plt.quiver(X, Y, grad, grad)\n")),
    *(
        ROUTINE + "def f(x): return x[0]\n" + GRID.replace("np.arange(-2, 2.5, 0.25)", axis) + CALL
        for axis in (
            "np.arange(0, 1, 0.01)", "np.arange(2000)", "np.arange(0)", "np.arange(3, 0, -1)",
            "np.arange(0, 1, 0)", "np.linspace(1e308, -1e308, 3)", "np.array([1, 2])", "a",
        )
    ),
]  # fmt: skip

ROUTINES = [
    IMPORTS + BY_COORDINATE.replace("P[0][i]", "P[0, i]").replace("P[1][i]", "P[1, i]"),
    IMPORTS
    + BY_NDITER.replace(
        "np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])", "np.ndindex(2)"
    ),
    IMPORTS
    + "def g(f, X):\n    for i in range(9): X[i] = f(X[i]) / f(X[i])\n    return X\n",
    IMPORTS + "def g(f, X):\n    return (f(X[:, 0]) - f(X[0])) / 2\n",
    IMPORTS
    + "def g(f, X):\n    for x in X: a = f(x) / f(x)\n    return [h(f, x) for x in X]\n",
    IMPORTS
    + "def g(f, x, h=1e-4): return (f(x[0] + h) - f(x[0] - h)) / (2*h)\n"
    + "def many(f, X):\n    for x in X:\n        g(f, x)\n        return x\n",
    IMPORTS
    + "def g(f, x, h=1e-4):\n    for i in x:\n        f(x) / f(x)\n        x[i] = 1\n        return i\n",
    IMPORTS
    + "def g(a, f, x, h=1e-400):\n    x[0] *= 2\n    return (f(x + h) - f(x)) / h\n",
    IMPORTS
    + "def g(x, f):\n    y = x.astype(int)\n    y[0] += 1\n    return f(y) / f(x)\n",
    IMPORTS + "def g(f, x):\n    x = np.asarray(x, float)\n    return f(x) / f(x)\n",
    IMPORTS
    + "def g(f, x):\n    x = np.array(x, dtype='d')\n    x = 1\n    return f(x) / f(x)\n",
    IMPORTS + "def g(f, x):\n    y = deepcopy(x)\n    z = y\n    return f(z) / f(y)\n",
    ONE_POINT.replace("x[idx] = float(kept) + h", "x[idx] = kept + 2*h*0.5")
    .replace("        x[idx] = kept\n", "")
    .replace("kept - h", "(kept) - h*3"),
    ONE_POINT.replace("        x[idx] = kept\n", "        x[idx] **= h\n"),
    ONE_POINT.replace("        x[idx] = kept\n", "        x[idx] += k\n"),
    ONE_POINT.replace("        x[idx] = kept\n", "        x[idx] = float(kept, 1)\n"),
    ONE_POINT.replace("        x[idx] = kept\n", "        x[idx] = np.array(kept)\n"),
    ONE_POINT.replace("x[idx]", "x[idx][0]").replace("        x[idx][0] = kept\n", ""),
    ONE_POINT.replace("x[idx]", "x[i*2+1]").replace("        x[i*2+1] = kept\n", ""),
    ONE_POINT.replace("x[idx]", "x[-1, a.b, 1:, ::2, :c]").replace(
        "        x[-1, a.b, 1:, ::2, :c] = kept\n", ""
    ),
    ONE_POINT.replace("grad[idx] = (", "grad = (").replace(
        "x[idx]", "x[(idx, 0), None]"
    ),
    ONE_POINT.replace("grad[idx] = (", "grad = other = ("),
    ONE_POINT.replace("grad[idx] = (", "grad = (").replace(
        "np.zeros_like(x)", "mine(x)"
    ),
    ONE_POINT.replace("h = 1e-4", "h = k = 1e-17; j: float = 2"),
    ONE_POINT.replace("    h = 1e-4\n", "").replace("(f, x)", "(f, x, h=-1e-17)"),
    ONE_POINT.replace("    h = 1e-4\n", "").replace("(f, x)", "(f, x, h=1e-17)"),
    ONE_POINT.replace("    h = 1e-4\n", ""),
    MANY_POINTS.replace("_one", "mine"),
    MANY_POINTS.replace("enumerate(X)", "enumerate()"),
    MANY_POINTS.replace("idx, x in enumerate(X)", "idx in enumerate(X)"),
    ROUTINE.replace(
        "grad[idx] = _one(f, x)\n    return", "grad[idx] = _one(f, x)\n        return"
    ),
    "from deep.gradient_2d import _numerical_gradient_no_batch as g\ng(f, np.array([[1], [2]]))\n",
    "from gradviz_core.book import numerical_gradient\n" + AT[len(ROUTINE) :] + CALL,
    "import gradient_2d\ngradient_2d.numerical_gradient(f, P)\n",
    "from ..ch04.gradient_2d import *\n" + CALL,
    "def numerical_gradient(f, X): pass\n" + CALL,
]

# A few steps are tried in a moment, and what is rare in these does not ask for more.
DESCENT = DESCENT.replace("step_num=100", "step_num=3")

CHANGED = [
    ROUTINE + DESCENT + "start = np.array([3., 4.])\nfor k in a:\n    gradient_descent(f, start)\n",
    ROUTINE + DESCENT + "for k in a:\n    s = np.array([3., 4.])\n    gradient_descent(f, s)\n",
    ROUTINE + DESCENT + "s = 1\ngradient_descent(f, s); s = 2; print(s)\n",
    ROUTINE + DESCENT + "s = 1\ngradient_descent(f, s)\ns, t = 2, s\n",
    ROUTINE + DESCENT + "s = 1\ngradient_descent(f, s)\nprint(f'{s}')\n",
    ROUTINE + DESCENT + "s = 1\nwhile 1:\n    gradient_descent(f, init_x=s)\n",
    ROUTINE + DESCENT + "gradient_descent(f, s)\n",
    ROUTINE + DESCENT.replace("x = init_x", "x = y = init_x"),
    ROUTINE + DESCENT.replace("x -= ", "x[0] -= "),
    ROUTINE + DESCENT.replace("(f, x)", "(f, x + 1)"),
    ROUTINE + DESCENT.replace("numerical_gradient(f, x)", "numerical_gradient(f)"),
    ROUTINE + TANGENT.replace("d*x", "x*d"),
    ROUTINE + TANGENT.replace("d*x", "d*2"),
    ROUTINE + TANGENT.replace("f(x) - d*x", "y - d*x"),
    ROUTINE + TANGENT.replace("import numpy as np", "from numpy import *"),
    TANGENT + "from gradient_2d import numerical_gradient\n",
    ROUTINE + TANGENT.replace("return lambda t: d*t + y", "return lambda t: f'{d*t}' + t*d"),
    ROUTINE + "def t(f, x):\n    d = numerical_gradient(f, x)\n    print(f'{f(x) - d*x}')\n",
    ROUTINE + PRODUCT + "for k in range(2): numerical_gradient(f, np.array([3, 4]))  # gradviz:ignore [integer]\n",
    ROUTINE + PRODUCT + "_one(f, np.array([3, 4]))  # gradviz: ignore[ layout,integer ]\n",
    ROUTINE + PRODUCT + "_one(f, np.array([3, 4]))  # gradviz: ignore[layout]\n",
    ROUTINE + PRODUCT + "_one(f, np.array([3, 4]))  # gradviz: ignore please\n",
    ROUTINE + PRODUCT + "_one(f, np.array([3, " + "4, " * 800 + "]))\n",
    ROUTINE + PRODUCT + "_one(f, np.array([3,\n 4]\n))\n",
    ROUTINE + PRODUCT + "_one(f, np.array((3, 4)))\n_one(f, [3, 4])\n_one(f, np.array([3, -(4)]))\n",
    "numerical_gradient(f, np.array([X, Y]))\nX = 1\n",
    "numerical_gradient(f, np.array([ X,Y ], float))\nnumerical_gradient(f, np.array(object=[X, Y]))\n",
    "numerical_gradient(f, np.array((X, Y)))\nnumerical_gradient(f, array([X, Y]))\n",
]  # fmt: skip

RARE = [*FUNCTIONS, *ARRAYS, *PLOTS, *ROUTINES, *CHANGED]
