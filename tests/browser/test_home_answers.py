"""Home answers a script: its line, its mend and its plot; and says so where it cannot."""

import numpy as np
import pytest
from browser_fixtures import DESK, NO_COPYING, PHONE
from playwright.sync_api import expect
from reading.records import plain
from reading.svg import read_arrows
from reading.words import said, word

from gradviz_core.scripts.reading import read
from tests.browser.home import (
    AXES,
    answer,
    copy_mended,
    field,
    findings,
    in_window,
    lines_in_sight,
    paste,
    plot,
    runs,
    switch,
)
from tests.browser.playground import PRODUCT, expect_said
from tests.browser.reader_scripts import (
    APART,
    NONSENSE,
    NOT_FOLLOWED,
    NOTEBOOK,
    OLDER,
    OLDER_CALL,
    OLDER_LINE,
    OLDER_MEND,
    PLAIN,
    PLOT_ALONE,
    RIGHT,
    UNREAD,
)

READING = "playground.reading"
OLDER_LINE_ALONE = "grad = numerical_gradient(f, np.array([X, Y]))"
UNKNOWN_ROUTINE, _ = APART["the routine is not there"]
PAINTED = "() => new Promise(requestAnimationFrame)"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
# As the book's script draws, and as one draws that says less to matplotlib.
AS_THE_BOOK = PLAIN.replace("-grad[1])", '-grad[1], angles="xy")') + PLOT_ALONE
AUTOMATIC = (-2.2125, 2.4625)  # the limits that it chooses then
SWAPPED = """import numpy as np
import matplotlib.pyplot as plt

x = np.arange(-2, 2.5, 0.25)
X, Y = np.meshgrid(x, x)
gx, gy = np.gradient(X * Y, 0.25)
plt.quiver(X, Y, -gx, -gy)
plt.show()
"""
TWO_LINES = OLDER.replace("function_2, np.array", "function_2,\n        np.array")
# How much is seen of lines that are cut at the edge of the field, in pixels.
CUT = """box => {
  const height = parseFloat(getComputedStyle(box).lineHeight);
  const padding = getComputedStyle(box).padding;
  return parseFloat(padding) + box.scrollTop % height + box.clientHeight % height;
}"""
BOTH_SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture(params=["host", "disk"])
def home(visit, request):
    """What opens home, from a host and from a disk."""

    def opening(size=PHONE, **options):
        address = request.getfixturevalue(request.param) + "index.html"
        return visit(address, size, **options)

    return opening


def arrows(page):
    """Where the arrows of the plot begin, and how far they go, in the order drawn."""
    return read_arrows(plot(page).locator(".arrows").get_attribute("d"))


def arrows_of(page):
    return plot(page).locator(".arrows").bounding_box()


def verdict_mark(page):
    return answer(page).locator(".script > .label .mark:visible")


def assert_draws(page, asked, layout, limits=(-2, 2), angles="xy"):
    places, ways = in_window(asked, layout, limits, angles)
    found_places, found_ways = arrows(page)
    assert len(found_places) == len(places)
    np.testing.assert_allclose(found_places, places, atol=2)
    is_speck = (found_ways == 0).all(axis=1)
    shaft = 30  # a speck is no longer than this
    assert np.hypot(*ways[is_speck].T).max(initial=0) < shaft
    # What is longer ends outside, as it does.
    is_seen = ~is_speck & (np.hypot(*ways.T) < 3 * AXES[0])
    np.testing.assert_allclose(found_ways[is_seen], ways[is_seen], atol=2)


# The answer


def test_a_pasted_script_is_answered_without_a_link(home):
    """The line and its number, the mend beside it, and the plot, from disk, too."""
    page = home()
    address = page.url
    paste(page, OLDER)
    finding = findings(page).first
    title = word("finding.layout.title")
    line = said(f"{READING}.line", line=OLDER_LINE)
    expect(finding).to_contain_text(said(f"{READING}.heading", line=line, title=title))
    for part in (finding.locator(".at"), finding.locator("dd"), plot(page)):
        expect(part).to_be_visible()
    expect(finding.locator("dd code")).to_have_text(OLDER_MEND)
    expect(page.locator(".shown")).to_be_hidden()
    assert page.url == address


