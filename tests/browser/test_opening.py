"""The opening of the home page: the picture, the call, and what its two .T decide."""

import json

import pytest
from playwright.sync_api import expect
from project import BASE_URL
from tabbing import tab_to

PHONE, DESK = (390, 664), (1280, 800)
CHOICE = {
    "product": "x[0] * x[1]",
    "sum_of_squares": "np.sum(x**2)",
    "sum_of_squares_indexed": "x[0]**2 + x[1]**2",
    "mean_of_squares": "np.mean(x**2)",
    "sine_of_product": "np.sin(x[0] * x[1])",
}


def pictures(page):
    return page.locator(".opening img:visible")


def switch(page):
    return page.get_by_role("button", name="Both .T")


def choice(page, name):
    return page.get_by_role("radio", name=CHOICE[name], exact=True)


def assert_shown(page, name, *inks):
    """These pictures are seen and loaded, and their function is the one chosen."""
    expect(pictures(page)).to_have_count(len(inks))
    for image, ink in zip(pictures(page).all(), inks, strict=True):
        assert image.get_attribute("src") == f"figures/{name}-{ink}.svg"
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    if choice(page, name).count():
        expect(choice(page, name)).to_be_checked()


def assert_told(page):
    """What a screen reader hears is what the build computed for the pictures seen."""
    alts = [image.get_attribute("alt") for image in pictures(page).all()]
    expect(page.get_by_role("status")).to_have_text(" ".join(alts))


def assert_within(locator, size):
    box = locator.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1]


def test_a_phone_shows_picture_call_and_switch_before_scrolling(visit, host):
    page = visit(host, PHONE)
    assert_shown(page, "product", "buggy")
    for part in (pictures(page), switch(page), page.locator(".opening code.call:visible")):
        assert_within(part, PHONE)
    summary = page.locator(".opening .summary").bounding_box()
    assert summary["y"] + summary["height"] < pictures(page).bounding_box()["y"]
    expect(page.locator(".opening .call:visible")).to_contain_text("np.array([X, Y])")
    expect(switch(page)).to_have_attribute("aria-pressed", "false")


def test_a_desk_shows_the_pair_before_scrolling(visit, host):
    page = visit(host, DESK)
    assert_shown(page, "product", "correct", "buggy")
    expect(switch(page)).to_be_hidden()
    for part in page.locator(":is(.opening img, .opening .call):visible").all():
        assert_within(part, DESK)


def test_the_switch_by_touch(visit, host):
    page = visit(host, PHONE, has_touch=True)
    switch(page).tap()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    assert_shown(page, "product", "correct")
    assert_told(page)
    switch(page).tap()
    assert_shown(page, "product", "buggy")
    assert_told(page)


def test_the_switch_by_keyboard(visit, host):
    page = visit(host, PHONE)
    tab_to(page, switch(page), presses=20)
    for key, ink in (("Space", "correct"), ("Enter", "buggy")):
        page.keyboard.press(key)
        assert_shown(page, "product", ink)
        expect(switch(page)).to_be_focused()
        assert_told(page)


def test_the_slots_of_the_call_show_what_is_passed(visit, host):
    page = visit(host, PHONE)
    slots = switch(page).locator("span")
    assert [slot.is_visible() for slot in slots.all()] == [False, False]
    switch(page).click()
    assert [slot.is_visible() for slot in slots.all()] == [True, True]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_choice_by_mouse(visit, host, size):
    page = visit(host, size)
    inks = ("buggy",) if size is PHONE else ("correct", "buggy")
    for name in reversed(CHOICE):
        choice(page, name).click()
        assert_shown(page, name, *inks)
        assert_told(page)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_choice_by_keyboard(visit, host, size):
    page = visit(host, size)
    inks = ("buggy",) if size is PHONE else ("correct", "buggy")
    tab_to(page, choice(page, "product"), presses=20)
    for name in list(CHOICE)[1:]:
        page.keyboard.press("ArrowRight")
        assert_shown(page, name, *inks)
        expect(choice(page, name)).to_be_focused()
        expect(choice(page, name)).to_be_in_viewport(ratio=1)
        assert_told(page)


def test_one_choice_stays_right_and_the_others_break(built):
    record = json.loads(built.files()["data/functions.json"])
    verdicts = {
        entry["name"]: entry["layouts"]["columns"]["verdict"] for entry in record["functions"]
    }
    assert {name for name in CHOICE if verdicts[name] == "hidden"} == {"sum_of_squares"}


