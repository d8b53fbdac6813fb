"""Loaded pages: the files of content/, read and checked before they are rendered."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from gradviz_core.content.event_days import with_event_days
from gradviz_core.content.front_matter import (
    CaseRecord,
    ErratumRecord,
    PageRecord,
    TranslatedCase,
    TranslatedErratum,
    TranslatedPage,
)
from gradviz_core.content.listings import without_comments
from gradviz_core.content.page_conflicts import conflicts
from gradviz_core.content.pages import Order, Page
from gradviz_core.content.paths import PagePath, page_paths
from gradviz_core.content.record_rules import contradictions, fix_errors
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.registry.words import ENGLISH, Words, with_fallback, without_line_ends
from gradviz_core.schema import (
    IN_ORIGINAL,
    field_errors,
    may_have,
    names_of_fields,
    value_errors,
)
from gradviz_core.texts import read_text, text_faults
from gradviz_core.toml_source import Keys, TomlSource

# Which template renders the pages of a section, and which the index of one.
KINDS = {
    "": "page",
    "errata": "erratum",
    "tutorial": "step",
    "functions": "function",
    "symmetry": "case",
}
SECTIONS_WITH_INDEX = {*KINDS, "playground"}

# The fields that a page of a kind may have, and those that its translation may have.
SCHEMAS: dict[str, tuple[Any, Any]] = {
    "erratum": (ErratumRecord, TranslatedErratum),
    "case": (CaseRecord, TranslatedCase),
}
SCHEMAS_OF_OTHERS = (PageRecord, TranslatedPage)

# Nobody sees these.
BLANKS_BEHIND_FENCE = re.compile(r"(?m)(?<=^\+\+\+)[ \t]+$")

Value = TypeVar("Value")


def uncached(function: Callable[..., Value], *arguments: Any) -> Value:
    """Call a function, and keep nothing: the `recall` of a caller without a cache."""
    return function(*arguments)


def load_pages(
    root: Path,
    words: Mapping[str, Words],
    functions: Collection[str],
    recall: Callable[..., Any] = uncached,
) -> tuple[list[Page], list[ContentError]]:
    """Read all pages of a site.

    Parameters
    ----------
    root : Path
        The folder of the site.
    words : mapping of str to Words
        What the interface says, by language: a page may be in any of these.
    functions : collection of str
        The names of the functions that may have a page.
    recall : callable, optional
        Calls a function, or returns what it returned before for the same arguments.

    Returns
    -------
    list of Page
        In the order in which they are listed, each original before its translations.
    list of ContentError
        All that is wrong with them.
    """
    pages, errors = _written_pages(root, words, functions, recall)
    errors.extend(_complete(pages, with_event_days))
    errors.extend(_complete(pages, _over_original))
    errors.extend(conflicts(pages.values()))
    in_order = sorted(
        pages.values(), key=lambda page: (page.order, page.is_translation, page.url)
    )
    return in_order, errors


def _written_pages(
    root: Path,
    words: Mapping[str, Words],
    functions: Collection[str],
    recall: Callable[..., Any],
) -> tuple[dict[str, Page], list[ContentError]]:
    """Read each page by itself; return them by their paths in the site."""
    pages: dict[str, Page] = {}
    errors: list[ContentError] = []
    for path in page_paths(root, errors):
        try:
            page = _page_at(path, words, functions)
            if page.url in pages:
                what = f"{pages[page.url].source} has the same address"
                raise ContentError(page.source, None, what, "rename one")
            pages[page.url] = page
            text = read_text(root / page.source)
            pages[page.url], page_errors = recall(_read, page, text)
            errors.extend(page_errors)
        except ContentError as error:
            errors.append(error)
    return pages, errors


# Where a page belongs, by the name of its file.


def _page_at(
    path: PagePath, words: Mapping[str, Words], functions: Collection[str]
) -> Page:
    """Make the page that a file's name announces: its address, kind and language."""
    _check_language(path, words)
    language = path.language or ENGLISH
    kind = _kind_of(path)
    if kind == "function" and path.slug not in functions:
        what = f"no function is called {path.slug}"
        raise ContentError(path.source, None, what, "name one of FUNCTIONS")
    order = Order() if path.slug == "index" else Order(path.section, path.number)
    record = {"title": path.slug}
    tag = words[language]["language"]["tag"]
    return Page(path.source, path.url, kind, order, record, language=language, tag=tag)


def _check_language(path: PagePath, words: Mapping[str, Words]) -> None:
    """Raise ContentError unless a file's name states its language as it should."""
    if path.language == ENGLISH:
        what = "a page without a language in its name is the English one"
        raise ContentError(path.source, None, what, "take .en out of its name")
    folder = path.url.split("/")[0]
    if not path.language and folder in words:
        what = f"{folder}/ is the folder of a language"
        raise ContentError(path.source, None, what, _name_of_translation(folder))
    language = path.slug[-2:]
    if path.slug.endswith((f"-{language}", f"_{language}")) and language in words:
        what = (
            f"{path.slug} is taken for an English page, and its name ends in a language"
        )
        raise ContentError(path.source, None, what, _name_of_translation(language))
    if path.language and path.language not in words:
        what = f"the interface has no words in {path.language}"
        others = ", ".join(sorted(words.keys() - {ENGLISH})) or "none"
        file = f"gradviz_core/registry/strings/words.{path.language}.toml"
        fix = f"name one that is there ({others}), or add {file}"
        raise ContentError(path.source, None, what, fix)


def _name_of_translation(language: str) -> str:
    example = f"layout.{language}.md, beside layout.md"
    return f"name a translation as {example}; give another page another name"


def _kind_of(path: PagePath) -> str:
    """Return the name of the template that renders a page."""
    if path.slug != "index":
        return KINDS.get(path.section, "page")
    if path.section in SECTIONS_WITH_INDEX:
        return path.section or "home"
    return "page"