def test_other_mends_are_not_offered_beside_the_mend_of_a_line(visit):
    """There is no plot here, and the two lines below the plots to choose from are wrong."""
    page = visit("index.html")
    gallery = page.locator(".shown")
    paste(page, SWAPPED)
    expect(findings(page)).to_have_count(1)
    expect(plot(page)).to_be_hidden()
    expect(gallery).to_be_hidden()
    field(page).fill("x^")
    expect(gallery).to_be_visible()
    field(page).fill(SWAPPED)
    expect(gallery).to_be_hidden()
    field(page).fill("")
    expect(gallery).to_be_visible()


def test_the_mend_of_a_line_is_copied_with_its_margin(visit):
    page = visit("index.html", permissions=CLIPBOARD)
    paste(page, OLDER)
    button = findings(page).first.locator(".change").get_by_role("button")
    button.click()
    expect(button).to_have_text(word("copying.copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"    {OLDER_MEND}"  # indented as the line that it replaces


def test_what_the_copied_line_draws_is_shown(visit):
    page = visit("index.html", permissions=CLIPBOARD)
    paste(page, PLAIN)
    expect(switch(page)).to_have_attribute("aria-pressed", "false")
    findings(page).first.locator(".change").get_by_role("button").click()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")


def test_the_plot_is_that_of_the_window_and_both_t_heal_it(visit):
    page = visit("index.html")
    paste(page, AS_THE_BOOK)
    expect(plot(page)).to_be_visible()
    assert_draws(page, PRODUCT, "columns")
    expect(runs(page)).to_be_hidden()
    switch(page).click()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    assert_draws(page, PRODUCT, "rows")
    expect(runs(page)).to_be_visible()
    switch(page).press("Space")
    assert_draws(page, PRODUCT, "columns")


@pytest.mark.parametrize(
    ("spelling", "key", "holes"),
    [
        ("np.exp(-np.sum(x**2))", "flat", {"drawn": "323", "arrows": "324"}),
        ("np.mean(x**2)", "scaled_shorter", {"times": "162"}),
    ],
)
def test_a_plot_is_told_as_it_looks(visit, spelling, key, holes):
    page = visit("index.html")
    paste(page, AS_THE_BOOK.replace("x[0] * x[1]", spelling))
    expect(plot(page)).to_contain_text(said(f"caption.as_script.{key}", **holes))


def test_arrows_that_are_not_numbers_are_counted_both_ways(visit):
    page = visit("index.html", DESK)
    paste(page, PLAIN.replace("x[0] * x[1]", "np.sqrt(x[0]) + x[1]**2"))
    caption = plot(page).locator("figcaption")
    expect(caption).to_contain_text(said("caption.missing", count=324))
    switch(page).click()
    left = 9 * 18  # columns where x0 is not above zero: the step of 0 ends below it
    expect(caption).to_contain_text(said("caption.missing", count=left))


@pytest.mark.parametrize(
    ("spelling", "marks"), [("np.sum(x**2)", "✓✓"), ("x[0] * x[1]", "✗✓")]
)
def test_a_mark_says_whether_the_arrows_are_right(visit, spelling, marks):
    """Without .T they can be, too: then the mistake is hidden."""
    page = visit("index.html")
    field(page).fill(spelling)
    expect(plot(page)).to_be_visible()
    seen = plot(page).locator(".mark:visible")
    expect(seen).to_have_text([marks[0]])
    switch(page).click()
    expect(seen).to_have_text([marks[1]])


def test_beside_a_line_to_mend_what_is_right_by_luck_has_no_mark(visit):
    page = visit("index.html")
    paste(page, PLAIN.replace("x[0] * x[1]", "np.sum(x**2)"))
    expect(verdict_mark(page)).to_have_text("✗")
    expect(plot(page)).to_be_visible()
    seen = plot(page).locator(".mark:visible")
    expect(seen).to_have_count(0)
    switch(page).click()
    expect(seen).to_have_text(["✓"])


def test_what_a_script_does_not_say_is_as_matplotlib_has_it(visit):
    page = visit("index.html")
    paste(page, PLAIN)
    expect(plot(page)).to_be_visible()
    switch(page).click()
    assert_draws(page, PRODUCT, "rows", AUTOMATIC, "uv")


def test_one_press_copies_the_mended_script_and_shows_what_it_draws(home):
    page = home(permissions=CLIPBOARD)
    paste(page, PLAIN)
    copy_mended(page).click()
    expect(runs(page)).to_contain_text(word("playground.copied"))
    mended = page.evaluate("navigator.clipboard.readText()")
    assert [each for each in read(mended).findings if each.severity != "note"] == []
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    expect(runs(page)).to_be_visible()
    field(page).fill(NONSENSE)
    expect(runs(page)).to_be_hidden()


def test_what_a_browser_does_not_copy_is_selected_in_the_field(visit):
    page = visit("index.html", prepare=lambda page: page.add_init_script(NO_COPYING))
    paste(page, PLAIN)
    copy_mended(page).click()
    expect(answer(page)).to_contain_text(word("asking.selected"))
    assert "np.array([X, Y]).T).T" in field(page).input_value()
    assert page.evaluate("getSelection().toString()") == field(page).input_value()


def test_a_right_script_is_told_so_and_drawn_as_it_is(visit):
    page = visit("index.html")
    paste(page, RIGHT)
    expect(answer(page)).to_contain_text(word(f"{READING}.nothing"))
    assert_draws(page, PRODUCT, "rows", AUTOMATIC, "uv")
    expect(runs(page)).to_be_visible()
    assert runs(page).bounding_box()["y"] < arrows_of(page)["y"]
    expect(copy_mended(page)).to_be_hidden()
    expect(page.locator(".paste")).to_be_hidden()
    expect(verdict_mark(page)).to_have_text("✓")


def test_a_verdict_has_its_mark_and_what_is_not_known_has_none(visit):
    page = visit("index.html")
    for text, marks in [
        (RIGHT, ["✓"]),
        (PLAIN, ["✗"]),
        (RIGHT + NOT_FOLLOWED, []),
        (UNREAD, []),
        (OLDER_LINE_ALONE, []),
    ]:
        field(page).fill(text)
        expect(answer(page)).to_be_visible()
        expect(verdict_mark(page)).to_have_text(marks)


def test_nothing_that_reads_scripts_is_loaded_before_the_paste(visit):
    asked = []

    def keep(request):
        asked.append(request.url.rpartition("/")[2])

    page = visit("index.html", prepare=lambda page: page.on("request", keep))
    page.wait_for_load_state("networkidle")
    assert not {"reader.js", "answer.js", "words.en.js"} & {*asked}
    asked.clear()
    paste(page, PLAIN)
    expect(plot(page)).to_be_visible()
    assert {"reader.js", "answer.js", "words.en.js"} <= {*asked}
    asked.clear()
    field(page).fill(RIGHT)
    expect(answer(page)).to_contain_text(word(f"{READING}.nothing"))
    assert asked == []


# A file


IN_WINDOWS = OLDER.replace("\n", "\r\n")


def paste_from_clipboard(page, text):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field(page).press("Control+a")
    page.keyboard.press("Control+v")


def choose_file(page, text):
    chooser = page.locator(".asking [type=file]")
    chooser.set_input_files(file_named("gradient_2d.py", text))


@pytest.mark.parametrize("bring", [paste_from_clipboard, choose_file])
def test_a_mended_script_has_the_line_ends_of_the_first_that_was_brought(visit, bring):
    """The reader of scripts, loaded by then, has not seen it come."""
    page = visit("index.html", permissions=CLIPBOARD)
    bring(page, IN_WINDOWS)
    copy_mended(page).click()
    expect(answer(page)).to_contain_text(word("playground.copied"))
    mended = IN_WINDOWS.replace(OLDER_CALL, OLDER_MEND)
    assert page.evaluate("navigator.clipboard.readText()") == mended
    bring(page, OLDER)
    copy_mended(page).click()
    page.wait_for_function(
        "async text => await navigator.clipboard.readText() === text",
        arg=mended.replace("\r\n", "\n"),
    )


@pytest.mark.parametrize("bring", [paste_from_clipboard, choose_file])
def test_the_field_shows_the_line_that_is_wrong_or_else_the_beginning(visit, bring):
    page = visit("index.html", PHONE, permissions=CLIPBOARD)
    for script, line, count in [
        (OLDER, OLDER_LINE, 1),
        (RIGHT, 1, 0),
        (OLDER, OLDER_LINE, 1),  # its reader is there by now
    ]:
        bring(page, script)
        expect(plot(page)).to_be_visible()
        expect(findings(page)).to_have_count(count)
        page.wait_for_function(PAINTED)
        first, last = lines_in_sight(field(page))
        assert first <= line <= last
        assert last - first >= 2
        assert field(page).evaluate(CUT) == 0
        expect(field(page)).to_have_value(script)  # more than is in sight


def file_named(name, text):
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [("gradient_2d.py", PLAIN, PLAIN), ("plot.ipynb", NOTEBOOK, "f = lambda x: x[0]")],
)
def test_a_file_is_read_here_and_shown_in_the_field(home, name, text, code):
    page = home()
    chooser = page.locator(".asking [type=file]")
    chooser.set_input_files(file_named(name, text))
    expect(answer(page)).to_be_visible()
    assert code in field(page).input_value()
    expect(chooser).to_have_value("")  # so that the same file can be chosen again


DROP = """text => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'gradient_2d.py'));
  document.body.dispatchEvent(new DragEvent('drop', {
    dataTransfer, bubbles: true, cancelable: true,
  }));
}"""


def test_a_file_that_is_dropped_on_the_page_is_answered(visit):
    page = visit("index.html")
    page.evaluate(DROP, PLAIN)
    expect(findings(page)).to_have_count(1)
    assert field(page).input_value() == PLAIN


# What it cannot say


def test_what_was_not_followed_is_named_and_leads_on(visit):
    page = visit("index.html")
    paste(page, UNREAD)
    expect(answer(page)).to_contain_text(word(f"{READING}.not_checked"))
    leads = answer(page).get_by_role("link", name=word("playground.leads")[0]["label"])
    expect(leads).to_be_visible()
    expect(plot(page)).to_be_hidden()
    expect(runs(page)).to_be_hidden()


@pytest.mark.parametrize("script", [PLAIN, RIGHT], ids=["without .T", "with both"])
def test_a_script_that_was_read_in_part_is_neither_drawn_nor_called_right(
    visit, script
):
    page = visit("index.html")
    paste(page, script + NOT_FOLLOWED)
    expect(findings(page)).to_have_count(1 if script == PLAIN else 0)
    expect(answer(page)).to_contain_text(word(f"{READING}.not_checked"))
    expect(answer(page)).not_to_contain_text(word(f"{READING}.nothing"))
    expect(plot(page)).to_be_hidden()
    expect(runs(page)).to_be_hidden()


def test_a_plot_that_nobody_can_draw_is_not_drawn(visit):
    page = visit("index.html")
    for kind, (text, _) in APART.items():
        paste(page, text)
        expect(answer(page), kind).to_be_visible()
        expect(plot(page), kind).to_be_hidden()
        expect(runs(page), kind).to_be_hidden()
        field(page).fill("")
        expect(answer(page), kind).to_be_hidden()


CHANGED_OTHERWISE = [
    "plt.axis('equal')\n",
    "plt.figure(figsize=(6, 6))\n",
    "plt.xlim(X.min(), X.max())\n",
    "plt.xlim(2, -2)\n",
    "plt.ylim([2, -2])\n",
    "plt.quiver(X, Y, -grad[0], -grad[1], scale=20)\n",
]


def test_a_window_that_is_changed_otherwise_is_not_promised(visit):
    page = visit("index.html")
    for further in ["", *CHANGED_OTHERWISE]:
        paste(page, PLAIN + further)
        expect(plot(page), further).to_be_visible()
        switch(page).click()
        expect(switch(page)).to_have_attribute("aria-pressed", "true")
        expect(runs(page), further).to_be_visible(visible=not further)
        field(page).fill("")
        expect(answer(page), further).to_be_hidden()


def test_of_half_a_fix_only_the_mended_plot_is_shown(visit):
    """What the window shows before, another mistake decides."""
    page = visit("index.html")
    paste(page, PLAIN.replace("np.array([X, Y]))", "np.array([X, Y]).T)"))
    expect(findings(page)).to_have_attribute("data-code", "half-fix")
    expect(switch(page)).to_be_hidden()
    assert_draws(page, PRODUCT, "rows", AUTOMATIC, "uv")


def test_a_grid_of_another_height_is_drawn_as_it_is(visit):
    page = visit("index.html")
    paste(page, PLAIN.replace("(axis, axis)", "(axis, np.arange(0, 1.1, 0.25))"))
    expect(plot(page)).to_be_visible()
    places, _ = arrows(page)
    assert len(places) == 18 * 5


def test_of_two_texts_the_later_one_is_answered_once_the_reader_is_there(visit):
    page = visit("index.html", fresh=True)
    held = []
    page.route("**/reader.js", lambda route: held.append(route))
    with page.expect_request("**/reader.js"):
        paste(page, PLAIN)
    field(page).fill(OLDER)
    page.wait_for_timeout(500)  # it is read after a pause
    held.pop().continue_()
    expect(plot(page)).to_be_visible()
    expect(field(page)).to_have_value(OLDER)


def test_the_page_moves_no_farther_than_the_first_answer_and_to_no_later_one(visit):
    page = visit("index.html", (390, 500))
    paste(page, PLAIN)
    expect(findings(page).first).to_be_in_viewport(ratio=0.99)  # to a part of a pixel
    box = findings(page).first.bounding_box()
    below = 500 - box["y"] - box["height"]
    assert below < 70  # once it is counted, the same is said in three lines fewer
    page.evaluate("scrollTo({top: 20, behavior: 'instant'})")
    field(page).fill(PRODUCT.text)
    expect(findings(page).first).to_be_hidden()
    assert page.evaluate("scrollY") == 20


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_title_line_and_mend_are_on_one_screen_then_come_script_and_plot(visit, size):
    page = visit("index.html", size)
    paste(page, AS_THE_BOOK)
    expect(plot(page)).to_be_visible()
    finding = findings(page).first
    parts = [page.locator("h1"), finding.locator(".at"), finding.locator("dd")]
    parts.append(copy_mended(page))
    for part in parts:
        expect(part).to_be_in_viewport(ratio=1)
    if size[0] < 500:
        parts.append(plot(page))
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)


