"""What front matter and registry say of the pages: titles, order, dates, links.

Nothing here reads what is published.
"""

import datetime
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import oracle

from reading.pages import squeezed
from reading.words import joined, said, word, words

ENGLISH = "en"
LANGUAGES = ("en", "ja", "ko", "zh")
SECTIONS = ("errata", "tutorial", "functions", "symmetry")
NOT_FOUND = "404.html"
LINK = re.compile(r"\[([^\[\]]*)\]\((\S+?)\)")


@dataclass(frozen=True)
class PageRecord:
    """A page as its front matter, or the table of its function, describes it."""

    original: str  # the url of the page in English
    language: str
    title: str
    summary: str  # in Markdown
    description: str = ""  # for search, where it is not the summary

    @property
    def url(self) -> str:
        """Its file in the site."""
        if self.language == ENGLISH:
            return self.original
        return f"{self.language}/{self.original}"

    @property
    def address(self) -> str:
        """Its address from the root of the site, as people type it."""
        return "/" + self.url.removesuffix("index.html")

    @property
    def section(self) -> str:
        """The folder of which it is a page among others, if it is one of those."""
        folder, _, rest = self.original.partition("/")
        return folder if folder in SECTIONS and rest != "index.html" else ""

    @property
    def card(self) -> str:
        """The picture that stands for it where its address is shared."""
        return f"cards/{self.original.removesuffix('.html').removesuffix('/index')}.png"

    @property
    def words(self) -> str:
        return plain(self.summary)

    @property
    def words_for_search(self) -> str:
        return squeezed(self.description) or self.words


@cache
def page_records(language: str = ENGLISH) -> dict[str, PageRecord]:
    """Every page that there is in a language, by the url of its original."""
    found = {}
    for original, source in oracle.sources().items():
        record = source.record
        if language != ENGLISH:
            path = (oracle.ROOT / source.path).with_suffix(f".{language}.md")
            if original == NOT_FOUND or not path.exists():
                continue
            record = record | front_matter(path)
        found[original] = PageRecord(
            original, language, record["title"], record["summary"]
        )
    for name, function in oracle.functions().items():
        original = f"functions/{name}/index.html"
        found[original] = function_record(original, language, function)
    return found


def function_record(
    original: str, language: str, function: oracle.Function
) -> PageRecord:
    """The page of a function: where a language has no title for it, under its spelling."""
    if language == ENGLISH:
        return PageRecord(original, language, function.title, function.note)
    own = function_words(language).get(function.name, {})
    title = function_title(function, language)
    if "note" in own:
        return PageRecord(original, language, title, own["note"])
    # The note is shown in English, so that search gets what it gets of the site.
    description = word("site.description", language)
    return PageRecord(original, language, title, function.note, description)


@cache
def every_record() -> dict[str, PageRecord]:
    """Every page in every language, by its url."""
    return {
        record.url: record
        for language in LANGUAGES
        for record in page_records(language).values()
    }


def language_of(url: str) -> str:
    """The language of a page of the site."""
    return every_record()[url].language


def page_for(original: str, language: str) -> PageRecord:
    """The page in a language, or else the English one."""
    return page_records(language).get(original) or page_records()[original]


@cache
def front_matter(path: Path) -> dict[str, Any]:
    """The record at the head of a file of content/."""
    return tomllib.loads(path.read_text(encoding="utf-8").split("+++\n", 2)[1])


@cache
def function_words(language: str) -> dict[str, dict[str, str]]:
    """What a language calls the functions, and says of them."""
    if language == ENGLISH:
        return {}
    path = oracle.registry_file().parent / f"strings/functions.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def function_title(function: oracle.Function, language: str) -> str:
    """What a language calls a function: where it has no title, by its spelling."""
    if language == ENGLISH:
        return function.title
    own = function_words(language).get(function.name, {})
    return own.get("title", function.spelling)


def own_title(record: PageRecord, language: str) -> str:
    """What pages in a language call a page, be it translated or not."""
    if record.language == language:
        return record.title
    path = Path(oracle.sources()[record.original].path)
    key = path.relative_to("content").with_suffix("").as_posix()
    key = re.sub(r"/\d\d-", "/", key)
    return words(language).get("titles", {}).get(key, record.title)


@cache
def in_order(section: str) -> list[PageRecord]:
    """The English pages of a section from the first to the last."""
    if section == "errata":
        names = list(oracle.errata())
    elif section == "functions":
        names = list(oracle.functions())
    elif section == "symmetry":
        names = list(oracle.cases())
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
    parts = re.split(r"`([^`]*)`", LINK.sub(r"\1", markdown))
    parts[::2] = [re.sub(r"\*+(\S[^*]*)\*+", r"\1", part) for part in parts[::2]]
    return squeezed("".join(parts))


def said_of_plot(name: str) -> str:
    """What the first page says of a plot as readers see it, with what to do about it."""
    look = word(f"looks.{name}")
    return plain(joined([look["sentence"], look.get("advice", "")]))


def links(markdown: str) -> list[tuple[str, str]]:
    """The links of a field: their words, and where they lead."""
    return [(plain(label), address) for label, address in LINK.findall(markdown)]


def short_commit(commit: str) -> str:
    """A commit as people name it."""
    return commit[:7]


def line_at_commit(copy: dict) -> str:
    """The address of a line of a file on GitHub that can never show another."""
    return f"https://github.com/{copy['name']}/blob/{copy['commit']}/{copy['path']}#L{copy['line']}"


def latest(changes: Iterable[dict]) -> dict:
    """The last of some changes by their days, and of one day by their order."""
    return sorted(changes, key=lambda change: change["date"])[-1]
