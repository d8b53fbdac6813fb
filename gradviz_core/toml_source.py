"""TOML sources: the TOML that people write, with the line of everything in it.

`tomllib` gives values without their places. An error message needs the line, so it is
looked for in the text by the names of the keys that lead there.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from gradviz_core.errors import ContentError, ContentErrors

PACKAGE = Path(__file__).parent
REPOSITORY = PACKAGE.parent

Keys = tuple[str, ...]  # the names that lead to a value

# What looks like a key within a text of several lines is none.
LONG_STRING = re.compile(r"""("{3}|'{3}).*?\1""", re.DOTALL)

# A character written in TOML by its number.
ESCAPE = re.compile(r"\\(?:u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4}))")

# What git writes before and behind two changes that it could not merge.
CONFLICT_LINES = "<<<<<<<, ======= and >>>>>>>"
UNMERGED = re.compile(r"^(<{7}|>{7}) ", re.MULTILINE)

# A list of tables that are written as `{…}`, each on a line of its own.
LIST_OVER_LINES = re.compile(r"[ \t]*=[ \t]*\[[ \t]*\n")
ITEM = re.compile(r"(?m)^[ \t]*\{")

# Letters and marks that take room, or none, and show nothing.
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


class TomlSource:
    """A text in TOML: its data if it can be read, else what is wrong with it."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path  # relative to the repository, for messages
        self.data: dict[str, Any] = {}
        self.errors = text_faults(text, path)
        if not self.errors:
            try:
                self.data = tomllib.loads(text)
            except tomllib.TOMLDecodeError as error:
                self.errors.append(self._syntax_error(str(error)))
        self._keys_text = LONG_STRING.sub(lambda s: "\n" * s[0].count("\n"), text)

    @classmethod
    def read(cls, path: Path, root: Path = REPOSITORY) -> "TomlSource":
        """Read a file below the folder of a site, or of the repository."""
        return cls(read_text(path), path.relative_to(root).as_posix())

    def raise_errors(self) -> None:
        """Raise ContentErrors if it cannot be read."""
        if self.errors:
            raise ContentErrors(self.errors)

    @property
    def headings(self) -> list[str]:
        """The names of its tables `[name]`, whether or not they can be read."""
        return re.findall(r"(?m)^\[([a-z][a-z0-9_]*)\]", self._keys_text)

    def _syntax_error(self, message: str) -> ContentError:
        what, *at = re.split(r" \(at line (\d+)", message)
        last_line = self.text.rstrip().count("\n") + 1
        line = int(at[0]) if at else last_line
        fix = 'write fields as key = "value"'
        if "Unescaped '\\'" in what:
            fix = "put a text with a backslash in single quotes"
        elif "twice" in what or "overwrite" in what:
            fix = "give one of the two another name"
        return ContentError(self.path, line, f"this is not TOML: {what}", fix)

    def error_at(self, keys: Keys, what: str, fix: str) -> ContentError:
        """Make an error at the last of these keys.

        Each key is looked for behind the one before, within its table.
        """
        position = 0
        for depth, key in enumerate(keys):
            table = re.escape(".".join(keys[:depth]))
            pattern = rf"(?m)^[ \t]*\[*[ \t\"']*({table}\.)?{re.escape(key)}(?![\w-])"
            match = re.compile(pattern).search(self._keys_text, position)
            if match is None:
                continue
            between = self._keys_text[position : match.start()]
            is_in_table = position == 0 or "\n[" not in between
            names_its_table = bool(match[1])
            if is_in_table or names_its_table:
                position = match.end()
        if len(keys) > 1:
            position = self._behind_item(position, keys.count(keys[0]))
        line = self._keys_text.count("\n", 0, position) + 1
        return ContentError(self.path, line, what, fix)

    def _behind_item(self, position: int, number: int) -> int:
        """Go on from the name of a list of `{…}`, each on a line, to one of these."""
        if not LIST_OVER_LINES.match(self._keys_text, position):
            return position
        items = ITEM.finditer(self._keys_text, position)
        item = next(islice(items, number - 1, None), None)
        return item.end() if item else position

    @contextmanager
    def collecting(self, errors: list[ContentError], *keys: str) -> Iterator[None]:
        """Keep a ValueError or ArithmeticError as an error of the field `keys` name."""
        try:
            yield
        except (ValueError, ArithmeticError) as error:
            fix = f"correct the {keys[1] if len(keys) > 1 else 'name'}"
            errors.append(self.error_at(keys, f"{keys[0]}: {error}", fix))


def load_toml(path: Path) -> dict[str, Any]:
    """Read a file that nothing can be built without.

    Raises
    ------
    ContentErrors
        If the file cannot be read as TOML.
    """
    source = TomlSource.read(path)
    source.raise_errors()
    return source.data


def read_text(path: Path) -> str:
    """Read a file; a byte that is not UTF-8 becomes a character to be reported."""
    return decoded(path.read_bytes())


def decoded(content: bytes) -> str:
    """Decode a file; a byte that is not UTF-8 becomes a character to be reported."""
    return content.decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")


def text_faults(text: str, path: str) -> list[ContentError]:
    """Report what no text that people write may hold, whatever is written in it."""
    return unmerged_changes(text, path) or hidden_characters(text, path)


def unmerged_changes(text: str, path: str) -> list[ContentError]:
    """Report the first of the marks that git leaves around two changes of one line."""
    conflict = UNMERGED.search(text)
    if conflict is None:
        return []
    line = text.count("\n", 0, conflict.start()) + 1
    what = "two changes of these lines were not merged"
    fix = f"keep what is right, and delete the marks {CONFLICT_LINES}"
    return [ContentError(path, line, what, fix)]


def hidden_characters(text: str, path: str) -> list[ContentError]:
    """Report the first character that nobody can see. Others are often of its kind."""
    if _is_visible(_unescaped(text.replace("\n", " "))):  # as nearly always: at once
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
    return text.isprintable() and BLANK_CHARACTERS.isdisjoint(text)


def _unescaped(text: str) -> str:
    """Return a text with its escapes and references decoded, less the spaces in use."""
    text = ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), text)
    return re.sub("[\t\xa0\u202f\u3000]", "", unescape(text))
