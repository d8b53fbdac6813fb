"""Captions: what a picture shows, said from its numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from gradviz_core.measure import PARALLEL_DEGREES, Measurement
from gradviz_core.publish import formats
from gradviz_core.publish.entries import Entry
from gradviz_core.words import WORDS


@dataclass(frozen=True)
class Picture:
    """One drawn field with the words that go with it."""

    src: str
    ink: str
    alt: str
    caption: Markup


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
