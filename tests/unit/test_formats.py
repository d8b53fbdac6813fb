"""Numbers and dates as people write them."""

import datetime

import pytest

from gradviz_core import FUNCTIONS, Layout, parse_spelling
from gradviz_core.numerics.trace import trace
from gradviz_core.registry import formats
from gradviz_core.registry.words import interface

NUMBERS = formats.Numbers(interface("en")["number"])

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (999, "999"),
        (1000, "1,000"),
        (1296, "1,296"),
        (1234567, "1,234,567"),
        (162.0, "162"),
    ],
)
def test_a_count_has_its_thousands_apart(value, written):
    assert NUMBERS.count(value) == written


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [
        (2.345, 2, "2.35"),
        (2.344, 2, "2.34"),
        (2.0, 2, "2.00"),
        (2.345, 0, "2"),
        (2.345, 1, "2.3"),
        (-1234.5, 2, "−1,234.50"),
        (-0.001, 2, "0.00"),
        (-0.006, 2, "−0.01"),
    ],
)
def test_a_number_with_so_many_decimals(value, digits, written):
    assert NUMBERS.fixed(value, digits) == written


def test_two_decimals_unless_told_otherwise():
    assert NUMBERS.fixed(0.125) == "0.12"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1.00"),
        (-2.25, "−2.25"),
        (162.0, "162"),
        (999.5, "1,000"),
        (5621.3, "5,620"),
        (562_130.0, "562,000"),
        (999_499.0, "999,000"),
        (999_500.0, "1.00 × 10⁶"),
        (1.5e9, "1.50 × 10⁹"),
        (0.617, "0.617"),
        (0.00617, "0.00617"),
        (0.001, "0.00100"),
        (9.996e-4, "0.00100"),
        (9.994e-4, "9.99 × 10⁻⁴"),
        (3e-9, "3.00 × 10⁻⁹"),
        (-3.127e-238, "−3.13 × 10⁻²³⁸"),
        (float("inf"), "inf"),
        (float("-inf"), "−inf"),
        (float("nan"), "nan"),
    ],
)
def test_three_digits_and_powers_of_ten_where_those_are_shorter(value, written):
    assert NUMBERS.short(value) == written.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("digits", "value", "written"),
    [
        (1, 1e-9, "10⁻⁹"),
        (1, 2e-9, "2\u00a0×\u00a010⁻⁹"),
        (2, -2e-9, "−2.0\u00a0×\u00a010⁻⁹"),
        (1, 0.25, "0.2"),
        (2, 0.256, "0.26"),
        (2, 12.4, "12"),
        (8, 12345678.0, "12,345,678"),
    ],
)
def test_as_many_digits_as_are_asked_for(digits, value, written):
    assert NUMBERS.short(value, digits) == written


@pytest.mark.parametrize(
    ("exponent", "written"), [(-8, "10⁻⁸"), (12, "10¹²"), (0, "10⁰"), (-307, "10⁻³⁰⁷")]
)
def test_a_power_of_ten_has_its_exponent_raised(exponent, written):
    assert formats.power(exponent) == written


def test_every_digit_is_raised():
    raised = formats.power(-1234567890).removeprefix("10")
    assert raised.translate(SUPERSCRIPTS) == "-1234567890"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "exactly 0"),
        (6.3e-10, "below 10⁻⁹"),
        (-6.3e-10, "below 10⁻⁹"),
        (1e-10, "below 10⁻⁹"),
        (9.99e-6, "below 10⁻⁵"),
        (1e-5, "1.00\u00a0×\u00a010⁻⁵"),
        (-1e-5, "−1.00\u00a0×\u00a010⁻⁵"),
        (2.25, "2.25"),
        (-2.25, "−2.25"),
    ],
)
def test_of_noise_only_a_bound_is_written(value, written):
    assert NUMBERS.bound(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (-2.0000000004, "−2"),
        (-1e-5, "−1\u00a0×\u00a010⁻⁵"),
        (-6.3e-10, "below 10⁻⁹"),
    ],
)
def test_a_slope_has_the_digits_that_it_needs(value, written):
    assert NUMBERS.slope(value) == written


