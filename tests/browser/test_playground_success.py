"""After a mend: the picture that the reader's plot should look like, and what was changed for it."""

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.words import said, word

from tests.browser.playground import PLAYGROUND, button, field, undo
from tests.browser.reader_scripts import (
    DEF,
    OLDER,
    OLDER_CALL,
    OLDER_LINE,
    OLDER_MEND,
    PLAIN,
    RIGHT,
)

READING = "playground.reading"
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
# How far the plot is from the top of the page.
PLOT_AT = """() => {
  const plot = document.querySelector('.stage > .pair');
  return plot.getBoundingClientRect().y + scrollY;
}"""


def mended(page):
    button(page, word(f"{READING}.take")).click()
    return page


def label(page, ink):
    return page.locator(f".picture.{ink} > .label > [data-usual]")


def summary(page):
    return page.locator("[data-part=summary]")


def answer(page):
    """What is said of the fields, to be seen."""
    return page.locator("#verdict > p:visible:not(.unseen)")


@SIZES
def test_the_picture_of_the_mended_script_is_the_first_thing_in_sight(paste, size):
    page = mended(paste(OLDER, size))
    expect(summary(page)).to_have_text(word(f"{READING}.success"))
    expect(summary(page)).to_be_in_viewport()
    expect(page.locator(".picture.correct > svg")).to_be_in_viewport()
    expect(label(page, "correct")).to_have_text(word("playground.by_mend.correct"))
    expect(answer(page).locator(".verdict")).to_have_text(word("verdict.name.right"))
    assert page.locator(".picture.buggy").is_visible() == (size == DESK)
    expect(label(page, "buggy")).to_have_text(word("playground.by_mend.buggy"))


@SIZES
def test_the_changed_line_is_in_sight_and_the_change_is_marked(paste, size):
    page = mended(paste(OLDER, size))
    changed = page.locator(".changed")
    expect(changed).to_have_count(1)
    line = changed.locator(".at")
    expect(line).to_be_in_viewport()
    expect(line).to_have_attribute("data-line", str(OLDER_LINE))
    expect(line).to_have_text(OLDER_MEND)
    assert line.locator("mark").all_text_contents() == [".T", ".T"]
    expect(changed).to_contain_text(said(f"{READING}.line", line=OLDER_LINE))


def test_the_mended_script_can_be_copied_to_the_letter_and_undone(paste):
    page = mended(paste(OLDER, PHONE))
    copy = button(page, word(f"{READING}.copy_mended"))
    expect(undo(page)).to_be_in_viewport(ratio=1)
    assert undo(page).bounding_box()["y"] == copy.bounding_box()["y"]
    expect(page.locator("[data-part=copied]")).to_be_empty()
    copy.click()
    expect(button(page, word("copying.copied"))).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == OLDER.replace(OLDER_CALL, OLDER_MEND)
    undo(page).click()
    expect(label(page, "correct")).to_have_text(word("pair.correct"))
    expect(label(page, "buggy")).to_have_text(word("pair.buggy"))
    expect(answer(page).locator(".verdict")).not_to_have_class("verdict right")
    expect(button(page, word(f"{READING}.take"))).to_be_visible()


@SIZES
def test_a_script_that_is_right_is_answered_by_its_own_picture(paste, size):
    page = paste(RIGHT, size)
    expect(answer(page).locator(".verdict")).to_have_text(word("verdict.name.right"))
    expect(page.locator(".picture.correct")).to_be_visible()
    expect(label(page, "buggy")).to_have_text(word("pair.buggy"))


@pytest.mark.parametrize(
    ("script", "first"), [(RIGHT, "correct"), (PLAIN, "buggy")], ids=["right", "wrong"]
)
def test_the_picture_of_the_script_itself_is_the_first(paste, script, first):
    pictures = paste(script, DESK).locator(".pictures > .picture").all()
    leftmost = min(pictures, key=lambda picture: picture.bounding_box()["x"])
    assert first in leftmost.get_attribute("class").split()


def test_a_script_without_a_call_is_told_no_success(paste):
    page = paste(DEF, DESK)
    expect(summary(page)).to_contain_text(word(f"{READING}.no_call_found"))
    expect(answer(page).locator(".verdict.right")).to_have_count(0)


@pytest.mark.parametrize("verdict_name", ["hidden", "scaled", "sparse"])
def test_a_badge_says_what_it_means_where_it_stands(visit, verdict_name):
    spellings = {
        "hidden": "np.sum(x**2)",
        "scaled": "np.mean(x**2)",
        "sparse": "x[0] * x[1]",
    }
    page = visit(PLAYGROUND, forgotten=True)
    field(page).fill(spellings[verdict_name])
    expect(answer(page).locator("b")).to_have_text(word(f"verdict.name.{verdict_name}"))
    expect(answer(page).locator("em")).to_have_text(
        word(f"verdict.in_short.{verdict_name}")
    )


@SIZES
def test_the_field_is_labelled_with_both_that_it_takes_and_a_file_stands_beside_it(
    visit, size
):
    page = visit(PLAYGROUND, size)
    expect(page.get_by_label(word("playground.spelling"), exact=True)).to_be_visible()
    file = page.locator(".entry .file")
    expect(file).to_be_in_viewport(ratio=1)
    beside, inside = file.bounding_box(), field(page).bounding_box()
    assert beside["y"] == inside["y"]
    assert beside["x"] > inside["x"] + inside["width"]


@SIZES
def test_the_plot_does_not_move_while_a_line_of_a_script_is_half_typed(paste, size):
    page = paste(OLDER, size)
    before = page.evaluate(PLOT_AT)
    field(page).evaluate("""field => {
      const at = field.value.lastIndexOf('\\n', field.value.indexOf('quiver')) + 1;
      field.focus();
      field.setSelectionRange(at, at);
    }""")
    for typed in ("    extra = np.array([1,", " 2", ", 3"):
        page.keyboard.type(typed)
        page.wait_for_timeout(300)  # it is read again after a pause
        assert page.evaluate(PLOT_AT) == before, typed
