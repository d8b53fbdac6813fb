"""What the playground says and draws of a function, against numbers of our own."""

import re

import numpy as np
import oracle
import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect
from reading.colours import ARROWS, INKS, as_computed
from reading.fields import stock_scale
from reading.svg import SIDE, read_axes
from reading.words import word

from tests.browser.playground import (
    ASKED,
    DOWNWARDS,
    HEADS,
    LOGARITHM,
    MEAN,
    PLAYGROUND,
    PRODUCT,
    READ,
    VIEWS,
    Asked,
    answer,
    ask,
    asking,
    assert_answered,
    assert_field,
    assert_says,
    at_work,
    expect_said,
    field,
    open_grid,
    read,
    sentence,
    unit_of_the_pair,
)

# The verdict of the page where it has one, by the kind of what is asked.
BADGES = {
    "nowhere": "blank",
    "parallel": "plausible",
    "without angle": "plausible",
    "flat": None,
    "vague": None,
}
# Why the call without .T does what it does, by the same.
REASONS = {"parallel": "plausible", "without angle": "plausible"}
LEFT_OUT = "caption.left"
INEXACT = "playground.inexact"


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


@pytest.fixture(scope="module")
def answers(page):
    """All questions, and all that the page shows of each."""
    return [(asked, ask(page, asked)) for asked in ASKED]


# The answer in words


def test_the_verdict_is_that_of_the_call_without_its_transposes(answers):
    for asked, shown in answers:
        assert shown["verdict"] == asked.verdict, str(asked)
        badge = BADGES.get(asked.kind, asked.kind)
        assert shown["badge"] == (word(f"verdict.name.{badge}") if badge else "")
        assert shown["kind"] == f"verdict {asked.verdict}"


def fact_of(kind, is_longer):
    """The key of the sentence that tells what came of the call."""
    with_length = {
        "scaled": "scaled",
        "plausible": "plausible",
        "parallel": "plausible_parallel",
    }
    if kind in with_length:
        return f"caption.{with_length[kind]}_{'longer' if is_longer else 'shorter'}"
    return f"caption.{'plausible_without_angle' if kind == 'without angle' else kind}"


def test_the_sentence_tells_what_came_of_the_call(answers):
    for asked, shown in answers:
        measured = asked.measured["columns"]
        n = len(asked.points)
        assert_says(shown["said"], "playground.call", count=n)
        ratio = measured.median_length_ratio or 1.0
        # What is counted: all arrows, or the wrong ones.
        counts = {"blank": n}
        assert_says(
            shown["said"],
            fact_of(asked.kind, is_longer=ratio > 1),
            count=counts.get(asked.kind, measured.wrong),
            arrows=n,
            drawn=measured.nonzero,
            wrong=measured.wrong,
            max_angle=measured.max_angle_deg,
            times=max(ratio, 1 / ratio),
        )


def test_in_a_window_the_plot_is_told_as_it_looks(page):
    shown = ask(page, MEAN, "window")
    assert_says(shown["said"], "caption.as_script.scaled_shorter", times=162)


def test_the_reason_is_that_of_the_verdict(answers):
    for asked, shown in answers:
        reason = REASONS.get(asked.kind, asked.kind)
        assert shown["why"] == sentence(f"playground.why.{reason}"), str(asked)


def test_what_is_amiss_with_both_transposes_is_told(answers):
    for asked, shown in answers:
        rows = asked.measured["rows"]
        left = int((~np.isfinite(asked.truth).all(axis=1)).sum())
        right = word("verdict.name.right") if marks_of(asked)["rows"] else ""
        mended = shown["mended"]
        assert mended.startswith(f"{right} {sentence('playground.mended')}".strip())
        for text in (shown["said"], mended):
            assert_says_or_not(text, LEFT_OUT, left=left, arrows=rows.arrows)
            assert_says_or_not(
                text, INEXACT, count=rows.wrong, arrows=rows.arrows, by=rows.max_error
            )


def assert_says_or_not(text, key, **values):
    """The text says it of so many points if there are any, and nothing of it otherwise."""
    count, *_ = values.values()
    if count:
        assert_says(text, key, **values)
    else:
        words = word(key)["other"] if key == INEXACT else word(key)
        *_, end = words.split("}")
        assert end.strip(" :,") not in text


# The pictures


