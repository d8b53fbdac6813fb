"""The words of the interface; a translation says what it says, and English fills the gaps."""

import runpy

import pytest

from gradviz_core import toml_source
from gradviz_core.registry import words

ENGLISH = """
[language]
name = "English"
tag = "en"
complete = true
[site]
name = "gradviz"
skip = "Skip to the text"
[date]
day = "{day} {month}"
months = ["January"]
[pair]
correct = "With"
[pair.mark]
correct = "yes"
buggy = "no"
"""


def test_english_has_words_for_each_verdict():
    verdicts = {
        "right",
        "inexact",
        "raises",
        "hidden",
        "blank",
        "sparse",
        "scaled",
        "plausible",
    }
    assert words.WORDS["verdict"]["meaning"].keys() >= verdicts - {"right", "inexact"}
    assert words.WORDS_ERRORS == []
    assert words.LANGUAGES[words.ENGLISH] is words.WORDS
    assert len(words.WORDS["date"]["months"]) == 12


@pytest.fixture
def translated(tmp_path, monkeypatch):
    """What the module makes of English and a Korean translation."""
    strings = tmp_path / "gradviz_core/registry/strings"
    strings.mkdir(parents=True)
    (strings / "words.toml").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setattr(toml_source, "PACKAGE", tmp_path / "gradviz_core")
    monkeypatch.setattr(toml_source, "REPOSITORY", tmp_path)

    def read(korean):
        named = f'{korean}\n[language]\nname = "한국어"\ntag = "ko"\n'
        (strings / "words.ko.toml").write_text(named, encoding="utf-8")
        return runpy.run_path(words.__file__)

    return read


def test_english_fills_the_gaps_of_a_translation(translated):
    names = translated('[site]\nskip = "본문으로"\n[pair.mark]\nbuggy = "아니오"\n')
    korean = names["LANGUAGES"]["ko"]
    assert korean["site"] == {"name": "gradviz", "skip": "본문으로"}
    assert korean["pair"] == {
        "correct": "With",
        "mark": {"correct": "yes", "buggy": "아니오"},
    }
    assert korean["date"]["months"] == ["January"]
    assert names["LANGUAGES"]["en"]["site"]["skip"] == "Skip to the text"
    assert names["WORDS_ERRORS"] == []


@pytest.mark.parametrize(
    ("korean", "line", "what"),
    [
        ('[site]\nskpi = "본문으로"\n', 2, "unknown field skpi"),
        ("[site]\nskip = 1\n", 2, "skip is int, not str"),
        ("[date]\n[pair]\nmark = []\n", 3, "mark is list, not dict"),
    ],
)
def test_a_translation_says_what_english_says_in_its_form(
    translated, korean, line, what
):
    [error] = translated(korean)["WORDS_ERRORS"]
    place = f"gradviz_core/registry/strings/words.ko.toml:{line}: "
    assert str(error).startswith(f"{place}{what}. Fix: ")
