"""Translation rules: what a translation may not change.

It has the ids and the links of its original, in any order, so that a link to a place in
a page works in every language. Its sections have as many paragraphs and tables at
least. Where they have as many tables, each has as many rows; where a table has as many
marks of what is right and wrong, they stand in one order with those of the original.
Its expressions show the values that those of the original show.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from itertools import zip_longest
from typing import NamedTuple

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import path_to
from gradviz_core.errors import ContentError
from gradviz_core.publish.environment import NamedValue
from gradviz_core.registry.words import ENGLISH, TRANSLATES
from gradviz_core.texts import line_at

ID = re.compile(r'<\w[^<>]*?\sid="([^"]*)"')
# The link of a heading to itself was not typed by an author.
LINK = re.compile(r'<a\s(?![^<>]*class="headerlink")[^<>]*?\bhref="([^"]*)"')

TABLE = re.compile(r"(?s)<table.*?</table>")
MARK = re.compile("[✓✗]")

HEADING = re.compile(r'<h[2-6]\b[^<>]*?\bid="([^"]*)"')
# A paragraph, or an item of a list.
PARAGRAPH = re.compile(r"<(?:li\b[^<>]*>\s*<p|li|p)\b[^<>]*>")
# What begins with a small letter in English goes on with a sentence, below a formula
# say, and another language may end that sentence above it.
PARAGRAPH_IN_ENGLISH = re.compile(rf"{PARAGRAPH.pattern}(?![a-z])")


class Table(NamedTuple):
    """How many rows a table has, and its marks of what is right and wrong, in order."""

    rows: int
    marks: str


@dataclass(frozen=True)
class Structure:
    """What the text of a page is made of, whatever its language; all of it in order."""

    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # their targets
    values: tuple[NamedValue, ...] = ()  # in its expressions
    # Of each section, by its id:
    tables: tuple[tuple[str, tuple[Table, ...]], ...] = ()
    paragraphs: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(
        cls, html: str, values: tuple[NamedValue, ...], language: str
    ) -> "Structure":
        """Read the HTML of a page whose links begin at the root of the site."""
        # A computed link may lead to a page in the language; a typed one never does. A
        # picture with words has a file in the language, such as speed.ja.svg.
        links = (
            link.removeprefix(f"/{language}").replace(f".{language}.svg", ".svg")
            for link in LINK.findall(html)
        )
        paragraph = PARAGRAPH_IN_ENGLISH if language == ENGLISH else PARAGRAPH
        sections = [*_sections(html)]
        return cls(
            ids=tuple(ID.findall(html)),
            links=tuple(map(unescape, links)),
            values=values,
            tables=tuple((name, tuple(_tables(part))) for name, part in sections),
            paragraphs=tuple(
                (name, len(paragraph.findall(part))) for name, part in sections
            ),
        )


def _sections(html: str) -> Iterator[tuple[str, str]]:
    """Yield the id of each heading, "" for the beginning, with what is below it."""
    beginning, *others = HEADING.split(html)
    yield "", beginning
    yield from zip(others[::2], others[1::2], strict=True)


def _tables(html: str) -> Iterator[Table]:
    for table in TABLE.findall(html):
        yield Table(table.count("<tr"), "".join(MARK.findall(table)))


@dataclass(frozen=True)
class Comparison:
    """A translation beside its original, and what the text of each is made of."""

    page: Page
    present: Structure
    original: Page
    expected: Structure

    def errors(self) -> Iterator[ContentError]:
        """Report what the translation lacks of its original.

        It may have more ids and links, in a note on what exists in English alone, say.
        One that links to its original for the rest may lack links. The text of one that
        is out of date is not compared: whoever adds a paragraph need not speak each
        language.
        """
        yield from self._missing("id", self.present.ids, self.expected.ids)
        if f"/{path_to(self.original.url)}" in self.present.links:
            return
        yield from self._missing("link", self.present.links, self.expected.links)
        if self.page.record.get(TRANSLATES) == self.original.hash:
            yield from self._table_errors()
            yield from self._paragraph_errors()
            yield from self._value_errors()

    def _missing(
        self, kind: str, present: Sequence[str], expected: Sequence[str]
    ) -> Iterator[ContentError]:
        """Report each missing id or link, at the line of one that may replace it."""
        missing = [each for each in dict.fromkeys(expected) if each not in present]
        others = [each for each in dict.fromkeys(present) if each not in expected]
        if kind == "id":
            # A heading without an id is given one, which nobody has typed.
            others = [each for each in others if _is_typed_id(each, self.page.text)]
        for each, other in zip_longest(missing, others[: len(missing)]):
            what = f"the {kind} {each} of {self.original.source} is missing"
            if other:
                fix = f"write it in the place of {other}"
            elif kind == "id":
                fix = f"add {{: #{each} }} behind its heading"
            else:
                fix = "add it"
            line = _line_of(other, self.page.text) if other else None
            yield ContentError(self.page.source, line, what, fix)

    def _table_errors(self) -> Iterator[ContentError]:
        """Report each table that is lost, has lost a row, or has its marks exchanged.

        A note of a translator may have a table of its own: which of those of its
        section are to be compared is not known then. Neither are marks, where words
        take the place of some.
        """
        expected_by_section = dict(self.expected.tables)
        for section, tables in self.present.tables:
            wanted = expected_by_section.get(section, ())
            for what, fix in _faults_of_tables(tables, wanted, self.original):
                yield self._error_in(section, what, fix)

    def _paragraph_errors(self) -> Iterator[ContentError]:
        """Report each section that has lost a paragraph, or an item of a list."""
        expected_by_section = dict(self.expected.paragraphs)
        for section, count in self.present.paragraphs:
            wanted = expected_by_section.get(section, 0)
            if count < wanted:
                counts = f"{count}, in {self.original.source}: {wanted}"
                what = f"paragraphs and items in this section: {counts}"
                fix = "translate what is missing, or divide it as there"
                yield self._error_in(section, what, fix)

    def _error_in(self, section: str, what: str, fix: str) -> ContentError:
        """Make an error at the heading with an id; at the first words for ""."""
        body = self.page.body
        heading = rf"(?m)^#.*#{re.escape(section)}(?![\w-])"
        begins = re.search(heading if section else r"\S", body)
        line = line_at(body, begins.start()) if begins else None
        return ContentError(self.page.source, line, what, fix)

    def _value_errors(self) -> Iterator[ContentError]:
        """Report each value that stands in the place of one that the original shows.

        A sentence may repeat a value, or do without one: only where one is shown more
        often than in the original, and another less often, is the first taken for the
        second. What the translation alone sets is part of its wording.
        """
        expected_names = [value.name for value in self.expected.values]
        shared = self._values_of_original()
        names = [value.name for value in shared]
        surplus = (Counter(names) - Counter(expected_names)).elements()
        missing = (Counter(expected_names) - Counter(names)).elements()
        matcher = SequenceMatcher(None, names, expected_names, autojunk=False)
        unmatched: list[NamedValue] = []
        for kind, begin, end, _, _ in matcher.get_opcodes():
            if kind != "equal":
                unmatched.extend(shared[begin:end])
        for own, other in zip(surplus, missing, strict=False):
            lines = [value.line for value in unmatched if value.name == own]
            what = f"{own} stands where {self.original.source} shows {other}"
            yield ContentError(self.page.source, lines[0], what, f"write {other}")

    def _values_of_original(self) -> list[NamedValue]:
        """Return the values of the translation that its original may show, too."""
        roots = {_root(value) for value in self.expected.values}
        return [
            value
            for value in self.present.values
            if _root(value) in roots or not value.is_set_by_page
        ]


def _root(value: NamedValue) -> str:
    """Return the name before the attributes of a value: s for `s.zero`."""
    return value.name.partition(".")[0]


def _faults_of_tables(
    tables: Sequence[Table], wanted: Sequence[Table], original: Page
) -> Iterator[tuple[str, str]]:
    """Say what is wrong with the tables of a section, and what to do about it."""
    elsewhere = f"in {original.source}"
    if len(tables) < len(wanted):
        what = f"tables in this section: {len(tables)}, {elsewhere}: {len(wanted)}"
        yield what, "translate what is missing"
    if len(tables) != len(wanted):
        return
    for own, other in zip(tables, wanted, strict=True):
        if own.rows != other.rows:
            what = f"rows of a table here: {own.rows}, {elsewhere}: {other.rows}"
            yield what, "give it the same rows"
        elif len(own.marks) == len(other.marks) and own.marks != other.marks:
            what = f"marks of a table here: {own.marks}, {elsewhere}: {other.marks}"
            yield what, "write them in the same order"


def _is_typed_id(name: str, text: str) -> bool:
    return re.search(rf"""[#"']{re.escape(name)}(?![\w-])""", text) is not None


def _line_of(typed: str, text: str) -> int | None:
    """Return the line on which a text stands by itself, not within a longer name."""
    match = re.search(rf"(?<![\w/.-]){re.escape(typed)}(?![\w/#-])", text)
    return line_at(text, match.start()) if match else None
