"""Whatever the playground comes to say of what is typed or pasted, it says in its language."""

import re

import lxml.html
import pytest
from browser_fixtures import DESK
from reading.english import all_english, spoken

from tests.browser.playground import settled
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
from tests.unit import script_readers
from tests.unit.script_cases import CASES
from tests.unit.script_cases import UNREAD as UNREAD_REASONS

SPELLINGS = [
    *("x[0] * x[1]", "np.sum(x**2)", "np.mean(x**2)", "np.prod(x)", "3", "x[0]"),
    *("np.exp(-np.sum(x**2))", "x[0] * len(x)", "np.abs(x[0])", "1 / x[0] + x[1]"),
    *("", "x", "x[2]", "x[0] +", "sin(x0) + x1", "x^2 + y^2", "y = x[0]", "np.foo(x)"),
    *("np.sum(x, x)", "np.hypot(x[0])", "(x[0]", "x[0])", "np.log(-np.sum(x**2))"),
    *("x[0] & x[1]", "2x", "x²", "math.sin(x[0])", "torch.sum(x)", "x[0] if x else 1"),
    *("x[0]" + "+1" * 200, "(" * 40 + "x[0]" + ")" * 40, "今日は", "#", "x @ 2"),
]


def telling():
    """Scripts of which each is told what none before it was: a code in a form, or a reason."""
    heard = set()
    for name, (text, _) in CASES.items():
        found = script_readers.said_by_python(text)
        told = {(each["code"], each["values"].get("form")) for each in found}
        told |= {each.code for each in UNREAD_REASONS[name]}
        if told - heard:
            yield text
        heard |= told


OTHER_SCRIPTS = [
    *(text for text, _ in APART.values()),
    *(BODY, CONDITION, DEF, DOMAIN, LAMBDA, NONSENSE, NOTEBOOK, PAIR, PAIR_TO_ROWS),
    *(PLOT_ALONE, SEVERAL, UNREAD, "print 'a'", "x = (", "a" * 300_000),
]


# What it says, without the shapes that it draws.
SAY = """async text => {
  const field = document.getElementById('spelling');
  field.value = text;
  field.dispatchEvent(new Event('input', {bubbles: true}));
  while (document.forms[0].dataset.state.endsWith('busy')) await new Promise(next => setTimeout(next, 5));
  const main = document.querySelector('main').cloneNode(true);
  for (const path of main.querySelectorAll('path')) path.remove();
  return main.outerHTML;
}"""


def said_in_answer(page, scripts):
    """What the playground says to texts and scripts, and the English that is left in it."""
    heard = set()
    left = {}
    typed = set()
    for text in [*SPELLINGS, *scripts, *OTHER_SCRIPTS]:
        told = {*spoken(lxml.html.fromstring(page.evaluate(SAY, text)))}
        heard |= told
        typed |= {*re.findall("[A-Za-z]+", text)}
        if found := {*all_english(told)} - typed:
            left[text[:60]] = found
    return heard, left


# What is said is chosen alike in all languages: tests/slow asks in the others, with every script.
@pytest.mark.parametrize("language", ["ja"])
def test_nothing_is_said_in_english(visit, language):
    """But for words that were typed, which an answer may repeat."""
    page = visit(f"{language}/playground/", DESK)
    settled(page)
    heard, left = said_in_answer(page, telling())
    assert left == {}
    assert len(heard) > 250
