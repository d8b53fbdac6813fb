"""What is found in a script that is pasted into the playground: its line, its mend, and what was not checked."""

import re
from urllib.parse import urljoin

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.words import said, word

from gradviz_core.scripts.reading import read
from tests.browser.playground import answer, button, expect_said, heard, undo
from tests.browser.reader_scripts import (
    NONSENSE,
    OLDER,
    OLDER_CALL,
    OLDER_LINE,
    OLDER_MEND,
    PAIR_TO_ROWS,
    PLAIN,
    PLOT_ALONE,
    RIGHT,
    SEVERAL,
    UNREAD,
)
from tests.browser.script_view import (
    NOT_CHECKED,
    NOTHING_READ,
    READING,
    SUCCESS,
    TAKE_MENDS,
    clipboard,
    findings,
    heading,
    line,
    shown,
    summary,
    unread,
)
from tests.unit.script_cases import CASES, WITHOUT


def numbered(locator):
    """The numbers and the lines of the script that are shown somewhere."""
    lines = locator.locator("[data-line]").all()
    return {int(each.get_attribute("data-line")): each.text_content() for each in lines}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_line_of_the_book_is_named_beside_its_mend(paste, size):
    page = paste(OLDER, size)
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    finding = findings(page).first
    expect(finding).to_contain_text(heading(OLDER_LINE, "layout"))
    expect_said(finding, "finding.layout.error", routine="numerical_gradient")
    before, after = finding.locator(".at"), finding.locator("dd code")
    assert before.text_content().strip() == OLDER_CALL.strip()
    assert after.text_content() == f"    {OLDER_MEND}"  # as far in as in the script
    assert before.is_visible()
    assert after.is_visible()
    assert after.locator("mark").all_text_contents() == [".T", ".T"]


def test_of_a_function_that_is_drawn_it_is_said_that_its_gradient_is_wrong(paste):
    finding = findings(paste(PLAIN)).first
    expect(finding).to_contain_text(word(f"{READING}.counted"))


def test_the_first_finding_is_on_the_first_screen(paste):
    page = paste(OLDER)
    expect(findings(page).first.locator(".at")).to_be_in_viewport()


def test_the_script_stands_with_its_numbers_around_what_is_found(paste):
    text = OLDER + "    # and so on\n" * 9
    page = paste(text)
    listing = page.locator("[data-part=findings], [data-part=rest]")
    for fold in listing.locator("summary").all():
        fold.click()
    shown_lines = {}
    for part in listing.all():
        shown_lines |= numbered(part)
    lines = text.rstrip("\n").split("\n")
    assert shown_lines == {k: each.rstrip() for k, each in enumerate(lines, 1)}
    assert listing.locator("[data-line]").count() == len(lines)  # each once


def test_a_finding_leads_to_the_page_that_explains_it(paste):
    page = paste(SEVERAL)
    for link in findings(page).locator("a").all():
        href = urljoin(page.url, link.get_attribute("href"))
        answer = page.request.get(href)
        assert answer.ok
        place = href.partition("#")[2]
        assert not place or f'id="{place}"' in answer.text()


def test_findings_stand_in_the_order_of_their_lines(paste):
    page = paste(
        SEVERAL.replace(
            "numerical_gradient(bowl, P)", "numerical_gradient(bowl, P.T).T"
        )
    )
    codes = [item.get_attribute("data-code") for item in findings(page).all()]
    assert codes == ["precedence", "layout"]
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=2))
    headings = findings(page).locator("strong").all_text_contents()
    lines = [int(re.search(r"\d+", text)[0]) for text in headings]
    assert lines == sorted(lines)
    page = paste(
        OLDER + "\n\ndef unused(w):\n    return 3\nnumerical_gradient(unused, X)\n"
    )
    severities = [item.get_attribute("data-severity") for item in findings(page).all()]
    assert severities == ["error", "note"]


def test_what_is_worth_knowing_stands_below_what_is_wrong(paste):
    beside_a_plot = CASES["the tangent plane, not called, beside a plot"][0]
    page = paste(beside_a_plot)
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    severities = [item.get_attribute("data-severity") for item in findings(page).all()]
    assert severities == ["error", "note"]
    knowing = page.locator("[data-part=knowing]")
    expect(knowing).to_have_text(said(f"{READING}.note", count=1))
    button(page, word(f"{READING}.copy_mended")).click()
    expect(button(page, word("copying.copied"))).to_be_visible()
    before = set(beside_a_plot.splitlines())
    changed = [line for line in clipboard(page).splitlines() if line not in before]
    assert len(changed) == 1


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_found_stands_above_its_line_and_the_mend_of_all_below(paste, size):
    page = paste(OLDER, size)
    finding = findings(page).first
    parts = [
        finding.locator(".verdict"),
        finding.locator(".at"),
        finding.locator(".change"),
        button(page, word(f"{READING}.copy_mended")),
    ]
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)


