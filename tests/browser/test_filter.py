"""The errata filtered: by keyboard, in words, and in the address."""

from browser_fixtures import DESK, PHONE, TABLET, viewport
from playwright.sync_api import expect

# Each value of a select that is wider than the select itself, without its arrow.
CUT_OFF = """() => [...document.querySelectorAll('select')].flatMap(select => {
  const {font, paddingLeft, paddingRight} = getComputedStyle(select);
  const pen = document.createElement('canvas').getContext('2d');
  pen.font = font;
  const padding = parseFloat(paddingLeft) + parseFloat(paddingRight);
  const room = select.clientWidth - padding - 16;
  return [...select.options].map(option => option.text)
    .filter(text => pen.measureText(text).width > room);
})"""


def rows(page):
    return page.locator("tbody tr:visible").count()


def count(page):
    return page.locator(".filters [role=status]")


def test_the_errata_are_filtered_and_the_address_keeps_it(visit, host):
    page = visit("errata/")
    every = rows(page)
    assert every >= 3
    page.focus("[name=kind]")
    page.keyboard.press("ArrowDown")
    kind = page.input_value("[name=kind]")
    few = rows(page)
    assert 0 < few < every
    expect(count(page)).to_have_text(f"Shown: {few} of {every} errata.")
    assert page.url == f"{host}errata/#kind={kind}"

    page = visit(f"errata/#kind={kind}&status=nonsense&x=1")
    assert rows(page) == few
    assert page.input_value("[name=kind]") == kind
    assert page.input_value("[name=status]") == ""

    page.focus("[type=reset]")
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text(f"Shown: {every} of {every} errata.")
    assert rows(page) == every
    assert page.url.partition("#")[2] == ""


def test_two_filters_leave_what_both_let_through(visit):
    page = visit("errata/")
    page.select_option("[name=visible]", "no")
    by_one = rows(page)
    page.select_option("[name=kind]", "numerics")
    by_both = rows(page)
    assert 0 < by_both < by_one
    cells = page.locator("tbody tr:visible").evaluate_all(
        "all => all.map(row => [row.dataset.visible, row.dataset.kind])"
    )
    assert cells == [["no", "numerics"]] * by_both


def test_where_no_erratum_is_left_there_is_no_table(visit):
    page = visit("errata/")
    expect(page.locator("thead")).to_be_visible()
    page.select_option("[name=severity]", "misleading")
    page.select_option("[name=kind]", "numerics")
    page.select_option("[name=visible]", "yes")
    expect(count(page)).to_contain_text("Shown: 0 of ")
    expect(page.locator("thead")).to_be_hidden()


def test_no_choice_is_cut_off(visit):
    page = visit("errata/")
    for size in (PHONE, TABLET, DESK):
        page.set_viewport_size(viewport(size))
        assert page.evaluate(CUT_OFF) == [], size


def test_without_script_the_whole_table_is_there_and_no_filter(visit):
    page = visit("errata/", java_script_enabled=False)
    expect(page.locator(".filters")).to_be_hidden()
    assert rows(page) >= 3
