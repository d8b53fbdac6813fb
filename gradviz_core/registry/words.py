"""Words: what the interface says, in each language.

English stands in strings/words.toml, Korean, say, in strings/words.ko.toml. What a
language lacks is said in English. `word_rules` finds what is wrong with the words of a
language, and `loaded_words` adds those of one site.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from gradviz_core.texts import TextFile
from gradviz_core.toml_source import (
    PACKAGE,
    REPOSITORY,
    Keys,
    TomlSource,
    keys_of_item,
    load_toml,
)

Words = dict[str, Any]  # of one language: tables of texts

ENGLISH = "en"
STRINGS = PACKAGE / "registry/strings"

# What a site says in every language alike: its name, where its source lies, its code.
SAME_EVERYWHERE = {
    ("site", "name"),
    ("site", "source_address"),
    ("pair", "call"),
    ("pair", "transpose"),
    ("paste", "lines"),
}

# A text needs translating if it has a word beside signs, holes and code.
NO_WORD = re.compile(r"\{[^{}]*\}|`[^`]*`")
WORD = re.compile(r"[^\W\d_]{2}")

# Chinese and Japanese have no spaces, so the end of a line within a text leaves none.
WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uffee"
LINE_END = re.compile(rf"(?<=[{WIDE}])\n[ \t]*(?=[{WIDE}])")

# The field of a translated file, above its tables, with the hash of the English words.
TRANSLATES = "translates"
HASH_DIGITS = 12


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
    source = TomlSource.read(STRINGS / f"words.{language}.toml")
    source.raise_errors()
    words: Words = with_fallback(own_words(source), english)
    words["language"] = language_table(source, english)
    return words


def other_languages() -> list[str]:
    """Return the codes of the languages that the interface speaks besides English."""
    files = sorted(STRINGS.glob("words.??.toml"))
    return [file.stem.removeprefix("words.") for file in files]


def interface_files() -> dict[str, TextFile]:
    """Read the files of what the interface says, by language, English first."""
    names = {ENGLISH: "words.toml"}
    names |= {language: f"words.{language}.toml" for language in other_languages()}
    return {
        language: TextFile.read(STRINGS / name, REPOSITORY)
        for language, name in names.items()
    }


def without_line_ends(value: Any) -> Any:
    """Join the lines of all texts in a value between Chinese or Japanese letters."""
    if isinstance(value, str):
        return LINE_END.sub("", value)
    if isinstance(value, list):
        return [without_line_ends(each) for each in value]
    if isinstance(value, dict):
        return {key: without_line_ends(each) for key, each in value.items()}
    return value


def with_fallback(words: Any, fallback: Any) -> Any:
    """Return the words of a language, with what it lacks taken from the fallback."""
    if are_forms(fallback):  # a language has as many of them as it needs
        return words
    if isinstance(words, dict) and isinstance(fallback, dict):
        filled = dict(fallback)
        for key, value in words.items():
            filled[key] = with_fallback(value, fallback.get(key))
        return filled
    if are_tables(words) and are_tables(fallback):
        pairs = zip(words, fallback, strict=False)
        return [with_fallback(own, other) for own, other in pairs]
    return words


def are_tables(value: Any) -> bool:
    """Whether this is a list of tables; other languages have them in the same order."""
    return isinstance(value, list) and value != [] and isinstance(value[0], dict)


def are_forms(value: Any) -> bool:
    """Whether this is a sentence in its plural forms."""
    return isinstance(value, dict) and "other" in value


def texts_to_translate(words: Any, *keys: str) -> Iterator[tuple[Keys, str]]:
    """Yield each text that a language has in its own words, with its keys."""
    if keys in SAME_EVERYWHERE or keys[:1] == ("chosen",):
        return
    if keys[-1:] in (("url",), ("urls",), ("shows",)):
        return
    if are_forms(words):
        words = words["other"]
    if isinstance(words, dict):
        for key, value in words.items():
            yield from texts_to_translate(value, *keys, key)
    elif are_tables(words):
        for count, table in enumerate(words, 1):
            yield from texts_to_translate(table, *keys_of_item(keys, count))
    elif WORD.search(NO_WORD.sub("", str(words))) and not isinstance(words, bool):
        yield keys, str(words)


def leaves(words: Any, *keys: str) -> Iterator[tuple[Keys, Any]]:
    """Yield each value in a table, or in a table within it, with its keys."""
    if isinstance(words, dict) and not are_forms(words):
        for key, value in words.items():
            yield from leaves(value, *keys, key)
    elif are_tables(words):
        for count, table in enumerate(words, 1):
            yield from leaves(table, *keys_of_item(keys, count))
    else:
        yield keys, words


def hash_of_text(text: str) -> str:
    """Return the hash by which a translation names the text it was made from."""
    return hashlib.sha256(text.encode()).hexdigest()[:HASH_DIGITS]


def hash_of_texts(english: Words) -> str:
    """Return the hash of all English texts that need translating."""
    lines = "\n".join(f"{keys} {text}" for keys, text in texts_to_translate(english))
    return hash_of_text(lines)


def own_words(source: TomlSource) -> Words:
    """Return the words in a file of a language."""
    tables = {key: each for key, each in source.data.items() if key != TRANSLATES}
    own: Words = without_line_ends(tables)
    return own


def language_table(source: TomlSource, english: Words) -> Words:
    """Return what a language says of itself, laid over English.

    The locale is never taken from English.
    """
    table = {
        key: value for key, value in english["language"].items() if key != "locale"
    }
    return {**table, "complete": False, **source.data.get("language", {})}
