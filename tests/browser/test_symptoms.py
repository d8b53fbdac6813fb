"""The entries of symptoms: folded on a phone, open everywhere else, opened by what leads there."""

import pytest
from browser_fixtures import DESK, PHONE, TABLET
from playwright.sync_api import expect
from reading import page as document

PAGE = "symptoms/"
PART = "section.symptom > .parts"


def button(page, name):
    return page.locator(f"h2#{name} button")


def parts(page, name):
    return page.locator(f"section:has(#{name}) > .parts")


def assert_all_open(page):
    expect(page.locator("section.symptom h2 button")).to_have_count(0)
    count = page.locator(PART).count()
    assert count > 12
    expect(page.locator(f"{PART}:visible")).to_have_count(count)


@pytest.fixture
def heading(built):
    """The words of an entry's heading, as they are published."""
    (h2,) = document(built.site / PAGE / "index.html").xpath("//h2[@id='lines']")
    return h2.text.strip()


def test_on_a_phone_each_entry_is_folded_behind_its_heading(visit, heading):
    page = visit(PAGE, PHONE)
    sections = page.locator("section.symptom").count()
    assert sections > 12
    expect(page.locator("h2 button[aria-expanded=false]:visible")).to_have_count(
        sections
    )
    expect(page.locator(f"{PART}:visible")).to_have_count(0)
    assert button(page, "lines").inner_text() == heading
    expect(page.locator("h2#lines .headerlink")).to_have_attribute("href", "#lines")


def test_a_press_opens_an_entry_and_folds_it_again(visit):
    page = visit(PAGE, PHONE)
    button(page, "star").click()
    expect(button(page, "star")).to_have_attribute("aria-expanded", "true")
    expect(parts(page, "star")).to_be_visible()
    expect(page.locator(f"{PART}:visible")).to_have_count(1)
    button(page, "star").press("Enter")
    expect(button(page, "star")).to_have_attribute("aria-expanded", "false")
    expect(parts(page, "star")).to_be_hidden()


@pytest.mark.parametrize(
    ("target", "entry"),
    [
        ("fine", "fine"),
        ("safe-call", "fine"),
        ("specks", "lines"),
        ("column", "numbers"),
    ],
)
def test_an_address_opens_the_entry_that_it_leads_into(visit, target, entry):
    page = visit(f"{PAGE}#{target}", PHONE)
    expect(button(page, entry)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    expect(page.locator(f"{PART}:visible")).to_have_count(1)


def test_a_plot_opens_its_entry_each_time_it_is_chosen(visit):
    page = visit(PAGE, PHONE)
    plot = page.locator("#plots a[href$='#gap']")
    for _ in range(2):
        plot.click()
        expect(parts(page, "gap")).to_be_visible()
        expect(page.locator("#gap")).to_be_in_viewport()
        button(page, "gap").click()
        expect(parts(page, "gap")).to_be_hidden()


def test_one_entry_leads_into_another(visit):
    page = visit(f"{PAGE}#lengths", PHONE)
    parts(page, "lengths").locator("a[href$='#safe-call']").first.click()
    expect(page.locator("#safe-call")).to_be_in_viewport()


@pytest.mark.parametrize("size", [TABLET, DESK], ids=["tablet", "desk"])
def test_where_there_is_room_all_are_open(visit, size):
    assert_all_open(visit(PAGE, size))


def test_a_phone_that_is_turned_has_room_and_loses_it_again(visit, heading):
    page = visit(PAGE, PHONE)
    page.set_viewport_size({"width": 844, "height": 390})
    assert_all_open(page)
    assert page.locator("h2#lines").inner_text().startswith(heading)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator(f"{PART}:visible")).to_have_count(0)


def test_without_script_all_are_open(visit):
    assert_all_open(visit(PAGE, PHONE, java_script_enabled=False))


def test_all_are_printed(visit):
    page = visit(PAGE, PHONE, fresh=True)
    page.emulate_media(media="print")
    count = page.locator(PART).count()
    expect(page.locator(f"{PART}:visible")).to_have_count(count)
    shown = page.locator(PART).evaluate_all(
        "all => all.map(part => getComputedStyle(part).contentVisibility)"
    )
    assert set(shown) == {"visible"}


def test_a_desk_has_check_and_fix_side_by_side_beside_the_picture(visit):
    page = visit(f"{PAGE}#star", DESK)
    picture, cause, check, fix = (
        part.bounding_box() for part in parts(page, "star").locator("> *").all()
    )
    assert picture["x"] + picture["width"] < cause["x"]
    assert cause["x"] == check["x"] < fix["x"]
    assert check["y"] == fix["y"] > cause["y"]


def test_the_page_is_short_enough_to_look_through(visit):
    """With all open, on a desk: whoever has a plot wants to see all that there is.

    The two tables of messages do not count: nobody reads them, but looks for one line.
    """
    page = visit(PAGE, DESK)
    tables = page.locator(".messages").evaluate_all(
        "all => all.map(table => table.offsetHeight)"
    )
    assert len(tables) == 2
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height - sum(tables) <= 6000


def test_nothing_keeps_people_from_reading_it_with_all_open(visit, inspect, sideways):
    """As it comes, tests/slow looks at it with every page."""
    page = visit(PAGE, PHONE, theme="dark")
    for each in page.locator("h2 button").all():
        each.click()
    assert inspect(page) == {}
    assert sideways(page) == 0
    wide = page.locator("pre").evaluate_all(
        "all => all.filter(pre => pre.scrollWidth > pre.clientWidth).map(pre => pre.innerText)"
    )
    assert wide == []
