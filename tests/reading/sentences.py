"""What a page must say of a function and of its pictures: which sentence, with which numbers.

The words of each language come by their keys, and their holes are filled from the oracle.
Which form of a sentence holds is decided here once more, from what the oracle has measured.
So a sentence that has been put beside the wrong picture, or that has taken a number of the
other layout, differs from what is expected.
"""

import numpy as np
from oracle import DEFAULT_GRID, Function, Measured

from reading.numbers import as_needed, count, significant
from reading.records import ENGLISH, function_title
from reading.words import joined, said, word

ROLES = ("buggy", "correct")  # as they are shown
LAYOUT_OF = {"correct": "rows", "buggy": "columns"}
PARALLEL_DEGREES = 0.1  # up to here an arrow is said to have the right direction
TOO_SHORT_TO_SEE = 0.1  # of the true length, where all are on one scale

# In the order in which they are shown: first what the script itself draws.
SCALES = ("autoscale", "same")
MARKS = {role: word(f"pair.mark.{role}") for role in ROLES}


def names_of_calls(language: str = ENGLISH) -> dict[str, str]:
    """What the call with .T, and that without, are called."""
    return {role: word(f"pair.{role}", language) for role in ROLES}


def labels(language: str = ENGLISH) -> dict[str, str]:
    """What stands above the picture of each call."""
    names = names_of_calls(language)
    return {role: f"{MARKS[role]} {names[role]}" for role in ROLES}


def mark_of(function: Function, role: str) -> str:
    """Whether the arrows of a call are right. A hidden mistake leaves them right."""
    is_right = role == "correct" or function.measured("columns").verdict == "hidden"
    return MARKS["correct" if is_right else "buggy"]


def label_of(function: Function, role: str, language: str = ENGLISH) -> str:
    """What stands above the picture of a call of a function."""
    return f"{mark_of(function, role)} {names_of_calls(language)[role]}"


def scale_headings(language: str = ENGLISH) -> dict[str, str]:
    """What stands above the pictures at each scale."""
    return {scale: word(f"pair.{scale}", language) for scale in SCALES}


def scale_notes(language: str = ENGLISH) -> dict[str, str]:
    """What stands below a pair, of how it is drawn."""
    return {scale: word(f"pair.{scale}_note", language) for scale in SCALES}


NAMES_OF_CALLS = names_of_calls()
LABELS = labels()
VERDICT_NAMES = word("verdict.name")
# In the order in which the site tells of them; those of the call without .T.
VERDICTS = ("inexact", "hidden", "scaled", "plausible", "sparse", "blank", "raises")
SIGNS = ("arrow", "dot", "speck", "cut")
KEY = [word(f"function.key.{sign}") for sign in SIGNS]


def call_in_words(role: str, language: str = ENGLISH) -> str:
    """The call as it is heard: what is missing is said in its place."""
    call, transpose = word("pair.call", language), word("pair.transpose", language)
    if role == "buggy":
        missing = said("pair.no_transpose", language, transpose=transpose)
        call = call.replace(transpose, missing)
    return " ".join(call.split())


CALLS = {role: call_in_words(role) for role in ROLES}


def outcome(verdict: str, language: str = ENGLISH) -> str:
    """What becomes of a function without .T, and what that means."""
    keys = ("verdict.of", f"verdict.name.{verdict}")
    name = joined([word(key, language) for key in keys], language)
    return f"{name} {word(f'verdict.meaning.{verdict}', language)}"


def alt_text(
    function: Function, role: str, automatic_scale: bool, language: str = ENGLISH
) -> str:
    """What the picture of a function says to those who do not see it."""
    measured = function.measured(LAYOUT_OF[role])
    kind = "correct" if role == "correct" else measured.verdict
    if kind == "scaled":
        kind = f"scaled_{longer_or_shorter(measured)}"
    if automatic_scale and kind in ("blank", "sparse"):  # which has no dots
        kind = f"as_script.{kind}"
    title = function_title(function, language)
    sentences = [said(f"alt.{kind}", language, title=title, **holes(measured))]
    if automatic_scale:
        sentences.append(word("alt.negative", language))
        if function.grid == DEFAULT_GRID:
            sentences.append(word("alt.cropped", language))
    return joined(sentences, language)


def caption(
    function: Function,
    role: str,
    automatic_scale: bool = False,
    language: str = ENGLISH,
) -> str:
    """What stands below the picture of a function."""
    measured = function.measured(LAYOUT_OF[role])
    kind = "correct" if role == "correct" else measured.verdict
    counted = measured.arrows if kind == "blank" else measured.wrong
    if kind == "plausible" and measured.max_angle_deg <= PARALLEL_DEGREES:
        kind = "plausible_parallel"
    if kind in ("scaled", "plausible", "plausible_parallel"):
        kind = f"{kind}_{longer_or_shorter(measured)}"
    if automatic_scale and kind.startswith("scaled"):
        kind = f"as_script.{kind}"
    if automatic_scale and is_drawn_to_the_right(function, role):
        kind = "as_script.flat"
    numbers = {"count": count(counted), **holes(measured)}
    return said(f"caption.{kind}", language, **numbers)


def is_drawn_to_the_right(function: Function, role: str) -> bool:
    """Whether matplotlib finds no direction for any arrow, beside numbers of about 1."""
    lengths = np.hypot(*function.arrows(LAYOUT_OF[role]).T)
    return bool(lengths.any() and (1 + lengths == 1).all())


def pair_caption(function: Function, scale: str, language: str = ENGLISH) -> str:
    """What the two pictures of a function have in common."""
    title = function_title(function, language)
    about = said("pair.about", language, title=title, spelling=function.spelling)
    note, link = scale_notes(language)[scale], word("arrows.link", language)
    return joined([about, note, link], language)


def grid_in_words(function: Function, language: str = ENGLISH) -> str:
    """How many points a function is drawn at, and from where to where."""
    axis = np.unique(function.points[:, 0])
    return said(
        "function.grid_value",
        language,
        axis=len(axis),
        start=as_needed(axis[0]),
        end=as_needed(axis[-1]),
        step=as_needed(function.grid[2]),
    )


def points_without_gradient(function: Function, language: str = ENGLISH) -> str:
    """The sentence about points that are not counted, empty if all are."""
    left = int((~np.isfinite(function.truth).all(axis=1)).sum())
    if left == 0:
        return ""
    arrows = count(len(function.points))
    return said("caption.left", language, left=count(left), arrows=arrows)


def card_number(function: Function, language: str = ENGLISH) -> str:
    """What the card of a function says of its pictures, which are on one scale."""
    measured = function.measured("columns")
    kind = measured.verdict
    if kind == "scaled":
        kind = f"scaled_{longer_or_shorter(measured)}"
    elif kind == "plausible" and measured.median_length_ratio < TOO_SHORT_TO_SEE:
        kind = "short"
    return said(f"function.number.{kind}", language, **holes(measured))


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
