"""Captions: what a picture shows, said from its numbers."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from gradviz_core.measure import PARALLEL_DEGREES
from gradviz_core.publish import formats
from gradviz_core.publish.entries import Entry


def picture(entry: Entry, ending: str, words: Mapping[str, Any]) -> dict[str, str]:
    """Where the picture whose file name ends so is, such as buggy-autoscale, and what it shows."""
    ink, _, scale = ending.partition("-")
    measurement = entry.rows if ink == "correct" else entry.columns
    kind = "correct" if ink == "correct" else measurement.verdict
    arrows, nonzero = measurement.arrows, measurement.nonzero or 0
    ratio, angle = measurement.median_length_ratio or 1.0, measurement.max_angle_deg
    factor = words["caption"]["longer" if ratio >= 1 else "shorter"]
    terms = {
        "title": entry.function.title.lower(),
        "shape": formats.shape(measurement.argument_shape),
        "arrows": formats.count(arrows),
        "drawn": formats.count(nonzero),
        "zero": formats.count(arrows - nonzero),
        "wrong": formats.count(measurement.wrong or 0),
        "factor": factor.format(formats.short(max(ratio, 1 / ratio))),
        "max_angle": formats.short(angle or 0),
        "max_error": formats.bound(measurement.max_error or 0),
    }
    alt = words["alt"][kind].format(**terms) + (words["alt"]["negative"] if scale else "")
    if kind == "plausible":
        kind += "_without_angle" if angle is None else "_parallel" * (angle <= PARALLEL_DEGREES)
    caption = Markup(words["caption"][kind]).format(**terms)
    return {"src": f"/figures/{entry.function.name}-{ending}.svg", "alt": alt, "caption": caption}
