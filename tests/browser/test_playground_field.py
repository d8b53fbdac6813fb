"""The field of the playground: it grows, takes mends by keys, gives back what a button replaces,
and loses nothing over a reload."""

from itertools import pairwise
from urllib.parse import unquote

import oracle
import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from reading.words import word

from tests.browser.home import lines_in_sight
from tests.browser.playground import (
    CLIPBOARD,
    PLAYGROUND,
    answer,
    assert_answered,
    button,
    expect_said,
    field,
    mend,
    settled,
    type_over,
    undo,
)
from tests.browser.reader_scripts import (
    OLDER,
    OLDER_CALL,
    OLDER_LINE,
    OLDER_MEND,
    PLAIN,
    RIGHT,
)


@pytest.fixture
def at(visit):
    """A playground that nobody has used, once it has answered."""

    def opening(address=PLAYGROUND, size=DESK, **options):
        options = {"permissions": CLIPBOARD} | options
        page = visit(address, size, forgotten=True, **options)
        settled(page)
        return page

    return opening


def findings(page):
    return page.locator(".findings > [data-code]")


STORED = """text => Object.values(sessionStorage)
  .some(entry => JSON.parse(entry).text === text)"""


def until_stored(page, text):
    """Wait for the page to have stored a text, which it does after a pause."""
    page.wait_for_function(STORED, arg=text)


# It grows


def test_it_is_one_line_high_and_grows_with_what_is_typed(at):
    page = at()
    before = field(page).bounding_box()
    assert before["height"] <= 48
    field(page).press("End")
    for _ in range(4):
        page.keyboard.press("Enter")
    after = field(page).bounding_box()
    assert after["height"] > before["height"] + 60
    field(page).fill("x = 1\n" * 400)
    assert field(page).bounding_box()["height"] < 400
    assert page.locator("html").evaluate("html => html.scrollWidth <= innerWidth")


def test_enter_is_a_new_line_and_means_nothing_around_an_expression(at):
    page = at()
    type_over(page, "np.prod(x)")
    assert_answered(page, "blank")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("np.prod(x)\n")
    assert_answered(page, "blank")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value("\nnp.prod(x)\n")
    assert_answered(page, "blank")


def test_a_long_line_is_not_broken_and_the_page_does_not_scroll_sideways(at):
    page = at(size=PHONE)
    field(page).fill("x[0]" + " + x[1]" * 30)
    assert field(page).bounding_box()["height"] <= 48
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


# What is pasted


def paste(page, text, over_all=True):
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field(page).press("Control+a" if over_all else "Control+End")
    page.keyboard.press("Control+v")


def assert_copies_mended(page, script):
    button(page, word("playground.reading.copy_mended")).click()
    expect(button(page, word("copying.copied"))).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == script


def test_a_script_takes_the_place_of_the_example_and_of_nothing_else(at):
    page = at()
    example = field(page).input_value()
    paste(page, OLDER, over_all=False)
    expect(field(page)).to_have_value(OLDER)
    undo(page).click()
    expect(field(page)).to_have_value(example)
    field(page).fill("x[0]")
    paste(page, OLDER, over_all=False)
    expect(field(page)).to_have_value("x[0]" + OLDER)


def test_what_is_pasted_keeps_its_lines(at):
    page = at()
    paste(page, OLDER)
    expect(field(page)).to_have_value(OLDER)
    expect(findings(page)).to_have_count(1)


def test_a_mended_script_has_the_line_ends_of_what_was_pasted(at):
    page = at()
    mended = OLDER.replace(OLDER_CALL, OLDER_MEND)
    for end in ("\r\n", "\n"):
        paste(page, OLDER.replace("\n", end))
        assert_copies_mended(page, mended.replace("\n", end))
        field(page).fill("x[0]")


def choose(page, text):
    file = {"name": "script.py", "mimeType": "", "buffer": text.encode()}
    page.locator("[name=file]").set_input_files(files=[file])


def test_a_mended_script_has_the_line_ends_of_its_file(at):
    page = at()
    for end in ("\r\n", "\n"):
        choose(page, OLDER.replace("\n", end))
        expect(findings(page)).to_have_count(1)
        mended = OLDER.replace(OLDER_CALL, OLDER_MEND)
        assert_copies_mended(page, mended.replace("\n", end))
        field(page).fill("x[0]")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_field_shows_the_line_that_is_wrong_or_else_the_beginning(at, size):
    def assert_in_sight(line, count):
        expect(findings(page)).to_have_count(count)
        page.wait_for_function("() => new Promise(requestAnimationFrame)")
        first, last = lines_in_sight(field(page))
        assert first <= line <= last

    page = at(size=size)
    paste(page, OLDER, over_all=False)  # over the example
    assert_in_sight(OLDER_LINE, 1)
    paste(page, RIGHT)  # over the script
    assert_in_sight(1, 0)
    choose(page, OLDER)
    assert_in_sight(OLDER_LINE, 1)
    until_stored(page, OLDER)
    page.reload()
    assert_in_sight(OLDER_LINE, 1)


