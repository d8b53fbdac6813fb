"""Comparing the two pictures of a function: what is seen and said, how it is chosen, its address."""

import base64
import io
import itertools
import re
from dataclasses import dataclass

import numpy as np
import pytest
from browser_fixtures import DESK, PHONE
from matplotlib.image import imread
from oracle import functions
from playwright.sync_api import expect
from reading.sentences import label_of
from reading.words import word

from tests.browser.comparer import (
    LABELS,
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
from tests.browser.opened import opened
from tests.browser.tabbing import tab_to

# One of each verdict that differs in what the views show.
COMPARED = ["sum_of_squares", "product", "mean_of_squares", "square_of_sum"]

# Every view at both scales, and every picture enlarged

WALK = """() => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const seen = element => element.checkVisibility() ? words(element) : '';
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const file = image => image.getAttribute('src').split('/').at(-1);
  const comparer = document.querySelector('.comparer');
  const section = () => all('section', comparer).find(section => section.checkVisibility());
  const pictures = () => all('.picture', section()).map(picture => ({
    ink: picture.classList[1],
    file: file(picture.querySelector('img')),
    link: picture.querySelector('a').getAttribute('href').split('/').at(-1),
    alt: picture.querySelector('img').alt,
    label: words(picture.querySelector('.label')),
    caption: words(picture.querySelector('figcaption')),
  }));
  const share = comparer.querySelector('.share');
  const radios = name => all(`[name=${name}]`, comparer);
  const states = {};
  radios('view').at(-1).click(); // what is chosen already would not be told again
  for (const scale of radios('scale')) {
    scale.click();
    for (const view of radios('view')) {
      view.click();
      states[`${scale.value} ${view.value}`] = {
        scaleLabel: words(scale.labels[0]),
        viewLabel: words(view.labels[0]),
        sections: all('section', comparer).filter(each => each.checkVisibility())
          .map(each => each.dataset.scale),
        heading: words(section().querySelector('h2')),
        pictures: pictures(),
        share: seen(share),
        status: words(comparer.querySelector('[role=status]')),
      };
    }
    radios('view')[0].click();
    states[`${scale.value} enlarged`] = all('.picture > a', section()).map(link => {
      link.click();
      const dialog = document.querySelector('dialog[open]');
      const image = dialog.querySelector('img');
      const shown = {
        file: file(image), alt: image.alt, label: words(dialog.querySelector('.label')),
        caption: words(dialog.querySelector('figcaption')),
      };
      dialog.close();
      return shown;
    });
  }
  return states;
}"""


@pytest.fixture(scope="module")
def walked(chromium, host):
    """Every view at both scales and every picture enlarged, of each of these functions."""
    with opened(chromium, host) as page:
        found = {}
        for name in COMPARED:
            page.goto(f"{host}functions/{name}/index.html")
            found[name] = page.evaluate(WALK)
        return found


def each_state(walked):
    """Function, scale, view, and what is shown then."""
    views = [each for each in VIEWS if each != "press"]  # which shows one at a time
    for name, chosen_scale, chosen_view in itertools.product(COMPARED, SCALES, views):
        shown = walked[name][f"{chosen_scale} {chosen_view}"]
        yield name, chosen_scale, chosen_view, shown


def test_a_choice_shows_the_pair_that_it_names(walked):
    for name, chosen_scale, chosen_view, shown in each_state(walked):
        assert shown["scaleLabel"] == SCALES[chosen_scale]
        assert shown["viewLabel"] == VIEWS[chosen_view]
        assert shown["sections"] == [chosen_scale]
        assert shown["heading"].startswith(SCALES[chosen_scale])
        ending = "-autoscale" if chosen_scale == "autoscale" else ""
        for picture, ink in zip(shown["pictures"], LABELS, strict=True):
            assert picture["ink"] == ink
            assert picture["file"] == f"{name}-{ink}{ending}.svg"
            assert picture["link"] == picture["file"]
            assert picture["label"] == label_of(functions()[name], ink)


def test_what_is_told_is_of_the_pictures_that_are_seen(walked):
    for name, chosen_scale, chosen_view, shown in each_state(walked):
        alts = [picture["alt"] for picture in shown["pictures"]]
        assert shown["status"] == " ".join(alts), (name, chosen_scale, chosen_view)


def test_a_slider_is_there_where_there_is_something_to_move(walked):
    for _, _, chosen_view, shown in each_state(walked):
        assert shown["share"] == word("compare.range").get(chosen_view, "")


def test_a_picture_that_is_pressed_is_enlarged_with_its_own_words(walked):
    for name, chosen_scale in itertools.product(COMPARED, SCALES):
        pictures = walked[name][f"{chosen_scale} side"]["pictures"]
        large = walked[name][f"{chosen_scale} enlarged"]
        for picture, enlarged in zip(pictures, large, strict=True):
            for part in ("file", "alt", "label", "caption"):
                assert enlarged[part] == picture[part], (name, chosen_scale)


# What is seen, pixel by pixel

SHOW = """async ([scale, view, share]) => {
  const comparer = document.querySelector('.comparer');
  const set = (name, value) => comparer.querySelector(`[name=${name}][value=${value}]`).click();
  set('scale', scale);
  set('view', view);
  const range = comparer.querySelector('[type=range]');
  range.value = share;
  range.dispatchEvent(new Event('input', {bubbles: true}));
  const section = comparer.querySelector(`[data-scale=${scale}]`);
  const images = [...section.querySelectorAll('img')];
  await Promise.all(images.map(image => image.decode()));
  images[0].scrollIntoView({block: 'center'});
  const {x, y, width, height} = images[0].getBoundingClientRect();
  return {x, y, width, height};
}"""
DRAW = """async files => Promise.all(files.map(async ([file, width, height]) => {
  const image = new Image();
  image.src = file;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  return canvas.toDataURL();
}))"""


@dataclass(frozen=True)
class Pair:
    """Both pictures by themselves, drawn as large as they are seen, and what each view shows."""

    name: str
    scale: str
    correct: np.ndarray
    buggy: np.ndarray
    swipe: np.ndarray  # with the line at 30 %

    def __str__(self):
        return f"{self.name} {self.scale}"


def pixels(png):
    return imread(io.BytesIO(png))[..., :3] * 255


def look_at_pair(page, name, chosen_scale):
    def seen(chosen_view, share):
        clip = page.evaluate(SHOW, [chosen_scale, chosen_view, share])
        return pixels(page.screenshot(clip=clip))

    box = page.evaluate(SHOW, [chosen_scale, "swipe", 50])
    size = round(box["width"]), round(box["height"])
    ending = "-autoscale" if chosen_scale == "autoscale" else ""
    files = [[f"../../figures/{name}-{ink}{ending}.svg", *size] for ink in LABELS]
    drawn = page.evaluate(DRAW, files)
    correct, buggy = (pixels(base64.b64decode(url.partition(",")[2])) for url in drawn)
    return Pair(name, chosen_scale, correct, buggy, seen("swipe", 30))


@pytest.fixture(scope="module")
def pairs(chromium, host):
    found = []
    with opened(chromium, host) as page:
        for name in COMPARED[:2]:  # a pair that is equal, and one that is not
            page.goto(f"{host}functions/{name}/index.html")
            found += [look_at_pair(page, name, chosen_scale) for chosen_scale in SCALES]
    return found


def distance(a, b):
    high, wide = (min(sizes) for sizes in zip(a.shape[:2], b.shape[:2], strict=True))
    return np.abs(a[:high, :wide] - b[:high, :wide]).mean()


def assert_nearer(seen, own, other):
    """What is seen is the one picture, and not the other, unless they are equal."""
    apart = distance(own, other)
    assert distance(seen, own) <= max(0.25 * apart, 0.5)


def test_a_swipe_shows_the_right_picture_before_the_line_and_the_other_after_it(pairs):
    for pair in pairs:
        height, width = pair.swipe.shape[:2]
        left, right = slice(0, int(0.29 * width)), slice(int(0.31 * width), width)
        # below what the card leaves out, and above the handle of the slider
        above = slice(int(0.1 * height), int(0.4 * height))
        swipe, correct, buggy = (
            each[above] for each in (pair.swipe, pair.correct, pair.buggy)
        )
        assert_nearer(swipe[:, left], correct[:, left], buggy[:, left])
        assert_nearer(swipe[:, right], buggy[:, right], correct[:, right])


# What is seen first


def are_choices_last(page):
    """Whether one comes to the choices after the pictures, by eye and by keyboard."""
    order = page.locator(".comparer > :is(.choice, section)").evaluate_all(
        "parts => parts.map(part => part.localName)"
    )
    return order == ["section", "section", "div", "div"]


def test_a_phone_shows_one_picture_right_below_the_formula(visit):
    page = visit(PRODUCT, (390, 844))
    expect(view(page, "press")).to_be_checked()
    expect(links(page)).to_have_count(1)
    expect(links(page)).to_be_in_viewport(ratio=1)
    assert are_choices_last(page)


def test_a_wide_window_shows_both_pictures_below_the_choices(visit):
    page = visit(PRODUCT, DESK)
    assert_shown(page, "side", "autoscale")
    assert not are_choices_last(page)


# By touch, keyboard and mouse


def test_every_view_at_both_scales_by_touch(visit):
    page = visit(PRODUCT, has_touch=True)
    for chosen_scale in SCALES:
        scale(page, chosen_scale).tap()
        for chosen_view in ("swipe", "side"):
            view(page, chosen_view).tap()
            assert_shown(page, chosen_view, chosen_scale)
            assert_told(page)


def test_scale_and_view_by_keyboard(visit):
    page = visit(PRODUCT, DESK)
    tab_to(page, scale(page, "autoscale"))
    page.keyboard.press("ArrowRight")
    assert_shown(page, "side", "same")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(view(page, "press")).to_be_checked()
    for chosen_view in ("swipe", "side"):
        page.keyboard.press("ArrowRight")
        assert_shown(page, chosen_view, "same")
        assert_told(page)


def test_the_slider_by_keyboard(visit):
    page = visit(PRODUCT, DESK)
    view(page, "swipe").click()
    tab_to(page, slider(page))
    for key, value in (("Home", 0), ("ArrowRight", 1), ("End", 100), ("ArrowLeft", 99)):
        page.keyboard.press(key)
        expect(slider(page)).to_have_value(str(value))
    expect(page).to_have_url(re.compile("#compare=swipe,autoscale,99$"))


def test_the_slider_by_mouse(visit):
    page = visit(PRODUCT, DESK)
    view(page, "swipe").click()
    slider(page).evaluate("slider => slider.scrollIntoView({block: 'center'})")
    box = slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, middle, steps=5)
    page.mouse.up()
    assert 73 <= int(slider(page).input_value()) <= 77


