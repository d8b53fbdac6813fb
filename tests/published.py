"""Which pages the site has, in the order in which they are read, by its records alone."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import oracle
from wording import plain

SECTIONS = ("errata", "tutorial", "functions")
LANGUAGE = re.compile("(ja|ko|zh)/")  # the folders of other languages than English


@dataclass(frozen=True)
class Published:
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
def pages() -> dict[str, Published]:
    """Every page in English by its url."""
    found = {}
    for url, source in oracle.sources().items():
        found[url] = Published(url, source.record["title"], source.record["summary"])
    for name, function in oracle.functions().items():
        url = f"functions/{name}/index.html"
        found[url] = Published(url, function.title, function.note)
    return found


@cache
def in_order(section: str) -> list[Published]:
    """The pages of a section from the first to the last."""
    if section == "errata":
        names = list(oracle.errata())
    elif section == "functions":
        names = list(oracle.functions())
    else:
        files = sorted((oracle.ROOT / "content" / section).glob("[0-9][0-9]-*.md"))
        names = [path.stem[3:] for path in files if "." not in path.stem]
    return [pages()[f"{section}/{name}/index.html"] for name in names]


def page_files(site: Path) -> dict[str, Path]:
    """The files of all pages in English of a built site by their urls."""
    files = every_page_file(site)
    return {url: path for url, path in files.items() if not LANGUAGE.match(url)}


def every_page_file(site: Path) -> dict[str, Path]:
    """The files of all pages of a built site, in all languages."""
    return {
        path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))
    }
