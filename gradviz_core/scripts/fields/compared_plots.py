"""Compared plots: each plot of a script, beside that of the known function.

The known function takes the place of those whose slopes the plots may show.
"""

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gradviz_core.scripts.fields.candidates import Candidate, Fit
from gradviz_core.scripts.fields.field import ALONG, EXACT, Field
from gradviz_core.scripts.fields.known_function import known_slopes

# Whether a plot is right as it is, or once its two components are exchanged.
RIGHT = "right"
SWAPPED = "swapped"


@dataclass(frozen=True)
class ComparedPlot:
    """A plot as it is written, and with the known function in the place of others.

    Attributes
    ----------
    field : Field
        What is drawn by the script as it is written.
    known : Field
        What is drawn with the known function.
    fits : sequence of Fit
        The functions of the script whose slopes are drawn as it is written.
    """

    field: Field
    known: Field
    fits: Sequence[Fit]

    @property
    def is_by_hand(self) -> bool:
        """Whether no function that was replaced is behind the arrows."""
        return self.known.arrows == self.field.arrows

    @property
    def points_down(self) -> bool:
        """Whether arrows point down the known function."""
        return self.known.points_down(self._known_slopes())

    @property
    def is_negated_twice(self) -> bool:
        """Whether arrows point up the known function, though both get a minus."""
        components = self.known.node.args[2:4]
        have_minuses = len(components) == 2 and all(
            isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub)
            for each in components
        )
        return have_minuses and not self.is_by_hand and not self.points_down

    def shows_one_of(self, shifts: Mapping[Candidate, int]) -> bool:
        """Whether arrows are slopes of the known function in the place of one alone.

        In the place of each function, it is shifted by another number.
        """
        return any(
            self.known.compared(
                self._known_slopes(shifts[fit.candidate]), fit.is_swapped
            )
            for fit in self.fits
        )

    def state(self, right_ways: Collection[str]) -> str:
        """Return whether it is right, or right once its components are exchanged.

        What is not by hand must compare with the known function in one of these ways.
        """
        for is_swapped in (False, True):
            ways = [fit.how for fit in self.fits if fit.is_swapped == is_swapped]
            if not ways:
                continue
            if self.is_by_hand:
                is_right = EXACT in ways or ALONG in ways
            else:
                way = self.known.compared(self._known_slopes(), is_swapped)
                is_right = way in right_ways
            if is_right:
                return SWAPPED if is_swapped else RIGHT
        return ""

    def _known_slopes(self, shift: int = 0) -> list[tuple[float, float]]:
        """Return the slopes of the known function with this shift."""
        return [known_slopes(x + shift, y) for x, y in self.known.points]


def states_of(
    plots: Sequence[ComparedPlot], right_ways: Collection[str]
) -> dict[ast.Call, str]:
    """Return the state of the plots of each call, empty if they differ in it."""
    states: dict[ast.Call, str] = {}
    for plot in plots:
        call = plot.field.node
        state = plot.state(right_ways)
        if states.setdefault(call, state) != state:
            states[call] = ""
    return states
