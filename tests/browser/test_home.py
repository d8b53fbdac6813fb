"""Home: the lines to paste, a script to paste, the plots to choose from, and the switch."""

import re
from urllib.parse import unquote

import oracle
import pytest
from browser_fixtures import NO_COPYING, PHONE, viewport
from playwright.sync_api import expect
from reading.records import plain, said_of_plot
from reading.words import said, word

from tests.browser.comparer import LABELS
from tests.browser.home import field
from tests.browser.opened import opened
from tests.browser.tabbing import tab_to

DESK = (1280, 720)
SIZES = {"phone": PHONE, "desk": DESK}
# The functions to choose from, in their order, by how they are spelled.
SPELLINGS = {name: oracle.functions()[name].spelling for name in word("chosen.home")}
FIRST, *OTHERS = SPELLINGS
LINES = "\n".join(word("paste.lines"))

both_sizes = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)


def pictures(page):
    return page.locator(".opening .picture img:visible")


def call(page):
    return page.locator(".opening .call:visible")


def switch(page):
    name = said("opening.transposes", transpose=word("pair.transpose"), call="")
    return page.locator(".shown").get_by_role("button", name=name.strip())


def choice(page, name):
    return page.locator("#plots a", has_text=word(f"looks.{name}.label"))


def copy(page):
    """The button that copies the two lines; it says in its place that they are copied."""
    return page.locator(".paste").get_by_role("button")


def playground_link(page):
    return page.locator("main a[data-follows]")


def assert_shown(page, name, *layouts, is_chosen=True):
    """The pictures of a function in these layouts are seen and loaded, and its choice is
    marked, unless nobody has chosen."""
    expect(pictures(page)).to_have_count(len(layouts))
    for image, layout in zip(pictures(page).all(), layouts, strict=True):
        assert image.get_attribute("src") == f"figures/{name}-{layout}-autoscale.svg"
        image.evaluate("image => image.decode()")
    if switch(page).count():
        marked = page.locator("#plots [aria-current=true]")
        expect(marked).to_have_text([word(f"looks.{name}.label")] if is_chosen else [])


def told(page):
    return page.locator(".shown > [role=status]")


def assert_told(page):
    """A screen reader hears what the picture that is seen shows."""
    alt = pictures(page).get_attribute("alt")
    expect(told(page)).to_have_text(alt)


def assert_on_first_screen(locator, size):
    box = locator.bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= size[1]


# The first screen


@both_sizes
def test_whom_it_is_for_and_what_to_paste_are_seen_before_scrolling(visit, size):
    page = visit("", size)
    assert_shown(page, "product", "buggy", is_chosen=False)
    lines = page.locator(".paste pre")
    for part in (page.locator(".summary"), lines, copy(page), field(page)):
        assert_on_first_screen(part, size)
    expect(lines).to_have_text(LINES)
    # No line is cut off at its end, where its `.T` stands.
    assert lines.evaluate("lines => lines.scrollWidth <= lines.clientWidth")


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_all_plots_to_choose_from_are_seen_before_scrolling(visit, language):
    page = visit(language)
    plots = page.locator("#plots a")
    expect(plots).to_have_count(len(SPELLINGS))
    for size in SIZES.values():
        page.set_viewport_size(viewport(size))
        for plot in plots.all():
            assert_on_first_screen(plot, size)


def test_on_a_desk_the_lines_and_the_picture_are_seen_side_by_side(visit):
    page = visit("", DESK)
    picture = pictures(page).bounding_box()
    for control in (switch(page), choice(page, "sine_of_product")):
        assert_on_first_screen(control, DESK)
    lines = page.locator(".paste pre").bounding_box()
    assert lines["x"] + lines["width"] < picture["x"]


# The lines to copy


def test_exactly_the_two_lines_are_copied(visit):
    page = visit("", permissions=["clipboard-read", "clipboard-write"])
    expect(copy(page)).to_have_text(word("copying.press"))
    copy(page).click()
    expect(copy(page)).to_have_text(word("copying.copied"))
    assert page.evaluate("navigator.clipboard.readText()") == LINES
    assert page.evaluate("getSelection().toString()") == ""


def test_lines_that_a_browser_does_not_copy_are_selected(visit):
    page = visit("", prepare=lambda page: page.add_init_script(NO_COPYING))
    copy(page).click()
    expect(copy(page)).to_have_text(word("copying.selected"))
    assert page.evaluate("getSelection().toString()") == LINES


