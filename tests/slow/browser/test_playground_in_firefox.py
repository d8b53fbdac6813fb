"""The tests of the playground once more, in Firefox."""

import pytest

from tests.browser.test_playground import *  # noqa: F403

# A test cannot touch a page in Firefox.
del globals()["test_a_touch_reads_a_point"]


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
