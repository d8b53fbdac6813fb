"""Contrast of the focus, and of text for who asks for more of it; a figure has the ground of its page.

What a figure shows can be told from its ground: site/test_figures.py holds it for all of them.

All other text is held to the usual contrast by axe, on a page of each kind in test_pages.py.
"""

import re

import pytest
from browser_fixtures import DESK
from reading import svg

each_theme = pytest.mark.parametrize("theme", ["light", "dark"])


def contrast(one, other):
    """The contrast of two colours, as a browser writes them: rgb(12, 34, 56)."""
    return svg.contrast(in_hexadecimal(one), in_hexadecimal(other))


def in_hexadecimal(colour):
    assert colour.startswith("rgb("), colour  # not rgba, through which others are seen
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour))


def test_the_contrast_is_that_of_the_standard():
    assert svg.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert svg.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=5e-4)


GROUND_OF_FIGURE = (
    "() => getComputedStyle(document.querySelector('#patch_1 path')).fill"
)


@each_theme
def test_a_figure_lies_on_its_page_without_an_edge(visit, theme):
    page = visit("functions/product/", theme=theme)
    card = page.locator(".picture").first
    behind = card.evaluate("card => getComputedStyle(card).backgroundColor")
    figure = visit("figures/product-correct.svg", theme=theme)
    assert figure.evaluate(GROUND_OF_FIGURE) == behind


# The outline of what has the focus, and the colour that it is seen on.
OUTLINE = """element => {
  element.focus();
  let behind = element.parentElement;
  const ground = of => getComputedStyle(of).backgroundColor;
  while (behind.parentElement && ground(behind) === 'rgba(0, 0, 0, 0)') {
    behind = behind.parentElement;
  }
  return [getComputedStyle(element).outlineColor, ground(behind)];
}"""


@each_theme
@pytest.mark.parametrize(
    ("path", "control"),
    [("", ".brand"), ("functions/", ".card a"), ("playground/", "#spelling")],
)
def test_the_focus_can_be_seen(visit, theme, path, control):
    page = visit(path, theme=theme)
    page.keyboard.press("Tab")  # from now on the focus is that of who uses keys
    outline, ground = page.locator(control).first.evaluate(OUTLINE)
    assert contrast(outline, ground) >= 3


ENHANCED = """async () => {
  const {violations, passes} = await axe.run({runOnly: ['color-contrast-enhanced']});
  return {
    low: violations.flatMap(({nodes}) => nodes.map(node => node.target.join(' '))),
    passed: passes.flatMap(({nodes}) => nodes).length,
  };
}"""


@each_theme
def test_who_asks_for_more_contrast_gets_more(visit, axe, theme):
    page = visit("elements/", DESK, theme=theme, contrast="more")
    page.evaluate(axe)
    found = page.evaluate(ENHANCED)
    assert found["low"] == []
    assert found["passed"] > 100
