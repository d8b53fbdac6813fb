"""Words: what the interface says, read from words.toml; in Korean from words.ko.toml."""

from pathlib import Path
from typing import Any

from gradviz_core.records import Records
from gradviz_core.spelling import MESSAGES

ENGLISH = "en"


def _completed(words: Any, english: Any) -> Any:
    """Words of a language, and where it has none yet, the English ones."""
    if not isinstance(english, dict):
        return english if words is None else words
    return {key: _completed((words or {}).get(key), value) for key, value in english.items()}


HERE = Path(__file__)
WORDS = Records[Any](HERE.with_suffix(".toml"))
TRANSLATED = {p.stem[-2:]: Records[Any](p) for p in sorted(HERE.parent.glob("words.??.toml"))}
LANGUAGES = {ENGLISH: WORDS} | {code: _completed(w, WORDS) for code, w in TRANSLATED.items()}
FAULTS = [fault for words in (WORDS, *TRANSLATED.values(), MESSAGES) for fault in words.faults]
