"""The playground while a reader types: starters, what is heard, what takes long, what is hostile."""

import re
from urllib.parse import unquote

import oracle
import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.words import said, word

from tests.browser.playground import (
    MEAN,
    PLAYGROUND,
    PRODUCT,
    SETTLED,
    VIEWS,
    answer,
    ask,
    asking,
    assert_answered,
    assert_says,
    at_work,
    button,
    expect_said,
    field,
    heard,
    open_grid,
    point_read_out,
    read,
    type_over,
    verdict,
)

STARTERS = [oracle.functions()[name].spelling for name in word("chosen.playground")]
# How long each piece of work lasts, in milliseconds: what a keystroke does at once, and
# what it leaves for as soon as there is time.
TIMED = """
window.slices = [];
const later = setTimeout;
function timed(work) {
  const start = performance.now();
  work();
  slices.push(performance.now() - start);
}
window.setTimeout = (work, pause) => later(pause ? work : () => timed(work), pause);
let typed;
addEventListener('input', () => { typed = performance.now(); }, true);
addEventListener('input', () => slices.push(performance.now() - typed));
"""
TAKE_SLICES = "slices.splice(0)"  # since they were last asked for


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


def bottom(box):
    return box["y"] + box["height"]


def named(name):
    return oracle.functions()[name]


# The page as it comes


def test_it_comes_with_the_product_on_the_grid_of_the_book(visit):
    page = visit(PLAYGROUND)
    assert_answered(page, "sparse")
    fields = read(page)["fields"]
    assert fields["f"] == PRODUCT.text
    grid = [float(fields[name]) for name in ("start", "stop", "step")]
    assert grid == [*PRODUCT.grid]
    assert float(fields["h"]) == PRODUCT.h
    assert [fields[view] for view in VIEWS] == [False, True, False]


def test_a_phone_shows_field_verdict_and_picture_together(visit):
    page = visit(PLAYGROUND)
    assert_answered(page, "sparse")
    for part in (field(page), answer(page), page.locator(".picture > svg:visible")):
        box = part.bounding_box()
        assert box["y"] >= 0
        assert bottom(box) <= PHONE[1]
    tops = {link.bounding_box()["y"] for link in page.locator(".masthead li a").all()}
    assert len(tops) <= 2
    assert page.locator(".switch .call").bounding_box()["height"] < 60


def test_a_function_is_answered_as_it_is_typed(visit):
    page = visit(PLAYGROUND)
    assert_answered(page, "sparse")
    type_over(page, "np.prod(x)")
    assert_answered(page, "blank")
    expect(answer(page)).to_contain_text(said("caption.blank", count="324"))


def test_it_works_from_disk(visit, disk):
    page = visit(f"{disk}playground/index.html#f=np.prod(x)")
    assert_answered(page, "blank")
    field(page).fill("np.sum(x**2)")
    assert_answered(page, "hidden")
    page.wait_for_url(
        lambda url: unquote(url).endswith("#f=np.sum(x**2)"), wait_until="commit"
    )


# What can be chosen


def test_a_starter_fills_in_what_it_shows(page):
    verdicts = {each.spelling: each.verdict for each in oracle.functions().values()}
    ask(page, MEAN)
    group = page.get_by_role("group", name=word("playground.starters"))
    starters = group.locator("[name=starter]")
    assert starters.all_text_contents() == STARTERS
    current = page.locator("[name=starter][aria-current=true]")
    for text in reversed(STARTERS):
        button(page, text).click()
        shown = read(page)
        assert shown["fields"]["f"] == text
        assert shown["verdict"] == verdicts[text]
        assert current.all_text_contents() == [text]


def test_every_function_of_the_site_is_offered_by_its_title(page):
    choice = page.get_by_label(word("playground.registry"))
    first, *offered = choice.locator("option").evaluate_all(
        "all => all.map(option => [option.value, option.textContent])"
    )
    functions = list(oracle.functions().values())
    assert first[0] == ""
    assert offered == [[function.spelling, function.title] for function in functions]
    choice.select_option(label=functions[-1].title)
    assert read(page)["fields"]["f"] == functions[-1].spelling
    assert choice.input_value() == ""


def test_the_starter_that_is_shown_is_in_sight(visit):
    for text in (STARTERS[0], STARTERS[2], STARTERS[-1]):
        page = visit(asking(text))
        starter = page.locator("[name=starter][aria-current=true]")
        expect(starter).to_have_text(text)
        starter.locator("..").evaluate("row => row.scrollIntoView({block: 'center'})")
        expect(starter).to_be_in_viewport(ratio=1)


def test_a_starter_keeps_the_focus_and_is_left_when_its_text_is_changed(visit):
    page = visit(PLAYGROUND, DESK)
    starter = button(page, "np.sum(x**2)")
    starter.click()
    expect(starter).to_be_focused()  # not the field, with a phone's keyboard
    assert_answered(page, "hidden")
    field(page).press_sequentially(" ")
    expect(page.locator("[name=starter][aria-current=true]")).to_have_count(0)


