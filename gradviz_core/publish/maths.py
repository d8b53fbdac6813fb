"""Maths: TeX as MathML, which a browser shows without a script and reads aloud."""

import re

from math_core import LatexError, LatexToMathML

# A page may hold no style: an alignment becomes a class.
ALIGNED_CELL = re.compile(
    r'(<m?t[dh]) style="text-align: ([clr]\w+);(?:(?:justify|padding)-[^";]*;)*"'
)


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
    mathml = align_by_class(mathml)
    if " style=" in mathml:
        raise ValueError(f"the TeX {tex} needs a style, which no page may hold")
    return mathml


def align_by_class(html: str) -> str:
    """Give the cells of tables a class in place of a style."""
    return ALIGNED_CELL.sub(r'\1 class="\2"', html)
