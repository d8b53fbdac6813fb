"""Scripts that look like the book's and are not: no mend of them is wrong.

Each is run, as it is and mended, and its arrows are held against the exact gradient.
"""

import pytest
from unit import script_readers
from unit.script_cases import PARTS
from unit.script_runs import draws_the_exact_gradient, mended
from unit.tables import table

_, _TABLE = table("misleading.txt", PARTS)
TEXTS = {name: case.text for name, case in _TABLE.items()}
OUTCOMES = {name: case.expected[0][0] for name, case in _TABLE.items()}


def findings_in(text):
    return script_readers.said_by_python(text)


@pytest.fixture(scope="module")
def found_in_the_browser(gradviz_js):
    answers = script_readers.said_by_the_browser(gradviz_js, TEXTS.values())
    return {
        name: answer["result"]["findings"]
        for name, answer in zip(TEXTS, answers, strict=True)
    }


@pytest.mark.parametrize("name", TEXTS)
def test_a_script_is_called_wrong_only_if_it_is_and_mended_only_if_that_helps(name):
    text = TEXTS[name]
    findings = findings_in(text)
    severities = {finding["severity"] for finding in findings}
    is_right = draws_the_exact_gradient(text)
    assert is_right == (OUTCOMES[name] == "right")
    if is_right:
        assert severities <= {"note"}
    else:
        assert findings
    if OUTCOMES[name] == "mended":
        assert severities == {"error"}
        assert draws_the_exact_gradient(mended(text, findings))
    else:
        assert all(finding["fix"] is None for finding in findings)


@pytest.mark.parametrize("name", TEXTS)
def test_both_readers_say_the_same(name, found_in_the_browser):
    assert found_in_the_browser[name] == findings_in(TEXTS[name])
