"""Functions: texts about the pictures of a registered function.

Its rows are the correct call, its columns the one without .T. The words are under
`[alt]`, `[caption]` and `[function.number]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.content.entries import Entry
from gradviz_core.figures.fields import Field
from gradviz_core.figures.quiver_rules import is_flat
from gradviz_core.numerics.grid import Floats, Grid
from gradviz_core.numerics.measurement import Measurement
from gradviz_core.publish.captions.forms import Form, form_of
from gradviz_core.registry import formats
from gradviz_core.registry.words import Words


@dataclass(frozen=True)
class PictureText:
    """The texts around a picture of a function."""

    src: str
    alt: str
    caption: str
    width: int  # in CSS pixels, like the height
    height: int


def picture_text(entry: Entry, ending: str, words: Words) -> PictureText:
    """Return the texts around a picture of a function.

    Parameters
    ----------
    entry : Entry
        The function and its measurements.
    ending : str
        The end of the picture's file name: correct, buggy, or one of the two with
        "-autoscale".
    words : mapping
        The strings of a language.
    """
    role, _, _ = ending.partition("-")
    measurement = entry.rows if role == "correct" else entry.columns
    kind = "correct" if role == "correct" else measurement.verdict
    field = entry.fields[ending]
    terms = _terms(entry, measurement, words)
    alt_form = form_of("alt", kind, measurement)
    caption_form = form_of("caption", kind, measurement)
    width, height = field.size
    return PictureText(
        src=f"/figures/{entry.function.name}-{ending}.svg",
        alt=_alt(alt_form, field, entry.function.grid, terms, words),
        caption=_caption(caption_form, field, terms, words),
        width=width,
        height=height,
    )


def _alt(
    form: Form, field: Field, grid: Grid, terms: Mapping[str, Any], words: Words
) -> str:
    """Return the alt text of a picture."""
    alts = words["alt"]
    if field.is_of_script:
        alts = alts | alts["as_script"]
    sentences = [alts[form["key"]]]
    if field.is_of_script:
        sentences.append(alts["negative"])  # the script draws it downhill
        if grid == Grid():
            sentences.append(alts["cropped"])
    filled = [formats.fill(sentence, words, **terms) for sentence in sentences]
    return formats.joined(filled, words)


def _caption(form: Form, field: Field, terms: Mapping[str, Any], words: Words) -> str:
    """Return the caption of a picture: the result of the call."""
    captions = words["caption"]
    if field.is_of_script:
        captions = captions | captions["as_script"]
    key = form["key"]
    if field.is_of_script and _all_flat(field):
        key = "flat"
    count = terms[form.get("count", "wrong")]
    return formats.fill(captions[key], words, count=count, **terms)


def _all_flat(field: Field) -> bool:
    """Whether all arrows are so short that a script draws them to the right."""
    lengths = field.lengths
    return bool((lengths > 0).any() and is_flat(lengths).all())


def _terms(entry: Entry, measurement: Measurement, words: Words) -> dict[str, Any]:
    """Return the values for the placeholders of a sentence about a picture."""
    numbers = formats.Numbers(words["number"])
    nonzero = measurement.nonzero or 0
    ratio = measurement.median_length_ratio or 1
    return {
        "title": entry.function.title,
        "arrows": measurement.arrows,
        "drawn": nonzero,
        "zero": measurement.arrows - nonzero,
        "wrong": measurement.wrong or 0,
        "times": numbers.short(ratio if ratio >= 1 else 1 / ratio),
        "max_angle": numbers.short(measurement.max_angle_deg or 0),
    }


def card_number(entry: Entry, words: Words) -> str:
    """Return the one number on a function's card, which explains its pictures.

    They are drawn as by the script, which hides a common factor of all lengths unless
    no direction is left.
    """
    form = form_of("function.number", entry.columns.verdict, entry.columns)
    key = form["key"]
    if key == "scaled_shorter" and _all_flat(entry.fields["buggy-autoscale"]):
        key = "short"
    terms = _terms(entry, entry.columns, words)
    return formats.fill(words["function"]["number"][key], words, **terms)


def scale_note(scale: str, words: Words) -> str:
    """Return the note on the scale below a pair of pictures."""
    return str(words["pair"][f"{scale}_note"])


def points_without_gradient(entry: Entry) -> int:
    """Return the number of points where f has no gradient, which do not count."""
    has_gradient = np.isfinite(entry.rows.truth).all(axis=1)
    return int((~has_gradient).sum())


def with_arrow_count(value: str, measurement: Measurement, words: Words) -> str:
    """Return a median with the number of its arrows: those with a true one beside them.

    Parameters
    ----------
    value : str
        The median, as it is written.
    measurement : Measurement
        The result of the call.
    words : mapping
        The strings of a language.
    """
    can_be_compared = _has_arrow(measurement.truth) & _has_arrow(measurement.gradient)
    count = int(can_be_compared.sum())
    sentence = words["measurement"]["of_arrows"]
    return formats.fill(sentence, words, value=value, count=count)


def _has_arrow(slopes: Floats) -> Any:
    """Whether the slopes at each point make an arrow with a length."""
    return np.isfinite(slopes).all(axis=1) & slopes.any(axis=1)
