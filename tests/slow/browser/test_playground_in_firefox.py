"""Of the playground what a browser may do in its own way, once more in Firefox.

That is focus, clipboard, storage, history, downloads and layout. What is computed and said
comes from the same script.
"""

import pytest

from tests.browser.test_playground_address import (  # noqa: F401
    test_back_and_forward,
    test_it_holds_what_was_typed,
    test_it_is_written_seldom,
)
from tests.browser.test_playground_answer import (  # noqa: F401
    test_a_phone_keeps_its_switch_beside_contours,
    test_dots_do_not_touch_and_arrows_are_wide_enough_on_any_grid,
    test_no_number_of_an_axis_is_cut_off,
)
from tests.browser.test_playground_mends import (  # noqa: F401
    test_a_phone_shows_the_mark_at_the_mistake,
)
from tests.browser.test_playground_point import (  # noqa: F401
    test_a_desk_shows_a_point_beside_the_pictures,
    test_keys_read_the_next_point_and_stop_at_the_border,
    test_the_read_out_fits_beside_or_below_the_plot,
)
from tests.browser.test_playground_takes import (  # noqa: F401
    test_a_saved_picture_names_the_longest_function,
    test_what_a_browser_does_not_copy_is_selected,
)
from tests.browser.test_playground_typing import (  # noqa: F401
    test_a_function_is_answered_as_it_is_typed,
    test_a_keystroke_ends_the_work_before_it,
    test_a_large_grid_says_what_it_costs_and_can_be_stopped,
    test_a_phone_shows_field_verdict_and_picture_together,
    test_a_starter_keeps_the_focus_and_is_left_when_its_text_is_changed,
    test_hostile_input_is_text_and_soon_answered,
)


@pytest.fixture(scope="module")
def browser(firefox):
    return firefox
