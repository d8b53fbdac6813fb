"""The playground: a reader's function measured, drawn, explained and mended as it is typed."""

import itertools
import json
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from contextlib import ExitStack
from functools import cache, partial
from urllib.parse import quote, unquote

import numpy as np
import pytest
from playwright.sync_api import expect

from gradviz_core import FUNCTIONS, Grid, Layout, measure, parse_spelling
from gradviz_core.words import WORDS

SIZES = PHONE, _, DESK = (390, 664), (768, 1024), (1280, 800)
PAGE = "playground/index.html"
SHAPES = """() => [...document.querySelectorAll('.picture > svg')].map(svg => Object.fromEntries(
  ['arrows', 'dots', 'contours'].map(name => [name, svg.querySelector('.' + name).getAttribute('d')])
))"""
# How long each piece of work lasts, in milliseconds: what a keystroke does at once, and what it
# leaves for as soon as there is time.
TIMED = """
const slices = window.slices = [], later = setTimeout;
const timed = work => { const start = performance.now(); work(); slices.push(performance.now() - start); };
window.setTimeout = (work, pause) => later(pause ? work : () => timed(work), pause);
let typed;
addEventListener('input', () => { typed = performance.now(); }, true);
addEventListener('input', () => slices.push(performance.now() - typed));
"""
SLICES = "slices.splice(0)"  # since they were last asked for
ACKLEY = FUNCTIONS["ackley"].spelling


@pytest.fixture(scope="module")
def opened(browser, watch):
    """A page of a size, and its complaints; opened once, since opening takes longer than a test."""
    with ExitStack() as stack:

        def opened(size):
            page, complaints = stack.enter_context(watch(stack.enter_context(browser(size))))
            page.add_init_script(TIMED)
            return page, complaints

        opened.again = cache(opened)
        yield opened


@pytest.fixture
def visit(opened, resize, host):
    """Open the playground; whatever the page says on its console is a fault."""
    said = []

    def visit(state="", size=PHONE, address=host, changed=False):
        # What a test changes for good, it changes on a page of its own.
        page, complaints = (opened if changed else opened.again)(size)
        said.append(complaints)
        page.bring_to_front()
        page.goto("about:blank")
        page.mouse.move(0, 0)
        resize(page, size)
        page.goto(f"{address}{PAGE}{state}")
        return page

    yield visit
    told = [complaint for complaints in said for complaint in complaints]
    for complaints in said:
        complaints.clear()
    assert not told


def field(page):
    return page.locator("#spelling")


def verdict(page):
    return page.locator("#verdict")


def seen(page):
    return page.locator("#verdict p").first


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def mend(page):
    return page.locator("[name=mend]")


def assert_answered(page, name):
    # Looks more often than expect does.
    page.locator(f"#verdict[data-verdict='{name}']").wait_for(state="attached")


def state(text):
    return f"#f={quote(text)}"


def type_over(page, name, value):
    page.locator(f"[name={name}]").press(
        "Control+a"
    )  # fill is lost on a field of numbers in Firefox
    page.keyboard.type(value)


def python(text, *grid):
    f = parse_spelling(text)
    return [measure(f, Grid(*grid), layout) for layout in Layout]


def drawn(path):
    return path.count("M")


# What is answered


def test_every_function_of_the_site_has_its_verdict(visit):
    page = visit()
    for function in FUNCTIONS.values():
        page.evaluate(
            "grid => { for (const k in grid) document.querySelector(`[name=${k}]`).value = grid[k]; }",
            vars(function.grid),
        )
        field(page).fill(function.spelling)
        columns = measure(function, function.grid, Layout.COLUMNS)
        assert_answered(page, columns.verdict)
        expect(seen(page)).to_contain_text(WORDS["verdict"]["name"][columns.verdict])
        expect(seen(page)).to_contain_text(f"f gets {columns.arrows} numbers instead of two")


def test_the_function_to_start_from_that_is_shown_is_in_sight(visit):
    for text in ("np.prod(x)", "x[0]**2 + x[1]**2", "x[0] * x[1]"):
        starter = visit(state(text)).locator("[name=starter][aria-current=true]")
        expect(starter).to_have_text(text)
        expect(starter).to_be_in_viewport(ratio=1)


def test_both_fields_are_drawn_and_explained(visit):
    page = visit()
    for text in ("x[0] * x[1]", "np.sum(x**2)", "np.prod(x)", "np.mean(x**2)"):
        field(page).fill(text)
        rows, columns = python(text)
        assert_answered(page, columns.verdict)
        why = WORDS["playground"]["why"][columns.verdict].format(arrows=columns.arrows)
        expect(page.locator(".why")).to_have_text(why)
        for shape, measured in zip(page.evaluate(SHAPES), (rows, columns), strict=True):
            dots = measured.arrows - measured.nonzero
            assert (drawn(shape["arrows"]), drawn(shape["dots"])) == (measured.nonzero, dots), text


def test_what_is_no_number_is_not_said_to_have_length_zero(visit):
    page = visit()
    for text in ("np.log(x[0])", "x[0]**x[1]", "np.sqrt(x[0] + 2)"):
        field(page).fill("x[0]")
        assert_answered(page, "sparse")
        field(page).fill(text)
        _, columns = python(text)
        assert columns.verdict == "blank"
        assert not np.isfinite(columns.gradient).all()
        assert_answered(page, "blank")
        told = WORDS["caption"]["nowhere"].format(arrows=columns.arrows)
        expect(seen(page)).to_contain_text(told)
        why = WORDS["playground"]["why"]["nowhere"].format(arrows=columns.arrows)
        expect(page.locator(".why")).to_have_text(why)


def tips(path):
    """Where each arrow goes, as a vector in units of the drawing, downwards as in SVG."""
    return np.array(
        [p.split(",") for p in re.findall(r"M\d+ \d+l(-?\d+,-?\d+)m", path)], float
    ).reshape(-1, 2)


