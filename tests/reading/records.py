"""What front matter and registry say of the pages: titles, order, dates, links.

Nothing here reads what is published.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import oracle

from reading.pages import squeezed
from reading.words import said, word

SECTIONS = ("errata", "tutorial", "functions")
LINK = re.compile(r"\[([^\[\]]*)\]\((\S+?)\)")


@dataclass(frozen=True)
class PageRecord:
    """A page as its front matter, or the table of its function, describes it."""

    url: str
    title: str
    summary: str  # in Markdown

    @property
    def section(self) -> str:
        """The folder of which it is a page among others, if it is one of those."""
        folder, _, rest = self.url.partition("/")
        return folder if folder in SECTIONS and rest != "index.html" else ""

    @property
    def address(self) -> str:
        """Its address from the root of the site, as people type it."""
        return "/" + self.url.removesuffix("index.html")

    @property
    def card(self) -> str:
        """The picture that stands for it where its address is shared."""
        return f"cards/{self.url.removesuffix('.html').removesuffix('/index')}.png"

    @property
    def words(self) -> str:
        return plain(self.summary)


@cache
def page_records() -> dict[str, PageRecord]:
    """Every page in English by its url."""
    found = {}
    for url, source in oracle.sources().items():
        found[url] = PageRecord(url, source.record["title"], source.record["summary"])
    for name, function in oracle.functions().items():
        url = f"functions/{name}/index.html"
        found[url] = PageRecord(url, function.title, function.note)
    return found


@cache
def in_order(section: str) -> list[PageRecord]:
    """The pages of a section from the first to the last."""
    if section == "errata":
        names = list(oracle.errata())
    elif section == "functions":
        names = list(oracle.functions())
    else:
        files = sorted((oracle.ROOT / "content" / section).glob("[0-9][0-9]-*.md"))
        names = [path.stem[3:] for path in files if "." not in path.stem]
    return [page_records()[f"{section}/{name}/index.html"] for name in names]


# How a field of a record reads


def day(date: datetime.date, language: str = "en") -> str:
    """A date as a page in a language writes it: 7 July 2016."""
    month = word("date.months", language)[date.month - 1]
    return said("date.day", language, day=date.day, month=month, year=date.year)


def plain(markdown: str) -> str:
    """The words of a field, without the marks of its code, emphasis and links."""
    words = LINK.sub(r"\1", markdown)
    parts = re.split(r"`([^`]*)`", words)
    parts[::2] = [re.sub(r"\*+(\S[^*]*)\*+", r"\1", part) for part in parts[::2]]
    return squeezed("".join(parts))


def links(markdown: str) -> list[tuple[str, str]]:
    """The links of a field: their words, and where they lead."""
    return [(plain(words), address) for words, address in LINK.findall(markdown)]


def short_commit(commit: str) -> str:
    """A commit as people name it."""
    return commit[:7]


def line_at_commit(copy: dict) -> str:
    """The address of a line of a file on GitHub that can never show another."""
    return f"https://github.com/{copy['name']}/blob/{copy['commit']}/{copy['path']}#L{copy['line']}"


def latest(changes: Iterable[dict]) -> dict:
    """The last of some changes by their days, and of one day by their order."""
    return sorted(changes, key=lambda change: change["date"])[-1]
