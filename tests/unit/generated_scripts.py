"""Scripts at random: the parts of the book's own in any combination, typed in any way.

What is made need not run, and need not even be Python: both readers have to say the same
of it.
"""

import io
import re
import tokenize
from random import Random

from unit.script_cases import (
    BY_COLUMNS,
    BY_COORDINATE,
    BY_NDITER,
    CASES,
    DESCENT,
    GRID,
    HILL,
    IMPORTS,
    MANY_POINTS,
    ONE_POINT,
    PLOT,
    PRODUCT,
    RIGHT,
    SHORT_GRID,
    SQUARES,
    TANGENT,
    WHOLE_GRID,
)
from unit.script_functions import FUNCTIONS, UNSPELLABLE

FIRST_LINES = [
    IMPORTS,
    "import numpy\nimport numpy as np, math\n",
    "from numpy import *\nfrom math import sqrt as root\n",
    "import jax.numpy as np\nimport matplotlib.pyplot as plt\n",
    "from gradient_2d import numerical_gradient\nimport numpy as np\n",
    "from common.gradient import numerical_gradient, numerical_gradient_2d as g2\n",
    "%matplotlib inline\n!pip install numpy\nimport numpy as np\n",
    '"""What it does."""\n',
    "",
]

ROUTINES = [
    ONE_POINT + MANY_POINTS,
    BY_COORDINATE,
    BY_NDITER,
    ONE_POINT,
    MANY_POINTS.replace("_one", "numerical_gradient_1d"),
    """\
def numerical_gradient(f, X, h=1e-4):
    grad = np.zeros_like(X)
    for k, x in enumerate(X):
        for i in range(x.size):
            x[i] += h
            ahead = f(x)
            x[i] -= 2*h
            grad[k, i] = (ahead - f(x)) / (2*h)
            x[i] += h
    return grad
""",
    """\
def numerical_gradient(f, X):
    X = X.astype(float)
    h, grad = 1e-4, np.zeros_like(X)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            kept = float(X[i, j])
            X[i, j] = kept + h
            ahead = f(X[i])
            X[i, j] = kept - h
            grad[i, j] = (ahead - f(X[i])) / (2*h)
            X[i, j] = kept
    return grad
""",
    "",
]

# Slips within a routine, and other ways to write it.
CHANGES = [
    ("h = 1e-4", "h = 1e-50"),
    ("h = 1e-4", "h = 0.0001 # h"),
    ("(2*h)", "2*h"),
    ("(2*h)", "(h*2.)"),
    ("/ (2*h)", "/ 2 / h"),
    ("= kept\n    return grad", "= kept\n        return grad"),
    ("        x[idx] = kept\n", ""),
    ("x[idx] = float(kept) + h", "x[ idx ] += h"),
    ("x[idx] = kept - h", "x[idx] -= 2*h"),
    ("grad[idx] = (", "grad = ("),
    ("kept = x[idx]", "kept = float(x[idx])"),
    ("(f, x)", "(f, x, /)"),
    ("(f, X)", "(func, X, *, h=1)"),
    ("np.zeros_like(x)", "np.zeros_like(x, dtype=np.float64)"),
    ("grad = np.zeros_like(X)", "X = np.array(X, dtype='float64'); grad = X.copy()"),
]

GRIDS = [
    GRID,
    WHOLE_GRID,
    SHORT_GRID,
    GRID.replace("np.arange(-2, 2.5, 0.25)", "np.linspace(-2, 2, num=9)"),
    GRID.replace(".flatten()", ".ravel()").replace("axis, axis", "axis, -axis"),
    "X, Y = np.mgrid[-2:2:0.5, -2:2:0.5]\nX, Y = X.reshape(-1), np.ravel(Y)\n",
    "P = np.array([[a, b] for a in range(3) for b in range(3)], float)\n",
    "x0 = np.arange(9) / 2\nX, Y = [a.flatten() for a in np.meshgrid(x0, x0)]\n",
    "if True:\n    axis = np.arange(4)\nelse:\n    axis = np.arange(4)\n"
    "X, Y = np.meshgrid(axis, axis, indexing='ij')\nX = X.flatten(); Y = Y.flatten()\n",
    "",
]

ARRAYS = [
    "np.array([X, Y])",
    "np.array([X, Y]).T",
    "np.vstack((X, Y))",
    "np.column_stack([X, Y])",
    "np.stack([X, Y], axis=1)",
    "np.array([X, Y]) + 1.5",
    "np.array([X, Y]).transpose()",
    "np.array([3, -4])",
    "np.array([3.0, 4])",
    "np.array([0x10, - 4])",
    "np.array([[3.0], [4.0]])",
    "np.array([3, 4])[:, None]",
    "np.array([3, 4], dtype=np.float32)",
    "np.array([1, 2]).astype('f4')",
    "np.zeros(2)",
    "P",
    "P.T",
    "(X)",
    "*P",
]

