"""Page: what people wrote, read from content/ and checked before anything is rendered.

A page is TOML front matter between two lines `+++`, then Markdown. Where it goes follows
from where it lies: content/errata/layout.md becomes errata/layout/index.html, and the
number in front of tutorial/02-routine.md only orders the steps.
"""

import datetime
import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.functions import FUNCTIONS

LARGEST_PAGE = 40_000
PORTABLE_NAME = re.compile(r"(\d\d-)?([a-z0-9]+([-_][a-z0-9]+)*)")
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\d")  # names of devices on Windows

EVENT = {"commit": str, "date": datetime.date, "by": str, "link": str}
PAGE_FIELDS: dict[str, Any] = {"title": str, "summary": str}
ERRATUM_FIELDS: dict[str, Any] = PAGE_FIELDS | {
    "order": int,
    **dict.fromkeys(("where", "resolution", "wrong", "right"), str),
    **dict.fromkeys(("introduced", "fixed"), EVENT),
    "kind": ("code", "numerics", "figure", "wording", "documentation"),
    "severity": ("wrong result", "fragile", "misleading", "cosmetic"),
    "visible": ("yes", "no", "depends on the function"),
    "status": ("open", "fixed upstream", "closed"),
    "reporters": [{"name": str, "date": datetime.date, "link": str, "what": str}],
    "changes": [{"date": datetime.date, "what": str}],
}
KINDS = {
    "": ("home", "page"),
    "errata": ("errata", "erratum"),
    "tutorial": ("tutorial", "step"),
    "functions": ("functions", "function"),
}


@dataclass(frozen=True)
class Page:
    """One page before rendering."""

    source: str  # path of its file relative to the repository, for errors
    url: str  # path of what it becomes, relative to the site
    kind: str  # which template renders it
    order: tuple[Any, ...]  # where it stands among its siblings
    record: Mapping[str, Any]  # its front matter
    body: str = ""  # its Markdown, below blank lines for the front matter: line numbers hold

    @property
    def slug(self) -> str:
        """The name of the page in its address."""
        return self.url.removesuffix("/index.html").rpartition("/")[2]

    @property
    def card(self) -> str:
        """The path of the picture that stands for the page where its address is shared."""
        stem = self.url.removesuffix(".html").removesuffix("/index")
        return f"cards/{stem}.png"

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self.record["title"])


