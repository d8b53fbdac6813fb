"""Highlighting: the code of a listing in colours."""

import re
from functools import cache
from typing import NamedTuple

from gradviz_core.content.listings import ListingKind
from gradviz_core.publish.cache import Cache, Recall, key_of
from gradviz_core.publish.listing_marks import marked
from gradviz_core.publish.snapshots import snapshot
from gradviz_core.toml_source import PACKAGE, REPOSITORY


class Highlighted(NamedTuple):
    """The result of highlighting a listing."""

    html: str
    unknown_language: str  # the language it names, if Pygments knows none of that name


def highlight(listing: re.Match[str]) -> Highlighted:
    """Highlight the code of a listing."""
    highlighted: Highlighted = _recall()(_highlight, listing["kind"], listing["code"])
    return highlighted


@cache
def _recall() -> Recall:
    """Return a cache for highlighting, which is slow: Pygments scans all packages."""
    modules = (
        "publish/highlighting.py",
        "publish/listing_marks.py",
        "content/listings.py",
    )
    code = key_of(snapshot(PACKAGE, *modules))
    return Recall(Cache(REPOSITORY / ".cache"), code)


def _highlight(kind: str, code: str) -> Highlighted:
    # Slow to import, and rarely needed.
    import pygments
    from pygments import formatters, lexers

    listing = ListingKind.of(kind)
    language = listing.language
    is_known = any(language in aliases for _, aliases, _, _ in lexers.get_all_lexers())
    lexer = lexers.get_lexer_by_name(language if is_known else "text")
    css_class = _css_class(listing, code)
    formatter = formatters.HtmlFormatter(cssclass=css_class, wrapcode=True)
    html = pygments.highlight(code, lexer, formatter)
    if listing.is_python_to_paste:
        html = marked(html, code, listing.own_names)
    return Highlighted(html, "" if is_known else language)


def _css_class(listing: ListingKind, code: str) -> str:
    """Return the class for the style sheet: lines that are not code may be broken."""
    if listing.is_to_paste:
        return "code to-paste"
    if listing.language == "diff":
        return "code patch"
    if listing.language == "text" and code.count("\n") == 1:
        return "code message"
    return "code"
