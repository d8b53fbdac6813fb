"""Pages: what people wrote in content/, read and checked before it is rendered.

A translation stands beside its original and says what people read of its front matter.
What it leaves out, dates and links and code, is that of its original.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from gradviz_core.content.front_matter import (
    CaseRecord,
    ErratumRecord,
    PageRecord,
    TranslatedCase,
    TranslatedErratum,
    TranslatedPage,
)
from gradviz_core.content.paths import PagePath, page_paths
from gradviz_core.content.record_rules import contradictions, days_after_site, last_day
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.registry.functions import Function
from gradviz_core.registry.words import (
    ENGLISH,
    Words,
    hash_of_text,
    laid_over,
    without_line_ends,
)
from gradviz_core.schema import field_errors, value_errors
from gradviz_core.toml_source import (
    TextFile,
    TomlSource,
    read_text,
    text_faults,
)

# Which template renders the pages of a section, and which the index of one.
KINDS = {
    "": "page",
    "errata": "erratum",
    "tutorial": "step",
    "functions": "function",
    "symmetry": "case",
}
SECTIONS_WITH_INDEX = {*KINDS, "playground"}

# Pages about pictures of their own, which stand on their cards, too.
KINDS_WITH_CARDS = ("symmetry", "case")

# Which fields a page of a kind may have, and its translation. Others have those of any.
SCHEMAS: dict[str, tuple[Any, Any]] = {
    "erratum": (ErratumRecord, TranslatedErratum),
    "case": (CaseRecord, TranslatedCase),
}
SCHEMAS_OF_ANY = (PageRecord, TranslatedPage)

Value = TypeVar("Value")


@dataclass(frozen=True)
class Page:
    """One page before rendering."""

    source: str  # path of its file relative to the repository, for errors
    url: str = ""  # path of what it becomes, relative to the site
    kind: str = ""  # which template renders it
    order: tuple[Any, ...] = ()  # where it stands among its siblings
    # Its front matter: a PageRecord, an ErratumRecord or a CaseRecord.
    record: dict[str, Any] = field(default_factory=lambda: {"title": ""})
    # Its Markdown, below blank lines for the front matter, so that line numbers hold.
    body: str = ""
    text: str = ""  # its whole file
    language: str = ENGLISH  # its ISO 639 code
    tag: str = ENGLISH  # its language, as HTML names it
    # Without a sound record, what misses a field of it is no fault of its own.
    has_record: bool = True

    @property
    def original(self) -> str:
        """The path of the page that it translates, or its own."""
        if self.language == ENGLISH:
            return self.url
        return self.url.partition("/")[2]

    @property
    def path(self) -> str:
        """What its original is named by: errata/layout, or about."""
        return self.original.removesuffix("index.html").removesuffix("/")

    @property
    def is_translation(self) -> bool:
        """Whether it is in another language than English."""
        return self.language != ENGLISH

    @property
    def folder(self) -> str:
        """The folder of its language in the site, "ko/", or "" for English."""
        return f"{self.language}/" if self.is_translation else ""

    @property
    def could_be_read(self) -> bool:
        """Whether its file could. Of one that could not, no text is known."""
        return bool(self.text)

    @property
    def hash(self) -> str:
        """What a translation of it states to have translated."""
        return hash_of_text(self.text)

    @property
    def slug(self) -> str:
        """The name of the page in its address."""
        return self.url.removesuffix("/index.html").rpartition("/")[2]

    @property
    def card(self) -> str:
        """The path of the picture that is shown where its address is shared."""
        return f"cards/{self.original.removesuffix('.html').removesuffix('/index')}.png"

    @property
    def has_card_of_its_own(self) -> bool:
        """Whether that picture is of its own pair, and not of a function."""
        pair = self.record.get("picture", {})
        return self.kind in KINDS_WITH_CARDS and {"correct", "buggy"} <= pair.keys()

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self.record["title"])


def uncached(function: Callable[..., Value], *arguments: Any) -> Value:
    """Call a function: what stands where nobody has given a cache of its values."""
    return function(*arguments)


def load_pages(
    root: Path,
    words: Mapping[str, Words],
    functions: Collection[str],
    recall: Callable[..., Any] = uncached,
) -> tuple[list[Page], list[ContentError]]:
    """Read all pages, in their order, and all that is wrong with them.

    Parameters
    ----------
    root : Path
        The folder of the site.
    words : mapping of str to Words
        What the interface says, by language: a page may be in any of these.
    functions : collection of str
        The names of the functions that may have a page.
    recall : callable, optional
        Calls a function with its arguments, or gives what it has returned for the same.
    """
    pages: dict[str, Page] = {}
    errors: list[ContentError] = []
    for path in page_paths(root, errors):
        try:
            page = _place(path, words, functions)
            if page.url in pages:
                what = f"{pages[page.url].source} has the same address"
                raise ContentError(page.source, None, what, "rename one")
            pages[page.url] = page
            text = read_text(root / page.source)
            pages[page.url], page_errors = recall(_read, page, text)
            errors.extend(page_errors)
        except ContentError as error:
            errors.append(error)
    for url, page in pages.items():
        if page.is_translation:
            try:
                pages[url] = _completed(page, pages)
            except ContentErrors as faults:
                pages[url] = replace(page, has_record=False)
                errors.extend(faults.errors)
    errors.extend(_repetition_errors(pages.values()))
    errors.extend(_day_errors(pages.values()))
    # An original comes before its translations.
    in_order = sorted(
        pages.values(), key=lambda page: (page.order, page.is_translation, page.url)
    )
    return in_order, errors


def _completed(page: Page, pages: dict[str, Page]) -> Page:
    """Lay a translation over its original."""
    original = pages.get(page.original)
    if original is None and page.kind == "function":
        return page  # its page is made of the registry's record
    if original is None:
        what = f"there is no page {page.original} of which this is a translation"
        fix = "name it as the original is named"
        raise ContentErrors([ContentError(page.source, None, what, fix)])
    if not original.has_record:
        return replace(page, order=original.order, has_record=False)
    if errors := [*_list_errors(page, original)]:
        raise ContentErrors(errors)
    record = laid_over(page.record, original.record)
    return replace(page, order=original.order, record=record)


def front_matter(page: Page) -> TomlSource:
    """Read the front matter of a page once more, for the lines of its fields."""
    text = page.text.removeprefix("+++").partition("\n+++\n")[0]
    return TomlSource(text, page.source)


@dataclass(frozen=True)
class _Unique:
    """Something that no two pages may have in common.

    `of` gives what a page has of it, or None if that may be repeated. `what`, with the
    fields of the page, and `fix` are what is said of the second page that has it, at
    its `field` or of its file.
    """

    of: Callable[[Page], Any]
    what: str
    fix: str
    field: str = ""


def _number_of(page: Page) -> Any:
    """The number in the name of a step of the tutorial, within its section."""
    section, number, *_ = page.order
    return None if page.is_translation or not number else (section, number)


def _order_of(page: Page) -> Any:
    """The place of an erratum, or of a case, among the others."""
    order = page.record.get("order")
    return None if page.is_translation or order is None else (page.kind, order)


def _title_of(page: Page) -> Any:
    return (page.language, page.title) if page.has_record else None


def _lines_of(page: Page) -> Any:
    """The lines in a repository that a case is about."""
    if page.kind != "case" or page.is_translation or not page.has_record:
        return None
    where = page.record["where"]
    return where["repository"], where["path"], where["lines"]


UNIQUE = [
    _Unique(_number_of, "has the same number", "rename one of them"),
    _Unique(
        _order_of,
        "has the same order, {order}",
        "give one of them another number",
        field="order",
    ),
    _Unique(
        _title_of,
        "has the same title",
        "say what is different in this page",
        field="title",
    ),
    _Unique(
        _lines_of,
        "is about the same lines",
        "name those of this case",
        field="where",
    ),
]


def _repetition_errors(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report every page that has in common with one before it what it may not."""
    for unique in UNIQUE:
        sources: dict[Any, str] = {}
        for page in pages:
            own = unique.of(page)
            if own in sources:
                what = f"{sources[own]} {unique.what.format_map(page.record)}"
                yield _error_in_front_matter(page, unique.field, what, unique.fix)
            elif own is not None:
                sources[own] = page.source