def test_a_word_that_is_pasted_into_a_script_leaves_its_line_ends(at):
    page = at()
    paste(page, OLDER.replace("\n", "\r\n"))
    paste(page, "# seen", over_all=False)
    mended = OLDER.replace(OLDER_CALL, OLDER_MEND) + "# seen"
    assert_copies_mended(page, mended.replace("\n", "\r\n"))


def test_a_megabyte_is_not_pasted_and_nothing_is_lost(at):
    page = at()
    paste(page, "x\n" * 500_000)
    expect_said(answer(page), "playground.reading.refused")
    expect(field(page)).to_have_value("x[0] * x[1]")
    field(page).press("End")
    page.keyboard.type(" ")
    assert_answered(page, "sparse")


# Mends by key, and Undo


def test_a_mend_is_taken_by_a_key_and_undone_by_another(at):
    page = at()
    for key in ("Control+Enter", "Meta+Enter"):
        type_over(page, "sin(x[0]) + x1^2")
        expect(page.locator("[name=mend]")).to_be_visible()
        field(page).press(key)
        expect(field(page)).to_have_value("np.sin(x[0]) + x[1]**2")
        expect(field(page)).to_be_focused()
        assert_answered(page, "sparse")
        page.keyboard.press("Control+z")
        expect(field(page)).to_have_value("sin(x[0]) + x1^2")


def test_all_mends_of_a_script_are_taken_by_the_key(at):
    page = at()
    field(page).fill(PLAIN)
    expect(findings(page)).to_have_count(1)
    field(page).press("Control+Enter")
    expect(findings(page)).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(field(page)).to_have_value(PLAIN)


def test_enter_alone_takes_no_mend(at):
    page = at()
    type_over(page, "sin(x[0])")
    for key in ("Enter", "Shift+Enter"):
        page.keyboard.press(key)
    expect(field(page)).to_have_value("sin(x[0])\n\n")


COMPOSE = """options => document.getElementById('spelling').dispatchEvent(
  new KeyboardEvent('keydown',
    {key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, ...options}))"""


def test_no_mend_is_taken_while_a_character_is_composed(at):
    page = at()
    type_over(page, "sin(x[0])")
    expect(mend(page, "np.sin(x[0])")).to_be_visible()
    for options in ({"isComposing": True}, {"keyCode": 229}):
        page.evaluate(COMPOSE, options)
        expect(field(page)).to_have_value("sin(x[0])")
    page.evaluate(COMPOSE, {})
    expect(field(page)).to_have_value("np.sin(x[0])")


REPLACED = {
    "a starter": lambda page: button(page, "np.sum(x**2)").click(),
    "a function of the list": lambda page: page.get_by_label(
        word("playground.registry")
    ).select_option(label=oracle.functions()["himmelblau"].title),
    "a mend": lambda page: page.locator("[name=mend]").click(),
}


def test_what_a_button_replaces_can_be_had_again(at):
    page = at()
    expect(undo(page)).to_be_hidden()
    for name, replace in REPLACED.items():
        type_over(page, "sin(x[0]) * 3")
        expect(undo(page)).to_be_hidden()
        replace(page)
        expect(field(page)).not_to_have_value("sin(x[0]) * 3")
        assert page.locator("#verdict").get_attribute("data-verdict"), name
        undo(page).click()
        expect(field(page)).to_have_value("sin(x[0]) * 3")
        expect(undo(page)).to_be_hidden()
        expect(field(page)).to_be_focused()
        expect(page.locator("#problem")).to_be_visible()


def test_the_browsers_own_undo_brings_back_what_a_starter_replaced(at):
    page = at()
    type_over(page, "x[0] * 7")
    button(page, "np.sum(x**2)").click()
    expect(button(page, "np.sum(x**2)")).to_be_focused()
    assert_answered(page, "hidden")
    field(page).press("Control+z")
    expect(field(page)).to_have_value("x[0] * 7")
    assert_answered(page, "sparse")


LINES = "\n\tif a < b & c:  # &lt; <b>\n\n    勾配 = '\"'  \n\n" + "x = 1\n" * 40


def test_many_lines_replace_the_example_in_one_go_and_go_in_one(at):
    """An answer to each of them would take seconds."""
    page = at()
    page.evaluate("""() => {
      window.edits = 0;
      document.getElementById('spelling').addEventListener('input', () => { edits++; });
    }""")
    file = {"name": "lines.py", "mimeType": "text/x-python", "buffer": LINES.encode()}
    page.locator("[name=file]").set_input_files(files=[file])
    expect(field(page)).to_have_value(LINES)
    assert page.evaluate("edits") == 1
    field(page).press("Control+z")
    expect(field(page)).to_have_value("x[0] * x[1]")


