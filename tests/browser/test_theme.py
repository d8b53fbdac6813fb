"""The theme: the system's until the reader decides, then the reader's, on every page. The font."""

import pytest
from playwright.sync_api import expect

SIZES = {"phone": (390, 664), "desk": (1280, 800)}
GROUND = "getComputedStyle(document.documentElement).backgroundColor"
PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(14, 15, 16)"}
FORBIDDEN = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('refused', 'SecurityError'); }
})"""
THEME_OF_THE_BODY = """new MutationObserver(() => {
  if (document.body) window.first ??= document.documentElement.dataset.theme ?? 'none';
}).observe(document, {childList: true, subtree: true})"""

FONTS = """performance.getEntriesByType('resource')
  .filter(({name}) => name.endsWith('.woff2')).map(({initiatorType}) => initiatorType)"""


@pytest.fixture(params=SIZES.values(), ids=SIZES)
def context(request, chromium):
    """A reader whose system is light; whatever a page says on its console is a fault."""
    width, height = request.param
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme="light"
    )
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield context
    context.close()
    assert not said


def opened(context, address):
    page = context.new_page()
    page.goto(address)
    return page


def toggle(page):
    return page.get_by_role("banner").get_by_role("button", name="Dark theme")


def by_mouse(page):
    toggle(page).click()


def by_keyboard(page):
    for _ in range(20):
        page.keyboard.press("Tab")
        if toggle(page).evaluate("button => button === document.activeElement"):
            page.keyboard.press("Space")
            return
    pytest.fail("Tab does not reach the toggle")


def assert_theme(page, theme):
    expect(toggle(page)).to_have_attribute("aria-pressed", str(theme == "dark").lower())
    assert page.evaluate(GROUND) == PAPER[theme]
    scheme = page.locator("img").first.evaluate("image => getComputedStyle(image).colorScheme")
    assert scheme in {theme, "light dark"}  # what a figure follows


@pytest.mark.parametrize("press", [by_mouse, by_keyboard])
def test_the_readers_choice_is_kept_on_every_page(context, host, press):
    page = opened(context, host)
    assert_theme(page, "light")
    press(page)
    assert_theme(page, "dark")
    page.reload()
    assert_theme(page, "dark")
    assert_theme(opened(context, host + "functions/product/index.html"), "dark")
    press(page)
    assert_theme(page, "light")
    page.reload()
    assert_theme(page, "light")


def test_it_is_kept_from_disk(context, built):
    page = opened(context, built.site.as_uri() + "/index.html")
    by_mouse(page)
    page.goto(built.site.as_uri() + "/about/index.html")
    assert page.evaluate(GROUND) == PAPER["dark"]


def test_the_system_is_followed_until_the_reader_decides(context, host):
    page = opened(context, host)
    page.emulate_media(color_scheme="dark")
    assert_theme(page, "dark")
    by_mouse(page)
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    assert_theme(page, "light")


def test_a_choice_that_agrees_with_the_system_is_forgotten(context, host):
    page = opened(context, host)
    by_mouse(page)
    by_mouse(page)
    page.emulate_media(color_scheme="dark")
    assert_theme(page, "dark")
    assert page.evaluate("localStorage.length") == 0


def test_the_theme_is_there_before_anything_is_painted(context, host):
    by_mouse(opened(context, host))
    page = context.new_page()
    page.add_init_script(THEME_OF_THE_BODY)
    page.goto(host)
    assert page.evaluate("window.first") == "dark"


def test_other_tabs_follow(context, host):
    one, other = opened(context, host), opened(context, host + "about/index.html")
    by_mouse(one)
    expect(toggle(other)).to_have_attribute("aria-pressed", "true")
    assert other.evaluate(GROUND) == PAPER["dark"]
    one.evaluate("localStorage.clear()")
    expect(toggle(other)).to_have_attribute("aria-pressed", "false")
    assert other.evaluate(GROUND) == PAPER["light"]


def test_it_works_where_storage_is_refused(context, host):
    context.add_init_script(FORBIDDEN)
    page = opened(context, host)
    by_mouse(page)
    assert_theme(page, "dark")


def test_a_stored_word_that_is_no_theme_is_ignored(context, host):
    page = opened(context, host)
    page.evaluate("localStorage.setItem('gradviz-theme', 'plaid')")
    page.reload()
    assert_theme(page, "light")
    assert page.evaluate("document.documentElement.dataset.theme ?? null") is None


def test_the_target_is_large_enough(context, host):
    box = toggle(opened(context, host)).bounding_box()
    assert min(box["width"], box["height"]) >= 44


def test_without_script_there_is_no_button(chromium, host):
    page = chromium.new_page(java_script_enabled=False)
    page.goto(host)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    ("path", "asked"), [("tutorial/routine/", 1), ("functions/product/", 1), ("tutorial/", 0)]
)
def test_the_maths_font_is_asked_for_ahead_of_the_formulas(context, host, path, asked):
    page = opened(context, host + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(FONTS) == ["link"] * asked


@pytest.mark.parametrize("colours", ["none", "active"])
def test_a_first_column_hides_what_scrolls_below_it(visit, host, colours):
    page = visit(f"{host}speed/", SIZES["phone"], forced_colors=colours)
    box = page.locator(".scroll").first
    box.scroll_into_view_if_needed()
    before = box.locator("tbody tr").first.bounding_box()
    name = box.locator("tbody tr > :first-child").first.bounding_box()
    half = {
        "x": name["x"],
        "y": before["y"],
        "width": name["width"] - 8,
        "height": before["height"],
    }
    first = page.screenshot(clip=half)
    box.evaluate("box => box.scrollLeft = 60")
    assert box.evaluate("box => box.scrollLeft") == 60
    assert page.screenshot(clip=half) == first
