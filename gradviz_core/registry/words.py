"""Words: what the interface says, in each language.

English stands in strings/words.toml, Korean, say, in strings/words.ko.toml. What
belongs to one site alone, its name and its menu, stands in content/site.toml and
content/site.ko.toml. What a language lacks is said in English, until it says of itself
that it is complete: then it is a fault of the build.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import Any

from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.toml_source import PACKAGE, Keys, TomlSource, load_toml

Words = dict[str, Any]  # of one language: tables of texts

ENGLISH = "en"
STRINGS = PACKAGE / "registry/strings"

# What the site says that is no language: its name, its code, its choices.
SAME_EVERYWHERE = {
    ("site", "name"),
    ("pair", "call"),
    ("pair", "transpose"),
    ("paste", "lines"),
}

# What may be said by saying nothing.
MAY_BE_EMPTY = {
    ("language", "between_sentences"),
    ("check", "between"),
}

# A text to translate has a word, and not only signs, holes and code.
NO_WORD = re.compile(r"\{[^{}]*\}|`[^`]*`")
WORD = re.compile(r"[^\W\d_]{2}")

# What is put into a sentence, by its name.
HOLE = re.compile(r"\{([^{}]*)\}")

# A sentence may be a table of its forms for a number, by Unicode's names.
FORMS = {"zero", "one", "two", "few", "many", "other"}

# Chinese and Japanese have no spaces: a line that ends within a text leaves none.
WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uffee"
LINE_END = re.compile(rf"(?<=[{WIDE}])\n[ \t]*(?=[{WIDE}])")

# The field of a translated file, above its tables, with the hash of the English words.
TRANSLATES = "translates"
HASH_DIGITS = 12

# What so many translations agree on, and English does not say, is a fault of English.
SEVERAL = 2


def without_line_ends(value: Any) -> Any:
    """Join the lines of all texts in a value where Chinese or Japanese meets itself."""
    if isinstance(value, str):
        return LINE_END.sub("", value)
    if isinstance(value, list):
        return [without_line_ends(each) for each in value]
    if isinstance(value, dict):
        return {key: without_line_ends(each) for key, each in value.items()}
    return value


def laid_over(words: Any, english: Any) -> Any:
    """Fill what a language lacks with English, table by table."""
    if _are_forms(english):  # a language has as many of them as it needs
        return words
    if isinstance(words, dict) and isinstance(english, dict):
        filled = dict(english)
        for key, value in words.items():
            filled[key] = laid_over(value, english.get(key))
        return filled
    if _are_tables(words) and _are_tables(english):
        return [laid_over(*pair) for pair in zip(words, english, strict=False)]
    return words


def _are_tables(value: Any) -> bool:
    """Whether this is a list of tables, each with its place in another language."""
    return isinstance(value, list) and value != [] and isinstance(value[0], dict)


def _are_forms(value: Any) -> bool:
    """Whether this is a sentence, in its forms for a number."""
    return isinstance(value, dict) and "other" in value


def misplaced(
    source: TomlSource, words: dict[str, Any], english: dict[str, Any], *keys: str
) -> Iterator[ContentError]:
    """Report what a language says that English does not, or in another form."""
    for key, value in words.items():
        place = (*keys, key)
        if key not in english:
            fix = f"use one of {', '.join(english)}"
            yield source.error_at(place, f"unknown field {key}", fix)
        elif _are_forms(english[key]) and isinstance(value, str | dict):
            yield from _misplaced_forms(source, value, english[key], *place)
        elif type(value) is not type(english[key]):
            wanted = type(english[key]).__name__
            what = f"{key} is {type(value).__name__}, not {wanted}"
            yield source.error_at(place, what, "write it as in words.toml")
        elif isinstance(value, dict):
            yield from misplaced(source, value, english[key], *place)
        elif _are_tables(english[key]):
            yield from _misplaced_tables(source, value, english[key], *place)
        elif isinstance(value, list) and len(value) != len(english[key]):
            what = f"{key} has {len(value)} texts, and in English {len(english[key])}"
            fix = "write one for each, in the same order"
            yield source.error_at(place, what, fix)
        else:
            yield from _misplaced_holes(source, value, english[key], *place)


def _misplaced_tables(
    source: TomlSource, words: list[Any], english: list[Any], *keys: str
) -> Iterator[ContentError]:
    """Report what is misplaced in a list of tables, which go by their order."""
    if len(words) != len(english):
        what = f"{keys[-1]} has {len(words)} tables, and in English {len(english)}"
        yield source.error_at(keys, what, "write one for each, in the same order")
        return
    for count, pair in enumerate(zip(words, english, strict=True), 1):
        # The nth table of a list is behind the nth heading of that name.
        yield from misplaced(source, *pair, *keys[:-1], *keys[-1:] * count)


def _misplaced_forms(
    source: TomlSource, words: str | dict[str, Any], english: dict[str, str], *keys: str
) -> Iterator[ContentError]:
    """Report what is misplaced in a sentence with forms, or one for all numbers."""
    if isinstance(words, str):
        words = {"other": words}
    if not _are_forms(words) or not all(isinstance(words[key], str) for key in words):
        what = f"{keys[-1]} is not a sentence in its forms"
        fix = 'write the sentence, or { other = "…" }'
        yield source.error_at(keys, what, fix)
        return
    for form in sorted(words.keys() - FORMS):
        fix = f"use one of {', '.join(sorted(FORMS))}"
        yield source.error_at((*keys, form), f"unknown form {form}", fix)
    yield from _misplaced_holes(source, words["other"], english["other"], *keys)


def _misplaced_holes(
    source: TomlSource, words: Any, english: Any, *keys: str
) -> Iterator[ContentError]:
    """Report holes that English has alone, or the language; of a list, in all of it."""
    theirs, ours = _holes(words), _holes(english)
    for hole in sorted(ours - theirs):
        what = f"{keys[-1]} leaves out {{{hole}}}"
        yield source.error_at(keys, what, f"say where {{{hole}}} stands")
    for hole in sorted(theirs - ours):
        what = f"{keys[-1]} has {{{hole}}}, and English has not"
        yield source.error_at(keys, what, f"use {_listed_holes(ours)}")


def texts(words: Any, *keys: str) -> Iterator[tuple[Keys, str]]:
    """All that people read in a table, each with the names that lead there."""
    if keys in SAME_EVERYWHERE or keys[:1] == ("chosen",):
        return
    if keys[-1:] in (("url",), ("urls",)):
        return
    if _are_forms(words):
        words = words["other"]
    if isinstance(words, dict):
        for key, value in words.items():
            yield from texts(value, *keys, key)
    elif _are_tables(words):
        for count, table in enumerate(words, 1):
            yield from texts(table, *keys[:-1], *keys[-1:] * count)
    elif WORD.search(NO_WORD.sub("", str(words))) and not isinstance(words, bool):
        yield keys, str(words)


def empty(source: TomlSource) -> Iterator[ContentError]:
    """Report every text that says nothing."""
    for keys, text in _leaves(source.data):
        is_empty = isinstance(text, str) and not text.strip()
        if is_empty and keys not in MAY_BE_EMPTY:
            what = f"{_dotted(keys)} is empty"
            yield source.error_at(keys, what, "say it, or delete the line")


def unpaired_braces(source: TomlSource) -> Iterator[ContentError]:
    """Report every text that cannot be filled, for a brace that stands alone."""
    for keys, value in _leaves(source.data):
        try:
            for text in _sentences(value):
                [*Formatter().parse(text)]
        except ValueError as error:
            what = f"{_dotted(keys)} has a brace too many or too few: {error}"
            yield source.error_at(keys, what, "write a hole as {name}")


def _sentences(value: Any) -> Iterator[str]:
    """The texts of a list, of a sentence in its forms, or of one sentence."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        each = value.values() if isinstance(value, dict) else value
        yield from (text for text in each if isinstance(text, str))