def test_the_views_of_a_field(visit):
    page = visit(state("np.mean(x**2)"), DESK)
    assert_answered(page, "scaled")
    lengths = [np.hypot(*tips(shape["arrows"]).T).max(initial=0) for shape in page.evaluate(SHAPES)]
    assert lengths[1] < lengths[0] / 50
    page.get_by_label("Automatic scale").check()
    assert_answered(page, "scaled")
    automatic = page.evaluate(SHAPES)
    assert min(len(tips(shape["arrows"])) for shape in automatic) > 300  # the rest are specks
    np.testing.assert_allclose(*[tips(s["arrows"]) for s in automatic], atol=2)
    page.get_by_label("Downhill").check()
    assert_answered(page, "scaled")
    down = page.evaluate(SHAPES)
    np.testing.assert_allclose(tips(down[0]["arrows"]), -tips(automatic[0]["arrows"]), atol=1)
    assert not any(shape["contours"] for shape in down)
    page.get_by_label("Contours of f").check()
    assert_answered(page, "scaled")
    correct, buggy = page.evaluate(SHAPES)
    assert drawn(correct["contours"]) > 100
    assert buggy["contours"] == correct["contours"]


def test_contours_keep_off_what_is_not_finite(visit):
    page = visit(state("np.log(x[0]) + 1 / x[1]") + "&contours=on")
    assert_answered(page, "blank")
    contours = page.evaluate(SHAPES)[0]["contours"]
    assert drawn(contours) > 10
    assert set(contours) <= set("ML0123456789,-")
    # On this grid one column of what is computed lies on the pole, in the middle.
    page.goto(page.url.partition("#")[0] + state("1 / x[0]") + "&stop=2.25&contours=on")
    assert_answered(page, "sparse")
    places = [int(x) for x in re.findall(r"[ML](\d+),", page.evaluate(SHAPES)[0]["contours"])]
    assert len(places) > 100
    assert min(abs(x - 4500) for x in places) > 145


@pytest.mark.parametrize("step", [0.25, 0.1, 0.05])
def test_on_a_close_grid_no_two_dots_touch(visit, step):
    page = visit(f"#step={step}")
    assert_answered(page, "sparse")
    dots = page.locator(".buggy svg path").last
    width = float(dots.evaluate("dots => getComputedStyle(dots).strokeWidth.replace('px', '')"))
    first, second = re.findall(r"M(\d+) \d+h0", dots.get_attribute("d"))[:2]
    assert 0.2 < width / (int(second) - int(first)) < 0.5


@pytest.mark.parametrize("step", [0.25, 0.05])
def test_an_arrow_is_wide_enough_to_see_on_any_grid(visit, step):
    page = visit(f"#step={step}&autoscale=on", DESK)
    assert_answered(page, "sparse")
    arrows = page.locator(".buggy .arrows")
    width = float(arrows.evaluate("path => getComputedStyle(path).strokeWidth.replace('px', '')"))
    assert width * arrows.evaluate("path => path.getScreenCTM().a") > 0.8


def test_contours_join_points_where_f_is_equal(visit):
    page = visit(state("x[0] - 2 * x[1]") + "&contours=on", DESK)
    assert_answered(page, "sparse")
    path = page.evaluate(SHAPES)[0]["contours"]
    ends = np.array(re.findall(r"[ML](\d+),(\d+)", path), float)
    margin = 1.25 * 1.1 * 0.25  # around the default grid
    x = ends / 9000 * (4.25 + 2 * margin) - (2 + margin)
    heights = x[:, 0] + 2 * x[:, 1]  # the second axis points down, from the other end
    heights += 2 * (2 + margin) - 2 * (2.25 + margin)
    levels = np.unique(heights.round(1))
    assert len(levels) == 10
    np.testing.assert_allclose(np.diff(levels), np.diff(levels).mean(), atol=0.11)
    starts, stops = heights[::2], heights[1::2]
    np.testing.assert_allclose(starts, stops, atol=2e-3)  # as whole numbers allow


def test_rounding_is_not_blamed_on_the_call(visit):
    page = visit()
    why = {
        ("np.sum(x**2)", "1e-12"): "vague", ("np.sum(x**2)", "1e-14"): "vague",
        ("np.sum(np.cos(x))", "1e-11"): "vague", ("np.sum(np.abs(x))", "1e-12"): "vague",
        ("np.sum(x)", "1e-12"): "vague", ("x[0] * x[1]", "1e-12"): "sparse",
        ("np.mean(x**2)", "1e-9"): "scaled", ("x[0]**x[1] * np.sum(x)", "1e-4"): "nowhere",
    }  # fmt: skip
    for (text, h), cause in why.items():
        page.goto(f"{page.url.partition('#')[0]}{state(text)}&h={h}")
        words = WORDS["playground"]["why"][cause].replace("{arrows}", "324")
        expect(page.locator(".why")).to_have_text(words)


def test_a_coarse_step_is_told_beside_the_mistake(visit):
    page = visit(state("np.sin(x[0] * x[1])") + "&h=0.1")
    expect(seen(page)).to_contain_text("322 of 324 arrows have length zero. Even with .T, 323")
    page.goto(page.url.partition("#")[0] + state("x[0] * x[1]") + "&h=1e-20")
    expect(page.locator(".why")).to_have_text(WORDS["playground"]["why"]["vague"])


def test_the_read_out_fits_beside_or_below_the_plot(visit, resize):
    page = visit()
    texts = ("x[0] * x[1]", "np.sin(x[0] * x[1])", "np.exp(-np.sum(x**2))")
    for size, text in itertools.product((PHONE, DESK), texts):
        resize(page, size)
        field(page).fill(text)
        expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
        first, second = page.locator(".readout tbody tr:first-child td").all_inner_texts()
        assert (first, second) == ("[1, 0.75]", "[−2, −1.75, …, 2.25]\n[−2, −2, …, 2.25]")
        box = page.locator(".readout").locator("..")
        assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0, text
        cell = page.locator(".readout tbody tr:first-child td").last
        assert cell.evaluate("cell => { const r = document.createRange(); "
                             "r.selectNodeContents(cell); return new Set([...r.getClientRects()].map(b => Math.round(b.top))).size; }") == 2  # fmt: skip


