"""The switch of home, the list of errata and the theme, as a reader tries them first, in Firefox."""

import pytest
from browser_fixtures import PHONE
from playwright.sync_api import expect
from reading.words import word


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox


def test_the_switch_of_home_shows_the_other_picture(visit):
    page = visit("", PHONE)
    picture = page.locator(".opening .picture img:visible")
    expect(picture).to_have_attribute("src", "figures/product-buggy-autoscale.svg")
    page.locator(".opening .switch button:visible").click()
    expect(picture).to_have_attribute("src", "figures/product-correct-autoscale.svg")
    picture.evaluate("image => image.decode()")


def test_the_errata_are_filtered(visit):
    page = visit("errata/", PHONE)
    rows = page.locator("tbody tr:visible")
    every = rows.count()
    page.locator(".filtering summary").click()
    page.locator("[name=kind]").select_option(index=1)
    assert 0 < rows.count() < every


def test_the_theme_is_kept_on_the_next_page(visit, host):
    page = visit("about/", fresh=True)
    page.get_by_role("button", name=word("site.dark")).click()
    page.goto(host + "errata/")
    theme = page.get_by_role("button", name=word("site.dark"))
    expect(theme).to_have_attribute("aria-pressed", "true")
