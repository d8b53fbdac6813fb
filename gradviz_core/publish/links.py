"""Links: made relative, and followed in the rendered site as a browser follows them."""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import NOT_FOUND
from gradviz_core.content.templates import Template
from gradviz_core.errors import ContentError
from gradviz_core.publish.document import Link, LinksAndIds
from gradviz_core.publish.locating import Locator
from gradviz_core.publish.page_rules import Finding
from gradviz_core.spelling.parser import SpellingError, parse_spelling

# A file or folder in a repository: what follows names a commit, or a branch that moves.
REPOSITORY_PLACE = re.compile(
    r"https://(?:www\.)?"
    r"(?:github\.com(?:/[^/]+){2}/(?:blob|tree|commits|blame|raw|edit|archive)"
    r"|raw\.githubusercontent\.com/[^/]+/[^/]+)"
    r"/([^/?#]+)",
    re.IGNORECASE,
)
COMMIT = re.compile(r"[0-9a-f]{40}(\.\D+)?")

# What looks like the name of a machine, and is that of a folder.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/")

# An attribute with a value, and a tag with its attributes.
VALUE = r"""=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+)"""
TAG = re.compile(rf"<[a-zA-Z](?:[^=>]++|{VALUE})*+>")
LINK = re.compile(rf"""(?i)(?<=[\s/"'])(href|src)\s*{VALUE}|{VALUE}""")

# The ids of every page of the site, and None for any other file, by their paths.
IdsByPath = Mapping[str, Collection[str] | None]

# What is wrong with a link, and the fix, by where it stands, if that matters.
Faults = dict[tuple[str, str, bool], tuple[str, str] | None]


def link_errors(
    pages: Collection[Page],
    templates: Sequence[Template],
    links_of: Mapping[str, LinksAndIds],
    findings: Mapping[str, Sequence[Finding]],
    files: Collection[str],
    shared: Mapping[str, tuple[str, int]],
    unknown_folders: tuple[str, ...] = (),
) -> Iterator[ContentError]:
    """Everything wrong in the rendered pages, at the line where it was typed.

    A page that is not in `links_of` is incomplete: its own fault is reported elsewhere.
    The `findings` in each page are those of when it was rendered. An address that is
    `shared` by pages was typed once, in the file and at the line that it leads to. What
    lies in `unknown_folders` would be there if another page had no fault.
    """
    blamed: set[str] = set()
    ids_by_path: dict[str, Collection[str] | None] = dict.fromkeys(files)
    ids_by_path.update(dict.fromkeys(page.url for page in pages))
    ids_by_path.update({url: each.ids for url, each in links_of.items()})
    # Most links stand on many pages, and those from the root lead to one place.
    faults: Faults = {}
    for page in pages:
        if page.url not in links_of:
            continue
        links = links_of[page.url].links
        locator = Locator(page, templates)
        for finding in findings[page.url]:
            yield locator.error(finding)
        for finding in _link_findings(page, links, ids_by_path, faults):
            address = finding.needles[-1]  # as it was typed
            if _target(page.url, address).startswith(unknown_folders):
                continue
            if not address and address in shared:
                continue  # reported with the words that say nothing
            if address not in shared or address in page.text:
                yield locator.error(finding)
            elif address not in blamed:
                blamed.add(address)
                yield ContentError(*shared[address], finding.what, finding.fix)


def _link_findings(
    page: Page, links: Sequence[Link], ids_by_path: IdsByPath, faults: Faults
) -> Iterator[Finding]:
    for link, is_fetched in links:
        from_where = "" if link.startswith("/") else page.url
        key = (from_where, link, is_fetched)
        if key not in faults:
            faults[key] = _fault(page.url, link, ids_by_path, is_fetched)
        if fault := faults[key]:
            typed = link.removeprefix(f"/{page.language}")  # as in English
            yield Finding((*_needles(link), *_needles(typed), typed), *fault)


def _needles(link: str) -> tuple[str, ...]:
    """How a link may be typed: in Markdown, in a tag, alone, or by its commit."""
    first_line = link.partition("\n")[0]
    return (
        f"]({first_line or ')'}",
        f'"{first_line}"',
        link,
        *REPOSITORY_PLACE.findall(link),
    )


