"""The pages of the built site in English, and what several tests look for in them."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from oracle import Function, functions
from project import BASE_URL
from reading import page, target, text

ROOT_OF_THE_SITE = urlsplit(BASE_URL).path
PICTURE_OF_A_FUNCTION = re.compile(r"figures/(\w+)-(correct|buggy)(-autoscale)?\.svg")


@cache
def pages(site: Path) -> dict[str, HtmlElement]:
    """Every page in English, by its address: `errata/layout/index.html`."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        document = page(path)
        if document.get("lang") == "en":
            found[path.relative_to(site).as_posix()] = document
    return found


@cache
def function_pages(site: Path) -> dict[str, HtmlElement]:
    """The page of every function of the registry, by its name."""
    return {
        name: page(site / "functions" / name / "index.html") for name in functions()
    }


def with_class(element: HtmlElement, name: str) -> list[HtmlElement]:
    """The elements below another that have a class."""
    return element.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")


def one(element: HtmlElement, path: str) -> HtmlElement:
    """The only element at an XPath."""
    found = element.xpath(path)
    assert len(found) == 1, f"{len(found)} elements at {path}, not one"
    return found[0]


def words(string: str) -> str:
    """An attribute as it is read: every run of white space is one space."""
    return re.sub(r"\s+", " ", string).strip()


def file_of(site: Path, address: str, reference: str) -> str:
    """The file of the site that a page leads to, by its path in the site."""
    if reference.startswith(ROOT_OF_THE_SITE):  # as on the page for what is not found
        address, reference = "index.html", reference.removeprefix(ROOT_OF_THE_SITE)
    path, _ = target(site / address, reference)
    return path.relative_to(site.resolve()).as_posix()


def caption_of(figure: HtmlElement) -> str:
    """The words that stand below a figure, without the key to its signs."""
    caption = deepcopy(one(figure, "./figcaption"))
    for key in with_class(caption, "key"):
        key.drop_tree()
    return text(caption)


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
    """Every picture of a registered function on every page.

    But for those that are doors, and small ones that repeat what a page shows.
    """
    for address, document in pages(site).items():
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
