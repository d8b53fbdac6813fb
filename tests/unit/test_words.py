"""The words of the interface; a translation says what it says, and English fills the gaps."""

import runpy

import pytest

from gradviz_core import records, words

ENGLISH = """
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
    assert words.WORDS.faults == []
    assert words.LANGUAGES[words.ENGLISH] is words.WORDS
    assert len(words.WORDS["date"]["months"]) == 12


@pytest.fixture
def translated(tmp_path, monkeypatch):
    """What the module makes of English and a Korean translation."""
    (tmp_path / "words.toml").write_text(ENGLISH, encoding="utf-8")
    monkeypatch.setattr(records, "PACKAGE", tmp_path)

    def read(korean):
        (tmp_path / "words.ko.toml").write_text(korean, encoding="utf-8")
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
    assert names["TRANSLATED"]["ko"].faults == []


def test_a_translation_of_a_word_that_is_none_is_a_fault(translated):
    names = translated('[site]\nskpi = "본문으로"\n')
    (fault,) = names["TRANSLATED"]["ko"].faults
    assert str(fault).endswith("words.ko.toml:2: unknown field skpi. Fix: did you mean skip?")
