"""The theme: the system's until the reader chooses, then the reader's, on every page."""

import pytest
from playwright.sync_api import expect
from reading.words import word

from tests.browser.tabbing import tab_to

GROUND = "getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/g)"
FORBID_STORAGE = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('refused', 'SecurityError'); }
})"""
# What an image takes for the theme: that of the system, unless the page decides.
SCHEME_OF_FIGURES = """() => {
  const element = document.querySelector('main img') ?? document.documentElement;
  const scheme = getComputedStyle(element).colorScheme;
  if (scheme !== 'light dark') return scheme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}"""
# The theme of the page when the first of its body is there to be painted.
KEEP_FIRST_THEME = """new MutationObserver(() => {
  if (document.body) window.firstTheme ??= document.documentElement.dataset.theme;
}).observe(document, {childList: true, subtree: true})"""


def toggle(page):
    return page.get_by_role("banner").get_by_role("button", name=word("site.dark"))


def by_mouse(page):
    toggle(page).click()


def by_keyboard(page):
    tab_to(page, toggle(page))
    page.keyboard.press("Space")


def assert_theme(page, theme):
    """The button, the ground of the page and its figures are of one theme."""
    is_dark = theme == "dark"
    expect(toggle(page)).to_have_attribute("aria-pressed", str(is_dark).lower())
    red, green, blue = (int(part) for part in page.evaluate(GROUND))
    assert max(red, green, blue) < 40 if is_dark else min(red, green, blue) > 240
    assert page.evaluate(SCHEME_OF_FIGURES) == theme


@pytest.mark.parametrize("press", [by_mouse, by_keyboard])
def test_the_choice_of_a_reader_is_kept_on_every_page(visit, press):
    page = visit("about/", fresh=True)
    assert_theme(page, "light")
    press(page)
    assert_theme(page, "dark")
    page.reload()
    assert_theme(page, "dark")
    assert_theme(visit("functions/product/", beside=page), "dark")
    press(page)
    page.reload()
    assert_theme(page, "light")


def test_the_choice_is_kept_from_disk(visit, disk):
    page = visit(disk + "questions/index.html", fresh=True)
    by_mouse(page)
    page.goto(disk + "about/index.html")
    assert_theme(page, "dark")


def test_the_system_is_followed_until_the_reader_chooses(visit):
    page = visit("about/", fresh=True)
    page.emulate_media(color_scheme="dark")
    assert_theme(page, "dark")
    by_mouse(page)
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    assert_theme(page, "light")


def test_a_choice_that_agrees_with_the_system_is_forgotten(visit):
    page = visit("about/", fresh=True)
    by_mouse(page)
    by_mouse(page)
    page.emulate_media(color_scheme="dark")
    assert_theme(page, "dark")
    page.reload()
    assert_theme(page, "dark")


def test_the_theme_is_there_before_anything_is_painted(visit):
    page = visit("about/", fresh=True)
    by_mouse(page)
    later = visit(
        "about/",
        beside=page,
        prepare=lambda page: page.add_init_script(KEEP_FIRST_THEME),
    )
    assert later.evaluate("window.firstTheme") == "dark"


def test_other_tabs_follow(visit):
    page = visit("about/", fresh=True)
    other = visit("questions/", beside=page)
    by_mouse(page)
    expect(toggle(other)).to_have_attribute("aria-pressed", "true")
    assert_theme(other, "dark")


def test_the_theme_changes_where_storage_is_refused(visit):
    page = visit("about/", prepare=lambda page: page.add_init_script(FORBID_STORAGE))
    by_mouse(page)
    assert_theme(page, "dark")
