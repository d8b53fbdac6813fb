"""The trace: what each step shows and says, how it is gone through, from an arrow to its cells.

Its tables are read in tests/site; here is what a script makes of them.
"""

import re
from itertools import pairwise

import numpy as np
import oracle
import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect
from reading.numbers import numbers
from reading.trace import (
    FUNCTION,
    LONGEST,
    POINTS,
    READ_ENTRIES,
    RUNS,
    UNIT,
    at_its_own_point,
)
from reading.words import said, word

from tests.browser.opened import opened
from tests.browser.tabbing import tab_to

ROUTINE = "tutorial/routine/"
PACE = 1600  # milliseconds from one step to the next
LAST = 12
LABELS = {"columns": word("pair.buggy"), "rows": word("pair.correct")}
CALLS = list(LABELS.values())
# The cells that the arrow at [3, 4] was made from, in either call.
CELLS = {
    word("pair.buggy"): [said("trace.cell", row=row, entry=2) for row in (0, 1)],
    word("pair.correct"): [said("trace.cell", row=2, entry=entry) for entry in (0, 1)],
}
NEXT = word("trace.next")
PREVIOUS = word("trace.previous")
PLAY = word("trace.play")
PAUSE = word("trace.pause")

PAGES = [
    url
    for url, source in oracle.sources().items()
    if '{{ trace("product") }}' in source.text
]
READ = """figure => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const frame = all('.live', figure).find(frame => frame.checkVisibility());
  const run = frame.closest('.run');
  const style = element => getComputedStyle(element);
  const isSeen = element => element.checkVisibility({visibilityProperty: true});
  const isWithin = (inner, outer) => {
    const [a, b] = [inner, outer].map(element => element.getBoundingClientRect());
    return a.left > b.left && a.right < b.right && a.top > b.top && a.bottom < b.bottom;
  };
  const number = cell => all('span', cell).at(-1);
  const array = role => all(`.${role} .row`, frame).map(row => ({
    framed: style(row).outlineStyle !== 'none',
    cells: all('.cell', row).map(cell => ({
      number: isSeen(number(cell)) ? words(number(cell)) : '',
      filled: style(cell).backgroundColor !== 'rgba(0, 0, 0, 0)',
      isMoved: all('small', cell).some(isSeen),
      underlined: style(number(cell)).textDecorationLine === 'underline',
      pressed: cell.getAttribute('aria-pressed') === 'true',
    })),
  }));
  const tables = all('details table', run);
  return {
    layout: run.dataset.layout,
    told: words(figure.querySelector('.step-sentence')),
    at: figure.querySelector('.controls').dataset.at,
    slider: figure.querySelector('[type=range]').value,
    previous: figure.querySelector('[name=previous]').ariaDisabled,
    next: figure.querySelector('[name=next]').ariaDisabled,
    facts: all('dt', frame).filter(isSeen).map(dt => [words(dt), words(dt.nextElementSibling)]),
    given: array('given'),
    written: array('written'),
    arrows: all('g.arrow', frame).map(arrow => Object.fromEntries(['half', 'full'].map(name => {
      const glyph = arrow.querySelector(`.${name}`);
      return [name, isSeen(glyph) ? glyph.getAttribute('d') ?? glyph.localName : ''];
    }))),
    targets: all('.targets button', frame).map((button, k) => ({
      pressed: button.ariaPressed === 'true',
      isOverItsPoint: isWithin(all('.base', frame)[k], button),
    })),
    steps: all('tbody tr', tables[0]).map(row => words(row.lastElementChild)),
    points: all('tbody tr', tables[1]).map(row => words(row.lastElementChild)),
  };
}"""
# Every step of both calls, and then every arrow of both, each pressed and let go.
WALK = f"""() => {{
  const read = {READ};
  const figure = document.querySelector('.trace');
  const range = figure.querySelector('[type=range]');
  const walked = {{}};
  for (const radio of figure.querySelectorAll('[type=radio]')) {{
    radio.click();
    const steps = [];
    for (let step = 1; step <= Number(range.max); step++) {{
      range.value = step;
      range.dispatchEvent(new Event('input', {{bubbles: true}}));
      steps.push(read(figure));
    }}
    const press = button => {{
      button.click();
      const shown = read(figure);
      button.click();
      return shown;
    }};
    const early = button => {{
      range.value = 1;
      range.dispatchEvent(new Event('input', {{bubbles: true}}));
      return press(button);
    }};
    const frame = [...figure.querySelectorAll('.live')].find(frame => frame.checkVisibility());
    const pressed = selector => [...frame.querySelectorAll(selector)].map(press);
    walked[radio.value] = {{
      label: radio.labels[0].textContent.trim(), steps,
      targets: pressed('.targets button'), given: pressed('.given .cell'),
      written: pressed('.written .cell'),
      early: [...frame.querySelectorAll('.targets button')].map(early),
    }};
  }}
  return walked;
}}"""


