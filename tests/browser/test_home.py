"""Home: the lines to paste, the reader's own picture, and the switch of its two `.T`."""

import pytest
from browser_fixtures import PHONE, viewport
from playwright.sync_api import expect
from tabbing import tab_to

DESK = (1280, 720)
SIZES = {"phone": PHONE, "desk": DESK}
# The functions to choose from, in their order, by how they are spelled.
SPELLINGS = {
    "product": "x[0] * x[1]",
    "sum_of_squares": "np.sum(x**2)",
    "sum_of_squares_indexed": "x[0]**2 + x[1]**2",
    "mean_of_squares": "np.mean(x**2)",
    "sine_of_product": "np.sin(x[0] * x[1])",
}
LINES = """\
points = np.array([X, Y], float).T
grad = numerical_gradient(f, points).T"""

both_sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


def pictures(page):
    return page.locator(".opening img:visible")


def call(page):
    return page.locator(".opening .call:visible")


def switch(page):
    return page.get_by_role("button", name="Both .T")


def choice(page, name):
    return page.get_by_role("radio", name=SPELLINGS[name], exact=True)


def copy(page):
    return page.get_by_role("button", name="Copy")


def answer(page):
    """What the page says once the lines were to be copied."""
    return page.locator(".paste [role=status]")


def playground_link(page):
    return page.locator("main").get_by_role("link", name="in the playground")


def assert_shown(page, name, *layouts):
    """The pictures of a function in these layouts are seen, loaded and chosen."""
    expect(pictures(page)).to_have_count(len(layouts))
    for image, layout in zip(pictures(page).all(), layouts, strict=True):
        assert image.get_attribute("src") == f"figures/{name}-{layout}-autoscale.svg"
        image.evaluate("image => image.decode()")
    if choice(page, name).count():
        expect(choice(page, name)).to_be_checked()


def assert_told(page):
    """A screen reader hears what the picture that is seen shows."""
    alt = pictures(page).get_attribute("alt")
    expect(page.locator(".choosing [role=status]")).to_have_text(alt)


def assert_on_first_screen(locator, size):
    box = locator.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1]


# The first screen


@both_sizes
def test_whom_it_is_for_the_lines_and_the_picture_are_seen_before_scrolling(
    visit, size
):
    page = visit("", size)
    assert_shown(page, "product", "buggy")
    lines = page.locator(".paste pre")
    for part in (page.locator(".summary"), lines, copy(page), pictures(page)):
        assert_on_first_screen(part, size)


@both_sizes
def test_the_two_lines_are_seen_whole(visit, size):
    """No line is cut off at its end, where its `.T` stands."""
    lines = visit("", size).locator(".paste pre")
    expect(lines).to_have_text(LINES)
    assert lines.evaluate("lines => lines.scrollWidth <= lines.clientWidth")


def test_on_a_desk_the_picture_and_its_controls_are_seen_side_by_side(visit):
    page = visit("", DESK)
    picture = pictures(page).bounding_box()
    for control in (switch(page), choice(page, "sine_of_product")):
        assert_on_first_screen(control, DESK)
        box = control.bounding_box()
        assert box["x"] + box["width"] < picture["x"]


# The lines to copy


def test_exactly_the_two_lines_are_copied(visit):
    page = visit("", permissions=["clipboard-read", "clipboard-write"])
    expect(answer(page)).to_be_empty()
    copy(page).click()
    expect(answer(page)).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == LINES
    assert page.evaluate("getSelection().toString()") == ""


NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def test_lines_that_a_browser_does_not_copy_are_selected(visit):
    page = visit("", prepare=lambda page: page.add_init_script(NO_CLIPBOARD))
    copy(page).click()
    expect(answer(page)).to_contain_text("selected")
    assert page.evaluate("getSelection().toString()") == LINES


# The switch and the choice


@both_sizes
def test_the_switch_by_touch(visit, size):
    page = visit("", size, has_touch=True)
    slots = switch(page).locator("span")
    assert [slot.is_visible() for slot in slots.all()] == [False, False]
    switch(page).tap()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    assert [slot.is_visible() for slot in slots.all()] == [True, True]
    assert_shown(page, "product", "correct")
    assert_told(page)
    switch(page).tap()
    expect(switch(page)).to_have_attribute("aria-pressed", "false")
    assert_shown(page, "product", "buggy")
    assert_told(page)


@both_sizes
def test_the_switch_by_keyboard(visit, size):
    page = visit("", size)
    tab_to(page, switch(page), presses=20)
    for key, layout in (("Space", "correct"), ("Enter", "buggy")):
        page.keyboard.press(key)
        assert_shown(page, "product", layout)
        expect(switch(page)).to_be_focused()
        assert_told(page)


@both_sizes
def test_a_choice_by_mouse(visit, size):
    page = visit("", size)
    for name in reversed(SPELLINGS):
        choice(page, name).click()
        assert_shown(page, name, "buggy")
        assert_told(page)


def test_a_choice_by_keyboard_on_a_phone(visit):
    page = visit("")
    first, *others = SPELLINGS
    tab_to(page, choice(page, first), presses=20)
    for name in others:
        page.keyboard.press("ArrowRight")
        assert_shown(page, name, "buggy")
        expect(choice(page, name)).to_be_focused()


