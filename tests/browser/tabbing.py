"""Tab, pressed as a reader does who has no mouse."""

import pytest

# The next Tab shows what the one before did: by then the page has followed the focus.
# While the playground is at work it has a button to stop it, which then goes.
WATCH = """async () => {
  while (document.forms[0]?.dataset.state === 'busy')
    await new Promise(next => setTimeout(next, 20));
  const CAN = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const isSeen = element => element.checkVisibility({visibilityProperty: true});
  const isStop = element => element.tabIndex >= 0 && !element.disabled && isSeen(element) &&
    !(element.type === 'radio' && !element.checked);
  window.stops = [...document.querySelectorAll(CAN)].filter(isStop);
  window.reached = [];
  window.faults = [];
  window.out = [];
  window.inView = element => {
    const {left, right, top, bottom} = element.getBoundingClientRect();
    return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  };
  const start = document.activeElement;
  window.look = () => {
    const element = document.activeElement;
    const name = element.outerHTML.slice(0, 90);
    if (!reached.length && element === start) return;
    reached.push(stops.indexOf(element));
    if (element === document.body) return;
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    const isOutlined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    if (!isOutlined) faults.push(`no outline: ${name}`);
    if (!inView(element)) out.push(element);
    if (element.closest('[hidden], [aria-hidden=true]')) faults.push(`hidden: ${name}`);
  };
  addEventListener('keydown', event => event.key === 'Tab' && look(), true);
  return stops.length;
}"""
# A page that is still at work may follow the focus a frame late: what was out of view has
# the focus once more, at rest. A place that scrolls is a stop of its own, which the browser
# adds; it is none of ours.
RESULT = """async () => {
  look();
  for (const element of out) {
    element.blur();
    element.focus();
    await new Promise(done => setTimeout(done, 200));
    if (!inView(element)) faults.push(`out of view: ${element.outerHTML.slice(0, 90)}`);
  }
  return {
    missed: stops.filter((_, n) => !reached.includes(n)).map(e => e.outerHTML.slice(0, 90)),
    reached: reached.filter(place => place >= 0),
    faults,
  };
}"""
IS_ON_THE_WAY = (
    "!reached.includes(stops.length - 1) && reached.length < 2 * stops.length"
)


def tab_to(page, target, presses=60):
    """Press Tab until a control has the focus."""
    target = (
        target.element_handle()
    )  # to find it anew each time takes longer than the press
    for _ in range(presses):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not reach it")


def tab_through(page):
    """Hold Tab until all stops are behind, and give the order in which they were reached."""
    stops = page.evaluate(WATCH)
    for _ in range(stops + 1):
        page.keyboard.down("Tab")
    while page.evaluate(IS_ON_THE_WAY):  # what scrolls takes some presses more
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    return page.evaluate(RESULT)


def assert_all_reached(page):
    """Tab reaches every link and control in order, and what has the focus is seen."""
    found = tab_through(page)
    assert found["missed"] == []
    assert found["faults"] == []
    reached = found["reached"]
    assert len(reached) >= 8
    last = reached.index(max(reached)) + 1
    assert reached[:last] == sorted(set(reached))


def tab_back(page, presses):
    """Press Shift and Tab, and give the order in which the stops were reached."""
    page.evaluate(WATCH)
    for _ in range(presses):
        page.keyboard.press("Shift+Tab")
    return page.evaluate(RESULT)["reached"]
