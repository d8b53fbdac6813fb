"""A published page as a reader meets it: parsed HTML, and text as it is read."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag

import lxml.html
from lxml.html import HtmlElement


@cache
def page(path: Path) -> HtmlElement:
    """The document in a file of the site. Read it, do not change it."""
    return lxml.html.document_fromstring(path.read_bytes().decode("utf-8"))


def text(element: HtmlElement) -> str:
    """The words of an element, with every run of white space as one space."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def target(page_path: Path, href: str) -> tuple[Path, str]:
    """The file that a relative link leads to, and the anchor in it."""
    address, anchor = urldefrag(href)
    path = page_path if not address else page_path.parent / unquote(address)
    return Path(path).resolve(), unquote(anchor)