def test_another_grid_and_step(visit):
    page = visit(state("x[0] * x[1]"))
    page.get_by_text("More: grid and step").click()
    for name, value in (("start", "-1"), ("stop", "1.1"), ("step", "0.5"), ("h", "0.001")):
        type_over(page, name, value)
    expect(seen(page)).to_contain_text("23 of 25 arrows have length zero")
    page.locator("[name=stop]").press("Control+a")
    page.keyboard.press("Delete")
    expect(seen(page)).to_contain_text("This grid cannot be drawn")
    beside = page.locator(".grid + p")  # on a phone the answer is far above the fields
    expect(beside).to_contain_text("This grid cannot be drawn")
    expect(page.locator("#problem")).to_be_hidden()
    type_over(page, "stop", "-0.9")
    assert_answered(page, "raises")
    expect(beside).to_be_empty()


def test_one_number_is_not_said_to_be_numbers(visit):
    page = visit(state("np.sum(x)") + "&start=1&stop=2&step=1")
    expect(seen(page)).to_contain_text("f gets one number instead of two")


def test_a_link_with_a_grid_at_fault_opens_its_fields(visit):
    page = visit(state("x[0]") + "&start=3&stop=1")
    expect(page.get_by_label("to, not included")).to_be_visible()
    expect(page.locator(".grid + p")).to_contain_text("This grid cannot be drawn")
    page = visit(state("x[0] +"))
    assert_answered(page, "")
    expect(page.get_by_label("to, not included")).to_be_hidden()


GRIDS = [
    (-2, 2.5, 0.25),
    (-5000, 5000, 500),
    (100, 102, 0.25),
    (-0.001, 0.001, 1e-4),
    (-100, 101, 10),
]
CUT = """() => [...document.querySelectorAll('.picture > svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('.numbers text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom);
  }).map(text => text.textContent);
})"""


def test_no_number_of_an_axis_is_cut_off(visit, resize):
    page = visit()
    address = page.url
    for start, stop, step in GRIDS:
        page.goto("about:blank")
        page.goto(f"{address}{state('x[0]')}&start={start}&stop={stop}&step={step}")
        assert_answered(page, "sparse")
        numbers = page.locator(".buggy .numbers g text").all_text_contents()
        assert any(text.startswith("−") for text in numbers) == (start < 0), start
        for size in (PHONE, DESK):
            resize(page, size)
            assert page.evaluate(CUT) == [], (start, stop, step)


def test_what_is_flat_is_not_explained_by_its_spelling(visit):
    page = visit()
    for text in ("5", "np.sign(x[0])", "1e-9 * x[0] * x[1]"):
        field(page).fill("x[0]")
        assert_answered(page, "sparse")
        field(page).fill(text)
        assert_answered(page, "hidden")
        expect(page.locator(".why")).to_contain_text("f is flat here")
        expect(page.locator("#verdict b")).to_be_hidden()  # nothing is hidden by a spelling
        expect(seen(page)).to_contain_text("No slope of f is larger than a millionth")
        largest = abs(np.nan_to_num(python(text)[0].truth)).max()
        assert largest < 1e-6


def test_an_empty_field_leaves_no_room_for_a_point(visit):
    page = visit()
    field(page).fill("")
    expect(page.locator("#verdict")).to_contain_text("Something is missing here")
    assert page.locator(".trial .together").bounding_box() is None


def test_what_rounding_decides_has_no_verdict_for_its_readers(visit):
    page = visit()
    expect(page.locator("#verdict b")).to_have_text("Sparse", ignore_case=True)
    for text, verdict in (("np.sum(x**2) + 1e9", "scaled"), ("np.sum(x**2) + 1e10", "plausible")):
        field(page).fill(text)
        assert_answered(page, verdict)
        expect(page.locator(".why")).to_contain_text("the two cannot be compared")
        expect(page.locator("#verdict b")).to_be_hidden()
        assert "NaN" not in str(page.evaluate(SHAPES))


def test_what_is_low_and_yet_right_is_explained_by_its_spelling(visit):
    # Its slopes are hundreds of times what the verdict lets pass.
    page = visit(state("1e-4 * np.sum(x**2)"))
    assert_answered(page, "hidden")
    expect(page.locator(".why")).to_contain_text("by the way f is spelled")
    expect(page.locator("#verdict p").first).to_contain_text("The mistake does not show.")


def test_numbers_are_written_as_the_build_writes_them(visit):
    page = visit(state("np.exp(-np.sum(x**2))"))
    expect(seen(page)).to_contain_text("3.20 × 10²³⁷ times too short")
    expect(page.locator(".readout")).to_contain_text("× 10⁻²³⁹")
    page.goto(page.url.partition("#")[0] + state("x[0] * x[1]") + "&start=100&stop=102&step=0.25")
    expect(page.locator(".readout")).to_contain_text("[100, 100.25, …, 101.75]")
    page.goto(page.url.partition("#")[0] + state("np.log(x[0])"))
    expect(page.locator(".readout")).to_contain_text("nan")


def test_a_phone_keeps_its_switch_beside_contours(visit):
    page = visit()
    box = page.get_by_label("Contours of f").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE[0]
    page.get_by_label("Contours of f").check()
    expect(page.locator(".buggy > svg .contours")).to_be_visible()
    page.locator(".switch button").click()
    expect(page.locator(".correct > svg .contours")).to_be_visible()
    expect(page.locator(".buggy > svg")).to_be_hidden()


def test_nothing_is_taken_from_what_cannot_be_read(visit):
    page = visit()
    for name, text in (("f", "x[0] * foo("), ("step", "0"), ("h", "-1")):
        page.goto(page.url.partition("#")[0] + f"#{name}={quote(text)}")
        expect(field(page)).to_have_attribute("aria-invalid", "true")
        for label in WORDS["playground"]["takes"].values():
            expect(button(page, label)).to_be_disabled()
    page.goto(page.url.partition("#")[0] + "#f=x[0]")
    expect(button(page, WORDS["playground"]["takes"]["script"])).to_be_enabled()


