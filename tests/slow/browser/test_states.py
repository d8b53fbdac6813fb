"""axe in every state of the comparer, the trace and the playground, at each size and theme."""

import itertools

import pytest
from browser_fixtures import DESK, PHONE, TABLET
from playwright.sync_api import expect

from tests.browser.comparer import PRODUCT, SCALES, VIEWS, links, scale, view

SMALL = (320, 568)
LOOKS = [(SMALL, "light"), (PHONE, "dark"), (TABLET, "light"), (DESK, "dark")]


@pytest.fixture(params=LOOKS, ids=["small", "phone", "tablet", "desk"])
def opened(request, visit):
    size, theme = request.param
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


@pytest.mark.parametrize("call", ["Without .T", "With both .T"])
def test_the_trace_at_its_first_and_last_step_and_with_an_arrow(opened, inspect, call):
    page = opened("tutorial/routine/")
    trace = page.locator(".trace")
    trace.get_by_role("radio", name=call, exact=True).check()
    assert inspect(page) == {}
    for step in ("5", "12"):
        trace.get_by_role("slider").fill(step)
        assert inspect(page) == {}, step
    trace.get_by_role("button", name="Arrow at [3, 4]", exact=True).click()
    trace.locator("details:visible summary").click()
    assert inspect(page) == {}


def test_the_playground_with_all_open_and_with_a_problem(opened, inspect):
    page = opened("playground/")
    verdict = page.locator("#verdict")
    expect(verdict).to_have_attribute("data-verdict", "sparse")
    page.get_by_text("More: grid and step").click()
    page.get_by_label("Contours of f").check()
    page.get_by_role("button", name="Copy a NumPy script").click()
    assert inspect(page) == {}
    page.locator("#spelling").fill("sin(x0) + x1")
    expect(verdict).to_have_attribute("data-verdict", "")
    assert inspect(page) == {}
    page.locator("#spelling").fill("np.log(-np.sum(x**2))")
    expect(verdict).to_contain_text("no finite gradient at any point")
    assert inspect(page) == {}