def test_each_copy_says_what_it_replaces(visit):
    page = visit("index.html")
    paste(page, OLDER)
    line = said(f"{READING}.instead", line=OLDER_LINE)
    expect(findings(page).first.locator("dt")).to_contain_text(line)
    expect(answer(page)).to_contain_text(word(f"{READING}.whole"))
    field(page).fill(TWO_LINES)
    lines = said(
        f"{READING}.instead_of_lines", line=OLDER_LINE, end_line=OLDER_LINE + 1
    )
    expect(findings(page).first.locator("dt")).to_contain_text(lines)


def test_beside_the_mend_of_a_line_nothing_else_is_offered_to_paste(visit):
    page = visit("index.html")
    lines = page.locator(".paste")
    paste(page, PLAIN)
    expect(lines).to_be_hidden()
    field(page).fill(UNKNOWN_ROUTINE)  # whose advice leads to the two lines
    expect(lines).to_be_visible()
    field(page).fill(PLAIN)
    expect(lines).to_be_hidden()
    field(page).fill("")
    expect(lines).to_be_visible()


def test_what_was_counted_is_said_and_else_what_is_true_of_most_functions(visit):
    """Of the function of the call, and of a single call only."""
    page = visit("index.html")
    paste(page, AS_THE_BOOK)
    hedged = said("finding.layout.error", routine="numerical_gradient")
    reason = findings(page).first.locator("p").last
    expect(reason).to_contain_text(word("playground.reading.counted"))
    expect(reason).not_to_contain_text(hedged)
    field(page).fill(AS_THE_BOOK.replace(PRODUCT.text, "np.sum(x**2)"))
    expect(reason).to_contain_text(hedged)
    expect(reason).not_to_contain_text(word("playground.reading.counted"))


