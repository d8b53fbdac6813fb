"""Words: what the interface says, read from words.toml; in Korean, say, from a words.ko.toml."""

from typing import Any

from gradviz_core.toml_source import PACKAGE, TomlSource

ENGLISH = "en"
STRINGS = PACKAGE / "registry/strings"


def _completed(words: Any, english: Any) -> Any:
    if not (isinstance(words, dict) and isinstance(english, dict)):
        return words
    return english | {
        key: _completed(value, english.get(key)) for key, value in words.items()
    }


WORDS = TomlSource[Any](STRINGS / "words.toml", needed=("site", "date", "pair"))
TRANSLATED = {
    p.stem[-2:]: TomlSource[Any](p) for p in sorted(STRINGS.glob("words.??.toml"))
}
for words in TRANSLATED.values():
    words.content_errors += words.field_errors(words, WORDS or words, ())
LANGUAGES = {ENGLISH: WORDS} | {
    code: _completed(w, WORDS) for code, w in TRANSLATED.items()
}
