"""axe in every state of the comparer, the trace and the playground, at each size and theme.

Firefox, which is slow at that, looks at two of the four.
"""

import itertools

import pytest
from browser_fixtures import DESK, PHONE, TABLET
from playwright.sync_api import expect
from reading.words import said, word

from tests.browser.comparer import PRODUCT, SCALES, VIEWS, links, scale, view
from tests.browser.playground import TAKES, button, open_grid
from tests.browser.playground import VIEWS as VIEWS_OF_FIELDS

SMALL = (320, 568)
LOOKS = [(SMALL, "light"), (PHONE, "dark"), (TABLET, "light"), (DESK, "dark")]
IN_FIREFOX = [(SMALL, "light"), (DESK, "dark")]
pytestmark = pytest.mark.parametrize(
    ("browser", "look"),
    [
        *(("chromium", look) for look in LOOKS),
        *(("firefox", look) for look in IN_FIREFOX),
    ],
    indirect=["browser"],
)


@pytest.fixture
def opened(look, visit):
    size, theme = look
    return lambda path: visit(path, size, theme=theme)


def test_the_comparer_in_every_view(opened, inspect, sideways):
    page = opened(PRODUCT)
    for chosen_scale, chosen_view in itertools.product(SCALES, VIEWS):
        scale(page, chosen_scale).click()
        view(page, chosen_view).click()
        assert inspect(page) == {}, (chosen_view, chosen_scale)
        assert sideways(page) == 0
    view(page, "side").click()
    links(page).last.click(position={"x": 5, "y": 5})
    expect(page.get_by_role("dialog")).to_be_visible()
    assert inspect(page) == {}


@pytest.mark.parametrize("call", [word("pair.buggy"), word("pair.correct")])
def test_the_trace_at_its_first_and_last_step_and_with_an_arrow(opened, inspect, call):
    page = opened("tutorial/routine/")
    trace = page.locator(".trace")
    trace.get_by_role("radio", name=call, exact=True).check()
    assert inspect(page) == {}
    for step in ("5", "12"):
        trace.get_by_role("slider").fill(step)
        assert inspect(page) == {}, step
    trace.get_by_role(
        "button", name=said("trace.arrow_at", point="[3, 4]"), exact=True
    ).click()
    trace.locator("details:visible summary").click()
    assert inspect(page) == {}


def test_the_playground_with_all_open_and_with_a_problem(opened, inspect):
    page = opened("playground/")
    verdict = page.locator("#verdict")
    expect(verdict).to_have_attribute("data-verdict", "sparse")
    open_grid(page)
    page.get_by_label(VIEWS_OF_FIELDS["contours"]).check()
    button(page, TAKES["script"]).click()
    assert inspect(page) == {}
    page.locator("#spelling").fill("sin(x0) + x1")
    expect(verdict).to_have_attribute("data-verdict", "")
    assert inspect(page) == {}
    page.locator("#spelling").fill("np.log(-np.sum(x**2))")
    expect(verdict).to_contain_text(word("playground.problem.truth"))
    assert inspect(page) == {}
