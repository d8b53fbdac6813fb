"""Tab reaches all links and controls of a page in order, and what has the focus is seen.

On a phone in Chromium every page is tried, of pages that are alike two; elsewhere one of a kind,
and of these in Firefox on a desk every fourth.
"""

import pytest

# The next Tab shows what the one before did: by then the page has followed the focus.
WATCH = """() => {
  const CAN = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const seen = element => element.checkVisibility({visibilityProperty: true});
  const isStop = element => element.tabIndex >= 0 && !element.disabled && seen(element) &&
    !(element.type === 'radio' && !element.checked);
  const all = [...document.querySelectorAll(CAN)];
  window.stops = all.filter(isStop);
  window.reached = [];
  window.faults = [];
  window.out = [];
  window.inView = element => {
    const {left, right, top, bottom} = element.getBoundingClientRect();
    return right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  };
  const start = document.activeElement;
  window.look = () => {
    const element = document.activeElement, name = element.outerHTML.slice(0, 90);
    if (!reached.length && element === start) return;
    reached.push(stops.indexOf(element));
    if (element === document.body) return;
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) faults.push(`no outline: ${name}`);
    if (!inView(element)) out.push(element);
    if (element.closest('[hidden], [aria-hidden=true]')) faults.push(`hidden: ${name}`);
  };
  addEventListener('keydown', event => event.key === 'Tab' && look(), true);
  return stops.length;
}"""
# A place that scrolls is a stop of its own, which the browser adds.
# A page that is still at work may follow the focus a frame late: what was out of view has the
# focus once more, at rest.
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
ON_THE_WAY = "!reached.includes(stops.length - 1) && reached.length < 2 * stops.length"


def tabbed(page):
    """Hold Tab until all stops are behind, with some presses to spare for what scrolls."""
    stops = page.evaluate(WATCH)
    for _ in range(stops + 1):
        page.keyboard.down("Tab")
    while page.evaluate(ON_THE_WAY):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")
    return page.evaluate(RESULT)


@pytest.mark.parametrize("size", [(390, 664), (1280, 800)], ids=["phone", "desk"])
def test_tab_reaches_everything_in_order(browser, host, paths, alike, kinds, size):
    faults = {}
    every = browser.name == "chromium" and size[0] == 390
    some = kinds[::4] if browser.name == "firefox" and size[0] > 390 else kinds
    with browser(size) as context:
        for path in sorted({*paths} - {*alike}) if every else some:
            page = context.new_page()  # the focus has left the one before for the browser's frame
            page.goto(host + path)
            found = tabbed(page)
            page.close()
            reached = found["reached"]
            last = reached.index(max(reached)) + 1
            assert reached[:last] == sorted(set(reached)), path
            assert len(reached) >= 8
            if found["missed"] or found["faults"]:
                faults[path] = found
    assert not faults


def test_shift_and_tab_lead_back(browser, host):
    with browser((390, 664)) as context:
        page = context.new_page()
        page.goto(host)
        for _ in range(6):
            page.keyboard.press("Tab")
        page.evaluate(WATCH)
        for _ in range(5):
            page.keyboard.press("Shift+Tab")
        reached = page.evaluate(RESULT)["reached"]
        assert reached == sorted(reached, reverse=True)
        assert reached[-1] == 0


SEEDS = {
    "no outline": "document.querySelector('.brand').style.outline = 'none'",
    "out of view": "document.querySelector('.brand').style.cssText = 'position: fixed; left: -99em'",
    "hidden": "document.querySelector('.masthead').setAttribute('aria-hidden', 'true')",
    "trap": """document.querySelector('.brand').addEventListener('keydown', event =>
      event.preventDefault())""",
}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_keeps_a_reader_from_tabbing_is_found(browser, host, seed):
    with browser((390, 664)) as context:
        page = context.new_page()
        page.goto(host)
        page.evaluate(f"() => {{ {SEEDS[seed]} }}")
        found = tabbed(page)
    if seed == "trap":
        assert len(found["missed"]) > 5
    else:
        assert any(fault.startswith(seed) for fault in found["faults"])
        assert not found["missed"]
