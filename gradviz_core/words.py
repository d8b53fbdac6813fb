"""Words: what the interface says, read from words.toml; in Korean from words.ko.toml."""

from pathlib import Path
from typing import Any

from gradviz_core.records import Records

ENGLISH = "en"


def _read(path: Path) -> Records[Any]:
    return Records(path, f"gradviz_core/{path.name}")


def _completed(words: Any, english: Any) -> Any:
    """Words of a language, and where it has none yet, the English ones."""
    if not isinstance(english, dict):
        return english if words is None else words
    return {key: _completed((words or {}).get(key), value) for key, value in english.items()}


WORDS = _read(Path(__file__).with_suffix(".toml"))
TRANSLATED = {path.stem[-2:]: _read(path) for path in Path(__file__).parent.glob("words.??.toml")}
LANGUAGES = {ENGLISH: WORDS} | {
    language: _completed(words, WORDS) for language, words in sorted(TRANSLATED.items())
}
FAULTS = [fault for words in (WORDS, *TRANSLATED.values()) for fault in words.faults]
