"""Functions of scripts as spellings: the same value as Python gives, or none.

The spellings are those of the published gradviz.js; the functions themselves are run.
"""

from random import Random

import pytest
from unit import script_readers
from unit.generated_scripts import function
from unit.script_functions import FUNCTIONS, UNSPELLABLE
from unit.spelled_functions import check_spellings

from gradviz_core.spelling.derivatives import FUNCTIONS as LANGUAGE


def reading_of(published, text):
    """What the browser reads of the function f of a script."""
    [answer] = script_readers.said_by_the_browser(published, [text])
    [reading] = [each for each in answer["readings"] if each["name"] == "f"]
    return reading


def test_a_spelling_has_the_value_that_python_gives(published):
    outcomes = check_spellings(published, FUNCTIONS.values())
    assert outcomes["spelled"] >= len(FUNCTIONS)
    assert outcomes["equal"] > 45


def test_a_random_function_has_the_value_that_python_gives(published):
    texts = [function(Random(seed)) for seed in range(600)]
    outcomes = check_spellings(published, texts)
    assert outcomes["spelled"] > 200
    assert outcomes["equal"] > 400


def test_every_function_of_the_language_is_spelled(published):
    texts = [f"f = lambda x: np.{name}(x[0])" for name in LANGUAGE]
    texts += [f"f = lambda x: np.{name}(x[0], x[1])" for name in LANGUAGE]
    assert check_spellings(published, texts)["spelled"] == len(LANGUAGE)


@pytest.mark.parametrize("name", UNSPELLABLE)
def test_what_cannot_be_spelled_says_why_and_where(published, name):
    text, code, line = UNSPELLABLE[name]
    reading = reading_of(published, text)
    assert reading["spelling"] is None
    assert (reading["code"], reading["reasonLine"]) == (code, line)


def test_what_a_function_demands_of_x_is_kept(published):
    demands = {
        "taken apart": ["two numbers"],
        "an assertion": ["two numbers"],
        "values between": ["math domain"],
        "a generator": [],
    }
    for name, expected in demands.items():
        assert reading_of(published, FUNCTIONS[name])["demands"] == expected, name


def test_a_branch_that_was_taken_for_one_point_is_said(published):
    assert reading_of(published, FUNCTIONS["one point or many"])["takesOnePoint"]
    assert not reading_of(published, FUNCTIONS["a generator"])["takesOnePoint"]


def readings_of(published, text):
    [answer] = script_readers.said_by_the_browser(published, [text])
    return answer["readings"]


def test_an_expression_alone_is_a_function_without_a_name(published):
    [reading] = readings_of(published, "x[0]**2 + x[1]\n")
    assert (reading["name"], reading["spelling"]) == (None, "x[0]**2 + x[1]")


def test_a_body_alone_is_a_function_without_a_name(published):
    text = "        x0, x1 = x\n        r = x0 * x1\n\n        return r + 1\n"
    [reading] = readings_of(published, text)
    assert (reading["name"], reading["spelling"]) == (None, "x[0] * x[1] + 1")
    assert reading["demands"] == ["two numbers"]
    assert readings_of(published, "return table[x]\n") == []


def test_functions_are_listed_in_the_order_of_their_lines(published):
    text = "g = lambda x: x[0]\ndef f(x):\n    return x[1]\ndef two(a, b): pass\n"
    assert [each["name"] for each in readings_of(published, text)] == ["g", "f"]
