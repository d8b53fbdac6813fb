"""What is found in scripts: at its line, with its mend, and nothing in what is right.

Python's reader and the browser's are held to one table, tests/cases/scripts.txt.
"""

import ast
import itertools
import re

import numpy as np
import pytest
from unit import script_readers
from unit.pasted_cases import PASTED_REASONS
from unit.script_cases import CASES, RIGHT, UNREAD, WITHOUT_CALL
from unit.script_functions import NO_PYTHON, UNSPELLABLE
from unit.script_runs import mended, run, run_and_draw

from gradviz_core import Grid
from gradviz_core.registry.words import ENGLISH, interface
from gradviz_core.scripts.source import Source

WORDS = interface(ENGLISH)
TEXTS = {name: text for name, (text, _) in CASES.items()} | RIGHT


def findings_in(text):
    """What Python's reader finds, as `check --json` gives it."""
    return script_readers.said_by_python(text)


@pytest.fixture(scope="module")
def said_in_the_browser(gradviz_js):
    """All that the browser's reader says of each script of the table."""
    answers = script_readers.said_by_the_browser(gradviz_js, TEXTS.values())
    results = [answer["result"] for answer in answers]
    return dict(zip(TEXTS, results, strict=True))


@pytest.fixture(scope="module")
def found():
    """What Python's reader finds in each script of the table. The browser's says the same."""
    return {name: findings_in(text) for name, text in TEXTS.items()}


# The table


@pytest.mark.parametrize("name", CASES)
def test_every_slip_is_found_once_at_its_line_with_its_mend(name):
    text, expected = CASES[name]
    findings = findings_in(text)
    assert [finding["code"] for finding in findings] == [each.code for each in expected]
    for finding, each in zip(findings, expected, strict=True):
        assert finding["severity"] == each.severity
        assert each.form in (None, finding["values"]["form"])
        assert each.at in text.splitlines()[finding["line"] - 1]
        assert finding["fix"] == each.fix


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_is_found_in_what_is_right(name):
    severities = {finding["severity"] for finding in findings_in(RIGHT[name])}
    assert severities <= {"note"}


def test_a_finding_names_a_page_and_says_all_it_knows_by_name(found):
    folders = ("errata/", "tutorial/", "symptoms/", "symmetry/", "questions/")
    for finding in itertools.chain.from_iterable(found.values()):
        assert finding["url"].startswith(folders)
        assert re.fullmatch(r"[^{}]+\.", finding["message"])
        assert "undefined" not in finding["message"]
        assert all(isinstance(value, str) for value in finding["values"].values())


@pytest.mark.parametrize("name", TEXTS)
def test_both_readers_say_the_same_to_the_letter(said_in_the_browser, name):
    assert said_in_the_browser[name]["findings"] == findings_in(TEXTS[name])


def test_what_calls_a_routine_is_followed_where_none_is_defined(gradviz_js):
    """Python's reader passes over most scripts; the browser's follows every one."""
    texts = [_without_functions(text) for text in TEXTS.values()]
    outcomes = script_readers.check_agreement(gradviz_js, texts)
    assert outcomes["axis-order"]
    assert outcomes["layout"]


def _without_functions(text):
    statements = Source(text).tree.body
    others = [each for each in statements if not isinstance(each, ast.FunctionDef)]
    return ast.unparse(ast.Module(others, []))


# What is not checked


def unread_of(name):
    """What is unread in a script: by whom, in each line that has its text, and why."""
    lines = list(enumerate(TEXTS[name].splitlines(), 1))
    unread = [
        (each.by, number, each.code)
        for each in UNREAD[name]
        for number, line in lines
        if each.at in line
    ]
    return sorted(unread, key=lambda each: each[1:])


def is_said(result, line, code):
    """Whether a result of the browser has this reason, with any name in it."""
    words = re.escape(WORDS["unread"][code]).replace(re.escape("{name}"), ".+")
    return any(
        each["line"] == line and re.fullmatch(words, each["reason"])
        for each in result["unread"]
    )


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_not_followed_is_said_by_both_readers(said_in_the_browser, name):
    expected = unread_of(name)
    by_both = [(line, code) for by, line, code in expected if by == "unread"]
    reading = script_readers.reading_of(TEXTS[name])
    assert [(each.line, each.code) for each in reading.unread] == by_both
    result = said_in_the_browser[name]
    assert len(result["unread"]) == len(expected)
    assert all(is_said(result, line, code) for _, line, code in expected)


def test_a_script_is_checked_if_every_call_in_it_is_read(said_in_the_browser):
    checked = {name for name, said in said_in_the_browser.items() if said["checked"]}
    all_read = {name for name in TEXTS if not UNREAD[name]}
    assert checked == all_read - WITHOUT_CALL


# Mends


@pytest.mark.parametrize("name", CASES)
def test_nothing_above_a_note_is_left_in_a_mended_script(name):
    text, _ = CASES[name]
    findings = findings_in(text)
    for finding in findings:
        if finding["fix"] is not None:
            alike = [each for each in findings if each["code"] == finding["code"]]
            left = findings_in(mended(text, alike))
            codes = {each["code"] for each in left if each["severity"] != "note"}
            assert finding["code"] not in codes


