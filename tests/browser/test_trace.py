"""The trace: stepped, played and scrubbed; from an arrow to its cells and back.

What each step shows and says is read back in test_trace_read_back.py.
"""

import re

import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect
from tabbing import tab_to

ROUTINE = "tutorial/routine/"
PACE = 1600  # milliseconds from one step to the next
LAST = 12
CALLS = ["Without .T", "With both .T"]
# The cells that the arrow at [3, 4] was made from, in either call.
CELLS = {
    "Without .T": ["Row 0, entry 2:", "Row 1, entry 2:"],
    "With both .T": ["Row 2, entry 0:", "Row 2, entry 1:"],
}


@pytest.fixture
def timed(visit):
    """A page whose clock the test moves on."""
    return visit(ROUTINE, prepare=lambda page: page.clock.install())


def button(page, name):
    return page.locator(".trace").get_by_role("button", name=name, exact=True)


def radio(page, name):
    return page.locator(".trace").get_by_role("radio", name=name, exact=True)


def slider(page):
    return page.locator(".trace").get_by_role("slider")


def status(page):
    return page.locator(".trace [role=status]")


def arrow(page, place):
    return button(page, f"Arrow at {place}")


def cell(page, role, place):
    return page.locator(f".trace .live:visible .{role} .cell", has_text=place)


def pressed(page, role=""):
    return page.locator(f".trace .live:visible {role} [aria-pressed=true]")


def assert_step(page, step):
    expect(status(page)).to_contain_text(f"Step {step} of {LAST}:")
    expect(slider(page)).to_have_value(str(step))


def assert_chosen(page, call):
    """The arrow at [3, 4] is told, and the cells that it was made from are lit."""
    expect(status(page)).to_contain_text("The arrow at [3, 4] is")
    expect(arrow(page, "[3, 4]")).to_have_attribute("aria-pressed", "true")
    expect(pressed(page, ".targets")).to_have_count(1)
    for role in (".given", ".written"):
        expect(pressed(page, role).locator(".unseen")).to_have_text(CELLS[call])


def test_it_is_stepped_by_touch(visit):
    page = visit(ROUTINE, has_touch=True)
    assert_step(page, 1)
    button(page, "Next step").tap()
    assert_step(page, 2)
    button(page, "Previous step").tap()
    assert_step(page, 1)


def test_it_is_stepped_by_keyboard_to_the_end_and_no_further(visit):
    page = visit(ROUTINE)
    expect(button(page, "Previous step")).to_have_attribute("aria-disabled", "true")
    button(page, "Next step").focus()
    for step in range(2, LAST + 1):
        page.keyboard.press("Enter")
        assert_step(page, step)
    expect(button(page, "Next step")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert_step(page, LAST)


def test_the_range_by_keyboard(visit):
    page = visit(ROUTINE, DESK)
    tab_to(page, slider(page))
    for key, step in (("ArrowRight", 2), ("End", LAST), ("ArrowLeft", 11), ("Home", 1)):
        page.keyboard.press(key)
        assert_step(page, step)


def test_the_other_call_is_shown_at_the_same_step(visit):
    page = visit(ROUTINE)
    slider(page).fill("5")
    for call in reversed(CALLS):
        radio(page, call).check()
        assert_step(page, 5)
        expect(page.locator(".trace .live:visible")).to_have_count(1)


def test_play_ends_at_the_end_and_starts_again(timed):
    button(timed, "Play").click()
    assert_step(timed, 2)
    expect(status(timed)).to_have_attribute("aria-live", "off")
    timed.clock.run_for(3 * PACE)
    assert_step(timed, 5)
    timed.clock.run_for(30 * PACE)
    assert_step(timed, LAST)
    expect(status(timed)).to_have_attribute("aria-live", "polite")
    button(timed, "Play").click()
    assert_step(timed, 1)
    expect(button(timed, "Pause")).to_be_visible()


def hide(page):
    """Do what a browser does when its tab is covered."""
    page.evaluate("""() => {
      Object.defineProperty(document, 'hidden', {value: true});
      document.dispatchEvent(new Event('visibilitychange'));
    }""")


STOPS = {
    "pause": lambda page: button(page, "Pause").click(),
    "back": lambda page: button(page, "Previous step").click(),
    "scrub": lambda page: slider(page).press("ArrowLeft"),
    "arrow": lambda page: arrow(page, "[1, 4]").click(),
    "layout": lambda page: radio(page, "With both .T").check(),
    "hidden": hide,
}


def test_play_stops_when_the_reader_does_something_else(timed):
    for name, stop in STOPS.items():
        slider(timed).fill("1")  # far from the end, where it would stop by itself
        button(timed, "Play").click()
        timed.clock.run_for(PACE)
        stop(timed)
        expect(button(timed, "Play")).to_be_visible()
        told = status(timed).text_content()
        timed.clock.run_for(5 * PACE)
        assert status(timed).text_content() == told, name


def test_nothing_plays_by_itself(timed):
    timed.clock.run_for(10 * PACE)
    assert_step(timed, 1)


def test_an_arrow_lights_its_cells_by_touch(visit):
    page = visit(ROUTINE, has_touch=True)
    arrow(page, "[3, 4]").tap()
    assert_chosen(page, "Without .T")


def test_an_arrow_lights_its_cells_by_keyboard(visit):
    page = visit(ROUTINE)
    radio(page, "With both .T").check()
    tab_to(page, arrow(page, "[1, 4]"))
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(arrow(page, "[3, 4]")).to_be_focused()
    assert_chosen(page, "With both .T")


@pytest.mark.parametrize("call", CALLS)
def test_a_cell_lights_its_arrow_and_puts_it_out(visit, call):
    page = visit(ROUTINE, DESK)
    radio(page, call).check()
    for role in ("given", "written"):
        cell(page, role, CELLS[call][0]).click()
        assert_chosen(page, call)
        cell(page, role, CELLS[call][1]).press("Enter")
        expect(pressed(page)).to_have_count(0)
        expect(status(page)).to_contain_text("Step ")


def test_a_choice_stays_with_the_other_call_and_goes_with_the_next_step(visit):
    page = visit(ROUTINE)
    slider(page).fill("12")
    arrow(page, "[3, 4]").click()
    for call in reversed(CALLS):
        radio(page, call).check()
        assert_chosen(page, call)
    button(page, "Previous step").click()
    assert_step(page, 11)
    expect(pressed(page)).to_have_count(0)


def test_the_arrow_keys_go_from_cell_to_cell_and_tab_to_the_next_array(visit):
    page = visit(ROUTINE, DESK)
    given = page.locator(".live:visible .given .cell")
    tab_to(page, given.nth(0))
    for key, place in (
        ("ArrowRight", 1),
        ("ArrowDown", 7),
        ("ArrowLeft", 6),
        ("ArrowUp", 0),
        ("ArrowUp", 0),
    ):
        page.keyboard.press(key)
        expect(given.nth(place)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".live:visible .written .cell").nth(0)).to_be_focused()


