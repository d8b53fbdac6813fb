"""The browser's interpreter beside Python's, on many more random spellings and grids."""

from tests.unit import interpreter
from tests.unit import test_javascript as javascript


def test_random_spellings_mean_the_same_or_are_refused_at_the_same_column():
    outcomes = interpreter.check_spellings(range(10_000, 30_000))
    assert outcomes["refused"] > 8_000
    assert outcomes[True] > 40_000
    assert outcomes[None] <= 10


def test_random_measurements_are_the_same():
    verdicts, apart = interpreter.check_measurements(range(20_000, 21_200))
    assert verdicts.total() > 1_600
    assert len(verdicts) == 8
    assert apart <= verdicts.total() / 1000


def test_any_text_gives_a_value_or_a_refusal():
    assert javascript.check_any_text(range(1_000, 21_000)) > 16_000
