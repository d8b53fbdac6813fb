"""TOML syntax: what is wrong with a text that is not TOML, and where it is mended.

`tomllib` names the place at which it could not go on. The mistake may stand above that:
at the quote that was not closed, or at the heading that should have been another one.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from gradviz_core.errors import ContentError
from gradviz_core.texts import blank, line_at

# A text of several lines, in which nothing is a key.
LONG_STRING = re.compile(r"""("{3}|'{3}).*?\1""", re.DOTALL)

PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
LONG_QUOTE = re.compile("\"{3}|'{3}")
OPEN_SINGLE_QUOTE = re.compile(r"(?m)^[^'\n]*=[ \t]*'[^'\n]*$")
LIST_OPENING = re.compile(r"(?m)^[ \t]*[\w.\"-]+[ \t]*=[ \t]*\[")
HEADING = re.compile(r"\[(\[?)[ \t]*([^\[\]\n]+?)[ \t]*\]")
# How an item of a list begins, and a field of a table `{…}`. A name in quotes that is
# given a value begins the next line of the file, below a list that is left open.
ITEM = re.compile(r"(?![^\n]*?[\"'][ \t]*=)[\"'{\d]")
INLINE_FIELD = re.compile(r"[\w\"'-][^=\n]*=")
TEXT_WITH_MORE_BEHIND = re.compile(r"=[ \t]*\"[^\"\n]*\"[ \t]*[^\s#,\]}\"]")
# A line that begins a table, or gives a field its value.
HEADING_OR_FIELD = re.compile(r"[ \t]*(?:\[|[\w.\"-]+[ \t]*=)")
# What stands for a value, and is more than TOML reads as one: 0dda3d1, or 3 March.
UNQUOTED_VALUE = re.compile(r"=[ \t]*([^\s\"'\[{#][^#\n]*?)[ \t]*(?:#|$)")
INVALID_VALUE = re.compile(r"([^\s,\]}#]+)")
NUMBERS_OF_A_DAY = re.compile(r"=[ \t]*((\d+)([-./])(\d+)\3(\d+))")

WRITE_FIELDS = 'write fields as key = "value"'
WRITE_VALUES = (
    'write a text in straight quotes, "…", a number as 1 or 0.5, a day as 2026-01-31'
)


class _Stop(NamedTuple):
    """Where `tomllib` stopped reading, and what it said."""

    text: str
    message: str
    line: int
    text_above: str  # the lines above this one; all lines if it stopped at the end
    column: int  # counted from 1; 0 if it stopped at the end

    @property
    def text_of_line(self) -> str:
        return self.text.split("\n")[self.line - 1]

    @property
    def rest_of_line(self) -> str:
        """What it could not read."""
        return self.text_of_line[self.column - 1 :] if self.column else ""


class _Mistake(NamedTuple):
    """What is wrong, how it is mended, and at which line."""

    line: int
    what: str
    fix: str


def syntax_error(text: str, path: str, message: str) -> ContentError:
    """Make an error of what `tomllib` says of a text, at the line to be mended.

    Parameters
    ----------
    text : str
        The text.
    path : str
        Its path, for the error.
    message : str
        What `tomllib` says.
    """
    stop = _stop(text, message)
    mistake = _Mistake(stop.line, stop.message, WRITE_FIELDS)
    for explain in EXPLANATIONS:
        if explained := explain(stop):
            mistake = explained
            break
    what = f"this is not TOML: {mistake.what}"
    return ContentError(path, mistake.line, what, mistake.fix)


def _stop(text: str, message: str) -> _Stop:
    lines = text.rstrip().split("\n")
    place = PLACE.search(message)
    what = PLACE.sub("", message)
    if place is None or place[1] is None:
        return _Stop(text, what, len(lines), "\n".join(lines), 0)
    line, column = int(place[1]), int(place[2])
    return _Stop(text, what, line, "\n".join(lines[: line - 1]), column)


def _open_long_text(stop: _Stop) -> _Mistake | None:
    """A text in three quotes that ends nowhere, or only where another one begins."""
    if stop.message == "Unterminated string" or "\"'''\"" in stop.message:
        closed = blank(LONG_STRING, stop.text)
        openings = [*LONG_QUOTE.finditer(closed)]
        if not openings:
            return None
        line = line_at(closed, openings[-1].start())
        what = f"the text that begins here with {openings[-1][0]} has no end"
        return _Mistake(line, what, f"write {openings[-1][0]} behind it")
    for long in LONG_STRING.finditer(stop.text):
        first = line_at(stop.text, long.start())
        if first < stop.line == line_at(stop.text, long.end()):
            what = f"the text that begins here with {long[1]} ends in line {stop.line}"
            return _Mistake(first, what, f"write {long[1]} where it should end")
    return None


def _open_quote(stop: _Stop) -> _Mistake | None:
    line = stop.line
    if stop.message == 'Expected "\'"':
        openings = [*OPEN_SINGLE_QUOTE.finditer(stop.text)]
        if not openings:
            return None
        line = line_at(stop.text, openings[-1].start())
    elif stop.message != r"Illegal character '\n'":
        return None
    return _Mistake(line, "a quote is not closed in this line", "close it")


