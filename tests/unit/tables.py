"""Cases as text: a script, then what is expected of it, in the manner of tests/cases/*.txt.

    @@@ a part          lines that scripts have in common
    === a case          the script; a line such as `@a part` stands for that part,
                        with the indentation of the line
    --- what is expected
    lines that belong to it

Empty lines at the end of a script count no more than those before the first mark.
"""

import re
from dataclasses import dataclass, field

import oracle

FOLDER = oracle.ROOT / "tests/cases"
MARK = re.compile(r"^(@@@|===|---) (.*)\n", re.MULTILINE)
DECORATORS = ("dataclass", "property", "staticmethod", "turned", "twice")
PART = re.compile(r"^( *)@(.+)\n", re.MULTILINE)


@dataclass
class Case:
    """A script, and what is expected of it: each with its lines."""

    text: str
    expected: list[tuple[str, str]] = field(default_factory=list)


def table(name, parts=()):
    """The parts and the cases of a file, by their names; it may use parts of another."""
    parts, cases = dict(parts), {}
    for kind, title, block in _blocks((FOLDER / name).read_text("utf-8")):
        block = block.rstrip("\n") + "\n" if block.strip() else ""
        if kind == "@@@":
            parts[title] = _filled(block, parts)
        elif kind == "===":
            assert title not in cases, f"two cases are called {title}"
            case = cases[title] = Case(_filled(block, parts))
        else:
            case.expected.append((title, block.removesuffix("\n")))
    return parts, cases


def _blocks(text):
    """Each mark, what stands behind it, and the lines up to the next."""
    marks = list(MARK.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield mark[1], mark[2], text[mark.end() : end]


def _filled(block, parts):
    """The block with each part in its place."""

    def part(match):
        if match[2] in DECORATORS:
            return match[0]
        lines = parts[match[2]].splitlines(keepends=True)
        return "".join(match[1] + line for line in lines)

    return PART.sub(part, block)