def marks_of(asked):
    """✓ where all arrows are right and ✗ where some are wrong, without .T; none where h or a
    kink is to blame, or where the calls cannot be compared."""
    if BADGES.get(asked.kind, asked.kind) is None:
        return {"rows": "", "columns": ""}
    wrong = {layout: asked.measured[layout].wrong for layout in ("rows", "columns")}
    right, wrong_mark = word("pair.mark.correct"), word("pair.mark.buggy")
    return {
        "rows": "" if wrong["rows"] else right,
        "columns": right if wrong["columns"] == 0 else wrong_mark,
    }


def test_each_picture_stands_under_its_own_name_and_call(answers):
    call = word("pair.call")
    missing = word("pair.no_transpose").format(transpose=word("pair.transpose"))
    calls = {"rows": call, "columns": call.replace(".T", missing).strip()}
    for asked, shown in answers:
        names = dict(zip(("columns", "rows"), HEADS, strict=True))
        marks = marks_of(asked)
        for layout, picture in shown["pictures"].items():
            label = f"{marks[layout]} {names[layout]}".strip()
            assert picture["label"] == label, str(asked)
            assert picture["name"] == names[layout]
            assert picture["call"] == calls[layout]


def test_the_axes_are_named_in_the_middle_below_and_upright_at_the_left(answers):
    for _, shown in answers:
        for picture in shown["pictures"].values():
            first, second = picture["names"]
            assert first["text"] == "x0"
            assert (first["x"], first["turn"]) == (SIDE / 2, None)
            assert first["y"] > max(label["y"] for label in picture["numbers"])
            # Turned to the left, x counts downwards and y to the right.
            assert second["text"] == "x1"
            assert (second["x"], second["turn"]) == (-SIDE / 2, "rotate(-90)")
            assert second["y"] < min(label["x"] for label in picture["numbers"])


def test_every_arrow_of_a_picture_is_that_of_its_call(answers):
    for asked, shown in answers:
        for layout, picture in shown["pictures"].items():
            axes = read_axes(picture["lines"], picture["numbers"])
            unit = unit_of_the_pair(asked, axes)
            assert_field(picture, asked, asked.arrows[layout], unit)


def automatic_unit(points, arrows):
    """How long matplotlib draws an arrow of length 1 in a field, by its own scale."""
    is_finite = np.isfinite(arrows).any()
    return SIDE / stock_scale(points, arrows) if is_finite else 1.0


def test_a_way_to_draw_scales_and_turns_every_arrow(page):
    """Automatically each field has matplotlib's scale; as in the book it goes downhill, too."""
    for asked, views in [
        *((asked, ["window"]) for asked in (PRODUCT, MEAN, LOGARITHM, DOWNWARDS)),
        (PRODUCT, ["downhill"]),
        (MEAN, ["window", "downhill"]),
    ]:
        shown = ask(page, asked, *views)
        for layout, picture in shown["pictures"].items():
            sign = -1 if "downhill" in views else 1
            arrows = sign * asked.arrows[layout]
            if "window" in views:
                unit = automatic_unit(asked.points, arrows)
                assert_field(picture, asked, arrows, unit, "xy")
                continue
            axes = read_axes(picture["lines"], picture["numbers"])
            assert_field(picture, asked, arrows, unit_of_the_pair(asked, axes))


# Exchanged arguments give it other values everywhere, as they do not those above.
LOPSIDED = Asked("plausible", "x[0]**2 + 4 * x[1]", ["2 * x[0]", "4"])


def test_contours_join_points_where_f_is_equal(page):
    shown = ask(page, PRODUCT)
    assert [picture["contours"] for picture in shown["pictures"].values()] == ["", ""]
    for asked in (PRODUCT, ASKED[0], DOWNWARDS, LOPSIDED):
        assert_contours(asked, ask(page, asked, "contours"))


def assert_contours(asked, shown):
    correct, buggy = shown["pictures"].values()
    assert buggy["contours"] == correct["contours"]
    places = np.array(re.findall(r"[ML](\d+),(\d+)", correct["contours"]), dtype=float)
    assert (places.min(axis=0) < 0.05 * SIDE).all(), "contours end before the frame"
    assert (places.max(axis=0) > 0.95 * SIDE).all(), "contours end before the frame"
    points = read_axes(correct["lines"], correct["numbers"]).point(places)
    heights = np.array([asked.f(point) for point in points])
    starts, ends = heights[::2], heights[1::2]
    levels = np.sort(heights)
    apart = np.ptp(heights) / 9  # of ten levels
    groups = np.split(levels, np.flatnonzero(np.diff(levels) > apart / 2) + 1)
    assert len(groups) == 10
    middles = [np.median(group) for group in groups]
    assert max(map(np.ptp, groups)) < apart / 20, "a contour leaves its height"
    assert np.abs(starts - ends).max() < apart / 20
    np.testing.assert_allclose(np.diff(middles), apart, rtol=0.02)


