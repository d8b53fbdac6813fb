"""Colours: those of the site and its pictures, all from colours.toml.

Python and templates take a colour from the table. Style sheets and icons name it, and
are filled when they are published: `colour(arrows.correct)` becomes a colour for both
themes, and `colour(arrows.correct.light)` that of one.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gradviz_core.errors import ContentError
from gradviz_core.toml_source import TomlSource, load_toml

TABLE = Path(__file__).with_suffix(".toml")

HEXADECIMAL = re.compile("#[0-9a-f]{6}")
NAMED_COLOUR = re.compile(r"colour\(([\w.-]*)\)")


class Colour(NamedTuple):
    """A colour as it is in each theme."""

    light: str
    dark: str


def colour_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report every colour of a table that is none, and a wrong one that looks right."""
    for section, table in source.data.items():
        for name, themes in table.items():
            if not _are_colours(themes):
                what = f"{section}.{name} is not one colour for each theme"
                fix = f'write {name} = ["#0072b2", "#56b4e9"], on a light ground first'
                yield source.error_at((section, name), what, fix)
    arrows = source.data.get("arrows", {})
    if set(arrows.get("correct", [])) & set(arrows.get("buggy", [])):
        what = "wrong arrows have a colour of right ones"
        yield source.error_at(("arrows", "buggy"), what, "give them another")


def _are_colours(themes: Any) -> bool:
    is_pair = isinstance(themes, list) and len(themes) == len(Colour._fields)
    return is_pair and all(HEXADECIMAL.fullmatch(str(theme)) for theme in themes)


@cache
def colours() -> dict[str, dict[str, Colour]]:
    """Return the table: from a section, and a name within it, to the colour."""
    return {
        section: {name: Colour(*themes) for name, themes in table.items()}
        for section, table in load_toml(TABLE).items()
    }


@cache
def colours_by_name() -> dict[str, str]:
    """Return what may stand between the parentheses of `colour(…)`, and its CSS."""
    by_name = {}
    for section, table in colours().items():
        for name, colour in table.items():
            by_name[f"{section}.{name}"] = f"light-dark({colour.light}, {colour.dark})"
            by_name[f"{section}.{name}.light"] = colour.light
            by_name[f"{section}.{name}.dark"] = colour.dark
    return by_name


def fill_colours(text: str) -> str:
    """Put the colours that a text names in place of their names.

    A name that is not in the table stays: `unknown_colours` reports it.
    """
    by_name = colours_by_name()
    return NAMED_COLOUR.sub(lambda named: by_name.get(named[1], named[0]), text)


def unknown_colours(text: str, path: str) -> Iterator[ContentError]:
    """Report every colour that a text names and the table lacks."""
    for number, line in enumerate(text.split("\n"), 1):
        for name in NAMED_COLOUR.findall(line):
            if name not in colours_by_name():
                what = f"no colour is called {name}"
                fix = "name one of gradviz_core/registry/colours.toml"
                yield ContentError(path, number, what, fix)
