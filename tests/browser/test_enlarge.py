"""Enlarging a picture: it opens over the page, says the same, and is put back."""

import re

import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect
from reading.words import word

from tests.browser.comparer import PRODUCT, links
from tests.browser.tabbing import tab_to

LYING_PHONE = (844, 390)
# Pages that show pairs, steps and lines, and how many pictures they show at least.
PICTURES = {PRODUCT: 2, "tutorial/routine/": 2, "speed/": 1}


def pictures(page):
    return page.locator(".picture > a:visible")


def dialog(page):
    return page.get_by_role("dialog", name=word("compare.enlarged"))


def enlarged(page):
    return dialog(page).locator(".picture > a")


def close_button(page):
    return page.get_by_role("button", name=word("compare.close"))


def assert_enlarged(page, link):
    """The dialog shows the picture of the link, its text for who cannot see, its caption."""
    expect(dialog(page)).to_be_visible()
    shown = dialog(page).locator("img")
    for name in ("src", "alt"):
        assert shown.get_attribute(name) == link.locator("img").get_attribute(name)
    caption = link.locator("xpath=following-sibling::figcaption").inner_text()
    expect(dialog(page).locator("figcaption")).to_have_text(caption)


def close_by_escape(page):
    page.keyboard.press("Escape")


def close_by_button(page):
    close_button(page).click()


def close_beside(page):
    page.mouse.click(3, DESK[1] - 3)


@pytest.mark.parametrize("path", PICTURES)
def test_a_picture_is_enlarged_and_put_back(visit, path):
    page = visit(path, DESK)
    assert pictures(page).count() >= PICTURES[path]
    address = page.url
    ways = (close_by_escape, close_by_button, close_beside)
    for number, close in enumerate(ways if path == PRODUCT else [close_by_escape]):
        link = pictures(page).nth(number % 2)
        link.click()
        assert_enlarged(page, link)
        expect(close_button(page)).to_be_focused()
        close(page)
        expect(dialog(page)).to_be_hidden()
        expect(link).to_be_focused()
    assert page.url == address


def test_a_picture_is_enlarged_by_keyboard_and_tab_stays_inside(visit):
    page = visit(PRODUCT, DESK)
    link = links(page).nth(1)
    tab_to(page, link)
    page.keyboard.press("Enter")
    assert_enlarged(page, link)
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.enlarged button, body')")
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_the_one_picture_that_is_seen_is_enlarged(visit):
    page = visit(f"{PRODUCT}#compare=press,autoscale,50", DESK)
    expect(links(page)).to_have_count(1)
    for layout in ("buggy", "correct"):
        link = links(page)
        expect(link).to_have_attribute("href", re.compile(f"product-{layout}-"))
        link.click()
        assert_enlarged(page, link)
        close_by_escape(page)
        page.locator(".comparer .switch").get_by_role("button").click()


def test_a_click_for_another_tab_is_left_to_the_browser(visit, host):
    page = visit(PRODUCT, DESK, fresh=True)
    with page.context.expect_page() as new:
        links(page).first.click(modifiers=["Control"])
    picture = f"{host}figures/product-correct-autoscale.svg"
    assert new.value.url in {"about:blank", picture}
    expect(dialog(page)).to_be_hidden()


def test_a_click_with_the_key_of_a_mac_is_left_to_it_as_well(visit, host):
    page = visit(PRODUCT, DESK, fresh=True)
    links(page).first.click(modifiers=["Meta"])
    page.wait_for_url(f"{host}figures/product-correct-autoscale.svg")


@pytest.mark.parametrize("size", [PHONE, LYING_PHONE], ids=["phone", "lying"])
def test_an_enlarged_picture_fills_the_screen(visit, size):
    width, height = size
    page = visit(PRODUCT, size)
    before = links(page).first.bounding_box()
    links(page).first.click()
    image = enlarged(page).bounding_box()
    frame = dialog(page).bounding_box()
    assert frame["x"] <= image["x"]
    assert image["x"] + image["width"] <= frame["x"] + frame["width"]
    assert image["width"] >= min(width - 8, height - 140)
    shape = before["width"] / before["height"]
    assert image["width"] == pytest.approx(shape * image["height"], abs=2)
    assert frame["x"] >= 0
    assert frame["y"] >= 0
    assert frame["x"] + frame["width"] <= width
    assert frame["y"] + frame["height"] <= height
    assert dialog(page).evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")


def test_on_a_phone_another_tap_makes_it_larger_than_the_screen_and_one_more_as_wide(
    visit,
):
    page = visit(PRODUCT, PHONE)
    links(page).first.click()
    as_wide_as_the_screen = enlarged(page).bounding_box()
    enlarged(page).click()
    larger = enlarged(page).bounding_box()
    assert larger["width"] > 1.3 * as_wide_as_the_screen["width"]
    middle = larger["x"] + larger["width"] / 2
    assert middle == pytest.approx(PHONE[0] / 2, abs=2)
    enlarged(page).click()
    assert enlarged(page).bounding_box() == as_wide_as_the_screen


def test_the_cross_of_an_enlarged_picture_stays_in_sight(visit):
    page = visit(PRODUCT)
    links(page).first.click()
    enlarged(page).click()
    for width, height in (PHONE, (320, 568), LYING_PHONE):
        page.set_viewport_size(viewport((width, height)))
        dialog(page).evaluate("""dialog => {
          dialog.scrollTop = 9999;
          dialog.firstElementChild.scrollLeft = 9999;
        }""")
        box = close_button(page).bounding_box()
        assert 0 <= box["x"] <= width - box["width"]
        assert 0 <= box["y"] <= height - box["height"]
        assert min(box["width"], box["height"]) >= 44
