"""The wording of the interface, and what is said of functions, is that of the snapshot.

There is one for each language. Where it is meant to change, `make snapshots` writes it anew: read the difference in review.
It shows two sentences that have changed places, which every other test would pass.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from oracle import functions
from reading.records import ENGLISH, LANGUAGES, function_words
from reading.words import words

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"


def lines(value: Any, key: str = "") -> Iterator[str]:
    """Every text below a key, one a line, with the key that leads to it."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from lines(each, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from lines(each, f"{key}[{number}]")
    else:
        yield f"{key} = {value!r}\n"


def said_of_functions(language: str) -> dict[str, dict[str, str]]:
    """The title and the note of each function."""
    if language != ENGLISH:
        return function_words(language)
    return {
        function.name: {"title": function.title, "note": function.note}
        for function in functions().values()
    }


def wording(language: str) -> str:
    every = words(language) | {"functions": said_of_functions(language)}
    return "".join(lines(every))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_those_of_the_snapshot(language):
    snapshot = SNAPSHOTS / f"words.{language}.txt"
    assert wording(language) == snapshot.read_text(encoding="utf-8"), (
        "if this is meant, type make snapshots"
    )


if __name__ == "__main__" and sys.argv[1:] == ["renew"]:
    for each in LANGUAGES:
        SNAPSHOTS.joinpath(f"words.{each}.txt").write_text(wording(each), "utf-8")