CALLED = [
    "numerical_gradient(f, {})",
    "numerical_gradient(f, {}).T",
    "numerical_gradient(lambda x: x[0] * x[1], {})",
    "numerical_gradient(lambda w: net.loss(t), {}).T",
    "numerical_gradient(f=f, X={})",
    "np.transpose(numerical_gradient(f, {}))",
    "_one(f, {})",
    "numerical_gradient(\n    f,\n    {}  # all points\n)",
    "numerical_gradient(f, {}) * 2",
]

USES = [
    "grad = {}\n",
    "grad = {}\n",
    "gx, gy = {}\n",
    "print({}, f'{{grad[0]!r:>9}} and {{grad[0]=}}')\n",
    "def main():\n    grad = {}\n    return grad\nif __name__ == '__main__':\n    main()\n",
    "for k in range(3):\n    grad = {}\n    X -= 0.1 * grad[0]\n",
    "try:\n    grad = {}\nexcept (ValueError, TypeError) as error:\n    raise\n",
    "class Net:\n    def gradient(self, x):\n        return {}\n",
    "with np.errstate(all='ignore'): grad = {}\n",
]

ENDS = [
    PLOT,
    BY_COLUMNS,
    PLOT.replace("-grad", "grad"),
    "gx, gy = grad\nplt.quiver(X, Y, gx, -gy, angles='xy')\n",
    "grad = grad.T\n" + PLOT,
    DESCENT
    + "start = np.array([-3.0, 4.0])\ngradient_descent(f, start)\nprint(start)\n",
    DESCENT + "gradient_descent(f, np.array([-3, 4]), lr=0.1)\n",
    DESCENT.replace("x -=", "x = x -") + "gradient_descent(f, init_x=P)\n",
    TANGENT + "tangent_line(f, np.array([3.0, 4.0]))\n",
    TANGENT.replace("lambda t: d*t + y", "lambda t: print(f'{d*t}')"),
    HILL,
    HILL.replace("dx, dy = np", "slopes = np").replace("dx, dy)", "*slopes)"),
    HILL.replace("np.linspace(-2, 2, 9)", "np.arange(5)"),
    "match grad:\n    case [gx, gy] if gx is not None:\n        pass\n    case _:\n        f(X)\n",
    "",
]

NAMES = {
    "f": ["f", "func", "function_2", "𝐟", "ｆ"],
    "x": ["x", "w", "xs", "x_1"],
    "X": ["X", "P0", "点"],
    "grad": ["grad", "g", "dF", "傾き"],
    "idx": ["idx", "i", "k"],
    "kept": ["kept", "tmp_val", "old"],
    "np": ["np", "np", "np", "numpy"],
    "numerical_gradient": ["numerical_gradient", "numerical_gradient", "nabla"],
    "start": ["start", "init_x"],
}

COMMENTS = [
    "# 勾配",
    "# ＃ １",
    "# 😀 𝒙",
    "# gradviz: ignore",
    "# gradviz: ignore[layout]",
]


def expression(random, depth=0):
    """An expression in x, or in what else a function may know."""
    leaves = [
        "x",
        "x[0]",
        "x[1]",
        "x[-1]",
        "2",
        "0.5",
        "1e3",
        "1_0",
        "a",
        "t",
        "np.pi",
        "PI",
    ]
    if depth > 3 or random.random() < 0.2:
        return random.choice(leaves)
    inner = [expression(random, depth + 1) for _ in range(2)]
    kind = random.randrange(12)
    if kind == 9:
        return f"({inner[0]} if {comparison(random, depth)} else {inner[1]})"
    if kind == 10:
        form = random.choice(
            ["np.where({2}, {0}, {1})", "np.clip({0}, -1, {1})", "({0}).clip(-1, 2)"]
        )
        return form.format(*inner, comparison(random, depth))
    if kind == 11:
        arrays = ["w", "A", "w[1]", "A[0, 1]", "A.T", "x[:2]", "x[..., 0]", "[1, 2.5]"]
        forms = ["{}", "({} @ x)", "np.dot({}, x)", "np.sum({} * x)", "(x @ {} @ x)"]
        return random.choice(forms).format(random.choice(arrays))
    if kind < 3:
        return (
            f"{inner[0]}{random.choice(['+', ' - ', '*', '/', '**', ' @ '])}{inner[1]}"
        )
    if kind == 3:
        return f"({inner[0]})"
    if kind == 4:
        return f"-{inner[0]}"
    if kind == 5:
        name = random.choice(
            ["np.sin", "np.exp", "math.sqrt", "abs", "float", "h", "sqrt"]
        )
        return f"{name}({inner[0]})"
    if kind == 6:
        name = random.choice(
            ["np.sum", "np.max", "sum", "len", "np.linalg.norm", "max"]
        )
        return f"{name}({inner[0]}{random.choice(['', '', ', axis=0', ', 0', ', ' + inner[1]])})"
    if kind == 7:
        return (
            f"({inner[0]}).{random.choice(['sum()', 'T', 'copy()', 'size', 'dot(x)'])}"
        )
    return random.choice(
        [
            f"sum({inner[0]} for t in x)",
            f"np.sum([{inner[0]}, {inner[1]}])",
            f"np.maximum({inner[0]}, {inner[1]})",
            f"(lambda a: {inner[0]})({inner[1]})",
            f"[{inner[0]}, {inner[1]}][0]",
        ]
    )


