"""Scripts as readers have them, and what is to be found in each.

A script is made of the parts of the book's own: a routine, a function, a grid, a call, a
plot. What a case changes stands in it; the rest is right.
"""

from dataclasses import dataclass

IMPORTS = """\
import numpy as np
import matplotlib.pyplot as plt
"""
ONE_POINT = """\
def _one(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    for idx in range(x.size):
        kept = x[idx]
        x[idx] = float(kept) + h
        ahead = f(x)
        x[idx] = kept - h
        behind = f(x)
        grad[idx] = (ahead - behind) / (2*h)
        x[idx] = kept
    return grad
"""
MANY_POINTS = """\
def numerical_gradient(f, X):
    if X.ndim == 1:
        return _one(f, X)
    grad = np.zeros_like(X)
    for idx, x in enumerate(X):
        grad[idx] = _one(f, x)
    return grad
"""
ROUTINE = IMPORTS + ONE_POINT + MANY_POINTS
PRODUCT = """\
def f(x):
    return x[0] * x[1]
"""
SQUARES = """\
def f(x):
    return np.sum(x**2)
"""
GRID = """\
axis = np.arange(-2, 2.5, 0.25)
X, Y = np.meshgrid(axis, axis)
X = X.flatten()
Y = Y.flatten()
"""
WHOLE_GRID = GRID.replace("np.arange(-2, 2.5, 0.25)", "np.arange(-2, 3)")
SHORT_GRID = GRID + "X, Y = X.astype(np.float32), Y.astype(np.float32)\n"
PLOT = "plt.quiver(X, Y, -grad[0], -grad[1])\n"
BY_COLUMNS = "plt.quiver(X, Y, -grad[:, 0], -grad[:, 1])\n"
NAMED = "def main():\n"

# A routine that wants coordinates, as other books have it.
BY_COORDINATE = """\
def numerical_gradient(f, P):
    h = 1e-4
    gx = np.zeros(P.shape[1])
    gy = np.zeros(P.shape[1])
    for i in range(P.shape[1]):
        gx[i] = (f(P[0][i] + h, P[1][i]) - f(P[0][i] - h, P[1][i])) / (2*h)
        gy[i] = (f(P[0][i], P[1][i] + h) - f(P[0][i], P[1][i] - h)) / (2*h)
    return gx, gy
"""
# One that takes any array for one point.
BY_NDITER = """\
def numerical_gradient(f, x):
    h = 1e-4
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        idx = it.multi_index
        kept = x[idx]
        x[idx] = kept + h
        ahead = f(x)
        x[idx] = kept - h
        behind = f(x)
        grad[idx] = (ahead - behind) / (2*h)
        x[idx] = kept
        it.iternext()
    return grad
"""
# A class has methods of the same names.
METHODS = """\
class Network:
    def _one(self, x, t):
        return x - t
    def numerical_gradient(self, x, t):
        return numerical_gradient(lambda W: self.loss(W), self.W)
"""
TOO_SHORT = """\
def numerical_diff(f, x):
    h = 10e-50
    return (f(x + h) - f(x)) / h
"""
DESCENT = """\
def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = init_x
    for _ in range(step_num):
        slopes = numerical_gradient(f, x)
        x -= lr * slopes
    return x
"""
TANGENT = """\
def tangent_line(f, x):
    d = numerical_gradient(f, x)
    y = f(x) - d*x
    return lambda t: d*t + y
"""
HILL = """\
import numpy as np
import matplotlib.pyplot as plt
X, Y = np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))
Z = np.exp(-X**2 - Y**2)
dx, dy = np.gradient(Z, 0.5)
plt.quiver(X, Y, dx, dy)
"""


@dataclass(frozen=True)
class Expected:
    """A finding: its code and severity, the text of its line, and the mended lines."""

    code: str
    severity: str
    at: str  # what stands in its line
    fix: str | None


def call(text):
    return f"grad = numerical_gradient({text}\n"


def error(code, at, fix):
    return Expected(code, "error", at, fix)


WITHOUT = call("f, np.array([X, Y]))")
WITH_BOTH = call("f, np.array([X, Y]).T).T")
MENDED = WITH_BOTH.strip()