@pytest.mark.parametrize("call", CALLS)
def test_it_fits_and_its_targets_are_large_enough(visit, sideways, call):
    page = visit(ROUTINE)
    radio(page, call).check()
    arrow(page, "[3, 4]").click()
    page.locator(".trace details:visible summary").click()
    for size in ((320, 568), PHONE, (768, 1024), DESK):
        page.set_viewport_size(viewport(size))
        controls = page.locator(".trace :is(button, input, summary):visible")
        boxes = controls.evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().toJSON())"
        )
        assert len(boxes) > 20
        assert min(min(box["width"], box["height"]) for box in boxes) >= 44 - 1e-3, size
        assert sideways(page) == 0


TOPS = """all => all.map(one => {
  const top = () => one.getBoundingClientRect().top + scrollY;
  const before = top();
  one.click();
  return Math.abs(top() - before);
})"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_press_moves_nothing_under_the_pointer(visit, size):
    page = visit(ROUTINE, size)
    for call in CALLS:
        radio(page, call).check()
        targets = page.locator(".live:visible :is(.cell, .targets button)")
        moved = targets.evaluate_all(TOPS)
        assert len(moved) > 20
        assert max(moved) < 0.5


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_picture_stays_below_the_controls_from_step_to_step(visit, size):
    page = visit(ROUTINE, size)
    gaps = set()
    for step in range(1, LAST + 1):
        slider(page).fill(str(step))
        field = page.locator(".live:visible .field").bounding_box()
        gaps.add(field["y"] - slider(page).bounding_box()["y"])
    assert len(gaps) == 1


def test_a_phone_shows_the_array_and_below_it_the_arrows_and_what_is_told(visit):
    page = visit(ROUTINE)
    frame = page.locator(".live:visible")
    given, field, told, key = (
        frame.locator(part).bounding_box()
        for part in (".given", ".field", "dl", ".key")
    )
    bottom = field["y"] + field["height"]
    assert bottom - given["y"] < PHONE[1] - 60  # below the controls
    assert bottom <= told["y"]
    assert told["y"] + told["height"] <= key["y"]


def test_what_the_key_calls_dashed_is_dashed(visit):
    page = visit(ROUTINE)
    key = page.locator(".trace .live:visible .key")
    expect(key).to_contain_text(
        "Dashed: an arrow with one slope so far. A dashed ring: that slope is 0."
    )
    halves = page.locator(".live .half").evaluate_all(
        "all => all.map(half => [half.localName, getComputedStyle(half).strokeDasharray])"
    )
    assert {name for name, _ in halves} == {"path", "circle"}
    assert "none" not in {dashes for _, dashes in halves}


def test_without_script_frames_and_tables_are_read(visit):
    page = visit(ROUTINE, java_script_enabled=False)
    expect(page.locator(".trace :is(form, .live):visible")).to_have_count(0)
    captions = page.locator(".trace .strip figcaption:visible").all_text_contents()
    steps = [caption.split(":")[0].strip() for caption in captions]
    assert steps == [f"Step {step} of 12" for step in (1, 3, 12, 1, 2, 12)]
    expect(page.locator(".trace .strip svg:visible")).to_have_count(6)
    key = page.locator(".trace .together:visible")
    expect(key).to_contain_text(re.compile(r"^These are 3 of the 12 steps.*Dashed"))
    page.locator(".trace summary").first.click()
    expect(page.locator(".trace table:visible").first).to_contain_text(
        "1.0001 * 2 = 2.0002"
    )