def test_a_phone_shows_the_mark_at_the_mistake(visit):
    page = visit()
    excerpt = page.locator("#problem pre")
    for text in ("x[0]**2 + x[1]**2 + sin(x[0]) + 3", "np.exp(x[0]**2) + np.cos(x[1])^2"):
        field(page).fill(text)
        expect(excerpt).to_contain_text("^")
        assert excerpt.evaluate("pre => pre.scrollWidth <= pre.clientWidth"), text
        assert (
            page.locator(".label:visible").first.bounding_box()["y"]
            > (box := page.locator("#problem").bounding_box())["y"] + box["height"]
        )


def test_a_circle_keeps_its_point_on_another_grid(visit):
    page = visit(state("x[0] * x[1]"))
    expect(page.locator(".readout tbody td").first).to_have_text("[1, 0.75]")
    page.get_by_text("More: grid and step").click()
    type_over(page, "step", "0.125")
    expect(page.locator(".readout tbody td").first).to_have_text("[1, 0.75]")


def test_what_is_not_finite_is_counted_or_told(visit):
    page = visit(state("np.sqrt(x[0]) * x[1]"))
    expect(seen(page)).to_contain_text("At 162 of 324 points")
    field(page).fill("np.log(-np.sum(x**2))")
    expect(seen(page)).to_contain_text("no finite gradient at any point")
    assert_answered(page, "")
    expect(page.locator(".pictures")).to_be_visible()
    assert page.locator(".together").bounding_box() is None  # its room is for who types a grid
    page.locator(".grid [name=start]").focus()
    room = page.locator(".together").bounding_box()["height"]
    assert room > 100
    page.locator(".grid [name=start]").fill("1")
    assert_answered(page, "")
    assert page.locator(".together").bounding_box()["height"] == room


def test_what_has_no_value_is_not_said_to_have_no_slope(visit):
    page = visit(state("np.sqrt(x[0])"))
    assert_answered(page, "blank")
    expect(seen(page)).to_contain_text("gives no number")
    expect(page.locator(".why")).to_contain_text("no value")
    field(page).fill("np.prod(x)")
    expect(seen(page)).to_contain_text("length zero")


def test_a_link_to_nothing_finite_shows_no_empty_plot(visit):
    page = visit(state("np.log(-np.sum(x**2))"))
    expect(seen(page)).to_contain_text("no finite gradient at any point")
    expect(page.locator(".pictures")).to_be_hidden()
    field(page).fill("x[0]")
    expect(page.locator(".pictures")).to_be_visible()


def test_a_screen_reader_hears_what_has_settled(visit):
    page = visit()
    told = verdict(page).locator(".unseen")
    expect(told).to_contain_text("sparse")
    field(page).press("End")
    field(page).press_sequentially(" +")
    before = told.text_content()
    field(page).press_sequentially(" np.sum(x**2)")
    assert told.text_content() == before
    expect(verdict(page)).to_have_attribute("aria-live", "polite")
    expect(told).to_contain_text("plausible")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_while_the_page_loads(chromium, host, shift, size):
    width, height = size
    page = chromium.new_page(viewport={"width": width, "height": height})  # the others do not tell
    page.goto(host + PAGE)
    expect(page.locator("#verdict")).to_have_attribute("data-verdict", "sparse")
    assert shift(page) < 0.005
    page.close()


def test_a_screen_reader_hears_how_the_fields_are_drawn(visit):
    page = visit()
    told = verdict(page).locator(".unseen")
    expect(told).to_contain_text("sparse")
    for name in ("Downhill", "Contours"):
        page.get_by_role("checkbox", name=name).press("Space")
        expect(told).to_contain_text(name)
    page.get_by_role("checkbox", name="Downhill").press("Space")
    expect(told).not_to_contain_text("Downhill")
    expect(told).to_contain_text("Contours")


# Problems

PROBLEMS = {
    "if x[0] > 0: x[1]": (1, None),
    "for i in x: x[0]": (1, None),
    "while x[0]: x[1]": (1, None),
    "x[0]　* x[1]": (5, "x[0] * x[1]"),
    "x[0] +": (7, None),
    "x[2]": (3, None),
    "np.foo(x)": (1, None),
    "np.hypot(x[0])": (1, None),
    "2 * x[0] $": (10, None),
    "sin(x[0])": (1, "np.sin(x[0])"),
    "math.sin(x[0]) + numpy.cos(x[1])": (1, "np.sin(x[0]) + np.cos(x[1])"),
    "x[0]^2": (5, "x[0]**2"),
    "x0 * x_1": (1, "x[0] * x[1]"),
    "x₀² + x₁²": (2, "x[0]**2 + x[1]**2"),
    "x*y + x": (3, "x[0]*x[1] + x[0]"),
    "x**2": (2, "np.sum(x**2)"),
    "2 * pi * norm(x)": (5, "2 * np.pi * np.linalg.norm(x)"),
    "def f(x): return x[0] * x[1]": (1, "x[0] * x[1]"),
    "def f(w):\n    return np.sin(w[0]) - w[1]  # mine": (1, "np.sin(x[0]) - x[1]"),
    "f = lambda v: np.sum(v**2)": (1, "np.sum(x**2)"),
    "lambda x0, x1: x0 * x1": (1, "x[0] * x[1]"),
    "return x[0]": (1, "x[0]"),
    "f(x) = x[0];": (1, "x[0]"),
    "x.sum()": (2, "np.sum(x)"),
    "(x**2).sum()": (7, "np.sum(x**2)"),
    "np.dot(x, x)": (1, "(x @ x)"),
    "2x[0]": (2, "2*x[0]"),
    "np.sum(x**2, axis=0)": (14, "np.sum(x**2)"),
    "np.sum(x, 0)": (1, "np.sum(x)"),
    "X**2+Y**2": (1, "x[0]**2+x[1]**2"),
    "x[0])": (5, None),
    " * x[1]": (2, None),
    "x[0] * * x[1]": (8, None),
    "[x[0]]": (1, None),
    "x[0](x[1])": (5, None),
    "x[0]\\x[1]": (5, None),
    "np.sum(x,)": (10, None),
    "x[0]＊x[1]": (5, "x[0]*x[1]"),
    "ｘ［０］": (1, "x[0]"),
}


