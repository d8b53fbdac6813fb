"""The feeds and the map of a built site, as programs read them."""

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from reading.pages import squeezed

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """What a feed tells of one change."""

    identity: str
    title: str
    updated: str
    summary: str
    links: dict[str, tuple[str, str]]  # by relation: of which type, and where it leads


@dataclass(frozen=True)
class Feed:
    """A feed: whose it is, and its entries in their order."""

    language: str
    identity: str
    title: str
    subtitle: str
    author: str
    updated: str
    links: dict[str, tuple[str, str]]
    entries: list[Entry]


def feed_of(site: Path, language: str = "en") -> Feed:
    """The feed of a language."""
    folder = site if language == "en" else site / language
    root = etree.parse(folder / "feed.xml").getroot()
    return Feed(
        language=root.get(XML_LANGUAGE),
        identity=_words(root, "id"),
        title=_words(root, "title"),
        subtitle=_words(root, "subtitle"),
        author=root.findtext(f"{ATOM}author/{ATOM}name"),
        updated=_words(root, "updated"),
        links=_links(root),
        entries=[_entry(each) for each in root.findall(f"{ATOM}entry")],
    )


def sitemap(site: Path) -> dict[str, dict[str, str]]:
    """Every address of the map of a site, with those of its versions by language."""
    root = etree.parse(site / "sitemap.xml").getroot()
    assert root.tag == f"{SITEMAP}urlset"
    listed = {}
    for entry in root:
        versions = entry.findall(f"{XHTML}link[@rel='alternate']")
        address = entry.findtext(f"{SITEMAP}loc")
        assert address not in listed, address
        listed[address] = {each.get("hreflang"): each.get("href") for each in versions}
    return listed


def _entry(element: etree._Element) -> Entry:
    return Entry(
        identity=_words(element, "id"),
        title=_words(element, "title"),
        updated=_words(element, "updated"),
        summary=_words(element, "summary"),
        links=_links(element),
    )


def _words(element: etree._Element, name: str) -> str:
    """The words of the only child of this name."""
    (child,) = element.findall(ATOM + name)
    return squeezed(child.text)


def _links(element: etree._Element) -> dict[str, tuple[str, str]]:
    return {
        link.get("rel"): (link.get("type"), link.get("href"))
        for link in element.findall(f"{ATOM}link")
    }