# The switch and the choice

# Every choice with the switch as it comes, pressed, and released.
WALK = """() => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const isSeen = element => element.checkVisibility({visibilityProperty: true});
  const opening = document.querySelector('.opening');
  const button = opening.querySelector('.shown > .switch button');
  const followers = all('[data-follows]');
  const read = () => {
    const pair = all('.pair', opening).filter(isSeen);
    return {
      functions: pair.map(each => each.dataset.function),
      pictures: all('.picture', pair[0]).filter(isSeen).map(picture => ({
        file: picture.querySelector('img').getAttribute('src'),
        link: picture.querySelector('a').getAttribute('href'),
        alt: picture.querySelector('img').alt,
        label: words(picture.querySelector('.label')),
      })),
      look: all('.look', opening).filter(isSeen).map(look => words(
        all('span', look).find(isSeen))),
      together: words(pair[0].querySelector('.together')),
      status: words(opening.querySelector('.shown > [role=status]')),
      hasSwitch: isSeen(button),
      switched: button.ariaPressed,
      slots: all('b', button).map(slot => getComputedStyle(slot).borderStyle),
      address: location.hash,
      playground: followers.map(link => [words(link.querySelector('code')), link.hash]),
    };
  };
  const seen = () => all('.opening .pair').filter(isSeen).map(each => each.dataset.function);
  const first = {
    marked: all('[aria-current=true]', opening).length,
    look: all('.look', opening).filter(isSeen).map(words),
    functions: seen(),
  };
  const choices = all('#plots a').map(link => {
    link.click();
    const states = [read()];
    for (let press = 0; press < 2; press++) {
      button.click();
      states.push(read());
    }
    return {name: link.dataset.function, label: words(link), states};
  });
  return {first, choices};
}"""


@pytest.fixture(scope="module")
def walked(chromium, host):
    """What is shown at first, and what each choice shows, on a phone and on a desk."""
    found = []
    for width, height in SIZES.values():
        size = {"width": width, "height": height}
        with opened(chromium, host + "index.html", size) as page:
            found.append(page.evaluate(WALK))
    return found


@pytest.fixture(scope="module")
def shown(walked):
    """The function that is chosen, and the state of the page, for each state."""
    return [
        (oracle.functions()[choice["name"]], state)
        for walk in walked
        for choice in walk["choices"]
        for state in choice["states"]
    ]


def test_at_first_nothing_is_chosen_and_the_first_plot_is_shown(walked):
    asking = word("opening.choose")
    for walk in walked:
        assert walk["first"] == {"marked": 0, "look": [asking], "functions": [FIRST]}


def test_each_choice_is_named_by_what_is_seen(walked):
    for walk in walked:
        offered = {choice["name"]: choice["label"] for choice in walk["choices"]}
        assert offered == {name: word(f"looks.{name}.label") for name in SPELLINGS}
    verdicts = {oracle.functions()[name].verdict for name in SPELLINGS}
    assert verdicts == {"sparse", "blank", "plausible", "scaled"}


def test_each_choice_shows_its_own_pair_and_no_other(shown):
    for function, state in shown:
        assert state["functions"] == [function.name]
        about = said("pair.about", title=function.title, spelling=function.spelling)
        is_mended = state["switched"] == "true"
        mended = plain(word(f"looks.{function.name}.mended"))
        assert state["look"] == [mended if is_mended else said_of_plot(function.name)]
        assert state["together"].startswith(about)


def test_the_switch_decides_which_picture_and_which_call_are_shown(walked, shown):
    for walk in walked:
        for choice in walk["choices"]:
            pressed = [state["switched"] for state in choice["states"]]
            assert pressed == ["false", "true", "false"]
    for function, state in shown:
        is_right = state["switched"] == "true"
        ink = "correct" if is_right else "buggy"
        (picture,) = state["pictures"]
        file = f"figures/{function.name}-{ink}-autoscale.svg"
        assert picture["file"] == picture["link"] == file
        assert picture["label"] == LABELS[ink]
        assert state["hasSwitch"]
        assert state["slots"] == ["solid" if is_right else "dashed"] * 2


def test_what_is_told_is_what_the_pictures_show(walked):
    for walk in walked:
        states = [state for choice in walk["choices"] for state in choice["states"]]
        for state in states[1:]:  # at first nothing was chosen
            (picture,) = state["pictures"]
            assert state["status"] == picture["alt"]


