"""Pressing `.T`: the arrows come back, each out of its own speck; or at once, without motion."""

import numpy as np
import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.colours import ARROWS, as_computed
from reading.svg import read_arrows, read_axes
from reading.words import said, word

from tests.browser import home
from tests.browser.comparer import scale
from tests.browser.playground import (
    PLAYGROUND,
    PRODUCT,
    assert_answered,
    assert_field,
    unit_of_the_pair,
)
from tests.browser.reader_scripts import PLAIN, PLOT_ALONE

DURATION = 400  # ms
SHAFT = 30  # the width of one, in units of the drawing: what is shorter is a speck
AS_THE_BOOK = PLAIN.replace("-grad[1])", '-grad[1], angles="xy")') + PLOT_ALONE

# A drawing of a script, as `assert_field` takes it.
DRAWN = """svg => ({
  colour: getComputedStyle(svg.querySelector('.arrows')).fill,
  ...Object.fromEntries(['arrows', 'dots', 'lines'].map(name =>
    [name, svg.querySelector(`.${name}`).getAttribute('d') ?? ''])),
  numbers: [...svg.querySelectorAll('.numbers > g > text')].map(text => ({
    text: text.textContent, anchor: text.getAttribute('text-anchor'),
    x: Number(text.getAttribute('x')), y: Number(text.getAttribute('y')),
  })),
})"""

# Frames come when a test asks for them, and not by the clock.
BY_HAND = """() => {
  const waiting = new Map();
  let last = 0;
  window.requestAnimationFrame = step => { waiting.set(++last, step); return last; };
  window.cancelAnimationFrame = id => waiting.delete(id);
  window.advance = now => {
    const due = [...waiting.values()];
    waiting.clear();
    for (const step of due) step(now);
    return due.length;
  };
}"""


def switch_of(page, part):
    name = said("opening.transposes", transpose=word("pair.transpose"), call="")
    return page.locator(part).get_by_role("button", name=name.strip())


def wait_until_it_can_turn(page):
    # Asked from outside, for the site's policy forbids a page to compile a question again.
    for _ in range(500):
        if page.evaluate("Boolean(globalThis.gradviz?.turn)"):
            return
        page.wait_for_timeout(10)
    pytest.fail("what turns the arrows is not loaded")


def on_home(visit, motion="no-preference"):
    page = visit("index.html", DESK, fresh=True, reduced_motion=motion)
    switch_of(page, ".shown").hover()
    wait_until_it_can_turn(page)
    return page, switch_of(page, ".shown"), ".shown .picture > a > svg .arrows"


def in_the_answer(visit, motion="no-preference"):
    page = visit("index.html", DESK, fresh=True, reduced_motion=motion)
    home.paste(page, AS_THE_BOOK)
    expect(home.plot(page)).to_be_visible()
    return page, home.switch(page), ".answered .window .arrows"


def in_the_playground(visit, motion="no-preference"):
    page = visit(PLAYGROUND, PHONE, fresh=True, reduced_motion=motion)
    assert_answered(page, "sparse")
    return page, switch_of(page, ".stage"), ".picture.correct > svg .arrows"


def in_the_comparer(visit, motion="no-preference"):
    address = "functions/product/#compare=press,autoscale,50"
    page = visit(address, DESK, fresh=True, reduced_motion=motion)
    switch_of(page, ".comparer").hover()
    wait_until_it_can_turn(page)
    return page, switch_of(page, ".comparer"), ".comparer .picture > a > svg .arrows"


EVERYWHERE = pytest.mark.parametrize(
    "opened", [on_home, in_the_answer, in_the_playground, in_the_comparer]
)


def ways(page, arrows):
    """Where the arrows stand that are drawn, and how far they go."""
    return read_arrows(page.locator(arrows).get_attribute("d"))


def between(share):
    """How far each arrow goes on its way from one call to the other."""
    places, first = home.in_window(PRODUCT, "columns")
    _, last = home.in_window(PRODUCT, "rows")
    lengths = np.hypot(*first.T)[:, None]
    most = 3 * home.AXES[0]  # a longer one ends outside, too
    first = np.where(lengths > most, first * most / np.maximum(lengths, 1), first)
    return places, first + share * (last - first)


@EVERYWHERE
def test_each_arrow_goes_from_its_old_tip_to_its_new_one(visit, opened):
    page, button, arrows = opened(visit)
    page.evaluate(BY_HAND)
    button.click()
    page.evaluate("advance(1000)")
    for spent in (100, 200, 300):
        assert page.evaluate(f"advance({1000 + spent})") == 1
        share = 1 - (1 - spent / DURATION) ** 3
        places, expected = between(share)
        found_places, found = ways(page, arrows)
        np.testing.assert_allclose(found_places, places, atol=2)
        is_speck = (found == 0).all(axis=1)
        assert np.hypot(*expected[is_speck].T).max(initial=0) < SHAFT + 1
        np.testing.assert_allclose(found[~is_speck], expected[~is_speck], atol=4)
    page.evaluate(f"advance({1000 + DURATION})")
    assert page.evaluate("advance(9999)") == 0, "it goes on after its time"


