"""Translation rules: what a translation may not change, and not leave in English.

The places of a page and where its links lead are those of its original, in any order:
so a link to a place leads there in each language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest

from gradviz_core.content.listings import CODE, COMMENT, blank
from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError
from gradviz_core.publish.prose_rules import NOT_PROSE
from gradviz_core.texts import line_at

ID = re.compile(r'<\w[^<>]*?\sid="([^"]*)"')
# A heading's link to itself is none that was typed.
LINK = re.compile(r'<a\s(?![^<>]*class="headerlink")[^<>]*?\bhref="([^"]*)"')

# A paragraph, or an item of a list, from the first of its lines to the last.
BLOCK = re.compile(r"(?m)^(?=\S| +\S).+(?:\n(?![ \t]*(?:[-*]|\d+\.) |[ \t]*$).+)*")

# So many words in a row are a sentence of English, and no name or formula.
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z]*\b[,;:]?\s+){4}")


@dataclass(frozen=True)
class Places:
    """The ids in the text of a page, and where its links lead, in their order."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @classmethod
    def of(cls, html: str, language: str) -> "Places":
        """Read the text of a page, whose links begin at the root of the site."""
        # What is computed may lead to the page in the language; what is typed does not.
        links = (link.removeprefix(f"/{language}") for link in LINK.findall(html))
        return cls(tuple(ID.findall(html)), tuple(map(unescape, links)))


def place_errors(
    page: Page, own: Places, original: Page, theirs: Places
) -> Iterator[ContentError]:
    """Report the ids and the links of an original that its translation has not.

    It may have more of them: a note on what is there in English alone, say. One that
    leads to its original for the rest leaves out links.
    """
    yield from _missing(page, "id", own.ids, original, theirs.ids)
    if f"/{original.url.removesuffix('index.html')}" not in own.links:
        yield from _missing(page, "link", own.links, original, theirs.links)


def _missing(
    page: Page,
    kind: str,
    own: Sequence[str],
    original: Page,
    theirs: Sequence[str],
) -> Iterator[ContentError]:
    """Report what is missing, at the line of what may stand in its place."""
    missing = [each for each in dict.fromkeys(theirs) if each not in own]
    others = [each for each in dict.fromkeys(own) if each not in theirs]
    for each, other in zip_longest(missing, others[: len(missing)]):
        what = f"the {kind} {each} of {original.source} is missing"
        fix = f"write it in the place of {other}" if other else "add it"
        line = _line_of(other, page.text) if other else None
        yield ContentError(page.source, line, what, fix)


def _line_of(typed: str, text: str) -> int | None:
    """The line on which something stands alone, and not as a part of another."""
    match = re.search(rf"(?<![\w/.-]){re.escape(typed)}(?![\w/#-])", text)
    return line_at(text, match.start()) if match else None


def english_errors(site: Site) -> Iterator[ContentError]:
    """Report each paragraph or item that a complete language leaves in English."""
    originals = {page.url: page for page in site.pages if not page.is_translation}
    for page in site.pages:
        is_complete = site.words[page.language]["language"]["complete"]
        if page.is_translation and is_complete and page.original in originals:
            yield from _english_left(page, originals[page.original])


def _english_left(page: Page, original: Page) -> Iterator[ContentError]:
    theirs = set(_blocks(original).values())
    for line, block in _blocks(page).items():
        if block in theirs and SENTENCE.search(block + " "):
            what = "this is still English"
            fix = "say it in the language"
            yield ContentError(page.source, line, what, fix)


def _blocks(page: Page) -> Mapping[int, str]:
    """What people read of a page, paragraph by paragraph, by its first line."""
    text = blank(NOT_PROSE, blank(CODE, blank(COMMENT, page.body)))
    return {
        line_at(text, block.start()): " ".join(block[0].split())
        for block in BLOCK.finditer(text)
    }