# A text is typed and its mend, if there is one, pressed, all in one turn: in Firefox each takes long.
TRIED = f"""async text => {{
  const [field, mend, excerpt, verdict] = ['#spelling', '[name=mend]', '#problem pre', '#verdict']
    .map(name => document.querySelector(name));
  const shapes = () => JSON.stringify(({SHAPES})());
  const until = async holds => {{
    for (let n = 0; n < 500 && !holds(); n++) await new Promise(requestAnimationFrame);
  }};
  const before = shapes();
  field.value = text;
  field.dispatchEvent(new InputEvent('input', {{bubbles: true}}));
  await until(() => !verdict.dataset.verdict);
  const told = [...excerpt.textContent.split('\\n'), field.getAttribute('aria-invalid'),
    shapes() === before];
  if (!mend.checkVisibility()) return [told, null];
  const name = mend.textContent;
  mend.click();
  await until(() => verdict.dataset.verdict);
  return [told, [name, field.value, document.activeElement.id, verdict.dataset.verdict]];
}}"""


def test_a_problem_shows_its_place_and_a_mend(visit):
    page = visit()
    assert_answered(page, "sparse")
    for text, (column, wanted) in PROBLEMS.items():
        (excerpt, *told), mended = page.evaluate(TRIED, text)
        assert text.replace("\n", "").startswith(excerpt[:10])
        assert told == ["^".rjust(column), "true", True], text
        verdict = wanted and python(wanted)[1].verdict
        assert mended == (wanted and [f"Use {wanted}", wanted, "spelling", verdict]), text


def test_a_mend_is_pressed(visit):
    page = visit(state("sin(x[0])"))
    expect(mend(page)).to_have_text("Use np.sin(x[0])")
    mend(page).click()
    expect(field(page)).to_have_value("np.sin(x[0])")
    expect(field(page)).to_be_focused()
    assert_answered(page, "sparse")


def test_a_problem_covers_no_picture(visit, resize):
    page = visit()
    mended = ["x[0] +", "lambda v: v[0]**2 + v[1]**2", "sin(x[0]) * cos(x[1])"]
    mended.append("X**2 + Y**2 - math.sin(X) * math.cos(Y) + exp(-X**2 - Y**2) + sqrt(X**2 + 1)")
    for size, text in itertools.product(SIZES, mended):
        resize(page, size)
        field(page).fill("x[0]")
        assert_answered(page, "sparse")
        field(page).fill(text)
        box = page.locator("#problem").bounding_box()
        below = page.locator(".pictures").bounding_box()["y"] - (box["y"] + box["height"])
        assert below > 6, text
        expect(page.locator(".switch")).to_be_hidden()


def test_a_desk_shows_a_point_beside_the_pictures(visit):
    page = visit(size=DESK)
    pictures, read_out = (
        page.locator(name).bounding_box() for name in (".pictures", ".trial .together")
    )
    assert read_out["x"] > pictures["x"] + pictures["width"]
    assert pictures["y"] <= read_out["y"] < read_out["y"] + read_out["height"]
    assert read_out["y"] + read_out["height"] < pictures["y"] + pictures["height"]


def test_a_problem_far_to_the_right_is_in_view(visit):
    page = visit(state("x[0] + " * 20 + "foo"))
    excerpt, caret = page.locator("#problem pre").text_content().split("\n")
    assert excerpt[len(caret) - 1 :].startswith("foo")
    box = page.locator("#problem").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE[0]


def test_an_excerpt_cuts_no_word_and_of_nothing_there_is_none(visit):
    page, long = (
        visit(),
        "np.arctan(x[0]) * np.sin(x[1]) + np.linalg.norm(x) ! np.cos(x[0]) + np.arctan(x[1])",
    )
    for spaces in range(0, 20, 3):
        text = long.replace("!", "!" + " " * spaces)
        for moved in (text, long.replace("!", " " * spaces + "!")):
            field(page).fill(moved)
            excerpt, caret = page.locator("#problem pre").text_content().split("\n")
            assert excerpt[len(caret) - 1] == "!"
            kept = re.escape(excerpt.strip("…"))
            assert re.search(rf"(?<![\w.]){kept}(?![\w.])", moved), excerpt
            cut = (not moved.startswith(excerpt.strip("…")), not moved.endswith(excerpt.strip("…")))
            assert (excerpt.startswith("…"), excerpt.endswith("…")) == cut
    for text in ("s(x[0]) + x[1]", "ss(x[0]) + x[1]", "sss(x[0]) + x[1]", "s(x[0] + x[1] +  x[0])"):
        field(page).fill(text)
        excerpt, _ = page.locator("#problem pre").text_content().split("\n")
        cut = text.removeprefix(excerpt.rstrip("…"))
        assert excerpt == text or len(cut) > 2, excerpt  # else it leaves out less than it takes
    assert cut
    field(page).fill("")
    expect(seen(page)).to_contain_text("Something is missing here")
    expect(page.locator("#problem")).to_be_hidden()


# The state

TEXTS = [
    "x[0] + x[1]", "x[0] % 2 & 50%", "%41%FF", "a=b&f=c#d", "<b>x</b>", "π + “x”", " x[0] ", "+", "😀",
]  # fmt: skip


def test_the_address_holds_what_was_typed(visit):
    page = visit()
    for text in [*TEXTS, ""]:
        field(page).fill(text)
        expect(page.locator("#problem, #verdict").first).to_be_attached()
        held = partial(lambda text, url: unquote(url.partition("#f=")[2]) == text, text)
        page.wait_for_url(held, wait_until="commit")
        page.reload()
        expect(field(page)).to_have_value(text)


def test_an_address_written_by_hand(visit):
    page = visit("#f=x[0]+x[1]**2")
    expect(field(page)).to_have_value("x[0]+x[1]**2")
    for text in TEXTS:
        page.evaluate("text => { location.hash = 'f=' + text; }", quote(text))
        expect(field(page)).to_have_value(text)
    page.evaluate("location.hash = 'f=100%'")
    expect(field(page)).to_have_value("100%")


