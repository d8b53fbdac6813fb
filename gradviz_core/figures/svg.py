"""SVG: what matplotlib writes, made short and given a dark scheme."""

import re
from collections import defaultdict
from collections.abc import Mapping

import numpy as np


def _relative(path: re.Match[str]) -> str:
    """The lines of a path as steps from point to point: arrows are alike, and compress well."""
    words = np.array(path[0].split()).reshape(-1, 3)
    points, starts = words[:, 1:].astype(np.float64).round(1), words[:, 0] == "M"
    steps = (
        np.where(starts[:, None], points, np.diff(points, axis=0, prepend=0).round(1))
        + 0.0
    )
    ends = zip(starts, steps.tolist(), strict=True)
    lines = "".join(
        f"M{x:g} {y:g}l" if start else f"{x:g} {y:g} " for start, (x, y) in ends
    )
    return re.sub(r"(?<!\d)0(?=\.)| (?=[-M]|$)", "", lines)


def themed(svg: str, dark_of: Mapping[str, str]) -> str:
    """Give an SVG of matplotlib a dark scheme of its own, and write it short."""
    # Paths that look alike are one path: the arrows.
    svg = re.sub(r'"( clip-path[^>]*/>)\s*<path d="(?=[^"]*"\1)', "", svg)
    svg = re.sub(r"M [-\d. ]+\n(?:[ML] [-\d. ]+\n)+", _relative, svg)
    svg = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}", svg)
    classes: dict[str, str] = defaultdict(lambda: f"s{len(classes)}")
    svg = re.sub(r'style="([^"]*)"', lambda rules: f'class="{classes[rules[1]]}"', svg)
    light = "".join(f".{name}{{{rule}}}" for rule, name in classes.items())
    dark = re.sub("|".join(dark_of), lambda colour: dark_of[colour[0]], light)
    rules = f"{light}@media (prefers-color-scheme: dark){{{dark}}}"
    return svg.replace("</style>", f"{rules}</style>", 1)
