"""Of the trace what a browser may do in its own way, once more in Firefox: focus, keys, layout."""

import pytest

from tests.browser.test_trace import (  # noqa: F401
    test_a_press_moves_nothing_under_the_pointer,
    test_an_arrow_lights_its_cells_by_keyboard,
    test_it_fits_and_its_targets_are_large_enough,
    test_it_is_stepped_by_keyboard_to_the_end_and_no_further,
    test_play_stops_when_the_reader_does_something_else,
    test_the_arrow_keys_go_from_cell_to_cell_and_tab_to_the_next_array,
    test_the_controls_stay_below_the_picture_from_step_to_step,
    test_the_range_by_keyboard,
    test_what_the_key_calls_dashed_is_dashed,
    timed,
)


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