def test_back_and_forward(visit):
    page = visit(state("x[0]"))
    page.goto(page.url.partition("#")[0] + state("np.sum(x**2)") + "&autoscale=on&h=0.01")
    assert_answered(page, "hidden")
    page.go_back()
    assert_answered(page, "sparse")
    expect(page.get_by_label("Automatic scale")).not_to_be_checked()
    page.go_forward()
    assert_answered(page, "hidden")
    expect(page.get_by_label("Automatic scale")).to_be_checked()
    assert page.locator("[name=h]").input_value() == "0.01"


def test_a_place_of_the_page_changes_nothing(visit):
    page = visit(state("np.sum(x**2)"))
    page.evaluate("location.hash = 'text'")
    page.wait_for_timeout(100)
    expect(field(page)).to_have_value("np.sum(x**2)")


def test_a_page_opened_at_a_place_has_its_answer(visit):
    page = visit("#what-you-can-type")
    assert_answered(page, "sparse")
    expect(page.locator(".pictures")).to_be_visible()
    field(page).fill("np.sum(x**2)")
    assert_answered(page, "hidden")
    page.evaluate("location.hash = 'beside-your-own-plot'")
    expect(field(page)).to_have_value("np.sum(x**2)")
    page.reload()
    expect(page.locator(".pictures")).to_be_visible()


def test_a_link_that_carries_a_function_says_so(visit):
    page = visit()
    carried = page.get_by_text("This link carries the function above")
    expect(carried).to_be_hidden()
    page.goto(page.url + state("x[0]"))
    expect(carried).to_be_visible()
    field(page).press("End")
    field(page).press_sequentially("+1")
    expect(carried).to_be_hidden()


def test_the_address_is_written_seldom(visit):
    page = visit()
    page.evaluate("""() => { window.writes = 0; const write = history.replaceState.bind(history);
      history.replaceState = (...given) => { writes++; write(...given); }; }""")
    start = time.monotonic()
    for _ in range(40):
        field(page).press_sequentially(" ", delay=0)
    page.wait_for_timeout(600)
    # Safari takes 100 in 30 seconds; on a busy machine there is a pause after many a key.
    assert 1 <= page.evaluate("writes") <= 2 + 3 * (time.monotonic() - start)


ATTACKS = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "constructor", "__proto__",
    "x[constructor]", "(" * 10_000, "9**9**9**9", "x" * 1_000_000, "lambda " * 40, "(a" * 400 + "\\",
]  # fmt: skip


def test_hostile_input_is_text_and_soon_answered(visit):
    page = visit()
    for text in ATTACKS:
        if len(text) < 5_000:
            page.goto(page.url.partition("#")[0] + state(text))
            expect(field(page)).to_have_value(text)
        page.evaluate(SLICES)
        field(page).fill(text)
        assert max(page.evaluate(SLICES)) < 1_000, text[:40]  # ms, on a machine that is busy
        assert page.locator("main img, main script:not([type])").count() == 0
    field(page).fill("x[0]")
    assert_answered(page, "sparse")


# The work


def test_a_keystroke_ends_the_work_before_it(visit):
    page = visit("#step=0.03")
    page.evaluate("""() => { window.seen = []; new MutationObserver(() => {
      seen.push(document.querySelector('#verdict').dataset.verdict);
    }).observe(document.querySelector('#verdict'), {attributes: true}); }""")
    page.evaluate(SLICES)
    field(page).fill(ACKLEY)
    expect(seen(page)).to_have_text(WORDS["playground"]["busy"])
    assert_answered(page, "")
    assert len(page.evaluate(SLICES)) > 1
    field(page).fill("x[0]")
    assert_answered(page, "sparse")
    page.wait_for_timeout(300)
    assert set(page.evaluate("seen")) == {"", "sparse"}


def test_many_keystrokes_leave_nothing_behind(chromium, host):
    page = chromium.new_page()
    page.goto(host + PAGE)
    page.wait_for_timeout(1500)
    devtools = page.context.new_cdp_session(page)

    def type_all(count):
        page.evaluate("""async count => {
          const field = document.querySelector('#spelling');
          const texts = ['x[0] * x[1]', 'np.sum(x**2)', 'np.sin(x[0] *', 'np.sin(x[0]) * x[1]'];
          for (let k = 0; k < count; k++) {
            field.value = texts[k % texts.length];
            field.dispatchEvent(new InputEvent('input', {bubbles: true}));
            while (field.form.dataset.state === 'busy') await new Promise(next => setTimeout(next));
          }
        }""", count)  # fmt: skip
        for _ in range(3):
            devtools.send("HeapProfiler.collectGarbage")
        nodes = devtools.send("Memory.getDOMCounters")["nodes"]
        return nodes, devtools.send("Runtime.getHeapUsage")["usedSize"]

    nodes, heap = type_all(100)
    more_nodes, more_heap = type_all(1000)
    page.close()
    assert more_nodes - nodes < 50
    assert more_heap - heap < 400_000  # bytes


# One point


def cells(page):
    return page.locator(".readout tbody td").all_text_contents()


def numbers(text):
    return [float(number.replace("−", "-")) for number in re.findall(r"−?[\d.]+", text)]


def assert_read(page, k):
    rows, columns = python("x[0] * x[1]")
    expect(page.locator(".readout tbody td").first).to_have_text(
        re.compile(re.escape(str(rows.points[k][0].item()).removesuffix(".0").replace("-", "−")))
    )
    got, rows_got, gave, rows_gave, arrow, columns_arrow = cells(page)
    assert numbers(got) == rows.points[k].tolist()
    assert rows_got == "[−2, −1.75, …, 2.25]\n[−2, −2, …, 2.25]"
    assert numbers(gave) == pytest.approx([np.prod(rows.points[k])], rel=1e-3)
    assert rows_gave == "3.5\n4"
    assert numbers(arrow) == pytest.approx(rows.gradient[k], rel=1e-3)
    assert numbers(columns_arrow) == pytest.approx(columns.gradient[k], rel=1e-3)