def test_a_formula_after_a_script_is_drawn_as_in_the_book(visit):
    page = visit("index.html")
    paste(page, PLAIN)
    expect(plot(page)).to_be_visible()
    assert_draws(page, PRODUCT, "columns", AUTOMATIC, "uv")
    field(page).fill("")
    expect(plot(page)).to_be_hidden()
    paste(page, PRODUCT.text)
    expect(plot(page)).to_be_visible()
    assert_draws(page, PRODUCT, "columns")


MESSAGE = "IndexError: too many indices for array"


@pytest.mark.parametrize("before", ["", "Traceback (most recent call last):\n  f(x)\n"])
def test_an_error_message_is_answered_with_its_fix_and_leads_to_its_entry(
    visit, before
):
    page = visit("index.html")
    paste(page, f"{before}{MESSAGE}: array is 1-dimensional, but 2 were indexed")
    _, _, key = MESSAGE.partition(": ")
    fix = answer(page).locator("[data-part=message] > p")
    expect(fix).to_have_text(plain(word("fixes")[key]))
    link = answer(page).get_by_role("link", name=word(f"{READING}.message_link"))
    expect(link).to_be_visible()
    expect(plot(page)).to_be_hidden()


@pytest.mark.parametrize("before", ["", "Traceback (most recent call last):\n  f(x)\n"])
def test_an_error_message_that_nobody_explains_is_told_so(visit, before):
    page = visit("index.html")
    paste(page, before + "RecursionError: maximum recursion depth exceeded")
    expect(answer(page)).to_contain_text(word("asking.message"))


