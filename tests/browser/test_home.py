"""The opening of home: the picture, the call, and the switch of its two `.T`."""

import pytest
from browser_fixtures import DESK, PHONE, viewport
from playwright.sync_api import expect
from tabbing import tab_to

# The functions to choose from, in their order, by how they are spelled.
SPELLINGS = {
    "product": "x[0] * x[1]",
    "sum_of_squares": "np.sum(x**2)",
    "sum_of_squares_indexed": "x[0]**2 + x[1]**2",
    "mean_of_squares": "np.mean(x**2)",
    "sine_of_product": "np.sin(x[0] * x[1])",
}


def pictures(page):
    return page.locator(".opening img:visible")


def call(page):
    return page.locator(".opening .call:visible")


def switch(page):
    return page.get_by_role("button", name="Both .T")


def choice(page, name):
    return page.get_by_role("radio", name=SPELLINGS[name], exact=True)


def assert_shown(page, name, layouts):
    """The pictures of a function in these layouts are seen, loaded and chosen."""
    expect(pictures(page)).to_have_count(len(layouts))
    for image, layout in zip(pictures(page).all(), layouts, strict=True):
        assert image.get_attribute("src") == f"figures/{name}-{layout}.svg"
        image.evaluate("image => image.decode()")
    if choice(page, name).count():
        expect(choice(page, name)).to_be_checked()


def assert_told(page):
    """A screen reader hears what the pictures that are seen show."""
    alts = [image.get_attribute("alt") for image in pictures(page).all()]
    expect(page.get_by_role("status")).to_have_text(" ".join(alts))


def assert_on_first_screen(locator, size):
    box = locator.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1]


def test_a_phone_shows_picture_call_and_switch_before_scrolling(visit):
    page = visit("")
    assert_shown(page, "product", ["buggy"])
    for part in (pictures(page), switch(page), call(page)):
        assert_on_first_screen(part, PHONE)
    summary = page.locator(".opening .summary").bounding_box()
    assert summary["y"] + summary["height"] < pictures(page).bounding_box()["y"]
    expect(call(page)).to_contain_text("np.array([X, Y])")
    expect(switch(page)).to_have_attribute("aria-pressed", "false")


def test_a_desk_shows_the_pair_before_scrolling(visit):
    page = visit("", DESK)
    assert_shown(page, "product", ["correct", "buggy"])
    expect(switch(page)).to_be_hidden()
    for part in page.locator(":is(.opening img, .opening .call):visible").all():
        assert_on_first_screen(part, DESK)


def test_the_switch_by_touch(visit):
    page = visit("", has_touch=True)
    slots = switch(page).locator("span")
    assert [slot.is_visible() for slot in slots.all()] == [False, False]
    switch(page).tap()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    assert [slot.is_visible() for slot in slots.all()] == [True, True]
    assert_shown(page, "product", ["correct"])
    assert_told(page)
    switch(page).tap()
    assert_shown(page, "product", ["buggy"])
    assert_told(page)


def test_the_switch_by_keyboard(visit):
    page = visit("")
    tab_to(page, switch(page), presses=20)
    for key, layout in (("Space", "correct"), ("Enter", "buggy")):
        page.keyboard.press(key)
        assert_shown(page, "product", [layout])
        expect(switch(page)).to_be_focused()
        assert_told(page)


def test_a_choice_by_mouse_on_a_desk(visit):
    page = visit("", DESK)
    for name in reversed(SPELLINGS):
        choice(page, name).click()
        assert_shown(page, name, ["correct", "buggy"])
        assert_told(page)


def test_a_choice_by_keyboard_on_a_phone_comes_into_view(visit):
    page = visit("")
    first, *others = SPELLINGS
    tab_to(page, choice(page, first), presses=20)
    for name in others:
        page.keyboard.press("ArrowRight")
        assert_shown(page, name, ["buggy"])
        expect(choice(page, name)).to_be_focused()
        expect(choice(page, name)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("place", ["host", "disk"])
def test_the_address_keeps_what_is_shown(visit, request, place):
    page = visit(request.getfixturevalue(place) + "index.html")
    choice(page, "sine_of_product").click()
    assert page.url.endswith("#show=sine_of_product")
    switch(page).click()
    assert page.url.endswith("#show=sine_of_product.T")
    page = visit(page.url)
    assert_shown(page, "sine_of_product", ["correct"])
    expect(choice(page, "sine_of_product")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("status")).to_be_empty()  # nothing has been chosen here


def test_an_address_typed_later_is_followed(visit):
    page = visit("")
    page.evaluate("location.hash = '#show=mean_of_squares.T'")
    assert_shown(page, "mean_of_squares", ["correct"])
    assert_told(page)


@pytest.mark.parametrize("fragment", ["show=nothing", "what-happened"])
def test_another_fragment_changes_nothing(visit, fragment):
    page = visit(f"#{fragment}")
    assert_shown(page, "product", ["buggy"])
    expect(page.get_by_role("status")).to_be_empty()
    assert page.url.endswith(f"#{fragment}")


def test_back_leaves_the_page_and_forward_finds_what_was_chosen(visit, host):
    page = visit("about/", fresh=True)
    page.goto(host + "index.html")
    switch(page).click()
    choice(page, "sum_of_squares").click()
    page.go_back()
    assert page.url == host + "about/"
    page.go_forward()
    assert_shown(page, "sum_of_squares", ["correct"])


def test_a_restored_choice_never_differs_from_the_picture(visit, host):
    page = visit("", fresh=True)
    choice(page, "sine_of_product").click()
    page.evaluate("location.hash = '#what-happened'")
    assert_shown(page, "sine_of_product", ["buggy"])
    page.goto(host + "about/")
    page.go_back()
    assert_shown(page, "product", ["buggy"])


def test_only_the_pictures_of_the_choice_are_fetched(visit):
    asked = set()

    def keep(request):
        asked.add(request.url.rpartition("/")[2])

    page = visit("", prepare=lambda page: page.on("request", keep))
    page.wait_for_load_state("networkidle")
    assert {"product-correct.svg", "product-buggy.svg"} <= asked
    assert "sine_of_product-buggy.svg" not in asked
    with page.expect_request("**/sine_of_product-correct.svg"):
        choice(page, "sine_of_product").click()
    assert_shown(page, "sine_of_product", ["buggy"])


@pytest.mark.parametrize(
    ("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")]
)
def test_nothing_glides_where_motion_is_refused(visit, motion, behaviour):
    page = visit("", reduced_motion=motion)
    choices = page.get_by_role("radiogroup")
    assert choices.evaluate("row => getComputedStyle(row).scrollBehavior") == behaviour


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


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_without_script_the_pair_of_the_product_is_there(visit, size):
    page = visit("", size, java_script_enabled=False)
    assert_shown(page, "product", ["correct", "buggy"])
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(call(page)).to_have_count(2)
    summary = page.locator(".opening .summary").bounding_box()
    assert summary["y"] < pictures(page).first.bounding_box()["y"]