def missing(
    source: TomlSource, words: dict[str, Any], english: dict[str, Any]
) -> Iterator[ContentError]:
    """Report what English says and a language does not."""
    translated = {keys for keys, _ in _leaves(words)}
    for keys, text in texts(english):
        if keys not in translated:
            what = f"{_dotted(keys)} is not translated"
            yield source.error_at(keys, what, f"say in the language: {text}")


def faults_of_english(
    source: TomlSource, translations: Sequence[Words]
) -> Iterator[ContentError]:
    """Report each key, and each hole, that English has not and every translation has.

    Where there is one translation alone, nobody can say which of the two is wrong.
    """
    if len(translations) < SEVERAL:
        return
    english = dict(_leaves(source.data))
    first, *others = [dict(_leaves(words)) for words in translations]
    for keys, value in first.items():
        elsewhere = [each[keys] for each in others if keys in each]
        if len(elsewhere) < len(others) or keys[0] in ("titles", TRANSLATES):
            continue
        if keys not in english:
            what = f"{_dotted(keys)} is missing, and every translation has it"
            fix = "add it, or take it out of the translations"
            yield source.error_at(keys, what, fix)
            continue
        ours = _holes(english[keys])
        theirs = _holes(value)
        translations_agree = all(_holes(each) == theirs for each in elsewhere)
        if ours != theirs and translations_agree:
            what = (
                f"{_dotted(keys)} has {_listed_holes(ours)}, "
                f"and in every translation it has {_listed_holes(theirs)}"
            )
            yield source.error_at(keys, what, "correct it, or the translations")


