"""Tab reaches all links and controls of a page in order, and what has the focus is seen.

On a phone in Chromium every page in English is tried, of functions two; elsewhere one of each
kind, and of these in Firefox on a desk every fourth. Other languages have the same controls.
"""

import pytest
from browser_fixtures import DESK, PHONE

from tests.browser.tabbing import assert_all_reached, tab_through


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_tab_reaches_everything_in_order(browser, watch, host, in_english, kinds, size):
    if browser.name == "chromium":
        tried = in_english if size == PHONE else kinds
    else:
        tried = kinds if size == PHONE else kinds[::4]
    for path in tried:
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
