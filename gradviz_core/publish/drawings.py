"""Drawings: the pictures that the site holds beside its pages, and their drawing."""

import dataclasses
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.content.paths import NOT_FOUND
from gradviz_core.errors import ContentError
from gradviz_core.figures.curves import Picture
from gradviz_core.figures.fields import SHOWN_ROLES, Field
from gradviz_core.figures.small_pictures import small_picture
from gradviz_core.publish.cache import Cache, key_of
from gradviz_core.publish.snapshots import installed_packages
from gradviz_core.registry import colours
from gradviz_core.registry.words import Words
from gradviz_core.toml_source import PACKAGE


@dataclasses.dataclass(frozen=True)
class Drawing:
    """A file to be drawn: pictures side by side, and the words above them."""

    pictures: Sequence[Picture]
    titles: Sequence[str] = ()
    heading: str = ""
    is_small: bool = False  # without axes, for a small place

    @functools.cached_property
    def key(self) -> str:
        """A key of all this."""
        return key_of(self.pictures, self.titles, self.heading, self.is_small)


Drawings = dict[str, Drawing]  # by the path of the file in the site

# Small pictures show what the book's script draws, as on a reader's screen.
SHOWN_SMALL = ("correct-autoscale", "buggy-autoscale")


def unlike_original(
    page: Page, drawings: Drawings, drawings_of_originals: Drawings
) -> Iterator[ContentError]:
    """Report each picture of a translation that differs from its original's.

    One file serves all languages, so a picture holds no words.
    """
    for path, drawing in drawings.items():
        original = drawings_of_originals.get(path)
        if original and drawing.key != original.key:
            name = path.rpartition("/")[2].removesuffix(".svg")
            what = f"the picture {name} is not that of the original"
            yield ContentError(page.source, None, what, "draw it as there")


def function_drawings(entries: Mapping[str, Entry]) -> Drawings:
    """Return all pictures of the functions of the site."""
    drawings: Drawings = {}
    for name, entry in entries.items():
        drawings |= _drawings_of_function(name, entry.fields)
    return drawings


def _drawings_of_function(name: str, fields: Mapping[str, Field]) -> Drawings:
    """The four pictures of a function as SVG and as PNG, and two of them small."""
    drawings: Drawings = {}
    for ending, field in fields.items():
        drawing = Drawing([field])
        drawings[f"figures/{name}-{ending}.svg"] = drawing
        drawings[f"figures/{name}-{ending}.png"] = drawing
    for ending in SHOWN_SMALL:
        small = Drawing([fields[ending]], is_small=True)
        drawings[f"small/{name}-{ending}.svg"] = small
    return drawings


def drawings_in_lists(pages: Iterable[Page], drawings: Drawings) -> Drawings:
    """Return the small pictures that represent pages in lists."""
    in_lists: Drawings = {}
    for page in pages:
        for name in page.record.get("picture", {}).values():
            # One that is not drawn at all is reported. One that its page draws small
            # stands on the page's card, and in no list.
            large = drawings.get(f"figures/{name}.svg")
            if large and not large.is_small:
                in_lists[f"small/{name}.svg"] = Drawing(large.pictures, is_small=True)
    return in_lists


def card_drawings(
    pages: Sequence[Page],
    html: Mapping[str, Any],
    entries: Mapping[str, Entry],
    words: Words,
    drawings: Drawings,
) -> Drawings:
    """Return the social card of each page.

    Parameters
    ----------
    pages : sequence of Page
        The pages; translations share the cards of their originals.
    html : mapping of str to str
        Their HTML, by their paths in the site.
    entries : mapping of str to Entry
        The functions; without any, there are no cards.
    words : Words
        The English words.
    drawings : dict of str to Drawing
        The pictures of the site: some pages show two of their own on their cards.
    """
    if not entries:
        return {}
    cards: Drawings = {}
    for page in pages:
        if page.is_translation or page.url == NOT_FOUND:
            continue
        if page.has_card_of_its_own:
            pictures = _own_pair(page, drawings)
            marks = list(SHOWN_ROLES)
            names = words["case"]
        else:
            chosen = words["chosen"]["card"]
            entry = _card_entry(html[page.url], entries, chosen)
            pictures = [entry.fields[role] for role in SHOWN_ROLES]
            marks = [
                "correct" if entry.is_right(role) else role for role in SHOWN_ROLES
            ]
            names = words["pair"]
        titles = [
            f"{words['pair']['mark'][mark]} {names[role]}"
            for mark, role in zip(marks, SHOWN_ROLES, strict=True)
        ]
        cards[page.card] = Drawing(pictures, titles, page.title)
    return cards


def _own_pair(page: Page, drawings: Drawings) -> list[Picture]:
    """Return the pair of pictures that represents a page in lists."""
    names = page.record["picture"]
    pairs = [drawings[f"figures/{names[role]}.svg"].pictures for role in SHOWN_ROLES]
    return [picture for [picture] in pairs]


def _card_entry(
    html: str, entries: Mapping[str, Entry], chosen: Sequence[str]
) -> Entry:
    """Return the function whose pair a page shows first, or else a chosen one."""
    on_page = re.findall(r'<[^>]*data-function="(\w+)"', html)
    for name in (*on_page, *chosen, *entries):
        if name in entries:
            return entries[name]
    raise LookupError("there is no function to show")


def figure(
    cache: Cache, path: str, drawing: Drawing, report: Callable[[str], object]
) -> bytes:
    """Return a figure as a file, drawn unless the cache has it.

    Parameters
    ----------
    cache : Cache
        Where figures are kept.
    path : str
        The path of the file in the site, whose ending is its kind.
    drawing : Drawing
        What to draw.
    report : callable
        Called with the path if the figure is drawn.
    """
    suffix = path.rpartition(".")[2]

    def draw() -> bytes:
        report(path)
        if drawing.is_small:
            [picture] = drawing.pictures
            return small_picture(picture)
        from gradviz_core.figures.drawing import render  # most builds draw nothing

        return render(
            suffix,
            *drawing.pictures,
            titles=drawing.titles,
            heading=drawing.heading,
        )

    return cache.get(key_of(suffix, drawing.key, _drawing_code()), draw)


@functools.cache
def _drawing_code() -> list[Any]:
    """Return what decides how any figure is drawn, for its key."""
    libraries = ("matplotlib-", "numpy-")
    packages = [name for name in installed_packages() if name.startswith(libraries)]
    sources = [*sorted((PACKAGE / "figures").glob("*.*")), colours.TABLE]
    return [packages, *(path.read_text(encoding="utf-8") for path in sources)]
