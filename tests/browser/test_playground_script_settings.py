"""The grid and the boxes that a script brings to the playground, and what becomes of them when it is edited."""

import pytest
from playwright.sync_api import expect
from reading.words import said, word

from tests.browser.playground import (
    PLAYGROUND,
    PRODUCT,
    SETTLED,
    VIEWS,
    answer,
    field,
    status,
    take,
)
from tests.browser.reader_scripts import PLAIN, SEVERAL
from tests.browser.script_view import assert_drawn, clipboard, findings, shown


def settings(page):
    return {
        name: value
        for name, value in shown(page)["fields"].items()
        if name not in ("f", "function", "file") and value != ""
    }


def test_a_script_brings_its_grid_and_takes_it_along_again(paste):
    page = paste(SEVERAL, address=f"{PLAYGROUND}#f=np.sum(x)&stop=1&contours=on")
    assert settings(page) == {
        "start": "-3",
        "stop": "3.5",
        "step": "0.5",
        "h": "0.0001",
        "lengths": False,
        "downhill": False,
        "contours": True,
    }
    field(page).fill("np.prod(x)")
    expect(page.locator(".script")).to_be_hidden()
    assert settings(page) == {
        "start": "-2",
        "stop": "1",
        "step": "0.25",
        "h": "0.0001",
        "lengths": False,
        "downhill": True,
        "contours": True,
    }


@pytest.mark.parametrize(
    ("x1", "rows"), [(("0", "2", "0.25"), 8), (("-3", "3.5", "0.25"), 26)]
)
def test_a_rectangular_grid_is_that_of_the_fields(paste, x1, rows):
    axes = f"x0 = np.arange(-3, 3.5, 0.5)\nx1 = np.arange({', '.join(x1)})\n"
    text = SEVERAL.replace("axis = np.arange(-3, 3.5, 0.5)\n", axes)
    text = text.replace("np.meshgrid(axis, axis)", "np.meshgrid(x0, x1)")
    page = paste(text)
    expect(answer(page)).to_contain_text(said("playground.call", count=13 * rows))
    found = settings(page)
    names = ("start", "stop", "step", "start1", "stop1", "step1")
    assert [found[name] for name in names] == ["-3", "3.5", "0.5", *x1]


def test_what_a_reader_ticks_stays_while_the_script_is_edited(paste):
    page = paste(PLAIN)
    assert shown(page)["fields"]["downhill"]
    page.get_by_label(VIEWS["downhill"]).uncheck()
    page.locator("#spelling").press("Control+End")
    page.keyboard.type("# mine")
    page.wait_for_timeout(400)
    assert not shown(page)["fields"]["downhill"]
    assert_drawn(page, PRODUCT)


def test_a_script_that_is_edited_is_read_again(paste):
    page = paste(PLAIN)
    expect(findings(page)).to_have_count(1)
    page.locator("#spelling").press("Control+End")
    page.keyboard.type("grad = numerical_gradient(f, np.array([3, 4]))")
    expect(findings(page)).to_have_count(2)
    codes = [item.get_attribute("data-code") for item in findings(page).all()]
    assert "integer" in codes


def test_a_link_from_a_script_carries_its_function_and_its_grid(paste, host):
    page = paste(SEVERAL.replace("grad[1])", 'grad[1], angles="xy")'))  # as in the book
    page.get_by_label("bowl").check()
    take(page, "link").click()
    expect(status(page)).to_have_text(word("playground.copied"))
    link = clipboard(page)
    assert "def" not in link
    other = page.context.new_page()
    other.goto(link)
    again = other.evaluate(SETTLED)
    other.close()
    assert again["fields"]["f"] == "3 * x[0]**2 + x[1]**2"
    assert again["fields"]["stop"] == "3.5"
    assert (
        again["pictures"]["rows"]["arrows"] == shown(page)["pictures"]["rows"]["arrows"]
    )
