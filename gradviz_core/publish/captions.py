"""Captions: what is said of pictures, in captions, alt texts and verdict sentences.

The words themselves stand in the strings of a language, under `[alt]` and `[caption]`
of registry/strings/words.toml. Here is decided which of them hold, and what their holes
are filled with. Two kinds of pictures have words: those of a registered function, of
which rows are the correct call and columns the one without .T; and those that a page
draws itself, of any field or lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.content.entries import Entry
from gradviz_core.figures.curves import Curves, Picture
from gradviz_core.figures.fields import Field, automatic_scale, drawn_by_script, signs
from gradviz_core.numerics.grid import Floats, Grid
from gradviz_core.numerics.measurement import PARALLEL_DEGREES, Measurement
from gradviz_core.registry import formats

Words = Mapping[str, Any]

# On one scale, arrows of less than a tenth of the length they should have are a blank.
TOO_SHORT_TO_SEE = 0.1


# What may have to be explained of a picture, in this order.
SIGNS = ("dot", "speck", "cut")


@dataclass(frozen=True)
class PictureText:
    """What stands around a picture of a function."""

    src: str
    alt: str
    caption: str
    width: int  # in CSS pixels, as is the height
    height: int


def picture_text(entry: Entry, ending: str, words: Words) -> PictureText:
    """What is said of a picture of a function.

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
    role, _, is_autoscale = ending.partition("-")
    measurement = entry.rows if role == "correct" else entry.columns
    kind = "correct" if role == "correct" else _kind_of_buggy(measurement)
    terms = _terms(entry, measurement, words)
    alts = words["alt"]
    if is_autoscale:
        alts = alts | alts["as_script"]
    sentences = [alts[kind + _length(kind, measurement, "scaled")]]
    if is_autoscale:  # as the book's script draws it, which is downhill
        sentences.append(alts["negative"])
    if is_autoscale and entry.function.grid == Grid():
        sentences.append(alts["cropped"])
    alt = [formats.fill(sentence, words, **terms) for sentence in sentences]
    variant = _variant(kind, measurement) + _length(kind, measurement)
    caption = words["caption"][kind + variant]
    width, height = entry.fields[ending].size
    return PictureText(
        src=f"/figures/{entry.function.name}-{ending}.svg",
        alt=formats.joined(alt, words),
        caption=formats.fill(caption, words, **terms),
        width=width,
        height=height,
    )


def _kind_of_buggy(columns: Measurement) -> str:
    """The verdict; `nowhere` for a blank in which some arrow is nan or infinite."""
    if columns.verdict == "blank" and not np.isfinite(columns.gradient).all():
        return "nowhere"
    return columns.verdict


def _variant(kind: str, measurement: Measurement) -> str:
    """Which form of a caption holds, by what is known of directions."""
    if kind != "plausible":
        return ""
    angle = measurement.max_angle_deg
    if angle is None:
        return "_without_angle"
    return "_parallel" if angle <= PARALLEL_DEGREES else ""


def _length(kind: str, measurement: Measurement, *kinds: str) -> str:
    """Which form of a caption holds, by whether arrows are too long or too short."""
    is_said = kind in (kinds or ("scaled", "plausible"))
    if not is_said or _variant(kind, measurement) == "_without_angle":
        return ""
    return "_longer" if (measurement.median_length_ratio or 1) >= 1 else "_shorter"


def _terms(entry: Entry, measurement: Measurement, words: Words) -> dict[str, Any]:
    numbers = formats.Numbers(words["number"])
    nonzero = measurement.nonzero or 0
    zero = measurement.arrows - nonzero
    wrong = measurement.wrong or 0
    counted = {"blank": measurement.arrows, "sparse": zero}
    ratio = measurement.median_length_ratio or 1
    return {
        "title": entry.function.title,
        "arrows": measurement.arrows,
        "drawn": nonzero,
        "zero": zero,
        "wrong": wrong,
        "count": counted.get(measurement.verdict, wrong),
        "times": numbers.short(ratio if ratio >= 1 else 1 / ratio),
        "max_angle": numbers.short(measurement.max_angle_deg or 0),
    }