def test_the_slider_by_touch(visit):
    page = visit(PRODUCT, has_touch=True)
    view(page, "swipe").tap()
    box = slider(page).bounding_box()
    slider(page).tap(position={"x": box["width"] * 0.25, "y": box["height"] - 3})
    assert 22 <= int(slider(page).input_value()) <= 28


# Its address


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
    for share in ("7", "100"):
        page.evaluate(f"location.hash = '#compare=swipe,autoscale,{share}'")
        expect(slider(page)).to_have_value(share)
        assert_shown(page, "swipe", "autoscale")
        assert_told(page)


@pytest.mark.parametrize("fragment", ["compare=swipe,same,101", "numbers"])
def test_another_fragment_changes_nothing(visit, fragment):
    page = visit(f"{PRODUCT}#{fragment}", DESK)
    assert_shown(page, "side", "autoscale")
    page.evaluate("location.hash = '#compare=swipe,same,20'")
    assert_shown(page, "swipe", "same")
    page.evaluate("fragment => { location.hash = fragment; }", fragment)
    page.wait_for_timeout(50)
    assert_shown(page, "swipe", "same")
    assert page.url.endswith(f"#{fragment}")


@pytest.mark.parametrize(
    ("anchor", "chosen_scale"),
    [("as-in-the-book", "autoscale"), ("same-scale", "same")],
)
def test_a_link_to_a_pair_shows_it(visit, anchor, chosen_scale):
    page = visit(f"{PRODUCT}#{anchor}")
    expect(scale(page, chosen_scale)).to_be_checked()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport(ratio=1)
    other_scale = "same" if chosen_scale == "autoscale" else "autoscale"
    page = visit(f"{PRODUCT}#compare=swipe,{other_scale},5")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate("anchor => { location.hash = anchor; }", anchor)
    expect(scale(page, chosen_scale)).to_be_checked()
    expect(page.locator(f"#{anchor}")).to_be_in_viewport(ratio=1)


