"""Maths: TeX as MathML, which a browser shows without a script and reads aloud."""

import re

from math_core import LatexError, LatexToMathML

COLUMN = re.compile(
    r'(<m?t[dh]) style="text-align: ([clr]\w+);(?:(?:justify|padding)-[^";]*;)*"'
)


def to_mathml(tex: str, display: bool = False) -> str:
    """TeX as MathML, which a browser shows without a script and reads aloud."""
    try:
        made = LatexToMathML(fancy_error=False).convert_with_local_state(
            tex, displaystyle=display
        )
    except LatexError as error:
        raise ValueError(f"the TeX {tex} cannot be read, {error}") from None
    made = COLUMN.sub(r'\1 class="\2"', made)
    if not tex.strip() or re.search(r"(?<!\\)%", tex) or " style=" in made:
        raise ValueError(
            f"the TeX {tex} says nothing, or goes on after a %, or has a style"
        )
    return made
