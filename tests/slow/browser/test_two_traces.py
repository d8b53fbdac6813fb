"""Two traces on one page do not disturb each other."""

from browser_fixtures import PHONE, Chromium
from playwright.sync_api import expect
from reading.words import said, word

PAGE = """+++
title = "Two"
+++

{{ trace("product") }}

{{ trace("sine_of_product") }}
"""


def test_two_traces_do_not_disturb_each_other(chromium, small):
    small.write("content/two.md", PAGE)
    assert small.build("-q").returncode == 0
    context = Chromium(chromium).new_context(PHONE)
    page = context.new_page()
    page.goto((small.site / "two/index.html").as_uri())
    first, second = page.locator(".trace").all()
    correct, buggy = word("pair.correct"), word("pair.buggy")
    second.get_by_role("radio", name=correct, exact=True).check()
    second.get_by_role("button", name=word("trace.previous")).click()
    expect(first.get_by_role("radio", name=buggy)).to_be_checked()
    at_first, then = (said("trace.count", step=step, steps=12) for step in (12, 11))
    expect(first.get_by_role("status")).to_contain_text(at_first)
    expect(second.get_by_role("status")).to_contain_text(then)
    both = said("trace.x.rows", row=5, point="[3, 5]")
    expect(second.get_by_role("status")).to_contain_text(both)
    context.close()
