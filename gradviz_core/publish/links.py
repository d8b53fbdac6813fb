"""Links: the rendered site checked as a reader's browser will follow it."""

import posixpath
import re
from collections.abc import Collection, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from gradviz_core.errors import ContentError
from gradviz_core.publish.pages import Page

# A place in a repository, and the name of its commit, or of what may move on.
PLACE = re.compile(
    r"https://(?:github\.com(?:/[^/]+){2}/(?:blob|tree|blame|raw)"
    r"|raw\.githubusercontent\.com(?:/[^/]+){2})/([^/?#]+)"
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}


class _Document(HTMLParser):
    """What of a page can be broken: ids, links, images and the order of headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images_without_alt: list[str] = []
        self.levels: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag in HEADINGS:
            self.levels.append(HEADINGS[tag])
        if tag == "img" and not attributes.get("alt", "").strip():
            self.images_without_alt.append(attributes.get("src", ""))
        if attributes.get("rel") not in ("canonical", "alternate"):
            self.links += [attributes[name] for name in ("href", "src") if name in attributes]


def link_errors(
    pages: Collection[Page], html: Mapping[str, str], files: Collection[str]
) -> list[ContentError]:
    """Follow every link of every page, within the site's pages and files."""
    documents = {url: _Document(text) for url, text in html.items()}
    known = {*files, *(page.url for page in pages)}
    errors: list[ContentError] = []
    for page in pages:
        if page.url in documents:
            errors += _page_errors(page, documents, known)
    return errors


def _page_errors(
    page: Page, documents: Mapping[str, _Document], known: Collection[str]
) -> list[ContentError]:
    document = documents[page.url]
    errors = []
    for name in {i for i in document.ids if document.ids.count(i) > 1}:
        errors.append(_error(page, name, f"the id {name} stands twice", "rename one heading"))
    for source in document.images_without_alt:
        errors.append(_error(page, source, f"the image {source} has no alt text", "describe it"))
    for above, level in zip(document.levels, document.levels[1:], strict=False):
        if level > above + 1:
            what = f"a heading of level {level} follows one of level {above}"
            errors.append(_error(page, "#" * level + " ", what, f"use level {above + 1}"))
    for link in document.links:
        if fault := _link_fault(page, link, documents, known):
            errors.append(_error(page, link, *fault))
    return errors


def _link_fault(
    page: Page, link: str, documents: Mapping[str, _Document], known: Collection[str]
) -> tuple[str, str] | None:
    try:
        parts = urlsplit(link)
        foreign = parts.port or parts.scheme or parts.netloc
    except ValueError:
        return f"the link {link} is no address", "correct it"
    if not link:
        return "a link is empty", "say where it leads"
    if (place := PLACE.match(link)) and not re.fullmatch(r"[0-9a-f]{40}", place[1]):
        return f"the link {link} may show something else one day", "name a commit, by its 40 digits"
    if foreign:
        if (parts.scheme == "https" and parts.netloc) or parts.scheme == "mailto":
            return None
        return f"the link {link} is not https", "use an https address"
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.url), path))[1:]
    if not path:
        target = page.url
    elif path.endswith("/"):
        target = posixpath.join(target, "index.html")
    if target not in known:
        return f"the link {link} leads nowhere", "name a page or file of the site"
    anchor = unquote(parts.fragment)
    if anchor and target in documents and anchor not in documents[target].ids:
        return f"the page of {link} has no place called {anchor}", "name an id that is there"
    return None


def _error(page: Page, needle: str, what: str, fix: str) -> ContentError:
    place = PLACE.match(needle)  # put together from a record, perhaps
    line = _line(page, needle) or (_line(page, place[1]) if place else None)
    return ContentError(page.source, line, what, fix)


def _line(page: Page, needle: str) -> int | None:
    typed = re.search(rf"""(?:[("'<]|^){re.escape(needle)}""", page.text, re.MULTILINE)
    return page.text.count("\n", 0, typed.end()) + 1 if needle and typed else None