def test_the_functions_of_the_site_lead_here(visit):
    function = named("himmelblau")
    page = visit("functions/himmelblau/")
    page.get_by_role("link", name=word("function.try")).click()
    expect(field(page)).to_have_value(function.spelling)
    call = said("playground.call", count=len(function.points))
    expect(answer(page)).to_contain_text(call)


# What a screen reader hears


def test_what_is_heard_is_what_is_seen(page):
    shown = ask(page, MEAN, "downhill")
    meaning = word("verdict.in_short.scaled")
    ways = f"{VIEWS['lengths']} {VIEWS['downhill']}"
    announced = f"{shown['badge']} {meaning} {shown['said']} {ways}"
    expect(heard(page)).to_have_text(announced, ignore_case=True)
    expect(verdict(page)).to_have_attribute("aria-live", "polite")


def test_a_screen_reader_hears_what_has_settled(visit):
    page = visit(PLAYGROUND)
    expect(heard(page)).to_contain_text(word("verdict.name.sparse"))
    before = heard(page).text_content()
    field(page).press("End")
    field(page).press_sequentially(" + np.sum(x**2)")
    assert heard(page).text_content() == before
    expect(heard(page)).to_contain_text(word("verdict.name.plausible"))


def test_a_screen_reader_hears_how_the_fields_are_drawn(visit):
    page = visit(PLAYGROUND)
    expect(heard(page)).to_contain_text(word("verdict.name.sparse"))
    downhill, contours = (
        page.get_by_label(VIEWS[view]) for view in ("downhill", "contours")
    )
    expect(heard(page)).to_contain_text(VIEWS["downhill"])
    contours.press("Space")
    expect(heard(page)).to_contain_text(VIEWS["contours"])
    downhill.press("Space")
    expect(heard(page)).not_to_contain_text(VIEWS["downhill"])
    expect(heard(page)).to_contain_text(VIEWS["contours"])


ASK_FOR_A_POINT = """() => new Promise(settled => {
  const press = new KeyboardEvent('keydown', {key: 'ArrowUp'});
  document.querySelector('#spelling').dispatchEvent(new Event('input', {bubbles: true}));
  document.querySelector('.pictures').dispatchEvent(press);
  setTimeout(settled, 1200);
})"""


def test_a_point_that_is_asked_for_is_not_talked_over(visit):
    page = visit(PLAYGROUND)
    assert_answered(page, "sparse")
    page.evaluate(ASK_FOR_A_POINT)  # the answer settles after the key
    *_, arrow = word("playground.readout")
    expect(heard(page)).to_contain_text(arrow)


# What takes long

LARGE = (32_400, 129_600)  # points, and calls of f for each picture
SLOW = "#f=np.sum((x - np.mean(x))**2)&step=0.025"  # one move after the other


def test_a_large_grid_says_what_it_costs_and_can_be_stopped(visit):
    page = visit(PLAYGROUND + SLOW, DESK)
    progress = page.get_by_role("progressbar")
    expect(progress).to_be_visible()
    count, calls = (f"{number:,}" for number in LARGE)
    busy = said("playground.busy_for", count=count, calls=calls, seconds="SECONDS")
    pattern = re.escape(busy).replace("SECONDS", r"[\d,]+")
    expect(answer(page)).to_contain_text(re.compile(pattern))
    page.wait_for_function("() => document.querySelector('progress').value > 0.001")
    button(page, word("playground.stop")).click()
    expect(answer(page)).to_contain_text(word("playground.stopped"))
    stopped = progress.evaluate("bar => bar.value")
    page.wait_for_timeout(200)
    assert progress.evaluate("bar => bar.value") == stopped
    button(page, word("playground.go_on")).click()
    page.wait_for_function(
        "before => document.querySelector('progress').value > before", arg=stopped
    )
    field(page).fill("np.sum(x**2)")  # which ends it
    assert_answered(page, "hidden")
    expect(progress).to_be_hidden()


def test_what_a_grid_costs_counts_the_points_along_both_axes(visit):
    page = visit(f"{PLAYGROUND}#f=x[0]*x[1]&start1=0&stop1=1&step1=0.4", DESK)
    assert_answered(page, "sparse")
    cost = page.locator("[data-part=cost]").text_content()
    assert_says(cost, "playground.cost", count=18 * 3, calls=4 * 18 * 3)


def test_of_a_large_grid_some_points_are_drawn_and_said_to_be(visit):
    page = visit(f"{PLAYGROUND}#f=np.sum(x**2)&step=0.025", DESK)
    assert_answered(page, "hidden")
    thinned = page.locator("[data-part=thinned]")
    expect(thinned).to_have_text(said("playground.thinned", every=3))
    arrows = page.locator(".correct .arrows").get_attribute("d")
    assert 3_000 < arrows.count("M") <= 3_600
    open_grid(page)
    count, calls = LARGE
    cost = page.locator("[data-part=cost]")
    assert_says(cost.text_content(), "playground.cost", count=count, calls=calls)
    page.locator(".pictures").focus()
    page.keyboard.press("ArrowRight")
    expect(point_read_out(page)).to_have_text(re.compile(r"\[1\.0\d+, 0\.7\d+\]"))
    page.get_by_label(word("playground.grid.step"), exact=True).fill("0.25")
    expect(thinned).to_be_empty()


