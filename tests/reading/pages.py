"""The pages of a built site as their readers meet them: parsed, with links and text."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from oracle import Function, functions
from project import BASE_URL

ROOT_OF_THE_SITE = urlsplit(BASE_URL).path
LANGUAGE = re.compile("(ja|ko|zh)/")  # the folders of other languages than English
PICTURE_OF_A_FUNCTION = re.compile(r"figures/(\w+)-(correct|buggy)(-autoscale)?\.svg")


# Files and documents


@cache
def page(path: Path) -> HtmlElement:
    """The document in a file of the site. Read it, do not change it."""
    return lxml.html.document_fromstring(path.read_bytes().decode("utf-8"))


def every_page_file(site: Path) -> dict[str, Path]:
    """The files of all pages of a built site, in all languages, by their urls."""
    return {
        path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))
    }


def page_files(site: Path) -> dict[str, Path]:
    """The files of all pages in English of a built site by their urls."""
    files = every_page_file(site)
    return {url: path for url, path in files.items() if not LANGUAGE.match(url)}


@cache
def every_page(site: Path) -> dict[str, HtmlElement]:
    """Every page in every language, by its url: `ko/errata/layout/index.html`."""
    return {url: page(path) for url, path in every_page_file(site).items()}


@cache
def pages(site: Path) -> dict[str, HtmlElement]:
    """Every page in English, by its url: `errata/layout/index.html`."""
    return {url: page(path) for url, path in page_files(site).items()}


@cache
def function_pages(site: Path) -> dict[str, HtmlElement]:
    """The page of every function of the registry, by its name."""
    return {
        name: page(site / "functions" / name / "index.html") for name in functions()
    }


# Elements


def one(element: HtmlElement, path: str) -> HtmlElement:
    """The only element at an XPath."""
    found = element.xpath(path)
    assert len(found) == 1, f"{len(found)} elements at {path}, not one"
    return found[0]


def with_class(element: HtmlElement, name: str) -> list[HtmlElement]:
    """The elements below another that have a class."""
    return element.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def meta(document: HtmlElement, name: str) -> list[str]:
    """What a page tells programs under a name, each time that it does."""
    return document.xpath("//meta[@name=$name or @property=$name]/@content", name=name)


# Text


def squeezed(words: str) -> str:
    """Words with every run of white space as one space."""
    return re.sub(r"\s+", " ", words).strip()


def text(element: HtmlElement) -> str:
    """The words of an element, with every run of white space as one space."""
    return squeezed(element.text_content())


def table_of(element: HtmlElement) -> list[list[str]]:
    """The cells of a table, row by row, heads included."""
    return [[text(cell) for cell in row] for row in element.iter("tr")]


def json_ld(document: HtmlElement) -> list[dict[str, Any]]:
    """What a page tells catalogues and search engines about itself."""
    scripts = document.xpath("//script[@type='application/ld+json']")
    return [json.loads(script.text) for script in scripts]


def caption_of(figure: HtmlElement) -> str:
    """The words that stand below a figure, without the key to its signs."""
    caption = deepcopy(one(figure, "./figcaption"))
    for key in with_class(caption, "key"):
        key.drop_tree()
    return text(caption)


TAGS_OF_CODE = {"code", "pre", "kbd", "samp", "math", "script", "style"}
# For browsers and scripts; nobody reads or hears them.
MACHINE = {
    *("class", "id", "for", "name", "type", "rel", "as", "role", "scope"),
    *("lang", "hreflang"),
    *("href", "src", "charset", "property", "http-equiv", "defer", "blocking", "form"),
    *("loading", "decoding", "checked", "step", "autocomplete", "autocapitalize"),
    *("autocorrect", "spellcheck", "aria-hidden", "aria-live", "aria-atomic"),
    *("aria-current", "aria-pressed", "aria-expanded"),
    *("aria-describedby", "aria-labelledby"),
    *("aria-controls", "data-url", "data-address", "data-part", "data-kind"),
    *("data-severity", "data-visible", "data-status", "data-code", "data-function"),
    *("data-scale", "data-layout", "data-transposed", "data-count"),
    *("style", "aria-invalid", "data-state", "data-outcome", "data-verdict"),
    "data-message",  # of Python
    "value",  # of a choice, a key; of a field, a spelling
}
# What of the head is an address, a key or a command.
FOR_PROGRAMS = {
    *("viewport", "color-scheme", "twitter:card", "og:type", "og:url", "og:image"),
    *("og:locale", "og:locale:alternate", "Content-Security-Policy"),
}


def is_code(element: HtmlElement) -> bool:
    return any(each.tag in TAGS_OF_CODE for each in [element, *element.iterancestors()])


def texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every text, with the element in which it stands."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.text:
            yield element, element.text
        if element.tail and element is not root:
            yield element.getparent(), element.tail


def attributes(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """Every attribute that people read or hear, or read of the page elsewhere."""
    drawn = {*root.xpath(".//svg/descendant-or-self::*"), *root.xpath(".//math//*")}
    for element in root.iter(etree.Element):
        name = (
            element.get("name") or element.get("property") or element.get("http-equiv")
        )
        for key, value in element.items():
            is_command = key == "content" and name in FOR_PROGRAMS
            if key not in MACHINE and not is_command and element not in drawn:
                yield element, value


# Links


def target(page_path: Path, href: str) -> tuple[Path, str]:
    """The file that a relative link leads to, and the anchor in it."""
    address, anchor = urldefrag(href)
    path = page_path if not address else page_path.parent / unquote(address)
    return Path(path).resolve(), unquote(anchor)


def file_of(site: Path, url: str, href: str) -> str:
    """The file of the site that a page leads to, by its path in the site."""
    if href.startswith(ROOT_OF_THE_SITE):  # as on the page for what is not found
        url, href = "index.html", href.removeprefix(ROOT_OF_THE_SITE)
    path, _ = target(site / url, href)
    return path.relative_to(site.resolve()).as_posix()


def place_of(site: Path, url: str, href: str) -> str:
    """Where a link of a page leads, as its author types it: `/errata/layout/#changes`.

    A link to elsewhere, or within the page, stays as it is.
    """
    if href.startswith(("https:", "mailto:", "#")):
        return href
    address = file_of(site, url, href).removesuffix("index.html")
    anchor = urldefrag(href).fragment
    return f"/{address}#{anchor}" if anchor else f"/{address}"


def links_in(element: HtmlElement, site: Path, url: str) -> list[tuple[str, str]]:
    """The links in a part of a page: their words, and the places that they lead to."""
    return [
        (text(link), place_of(site, url, link.get("href")))
        for link in element.iter("a")
    ]


# Pictures of functions


@dataclass(frozen=True, eq=False)
class FunctionPicture:
    """A picture of a function where it stands on a page."""

    address: str
    image: HtmlElement
    file: str
    function: Function
    role: str
    automatic_scale: bool

    @property
    def place(self) -> str:
        """Which picture on which page, for whoever reads of a failure."""
        return f"{self.address}: {self.file}"

    @property
    def panel(self) -> HtmlElement:
        """The nearest element around the picture that has the class of a role."""
        for element in self.image.iterancestors():
            if {"correct", "buggy", "book"} & set(element.get("class", "").split()):
                return element
        raise AssertionError(f"{self.place} stands in no role")

    @property
    def label(self) -> str:
        """What is written above the picture, or nothing."""
        labels = with_class(self.panel, "label")
        return text(labels[0]) if labels else ""


def is_small_repeat(image: HtmlElement) -> bool:
    """Whether a picture only repeats, in a square of its own, what a page shows."""
    return bool(image.xpath("ancestor::*[@class='small'][@aria-hidden='true']"))


def function_pictures(site: Path) -> Iterator[FunctionPicture]:
    """Every picture of a registered function on every page, in every language.

    But for those that are doors, and small ones that repeat what a page shows.
    """
    for address, document in every_page(site).items():
        for image in document.xpath("//img[not(ancestor::ul[@class='doors'])]"):
            if is_small_repeat(image):
                continue
            file = file_of(site, address, image.get("src"))
            found = PICTURE_OF_A_FUNCTION.fullmatch(file)
            if found:
                name, role, automatic = found.groups()
                yield FunctionPicture(
                    address, image, file, functions()[name], role, automatic is not None
                )
