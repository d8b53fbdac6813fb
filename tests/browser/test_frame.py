"""The frame of a page: its menu, contents that stay in sight, and folds that open for a place."""

import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect

LONG = "errata/layout/"
WIDE = "elements/"
TASKS = 3  # to find a plot, to check a script, to have safe code
SMALL_DESKS = [(1280, 720), (1024, 768)]
END = "scrollTo(0, document.body.scrollHeight - 2 * innerHeight)"
# The address changes as for a browser that leaves folds to the page.
GO = """place => {
  history.replaceState(null, '', place);
  dispatchEvent(new HashChangeEvent('hashchange'));
}"""
# What stands in the text and reaches into the column of the contents.
ACROSS = """() => {
  const {left} = document.querySelector('.contents.beside').getBoundingClientRect();
  return [...document.querySelectorAll('main > :not(.contents)')]
    .filter(element => element.getBoundingClientRect().right > left)
    .map(element => element.outerHTML.slice(0, 80));
}"""


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_on_a_phone_the_menu_is_one_row_with_the_three_tasks_in_sight(visit, language):
    page = visit(f"{language}functions/", PHONE)
    links = page.locator(".masthead li a")
    menu = page.locator(".masthead ul")
    assert menu.bounding_box()["height"] == links.first.bounding_box()["height"]
    for link in links.all()[:TASKS]:
        expect(link).to_be_in_viewport(ratio=1)
    links.last.focus()
    expect(links.last).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_on_a_phone_every_page_of_the_map_is_one_press_away(visit, language):
    page = visit(f"{language}functions/", PHONE)
    button = page.locator(".unfold")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    panel = page.locator(".masthead .map")
    addresses = "links => links.map(link => link.href)"
    everywhere = page.locator(".colophon .map a").evaluate_all(addresses)
    in_panel = page.locator(".masthead .map a").evaluate_all(addresses)
    assert in_panel == everywhere
    for link in panel.locator("a").all():
        expect(link).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    button.click()
    expect(panel).to_have_count(0)


def test_on_a_phone_without_a_script_every_section_is_in_sight(visit):
    page = visit("functions/", PHONE, java_script_enabled=False)
    expect(page.locator(".unfold")).to_be_hidden()
    links = page.locator(".masthead li a")
    expect(links).not_to_have_count(0)
    for link in links.all():
        expect(link).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("size", SMALL_DESKS)
def test_the_contents_stay_in_sight_far_down_a_page(visit, size):
    page = visit(LONG, size)
    page.evaluate(END)
    links = page.locator(".contents.beside a")
    expect(links.first).to_be_in_viewport()
    expect(links.last).to_be_in_viewport()


@pytest.mark.parametrize("path", [LONG, WIDE])
def test_nothing_of_the_text_lies_under_the_contents(visit, path):
    page = visit(path)
    for size in SMALL_DESKS:
        page.set_viewport_size(viewport(size))
        expect(page.locator(".contents.beside")).to_be_visible()
        assert page.evaluate(ACROSS) == [], size


def test_more_contents_than_a_screen_holds_scroll_by_themselves(visit):
    page = visit(WIDE, (1280, 400))
    last = page.locator(".contents.beside a").last
    expect(last).not_to_be_in_viewport()
    page.evaluate(END)
    last.focus()
    expect(last).to_be_in_viewport()


def test_on_a_phone_the_contents_are_folded_above_the_text(visit):
    page = visit(LONG, PHONE)
    expect(page.locator(".contents.beside")).to_be_hidden()
    links = page.locator(".contents.folded a")
    expect(links.first).to_be_hidden()
    page.locator(".contents.folded summary").click()
    expect(links.first).to_be_visible()


def test_the_record_is_folded_and_opens_for_a_place_in_it(visit):
    page = visit(LONG, DESK)
    cite = page.locator("#cite")
    expect(cite).to_be_hidden()
    page.evaluate(GO, "#cite")
    expect(cite).to_be_in_viewport()


def test_an_address_that_names_a_place_in_the_record_opens_it(visit):
    page = visit(f"{LONG}#copies", PHONE)
    expect(page.locator("#copies")).to_be_in_viewport()


def test_without_a_script_the_record_opens_by_hand(visit):
    page = visit(LONG, java_script_enabled=False)
    page.locator(".record summary").click()
    expect(page.locator("#cite")).to_be_visible()


def test_paper_has_the_whole_record(visit):
    page = visit(LONG, DESK, fresh=True)
    page.emulate_media(media="print")
    expect(page.locator("#record")).to_be_visible()
    expect(page.locator(".record summary")).to_be_hidden()
    for place in ("#copies", "#changes", "#cite"):
        expect(page.locator(place)).to_be_visible()
        assert page.locator(place).bounding_box()["height"] > 0


# From the words of the link to those after it.
GAP_AFTER_LINK = """place => {
  const [words, after] = [place.firstElementChild, place.lastChild].map(node => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  });
  return after.left - words.right;
}"""


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_the_link_upwards_is_as_wide_as_a_finger_and_leaves_no_hole(visit, language):
    place = visit(f"{language}errata/integer/", PHONE).locator(".place")
    assert place.locator("a").bounding_box()["width"] >= 44
    assert place.evaluate(GAP_AFTER_LINK) < 8
