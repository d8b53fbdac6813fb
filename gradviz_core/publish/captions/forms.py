"""Forms: which form of a sentence fits the result of a call.

The words have a sentence for each kind of answer: for each verdict, for the `correct`
call, and, only in the browser, for two calls that cannot be compared. Where a kind has
several sentences, this table selects one by the figures of the measurement. The
playground gets the table in its page, and selects forms from it as `form_of` does.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Required, TypedDict

import numpy as np

from gradviz_core.content.entries import Entry
from gradviz_core.numerics.measurement import PARALLEL_DEGREES, Measurement

# No angle is larger, so this holds whenever there is one. There is none if no arrow can
# be compared.
ANY_ANGLE = 180

# On one scale, arrows less than a tenth as long as they should be cannot be seen.
TOO_SHORT_TO_SEE = 0.1


class Form(TypedDict, total=False):
    """A sentence for a kind of answer, and the conditions for it."""

    kind: Required[str]
    key: Required[str]  # of the sentence in its table of the words
    finite: bool  # whether every computed slope is finite
    angle_up_to: float  # the largest angle to a true arrow, in degrees
    ratio_below: float  # the typical length divided by the true one
    count: str  # which arrows {count} counts; by default the wrong ones


# By the table of the words. The first form that fits applies; if none does, the key is
# the kind.
FORMS: dict[str, list[Form]] = {
    "caption": [
        {"kind": "blank", "finite": False, "key": "nowhere"},
        {"kind": "blank", "key": "blank", "count": "arrows"},
        {"kind": "scaled", "ratio_below": 1, "key": "scaled_shorter"},
        {"kind": "scaled", "key": "scaled_longer"},
        {
            "kind": "plausible",
            "angle_up_to": PARALLEL_DEGREES,
            "ratio_below": 1,
            "key": "plausible_parallel_shorter",
        },
        {
            "kind": "plausible",
            "angle_up_to": PARALLEL_DEGREES,
            "key": "plausible_parallel_longer",
        },
        {
            "kind": "plausible",
            "angle_up_to": ANY_ANGLE,
            "ratio_below": 1,
            "key": "plausible_shorter",
        },
        {"kind": "plausible", "angle_up_to": ANY_ANGLE, "key": "plausible_longer"},
        {"kind": "plausible", "key": "plausible_without_angle"},
    ],
    "alt": [
        {"kind": "blank", "finite": False, "key": "nowhere"},
        {"kind": "scaled", "ratio_below": 1, "key": "scaled_shorter"},
        {"kind": "scaled", "key": "scaled_longer"},
    ],
    "function.number": [
        {"kind": "scaled", "ratio_below": 1, "key": "scaled_shorter"},
        {"kind": "scaled", "key": "scaled_longer"},
        {"kind": "plausible", "ratio_below": TOO_SHORT_TO_SEE, "key": "short"},
    ],
    "playground.why": [
        {"kind": "blank", "finite": False, "key": "nowhere"},
    ],
}


def form_of(table: str, kind: str, measurement: Measurement) -> Form:
    """Return the form of a sentence that fits a measurement.

    Parameters
    ----------
    table : str
        The table of the words that contains the sentence.
    kind : str
        The kind of answer: a verdict, or correct.
    measurement : Measurement
        The result of the call.
    """
    for form in FORMS[table]:
        if form["kind"] == kind and _fits(form, measurement):
            return form
    return {"kind": kind, "key": kind}


def missing_sentences(
    entries: Iterable[Entry], english: Mapping[str, Any]
) -> Iterator[tuple[str, ...]]:
    """Return the keys of sentences about a verdict that are missing from the words.

    Parameters
    ----------
    entries : iterable of Entry
        The functions whose verdicts need sentences.
    english : mapping
        The English strings: those of other languages are checked against them.
    """
    keys: set[tuple[str, ...]] = set()
    for entry in entries:
        verdict = entry.columns.verdict
        keys |= {("verdict", "name", verdict), ("verdict", "meaning", verdict)}
        for table in ("alt", "caption", "function.number"):
            form = form_of(table, verdict, entry.columns)
            keys.add((*table.split("."), form["key"]))
    for place in sorted(keys):
        *tables, key = place
        words = english
        for name in tables:
            words = words[name]
        if key not in words:
            yield place


def _fits(form: Form, measurement: Measurement) -> bool:
    angle = measurement.max_angle_deg
    ratio = measurement.median_length_ratio
    finite = bool(np.isfinite(measurement.gradient).all())
    if "finite" in form and finite != form["finite"]:
        return False
    if "angle_up_to" in form and (angle is None or angle > form["angle_up_to"]):
        return False
    if "ratio_below" not in form:
        return True
    return ratio is not None and ratio < form["ratio_below"]
