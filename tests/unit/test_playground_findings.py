"""What the playground says of findings: of each, in words of its own, with the same values."""

import re
from pathlib import Path

import pytest

from gradviz_core.registry.words import interface
from gradviz_core.scripts import routines
from gradviz_core.scripts.findings import SEVERITIES, messages

SAID = interface("en")["playground"]["finding"]
READING = interface("en")["playground"]["reading"]
OF_EACH_CODE = {"title", "link"}
NO_FORMS = {"fix", "page"}


def holes(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_each_finding_has_its_words():
    assert set(SAID) == set(messages())
    assert set(READING["severity"]) == set(SEVERITIES)


@pytest.mark.parametrize("code", messages())
def test_each_form_of_a_finding_is_a_sentence_with_the_values_it_has(code):
    forms = {
        name: text for name, text in messages()[code].items() if name not in NO_FORMS
    }
    said = {name: text for name, text in SAID[code].items() if name not in OF_EACH_CODE}
    assert set(said) == set(forms)
    assert set(SAID[code]) == set(said) | OF_EACH_CODE
    for form, sentence in said.items():
        assert holes(sentence) <= holes(forms[form]), form
        assert sentence.endswith(".")
        assert not re.search(r"\{|\}", re.sub(r"\{\w+\}", "", sentence))
    assert SAID[code]["title"].endswith(".")
    assert not holes(SAID[code]["title"] + SAID[code]["link"])


def test_each_kind_of_routine_that_is_not_drawn_is_told():
    taken = {
        routines.COLUMNS,
        routines.WHOLE,
        routines.POINT,
        routines.NUMBER,
        routines.UNKNOWN,
    }
    told = {
        name.removeprefix("takes_")
        for name in READING["about"]
        if name.startswith("takes_")
    }
    assert told == taken
    for kind in taken:
        assert holes(READING["about"][f"takes_{kind}"]) == {"routine"}


SCRIPTS = Path(__file__).parents[2] / "templates/static"


def reasons(script, pattern):
    """The patterns of what a script refuses to read, in English."""
    text = (SCRIPTS / script).read_text(encoding="utf-8")
    return set(re.findall(pattern + r'\(\s*"([^"]+)"', text))


def test_each_reason_for_which_a_script_is_not_read_has_its_words():
    refused = reasons("reader/spellings.js", "new Unspellable")
    for script in ("reader/python.js", "reader/source.js", "reader/reading.js"):
        refused |= reasons(script, "PythonError")
    syntax = {f"not Python 3: {what}" for what in reasons("reader/python.js", "fail")}
    reading = (SCRIPTS / "reader/reading.js").read_text(encoding="utf-8")
    syntax |= set(re.findall(r'"(not Python 3: [^"]+)"', reading))
    assert len(refused) > 30
    assert len(syntax) > 5
    assert set(READING["reason"]) == refused | syntax
    for pattern, sentence in READING["reason"].items():
        assert holes(sentence) == holes(pattern)


def test_what_stands_for_a_name_has_its_words():
    nameless = set(re.findall(r'"(the \w+)"', source_of_findings()))
    assert set(READING["value"]) == nameless


def source_of_findings():
    return (SCRIPTS / "reader/findings.js").read_text(encoding="utf-8")
