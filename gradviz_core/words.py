"""Words: what the interface says, read from words.toml; in Korean from words.ko.toml."""

from pathlib import Path
from typing import Any

from gradviz_core.records import Records

ENGLISH = "en"


def _completed(words: Any, english: Any) -> Any:
    """Words of a language, and where it has none yet, the English ones."""
    if not (isinstance(words, dict) and isinstance(english, dict)):
        return words
    return english | {key: _completed(value, english.get(key)) for key, value in words.items()}


def _form(words: Any) -> Any:
    """What words of this form are an example of, as a text is of every text."""
    if isinstance(words, dict):
        return {key: _form(value) for key, value in words.items()}
    return [*map(_form, words)] if isinstance(words, list) else str


HERE = Path(__file__)
WORDS = Records[Any](HERE.with_suffix(".toml"), site=dict, date=dict, pair=dict, verdict=dict)
TRANSLATED = {p.stem[-2:]: Records[Any](p) for p in sorted(HERE.parent.glob("words.??.toml"))}
for words in (WORDS, *TRANSLATED.values()):
    words.faults += [] if WORDS.faults else words.wrong(words, _form(WORDS), ())
LANGUAGES = {ENGLISH: WORDS} | {code: _completed(w, WORDS) for code, w in TRANSLATED.items()}
