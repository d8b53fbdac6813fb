"""TOML sources: the TOML that people write, with the line of everything in it.

`tomllib` gives values without their places. An error message needs the line, so it is
found by searching the text for the keys that lead to the value.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.texts import blank, line_at, read_text, text_faults
from gradviz_core.toml_syntax import LONG_STRING, syntax_error

PACKAGE = Path(__file__).parent
REPOSITORY = PACKAGE.parent

# The names that lead to a value. For the nth table of a list its name stands n times:
# in TOML that table is below the nth heading of this name.
Keys = tuple[str, ...]

# Behind its name, a list whose tables are written as `{…}`, each on a line of its own.
LIST_OVER_LINES = re.compile(r"[ \t]*=[ \t]*\[[ \t]*\n")
ITEM = re.compile(r"(?m)^[ \t]*\{")


def keys_of_item(keys: Keys, number: int) -> Keys:
    """Return the keys of one table of a list.

    Parameters
    ----------
    keys : tuple of str
        The names that lead to the list.
    number : int
        Which of its tables, counted from 1.

    Examples
    --------
    >>> keys_of_item(("paste", "lines"), 3)
    ('paste', 'lines', 'lines', 'lines')
    """
    return (*keys, *keys[-1:] * (number - 1))


def tables_in(record: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """Find the record and all tables in it, each with the names that lead there."""
    yield (), record
    for key, value in record.items():
        if isinstance(value, dict):
            yield (key,), value
        elif isinstance(value, list):
            for count, item in enumerate(value, 1):
                if isinstance(item, dict):
                    yield keys_of_item((key,), count), item


class TomlSource:
    """A text in TOML: its data if it can be read, else what is wrong with it.

    Attributes
    ----------
    text : str
        The text.
    path : str
        Its path relative to the repository, for messages.
    data : dict
        What it says; empty if it cannot be read.
    errors : list of ContentError
        Why it cannot be read.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.data: dict[str, Any] = {}
        self.errors = text_faults(text, path)
        if not self.errors:
            try:
                self.data = tomllib.loads(text)
            except tomllib.TOMLDecodeError as error:
                self.errors.append(syntax_error(text, path, str(error)))
        self._keys_text = blank(LONG_STRING, text)

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

    def error_at(self, keys: Keys, what: str, fix: str) -> ContentError:
        """Make an error at the last of these keys that is written in the text."""
        position = 0
        for depth, key in enumerate(keys):
            position = self._behind_key(key, keys[:depth], position)
        if len(keys) > 1:
            position = self._behind_item(position, keys.count(keys[0]))
        line = line_at(self._keys_text, position)
        return ContentError(self.path, line, what, fix)

    def _behind_key(self, key: str, table_keys: Keys, position: int) -> int:
        """Go on from the name of a table to a key within it, if that is written there.

        Parameters
        ----------
        key : str
            The key.
        table_keys : tuple of str
            The keys that lead to the table.
        position : int
            Where the name of the table ends in the text, or 0.
        """
        table = re.escape(".".join(table_keys))
        pattern = rf"(?m)^[ \t]*\[*[ \t\"']*({table}\.)?{re.escape(key)}(?![\w-])"
        match = re.compile(pattern).search(self._keys_text, position)
        if match is None:
            return position
        names_its_table = bool(match[1])
        between = self._keys_text[position : match.start()]
        is_in_table = position == 0 or "\n[" not in between
        return match.end() if is_in_table or names_its_table else position

    def _behind_item(self, position: int, number: int) -> int:
        """Go on from the name of a list to its nth item, if each is `{…}` on a line."""
        if not LIST_OVER_LINES.match(self._keys_text, position):
            return position
        items = ITEM.finditer(self._keys_text, position)
        item = next(islice(items, number - 1, None), None)
        return item.end() if item else position

    @contextmanager
    def collecting(self, errors: list[ContentError], *keys: str) -> Iterator[None]:
        """Turn a ValueError or ArithmeticError into an error of the field at `keys`."""
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
