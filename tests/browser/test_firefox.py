"""Each widget once in Firefox, as a reader would try it first. All else is in tests/slow."""

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.words import said, word

from tests.browser.comparer import PRODUCT, assert_shown, links, slider, view


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox


def test_the_switch_of_home_shows_the_other_picture(visit):
    page = visit("", PHONE)
    picture = page.locator(".opening img:visible")
    expect(picture).to_have_attribute("src", "figures/product-buggy-autoscale.svg")
    page.locator(".opening .switch button").click()
    expect(picture).to_have_attribute("src", "figures/product-correct-autoscale.svg")
    picture.evaluate("image => image.decode()")


def test_the_playground_answers_what_is_typed(visit):
    page = visit("playground/", PHONE)
    verdict = page.locator("#verdict")
    expect(verdict).to_have_attribute("data-verdict", "sparse")
    page.locator("#spelling").press("Control+a")
    page.keyboard.type("np.prod(x)")
    expect(verdict).to_have_attribute("data-verdict", "blank")
    page.keyboard.type(" +")
    expect(page.locator("#spelling")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#problem")).to_be_visible()


def test_the_trace_is_stepped_and_an_arrow_lights_its_cells(visit):
    page = visit("tutorial/routine/", DESK)
    trace = page.locator(".trace")
    status = trace.get_by_role("status")
    trace.get_by_role("button", name=word("trace.next")).click()
    expect(status).to_contain_text(said("trace.count", step=2, steps=12))
    arrow = said("trace.arrow_at", point="[3, 4]")
    trace.get_by_role("button", name=arrow).click()
    told, _, _ = word("trace.arrow_computed").partition("{arrow}")
    expect(status).to_contain_text(told.format(point="[3, 4]"))
    expect(trace.locator(".given [aria-pressed=true]:visible")).to_have_count(2)


def test_the_comparer_swipes_and_a_picture_is_enlarged(visit):
    page = visit(PRODUCT, DESK)
    assert_shown(page, "side", "same")
    view(page, "swipe").click()
    assert_shown(page, "swipe", "same")
    slider(page).press("ArrowRight")
    expect(slider(page)).to_have_value("51")
    links(page).first.click(position={"x": 5, "y": 5})
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_errata_are_filtered(visit):
    page = visit("errata/", PHONE)
    rows = page.locator("tbody tr:visible")
    every = rows.count()
    page.locator("[name=kind]").select_option(index=1)
    assert 0 < rows.count() < every


def test_the_theme_is_kept_on_the_next_page(visit, host):
    page = visit("about/", fresh=True)
    page.get_by_role("button", name=word("site.dark")).click()
    page.goto(host + "errata/")
    theme = page.get_by_role("button", name=word("site.dark"))
    expect(theme).to_have_attribute("aria-pressed", "true")
