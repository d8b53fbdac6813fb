"""Erratum view: what is shown of an erratum's code and pictures, for the templates.

The code in question stands above the code to write instead. Where the one is the other
without its transposes, both are the same text, and the template marks in it what is
missing. In the list of errata stand one or two small pictures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.publish.captions import picture_text

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Side:
    """One of the two: the code in question, or the code instead."""

    role: str  # buggy or correct
    mark: str
    label: str
    lines: list[str]


@dataclass(frozen=True)
class CodeChange:
    """The code in question and the code instead, as far as the record has them."""

    sides: list[Side]
    # The code in question is the other one without its transposes: both sides have the
    # lines of the other one.
    lacks_transposes: bool
    # The code calls or defines something by a name, which may differ from the book's.
    has_own_names: bool


def code_change(record: Mapping[str, Any], words: Words) -> CodeChange:
    """What the record of an erratum says of its code.

    Parameters
    ----------
    record : mapping
        The front matter of the erratum.
    words : mapping
        The strings of a language.
    """
    codes = {field: record[field] for field in ("wrong", "right") if field in record}
    without_transposes = codes.get("right", "").replace(words["pair"]["transpose"], "")
    lacks_transposes = codes.get("wrong") == without_transposes
    has_own_names = not lacks_transposes and any("(" in code for code in codes.values())
    if lacks_transposes:
        codes["wrong"] = codes["right"]
    sides = [_side(field, code, record, words) for field, code in codes.items()]
    return CodeChange(sides, lacks_transposes, has_own_names)


def _side(field: str, code: str, record: Mapping[str, Any], words: Words) -> Side:
    """The code of a field under its label and mark."""
    role = {"wrong": "buggy", "right": "correct"}[field]
    mark = words["pair"]["mark"][role]
    # What is fragile or misleading is not wrong in itself.
    if field == "wrong" and record.get("severity") in words["severity"]:
        mark = words["erratum"]["doubt"]
    label = words["erratum"][field]
    if record.get("kind") == "wording":
        label = words["erratum"][f"wording_{field}"]
    return Side(role, mark, label, code.split("\n"))


@dataclass(frozen=True)
class Thumbnail:
    """A small picture in the list of errata."""

    src: str
    alt: str
    role: str  # correct or buggy; "book" for one that stands alone
    mark: str  # of the code that draws it, or nothing


def thumbnails(
    page: Page, entries: Mapping[str, Entry], words: Words
) -> list[Thumbnail]:
    """The pictures that the record of an erratum names, for the list.

    Parameters
    ----------
    page : Page
        The page of the erratum.
    entries : mapping of str to Entry
        The functions of the site.
    words : mapping
        The strings of a language.
    """
    names = page.record.get("pictures", [])
    if len(names) == 1:
        return [_thumbnail(page, names[0], None, entries, words)]
    sides = code_change(page.record, words).sides
    return [
        _thumbnail(page, name, side, entries, words)
        for name, side in zip(names, sides, strict=False)
    ]


def _thumbnail(
    page: Page,
    name: str,
    side: Side | None,
    entries: Mapping[str, Entry],
    words: Words,
) -> Thumbnail:
    """The picture of this name, which one of the two pieces of code draws, or neither."""
    role = side.role if side else "book"
    mark = side.mark if side else ""
    function, _, ending = name.partition("-")
    if function in entries and ending in entries[function].fields:
        shown = picture_text(entries[function], ending, words)
        return Thumbnail(shown.src, shown.alt, role, mark)
    alt = f"{side.label}: {page.title}" if side else page.title
    folder = page.original.removesuffix("/index.html")
    return Thumbnail(f"/figures/{folder}/{name}.svg", alt, role, mark)