@pytest.fixture(scope="module")
def walks(chromium, host):
    """Every state of the trace of each page that has it: by layout, what is shown when."""
    found = []
    for url in PAGES:
        with opened(chromium, host + url) as page:
            found += page.evaluate(WALK).items()
    return found


@pytest.fixture(scope="module")
def steps(walks):
    """Of each walk its layout, and what is shown after each step of its run."""
    return [
        (layout, list(zip(RUNS[layout], walk["steps"], strict=True)))
        for layout, walk in walks
    ]


def test_a_choice_shows_the_run_of_the_call_that_it_names(walks):
    assert len(walks) == 2 * len(PAGES) > 2
    for layout, walk in walks:
        assert walk["label"] == LABELS[layout]
        assert {shown["layout"] for shown in walk["steps"]} == {layout}


def test_each_step_is_counted(steps):
    for _, states in steps:
        for k, (_, shown) in enumerate(states):
            assert shown["at"] == f"{k + 1}/{LAST}"
            assert shown["slider"] == str(k + 1)
            count = said("trace.count", step=k + 1, steps=LAST)
            assert shown["told"].startswith(count)
            assert shown["previous"] == str(k == 0).lower()
            assert shown["next"] == str(k == LAST - 1).lower()


def test_each_step_shows_what_f_got_and_gave(steps):
    names = [
        word(f"trace.{key}") for key in ("row", "shape", "ahead", "behind", "slope")
    ]
    for layout, states in steps:
        for step, shown in states:
            assert [name for name, _ in shown["facts"]] == names
            row, shape, ahead, behind, slope = (value for _, value in shown["facts"])
            assert row == said("trace.row_of", row=step.row)
            assert shape == ("(2,)" if layout == "rows" else "(6,)")
            assert numbers(ahead)[-1] == pytest.approx(FUNCTION.f(step.ahead), rel=1e-9)
            assert numbers(behind)[-1] == pytest.approx(
                FUNCTION.f(step.behind), rel=1e-9
            )
            assert numbers(slope)[-1] == pytest.approx(step.slope, abs=1e-6)


def named(point):
    return "[{:g}, {:g}]".format(*point)


def which_row(layout, step):
    """The sentence that says what x is at a step."""
    if layout == "rows":
        point = named(POINTS[step.row])
        return said("trace.x.rows", row=step.row, point=point)
    sentence = word("trace.x.columns")[step.row]
    return sentence.format(row=step.row, points=len(POINTS))


def what_moving_does(step):
    """The sentence that says what slope came of a step, and whether it is right."""
    exact = POINTS[step.point][1 - step.coordinate]
    is_right = abs(step.slope - exact) < 1e-6
    form = "unchanged" if step.slope == 0 else "changed"
    key = f"trace.moving.{form}_{'right' if is_right else 'wrong'}"
    slope = f"{step.slope:.6g}"
    return said(key, entry=step.entry, slope=slope, exact=f"{exact:g}")


def test_each_step_says_what_x_is_and_whether_its_slope_is_right(steps):
    for layout, states in steps:
        for step, shown in states:
            assert which_row(layout, step) in shown["told"]
            assert what_moving_does(step) in shown["told"]


def test_the_last_step_counts_the_arrows_that_are_right(steps):
    for layout, states in steps:
        arrows = [
            [step.slope for step in at_its_own_point(RUNS[layout], k)] for k in range(6)
        ]
        zero = sum(not any(arrow) for arrow in arrows)
        end = said("trace.end_none", zero=zero)
        if np.abs(np.array(arrows) - POINTS[:, ::-1]).max() < 1e-6:
            end = said("trace.end_right", points=len(POINTS))
        endings = [shown["told"].endswith(end) for _, shown in states]
        assert endings == [False] * (LAST - 1) + [True]


