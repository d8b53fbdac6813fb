"""Prose rules: what the text of a page may not claim without proof.

Its numbers are computed, and a session shows what it prints. A block of code must be
closed, or it would swallow the rest.
"""

import re
from collections.abc import Iterator

from gradviz_core.content.github_addresses import AT_COMMIT, ISSUE
from gradviz_core.content.listings import (
    CODE,
    COMMENT,
    LISTING,
    without_comments,
)
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.markdown import to_html
from gradviz_core.publish.sessions import Sessions
from gradviz_core.publish.typed_numbers import numbers_in_record, numbers_in_text
from gradviz_core.texts import blank, line_at

# A link to a pull request, an issue or a commit on GitHub, and how its text names it:
# by a number that is no year, nor part of another, or by the first digits of a commit.
CITATION = re.compile(
    r"\[(?P<text>[^]\[]+)\]\(https://github\.com/[^)\s]*?/"
    rf"(?:{ISSUE}/(?P<number>\d+)|{AT_COMMIT}/(?P<commit>[0-9a-f]{{40}}))"
)
NUMBER_OF_ISSUE = re.compile(
    r"(?<![A-Za-z0-9.\u2010-\u2015-])(?!(?:19|20)\d\d(?!\d))"
    r"\d+(?![A-Za-z0-9\u2010-\u2015-]|\.\d)"
)
NAME_OF_COMMIT = re.compile(
    r"(?<![A-Za-z0-9])(?=[a-f]*\d)[0-9a-f]{7,40}(?![A-Za-z0-9])"
)

# A link without words, of which a reader sees nothing. Code is passed over, and not
# left out: it may be all that a link says.
LINK_WITHOUT_WORDS = re.compile(
    rf"{CODE.pattern}|{COMMENT.pattern}|(?P<link>(?<!!)\[\s*\]\()", CODE.flags
)

# A picture or a part of one that stands for what is right, or wrong, and its mark.
MARKED = re.compile(
    r'class="(correct|buggy)"'
    r'(?:(?!class="(?:correct|buggy)")[^\n])*?class="mark"[^>]*>([✓✗])'
)
MARKS = {"correct": "✓", "buggy": "✗"}

# A comment of Jinja that another one follows before it ends, or nothing.
UNCLOSED_COMMENT = re.compile(r"(?s)\{#(?:(?!#\}|\{#).)*+(?!#\})")

# A fence of code away from the margin, which Markdown reads as prose.
LOOSE_FENCE = re.compile(
    r"`{3,}|^[> \t]*~{3,}|(?:>|&(?:gt|#62|#x3[eE])\b;?){3} ", re.MULTILINE
)


def page_errors(
    page: Page, original: Page, sessions: Sessions
) -> Iterator[ContentError]:
    """Check the text of a page as it was typed, and run its session.

    A translation has the listings of its original, whose session runs once for all.
    """
    if page.is_translation:
        if original.could_be_read and not sessions.errors_of(original):
            yield from translated_listing_errors(page, original)
    else:
        yield from sessions.errors_of(page)
    yield from record_errors(page.front_matter, page.source)
    yield from numbers_in_text(page.body, page.source)
    yield from _citation_errors(page)
    yield from _wordless_link_errors(page)
    yield from _typed_mark_errors(page)
    yield from _fence_errors(page)


def _citation_errors(page: Page) -> Iterator[ContentError]:
    """Report each link that names one issue or commit, and leads to another."""
    for citation in CITATION.finditer(page.text):
        if citation["number"]:
            target = citation["number"]
            named = NUMBER_OF_ISSUE.findall(citation["text"])
            is_right = target in named
        else:
            target = citation["commit"]
            named = NAME_OF_COMMIT.findall(citation["text"])
            is_right = any(target.startswith(name) for name in named)
        if named and not is_right:
            line = line_at(page.text, citation.start())
            what = f"the link says {named[0]}, and leads to {target}"
            yield ContentError(page.source, line, what, "name one of them in both")


def _wordless_link_errors(page: Page) -> Iterator[ContentError]:
    """Report each link between whose brackets nothing stands."""
    for found in LINK_WITHOUT_WORDS.finditer(page.text):
        if found["link"]:
            line = line_at(page.text, found.start())
            what = "this link has no words"
            yield ContentError(page.source, line, what, "say in [ ] where it leads")


def _typed_mark_errors(page: Page) -> Iterator[ContentError]:
    """Report each mark that says the opposite of the class beside which it is typed."""
    for marked in MARKED.finditer(page.body):
        role, mark = marked.groups()
        if mark != MARKS[role]:
            line = line_at(page.body, marked.start())
            what = f"{mark} is typed as the mark of what is {role}"
            yield ContentError(page.source, line, what, f"write {MARKS[role]}")


def translated_listing_errors(page: Page, original: Page) -> Iterator[ContentError]:
    """Report each listing of a translation that, comments aside, its original lacks."""
    codes = {_code(listing) for listing in LISTING.finditer(original.body)}
    for listing in LISTING.finditer(page.body):
        if _code(listing) not in codes:
            line = line_at(page.body, listing.start("fence"))
            what = "this code is not that of the original"
            fix = f"take it from {original.source}, and translate its comments alone"
            yield ContentError(page.source, line, what, fix)


def _code(listing: re.Match[str]) -> tuple[str, str]:
    kind = listing["kind"].strip()
    return kind, without_comments(listing["code"], kind)


def record_errors(toml: str, source: str) -> Iterator[ContentError]:
    """Check the formulas and the prose in the record of a page or function."""
    # In double quotes a backslash is typed twice.
    yield from formula_errors(toml.replace(r"\\", "\\"), source)
    yield from numbers_in_record(toml, source)


def formula_errors(text: str, source: str) -> Iterator[ContentError]:
    """Report each formula of a text in Markdown that cannot be read."""
    if "$" in text:
        yield from to_html(Page(source, body=text), text, "").errors


def unclosed_fences(page: Page) -> Iterator[ContentError]:
    """Report each code block in which another begins: its own end is missing.

    Below it, code and prose cannot be told apart: only the first is reported.
    """
    text = blank(COMMENT, page.body)
    for listing in LISTING.finditer(text):
        if re.search(rf"(?m)^{listing['fence']}\w", listing["code"]):
            line = line_at(text, listing.start("fence"))
            what = "this code block does not end before the next one begins"
            fix = f"end it with {listing['fence']}"
            yield ContentError(page.source, line, what, fix)
            return


def unclosed_comments(page: Page) -> Iterator[ContentError]:
    """Report the first comment in which another begins, or that has no end.

    What stands below it would be lost. An id that is typed {#name} begins one, too.
    """
    text = blank(CODE, page.body)
    if comment := UNCLOSED_COMMENT.search(text):
        line = line_at(text, comment.start())
        what = "the comment that begins here with {# does not end"
        fix = "end it with #}, or write an id as {: #name }"
        yield ContentError(page.source, line, what, fix)


def _fence_errors(page: Page) -> Iterator[ContentError]:
    rendered = blank(COMMENT, page.body)
    # Code leaves a sign, so that what stands around it is not joined.
    text = CODE.sub(lambda code: "_" + "\n" * code[0].count("\n"), rendered)
    for fence in LOOSE_FENCE.finditer(text):
        line = line_at(text, fence.start())
        what = "a code block does not begin and end at the margin"
        yield ContentError(page.source, line, what, "move or add a line there")