def comparison(random, depth):
    """A condition, of numbers or of arrays, or of more than one."""
    sides = [expression(random, max(depth + 1, 3)) for _ in range(3)]
    form = random.choice(
        ["{0} {3} {1}"] * 6
        + ["({0} {3} {1}) & (x > {2})", "{0} {3} {1} and not {2} > 0", "{0}", "mask"]
    )
    sign = random.choice(["<", "<=", ">", ">=", "==", "!="])
    return form.format(*sides, sign)


def function(random):
    """A function of one argument, in several statements."""
    kind = random.randrange(6)
    if kind == 0:
        return random.choice([PRODUCT, SQUARES])
    if kind == 1:
        unspellable = [text for text, _, _ in UNSPELLABLE.values()]
        return random.choice([*FUNCTIONS.values(), *unspellable])
    if kind == 2:
        return f"f = lambda x: {expression(random)}\n"
    lines = ["PI = 3.14\n", "w = np.array([1.5, -2])\n"]
    lines.append("A = np.array([[1.0, 2.0], [-0.5, 3.0]])\n")
    lines += ["def h(t, c=2): return t**c\n", "def f(x):\n"]
    for _ in range(random.randrange(4)):
        lines.append(
            random.choice(
                [
                    f"    a = {expression(random)}\n",
                    f"    a, t = {expression(random)}, {expression(random)}\n",
                    f"    a += {expression(random)}\n",
                    "    a, t = x\n",
                    "    x = np.array(x)\n",
                    f"    for t in x: a += {expression(random)}\n",
                    f"    for i in range(len(x)):\n        a += x[i] * {expression(random)}\n",
                    f"    for k in range(2):\n        a *= {expression(random)}\n",
                    f"    if x.ndim == 1: return {expression(random)}\n",
                    f"    if {comparison(random, 0)}: return {expression(random)}\n",
                    f"    if {comparison(random, 0)}:\n        a = {expression(random)}\n"
                    f"    else: a = {expression(random)}\n",
                    f"    mask = {comparison(random, 0)}\n",
                    "    assert x.shape == (2,)\n",
                    "    print('here')  # said\n",
                ]
            )
        )
    return "".join([*lines, f"    return {expression(random)}\n"])


def script(seed):
    """A script by its seed."""
    random = Random(seed)
    if seed % 4 == 0:
        text = random.choice([text for text, _ in CASES.values()] + [*RIGHT.values()])
    else:
        used = random.choice(CALLED).format(random.choice(ARRAYS))
        parts = [
            random.choice(FIRST_LINES),
            random.choice(ROUTINES),
            function(random),
            random.choice(GRIDS),
            random.choice(USES).format(used),
            random.choice(ENDS),
        ]
        if random.random() < 0.1:
            random.shuffle(parts)
        text = "".join(parts)
    for old, new in random.sample(CHANGES, 3):
        if random.random() < 0.4:
            text = text.replace(old, new)
    return retyped(random, text)


def retyped(random, text):
    """The same script with other names, and typed in another way."""
    for name, others in NAMES.items():
        text = re.sub(rf"\b{name}\b", random.choice(others), text)
    lines = text.split("\n")
    if random.random() < 0.5:
        lines = [commented(random, line) for line in lines]
    if random.random() < 0.3:
        lines = [re.sub(r"^( *)(\w+ = )", r"\1s = '😀é'; \2", line) for line in lines]
    if random.random() < 0.2:
        lines = [line.replace("    ", "\t") for line in lines]
    if random.random() < 0.1:
        lines = [f"{'... ' if line[:1] in ' ' else '>>> '}{line}" for line in lines]
    return random.choice(["\n", "\n", "\r\n", "\r"]).join(lines)


def commented(random, line):
    """A line with a comment behind it, or with an empty line before it."""
    if random.random() < 0.15:
        return f"{line}  {random.choice(COMMENTS)}"
    if random.random() < 0.05:
        return f"\n{line}"
    return line


def damaged(random, text):
    """A script with some of its tokens changed, lost, or exchanged."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return text
    lines = text.split("\n")
    for _ in range(random.randrange(1, 4)):
        token = random.choice(tokens)
        (row, column), (end_row, end) = token.start, token.end
        if row != end_row or row > len(lines):
            continue
        line = lines[row - 1]
        alike = [other.string for other in tokens if other.type == token.type]
        new = random.choice(alike) if random.random() < 0.8 else ""
        lines[row - 1] = line[:column] + new + line[end:]
    return "\n".join(lines)
