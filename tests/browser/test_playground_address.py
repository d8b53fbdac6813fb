"""The address of the playground: it holds what is asked, is followed, and is written seldom."""

import time
from urllib.parse import parse_qsl, unquote

import pytest
from playwright.sync_api import expect
from reading.words import word

from tests.browser.opened import DESK
from tests.browser.playground import (
    DOWNWARDS,
    ELSEWHERE,
    PLAYGROUND,
    PRODUCT,
    VIEWS,
    ask,
    asking,
    assert_answered,
    at_work,
    field,
    read,
    take,
)

TEXTS = ["x[0] % 2 & 50%", "%41%FF", "a=b&f=c#d", "π + “x”", ""]


@pytest.fixture(scope="module")
def page(chromium, host):
    with at_work(chromium, host) as page:
        yield page


def test_it_holds_what_was_typed(visit):
    page = visit(PLAYGROUND)
    for text in TEXTS:
        field(page).fill(text)
        page.wait_for_url(
            lambda url, text=text: unquote(url.partition("#f=")[2]) == text,
            wait_until="commit",
        )
        page.reload()
        expect(field(page)).to_have_value(text)


def test_it_holds_what_was_ticked(page):
    ask(page, PRODUCT, "window", "downhill")  # as the page comes
    field(page).fill(ELSEWHERE.text)
    page.get_by_label(VIEWS["lengths"]).check()
    page.get_by_label(VIEWS["downhill"]).uncheck()
    page.wait_for_url(lambda url: "downhill=off" in url, wait_until="commit")
    fields = dict(parse_qsl(page.url.partition("#")[2]))
    assert fields["f"] == ELSEWHERE.text
    assert [fields.get(view) for view in VIEWS] == ["on", "off", None]


@pytest.mark.parametrize(
    ("asked", "views"),
    [(PRODUCT, []), (ELSEWHERE, ["downhill"]), (DOWNWARDS, ["window", "contours"])],
    ids=["as it comes", "another grid", "other views"],
)
def test_a_copied_link_opens_the_same(page, asked, views):
    shown = ask(page, asked, *views)
    take(page, "link").click()
    other = page.context.new_page()
    other.set_viewport_size(DESK)
    other.goto(page.locator(".copy").text_content())
    again = read(other)
    other.close()
    for answer in (shown, again):  # which point is read out is not in the address
        del answer["cells"]
        for picture in answer["pictures"].values():
            del picture["ring"]
    assert again == shown


def test_a_link_that_carries_a_function_says_so(visit):
    page = visit(PLAYGROUND)
    carried = page.get_by_text(word("playground.carried"))
    expect(carried).to_be_hidden()
    page = visit(asking("x[0]"))
    expect(carried).to_be_visible()
    field(page).press("End")
    field(page).press_sequentially("+1")
    expect(carried).to_be_hidden()


def test_one_written_by_hand_is_followed(visit):
    page = visit(f"{PLAYGROUND}#f=x[0]+x[1]**2")
    expect(field(page)).to_have_value("x[0]+x[1]**2")
    page.evaluate("location.hash = 'f=100%'")
    expect(field(page)).to_have_value("100%")
    page.evaluate("location.hash = 'f=x[0]&contours&downhill=off&lengths=1'")
    for view, is_ticked in {
        "contours": True,
        "downhill": False,
        "lengths": True,
    }.items():
        expect(page.get_by_label(VIEWS[view])).to_be_checked(checked=is_ticked)


def test_a_place_of_the_page_changes_nothing(visit):
    page = visit(f"{PLAYGROUND}#what-you-can-type")
    assert_answered(page, "sparse")
    expect(page.locator(".pictures")).to_be_visible()
    field(page).fill("np.sum(x**2)")
    assert_answered(page, "hidden")
    page.evaluate("location.hash = 'beside-your-own-plot'")
    page.wait_for_timeout(100)
    expect(field(page)).to_have_value("np.sum(x**2)")


def test_back_and_forward(visit, host):
    page = visit(asking("x[0]"), fresh=True)
    page.goto(host + asking("np.sum(x**2)", "&lengths=on&h=0.01"))
    assert_answered(page, "hidden")
    page.go_back()
    assert_answered(page, "sparse")
    lengths = page.get_by_label(VIEWS["lengths"])
    expect(lengths).not_to_be_checked()
    page.go_forward()
    assert_answered(page, "hidden")
    expect(lengths).to_be_checked()
    expect(page.locator("[name=h]")).to_have_value("0.01")


COUNT_WRITES = """() => {
  const write = history.replaceState.bind(history);
  window.writes = 0;
  history.replaceState = (...given) => {
    writes++;
    write(...given);
  };
}"""


def test_it_is_written_seldom(visit):
    page = visit(PLAYGROUND)
    page.evaluate(COUNT_WRITES)
    start = time.monotonic()
    field(page).press_sequentially(" " * 40)
    page.wait_for_timeout(600)
    # Safari takes 100 in 30 seconds; on a busy machine there is a pause after many a key.
    assert 1 <= page.evaluate("writes") <= 2 + 3 * (time.monotonic() - start)