# What is written in one file.


class _PageParts(NamedTuple):
    """The two parts of a page's file, each line at its number in the file."""

    front_matter: str  # TOML, below a blank line for the first +++
    body: str  # Markdown, below a blank line for each line of the front matter

    @classmethod
    def of(cls, text: str) -> "_PageParts | None":
        """Split the text of a page; None if it has no front matter."""
        toml, end, body = f"{text}\n".removeprefix("+++\n").partition("\n+++\n")
        if not text.startswith("+++\n") or not end or body.startswith("+++\n"):
            return None
        lines_of_toml = toml.count("\n") + 1
        lines_above_body = lines_of_toml + 2  # the two lines +++
        return cls(f"\n{toml}", "\n" * lines_above_body + body.removesuffix("\n"))


def _read(page: Page, text: str) -> tuple[Page, list[ContentError]]:
    """Read the front matter and the Markdown of a page."""
    text = BLANKS_BEHIND_FENCE.sub("", text)
    if faults := text_faults(text, page.source):
        return replace(page, has_record=False), faults
    parts = _PageParts.of(text)
    if parts is None:
        return replace(page, has_record=False), [_front_matter_error(page, text)]
    source = TomlSource(parts.front_matter, page.source)
    schema = _schemas(page)[page.is_translation]
    errors = _record_errors(page, source)
    if not errors:
        errors = [*fix_errors(source, source.data, parts.body)]
    record = _sound_fields(source, schema)
    if page.is_translation:
        record = without_line_ends(record)
    page = replace(
        page,
        order=page.order._replace(order=record.get("order", 0)),
        record=page.record | record,
        body=parts.body,
        text=text,
        has_record=not errors,
    )
    return page, errors


def _front_matter_error(page: Page, text: str) -> ContentError:
    """Report what is missing where front matter should begin or end."""
    begins = text.startswith("+++\n")
    if begins and not re.search(r"(?m)^\+\+\+$", text[len("+++\n") :]):
        toml = TomlSource(text.replace("+++", "", 1), page.source)
        line = toml.errors[0].line if toml.errors else text.count("\n")
        what = "the front matter does not end above this line"
        return ContentError(page.source, line, what, "write +++ below its last field")
    what = "the page has no front matter between two lines +++"
    fix = 'begin it with +++, title = "…" and +++ again'
    return ContentError(page.source, 1, what, fix)


def _schemas(page: Page) -> tuple[Any, Any]:
    """Return which fields a page of this kind has, and which its translation."""
    return SCHEMAS.get(page.kind, SCHEMAS_OF_OTHERS)


def may_have_field(page: Page, keys: Keys, field: str) -> bool:
    """Whether a table of a page's record may have a field."""
    schema, _ = _schemas(page)
    return may_have(schema, keys, field)


def _record_errors(page: Page, source: TomlSource) -> list[ContentError]:
    """Report what is wrong with the front matter of a page."""
    if source.errors:
        return source.errors
    schema, schema_of_translation = _schemas(page)
    if page.is_translation:
        advice = dict.fromkeys(names_of_fields(schema), IN_ORIGINAL)
        return [
            *field_errors(source, source.data, schema_of_translation, advice=advice)
        ]
    errors = [*field_errors(source, source.data, schema)]
    return errors or [*contradictions(source, source.data)]


def _sound_fields(source: TomlSource, schema: Any) -> dict[str, Any]:
    """Return the fields of a front matter with which nothing is wrong."""
    return {
        key: value
        for key, value in source.data.items()
        if not [*value_errors(source, key, value, schema)]
    }


# What a page takes from others.


def _complete(
    pages: dict[str, Page], completed: Callable[[Page, Mapping[str, Page]], Page]
) -> Iterator[ContentError]:
    """Complete each page from the others, in place; report what stands against it."""
    for url, page in pages.items():
        try:
            pages[url] = completed(page, pages)
        except ContentErrors as faults:
            pages[url] = replace(page, has_record=False)
            yield from faults.errors


def _over_original(page: Page, pages: Mapping[str, Page]) -> Page:
    """Return a translation with what it leaves out taken from its original."""
    if not page.is_translation:
        return page
    original = pages.get(page.original)
    if original is None and page.kind == "function":
        return page  # its original is made of the registry's record
    if original is None:
        what = f"there is no page {page.original} of which this is a translation"
        fix = "name it as the original is named"
        raise ContentErrors([ContentError(page.source, None, what, fix)])
    if not original.has_record:
        return replace(page, order=original.order, has_record=False)
    errors = [*_list_errors(page, original), *_code_errors(page, original)]
    if errors:
        raise ContentErrors(errors)
    record = with_fallback(page.record, original.record)
    return replace(page, order=original.order, record=record)


def _list_errors(page: Page, original: Page) -> Iterator[ContentError]:
    """Report every list of a translation whose length differs from its original's."""
    for key, value in page.record.items():
        count = len(original.record.get(key, []))
        if isinstance(value, list) and len(value) != count:
            what = f"{key} has {len(value)} tables, and in the original {count}"
            fix = "write one for each, in the same order"
            yield page.error_at((key,), what, fix)


def _code_errors(page: Page, original: Page) -> Iterator[ContentError]:
    """Report the code in a translation's record that, comments aside, is other code."""
    for field in ("wrong", "right"):
        if field not in page.record:
            continue
        code, code_of_original = (
            without_comments(str(each.record.get(field, "")), "python")
            for each in (page, original)
        )
        if code != code_of_original:
            what = f"{field} is not the code of the original"
            fix = f"take it from {original.source}, and translate its comments alone"
            yield page.error_at((field,), what, fix)
