"""TomlSource: the TOML that people write, read with the line of all that is wrong in it."""

import difflib
import json
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

from gradviz_core.errors import ContentError, ContentErrors

PACKAGE = Path(__file__).parent
FORMATS = {
    tomllib: ("TOML", 'write fields as key = "value"'),
    json: ("JSON", "type make bench"),
}
EXAMPLES = {"str": '"…"', "int": "1", "float": "0.5", "date": "2026-01-31"}
Value = TypeVar("Value")
BLANKS = {
    *"\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u2d7f\u3164\uffa0\ufffd"
}
LONG = re.compile(
    r"""("{3}|'{3}).*?\1""", re.DOTALL
)  # what looks like a key in it is none
ESCAPE = re.compile(r"\\(?:u([\da-fA-F]{4})|U(00(?:0[\da-fA-F]|10)[\da-fA-F]{4}))")


class TomlSource(dict[str, Value]):
    """What a text in TOML or JSON holds, all that is `needed` among it; else its faults."""

    def __init__(
        self, text: str | Path, source: str = "", needed: Collection[str] = ()
    ) -> None:
        self.text = ""
        self.source = source or Path(text).relative_to(PACKAGE.parent).as_posix()
        self.content_errors: list[ContentError] = []
        reader: Any = json if self.source.endswith(".json") else tomllib
        try:
            self.text = text if isinstance(text, str) else read_text(text)
            self.content_errors += hidden_characters(self.text, self.source)
            super().__init__({} if self.content_errors else reader.loads(self.text))
        except OSError as error:
            self.content_errors.append(
                ContentError(self.source, None, f"{error.strerror}", "restore it")
            )
        # ValueError: of too many digits, too; TypeError: of what is no table.
        except (ValueError, TypeError, RecursionError) as error:
            what, *at = re.split(r"(?: \(at|:) line (\d+)", str(error))
            line = int(at[0]) if at else self.text.rstrip().count("\n") + 1
            kind, fix = FORMATS[reader]
            self.content_errors.append(
                ContentError(self.source, line, f"this is not {kind}: {what}", fix)
            )
        self.bare = LONG.sub(lambda text: "\n" * text[0].count("\n"), self.text)
        missing = [key for key in needed if not isinstance(self.get(key), dict | list)]
        for key in missing if not self.content_errors else ():
            what = f"there is no table or list called {key}"
            self.content_errors.append(self.error_at((key,), what, "restore it"))
            self.clear()
        self.headings = re.findall(
            r"(?m)^\[([a-z][a-z0-9_]*)\]", self.bare
        )  # at fault or not

    def __missing__(self, key: str) -> Value:
        raise ContentErrors(self.content_errors) if self.content_errors else KeyError(key)

    def error_at(self, keys: tuple[str, ...], what: str, fix: str) -> ContentError:
        """A fault at the last of these keys: each is looked for in the table of the one before."""
        at = 0
        for depth, key in enumerate(keys):
            above, name = re.escape(".".join(keys[:depth])), re.escape(key)
            named = re.compile(rf"(?m)^[ \t]*\[*[ \t\"']*({above}\.)?{name}(?![\w-])")
            found = named.search(self.bare, at)
            if found and (
                found[1] or not (at and "\n[" in self.bare[at : found.start()])
            ):
                at = found.end()
        return ContentError(self.source, self.bare.count("\n", 0, at) + 1, what, fix)

    @contextmanager
    def collecting(self, errors: list[ContentError], *keys: str) -> Iterator[None]:
        """Keep what is raised as a fault of a table, or of a field of it."""
        try:
            yield
        except (ValueError, ArithmeticError) as error:
            fix = f"correct the {keys[1] if keys[1:] else 'name'}"
            errors.append(self.error_at(keys, f"{keys[0]}: {error}", fix))

    def field_errors(
        self, table: Any, fields: Any, needed: Any, *keys: str
    ) -> Iterator[ContentError]:
        """Every field of a table, or below it, that is missing, unknown or of another form."""
        for key in fields:
            asked = key in needed or ".".join((*keys[-1:], key)) in needed
            if asked and not str(table.get(key, "")).strip():
                what = f"{keys[-1] if keys else 'the page'} has no {key}"
                yield self.error_at((*keys, key), what, f"add {key} = …")
        for key, value in table.items():
            if fault := _fault(key, value, fields):
                yield self.error_at((*keys, key), *fault)
            elif isinstance(value, dict):
                yield from self.field_errors(value, fields[key], needed, *keys, key)
            elif isinstance(value, list) and isinstance(fields[key][0], dict):
                for count, each in enumerate(value, 1):
                    yield from self.field_errors(
                        each, fields[key][0], needed, *keys, *[key] * count
                    )


def read_text(path: Path) -> str:
    """The text of a file, with a character that `hidden_characters` tells for a wrong byte."""
    if path.is_fifo():  # to read it would never end
        raise OSError(0, "it is a pipe")
    return (
        path.read_bytes().decode("utf-8-sig", "surrogateescape").replace("\r\n", "\n")
    )


def hidden_characters(text: str, source: str) -> list[ContentError]:
    """The first character of a text that nobody can see: others are often of its kind."""
    for line, words in enumerate(text.split("\n"), 1):
        shown = ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), words)
        shown = re.sub("[\t\xa0\u202f\u3000]", "", unescape(shown))
        blank = sorted(BLANKS & {*shown})
        for hidden in (
            blank if shown.isprintable() else (c for c in shown if not c.isprintable())
        ):
            what, fix = f"there is a hidden character, U+{ord(hidden):04X}", "delete it"
            if "\udc80" <= hidden <= "\udcff":
                what, fix = "the text is not UTF-8", "save it as UTF-8"
            return [ContentError(source, line, what, fix)]
    return []


def _fault(key: str, value: Any, fields: Mapping[str, Any]) -> tuple[str, str] | None:
    if key not in fields:
        near = difflib.get_close_matches(key, fields, n=1)
        fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(fields)}"
        return f"unknown field {key}", fix
    choices = fields[key].split(" | ") if isinstance(fields[key], str) else []
    if len(choices) > 1:
        fix = f"choose one of {', '.join(map(repr, choices))}"
        return None if value in choices else (f"{key} is {value!r}", fix)
    if isinstance(value, str) and re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", value):
        return f"{key} spells a hidden character", "delete its backslash"
    form, wanted = _form(value), _form(fields[key])
    toml = re.sub("str|int|float|date", lambda kind: EXAMPLES[kind[0]], wanted)
    written = {"table": f"[{key}]", "list of tables": f"[[{key}]]"}.get(
        wanted, f"{key} = {toml}"
    )
    return (
        None
        if form == wanted
        else (f"{key} is {form}, not {wanted}", f"write {written}")
    )


def _form(value: Any) -> str:
    """What a value is, or what a field asks for; in a list a whole number is like any other."""
    if isinstance(value, list):
        forms = [_form(each).replace("int", "float") for each in value]
        return "list of tables" if {*forms} <= {"table"} else f"[{', '.join(forms)}]"
    return (value if isinstance(value, type) else type(value)).__name__.replace(
        "dict", "table"
    )
