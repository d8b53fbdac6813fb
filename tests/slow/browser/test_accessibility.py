"""No state of a page has a fault that axe can find: each kind of control is used by its keys.

Of radio buttons each is: every view of the comparer, every call of the trace. After each, axe
looks at what has changed, with the block of the page around it; at the whole page when all of
them have been used. Chromium does so at both sizes. Firefox tries every other page on a phone,
and those between on a desk.
"""

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect

from tests.browser.comparer import PRODUCT, links

KEYS = {
    "summary": "Enter",
    "button": "Space",
    "radio": "Space",
    "checkbox": "Space",
    "number": "ArrowUp",
    "range": "ArrowLeft",  # the trace begins at its last step
    "slider": "ArrowRight",
    "select-one": "ArrowDown",
}
# Focus the next control that is like none before it, and give its kind and its tag. Of the
# cells of one array, say, one stands for all. One that was used may bring others.
NEXT = """() => {
  const CONTROLS = `main :is(button, input, select, textarea, summary, [role=slider]):not(
    :disabled, [aria-disabled=true]), .home .theme`;
  const isSeen = control => control.checkVisibility({visibilityProperty: true});
  const choice = control => control.type === 'radio' ? control.value : '';
  const like = control => [control.localName, control.type, control.name, choice(control),
    control.classList[0], control.parentElement.classList[0],
    control.closest('[role]')?.ariaLabel].join();
  const state = () => [control.value, control.checked, control.getAttribute('aria-valuenow'),
    control.parentElement.open, document.documentElement.outerHTML].join();
  const block = node => [...document.querySelectorAll('main > *')]
    .find(one => one.contains(node));
  window.known ??= new Set();
  window.observer?.disconnect();
  const control = [...document.querySelectorAll(CONTROLS)].filter(isSeen)
    .find(control => !known.has(like(control)));
  if (!control) {
    delete window.parts;
    return null;
  }
  known.add(like(control));
  control.focus();
  const before = state();
  const touched = new Set([control]);
  window.changed = () => state() !== before;
  window.parts = () => [...new Set([...touched].map(node => block(node) ?? document))];
  window.observer = new MutationObserver(all => all.forEach(one => touched.add(one.target)));
  observer.observe(document,
    {subtree: true, attributes: true, childList: true, characterData: true});
  const kind = control.getAttribute('role') ?? control.type ?? control.localName;
  return [kind, control.outerHTML.slice(0, 90)];
}"""
FILE = {"name": "f.py", "mimeType": "text/x-python", "buffer": b"x[0] * x[1]"}
# Whoever has a script never sees the frames of a run.
DROP_UNSEEN = "document.querySelectorAll('.strip').forEach(strip => strip.remove())"


def use(page, kind):
    """Use the control that has the focus, and say whether anything changed."""
    if kind == "file":
        page.locator(":focus").set_input_files(FILE)
    elif kind in KEYS:
        page.keyboard.press(KEYS[kind])
    else:
        page.keyboard.type("x[0] +")
    for _ in range(20):  # a picture is saved a little later
        if kind == "radio" or page.evaluate("changed()"):
            return True
        page.wait_for_timeout(50)
    return False


def use_all(page, inspect):
    """Give the controls of a page, each with the faults of what its use has changed."""
    page.evaluate(DROP_UNSEEN)
    faults = {}
    while control := page.evaluate(NEXT):
        kind, tag = control
        assert use(page, kind), (page.url, tag)
        faults[page.url, tag] = inspect(page)
    faults[page.url, "all"] = inspect(page)
    return faults


each_look = pytest.mark.parametrize(
    ("size", "theme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"]
)


@each_look
def test_axe_finds_nothing_in_any_state(
    browser, watch, inspect, host, kinds, size, theme
):
    if browser.name == "firefox":
        kinds = kinds[1::2] if size == DESK else kinds[::2]
    faults = {}
    with watch(size, theme) as (page, complaints):
        for path in kinds:
            page.goto(host + path)
            faults |= use_all(page, inspect)
    assert len(faults) > 3 * len(kinds)
    assert {place: found for place, found in faults.items() if found} == {}
    assert complaints == []


@each_look
def test_axe_finds_nothing_in_an_enlarged_picture(watch, inspect, host, size, theme):
    with watch(size, theme) as (page, _):
        page.goto(host + PRODUCT)
        links(page).last.click(position={"x": 5, "y": 5})
        expect(page.get_by_role("dialog")).to_be_visible()
        assert inspect(page) == {}


# Who uses the last filter of the list makes a picture in another place.
SEED = """() => addEventListener('change', ({target}) =>
  target.name === 'status' && document.querySelector('.errata table').before(new Image()))"""


def test_a_fault_that_a_control_makes_in_another_place_is_found(watch, inspect, host):
    with watch(PHONE) as (page, _):
        page.goto(host + "errata/")
        page.evaluate(SEED)
        first, *_, last_filter, reset, whole_page = use_all(page, inspect).values()
    assert "axe" not in first
    for faults in (last_filter, reset, whole_page):
        (fault,) = faults["axe"]
        assert fault.startswith("image-alt: ")