def test_the_address_and_the_way_to_the_playground_follow_the_choice(walked):
    for walk in walked:
        states = [
            (choice, state) for choice in walk["choices"] for state in choice["states"]
        ]
        for choice, state in states[1:]:
            ending = ".T" if state["switched"] == "true" else ""
            assert state["address"] == f"#show={choice['name']}{ending}"
            ((words, fragment),) = state["playground"]
            assert words == SPELLINGS[choice["name"]]
            assert unquote(fragment) == f"#f={words}"


def test_the_switch_by_touch(visit):
    page = visit("", has_touch=True)
    switch(page).tap()
    expect(switch(page)).to_have_attribute("aria-pressed", "true")
    expect(pictures(page)).to_be_in_viewport(ratio=0.9)  # its blank rim is cut off
    assert_shown(page, "product", "correct", is_chosen=False)
    assert_told(page)
    switch(page).tap()
    expect(switch(page)).to_have_attribute("aria-pressed", "false")
    assert_shown(page, "product", "buggy", is_chosen=False)
    assert_told(page)


def test_the_switch_by_keyboard(visit):
    page = visit("", DESK)
    tab_to(page, switch(page), presses=30)
    for key, layout in (("Space", "correct"), ("Enter", "buggy")):
        page.keyboard.press(key)
        assert_shown(page, "product", layout, is_chosen=False)
        expect(switch(page)).to_be_focused()
        assert_told(page)


def test_a_choice_by_mouse(visit):
    page = visit("", DESK)
    for name in reversed(SPELLINGS):
        choice(page, name).click()
        assert_shown(page, name, "buggy")
        assert_told(page)


def test_a_choice_by_keyboard_on_a_phone(visit):
    page = visit("")
    tab_to(page, choice(page, FIRST), presses=30)
    for name in OTHERS:
        tab_to(page, choice(page, name), presses=3)
        page.keyboard.press("Enter")
        assert_shown(page, name, "buggy")
        expect(choice(page, name)).to_be_focused()


def test_the_chosen_function_stays_chosen_down_the_page(visit, host):
    """The way to the playground leads there with it, and says so."""
    page = visit("")
    for name, spelling in reversed(SPELLINGS.items()):
        choice(page, name).click()
        expect(playground_link(page).locator("code")).to_have_text(spelling)
    choice(page, "mean_of_squares").click()
    playground_link(page).click()
    assert page.url.startswith(host + "playground/")
    expect(page.locator("#spelling")).to_have_value(SPELLINGS["mean_of_squares"])


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
def test_on_a_desk_a_chosen_plot_is_shown_without_scrolling(visit, language):
    page = visit(language, (1280, 800))
    parts = ("h1", ".summary", ".paste pre", ".paste button", "#plots", ".look")
    for name in (*OTHERS, FIRST):
        page.locator(f"#plots [data-function={name}]").click()
        for part in parts:
            shown = page.locator(f".opening {part}:visible")
            expect(shown).to_be_in_viewport(ratio=1)
        expect(pictures(page)).to_be_in_viewport(ratio=0.9)  # its blank rim is cut off
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
@pytest.mark.parametrize("size", [PHONE, (390, 844)], ids=["short", "long"])
def test_on_a_phone_a_chosen_plot_comes_into_sight_with_all_that_is_said_of_it(
    visit, language, size
):
    page = visit(language, size, reduced_motion="reduce")
    for name in (FIRST, *OTHERS):
        page.evaluate("scrollTo(0, 0)")
        chosen = page.locator(f"#plots [data-function={name}]")
        chosen.click()
        sentence, button = page.locator(".look:visible"), page.locator(".shown button")
        parts = [chosen, sentence, button]
        if size == PHONE:
            part_of_picture = 0.9  # its blank rim is cut off
        else:
            parts += [page.locator(".paste p").first, page.locator(".paste pre")]
            part_of_picture = 0.5  # the lines to paste take the rest of the room
        for part in parts:
            expect(part).to_be_in_viewport(ratio=0.95)  # to a part of a pixel
        expect(pictures(page)).to_be_in_viewport(ratio=part_of_picture)


