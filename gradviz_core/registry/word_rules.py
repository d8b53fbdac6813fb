"""Word rules: what is wrong with the words of a language.

A translation has the keys of the English words, with texts of the same form and the
same holes. What it leaves out is a fault only once it declares itself complete.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from string import Formatter
from typing import Any

from gradviz_core.errors import ContentError
from gradviz_core.registry.words import (
    TRANSLATES,
    Words,
    are_forms,
    are_tables,
    hash_of_texts,
    leaves,
    own_words,
    texts_to_translate,
)
from gradviz_core.schema import ABOVE_TABLES
from gradviz_core.toml_source import Keys, TomlSource, keys_of_item

# The texts that may be empty.
MAY_BE_EMPTY = {
    ("language", "between_sentences"),
    ("check", "between"),
}

# A hole in a sentence, filled by name.
HOLE = re.compile(r"\{([^{}]*)\}")

# The hole for how many things there are, by which the form of a sentence is chosen.
COUNT = "count"

CODE = re.compile("`[^`]*`")

# HTML, which is shown as it is typed: words are text, or Markdown.
HTML = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")

# This many words in a row are an English sentence, not a name or a formula.
ENGLISH_SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z]*\b[,;:]?\s+){3}[A-Za-z]")

# A sentence may be a table of plural forms, by Unicode's names.
FORMS = {"zero", "one", "two", "few", "many", "other"}

# Where this many translations agree against English, English is wrong.
SEVERAL = 2

# What only translations have: titles for pages that they have not translated, and the
# hash of the English words.
NOT_IN_ENGLISH = {"titles", TRANSLATES}


def shape_errors(
    source: TomlSource, words: Words, english: Words, *keys: str
) -> Iterator[ContentError]:
    """Report what a language has that English lacks, or has in another form."""
    for key, value in words.items():
        place = (*keys, key)
        if key in english:
            yield from _value_errors(source, value, english[key], *place)
        else:
            fix = f"use one of {', '.join(english)}"
            if key == TRANSLATES:
                fix = ABOVE_TABLES
            yield source.error_at(place, f"unknown field {key}", fix)


def _value_errors(
    source: TomlSource, value: Any, english: Any, *keys: str
) -> Iterator[ContentError]:
    """Report where one field, or anything below it, differs in form from English."""
    if are_forms(english) and isinstance(value, str | dict):
        yield from _form_errors(source, value, english, *keys)
    elif type(value) is not type(english):
        what = f"{keys[-1]} is {type(value).__name__}, not {type(english).__name__}"
        yield source.error_at(keys, what, "write it as in words.toml")
    elif isinstance(value, dict):
        yield from shape_errors(source, value, english, *keys)
    elif are_tables(english):
        yield from _table_errors(source, value, english, *keys)
    elif isinstance(value, list) and len(value) != len(english):
        what = f"{keys[-1]} has {len(value)} texts, and in English {len(english)}"
        yield source.error_at(keys, what, "write one for each, in the same order")
    else:
        yield from _hole_errors(source, value, english, *keys)


def _table_errors(
    source: TomlSource, words: list[Any], english: list[Any], *keys: str
) -> Iterator[ContentError]:
    """Report where a list of tables, matched by their order, differs from English."""
    if len(words) != len(english):
        what = f"{keys[-1]} has {len(words)} tables, and in English {len(english)}"
        yield source.error_at(keys, what, "write one for each, in the same order")
        return
    for count, pair in enumerate(zip(words, english, strict=True), 1):
        yield from shape_errors(source, *pair, *keys_of_item(keys, count))


def _form_errors(
    source: TomlSource, words: str | dict[str, Any], english: dict[str, str], *keys: str
) -> Iterator[ContentError]:
    """Report where a sentence with plural forms in English differs from it."""
    if isinstance(words, str):
        words = {"other": words}
    if not are_forms(words) or not all(isinstance(words[key], str) for key in words):
        what = f"{keys[-1]} is not a sentence in its forms"
        fix = 'write the sentence, or { other = "…" }'
        yield source.error_at(keys, what, fix)
        return
    for form in sorted(words.keys() - FORMS):
        fix = f"use one of {', '.join(sorted(FORMS))}"
        yield source.error_at((*keys, form), f"unknown form {form}", fix)
    yield from _hole_errors(source, words["other"], english["other"], *keys)


def _hole_errors(
    source: TomlSource, words: Any, english: Any, *keys: str
) -> Iterator[ContentError]:
    """Report holes that only one of the two has; a list is compared as a whole."""
    holes = _holes(words)
    english_holes = _holes(english)
    for hole in sorted(english_holes - holes):
        what = f"{keys[-1]} leaves out {{{hole}}}"
        yield source.error_at(keys, what, f"say where {{{hole}}} stands")
    for hole in sorted(holes - english_holes):
        what = f"{keys[-1]} has {{{hole}}}, and English has not"
        yield source.error_at(keys, what, f"use {_listed_holes(english_holes)}")


def form_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report holes that only some forms of a sentence have.

    The form of one thing may do without the hole for the count.
    """
    for keys, value in leaves(source.data):
        if not are_forms(value):
            continue
        holes_of_other = _holes(value)
        for form in value.keys() & FORMS:
            holes = _holes(value[form])
            for hole in sorted(holes_of_other - holes - {COUNT}):
                what = f"{_dotted(keys)}.{form} leaves out {{{hole}}}, and other has it"
                fix = f"say where {{{hole}}} stands"
                yield source.error_at((*keys, form), what, fix)
            for hole in sorted(holes - holes_of_other):
                what = f"{_dotted(keys)}.{form} has {{{hole}}}, and other has not"
                fix = f"use {_listed_holes(holes_of_other)}"
                yield source.error_at((*keys, form), what, fix)