def test_a_way_to_draw_is_ticked_by_its_own_words(page):
    for view, label in VIEWS.items():
        by_address = ask(page, PRODUCT, "window", view)["pictures"]
        plain = ask(page, PRODUCT, "window")["pictures"]
        page.get_by_label(label, exact=True).check()
        by_hand = read(page)["pictures"]
        assert by_hand == by_address
        assert by_hand != plain


TYPED = {"start": "-1", "stop": "3", "step": "0.5", "h": "0.001"}


def test_a_grid_and_a_step_are_typed_where_their_words_stand(page):
    ask(page, PRODUCT)
    open_grid(page)
    for name, value in TYPED.items():
        page.get_by_label(word(f"playground.grid.{name}"), exact=True).fill(value)
    cubic = Asked("sparse", "x[0]**3", ["3 * x[0]**2", "0"], (-1.0, 3.0, 0.5), 1e-3)
    field(page).fill(cubic.text)
    shown = read(page)
    for name, value in TYPED.items():
        assert shown["fields"][name] == value
    for layout, picture in shown["pictures"].items():
        axes = read_axes(picture["lines"], picture["numbers"])
        unit = unit_of_the_pair(cubic, axes)
        assert_field(picture, cubic, cubic.arrows[layout], unit)


def test_the_right_field_is_blue_and_the_other_orange(page):
    ask(page, PRODUCT)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        shown = page.evaluate(READ)
        for layout, role in (("rows", "correct"), ("columns", "buggy")):
            picture = shown["pictures"][layout]
            colour = as_computed(ARROWS[theme][role])
            assert picture["colour"] == picture["dotColour"] == colour
            assert picture["marks"] == [as_computed(INKS[theme][role])]
        assert shown["badgeColour"] == as_computed(INKS[theme]["buggy"])
    page.emulate_media(color_scheme="light")


# Where they stand, and how large


SHAFT = 0.0045 * SIDE  # of an arrow, in units of the drawing


def test_dots_do_not_touch_and_arrows_are_wide_enough_on_any_grid(visit):
    for step in (0.25, 0.05):
        page = visit(f"{PLAYGROUND}#step={step}&lengths=on", DESK)
        assert_answered(page, "sparse")
        assert_dots_apart_and_arrows_wide(page)


def assert_dots_apart_and_arrows_wide(page):
    dots = page.locator(".buggy .dots")
    width = float(
        dots.evaluate("path => parseFloat(getComputedStyle(path).strokeWidth)")
    )
    first, second = re.findall(r"M(\d+) \d+h0", dots.get_attribute("d"))[:2]
    assert 0.2 < width / (int(second) - int(first)) < 0.5
    arrows = page.locator(".buggy .arrows")
    units = arrows.evaluate("path => path.getScreenCTM().a")
    assert SHAFT * units > 0.8  # pixels


GRIDS = [(-2, 2.5, 0.25), (-5000, 5000, 500), (100, 102, 0.25), (-0.001, 0.001, 1e-4)]
CUT_OFF = """() => [...document.querySelectorAll('.picture > svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('.numbers text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left || box.right > frame.right
      || box.bottom > frame.bottom + 1.5);  // Firefox leaves room below a line of text
  }).map(text => text.textContent);
})"""


def test_no_number_of_an_axis_is_cut_off(visit):
    for start, stop, step in GRIDS:
        page = visit(asking("x[0]", f"&start={start}&stop={stop}&step={step}"))
        assert_answered(page, "sparse")
        assert page.locator(".buggy .numbers g text").count() > 4
        for size in (PHONE, DESK):
            page.set_viewport_size(viewport(size))
            assert page.evaluate(CUT_OFF) == [], (start, stop, step)


# Of each picture that is seen: how large its letters are on the screen, and which numbers
# below its axes touch the next one.
LETTERS = """() => [...document.querySelectorAll('.picture > svg')]
  .filter(svg => svg.checkVisibility()).map(svg => {
    const letters = svg.querySelector('.numbers');
    const size = parseFloat(getComputedStyle(letters).fontSize) * svg.getScreenCTM().a;
    const numbers = [...letters.querySelectorAll('g > [text-anchor=middle]')];
    const boxes = numbers.map(number => number.getBoundingClientRect());
    const touching = numbers.filter((_, k) => boxes[k].right + 2 > boxes[k + 1]?.left);
    return {size, touching: touching.map(number => number.textContent)};
  })"""