def test_each_step_says_what_its_line_of_the_table_says(steps):
    for _, states in steps:
        for k, (_, shown) in enumerate(states):
            assert shown["told"] == shown["steps"][k]


def test_the_array_holds_the_points_and_frames_the_row_that_f_gets(steps):
    for layout, states in steps:
        X = POINTS if layout == "rows" else POINTS.T
        for step, shown in states:
            for row, (line, drawn_row) in enumerate(
                zip(X, shown["given"], strict=True)
            ):
                is_given = row == step.row
                assert drawn_row["framed"] == is_given
                for entry, cell in enumerate(drawn_row["cells"]):
                    is_moved = (row, entry) == (step.row, step.entry)
                    assert cell["number"] == f"{line[entry]:g}"
                    assert cell["isMoved"] == cell["filled"] == is_moved
                    assert cell["underlined"] == (is_given and entry in READ_ENTRIES)


def test_the_gradient_is_written_cell_by_cell(steps):
    for layout, states in steps:
        for k, (_, shown) in enumerate(states):
            assert len(shown["written"][0]["cells"]) == (2 if layout == "rows" else 6)
            cells = [cell for row in shown["written"] for cell in row["cells"]]
            for at, cell in enumerate(cells):
                slopes = [RUNS[layout][at].slope] if at <= k else []
                assert numbers(cell["number"]) == pytest.approx(slopes, abs=1e-6)
                assert cell["filled"] == (at == k)


def drawn(path):
    """How far an arrow of the picture goes, to the right and upwards."""
    if path == "circle":
        return [0, 0]
    _, way = re.match(r"M([\d.]+ [\d.]+)([lh][^m]*)", path).groups()
    right, *down = map(float, way[1:].split())
    return [right, -down[0] if down else 0]


def test_the_arrows_grow_as_the_gradient_is_written(steps):
    unit = UNIT / LONGEST
    for layout, states in steps:
        for k, (_, shown) in enumerate(states):
            done = RUNS[layout][: k + 1]
            for point, arrow in enumerate(shown["arrows"]):
                along, up = at_its_own_point(RUNS[layout], point)
                if along not in done:
                    assert arrow == {"half": "", "full": ""}
                elif up not in done:
                    half = [along.slope * unit, 0]
                    assert drawn(arrow["half"]) == pytest.approx(half, abs=0.06)
                    assert arrow["full"] == ""
                else:
                    whole = [along.slope * unit, up.slope * unit]
                    assert drawn(arrow["full"]) == pytest.approx(whole, abs=0.06)
                    assert arrow["half"] == ""


def assert_origin(shown, layout, k):
    """What the arrow of a point was made from is told and marked."""
    steps = at_its_own_point(RUNS[layout], k)
    arrow = [step.slope for step in steps]
    exact = POINTS[k][::-1]
    told = shown["told"]
    assert told == shown["points"][k]
    assert numbers(told)[:4] == pytest.approx([*POINTS[k], *arrow], abs=1e-6)
    is_right = np.abs(exact - arrow).max() < 1e-6
    assert (word("trace.arrow_right") in told) == is_right
    names = [
        word(f"trace.{key}") for key in ("row", "shape", "arrow_here", "exact_here")
    ]
    assert [name for name, _ in shown["facts"]] == names
    x, _, arrow_here, exact_here = (value for _, value in shown["facts"])
    assert numbers(arrow_here) == pytest.approx(arrow, abs=1e-6)
    assert numbers(exact_here) == pytest.approx(exact, abs=1e-6)
    rows = {step.row for step in steps}
    assert {int(row) for row in numbers(x)} == rows
    own = {(step.row, step.entry) for step in steps}
    for role in ("given", "written"):
        for row, line in enumerate(shown[role]):
            for entry, cell in enumerate(line["cells"]):
                assert cell["pressed"] == ((row, entry) in own)
                assert not cell["filled"]
                if role == "given":
                    is_read = row in rows and entry in READ_ENTRIES
                    assert cell["underlined"] == is_read
    assert [row["framed"] for row in shown["given"]] == [
        row in rows for row in range(len(shown["given"]))
    ]
    for point, target in enumerate(shown["targets"]):
        assert target["pressed"] == (point == k)
        assert target["isOverItsPoint"]


