"""Files that are meant to take long, to break a reader, or to be run: up to 200 kB each."""

import codecs
import json
import os
from random import Random

from unit.hostile_scripts import HOSTILE, blocks, nested
from unit.script_cases import (
    DESCENT,
    GRID,
    HILL,
    IMPORTS,
    MANY_POINTS,
    ONE_POINT,
    PRODUCT,
    ROUTINE,
)

BYTES = 200_000
CALL = "numerical_gradient(f, np.array([X, Y]))\n"
BOOK = ROUTINE + GRID + PRODUCT


def filled(start, line, end=""):
    """A text of as many lines as there is room for; {} in the line is its number."""
    lines = [start]
    length = len(start) + len(end)
    while True:
        text = line.replace("{}", f"{len(lines)}")
        length += len(text)
        if length > BYTES:
            return "".join([*lines, end])
        lines.append(text)


def indented(text, width):
    return "".join(f"{' ' * width}{line}\n" for line in text.splitlines())


def body_in(heads, line, start=""):
    """Blocks within each other, and in the innermost as many lines as there is room for."""
    head = blocks(heads, "pass")
    return filled(start + head, " " * len(heads) + line)


def shapes():
    """The shapes, by name; each takes how deep it is, up to 97."""
    loops = "for i in x:"
    return {
        "loops around calls": lambda d: body_in([loops] * d, CALL, BOOK),
        "whiles around changes": lambda d: body_in(
            ["while x:"] * d, "a{} = b{}; x -= 1\n"
        ),
        "loops around names": lambda d: body_in([loops] * d, "a{} = X + Y\n", BOOK),
        "branches around names": lambda d: body_in(["if a:"] * d, "a{} = X\n", BOOK),
        "tries": lambda d: (
            BOOK
            + blocks(["try:"] * 19, CALL.strip())
            + "".join(f"{' ' * k}finally: {CALL}" for k in range(18, -1, -1))
        ),
        "withs around branches": lambda d: body_in(
            (["with a:", "if b:"] * d)[:d], "numerical_gradient(f, P)\n", BOOK
        ),
        "functions in functions": lambda d: body_in(
            [f"def g{k}(f, x):" for k in range(d)],
            "y = numerical_gradient(f, x)\n",
            BOOK,
        ),
        "descents in functions": lambda d: body_in(
            [f"def g{k}(f, init_x):" for k in range(d)],
            "x = init_x; x -= numerical_gradient(f, x)\n",
            BOOK,
        ),
        "routines in routines": lambda d: (
            IMPORTS
            + "".join(
                indented(
                    f"def g{k}(f, x):\n h = 1e-4\n y = (f(x+h) - f(x-h)) / (2*h)", k
                )
                for k in range(d)
            )
            + f"{' ' * d}return y\n"
        ),
        "routines in a row": lambda d: filled(
            IMPORTS, MANY_POINTS.replace("numerical_gradient", "g{}") + "\n"
        ),
        "routines of one point in a row": lambda d: filled(
            IMPORTS, ONE_POINT.replace("numerical_gradient", "g{}") + "\n"
        ),
        "routines that hand on": lambda d: filled(
            ROUTINE.replace("numerical_gradient", "g0"),
            "def g{}(f, x):\n    return g0(f, x) + g{}(f, x)\n",
        ),
        "a chain of routines": lambda d: (
            ROUTINE.replace("numerical_gradient", "g0")
            + "".join(
                f"def g{k}(f, x):\n    return g{k - 1}(f, x)\n" for k in range(1, 3_000)
            )
        ),
        "routines that call all": lambda d: (
            IMPORTS
            + "".join(
                f"def g{k}(f, x):\n    return "
                + " + ".join(f"g{j}(f, x)" for j in range(k + 1, k + d % 9 + 2))
                + " + (f(x + 1) - f(x)) / 1\n"
                for k in range(500)
            )
        ),
        "a routine that counts": lambda d: (
            IMPORTS
            + "def g(f, x):\n    h = 1e-4\n"
            + blocks(
                [f"    for i{k} in range(9):" for k in range(d % 9 + 2)], "    h = h"
            )
            + "    return (f(x + h) - f(x - h)) / (2*h)\n"
        ),
        "a routine without an end": lambda d: (
            IMPORTS
            + "def g(f, x):\n    while True:\n        y = (f(x + 1) - f(x)) / 1\n    return y\n"
            * (d + 1)
        ),
        "a long routine": lambda d: filled(
            IMPORTS + "def g(f, x):\n    h = 1e-4\n",
            "    y{} = (f(x + h) - f(x - h)) / (2*h)\n",
            "    return y1\n",
        ),
        "lambdas": lambda d: filled(
            BOOK, "numerical_gradient(lambda x: x[0] * {}, np.array([X, Y]))\n"
        ),
        "calls": lambda d: filled(BOOK, CALL),
        "calls in one line": lambda d: filled(BOOK, CALL.strip() + "; "),
        "calls in one line in Japanese": lambda d: (
            filled(BOOK, "'勾配'; " + CALL.strip() + "; ")
            .encode()[:BYTES]
            .decode(errors="ignore")
        ),
        "calls in calls": lambda d: (
            BOOK
            + "".join(
                nested("numerical_gradient(f, ", "X", ")", d) + "\n" for _ in range(50)
            )
        ),
        "functions that call": lambda d: filled(
            BOOK, "def h{}(x):\n    h{}(x); return numerical_gradient(f, x)\n"
        ),
        "functions that are called": lambda d: filled(
            BOOK + "def h(a, b=1):\n    c = a\n    c -= numerical_gradient(f, c)\n",
            "h(X)\n",
        ),
        "descents": lambda d: filled(
            BOOK, DESCENT.replace("gradient_descent", "h{}") + "h{}(f, X)\n"
        ),
        "loops in a row": lambda d: filled(BOOK, f"for i in x:\n {CALL} x -= 1\n"),
        "histories": lambda d: body_in(
            [loops] * d, "history.append(x); x -= numerical_gradient(f, x)\n", BOOK
        ),
        "arrays of arrays": lambda d: filled(
            BOOK, "A{} = np.array([X, Y]); B{} = A{}.T; numerical_gradient(f, B{})\n"
        ),
        "tuples of tuples": lambda d: (
            BOOK + "a = (X, Y)\n" + "a = (a, a)\n" * (d * 90) + CALL
        ),
        "a long sum": lambda d: filled(BOOK + "a = X", " + Y", "\n" + CALL),
        "a long list": lambda d: filled(BOOK + "a = np.array([", "1, ", "])\n" + CALL),
        "a long chain": lambda d: BOOK + "X" + ".T" * 150 + "\n" + CALL * 900,
        "brackets": lambda d: (
            BOOK + ("a = " + nested("(", "X", ")", d) + "\n") * 700 + CALL
        ),
        "open brackets": lambda d: BOOK + "(" * 30_000 + CALL,
        "comparisons": lambda d: filled(BOOK + "a = X", " < Y", "\n" + CALL),
        "comprehensions": lambda d: (
            BOOK + ("a = " + nested("[i for i in ", "X", "]", d) + "\n") * 50 + CALL
        ),
        "imports": lambda d: filled("", "import a{} as b{}\n", BOOK + CALL),
        "names in fields": lambda d: BOOK + "print(f'" + "{X}" * 20_000 + "')\n" + CALL,
        "wishes": lambda d: filled(BOOK, CALL.strip() + "  # gradviz: ignore[a\n"),
        "arrows": lambda d: filled(HILL, "plt.quiver(X, Y, dx, dy)\n"),
        "classes": lambda d: body_in([f"class A{k}:" for k in range(d)], CALL, BOOK),
        "conditions": lambda d: filled(BOOK + "if a: pass\n", f"elif a: {CALL}"),
        "choices": lambda d: filled(
            BOOK, "a{} = X if a else Y; numerical_gradient(f, a{})\n"
        ),
        "globals": lambda d: filled(
            BOOK, "def h{}():\n    global a{}\n    a{} = 1\n", CALL
        ),
        "prompts": lambda d: filled(">>> ", "... a = 1\n>>> ", CALL),
        "fences": lambda d: filled("", "text\n```python\na = [\n```\n", CALL),
        "commands": lambda d: filled("", "%matplotlib\n!pip\n$ a\n", BOOK + CALL),
        "prose": lambda d: filled("", "Here it is: (see [the book\n", BOOK + CALL),
        "line numbers": lambda d: filled("", "{}  a = 1\n", CALL),
        "tabs": lambda d: filled(BOOK, "if a:\n\tb = 1\n        c = 1\n"),
        "signs of others": lambda d: (
            filled(BOOK, "a{} = “X”－（1）\n").encode()[:BYTES].decode(errors="ignore")
        ),
        "quotes": lambda d: filled("", "'''\n" if d % 2 else "'\n", CALL),
    }


