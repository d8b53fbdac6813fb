"""Translation rules: what a translation may not change, and may not leave in English.

It has the ids and the links of its original, in any order, so that a link to a place in
a page works in every language. Its sections have as many paragraphs at least, and its
tables as many rows. Its marks of what is right and wrong stand in one order with those
of the original.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import zip_longest

from gradviz_core.content.listings import CODE, COMMENT
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.prose_rules import NOT_PROSE
from gradviz_core.registry.words import ENGLISH, TRANSLATES
from gradviz_core.texts import blank, line_at

ID = re.compile(r'<\w[^<>]*?\sid="([^"]*)"')
# The link of a heading to itself was not typed by an author.
LINK = re.compile(r'<a\s(?![^<>]*class="headerlink")[^<>]*?\bhref="([^"]*)"')

# A paragraph, or an item of a list, from the first of its lines to the last.
BLOCK = re.compile(r"(?m)^(?=\S| +\S).+(?:\n(?![ \t]*(?:[-*]|\d+\.) |[ \t]*$).+)*")

# This many words in a row are an English sentence, not a name or a formula.
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z]*\b[,;:]?\s+){4}")

EnglishBlocks = Mapping[int, str]  # paragraphs and items, by their first lines


TABLE = re.compile(r"(?s)<table.*?</table>")
# A table as it is typed.
TYPED_TABLE = re.compile(r"(?m)^\|.*(?:\n\|.*)*")
MARK = re.compile("[✓✗]")

HEADING = re.compile(r'<h[2-6]\b[^<>]*?\bid="([^"]*)"')
# A paragraph, or an item of a list.
PARAGRAPH = re.compile(r"<(?:li\b[^<>]*>\s*<p|li|p)\b[^<>]*>")
# What begins with a small letter in English goes on with a sentence, below a formula
# say, and another language may end that sentence above it.
PARAGRAPH_IN_ENGLISH = re.compile(rf"{PARAGRAPH.pattern}(?![a-z])")


@dataclass(frozen=True)
class Places:
    """The ids in the text of a page, the targets of its links, and so on, in order."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()  # of each table
    marks: str = ""
    paragraphs: tuple[tuple[str, int], ...] = ()  # of each section, by its id

    @classmethod
    def of(cls, html: str, language: str) -> "Places":
        """Read them in the HTML of a page whose links begin at the root of the site."""
        # A computed link may lead to a page in the language; a typed one never does.
        links = (link.removeprefix(f"/{language}") for link in LINK.findall(html))
        return cls(
            ids=tuple(ID.findall(html)),
            links=tuple(map(unescape, links)),
            rows=tuple(table.count("<tr") for table in TABLE.findall(html)),
            marks="".join(MARK.findall(html)),
            paragraphs=tuple(_paragraphs_by_section(html, language)),
        )


def _paragraphs_by_section(html: str, language: str) -> Iterator[tuple[str, int]]:
    """Yield the id of each heading, "" for the beginning, with a count below it."""
    paragraph = PARAGRAPH_IN_ENGLISH if language == ENGLISH else PARAGRAPH
    beginning, *others = HEADING.split(html)
    yield "", len(paragraph.findall(beginning))
    for name, section in zip(others[::2], others[1::2], strict=True):
        yield name, len(paragraph.findall(section))


def place_errors(
    page: Page, present: Places, original: Page, expected: Places
) -> Iterator[ContentError]:
    """Report the ids and the links of an original that its translation lacks.

    A translation may have more of them, in a note on what exists in English alone, say.
    One that links to its original for the rest may lack links. The text of one that is
    out of date is not compared: whoever adds a paragraph need not speak each language.
    """
    yield from _missing(page, "id", present.ids, original, expected.ids)
    if f"/{original.url.removesuffix('index.html')}" not in present.links:
        yield from _missing(page, "link", present.links, original, expected.links)
        if page.record.get(TRANSLATES) != original.hash:
            return
        yield from _row_errors(page, present, original, expected)
        yield from _mark_errors(page, present, original, expected)
        yield from _paragraph_errors(page, present, original, expected)


def _paragraph_errors(
    page: Page, present: Places, original: Page, expected: Places
) -> Iterator[ContentError]:
    """Report each section that has lost a paragraph, or an item of a list."""
    expected_by_section = dict(expected.paragraphs)
    for name, count in present.paragraphs:
        wanted = expected_by_section.get(name, 0)
        if count < wanted:
            counts = f"{count} paragraphs and items, and in {original.source} {wanted}"
            what = f"this section has {counts}"
            fix = "translate what is missing, or divide it as there"
            yield ContentError(page.source, _line_of_section(name, page), what, fix)


def _line_of_section(name: str, page: Page) -> int | None:
    """Return the line of the heading with an id; that of the first words for ""."""
    begins = rf"(?m)^#.*#{re.escape(name)}(?![\w-])" if name else r"\S"
    match = re.search(begins, page.body)
    return line_at(page.body, match.start()) if match else None


def _row_errors(
    page: Page, present: Places, original: Page, expected: Places
) -> Iterator[ContentError]:
    """Report each table that has lost a row, or has one too many."""
    tables = [table.end() for table in TYPED_TABLE.finditer(page.text)]
    for k, (rows, wanted) in enumerate(zip(present.rows, expected.rows, strict=False)):
        if rows != wanted:
            is_typed = len(tables) == len(present.rows)
            line = line_at(page.text, tables[k]) if is_typed else None
            what = f"this table has {rows} rows, and in {original.source} {wanted}"
            yield ContentError(page.source, line, what, "give it the same rows")


def _mark_errors(
    page: Page, present: Places, original: Page, expected: Places
) -> Iterator[ContentError]:
    """Report marks of right and wrong that are not those of the original.

    Where one of the two says it in words, there is nothing to compare.
    """
    marks = expected.marks
    if present.marks and marks and present.marks != marks:
        typed = MARK.search(page.text)
        line = line_at(page.text, typed.start()) if typed else None
        what = f"its marks are {present.marks}, and in {original.source} {marks}"
        yield ContentError(page.source, line, what, "write them in the same order")


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


def english_errors(
    page: Page, blocks: EnglishBlocks, original_blocks: EnglishBlocks
) -> Iterator[ContentError]:
    """Report each paragraph or item that a translation leaves in English.

    Parameters
    ----------
    page : Page
        The translation.
    blocks, original_blocks : mapping of int to str
        Its English blocks, and those of its original.
    """
    english = set(original_blocks.values())
    for line, block in blocks.items():
        if block in english:
            what = "this is still English"
            fix = "say it in the language"
            yield ContentError(page.source, line, what, fix)


def english_blocks(page: Page) -> EnglishBlocks:
    """Return the paragraphs and items of a page that hold an English sentence."""
    text = blank(NOT_PROSE, blank(CODE, blank(COMMENT, page.body)))
    blocks = {}
    for block in BLOCK.finditer(text):
        words = " ".join(block[0].split())
        if SENTENCE.search(words + " "):
            blocks[line_at(text, block.start())] = words
    return blocks