@both_sizes
def test_the_chosen_function_stays_chosen_down_the_page(visit, size, host):
    """The way to the playground leads there with it, and says so."""
    page = visit("", size)
    for name, spelling in reversed(SPELLINGS.items()):
        choice(page, name).click()
        expect(playground_link(page).locator("code")).to_have_text(spelling)
    choice(page, "mean_of_squares").click()
    playground_link(page).click()
    assert page.url.startswith(host + "playground/")
    expect(page.locator("#spelling")).to_have_value(SPELLINGS["mean_of_squares"])


# The address


@pytest.mark.parametrize("place", ["host", "disk"])
def test_the_address_keeps_what_is_shown(visit, request, place):
    page = visit(request.getfixturevalue(place) + "index.html")
    choice(page, "sine_of_product").click()
    assert page.url.endswith("#show=sine_of_product")
    switch(page).click()
    assert page.url.endswith("#show=sine_of_product.T")
    page = visit(page.url)
    assert_shown(page, "sine_of_product", "correct")
    expect(
        page.locator(".choosing [role=status]")
    ).to_be_empty()  # nothing was chosen here


def test_an_address_typed_later_is_followed(visit):
    page = visit("")
    page.evaluate("location.hash = '#show=mean_of_squares.T'")
    assert_shown(page, "mean_of_squares", "correct")
    assert_told(page)


@pytest.mark.parametrize("fragment", ["show=nothing", "what-happened"])
def test_another_fragment_changes_nothing(visit, fragment):
    page = visit(f"#{fragment}")
    assert_shown(page, "product", "buggy")
    expect(page.locator(".choosing [role=status]")).to_be_empty()
    assert page.url.endswith(f"#{fragment}")


def test_back_leaves_the_page_and_forward_finds_what_was_chosen(visit, host):
    page = visit("about/", fresh=True)
    page.goto(host + "index.html")
    switch(page).click()
    choice(page, "sum_of_squares").click()
    page.go_back()
    assert page.url == host + "about/"
    page.go_forward()
    assert_shown(page, "sum_of_squares", "correct")


def test_a_restored_choice_never_differs_from_the_picture(visit, host):
    page = visit("", fresh=True)
    choice(page, "sine_of_product").click()
    page.evaluate("location.hash = '#what-happened'")
    assert_shown(page, "sine_of_product", "buggy")
    page.goto(host + "about/")
    page.go_back()
    assert_shown(page, "product", "buggy")


def test_only_the_pictures_of_the_choice_are_fetched(visit):
    asked = set()

    def keep(request):
        asked.add(request.url.rpartition("/")[2])

    page = visit("", prepare=lambda page: page.on("request", keep))
    page.wait_for_load_state("networkidle")
    both = {f"product-{layout}-autoscale.svg" for layout in ("correct", "buggy")}
    assert both <= asked
    assert "sum_of_squares-buggy-autoscale.svg" not in asked
    with page.expect_request("**/sum_of_squares-correct-autoscale.svg"):
        choice(page, "sum_of_squares").click()
    assert_shown(page, "sum_of_squares", "buggy")


# Of each call: the size of its letters, whether it stands on one line, and all in its box.
CALLS = """calls => calls.map(call => {
  const points = document.createRange();
  points.selectNodeContents(call.firstChild);
  const first = points.getBoundingClientRect();
  const last = [...call.querySelectorAll('b')].at(-1).getBoundingClientRect();
  const box = call.parentElement.getBoundingClientRect();
  const letters = parseFloat(getComputedStyle(call).fontSize);
  const middle = ({top, bottom}) => (top + bottom) / 2;
  return {
    letters,
    isOnOneLine: Math.abs(middle(first) - middle(last)) < letters,
    isWhole: first.left > box.left - 1 && last.right < box.right,
  };
})"""
WINDOWS = [
    (320, 568), (360, 640), PHONE, (640, 800), (744, 1133),
    (844, 390), (1280, 640), (1366, 650), DESK,
]  # fmt: skip


@pytest.mark.parametrize("path", ["", "tutorial/routine/", "playground/"])
def test_a_call_stays_on_one_line_that_is_seen_and_read(visit, path):
    page = visit(path)
    for size in WINDOWS:
        page.set_viewport_size(viewport(size))
        calls = page.locator(".call:visible")
        expect(
            calls.first
        ).to_be_visible()  # the playground shows none before it has measured
        for found in calls.evaluate_all(CALLS):
            assert found["isOnOneLine"], size
            assert found["isWhole"], size
            assert found["letters"] >= (9 if size[0] == 320 else 11), size


@pytest.mark.parametrize(
    ("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")]
)
def test_nothing_glides_where_motion_is_refused(visit, motion, behaviour):
    page = visit("", reduced_motion=motion)
    glides = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(glides) == behaviour


# Without script


@both_sizes
def test_without_script_both_pictures_of_the_product_are_there(visit, size):
    page = visit("", size, java_script_enabled=False)
    assert_shown(page, "product", "correct", "buggy")
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(call(page)).to_have_count(2)
    expect(page.locator(".paste pre")).to_have_text(LINES)
    href = playground_link(page).get_attribute("href")
    assert href.endswith("playground/index.html#f=x%5B0%5D%20%2A%20x%5B1%5D")