def _error_in_front_matter(page: Page, field: str, what: str, fix: str) -> ContentError:
    if not field:
        return ContentError(page.source, None, what, fix)
    return front_matter(page).error_at((field,), what, fix)


def _day_errors(pages: Collection[Page]) -> Iterator[ContentError]:
    """Report days that the site has not reached, going by what was changed in it.

    It says so even of a page that has never been changed.
    """
    if not all(page.has_record for page in pages):
        return  # the last change may be that of a page which cannot be read
    originals = [page for page in pages if not page.is_translation]
    last = last_day(page.record for page in originals)
    if last is None:
        return  # a new site
    for page in originals:
        for place, day in days_after_site(last, page.record):
            what = f"{day} is later than the last change of the site, {last}"
            fix = "correct the day, or add [[changes]]"
            yield front_matter(page).error_at(place, what, fix)


def _list_errors(page: Page, original: Page) -> Iterator[ContentError]:
    """Report every list of a translation that has not the length of its original's."""
    for key, value in page.record.items():
        count = len(original.record.get(key, []))
        if isinstance(value, list) and len(value) != count:
            what = f"{key} has {len(value)} tables, and in the original {count}"
            fix = "write one for each, in the same order"
            yield front_matter(page).error_at((key,), what, fix)


def _place(
    path: PagePath, words: Mapping[str, Words], functions: Collection[str]
) -> Page:
    """Make the page that a file's name speaks of: its address, kind and language."""
    language = path.language or ENGLISH
    if path.language == ENGLISH:
        what = "a page without a language in its name is the English one"
        raise ContentError(path.source, None, what, "take .en out of its name")
    folder = path.url.split("/")[0]
    if not path.language and folder in words:
        what = f"{folder}/ is the folder of a language"
        raise ContentError(path.source, None, what, "give it another name")
    if language not in words:
        what = f"the interface has no words in {language}"
        fix = f"add gradviz_core/registry/strings/words.{language}.toml"
        raise ContentError(path.source, None, what, fix)

    kind = KINDS.get(path.section, "page")
    order = (path.section, path.number)
    if path.slug == "index":
        order = ("", "")
        kind = "page"
        if path.section in SECTIONS_WITH_INDEX:
            kind = path.section or "home"
    elif kind == "function" and path.slug not in functions:
        what = f"no function is called {path.slug}"
        raise ContentError(path.source, None, what, "name one of FUNCTIONS")
    record = {"title": path.slug}
    tag = words[language]["language"]["tag"]
    return Page(path.source, path.url, kind, order, record, language=language, tag=tag)