def test_a_point_that_is_pressed_tells_what_its_arrow_was_made_from(walks):
    for layout, walk in walks:
        for k, shown in enumerate(walk["targets"]):
            assert_origin(shown, layout, k)


def test_a_point_that_is_pressed_before_its_time_takes_the_run_to_its_arrow(walks):
    for layout, walk in walks:
        for k, shown in enumerate(walk["early"]):
            _, last = at_its_own_point(RUNS[layout], k)
            assert shown["slider"] == str(RUNS[layout].index(last) + 1)
            assert shown["arrows"][k]["full"]
            assert_origin(shown, layout, k)


def test_a_cell_that_is_pressed_tells_of_the_arrow_that_it_belongs_to(walks):
    for layout, walk in walks:
        for role in ("given", "written"):
            for step, shown in zip(RUNS[layout], walk[role], strict=True):
                assert_origin(shown, layout, step.point)


# By hand


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
    return button(page, said("trace.arrow_at", point=place))


def cell(page, role, place):
    return page.locator(f".trace .live:visible .{role} .cell", has_text=place)


def pressed(page, role=""):
    return page.locator(f".trace .live:visible {role} [aria-pressed=true]")


def assert_step(page, step):
    expect(status(page)).to_contain_text(said("trace.count", step=step, steps=LAST))
    expect(slider(page)).to_have_value(str(step))


def assert_chosen(page, call):
    """The arrow at [3, 4] is told, and the cells that it was made from are lit."""
    before, _, _ = word("trace.arrow_computed").partition("{arrow}")
    expect(status(page)).to_contain_text(before.format(point="[3, 4]"))
    expect(arrow(page, "[3, 4]")).to_have_attribute("aria-pressed", "true")
    expect(pressed(page, ".targets")).to_have_count(1)
    for role in (".given", ".written"):
        expect(pressed(page, role).locator(".unseen")).to_have_text(CELLS[call])


def test_it_is_stepped_by_touch(visit):
    page = visit(ROUTINE, has_touch=True)
    assert_step(page, LAST)  # where the most is to be seen
    button(page, PREVIOUS).tap()
    assert_step(page, LAST - 1)
    button(page, NEXT).tap()
    assert_step(page, LAST)


def test_it_is_stepped_by_keyboard_to_the_end_and_no_further(visit):
    page = visit(ROUTINE)
    slider(page).fill("1")
    expect(button(page, PREVIOUS)).to_have_attribute("aria-disabled", "true")
    button(page, NEXT).focus()
    for step in range(2, LAST + 1):
        page.keyboard.press("Enter")
        assert_step(page, step)
    expect(button(page, NEXT)).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert_step(page, LAST)


def test_the_range_by_keyboard(visit):
    page = visit(ROUTINE, DESK)
    tab_to(page, slider(page))
    for key, step in (("Home", 1), ("ArrowRight", 2), ("End", LAST), ("ArrowLeft", 11)):
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
    button(timed, PLAY).click()
    assert_step(timed, 1)
    timed.clock.run_for(PACE)
    assert_step(timed, 2)
    expect(status(timed)).to_have_attribute("aria-live", "off")
    timed.clock.run_for(3 * PACE)
    assert_step(timed, 5)
    timed.clock.run_for(30 * PACE)
    assert_step(timed, LAST)
    expect(status(timed)).to_have_attribute("aria-live", "polite")
    button(timed, PLAY).click()
    assert_step(timed, 1)
    expect(button(timed, PAUSE)).to_be_visible()


def hide(page):
    """Do what a browser does when its tab is covered."""
    page.evaluate("""() => {
      Object.defineProperty(document, 'hidden', {value: true});
      document.dispatchEvent(new Event('visibilitychange'));
    }""")


STOPS = {
    "pause": lambda page: button(page, PAUSE).click(),
    "back": lambda page: button(page, PREVIOUS).click(),
    "scrub": lambda page: slider(page).press("ArrowLeft"),
    "arrow": lambda page: arrow(page, "[1, 4]").click(),
    "layout": lambda page: radio(page, word("pair.correct")).check(),
    "hidden": hide,
}


def test_play_stops_when_the_reader_does_something_else(timed):
    for name, stop in STOPS.items():
        slider(timed).fill("1")  # far from the end, where it would stop by itself
        button(timed, PLAY).click()
        timed.clock.run_for(PACE)
        stop(timed)
        expect(button(timed, PLAY)).to_be_visible()
        told = status(timed).text_content()
        timed.clock.run_for(5 * PACE)
        assert status(timed).text_content() == told, name