# What these import is not at hand when they are run here.
IMPORTING = (
    "a routine that replaces an imported one",
    "NumPy by way of another module",
    "an import that replaces a routine",
)
RUNNABLE = [
    name
    for name, (text, expected) in CASES.items()
    if "_one" in text and "f, " in text and "quiver" in text and name not in IMPORTING
    if all(each.fix for each in expected)
]


@pytest.mark.parametrize("name", RUNNABLE)
def test_the_mended_script_draws_the_exact_gradient(name):
    text, _ = CASES[name]
    [(X, Y, u, v)] = run(mended(text, findings_in(text))).arrows
    is_sum = "np.sum(x**2)" in text
    exact = (2 * X, 2 * Y) if is_sum else (Y, X)
    exact = [each.ravel() for each in exact]
    np.testing.assert_allclose(np.array([u, v], float), -np.array(exact), atol=1e-3)


NOT_RESTORED = [
    name
    for name, (text, expected) in CASES.items()
    if expected[0].code == "not-restored" and "def _one" in text
]


@pytest.mark.parametrize("name", NOT_RESTORED)
def test_a_coordinate_that_stays_moved_is_an_error_if_arrows_are_wrong(name):
    text, [expected] = CASES[name]
    one_point = run(text).names["_one"]
    points = Grid(-1, 2, 0.5).points
    exact = points[:, ::-1]  # of x[0] * x[1]
    slopes = [one_point(lambda x: x[0] * x[1], point.copy()) for point in points]
    most = 1e-6 * (1 + np.max(np.hypot(*exact.T)))
    has_wrong_arrows = np.max(np.abs(slopes - exact)) > most
    assert expected.severity == ("error" if has_wrong_arrows else "warning")


STOPPING = [
    name
    for name, (_, expected) in CASES.items()
    if expected[-1].code == "stops" and name not in IMPORTING
]


@pytest.mark.parametrize("name", STOPPING)
def test_a_script_that_is_said_to_stop_stops_at_that_line(name):
    text, _ = CASES[name]
    with pytest.raises((AttributeError, IndexError, TypeError, ValueError)) as stopped:
        run_and_draw(text)
    [finding] = [each for each in findings_in(text) if each["code"] == "stops"]
    lines = {entry.lineno + 1 for entry in stopped.traceback}
    assert finding["line"] in lines


DESCENTS = [name for name in CASES if "descent from whole numbers" in name]


@pytest.mark.parametrize("name", DESCENTS)
def test_a_mended_descent_comes_to_the_lowest_point(name):
    text, _ = CASES[name]
    while mends := [each for each in findings_in(text) if each["fix"] is not None]:
        text = mended(text, mends[:1])
    numbers = run(text).printed.getvalue().strip("[]\n").split()
    np.testing.assert_allclose([float(each) for each in numbers], [0, 0], atol=1e-6)


# Words


def test_each_form_of_a_finding_has_its_words_and_a_case(found):
    said = {
        (finding["code"], finding["values"]["form"])
        for findings in found.values()
        for finding in findings
    }
    of_every_form = {"title", "link", "fix", "url"}
    worded = {
        (code, form)
        for code, words in WORDS["finding"].items()
        for form in words.keys() - of_every_form
    }
    assert said == worded


def test_each_severity_has_a_badge_and_a_case(found):
    said = {f["severity"] for findings in found.values() for f in findings}
    assert said == WORDS["severity"].keys()


def test_each_reason_has_its_words_and_a_case():
    # The browser has a parser of its own, and reads no files.
    of_the_command_line = {"syntax", "encoding"}
    of_the_command_line |= {"not-notebook", "not-file", "not-opened"}
    reasons = {code for _, code, _ in UNSPELLABLE.values()} | NO_PYTHON.keys()
    reasons |= {each.code for unread in UNREAD.values() for each in unread}
    reasons |= PASTED_REASONS
    assert reasons == WORDS["unread"].keys() - of_the_command_line


# Texts of any kind


def test_a_text_that_is_no_python_is_unread_at_its_line(gradviz_js):
    texts = [text for text, _ in NO_PYTHON.values()]
    answers = script_readers.said_by_the_browser(gradviz_js, texts)
    for (code, (_, line)), answer in zip(NO_PYTHON.items(), answers, strict=True):
        result = answer["result"]
        assert result["unread"] == [{"line": line, "reason": WORDS["unread"][code]}]
        assert (result["findings"], result["functions"]) == ([], [])
        assert (result["grid"], result["h"], result["downhill"]) == (None, None, None)


def test_columns_count_characters_and_not_bytes():
    text, _ = CASES["without both"]
    text = text.replace("grad = numerical", "é = '勾配'; grad = numerical")
    [finding] = findings_in(text)
    line = text.splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 :].startswith("numerical_gradient(")
