"""Drawing: what each picture of the site will show, and nothing drawn yet."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gradviz_core.publish.entries import Entry
from gradviz_core.publish.pages import Page
from gradviz_core.quiver import Picture
from gradviz_core.words import WORDS

# What stands side by side, and the words that are drawn with it.
Drawing = tuple[list[Picture], dict[str, Any]]

OF_ALL = "product"  # on the card of a page that shows no pair
SHOWN = re.compile(r'data-function="(\w+)"')


def figures(entries: Mapping[str, Entry]) -> dict[str, Drawing]:
    """The four pictures of every function, by their paths."""
    return {
        f"figures/{name}-{ending}.{suffix}": ([quiver], {})
        for name, entry in entries.items()
        for ending, quiver in entry.quivers.items()
        for suffix in ("svg", "png")
    }


def cards(
    pages: Sequence[Page], html: Mapping[str, str], entries: Mapping[str, Entry]
) -> dict[str, Drawing]:
    """What stands for each page that is found by an address and no translation of another."""
    words, inks = WORDS["pair"], ("correct", "buggy")
    titles = [f"{words['mark'][ink]} {words[ink]}" for ink in inks]
    drawings: dict[str, Drawing] = {}
    for page in (page for page in pages if page.url == page.original != "404.html"):
        shown = SHOWN.search(html.get(page.url, ""))
        quivers = entries[shown[1] if shown else OF_ALL].quivers
        drawings[page.card] = [quivers[i] for i in inks], {"titles": titles, "heading": page.title}
    return drawings
