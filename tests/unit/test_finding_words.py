"""What is said of a finding: sentences that fit the page and the command line."""

import re

import pytest

from gradviz_core.registry.vocabulary import vocabulary
from gradviz_core.registry.words import interface
from gradviz_core.scripts import routines

WORDS = interface("en")
FINDINGS = WORDS["finding"]


def holes(sentence):
    return set(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("code", FINDINGS)
def test_a_finding_has_sentences_and_a_fix_that_is_part_of_one(code):
    forms = dict(FINDINGS[code])
    assert not holes(forms["title"] + forms.pop("link"))
    assert forms.pop("url").startswith("/")
    assert not forms.pop("fix", "").endswith(".")
    assert all(sentence.endswith(".") for sentence in forms.values())
    assert len(forms) > 1


def test_each_severity_has_a_badge():
    assert list(WORDS["severity"]) == vocabulary("findings")["severities"]


def test_each_kind_of_routine_that_is_not_drawn_has_a_sentence():
    kinds = {
        routines.COLUMNS,
        routines.WHOLE,
        routines.POINT,
        routines.NUMBER,
        routines.UNKNOWN,
    }
    about = WORDS["playground"]["reading"]["about"]
    sentences = {name: text for name, text in about.items() if "takes_" in name}
    assert set(sentences) == {f"takes_{kind}" for kind in kinds}
    assert all(holes(sentence) == {"routine"} for sentence in sentences.values())
