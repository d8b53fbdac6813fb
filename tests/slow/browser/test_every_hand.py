"""The comparer by mouse, touch and keyboard, on a phone and on a desk; in Firefox on a desk."""

import itertools

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect

from tests.browser.comparer import (
    PRODUCT,
    assert_shown,
    assert_told,
    by_keyboard,
    by_mouse,
    by_touch,
    scale,
    slider,
    view,
)

only_in_chromium = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
each_size = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def use_every_view(page, choose):
    for chosen_scale in ("autoscale", "same"):
        choose(page, scale(page, chosen_scale))
        for chosen_view in ("swipe", "blend", "difference", "side"):
            choose(page, view(page, chosen_view))
            assert_shown(page, chosen_view, chosen_scale)
            assert_told(page)


@pytest.mark.parametrize(
    ("browser", "size"),
    [("chromium", PHONE), ("chromium", DESK), ("firefox", DESK)],
    indirect=["browser"],
)
@pytest.mark.parametrize("choose", [by_mouse, by_keyboard])
def test_every_view_at_both_scales(visit, size, choose):
    use_every_view(visit(PRODUCT, size), choose)


@only_in_chromium
@each_size
def test_every_view_at_both_scales_by_touch(visit, size):
    use_every_view(visit(PRODUCT, size, has_touch=True), by_touch)


@only_in_chromium
def test_the_slider_by_touch(visit):
    page = visit(PRODUCT, PHONE, has_touch=True)
    view(page, "swipe").tap()
    box = slider(page).bounding_box()
    slider(page).tap(position={"x": box["width"] * 0.25, "y": box["height"] - 3})
    assert 22 <= int(slider(page).input_value()) <= 28


@only_in_chromium
@pytest.mark.parametrize("anchor", ["as-in-the-book", "same-scale"])
@each_size
def test_a_link_to_a_pair_shows_it_from_every_view(visit, size, anchor):
    for chosen_view, start in itertools.product(
        ("side", "difference"), ("same", "autoscale")
    ):
        page = visit(f"{PRODUCT}#compare={chosen_view},{start},5", size)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.evaluate("anchor => { location.hash = anchor; }", anchor)
        chosen_scale = "autoscale" if anchor == "as-in-the-book" else "same"
        assert_shown(page, chosen_view, chosen_scale)
        expect(page.locator(f"#{anchor}")).to_be_in_viewport(ratio=1)
