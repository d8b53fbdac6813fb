"""No state of a page has a fault that axe can find: each kind of control is used, by the keyboard.

After each, what it has changed is looked at, with the block of the page in which it stands; the
whole page when all of them have been used. Chromium does so at both sizes, Firefox takes turns: of
the pages, each of a kind of its own, it tries every other one on a phone, and those between on a
desk.
"""

import pytest

KEYS = {
    "summary": "Enter", "button": "Space", "radio": "Space", "checkbox": "Space",
    "number": "ArrowUp", "range": "ArrowRight", "slider": "ArrowRight", "select-one": "ArrowDown",
}  # fmt: skip
# The next control that is like none before it has the focus: of the cells of one array, say, one
# stands for all, as they differ in their numbers. One that was used may bring others.
NEXT = """() => {
  const CONTROLS = `main :is(button, input, select, textarea, summary, [role=slider]):not(
    :disabled, [aria-disabled=true]), .home .theme`; // what it does to others, the walk has seen
  const seen = control => control.checkVisibility({visibilityProperty: true});
  const like = control => [control.localName, control.type, control.name, control.classList[0],
    control.parentElement.classList[0], control.closest('[role]')?.ariaLabel].join();
  const state = () => [control.value, control.checked, control.getAttribute('aria-valuenow'),
    control.parentElement.open, document.documentElement.outerHTML].join();
  const block = node => [...document.querySelectorAll('main > *')].find(one => one.contains(node));
  window.known ??= new Set();
  window.observer?.disconnect();
  const control = [...document.querySelectorAll(CONTROLS)].filter(seen)
    .find(control => !known.has(like(control)));
  if (!control) return delete window.parts, null;
  known.add(like(control));
  control.focus();
  const before = state(), touched = new Set([control]);
  window.changed = () => state() !== before;
  window.parts = () => [...new Set([...touched].map(node => block(node) ?? document))];
  window.observer = new MutationObserver(all => all.forEach(one => touched.add(one.target)));
  observer.observe(document, {subtree: true, attributes: true, childList: true, characterData: true});
  const kind = control.getAttribute('role') ?? control.type ?? control.localName;
  return [kind, control.outerHTML.slice(0, 90)];
}"""
# Whoever has a script never sees the frames of a run.
UNSEEN = "document.querySelectorAll('.strip').forEach(strip => strip.remove())"
# Who uses the last filter of the list makes a picture in another place.
SEED = """() => addEventListener('change', ({target}) =>
  target.name === 'status' && document.querySelector('.errata table').before(new Image()))"""


def use(page, kind):
    """Use the control that has the focus by a key, and say whether anything changed."""
    if kind in KEYS:
        page.keyboard.press(KEYS[kind])
    else:
        page.keyboard.type("x[0] +")
    for _ in range(20):  # a picture is saved a little later
        if kind == "radio" or page.evaluate("changed()"):
            return True
        page.wait_for_timeout(50)
    return False


def found(told):
    return {kind: of for kind, of in told.items() if of not in ([], 0)}


def walked(page, inspect):
    """The controls of a page that were used, each with the faults of what it has changed."""
    page.evaluate(UNSEEN)
    faults = {}
    while following := page.evaluate(NEXT):
        kind, words = following
        assert use(page, kind), (page.url, words)
        faults[page.url, words] = found(inspect(page))
    return faults | {(page.url, "all"): found(inspect(page))}


@pytest.fixture(params=[((390, 664), "dark"), ((1280, 800), "light")], ids=["phone", "desk"])
def page(request, browser, watch):
    with browser(*request.param) as context, watch(context) as (page, complaints):
        yield page
        assert not complaints


def test_axe_finds_nothing_in_any_state(page, browser, inspect, host, kinds):
    faults, turn = {}, int(page.viewport_size["width"] > 390)
    some = kinds if browser.name == "chromium" else kinds[turn::2]
    for path in some:
        page.goto(host + path)
        faults |= walked(page, inspect)
    assert len(faults) > (40 / len(kinds) + 1) * len(some)
    assert not {place: of for place, of in faults.items() if of}


def test_a_fault_that_a_control_makes_in_another_place_is_found(browser, inspect, host):
    with browser((390, 664)) as context:
        page = context.new_page()
        page.goto(host + "errata/")
        page.evaluate(SEED)
        first, *_, last, button, whole = walked(page, inspect).values()
    assert not first.get("axe")
    for faults in (last, button, whole):
        assert faults["axe"] == ["image-alt: img"]