def place(page, k):
    """Where a point of the usual grid is on the screen, in the picture that is seen."""
    box = page.locator(".picture > svg:visible").first.bounding_box()
    line, column = divmod(k, 18)
    low, span, side = -2 - 0.34375, 4.25 + 0.6875, 9000
    left, top, width, height = map(
        float, page.locator(".picture > svg").first.get_attribute("viewBox").split(",")
    )
    x, y = [side * ((-2 + 0.25 * v) - low) / span for v in (column, line)]
    x, y = x - left, side - y - top
    return box["x"] + x / width * box["width"], box["y"] + y / height * box["height"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_point_is_read_by_pointer_and_keys(visit, size):
    page = visit(size=size)
    page.locator(".pictures").scroll_into_view_if_needed()
    page.mouse.move(*place(page, 0))
    assert_read(page, 0)
    page.mouse.move(*place(page, 18 * 15 + 4))
    assert_read(page, 18 * 15 + 4)
    page.locator(".pictures").focus()
    for key, k in (("ArrowRight", 275), ("ArrowUp", 293), ("ArrowLeft", 292), ("ArrowDown", 274)):
        page.keyboard.press(key)
        assert_read(page, k)
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    assert_read(page, 18 * 17 + 4)
    expect(page.locator("#verdict .unseen")).to_contain_text("Arrow")


def test_a_point_that_is_asked_for_is_not_talked_over(visit):
    # The answer is told only when it has settled, which may be after the key.
    page = visit()
    assert_answered(page, "sparse")
    page.evaluate(
        """() => new Promise(settled => {
        document.querySelector('#spelling').dispatchEvent(new Event('input', { bubbles: true }));
        document.querySelector('.pictures').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }));
        setTimeout(settled, 1200);
    })"""
    )
    assert "Arrow" in page.locator("#verdict .unseen").text_content()


def test_an_arrow_that_is_drawn_downhill_is_read_downhill(visit):
    page = visit()
    page.get_by_label("Downhill").check()
    page.mouse.move(*place(page, 0))
    rows, columns = python("x[0] * x[1]")
    expect(page.locator(".readout tbody td").nth(4)).to_have_text("[2, 2]")
    arrow, columns_arrow = cells(page)[4:]
    assert numbers(arrow) == pytest.approx(-rows.gradient[0], rel=1e-3)
    assert numbers(columns_arrow) == pytest.approx(-columns.gradient[0], rel=1e-3)


def test_a_touch_reads_a_point(visit, chromium, host):
    context = chromium.new_context(viewport={"width": 390, "height": 664}, has_touch=True)
    page = context.new_page()
    page.goto(host + PAGE)
    page.touchscreen.tap(*place(page, 100))
    assert_read(page, 100)
    context.close()


def test_the_switch_shows_the_other_call_on_a_phone(visit):
    page = visit()
    expect(page.locator(".buggy > svg")).to_be_visible()
    expect(page.locator(".correct > svg")).to_be_hidden()
    expect(verdict(page)).to_have_text(re.compile("Without .T"), use_inner_text=True)
    page.get_by_role("button", name="Both .T").click()
    expect(page.locator(".buggy > svg")).to_be_hidden()
    expect(page.locator(".correct > svg")).to_be_visible()
    expect(page.locator(".mended")).to_be_visible()
    expect(seen(page)).to_be_hidden()
    field(page).fill("sin(")  # the last answer is not that of this text
    expect(page.locator(".mended")).to_be_hidden()


def test_what_is_amiss_in_the_right_picture_is_said_beside_it_on_a_phone(visit):
    page = visit(state("np.sqrt(x[0]) * np.abs(x[1])"))
    page.get_by_role("button", name="Both .T").click()
    expect(page.locator(".mended")).to_contain_text(re.compile(r"At \d+ of 324 points"))
    expect(page.locator(".why")).to_be_hidden()  # it is about the other call
    page.goto("about:blank")
    page = visit(state("x[0] * x[1]") + "&h=1e-50")
    page.get_by_role("button", name="Both .T").click()
    expect(page.locator(".mended")).to_contain_text(re.compile(r"Even with .T, \d+ of 324 arrows"))


def test_calls_that_are_both_wrong_are_not_compared(visit):
    page = visit(size=DESK)
    for h in ("1e-10", "1e-50"):
        page.goto(page.url.partition("#")[0] + state("x[0] * x[1]"))
        expect(seen(page)).not_to_contain_text("Even with .T")
        page.goto(page.url.partition("#")[0] + state("np.sum(x**2)") + f"&h={h}")
        expect(seen(page)).to_contain_text("Even with .T")
        expect(seen(page)).not_to_contain_text("times too")
        expect(page.locator(".why")).to_have_text(WORDS["playground"]["why"]["vague"])


# To take away


def test_the_script_to_copy_runs_and_gives_both_fields(visit, tmp_path):
    page = visit(state("np.sin(x[0]) * x[1]") + "&start=-1&stop=1.1&step=0.5")
    button(page, WORDS["playground"]["takes"]["script"]).click()
    script = page.locator(".copy").text_content()
    told = "\nimport json\nprint(json.dumps([right.T.tolist(), wrong.T.tolist()]))\n"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script.replace("plt.show()", told)],
        env={"MPLBACKEND": "agg", "HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for found, measured in zip(
        json.loads(done.stdout),
        python("np.sin(x[0]) * x[1]", -1, 1.1, 0.5),
        strict=True,
    ):
        np.testing.assert_allclose(found, measured.gradient, atol=1e-9)


