"""Notebooks: where the code of each cell stands in the text of its file.

A line of code is a JSON string there, or a part of one. A place in the code has a place
in the file, so that editors and GitHub find it, and a mend changes no other byte.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradviz_core.scripts.source import LINE_END, Replacement

BLANKS = re.compile(r"[ \t\n\r]*")
DECODER = json.JSONDecoder()
# How one character is written in a JSON string. The two halves of a surrogate pair are
# one character.
CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u[0-9a-fA-F]{4}|\\.|[^\\]",
    re.DOTALL,
)


@dataclass(frozen=True)
class Literal:
    """A JSON string: its value, and where it stands in the text.

    Attributes
    ----------
    text : str
        The string that it stands for.
    start, end : int
        Where it begins and ends in the text of the file, quotation marks included.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class CodeCell:
    """A cell of code.

    Attributes
    ----------
    number : int
        Which cell it is, counted from 1, with those of text.
    literals : list of Literal
        Its code: one string, or the strings of a list, which are joined.
    is_list : bool
        Which of the two it is.
    """

    number: int
    literals: list[Literal]
    is_list: bool

    @cached_property
    def code(self) -> str:
        """The code as Python gets it."""
        return "".join(literal.text for literal in self.literals)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line begins in the code."""
        return [0, *(end.end() for end in LINE_END.finditer(self.code))]


def code_cells(text: str) -> list[CodeCell]:
    """Return the cells of code of a notebook.

    Raises
    ------
    ValueError
        If the text is not JSON.
    LookupError, TypeError
        If it is not a notebook.
    """
    json.loads(text)  # raises if it is not JSON
    value, _ = _value(text, 0)
    cells = []
    for number, cell in enumerate(value["cells"], 1):
        if not isinstance(cell, dict):
            continue
        kind = cell.get("cell_type")
        if not isinstance(kind, Literal) or kind.text != "code":
            continue
        source = cell.get("source")
        if isinstance(source, Literal):
            cells.append(CodeCell(number, [source], is_list=False))
        elif isinstance(source, list):
            literals = [part for part in source if isinstance(part, Literal)]
            cells.append(CodeCell(number, literals, is_list=True))
    return cells


def _value(text: str, at: int) -> tuple[Any, int]:
    """Return the JSON value at a place, its strings as literals, and where it ends."""
    at = _after_blanks(text, at)
    if text[at] == "[":
        return _list(text, at)
    if text[at] == "{":
        return _object(text, at)
    value, end = DECODER.raw_decode(text, at)
    if isinstance(value, str):
        return Literal(value, at, end), end
    return value, end


def _list(text: str, at: int) -> tuple[list[Any], int]:
    values: list[Any] = []
    at = _after_blanks(text, at + 1)
    while text[at] != "]":
        value, at = _value(text, at)
        values.append(value)
        at = _after_separator(text, at)
    return values, at + 1


def _object(text: str, at: int) -> tuple[dict[str, Any], int]:
    values: dict[str, Any] = {}
    at = _after_blanks(text, at + 1)
    while text[at] != "}":
        key, at = DECODER.raw_decode(text, at)
        colon = _after_blanks(text, at)
        values[key], at = _value(text, colon + 1)
        at = _after_separator(text, at)
    return values, at + 1


def _after_blanks(text: str, at: int) -> int:
    blanks = BLANKS.match(text, at)
    assert blanks  # there may be none
    return blanks.end()


def _after_separator(text: str, at: int) -> int:
    """Return where the next value begins, or the bracket that closes."""
    at = _after_blanks(text, at)
    if text[at] == ",":
        at = _after_blanks(text, at + 1)
    return at


def place_in_file(text: str, cell: CodeCell, line: int, column: int) -> tuple[int, int]:
    """Return the line and the column of the file where a place in a cell stands.

    Parameters
    ----------
    text : str
        The text of the file.
    cell : CodeCell
        The cell.
    line, column : int
        The place in its code, counted from 1.
    """
    offset = cell.line_starts[line - 1] + column - 1
    literal, inside = _literal_at(cell, offset)
    written = _written_offset(text[literal.start + 1 : literal.end - 1], inside)
    at = literal.start + 1 + written
    ends = [end.end() for end in LINE_END.finditer(text, 0, at)]
    start_of_line = ends[-1] if ends else 0
    return len(ends) + 1, at - start_of_line + 1


def _literal_at(cell: CodeCell, offset: int) -> tuple[Literal, int]:
    """Return the string that holds a place in the code, and the place within it."""
    starts = [0]
    for literal in cell.literals:
        starts.append(starts[-1] + len(literal.text))
    index = min(bisect_right(starts, offset), len(cell.literals)) - 1
    return cell.literals[index], offset - starts[index]


def _written_offset(written: str, offset: int) -> int:
    """Return where a character stands in a string as it is written in JSON."""
    position = 0
    for _ in range(offset):
        character = CHARACTER.match(written, position)
        if character is None:
            break
        position = character.end()
    return position


def replacements(text: str, cell: CodeCell, mended: str) -> Iterator[Replacement]:
    """Yield what to replace in the text of a file so that a cell has other code.

    Strings whose lines stay as they are stay byte for byte.

    Parameters
    ----------
    text : str
        The text of the file.
    cell : CodeCell
        The cell.
    mended : str
        The code that the cell is to have.

    Yields
    ------
    Replacement
        From where to where in the file, and what is to stand there.
    """
    before = [literal.text for literal in cell.literals]
    after = _lines_with_ends(mended) if cell.is_list else [mended]
    first = _common_start(before, after)
    last = _common_start(before[first:][::-1], after[first:][::-1])
    old = cell.literals[first : len(before) - last]
    new = after[first : len(after) - last]
    separator = _separator(text, cell)
    strings = [json.dumps(line, ensure_ascii=text.isascii()) for line in new]
    if old:
        yield old[0].start, old[-1].end, separator.join(strings)
    elif first < len(before):  # lines are put in before this one
        at = cell.literals[first].start
        yield at, at, "".join(string + separator for string in strings)
    else:
        at = cell.literals[-1].end
        yield at, at, "".join(separator + string for string in strings)


def _common_start(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many strings two sequences have in common before they differ."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one != other:
            break
        count += 1
    return count


def _separator(text: str, cell: CodeCell) -> str:
    """Return what stands between two strings of a cell."""
    if len(cell.literals) < 2:
        return ", "
    first, second = cell.literals[:2]
    return text[first.end : second.start]


def _lines_with_ends(code: str) -> list[str]:
    ends = [end.end() for end in LINE_END.finditer(code)]
    starts = [0, *ends]
    ends = [*ends, len(code)]
    lines = [code[start:end] for start, end in zip(starts, ends, strict=True)]
    return [line for line in lines if line]
