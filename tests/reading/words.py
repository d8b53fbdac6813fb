"""Words of the site by their keys, so that no test types them again.

A test names the key of a sentence and fills its holes with numbers of its own:

    said("caption.blank", arrows="324")

Where a sentence has forms for a number, the form goes by `count`. What is a word of the
interface and what a word of this site alone makes no difference here.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any

import oracle

STRINGS = oracle.ROOT / "gradviz_core/registry/strings"
CONTENT = oracle.ROOT / "content"
WITHOUT_SPACES = ("ja", "zh")  # behind a stop, which is as wide as a sign


@cache
def words(language: str = "en") -> dict[str, Any]:
    """All words of a language, those of the site laid over those of the interface."""
    ending = "" if language == "en" else f".{language}"
    interface = _read(STRINGS / f"words{ending}.toml")
    return _laid_over(_read(CONTENT / f"site{ending}.toml"), interface)


def word(key: str, language: str = "en") -> Any:
    """What stands at a key such as `caption.blank`, with its holes.

    What a language does not say, it says in English.
    """
    value: Any = words(language)
    for name in key.split("."):
        if name not in value and language != "en":
            return word(key)
        value = value[name]
    if language != "en" and isinstance(value, list) and isinstance(value[0], dict):
        return [theirs | own for theirs, own in zip(word(key), value, strict=True)]
    return value


def said(key: str, language: str = "en", **values: Any) -> str:
    """The sentence at a key, its holes filled as the test says."""
    sentence = word(key, language)
    if isinstance(sentence, dict):
        form = "one" if int(str(values["count"]).replace(",", "")) == 1 else "other"
        sentence = sentence.get(form, sentence["other"])
    return str(sentence).format(**values)


def joined(sentences: Iterable[str], language: str = "en") -> str:
    """Sentences one behind the other: with a space, but where none is written.

    A space that keeps two words on one line is read as any other.
    """
    space = "" if language in WITHOUT_SPACES else " "
    return " ".join(space.join(sentences).split())


def _read(path) -> dict[str, Any]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    table.pop("translates", None)  # says which English it was made of, and no word
    return table


def _laid_over(upper: dict[str, Any], lower: dict[str, Any]) -> dict[str, Any]:
    filled = dict(lower)
    for key, value in upper.items():
        below = filled.get(key)
        is_table = isinstance(value, dict) and isinstance(below, dict)
        filled[key] = _laid_over(value, below) if is_table else value
    return filled
