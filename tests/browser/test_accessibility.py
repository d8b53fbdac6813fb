"""No state of a page has a fault that axe can find: each kind of control is used, by the keyboard."""

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
  window.known ??= new Set();
  const control = [...document.querySelectorAll(CONTROLS)].filter(seen)
    .find(control => !known.has(like(control)));
  if (!control) return null;
  known.add(like(control));
  control.focus();
  const before = state();
  window.changed = () => state() !== before;
  const kind = control.getAttribute('role') ?? control.type ?? control.localName;
  return [kind, control.outerHTML.slice(0, 90)];
}"""


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


@pytest.fixture(params=[((390, 664), "dark"), ((1280, 800), "light")], ids=["phone", "desk"])
def page(request, browser, watch):
    with browser(*request.param) as context, watch(context) as (page, complaints):
        yield page
        assert not complaints


def test_axe_finds_nothing_in_any_state(page, inspect, host, kinds):
    faults, used = {}, 0
    for path in kinds:
        page.goto(host + path)
        while following := page.evaluate(NEXT):
            kind, words = following
            used += 1
            assert use(page, kind), (path, words)
            found = {kind: of for kind, of in inspect(page).items() if of not in ([], 0)}
            if found:
                faults[path, words] = found
    assert used > 40
    assert not faults
