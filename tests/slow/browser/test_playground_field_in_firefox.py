"""The tests of the playground's field once more, in Firefox."""

import pytest

from tests.browser.test_playground_field import *  # noqa: F403

# A test cannot touch a page in Firefox.
del globals()["test_a_phone_shows_no_keyboard_for_a_starter"]


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
