"""Untranslated: what a language lacks, and which of its pages are out of date."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from gradviz_core.content.front_matter import TranslatedCase, TranslatedErratum
from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.registry.words import TRANSLATES

# Texts that a translation may have of its own, and need not: code, names, its hash.
MAY_STAY_AS_THEY_ARE = {"wrong", "right", "name", TRANSLATES}


def list_untranslated(root: Path, language: str) -> tuple[int, str]:
    """Print what a language of a site lacks, and which translations are stale.

    Return the exit code, and a message if there is no such language.
    """
    site = Site.load(root)
    besides_pages = site.untranslated.get(language)
    if besides_pages is None:
        others = ", ".join(site.untranslated) or "none"
        return 2, f"there are no words in {language}, but in: {others}"
    if site.page_errors:
        raise ContentErrors(site.page_errors)
    for error in [*untranslated_pages(site.pages, language), *besides_pages]:
        print(error)
    return 0, ""


def untranslated_pages(pages: Sequence[Page], language: str) -> Iterator[ContentError]:
    """Report pages whose translation is missing, out of date, or English in part.

    Parameters
    ----------
    pages : sequence of Page
        All pages that are written, in all languages.
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
            fix = f'write it, with {TRANSLATES} = "{original.hash}"'
            yield ContentError(path, None, "the page is not translated", fix)
        else:
            yield from _errors_in_translation(translation, original)


def _errors_in_translation(translation: Page, original: Page) -> Iterator[ContentError]:
    if translation.record.get(TRANSLATES) != original.hash:
        what = "the original has changed since it was translated"
        fix = f'translate what is new, and write {TRANSLATES} = "{original.hash}"'
        yield ContentError(translation.source, 1, what, fix)
    fields = _text_fields(TranslatedErratum) | _text_fields(TranslatedCase)
    to_translate = fields - MAY_STAY_AS_THEY_ARE
    for place in _inherited(to_translate, translation.record, original.record):
        fix = f"say {place} in the language"
        what = f"{place} is still English"
        yield ContentError(translation.source, 1, what, fix)


def _text_fields(schema: Any) -> set[str]:
    """Return the names of the text fields of a schema, and of the tables in it."""
    names = set()
    for key, kind in get_type_hints(schema).items():
        item_kind = get_args(kind)[0] if get_origin(kind) is list else kind
        if item_kind is str:
            names.add(key)
        else:
            names |= _text_fields(item_kind)
    return names


def _inherited(
    fields: set[str], record: Any, original: Any, place: str = ""
) -> Iterator[str]:
    """Yield where a translation has a text from its original, of these fields."""
    for key, value in original.items():
        own = record.get(key)
        name = f"{place}{key}"
        if key == "corrections":  # stay in English
            continue
        if isinstance(value, dict):
            yield from _inherited(fields, own, value, f"{name}.")
        elif isinstance(value, list):
            for k, (mine, table) in enumerate(zip(own, value, strict=True), 1):
                yield from _inherited(fields, mine, table, f"{name} {k}: ")
        elif key in fields and own == value:
            yield name