def _no_heading(stop: _Stop) -> _Mistake | None:
    """A heading that lacks a bracket, or with a blank in its name."""
    line = stop.text_of_line.rstrip()
    if not line.startswith("["):
        return None
    name = re.sub(r"[^\w.]+", "_", line.strip("[] \t")).lower() or "name"
    is_of_list = line.startswith("[[") or line.endswith("]]")
    heading = f"[[{name}]]" if is_of_list else f"[{name}]"
    return _Mistake(stop.line, f"{line} is no heading", f"write {heading}")


def _table_over_lines(stop: _Stop) -> _Mistake | None:
    """A table `{…}` that goes on in the next line."""
    is_at_end = stop.column and not stop.rest_of_line.strip()
    if "key part" not in stop.message or "{" not in stop.text_of_line or not is_at_end:
        return None
    what = "a table { } does not go on in the next line"
    return _Mistake(stop.line, what, "write all of it in one line")


def _no_value(stop: _Stop) -> _Mistake | None:
    """A text without quotes, or in those of another alphabet."""
    if stop.message == "Invalid value":
        written = INVALID_VALUE.match(stop.rest_of_line)
    else:
        written = UNQUOTED_VALUE.search(stop.text_of_line)
    if written is None:
        return None
    return _Mistake(stop.line, f"{written[1]} is no value", WRITE_VALUES)


def _quote_within(stop: _Stop) -> _Mistake | None:
    """A quote within a text, which ends it."""
    if not TEXT_WITH_MORE_BEHIND.search(stop.text_of_line):
        return None
    what = "more stands behind the quote that ends the text"
    return _Mistake(stop.line, what, r"write \" for a quote within a text")


def _missing_comma(stop: _Stop) -> _Mistake | None:
    """An item of a list, or a field of a table `{…}`, right behind another one."""
    expected = {"Unclosed array": ITEM, "Unclosed inline table": INLINE_FIELD}
    begins_next = expected.get(stop.message)
    if begins_next is None or not begins_next.match(stop.rest_of_line):
        return None
    what = "no comma parts this from what stands before it"
    return _Mistake(stop.line, what, "write a comma between the two")


def _open_list(stop: _Stop) -> _Mistake | None:
    # Behind a comma the next item is expected.
    is_behind_comma = stop.text_above.rstrip().endswith(",")
    is_no_item = not stop.column or HEADING_OR_FIELD.match(stop.text_of_line)
    lacks_item = stop.message == "Invalid value" and is_behind_comma and is_no_item
    if stop.message != "Unclosed array" and not lacks_item:
        return None
    openings = [*LIST_OPENING.finditer(stop.text_above)]
    if not openings:
        return None
    line = line_at(stop.text, openings[-1].start())
    return _Mistake(
        line, "the list that begins here has no end", "write ] behind its last item"
    )


def _table_and_list(stop: _Stop) -> _Mistake | None:
    """The heading of a table for that of a list, `[name]` for `[[name]]`."""
    heading = HEADING.match(stop.text_of_line)
    if heading is None:
        return None
    name = heading[2]
    table = re.search(rf"(?m)^\[[ \t]*{re.escape(name)}[ \t]*\]", stop.text)
    has_list = f"[[{name}]]" in stop.text
    if not table or not has_list:
        return None
    line = line_at(stop.text, table.start())
    what = f"{name} is a table here, and a list elsewhere"
    return _Mistake(line, what, f"write [[{name}]]")


def _no_day(stop: _Stop) -> _Mistake | None:
    """A day that no calendar has, or that is written in another way."""
    numbers = NUMBERS_OF_A_DAY.search(stop.text_of_line)
    if numbers is None:
        return None
    what = _fault_of_day(numbers[1])
    return _Mistake(stop.line, what, "write a day as 2026-01-31") if what else None


def _fault_of_day(written: str) -> str:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written):
        return f"{written} is not written as a day"
    year, month, day = map(int, written.split("-"))
    if not 1 <= month <= 12:
        return f"{written} is no day: there is no month {month}"
    try:
        date(year, month, day)
    except ValueError:
        return f"{written} is no day: month {month} of {year} has no day {day}"
    return ""


def _backslash(stop: _Stop) -> _Mistake | None:
    if "Unescaped '\\'" not in stop.message:
        return None
    fix = "put a text with a backslash in single quotes"
    return _Mistake(stop.line, stop.message, fix)


def _same_name(stop: _Stop) -> _Mistake | None:
    if not re.search("twice|overwrite|Duplicate", stop.message):
        return None
    fix = "delete one of the two, or give it another name"
    return _Mistake(stop.line, stop.message, fix)


# The first that knows the mistake explains it.
EXPLANATIONS: list[Callable[[_Stop], _Mistake | None]] = [
    _open_long_text,
    _open_quote,
    _missing_comma,
    _open_list,
    _no_day,
    _table_and_list,
    _quote_within,
    _backslash,
    _same_name,
    _no_heading,
    _table_over_lines,
    _no_value,
]
