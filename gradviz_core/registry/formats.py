"""Formats: how numbers and dates are written for people, in one place."""

import datetime
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

SPACE = "\N{NO-BREAK SPACE}"  # a number is not parted at the end of a line
NOISE = 1e-5  # below it only a bound is written: digits change with the build of NumPy


def count(value: int) -> str:
    """1296 as 1,296."""
    return _signed(f"{value:,}")


def fixed(value: float, digits: int = 2) -> str:
    """Write a number with so many decimals."""
    return _signed(f"{value:z,.{digits}f}")


def short(value: float, digits: int = 3) -> str:
    """Write a number with so many significant digits, in powers of ten where that is shorter."""
    if value == 0 or not math.isfinite(value):
        return _signed(f"{value:zg}")
    rounded = f"{value:.{digits - 1}e}"
    mantissa, exponent = rounded.split("e")
    if -3 <= int(exponent) < max(digits, 6):
        return fixed(float(rounded), max(digits - 1 - int(exponent), 0))
    factor = "" if mantissa == "1" else f"{mantissa}{SPACE}×{SPACE}"
    return _signed(f"{factor}{power(int(exponent))}")


def power(exponent: int) -> str:
    """A power of ten, with superscript digits."""
    return "10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def bound(value: float) -> str:
    """Write noise as the power of ten it stays below, anything else with its digits."""
    if abs(value) >= NOISE:
        return short(value)
    return (
        f"below {power(math.floor(math.log10(abs(value))) + 1)}"
        if value
        else "exactly 0"
    )


def digits(value: float, most: int = 9) -> str:
    """Write a number with as many significant digits as it needs: nine show a step of 1e-4."""
    mantissa, _, exponent = f"{value:z.{most}g}".partition("e")
    return _signed(
        f"{mantissa}{SPACE}×{SPACE}{power(int(exponent))}" if exponent else mantissa
    )


def spelt(spelling: str, x: Sequence[float]) -> str:
    """Put the numbers of a point into a spelling: x[0] * x[1] as 1.0001 * 4."""
    return re.sub(r"\bx\[(-?\d)\]", lambda index: digits(x[int(index[1])]), spelling)


def vector(values: Iterable[float]) -> str:
    """[-1.75, -2] with true minus signs."""
    return f"[{f',{SPACE}'.join(digits(value, 6) for value in values)}]"


def day(date: datetime.date, words: Mapping[str, Any]) -> Markup:
    """A date in the words of a language, with its ISO form for programs."""
    text = words["day"].format(
        day=date.day, month=words["months"][date.month - 1], year=date.year
    )
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), text)


def _signed(number: str) -> str:
    return number.replace("-", "\N{MINUS SIGN}")


FILTERS = {
    f.__name__: f for f in (count, fixed, short, power, bound, digits, spelt, vector)
}
