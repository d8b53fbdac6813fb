"""What the playground shows of a script that is pasted, for the tests of all its parts."""

from reading.fields import stock_scale
from reading.svg import SIDE, read_axes
from reading.words import said, word

from tests.browser.playground import SETTLED, assert_field, unit_of_the_pair
from tests.unit.script_cases import CASES

READING = "playground.reading"
HALF_FIXED, _ = CASES["only the argument is turned"]
NOTHING_WRONG = word(f"{READING}.nothing")
SUCCESS = word(f"{READING}.success")
NOT_CHECKED = word(f"{READING}.not_checked")
NOTHING_READ = word(f"{READING}.nothing_read")
TAKE_MENDS = word(f"{READING}.take")


def findings(page):
    return page.locator(".findings > [data-code]")


def summary(page):
    return page.locator(".script strong").first


def verdict(page):
    return page.locator("#verdict").get_attribute("data-verdict")


def about(page):
    """What is said of the fields that are drawn of a script."""
    return page.locator("[data-part=about]")


def unread(page):
    """What could not be read, a line each."""
    return page.locator("[data-part=unread] li")


def choices(page):
    """The functions of a script that can be drawn."""
    name = word(f"{READING}.choose").removesuffix(":")
    return page.get_by_role("group", name=name)


def line(number):
    return said(f"{READING}.line", line=number)


def shown(page):
    return page.evaluate(SETTLED)


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def assert_drawn(page, asked, automatic=True, downhill=False, angles="uv"):
    """Both pictures show these fields, each at the scale of its own arrows, or on one."""
    sign = -1 if downhill else 1
    for layout, picture in shown(page)["pictures"].items():
        arrows = sign * asked.arrows[layout]
        if automatic:
            unit = SIDE / stock_scale(asked.points, arrows)
        else:
            axes = read_axes(picture["lines"], picture["numbers"])
            unit = unit_of_the_pair(asked, axes)
        assert_field(picture, asked, arrows, unit, angles if automatic else None)


def heading(number, code):
    """What is said over a finding."""
    title = word(f"finding.{code}.title")
    return said(f"{READING}.heading", line=line(number), title=title)