def test_the_call_alone_becomes_two_lines_under_one_condition(visit):
    """It may be of another routine, for which the two lines are wrong."""
    page = visit("index.html")
    paste(page, OLDER_LINE_ALONE)
    lines = findings(page).locator("dd code")
    expect(lines).to_have_text(list(word("paste.lines")))
    condition = said(f"{READING}.lone", routine="numerical_gradient", x="X", y="Y")
    expect(answer(page).locator("[data-part=summary]")).to_have_text(condition)
    expect(answer(page).locator("[data-part=spoken]")).to_have_text(condition)
    expect(answer(page).locator("[data-part=advice]")).to_be_hidden()
    expect(plot(page)).to_be_hidden()


def test_of_a_routine_that_is_not_there_it_says_what_to_paste_and_mends_nothing(visit):
    """Such a call may be of another routine, for which the two lines are wrong."""
    page = visit("index.html")
    paste(page, OLDER_LINE_ALONE.replace("array", "stack"))
    advice = answer(page).locator("[data-part=advice]")
    expect(advice).to_have_text(plain(word("paste.unknown")))
    expect(advice.get_by_role("link")).to_have_attribute("href", "#the-lines-to-paste")
    heard = answer(page).locator("[data-part=spoken]")
    expect(heard).to_contain_text(plain(word("paste.unknown")))
    expect(answer(page).locator(".change")).to_have_count(0)
    field(page).fill(PLAIN)  # whose routine is there
    expect(plot(page)).to_be_visible()
    expect(advice).to_be_hidden()


