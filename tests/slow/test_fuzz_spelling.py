"""Spellings at random, many more of each kind than the quick tests try."""

import numpy as np

from gradviz_core import FUNCTIONS
from tests.unit import spellings
from tests.unit import test_functions as functions
from tests.unit import test_spelling as spelling


def test_any_text_gives_a_number_or_a_refusal():
    outcomes = [spelling.check_any_text(seed) for seed in range(20_000)]
    assert outcomes.count("refused") > 15_000
    assert outcomes.count("taken") > 500


def test_random_spellings_have_the_bits_of_numpy():
    random = np.random.default_rng(6)
    for seed in range(1_000, 11_000):
        size = random.choice([2, 3, 7, 9, 324])
        spelling.check_value(spellings.spelling(seed), random.uniform(-2, 2, size))


def test_random_spellings_have_their_exact_gradients():
    outcomes = spelling.check_random_gradients(range(1_000, 5_000))
    assert outcomes[True] > 1_500
    assert outcomes[False] > 250


def test_the_functions_of_the_site_agree_with_long_arithmetic_at_every_point():
    for name in FUNCTIONS:
        assert functions.check_with_long_arithmetic(name, every=1) > 30, name
