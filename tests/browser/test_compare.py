"""Comparing the two pictures of a function."""

import itertools
import re

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from tabbing import tab_to

from tests.browser.comparer import (
    PRODUCT,
    SCALES,
    VIEWS,
    assert_shown,
    assert_told,
    links,
    scale,
    slider,
    view,
)


def test_every_view_at_both_scales_by_touch(visit):
    page = visit(PRODUCT, has_touch=True)
    assert_shown(page, "side", "same")
    for chosen_scale in SCALES:
        scale(page, chosen_scale).tap()
        for chosen_view in ("swipe", "blend", "difference", "side"):
            view(page, chosen_view).tap()
            assert_shown(page, chosen_view, chosen_scale)
            assert_told(page)


def test_scale_and_view_by_keyboard(visit):
    page = visit(PRODUCT, DESK)
    tab_to(page, scale(page, "same"))
    page.keyboard.press("ArrowRight")
    assert_shown(page, "side", "autoscale")
    page.keyboard.press("Tab")
    for chosen_view in ("swipe", "blend", "difference", "side"):
        page.keyboard.press("ArrowRight")
        assert_shown(page, chosen_view, "autoscale")
        assert_told(page)


def test_the_slider_by_keyboard(visit):
    page = visit(PRODUCT, DESK)
    view(page, "swipe").click()
    tab_to(page, slider(page))
    for key, value in (("Home", 0), ("ArrowRight", 1), ("End", 100), ("ArrowLeft", 99)):
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(str(value))
    expect(page).to_have_url(re.compile("#compare=swipe,same,99$"))


def test_the_slider_by_mouse(visit):
    page = visit(PRODUCT, DESK)
    view(page, "blend").click()
    box = slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=5)
    page.mouse.up()
    assert 73 <= int(slider(page).input_value()) <= 77


@pytest.mark.parametrize("place", ["host", "disk"])
def test_the_address_keeps_what_is_compared(visit, request, place):
    page = visit(f"{request.getfixturevalue(place)}{PRODUCT}index.html")
    scale(page, "autoscale").click()
    view(page, "swipe").click()
    slider(page).fill("40")
    expect(page).to_have_url(re.compile("#compare=swipe,autoscale,40$"))
    page = visit(page.url)
    assert_shown(page, "swipe", "autoscale")
    expect(slider(page)).to_have_value("40")
    expect(page.get_by_role("status")).to_be_empty()  # nothing has been chosen here


def test_an_address_typed_later_is_followed(visit):
    page = visit(PRODUCT, DESK)
    page.evaluate("location.hash = '#compare=blend,autoscale,7'")
    assert_shown(page, "blend", "autoscale")
    assert_told(page)
    expect(slider(page)).to_have_value("7")


@pytest.mark.parametrize("fragment", ["compare=swipe,same,101", "numbers"])
def test_another_fragment_changes_nothing(visit, fragment):
    page = visit(f"{PRODUCT}#{fragment}", DESK)
    assert_shown(page, "side", "same")
    page.evaluate("location.hash = '#compare=blend,autoscale,20'")
    assert_shown(page, "blend", "autoscale")
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    page.wait_for_timeout(50)
    assert_shown(page, "blend", "autoscale")
    assert page.url.endswith(f"#{fragment}")


@pytest.mark.parametrize(
    ("anchor", "chosen_scale"),
    [("as-in-the-book", "autoscale"), ("same-scale", "same")],
)
def test_a_link_to_a_pair_shows_it(visit, anchor, chosen_scale):
    page = visit(f"{PRODUCT}#{anchor}")
    assert_shown(page, "side", chosen_scale)
    expect(page.locator(f"#{anchor}")).to_be_in_viewport(ratio=1)
    other_scale = "same" if chosen_scale == "autoscale" else "autoscale"
    page = visit(f"{PRODUCT}#compare=blend,{other_scale},5")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("anchor => { location.hash = anchor; }", anchor)
    expect(scale(page, chosen_scale)).to_be_checked()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport(ratio=1)


