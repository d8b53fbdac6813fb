"""The errata filtered: by keyboard, in words, and in the address."""

from playwright.sync_api import expect

ROWS = "[...document.querySelectorAll('tbody tr')].filter(row => !row.hidden).length"


def test_the_errata_are_filtered_and_the_address_keeps_it(chromium, host):
    page = chromium.new_page()
    page.goto(host + "errata/index.html")
    every = page.evaluate(ROWS)
    assert every >= 3
    page.focus("[name=kind]")
    page.keyboard.press("ArrowDown")
    chosen = page.input_value("[name=kind]")
    few = page.evaluate(ROWS)
    assert 0 < few < every
    assert page.inner_text(".filters [role=status]") == f"Shown: {few} of {every} errata."
    assert page.url.endswith(f"#kind={chosen}")
    address = page.url
    page.goto("about:blank")
    page.goto(f"{address}&status=nonsense&x=1")
    assert page.evaluate(ROWS) == few
    assert page.input_value("[name=status]") == ""
    page.focus("[type=reset]")
    page.keyboard.press("Enter")
    expect(page.locator(".filters [role=status]")).to_have_text(
        f"Shown: {every} of {every} errata."
    )
    assert page.evaluate(ROWS) == every
    assert page.url.partition("#")[2] == ""
    page.close()


# Chosen, each value of a select is as wide as what it stands in, less its arrow.
CUT = """() => [...document.querySelectorAll('select')].flatMap(select => {
  const {font, paddingLeft, paddingRight} = getComputedStyle(select);
  const pen = Object.assign(document.createElement('canvas').getContext('2d'), {font});
  const room = select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - 16;
  return [...select.options].map(option => option.text)
    .filter(text => pen.measureText(text).width > room);
})"""


def test_no_choice_is_cut_off(chromium, host):
    page = chromium.new_page()
    page.goto(host + "errata/index.html")
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(CUT) == [], width
    page.close()


def test_what_no_erratum_meets_leaves_no_table(chromium, host):
    page = chromium.new_page()
    page.goto(host + "errata/index.html")
    assert page.is_visible("thead")
    page.select_option("[name=severity]", "misleading")
    page.select_option("[name=kind]", "numerics")
    page.select_option("[name=visible]", "yes")
    assert page.inner_text(".filters [role=status]").startswith("Shown: 0 of ")
    assert not page.is_visible("thead")
    page.close()


def test_without_a_script_no_filter_is_shown(chromium, host):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host + "errata/index.html")
    assert not page.is_visible(".filters")
    assert page.locator("tbody tr").count() >= 3
    context.close()
