"""Two traces on one page do not disturb each other."""

from browser_fixtures import PHONE, Chromium
from playwright.sync_api import expect

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
    second.get_by_role("radio", name="With both .T", exact=True).check()
    second.get_by_role("button", name="Next step").click()
    expect(first.get_by_role("status")).to_contain_text(
        "Step 1 of 12: x is row 0, the first"
    )
    expect(second.get_by_role("status")).to_contain_text(
        "Step 2 of 12: x is row 0, both"
    )
    expect(first.get_by_role("radio", name="Without .T")).to_be_checked()
    context.close()
