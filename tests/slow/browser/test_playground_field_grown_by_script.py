"""The field in a browser whose style sheets cannot make it grow: the script does."""

import pytest
from browser_fixtures import Firefox

from tests.browser.test_playground_field import (  # noqa: F401
    at,
    test_a_long_line_is_not_broken_and_the_page_does_not_scroll_sideways,
    test_it_is_one_line_high_and_grows_with_what_is_typed,
    test_what_is_pasted_keeps_its_lines,
)


@pytest.fixture(scope="module")
def browser(playwright, tmp_path_factory):
    started = Firefox(playwright, tmp_path_factory.mktemp("downloads"))
    started.settings["layout.css.field-sizing.enabled"] = False
    yield started
    started.close()


def test_this_browser_does_without_field_sizing(visit):
    page = visit("playground/")
    assert not page.evaluate("CSS.supports('field-sizing', 'content')")