def test_a_choice_keeps_the_switch(visit, host):
    page = visit(host, PHONE)
    switch(page).click()
    choice(page, "sum_of_squares_indexed").click()
    assert_shown(page, "sum_of_squares_indexed", "correct")


@pytest.mark.parametrize("place", ["host", "disk"])
def test_the_address_keeps_what_is_shown(visit, built, host, place):
    page = visit(host if place == "host" else built.site.as_uri() + "/index.html", PHONE)
    choice(page, "sine_of_product").click()
    assert page.url.endswith("#show=sine_of_product")
    switch(page).click()
    assert page.url.endswith("#show=sine_of_product.T")
    again = visit(page.url, PHONE)
    assert_shown(again, "sine_of_product", "correct")
    expect(choice(again, "sine_of_product")).to_be_in_viewport(ratio=1)
    expect(again.get_by_role("status")).to_be_empty()


def test_an_address_typed_later_is_followed(visit, host):
    page = visit(host, PHONE)
    page.evaluate("location.hash = '#show=mean_of_squares.T'")
    assert_shown(page, "mean_of_squares", "correct")
    assert_told(page)


def test_a_link_within_the_page_tells_nothing(visit, host):
    page = visit(host, PHONE)
    page.evaluate("""() => new Promise(resolve => {
      addEventListener('hashchange', () => setTimeout(resolve));
      location.hash = '#what-happened';
    })""")
    expect(page.get_by_role("status")).to_be_empty()


@pytest.mark.parametrize("fragment", ["show=nothing", "show=", "what-happened", "f=x[0]"])
def test_another_fragment_changes_nothing(visit, host, fragment):
    page = visit(f"{host}#{fragment}", PHONE)
    assert_shown(page, "product", "buggy")
    assert page.url.endswith(f"#{fragment}")


def test_back_leaves_the_page(visit, host):
    page = visit(host + "about/index.html", PHONE)
    page.goto(host + "index.html")
    switch(page).click()
    choice(page, "sum_of_squares").click()
    page.go_back()
    assert page.url == host + "about/index.html"
    page.go_forward()
    assert_shown(page, "sum_of_squares", "correct")


def test_history_that_throws_does_not_stop_the_switch(visit, host):
    page = visit(host, PHONE)
    page.evaluate("() => { history.replaceState = () => { throw new Error('too often'); }; }")
    switch(page).click()
    assert_shown(page, "product", "correct")


@pytest.mark.parametrize("size", [PHONE, DESK, (320, 568)], ids=["phone", "desk", "small"])
def test_targets_are_large_enough(visit, host, size):
    page = visit(host, size)
    controls = page.locator(".opening :is(button, input):visible").all()
    assert len(controls) == len(CHOICE) + (size is not DESK)
    for control in controls:
        box = control.bounding_box()
        assert min(box["width"], box["height"]) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


CALLS = """calls => calls.map(call => {
  const [range, last] = [document.createRange(), [...call.querySelectorAll('b')].at(-1)];
  range.selectNodeContents(call.firstChild);
  const [from, to, box] = [range, last, call.parentElement].map(e => e.getBoundingClientRect());
  const size = parseFloat(getComputedStyle(call).fontSize);
  const middle = ({ top, bottom }) => (top + bottom) / 2;
  return [size, Math.abs(middle(from) - middle(to)) < size, from.left > box.left - 1
    && to.right < box.right];
})"""
NARROW = [(320, 568), (360, 640), PHONE, (640, 800), (744, 1133)]
LOW = [(844, 390), (1280, 640), (1366, 650)]


@pytest.mark.parametrize("size", [*NARROW, *LOW, DESK], ids=str)
@pytest.mark.parametrize("path", ["", "tutorial/routine/", "playground/"])
def test_a_call_stays_on_one_line_that_is_seen_and_read(visit, host, size, path):
    calls = visit(host + path, size).locator(".call:visible")
    expect(calls.first).to_be_visible()  # the playground shows none before it has measured
    for points, one_line, whole in calls.evaluate_all(CALLS):
        assert one_line
        assert whole
        assert points >= (9 if size[0] == 320 else 11)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_the_page_loads(visit, host, size, shift):
    assert shift(visit(host, size)) == 0


