"""Functions of scripts as spellings: the same value as Python gives, or none.

The spellings are those of the published gradviz.js; the functions themselves are run.
"""

from random import Random

import pytest
from unit import script_readers
from unit.generated_scripts import function
from unit.script_functions import FUNCTIONS, SPELLED, UNSPELLABLE
from unit.spelled_functions import check_spellings

from gradviz_core.spelling.derivatives import FUNCTIONS as LANGUAGE


def readings_of(gradviz_js, text):
    """What the browser reads of the functions of a script."""
    [answer] = script_readers.said_by_the_browser(gradviz_js, [text])
    return answer["readings"]


@pytest.fixture(scope="module")
def readings(gradviz_js):
    """What the browser reads of each function f of the table, by its name there."""
    texts = FUNCTIONS | {name: text for name, (text, _, _) in UNSPELLABLE.items()}
    answers = script_readers.said_by_the_browser(gradviz_js, texts.values())
    return {
        name: reading
        for name, answer in zip(texts, answers, strict=True)
        for reading in answer["readings"]
        if reading["name"] == "f"
    }


@pytest.mark.parametrize("name", SPELLED)
def test_what_is_spelled_is_said_with_what_it_demands_of_x(readings, name):
    _, facts = SPELLED[name]
    reading = readings[name]
    assert reading["spelling"]
    assert {*reading["demands"]} == facts - {"one point"}
    assert reading["takesOnePoint"] == ("one point" in facts)


@pytest.mark.parametrize("name", UNSPELLABLE)
def test_what_cannot_be_spelled_says_why_and_where(readings, name):
    _, code, line = UNSPELLABLE[name]
    refusal = readings[name]["refusal"]
    assert (refusal["code"], refusal["line"]) == (code, line)


def test_a_spelling_has_the_value_that_python_gives(gradviz_js):
    outcomes = check_spellings(gradviz_js, FUNCTIONS.values())
    assert outcomes["spelled"] >= len(FUNCTIONS)
    assert outcomes["equal"] > 45


def test_a_random_function_has_the_value_that_python_gives(gradviz_js):
    texts = [function(Random(seed)) for seed in range(350)]
    outcomes = check_spellings(gradviz_js, texts)
    assert outcomes["spelled"] > 100
    assert outcomes["equal"] > 200


def test_every_function_of_the_language_is_spelled(gradviz_js):
    texts = [f"f = lambda x: np.{name}(x[0])" for name in LANGUAGE]
    texts += [f"f = lambda x: np.{name}(x[0], x[1])" for name in LANGUAGE]
    texts.append("f = lambda x: np.dot(x, x)")
    texts.append("f = lambda x: np.where(x[0] > 0, x[0], x[1])")
    texts.append("f = lambda x: np.clip(x[0], -1, x[1])")
    assert check_spellings(gradviz_js, texts)["spelled"] == len(LANGUAGE)


def test_an_expression_alone_is_a_function_without_a_name(gradviz_js):
    [reading] = readings_of(gradviz_js, "x[0]**2 + x[1]\n")
    assert (reading["name"], reading["spelling"]) == (None, "x[0]**2 + x[1]")


def test_a_body_alone_is_a_function_without_a_name(gradviz_js):
    text = "        x0, x1 = x\n        r = x0 * x1\n\n        return r + 1\n"
    [reading] = readings_of(gradviz_js, text)
    assert (reading["name"], reading["spelling"]) == (None, "x[0] * x[1] + 1")
    assert reading["demands"] == ["two numbers"]
    assert readings_of(gradviz_js, "return table[x]\n") == []


def test_functions_are_listed_in_the_order_of_their_lines(gradviz_js):
    text = "g = lambda x: x[0]\ndef f(x):\n    return x[1]\ndef two(a, b): pass\n"
    assert [each["name"] for each in readings_of(gradviz_js, text)] == ["g", "f"]
