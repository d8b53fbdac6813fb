"""Words: what the interface says, read from words.toml; in Korean, say, from a words.ko.toml."""

from typing import Any

from gradviz_core.records import PACKAGE, Records

ENGLISH = "en"


def _completed(words: Any, english: Any) -> Any:
    if not (isinstance(words, dict) and isinstance(english, dict)):
        return words
    return english | {key: _completed(value, english.get(key)) for key, value in words.items()}


WORDS = Records[Any](PACKAGE / "words.toml", needed=("site", "date", "pair"))
TRANSLATED = {p.stem[-2:]: Records[Any](p) for p in sorted(PACKAGE.glob("words.??.toml"))}
for words in TRANSLATED.values():
    words.faults += words.wrong(words, WORDS or words, ())
LANGUAGES = {ENGLISH: WORDS} | {code: _completed(w, WORDS) for code, w in TRANSLATED.items()}
