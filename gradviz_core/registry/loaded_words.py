"""Loaded words: those of a site in every language, with all that is wrong in them.

What belongs to one site alone, such as its name and its menu, is in content/site.toml
and content/site.ko.toml. It is laid over the words of the interface. What a language
lacks is said in English; once the language declares itself complete, that is an error.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.registry import word_rules
from gradviz_core.registry.words import (
    ENGLISH,
    Words,
    language_table,
    own_words,
    texts_to_translate,
    with_fallback,
)
from gradviz_core.toml_source import TomlSource

# The choices of a site whose site.toml makes none.
NOTHING_CHOSEN: Words = {
    "menu": [],
    "chosen": {"home": [], "playground": [], "still": [], "card": [], "messages": {}},
}


@dataclass(frozen=True)
class LoadedWords:
    """The words of a site in every language, and what is wrong with them."""

    languages: dict[str, Words]  # by their codes, English first
    errors: list[ContentError] = field(default_factory=list)
    # Files that a language lacks altogether, which is a fault only if a page speaks it.
    absent: dict[str, list[ContentError]] = field(default_factory=dict)
    # What each language lacks in the files it has, and where these are out of date.
    untranslated: dict[str, list[ContentError]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Part:
    """A file of words in a language, and the English words that it translates."""

    source: TomlSource
    english: Words


def read_words(
    interface: Mapping[str, TomlSource], site: Mapping[str, TomlSource]
) -> LoadedWords:
    """Lay the words of a site over those of the interface, in every language.

    Parameters
    ----------
    interface : mapping of str to TomlSource
        The words of the interface by language, read from `interface_files`.
    site : mapping of str to TomlSource
        The words of the site by language: its site.toml, whose form has been checked,
        site.ko.toml, and so on.

    Raises
    ------
    ContentErrors
        If the English words of either cannot be read as TOML, or lack what every
        translation has: no page could be rendered.
    """
    own = site[ENGLISH].data if ENGLISH in site else {}
    for sources in (interface, site):
        if ENGLISH in sources:
            sources[ENGLISH].raise_errors()
    if errors := [*_errors_of_english(interface), *_errors_of_english(site)]:
        raise ContentErrors(errors)
    english = with_fallback(own, NOTHING_CHOSEN | interface[ENGLISH].data)
    loaded = LoadedWords({ENGLISH: english})
    loaded.errors.extend(word_rules.separator_errors(interface[ENGLISH], english))
    others = [site[language] for language in site if language != ENGLISH]
    for source in (*interface.values(), *others):
        loaded.errors.extend(word_rules.empty_errors(source))
        loaded.errors.extend(word_rules.html_errors(source))
    for language in interface:
        if language == ENGLISH:
            continue
        if language not in site and any(texts_to_translate(own)):
            loaded.absent[language] = [_no_words_of_site(language)]
        _add_language(loaded, language, _parts(language, interface, site))
    return loaded


def _parts(
    language: str, interface: Mapping[str, TomlSource], site: Mapping[str, TomlSource]
) -> list[_Part]:
    """Return the files that have words in a language."""
    parts = []
    for sources in (interface, site):
        if language in sources:
            english = sources[ENGLISH].data if ENGLISH in sources else {}
            parts.append(_Part(sources[language], english))
    return parts


def _errors_of_english(sources: Mapping[str, TomlSource]) -> Iterator[ContentError]:
    """Report what is wrong with the English file among files by language."""
    if ENGLISH in sources:
        yield from word_rules.brace_errors(sources[ENGLISH])
        yield from word_rules.form_errors(sources[ENGLISH])
        translations = [sources[each].data for each in sources if each != ENGLISH]
        yield from word_rules.errors_of_english(sources[ENGLISH], translations)


def _no_words_of_site(language: str) -> ContentError:
    name = f"site.{language}.toml"
    what = "the words of the site are not translated"
    return ContentError(f"content/{name}", None, what, f"write {name}")


def _add_language(loaded: LoadedWords, language: str, parts: Sequence[_Part]) -> None:
    """Add a language: its words, laid over English, and what is wrong with them."""
    english = loaded.languages[ENGLISH]
    words = english
    untranslated: list[ContentError] = []
    untranslated_in_unread: list[ContentError] = []
    stale: list[ContentError] = []
    for part in parts:
        unfit = _unfit_errors(part.source, part.english, english)
        loaded.errors.extend([*part.source.errors, *unfit])
        # A sentence that does not fit would break every page that uses it.
        if not unfit:
            words = with_fallback(own_words(part.source), words)
        missing = word_rules.untranslated_errors(part.source, part.english)
        (untranslated_in_unread if part.source.errors else untranslated).extend(missing)
        stale.extend(word_rules.stale_errors(part.source, part.english))
    interface = parts[0].source
    about_itself = language_table(interface, english)
    loaded.errors.extend(word_rules.name_errors(interface))
    loaded.errors.extend(word_rules.separator_errors(interface, words))
    loaded.languages[language] = {**words, "language": about_itself}
    loaded.untranslated[language] = [*stale, *untranslated, *untranslated_in_unread]
    if about_itself["complete"]:
        loaded.errors.extend(untranslated)


def _unfit_errors(
    source: TomlSource, english_there: Words, english: Words
) -> list[ContentError]:
    """Report what would break a page: an unmatched brace, a hole or field too many."""
    if errors := [*word_rules.brace_errors(source)]:
        return errors
    own = own_words(source)
    if "titles" not in english_there:
        # Titles of pages are held against the pages, in content/site.py.
        titles = own.pop("titles", {})
        if not isinstance(titles, dict):
            what = f"titles is {type(titles).__name__}, not dict"
            return [source.error_at(("titles",), what, "write it below [titles]")]
    shape_errors = word_rules.shape_errors(source, own, english)
    return [*shape_errors, *word_rules.form_errors(source)]