CASES = {
    "without both": (
        ROUTINE + PRODUCT + GRID + WITHOUT + PLOT,
        [error("layout", WITHOUT.strip(), MENDED)],
    ),
    "told to be silent of something else": (
        ROUTINE
        + PRODUCT
        + GRID
        + WITHOUT.replace("\n", "  # gradviz: ignore[integer]\n")
        + PLOT,
        [error("layout", WITHOUT.strip(), MENDED + "  # gradviz: ignore[integer]")],
    ),
    "right by luck": (
        ROUTINE + SQUARES + GRID + WITHOUT + PLOT,
        [error("layout", WITHOUT.strip(), MENDED)],
    ),
    "in a variable": (
        ROUTINE + PRODUCT + GRID + "P = np.vstack((X, Y))\n" + call("f, P)") + PLOT,
        [error("layout", call("f, P)").strip(), call("f, P.T).T").strip())],
    ),
    "over several lines": (
        ROUTINE + PRODUCT + GRID + call("\n    f,\n    np.array([X, Y])\n)") + PLOT,
        [
            error(
                "layout",
                "grad = numerical_gradient(",
                call("\n    f,\n    np.array([X, Y]).T\n).T").strip(),
            )
        ],
    ),
    "read by columns": (
        ROUTINE + PRODUCT + GRID + WITHOUT + BY_COLUMNS,
        [error("layout", WITHOUT.strip(), call("f, np.array([X, Y]).T)").strip())],
    ),
    "a lambda": (
        ROUTINE + GRID + call("lambda x: x[0] * x[1], np.array([X, Y]))") + PLOT,
        [
            error(
                "layout",
                "lambda x",
                call("lambda x: x[0] * x[1], np.array([X, Y]).T).T").strip(),
            )
        ],
    ),
    "methods of the same names": (
        IMPORTS
        + ONE_POINT
        + METHODS
        + MANY_POINTS
        + PRODUCT
        + GRID
        + WITHOUT
        + PLOT
        + METHODS,
        [
            error("layout", WITHOUT.strip(), MENDED),
        ],
    ),
    "a routine that is replaced further down": (
        ROUTINE + PRODUCT + GRID + WITHOUT + PLOT + BY_NDITER,
        [error("layout", WITHOUT.strip(), MENDED)],
    ),
    "a routine that replaces an imported one": (
        "from common.gradient import numerical_gradient\n"
        + ROUTINE
        + PRODUCT
        + GRID
        + WITHOUT
        + PLOT,
        [error("layout", WITHOUT.strip(), MENDED)],
    ),
    "another name for the routine": (
        ROUTINE
        + PRODUCT
        + GRID
        + "slopes = numerical_gradient\n"
        + "grad = slopes(f, np.array([X, Y]))\n"
        + PLOT,
        [error("layout", "slopes(f", "grad = slopes(f, np.array([X, Y]).T).T")],
    ),
    "NumPy by way of another module": (
        "import shared as s\n"
        + (ROUTINE + PRODUCT + GRID + WITHOUT + PLOT)
        .replace(IMPORTS, "")
        .replace("np.", "s.np.")
        .replace("plt.", "s.plt."),
        [
            error(
                "layout",
                "s.np.array([X, Y])",
                MENDED.replace("np.", "s.np."),
            )
        ],
    ),
    "the book's own module": (
        "from gradient_2d import numerical_gradient\n"
        + IMPORTS
        + PRODUCT
        + GRID
        + WITHOUT
        + PLOT,
        [error("layout", WITHOUT.strip(), MENDED)],
    ),
    "another module": (
        "from mine import numerical_gradient\n" + IMPORTS + PRODUCT + GRID + WITHOUT,
        [Expected("layout", "note", WITHOUT.strip(), None)],
    ),
    "only the call": (
        WITHOUT,
        [Expected("layout", "note", WITHOUT.strip(), None)],
    ),
    "only the argument is turned": (
        ROUTINE + PRODUCT + GRID + call("f, np.array([X, Y]).T)") + PLOT,
        [error("half-fix", "np.array([X, Y]).T)", MENDED)],
    ),
    "only the result is turned": (
        ROUTINE + PRODUCT + GRID + call("f, np.array([X, Y])).T") + PLOT,
        [error("half-fix", "np.array([X, Y])).T", MENDED)],
    ),
    "whole numbers at a point": (
        ROUTINE + PRODUCT + "x = np.array([3, 4])\ngrad = numerical_gradient(f, x)\n",
        [
            error(
                "integer",
                "numerical_gradient(f, x)",
                "grad = numerical_gradient(f, x.astype(float))",
            )
        ],
    ),
    "whole numbers in the call": (
        ROUTINE + PRODUCT + call("f, np.array([3, -4]))"),
        [error("integer", "3, -4", call("f, np.array([3.0, -4.0]))").strip())],
    ),
    "whole numbers to a routine elsewhere": (
        "numerical_gradient(f, np.array([3, 4]))\n",
        [Expected("integer", "note", "np.array([3, 4])", None)],
    ),
    "indented as a whole": (
        "".join(
            f"    {line}\n" for line in (ROUTINE + PRODUCT + GRID + WITHOUT).split("\n")
        ),
        [error("layout", WITHOUT.strip(), "    " + MENDED)],
    ),
    "whole numbers to another base": (
        ROUTINE + PRODUCT + call("f, np.array([0x10, -4]))"),
        [
            error(
                "integer",
                "0x10",
                call("f, np.array([0x10, -4]).astype(float))").strip(),
            )
        ],
    ),
    "whole numbers in a grid": (
        ROUTINE + PRODUCT + WHOLE_GRID + WITH_BOTH + PLOT,
        [
            error(
                "integer",
                WITH_BOTH.strip(),
                call("f, np.array([X, Y]).T.astype(float)).T").strip(),
            )
        ],
    ),
    "whole numbers through a descent": (
        ROUTINE
        + PRODUCT
        + DESCENT.replace("x = init_x", "x = init_x.copy()")
        + "gradient_descent(f, np.array([-3, 4]))\n",
        [error("integer", "[-3, 4]", "gradient_descent(f, np.array([-3.0, 4.0]))")],
    ),
    "float32": (
        ROUTINE + PRODUCT + SHORT_GRID + WITH_BOTH + PLOT,
        [
            error(
                "low-precision",
                WITH_BOTH.strip(),
                call("f, np.array([X, Y]).T.astype(float)).T").strip(),
            )
        ],
    ),
    "the start used again": (
        ROUTINE + PRODUCT + DESCENT + "start = np.array([-3.0, 4.0])\n"
        "gradient_descent(f, start, lr=0.1)\ngradient_descent(f, start, lr=10)\n",
        [Expected("in-place", "warning", "x = init_x", "    x = init_x.copy()")],
    ),
    "the start used once": (
        ROUTINE + PRODUCT + DESCENT + "start = np.array([-3.0, 4.0])\n"
        "gradient_descent(f, start, lr=0.1)\n",
        [Expected("in-place", "note", "x = init_x", "    x = init_x.copy()")],
    ),
    "an argument that is not used": (
        ROUTINE + "W = np.zeros(3)\nf = lambda w: net.loss(x, t)\n"
        "numerical_gradient(f, W)\n",
        [Expected("ignored-argument", "note", "lambda w", None)],
    ),
    "a column": (
        ROUTINE + PRODUCT + "x = np.array([[3.0], [4.0]])\n_one(f, x)\n",
        [error("column-vector", "_one(f, x)", "_one(f, x.ravel())")],
    ),
    "the tangent plane": (
        ROUTINE + PRODUCT + TANGENT + "tangent_line(f, np.array([3.0, 4.0]))\n",
        [
            error(
                "tangent",
                "d*x",
                "    y = f(x) - np.sum(d*x)\n    return lambda t: np.sum(d*t) + y",
            )
        ],
    ),
    "the tangent plane, not called": (
        ROUTINE + PRODUCT + TANGENT,
        [
            Expected(
                "tangent",
                "note",
                "d*x",
                "    y = f(x) - np.sum(d*x)\n    return lambda t: np.sum(d*t) + y",
            )
        ],
    ),
    "a step that is lost": (
        ROUTINE.replace("h = 1e-4", "h = 10e-50") + PRODUCT,
        [error("absorption", "10e-50", "    h = 1e-4")],
    ),
    "a step that is lost, in a routine that is replaced only then": (
        TOO_SHORT
        + "numerical_diff(lambda x: x**2, 5)\n"
        + TOO_SHORT.replace("10e-50", "1e-4"),
        [error("absorption", "10e-50", "    h = 1e-4")],
    ),
    "no parentheses": (
        ROUTINE.replace("(2*h)", "2*h") + PRODUCT,
        [
            error(
                "precedence",
                "/ 2*h",
                "        grad[idx] = (ahead - behind) / (2*h)",
            )
        ],
    ),
    "a return in the loop": (
        ROUTINE.replace("= kept\n    return grad", "= kept\n        return grad"),
        [error("early-return", "        return grad", "    return grad")],
    ),
    "not put back": (
        ROUTINE.replace("        x[idx] = kept\n", ""),
        [
            error(
                "not-restored",
                "grad[idx] =",
                "        grad[idx] = (ahead - behind) / (2*h)\n        x[idx] = kept",
            )
        ],
    ),
    "not put back, by two indices": (
        ROUTINE.replace("x[idx]", "x[ idx,0 ]").replace(
            "        x[ idx,0 ] = kept\n", ""
        ),
        [
            error(
                "not-restored",
                "grad[idx] =",
                "        grad[idx] = (ahead - behind) / (2*h)\n        x[idx, 0] = kept",
            )
        ],
    ),
    "not put back, step by step": (
        IMPORTS
        + ONE_POINT.replace("x[idx] = float(kept) + h", "x[idx] += h")
        .replace("x[idx] = kept - h", "x[idx] -= 2*h")
        .replace("        x[idx] = kept\n", ""),
        [
            error(
                "not-restored",
                "grad[idx] =",
                "        grad[idx] = (ahead - behind) / (2*h)\n        x[idx] = kept",
            )
        ],
    ),
    "no index": (
        ROUTINE.replace("grad[idx] = (ahead", "grad = (ahead"),
        [
            error(
                "lost-index",
                "grad = (ahead",
                "        grad[idx] = (ahead - behind) / (2*h)",
            )
        ],
    ),
    "within a text": (
        ROUTINE
        + PRODUCT
        + "print(f'{1}', f'{numerical_gradient(f, np.array([3, 4]))}')\n",
        [error("integer", "np.array([3, 4])", None)],
    ),
    "np.gradient, under three names": (
        HILL.replace("dx, dy =", "slopes = dx, dy ="),
        [
            error(
                "axis-order",
                "plt.quiver",
                "plt.quiver(X, Y, dy, dx)",
            )
        ],
    ),
    "np.gradient": (
        HILL,
        [error("axis-order", "np.gradient", "dy, dx = np.gradient(Z, 0.5)")],
    ),
    "np.gradient, taken apart later": (
        HILL.replace("dx, dy = np", "slopes = np").replace(
            "dx, dy)", "-slopes[0], -slopes[1])"
        ),
        [
            error(
                "axis-order",
                "plt.quiver",
                "plt.quiver(X, Y, -slopes[1], -slopes[0])",
            )
        ],
    ),
}

