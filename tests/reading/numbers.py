"""How numbers stand on a page, written and read anew by the rules that a reader can see.

Thousands have commas, a minus is a minus sign, a measured number has so many significant
digits, and noise is told as the power of ten below which it stays.
"""

import math
import re
from collections.abc import Iterable

from reading.words import said, word

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?(?:\s×\s10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|−?inf|nan")
NOISE = 1e-5  # nobody reads the digits of a rounding error
LAST_PLAIN_EXPONENT = 5  # up to 999,999 a number is written out
FIRST_PLAIN_EXPONENT = -3  # down to 0.001 as well


def count(number: int) -> str:
    """1296 is 1,296."""
    return f"{number:,}".replace("-", "−")


def power_of_ten(exponent: int) -> str:
    """-6 is 10⁻⁶."""
    return "10" + str(exponent).translate(SUPERSCRIPTS)


def significant(value: float, digits: int = 3) -> str:
    """0.006173 is 0.00617, and 3.1276e-238 is 3.13 × 10⁻²³⁸."""
    if value == 0:
        return "0"
    mantissa, exponent_text = f"{value:.{digits - 1}e}".split("e")
    exponent = int(exponent_text)
    if FIRST_PLAIN_EXPONENT <= exponent <= max(LAST_PLAIN_EXPONENT, digits - 1):
        decimals = max(0, digits - 1 - exponent)
        rounded = float(f"{mantissa}e{exponent}")
        return f"{rounded:,.{decimals}f}".replace("-", "−")
    if mantissa == "1":
        return power_of_ten(exponent)
    return f"{mantissa} × {power_of_ten(exponent)}".replace("-", "−")


def bound(value: float, language: str = "en") -> str:
    """2.5e-7 is below 10⁻⁶, and what is no noise has its digits."""
    if value == 0:
        return str(word("number.zero", language))
    if abs(value) >= NOISE:
        return significant(value)
    exponent = math.floor(math.log10(abs(value))) + 1
    return said("number.below", language, bound=power_of_ten(exponent))


def as_needed(value: float, most: int = 6) -> str:
    """-2.0 is −2, and 0.25 is 0.25: no more digits than the number has."""
    if value == 0:
        return "0"
    mantissa, _, exponent = f"{value:.{most}g}".partition("e")
    if exponent:
        mantissa += f" × {power_of_ten(int(exponent))}"
    return mantissa.replace("-", "−")


def point(numbers: Iterable[float]) -> str:
    """A point or an arrow: [−1.75, −2]."""
    return "[" + ", ".join(as_needed(number) for number in numbers) + "]"


def fixed(value: float, decimals: int = 2) -> str:
    """1234.5 with two decimals is 1,234.50, and nothing is minus zero."""
    written = f"{value:,.{decimals}f}"
    if float(written.replace(",", "")) == 0:
        written = written.replace("-", "")
    return written.replace("-", "−")


def number(text: str) -> float:
    """The number that a page has written: −1,600 or 3.20 × 10²³⁷ or nan."""
    size, _, power = re.sub(r"[\s,]", "", text).replace("−", "-").partition("×10")
    return float(f"{size}e{power.translate(RAISED)}" if power else size)


def numbers(text: str) -> list[float]:
    """All numbers of a text, in their order."""
    return [number(written) for written in NUMBER.findall(text)]
