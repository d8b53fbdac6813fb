"""Whoever changes what is drawn, between the array and the arrows, is noticed.

Each statement of tests/cases/touched.toml is put into a script that is right without it.
"""

import tomllib

import numpy as np
import oracle
import pytest
from unit import script_readers
from unit.script_cases import COARSE_GRID, PLOT, PRODUCT, ROUTINE
from unit.script_runs import draws_the_exact_gradient, run

STATEMENTS = tomllib.loads(
    (oracle.ROOT / "tests/cases/touched.toml").read_text("utf-8")
)
CALL = "grad = numerical_gradient(f, P).T\n"


def script(before="", behind=""):
    points = f"{ROUTINE}{PRODUCT}{COARSE_GRID}P = np.array([X, Y]).T\n"
    return f"{points}{before}\n{CALL}{behind}\n{PLOT}"


def scripts_of(prefix):
    before = [script(before=each) for each in STATEMENTS[f"{prefix}before"]]
    behind = [script(behind=each) for each in STATEMENTS[f"{prefix}behind"]]
    return before + behind


TOUCHED = scripts_of("")
HARMLESS = scripts_of("harmless_")
SCALED = [script(behind=each) for each in STATEMENTS["keeping_direction"]]


def runs_and_draws_the_exact_gradient(text):
    try:
        return draws_the_exact_gradient(text)
    except BaseException:
        return False


@pytest.fixture(scope="module")
def said_in_the_browser(gradviz_js):
    texts = [*TOUCHED, *HARMLESS, *SCALED]
    answers = script_readers.said_by_the_browser(gradviz_js, texts)
    return {text: answer["result"] for text, answer in zip(texts, answers, strict=True)}


@pytest.mark.parametrize("text", TOUCHED)
def test_a_script_that_changes_what_it_draws_is_not_checked(text, said_in_the_browser):
    assert not runs_and_draws_the_exact_gradient(text)
    reading = script_readers.reading_of(text)
    is_warned = any(finding.severity != "note" for finding in reading.findings)
    assert reading.unread or is_warned
    assert said_in_the_browser[text]["unread"] or is_warned


@pytest.mark.parametrize("text", HARMLESS)
def test_what_changes_nothing_leaves_a_script_checked(text, said_in_the_browser):
    assert script_readers.reading_of(text).unread == []
    assert said_in_the_browser[text]["checked"]


@pytest.mark.parametrize("text", SCALED)
def test_what_keeps_the_direction_of_arrows_leaves_a_script_checked(
    text, said_in_the_browser
):
    assert not draws_the_exact_gradient(text)
    x, y, u, v = (np.array(each, float) for each in run(text).arrows[-1])
    np.testing.assert_allclose(u * x, v * y, atol=1e-2)
    assert np.all(u * -y + v * -x >= 0)
    assert script_readers.reading_of(text).unread == []
    assert said_in_the_browser[text]["checked"]


@pytest.mark.parametrize("text", [*TOUCHED, *HARMLESS, *SCALED])
def test_both_readers_say_the_same(text, said_in_the_browser):
    said = said_in_the_browser[text]
    assert said["findings"] == script_readers.said_by_python(text)
    lines = {each.line for each in script_readers.reading_of(text).unread}
    assert lines <= {each["line"] for each in said["unread"]}
