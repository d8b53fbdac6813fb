"""Links: the rendered site checked as a reader's browser will follow it."""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote, urlsplit

from gradviz_core.errors import ContentError
from gradviz_core.publish.pages import Page
from gradviz_core.records import PACKAGE, Records
from gradviz_core.spelling import SpellingError, parse_spelling

# A place in a repository, and the name of its commit, or of what may move on.
PLACE = re.compile(r"https://github\.com(?:/[^/]+){2}/(?:blob|tree|blame|raw)/([^/?#]+)")

# The pages and files of the site, with the ids that can be linked where they are known.
Places = dict[str, Collection[str] | None]

# The most common tags, bare, have no fault: a <> for a run of them ends what it ends, and is fast.
BARE = re.compile(r"""(?:</?(?:t[dr]|m[ino]|mrow|span)>[^]<>"'-]*)+""")
OPENS = re.compile(r"<([a-zA-Z][^\t\n\r\f />]*)")
ALLOWED = Records[list[str]](PACKAGE / "allowed.toml", elements=list, attributes=list)
DATA = ("application/json", "application/ld+json")
SELF = [("link", "canonical"), ("link", "alternate")]  # whatever the scheme of the site


class Document(HTMLParser):
    """The tags of a page with their attributes, and how often each id stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        text = BARE.sub("<>", html).replace("<![", "<!")  # which are one to a browser
        self.feed(text)
        self.close()
        # What this parser takes for a part of a comment or tag, a browser may take for a tag.
        opened = Counter(map(str.lower, OPENS.findall(text)))
        self.hidden = opened - Counter(tag for tag, _ in self.tags)
        self.ids = Counter(attributes["id"] for _, attributes in self.tags if "id" in attributes)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that opens; of an attribute that stands twice a browser takes the first."""
        self.tags.append((tag, {name: value or "" for name, value in reversed(attrs)}))


def link_errors(
    pages: Collection[Page], documents: Mapping[str, Document], files: Collection[str]
) -> Iterator[ContentError]:
    """Follow every link of every page, within the site's pages and files."""
    places: Places = dict.fromkeys([*files, *(page.url for page in pages)])
    places |= {url: document.ids for url, document in documents.items()}
    for page in (page for page in pages if page.url in documents):
        for needle, what, fix in _faults(page.url, documents[page.url], places):
            yield ContentError(page.source, _line(page, needle.partition("\n")[0]), what, fix)


def _line(page: Page, needle: str) -> int | None:
    """The line where something was typed, if need be in disguise, or put together from a record."""
    plain, any_case = rf"(?<![\w/.#-]){re.escape(needle)}", f"(?i){re.escape(needle)}"
    lines = page.text.split("\n") if needle else []
    found = [n for n, words in enumerate(lines, 1) if re.search(plain, words)]
    found = found or [n for n, words in enumerate(lines, 1) if re.search(any_case, unescape(words))]
    if not found and (place := PLACE.match(needle)):
        return _line(page, place[1])
    return found[0] if found else None


def _faults(url: str, document: Document, places: Places) -> Iterator[tuple[str, str, str]]:
    """What stands at the place of a fault, what is wrong, and what to do."""
    for name, times in document.ids.items():
        if times > 1:
            yield f"#{name}", f"the id {name} stands twice", "rename one heading"
    for above, level in pairwise(int(t[1]) for t, _ in document.tags if re.fullmatch("h[1-6]", t)):
        if level > above + 1:
            what = f"a heading of level {level} follows one of level {above}"
            yield "#" * level + " ", what, f"use level {above + 1}"
    for tag in document.hidden:
        yield f"<{tag}", f"not every browser sees that {tag} is no tag", "write &lt; for its <"
    for tag, attributes in document.tags:
        refused = [*_element_faults(tag, attributes)]
        yield from refused
        if not refused and (tag, attributes.get("rel")) not in SELF:
            for link in (attributes[name] for name in ("href", "src") if name in attributes):
                if fault := _link_fault(url, link, places, tag == "link" or "src" in attributes):
                    yield link, *fault


def _element_faults(tag: str, attributes: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """What a tag may not be, hold or leave out, wherever it leads."""
    source = attributes.get("src", "")
    fine = source.startswith("/static/") or attributes.get("type") in DATA
    if tag not in ALLOWED["elements"] or (tag == "script" and not fine):
        yield f"<{tag}", f"a page may not hold {tag}", "say it in Markdown"
    for name in attributes:
        if name not in ALLOWED["attributes"] and not name.startswith(("aria-", "data-")):
            yield name, f"{tag} may not have the attribute {name}", "leave it out"
    if attributes.get("http-equiv") not in (None, "Content-Security-Policy"):
        yield "http-equiv", "a page may not speak for its server", "leave it out"
    if tag == "img" and not attributes.get("alt", "").strip():
        yield source, f"the image {source} has no alt text", "describe it"


def _link_fault(url: str, link: str, places: Places, fetched: bool) -> tuple[str, str] | None:
    try:
        parts = urlsplit(link)
        foreign = parts.port or parts.scheme or parts.netloc
    except ValueError:
        return f"the link {link} is no address", "correct it"
    if not link:
        return "a link is empty", "say where it leads"
    if (place := PLACE.match(link)) and not re.fullmatch(r"[0-9a-f]{40}", place[1]):
        return f"the link {link} may show something else one day", "name a commit, by its 40 digits"
    if foreign and fetched:
        return f"{link} would be fetched from elsewhere", "put the file into templates/static"
    if foreign:
        fine = (parts.scheme == "https" and parts.netloc) or parts.scheme == "mailto"
        return None if fine else (f"the link {link} is not https", "use an https address")
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    # A path that ends in a slash is that of a page, and no path at all is this one.
    path = f"{path}index.html" if path.endswith("/") else path or posixpath.basename(url)
    target = posixpath.normpath(posixpath.join("/", posixpath.dirname(url), path))[1:]
    if target not in places:
        return f"the link {link} leads nowhere", "name a page or file of the site"
    ids = places[target]
    if ids and anchor.startswith("f=") and "spelling" in ids:
        return _spelling_fault(parts.fragment)
    if anchor and ids is not None and anchor not in ids:
        return f"the page of {link} has no place called {anchor}", "name an id that is there"
    return None


def _spelling_fault(state: str) -> tuple[str, str] | None:
    """What is wrong with a function that a link carries into the playground."""
    spelling = unquote(state.partition("&")[0].removeprefix("f="))
    try:
        parse_spelling(spelling)
    except SpellingError as error:
        return f"the playground cannot read {spelling}, {error}", "correct the spelling"
    return None
