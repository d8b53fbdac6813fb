"""The tests of the playground's field once more, in Firefox."""

import pytest

from tests.browser.test_playground_field import *  # noqa: F403

# A test cannot touch a page in Firefox, read its clipboard, or hold down the key of a Mac there.
for name in (
    "test_a_phone_shows_no_keyboard_for_a_starter",
    "test_what_is_pasted_keeps_its_lines",
    "test_a_mended_script_has_the_line_ends_of_what_was_pasted",
):
    del globals()[name]


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
