"""Functions of readers' scripts, tests/cases/functions.txt, and those too long for a table."""

import re

from unit.tables import table

_, _TABLE = table("functions.txt")


def _facts(title):
    """What the browser says of a function beside its spelling: `spelled: one fact, another`."""
    _, _, facts = title.partition(": ")
    return {fact for fact in facts.split(", ") if fact}


def _reason(title):
    line, code = re.fullmatch(r"line (\d+): (\S+)", title).groups()
    return code, int(line)


# Each with what it demands of x, and whether a branch of it was taken for one point.
SPELLED = {
    name: (case.text, _facts(title))
    for name, case in _TABLE.items()
    for title, _ in case.expected
    if title.startswith("spelled")
}
FUNCTIONS = {name: text for name, (text, _) in SPELLED.items()}

# Each with the code of the reason, and the line that cannot be read.
UNSPELLABLE = {
    name: (case.text, *_reason(title))
    for name, case in _TABLE.items()
    for title, _ in case.expected
    if name not in SPELLED
}


def _fanning_out():
    """Each function calls the next nine times."""
    for k in range(12):
        calls = " + ".join([f"g{k + 1}(x)"] * 9)
        yield f"def g{k}(x):\n    return {calls}\n"
    yield "def f(x):\n    return g0(x)\n"


def _loops_within_loops():
    yield "def f(x):\n"
    for k in range(19):  # about as many as Python lets stand within each other
        yield f"{' ' * k}    for i in range(4):\n"
    yield f"{' ' * 40}pass\n    return x[0]\n"


DOUBLING = "def f(x):\n    s = x[0]\n" + "    s = s + s\n" * 40 + "    return s\n"
UNSPELLABLE |= {
    "text that doubles": (DOUBLING, "too-long", 9),
    "functions that fan out": ("".join(_fanning_out()), "too-deep", 20),
    "loops within loops": ("".join(_loops_within_loops()), "too-long", 21),
    "a long chain": (
        "def f(x):\n    return x" + ".copy()" * 90 + "[2]\n",
        "index-range",
        2,
    ),
    "more than a spelling holds": (
        "def f(x):\n    return x[0]" + " + x[0]" * 60 + "\n",
        "long-expression",
        1,
    ),
}

# Texts that are no Python 3: what the code of the reason is, and the line.
NO_PYTHON = {
    "open-bracket": ("\n(\n", 2),
    "stray-bracket": ("a = (1]\n", 1),
    "indentation": ("if a:\n    b\n  c\n", 3),
    "open-string": ("a = '\n", 1),
    "open-field": ("a = f'{b", 1),
    "stray-brace": ("a = f'}'\n", 1),
    "invalid-character": ("\nb = \0\n", 2),
    "invalid-syntax": ("\nif 1\n", 2),
}
