"""What a page must say of a function and of its pictures: which sentence, with which numbers.

The words come by their keys, and their holes are filled from the oracle. Which form of a
sentence holds is decided here once more, from what the oracle has measured. So a sentence
that has been put beside the wrong picture, or that has taken a number of the other layout,
differs from what is expected.
"""

import numpy as np
from oracle import DEFAULT_GRID, Function, Measured

from reading.numbers import as_needed, count, significant
from reading.words import said, word

ROLES = ("correct", "buggy")
LAYOUT_OF = {"correct": "rows", "buggy": "columns"}
PARALLEL_DEGREES = 0.1  # up to here an arrow is said to have the right direction
TOO_SHORT_TO_SEE = 0.1  # of the true length, where all are on one scale

NAMES_OF_CALLS = {role: word(f"pair.{role}") for role in ROLES}
MARKS = {role: word(f"pair.mark.{role}") for role in ROLES}
LABELS = {role: f"{MARKS[role]} {NAMES_OF_CALLS[role]}" for role in ROLES}
# In the order in which they are shown: first what the script itself draws.
SCALE_HEADINGS = {scale: word(f"pair.{scale}") for scale in ("autoscale", "same")}
SCALE_NOTES = {scale: word(f"pair.{scale}_note") for scale in SCALE_HEADINGS}
VERDICT_NAMES = word("verdict.name")
# In the order in which the site tells of them; those of the call without .T.
VERDICTS = ("inexact", "hidden", "scaled", "plausible", "sparse", "blank", "raises")
SIGNS = ("arrow", "dot", "speck", "cut")
KEY = [word(f"function.key.{sign}") for sign in SIGNS]


def call_in_words(role: str) -> str:
    """The call as it is heard: what is missing is said in its place."""
    call, transpose = word("pair.call"), word("pair.transpose")
    if role == "buggy":
        call = call.replace(transpose, said("pair.no_transpose", transpose=transpose))
    return " ".join(call.split())


CALLS = {role: call_in_words(role) for role in ROLES}


def outcome(verdict: str) -> str:
    """What becomes of a function without .T, and what that means."""
    name, meaning = VERDICT_NAMES[verdict], word(f"verdict.meaning.{verdict}")
    return f"{word('verdict.of')} {name} {meaning}"


def alt_text(function: Function, role: str, automatic_scale: bool) -> str:
    """What the picture of a function says to those who do not see it."""
    measured = function.measured(LAYOUT_OF[role])
    kind = "correct" if role == "correct" else measured.verdict
    if kind == "scaled":
        kind = f"scaled_{longer_or_shorter(measured)}"
    if automatic_scale and kind in ("blank", "sparse"):  # which has no dots
        kind = f"as_script.{kind}"
    sentences = [said(f"alt.{kind}", title=function.title, **holes(measured))]
    if automatic_scale:
        sentences.append(word("alt.negative"))
        if function.grid == DEFAULT_GRID:
            sentences.append(word("alt.cropped"))
    return " ".join(sentences)


def caption(function: Function, role: str, automatic_scale: bool = False) -> str:
    """What stands below the picture of a function."""
    measured = function.measured(LAYOUT_OF[role])
    kind = "correct" if role == "correct" else measured.verdict
    zero = measured.arrows - measured.nonzero
    counted = {"blank": measured.arrows, "sparse": zero}.get(kind, measured.wrong)
    if kind == "plausible" and measured.max_angle_deg <= PARALLEL_DEGREES:
        kind = "plausible_parallel"
    if kind in ("scaled", "plausible", "plausible_parallel"):
        kind = f"{kind}_{longer_or_shorter(measured)}"
    if automatic_scale and kind.startswith("scaled"):
        kind = f"as_script.{kind}"
    if automatic_scale and is_drawn_to_the_right(function, role):
        kind = "as_script.flat"
    return said(f"caption.{kind}", count=count(counted), **holes(measured))


def is_drawn_to_the_right(function: Function, role: str) -> bool:
    """Whether matplotlib finds no direction for any arrow, beside numbers of about 1."""
    lengths = np.hypot(*function.arrows(LAYOUT_OF[role]).T)
    return bool(lengths.any() and (1 + lengths == 1).all())


def pair_caption(function: Function, scale: str) -> str:
    """What the two pictures of a function have in common."""
    about = said("pair.about", title=function.title, spelling=function.spelling)
    return f"{about} {SCALE_NOTES[scale]} {word('arrows.link')}"


def grid_in_words(function: Function) -> str:
    """How many points a function is drawn at, and from where to where."""
    axis = np.unique(function.points[:, 0])
    return said(
        "function.grid_value",
        axis=len(axis),
        start=as_needed(axis[0]),
        end=as_needed(axis[-1]),
        step=as_needed(function.grid[2]),
    )


def points_without_gradient(function: Function) -> str:
    """The sentence about points that are not counted, empty if all are."""
    left = int((~np.isfinite(function.truth).all(axis=1)).sum())
    if left == 0:
        return ""
    return said("caption.left", left=count(left), arrows=count(len(function.points)))


def card_number(function: Function) -> str:
    """What the card of a function says of its pictures, which are on one scale."""
    measured = function.measured("columns")
    kind = measured.verdict
    fills_the_plot = kind in ("scaled", "plausible")
    if fills_the_plot and measured.median_length_ratio < TOO_SHORT_TO_SEE:
        kind = "short"
    return said(f"function.number.{kind}", **holes(measured))


def longer_or_shorter(measured: Measured) -> str:
    """How the arrows are, typically, beside the true ones."""
    return "shorter" if measured.median_length_ratio < 1 else "longer"


def holes(measured: Measured) -> dict[str, str]:
    """The numbers of a measurement as sentences have them."""
    ratio = measured.median_length_ratio or 1
    return {
        "arrows": count(measured.arrows),
        "drawn": count(measured.nonzero),
        "zero": count(measured.arrows - measured.nonzero),
        "wrong": count(measured.wrong),
        "max_angle": significant(measured.max_angle_deg or 0),
        "times": significant(max(ratio, 1 / ratio)),
    }
