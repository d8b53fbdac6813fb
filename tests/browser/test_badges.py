"""A badge has the word of its verdict, in a colour that says whether it warns."""

import oracle
import pytest
from playwright.sync_api import expect
from reading.colours import INKS, as_computed
from reading.sentences import VERDICT_NAMES
from reading.words import word

from tests.browser.playground import PLAYGROUND, Asked, ask, at_work
from tests.unit.script_cases import CASES

# Blue for what is right, orange for what is wrong, grey for what does not show.
INK_OF = dict.fromkeys(VERDICT_NAMES, "buggy") | {"right": "correct", "hidden": "quiet"}

# What a reader may type, and what becomes of it without .T.
TYPED = {
    "hidden": "np.sum(x**2)",
    "scaled": "np.mean(x**2)",
    "plausible": "np.linalg.norm(x)",
    "sparse": "x[0] * x[1]",
    "blank": "np.prod(x)",
}
# What no function of the registry has: f meets 324 numbers and stops.
NOT_REGISTERED = {"raises": "np.array([1, 2]) @ x"}
BADGES = """() => [...document.querySelectorAll('main b.verdict')].map(badge => ({
  words: badge.textContent,
  colour: getComputedStyle(badge).color,
  edge: getComputedStyle(badge).borderTopColor,
}))"""


def of_verdict(verdict):
    """The first function of the registry with a verdict."""
    functions = oracle.functions().values()
    return next(f for f in functions if f.measured("columns").verdict == verdict)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("verdict", TYPED)
def test_the_page_of_a_function_has_its_verdicts_in_their_words_and_colours(
    visit, verdict, theme
):
    page = visit(f"functions/{of_verdict(verdict).name}/", theme=theme)
    above, of_columns, of_rows = page.evaluate(BADGES)
    for badge, expected in (
        (above, verdict),
        (of_rows, "right"),
        (of_columns, verdict),
    ):
        colour = as_computed(INKS[theme][INK_OF[expected]])
        assert badge["words"] == VERDICT_NAMES[expected]
        assert (badge["colour"], badge["edge"]) == (colour, colour), expected


def test_the_playground_has_each_verdict_in_its_word_and_colour(chromium, host):
    with at_work(chromium, host) as page:
        for verdict, spelling in (TYPED | NOT_REGISTERED).items():
            shown = ask(page, Asked(verdict, spelling, []))
            assert shown["badge"] == VERDICT_NAMES[verdict]
            expected = as_computed(INKS["light"][INK_OF[verdict]])
            assert shown["badgeColour"] == expected, verdict


@pytest.mark.parametrize(
    ("name", "severity", "ink"),
    [
        ("without both", "error", "buggy"),
        ("the start used again", "warning", "buggy"),
        ("the start used once", "note", "quiet"),
    ],
)
def test_a_finding_has_its_severity_in_its_word_and_colour(visit, name, severity, ink):
    page = visit(PLAYGROUND, forgotten=True)
    page.locator("#spelling").fill(CASES[name][0])
    badge = page.locator(".findings b.verdict")
    expect(badge).to_have_text(word(f"severity.{severity}"))
    expect(badge).to_have_css("color", as_computed(INKS["light"][ink]))
