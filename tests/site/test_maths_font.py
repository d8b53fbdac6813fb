"""The maths font, cut to what is used: it still holds every character of every formula."""

import html
import re
import unicodedata

from fontTools.ttLib import TTFont

FORMULA = re.compile(r"<math.*?</math>", re.DOTALL)
IDENTIFIER = re.compile(r"<mi>(.)</mi>")  # MathML draws a single letter in italics
RECUT = """cut the font again from STIX Two Math, with these characters besides its own:
pyftsubset STIXTwoMath-Regular.ttf --flavor=woff2 --no-hinting --name-IDs=0,13,14 --unicodes=…"""
MARKUP = re.compile(r"<annotation.*?</annotation>|<[^>]*>", re.DOTALL)


def italic(letter):
    name = unicodedata.name(letter)
    kind = re.fullmatch(r"(?:LATIN|GREEK) (SMALL|CAPITAL) LETTER (\w+)", name)
    if not kind:
        return letter
    # The italic h was encoded long before the others, as Planck's constant.
    return (
        "ℎ"
        if letter == "h"
        else unicodedata.lookup(f"MATHEMATICAL ITALIC {kind[1]} {kind[2]}")
    )


def characters(page):
    for formula in FORMULA.findall(page):
        yield from html.unescape(MARKUP.sub("", formula))
        yield from (
            italic(letter) for letter in IDENTIFIER.findall(html.unescape(formula))
        )


def test_no_character_of_a_formula_is_missing(built):
    pages = [
        text.decode() for path, text in built.files().items() if path.endswith(".html")
    ]
    used = {character for page in pages for character in characters(page)} - {"\n"}
    font = TTFont(built.site / "static" / "maths.woff2")
    assert {"φ", "𝜑", "∑", "−"} <= used
    missing = [
        f"{ord(c):04X}" for c in sorted(used) if ord(c) not in font.getBestCmap()
    ]
    assert not missing, f"{missing}. Fix: {RECUT}"
    assert "MATH" in font  # else roots and fractions are not drawn by its measures
