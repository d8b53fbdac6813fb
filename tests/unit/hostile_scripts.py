"""Texts that are meant to take long, or to break a reader; and Python that is rarely typed."""

from unit.script_cases import GRID, HILL, IMPORTS, ONE_POINT, PRODUCT, ROUTINE

CALL = "numerical_gradient(f, np.array([X, Y]))"


def nested(opening, inner, closing, times):
    return opening * times + inner + closing * times


def blocks(heads, body):
    """Blocks within each other."""
    lines = [" " * k + head for k, head in enumerate(heads)]
    return "\n".join([*lines, " " * len(heads) + body, ""])


HOSTILE = {
    # too much
    "many lines": "x = 1\n" * 40_000,
    "ten thousand parentheses": nested("(", "", ")", 10_000),
    "a chain of names": "a" + ".a" * 90_000,
    "a large number": "a = " + "9" * 100_000,
    "a number before a line": "1" * 10_000 + "x\n1 2\n",
    "a megabyte of one character": "x" * 1_000_000,
    "a list": "a = [" + "1," * 30_000 + "]",
    "statements in one line": "1;" * 8_000,
    "an indent": "\t" * 190_000 + "x = 1\ny = )\n",
    # within each other
    "calls": "a = " + nested("f(", "1", ")", 199),
    "lists": "a = " + nested("[", "1", "]", 199),
    "dicts": "a = " + nested("{1:", "1", "}", 199),
    "tuples": "x[" + nested("(", "a", ",)", 198) + "] = 1",
    "a with": "with " + nested("(", "a", ")", 199) + ": pass",
    "lambdas": "a = " + "lambda:" * 400 + "1",
    "choices": "a = " + "1 if 1 else " * 400 + "1",
    "signs": "a = " + "-" * 450 + "1",
    "more signs": "a = " + "-" * 2_000 + "1",
    "powers": "a = " + "2**" * 450 + "1",
    "nots": "a = " + "not " * 450 + "1",
    "sums": "a = " + "+".join(["1"] * 450),
    "indices": "a" + "[0]" * 450,
    "blocks": blocks(["if 1:"] * 99, "x"),
    "withs": blocks(["with (a):"] * 95, "pass"),
    "branches": "if a:\n x = 1\n" + "elif a:\n x = 2\n" * 400,
    # quotes and comments
    "backslashes": 'a = "' + "\\" * 99_999 + '"',
    "quotes": '"""' + '\\"""' * 40_000,
    "signs of comments": "# " * 90_000,
    "wishes for silence": ROUTINE
    + GRID
    + PRODUCT
    + CALL
    + "  # gradviz: ignore[" * 5_000,
    "fields": "print(f'" + "{x}" * 6_000 + "')",
    "line ends": "\\\n" * 50_000 + "\r\n" * 50_000,
    # what grows
    "methods": "def f(x):\n    return x" + ".copy()" * 240 + "\ny = x" + ".a()" * 240,
    "lists of lists": "import numpy as np\na = (1, 1)\n"
    + "a = (a, a)\n" * 60
    + "np.array(a)\n",
    "two equal lists": "if a:\n b = 1\n"
    + " b = (b, b)\n" * 40
    + "else:\n b = 1\n"
    + " b = (b, b)\n" * 40,
    "sums of sums": "def f(x):\n    s = x[0]\n"
    + "    s = s + s\n" * 60
    + "    return s\n",
    "functions": "".join(
        f"def f{k}(x):\n    " + "; ".join([f"f{k + 1}(x)"] * 8) + "\n"
        for k in range(30)
    ),
    "sums of functions": "".join(
        f"def f{k}(x):\n    return " + " + ".join([f"f{k + 1}(x)"] * 8) + "\n"
        for k in range(30)
    ),
    "loops": "def f(x):\n"
    + "".join(f"{' ' * k}    for i in range(4):\n" for k in range(40))
    + f"{' ' * 50}pass\n    return x[0]\n",
    "sums in sums": "def f(x):\n    return " + nested("sum(t for t in ", "x", ")", 60),
    # many findings
    "calls in one line": ROUTINE + GRID + PRODUCT + f"{CALL};" * 500,
    "calls of other functions": ROUTINE
    + GRID
    + "".join(
        f"numerical_gradient(lambda x: x[0] * {k}, np.array([X, Y]))\n"
        for k in range(200)
    ),
    "writes": IMPORTS
    + ONE_POINT.replace(
        "    return grad", "        x[idx] = kept\n" * 1_500 + "    return grad"
    ),
    "names for one array": ROUTINE
    + "def g(f, x):\n"
    + "    a = x\n" * 2_000
    + "    a -= 1\n    numerical_gradient(f, a)\ng(f, s)\n",
    "tangents": ROUTINE
    + "def g(f, x):\n    d = numerical_gradient(f, x)\n"
    + "    y = f(x) - d*x\n" * 800,
    "arrows": HILL + "plt.quiver(X, Y, dx, dy);" * 1_000,
    "assignments in branches": "".join(f"if a:\n x{k} = 1\n" for k in range(2_000)),
}

