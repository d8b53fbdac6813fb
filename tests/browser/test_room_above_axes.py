"""Pictures of matplotlib's window: a card leaves no room for a title that nothing has."""

import pytest
from browser_fixtures import DESK, PHONE

from tests.browser.playground import PLAYGROUND

PAGES = ["", "functions/product/", "errata/autoscale/", "symptoms/#lines"]

# How far the axes are below the upper edge of each picture in sight, in widths of it: they
# begin at 12 % of the height of a figure by matplotlib.
BELOW_EDGE = """frames => frames.filter(frame => frame.checkVisibility()).map(frame => {
  const edge = frame.getBoundingClientRect();
  const drawn = frame.querySelector('img').getBoundingClientRect();
  return (drawn.top + 0.12 * drawn.height - edge.top) / drawn.width;
})"""
BELOW_EDGE_OF_DRAWING = """svg => {
  const [, top, width] = svg.getAttribute('viewBox').split(/[ ,]/).map(Number);
  return -top / width;
}"""
FOR_HALF_A_NUMBER = pytest.approx(0.02, abs=0.002)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", PAGES)
def test_the_axes_of_a_window_begin_at_the_upper_edge_of_its_picture(visit, path, size):
    page = visit(path, size)
    pictures = page.locator('main .picture > a:has(img[width="640"])')
    shown = [share for share in pictures.evaluate_all(BELOW_EDGE) if share > 0.005]
    # On a phone those of symptoms are cut to the axes.
    assert shown or path.startswith("symptoms")
    assert all(share == FOR_HALF_A_NUMBER for share in shown)


def test_so_do_those_that_a_script_of_the_page_draws(visit):
    page = visit(PLAYGROUND)
    drawing = page.locator(".stage .picture > svg:visible").first
    assert drawing.evaluate(BELOW_EDGE_OF_DRAWING) == FOR_HALF_A_NUMBER
