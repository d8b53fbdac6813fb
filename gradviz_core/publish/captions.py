"""Captions: what anyone can see in a field of arrows, counted, and nothing of its cause."""

import numpy as np

from gradviz_core.publish import formats
from gradviz_core.quiver import Quiver, automatic_scale


def seen(quiver: Quiver) -> dict[str, str]:
    """How many arrows a field has, of which kinds, and which kind of field they make."""
    every = np.hypot(*quiver.arrows.T)
    known = np.isfinite(every)
    moving = known & (every > 0)
    inward = (quiver.points * quiver.arrows).sum(axis=1)[moving] < 0
    lengths = every[moving]
    # Where matplotlib finds no direction: it looks from a place to one a small part further.
    flat = 1 + lengths == 1
    longest, typical = lengths.max(initial=0), np.median(lengths) if len(lengths) else 1.0
    across = longest > automatic_scale(quiver.arrows)
    kind = "lines" if across else "flat" if flat.all() else "field"
    groups = {"arrows": known | True, "drawn": moving, "dots": ~moving, "missing": ~known}
    groups |= {"flat": flat, "inward": inward, "outward": ~inward}
    return {name: formats.count(int(group.sum())) for name, group in groups.items()} | {
        "kind": kind if len(lengths) else "empty",
        "longest": formats.short(longest),
        "ratio": formats.short(longest / typical, 2),
    }