def scripts():
    """Each shape flat and deep, and the texts that both readers are tried on."""
    for name, shape in shapes().items():
        texts = {shape(depth) for depth in (10, 97)}
        for k, text in enumerate(sorted(texts)):
            yield f"{name} {k}.py", text.encode()
    for name, text in HOSTILE.items():
        yield f"{name}.py", text.encode(errors="replace")


def notebooks():
    """Notebooks that are none, or hardly one."""
    cell = {"cell_type": "code", "source": BOOK + CALL}
    values = {
        "many cells": {"cells": [{"cell_type": "code", "source": CALL}] * 3_000},
        "many routines": {"cells": [cell] * 200},
        "many strings": {
            "cells": [{"cell_type": "code", "source": ["a=1\n"] * 15_000}]
        },
        "no code": {"cells": [{"cell_type": "code", "source": None}, None, 1, []]},
        "no cells": {"cells": 5},
        "a list": [cell],
        "half a pair": {"cells": [{"cell_type": "code", "source": "a = '\ud800'"}]},
        "lines within lines": {
            "cells": [
                {"cell_type": "code", "source": ["a = 1\nb", " = 2\n\n", [], "\r"]}
            ]
        },
        "commands": {
            "cells": [{"cell_type": "code", "source": "!x\n%%y\n" + CALL}] * 500
        },
    }
    for name, value in values.items():
        yield f"{name}.ipynb", json.dumps(value).encode()
    for name, text in {
        "deep": "[" * 100_000,
        "deep and closed": nested("[", "", "]", 90_000),
        "deep objects": nested('{"cells":', "[]", "}", 20_000),
        "many keys": "{" + ",".join(f'"{k}":1' for k in range(20_000)) + ',"cells":[]}',
        "a large number": '{"cells": ' + "9" * 100_000 + "}",
        "no number": '{"cells": [NaN, Infinity]}',
        "cut off": json.dumps({"cells": [cell]})[:-9],
        "escapes": '{"cells":[{"cell_type":"code","source":"'
        + "\\u0061" * 30_000
        + '"}]}',
    }.items():
        yield f"{name}.ipynb", text.encode()


