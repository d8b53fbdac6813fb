"""Prose rules: what the text of a page may not say on its own word."""

import re
from collections.abc import Iterator
from html import unescape

from gradviz_core.content.listings import CODE, UNSAID, blank
from gradviz_core.content.pages import ALLOWED, Page
from gradviz_core.errors import ContentError
from gradviz_core.publish import sessions
from gradviz_core.publish.markdown import FORMULA, to_html

TAG = r"</?(?!sup>)(?=[a-zA-Z!])(?:[^<>]*?(?=\b(?:alt|title|aria-label)=)|[^<>]*>)"  # to its words
NOT_PROSE = re.compile(
    rf"(?s){FORMULA}|\{{[{{%#].*?[%}}#]\}}|\]\([^)\s]*|https://\S+|{TAG}"
)
FACT = re.compile(
    r"""(?m)^(\s*(?:title|summary|note)\s*=\s*(?:("{3}|'{3})(?s:.*?)\2|.*))|^.*"""
)
NUMBER = re.compile(f"(?i)(?<!\\d)(?:{'|'.join(ALLOWED.get('numbers', ['(?!)']))})")


def record_errors(toml: str, source: str) -> Iterator[ContentError]:
    """Faults of the formulas and words in a record, where a backslash may be typed twice."""
    text = toml.replace(r"\\", "\\")
    yield from to_html(Page(source, body=text), text, "")[2] if "$" in text else []
    yield from _number_errors(FACT.sub(lambda fact: fact[1] or "", toml), source)


def page_errors(page: Page) -> Iterator[ContentError]:
    """Faults of the text as typed: a drifting session, an open fence, a number typed in prose."""
    yield from sessions.run(page.body, page.source)[1]
    yield from record_errors(page.text.partition("\n+++\n")[0], page.source)
    yield from _number_errors(page.body, page.source)
    bare = CODE.sub(
        lambda code: "_" + "\n" * code[0].count("\n"), blank(UNSAID, page.body)
    )
    for pattern, (what, fix) in ALLOWED.get("typed", {}).items():
        for found in re.finditer(pattern, bare, re.MULTILINE):
            yield ContentError(
                page.source, bare.count("\n", 0, found.start()) + 1, what, fix
            )


def _number_errors(text: str, source: str) -> Iterator[ContentError]:
    words = unescape(blank(NOT_PROSE, blank(CODE, text)))
    for number in NUMBER.finditer(words):
        line = words.count("\n", 0, number.start()) + 1
        fix = "compute it in the text, {{ … }}, or set it as code if it is a name, as `3.11`"
        yield ContentError(
            source, line, f"the number {number[0]} is typed in prose", fix
        )