# In these nothing is wrong.
RIGHT = {
    "a routine that replaces another one": ROUTINE
    + PRODUCT
    + BY_NDITER
    + GRID
    + WITHOUT
    + PLOT,
    "an import that replaces a routine": ROUTINE
    + PRODUCT
    + "from common.gradient import numerical_gradient\n"
    + GRID
    + WITHOUT
    + PLOT,
    "a bad example that nothing calls": TOO_SHORT.replace("diff", "diff_bad")
    + TOO_SHORT.replace("10e-50", "1e-4"),
    "a bad example that is replaced": TOO_SHORT + TOO_SHORT.replace("10e-50", "1e-4"),
    "both .T": ROUTINE + PRODUCT + GRID + WITH_BOTH + PLOT,
    "read by columns": ROUTINE
    + PRODUCT
    + GRID
    + call("f, np.array([X, Y]).T)")
    + BY_COLUMNS,
    "a transpose on a line of its own": ROUTINE
    + PRODUCT
    + GRID
    + call("\n    f,\n    np.array([X, Y])\n    .T\n)")
    + "grad = grad.T\n"
    + PLOT,
    "np.transpose": ROUTINE
    + PRODUCT
    + GRID
    + "grad = np.transpose(numerical_gradient(f, np.transpose(np.array([X, Y]))))\n"
    + PLOT,
    "column_stack": ROUTINE
    + PRODUCT
    + GRID
    + call("f, np.column_stack([X, Y])).T")
    + PLOT,
    "a call in a comment": ROUTINE + PRODUCT + GRID + "# " + WITHOUT + WITH_BOTH + PLOT,
    "a call in a text": ROUTINE + PRODUCT + f'"""\n{WITHOUT}"""\n',
    "a routine for coordinates": IMPORTS
    + BY_COORDINATE
    + GRID
    + call("lambda a, b: a*b, np.array([X, Y]))")
    + PLOT,
    "a routine for one array": IMPORTS + BY_NDITER + SQUARES + GRID + WITHOUT + PLOT,
    "the book's routine for one array": "from common.gradient import numerical_gradient\n"
    + IMPORTS
    + SQUARES
    + GRID
    + WITHOUT
    + PLOT,
    "SciPy": IMPORTS
    + "from scipy.differentiate import jacobian\n"
    + PRODUCT
    + GRID
    + "grad = jacobian(f, np.array([X, Y])).df\n"
    + PLOT,
    "a routine that converts": ROUTINE.replace(
        "    if X.ndim", "    X = X.astype(float)\n    if X.ndim"
    )
    + PRODUCT
    + call("f, np.array([3, 4]))"),
    "a new array in each step": ROUTINE
    + PRODUCT
    + DESCENT.replace("x -= lr * slopes", "x = x - lr * slopes")
    + "start = np.array([-3.0, 4.0])\ngradient_descent(f, start)\nprint(start)\n",
    "a copy of the start": ROUTINE
    + PRODUCT
    + DESCENT.replace("x = init_x", "x = init_x.copy()")
    + "start = np.array([-3.0, 4.0])\ngradient_descent(f, start)\nprint(start)\n",
    "two divisions": ROUTINE.replace("/ (2*h)", "/ 2 / h") + PRODUCT,
    "put back step by step": IMPORTS
    + ONE_POINT.replace("x[idx] = float(kept) + h", "x[idx] += h")
    .replace("x[idx] = kept - h", "x[idx] -= 2*h")
    .replace("        x[idx] = kept\n", "        x[idx] += h\n"),
    "a copy in each turn": IMPORTS
    + """\
def gradient(f, x, h=1e-4):
    grad = np.zeros(len(x))
    for i in range(len(x)):
        ahead = x.astype(float)
        behind = x.astype(float)
        ahead[i] += h
        behind[i] -= h
        grad[i] = (f(ahead) - f(behind)) / (2 * h)
    return grad
gradient(lambda x: x[0] * x[1], np.array([3, 4]))
""",
    "mgrid": HILL.replace(
        "np.meshgrid(np.linspace(-2, 2, 9), np.linspace(-2, 2, 9))",
        "np.mgrid[-2:2:9j, -2:2:9j]",
    ),
    "indexing ij": HILL.replace("(-2, 2, 9))", "(-2, 2, 9), indexing='ij')"),
    "the second slope first": HILL.replace("dx, dy = np", "dy, dx = np"),
    "floats": ROUTINE + PRODUCT + "numerical_gradient(f, np.array([3., 4]))\n",
    "told to be silent": ROUTINE
    + PRODUCT
    + GRID
    + WITHOUT.replace("\n", "  # gradviz: ignore[layout]\n")
    + PLOT,
    "told to be silent of all": ROUTINE
    + PRODUCT
    + GRID
    + WITHOUT.replace("\n", "  # gradviz: ignore\n")
    + PLOT,
    "the tangent of a curve": IMPORTS
    + """\
def numerical_diff(f, x):
    h = 1e-4
    return (f(x + h) - f(x - h)) / (2*h)
def tangent_line(f, x):
    d = numerical_diff(f, x)
    y = f(x) - d*x
    return lambda t: d*t + y
tangent_line(lambda x: x**2, 5)
""",
    "points in a list": ROUTINE
    + PRODUCT
    + "P = np.array([[a, b] for a in range(3) for b in range(3)], float)\n"
    + "numerical_gradient(f, P)\n",
    "a single point by its coordinates": ROUTINE
    + PRODUCT
    + "def at(x, y):\n    return numerical_gradient(f, np.array([x, y]))\nat(3.0, 4.0)\n",
}
