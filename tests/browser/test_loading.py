"""What a reader sees move, and what is asked for, while a page loads."""

import pytest
from browser_fixtures import DESK, PHONE

# The playground measures when it has been seen. On a slow machine its answer takes the place
# of the words that ask to wait, which Chromium counts as words that moved.
# tests/slow loads a page of each kind in every size.
PAGES = [
    ("", PHONE, 0),
    ("tutorial/routine/", PHONE, 0),
    ("functions/product/", PHONE, 0.01),
    ("functions/product/#compare=swipe,autoscale,40", DESK, 0.01),
    ("playground/", PHONE, 0.05),
    ("playground/", DESK, 0.01),
]
FONTS = """performance.getEntriesByType('resource')
  .filter(({name}) => name.endsWith('.woff2')).map(({initiatorType}) => initiatorType)"""


@pytest.mark.parametrize(("path", "size", "at_most"), PAGES)
def test_nothing_moves_while_a_page_loads(visit, shift, path, size, at_most):
    page = visit(path, size, fresh=True)
    if path == "playground/":
        page.locator("#verdict[data-verdict=sparse]").wait_for(state="attached")
    assert shift(page) <= at_most


@pytest.mark.parametrize(
    ("path", "kinds"), [("tutorial/routine/", ["link"]), ("tutorial/", [])]
)
def test_the_maths_font_is_asked_for_ahead_of_formulas_alone(visit, path, kinds):
    page = visit(path, fresh=True)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(FONTS) == kinds