def test_a_phone_shows_the_plot_after_the_mend_and_before_what_is_worth_knowing(paste):
    page = paste(CASES["the tangent plane, not called, beside a plot"][0], PHONE)
    parts = [
        button(page, word(f"{READING}.copy_mended")),
        page.locator(".picture > svg:visible"),
        page.locator("[data-part=knowing]"),
        page.locator(".readout"),
    ]
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)


def test_a_right_script_is_told_so_above_what_is_worth_knowing(paste):
    page = paste(CASES["the tangent plane, not called, beside a right plot"][0])
    parts = (word(f"{READING}.nothing"), said(f"{READING}.note", count=1))
    expect(summary(page)).to_have_text(" ".join(parts))
    expect(findings(page)).to_have_attribute("data-severity", "note")
    expect(page.locator("[data-part=knowing]")).to_be_hidden()
    expect(button(page, word(f"{READING}.copy_mended"))).to_be_hidden()


def test_the_mended_script_is_copied_and_has_nothing_wrong(paste):
    for text in (OLDER, SEVERAL, PLAIN):
        assert_mended_whole(paste(text), text)


def assert_mended_whole(page, text):
    button(page, word(f"{READING}.copy_mended")).click()
    expect(button(page, word("copying.copied"))).to_be_visible()
    mended = clipboard(page)
    assert mended != text
    assert [each for each in read(mended).findings if each.severity != "note"] == []
    assert page.locator("#spelling").input_value() == text


def test_a_script_is_mended_in_the_field_and_drawn_as_it_is_then(paste):
    page = paste(PLAIN)
    assert shown(page)["verdict"] == "sparse"
    button(page, TAKE_MENDS).click()
    expect(page.locator("#spelling")).to_have_value(
        PLAIN.replace("np.array([X, Y]))", "np.array([X, Y]).T).T")
    )
    expect(summary(page)).to_have_text(SUCCESS)
    assert findings(page).count() == 0
    undo(page).click()
    expect(page.locator("#spelling")).to_have_value(PLAIN)
    expect(findings(page)).to_have_count(1)


def test_a_line_is_found_in_the_field_by_its_number(paste):
    page = paste(OLDER)
    page.get_by_role("button", name=line(OLDER_LINE)).click()
    selected = page.evaluate("""() => {
      const { value, selectionStart, selectionEnd } = document.getElementById('spelling');
      return value.slice(selectionStart, selectionEnd);
    }""")
    assert selected.strip() == OLDER_CALL
    assert page.evaluate("document.getElementById('spelling').scrollTop") > 100


def test_two_mends_of_one_line_are_one_place_and_both_made(paste):
    text = PLAIN.replace("np.arange(-2, 2.5, 0.25)", "np.arange(-2, 3)")
    page = paste(text)
    place = findings(page)
    expect(place).to_have_attribute("data-code", "layout integer")
    expect(place.locator(".at")).to_have_count(1)
    expect(place.locator("dd code")).to_have_count(1)
    expect(place.locator("strong")).to_have_count(2)
    expect(place.locator(".at .missing")).to_have_count(2)
    assert place.locator("dd mark.transpose").all_text_contents() == [".T", ".T"]
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    button(page, TAKE_MENDS).click()
    expect(summary(page)).to_have_text(SUCCESS)


def test_a_script_that_stops_says_so_with_its_line_and_what_to_write(paste):
    page = paste(PAIR_TO_ROWS.replace("np.array([X, Y]))", "np.array([X, Y]).T).T"))
    finding = findings(page).first
    number = PAIR_TO_ROWS.split("\n").index(WITHOUT.rstrip()) + 1
    expect(finding).to_contain_text(heading(number, "stops"))
    expect(finding.locator("dd").last).to_contain_text("lambda x: f(x[0], x[1])")
    button(page, TAKE_MENDS).click()
    expect(summary(page)).to_have_text(SUCCESS)


LONE_CALL = "    grad = numerical_gradient(function_2, np.array([A, B]))\n"
LONE_MEND = (
    "    points = np.array([A, B], float).T\n"
    "    grad = numerical_gradient(function_2, points).T"
)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_call_by_itself_becomes_lines_to_copy_under_one_condition(paste, size):
    page = paste(LONE_CALL, size)
    terms = {"routine": "numerical_gradient", "x": "A", "y": "B"}
    expect(summary(page)).to_have_text(said(f"{READING}.lone", **terms))
    expect(findings(page)).to_have_count(0)  # a lone call is no finding
    lines = page.locator("[data-part=findings] dd code")
    assert "\n".join(lines.all_text_contents()) == LONE_MEND
    expect(lines.last).to_be_in_viewport(ratio=1)
    assert lines.locator(".transpose").all_text_contents() == [".T", ".T"]
    page.locator("[data-part=findings] .copy-button").click()
    expect(page.locator("[data-part=findings] .copy-button")).to_have_text(
        word("copying.copied")
    )
    assert clipboard(page) == LONE_MEND
    expect(unread(page).first).to_be_hidden()
    expect(page.locator("[name=takes]")).to_be_hidden()
    page.get_by_text(word(f"{READING}.folded")).click()
    expect_said(unread(page).first, "unread.routine", name="numerical_gradient")
    expect(unread(page).last).to_have_text(word(f"{READING}.about.unspelled"))


