"""No state of a page has a fault that axe can find: each kind of control is used, by the keyboard."""

import re

import pytest

CONTROLS = """main :is(button, input, select, textarea, summary, [role=slider]):not(
  :disabled, [aria-disabled=true]), .theme"""
KEYS = {
    "summary": "Enter", "button": "Space", "radio": "Space", "checkbox": "Space",
    "number": "ArrowUp", "range": "ArrowRight", "slider": "ArrowRight", "select-one": "ArrowDown",
}  # fmt: skip
STATE = """control => [control.value, control.checked, control.getAttribute('aria-pressed'),
  control.getAttribute('aria-expanded'), control.getAttribute('aria-valuenow'),
  control.parentElement.open, document.documentElement.outerHTML].join()"""
# Kept in the page, whose whole text is long to send.
TAKE = f"""control => {{
  window.before = ({STATE})(control);
  control.focus();
  return control.getAttribute('role') ?? control.type ?? control.localName;
}}"""
CHANGED = f"control => ({STATE})(control) !== before"
# What the switch shows is code, not a name that one would say; its name says what it switches.
MEANT = ['label-content-name-mismatch: button[aria-label="Both .T"]']
SORT = re.compile(r'type="\w+"| hidden\b| disabled\b')
# Of the cells of one array, say, one stands for all: they differ in their numbers.
LIKE = """control => [control.localName, control.type, control.name, control.classList[0],
  control.parentElement.classList[0], control.closest('[role]')?.ariaLabel].join()"""


def use(page, control):
    """Use a control by a key, and say whether anything changed."""
    kind = control.evaluate(TAKE)
    if kind in KEYS:
        page.keyboard.press(KEYS[kind])
    else:
        page.keyboard.type("x[0] +")
    for _ in range(20):  # a picture is saved a little later
        if kind == "radio" or control.evaluate(CHANGED):
            return True
        page.wait_for_timeout(50)
    return False


@pytest.fixture(params=[((390, 664), "dark"), ((1280, 800), "light")], ids=["phone", "desk"])
def page(request, browser, watch):
    with browser(*request.param) as context, watch(context) as (page, complaints):
        yield page
        assert not complaints


def kinds(built, paths):
    """One page of each kind and sequence of controls: what differs between them is only words."""
    found = {}
    for path in paths:
        html = (built.site / path).read_text(encoding="utf-8")
        body = re.search(r"<body[^>]*>", html)[0]
        tags = re.findall(r"<(?:button|input|select|textarea|summary)\b[^>]*|role=.slider.", html)
        alike = [(re.split(r"[\s>]", tag)[0], *SORT.findall(tag)) for tag in tags]
        found.setdefault((body, str(alike)), path)
    assert len(found) > 10
    return sorted(found.values())


def test_axe_finds_nothing_in_any_state(page, inspect, host, built, paths):
    faults, used = {}, 0
    for path in kinds(built, paths):
        page.goto(host + path)
        controls, known = page.locator(CONTROLS).locator("visible=true"), set()
        while True:  # one that is used may bring others
            alike = controls.evaluate_all(f"all => all.map({LIKE})")
            number = next((n for n, like in enumerate(alike) if like not in known), None)
            if number is None:
                break
            known.add(alike[number])
            used += 1
            control = controls.nth(number).element_handle()
            words = control.evaluate("e => e.outerHTML.slice(0, 90)")
            assert use(page, control), (path, words)
            found = {kind: of for kind, of in inspect(page).items() if of not in ([], 0, MEANT)}
            if found:
                faults[path, words] = found
    assert used > 40
    assert not faults