def card_number(entry: Entry, words: Words) -> str:
    """The one number on the card of a function: what explains its pictures.

    They are on one scale, on which a field may have arrows too short to see.
    """
    columns = entry.columns
    ratio = columns.median_length_ratio
    kind = columns.verdict
    is_field = kind in ("scaled", "plausible")
    if is_field and ratio is not None and ratio < TOO_SHORT_TO_SEE:
        kind = "short"
    terms = _terms(entry, columns, words)
    return formats.fill(words["function"]["number"][kind], words, **terms)


def scale_note(scale: str, words: Words) -> str:
    """What is said below a pair of its scale."""
    return str(words["pair"][f"{scale}_note"])


def new_signs(pictures: Sequence[Picture], explained: set[str]) -> list[str]:
    """What has to be explained of pictures, and has not been on their page.

    From here on it is explained.
    """
    needed = set[str]()
    for picture in pictures:
        if isinstance(picture, Field):
            needed |= signs(picture)
    found = [sign for sign in SIGNS if sign in needed - explained]
    explained.update(found)
    return found


def difference_note(entry: Entry, scale: str, words: Words) -> str:
    """What is said of the difference of the two pictures of a pair."""
    verdict = entry.columns.verdict
    # An automatic scale takes out a factor that all arrows share.
    is_equal = verdict == "hidden" or (verdict == "scaled" and scale == "autoscale")
    return str(words["compare"]["equal" if is_equal else "different"])


def points_without_gradient(entry: Entry) -> int:
    """At how many points f has no gradient, so that they do not count."""
    has_gradient = np.isfinite(entry.rows.truth).all(axis=1)
    return int((~has_gradient).sum())


def of_arrows(value: str, measurement: Measurement, words: Words) -> str:
    """Say of how many arrows a median is: those with a true arrow to compare."""
    true, found = (
        np.isfinite(arrows).all(axis=1) & arrows.any(axis=1)
        for arrows in (measurement.truth, measurement.gradient)
    )
    count = int((true & found).sum())
    sentence = words["measurement"]["of_arrows"]
    return formats.fill(sentence, words, value=value, count=count)


def describe_field(field: Field, words: Words) -> dict[str, Any]:
    """How many arrows a field has, of which kinds, and which kind of field they make.

    Returns
    -------
    dict
        How many `arrows` there are: `drawn` with a length, of which some are `flat`,
        too short for matplotlib to find their direction, and all point `inward` or
        `outward`, which is not inward; and `dots` without, of which some are
        `missing`, being no number. As the script draws it, how many are `specks`, and
        how many longer ones are `seen`. Also the `longest` length, its `ratio` to a
        typical one, and the `kind` of field: empty, specks, lines, flat or field.
    """
    numbers = formats.Numbers(words["number"])
    lengths = np.hypot(field.arrows[:, 0], field.arrows[:, 1])
    is_finite = np.isfinite(lengths)
    is_moving = is_finite & (lengths > 0)
    # Where an arrow points towards the origin.
    is_inward = (field.points * field.arrows).sum(axis=1)[is_moving] < 0
    moving = np.sort(lengths[is_moving])
    # Matplotlib finds a direction by going along the arrow from a point of the axes: an
    # arrow that is lost beside 1 gives none.
    is_flat = 1 + moving == 1
    is_speck, is_seen = drawn_by_script(field)
    longest = moving.max(initial=0)
    return {
        "arrows": len(lengths),
        "drawn": len(moving),
        "dots": int((~is_moving).sum()),
        "missing": int((~is_finite).sum()),
        "flat": int(is_flat.sum()),
        "inward": int(is_inward.sum()),
        "outward": int((~is_inward).sum()),
        "seen": int(is_seen.sum()),
        "specks": int(is_speck.sum()),
        "kind": _kind_of_field(field, moving, is_flat, is_seen),
        "longest": numbers.short(longest),
        "ratio": numbers.short(longest / _median(moving), 2),
    }


