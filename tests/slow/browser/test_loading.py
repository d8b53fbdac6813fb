"""Nothing moves while a page loads, whatever its address asks of the comparer."""

import pytest
from browser_fixtures import DESK, PHONE

from tests.browser.comparer import PRODUCT, SCALES, VIEWS

TALL = (800, 2600)
# On a slow machine its answer takes the place of the words that ask to wait, which Chromium
# counts as words that moved.
WITH_AN_ANSWER = "playground/index.html"
# Firefox does not tell what has moved.
pytestmark = pytest.mark.parametrize("browser", ["chromium"], indirect=True)
each_size = pytest.mark.parametrize(
    "size", [PHONE, DESK, TALL], ids=["phone", "desk", "tall"]
)


@each_size
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_comparer_opens_as_its_address_asks(visit, shift, size, view, scale):
    page = visit(f"{PRODUCT}#compare={view},{scale},40", size, fresh=True)
    assert shift(page) <= 0.01


@each_size
def test_no_page_moves(visit, shift, kinds, size):
    for path in kinds:
        at_most = 0.05 if path == WITH_AN_ANSWER else 0.01
        assert shift(visit(path, size, fresh=True)) <= at_most, path
