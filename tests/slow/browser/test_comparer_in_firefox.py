"""Of the comparer what a browser may do in its own way, once more in Firefox.

That is keys and mouse, what an address leads to, and what stays in sight.
"""

import pytest

from tests.browser.test_comparer import (  # noqa: F401
    test_a_link_to_a_pair_shows_it,
    test_a_long_table_keeps_its_heads_in_sight,
    test_scale_and_view_by_keyboard,
    test_the_address_is_written_seldom,
    test_the_address_keeps_what_is_compared,
    test_the_slider_by_keyboard,
    test_the_slider_by_mouse,
)


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