def load(root: Path) -> tuple[list[Page], list[ContentError]]:
    """Read all of content/, in the order of its pages, and all that is wrong with it."""
    pages: dict[str, Page] = {}
    errors: list[ContentError] = []
    for path in sorted((root / "content").rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        try:
            page = _located(path, root)
            if page.url in pages:
                what = f"{pages[page.url].source} has the same address"
                raise ContentError(page.source, None, what, "rename one")
            pages[page.url] = page
            pages[page.url] = _read(page, path)
        except ContentErrors as found:
            errors += found.errors
        except ContentError as error:
            errors.append(error)
    return sorted(pages.values(), key=lambda page: (page.order, page.url)), errors


def _located(path: Path, root: Path) -> Page:
    """Where a file of content/ goes, from its name alone."""
    source = path.relative_to(root).as_posix()
    *folders, _ = path.relative_to(root / "content").parts
    stem, suffix = path.stem, path.suffix
    if path.is_symlink() or not path.is_file():
        raise ContentError(source, None, "this is not a plain file", "put the file itself here")
    parts = [PORTABLE_NAME.fullmatch(part) for part in (*folders, stem)]
    reserved = any(map(RESERVED.fullmatch, (*folders, stem)))
    if suffix != ".md" or not all(parts) or reserved:
        what = "content/ holds pages with portable names only"
        raise ContentError(source, None, what, "use a-z, 0-9 and - and end the name in .md")
    section = "/".join(folders)
    number, slug = parts[-1][1], parts[-1][2]  # type: ignore[index]
    index_kind, kind = KINDS.get(section, ("page", "page"))
    if kind == "function" and slug not in {*FUNCTIONS, "index"}:
        raise ContentError(source, None, f"no function is called {slug}", "name one of FUNCTIONS")
    place = f"{section}/" if section else ""
    record = {"title": slug, "summary": ""}
    if slug == "index":
        return Page(source, f"{place}index.html", index_kind, ("", ""), record)
    url = "404.html" if (section, slug) == ("", "404") else f"{place}{slug}/index.html"
    return Page(source, url, kind, (section, number or ""), record)


def _read(page: Page, path: Path) -> Page:
    text = _text(path, page.source)
    if not text.startswith("+++\n"):
        fix = 'begin the file with +++, title = "…", +++ on lines of their own'
        raise ContentError(page.source, 1, "the page has no front matter", fix)
    block, closed, body = text[4:].partition("\n+++\n")
    if not closed:
        fix = "add a second line +++ below the fields"
        raise ContentError(page.source, 1, "the front matter does not end", fix)
    record = _record(block, page)
    blank = "\n" * (block.count("\n") + 3)
    order = (*page.order, record.get("order", 0))
    return replace(page, order=order, record={**page.record, **record}, body=blank + body)


def _text(path: Path, source: str) -> str:
    raw = path.read_bytes()
    if len(raw) > LARGEST_PAGE:
        raise ContentError(source, None, f"the page has {len(raw):,} bytes", "split it")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(source, line, "the text is not UTF-8", "save it as UTF-8") from None
    for line, words in enumerate(text.split("\n"), 1):
        hidden = [c for c in words if unicodedata.category(c).startswith("C") and c != "\t"]
        if hidden:
            what = f"there is a hidden character, U+{ord(hidden[0]):04X}"
            raise ContentError(source, line, what, "delete it")
    return text


def _record(block: str, page: Page) -> dict[str, Any]:
    try:
        record = tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\s*\(at line (\d+).*\)$", str(error))
        line = int(place[1]) + 1 if place else block.count("\n") + 2
        what = f"the front matter is not TOML: {str(error).removesuffix(place[0] if place else '')}"
        raise ContentError(page.source, line, what, 'write fields as key = "value"') from None
    fields = ERRATUM_FIELDS if page.kind == "erratum" else PAGE_FIELDS
    errors = list(_field_errors(page, block, record, fields))
    if not record.get("title"):
        errors.append(ContentError(page.source, 1, "the page has no title", 'add title = "…"'))
    if errors:
        raise ContentErrors(errors)
    return record


def _field_errors(
    page: Page, block: str, record: Mapping[str, Any], fields: Mapping[str, Any]
) -> Iterator[ContentError]:
    for key, value in record.items():
        if fault := _field_fault(key, value, fields):
            yield ContentError(page.source, _line_of(key, block), *fault)
        elif isinstance(fields[key], list | dict):
            several = isinstance(fields[key], list)
            for table in value if several else [value]:
                schema = fields[key][0] if several else fields[key]
                yield from _field_errors(page, block, table, schema)


def _field_fault(key: str, value: Any, fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """What is wrong with one field, and how to mend it."""
    if key not in fields:
        near = difflib.get_close_matches(key, fields, n=1)
        fix = f"did you mean {near[0]}?" if near else f"use one of {', '.join(fields)}"
        return f"unknown field {key}", fix
    wanted = fields[key]
    if isinstance(wanted, tuple) and value not in wanted:
        return f"{key} is {value!r}", f"choose one of {', '.join(map(repr, wanted))}"
    if isinstance(wanted, type) and type(value) is not wanted:
        what = f"{key} is {type(value).__name__}, not {wanted.__name__}"
        return what, f"give {key} a {wanted.__name__}"
    if isinstance(wanted, dict) and not isinstance(value, dict):
        return f"{key} is no table", f"write it as [{key}]"
    if isinstance(wanted, list) and not (
        isinstance(value, list) and all(isinstance(table, dict) for table in value)
    ):
        return f"{key} is no list of tables", f"write each as [[{key}]]"
    return None


def _line_of(key: str, block: str) -> int:
    stem = re.compile(rf"\s*(\[+\s*)?{re.escape(key)}\b")
    return next((k for k, text in enumerate(block.split("\n"), 2) if stem.match(text)), 1)
