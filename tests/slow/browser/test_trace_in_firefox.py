"""The tests of the trace once more, in Firefox."""

import pytest

from tests.browser.test_trace import *  # noqa: F403

# A test can neither touch a page in Firefox nor take its script away.
for name in (
    "test_it_is_stepped_by_touch",
    "test_an_arrow_lights_its_cells_by_touch",
    "test_without_script_frames_and_tables_are_read",
):
    del globals()[name]


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
