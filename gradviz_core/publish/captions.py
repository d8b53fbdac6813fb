"""Captions: what is said of a picture that a page's own session has computed."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradviz_core.publish import formats
from gradviz_core.quiver import Curves, Picture, Quiver


def of_session(drawn: Picture, label: str, words: Mapping[str, Any]) -> dict[str, str]:
    """What a picture shows, for those who do not see it, and the caption of all others."""
    if isinstance(drawn, Curves):
        return {"alt": _of_curves(drawn, words["alt"]), "caption": ""}
    lengths = np.hypot(*drawn.arrows.T)
    known = lengths[np.isfinite(lengths)]
    # Where matplotlib finds no direction: it looks from a place to one a small part further.
    flat = (known > 0) & (1 + known == 1) & (drawn.scale is None)
    terms = {
        "arrows": formats.count(len(lengths)),
        "drawn": formats.count(int((known > 0).sum())),
        "longest": formats.short(known.max(initial=0)),
        "missing": formats.count(len(lengths) - len(known)),
        "flat": formats.count(int(flat.sum())),
    }
    said = words["caption"]["field"] + words["caption"]["missing"] * (len(known) < len(lengths))
    caption = said.format(**terms)
    alt, title = words["alt"], label and f" ({label.replace('`', '')})"
    notes = alt["automatic"] * (drawn.scale is None) + alt["flat"] * bool(flat.any())
    told = alt["field"].format(title, caption) + notes.format(**terms)
    return {"alt": told, "caption": caption}


def seen(drawn: Quiver, words: Mapping[str, str]) -> str:
    """What anyone can see in a field at automatic scale, and nothing of its cause."""
    points, arrows = drawn.points, drawn.arrows
    moving = np.isfinite(arrows).all(axis=1) & arrows.any(axis=1)
    lengths = np.hypot(*arrows[moving].T)
    if not len(lengths):
        return words["empty"]
    inward = int((np.sum(points * arrows, axis=1)[moving] < 0).sum())
    terms = {
        "arrows": formats.count(len(lengths)),
        "dots": formats.count(len(points) - len(lengths)),
        "inward": formats.count(inward),
        "outward": formats.count(len(lengths) - inward),
        "ratio": formats.short(lengths.max() / np.median(lengths), 2),
    }
    wide = lengths.max() > 1.8 * lengths.sum() / len(points) ** 0.5  # matplotlib's own scale
    kind = "lines" if wide else "flat" if (1 + lengths == 1).all() else "field"
    return words[kind].format(**terms)


def _of_curves(drawn: Curves, words: Mapping[str, str]) -> str:
    """Lines told by powers of ten: more cannot be read from them."""
    first, last = (formats.order(end) for end in (drawn.x[0], drawn.x[-1]))
    said = words["curves"].format(*drawn.labels, first=first, last=last)
    for name, line in zip(drawn.names, drawn.y, strict=True):
        low = int(np.nanargmin(line))
        ends = map(formats.order, (line[0], line[-1], line[low], drawn.x[low]))
        said += words["curve"].format(name, *ends)
    return said