def test_the_call_and_a_link_to_copy(visit):
    page = visit(changed=True)
    if page.context.browser.browser_type.name == "chromium":  # its shell has nobody to ask
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button(page, "Copy the fixed call").click()
    expect(page.locator(".copy")).to_have_text(WORDS["pair"]["call"])
    expect(page.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("getSelection().toString()") == ""
    field(page).fill("np.sum(x**2) + x[0]")
    expect(page.locator(".copy")).to_be_empty()  # it was for another function
    expect(page.get_by_role("status")).to_be_empty()
    page.get_by_label("Downhill").check()
    button(page, "Copy a link").click()
    address = page.locator(".copy").text_content()
    page.goto("about:blank")
    page.goto(address)
    expect(field(page)).to_have_value("np.sum(x**2) + x[0]")
    expect(page.get_by_label("Downhill")).to_be_checked()


def test_what_a_browser_does_not_copy_is_selected(visit):
    page = visit(changed=True)
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.reload()
    button(page, "Copy the fixed call").click()
    expect(page.get_by_role("status")).to_contain_text("selected")
    assert page.evaluate("getSelection().toString()") == WORDS["pair"]["call"]


def test_both_pictures_are_saved(visit, tmp_path):
    page = visit(state("np.prod(x)"))
    assert_answered(page, "blank")
    page.get_by_label("Automatic scale").check()
    for suffix, begin in (("svg", b"<svg "), ("png", b"\x89PNG")):
        with page.expect_download() as download:
            button(page, f"Save {suffix.upper()}").click()
        assert download.value.suggested_filename == f"gradviz.{suffix}"
        download.value.save_as(tmp_path / f"file.{suffix}")
        data = (tmp_path / f"file.{suffix}").read_bytes().lstrip()
        assert data.startswith(begin)
        assert len(data) > 5_000
    root = ElementTree.fromstring((tmp_path / "file.svg").read_text(encoding="utf-8").strip())
    paths = [e.get("d", "") for e in root.iter("{http://www.w3.org/2000/svg}path")]
    assert 324 in map(drawn, paths)
    texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"f(x) = np.prod(x)", "Automatic scale, as in the book"} <= {*texts}
    (style,) = root.iter("{http://www.w3.org/2000/svg}style")
    assert style.text == ".here { display: none }"  # the ring of the read-out


def test_a_saved_picture_names_the_longest_function(visit, tmp_path):
    text = "x[0]" + " + np.sin(x[0])" * 16
    page = visit(state(text), DESK)
    assert_answered(page, "sparse")
    with page.expect_download() as download:
        button(page, "Save SVG").click()
    download.value.save_as(tmp_path / "file.svg")
    page.goto("about:blank")  # which has no policy
    page.set_content((tmp_path / "file.svg").read_text(encoding="utf-8"))
    named = page.locator("text", has_text="np.sin").bounding_box()
    picture = page.locator("svg").first.bounding_box()
    assert named["width"] > picture["width"] / 2
    assert named["x"] + named["width"] <= picture["x"] + picture["width"]


# The page


def test_the_arithmetic_is_checked_against_the_build(visit):
    page = visit()
    expect(
        page.get_by_text("agrees with what Python has computed, in 6 of 6 checks")
    ).to_be_visible()


def test_another_arithmetic_is_told(chromium, host):
    page = chromium.new_page()
    script = page.request.get(f"{host}static/gradviz.js").text()
    wrong = script.replace("a * a * a;", "a * a;").replace("row.length, plus", "2, plus")
    page.route(
        "**/gradviz.js", lambda route: route.fulfill(body=wrong, content_type="text/javascript")
    )
    page.goto(host + PAGE)
    expect(page.get_by_text("only 5 of 6 checks agree")).to_be_visible()
    page.close()


def test_the_functions_of_the_site_lead_here(visit, host):
    page = visit()
    for name in ("product", "himmelblau"):
        page.goto(f"{host}functions/{name}/index.html")
        page.get_by_role("link", name="Change it in the playground").click()
        expect(field(page)).to_have_value(FUNCTIONS[name].spelling)
        expect(seen(page)).to_contain_text(f"f gets {len(FUNCTIONS[name].grid.points)} numbers")


def test_the_starters_and_the_list(visit):
    page = visit(size=DESK)
    starters = page.get_by_role("group", name="Functions to start from").get_by_role("button")
    assert starters.all_text_contents()[:3] == ["x[0] * x[1]", "np.sum(x**2)", "x[0]**2 + x[1]**2"]
    current = page.locator("[name=starter][aria-current=true]")
    expect(current).to_have_text("x[0] * x[1]")
    starters.nth(2).click()
    expect(starters.nth(2)).to_be_focused()  # not the field, with a phone's keyboard
    assert_answered(page, "sparse")
    expect(current).to_have_text("x[0]**2 + x[1]**2")
    starters.nth(1).click()
    assert_answered(page, "hidden")
    field(page).press_sequentially(" ")
    expect(current).to_have_count(0)
    listed = page.locator("#registry option").evaluate_all("all => all.map(one => one.value)")
    assert listed == [function.spelling for function in FUNCTIONS.values()]


def test_it_works_from_disk(visit, built):
    page = visit(state("np.prod(x)"), address=f"{built.site.as_uri()}/")
    assert_answered(page, "blank")
    field(page).fill("np.sum(x**2)")
    assert_answered(page, "hidden")
    page.wait_for_url(lambda url: unquote(url).endswith("#f=np.sum(x**2)"), wait_until="commit")


def test_a_phone_shows_field_verdict_and_picture_together(visit):
    page = visit()
    assert_answered(page, "sparse")
    for part in (field(page), seen(page), page.locator(".picture > svg:visible")):
        box = part.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE[1]
    tops = {link.bounding_box()["y"] for link in page.locator(".masthead li a").all()}
    assert len(tops) == 1
    assert page.locator(".switch .call").bounding_box()["height"] < 60


@pytest.mark.parametrize("size", SIZES, ids=["phone", "tablet", "desk"])
def test_axe_finds_nothing_in_any_state(visit, inspect, size):
    page, faults = visit(size=size), {}

    def look(moment):
        for theme in ("light", "dark"):
            page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
            found = inspect(page, only_colours=theme == "dark")
            faults[moment, theme] = {kind: of for kind, of in found.items() if of not in ([], 0)}

    assert_answered(page, "sparse")
    look("at first")
    page.get_by_text("More: grid and step").click()
    page.get_by_label("Contours of f").check()
    button(page, WORDS["playground"]["takes"]["script"]).click()
    look("all open")
    field(page).fill("sin(x0) + x1")
    look("a problem")
    page.goto(page.url.partition("#")[0] + state("np.log(-np.sum(x**2))"))
    look("a link to nothing")
    assert len(faults) == 8
    assert {at: of for at, of in faults.items() if of} == {}