def test_only_the_pictures_of_the_choice_are_fetched(visit, host):
    page = visit("about:blank", PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(host)
    page.wait_for_load_state("networkidle")
    assert {"product-correct.svg", "product-buggy.svg"} <= set(asked)
    assert not [name for name in asked if name.startswith("sine")]
    choice(page, "sine_of_product").click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    assert {"sine_of_product-correct.svg", "sine_of_product-buggy.svg"} <= set(asked)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_motion_only_where_it_is_not_refused(visit, host, motion):
    page = visit(host, PHONE, reduced_motion=motion)
    behaviour = page.get_by_role("radiogroup").evaluate(
        "row => getComputedStyle(row).scrollBehavior"
    )
    assert (behaviour == "smooth") == (motion == "no-preference")


def test_paper_shows_the_pair_and_no_control(visit, host):
    page = visit(host, PHONE)
    page.emulate_media(media="print")
    assert_shown(page, "product", "correct", "buggy")
    expect(page.locator(".opening :is(button, input):visible")).to_have_count(0)


def test_paper_keeps_every_word_of_a_card(visit, host):
    page = visit(f"{host}functions/", DESK)
    words = [card.inner_text() for card in page.locator(".card").all()]
    assert len([text for text in words if "Grid: " in text]) > 3
    page.emulate_media(media="print")
    assert [card.inner_text() for card in page.locator(".card").all()] == words


def test_paper_breaks_a_long_table_between_rows_and_an_address_in_its_cell(visit, host):
    page = visit(f"{host}tutorial/two-layouts/", DESK)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 643, "height": 900})  # of A4 within its margins
    table = page.locator(".scroll", has_text="meshgrid")
    assert table.evaluate("table => getComputedStyle(table).breakInside") == "auto"
    heights = {row.bounding_box()["height"] for row in table.locator("tr:not(:has(a))").all()}
    assert len(heights) == 1  # no cell is squeezed by the address in another one


# What follows a sentence that ends in a colon, and whether the two may be parted.
ANNOUNCED = """() => [...document.querySelectorAll('main p:not(:has(+ p))')]
  .filter(p => p.innerText.endsWith(':') && p.nextElementSibling)
  .map(p => [p.nextElementSibling.className, getComputedStyle(p).breakAfter])"""


def test_paper_keeps_a_sentence_with_what_it_announces(visit, host):
    page = visit(f"{host}elements/", DESK)
    page.emulate_media(media="print")
    announced = page.evaluate(ANNOUNCED)
    assert {"formula", "scroll", "errata", "pair", "comparer", "trace"} <= {*dict(announced)}
    assert {after for _, after in announced} == {"avoid"}


ADDED = "getComputedStyle(document.querySelector('.brand'), '::after').content"


def test_paper_alone_says_where_a_page_comes_from(visit, host):
    page = visit(f"{host}errata/layout/", PHONE)
    assert page.evaluate(ADDED) == "none"
    page.emulate_media(media="print")
    assert page.evaluate(ADDED) == f'"{BASE_URL}errata/layout/"'


# What stands behind each link that is no picture and leads to another page, and where it leads.
SPELT = """() => [...document.querySelectorAll('main a')].filter(link => link.checkVisibility() &&
    !link.querySelector('img') && !link.closest('thead, .card, .symptoms'))
  .map(link => [link.href.replace('index.html', ''), getComputedStyle(link, '::after').content])
  .filter(([leads]) => leads.split('#')[0] !== location.href)"""


@pytest.mark.parametrize(
    "path", ["", "errata/", "errata/layout/", "tutorial/", "functions/product/", "use/", "travel/"]
)
def test_paper_spells_out_where_a_link_leads(visit, host, path):
    page = visit(host + path, PHONE)
    assert {shown for _, shown in page.evaluate(SPELT)} <= {"none", "normal", '""'}
    page.emulate_media(media="print")
    spelt = page.evaluate(SPELT)
    assert len(spelt) > 3
    for link, shown in spelt:
        address = link.replace(host, BASE_URL).partition("#f=")[0]
        assert shown == f'" ({address})"'


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_without_script_the_pair_of_the_product_is_there(visit, host, size):
    page = visit(host, size, java_script_enabled=False)
    assert_shown(page, "product", "correct", "buggy")
    expect(page.get_by_role("radio")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".opening .call:visible")).to_have_count(2)
    summary = page.locator(".opening .summary").bounding_box()
    assert summary["y"] < pictures(page).first.bounding_box()["y"]


def test_a_restored_choice_never_differs_from_the_picture(visit, host):
    page = visit(host, PHONE)
    choice(page, "sine_of_product").click()
    page.evaluate("location.hash = '#what-happened'")
    assert_shown(page, "sine_of_product", "buggy")
    page.goto(host + "about/index.html")
    page.go_back()
    assert_shown(page, "product", "buggy")
