"""Page pictures: texts about the fields, lines and heights that a page draws itself.

The words are under `[caption]` and `[alt]`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.figures.curves import Curves, Line, Picture
from gradviz_core.figures.fields import Field, signs
from gradviz_core.figures.heights import Heights
from gradviz_core.figures.quiver_rules import is_flat
from gradviz_core.registry import formats
from gradviz_core.registry.words import Words

# Parts of a picture that may need explaining, in this order.
SIGNS = ("dot", "speck", "cut")


@dataclass(frozen=True)
class PagePictureText:
    """The texts around a picture that a page draws itself."""

    src: str
    table: str  # the path of the numbers behind it
    label: str
    role: str  # correct, buggy or book
    alt: str
    caption: str  # of a field or of heights; a plot of lines has none
    width: int  # in CSS pixels, like the height
    height: int


def page_picture_text(
    picture: Picture, path: str, label: str, words: Words
) -> PagePictureText:
    """Return the texts around a page's own picture, which is at `path` in the site."""
    if isinstance(picture, Field):
        role = picture.role
        alt = field_alt(picture, label, words)
        caption = field_caption(picture, words)
    elif isinstance(picture, Heights):
        role = picture.role
        alt = heights_alt(picture, label, words)
        caption = heights_caption(picture, words)
    else:
        role = "book"
        alt = curves_alt(picture, words)
        caption = ""
    src = f"/{path}"
    table = src.removesuffix(".svg") + ".csv"
    return PagePictureText(src, table, label, role, alt, caption, *picture.size)


def common_caption(pictures: Sequence[PagePictureText]) -> str:
    """Return the caption of pictures side by side, if they all have the same one."""
    captions = {picture.caption for picture in pictures}
    return captions.pop() if len(captions) == 1 else ""


def signs_in(pictures: Sequence[Picture]) -> list[str]:
    """Return the `SIGNS` that occur in some pictures and may need explaining."""
    present = set[str]()
    for picture in pictures:
        if isinstance(picture, Field):
            present |= signs(picture)
    return [sign for sign in SIGNS if sign in present]


def field_caption(field: Field, words: Words) -> str:
    """Return the caption of a page's own field."""
    caption = words["caption"]
    terms = _terms(field, words)
    drawn, missing = terms["drawn"], terms["missing"]
    if missing == terms["arrows"]:
        return formats.fill(caption["unknown"], words, **terms)
    sentence = caption["field" if drawn else "none"]
    sentences = [formats.fill(sentence, words, count=drawn, **terms)]
    if missing:
        sentences.append(formats.fill(caption["missing"], words, count=missing))
    return formats.joined(sentences, words)


def field_alt(field: Field, label: str, words: Words) -> str:
    """Return the alt text of a page's own field."""
    alts = words["alt"]
    caption = field_caption(field, words)
    title = label.replace("`", "")
    alt = alts["field_titled" if label else "field"]
    sentences = [alt.format(title=title, caption=caption)]
    if field.is_of_script:
        sentences.append(alts["automatic"])
        terms = _terms(field, words)
        if terms["flat"]:
            sentences.append(formats.fill(alts["flat"], words, **terms))
    return formats.joined(sentences, words)


def heights_caption(heights: Heights, words: Words) -> str:
    """Return the caption of a page's own heights, which explains their shades."""
    numbers = formats.Numbers(words["number"])
    low, high = (numbers.short(limit) for limit in heights.limits)
    return str(words["caption"]["heights"].format(lowest=low, highest=high))


def heights_alt(heights: Heights, label: str, words: Words) -> str:
    """Return the alt text of heights: those at the corners, and the highest."""
    alts = words["alt"]
    numbers = formats.Numbers(words["number"])
    corners = heights.values[[0, 0, -1, -1], [0, -1, 0, -1]]
    low_left, low_right, up_left, up_right = (numbers.short(c) for c in corners)
    x0, x1 = (numbers.short(coordinate) for coordinate in heights.highest)
    sentence = alts["heights_titled" if label else "heights"]
    return str(
        sentence.format(
            title=label.replace("`", ""),
            lower_left=low_left,
            lower_right=low_right,
            upper_left=up_left,
            upper_right=up_right,
            highest=numbers.short(heights.values.max()),
            across=heights.names[0],
            up=heights.names[1],
            x0=x0,
            x1=x1,
        )
    )


def _terms(field: Field, words: Words) -> dict[str, Any]:
    """Return the numbers of arrows, in total and by kind, and the longest length."""
    lengths = field.lengths
    is_finite = np.isfinite(lengths)
    drawn = lengths[is_finite & (lengths > 0)]
    return {
        "arrows": len(lengths),
        "drawn": len(drawn),
        "missing": int((~is_finite).sum()),
        "flat": int(is_flat(drawn).sum()),
        "longest": formats.Numbers(words["number"]).short(drawn.max(initial=0)),
    }


def curves_alt(curves: Curves, words: Words) -> str:
    """Return the alt text of a plot of lines."""
    across, up = curves.scales
    sentence = words["alt"]["curves"][f"{up}_{across}"].format(
        up=curves.labels[1],
        across=curves.labels[0],
        first=_read_off(curves.x[0], across, words),
        last=_read_off(curves.x[-1], across, words),
    )
    line_sentences = [_curve_alt(line, curves, words) for line in curves.lines]
    return formats.joined([sentence, *line_sentences], words)


def _curve_alt(line: Line, curves: Curves, words: Words) -> str:
    across, up = curves.scales
    sentence = words["alt"]["curve"].format(
        name=line.name,
        left=_about(line.y[0], up, words),
        right=_about(line.y[-1], up, words),
        lowest=_about(line.y[line.lowest], up, words),
        near=_read_off(curves.x[line.lowest], across, words),
    )
    return str(sentence)


def _about(value: float, scale: str, words: Words) -> str:
    if np.isnan(value):
        return str(words["alt"]["nothing"])
    return str(words["alt"]["about"].format(value=_read_off(value, scale, words)))


def _read_off(value: float, scale: str, words: Words) -> str:
    """Return a value as read off an axis: off a logarithmic one, to one digit."""
    return formats.Numbers(words["number"]).short(value, 1 if scale == "log" else 3)
