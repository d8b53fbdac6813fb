"""What is said of a script has its words, and no words are there for what nobody says."""

import re

import pytest
from unit import script_readers
from unit.script_cases import CASES
from unit.script_functions import NO_PYTHON, UNSPELLABLE

from gradviz_core.registry.words import ENGLISH, interface

WORDS = interface(ENGLISH)

# Of a finding, what is said of all its forms.
OF_EACH_CODE = {"title", "link", "fix", "url"}

# The reasons that the command line alone gives: the browser has a parser of its own.
OF_THE_COMMAND_LINE = {"syntax", "not-notebook", "not-opened"}


def test_each_form_of_a_finding_has_its_words_and_a_case(gradviz_js):
    texts = [text for text, _ in CASES.values()]
    answers = script_readers.said_by_the_browser(gradviz_js, texts)
    findings = [each for answer in answers for each in answer["result"]["findings"]]
    reported = {(each["code"], each["values"]["form"]) for each in findings}
    said = {
        (code, form)
        for code, words in WORDS["finding"].items()
        for form in words.keys() - OF_EACH_CODE
    }
    assert reported == said
    for finding in findings:
        assert re.fullmatch(r"[^{}]+\.", finding["message"])
        assert "undefined" not in finding["message"]


def test_each_reason_has_its_words_and_a_case():
    reasons = {code for _, code, _ in UNSPELLABLE.values()} | NO_PYTHON.keys()
    assert reasons == WORDS["unread"].keys() - OF_THE_COMMAND_LINE


@pytest.mark.parametrize("code", NO_PYTHON)
def test_a_text_that_is_no_python_is_unread_at_its_line(gradviz_js, code):
    text, line = NO_PYTHON[code]
    [answer] = script_readers.said_by_the_browser(gradviz_js, [text])
    result = answer["result"]
    assert result["unread"] == [{"line": line, "reason": WORDS["unread"][code]}]
    assert (result["findings"], result["functions"]) == ([], [])
    assert (result["grid"], result["h"], result["downhill"]) == (None, None, None)
