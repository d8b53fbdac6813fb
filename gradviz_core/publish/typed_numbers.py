"""Typed numbers: those in prose that look as if somebody had measured them.

A measured number is computed, not typed, so that it cannot become outdated.
"""

import re
from collections.abc import Iterator
from html import unescape

from gradviz_core.content.listings import CODE
from gradviz_core.errors import ContentError
from gradviz_core.publish.markdown import FORMULA
from gradviz_core.texts import blank, line_at

# Nine out of ten, and two thirds of the arrows: what was counted, in words.
NUMERAL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred)"
)
COUNTED = r"(?:arrows?|slopes?|points?|functions?)"
SHARES_IN_WORDS = [
    rf"\b{NUMERAL}\s(?:out\sof(?:\severy)?|in\s(?:every|each))\s{NUMERAL}\b",
    rf"\b{NUMERAL}\sof\s(?:every\s)?{NUMERAL}\s{COUNTED}\b",
    rf"\b(?:thirds?|quarters?|fifths?|tenths?)\sof\s(?:all\s|the\s)*{COUNTED}\b",
    r"(?<!第)[一二三四五六七八九]割|[二三四五六七八九十百]+本(?:中|のうち)",
    r"(?:다섯|열|스무|백)\s?개\s중|열에\s아홉",
    r"[二三四五六七八九十百]+个箭头(?:中|里)|[一二三四五六七八九]成(?:的)?箭头",
]

# Numbers that look as if somebody had measured them.
MEASURED_NUMBERS = [
    r"\d*\.\d+",  # a decimal
    r"\d+[·,]\d+",  # a decimal elsewhere, or thousands
    r"\b\d+e[-+]?\d+\b",  # 1e-4
    r"10(?:[⁻⁰¹²³⁴-⁹^]|\*\*|<sup>)[-−\d⁻⁰¹²³⁴-⁹]*",  # a power of ten
    r"\d+\s?(?:%|per ?cent)",  # a share
    r"\d+\s(?:\w+\s)?of\s(?:\w+\s)?\d+",  # one of how many
    r"\d{1,3}(?:[ \u00a0\u202f’']\d{3})+\b",  # thousands
    r"\d+\s(?:\w+\s)?arrows?\b",  # a count of what is drawn, here and elsewhere
    r"\d{2,}\s?(?:本の矢印|个箭头)|화살표\s\d{2,}개",
    *SHARES_IN_WORDS,
]
NUMBER = re.compile(rf"(?i)(?<!\d)(?:{'|'.join(MEASURED_NUMBERS)})")

# What a function teaches is said in words: its page shows what is measured.
ANY_NUMBER = re.compile(rf"{NUMBER.pattern}|\d+")

COMPUTE_IT = (
    "compute it in the text, {{ … }}, or set it as code if it is a name, as `3.11`"
)
# Nothing is computed in front matter, nor in a file of functions.
SAY_IT_IN_WORDS = (
    "say it without a number, or set it as code if it is a name, as `3.11`"
)

# Of a tag only the attributes that are read aloud are prose.
TAG = (
    r"</?(?!sup>)(?=[a-zA-Z!])"
    r"(?:[^<>]*?(?=\b(?:alt|title|aria-label)=)|[^<>]*>)"
)
EXPRESSION = r"\{[{%#].*?[%}#]\}"
LINK_ADDRESS = r"\]\([^)\s]*|https://\S+"
# A place in a book is cited, not measured.
SECTION = r"\bsection \d+(?:\.\d+)+|\d+(?:\.\d+)+ ?[節절节]"
NOT_PROSE = re.compile(rf"(?s){FORMULA}|{EXPRESSION}|{LINK_ADDRESS}|{TAG}|{SECTION}")

# A field with its value, of one line or several; or any other line, in no group.
FIELD = (
    r"(?m)^(?P<field>\s*(?:{})\s*="
    r"""\s*(?:(?P<quotes>"{{3}}|'{{3}})(?s:.*?)(?P=quotes)|.*))"""
    r"|^.*"
)
# The fields of front matter that make a claim in prose. What was reported, or
# corrected, is cited as it was.
CLAIMS = "title|summary|note|sample|handed_over|taken|hidden_by|shown_by"
CLAIM = re.compile(FIELD.format(CLAIMS))
TITLE = re.compile(FIELD.format("title"))
NOTE = re.compile(FIELD.format("note"))
FUNCTIONS = "functions.toml"


def numbers_in_text(text: str, source: str) -> Iterator[ContentError]:
    """Report the measured numbers in the text of a page, where it can compute them."""
    yield from _number_errors(text, source, NUMBER, COMPUTE_IT)


def numbers_in_record(toml: str, source: str) -> Iterator[ContentError]:
    """Report the measured numbers in front matter, or in a file of functions."""
    if source.endswith(FUNCTIONS):
        yield from _numbers_claimed(NOTE, toml, source, ANY_NUMBER)
        yield from _numbers_claimed(TITLE, toml, source, NUMBER)
    else:
        yield from _numbers_claimed(CLAIM, toml, source, NUMBER)


def _numbers_claimed(
    field: re.Pattern[str], toml: str, source: str, number: re.Pattern[str]
) -> Iterator[ContentError]:
    """Report the numbers in the values of some fields."""
    # Other lines are emptied, and not left out: then those of the fields can be named.
    prose = field.sub(lambda line: line["field"] or "", toml)
    yield from _number_errors(prose, source, number, SAY_IT_IN_WORDS)


def _number_errors(
    text: str, source: str, pattern: re.Pattern[str], fix: str
) -> Iterator[ContentError]:
    prose = unescape(blank(NOT_PROSE, blank(CODE, text)))
    for number in pattern.finditer(prose):
        line = line_at(prose, number.start())
        what = f"the number {number[0]} is typed in prose"
        yield ContentError(source, line, what, fix)
