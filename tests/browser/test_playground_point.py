"""The point of the playground that is read out: by pointer, touch and keys, of both calls."""

import re

import numpy as np
import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect
from reading.numbers import numbers
from reading.svg import read_axes
from reading.words import said, word

from tests.browser.playground import (
    ASKED,
    DOWNWARDS,
    HEADS,
    PLAYGROUND,
    PRODUCT,
    READ,
    answer,
    ask,
    assert_answered,
    at_work,
    field,
    heard,
    open_grid,
    point_read_out,
    verdict,
)


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


def assert_read_out(shown, asked, k):
    """The table tells of the k-th point, and the rings stand around it."""
    got_rows, got, gave_rows, gave, arrow_rows, arrow = shown["cells"]
    assert numbers(got) == pytest.approx(asked.points[k], abs=1e-12)
    for line, x in zip(got_rows.splitlines(), asked.points.T, strict=True):
        is_cut = len(x) > 4
        written = [x[0], x[1], x[-1]] if is_cut else x
        assert numbers(line) == pytest.approx(written, abs=1e-12)
        assert ("…" in line) == is_cut
    assert numbers(gave) == pytest.approx(
        [asked.f(asked.points[k])], rel=1e-5, nan_ok=True
    )
    assert_arrow(arrow, asked.arrows["rows"][k])
    if asked.kind == "raises":
        assert gave_rows == word("verdict.name.raises")
        assert arrow_rows == ""
    else:
        values = [asked.f(x) for x in asked.points.T]
        assert numbers(gave_rows) == pytest.approx(values, rel=1e-5, nan_ok=True)
        assert_arrow(arrow_rows, asked.arrows["columns"][k])
    for picture in shown["pictures"].values():
        axes = read_axes(picture["lines"], picture["numbers"])
        ring = re.fullmatch(r"translate\((\d+),(\d+)\)", picture["ring"])
        place = axes.place(asked.points[[k]])[0]
        assert np.abs(np.array(ring.groups(), dtype=float) - place).max() < 1.5


def assert_arrow(text, arrow):
    assert numbers(text) == pytest.approx(arrow, rel=1e-3, abs=1e-9, nan_ok=True)


def test_a_point_is_read_out_of_both_calls(page):
    for asked in ASKED:
        shown = ask(page, asked)
        assert shown["heads"] == HEADS
        assert shown["labels"] == word("playground.readout")
        with np.errstate(all="ignore"):
            point = numbers(shown["cells"][1])
            k = int(np.abs(asked.points - point).sum(axis=1).argmin())
            assert_read_out(shown, asked, k)


def point_at(page, shown, asked, k, aside=0):
    """Move the pointer over the k-th point of the first picture, or a few pixels aside."""
    picture = shown["pictures"]["rows"]
    axes = read_axes(picture["lines"], picture["numbers"])
    place = axes.place(asked.points[[k]])[0].tolist()
    x, y = page.evaluate(
        """([x, y]) => {
          const svg = document.querySelector('.picture.correct > svg');
          const place = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());
          return [place.x, place.y];
        }""",
        place,
    )
    page.mouse.move(x + aside, y)


def test_a_pointer_and_the_arrow_keys_choose_the_point_that_is_read_out(page):
    for asked in (PRODUCT, DOWNWARDS):
        assert_chosen_by_hand(page, asked)


