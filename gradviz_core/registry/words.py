"""Words: what the interface says, in each language.

English stands in strings/words.toml, Korean, say, in strings/words.ko.toml. What a
language lacks is said in English. What belongs to one site alone, its name and its
menu, stands in content/site.toml.
"""

from collections.abc import Iterator
from typing import Any

from gradviz_core.errors import ContentError
from gradviz_core.toml_source import PACKAGE, REPOSITORY, TomlSource, load_toml

ENGLISH = "en"
STRINGS = PACKAGE / "registry/strings"

# What belongs to the site that is built from this checkout: a part of the words, too.
SITE_FILE = REPOSITORY / "content/site.toml"


def _completed(words: Any, english: Any) -> Any:
    """Fill what a language lacks with English, table by table."""
    if not isinstance(words, dict) or not isinstance(english, dict):
        return words
    filled = dict(english)
    for key, value in words.items():
        filled[key] = _completed(value, english.get(key))
    return filled


def _misplaced(
    source: TomlSource, words: dict[str, Any], english: dict[str, Any], *keys: str
) -> Iterator[ContentError]:
    """Report what a language says that English does not, or in another form."""
    for key, value in words.items():
        place = (*keys, key)
        if key not in english:
            fix = f"use one of {', '.join(english)}"
            yield source.error_at(place, f"unknown field {key}", fix)
        elif type(value) is not type(english[key]):
            wanted = type(english[key]).__name__
            what = f"{key} is {type(value).__name__}, not {wanted}"
            yield source.error_at(place, what, "write it as in words.toml")
        elif isinstance(value, dict):
            yield from _misplaced(source, value, english[key], *place)


# What a site chooses in its site.toml, if it chooses nothing.
NOTHING_CHOSEN: dict[str, Any] = {
    "menu": [],
    "footer_link": [],
    "chosen": {"home": [], "playground": [], "checked": [], "still": [], "card": []},
}

WORDS = NOTHING_CHOSEN | load_toml(STRINGS / "words.toml")
if SITE_FILE.exists():  # as a package, this one is without a site
    WORDS = _completed(load_toml(SITE_FILE), WORDS)
LANGUAGES = {ENGLISH: WORDS}
WORDS_ERRORS: list[ContentError] = []

for path in sorted(STRINGS.glob("words.??.toml")):
    translation = TomlSource.read(path)
    language = path.stem.removeprefix("words.")
    LANGUAGES[language] = _completed(translation.data, WORDS)
    WORDS_ERRORS += translation.errors
    WORDS_ERRORS += _misplaced(translation, translation.data, WORDS)
