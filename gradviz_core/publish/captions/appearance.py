"""Appearance: what can be seen in a plot whose cause its reader is still looking for.

It says no more than that: where the arrows point, what they have in common, where
specks are. The words are under `[appearance]`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from gradviz_core.figures.fields import Field
from gradviz_core.figures.quiver_rules import (
    automatic_scale,
    is_flat,
    specks_and_arrows_in_view,
)
from gradviz_core.numerics.grid import Floats
from gradviz_core.registry import formats
from gradviz_core.registry.words import Words

# The share of the arrows that counts as nearly all.
NEARLY_ALL = 0.9

# An arrow twice as tall as wide is upright, and one twice as wide as tall is level.
SLANT = 2

# Fewer different arrows than this stand out as blocks, rows or columns.
FEW_ARROWS = 10

# Points nearer than this, as a share of the distance to the rim, are in the middle.
IN_MIDDLE = 0.6


def appearance_alt(field: Field, words: Words) -> str:
    """Return the alt text of a plot, which describes how it looks."""
    appearance = words["appearance"]
    is_speck, is_in_view = specks_and_arrows_in_view(field)
    lengths = _sorted_lengths(field)
    kind = _kind_of_field(field, lengths, is_in_view)
    terms = {
        "specks": int(is_speck.sum()),
        "in_view": int(is_in_view.sum()),
        "ratio": _ratio_of_longest(lengths, words),
    }
    sentences = [appearance[kind]]
    if kind == "lines" and (place := _place_of(field.points[is_in_view], field)):
        sentences.append(appearance["begin"][place])
    elif kind == "field":
        is_arrow = np.isfinite(field.arrows).all(axis=1) & ~is_speck
        points, arrows = field.points[is_arrow], field.arrows[is_arrow]
        sentences += _ways_in_words(points, arrows, words)
        sentences.append(appearance["ratio"])
    if is_speck.any() and kind != "specks":
        place = _place_of_specks(field.points[is_speck], field)
        sentences.append(appearance["specks_at"][place])
    filled = [formats.fill(sentence, words, **terms) for sentence in sentences]
    return formats.joined(filled, words)


def _sorted_lengths(field: Field) -> Floats:
    """Return the lengths of the arrows that have one, in ascending order."""
    lengths = field.lengths
    return np.sort(lengths[np.isfinite(lengths) & (lengths > 0)])


def _kind_of_field(field: Field, lengths: Floats, is_in_view: Any) -> str:
    if not len(lengths):
        return "empty"
    if not is_in_view.any():
        return "specks"
    if lengths[-1] > automatic_scale(field.arrows):  # longer than the axes are wide
        return "lines"
    return "flat" if is_flat(lengths).all() else "field"


def _ratio_of_longest(lengths: Floats, words: Words) -> str:
    """Return how many times as long as a typical arrow the longest one is."""
    if not len(lengths):
        return ""
    # NumPy imports all of numpy.ma before it computes its first median.
    middle = len(lengths) // 2
    median = (lengths[middle] + lengths[~middle]) / 2
    return formats.Numbers(words["number"]).short(lengths[-1] / median, 2)


def _ways_in_words(points: Floats, arrows: Floats, words: Words) -> list[str]:
    """Say where the arrows of a field point, and what they have in common."""
    appearance = words["appearance"]
    u, v = arrows[:, 0], arrows[:, 1]
    is_inward = (points * arrows).sum(axis=1) < 0  # towards the origin
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
    sentences = _of_nearly_all(ways, appearance)[:1]
    if not sentences:
        inward = int(is_inward.sum())
        outward = int((~is_inward).sum())
        terms = {"inward": inward, "outward": outward}
        sentences.append(formats.fill(appearance["mixed"], words, **terms))
    sentences += _of_nearly_all(slants, appearance)
    different = {tuple(arrow) for arrow in arrows.round(6).tolist()}
    if len(different) < FEW_ARROWS:
        few = formats.fill(appearance["few"], words, different=len(different))
        sentences.append(few)
    return sentences


def _of_nearly_all(kinds: Mapping[str, Any], appearance: Words) -> list[str]:
    """Return a sentence for each property that all arrows, or nearly all, have."""
    sentences = []
    for name, is_so in kinds.items():
        if is_so.mean() >= NEARLY_ALL:
            sentences.append(appearance["all" if is_so.all() else "most"][name])
    return sentences


def _place_of(points: Floats, field: Field) -> str:
    """Return where a few points are: in a corner of the grid, its middle or neither."""
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
