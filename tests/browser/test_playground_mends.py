"""What the playground cannot read: it is marked, explained, mended, and nothing else moves."""

import dataclasses
import re
from urllib.parse import quote

import pytest
from browser_fixtures import DESK, PHONE, TABLET, viewport
from playwright.sync_api import expect
from reading.words import word

from tests.browser.playground import (
    ASK,
    PLAYGROUND,
    asking,
    assert_answered,
    at_work,
    field,
    mend,
    pattern_of,
    read,
    takes,
    type_over,
)

OPERAND = word("playground.expected.operand")
OPERATOR = word("playground.expected.operator")
FUNCTION = word("playground.expected.function")


@dataclasses.dataclass(frozen=True)
class Problem:
    """A text that is refused: what stands at the mark, what is said of it, what is offered."""

    text: str
    at: str
    key: str  # within [playground]
    values: dict = dataclasses.field(default_factory=dict)
    mend: str = ""


def operator_or(closing):
    return OPERATOR + word("list.or") + word(f"playground.expected.{closing}")


PROBLEMS = [
    Problem("x[0] +", "", "problem.end", {"expected": OPERAND}),
    Problem("(x[0]", "", "problem.end", {"expected": operator_or(")")}),
    Problem(
        "x[0", "", "problem.end", {"expected": word("playground.expected.]")}, "x[0]"
    ),
    Problem("2 * x[0] §", "§", "problem.character", {"found": "§"}),
    Problem(
        "x[0]^2",
        "^2",
        "problem.character",
        {"found": "^", "expected": OPERATOR},
        "x[0]**2",
    ),
    Problem("x[0] * * x[1]", "* x[1]", "problem.unexpected", {"found": "*"}),
    Problem(
        "x[0] + sin(x[1])",
        "sin(",
        "problem.name",
        {"found": "sin"},
        "x[0] + np.sin(x[1])",
    ),
    Problem("np.foo(x)", "np.foo", "problem.name", {"expected": FUNCTION}),
    Problem("x[0] + x[2]", "2]", "problem.index", {"found": "2"}),
    Problem(
        "1 + np.hypot(x[0])",
        "np.hypot",
        "problem.arity",
        {"found": "np.hypot", "wanted": 2, "given": 1},
    ),
    Problem("x**2", "**2", "problem.vector", mend="np.sum(x**2)"),
    Problem(
        "lambda v: v[0] * v[1]",
        "lambda",
        "problem.name",
        {"found": "lambda"},
        "x[0] * x[1]",
    ),
    Problem(
        "x[0] - 0,5",
        "0,5",
        "problem.decimal_comma",
        {"found": "0,5", "point": "0.5"},
        "x[0] - 0.5",
    ),
    Problem("cos 2y", "cos", "problem.parentheses", {"found": "cos"}),
    Problem("x[0]**2 = 1", "= 1", "problem.equation"),
    Problem("(" * 33, "(", "limit.brackets", {"most": 32}),
    Problem("-" * 200 + "1", "-", "limit.nodes", {"most": 200}),
    Problem(" " * 256 + "1", "1", "limit.characters", {"most": 256}, "1"),
]
REFUSED = f"""async fragment => {{
  await ({ASK})(fragment);
  // What a formula is likely to mean is loaded once the page has answered.
  while (!globalThis.gradviz.notation) await new Promise(then => setTimeout(then, 20));
  await new Promise(requestAnimationFrame);
  const [excerpt, mend] = ['#problem pre', '[name=mend]'].map(name => document.querySelector(name));
  return {{
    excerpt: excerpt.checkVisibility() ? excerpt.textContent : '',
    mend: mend.checkVisibility() ? mend.textContent : '',
    said: document.querySelector('#verdict p > span').textContent,
    beside: document.querySelector('.fault').textContent,
    isInvalid: document.querySelector('#spelling').getAttribute('aria-invalid'),
    verdict: document.querySelector('#verdict').dataset.verdict,
  }};
}}"""


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


def test_a_problem_is_marked_explained_and_mended(page):
    for problem in PROBLEMS:
        refused = page.evaluate(REFUSED, f"#f={quote(problem.text)}")
        excerpt, mark = refused["excerpt"].split("\n")
        assert mark.strip(" ") == "^"
        assert excerpt[mark.index("^") :].startswith(problem.at), problem
        assert problem.at or mark.index("^") == len(excerpt)
        pattern = pattern_of(f"playground.{problem.key}", **problem.values)
        assert re.search(pattern, refused["said"]), problem
        assert refused["isInvalid"] == "true"
        assert refused["verdict"] == ""
        offer = f"{word('playground.mend')} {problem.mend}" if problem.mend else ""
        assert refused["mend"] == offer
        if problem.mend:
            page.locator("[name=mend]").click()
            assert read(page)["fields"]["f"] == problem.mend
            expect(field(page)).to_be_focused()
            expect(field(page)).to_have_attribute("aria-invalid", "false")


WITHOUT_A_PLACE = {
    "x[0]&step=0": "grid",
    "x[0]&h=0": "h",
    "np.log(-np.sum(x**2))": "truth",
}


