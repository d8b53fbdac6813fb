"""What is seen, pixel by pixel, where pictures lie on each other and where the focus is.

What each view shows of four functions, in the light, tests/browser/test_comparer.py looks at.
"""

import io
import itertools

import numpy as np
import oracle
import pytest
from browser_fixtures import DESK, PHONE
from matplotlib.image import imread
from reading.words import word

from tests.browser.comparer import PRODUCT, SCALES, VIEWS, links, slider, view
from tests.browser.tabbing import tab_to

# Firefox does not take a theme, a scale of the screen or forced colours from a test.
pytestmark = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
DECODED = "() => Promise.all([...document.images].map(image => image.decode()))"
EQUAL = word("compare.equal")
DIFFERENT = word("compare.different")
WHITE = 255
DARK_CARD = 22


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
    buggy = pixels(page)
    slider(page).fill("30")
    right = int(buggy.shape[1] * 0.32)
    assert (pixels(page)[:, right:] == buggy[:, right:]).all()


def test_a_difference_leaves_the_ground_exactly_where_its_words_say_so(visit):
    """For every function: the sentence comes from the numbers, the pixels from the browser."""
    page = visit("about/", PHONE, fresh=True)
    host = page.url.removesuffix("about/")
    equal = set()
    for name, ruler in itertools.product(oracle.functions(), SCALES):
        page.goto(f"{host}functions/{name}/#compare=difference,{ruler},50")
        note = page.locator(".note").text_content()
        for theme, ground in (("light", WHITE), ("dark", DARK_CARD)):
            page.emulate_media(color_scheme=theme)
            away = abs(pixels(page) - ground).max(axis=-1)
            is_equal = away.max() == 0
            assert note == (EQUAL if is_equal else DIFFERENT)
            assert is_equal or (away > 100).sum() > 50, (name, ruler)
        if note == EQUAL:
            equal.add((name, ruler))
    assert {("sum_of_squares", "same"), ("mean_of_squares", "autoscale")} <= equal
    assert not {("product", "same"), ("mean_of_squares", "same")} & equal


def test_a_difference_turns_over_with_the_theme(visit):
    address = "functions/sum_of_squares/#compare=difference,same,50"
    page = visit(address, PHONE, fresh=True)
    assert (pixels(page) == WHITE).all()
    page.get_by_role("button", name=word("site.dark")).click()
    assert (pixels(page) == DARK_CARD).all()


@pytest.mark.parametrize(
    ("name", "scale"), [("himmelblau", 1.5), ("product", 2.625), ("ackley", 2.75)]
)
def test_a_difference_has_no_line_where_a_picture_ends_between_two_pixels(
    visit, name, scale
):
    address = f"functions/{name}/#compare=difference,same,50"
    image = pixels(visit(address, PHONE, theme="dark", device_scale_factor=scale))
    for edge in (image[:4], image[-4:], image[:, :4], image[:, -4:]):
        assert edge.max() <= DARK_CARD  # the page is darker


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_difference_is_seen_in_forced_colours(visit, theme):
    address = f"{PRODUCT}#compare=difference,same,50"
    image = pixels(visit(address, DESK, theme=theme, forced_colors="active"))
    like_the_corner = abs(image - image[0, 0]).max(axis=-1) < 9
    assert 0.5 < like_the_corner.mean() < 0.995


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