def _read(page: Page, text: str) -> tuple[Page, list[ContentError]]:
    """Read the front matter and the Markdown of a page."""
    unread = replace(page, has_record=False)
    if faults := text_faults(text, page.source):
        return unread, faults
    matter, closed, body = f"{text}\n".removeprefix("+++\n").partition("\n+++\n")
    if not text.startswith("+++\n") or not closed or body.startswith("+++\n"):
        what = "the page has no front matter between two lines +++"
        fix = 'begin it with +++, title = "…" and +++ again'
        return unread, [ContentError(page.source, 1, what, fix)]

    source = TomlSource(f"\n{matter}", page.source)  # its first line is +++
    schema = SCHEMAS.get(page.kind, SCHEMAS_OF_ANY)[page.is_translation]
    errors = source.errors or [*field_errors(source, source.data, schema)]
    if not errors and not page.is_translation:
        errors.extend(contradictions(source, source.data))
    record = {
        key: value
        for key, value in source.data.items()
        if not [*value_errors(source, key, value, schema)]
    }
    if page.is_translation:
        record = without_line_ends(record)
    lines_of_front_matter = matter.count("\n") + 3
    page = replace(
        page,
        order=(*page.order, record.get("order", 0)),
        record=page.record | record,
        body="\n" * lines_of_front_matter + body[:-1],
        text=text,
        has_record=not errors,
    )
    return page, errors


def with_function_pages(
    pages: Collection[Page],
    functions: Mapping[str, Mapping[str, Function]],
    files: Mapping[str, TextFile],
    words: Mapping[str, Words],
) -> list[Page]:
    """Return all pages, with one for every function that has not been written.

    So it is in English, and in each language that has titles for the functions.

    Parameters
    ----------
    pages : collection of Page
        The pages that are written. That of any other function is left out.
    functions : mapping
        The functions that have a page: by language, then by name.
    files : mapping of str to TextFile
        Where their titles stand, by language.
    words : mapping of str to Words
        What the interface says, by language.
    """
    by_url = {page.url: page for page in pages}
    for language, file in files.items():
        folder = "" if language == ENGLISH else f"{language}/"
        for name, function in functions[language].items():
            url = f"{folder}functions/{name}/index.html"
            page = by_url.pop(url, None) or Page(
                file.path,
                url,
                "function",
                record={"title": function.title, "summary": function.note},
                text=file.text,
                language=language,
                tag=words[language]["language"]["tag"],
            )
            by_url[url] = page  # at the end, in the order of the registry
    return [
        page
        for page in by_url.values()
        if page.kind != "function" or page.slug in functions[ENGLISH]
    ]