def test_a_fault_without_a_place_has_no_mark(page):
    for fragment, key in WITHOUT_A_PLACE.items():
        refused = page.evaluate(REFUSED, f"#f={fragment}")
        problem = word(f"playground.problem.{key}")
        assert refused["said"].startswith(problem), fragment
        assert refused["beside"].startswith(problem), fragment
        assert refused["excerpt"] == refused["mend"] == ""


def test_a_grid_at_fault_is_told_beside_its_fields_which_are_open(visit):
    page = visit(asking("x[0] * x[1]", "&start=3&stop=1"))
    stop = page.get_by_label(word("playground.grid.stop"), exact=True)
    expect(stop).to_be_visible()
    beside = page.locator(".grid + p")  # on a phone the answer is far above the fields
    expect(beside).to_contain_text(word("playground.problem.grid"))
    type_over(page, "3.1", name="stop")
    assert_answered(page, "raises")
    expect(beside).to_be_empty()
    page = visit(asking("x[0] +"))
    assert_answered(page, "")
    expect(stop).to_be_hidden()


def test_nothing_is_taken_from_what_cannot_be_read(visit):
    page = visit(asking("x[0] * foo("))
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(takes(page)).to_have_count(0)
    field(page).fill("x[0]")
    assert_answered(page, "sparse")
    assert [take.is_disabled() for take in takes(page).all()] == [False] * 5


# What is offered


def test_a_formula_with_two_meanings_is_offered_both(visit):
    page = visit(PLAYGROUND, DESK)
    field(page).fill("e^(-x^2)")
    expect(page.locator("#problem")).to_contain_text(word("playground.mends.two"))
    offers = {
        "np.sum(np.exp(-x**2))": word("playground.mends.outside"),
        "np.exp(-np.sum(x**2))": word("playground.mends.inside"),
    }
    shown = page.locator(".offer:visible")
    expect(shown).to_have_count(2)
    for offer, (spelling, difference) in zip(shown.all(), offers.items(), strict=True):
        assert offer.locator("code").text_content() == spelling
        assert offer.locator(".note").text_content() == difference
        assert "".join(offer.locator("mark").all_text_contents()).startswith("np.")
    mend(page, "np.exp(-np.sum(x**2))").click()
    expect(field(page)).to_have_value("np.exp(-np.sum(x**2))")
    field(page).fill("|x|")
    expect(shown.last).to_contain_text(word("playground.mends.outside"))
    expect(shown.first).to_contain_text(word("playground.mends.norm"))
    field(page).fill("sin(x[0])")
    expect(shown).to_have_count(1)
    assert shown.locator("mark").all_text_contents() == ["np.sin"]


def test_what_was_changed_is_marked_in_a_mend(visit):
    page = visit(PLAYGROUND, DESK)
    field(page).fill("x0^2 + 3 * x[1]")
    expect(mend(page, "x[0]**2 + 3 * x[1]")).to_be_visible()
    assert page.locator(".offer mark:visible").all_text_contents() == ["x[0]**"]


# Where it stands


def bottom(box):
    return box["y"] + box["height"]


def test_a_problem_covers_no_picture(visit):
    page = visit(PLAYGROUND)
    assert_answered(page, "sparse")
    long = (
        "X**2 + Y**2 - math.sin(X) * math.cos(Y) + exp(-X**2 - Y**2) + sqrt(X**2 + 1)"
    )
    for size in (PHONE, TABLET, DESK):
        page.set_viewport_size(viewport(size))
        for text in ("x[0] +", "sin(x[0]) * cos(x[1])", long):
            field(page).fill(text)
            problem = page.locator("#problem").bounding_box()
            pictures = page.locator(".pictures").bounding_box()
            assert pictures["y"] - bottom(problem) > 6, text
            expect(page.locator(".switch")).to_be_hidden()


def test_a_phone_shows_the_mark_at_the_mistake(visit):
    page = visit(PLAYGROUND)
    excerpt = page.locator("#problem pre")
    for text in ("x[0]**2 + x[1]**2 + sin(x[0]) + 3", "x[0] + " * 20 + "foo"):
        field(page).fill(text)
        before, mark = excerpt.text_content().split("\n")
        assert before[len(mark) - 1 :].startswith(("sin", "foo"))
        assert excerpt.evaluate("pre => pre.scrollWidth <= pre.clientWidth"), text
        box = page.locator("#problem").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE[0]


def test_an_excerpt_cuts_no_word(visit):
    page = visit(PLAYGROUND)
    text = "np.arctan(x[0]) * np.sin(x[1]) + np.linalg.norm(x) ! np.cos(x[0]) + np.tan(x[1])"
    for spaces in range(0, 20, 3):
        moved = text.replace("!", " " * spaces + "!")
        field(page).fill(moved)
        excerpt, mark = page.locator("#problem pre").text_content().split("\n")
        assert excerpt[len(mark) - 1] == "!"
        kept = excerpt.strip("…")
        assert re.search(rf"(?<![\w.]){re.escape(kept)}(?![\w.])", moved), excerpt
        assert excerpt.startswith("…") == (not moved.startswith(kept))
        assert excerpt.endswith("…") == (not moved.endswith(kept))