def test_what_draws_a_function_by_itself_looks_like_a_button(visit):
    page = visit("index.html")
    paste(page, UNKNOWN_ROUTINE)
    button = answer(page).locator("[name=alone]")
    file = page.locator(".file")
    for name in ("border-top-width", "border-top-style", "border-top-color"):
        look = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
        assert button.evaluate(look, name) == file.evaluate(look, name)
    button.click()
    expect(plot(page)).to_be_visible()


def test_a_formula_is_drawn_as_in_the_book(visit):
    page = visit("index.html")
    paste(page, "x[0] * x[1]")
    expect(plot(page)).to_be_visible()
    assert_draws(page, PRODUCT, "columns")
    expect(runs(page)).to_be_hidden()


def test_why_a_formula_cannot_be_read_is_told(visit):
    page = visit("index.html")
    paste(page, "x[0]**2 = 1")
    expect_said(answer(page), "playground.problem.equation")
    heard = answer(page).locator("[data-part=spoken]")
    expect_said(heard, "playground.problem.equation")
    expect(plot(page)).to_be_hidden()


def test_of_a_text_that_is_no_script_it_says_so_and_leads_on(visit):
    page = visit("index.html")
    for text in (NONSENSE, "hello"):
        field(page).fill(text)
        leads = answer(page).get_by_text(word(f"{READING}.otherwise"))
        expect(leads).to_be_visible()
        expect(plot(page)).to_be_hidden()


