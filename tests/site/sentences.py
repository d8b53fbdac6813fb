"""What a page must say of a function and of its pictures, in sentences written anew.

Every sentence of a label, a caption, an alternative text or a verdict stands here once. Its
holes are filled from the oracle, so a sentence that has been put beside the wrong picture, or
that has taken a number of the other layout, differs from what is expected.
"""

import numpy as np
from oracle import DEFAULT_GRID, Function, Measured

from tests.site.number_words import as_needed, count, significant

ROLES = ("correct", "buggy")
LAYOUT_OF = {"correct": "rows", "buggy": "columns"}
PARALLEL_DEGREES = 0.1  # up to here an arrow is said to have the right direction

LABELS = {"correct": "✓ With both .T", "buggy": "✗ Without .T"}
CALLS = {
    "correct": "numerical_gradient(f, np.array([X, Y]).T).T",
    "buggy": "numerical_gradient(f, np.array([X, Y]) (here no .T) ) (here no .T)",
}

VERDICTS = {
    "inexact": "Some arrows differ from the exact gradient by more than rounding. The step is "
    "too large, or f is not smooth here.",
    "hidden": "The numbers are right even without .T: neither the plot nor its numbers show "
    "the mistake.",
    "scaled": "Every direction is correct, and every length is wrong by the same factor. An "
    "automatic scale hides that. Drawn at the same scale as the correct arrows, these may be "
    "too short to see.",
    "plausible": "At least half of the points have an arrow, and many or all of the arrows are "
    "wrong, in length, in direction or in both, and not all by one factor. Drawn at an "
    "automatic scale, with no correct plot beside them, they may look right. Drawn at the same "
    "scale as the correct ones, they may be too short to see, or far too long.",
    "sparse": "Most arrows have length zero. All that remains is a few single arrows, or lines "
    "across the plot.",
    "blank": "Every arrow has length zero or is not a number, so the plot has no arrows.",
    "raises": "f stops with an error, or does not return one number. Nobody can miss that.",
}
VERDICT_NAMES = {verdict: verdict for verdict in (*VERDICTS, "right")}
VERDICT_NAMES["raises"] = "fails loudly"
OUTCOME = "Without .T: {name} {meaning}"

ALT_TEXTS = {
    "correct": "Quiver plot of a gradient, points passed as rows ({title}): {drawn} of {arrows} "
    "arrows have nonzero length, and all of them agree with the exact gradient wherever f has one.",
    "hidden": "Quiver plot of a gradient from the call without .T ({title}): it looks the "
    "same as the correct one, {drawn} of {arrows} arrows have nonzero length.",
    "blank": "Quiver plot of a gradient from the call without .T ({title}): {arrows} dots and no "
    "arrow.",
    "sparse": "Quiver plot of a gradient from the call without .T ({title}): {drawn} arrows and "
    "{dots} dots.",
    "scaled": "Quiver plot of a gradient from the call without .T ({title}): all directions are "
    "correct, the arrows are {factor}.",
    "plausible": "Quiver plot of a gradient from the call without .T ({title}): a field in which "
    "{wrong} of {arrows} arrows are wrong.",
}
ALT_TEXTS_OF_SCRIPT = ALT_TEXTS | {
    "blank": "Quiver plot of a gradient from the call without .T ({title}): the frame and its "
    "grid lines, and nothing else.",
    "sparse": "Quiver plot of a gradient from the call without .T ({title}): {drawn} arrows, and "
    "{dots} faint specks.",
}
ALT_OF_AUTOMATIC_SCALE = (
    " Drawn as the negative gradient (downhill) at automatic scale."
)
ALT_OF_CROP = " The view ends at ±2, though the grid reaches further."

CAPTIONS = {
    "correct": "No arrow is wrong.",
    "hidden": "No arrow is wrong: the mistake does not show.",
    "blank": "All {arrows} arrows have length zero.",
    "sparse": "{dots} of {arrows} arrows have length zero, and {wrong} are wrong.",
    "scaled": "All directions are correct, but the arrows are {factor}.",
    "plausible": "{wrong} of {arrows} arrows are wrong: up to {angle}° off, and typically {factor}.",
    "parallel": "{wrong} of {arrows} arrows are wrong: their computed directions are correct, but they "
    "are typically {factor}.",
}