@pytest.mark.parametrize(
    "text",
    [
        "grad = numerical_gradient(f, np.array([X, Y]).T)",
        "grad = numerical_gradient(f, np.array([X, Y, Z]))",
        "grad = numerical_gradient(f, np.array([X, Y], dtype=int))",
        "grad = numerical_gradient(f, np.stack([X, Y]))",
        "grad = numerical_gradient(f, np.array([points, Y]))",
        "numerical_gradient(f, np.array([X, Y]))",
        "X = X.ravel()\ngrad = numerical_gradient(f, np.array([X, Y]))",
    ],
)
def test_another_call_of_an_unknown_routine_becomes_nothing(paste, text):
    page = paste(text)
    expect(page.locator("[data-part=findings] dd code")).to_have_count(0)
    expect(page.locator("[data-part=folded]")).to_be_hidden()


def test_an_empty_box_stands_where_a_mend_puts_a_transpose(paste):
    place = findings(paste(OLDER)).first
    expect(place.locator(".at .missing")).to_have_count(2)
    assert place.locator("dd mark.transpose").all_text_contents() == [".T", ".T"]


def test_on_a_phone_only_the_line_and_its_mend_are_unfolded(paste):
    lines = paste(OLDER, PHONE).locator("[data-part=findings] [data-line]")
    expect(lines).to_have_attribute("data-line", str(OLDER_LINE))


def test_a_line_that_is_broken_goes_on_further_in_than_it_begins(paste):
    line = findings(paste(OLDER, PHONE)).first.locator(".at")
    starts = line.evaluate("""line => {
      const range = document.createRange();
      range.selectNodeContents(line.firstChild);
      return [...range.getClientRects()].map(({ left, width }) => [left, width]);
    }""")
    code_start = starts[0][0] + 4 * line.evaluate(
        "line => parseFloat(getComputedStyle(line).fontSize) * 0.6"
    )
    assert len(starts) > 1
    assert all(left > code_start for left, _ in starts[1:])


def test_no_mistake_is_denied_where_a_call_was_not_followed(paste):
    page = paste("grad = numerical_gradient(f, np.array([X, Y]).T).T")
    expect(summary(page)).to_have_text(NOT_CHECKED)
    expect_said(unread(page), "unread.routine", name="numerical_gradient")
    expect(unread(page)).to_contain_text(f"{line(1)}: ")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_not_checked_stands_first_where_nothing_wrong_was_found(paste, size):
    page = paste(UNREAD.replace("np.array([X, Y])", "np.array([X, Y]).T"), size)
    expect(summary(page)).to_have_text(said(f"{READING}.mend", count=1))
    expect(page.locator("[data-part=unchecked]")).to_have_text(NOT_CHECKED)
    below = unread(page).first.bounding_box()["y"]
    assert below > findings(page).first.bounding_box()["y"]
    right = RIGHT + "def g(w):\n    return 3\nnumerical_gradient(g, np.array(W))\n"
    page = paste(right, size)
    expect(summary(page)).to_have_text(NOT_CHECKED)
    expect(page.locator("[data-part=unchecked]")).to_be_hidden()
    expect(findings(page)).to_have_attribute("data-severity", "note")
    above = unread(page).first.bounding_box()["y"]
    assert above < findings(page).first.bounding_box()["y"]


def test_where_nothing_can_be_checked_no_mistake_is_denied(paste):
    page = paste(PLOT_ALONE)
    expect(summary(page)).to_contain_text(word(f"{READING}.no_subject"))


def test_what_cannot_be_read_is_named_with_its_line_and_leads_on(paste):
    page = paste(UNREAD)
    number = UNREAD.split("\n").index("    return table[x[0]]") + 1
    expect(unread(page)).to_contain_text(f"{line(number)}: ")
    page = paste(NONSENSE)
    expect(summary(page)).to_have_text(NOTHING_READ)
    expect(unread(page)).to_contain_text(f"{line(2)}: ")
    expect(answer(page)).to_have_text(word(f"{READING}.about.unreadable"))
    links = page.locator("[data-part=leads] a")
    expect(links).not_to_have_count(0)
    for link in links.all():
        expect(link).to_be_visible()
        href = link.get_attribute("href")
        assert page.request.get(urljoin(page.url, href)).ok
    expect(page.locator(".pictures")).to_be_hidden()


def test_a_screen_reader_hears_the_line_first(paste):
    page = paste(OLDER)
    expect(heard(page)).to_contain_text(heading(OLDER_LINE, "layout"))
    expect(heard(page)).to_contain_text(word("verdict.name.hidden"))


def test_what_is_said_of_a_script_can_be_read_by_everyone(paste, inspect, sideways):
    page = paste(SEVERAL, PHONE, theme="dark")
    assert inspect(page) == {}
    assert sideways(page) == 0
    page.locator("#spelling").fill(NONSENSE)
    expect(summary(page)).to_have_text(NOTHING_READ)
    assert inspect(page) == {}