def _fault(
    url: str, link: str, ids_by_path: IdsByPath, is_fetched: bool
) -> tuple[str, str] | None:
    """What is wrong with a link on the page at `url`, and the fix."""
    if not link:
        return "a link is empty", "say where it leads"
    try:
        parts = urlsplit(link)
        is_foreign = bool(parts.port or parts.scheme or link.startswith("//"))
    except ValueError:
        return f"the link {link} is no address", "correct it"
    if " " in link or not link.isprintable() or ".." in parts.netloc:
        return f"the link {link} is no address", "correct it"
    if not is_foreign:
        return _inner_fault(url, link, ids_by_path)

    place = REPOSITORY_PLACE.match(link)
    if place and not COMMIT.fullmatch(place[1]):
        what = f"the link {link} may show something else one day"
        return what, "name a commit, by its 40 digits in small letters"
    if is_fetched:
        what = f"{link} would be fetched from elsewhere"
        return what, "put the file into templates/static"
    is_web = parts.scheme == "https" and parts.netloc
    is_mail = parts.scheme == "mailto" and parts.path
    if not is_web and not is_mail:
        return f"the link {link} is not https", "use an https address"
    return None


def _inner_fault(url: str, link: str, ids_by_path: IdsByPath) -> tuple[str, str] | None:
    """What is wrong with a link within the site."""
    parts = urlsplit(link)
    target = _target(url, parts.path)
    if target not in ids_by_path:
        fix = "name a page or file of the site"
        if HOST.match(link):
            fix = "begin it with https:// if it leads elsewhere"
        return f"the link {link} leads nowhere", fix
    ids = ids_by_path[target]
    if ids and parts.fragment.startswith("f=") and "spelling" in ids:
        return _spelling_fault(parts.fragment)
    anchor = unquote(parts.fragment)
    if anchor and ids is not None and anchor not in ids:
        what = f"the page of {link} has no place called {anchor}"
        return what, "name an id that is there"
    return None


def _target(url: str, path: str) -> str:
    """The file that a path leads to from the page at `url`."""
    if not path:
        return url
    path = unquote(path)
    if path.endswith("/"):
        path += "index.html"
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    # The 404 page is shown at any depth: nothing lies beside it.
    folder = ".." if url == NOT_FOUND else posixpath.dirname(url)
    return posixpath.normpath(posixpath.join(folder, path))


def _spelling_fault(fragment: str) -> tuple[str, str] | None:
    """What is wrong with the function that a link carries to the playground."""
    spelling = unquote(fragment.partition("&")[0].removeprefix("f="))
    try:
        parse_spelling(spelling)
    except SpellingError as error:
        what = f"the playground cannot read {spelling}, {error}"
        return what, "correct the spelling"
    return None


def make_relative(html: str, url: str, base_url: str) -> str:
    """Turn links that begin at the root of the site into links that work anywhere."""
    # The 404 page is shown at any depth: it alone starts from the root.
    root = re.sub(r"^https?://[^/]*", "", base_url).rstrip("/") + "/"

    def rewritten(link: re.Match[str]) -> str:
        address = unescape((link[2] or "").strip("\"'"))  # empty for another attribute
        from_root = re.fullmatch(r"(?s)/(?![/\\])([^?#]*)(.*)", address)
        if not from_root:
            return link[0]
        path, rest = from_root.groups()
        if path.endswith("/") or not path:
            path += "index.html"
        if url == NOT_FOUND:
            near = root + path
        else:
            near = posixpath.relpath(path, posixpath.dirname(url) or ".")
        attribute = f'{link[1]}="{escape(near + rest)}"'
        if base_url and path != url and link.string.split()[0] == "<a":
            # On paper the address is printed, if people can type it.
            printed = posixpath.join(base_url, path.removesuffix("index.html")) + rest
            attribute += f' data-url="{escape(printed.partition("#f=")[0])}"'
        return attribute

    return TAG.sub(lambda tag: LINK.sub(rewritten, tag[0]), html)