def test_undo_goes_once_something_else_is_typed(at):
    page = at()
    button(page, "np.sum(x**2)").click()
    expect(undo(page)).to_be_visible()
    field(page).press("End")
    page.keyboard.type(" ")
    expect(undo(page)).to_be_hidden()


def test_a_phone_shows_no_keyboard_for_a_starter(at):
    page = at(size=PHONE, has_touch=True)
    page.evaluate("""() => {
      window.focused = 0;
      document.getElementById('spelling').addEventListener('focus', () => { focused++; });
    }""")
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("matchMedia('(hover: none)').matches")
    button(page, "np.sum(x**2)").tap()
    assert_answered(page, "hidden")
    assert page.evaluate("focused") == 0
    undo(page).tap()
    expect(field(page)).to_have_value("x[0] * x[1]")


# Over a reload


def test_a_text_of_several_lines_survives_a_reload(at):
    page = at()
    for text in (OLDER, "no script\nat all ("):
        field(page).fill(text)
        settled(page)
        until_stored(page, text)
        page.reload()
        expect(field(page)).to_have_value(text)


def test_what_was_typed_last_survives_a_reload_at_once(at):
    page = at()
    field(page).fill(OLDER)
    page.reload()
    expect(field(page)).to_have_value(OLDER)
    expect(findings(page)).to_have_count(1)


def at_address(page, end):
    page.wait_for_url(lambda url: unquote(url).endswith(end), wait_until="commit")


def test_the_address_holds_an_expression_and_never_a_script(at):
    page = at()
    for text in (OLDER, "f = lambda x: x[0]"):
        field(page).fill("np.sum(x)")
        at_address(page, "playground/#f=np.sum(x)")
        field(page).fill(text)
        at_address(page, "playground/")
        page.reload()
        expect(field(page)).to_have_value(text)
        settled(page)
    field(page).fill("np.sum(x)")
    at_address(page, "playground/#f=np.sum(x)")
    assert page.evaluate("sessionStorage.length") == 0


def test_a_link_wins_over_a_script_which_can_be_had_again(at):
    page = at()
    field(page).fill(OLDER)
    settled(page)
    until_stored(page, OLDER)
    page.evaluate("location.hash = 'f=np.sum(x)'")
    expect(field(page)).to_have_value("np.sum(x)")
    undo(page).click()
    expect(field(page)).to_have_value(OLDER)


def test_a_script_is_kept_for_this_page_alone(at, host):
    page = at()
    field(page).fill(OLDER)
    until_stored(page, OLDER)
    page.goto(f"{host}about/")
    assert [
        key
        for key in page.evaluate("Object.keys(sessionStorage)")
        if "playground" in key
    ]
    page.goto(f"{host}playground/")
    expect(field(page)).to_have_value(OLDER)


REFUSED_STORAGE = """Object.defineProperty(window, 'sessionStorage', {
  get() { throw new DOMException('refused', 'SecurityError'); },
})"""


def test_a_browser_that_refuses_its_storage_loses_nothing_but_the_reload(visit):
    page = visit(
        PLAYGROUND, DESK, prepare=lambda page: page.add_init_script(REFUSED_STORAGE)
    )
    field(page).fill(OLDER)
    expect(findings(page)).to_have_count(1)
    page.wait_for_timeout(600)  # until it has tried to store the text
    page.reload()
    expect(field(page)).to_have_value("x[0] * x[1]")


def test_what_is_typed_before_the_page_is_whole_is_kept(visit):
    page = visit(PLAYGROUND, forgotten=True)
    field(page).fill("np.sum(x)")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(field(page)).to_have_value("np.sum(x)")


# The plot stays where it is

TYPED = [
    "np.sum(x**2) + np.sin(x[0]",
    "x[0] * x[1] + foo(x) +",
    "np.exp(x[0]) - x[1]",
]
TOPS = """() => {
  const plot = document.querySelector('.pictures');
  const top = () => plot.getBoundingClientRect().top + scrollY;
  window.tops = [top()];
  document.getElementById('spelling').addEventListener('input', () =>
    requestAnimationFrame(() => requestAnimationFrame(() => tops.push(top()))));
}"""


def test_the_plot_does_not_jump_while_a_reader_types(at):
    page = at(size=PHONE)
    page.evaluate(TOPS)
    field(page).press("Control+a")
    for text in TYPED:
        page.keyboard.type(text, delay=20)
        field(page).press("Control+a")
    page.wait_for_timeout(100)
    tops = page.evaluate("tops")
    assert len(tops) > 50
    steps = [after - before for before, after in pairwise(tops)]
    assert min(steps) >= 0  # it never goes back up
    assert sum(step > 0 for step in steps) <= 2
    assert max(tops) - min(tops) < 46  # at most two lines more, of what is said