def test_nothing_plays_by_itself(timed):
    timed.clock.run_for(10 * PACE)
    assert_step(timed, LAST)


def test_an_arrow_lights_its_cells_by_touch(visit):
    page = visit(ROUTINE, has_touch=True)
    arrow(page, "[3, 4]").tap()
    assert_chosen(page, word("pair.buggy"))


def test_an_arrow_lights_its_cells_by_keyboard(visit):
    page = visit(ROUTINE)
    radio(page, word("pair.correct")).check()
    tab_to(page, arrow(page, "[1, 4]"))
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowRight", "Space"):
        page.keyboard.press(key)
    expect(arrow(page, "[3, 4]")).to_be_focused()
    assert_chosen(page, word("pair.correct"))


@pytest.mark.parametrize("layout", LABELS)
def test_a_cell_lights_its_arrow_and_puts_it_out(visit, layout):
    page = visit(ROUTINE, DESK)
    slider(page).fill("1")
    call = LABELS[layout]
    _, last = at_its_own_point(RUNS[layout], k=2)  # the point [3, 4]
    radio(page, call).check()
    for role in ("given", "written"):
        cell(page, role, CELLS[call][0]).click()
        assert_chosen(page, call)
        cell(page, role, CELLS[call][1]).press("Enter")
        expect(pressed(page)).to_have_count(0)
        assert_step(page, RUNS[layout].index(last) + 1)


def test_a_choice_stays_with_the_other_call_and_goes_with_the_next_step(visit):
    page = visit(ROUTINE)
    slider(page).fill("12")
    arrow(page, "[3, 4]").click()
    for call in reversed(CALLS):
        radio(page, call).check()
        assert_chosen(page, call)
    button(page, PREVIOUS).click()
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
def test_the_controls_stay_below_the_picture_from_step_to_step(visit, size):
    page = visit(ROUTINE, size)
    gaps = set()
    for step in range(1, LAST + 1):
        slider(page).fill(str(step))
        field = page.locator(".live:visible .field").bounding_box()
        gaps.add(slider(page).bounding_box()["y"] - field["y"] - field["height"])
    assert len(gaps) == 1
    assert min(gaps) > 0


def test_a_phone_shows_the_arrays_the_arrows_and_the_controls_on_one_screen(visit):
    page = visit(ROUTINE)
    trace = page.locator(".trace")
    parts = [
        trace.locator(f"{part}:visible").bounding_box()
        for part in (
            *(".live .given", ".live .written", ".live dl", ".live .field"),
            *(".controls", ".step-sentence", ".key"),
        )
    ]
    for upper, lower in pairwise(parts):
        assert upper["y"] + upper["height"] <= lower["y"]
    controls = parts[4]
    assert controls["y"] + controls["height"] - parts[0]["y"] < PHONE[1]


def test_what_the_key_calls_dashed_is_dashed(visit):
    page = visit(ROUTINE)
    key = page.locator(".trace .key:visible")
    expect(key).to_contain_text(word("trace.key.part"))
    halves = page.locator(".live .half").evaluate_all(
        "all => all.map(half => [half.localName, getComputedStyle(half).strokeDasharray])"
    )
    assert {name for name, _ in halves} == {"path", "circle"}
    assert "none" not in {dashes for _, dashes in halves}


def test_without_script_frames_and_tables_are_read(visit):
    page = visit(ROUTINE, java_script_enabled=False)
    expect(page.locator(".trace :is(input, button, .live):visible")).to_have_count(0)
    captions = page.locator(".trace .strip figcaption:visible").all_text_contents()
    for step, caption in zip((1, 3, 12, 1, 2, 12), captions, strict=True):
        assert caption.strip().startswith(said("trace.count", step=step, steps=LAST))
    expect(page.locator(".trace .strip svg:visible")).to_have_count(6)
    below = page.locator(".trace .together:visible")
    expect(below).to_contain_text(said("trace.still", shown=3, steps=LAST))
    key = page.locator(".trace .key:visible")
    expect(key).to_contain_text(word("trace.key.part"))
    page.locator(".trace summary").first.click()
    expect(page.locator(".trace table:visible").first).to_contain_text(
        "1.0001 * 2 = 2.0002"
    )
