"""Letters: how large those of an SVG are at each width that it has on the screen."""

from functools import cache
from itertools import pairwise

POINTS_AN_INCH = 72  # the unit of an SVG by matplotlib

# A picture may be shown large, but its labels no larger than the text of a page: at
# each of these widths they become smaller, so that they grow to this size by the next.
TEXT_PIXELS = 17
WIDTHS_ON_SCREEN = (420, 510, 620, 750, 910, 1100, 1330, 1610)

# A picture that the script draws has the small letters of matplotlib: below each of
# these widths they become larger, so that they shrink to this size by the one before.
LEAST_TEXT_PIXELS = 11
NARROW_WIDTHS = (250, 290, 350, 420, 510)
# Up to these widths, there is room for every second number only, and for no names.
EVERY_NUMBER_PIXELS = 420
NO_NAMES_PIXELS = 250
PLACES_OF_LARGER_LETTERS = (
    "[id$=axis_1] text{transform: translateY(0.2em)}"
    "[id$=axis_1] > :last-child text{transform: translateY(0.4em)}"
    "[id*=ytick_] text{transform: translateY(0.15em)}"
    "[id$=axis_2] > :last-child{transform: translateX(-5px)}"
)


@cache
def labels_as_large_as_text(inches: float) -> bytes:
    """Return the style rules for the labels of a picture this wide."""
    rules = ""
    for width, following in pairwise(WIDTHS_ON_SCREEN):
        size = _font_size(TEXT_PIXELS, inches, following)
        rules += f"@media (min-width: {width}px){{{size}}}"
    return rules.encode()


@cache
def letters_for_a_phone(inches: float) -> bytes:
    """Return the style rules for the letters of a script's picture that is shown small.

    Larger letters reach further up and to the left: the numbers move down, with the
    name below the axes, and the name beside them moves out.
    """
    widest = NARROW_WIDTHS[-1]
    rules = f"@media (max-width: {widest}px){{{PLACES_OF_LARGER_LETTERS}}}"
    for narrower, width in reversed([*pairwise(NARROW_WIDTHS)]):
        size = _font_size(LEAST_TEXT_PIXELS, inches, narrower)
        rules += f"@media (max-width: {width}px){{{size}}}"
    every_second = "[id*=tick_]:nth-of-type(2n) text{display: none}"
    rules += f"@media (max-width: {EVERY_NUMBER_PIXELS}px){{{every_second}}}"
    names = "[id*=axis_] > :last-child{display: none}"
    rules += f"@media (max-width: {NO_NAMES_PIXELS}px){{{names}}}"
    return rules.encode()


def _font_size(pixels: int, inches: float, width: int) -> str:
    """Return the rule by which text has a size in pixels at a width on the screen."""
    size = pixels * POINTS_AN_INCH * inches / width
    return f"text{{font-size: {size:.1f}px !important}}"


def with_rules(svg: bytes, rules: bytes) -> bytes:
    """Add rules to the style of an SVG."""
    end_of_style = b"</style>"
    return svg.replace(end_of_style, rules + end_of_style, 1)
