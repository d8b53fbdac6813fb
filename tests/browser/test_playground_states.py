"""The states of the playground, as its form names them, and what is seen in each."""

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import pytest
from browser_fixtures import PHONE
from playwright.sync_api import Page, expect
from reading.words import word

from tests.browser.playground import button
from tests.browser.reader_scripts import APART

PARTS = {
    "plot": ".pictures",
    "switch": ".switch",
    "why": ".why",
    "read-out": ".trial .together",
    "problem": "#problem",
    "progress": ".progress",
}
# Whether a part is seen, has its room alone, or is not there.
SEEN = """selectors => Object.fromEntries(selectors.map(([name, selector]) => {
  const part = document.querySelector(selector);
  if (part.checkVisibility({visibilityProperty: true})) return [name, 'seen'];
  return [name, part.checkVisibility() ? 'room' : 'gone'];
}))"""
DIMMED = """() => [...document.querySelectorAll('.picture > svg')]
  .every(svg => getComputedStyle(svg).opacity < 1)"""

SLOW = (
    "np.sum((x - np.mean(x))**2)&step=0.025"  # 32,400 points, one move after the other
)
NO_GRID = "x[0] * x[1]&start=3&stop=1"
NOWHERE = "np.log(-np.sum(x**2))"
SCRIPT, _ = APART["the routine is not there"]


def asks(fragment: str) -> Callable[[Page], None]:
    """Follow an address."""
    return lambda page: page.evaluate(
        "fragment => { location.hash = fragment; }", f"f={quote(fragment, safe='=&')}"
    )


def pastes(text: str) -> Callable[[Page], None]:
    return lambda page: page.locator("#spelling").fill(text)


def types(text: str) -> Callable[[Page], None]:
    def typing(page: Page) -> None:
        page.locator("#spelling").press("ControlOrMeta+a")
        page.keyboard.type(text)

    return typing


def stops(page: Page) -> None:
    asks(SLOW)(page)
    button(page, word("playground.stop")).click()


class State(NamedTuple):
    """How a state is come to after the first plot, and what is seen then."""

    come: Callable[[Page], None]
    plot: str = "seen"
    switch: str = "seen"
    why: str = "room"
    read_out: str = "room"
    problem: str = "room"
    progress: str = "gone"


GONE = {"plot": "gone", "switch": "gone", "why": "gone", "problem": "gone"}
WRONG = {"switch": "room"}
STATES = {
    "answered": State(types("x[0]"), why="seen", read_out="seen"),
    "busy": State(asks(SLOW), progress="seen"),
    "stopped": State(stops, progress="seen"),
    "wrong-text": State(types("x[0] +"), **WRONG, problem="seen", read_out="gone"),
    "wrong-grid": State(asks(NO_GRID), **WRONG),
    "wrong": State(types(NOWHERE), **WRONG, read_out="gone"),
    "apart": State(pastes(SCRIPT), **GONE, read_out="gone"),
    "waiting": State(pastes(SCRIPT), **GONE, read_out="gone"),
}


def assert_state(page: Page, name: str) -> dict[str, str]:
    """The form says that this is its state; give what is seen of each part.

    What is typed is marked as wrong where something is, and nowhere else.
    """
    expect(page.locator("form.trial")).to_have_attribute("data-state", name)
    is_invalid = page.locator("#spelling").get_attribute("aria-invalid") == "true"
    assert is_invalid == ("wrong" in name)
    seen: dict[str, str] = page.evaluate(SEEN, list(PARTS.items()))
    return seen


def expected(state: State) -> dict[str, str]:
    return dict(zip(PARTS, state[1:], strict=True))


@pytest.fixture
def phone(browser, host):
    """A playground on a phone, and what holds up its reader of scripts."""
    context = browser.new_context(PHONE)
    page = context.new_page()

    def opened(name: str, fragment: str = "") -> Page:
        if name == "waiting":
            page.route("**/reader.js", lambda route: None)
        page.goto(f"{host}playground/{fragment}", wait_until="domcontentloaded")
        return page

    yield opened
    context.close()


@pytest.mark.parametrize("name", STATES)
def test_what_is_seen_in_a_state_after_a_first_plot(phone, name):
    page = phone(name)
    assert_state(page, "answered")
    STATES[name].come(page)
    assert assert_state(page, name) == expected(STATES[name])
    assert page.evaluate(DIMMED) == (name != "answered")


FIRST = {
    "busy": f"#f={SLOW}",
    "wrong-text": "#f=x[0] %2B",
    "wrong-grid": f"#f={NO_GRID}",
    "wrong": "#f=",
}


@pytest.mark.parametrize("name", FIRST)
def test_before_the_first_plot_none_is_seen(phone, name):
    page = phone(name, FIRST[name])
    seen = assert_state(page, f"first-{name}")
    assert seen["plot"] == seen["switch"] == ("room" if name == "busy" else "gone")
    assert seen["problem"] == expected(STATES[name])["problem"]


def test_of_a_script_that_is_kept_nothing_is_seen_before_it_is_read(phone):
    page = phone("apart")
    assert_state(page, "answered")
    page.locator("#spelling").fill(SCRIPT)
    assert_state(page, "apart")
    held = []
    page.route("**/reader.js", lambda route: held.append(route))
    page.reload(wait_until="domcontentloaded")
    assert assert_state(page, "first-waiting") == expected(STATES["waiting"])
    held.pop().continue_()
    assert assert_state(page, "first-apart") == expected(STATES["apart"])


def test_before_anything_is_said_the_plot_has_its_room(phone):
    page = phone("waiting")
    page.route("**/playground.js", lambda route: route.fulfill(body=""))
    page.reload(wait_until="domcontentloaded")
    seen = assert_state(page, "first")
    assert seen == dict.fromkeys(PARTS, "room") | {"progress": "gone"}
