"""Tab reaches all links and controls of a page in order, and what has the focus is seen.

One page of each kind is tried, in Firefox on a desk every fourth of them. Other languages
have the same controls.
"""

import pytest
from browser_fixtures import DESK, PHONE

from tests.browser.tabbing import assert_all_reached, tab_through


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_tab_reaches_everything_in_order(browser, watch, host, kinds, size):
    is_slow = browser.name == "firefox" and size == DESK
    for path in kinds[::4] if is_slow else kinds:
        # The focus has left the page before for the frame of the browser.
        with watch(size) as (page, _):
            page.goto(host + path)
            assert_all_reached(page)


SEEDS = {
    "no outline": "document.querySelector('.brand').style.outline = 'none'",
    "out of view": """document.querySelector('.brand').style.cssText =
      'position: fixed; left: -99em'""",
    "hidden": "document.querySelector('.masthead').setAttribute('aria-hidden', 'true')",
    "trap": """document.querySelector('.brand').addEventListener('keydown', event =>
      event.preventDefault())""",
}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_keeps_a_reader_from_tabbing_is_found(watch, host, seed):
    with watch(PHONE) as (page, _):
        page.goto(host)
        page.evaluate(f"() => {{ {SEEDS[seed]} }}")
        found = tab_through(page)
    if seed == "trap":
        assert len(found["missed"]) > 5
    else:
        assert any(fault.startswith(seed) for fault in found["faults"])
        assert found["missed"] == []
