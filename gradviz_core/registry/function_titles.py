"""Function titles: the titles and notes of the functions in other languages.

The English ones are in functions.toml, the Korean ones in strings/functions.ko.toml,
with a table for each function. A language that has this file has a page for every
function; a function without a title there is shown under its spelling.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

from gradviz_core.errors import ContentError
from gradviz_core.registry.functions import Function, FunctionTable, Registry
from gradviz_core.registry.words import ENGLISH, without_line_ends
from gradviz_core.schema import IN_ORIGINAL, field_errors, names_of_fields
from gradviz_core.toml_source import TomlSource


class Titles(TypedDict, total=False):
    """The fields of a function that need translating."""

    title: str
    note: str


@dataclass(frozen=True)
class FunctionTitles:
    """The functions with their titles and notes in every language."""

    functions: dict[str, dict[str, Function]]  # by language, then by name
    sources: dict[str, TomlSource]  # by language, of those that have titles
    errors: list[ContentError] = field(default_factory=list)
    # What each language lacks in its file.
    untranslated: dict[str, list[ContentError]] = field(default_factory=dict)


def read_titles(
    registry: Registry, sources: Mapping[str, TomlSource], languages: Iterable[str]
) -> FunctionTitles:
    """Read what the functions are called in every language.

    Parameters
    ----------
    registry : Registry
        The functions, with their titles in English.
    sources : mapping of str to TomlSource
        The files of titles, by language.
    languages : iterable of str
        Every language but English.
    """
    titles = FunctionTitles({ENGLISH: registry.functions}, dict(sources))
    for language in languages:
        if language not in sources:
            titles.functions[language] = registry.functions
            continue
        source = sources[language]
        tables = {k: v for k, v in source.data.items() if isinstance(v, dict)}
        titles.untranslated[language] = [
            *_untranslated_errors(registry, source, tables)
        ]
        titles.errors.extend(source.errors)
        titles.errors.extend(_errors(registry, source, tables))
        titles.functions[language] = {
            name: _titled(function, tables.get(name, {}))
            for name, function in registry.functions.items()
        }
    return titles


def _titled(function: Function, table: dict[str, Any]) -> Function:
    """Return a function under its title in a language, or else under its spelling."""
    keys = Titles.__annotations__
    untranslated = tuple(key for key in keys if key not in table)
    own = {key: table[key] for key in keys if key in table}
    texts = {"title": function.spelling} | without_line_ends(own)
    return replace(function, **texts, untranslated=untranslated)


def _errors(
    registry: Registry, source: TomlSource, tables: Mapping[str, dict[str, Any]]
) -> Iterator[ContentError]:
    """Report every table for an unknown function, and every unknown field."""
    for name, table in tables.items():
        if name not in registry.names:
            what = f"no function is called {name}"
            fix = f"name one of {registry.source.path}"
            yield source.error_at((name,), what, fix)
        else:
            advice = dict.fromkeys(names_of_fields(FunctionTable), IN_ORIGINAL)
            yield from field_errors(source, table, Titles, name, advice=advice)
    yield from _repetitions(source, tables)
    yield from _copied_notes(registry, source, tables)


def _copied_notes(
    registry: Registry, source: TomlSource, tables: Mapping[str, dict[str, Any]]
) -> Iterator[ContentError]:
    """Report every note that is the English one.

    A title may be the same: that of log-sum-exp, say, is a name.
    """
    for name, function in registry.functions.items():
        if tables.get(name, {}).get("note") == function.note:
            what = f"the note of {name} is still English"
            fix = "say it in the language, or delete the line"
            yield source.error_at((name, "note"), what, fix)


def _repetitions(
    source: TomlSource, tables: Mapping[str, dict[str, Any]]
) -> Iterator[ContentError]:
    """Report every function with the title, or the note, of one before it."""
    for key in Titles.__annotations__:
        names: dict[str, str] = {}
        for name, table in tables.items():
            if key not in table:
                continue
            first = names.setdefault(str(table[key]), name)
            if first != name:
                what = f"{first} has the same {key}"
                yield source.error_at((name, key), what, "say that of this function")


def _untranslated_errors(
    registry: Registry, source: TomlSource, tables: Mapping[str, dict[str, Any]]
) -> Iterator[ContentError]:
    """Report every function that has no title or no note in a language."""
    for name in registry.functions:
        for key in Titles.__annotations__:
            if key not in tables.get(name, {}):
                what = f"{name} has no {key}"
                fix = f'add {key} = "…" below [{name}]'
                yield source.error_at((name, key), what, fix)