def empty_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report every text that is empty."""
    for keys, text in leaves(source.data):
        is_empty = isinstance(text, str) and not text.strip()
        if is_empty and keys not in MAY_BE_EMPTY:
            what = f"{_dotted(keys)} is empty"
            yield source.error_at(keys, what, "say it, or delete the line")


def html_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report every text with HTML in it."""
    for keys, value in leaves(source.data):
        for text in _sentences(value):
            if html := HTML.search(CODE.sub("", text)):
                what = f"{_dotted(keys)} has {html[0]}, which is shown as it is typed"
                fix = "write the sign itself, or set it as code"
                yield source.error_at(keys, what, fix)


def brace_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report every text that cannot be filled because of an unmatched brace."""
    for keys, value in leaves(source.data):
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


def untranslated_errors(source: TomlSource, english: Words) -> Iterator[ContentError]:
    """Report every English text that a language lacks, or has copied."""
    translated = dict(texts_to_translate(own_words(source)))
    written = {keys for keys, _ in leaves(own_words(source))}
    for keys, text in texts_to_translate(english):
        is_sentence = ENGLISH_SENTENCE.search(CODE.sub("", text))
        is_copied = is_sentence and translated.get(keys) == text
        if keys not in written or is_copied:
            what = f"{_dotted(keys)} is not translated"
            yield source.error_at(keys, what, f"say in the language: {text}")


def stale_errors(source: TomlSource, english: Words) -> Iterator[ContentError]:
    """Report a file translated from words that have changed since."""
    current = hash_of_texts(english)
    if source.data.get(TRANSLATES) != current:
        what = "the English words have changed since they were translated"
        stated = f'{TRANSLATES} = "{current}"'
        fix = f"translate what is new, and write {stated} above the first table"
        yield ContentError(source.path, 1, what, fix)


def name_errors(source: TomlSource) -> Iterator[ContentError]:
    """Report a language that does not give its own name."""
    if source.errors:
        return
    for key in ("name", "tag"):
        if key not in source.data.get("language", {}):
            what = f"the language has no {key}"
            fix = f'add {key} = "…" below [language]'
            yield source.error_at(("language",), what, fix)


def separator_errors(source: TomlSource, words: Words) -> Iterator[ContentError]:
    """Report it if the sign of decimals is that of thousands: 1,234 is then 1.234."""
    number = words.get("number", {})
    if "decimal" in number and number["decimal"] == number.get("thousands"):
        what = f"decimal and thousands are one sign, {number['decimal']!r}"
        fix = "write another sign for one of them"
        yield source.error_at(("number", "decimal"), what, fix)


def errors_of_english(
    source: TomlSource, translations: Sequence[Words]
) -> Iterator[ContentError]:
    """Report each key, hole and text of a list that only English lacks.

    With a single translation, nobody can tell which of the two is wrong.
    """
    if len(translations) < SEVERAL:
        return
    english = dict(leaves(source.data))
    translated = {keys for words in translations for keys, _ in leaves(words)}
    for keys, values in _leaves_of_all(translations):
        if keys not in english:
            yield _missing_in_english(source, keys, english, translated)
            continue
        if isinstance(english[keys], list):
            yield from _length_errors(source, keys, english[keys], values)
        english_holes = _holes(english[keys])
        holes = _holes(values[0])
        translations_agree = all(_holes(value) == holes for value in values)
        if english_holes != holes and translations_agree:
            what = (
                f"{_dotted(keys)} has {_listed_holes(english_holes)}, "
                f"and in every translation it has {_listed_holes(holes)}"
            )
            yield source.error_at(keys, what, "correct it, or the translations")


def _length_errors(
    source: TomlSource, keys: Keys, english: Sequence[Any], translated: Sequence[Any]
) -> Iterator[ContentError]:
    """Report a list that has as many texts in every translation, and not in English."""
    counts = {len(texts) for texts in translated if isinstance(texts, list)}
    if len(counts) == 1 and counts != {len(english)}:
        what = (
            f"{_dotted(keys)} has {len(english)} texts, "
            f"and in every translation it has {counts.pop()}"
        )
        yield source.error_at(keys, what, "correct it, or the translations")


def _missing_in_english(
    source: TomlSource, keys: Keys, english: Collection[Keys], translated: set[Keys]
) -> ContentError:
    """Report keys that every translation has, and English lacks or spells otherwise."""
    known_starts = {each[:depth] for each in english for depth in range(len(each))}
    unknown_depths = (
        depth for depth in range(len(keys)) if keys[: depth + 1] not in known_starts
    )
    shared = next(unknown_depths, len(keys) - 1)  # English may have a table there

    def names_beside(leaf_keys: Collection[Keys]) -> set[str]:
        """The names that stand where the first name that English lacks should stand."""
        beside = [each for each in leaf_keys if each[:shared] == keys[:shared]]
        return {each[shared] for each in beside if len(each) > shared}

    untranslated = names_beside(english) - names_beside(translated)
    if near := get_close_matches(keys[shared], untranslated, n=1):
        own_keys = (*keys[:shared], near[0])
        what = f"no translation has {_dotted(own_keys)}"
        fix = f"did you mean {_dotted(keys[: shared + 1])}?"
        return source.error_at(own_keys, what, fix)
    what = f"{_dotted(keys)} is missing, and every translation has it"
    return source.error_at(keys, what, "add it, or take it out of the translations")


def _leaves_of_all(translations: Sequence[Words]) -> Iterator[tuple[Keys, list[Any]]]:
    """Yield the keys that all translations have, with the value of each."""
    flat = [dict(leaves(words)) for words in translations]
    for keys in flat[0]:
        is_in_all = all(keys in each for each in flat)
        if is_in_all and keys[0] not in NOT_IN_ENGLISH:
            yield keys, [each[keys] for each in flat]


def _holes(text: Any) -> frozenset[str]:
    """The holes of a sentence, or of all sentences of a list."""
    return frozenset(HOLE.findall(str(text["other"] if are_forms(text) else text)))


def _listed_holes(holes: Iterable[str]) -> str:
    return ", ".join(f"{{{hole}}}" for hole in sorted(holes)) or "no hole"


def _dotted(keys: Keys) -> str:
    """Return keys as people write them, the repeated name of a list only once."""
    return ".".join(dict.fromkeys(keys))