def assert_chosen_by_hand(page, asked):
    shown = ask(page, asked)
    page.locator(".pictures").scroll_into_view_if_needed()
    x0, x1 = asked.points[len(asked.points) // 2 + 3]
    step = abs(asked.grid[2])

    def nearest(*point):
        return int(np.abs(asked.points - point).sum(axis=1).argmin())

    point_at(page, shown, asked, nearest(x0, x1))
    assert_read_out(page.evaluate(READ), asked, nearest(x0, x1))
    page.locator(".pictures").focus()
    for key, right, up in (
        ("ArrowRight", step, 0),
        ("ArrowUp", 0, step),
        ("ArrowLeft", -step, 0),
        ("ArrowDown", 0, -step),
    ):
        page.keyboard.press(key)
        x0, x1 = x0 + right, x1 + up
        assert_read_out(page.evaluate(READ), asked, nearest(x0, x1))


def test_a_pointer_that_stays_at_a_point_reads_it_out_once(page):
    shown = ask(page, PRODUCT)
    page.locator(".pictures").scroll_into_view_if_needed()
    point_at(page, shown, PRODUCT, 0)
    read_out = page.locator(".picture.correct .here")
    elsewhere = "translate(1)"
    read_out.evaluate(
        "(ring, place) => ring.setAttribute('transform', place)", elsewhere
    )
    point_at(page, shown, PRODUCT, 0, aside=2)
    expect(read_out).to_have_attribute("transform", elsewhere)
    point_at(page, shown, PRODUCT, 1)
    expect(read_out).not_to_have_attribute("transform", elsewhere)


def test_an_arrow_that_is_drawn_downhill_is_read_out_downhill(page):
    shown = ask(page, PRODUCT, "downhill")
    page.locator(".pictures").scroll_into_view_if_needed()
    origin = int(np.abs(PRODUCT.points).sum(axis=1).argmin())
    point_at(page, shown, PRODUCT, origin)
    assert page.evaluate(READ)["cells"][-1] == "[0, 0]"  # and not minus zero
    point_at(page, shown, PRODUCT, 0)
    *_, arrow_rows, arrow = page.evaluate(READ)["cells"]
    assert_arrow(arrow, -PRODUCT.arrows["rows"][0])
    assert_arrow(arrow_rows, -PRODUCT.arrows["columns"][0])


# As a reader meets it


def bottom(box):
    return box["y"] + box["height"]


LINES = """cell => {
  const range = document.createRange();
  range.selectNodeContents(cell);
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}"""


def test_the_read_out_fits_beside_or_below_the_plot(visit):
    page = visit(PLAYGROUND)
    for size in (PHONE, DESK):
        page.set_viewport_size(viewport(size))
        for text in ("x[0] * x[1]", "np.sin(x[0] * x[1])", "np.exp(-np.sum(x**2))"):
            field(page).fill(text)
            expect(verdict(page)).not_to_have_attribute("data-verdict", "")
            box = page.locator(".readout").locator("..")
            assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0, text
            rows = page.locator(".readout tbody tr:first-child td").first
            assert rows.evaluate(LINES) == 2


def test_a_desk_shows_a_point_beside_the_pictures(visit):
    page = visit(PLAYGROUND, DESK)
    pictures = page.locator(".pictures").bounding_box()
    read_out = page.locator(".trial .together").bounding_box()
    assert read_out["x"] > pictures["x"] + pictures["width"]
    assert pictures["y"] <= read_out["y"]
    # Nothing that stands below the pictures is covered. Browsers round the heights of lines.
    assert bottom(read_out) < bottom(page.locator(".trial .pair").bounding_box()) + 8


def test_a_touch_reads_a_point(visit):
    page = visit(PLAYGROUND, has_touch=True)
    assert_answered(page, "sparse")
    box = page.locator(".picture > svg:visible").bounding_box()
    expect(point_read_out(page)).to_have_text("[1, 0.75]")
    page.touchscreen.tap(box["x"] + 0.3 * box["width"], box["y"] + 0.5 * box["height"])
    expect(point_read_out(page)).not_to_have_text("[1, 0.75]")


def test_keys_read_the_next_point_and_stop_at_the_border(visit):
    page = visit(PLAYGROUND)
    assert_answered(page, "sparse")
    page.locator(".pictures").focus()
    for key, point in (("ArrowRight", "[1.25, 0.75]"), ("ArrowUp", "[1.25, 1]")):
        page.keyboard.press(key)
        expect(point_read_out(page)).to_have_text(point)
    for _ in range(8):
        page.keyboard.press("ArrowUp")
    expect(point_read_out(page)).to_have_text("[1.25, 2.25]")
    expect(heard(page)).to_contain_text(word("playground.readout")[-1])


def test_the_point_that_is_read_stays_on_another_grid(visit):
    page = visit(PLAYGROUND)
    expect(point_read_out(page)).to_have_text("[1, 0.75]")
    open_grid(page)
    page.locator("[name=step]").fill("0.125")
    expect(answer(page)).to_contain_text(said("playground.call", count="1,296"))
    expect(point_read_out(page)).to_have_text("[1, 0.75]")
