"""What the tests below need beside tests/browser_fixtures.py; none of them may be skipped."""

import pytest
from browser_fixtures import DESK
from no_skips import pytest_make_collect_report, pytest_runtest_makereport
from playwright.sync_api import expect

from tests.browser.playground import CLIPBOARD, PLAYGROUND

__all__ = ["paste", "pytest_make_collect_report", "pytest_runtest_makereport"]


@pytest.fixture
def paste(visit):
    """Paste a text into a playground that nobody has used, and wait for what it says."""

    def pasted(text, size=DESK, address=PLAYGROUND, **options):
        options = {"permissions": CLIPBOARD} | options
        page = visit(address, size, forgotten=True, **options)
        expect(page.locator("#verdict")).not_to_have_attribute("data-verdict", "")
        page.locator("#spelling").fill(text)
        expect(page.locator(".script")).to_be_visible()
        return page

    return pasted
