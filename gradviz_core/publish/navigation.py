"""Navigation: where a page stands in its section, which comes before, which after.

Pages of a kind are read one after the other, save those that are just pages. Behind the
last step of the tutorial comes the playground.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import file_at


@dataclass(frozen=True)
class Place:
    """Where a page stands among those of its kind."""

    number: int  # from 1
    count: int
    up: Page | None  # the page that lists its section
    previous: Page | None
    next: Page | None


def in_language(pages: Sequence[Page], language: str) -> list[Page]:
    """Every page once: its translation where there is one, otherwise the original."""
    translations = {page.original: page for page in pages if page.language == language}
    originals = {page.original for page in pages if not page.is_translation}
    shown = [
        translations.get(page.url, page) for page in pages if not page.is_translation
    ]
    # A function may have a page in another language alone.
    return shown + [p for url, p in translations.items() if url not in originals]


def place_of(page: Page, pages: Sequence[Page]) -> Place:
    """Find the place of a page among all pages as its language has them."""
    siblings = [page]
    if page.kind != "page":
        siblings = [other for other in pages if other.kind == page.kind]
    k = siblings.index(page)
    is_last = k + 1 == len(siblings)
    following = None if is_last else siblings[k + 1]
    if is_last and page.kind == "step":
        playgrounds = [other for other in pages if other.kind == "playground"]
        following = playgrounds[0] if playgrounds else None
    return Place(
        number=k + 1,
        count=len(siblings),
        up=_list_of_section(page, pages),
        previous=siblings[k - 1] if k else None,
        next=following,
    )


def _list_of_section(page: Page, pages: Sequence[Page]) -> Page | None:
    """The page that lists the section of a page."""
    section = dirname(dirname(page.original))
    if not section:  # the pages of the menu, which stand on every page
        return None
    lists = [other for other in pages if other.original == file_at(f"{section}/")]
    return lists[0] if lists else None
