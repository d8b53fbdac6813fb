"""Maths: TeX as MathML, which a browser shows without a script and reads aloud."""

import re
from html import escape

from math_core import LatexError, LatexToMathML

from gradviz_core.spelling.formulas import formula_of

# A page may hold no style: an alignment becomes a class.
ALIGNED_CELL = re.compile(
    r'(<m?t[dh]) style="text-align: ([clr]\w+);(?:(?:justify|padding)-[^";]*;)*"'
)

# Nor may a thin space behind parentheses have one. A formula can do without the space.
PADDED = re.compile(r'<mpadded style="padding-right:[\d.]+em;">')


def to_mathml(tex: str, display: bool = False) -> str:
    """Convert a formula, set on a line of its own if `display` is true.

    Raises
    ------
    ValueError
        If the TeX cannot be read, or would not come out as it was meant.
    """
    if not tex.strip():
        raise ValueError("the TeX is empty")
    if re.search(r"(?<!\\)%", tex):
        raise ValueError(f"the TeX {tex} holds a %, which begins a comment: write \\%")
    converter = LatexToMathML(fancy_error=False)
    try:
        mathml = converter.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise ValueError(f"the TeX {tex} cannot be read, {error}") from None
    mathml = PADDED.sub("<mpadded>", align_by_class(mathml))
    if " style=" in mathml:
        raise ValueError(f"the TeX {tex} needs a style, which no page may hold")
    return mathml


def formula(spelling: str) -> str:
    """Return what f is, on a line of its own; as code if mathematics is no shorter."""
    tex = formula_of(spelling)
    if tex is None:
        name = to_mathml("f(x_0, x_1) =")
        return f"{name} <code>{escape(spelling)}</code>"
    return to_mathml(f"f(x_0, x_1) = {tex}", display=True)


def align_by_class(html: str) -> str:
    """Give the cells of tables a class in place of a style."""
    return ALIGNED_CELL.sub(r'\1 class="\2"', html)
