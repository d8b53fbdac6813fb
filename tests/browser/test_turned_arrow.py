"""One arrow turned among straight ones is drawn turned, and the fields are told apart by it.

Without .T, only the first of all numbers has a slope of its own: the arrow of one point alone
is turned around, all others have their direction, and all lengths are wrong by one factor.
"""

from reading.sentences import VERDICT_NAMES
from reading.svg import read_axes

from tests.browser.playground import Asked, ask, assert_field, at_work, unit_of_the_pair

TURNED = Asked(
    "plausible",
    "np.mean(x**2) + x[0] * (len(x) - 2) / 322 * 4 / 162",
    ["x[0]", "x[1]"],
)


def test_one_arrow_turned_among_straight_ones_is_drawn_and_told(chromium, host):
    with at_work(chromium, host) as page:
        shown = ask(page, TURNED)
    assert shown["verdict"] == "plausible"
    assert shown["badge"] == VERDICT_NAMES["plausible"]
    for layout, picture in shown["pictures"].items():
        axes = read_axes(picture["lines"], picture["numbers"])
        unit = unit_of_the_pair(TURNED, axes)
        assert_field(picture, TURNED, TURNED.arrows[layout], unit)
