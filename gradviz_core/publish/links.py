"""Links: followed in the rendered site, as a browser follows them."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from gradviz_core.content.github_addresses import COMMIT_OF_PLACE, REPOSITORY_PLACE
from gradviz_core.content.pages import Page
from gradviz_core.content.paths import NOT_FOUND, file_at, path_to
from gradviz_core.errors import ContentError
from gradviz_core.publish.document import Link
from gradviz_core.publish.locating import Locator
from gradviz_core.publish.page_rules import PageFault
from gradviz_core.spelling.parser import SpellingError, parse_spelling

# What looks like the name of a machine, and is that of a folder.
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+/")

# How much like the path of a page a link is if that page is meant: from 0 to 1.
NEAR = 0.8

# The ids of every page of the site, and None for any other file, by their paths.
IdsByPath = Mapping[str, Collection[str] | None]

# Addresses that many pages show, each with the file and the line where it is typed.
SharedAddresses = Mapping[str, tuple[str, int]]


class LinkFault(NamedTuple):
    """What is wrong with a link, and what to do about it."""

    what: str
    fix: str


class LinkChecker:
    """Follows the links of rendered pages, and reports those that are wrong.

    Parameters
    ----------
    ids_by_path : mapping
        The files of the site.
    shared : mapping
        Addresses that are typed once and shown by many pages: a fault of one is
        reported once, where it is typed.
    excused_paths : tuple of str
        What begins the path of each file that is missing because of a fault that is
        reported elsewhere.
    """

    def __init__(
        self,
        ids_by_path: IdsByPath,
        shared: SharedAddresses,
        excused_paths: tuple[str, ...] = (),
    ) -> None:
        self.ids_by_path = ids_by_path
        self.shared = shared
        self.excused_paths = excused_paths
        self._reported: set[str] = set()  # of the shared addresses
        self._link_faults: dict[tuple[str, Link], LinkFault | None] = {}

    def errors(
        self, page: Page, links: Sequence[Link], locator: Locator
    ) -> Iterator[ContentError]:
        """Report what is wrong with the links of a page, where each was typed."""
        for address, fault in self._page_faults(page, links):
            if _target(page.url, address).startswith(self.excused_paths):
                continue
            if not address and address in self.shared:
                continue  # reported with the words that say nothing
            if address not in self.shared or address in page.text:
                yield locator.error(fault)
            elif address not in self._reported:
                self._reported.add(address)
                yield ContentError(*self.shared[address], fault.what, fault.fix)

    def _page_faults(
        self, page: Page, links: Sequence[Link]
    ) -> Iterator[tuple[str, PageFault]]:
        """Yield each fault behind the address, as it was typed, that has it."""
        for link in links:
            if fault := self._fault_of(link, page.url):
                address = link.address
                typed = address.removeprefix(f"/{page.language}")  # as in English
                needles = (*_needles(address), *_needles(typed))
                yield typed, PageFault(needles, fault.what, fault.fix)

    def _fault_of(self, link: Link, url: str) -> LinkFault | None:
        """Return the fault of a link on the page at `url`, looked for only once."""
        # Most links stand on many pages, and those from the root lead to one place.
        from_where = "" if link.address.startswith("/") else url
        key = (from_where, link)
        if key not in self._link_faults:
            self._link_faults[key] = _fault(url, link, self.ids_by_path)
        return self._link_faults[key]


def _needles(address: str) -> tuple[str, ...]:
    """How a link may be typed: in Markdown, in a tag, alone, or by its commit."""
    first_line = address.partition("\n")[0]
    return (
        f"]({first_line or ')'}",
        f'"{first_line}"',
        address,
        *REPOSITORY_PLACE.findall(address),
    )


def _fault(url: str, link: Link, ids_by_path: IdsByPath) -> LinkFault | None:
    """What is wrong with a link on the page at `url`."""
    address = link.address
    if not address:
        return LinkFault("a link is empty", "say where it leads")
    no_address = LinkFault(f"the link {address} is no address", "correct it")
    try:
        parts = urlsplit(address)
        is_foreign = bool(parts.port or parts.scheme or address.startswith("//"))
    except ValueError:
        return no_address
    if " " in address or not address.isprintable() or ".." in parts.netloc:
        return no_address
    if is_foreign:
        return _foreign_fault(link, parts)
    return _inner_fault(url, address, parts, ids_by_path)


def _foreign_fault(link: Link, parts: SplitResult) -> LinkFault | None:
    """What is wrong with a link that leads out of the site."""
    address = link.address
    place = REPOSITORY_PLACE.match(address)
    if place and not COMMIT_OF_PLACE.fullmatch(place[1]):
        what = f"the link {address} may show something else one day"
        return LinkFault(what, "name a commit, by its 40 digits in small letters")
    if link.is_fetched:
        what = f"{address} would be fetched from elsewhere"
        return LinkFault(what, "put the file into templates/static")
    is_web = parts.scheme == "https" and parts.netloc
    is_mail = parts.scheme == "mailto" and parts.path
    if not is_web and not is_mail:
        return LinkFault(f"the link {address} is not https", "use an https address")
    return None


def _inner_fault(
    url: str, address: str, parts: SplitResult, ids_by_path: IdsByPath
) -> LinkFault | None:
    """What is wrong with a link within the site."""
    target = _target(url, parts.path)
    if target not in ids_by_path:
        fix = "name a page or file of the site"
        if HOST.match(address):
            fix = "begin it with https:// if it leads elsewhere"
        elif near := _nearest_page((parts.path, target), ids_by_path):
            fix = f"did you mean /{near}?"
        return LinkFault(f"the link {address} leads nowhere", fix)
    ids = ids_by_path[target]
    if ids and parts.fragment.startswith("f=") and "spelling" in ids:
        return _spelling_fault(parts.fragment)
    anchor = unquote(parts.fragment)
    if anchor and ids is not None and anchor not in ids:
        page = f"the page of {address}" if parts.path else "this page"
        what = f"{page} has no place called {anchor}"
        return LinkFault(what, "name an id that is there")
    return None


def _nearest_page(typed_paths: Iterable[str], ids_by_path: IdsByPath) -> str:
    """Return the path of a page that is much like one of these, or ""."""
    pages = [path_to(file) for file, ids in ids_by_path.items() if ids is not None]
    for path in typed_paths:
        # Or as its file is named, from the folder content/.
        name = path.casefold().strip("./").removesuffix(".md")
        if near := get_close_matches(name, pages, n=1, cutoff=NEAR):
            return near[0]
    return ""


def _target(url: str, path: str) -> str:
    """The file that a path leads to from the page at `url`."""
    if not path:
        return url
    path = file_at(unquote(path))
    if path.startswith("/"):
        return posixpath.normpath(path.lstrip("/"))
    # The 404 page is shown at any depth: nothing lies beside it.
    folder = ".." if url == NOT_FOUND else posixpath.dirname(url)
    return posixpath.normpath(posixpath.join(folder, path))


def _spelling_fault(fragment: str) -> LinkFault | None:
    """What is wrong with the function that a link carries to the playground."""
    spelling = unquote(fragment.partition("&")[0].removeprefix("f="))
    try:
        parse_spelling(spelling)
    except SpellingError as error:
        what = f"the playground cannot read {spelling}, {error}"
        return LinkFault(what, "correct the spelling")
    return None
