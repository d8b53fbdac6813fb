"""What is read in a text that was copied from a chat, a shell, a page or a file.

Python's reader and the browser's are held to one table, tests/cases/pasted.txt.
"""

import json

import pytest
from unit import script_readers
from unit.pasted_cases import (
    CASES,
    FORMS,
    NAMED_FORMS,
    PARTS,
    PASTED_REASONS,
    SCRIPT,
)

from gradviz_core.checker.outputs import Json
from gradviz_core.checker.readings import read_file
from gradviz_core.checker.wording import Wording
from gradviz_core.registry.words import ENGLISH, interface

UNREAD = interface(ENGLISH)["unread"]


@pytest.fixture(scope="module")
def in_the_browser(gradviz_js):
    """What the browser's reader says of a text."""
    texts = [case.text for case in CASES.values()]
    texts += FORMS.values()
    texts += [text for text, _ in NAMED_FORMS.values()]
    answers = script_readers.said_by_the_browser(gradviz_js, texts)
    return {text: answer["result"] for text, answer in zip(texts, answers, strict=True)}


def unread_in(text):
    """What Python's reader does not read: the lines, reasons, and what it says of it."""
    return [
        (each.line, each.code, each.detail)
        for each in script_readers.reading_of(text).source.unread
    ]


def is_of_text(unread):
    """Whether something is unread because of the text, and not of what it computes."""
    beginnings = [UNREAD[code].partition("{")[0] for code in PASTED_REASONS]
    return unread["reason"].startswith(tuple(beginnings))


def in_words(unread):
    return [
        {"line": line, "reason": UNREAD[code].format(detail=detail)}
        for line, code, detail in unread
    ]


@pytest.mark.parametrize("name", CASES)
def test_what_is_code_is_read_and_the_rest_is_named(name):
    case = CASES[name]
    lines = case.text.splitlines()
    found = script_readers.said_by_python(case.text)
    said = [
        (f"{each['severity']} {each['code']}", each["line"], each["fix"] or "")
        for each in found
    ]
    said += [(f"unread {code}", line, "") for line, code, _ in unread_in(case.text)]
    titles = [title.partition(": ") for title, _ in case.expected]
    fixes = [fix for _, fix in case.expected]
    assert [kind for kind, _, _ in said] == [kind for kind, _, _ in titles]
    assert [fix for _, _, fix in said] == fixes
    for (_, line, _), (_, _, at) in zip(said, titles, strict=True):
        assert at in lines[line - 1]


@pytest.mark.parametrize("name", CASES)
def test_both_readers_read_the_same(in_the_browser, name):
    text = CASES[name].text
    result = in_the_browser[text]
    assert result["findings"] == script_readers.said_by_python(text)
    assert [*filter(is_of_text, result["unread"])] == in_words(unread_in(text))
    assert result["mended"] is True


@pytest.mark.parametrize("name", FORMS)
def test_a_script_is_read_in_whatever_form_it_is_given_away(in_the_browser, name):
    text = FORMS[name]
    [finding] = script_readers.said_by_python(text)
    assert finding["code"] == "layout"
    assert "np.array([X, Y]))" in text.splitlines()[finding["line"] - 1]
    assert finding["fix"].endswith("np.array([X, Y]).T).T")
    assert unread_in(text) == []
    result = in_the_browser[text]
    assert (result["findings"], result["unread"]) == ([finding], [])


@pytest.mark.parametrize("name", NAMED_FORMS)
def test_what_python_would_refuse_is_named_and_read(in_the_browser, name):
    text, reason = NAMED_FORMS[name]
    [finding] = script_readers.said_by_python(text)
    assert finding["code"] == "layout"
    [unread] = unread_in(text)
    assert unread[1] == reason
    result = in_the_browser[text]
    assert (result["findings"], result["unread"]) == ([finding], in_words([unread]))


def test_a_text_that_is_python_is_not_changed(gradviz_js):
    text = f'"""\n```\n>>> 1 + 1\n（“2”）\n```\n"""\n{SCRIPT}'
    [answer] = script_readers.said_by_the_browser(gradviz_js, [text])
    assert answer["result"]["mended"] is False
    source = script_readers.reading_of(text).source
    assert source.code == source.lines


def test_the_file_of_a_notebook_is_read_like_the_command_does(gradviz_js, tmp_path):
    routine = PARTS["before"].splitlines(keepends=True)
    rest = ["%matplotlib inline\n", PARTS["f"] + PARTS["grid"], PARTS["call"]]
    cells = [
        {"cell_type": "markdown", "source": "def f(:"},
        {"cell_type": "code", "source": routine},
        {"cell_type": "code", "source": "a b\nc = 1\n"},
        {"cell_type": "code", "source": rest},
    ]
    text = json.dumps({"cells": cells, "nbformat": 4})
    path = tmp_path / "notebook.ipynb"
    path.write_text(text)
    output = Json(Wording("en"))
    output.write(read_file(path, {}))
    record = output.record
    for each in record["findings"] + record["unread"]:
        del each["path"]
    [answer] = script_readers.said_by_the_browser(gradviz_js, [text])
    assert answer["result"]["findings"] == record["findings"]
    assert answer["result"]["unread"] == record["unread"]
    [finding], [unread] = record["findings"], record["unread"]
    assert (finding["cell"], finding["line"]) == (4, 7)
    assert (unread["cell"], unread["line"]) == (3, 1)