def test_numbers_of_the_axes_are_large_enough_and_apart_at_any_width(visit):
    for start, stop, step in GRIDS:
        page = visit(asking("x[0]", f"&start={start}&stop={stop}&step={step}"))
        assert_answered(page, "sparse")
        for size in (PHONE, DESK, (744, 1133), PHONE):
            page.set_viewport_size(viewport(size))
            page.wait_for_timeout(
                100
            )  # the letters follow before the next frame is shown
            for letters in page.evaluate(LETTERS):
                assert letters["size"] >= 10.99, (start, size)
                assert letters["touching"] == [], (start, size)


def test_a_phone_shows_one_picture_and_the_words_of_its_call(visit):
    page = visit(asking("np.sqrt(x[0]) * np.abs(x[1])"))
    switch = page.locator(".switch button")
    call = page.locator(".switch .call")
    label = page.locator(".picture > .label:visible > [data-usual]")
    expect(label).to_have_text(HEADS[0])
    expect(answer(page)).to_be_visible()
    expect(page.locator(".why")).to_be_visible()
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    expect(label).to_have_text(HEADS[1])
    assert call.inner_text() == word("pair.call")
    expect_said(page.locator(".mended"), LEFT_OUT)
    expect(answer(page)).to_be_hidden()
    expect(page.locator(".why")).to_be_hidden()
    field(page).fill("sin(")  # the last answer is not that of this text
    expect(page.locator(".mended")).to_be_hidden()


def test_a_phone_keeps_its_switch_beside_contours(visit):
    page = visit(PLAYGROUND)
    contours = page.get_by_label(VIEWS["contours"])
    box = contours.bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE[0]
    contours.check()
    expect(page.locator(".buggy > svg .contours")).to_be_visible()
    page.locator(".switch button").click()
    expect(page.locator(".correct > svg .contours")).to_be_visible()
    expect(page.locator(".buggy > svg")).to_be_hidden()


def test_a_function_that_is_finite_nowhere_leaves_room_but_no_empty_plot(visit):
    nowhere = "np.log(-np.sum(x**2))"
    page = visit(asking(nowhere))
    expect(answer(page)).to_contain_text(word("playground.problem.truth"))
    expect(page.locator(".pictures")).to_be_hidden()
    field(page).fill("x[0]")
    expect(page.locator(".pictures")).to_be_visible()
    field(page).fill(nowhere)
    assert_answered(page, "")
    expect(page.locator(".pictures")).to_be_visible()  # nothing below it moves
    assert page.locator(".together").bounding_box() is None


# The arithmetic of the page: unit/test_javascript.py asks node of every function

MEASURED = """all => all.map(({text, grid, points}) => ({
  ...gradviz.measure(text, grid), truth: points.map(gradviz.parse(text).gradient)
}))"""


@pytest.fixture(scope="module")
def measured(page):
    """One function of each verdict, with what the browser makes of it."""
    of_verdict = {
        function.verdict: function for function in oracle.functions().values()
    }
    functions = list(of_verdict.values())
    questions = [
        {
            "text": function.spelling,
            "grid": dict(zip(("start", "stop", "step"), function.grid, strict=True)),
            "points": function.points.tolist(),
        }
        for function in functions
    ]
    return list(zip(functions, page.evaluate(MEASURED, questions), strict=True))


CLOSE = {
    "max_error": {"abs": 1e-8, "rel": 1e-6},
    "median_length_ratio": {"abs": 0, "rel": 1e-6},
    "max_angle_deg": {"abs": 1e-5, "rel": 1e-6},
}


def test_the_browser_measures_what_is_so(measured):
    assert len(measured) > 4
    for function, result in measured:
        truth = result["truth"]
        np.testing.assert_allclose(truth, function.truth, rtol=1e-9, atol=1e-9)
        for layout in oracle.LAYOUTS:
            expected = function.measured(layout)
            assert set(result[layout]) == set(oracle.STATISTICS)
            for statistic, figure in result[layout].items():
                value = getattr(expected, statistic)
                if statistic in CLOSE and value is not None:
                    value = pytest.approx(value, **CLOSE[statistic])
                assert figure == value, f"{statistic} of {function.name}"
