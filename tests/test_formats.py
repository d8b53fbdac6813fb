"""Numbers and dates as people write them."""

import datetime
from functools import partial

import pytest

from gradviz_core.publish import formats
from gradviz_core.words import WORDS


@pytest.mark.parametrize(
    ("filter_", "value", "written"),
    [
        (formats.count, 1296, "1,296"), (formats.count, -5, "−5"),
        (formats.fixed, 2.345, "2.35"), (formats.fixed, -1234.5, "−1,234.50"),
        (formats.short, 0.0, "0"), (formats.short, 1.0, "1.00"), (formats.short, 162.0, "162"),
        (formats.short, 5621.3, "5,620"), (formats.short, 0.00617, "0.00617"),
        (formats.short, -2.25, "−2.25"), (formats.short, 3.127e-238, "3.13\u00a0×\u00a010⁻²³⁸"),
        (formats.short, 9.999e-4, "0.00100"), (formats.short, 1.5e9, "1.50\u00a0×\u00a010⁹"),
        (formats.power, -8, "10⁻⁸"), (formats.power, 12, "10¹²"),
        (formats.bound, 6.3e-10, "below 10⁻⁹"), (formats.bound, 7.3e-12, "below 10⁻¹¹"),
        (formats.bound, 0.0, "exactly 0"), (formats.bound, 2.25, "2.25"),
        (formats.digits, -2.0, "−2"), (formats.digits, -0.0, "0"), (formats.fixed, -0.001, "0.00"),
        (formats.short, -0.0, "0"), (formats.vector, [-0.0, -1], "[0,\u00a0−1]"), (formats.digits, 0.25, "0.25"),
        (formats.vector, [-1.75, -2.0], "[−1.75,\u00a0−2]"),
        (formats.short, 3e-9, "3.00\u00a0×\u00a010⁻⁹"), (partial(formats.short, digits=1), 1e-9, "10⁻⁹"),
    ],
)  # fmt: skip
def test_written(filter_, value, written):
    assert filter_(value) == written


def test_a_date_says_itself_to_programs_too():
    day = formats.day(datetime.date(2019, 1, 21), WORDS["date"])
    assert day == '<time datetime="2019-01-21">21 January 2019</time>'


@pytest.mark.parametrize("exponent", range(-300, -5, 7))
def test_a_bound_holds(exponent):
    for mantissa in (1.0, 1.001, 9.999):
        value = mantissa * 10.0**exponent
        text = formats.bound(value).removeprefix("below 10")
        stated = int(text.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
        assert value < 10.0**stated <= value * 10.1
