"""Function titles: what the functions are called in other languages, and teach.

English stands in functions.toml, Korean, say, in strings/functions.ko.toml, a table for
each function with its `title` and `note`. A language that has this file has a page for
every function.
"""

from dataclasses import replace
from typing import TypedDict

from gradviz_core.errors import ContentError
from gradviz_core.registry.functions import FUNCTIONS, FUNCTIONS_SOURCE, Function
from gradviz_core.registry.words import (
    ABSENT,
    ENGLISH,
    LANGUAGES,
    STRINGS,
    without_line_ends,
)
from gradviz_core.schema import field_errors
from gradviz_core.toml_source import TomlSource


class Titles(TypedDict, total=False):
    """What people read of a function."""

    title: str
    note: str


SOURCES: dict[str, TomlSource] = {}  # by language
FUNCTIONS_IN: dict[str, dict[str, Function]] = {ENGLISH: FUNCTIONS}
TITLES_ERRORS: list[ContentError] = []
# What each language lacks in its file.
UNTITLED: dict[str, list[ContentError]] = {}


def _load_titles(language: str) -> None:
    """Read what the functions are called in a language."""
    path = STRINGS / f"functions.{language}.toml"
    if not path.exists():
        where = path.relative_to(STRINGS.parents[2]).as_posix()
        what = "the functions are not translated"
        absent = ContentError(where, None, what, f"write {path.name}")
        ABSENT.setdefault(language, []).append(absent)
        FUNCTIONS_IN[language] = FUNCTIONS
        return
    source = TomlSource.read(path)
    SOURCES[language] = source
    TITLES_ERRORS.extend(source.errors)
    tables = {k: table for k, table in source.data.items() if isinstance(table, dict)}
    for name, table in tables.items():
        if name not in {*FUNCTIONS, *FUNCTIONS_SOURCE.headings}:
            what = f"no function is called {name}"
            fix = "name one of gradviz_core/registry/functions.toml"
            TITLES_ERRORS.append(source.error_at((name,), what, fix))
        else:
            TITLES_ERRORS.extend(field_errors(source, table, Titles, name))
    lacking = []
    for name in FUNCTIONS:
        for key in Titles.__annotations__:
            if key not in tables.get(name, {}):
                what = f"{name} has no {key}"
                fix = f'add {key} = "…" below [{name}]'
                lacking.append(source.error_at((name, key), what, fix))
    UNTITLED[language] = lacking
    if LANGUAGES[language]["language"]["complete"]:
        TITLES_ERRORS.extend(lacking)
    FUNCTIONS_IN[language] = {
        name: _titled(function, tables.get(name, {}))
        for name, function in FUNCTIONS.items()
    }


def _titled(function: Function, titles: dict[str, str]) -> Function:
    return replace(function, **without_line_ends(titles))


for each in LANGUAGES:
    if each != ENGLISH:
        _load_titles(each)
