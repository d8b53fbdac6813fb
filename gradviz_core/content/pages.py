"""Page: what people wrote, read from content/ and checked before anything is rendered.

content/errata/layout.md becomes errata/layout/index.html, its translation layout.ko.md
ko/errata/layout/index.html; the number in front of tutorial/02-routine.md orders the steps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.registry.functions import FUNCTIONS
from gradviz_core.registry.words import ENGLISH, LANGUAGES
from gradviz_core.toml_source import PACKAGE, TomlSource, hidden_characters, read_text

LARGEST_PAGE, MOST_BRACKETS = 40_000, 2_000  # Markdown looks far behind each bracket
DEVICE = (
    r"(?:con|prn|aux|nul|(?:com|lpt)\d)(?![\w-])"  # to Windows, whatever its ending
)
PORTABLE = rf"(?!{DEVICE}|[\w-]{{65}})[a-z0-9]+(?:[-_][a-z0-9]+)*"
PAGE = rf"(?P<number>\d\d-)?+(?P<slug>{PORTABLE})(?:\.(?P<language>[a-z]{{2}}))?\.md"
NAME = re.compile(rf"content/(?:(?!index/|404/){PORTABLE}/)*{PAGE}", re.ASCII)
TABLES = (
    "elements unclosed void data attributes ended policy pictures files texts runs left"
)
ALLOWED = TomlSource[Any](
    PACKAGE / "publish/allowed.toml", needed=[*TABLES.split(), "typed", "numbers"]
)
PUBLISHED = (
    rf"static/(?:{PORTABLE}[/.])*{PORTABLE}\.(?:{'|'.join(ALLOWED.get('files', ''))})"
)
TEMPLATE = re.compile(
    rf"templates/(?:(?P<published>{PUBLISHED})|(?!static/).+)", re.DOTALL
)
FIELDS = TomlSource[Any](
    PACKAGE / "content/front_matter.toml", needed=("page", "erratum", "needed")
)
KINDS = {"": "page", "errata": "erratum", "tutorial": "step", "functions": "function"}
COMMENT = re.compile(r"^\s*(?:/\*(?s:.*?)\*/|//.*)?\s*| +// [^\"'`\n]*$", re.MULTILINE)
NOT_PLAIN = "this is not a plain file", "put the file itself here"
NOT_PORTABLE = (
    "this name is not portable",
    "use a-z, 0-9, - and a known ending, as in two-words.md",
)
Errors = list[ContentError]


@dataclass(frozen=True)
class Page:
    """One page before rendering."""

    source: str  # path of its file relative to the repository, for errors
    url: str = ""  # path of what it becomes, relative to the site
    kind: str = ""  # which template renders it
    order: tuple[Any, ...] = ()  # where it stands among its siblings
    record: dict[str, Any] = field(
        default_factory=lambda: {"title": ""}
    )  # its front matter
    body: str = (
        ""  # its Markdown, below blank lines for the front matter: line numbers hold
    )
    text: str = ""  # its whole file
    language: str = ENGLISH  # its ISO 639 code
    sound: bool = (
        True  # else it has no record, and what misses that is no fault of its own
    )

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
        return f"cards/{self.original.removesuffix('.html').removesuffix('/index')}.png"

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self.record["title"])


def load(root: Path) -> tuple[list[Page], Errors]:
    """Read all of content/, in the order of its pages, and all that is wrong with it."""
    pages, errors = dict[str, Page](), Errors()
    for name in _named(root / "content", NAME, errors):
        try:
            page = _located(name)
            if page.url in pages:
                what = f"{pages[page.url].source} has the same address"
                raise ContentError(page.source, None, what, "rename one")
            pages[page.url] = page
            pages[page.url] = _read(page, root / page.source, errors)
        except (ContentError, ContentErrors) as found:
            errors += getattr(found, "errors", [found])
    for url, page in pages.items():
        if original := pages.get(page.original):
            pages[url] = replace(
                page, order=original.order, record=original.record | page.record
            )
        else:
            what = f"there is no page {page.original} of which this is a translation"
            errors.append(
                ContentError(
                    page.source, None, what, "name it as the original is named"
                )
            )
    return sorted(pages.values(), key=lambda page: (page.order, page.url)), errors


def _named(
    folder: Path, names: re.Pattern[str], errors: Errors
) -> Iterator[re.Match[str]]:
    """The names of the files below a folder; a link could publish what lies elsewhere."""
    for path in sorted(
        p for p in (folder, *folder.rglob("*")) if p.is_symlink() or not p.is_dir()
    ):
        source = path.relative_to(folder.parent).as_posix()
        if path.is_symlink() or not path.is_file():
            errors.append(ContentError(source, None, *NOT_PLAIN))
        elif name := names.fullmatch(source):
            yield name
        else:
            errors.append(ContentError(source, None, *NOT_PORTABLE))


def _located(name: re.Match[str]) -> Page:
    source = name.string
    _, *folders, _ = source.split("/")
    slug, language = name["slug"], name["language"] or ENGLISH
    if language not in LANGUAGES:
        fix = f"add gradviz_core/words.{language}.toml"
        raise ContentError(
            source, None, f"the interface has no words in {language}", fix
        )
    section = "/".join(folders)
    kind = KINDS.get(section, "page")
    if kind == "function" and slug not in {*FUNCTIONS, *FUNCTIONS.headings, "index"}:
        raise ContentError(
            source, None, f"no function is called {slug}", "name one of FUNCTIONS"
        )
    order = (section, name["number"] or "")
    parts = [*([] if language == ENGLISH else [language]), *folders, slug]
    if slug == "index":
        kind, order = (
            (section or "home") if section in {*KINDS, "playground"} else "page",
            ("", ""),
        )
        parts.pop()
    url = "404.html" if parts == ["404"] else "/".join([*parts, "index.html"])
    return Page(source, url, kind, order, {"title": slug}, language=language)


def _read(page: Page, path: Path, errors: Errors) -> Page:
    if (size := path.stat().st_size) > LARGEST_PAGE:
        raise ContentError(
            page.source, None, f"the page has {size:,} bytes", "split it"
        )
    text = read_text(path)
    if hidden := hidden_characters(text, page.source):
        raise ContentErrors(hidden)
    if (count := len(re.findall(r"[\[<{`~]|\n[-#=*_]", text))) > MOST_BRACKETS:
        what = f"the page has {count:,} brackets and headings"
        raise ContentError(page.source, None, what, "split it")
    block, closed, body = f"{text}\n".removeprefix("+++\n").partition("\n+++\n")
    if not (closed and text.startswith("+++\n")) or body.startswith("+++\n"):
        what = "the page has no front matter between two lines +++"
        raise ContentError(
            page.source, 1, what, 'begin it with +++, title = "…" and +++ again'
        )
    record = TomlSource[Any](f"\n{block}", page.source)  # its first line is +++
    fields = FIELDS["page"] | (FIELDS["erratum"] if page.kind == "erratum" else {})
    errors += (
        found := record.content_errors
        or [*record.field_errors(record, fields, FIELDS["needed"])]
    )
    known, body = {} if found else record, "\n" * (block.count("\n") + 3) + body[:-1]
    order, known = (*page.order, known.get("order", 0)), page.record | known
    return replace(
        page, order=order, record=known, body=body, text=text, sound=not found
    )


def static(root: Path) -> tuple[dict[str, str | bytes], list[Page], Errors]:
    """What is published as it is, and the templates as pages: what no page typed is in one."""
    files, templates, errors = dict[str, str | bytes](), list[Page](), Errors()
    runs = re.compile("|".join(ALLOWED["runs"]), re.IGNORECASE)
    for name in _named(root / "templates", TEMPLATE, errors):
        path, text = root / name.string, read_text(root / name.string)
        kind = path.suffix[1:]
        errors += (
            hidden_characters(text, name.string) if kind in ALLOWED["texts"] else []
        )
        if kind == "svg" and (found := runs.search(unescape(text))):
            what, before = (
                f"a picture may not hold {found[0]}",
                found.string[: found.end()],
            )
            errors.append(
                ContentError(name.string, before.count("\n") + 1, what, "leave it out")
            )
        if published := name["published"]:
            files[published] = (
                COMMENT.sub("", text) if kind == "js" else path.read_bytes()
            )
        else:
            templates.append(Page(name.string, text=text))
    return files, templates, errors
