"""Functions of readers' scripts: those that the browser spells out, and those it refuses."""

FUNCTIONS = {
    "taken apart": "def f(x):\n    x0, x1 = x\n    return -x0 * x1\n",
    "one point or many": """\
def f(x):
    if x.ndim == 1:
        return np.sum(x**2)
    else:
        return np.sum(x**2, axis=1)
""",
    "one point or many, the other way round": """\
def f(x):
    if x.ndim != 1:
        return np.sum(x**2, axis=1)
    return x[0]**2 + x[1]**2
""",
    "one point or many, in one line": "def f(x):\n"
    "    return np.prod(x) if x.ndim == 1 else np.prod(x, axis=1)\n",
    "many points or one, in one line": "f = lambda x: "
    "x[:, 0] * x[:, 1] if np.ndim(x) > 1 else x[0] * x[1]\n",
    "a lambda": "f = lambda x: x[0]**2/20 + x[1]**2\n",
    "values between": '''\
def f(x):
    """The bump."""
    a = x[0]; b = x[1]
    r = a**2 + b**2
    print(r)
    return math.exp(-r/2)
''',
    "a loop over indices": """\
def f(x):
    s = 0
    for i in range(len(x)):
        s += x[i]**2
    return s
""",
    "a loop over numbers": """\
def f(x):
    s = 0
    for t in x:
        s += t**2 - 10*math.cos(2*math.pi*t)
    return 10*2 + s
""",
    "a loop that is written out": """\
def f(x):
    s = 1.0
    for i in range(2):
        s *= np.sin(x[i])
    return s
""",
    "a generator": "def f(x):\n    return sum(t**2 for t in x)\n",
    "a dot product": "def f(x):\n    return 3 * x.dot(x)**2 / np.dot(x, x)\n",
    "a product of arrays": "def f(x):\n    return 3 / np.dot(x - 1, 2*x) - (x + 1) @ x\n",
    "arguments that have values": """\
def f(x, a=2, b=0.5):
    return a * x[0]**2 + b * x[1]
""",
    "another function": """\
def square(t): return t**2
def f(x):
    return square(x[0]) + 3*square(x[0] - x[1])
""",
    "two arguments within": """\
def g(a, b, c=2):
    return a * b**c
def f(x):
    return g(*x) - g(x[1], x[0])
""",
    "a list": "def f(x):\n    return np.sum([x[0]**2, x[1]]) * np.prod([x[0], 3])\n",
    "a constant": """\
A = 3.0
def f(x: np.ndarray) -> float:
    y = float(x[0])
    return A * (y - 1)**2 - (-x[1])**2
""",
    "signs and powers": "def f(x):\n    return -x[0] ** 2 ** x[1] / 2 / (x[0]*x[1])\n",
    "differences": "def f(x):\n    return x[0] - (x[1] - x[0]) - (x[0] - (2 - x[1]))\n",
    "methods": "def f(x):\n    return (x**2).sum() / x.size + x.max()\n",
    "other names": """\
import numpy
from math import sqrt
def f(x):
    return numpy.power(x[0], 2) + sqrt(x[1]) + abs(x[0]) + pow(x[1], 3) + max(x[0], x[1])
""",
    "everything of numpy": "from numpy import *\ndef f(x):\n    return sin(x[0]) * sum(x) * pi\n",
    "an assertion": """\
def f(x):
    assert x.shape == (2,), x.shape
    return np.linalg.norm(x) * np.prod(x)
""",
    "a number grown step by step": """\
def f(x):
    s = x[0]
    s += 1
    s *= x[1]
    s -= x[0]
    s /= 2
    return s
""",
    "from the end": "def f(x):\n    return x[-1] * x[-2]**2\n",
    "a type of floats": """\
def f(x):
    x = np.array(x, dtype=float)
    return x.astype(np.float64).copy().copy().sum() * x.shape[0]
""",
}