@pytest.mark.parametrize("language", ["", "ja/", "ko/", "zh/"])
@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "desk"])
def test_the_switch_stays_under_the_finger(visit, language, size):
    page = visit(language, size, reduced_motion="reduce")
    button = page.locator(".shown .switch button")
    place = "button => button.getBoundingClientRect().top + scrollY"
    before = button.evaluate(place)
    button.click()  # before a plot was chosen
    assert button.evaluate(place) == before
    for name in SPELLINGS:
        page.locator(f"#plots [data-function={name}]").click()
        before = button.bounding_box()
        for _ in range(2):
            button.click()
            assert button.bounding_box() == before, name


def test_what_is_in_sight_is_used_where_it_stands(visit):
    """The links below the plots copy the lines, or go to the field, without scrolling."""
    page = visit("", (1280, 800), permissions=["clipboard-read", "clipboard-write"])
    choice(page, FIRST).click()
    page.get_by_role("link", name=word("opening.copy_lines").replace("`", "")).click()
    expect(copy(page)).to_have_text(word("copying.copied"))
    expect(copy(page)).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == LINES
    choice(page, "mean_of_squares").click()
    for part in (".look:visible", ".paste"):
        copy(page).focus()
        page.locator(f"{part} [href='#script']").click()
        expect(field(page)).to_be_focused()
    assert page.evaluate("scrollY") == 0


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
    expect(told(page)).to_be_empty()  # nothing was chosen here


def test_an_address_typed_later_is_followed(visit):
    page = visit("")
    page.evaluate("location.hash = '#show=mean_of_squares.T'")
    assert_shown(page, "mean_of_squares", "correct")
    assert_told(page)


@pytest.mark.parametrize("fragment", ["show=nothing", "what-happened"])
def test_another_fragment_changes_nothing(visit, fragment):
    page = visit(f"#{fragment}")
    assert_shown(page, "product", "buggy", is_chosen=False)
    expect(told(page)).to_be_empty()
    assert page.url.endswith(f"#{fragment}")


def test_back_leaves_the_page_and_forward_finds_what_was_chosen(visit, host):
    page = visit("about/", fresh=True)
    page.goto(host + "index.html")
    switch(page).click()
    choice(page, "product_of_all").click()
    switch(page).click()
    page.go_back()
    assert page.url == host + "about/"
    page.go_forward()
    assert_shown(page, "product_of_all", "correct")


def test_a_restored_choice_never_differs_from_the_picture(visit, host):
    page = visit("", fresh=True)
    choice(page, "sine_of_product").click()
    page.evaluate("location.hash = '#what-happened'")
    assert_shown(page, "sine_of_product", "buggy")
    page.goto(host + "about/")
    page.go_back()
    assert_shown(page, "product", "buggy", is_chosen=False)


def test_only_the_pictures_of_the_choice_are_fetched(visit):
    asked = set()

    def keep(request):
        folder, file = request.url.split("/")[-2:]
        if folder == "figures":
            asked.add(file)

    page = visit("", prepare=lambda page: page.on("request", keep))
    page.wait_for_load_state("networkidle")
    both = {f"product-{layout}-autoscale.svg" for layout in ("correct", "buggy")}
    assert both <= asked
    assert "product_of_all-buggy-autoscale.svg" not in asked
    with page.expect_request("**/figures/product_of_all-correct-autoscale.svg"):
        choice(page, "product_of_all").click()
    assert_shown(page, "product_of_all", "buggy")


# Of each call: the size of its letters, whether it stands on one line, and all in its box.
CALLS = """calls => calls.map(call => {
  const points = document.createRange();
  points.selectNodeContents(call.firstChild);
  const first = points.getBoundingClientRect();
  const last = [...call.querySelectorAll('b')].at(-1).getBoundingClientRect();
  let around = call.parentElement;
  while (getComputedStyle(around).display === 'contents') around = around.parentElement;
  const box = around.getBoundingClientRect();
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


def test_without_script_both_pictures_of_the_product_are_there(visit):
    page = visit("", java_script_enabled=False)
    assert_shown(page, "product", "buggy", "correct")
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    for link in page.locator("#plots a").all():
        assert re.search(r"symptoms/index\.html#\w+$", link.get_attribute("href"))
    expect(call(page)).to_have_count(2)
    expect(page.locator(".paste pre")).to_have_text(LINES)
    href = playground_link(page).get_attribute("href")
    assert href.endswith("playground/index.html#f=x%5B0%5D%20%2A%20x%5B1%5D")