@pytest.mark.parametrize("exponent", range(-300, -5, 7))
@pytest.mark.parametrize("mantissa", [1.0, 1.001, 9.999])
def test_a_bound_holds_and_is_near(exponent, mantissa):
    value = mantissa * 10.0**exponent
    text = NUMBERS.bound(value).removeprefix("below 10")
    stated = 10.0 ** int(text.translate(SUPERSCRIPTS))
    assert value < stated <= value * 10.1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-2.0, "−2"),
        (-0.0, "0"),
        (0.25, "0.25"),
        (4.0004, "4.0004"),
        (1.0001 * 4, "4.0004"),
        (1 / 3, "0.333333333"),
        (123456789.4, "123456789"),
        (1.5e12, "1.5\u00a0×\u00a010¹²"),
        (-2.5e-7, "−2.5\u00a0×\u00a010⁻⁷"),
    ],
)
def test_as_many_digits_as_a_number_needs(value, written):
    assert NUMBERS.digits(value) == written


def test_fewer_digits_at_most():
    assert NUMBERS.digits(1 / 3, 4) == "0.3333"


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_digits_of_two_calls_tell_them_apart(name, layout):
    for step in trace(parse_spelling(FUNCTIONS[name].spelling), layout).steps:
        ahead = NUMBERS.digits(step.ahead[1])
        behind = NUMBERS.digits(step.behind[1])
        if ahead == behind:
            assert abs(step.slope) < 1e-7
        else:
            assert step.slope != 0


@pytest.mark.parametrize(
    ("spelling", "x", "written"),
    [
        ("x[0] * x[1]", [1.0001, 4.0], "1.0001 * 4"),
        ("x[-2] * x[-1]", [1.0, 2.0, 3.0, 4.0001], "3 * 4.0001"),
        ("np.sum(x**2)", [1.0, 2.0], "np.sum(x**2)"),
        ("np.exp(x[0]) - x[1]", [1.0, -2.0], "np.exp(1) - −2"),
        ("np.max(x) + x[0]", [5.0, 2.0], "np.max(x) + 5"),
    ],
)
def test_a_spelling_with_its_numbers(spelling, x, written):
    assert NUMBERS.spelt(spelling, x) == written


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ([-1.75, -2.0], "[−1.75,\u00a0−2]"),
        ([-0.0, -1], "[0,\u00a0−1]"),
        ([1 / 3], "[0.333333]"),
        ([], "[]"),
    ],
)
def test_a_vector_stands_in_brackets(values, written):
    assert NUMBERS.vector(values) == written


def test_a_date_is_written_in_the_words_of_a_language():
    words = {"day": "{day} {month} {year}", "months": ["January", "February"]}
    assert formats.day(datetime.date(2019, 1, 21), words) == "21 January 2019"
    assert formats.day(datetime.date(2020, 2, 9), words) == "9 February 2020"


FOREIGN = {"thousands": " ", "decimal": ",", "below": "{bound} 미만", "zero": "0"}


def test_a_language_has_its_own_separators_and_bounds():
    numbers = formats.Numbers(FOREIGN)
    assert numbers.count(1296) == "1 296"
    assert numbers.fixed(1234.5) == "1 234,50"
    assert numbers.short(1.5e9) == "1,50\u00a0×\u00a010⁹"
    assert numbers.digits(-0.25) == "−0,25"
    assert numbers.bound(3e-10) == "10⁻⁹ 미만"
    assert numbers.bound(0.0) == "0"


def test_a_list_is_read_aloud_in_the_words_of_a_language():
    words = {"separator": "、", "and": "と"}
    assert formats.listed(["1"], words) == "1"
    assert formats.listed(["1", "2"], words) == "1と2"
    assert formats.listed(["1", "2", "3"], words) == "1、2と3"


def words_of(between=" "):
    number = {"thousands": ",", "decimal": "."}
    return {"number": number, "language": {"between_sentences": between}}


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 arrows"), (1, "1 arrow"), (1296, "1,296 arrows")]
)
def test_a_sentence_has_the_form_of_its_number(count, said):
    forms = {"one": "{count} arrow", "other": "{count} arrows"}
    assert formats.fill(forms, words_of(), count=count) == said


@pytest.mark.parametrize("sentence", ["矢印{count}本", {"other": "矢印{count}本"}])
def test_a_language_may_have_one_form(sentence):
    assert formats.fill(sentence, words_of(), count=1) == "矢印1本"


def test_sentences_are_joined_as_a_language_joins_them():
    assert formats.joined(["A.", "", "B."], words_of()) == "A. B."
    assert formats.joined(["甲。", "乙。"], words_of("")) == "甲。乙。"
