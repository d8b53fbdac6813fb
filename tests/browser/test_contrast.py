"""Contrast of what is read and seen, computed from the style sheet and the colours of a figure."""

import re
from itertools import product

import pytest

from gradviz_core.figures import DARK, GROUND, INK, LINES

THEMES = ["light", "dark"]
TEXT = ("ink", "quiet", "link", "correct-ink", "buggy-ink", "keyword", "string", "number")
GROUNDS = ("paper", "card", "well")
GRAPHICS = ("correct", "buggy", "quiet")  # --correct is the outline of what has the focus, too
TINTS = {"correct-tint": "correct-ink", "buggy-tint": "buggy-ink"}
DECORATION = {"rule"}  # parts what space parts already
TOKEN = r"--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);"


def ratio(one, other):
    """Contrast as WCAG 2 defines it."""

    def luminance(colour):
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def tokens(sheet, theme, more=False):
    """Colours by name, in a theme, and as a reader who asks for more contrast gets them."""
    root, _, rest = sheet.partition("@media (prefers-contrast: more)")
    override = rest.partition("\n}\n")[0] if more else ""
    found = re.findall(TOKEN, root) + re.findall(TOKEN, override)
    return {name: colours[THEMES.index(theme)] for name, *colours in found}


def low(colours, pairs, least):
    shown = {pair: round(ratio(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    return {pair: value for pair, value in shown.items() if value < least}


TEXT_PAIRS = [*product(TEXT, GROUNDS), *((ink, tint) for tint, ink in TINTS.items())]
MARK_PAIRS = [("card", "correct-ink"), ("card", "buggy-ink")]  # the sign within a filled circle


@pytest.fixture(scope="module")
def sheet(built):
    return built.files()["static/site.css"].decode()


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read(sheet, theme):
    assert not low(tokens(sheet, theme), TEXT_PAIRS + MARK_PAIRS, 4.5)


@pytest.mark.parametrize("theme", THEMES)
def test_graphics_and_the_focus_can_be_seen(sheet, theme):
    assert not low(tokens(sheet, theme), product(GRAPHICS, GROUNDS), 3)


@pytest.mark.parametrize("theme", THEMES)
def test_more_contrast_is_more(sheet, theme):
    assert not low(tokens(sheet, theme, more=True), TEXT_PAIRS + MARK_PAIRS, 7)


def test_every_colour_is_a_token_that_is_weighed(sheet):
    weighed = {*TEXT, *GROUNDS, *GRAPHICS, *TINTS} | DECORATION
    assert set(tokens(sheet, "light")) == weighed
    # Comments, the paper of a printer, and what the difference of two pictures is divided by.
    told = r"/\*.*?\*/|--paper: #ffffff;|#bbb; mix-blend-mode: color-burn;"
    rest = re.sub(TOKEN, "", re.sub(told, "", sheet, flags=re.DOTALL))
    assert not re.findall(r"#[\da-fA-F]{3,8}\b|\b(?:light-dark|rgb|hsl|oklch|color-mix)\(", rest)


@pytest.mark.parametrize("theme", THEMES)
def test_figures_can_be_read_and_match_the_page(sheet, theme):
    colours = tokens(sheet, theme)
    shown = DARK if theme == "dark" else {name: name for name in DARK}
    ground = shown[GROUND]
    assert ground == colours["card"]
    assert {name: shown[INK[name]] for name in ("correct", "buggy")} == {
        name: colours[name] for name in ("correct", "buggy")
    }
    assert ratio(shown[LINES], ground) >= 4.5  # the numbers at the axes
    assert all(ratio(shown[ink], ground) >= 3 for ink in INK.values())


def test_the_ratio_is_that_of_the_standard():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=5e-4)