def _holes(text: Any) -> frozenset[str]:
    """The holes of a sentence, or of all sentences of a list."""
    return frozenset(HOLE.findall(str(text["other"] if _are_forms(text) else text)))


def hash_of_text(text: str) -> str:
    """What a translation of a page, or of words, states to have translated."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def hash_of_texts(english: Words) -> str:
    """The hash of all that is to be translated of the English words."""
    lines = "\n".join(f"{keys} {text}" for keys, text in texts(english))
    return hash_of_text(lines)


def _stale(source: TomlSource, english: Words) -> Iterator[ContentError]:
    """Report it if English has changed since a file was translated."""
    current = hash_of_texts(english)
    if source.data.get(TRANSLATES) != current:
        what = "the English words have changed since they were translated"
        stated = f'{TRANSLATES} = "{current}"'
        fix = f"translate what is new, and write {stated} above the first table"
        yield ContentError(source.path, 1, what, fix)


def _own_words(source: TomlSource) -> Words:
    """What a file in a language says."""
    tables = {key: each for key, each in source.data.items() if key != TRANSLATES}
    own: Words = without_line_ends(tables)
    return own


def _listed_holes(holes: Iterable[str]) -> str:
    return ", ".join(f"{{{hole}}}" for hole in sorted(holes)) or "no hole"


def _dotted(keys: Keys) -> str:
    """Keys as people write them: that of a list, which they repeat, stands once."""
    return ".".join(dict.fromkeys(keys))


def _leaves(words: Any, *keys: str) -> Iterator[tuple[Keys, Any]]:
    if isinstance(words, dict) and not _are_forms(words):
        for key, value in words.items():
            yield from _leaves(value, *keys, key)
    elif _are_tables(words):
        for count, table in enumerate(words, 1):
            yield from _leaves(table, *keys[:-1], *keys[-1:] * count)
    else:
        yield keys, words


# What a site chooses in its site.toml, if it chooses nothing.
NOTHING_CHOSEN: Words = {
    "menu": [],
    "chosen": {"home": [], "playground": [], "still": [], "card": [], "messages": {}},
}


@dataclass(frozen=True)
class LoadedWords:
    """The words of a site in every language, and what is wrong with them."""

    languages: dict[str, Words]  # by their codes, English first
    errors: list[ContentError] = field(default_factory=list)
    # Files that a language lacks altogether: only where pages speak it is that a fault.
    absent: dict[str, list[ContentError]] = field(default_factory=dict)
    # What each language lacks in the files it has, or says of an older English.
    untranslated: dict[str, list[ContentError]] = field(default_factory=dict)


def read_words(
    interface: Mapping[str, TomlSource], site: Mapping[str, TomlSource]
) -> LoadedWords:
    """Lay the words of a site over those of the interface, in every language.

    Parameters
    ----------
    interface : mapping of str to TomlSource
        What the interface says, by language, as `interface_sources` has it.
    site : mapping of str to TomlSource
        What a site says itself: its site.toml, whose form is right, and its
        site.ko.toml, say.

    Raises
    ------
    ContentErrors
        If the English words of one of them cannot be read as TOML, or lack what every
        translation has: no page can be rendered without it.
    """
    own: Words = _sound(site[ENGLISH]).data if ENGLISH in site else {}
    english = laid_over(own, NOTHING_CHOSEN | _sound(interface[ENGLISH]).data)
    if faults := [*_faults_of_english(interface), *_faults_of_english(site)]:
        raise ContentErrors(faults)
    loaded = LoadedWords({ENGLISH: english})
    others = [site[language] for language in site if language != ENGLISH]
    for source in (*interface.values(), *others):
        loaded.errors.extend(empty(source))
    for language, source in interface.items():
        if language != ENGLISH:
            parts = [(source, interface[ENGLISH].data)]
            if language in site:
                parts.append((site[language], own))
            elif any(texts(own)):
                loaded.absent[language] = [_no_words_of_site(language)]
            _add_language(loaded, language, parts)
    return loaded


def _faults_of_english(sources: Mapping[str, TomlSource]) -> Iterator[ContentError]:
    """Report what is wrong with the English ones of files that stand by language."""
    if ENGLISH in sources:
        yield from unpaired_braces(sources[ENGLISH])
        translations = [sources[each].data for each in sources if each != ENGLISH]
        yield from faults_of_english(sources[ENGLISH], translations)


def _sound(source: TomlSource) -> TomlSource:
    """Return a source without which nothing can be read, or raise what is wrong."""
    if source.errors:
        raise ContentErrors(source.errors)
    return source


def _no_words_of_site(language: str) -> ContentError:
    name = f"site.{language}.toml"
    what = "the words of the site are not translated"
    return ContentError(f"content/{name}", None, what, f"write {name}")


def _add_language(
    loaded: LoadedWords, language: str, parts: Sequence[tuple[TomlSource, Words]]
) -> None:
    """Add a language: what it says in each part, which says something in English."""
    english = words = loaded.languages[ENGLISH]
    lacking: list[ContentError] = []
    stale: list[ContentError] = []
    for source, original in parts:
        own = _own_words(source)
        loaded.errors.extend(source.errors)
        # Titles of pages are held against the pages, in content/site.py.
        like_english = {
            key: own[key] for key in own if key in original or key != "titles"
        }
        unfit = [*unpaired_braces(source)] or [
            *misplaced(source, like_english, english)
        ]
        loaded.errors.extend(unfit)
        # A sentence that does not fit would end each page that says it.
        words = laid_over({} if unfit else own, words)
        lacking.extend(missing(source, own, original))
        stale.extend(_stale(source, original))
    [(source, _), *_] = parts
    words["language"] = _language_table(source, english)
    loaded.errors.extend(_nameless(source))
    loaded.languages[language] = words
    loaded.untranslated[language] = [*stale, *lacking]
    if words["language"]["complete"]:
        loaded.errors.extend(lacking)


def _language_table(source: TomlSource, english: Words) -> Words:
    """What a language says of itself, laid over English.

    Where it is spoken is said of it alone, or not at all.
    """
    table = {
        key: value for key, value in english["language"].items() if key != "locale"
    }
    return {**table, "complete": False, **source.data.get("language", {})}


def _nameless(source: TomlSource) -> Iterator[ContentError]:
    """Report it if a language does not say what it is called."""
    if source.errors:
        return
    for key in ("name", "tag"):
        if key not in source.data.get("language", {}):
            what = f"the language has no {key}"
            fix = f'add {key} = "…" below [language]'
            yield source.error_at(("language",), what, fix)


def other_languages() -> list[str]:
    """Which languages the interface speaks beside English."""
    files = sorted(STRINGS.glob("words.??.toml"))
    return [file.stem.removeprefix("words.") for file in files]


def interface_sources() -> dict[str, TomlSource]:
    """Read what the interface says, by language, English first."""
    names = {ENGLISH: "words.toml"}
    names |= {language: f"words.{language}.toml" for language in other_languages()}
    return {
        language: TomlSource.read(STRINGS / name) for language, name in names.items()
    }


@cache
def interface(language: str) -> Words:
    """Return the words of the interface alone, without those of a site.

    What the language lacks is said in English.

    Parameters
    ----------
    language : str
        Its code: "en", or one of `other_languages`.

    Raises
    ------
    ContentErrors
        If its words cannot be read as TOML.
    """
    english = load_toml(STRINGS / "words.toml")
    if language == ENGLISH:
        return english
    source = _sound(TomlSource.read(STRINGS / f"words.{language}.toml"))
    words: Words = laid_over(_own_words(source), english)
    words["language"] = _language_table(source, english)
    return words
