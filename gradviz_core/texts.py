"""Texts: the files that people write, and what no text may hold."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

from gradviz_core.errors import ContentError

# A character written in TOML by its number.
ESCAPE = re.compile(r"\\(?:u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4}))")

# What git writes around two changes that it could not merge.
CONFLICT_LINES = "<<<<<<<, ======= and >>>>>>>"
UNMERGED = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)

# Characters of Unicode that show nothing, though Python takes them for printable.
BLANK_CHARACTERS = {
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u2d7f\u3164\uffa0\ufffd"
}


class TextFile(NamedTuple):
    """A file that people write: its path, for errors, and its text."""

    path: str
    text: str

    @classmethod
    def read(cls, path: Path, root: Path) -> "TextFile":
        """Read a file below a folder, from which errors name it."""
        return cls(path.relative_to(root).as_posix(), read_text(path))


def line_at(text: str, position: int) -> int:
    """Return the line of a position in a text, counted from 1."""
    return text.count("\n", 0, position) + 1


@cache
def blank(pattern: re.Pattern[str], text: str) -> str:
    """Remove from a text what a pattern matches, but keep the ends of its lines."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), text)


def read_text(path: Path) -> str:
    """Read a file; a byte that is not UTF-8 becomes a character to be reported."""
    return decoded(path.read_bytes())


def decoded(content: bytes) -> str:
    """Decode a file; a byte that is not UTF-8 becomes a character to be reported."""
    return content.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")


def text_faults(text: str, path: str) -> list[ContentError]:
    """Report what no text may hold, whatever its format."""
    return unmerged_changes(text, path) or hidden_characters(text, path)


def unmerged_changes(text: str, path: str) -> list[ContentError]:
    """Report the first mark that git leaves around two changes of the same lines."""
    conflict = UNMERGED.search(text)
    if conflict is None:
        return []
    line = line_at(text, conflict.start())
    what = "two changes of these lines were not merged"
    fix = f"keep what is right, and delete the marks {CONFLICT_LINES}"
    return [ContentError(path, line, what, fix)]


def hidden_characters(text: str, path: str) -> list[ContentError]:
    """Report the first character that nobody can see; others are often like it."""
    if _is_visible(_unescaped(text.replace("\n", " "))):  # nearly always, and quickly
        return []
    for number, line in enumerate(text.split("\n"), 1):
        characters = _unescaped(line)
        if _is_visible(characters):
            continue
        for character in characters:
            if character.isprintable() and character not in BLANK_CHARACTERS:
                continue
            what = f"there is a hidden character, U+{ord(character):04X}"
            fix = "delete it"
            if "\udc80" <= character <= "\udcff":  # of a byte, by surrogateescape
                what = "the text is not UTF-8"
                fix = "save it as UTF-8"
            return [ContentError(path, number, what, fix)]
    return []


def _is_visible(text: str) -> bool:
    has_blanks = not text.isascii() and not BLANK_CHARACTERS.isdisjoint(text)
    return text.isprintable() and not has_blanks


def _unescaped(text: str) -> str:
    """Return a text with its escapes and references decoded, less the spaces in use."""
    text = ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text)
    return re.sub("[\t\xa0\u202f\u3000]", "", unescape(text))
