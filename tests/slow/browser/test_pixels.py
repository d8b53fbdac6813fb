"""What is seen, pixel by pixel, where pictures lie on each other and where the focus is.

What each view shows of four functions, in the light, tests/browser/test_comparer.py looks at.
"""

import io

import numpy as np
import pytest
from browser_fixtures import DESK, PHONE
from matplotlib.image import imread
from reading.words import word

from tests.browser.comparer import PRODUCT, VIEWS, links, slider, view
from tests.browser.tabbing import tab_to

# Firefox does not take a theme, a scale of the screen or forced colours from a test.
pytestmark = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
DECODED = "() => Promise.all([...document.images].map(image => image.decode()))"


def read_png(screenshot):
    """The pixels of a screenshot, each of its three colours from 0 to 255."""
    return np.rint(imread(io.BytesIO(screenshot))[..., :3] * 255).astype(int)


def pixels(page, left=0.0, right=1.0):
    """What is drawn over the area of the pictures, or over a part of its width."""
    page.evaluate(DECODED)
    links(page).first.scroll_into_view_if_needed()
    box = links(page).first.bounding_box()
    part = {
        "x": box["x"] + left * box["width"],
        "y": box["y"],
        "width": (right - left) * box["width"],
        "height": box["height"],
    }
    return read_png(page.screenshot(clip=part))


def test_a_swipe_clips_and_does_not_resize(visit):
    page = visit(f"{PRODUCT}#compare=swipe,same,0", DESK)
    correct = pixels(page)
    slider(page).fill("30")
    right = int(correct.shape[1] * 0.4)  # beyond the handle
    differences = np.abs(pixels(page) - correct)[:, right:]
    assert differences.max() < 16  # of 255: what is clipped is smoothed anew


@pytest.mark.parametrize("chosen_view", VIEWS)
def test_focus_is_seen_on_both_pictures(visit, chosen_view):
    page = visit(f"{PRODUCT}#compare={chosen_view},same,40", DESK)
    page.evaluate(DECODED)
    view(page, chosen_view).focus()
    for link in links(page).all():
        tab_to(page, link)
        box = link.bounding_box()
        beside = {"x": box["x"] + box["width"], "y": box["y"], "width": 6, "height": 99}
        focused = page.screenshot(clip=beside)
        link.blur()
        assert page.screenshot(clip=beside) != focused
        link.focus()


def test_an_enlarged_picture_follows_the_theme(visit):
    page = visit(PRODUCT, DESK, fresh=True)
    page.get_by_role("button", name=word("site.dark")).click()
    links(page).first.click()
    page.evaluate(DECODED)
    image = read_png(page.get_by_role("dialog").locator("img").screenshot())
    assert image[3, 3].max() < 26


@pytest.mark.parametrize("colours", ["none", "active"])
def test_a_first_column_hides_what_scrolls_below_it(visit, colours):
    page = visit("speed/", PHONE, forced_colors=colours)
    box = page.locator(".scroll").first
    box.scroll_into_view_if_needed()
    row = box.locator("tbody tr").first.bounding_box()
    name = box.locator("tbody tr > :first-child").first.bounding_box()
    column = {
        "x": name["x"],
        "y": row["y"],
        "width": name["width"] - 8,
        "height": row["height"],
    }
    at_first = page.screenshot(clip=column)
    box.evaluate("box => { box.scrollLeft = 60; }")
    assert box.evaluate("box => box.scrollLeft") == 60
    assert page.screenshot(clip=column) == at_first