# Each of these is Python 3.11.
TREES = [
    "match x:\n case {'a': [1, *_], **rest} | (b.c(d, e=-1) as f) if f:\n  pass\n case _: pass\n",
    "match (1, *a):\n case 1+2j, 'a' 'b', None: match = case = 1\nmatch[0]: int = 3\nmatch(x)\n",
    "match x, y:\n case (a): 1\n case []: 2;\n case (): 3\n case A.B | C(): 4\n",
    "try:\n  pass\nexcept* (A, B) as e: pass\nelse: pass\nfinally: pass;\n",
    "async def f(*, a, **k) -> int:\n async for x, *y in z: await x\n async with a as (b), c: pass\n",
    "[x async for x in y if z if w]\n{**a, 'b': 1}\n{*a, b}\n{a: b for c, in d}\n",
    "def f(a, /, b: int = 1, *c: d, e, f=2, **g): return *a, b\n",
    "lambda *a, b=1, **c: (yield)\nx = yield from a\nx: int\n(x): y.z = 1\n",
    "x[a:b, ::c, *d] = y[*e] = z[:] = w[f:=1]\ndel a, (b, [c]), d[0]\n",
    "with (a as b, c as d,): pass\nwith (a), (b) as c: pass\nwith (yield): pass\nwith (a, b): pass\n",
    "from . import a\nfrom .... b.c import (d as e, f,)\nimport a.b.c as d, e\nfrom a import *\n".replace(
        ".... b", "....b"
    ),
    "f'{x!r:>{w}.{p}} {{}} {y=} {z = !s} {(lambda: 1)} {a[\"b\"]:{c}}' rf'\\{{{d}}}' 'e'\n",
    "f'''{\nx\n}''' f\"{x:%H:%M}\"\nF'{x}' fR'\\{x}' Rb'a' B'b'\nf'\\N{BULLET}{x}'\n",
    "f'{x if y else z}{x!=y}{x==y}{x<=y}{{1: 2}[1]}'\n".replace(
        "{{1: 2}[1]}", "{ {1: 2}[1]}"
    ),
    "a = 0x_fF + 0O7 + 0b1_0 + 1_0.0_1e-1_0 + .5j + 1. + 0_0 + 1if x else 2\n",
    "𝐱 = ﬁ = '😀'; é, 𝒚 = 1, x\nﬀ.ﬀ(ﬀ=1)\n",
    "@a.b(c)\n@d\nclass E(f, *g, h=i, **j):\n\tk: l\n\n  # comment\n\tdef m(self): ...;\n",
    "if a:\n  b\nelif c: d; e\nelse:\n  f\n\\\n\n\nwhile not a and b or c is not d not in e: break\n",
    "global a, b\nnonlocal c\nassert a, b\nraise a from b\nraise\nreturn\nx @= a ** -b ** c\n",
    "a < b == c >= d is e\n-a ** -b\n~a << b >> c & d | e ^ f // g % h @ i\nnot a == b\n",
    "for x, in *a, b: pass\nfor [a, b[c], d.e] in f: pass\nelse: pass\nprint >> f, x\n",
    "x = (\n# comment\n1,\n)\ny = [\n]\nf(a for a in b)\nf(a, *b, c=1, **d)\nf((a for b in c),)\n",
    "()\n(a)\n(a,)\na,\n[a,]\n{a,}\n{}\n(a := 1)\nf(a := 1)\n...\nTrue, None\n",
]
