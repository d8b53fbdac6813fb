"""Page: what people wrote, read from content/ and checked before anything is rendered.

content/errata/layout.md becomes errata/layout/index.html, its translation layout.ko.md
ko/errata/layout/index.html; the number in front of tutorial/02-routine.md orders the steps.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.functions import FUNCTIONS
from gradviz_core.records import PACKAGE, Records, check_characters, text_of
from gradviz_core.words import ENGLISH, LANGUAGES

LARGEST_PAGE, MOST_BRACKETS = 40_000, 2_000  # Markdown looks far behind each bracket
PORTABLE = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
NAME = re.compile(rf"(?P<number>\d\d-)?(?P<slug>{PORTABLE})(?:\.(?P<language>[a-z]{{2}}))?\.md")
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\d")  # names of devices on Windows

FIELDS = Records[dict[str, Any]](PACKAGE / "front_matter.toml", page=dict, erratum=dict)
KINDS = {"": "page", "errata": "erratum", "tutorial": "step", "functions": "function"}
KINDS |= {"playground": "page"}
COMMENT = re.compile(r"^\s*(?:/\*(?s:.*?)\*/|//.*)?\s*| +// .*$", re.MULTILINE)
NOT_PLAIN = "this is not a plain file", "put the file itself here"


@dataclass(frozen=True)
class Page:
    """One page before rendering."""

    source: str  # path of its file relative to the repository, for errors
    url: str  # path of what it becomes, relative to the site
    kind: str  # which template renders it
    order: tuple[Any, ...]  # where it stands among its siblings
    record: dict[str, Any]  # its front matter; of a translation, over that of the original
    body: str = ""  # its Markdown, below blank lines for the front matter: line numbers hold
    text: str = ""  # its whole file
    language: str = ENGLISH  # its ISO 639 code

    @property
    def original(self) -> str:
        """The path of the page that it translates, or its own."""
        return self.url if self.language == ENGLISH else self.url.partition("/")[2]

    @property
    def slug(self) -> str:
        """The name of the page in its address."""
        return self.url.removesuffix("/index.html").rpartition("/")[2]

    @property
    def card(self) -> str:
        """The path of the picture that stands for the page where its address is shared."""
        stem = self.original.removesuffix(".html").removesuffix("/index")
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
        except (ContentError, ContentErrors) as found:
            errors += getattr(found, "errors", [found])
    for url, page in pages.items():
        if original := pages.get(page.original):
            pages[url] = replace(page, order=original.order, record=original.record | page.record)
        else:
            what = f"there is no page {page.original} of which this is a translation"
            errors.append(ContentError(page.source, None, what, "name it as the original is named"))
    return sorted(pages.values(), key=lambda page: (page.order, page.url)), errors


def _located(path: Path, root: Path) -> Page:
    """Where a file of content/ goes, from its name alone."""
    source = path.relative_to(root).as_posix()
    *folders, last = path.relative_to(root / "content").parts
    if path.is_symlink() or not path.is_file():
        raise ContentError(source, None, *NOT_PLAIN)
    name = NAME.fullmatch(last)
    words = [*folders, name["slug"] if name else ""]
    if not name or not all(re.fullmatch(PORTABLE, w) and not RESERVED.fullmatch(w) for w in words):
        what = "content/ holds pages with portable names only"
        raise ContentError(source, None, what, "use a-z, 0-9 and - and end the name in .md")
    slug, language = name["slug"], name["language"] or ENGLISH
    if language not in LANGUAGES:
        fix = f"add gradviz_core/words.{language}.toml"
        raise ContentError(source, None, f"the interface has no words in {language}", fix)
    section = "/".join(folders)
    kind = KINDS.get(section, "page")
    if kind == "function" and slug not in {*FUNCTIONS, *FUNCTIONS.headings, "index"}:
        raise ContentError(source, None, f"no function is called {slug}", "name one of FUNCTIONS")
    order = (section, name["number"] or "")
    parts = [*([] if language == ENGLISH else [language]), *folders, slug]
    if slug == "index":
        kind, order = (section or "home") if section in KINDS else "page", ("", "")
        parts.pop()
    url = "404.html" if parts == ["404"] else "/".join([*parts, "index.html"])
    return Page(source, url, kind, order, {"title": slug}, language=language)


def _read(page: Page, path: Path) -> Page:
    if (size := path.stat().st_size) > LARGEST_PAGE:
        raise ContentError(page.source, None, f"the page has {size:,} bytes", "split it")
    text = text_of(path)
    check_characters(text, page.source)
    if (count := sum(map(text.count, "[<{"))) > MOST_BRACKETS:
        raise ContentError(page.source, None, f"the page opens {count:,} brackets", "split it")
    block, closed, body = text.removeprefix("+++\n").partition("\n+++\n")
    if not (closed and text.startswith("+++\n")) or body.startswith("+++\n"):
        what = "the page has no front matter between two lines +++"
        raise ContentError(page.source, 1, what, 'begin it with +++, title = "…" and +++ again')
    record = Records[Any](f"\n{block}", page.source)  # its first line is +++
    fields = FIELDS["page"] | (FIELDS["erratum"] if page.kind == "erratum" else {})
    if errors := record.faults or [*record.wrong(record, fields, ("title",))]:
        raise ContentErrors(errors)
    blank = "\n" * (block.count("\n") + 3)
    order = (*page.order, record.get("order", 0))
    whole = {**page.record, **record}
    return replace(page, order=order, record=whole, body=blank + body, text=text)


def static(root: Path) -> tuple[dict[str, str | bytes], list[ContentError]]:
    """The files that are published as they are; a link could publish what lies elsewhere."""
    folder = root / "templates"
    paths = [p for p in sorted(folder.rglob("*")) if p.is_symlink() or not p.is_dir()]
    bad = [p for p in paths if p.is_symlink() or not p.is_file()]
    plain = [p for p in paths if folder / "static" in p.parents and p not in bad]
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in plain}
    # Comments and margins of scripts are for their authors.
    bare = {n: COMMENT.sub("", b.decode()) for n, b in files.items() if n.endswith(".js")}
    return files | bare, [ContentError(f"{p.relative_to(root)}", None, *NOT_PLAIN) for p in bad]
