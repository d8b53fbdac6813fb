"""Formats: how numbers, dates, lists and sentences are written for people.

Signs of arithmetic are the same everywhere. What a language may write in its own way
stands in its words, under `[number]`, `[date]` and `[list]`.
"""

import datetime
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.registry.words import Words

# A number is not parted at the end of a line.
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

# Below this only a bound is written: the digits change with the build of NumPy.
NOISE = 1e-5


@dataclass(frozen=True)
class Numbers:
    """How a language writes numbers, by the table `[number]` of its words."""

    words: Words

    def count(self, value: float) -> str:
        """Write a count.

        >>> Numbers({"thousands": ",", "decimal": "."}).count(1296)
        '1,296'
        """
        if value != int(value):
            raise ValueError(f"{value} counts nothing: it is not whole")
        if value < 0:
            raise ValueError(f"{value} counts nothing: it is negative")
        return self._written(f"{int(value):,}")

    def fixed(self, value: float, digits: int = 2) -> str:
        """Write a number with so many decimals.

        >>> Numbers({"thousands": ",", "decimal": "."}).fixed(-2.345)
        '−2.35'
        """
        return self._written(f"{value:z,.{digits}f}")

    def short(self, value: float, digits: int = 3) -> str:
        """Write a number with so many significant digits, or as a shorter power of ten.

        >>> numbers = Numbers({"thousands": ",", "decimal": "."})
        >>> numbers.short(0.0061728)
        '0.00617'
        >>> numbers.short(1.5e-239).replace(SPACE, " ")
        '1.50 × 10⁻²³⁹'
        """
        if value == 0 or not math.isfinite(value):
            return self._written(f"{value:zg}")
        mantissa, exponent_text = f"{value:.{digits - 1}e}".split("e")
        exponent = int(exponent_text)
        if -3 <= exponent < max(digits, 6):
            rounded = float(f"{mantissa}e{exponent}")
            decimals = max(digits - 1 - exponent, 0)
            return self.fixed(rounded, decimals)
        if mantissa == "1":
            return power(exponent)
        return self._times_power(mantissa, exponent)

    def bound(self, value: float) -> str:
        """Write noise as the power of ten it stays below, the rest with its digits.

        >>> words = {"thousands": ",", "decimal": ".", "below": "below {bound}"}
        >>> numbers = Numbers(words)
        >>> numbers.bound(3e-10), numbers.bound(0.25)
        ('below 10⁻⁹', '0.250')
        """
        if value == 0:
            return str(self.words["zero"])
        if abs(value) >= NOISE:
            return self.short(value)
        exponent = math.floor(math.log10(abs(value))) + 1
        return str(self.words["below"].format(bound=power(exponent)))

    def slope(self, value: float) -> str:
        """Write a slope with the digits it needs, and of noise only the bound.

        >>> words = {"thousands": ",", "decimal": ".", "below": "below {bound}"}
        >>> numbers = Numbers(words)
        >>> numbers.slope(2.0000000004), numbers.slope(3e-10)
        ('2', 'below 10⁻⁹')
        """
        if value == 0 or abs(value) >= NOISE:
            return self.digits(value, 6)
        return self.bound(value)

    def digits(self, value: float, most: int = 9) -> str:
        """Write a number with as many significant digits as it needs.

        Nine show a step of 1e-4.

        >>> Numbers({"thousands": ",", "decimal": "."}).digits(1.0001)
        '1.0001'
        """
        mantissa, _, exponent = f"{value:z.{most}g}".partition("e")
        if exponent:
            return self._times_power(mantissa, int(exponent))
        return self._written(mantissa)

    def spelt(self, spelling: str, x: Sequence[float]) -> str:
        """Put the numbers of a point into a spelling.

        >>> numbers = Numbers({"thousands": ",", "decimal": "."})
        >>> numbers.spelt("x[0] * x[1]", [1.0001, 4])
        '1.0001 * 4'
        """
        return re.sub(
            r"\bx\[(-?\d)\]", lambda index: self.digits(x[int(index[1])]), spelling
        )

    def vector(self, values: Iterable[float]) -> str:
        """Write a point or an arrow.

        >>> numbers = Numbers({"thousands": ",", "decimal": "."})
        >>> numbers.vector([1, 2.5]).replace(SPACE, " ")
        '[1, 2.5]'
        """
        separator = f",{SPACE}"
        return f"[{separator.join(self.digits(value, 6) for value in values)}]"

    def _times_power(self, mantissa: str, exponent: int) -> str:
        return f"{self._written(mantissa)}{SPACE}×{SPACE}{power(exponent)}"

    def _written(self, number: str) -> str:
        """Write what Python has written with the signs of the language."""
        signs = {
            "-": MINUS,
            ",": self.words["thousands"],
            ".": self.words["decimal"],
        }
        return number.translate(str.maketrans(signs))


def power(exponent: int) -> str:
    """Write a power of ten.

    >>> power(-4)
    '10⁻⁴'
    """
    return "10" + str(exponent).translate(SUPERSCRIPTS)


def day(date: datetime.date, words: Words) -> str:
    """Write a date in the words of a language, its `day` and its `months`."""
    month = words["months"][date.month - 1]
    return str(words["day"].format(day=date.day, month=month, year=date.year))


def listed(texts: Sequence[str], words: Words) -> str:
    """Join texts as a list is read aloud, by a language's `[list]`.

    >>> listed(["1", "2", "3"], {"separator": ", ", "and": " and "})
    '1, 2 and 3'
    """
    *others, last = texts
    if not others:
        return last
    return f"{words['separator'].join(others)}{words['and']}{last}"


def fill(sentence: str | Mapping[str, str], words: Words, **terms: Any) -> str:
    """Fill the holes of a sentence, which may have forms for a number, its {count}.

    Counts are given as integers, anything else as it is to be read.

    >>> forms = {"one": "{count} arrow", "other": "{count} arrows"}
    >>> fill(forms, {"number": {"thousands": ",", "decimal": "."}}, count=1296)
    '1,296 arrows'
    """
    if not isinstance(sentence, str):
        # English, and languages with one form alone; Unicode's rules have others, too.
        plural = "one" if terms["count"] == 1 else "other"
        sentence = sentence.get(plural, sentence["other"])
    numbers = Numbers(words["number"])
    written = {
        name: numbers.count(term) if isinstance(term, int) else term
        for name, term in terms.items()
    }
    return sentence.format(**written)


def joined(sentences: Iterable[str], words: Words) -> str:
    """Say sentences one after the other, save for those that are empty."""
    between: str = words["language"]["between_sentences"]
    return between.join(sentence for sentence in sentences if sentence)


# What pages may use, each in its language, and `power`, which is the same in all.
FILTERS = ("count", "fixed", "short", "bound", "slope", "digits", "spelt", "vector")
