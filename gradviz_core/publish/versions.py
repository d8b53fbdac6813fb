"""Versions: a page in all its languages, and where the links of a translation lead.

Links are written as in English. In a translation, each leads to the page in the same
language if there is one; otherwise it leads to the English page and says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape, unescape
from typing import Any

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import INDEX, file_at
from gradviz_core.publish.document import ATTRIBUTE_VALUE
from gradviz_core.registry.words import ENGLISH, Words

# A link with its attributes and its words. Links hold no links.
LINK = re.compile(rf"(?s)<a\b((?:[^=>]++|=\s*+{ATTRIBUTE_VALUE})*+)>(.*?)</a>")
HREF = re.compile(r"""(?<=\shref=)(["'])/(?!/)([^"'?#]*)""")

FEED = "feed.xml"

# Every page by the address of its original and by its language.
Versions = Mapping[str, Mapping[str, Page]]


def versions_of(pages: Sequence[Page]) -> Versions:
    """Group pages that are versions of one original."""
    versions: dict[str, dict[str, Page]] = {}
    for page in pages:
        versions.setdefault(page.original, {})[page.language] = page
    return versions


def pages_in_other_languages(
    page: Page, versions: Versions, words: Mapping[str, Words]
) -> Iterator[tuple[Mapping[str, Any], Page]]:
    """Yield each other language with this page in it, or else with its home page."""
    homes = versions.get(INDEX, {})
    for language, own_words in words.items():
        version = versions.get(page.original, {}).get(language, homes.get(language))
        if version and language != page.language:
            yield own_words["language"], version


def redirect_links(html: str, language: str, versions: Versions, words: Words) -> str:
    """Let the links of a page lead to pages in its language, or mark them as English.

    Parameters
    ----------
    html : str
        The page, or a part of one, whose links begin at the root of the site.
    language : str
        Its language.
    versions : mapping
        All pages.
    words : Words
        What the interface says in the language.
    """
    if language == ENGLISH:
        return html

    def redirected(link: re.Match[str]) -> str:
        attributes, inner = link.groups()
        href = HREF.search(attributes)
        if not href or "hreflang=" in attributes:
            return link[0]
        url = file_at(unescape(href[2]))
        versions_there = versions.get(url, {})
        if language in versions_there or url == FEED:
            start = href.start(2)
            own = f"{attributes[:start]}{language}/{attributes[start:]}"
            return f"<a{own}>{inner}</a>"
        if ENGLISH not in versions_there:
            return link[0]
        return _english_link(attributes, inner, versions_there[ENGLISH], words)

    return LINK.sub(redirected, html)


def _english_link(attributes: str, inner: str, english: Page, words: Words) -> str:
    """Return a link to a page that the language lacks, marked as English."""
    own_title = words.get("titles", {}).get(english.path)
    inner = _with_own_title(inner, english.title, own_title)
    note = escape(words["site"]["in_english"])
    with_note = f'{inner}<span class="in-english">{note}</span>'
    return f'<a hreflang="{ENGLISH}"{attributes}>{with_note}</a>'


def _with_own_title(words: str, title: str, own: str | None) -> str:
    """Put the title that an English page has in a language into the words of a link.

    If it has none, the title is marked as English.
    """
    # By a template its quotes are escaped, by Markdown they are not.
    by_template = escape(title).replace("&#x27;", "&#39;")
    by_markdown = escape(title, quote=False)
    for form in (by_template, by_markdown):
        if form in words:
            replacement = f'<span lang="{ENGLISH}">{form}</span>'
            if own:
                replacement = escape(own, quote=False)
            return words.replace(form, replacement, 1)
    return words