def test_a_script_that_is_too_long_is_refused_in_words(visit):
    page = visit("index.html")
    field(page).fill("#" * 30_001)
    expect_said(answer(page), f"{READING}.too_long", most="30,000")


@BOTH_SIZES
def test_the_plots_to_choose_from_make_room_for_another_plot(visit, size):
    page = visit("index.html", size)
    plots = page.locator(".shown")
    paste(page, PLAIN)
    expect(plots).to_be_hidden()
    for text in (UNKNOWN_ROUTINE, MESSAGE, "hello", ""):
        field(page).fill(text)
        expect(plots).to_be_visible()
        field(page).fill("x[0] * x[1]")
        expect(plots).to_be_hidden()
    field(page).fill("")
    expect(answer(page)).to_be_hidden()


def test_beside_an_answer_without_a_plot_the_plots_stand_at_the_top_of_a_desk(visit):
    page = visit("index.html", DESK)
    paste(page, UNKNOWN_ROUTINE)
    expect(answer(page).locator("[name=alone]")).to_be_visible()
    case, plots, asking, said_of_it = (
        page.locator(part).bounding_box()
        for part in (".case", ".shown", ".asking", ".said")
    )
    assert plots["y"] == case["y"]
    assert 0 < said_of_it["y"] - asking["y"] - asking["height"] < 40


def test_a_reader_that_does_not_come_is_told(browser, host):
    context = browser.new_context(PHONE)
    page = context.new_page()
    page.route("**/reader.js", lambda route: route.abort())
    page.goto(host + "index.html")
    paste(page, PLAIN)
    status = page.locator(".asking [role=status]")
    expect(status).to_have_text(word(f"{READING}.missing"))
    context.close()


# Everyone


def test_a_screen_reader_hears_the_line_first(visit):
    page = visit("index.html")
    paste(page, OLDER)
    heard = answer(page).locator("[data-part=spoken]")
    expect(heard).to_contain_text(said(f"{READING}.line", line=OLDER_LINE))


# What lies where depends on the size, and colours on the theme.
@pytest.mark.parametrize(
    ("size", "theme"), [(PHONE, "dark"), (DESK, "light")], ids=["phone", "desk"]
)
def test_the_answer_can_be_read_by_everyone(visit, inspect, sideways, size, theme):
    page = visit("index.html", size, theme=theme)
    paste(page, PLAIN)
    expect(plot(page)).to_be_visible()
    assert inspect(page) == {}
    assert sideways(page) == 0
