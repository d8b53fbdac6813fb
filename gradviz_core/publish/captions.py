"""Captions: what a picture shows, said from its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from gradviz_core.measure import PARALLEL_DEGREES, Measurement
from gradviz_core.publish import formats
from gradviz_core.publish.entries import Entry
from gradviz_core.quiver import Curves, Quiver
from gradviz_core.words import WORDS


@dataclass(frozen=True)
class Picture:
    """One drawn field with the words that go with it."""

    src: str
    ink: str
    alt: str
    caption: Markup
    label: str = ""


def picture(entry: Entry, ending: str, words: Mapping[str, Any] = WORDS) -> Picture:
    """The picture of a function whose file name ends in `ending`, such as buggy-autoscale."""
    ink, _, scale = ending.partition("-")
    measurement = entry.rows if ink == "correct" else entry.columns
    kind = "correct" if ink == "correct" else measurement.verdict
    terms = _terms(entry, measurement, words)
    alt = words["alt"][kind].format(**terms) + (words["alt"]["negative"] if scale else "")
    angle = measurement.max_angle_deg
    if kind == "plausible" and angle is None:
        kind = "plausible_without_angle"
    elif kind == "plausible" and angle is not None and angle <= PARALLEL_DEGREES:
        kind = "plausible_parallel"
    caption = Markup(words["caption"][kind]).format(**terms)
    return Picture(f"/figures/{entry.function.name}-{ending}.svg", ink, alt, caption)


def of_session(src: str, drawn: Quiver | Curves, label: str, words: Mapping[str, Any]) -> Picture:
    """The picture of what a page's own session has computed."""
    if isinstance(drawn, Curves):
        return Picture(src, "book", _of_curves(drawn, words["alt"]), Markup(""), label)
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
    return Picture(src, drawn.ink, told, Markup(caption), label)


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


def _terms(entry: Entry, measurement: Measurement, words: Mapping[str, Any]) -> dict[str, object]:
    arrows, nonzero = measurement.arrows, measurement.nonzero or 0
    ratio = measurement.median_length_ratio or 1.0
    factor = words["caption"]["longer" if ratio >= 1 else "shorter"]
    return {
        "title": entry.function.title.lower(),
        "shape": formats.shape(measurement.argument_shape),
        "arrows": formats.count(arrows),
        "drawn": formats.count(nonzero),
        "zero": formats.count(arrows - nonzero),
        "wrong": formats.count(measurement.wrong or 0),
        "factor": factor.format(formats.short(max(ratio, 1 / ratio))),
        "max_angle": formats.short(measurement.max_angle_deg or 0),
        "max_error": formats.bound(measurement.max_error or 0),
    }