def encoded(random):
    """Texts in odd encodings, and bytes that are no text."""
    names = [
        "undefined",
        "unknown",
        "rot13",
        "hex",
        "zlib",
        "base64",
        "idna",
        "punycode",
    ]
    names += [
        "unicode_escape",
        "raw_unicode_escape",
        "utf-7",
        "utf-16",
        "utf-32",
        "utf_8_sig",
    ]
    names += [
        "mbcs",
        "oem",
        "cp037",
        "ascii",
        "cp932",
        "euc-jp",
        "latin-1-unix",
        "a" * 999,
    ]
    text = f"{BOOK}{CALL}# -" + "b" * 100_000
    for name in names:
        yield f"coding {name[:20]}.py", f"# coding: {name}\n{text}".encode()
        yield f"coding {name[:20]} below.py", f"#!/x\n# coding={name}\n{text}é".encode()
    marks = {
        "utf-16": codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
        "two marks": codecs.BOM_UTF8 * 2 + text.encode(),
        "a mark and another coding": codecs.BOM_UTF8 + b"# coding: cp932\na = 1\n",
        "a null": text.encode() + b"\0",
        "nulls": bytes(BYTES),
        "a file separator": b"a = 1\x1cb = 2\x1a\n",
        "form feeds": b"\f" * 1000 + text.encode(),
        "carriage returns": text.replace("\n", "\r").encode(),
        "mixed line ends": text.replace("\n", "\r\n", 9).encode()
        + b"\x0b\x0c\xc2\x85a = 1",
        "no line end": CALL.strip().encode(),
        "nothing": b"",
        "one byte": b"\xff",
    }
    for name, content in marks.items():
        yield f"{name}.py", content
    for k in range(20):
        yield f"random {k}.py", random.randbytes(5_000)
    for k in range(50):
        content = bytearray((BOOK + CALL).encode())
        for _ in range(20):
            content[random.randrange(len(content))] = random.randrange(256)
        yield f"damaged {k}.py", bytes(content)


def that_do(canary):
    """Python that leaves a mark if anything of it is run, in each place that could be."""
    act = f"__import__('os').mkdir({os.fspath(canary)!r})"
    places = {
        "a statement": act,
        "a default": f"def g(f, x, h={act}):\n    return (f(x+h) - f(x-h)) / (2*h)\n",
        "a decorator": f"@{act}\ndef g(f, x):\n    return (f(x+1) - f(x)) / 1\n",
        "an annotation": f"a: {act} = 1\n",
        "a class": f"class A:\n    {act}\n",
        "a body": f"def g(f, x):\n    {act}\n    return (f(x+1) - f(x-1)) / 2\n",
        "an index": f"{BOOK}X[{act}]\n",
        "a field": f"f'{{{act}}}'\n",
        "an argument": f"{BOOK}numerical_gradient(f, {act})\n",
        "a third argument": f"{BOOK}numerical_gradient(f, X, {act})\n",
        "a step": f"h = {act}\ndef g(f, x):\n    return (f(x+h) - f(x-h)) / (2*h)\n",
        "an f": f"{BOOK}numerical_gradient(lambda x: {act}, X)\n",
        "a method": f"def g(f, x):\n    return (f(x+1) - f(x)) / x.{act[:3]}({act})\n",
        "eval": f"def g(f, x):\n    return eval({act!r}) / (f(x+1) - f(x))\n",
        "exec": f"exec({act!r})\n",
        "a format": f"def g(f, x):\n    return (f(x+1) - f(x)) / '{{0.__class__}}'.format({act})\n",
    }
    for name, text in places.items():
        yield f"{name} that acts.py", text.encode()


def small_files(canary):
    """Those that take no time: in odd encodings, hardly notebooks, or meant to be run."""
    return dict(notebooks()) | dict(encoded(Random(7))) | dict(that_do(canary))


def hostile_files(canary):
    """All of them, by name."""
    return dict(scripts()) | small_files(canary)