SCALE_HEADINGS = {"same": "Same scale", "autoscale": "As the script draws it"}
KEY = [
    "An arrow points uphill. It is longer where f is steeper.",
    "A dot is an arrow of length zero.",
    "A speck is an arrow too short to show its direction.",
    "An arrow that is too long is cut off at the edge.",
]
SCALE_NOTES = {
    "same": "Both uphill, on one scale set by the correct arrows.",
    "autoscale": "As the script draws it: downhill, each plot at its own scale.",
}
CARD_NUMBERS = {
    "hidden": "{wrong} of {arrows} arrows are wrong.",
    "scaled": "{wrong} of {arrows} arrows are wrong.",
    "plausible": "{wrong} of {arrows} arrows are wrong.",
    "short": "Typically {factor}.",
    "sparse": "{drawn} of {arrows} arrows have nonzero length.",
    "blank": "{drawn} of {arrows} arrows have nonzero length.",
}
TOO_SHORT_TO_SEE = 0.1
NO_GRADIENT = (
    "At {left} of {arrows} points f, or a part of it, has no gradient: a kink, a jump, or no "
    "value. Such points are not counted as wrong."
)
GRID = "{axis} × {axis} points, {start} to {end} in steps of {step}"


def alt_text(function: Function, role: str, automatic_scale: bool) -> str:
    """What the picture of a function says to those who do not see it."""
    measured = function.measured(LAYOUT_OF[role])
    kind = "correct" if role == "correct" else measured.verdict
    texts = ALT_TEXTS_OF_SCRIPT if automatic_scale else ALT_TEXTS
    sentence = texts[kind].format(title=function.title, **_holes(measured))
    if automatic_scale:
        sentence += ALT_OF_AUTOMATIC_SCALE
        if function.grid == DEFAULT_GRID:
            sentence += ALT_OF_CROP
    return sentence


def caption(function: Function, role: str) -> str:
    """What stands below the picture of a function."""
    measured = function.measured(LAYOUT_OF[role])
    kind = "correct" if role == "correct" else measured.verdict
    if kind == "plausible" and measured.max_angle_deg <= PARALLEL_DEGREES:
        kind = "parallel"
    return CAPTIONS[kind].format(**_holes(measured))


def pair_caption(function: Function, scale: str) -> str:
    """What the two pictures of a function have in common."""
    parts = function.title, function.spelling, SCALE_NOTES[scale]
    return "{}, {}. {} Every arrow as numbers".format(*parts)


def grid_in_words(function: Function) -> str:
    """How many points a function is drawn at, and from where to where."""
    axis = np.unique(function.points[:, 0])
    step = function.grid[2]
    return GRID.format(
        axis=len(axis),
        start=as_needed(axis[0]),
        end=as_needed(axis[-1]),
        step=as_needed(step),
    )


def points_without_gradient(function: Function) -> str:
    """The sentence about points that are not counted, empty if all are."""
    left = int((~np.isfinite(function.truth).all(axis=1)).sum())
    if left == 0:
        return ""
    return NO_GRADIENT.format(left=count(left), arrows=count(len(function.points)))


def card_number(function: Function) -> str:
    """What the card of a function says of its pictures, which are on one scale."""
    measured = function.measured("columns")
    kind = measured.verdict
    fills_the_plot = kind in ("scaled", "plausible")
    if fills_the_plot and measured.median_length_ratio < TOO_SHORT_TO_SEE:
        kind = "short"
    return CARD_NUMBERS[kind].format(**_holes(measured))


def factor(ratio: float) -> str:
    """How far the lengths are from the true ones: too short by a factor of 162."""
    if ratio < 1:
        return f"too short by a factor of {significant(1 / ratio)}"
    return f"too long by a factor of {significant(ratio)}"


def _holes(measured: Measured) -> dict[str, str]:
    return {
        "arrows": count(measured.arrows),
        "drawn": count(measured.nonzero),
        "dots": count(measured.arrows - measured.nonzero),
        "wrong": count(measured.wrong),
        "angle": significant(measured.max_angle_deg or 0),
        "factor": factor(measured.median_length_ratio or 1),
    }
