"""Figures share their axes; in whatever order they are drawn, nothing is left behind."""

from random import Random

import pytest

from tests.unit import test_figures as figures


@pytest.mark.parametrize("suffix", ["svg", "png"])
@pytest.mark.parametrize("seed", range(4))
def test_what_was_drawn_before_leaves_no_trace(suffix, seed):
    order = list(range(10)) * 2
    Random(seed).shuffle(order)
    figures.check_order(suffix, order)