def _kind_of_field(field: Field, lengths: Floats, is_flat: Any, is_seen: Any) -> str:
    if not len(lengths):
        return "empty"
    if not is_seen.any():
        return "specks"
    if lengths.max() > automatic_scale(field.arrows):  # longer than the axes are wide
        return "lines"
    return "flat" if is_flat.all() else "field"


def _median(sorted_lengths: Floats) -> float:
    """The median, which NumPy computes only after it has imported all of numpy.ma."""
    if not len(sorted_lengths):
        return 1.0
    middle = len(sorted_lengths) // 2
    return float((sorted_lengths[middle] + sorted_lengths[~middle]) / 2)


@dataclass(frozen=True)
class DrawnText:
    """What stands around a picture of a page's own."""

    src: str
    table: str  # the numbers behind it
    label: str
    role: str  # correct, buggy or book
    alt: str
    caption: str  # of a field; a plot of lines has none
    width: int  # in CSS pixels, as is the height
    height: int


def drawn_text(picture: Picture, path: str, label: str, words: Words) -> DrawnText:
    """What is said of a picture of a page's own, which stands at `path` in the site."""
    if isinstance(picture, Field):
        role = picture.role
        alt = field_alt(picture, label, words)
        caption = field_caption(picture, words)
    else:
        role = "book"
        alt = curves_alt(picture, words)
        caption = ""
    src = f"/{path}"
    table = src.removesuffix(".svg") + ".csv"
    return DrawnText(src, table, label, role, alt, caption, *picture.size)


def common_caption(pictures: Sequence[DrawnText]) -> str:
    """The caption of pictures side by side, if all have the same."""
    captions = {picture.caption for picture in pictures}
    return captions.pop() if len(captions) == 1 else ""


def field_caption(field: Field, words: Words) -> str:
    """What is said below a field of a page's own."""
    caption = words["caption"]
    terms = describe_field(field, words)
    drawn, missing = terms["drawn"], terms["missing"]
    if missing == terms["arrows"]:
        return formats.fill(caption["unknown"], words, **terms)
    sentence = caption["field" if drawn else "none"]
    sentences = [formats.fill(sentence, words, count=drawn, **terms)]
    if missing:
        sentences.append(formats.fill(caption["missing"], words, count=missing))
    return formats.joined(sentences, words)


def field_alt(field: Field, label: str, words: Words) -> str:
    """What a field of a page's own shows, for those who cannot see it."""
    alts = words["alt"]
    caption = field_caption(field, words)
    title = label.replace("`", "")
    alt = alts["field_titled" if label else "field"]
    sentences = [alt.format(title=title, caption=caption)]
    if field.scale is None:
        sentences.append(alts["automatic"])
        terms = describe_field(field, words)
        if terms["flat"]:
            sentences.append(formats.fill(alts["flat"], words, **terms))
    return formats.joined(sentences, words)


def seen_alt(field: Field, words: Words) -> str:
    """What can be seen of a plot whose cause the reader is still looking for."""
    seen = words["seen"]
    terms = describe_field(field, words)
    is_speck, is_seen = drawn_by_script(field)
    sentences = [seen[terms["kind"]]]
    if terms["kind"] == "lines" and (place := _place_of(field.points[is_seen], field)):
        sentences.append(seen["begin"][place])
    elif terms["kind"] == "field":
        is_arrow = np.isfinite(field.arrows).all(axis=1) & ~is_speck
        points, arrows = field.points[is_arrow], field.arrows[is_arrow]
        sentences += _ways_in_words(points, arrows, words)
        sentences.append(seen["ratio"])
    if is_speck.any() and terms["kind"] != "specks":
        place = _place_of_specks(field.points[is_speck], field)
        sentences.append(seen["specks_at"][place])
    said = [formats.fill(sentence, words, **terms) for sentence in sentences]
    return formats.joined(said, words)


