"""Whatever the playground comes to say of what is typed or pasted, it says in its language."""

import re

import lxml.html
import pytest
from browser_fixtures import DESK
from playground import SETTLED
from playwright.sync_api import expect
from reading.english import all_english, spoken

from tests.browser.reader_scripts import (
    APART,
    BODY,
    CONDITION,
    DEF,
    DOMAIN,
    LAMBDA,
    NONSENSE,
    NOTEBOOK,
    PAIR,
    PAIR_TO_ROWS,
    PLOT_ALONE,
    SEVERAL,
    UNREAD,
)
from tests.unit.script_cases import CASES

SPELLINGS = [
    *("x[0] * x[1]", "np.sum(x**2)", "np.mean(x**2)", "np.prod(x)", "3", "x[0]"),
    *("np.exp(-np.sum(x**2))", "x[0] * len(x)", "np.abs(x[0])", "1 / x[0] + x[1]"),
    *("", "x", "x[2]", "x[0] +", "sin(x0) + x1", "x^2 + y^2", "y = x[0]", "np.foo(x)"),
    *("np.sum(x, x)", "np.hypot(x[0])", "(x[0]", "x[0])", "np.log(-np.sum(x**2))"),
    *("x[0] & x[1]", "2x", "x²", "math.sin(x[0])", "torch.sum(x)", "x[0] if x else 1"),
    *("x[0]" + "+1" * 200, "(" * 40 + "x[0]" + ")" * 40, "今日は", "#", "x @ 2"),
]
SCRIPTS = [
    *(text for text, _ in CASES.values()),
    *(text for text, _ in APART.values()),
    *(BODY, CONDITION, DEF, DOMAIN, LAMBDA, NONSENSE, NOTEBOOK, PAIR, PAIR_TO_ROWS),
    *(PLOT_ALONE, SEVERAL, UNREAD, "print 'a'", "x = (", "a" * 300_000),
]


@pytest.mark.parametrize("language", ["ja", "ko", "zh"])
def test_nothing_is_said_in_english(visit, language):
    """But for words that were typed, which an answer may repeat."""
    page = visit(f"{language}/playground/", DESK)
    expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
    heard = set()
    left = {}
    typed = set()
    for text in [*SPELLINGS, *SCRIPTS]:
        page.locator("#spelling").fill(text)
        page.evaluate(SETTLED)
        shown = lxml.html.fromstring(page.locator("main").evaluate("e => e.outerHTML"))
        told = {*spoken(shown)}
        heard |= told
        typed |= {*re.findall("[A-Za-z]+", text)}
        if found := {*all_english(told)} - typed:
            left[text[:60]] = found
    assert left == {}
    assert len(heard) > 250
