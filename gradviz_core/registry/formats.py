"""Formats: how numbers and dates are written for people, in one place."""

import datetime
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# A number is not parted at the end of a line.
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

# Below this only a bound is written: the digits change with the build of NumPy.
NOISE = 1e-5


def count(value: int) -> str:
    """Write a count.

    >>> count(1296)
    '1,296'
    """
    return _with_minus(f"{value:,}")


def fixed(value: float, digits: int = 2) -> str:
    """Write a number with so many decimals.

    >>> fixed(-2.345)
    '−2.35'
    """
    return _with_minus(f"{value:z,.{digits}f}")


def short(value: float, digits: int = 3) -> str:
    """Write a number with so many significant digits, or as a power of ten if shorter.

    >>> short(0.0061728)
    '0.00617'
    >>> short(1.5e-239).replace(SPACE, " ")
    '1.50 × 10⁻²³⁹'
    """
    if value == 0 or not math.isfinite(value):
        return _with_minus(f"{value:zg}")
    mantissa, exponent_text = f"{value:.{digits - 1}e}".split("e")
    exponent = int(exponent_text)
    if -3 <= exponent < max(digits, 6):
        rounded = float(f"{mantissa}e{exponent}")
        decimals = max(digits - 1 - exponent, 0)
        return fixed(rounded, decimals)
    if mantissa == "1":
        return power(exponent)
    return _with_minus(_times_power(mantissa, exponent))


def power(exponent: int) -> str:
    """Write a power of ten.

    >>> power(-4)
    '10⁻⁴'
    """
    return "10" + str(exponent).translate(SUPERSCRIPTS)


def bound(value: float) -> str:
    """Write noise as the power of ten it stays below, anything else with its digits.

    >>> bound(3e-10), bound(0.25)
    ('below 10⁻⁹', '0.250')
    """
    if value == 0:
        return "exactly 0"
    if abs(value) >= NOISE:
        return short(value)
    exponent = math.floor(math.log10(abs(value))) + 1
    return f"below {power(exponent)}"


def digits(value: float, most: int = 9) -> str:
    """Write a number with as many significant digits as it needs.

    Nine show a step of 1e-4.

    >>> digits(1.0001)
    '1.0001'
    """
    mantissa, _, exponent = f"{value:z.{most}g}".partition("e")
    if exponent:
        mantissa = _times_power(mantissa, int(exponent))
    return _with_minus(mantissa)


def spelt(spelling: str, x: Sequence[float]) -> str:
    """Put the numbers of a point into a spelling.

    >>> spelt("x[0] * x[1]", [1.0001, 4])
    '1.0001 * 4'
    """
    return re.sub(r"\bx\[(-?\d)\]", lambda index: digits(x[int(index[1])]), spelling)


def vector(values: Iterable[float]) -> str:
    """Write a point or an arrow.

    >>> vector([1, 2.5]).replace(SPACE, " ")
    '[1, 2.5]'
    """
    separator = f",{SPACE}"
    return f"[{separator.join(digits(value, 6) for value in values)}]"


def day(date: datetime.date, words: Mapping[str, Any]) -> str:
    """Write a date in the words of a language, its `day` and its `months`."""
    month = words["months"][date.month - 1]
    return str(words["day"].format(day=date.day, month=month, year=date.year))


def _times_power(mantissa: str, exponent: int) -> str:
    return f"{mantissa}{SPACE}×{SPACE}{power(exponent)}"


def _with_minus(number: str) -> str:
    return number.replace("-", MINUS)


FILTERS = {
    "count": count,
    "fixed": fixed,
    "short": short,
    "power": power,
    "bound": bound,
    "digits": digits,
    "spelt": spelt,
    "vector": vector,
}