@EVERYWHERE
def test_nothing_moves_where_motion_is_refused(visit, opened):
    page, button, arrows = opened(visit, "reduce")
    page.evaluate(BY_HAND)
    button.click()
    assert page.evaluate("advance(1000)") == 0
    expect(button).to_have_attribute("aria-pressed", "true")
    if opened in (in_the_answer, in_the_playground):  # elsewhere a picture is shown
        _, expected = between(1)
        _, found = ways(page, arrows)
        is_arrow = (found != 0).any(axis=1)
        np.testing.assert_allclose(found[is_arrow], expected[is_arrow], atol=2)


def test_in_the_comparer_the_arrows_are_on_the_scale_chosen_and_in_the_colour_of_their_call(
    visit,
):
    page, button, _ = in_the_comparer(visit, "reduce")
    button.click()  # so that those of this scale are known
    scale(page, "same").check()
    for call, layout in (("buggy", "columns"), ("correct", "rows")):
        button.click()
        cover = page.locator(f".comparer .same .picture.{call} > a > svg")
        picture = cover.evaluate(DRAWN)
        axes = read_axes(picture["lines"], picture["numbers"])
        unit = unit_of_the_pair(PRODUCT, axes)
        assert_field(picture, PRODUCT, PRODUCT.arrows[layout], unit)
        assert picture["colour"] == as_computed(ARROWS["light"][call])


def test_on_home_the_picture_is_uncovered_once_its_arrows_are_back(visit):
    page, button, _ = on_home(visit)
    page.evaluate(BY_HAND)
    cover = page.locator(".shown svg[data-turning]")
    button.click()
    expect(cover).to_have_count(1)
    page.evaluate("advance(1000)")
    page.evaluate(f"advance({1000 + DURATION})")
    expect(cover).to_have_count(0)
    picture = page.locator(".shown .picture img:visible")
    assert picture.get_attribute("src").endswith("product-correct-autoscale.svg")


def test_a_second_press_turns_them_round_at_once(visit):
    page, button, _ = on_home(visit)
    page.evaluate(BY_HAND)
    button.click()
    page.evaluate("advance(1000)")
    button.click()
    assert page.evaluate("advance(1100)") == 1
    picture = page.locator(".shown .picture img:visible")
    assert picture.get_attribute("src").endswith("product-buggy-autoscale.svg")


def test_the_two_rows_of_the_array_become_points(visit):
    page, button, _ = on_home(visit, "reduce")
    handed = page.locator(".handed")
    expect(handed).to_contain_text(word("opening.gets_rows"))
    rows, point = handed.locator(".row").first, handed.locator(".point").first
    assert rows.evaluate("row => getComputedStyle(row).opacity") == "1"
    button.click()
    expect(handed).to_contain_text(word("opening.gets_points"))
    assert rows.evaluate("row => getComputedStyle(row).opacity") == "0"
    frame = point.evaluate("point => getComputedStyle(point).borderTopColor")
    assert frame != "rgba(0, 0, 0, 0)"


# Counts what is drawn or written anew, other than the ring around a point.
WATCH = """selector => {
  window.changes = [];
  const watch = new MutationObserver(all => window.changes.push(
    ...all.filter(one => one.type === 'childList').map(one => one.target.nodeName)));
  watch.observe(document.querySelector(selector), {childList: true, subtree: true});
}"""


def test_a_pointer_that_stays_at_an_arrow_draws_nothing_again(visit):
    page, _, _ = on_home(visit)
    box = page.locator(".shown .picture img:visible").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    expect(page.locator(".shown[data-lit]")).to_have_count(1)
    page.evaluate(WATCH, ".shown")
    for moved in (1, 2, 1, 0):
        page.mouse.move(middle[0] + moved / 2, middle[1])
    assert page.evaluate("window.changes") == []
    page.mouse.move(middle[0] + 60, middle[1] + 60)
    assert page.evaluate("window.changes") != []


def test_an_arrow_that_is_pointed_at_lights_the_numbers_that_f_got(visit):
    page, button, _ = on_home(visit)
    button.click()
    expect(page.locator(".shown svg[data-turning]")).to_have_count(0)
    picture = page.locator(".shown .picture img:visible")
    box = picture.bounding_box()
    # matplotlib's axes are from 80 to 576 across the 640 pixels of its figure.
    for x0, x1 in ((1.25, 0.5), (-0.75, 1)):
        across = (80 + (x0 + 2) / 4 * 496) / 640
        down = (57.6 + (2 - x1) / 4 * 369.6) / 480
        page.mouse.move(
            box["x"] + across * box["width"], box["y"] + down * box["height"]
        )
        texts = page.locator(".handed [data-part=here] > span").all_text_contents()
        assert [float(text.replace("−", "-")) for text in texts] == [x0, x1]
        expect(page.locator(".shown[data-lit]")).to_have_count(1)
    page.mouse.move(0, 0)
    expect(page.locator(".shown[data-lit]")).to_have_count(0)
