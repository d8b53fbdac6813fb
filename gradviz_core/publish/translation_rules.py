"""Translation rules: what a translation may not change, and may not leave in English.

It has the ids and the links of its original, in any order, so that a link to a place in
a page works in every language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest

from gradviz_core.content.listings import CODE, COMMENT
from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError
from gradviz_core.publish.prose_rules import NOT_PROSE
from gradviz_core.texts import blank, line_at

ID = re.compile(r'<\w[^<>]*?\sid="([^"]*)"')
# The link of a heading to itself was not typed by an author.
LINK = re.compile(r'<a\s(?![^<>]*class="headerlink")[^<>]*?\bhref="([^"]*)"')

# A paragraph, or an item of a list, from the first of its lines to the last.
BLOCK = re.compile(r"(?m)^(?=\S| +\S).+(?:\n(?![ \t]*(?:[-*]|\d+\.) |[ \t]*$).+)*")

# This many words in a row are an English sentence, not a name or a formula.
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z]*\b[,;:]?\s+){4}")


@dataclass(frozen=True)
class Places:
    """The ids in the text of a page and the targets of its links, in their order."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @classmethod
    def of(cls, html: str, language: str) -> "Places":
        """Read them in the HTML of a page whose links begin at the root of the site."""
        # A computed link may lead to a page in the language; a typed one never does.
        links = (link.removeprefix(f"/{language}") for link in LINK.findall(html))
        return cls(tuple(ID.findall(html)), tuple(map(unescape, links)))


def place_errors(
    page: Page, present: Places, original: Page, expected: Places
) -> Iterator[ContentError]:
    """Report the ids and the links of an original that its translation lacks.

    A translation may have more of them, in a note on what exists in English alone, say.
    One that links to its original for the rest may lack links.
    """
    yield from _missing(page, "id", present.ids, original, expected.ids)
    if f"/{original.url.removesuffix('index.html')}" not in present.links:
        yield from _missing(page, "link", present.links, original, expected.links)


def _missing(
    page: Page,
    kind: str,
    present: Sequence[str],
    original: Page,
    expected: Sequence[str],
) -> Iterator[ContentError]:
    """Report each missing id or link, at the line of one that may replace it."""
    missing = [each for each in dict.fromkeys(expected) if each not in present]
    others = [each for each in dict.fromkeys(present) if each not in expected]
    for each, other in zip_longest(missing, others[: len(missing)]):
        what = f"the {kind} {each} of {original.source} is missing"
        fix = f"write it in the place of {other}" if other else "add it"
        line = _line_of(other, page.text) if other else None
        yield ContentError(page.source, line, what, fix)


def _line_of(typed: str, text: str) -> int | None:
    """Return the line on which a text stands by itself, not within a longer name."""
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
    english = set(_blocks(original).values())
    for line, block in _blocks(page).items():
        if block in english and SENTENCE.search(block + " "):
            what = "this is still English"
            fix = "say it in the language"
            yield ContentError(page.source, line, what, fix)


def _blocks(page: Page) -> Mapping[int, str]:
    """Return the paragraphs of a page that people read, by their first lines."""
    text = blank(NOT_PROSE, blank(CODE, blank(COMMENT, page.body)))
    return {
        line_at(text, block.start()): " ".join(block[0].split())
        for block in BLOCK.finditer(text)
    }
