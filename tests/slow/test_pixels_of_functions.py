"""Every picture of a function that the script draws, to the pixel; `make test` draws some."""

import oracle

from tests.site.test_figures import assert_drawn_by_the_script


def test_a_png_as_the_script_draws_it_is_to_the_pixel_what_that_saves(built, tmp_path):
    assert_drawn_by_the_script(oracle.functions().values(), built.site, tmp_path)