def test_a_link_to_every_arrow_opens_the_table(visit):
    page = visit(PRODUCT, DESK)
    table = page.locator("#arrows")
    expect(table).to_be_hidden()
    page.get_by_role("link", name="Every arrow as numbers").first.click()
    expect(table).to_be_in_viewport()


HEADS = """() => {
  const box = document.querySelector('#arrows');
  box.scrollTop = box.scrollHeight / 2;
  const frame = box.getBoundingClientRect();
  const heads = box.querySelector('thead').getBoundingClientRect();
  const seen = document.elementFromPoint(heads.left + 5, heads.bottom - 5);
  return {
    below: heads.top - frame.top,
    share: frame.height / innerHeight,
    areSeen: Boolean(seen.closest('thead')),
  };
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_long_table_keeps_its_heads_in_sight(visit, size):
    heads = visit(f"{PRODUCT}#arrows", size).evaluate(HEADS)
    assert abs(heads["below"]) < 2
    assert heads["share"] < 0.9
    assert heads["areSeen"]


def test_back_leaves_the_page_and_forward_finds_what_was_compared(visit, host):
    page = visit("about/", DESK, fresh=True)
    page.goto(host + PRODUCT)
    view(page, "blend").click()
    scale(page, "autoscale").click()
    expect(page).to_have_url(re.compile("#compare=blend,autoscale,50$"))
    page.go_back()
    assert page.url == host + "about/"
    page.go_forward()
    assert_shown(page, "blend", "autoscale")
    expect(page.locator(".share")).to_have_text("From both .T to none")


def test_a_restored_choice_never_differs_from_what_is_shown(visit, host):
    page = visit(PRODUCT, DESK, fresh=True)
    view(page, "blend").click()
    page.evaluate("location.hash = '#numbers'")
    page.goto(host + "about/")
    page.go_back()
    checked = next(name for name in VIEWS if view(page, name).is_checked())
    assert_shown(page, checked, "same")


def test_a_link_followed_at_once_keeps_its_address(visit):
    page = visit(PRODUCT, DESK)
    view(page, "blend").click()
    page.evaluate("location.hash = '#numbers'")
    page.wait_for_timeout(700)  # longer than the address waits for a pause
    assert page.url.endswith("#numbers")


COUNT_WRITES = """() => {
  const replace = history.replaceState.bind(history);
  window.times = [];
  history.replaceState = (...rest) => {
    times.push(performance.now());
    replace(...rest);
  };
}"""


def test_the_address_is_written_seldom(visit):
    """Safari lets a page change its address a hundred times in thirty seconds."""
    page = visit(PRODUCT, DESK)
    page.evaluate(COUNT_WRITES)
    view(page, "swipe").click()
    slider(page).focus()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile("#compare=swipe,same,79$"))
    times = page.evaluate("times")
    assert 2 <= len(times) <= 5
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(pauses) >= 30_000 / 100


def test_an_address_that_cannot_be_written_does_not_stop_the_view(visit):
    page = visit(PRODUCT, DESK)
    page.evaluate(
        "() => { history.replaceState = () => { throw new Error('too often'); }; }"
    )
    view(page, "swipe").click()
    page.wait_for_timeout(500)
    assert_shown(page, "swipe", "same")


def test_without_script_both_pairs_stand_below_their_headings(visit, host):
    page = visit(f"{PRODUCT}#compare=swipe,same,40", java_script_enabled=False)
    expect(page.locator(".comparer h2:visible")).to_have_count(2)
    expect(page.locator(".comparer img:visible")).to_have_count(4)
    expect(page.locator(".comparer .call:visible")).to_have_count(4)
    for role in ("radio", "slider", "button"):
        expect(page.get_by_role(role)).to_have_count(0)
    assert (
        links(page).nth(1).get_attribute("href").endswith("figures/product-buggy.svg")
    )
