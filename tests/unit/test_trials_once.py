"""A function that stands in several scripts is tried once; of each the same is said."""

from dataclasses import asdict

import pytest
from unit.script_cases import CASES

from gradviz_core.scripts.reading import read
from gradviz_core.scripts.routines.once import past_trials

SCRIPT = """
import numpy as np
from math import sqrt as root
h = 1e-4
def moved(x, i, by):
    y = x.copy()
    y[i] += by
    return y
def slopes(f, x):
    grad = np.zeros_like(x)
    for i in range(x.size):
        grad[i] = (f(moved(x, i, h)) - f(moved(x, i, -h))) / (2 * h)
    return grad * root(1)
x = np.array([1.0, 2.0])
slopes(lambda x: x[0] * x[1], x)
"""

OTHERS = {
    "another step": ("h = 1e-4", "h = 1e-2"),
    "a helper that does otherwise": ("+= by", "+= 2 * by"),
    "a name that means another function": ("math import sqrt", "math import log"),
    "a name of Python's that is given a value": ("x = np", "range = None\nx = np"),
}


@pytest.fixture(autouse=True)
def nothing_remembered():
    past_trials.clear()


def said(text):
    reading = read(text)
    unread = [(each.code, each.line, each.detail) for each in reading.unread]
    return [asdict(finding) for finding in reading.findings], unread


@pytest.mark.parametrize("name", list(CASES)[::4])
def test_a_script_says_the_same_behind_another_with_the_same_functions(name):
    text, _ = CASES[name]
    below = f"# one line lower\n{text}"
    alone = said(below)
    past_trials.clear()
    read(text)
    assert said(below) == alone


def test_what_is_the_same_function_is_tried_once():
    read(SCRIPT)
    trials = dict(past_trials)
    assert trials
    read(f"# one line lower\n{SCRIPT}")
    assert past_trials == trials


@pytest.mark.parametrize("change", OTHERS)
def test_a_function_is_tried_again_where_its_names_mean_something_else(change):
    old, new = OTHERS[change]
    assert old in SCRIPT
    other = SCRIPT.replace(old, new)
    alone = said(other)
    past_trials.clear()
    read(SCRIPT)
    trials = len(past_trials)
    assert said(other) == alone
    assert len(past_trials) > trials