KEEP_VERDICTS = """() => {
  const verdict = document.querySelector('#verdict');
  window.verdicts = [];
  new MutationObserver(() => verdicts.push(verdict.dataset.verdict))
    .observe(verdict, {attributes: true});
}"""


def test_a_keystroke_ends_the_work_before_it(visit):
    page = visit(
        f"{PLAYGROUND}#step=0.012", prepare=lambda page: page.add_init_script(TIMED)
    )
    assert_answered(page, "sparse")
    page.evaluate(KEEP_VERDICTS)
    page.evaluate(TAKE_SLICES)
    field(page).fill(named("ackley").spelling)
    assert_answered(page, "")
    assert len(page.evaluate(TAKE_SLICES)) > 1
    field(page).fill("x[0]")
    assert_answered(page, "sparse")
    page.wait_for_timeout(300)
    assert set(page.evaluate("verdicts")) == {"", "sparse"}


def test_a_grid_that_is_taken_back_while_it_is_drawn_leaves_no_axes(visit):
    """Else the arrows of one grid would stand on the axes of another."""
    page = visit(asking("x[0] * x[1]"), DESK)
    assert_answered(page, "sparse")
    # In the next frame the letters fit the width on the screen.
    page.evaluate(
        "() => new Promise(next => requestAnimationFrame(() => setTimeout(next)))"
    )
    before = read(page)["pictures"]["rows"]["numbers"]
    page.evaluate("""() => {
      const field = document.querySelector("[name=stop]");
      const type = value => {
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      };
      // When the axes of the larger grid stand, and before its arrows do.
      const axes = document.querySelector(".pictures svg .lines");
      new MutationObserver((_, observer) => {
        observer.disconnect();
        type(2.5);
      }).observe(axes, { attributes: true });
      type(200);
    }""")
    page.wait_for_function(
        "() => document.querySelector('[name=stop]').value === '2.5'"
    )
    assert_answered(page, "sparse")
    expect(page.locator(".trial")).to_have_attribute("data-state", "answered")
    assert read(page)["pictures"]["rows"]["numbers"] == before


# What nobody should type

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "__proto__",
    "x[constructor]",
    "(" * 10_000,
    "9**9**9**9",
    "x" * 1_000_000,
    "lambda " * 40,
    "(a" * 400 + "\\",
]


def test_hostile_input_is_text_and_soon_answered(visit):
    page = visit(PLAYGROUND, prepare=lambda page: page.add_init_script(TIMED))
    for text in HOSTILE:
        page.evaluate(TAKE_SLICES)
        field(page).fill(text)
        longest = max(page.evaluate(TAKE_SLICES))
        assert longest < 1_000, text[:40]  # milliseconds, on a machine that is busy
        assert page.locator("main img, main script:not([type])").count() == 0
    page.evaluate(
        "text => { location.hash = 'f=' + encodeURIComponent(text); }", HOSTILE[0]
    )
    expect(field(page)).to_have_value(HOSTILE[0])
    assert page.locator("main img").count() == 0
    field(page).fill("x[0]")
    assert_answered(page, "sparse")


def test_an_empty_field_says_what_is_missing(visit):
    page = visit(PLAYGROUND)
    field(page).fill("")
    expect_said(verdict(page), "playground.problem.end")
    expect(page.locator("#problem")).to_be_hidden()
    assert page.locator(".trial .together").bounding_box() is None


# What a reader types is taken back, composed, and gone


def type_behind(page, text):
    page.locator("#spelling").focus()
    page.keyboard.press("End")
    page.keyboard.type(text, delay=30)


def test_an_undo_takes_back_what_was_typed_in_one_go(page):
    before = page.locator("#spelling").input_value()
    type_behind(page, " + x[0]**2")
    page.keyboard.press("ControlOrMeta+z")
    assert page.locator("#spelling").input_value() == before


def test_while_a_character_is_composed_nothing_is_wrong(page):
    field = page.locator("#spelling")
    field.fill("x[0]")
    session = page.context.new_cdp_session(page)
    field.focus()
    page.keyboard.press("End")
    composed = {"text": "ｘ", "selectionStart": 1, "selectionEnd": 1}
    session.send("Input.imeSetComposition", composed)
    page.evaluate(SETTLED)
    assert field.input_value().endswith("ｘ")
    assert field.get_attribute("aria-invalid") != "true"
    session.send("Input.insertText", {"text": "ｘ"})
    expect(field).to_have_attribute("aria-invalid", "true")


def test_pictures_of_what_is_gone_are_gone(page):
    pair = page.locator(".pair")
    type_behind(page, " +")
    expect(pair).to_be_visible()  # a reader goes on
    page.locator("#spelling").press("ControlOrMeta+a")
    page.evaluate("navigator.clipboard.writeText('x[0] +* 2')")
    page.keyboard.press("ControlOrMeta+v")
    expect(pair).to_be_hidden()
    page.locator("#spelling").fill("x[0]")
    expect(pair).to_be_visible()
    page.locator("#spelling").press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    expect(pair).to_be_hidden()
