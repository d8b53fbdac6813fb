"""Captions: what is said of a picture."""

import numpy as np

from gradviz_core.figures.fields import Field, automatic_scale
from gradviz_core.registry import formats


def describe_field(field: Field) -> dict[str, str]:
    """How many arrows a field has, of which kinds, and which kind of field they make."""
    every = np.hypot(*field.arrows.T)
    known = np.isfinite(every)
    moving = known & (every > 0)
    inward = (field.points * field.arrows).sum(axis=1)[moving] < 0
    lengths = np.sort(
        every[moving]
    )  # for their median: NumPy's own imports all of numpy.ma
    flat = (
        1 + lengths == 1
    )  # matplotlib looks a small part further: there it finds no direction
    longest = lengths.max(initial=0)
    typical = (
        lengths[[len(lengths) // 2, ~(len(lengths) // 2)]].mean() if longest else 1.0
    )
    across = longest > automatic_scale(field.arrows)
    kind = "lines" if across else "flat" if flat.all() else "field"
    groups = {
        "arrows": np.ones_like(known),
        "drawn": moving,
        "dots": ~moving,
        "missing": ~known,
    }
    groups |= {"flat": flat, "inward": inward, "outward": ~inward}
    return {name: formats.count(int(group.sum())) for name, group in groups.items()} | {
        "kind": kind if len(lengths) else "empty",
        "longest": formats.short(longest),
        "ratio": formats.short(longest / typical, 2),
    }
