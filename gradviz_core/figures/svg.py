"""SVG: what matplotlib writes, made short and given a dark scheme."""

import re
from collections.abc import Mapping

import numpy as np

# What is drawn of an arrow that is no number.
EMPTY_PATH = re.compile(r"\s*<path clip-path[^>]*/>")

# Paths of one look that follow each other: the end of one, and the start of the next.
BETWEEN_ALIKE_PATHS = re.compile(r'"( clip-path[^>]*/>)\s*<path d="(?=[^"]*"\1)')

# A path of straight lines, as matplotlib writes it: a command and a point on each line.
STRAIGHT_PATH = re.compile(r"M [-\d. ]+\n(?:[ML] [-\d. ]+\n)+")

# Within a tag only: the numbers along the axes are text, and keep their digits.
LONG_DECIMAL = re.compile(r"\d+\.\d{3,}(?=[^<]*>)")
STYLE_ATTRIBUTE = re.compile(r'style="([^"]*)"')

# The style of letters, without a colour.
LETTERS = re.compile(r"font-size:(?![^}]*fill)[^}]*")
BLACK = "#000000"


def shortened(svg: str, dark_of: Mapping[str, str]) -> str:
    """Make an SVG of matplotlib short, and let it follow the theme of the page.

    Parameters
    ----------
    svg : str
        As matplotlib writes it.
    dark_of : mapping of str to str
        For every colour the one of the dark scheme.
    """
    svg = EMPTY_PATH.sub("", svg)
    svg = BETWEEN_ALIKE_PATHS.sub("", svg)  # one path for all arrows
    svg = STRAIGHT_PATH.sub(_as_steps, svg)
    svg = LONG_DECIMAL.sub(lambda number: f"{float(number[0]):.2f}", svg)

    # Each style becomes a class, so that one rule can give its colours in the dark.
    class_of: dict[str, str] = {}

    def as_class(attribute: re.Match[str]) -> str:
        name = class_of.setdefault(attribute[1], f"s{len(class_of)}")
        return f'class="{name}"'

    svg = STYLE_ATTRIBUTE.sub(as_class, svg)
    rules = "".join(f".{name}{{{style}}}" for style, name in class_of.items())
    any_colour = re.compile("|".join(dark_of))
    dark = any_colour.sub(lambda colour: dark_of[colour[0]], rules)
    if BLACK in dark_of:  # the colour of letters that matplotlib leaves out
        dark = LETTERS.sub(rf"\g<0>; fill: {dark_of[BLACK]}", dark)
    rules += f"@media (prefers-color-scheme: dark){{{dark}}}"
    return svg.replace("</style>", f"{rules}</style>", 1)


def _as_steps(path: re.Match[str]) -> str:
    """Write a path as steps from point to point, so that equal arrows compress."""
    words = np.array(path[0].split()).reshape(-1, 3)
    is_start = words[:, 0] == "M"
    points = words[:, 1:].astype(np.float64).round(1)
    steps = np.diff(points, axis=0, prepend=0).round(1)
    numbers = np.where(is_start[:, None], points, steps) + 0.0  # no minus zero

    parts = []
    for starts, (x, y) in zip(is_start, numbers.tolist(), strict=True):
        parts.append(f"M{x:g} {y:g}l" if starts else f"{x:g} {y:g} ")
    # Neither a zero before the point nor a blank before a sign is needed.
    return re.sub(r"(?<!\d)0(?=\.)| (?=[-M]|$)", "", "".join(parts))