# What so large a share of the arrows does is said of nearly all.
NEARLY_ALL = 0.9

# An arrow twice as high as wide is upright, and one twice as wide as high is level.
SLANT = 2

# Fewer different arrows than this stand out as blocks, rows or columns.
FEW_ARROWS = 10

# What is nearer than this, as a share of the way to the rim, is in the middle.
IN_MIDDLE = 0.6


def _ways_in_words(points: Floats, arrows: Floats, words: Words) -> list[str]:
    """Say where the arrows of a field point, and what they have in common."""
    seen = words["seen"]
    u, v = arrows.T
    is_inward = (points * arrows).sum(axis=1) < 0
    ways = {
        "inward": is_inward,
        "outward": ~is_inward,
        "down_left": (u < 0) & (v < 0),
        "down_right": (u > 0) & (v < 0),
        "up_left": (u < 0) & (v > 0),
        "up_right": (u > 0) & (v > 0),
    }
    slants = {
        "upright": np.abs(v) > SLANT * np.abs(u),
        "level": np.abs(u) > SLANT * np.abs(v),
    }
    said = _of_nearly_all(ways, seen)[:1]
    if not said:
        inward = int(is_inward.sum())
        outward = int((~is_inward).sum())
        terms = {"inward": inward, "outward": outward}
        said.append(formats.fill(seen["mixed"], words, **terms))
    said += _of_nearly_all(slants, seen)
    different = {tuple(arrow) for arrow in arrows.round(6).tolist()}
    if len(different) < FEW_ARROWS:
        said.append(formats.fill(seen["few"], words, different=len(different)))
    return said


def _of_nearly_all(kinds: Mapping[str, Any], seen: Words) -> list[str]:
    """Say of which kinds all arrows are, or nearly all."""
    said = []
    for name, are_so in kinds.items():
        if are_so.mean() >= NEARLY_ALL:
            said.append(seen["all" if are_so.all() else "most"][name])
    return said


def _place_of(points: Floats, field: Field) -> str:
    """Where a few points are: in a corner of the grid, in its middle, or neither."""
    rim = np.abs(field.points).max()
    if np.abs(points).max() < IN_MIDDLE * rim:
        return "middle"
    is_one_corner = len({tuple(signs) for signs in np.sign(points).tolist()}) == 1
    is_far_out = (np.abs(points) > IN_MIDDLE * rim).all()
    return "corner" if is_one_corner and is_far_out else ""


def _place_of_specks(points: Floats, field: Field) -> str:
    is_zero = points == 0
    if is_zero[:, 1].all() and not is_zero.all():
        return "level"
    if is_zero[:, 0].all() and not is_zero.all():
        return "upright"
    if is_zero.any(axis=1).all() and not is_zero.all():
        return "both"
    return "middle" if _place_of(points, field) == "middle" else "anywhere"


def curves_alt(curves: Curves, words: Words) -> str:
    """What a plot of lines shows, for those who cannot see it."""
    across, up = curves.scales
    numbers = formats.Numbers(words["number"])

    def near(value: float, scale: str) -> str:
        """A value as it can be read off an axis: off a logarithmic one to a digit."""
        return numbers.short(value, 1 if scale == "log" else 3)

    def about(value: float) -> str:
        if np.isnan(value):
            return str(words["alt"]["nothing"])
        return str(words["alt"]["about"].format(value=near(value, up)))

    sentences = [
        words["alt"]["curves"][f"{up}_{across}"].format(
            up=curves.labels[1],
            across=curves.labels[0],
            first=near(curves.x[0], across),
            last=near(curves.x[-1], across),
        )
    ]
    for line in curves.lines:
        alt = words["alt"]["curve"].format(
            name=line.name,
            left=about(line.y[0]),
            right=about(line.y[-1]),
            lowest=about(line.y[line.lowest]),
            near=near(curves.x[line.lowest], across),
        )
        sentences.append(alt)
    return formats.joined(sentences, words)
