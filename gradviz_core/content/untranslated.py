"""Untranslated: what a language lacks, and which of its pages are out of date."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError, ContentErrors

# Fields of front matter that people read, at any depth.
READ = {
    "title",
    "summary",
    "where",
    "resolution",
    "sample",
    "what",
    "by",
    "label",
    "handed_over",
    "taken",
    "hidden_by",
    "shown_by",
    "none_in",
    "licence",
}


def list_untranslated(root: Path, language: str) -> tuple[int, str]:
    """Print what a language of a site lacks, and which translations are stale.

    Return the exit code, and a message if there is no such language.
    """
    site = Site.load(root)
    if language not in site.lacking:
        others = ", ".join(site.lacking) or "none"
        return 2, f"there are no words in {language}, but in: {others}"
    if site.page_errors:
        raise ContentErrors(site.page_errors)
    for line in untranslated(site.pages, site.lacking[language], language):
        print(line)
    return 0, ""


def untranslated(
    pages: Sequence[Page], lacking: Sequence[ContentError], language: str
) -> Iterator[ContentError]:
    """Report pages, strings and titles of functions that are missing, or stale.

    Parameters
    ----------
    pages : sequence of Page
        All pages that are written, in all languages.
    lacking : sequence of ContentError
        What the language lacks besides pages, as in `Site.lacking`.
    language : str
        The code of a language that has words.
    """
    translations = {page.original: page for page in pages if page.language == language}
    for original in pages:
        if original.is_translation:
            continue
        translation = translations.get(original.url)
        if translation is None:
            path = original.source.removesuffix(".md") + f".{language}.md"
            fix = f'write it, with translates = "{original.hash}"'
            yield ContentError(path, None, "the page is not translated", fix)
            continue
        if translation.record.get("translates") != original.hash:
            what = "the original has changed since it was translated"
            fix = f'translate what is new, and write translates = "{original.hash}"'
            yield ContentError(translation.source, 1, what, fix)
        for place in _inherited_texts(translation.record, original.record):
            fix = f"say {place} in the language"
            what = f"{place} is still English"
            yield ContentError(translation.source, 1, what, fix)
    yield from lacking


def _inherited_texts(record: Any, original: Any, place: str = "") -> Iterator[str]:
    """Yield the names of the fields whose texts a translation has from its original.

    Only fields that people read count: code or a name is the same on purpose.
    """
    for key, value in original.items():
        own = record.get(key)
        name = f"{place}{key}"
        if key == "corrections":  # stay in English
            continue
        if isinstance(value, dict):
            yield from _inherited_texts(own, value, f"{name}.")
        elif isinstance(value, list):
            for k, (mine, table) in enumerate(zip(own, value, strict=True), 1):
                yield from _inherited_texts(mine, table, f"{name} {k}: ")
        elif key in READ and own == value:
            yield name
