"""What the playground says of findings: of each, in words of its own, with the same values."""

import re

import pytest

from gradviz_core.registry.words import WORDS
from gradviz_core.scripts import routines
from gradviz_core.scripts.findings import MESSAGES, SEVERITIES

SAID = WORDS["playground"]["finding"]
READING = WORDS["playground"]["reading"]
OF_EACH_CODE = {"title", "link"}
NO_FORMS = {"fix", "page"}


def holes(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_each_finding_has_its_words():
    assert set(SAID) == set(MESSAGES)
    assert set(READING["severity"]) == set(SEVERITIES)


@pytest.mark.parametrize("code", MESSAGES)
def test_each_form_of_a_finding_is_a_sentence_with_the_values_it_has(code):
    forms = {
        name: text for name, text in MESSAGES[code].items() if name not in NO_FORMS
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
