"""Quiver rules: what matplotlib makes of a field if all is left to it.

That is how the book's script draws. Tests compare the rules with what it draws.
"""

from typing import Any

import numpy as np

from gradviz_core.figures.fields import Field
from gradviz_core.numerics.grid import Floats

# The size of the axes in a figure of the default size, in CSS pixels.
SCREEN_AXES = (496.0, 369.6)

# Points this near to the frame, as a share of its width, count as within it: rounding
# must not decide.
EDGE = 1e-9

# An arrow with no larger share within the frame shows only its tail, on the edge.
MORE_THAN_TAIL = 1e-5


def automatic_scale(arrows: Floats) -> float:
    """Return the length that spans the axes, as matplotlib's quiver chooses it.

    It is 1.8 times the mean length times the number of arrows across, which matplotlib
    takes for the square root of their count, or 10. The mean counts arrows of length
    zero, and not those that are nan; the count counts all.
    """
    finite = arrows[np.isfinite(arrows).all(axis=1)]
    if not len(finite):
        return 1.0
    mean = float(np.hypot(finite[:, 0], finite[:, 1]).mean())
    arrows_across = max(10.0, len(arrows) ** 0.5)
    return 1.8 * mean * arrows_across or 1.0


def specks_and_arrows_in_view(field: Field) -> tuple[Any, Any]:
    """Return which arrows matplotlib draws as specks, and which longer ones are seen.

    A speck is shorter than the shaft of an arrow is wide, and so shows no direction. If
    all arrows have length zero, there are no specks, either.
    """
    # The width that matplotlib gives a shaft, in widths of the axes.
    shaft = 0.06 / np.clip(len(field.arrows) ** 0.5, 8, 25)
    lengths = field.lengths / automatic_scale(field.arrows)
    is_drawn = np.isfinite(lengths) & lengths.any()
    is_speck = is_drawn & (lengths < shaft)
    return is_speck, is_drawn & ~is_speck & _is_in_view(field, lengths)


def _is_in_view(field: Field, lengths: Floats) -> Any:
    """Whether arrows of these lengths, in widths of the axes, run through the frame."""
    low, high = field.limits or matplotlib_limits(field.points)
    with np.errstate(all="ignore"):
        towards = directions(field)
        on_screen = np.hypot(*(towards * SCREEN_AXES / (high - low)).T)
        ways = towards * (lengths * SCREEN_AXES[0] / on_screen)[:, None]
        ways[ways == 0] = 1e-300
        to_low = (low - EDGE * (high - low) - field.points) / ways
        to_high = (high + EDGE * (high - low) - field.points) / ways
    enters = np.minimum(to_low, to_high).max(axis=1)
    leaves = np.maximum(to_low, to_high).min(axis=1)
    return np.minimum(leaves, 1) - np.maximum(enters, 0) > MORE_THAN_TAIL


def directions(field: Field) -> Floats:
    """Return which way each arrow goes, as matplotlib finds it.

    It adds a small part of the arrow to its point. Where rounding leaves the point as
    it is, matplotlib draws the arrow to the right.
    """
    part = 0.001 * np.abs(field.points).max()
    towards: Floats = field.points + part * field.arrows - field.points
    towards[(towards == 0).all(axis=1)] = (1, 0)
    return towards


def is_flat(lengths: Any) -> Any:
    """Return which arrows of these lengths are too short for matplotlib to direct.

    It finds the direction by a step along the arrow from a point of the axes: an arrow
    too short to change 1 gives none, and is drawn to the right.
    """
    return 1 + lengths == 1


def matplotlib_limits(points: Floats) -> tuple[Floats, Floats]:
    """The limits of each axis that matplotlib leaves around points."""
    low, high = points.min(axis=0), points.max(axis=0)
    margin = 0.05 * (high - low)
    return low - margin, high + margin
