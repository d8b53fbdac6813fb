"""Navigation: which page comes before a page, and which behind it.

Pages of a kind are read one after the other, save those that are just pages. Behind the
last step of the tutorial comes the playground.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gradviz_core.content.pages import Page


@dataclass(frozen=True)
class Place:
    """Where a page stands among those of its kind."""

    number: int  # from 1
    count: int
    previous: Page | None
    next: Page | None


def place_of(page: Page, pages: Sequence[Page]) -> Place:
    """Find the place of a page among the pages of its language."""
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
        previous=siblings[k - 1] if k else None,
        next=following,
    )
