"""What a printer makes of a page."""

import pytest
from browser_fixtures import DESK, PHONE
from playwright.sync_api import expect
from project import BASE_URL
from reading.words import said

A4_WITHIN_MARGINS = (643, 900)


@pytest.fixture
def printed(visit):
    """What opens a page and prints it."""

    def printing(path, size=PHONE, **options):
        page = visit(path, size, fresh=True, **options)
        page.emulate_media(media="print")
        return page

    return printing


def test_home_is_printed_with_its_pair_and_no_control(printed):
    page = printed("")
    sources = [
        image.get_attribute("src")
        for image in page.locator(".opening .picture img:visible").all()
    ]
    names = ("product-buggy", "product-correct")
    assert sources == [f"figures/{name}-autoscale.svg" for name in names]
    expect(page.locator(".opening :is(button, input):visible")).to_have_count(0)


def test_the_comparer_is_printed_as_both_pairs_side_by_side(printed):
    page = printed("functions/product/#compare=swipe,autoscale,40", DESK)
    expect(page.locator(".comparer h2:visible")).to_have_count(2)
    expect(page.locator(".comparer .call:visible")).to_have_count(4)
    images = page.locator(".comparer img:visible").all()
    boxes = [image.bounding_box() for image in images]
    assert len(boxes) == 4
    for first, second in (boxes[:2], boxes[2:]):
        assert first["y"] == second["y"]
        assert first["x"] + first["width"] < second["x"]
    assert images[0].evaluate("image => getComputedStyle(image).filter") == "none"
    expect(page.locator(":is(input, .note, .share, dialog):visible")).to_have_count(0)


def test_the_trace_is_printed_as_the_frames_of_both_layouts(printed):
    page = printed("tutorial/routine/", DESK)
    expect(page.locator(".trace .strip figure:visible")).to_have_count(6)
    expect(page.locator(".trace :is(input, button, .live):visible")).to_have_count(0)
    key = page.locator(".trace .key:visible")
    expect(key).to_contain_text(said("trace.key.filled", h="0.0001"))


def test_every_word_of_a_card_is_printed(visit):
    page = visit("functions/", DESK, fresh=True)
    words = page.locator(".card").all_inner_texts()
    assert len(words) > 10
    page.emulate_media(media="print")
    assert page.locator(".card").all_inner_texts() == words


MORE_ROWS = """scroll => {
  const body = scroll.querySelector("tbody");
  while (body.rows.length < 11) body.append(body.rows[0].cloneNode(true));
}"""


def test_a_table_breaks_between_its_rows_if_they_are_many(printed):
    page = printed("tutorial/two-layouts/", A4_WITHIN_MARGINS)
    table = page.locator(".scroll", has_text="meshgrid")
    assert table.evaluate("table => getComputedStyle(table).breakInside") == "avoid"
    table.evaluate(MORE_ROWS)
    assert table.evaluate("table => getComputedStyle(table).breakInside") == "auto"


def test_no_cell_is_squeezed_by_an_address_in_another_one(printed):
    page = printed("tutorial/two-layouts/", A4_WITHIN_MARGINS)
    table = page.locator(".scroll", has_text="meshgrid")
    rows = table.locator("tr:not(:has(a))").all()
    heights = {row.bounding_box()["height"] for row in rows}
    assert len(heights) == 1


# The class of what follows each sentence that ends in a colon, and if the two may be parted.
ANNOUNCED = """() => [...document.querySelectorAll('main p:not(:has(+ p))')]
  .filter(p => p.innerText.endsWith(':') && p.nextElementSibling)
  .map(p => [p.nextElementSibling.className, getComputedStyle(p).breakAfter])"""


def test_a_sentence_stays_with_what_it_announces(printed):
    announced = printed("elements/", DESK).evaluate(ANNOUNCED)
    kinds = {kind for kind, _ in announced}
    assert kinds >= {"formula", "scroll", "errata", "pair", "comparer", "trace"}
    assert {after for _, after in announced} == {"avoid"}


ADDED = "getComputedStyle(document.querySelector('.brand'), '::after').content"


def test_paper_alone_says_where_a_page_comes_from(visit):
    page = visit("errata/layout/", fresh=True)
    assert page.evaluate(ADDED) == "none"
    page.emulate_media(media="print")
    assert page.evaluate(ADDED) == f'"{BASE_URL}errata/layout/"'


# Where each link in prose leads that is no picture and leads to another page, and what
# stands behind it.
SPELLED_OUT = """() => [...document.querySelectorAll('main a')]
  .filter(link => link.checkVisibility() && !link.querySelector('img'))
  .filter(link => !link.closest('thead, .card, .symptoms'))
  .map(link => [
    link.href.replace('index.html', ''), getComputedStyle(link, '::after').content])
  .filter(([address]) => address.split('#')[0] !== location.href)"""


@pytest.mark.parametrize("path", ["errata/", "functions/product/", "errata/layout/"])
def test_paper_spells_out_where_a_link_leads(visit, host, path):
    page = visit(path, fresh=True)
    on_screen = {content for _, content in page.evaluate(SPELLED_OUT)}
    assert on_screen <= {"none", "normal", '""'}
    page.emulate_media(media="print")
    links = page.evaluate(SPELLED_OUT)
    assert len(links) > 3
    for link, content in links:
        address = link.replace(host, BASE_URL).partition("#f=")[0]
        assert content == f'" ({address})"'
