"""Each block to paste has a button that copies exactly this block, and says so in its place."""

import pytest
from browser_fixtures import DESK, NO_CLIPBOARD, NO_COPYING, PHONE, viewport
from playwright.sync_api import expect
from reading.words import word

PAGE = "errata/layout/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]
COVERED = """all => all.filter(block => {
  const button = block.querySelector('button').getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(block.querySelector('code'));
  return [...range.getClientRects()].some(line =>
    line.width > 0 && line.right > button.left && line.left < button.right &&
    line.bottom > button.top && line.top < button.bottom &&
    line.left < block.getBoundingClientRect().right);
}).map(block => block.innerText)"""


def test_each_button_copies_its_own_block(visit):
    page = visit(PAGE, permissions=CLIPBOARD)
    page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
    blocks = page.locator(".to-paste").all()
    assert len(blocks) > 2
    for block in blocks:
        button = block.locator("button")
        expect(button).to_have_text(word("copying.press"))
        button.click()
        expect(button).to_have_text(word("copying.copied"))
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == block.locator("code").text_content().rstrip()


def test_where_a_page_gets_no_clipboard_a_button_copies_all_the_same(visit):
    def without(page):
        page.add_init_script(NO_CLIPBOARD)

    page = visit(PAGE, prepare=without, permissions=CLIPBOARD)
    block = page.locator(".to-paste").first
    block.locator("button").click()
    expect(block.locator("button")).to_have_text(word("copying.copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == block.locator("code").text_content().rstrip()


def test_what_a_browser_does_not_copy_is_selected(visit):
    page = visit(PAGE, prepare=lambda page: page.add_init_script(NO_COPYING))
    block = page.locator(".to-paste").first
    block.locator("button").click()
    expect(block.locator("button")).to_have_text(word("copying.selected"))
    selected = page.evaluate("getSelection().toString()")
    assert selected.strip() == block.locator("code").text_content().strip()


def test_after_a_while_a_button_asks_to_be_pressed_again(visit):
    page = visit(PAGE, prepare=lambda page: page.clock.install(), permissions=CLIPBOARD)
    button = page.locator(".to-paste button").first
    button.click()
    expect(button).to_have_text(word("copying.copied"))
    page.clock.run_for(10_000)
    expect(button).to_have_text(word("copying.press"))


@pytest.mark.parametrize("path", [PAGE, "errata/tangent/"], ids=["a line", "two"])
def test_what_to_write_instead_is_copied_from_the_record_of_an_erratum(visit, path):
    page = visit(path, permissions=CLIPBOARD)
    page.locator(".record summary").click()
    instead = page.locator(".change > .correct")
    button = instead.locator("button")
    button.click()
    expect(button).to_have_text(word("copying.copied"))
    lines = instead.locator("code").all_text_contents()
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(lines)


@pytest.mark.parametrize("path", [PAGE, "symptoms/#fine", "use/"])
def test_no_button_covers_code(visit, path):
    page = visit(path)
    for size in (PHONE, DESK):
        page.set_viewport_size(viewport(size))
        blocks = page.locator(".to-paste:visible")
        assert blocks.count()
        assert blocks.evaluate_all(COVERED) == [], size


def test_without_script_there_is_no_button(visit):
    page = visit(PAGE, java_script_enabled=False)
    expect(page.locator(".to-paste button")).to_have_count(0)