# Each with the code of the reason, and the line that cannot be read.
UNSPELLABLE = {
    "math of an array": ("def f(x):\n    return math.sin(x)\n", "array-as-number", 2),
    "a product of an array and a number": (
        "def f(x):\n    return np.dot(x, 2)\n",
        "array-product",
        2,
    ),
    "a product in a loop": (
        "def f(x):\n    return sum(np.dot(t, t) for t in x)\n",
        "array-product",
        2,
    ),
    "a value that is not known": ("def f(x, g=W):\n    return x[0]\n", "no-value", 1),
    "a third number": ("def f(x):\n    return x[2]\n", "index-range", 2),
    "a condition in one line": (
        "f = lambda x: x[0] if x[0] > 0 else 0\n",
        "condition",
        1,
    ),
    "a condition": (
        "def f(x):\n    if x[0] > 0:\n        return x[0]\n    return 0\n",
        "condition",
        2,
    ),
    "a vector": ("def f(x):\n    return x**2\n", "vector-value", 1),
    "a sum without x": (
        "def f(x):\n    s = 0\n    for t in x:\n        s += 1\n    return s\n",
        "sum-without-x",
        4,
    ),
    "neighbours": (
        """\
def f(x):
    s = 0
    for i in range(len(x) - 1):
        s += (x[i + 1] - x[i])**2
    return s
""",
        "loop-range",
        3,
    ),
    "all of x in a loop": (
        """\
def f(x):
    s = 0
    for t in x:
        s += np.sum(t * x)
    return s
""",
        "mixed",
        4,
    ),
    "what is not known": ("def f(x):\n    return W * x[0]\n", "no-value", 2),
    "a constant that changes": (
        "A = 1\nA = 2\ndef f(x):\n    return A * x[0]\n",
        "no-value",
        4,
    ),
    "a remainder": ("def f(x):\n    return x[0] % 2\n", "operator", 2),
    "nothing": ("def f(x):\n    x[0] + 1\n", "statement", 2),
    "a change of x": ("def f(x):\n    x += 1\n    return x[0]\n", "in-place-change", 2),
    "a call of itself": ("def f(x):\n    return f(x)\n", "calls-too-deep", 2),
    "a sum that uses itself": (
        """\
def f(x):
    s = 1
    for t in x:
        s += s * t
    return s
""",
        "self-sum",
        4,
    ),
    "a function of an index": (
        """\
def f(x):
    s = 0
    for i in range(len(x)):
        s += np.cos(i) * x[i]
    return s
""",
        "computed-index",
        4,
    ),
    "whole numbers": ("def f(x):\n    return np.sum(x.astype(int))\n", "type", 2),
    "whole numbers of an array": (
        "def f(x):\n    return np.sum(np.array(x, dtype=int))\n",
        "type",
        2,
    ),
    "a list of arrays": ("def f(x):\n    return np.max(np.sum([x, x]))\n", "group", 2),
    "a sum with a start": (
        "def f(x):\n    return sum((t for t in x), start=1)\n",
        "comprehension",
        2,
    ),
    "a sum of one number at a time": (
        """\
def f(x):
    s = 0
    for t in x:
        s += t * t.sum()
    return s
""",
        "method",
        4,
    ),
    "text that doubles": (
        "def f(x):\n    s = x[0]\n" + "    s = s + s\n" * 40 + "    return s\n",
        "too-long",
        9,
    ),
    "functions that fan out": (
        "".join(
            f"def g{k}(x):\n    return {' + '.join([f'g{k + 1}(x)'] * 9)}\n"
            for k in range(12)
        )
        + "def f(x):\n    return g0(x)\n",
        "too-deep",
        20,
    ),
    "loops within loops": (
        "def f(x):\n"
        + "".join(f"{' ' * k}    for i in range(4):\n" for k in range(30))
        + f"{' ' * 40}pass\n    return x[0]\n",
        "too-long",
        32,
    ),
    "a long chain": (
        "def f(x):\n    return x" + ".copy()" * 90 + "[2]\n",
        "index-range",
        2,
    ),
    "a return without a value": ("def f(x):\n    return\n", "no-return", 2),
    "any number of arguments": (
        "def g(*t):\n    return 1\ndef f(x):\n    return g(x[0])\n",
        "open-parameters",
        4,
    ),
    "too few arguments": (
        "def g(a, b):\n    return a\ndef f(x):\n    return g(x[0])\n",
        "argument-count",
        4,
    ),
    "an entry that is written": (
        "def f(x):\n    x[0] = 1\n    return x[0]\n",
        "array-write",
        2,
    ),
    "names without values": (
        "def f(x):\n    a, b = 1, 2, 3\n    return a\n",
        "name-count",
        2,
    ),
    "three numbers of x": (
        "def f(x):\n    a, b, c = x\n    return a\n",
        "unpacking",
        2,
    ),
    "a loop with else": (
        "def f(x):\n    for t in x:\n        pass\n    else:\n        pass\n    return x[0]\n",
        "loop-else",
        2,
    ),
    "a loop of two statements": (
        "def f(x):\n    s = 0\n    for t in x:\n        u = t\n        s += u\n    return s\n",
        "loop-body",
        5,
    ),
    "an assertion of something else": (
        "def f(x):\n    assert x[0] > 0\n    return x[0]\n",
        "assertion",
        2,
    ),
    "a comparison": ("def f(x):\n    return x[0] > 1\n", "expression", 2),
    "a text": ("def f(x):\n    return x[0] + 'a'\n", "no-number", 2),
    "a hexadecimal number": ("def f(x):\n    return 0x10 * x[0]\n", "number-form", 2),
    "an item that is not there": ("def f(x):\n    return [x[0], 1][2]\n", "index", 2),
    "an index of a number": ("def f(x):\n    return x[0][0]\n", "index-of-other", 2),
    "an attribute": ("def f(x):\n    return x.real\n", "attribute", 2),
    "an argument with a name": ("def f(x):\n    return np.sin(x=x[0])\n", "keyword", 2),
    "another library": (
        "def f(x):\n    return scipy.special.gamma(x[0])\n",
        "function",
        2,
    ),
    "sum of Python over a number": ("def f(x):\n    return sum(x[0])\n", "function", 2),
    "max of Python over arrays": ("def f(x):\n    return max(x, x)\n", "function", 2),
    "the norm of a number along an axis": (
        "def f(x):\n    return np.linalg.norm(x[0], axis=0)\n",
        "keyword",
        2,
    ),
    "a method of a number": ("def f(x):\n    return (2).copy()\n", "method", 2),
    "a second axis": ("def f(x):\n    return np.sum(x, 1)\n", "axis", 2),
    "an array of two arguments": (
        "def f(x):\n    return np.array(x, 1)\n",
        "array-of-several",
        2,
    ),
    "another function of NumPy": (
        "def f(x):\n    return np.sinc(x[0])\n",
        "not-in-language",
        2,
    ),
    "a function with an argument too many": (
        "def f(x):\n    return np.sin(x[0], x[1])\n",
        "function-arguments",
        2,
    ),
    "a reduction of one number at a time": (
        "def f(x):\n    return sum(np.sum(t) for t in x)\n",
        "one-at-a-time",
        2,
    ),
    "a pair": ("def f(x):\n    return x[0], x[1]\n", "several-values", 1),
    "more than a spelling holds": (
        "def f(x):\n    return x[0]" + " + x[0]" * 60 + "\n",
        "long-expression",
        1,
    ),
}

# Texts that are no Python 3: what the code of the reason is, and the line.
NO_PYTHON = {
    "open-bracket": ("a = 1\n(\n", 2),
    "stray-bracket": ("a = (1]\n", 1),
    "indentation": ("if a:\n    b\n  c\n", 3),
    "open-string": ("a = '\n", 1),
    "open-field": ("a = f'{b", 1),
    "stray-brace": ("a = f'}'\n", 1),
    "invalid-character": ("a = 1\nb = \0\n", 2),
    "invalid-syntax": ("if 1:\nb\n", 2),
    "print-statement": ("x = 1\nprint 'Python 2'\n", 2),
}
