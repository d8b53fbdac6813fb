"""Page rules: what the build refuses in a rendered page.

A page may hold nothing that its own content policy would block in the reader's
browser, and nothing that a reader would trip over: a doubled id, a heading jump, an
image without words, Markdown that was not read. Links have a module of their own.
Whether the HTML is valid is for the validator to say, in the tests.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from gradviz_core.publish.document import Document, Tag

# The content policy, which base.html shows. A page runs the site's own scripts and
# nothing else, and fetches nothing from elsewhere. None of the scripts fetches
# anything, but without `connect-src` an audit of the page cannot read robots.txt.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)

# How the head of every page begins: what stands before the policy is not held to it.
FIRST_TAGS = [
    ("meta", {"charset": "utf-8"}),
    ("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
]

# What the policy blocks, and attributes with addresses that `links` does not check.
BLOCKED_ELEMENTS = {"base", "embed", "frame", "iframe", "object", "style"}
BLOCKED_ATTRIBUTES = re.compile(r"on\w+|style|srcset|srcdoc|action|formaction|ping")
DATA_SCRIPTS = {"application/json", "application/ld+json"}

# The signs of Markdown and Jinja as wide as Japanese and Chinese keyboards type them.
WIDE_SIGNS = "（｛｀＊＃"

# Markdown, Jinja or a formula that is left on the page as it was typed.
UNREAD = re.compile(
    "|".join(
        [
            r"\]\(",  # a link
            r"\]\[[^]]*\]",  # a reference
            r"!\[",  # a picture
            r"\] +\((?=/|#|https?:)",  # a link with a blank in it
            r"\)\[(?=/|#|https?:)",  # a link with its brackets exchanged
            r"\[\^",  # a footnote, which this site does not have
            r"\{[:{%#]",  # an attribute list, or Jinja
            r"\{ [^{}]+ \}",  # Jinja with one brace
            r"\$(?!\d)",  # a formula
            r"\\(?:[()\[\]]|begin\{)",  # a formula as LaTeX has it
            r"`",  # code
            r"(?<!\S)\*\*",  # bold text
            r"(?<!~)~~(?!~)",  # text that is struck out
            r"^[-*+] ",  # a list
            r"^[-: ]*\|",  # a table
            r"<!--",  # a comment
            r"\]（(?=/|#|https?:)",  # a link with wide signs; and so on
            r"｛[｛%％#＃]",
            r"｀",
            r"＊＊",
            r"^＃+",
        ]
    ),
    re.MULTILINE,
)


class PageFault(NamedTuple):
    """Something wrong in a rendered page, and what to look for in the text of the page.

    The needles are tried one after the other: the first one that is found in the source
    gives the line.
    """

    needles: tuple[str, ...]
    what: str
    fix: str
    skip: int = 0  # how many of the places found to pass over


def page_faults(document: Document) -> Iterator[PageFault]:
    """Everything that is wrong with a page by itself, its links aside."""
    yield from _policy_faults(document)
    yield from _id_faults(document)
    yield from _heading_faults(document)
    for tag in document.tags:
        yield from _tag_faults(tag)
    yield from _unread_faults(document)


def _policy_faults(document: Document) -> Iterator[PageFault]:
    html_and_head = 2
    first = document.tags[html_and_head : html_and_head + len(FIRST_TAGS)]
    if [(tag.name, tag.attributes) for tag in first] != FIRST_TAGS:
        what = "the page lacks its content policy"
        yield PageFault(("http-equiv",), what, "mend its template")


def _id_faults(document: Document) -> Iterator[PageFault]:
    for name, times in document.ids.items():
        if times > 1:
            needles = (f'id="{name}', f"{{: #{name}", f"#{name}")
            what = f"the id {name} stands twice"
            yield PageFault(needles, what, "rename one heading", skip=1)


def _heading_faults(document: Document) -> Iterator[PageFault]:
    headings = [tag for tag in document.tags if re.fullmatch("h[1-6]", tag.name)]
    titles = [heading for heading in headings if heading.name == "h1"]
    for title in titles[1:]:
        what = "the page has a second title"
        yield PageFault(_heading_needles(title), what, "use level 2")
    for above, heading in pairwise(headings):
        level_above = int(above.name[1])
        level = int(heading.name[1])
        if level > level_above + 1:
            what = f"a heading of level {level} follows one of level {level_above}"
            fix = f"use level {level_above + 1}"
            yield PageFault(_heading_needles(heading), what, fix)


def _heading_needles(heading: Tag) -> tuple[str, ...]:
    """How a heading may be typed: as Markdown, as its words alone, or as HTML."""
    hashes = "#" * int(heading.name[1])
    texts = re.findall("(?<=>)[^<]+", heading.text)  # between its tags
    if not texts:
        return (f"<{heading.name}",)
    words = texts[0]
    as_markdown = (f"{hashes} {words}", f"{hashes}{words}", f"{hashes} `{words}")
    return *as_markdown, words, f"<{heading.name}"


def _tag_faults(tag: Tag) -> Iterator[PageFault]:
    if tag.name in BLOCKED_ELEMENTS or _is_blocked_script(tag):
        what = f"the page's content policy blocks {tag.name}"
        yield PageFault(
            (tag.text, f"<{tag.name}"), what, "leave it out, or say it in Markdown"
        )
    for name in tag.attributes:
        if BLOCKED_ATTRIBUTES.fullmatch(name):
            what = f"the page's content policy blocks the attribute {name}"
            yield PageFault((tag.text, f"{name}=", name), what, "leave it out")
    header = tag.attributes.get("http-equiv", "Content-Security-Policy")
    if header != "Content-Security-Policy":
        what = f"the page sets the header {header}, which only its host may"
        yield PageFault(("http-equiv",), what, "leave it out")
    if tag.name == "img" and not tag.attributes.get("alt", "").strip():
        source = tag.attributes.get("src", "")
        needles = (f"![]({source}", source, "<img")
        yield PageFault(needles, f"the image {source} has no alt text", "describe it")


def _is_blocked_script(tag: Tag) -> bool:
    """Whether a script is neither data nor one of the site's own files."""
    if tag.name != "script":
        return False
    is_data = tag.attributes.get("type") in DATA_SCRIPTS
    is_own = tag.attributes.get("src", "").startswith("/static/")
    return not (is_data or is_own)


def _unread_faults(document: Document) -> Iterator[PageFault]:
    for text in document.prose:
        if unread := UNREAD.search(text):
            first_line = text[unread.start() :].strip().split("\n")[0]
            what = f"{unread[0]} is left as typed"
            fix = "complete it, or set it as code"
            if unread[0].startswith("\\"):
                fix = "write a formula as $x$, or set it as code"
            if any(sign in unread[0] for sign in WIDE_SIGNS):
                fix = "type it with the narrow signs of English"
            yield PageFault((first_line, unread[0]), what, fix)