def test_a_link_to_every_arrow_opens_the_table(visit):
    page = visit(PRODUCT, DESK)
    table = page.locator("#arrows")
    expect(table).to_be_hidden()
    page.get_by_role("link", name=word("arrows.link")).first.click()
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
    view(page, "swipe").click()
    scale(page, "same").click()
    expect(page).to_have_url(re.compile("#compare=swipe,same,50$"))
    page.go_back()
    assert page.url == host + "about/"
    page.go_forward()
    assert_shown(page, "swipe", "same")
    expect(page.locator(".share")).to_have_text(word("compare.range.swipe"))


def test_a_restored_choice_never_differs_from_what_is_shown(visit, host):
    page = visit(PRODUCT, DESK, fresh=True)
    view(page, "swipe").click()
    page.evaluate("location.hash = '#numbers'")
    page.goto(host + "about/")
    page.go_back()
    checked = next(name for name in VIEWS if view(page, name).is_checked())
    assert_shown(page, checked, "autoscale")


def test_a_link_followed_at_once_keeps_its_address(visit):
    page = visit(PRODUCT, DESK)
    view(page, "swipe").click()
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
    expect(page).to_have_url(re.compile("#compare=swipe,autoscale,79$"))
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
    assert_shown(page, "swipe", "autoscale")


def test_without_script_both_pairs_stand_below_their_headings(visit, host):
    page = visit(f"{PRODUCT}#compare=swipe,same,40", java_script_enabled=False)
    expect(page.locator(".comparer h2:visible")).to_have_count(2)
    expect(page.locator(".comparer img:visible")).to_have_count(4)
    expect(page.locator(".comparer .call:visible")).to_have_count(4)
    for role in ("radio", "slider", "button"):
        expect(page.get_by_role(role)).to_have_count(0)
    href = links(page).first.get_attribute("href")
    assert href.endswith("figures/product-buggy-autoscale.svg")


def test_where_one_picture_is_seen_that_one_is_told(visit):
    page = visit(f"{PRODUCT}#compare=press,autoscale,50", DESK)
    expect(links(page)).to_have_count(1)
    scale(page, "same").check()
    expect(links(page)).to_have_count(1)
    assert_told(page)
