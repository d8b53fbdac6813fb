"""Document: the tags, the ids and the words of a rendered page.

This module knows HTML alone; `page_rules` and `links` know what a page may hold.
"""

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import NamedTuple

# Most tags of a page have no attributes and surround a number: <td>1.75</td> or
# <mn>2</mn>. No rule needs them, and without them the parser is several times as fast.
BARE_TAGS = re.compile(r"""(?:<(t[dr]|m[ino]|mrow|span)>[^]<>"'$`*~|&[{+-]+</\1>)+""")

# A value behind the equals sign of an attribute.
ATTRIBUTE_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s>]*+)"""

# The page's own address may be of any scheme: it is that of the host.
OWN_ADDRESSES = {"canonical", "alternate"}

# In these elements the text stands as it was typed.
VERBATIM = {"code", "pre", "script", "style", "math"}


class Tag(NamedTuple):
    """A start tag, and the text of its line from there on."""

    name: str
    attributes: dict[str, str]
    text: str


class Link(NamedTuple):
    """An address in a page."""

    address: str
    is_fetched: bool  # a browser loads it with the page, and not when it is clicked


@dataclass(frozen=True)
class LinksAndIds:
    """The links of a page, and the ids to which other pages may link.

    The rules for links need nothing else, so nothing else of a page is kept.
    """

    links: list[Link]
    ids: Counter[str]


@dataclass(frozen=True)
class Document:
    """The parts of a page that the rules for pages look at."""

    tags: list[Tag]
    prose: list[str]  # the texts outside of code

    @classmethod
    def read(cls, html: str) -> "Document":
        """Read a page."""
        parser = _Parser(BARE_TAGS.sub("", html))
        return cls(parser.tags, parser.prose)

    @property
    def ids(self) -> Counter[str]:
        """Every id, and how often it stands in the page."""
        return Counter(
            tag.attributes["id"] for tag in self.tags if "id" in tag.attributes
        )

    @property
    def links(self) -> list[Link]:
        """All addresses except those of the page itself."""
        links = []
        for tag in self.tags:
            if tag.name == "link" and tag.attributes.get("rel") in OWN_ADDRESSES:
                continue
            for name in ("href", "src"):
                if name in tag.attributes:
                    is_fetched = name == "src" or tag.name == "link"
                    links.append(Link(tag.attributes[name], is_fetched))
        return links

    @property
    def links_and_ids(self) -> LinksAndIds:
        """The part of the page that is kept once its own rules have been applied."""
        return LinksAndIds(self.links, self.ids)


class _Parser(HTMLParser):
    """Collects the tags and the prose of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.prose: list[str] = []
        self._lines = html.split("\n")
        self._verbatim_depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag. As in a browser, the first of two equal attributes counts."""
        line, column = self.getpos()
        attributes = {name: value or "" for name, value in reversed(attrs)}
        # A page may be one line: its first hundred characters are enough to find it.
        text = self._lines[line - 1][column : column + 99]
        self.tags.append(Tag(tag, attributes, text))
        if tag in VERBATIM:
            self._verbatim_depth += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag that closes itself, such as `<circle/>`."""
        self.handle_starttag(tag, attrs)
        if tag in VERBATIM:
            self._verbatim_depth -= 1

    def handle_endtag(self, tag: str) -> None:
        """Leave an element whose text stands as it was typed."""
        if tag in VERBATIM and self._verbatim_depth:
            self._verbatim_depth -= 1

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Skip `<![…>`, a comment to a browser, for which the base class raises."""
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1

    def handle_data(self, data: str) -> None:
        """Keep text that is prose."""
        if not self._verbatim_depth:
            self.prose.append(data)
