"""The trace: stepped, played and scrubbed; from an arrow to its cells and back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tabbing import tab_to

PHONE, DESK = (390, 664), (1280, 800)
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
FAULTS = """async () => (await axe.run('.trace', {resultTypes: ['violations']})).violations.map(
  fault => `${fault.id}: ${fault.nodes.map(node => node.target.join(' ')).join(', ')}`)"""


@pytest.fixture
def visit(visit):
    """Open the tutorial, with a clock that the test moves on."""
    page = "tutorial/routine/index.html"
    return lambda address, size, **options: visit(
        address + page, size, lambda page: page.clock.install(), **options
    )


def button(page, name):
    return page.locator(".trace").get_by_role("button", name=name, exact=True)


def radio(page, name):
    return page.locator(".trace").get_by_role("radio", name=name, exact=True)


def slider(page):
    return page.locator(".trace").get_by_role("slider")


def told(page):
    return page.locator(".trace [role=status]")


def arrow(page, place):
    return button(page, f"Arrow at {place}")


def numbers(page, selector):
    """What stands in some cells of the picture, which a reader sees."""
    cells = page.locator(f".trace .live {selector} > span:not(.unseen):visible").all()
    return [cell.text_content() for cell in cells]


def places(page, role, selector):
    """Row and entry of some cells of one of the two arrays."""
    cells = page.locator(f".trace .live:visible .{role} {selector} > .unseen").all()
    return [cell.text_content().strip() for cell in cells]


def values(page):
    return page.locator(".trace .live dd:visible").all_text_contents()


def arrows(page):
    """Of each point: nothing yet, half an arrow, or the whole of it."""
    return page.locator(".trace .live:visible g.arrow").evaluate_all("""all => all.map(arrow =>
      ['half', 'full'].filter(name => arrow.querySelector('.' + name).checkVisibility(
        {visibilityProperty: true})).join(' and '))""")


def assert_step(page, step):
    expect(told(page)).to_contain_text(f"Step {step} of 12:")
    expect(slider(page)).to_have_value(str(step))


def test_the_first_step_without_a_transpose(visit, host):
    page = visit(host, PHONE)
    assert_step(page, 1)
    assert numbers(page, ".given .hand .cell") == ["1", "2", "3", "1", "2", "3"]
    assert numbers(page, ".given .hand .read") == ["1", "2"]
    assert numbers(page, ".given .moved") == ["1"]
    assert numbers(page, ".written .cell") == ["2"]
    shown = ["row 0", "(6,)", "1.0001 * 2 = 2.0002", "0.9999 * 2 = 1.9998", "0.0004 / 2h = 2"]
    assert values(page) == shown
    assert arrows(page) == ["half", "", "", "", "", ""]


@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_to_the_end_and_a_step_back(visit, host, way):
    page = visit(host, PHONE, has_touch=True)

    def press(name):
        target = button(page, name)
        if way == "mouse":
            target.click()
        elif way == "touch":
            target.tap()
        else:
            target.press("Enter")

    for step in range(2, 13):
        press("Next step")
        assert_step(page, step)
    assert numbers(page, ".written .cell") == list("210000440000")
    assert arrows(page) == ["full"] * 6
    expect(button(page, "Next step")).to_have_attribute("aria-disabled", "true")
    button(page, "Next step").click(force=True)
    assert_step(page, 12)
    press("Previous step")
    assert_step(page, 11)
    assert numbers(page, ".written .cell") == list("21000044000")
    assert arrows(page) == [*["full"] * 5, "half"]


def test_the_range_by_keyboard(visit, host):
    page = visit(host, DESK)
    tab_to(page, slider(page))
    for key, step in (("ArrowRight", 2), ("ArrowRight", 3), ("End", 12), ("ArrowLeft", 11), ("Home", 1)):  # fmt: skip
        page.keyboard.press(key)
        assert_step(page, step)


def test_with_both_transposes_a_row_is_a_point(visit, host):
    page = visit(host, PHONE)
    radio(page, "With both .T").check()
    assert_step(page, 1)
    assert numbers(page, ".given .hand .cell") == ["1", "4"]
    assert values(page)[1:3] == ["(2,)", "1.0001 * 4 = 4.0004"]
    button(page, "Next step").click()
    assert arrows(page) == ["full", "", "", "", "", ""]
    slider(page).fill("12")
    assert numbers(page, ".written .cell") == list("414243515253")
    expect(told(page)).to_contain_text("All 6 arrows are right.")
    radio(page, "Without .T").check()
    assert_step(page, 12)
    assert numbers(page, ".written .cell") == list("210000440000")


def test_play_ends_at_the_end_and_starts_again(visit, host):
    page = visit(host, PHONE)
    button(page, "Play").click()
    assert_step(page, 2)
    expect(told(page)).to_have_attribute("aria-live", "off")
    page.clock.run_for(3 * 1600)
    assert_step(page, 5)
    page.clock.run_for(30 * 1600)
    assert_step(page, 12)
    expect(told(page)).to_have_attribute("aria-live", "polite")
    button(page, "Play").click()
    assert_step(page, 1)
    expect(button(page, "Pause")).to_be_visible()


STOPS = {
    "pause": lambda page: button(page, "Pause").click(),
    "back": lambda page: button(page, "Previous step").click(),
    "scrub": lambda page: slider(page).press("ArrowLeft"),
    "layout": lambda page: radio(page, "With both .T").check(),
    "arrow": lambda page: arrow(page, "[1, 4]").click(),
    "hidden": lambda page: page.evaluate("""() => {
      Object.defineProperty(document, 'hidden', {value: true});
      document.dispatchEvent(new Event('visibilitychange'));
    }"""),
}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_play_stops_when_the_reader_does_something_else(visit, host, stop):
    page = visit(host, PHONE)
    button(page, "Play").click()
    page.clock.run_for(1600)
    stop(page)
    expect(button(page, "Play")).to_be_visible()
    before = told(page).text_content()
    page.clock.run_for(5 * 1600)
    assert told(page).text_content() == before


def test_nothing_plays_by_itself(visit, host):
    page = visit(host, PHONE)
    page.clock.run_for(10 * 1600)
    assert_step(page, 1)


MADE = {
    "Without .T": (
        ["Row 0, entry 2:", "Row 1, entry 2:"],
        ["Row 0, entry 0:", "Row 0, entry 1:", "Row 1, entry 0:", "Row 1, entry 1:"],
        "The arrow at [3, 4] is [0, 0]. To compute it, f read the numbers of the points [1, 4] "
        "and [2, 4], and none of its own. It should be [4, 3]. Step 9 of 12 completed it.",
    ),
    "With both .T": (
        ["Row 2, entry 0:", "Row 2, entry 1:"],
        ["Row 2, entry 0:", "Row 2, entry 1:"],
        "The arrow at [3, 4] is [4, 3]. To compute it, f read the numbers of the point [3, 4]. "
        "It is right. Step 6 of 12 completed it.",
    ),
}


def assert_chosen(page, call):
    own, read, words = MADE[call]
    expect(told(page)).to_have_text(words)
    expect(arrow(page, "[3, 4]")).to_have_attribute("aria-pressed", "true")
    for role in ("given", "written"):
        assert places(page, role, "[aria-pressed=true]") == own
    assert places(page, "given", ".hand > .read") == read
    expect(page.locator(".trace .live:visible .targets [aria-pressed=true]")).to_have_count(1)


@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
@pytest.mark.parametrize("call", MADE)
def test_an_arrow_lights_the_cells_that_made_it(visit, host, call, way):
    page = visit(host, PHONE, has_touch=True)
    radio(page, call).check()
    if way == "keyboard":
        tab_to(page, arrow(page, "[1, 4]"))
        for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowRight", "Space"):
            page.keyboard.press(key)
        expect(arrow(page, "[3, 4]")).to_be_focused()
    else:
        arrow(page, "[3, 4]").click() if way == "mouse" else arrow(page, "[3, 4]").tap()
    assert_chosen(page, call)
    assert arrows(page)[2] == "full"
    shown = page.locator(".trace .live dt:visible").all_text_contents()
    # Of an arrow, two calls have no one value.
    assert shown == ["x", "x.shape", "arrow", "correct arrow"]
    assert values(page)[-2] == ("[0,\xa00]" if call == "Without .T" else "[4,\xa03]")
    assert values(page)[-1] == "[4,\xa03]"


@pytest.mark.parametrize("role", ["given", "written"])
@pytest.mark.parametrize("call", MADE)
def test_a_cell_lights_its_arrow(visit, host, call, role):
    page = visit(host, DESK)
    radio(page, call).check()
    for place in MADE[call][0]:
        page.locator(f".live:visible .{role} .cell", has_text=place).click()
        assert_chosen(page, call)
        page.locator(f".live:visible .{role} .cell", has_text=place).press("Enter")
        expect(page.locator(".trace [aria-pressed=true]")).to_have_count(0)
        expect(told(page)).to_contain_text("Step ")


def test_a_choice_stays_with_the_other_layout_and_goes_with_the_next_step(visit, host):
    page = visit(host, PHONE)
    slider(page).fill("12")
    arrow(page, "[3, 4]").click()
    for call in reversed(MADE):
        radio(page, call).check()
        assert_chosen(page, call)
    button(page, "Previous step").click()
    assert_step(page, 11)
    expect(page.locator(".trace [aria-pressed=true]:visible")).to_have_count(0)


def test_the_arrow_keys_go_from_cell_to_cell(visit, host):
    page = visit(host, DESK)
    cells = page.locator(".live:visible .given .cell")
    tab_to(page, cells.nth(0))
    for key, cell in (("ArrowRight", 1), ("ArrowDown", 7), ("ArrowLeft", 6), ("ArrowUp", 0), ("ArrowUp", 0)):  # fmt: skip
        page.keyboard.press(key)
        expect(cells.nth(cell)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".live:visible .written .cell").nth(0)).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("call", MADE)
def test_it_fits_and_its_targets_are_large_enough(visit, host, width, call):
    page = visit(host, (width, 800))
    radio(page, call).check()
    for control in page.locator(".trace :is(button, input, summary):visible").all():
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 44 - 1e-3, control.evaluate("e => e.outerHTML")
    arrow(page, "[3, 4]").click()
    page.locator(".trace details:visible summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_the_page_loads(visit, host, size, shift):
    page = visit(host, size)
    page.clock.resume()
    assert shift(page) == 0


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("call", MADE)
def test_a_press_moves_nothing_under_the_pointer(visit, host, size, call):
    page = visit(host, size)
    radio(page, call).check()
    for cell in page.locator(".live:visible :is(.cell, .targets button)").all():
        before = cell.bounding_box()["y"] + page.evaluate("scrollY")
        cell.click()
        assert abs(cell.bounding_box()["y"] + page.evaluate("scrollY") - before) < 0.5


def test_on_a_phone_the_arrows_come_close_to_the_array(visit, host):
    page = visit(host, PHONE)
    given = page.locator(".live:visible .given").bounding_box()
    field = page.locator(".live:visible .field").bounding_box()
    assert field["y"] + field["height"] - given["y"] < PHONE[1] - 60  # below the controls


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_picture_stays_below_the_controls_from_step_to_step(visit, host, size):
    page = visit(host, size, reduced_motion="reduce")
    gaps = set()
    for step in range(1, 13):
        slider(page).fill(str(step))
        field = page.locator(".live:visible .field").bounding_box()
        gaps.add(field["y"] - slider(page).bounding_box()["y"])
    assert len(gaps) == 1


def test_what_a_press_tells_stands_next_to_the_picture_on_a_phone(visit, host):
    page = visit(host, PHONE)
    parts = (page.locator(f".live:visible {part}") for part in (".field", "dl", ".key"))
    (picture, told, key) = (part.bounding_box() for part in parts)
    assert picture["y"] + picture["height"] <= told["y"]
    assert told["y"] + told["height"] <= key["y"]


def test_what_the_key_calls_dashed_is_dashed(visit, host):
    page = visit(host, PHONE)
    expect(page.locator(".live:visible .key")).to_contain_text(
        "Dashed: an arrow half written, or a ring"
    )
    halves = page.locator(".live .half").evaluate_all(
        "all => all.map(half => [half.localName, getComputedStyle(half).strokeDasharray])"
    )
    assert {name for name, _ in halves} == {"path", "circle"}
    assert "none" not in {dashes for _, dashes in halves}


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_without_script_the_strip_and_the_tables_are_read(visit, host, medium):
    page = visit(host, PHONE, java_script_enabled=False)
    page.emulate_media(media=medium)
    expect(page.locator(".trace :is(form, .live):visible")).to_have_count(0)
    captions = page.locator(".trace .strip figcaption:visible").all_text_contents()
    steps = [caption.split(":")[0].strip() for caption in captions]
    assert steps == [f"Step {k} of 12" for k in (1, 3, 12, 1, 2, 12)]
    expect(page.locator(".trace .strip svg:visible")).to_have_count(6)
    key = page.locator(".trace .together:visible")
    expect(key).to_contain_text(
        re.compile(r"^These are 3 of the 12 steps.*Filled: moved by h.*Dashed")
    )
    last = page.locator(".columns .strip .frame").nth(2)
    assert last.locator(".written .cell").all_text_contents() == list("210000440000")
    if medium == "screen":
        page.locator(".trace summary").first.click()
        expect(page.locator(".trace table:visible").first).to_contain_text("1.0001 * 2 = 2.0002")


def test_paper_shows_the_strip_of_both_layouts(visit, host):
    page = visit(host, DESK)
    key = page.locator(".trace :is(.key, .together):visible")
    expect(key).to_contain_text("±h: moved by h")
    page.emulate_media(media="print")
    expect(key).to_contain_text("Filled: moved by h")
    expect(page.locator(".trace .strip figure:visible")).to_have_count(6)
    expect(page.locator(".trace :is(form, .live):visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone, dark", "desk, light"]
)
@pytest.mark.parametrize("call", MADE)
def test_axe_finds_nothing_in_any_state(visit, host, size, scheme, call):
    page = visit(host, size, color_scheme=scheme, reduced_motion="reduce")
    page.clock.resume()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    radio(page, call).check()
    found = page.evaluate(FAULTS)
    for step in (5, 12):
        slider(page).fill(str(step))
        found += page.evaluate(FAULTS)
    arrow(page, "[3, 4]").click()
    page.locator(".trace details:visible summary").click()
    assert found + page.evaluate(FAULTS) == []


def test_two_traces_do_not_disturb_each_other(chromium, project):
    project.write(
        "content/two.md",
        '+++\ntitle = "Two"\n+++\n\n{{ trace("product") }}\n\n{{ trace("norm") }}\n',
    )
    assert project.build("-q").returncode == 0
    page = chromium.new_page()
    page.goto((project.site / "two/index.html").as_uri())
    first, second = page.locator(".trace").all()
    second.get_by_role("radio", name="With both .T", exact=True).check()
    second.get_by_role("button", name="Next step").click()
    expect(first.get_by_role("status")).to_contain_text("Step 1 of 12: x is row 0, the first")
    expect(second.get_by_role("status")).to_contain_text("Step 2 of 12: x is row 0, both")
    expect(first.get_by_role("radio", name="Without .T")).to_be_checked()
    page.close()
