"""Trace view: all that the page shows of a run of the routine, step by step.

The numbers come from the frames of the run, the texts from trace_words; here stands
where the arrows and axes are drawn. The template shows these, and trace.js moves from
one frame to the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gradviz_core.numerics.trace import POINTS, Frame, Run
from gradviz_core.publish.trace_words import ArrowTexts, RunWriter, StepTexts
from gradviz_core.registry import formats
from gradviz_core.registry.words import Words

# Which steps of a run are shown where there is no script to go through all of them; the
# last one of the run follows. Of rows the second completes an arrow, of columns it
# needs the third to differ from the first.
STILLS = {"columns": (0, 2), "rows": (0, 1)}

# The drawing has a square of this size for each point.
SQUARE = 100
LONGEST_ARROW = 70
HEAD = 13  # from the tip of an arrow to the end of its head


@dataclass(frozen=True)
class ArrowShape:
    """An arrow as it is drawn, half or whole."""

    x: float
    y: float
    half: float  # how far it goes to the right when it is half
    path: str  # the whole of it, "" if it has no length


@dataclass(frozen=True)
class RunView:
    """All that is shown of one layout."""

    layout: str
    role: str  # correct or buggy
    stills: list[Frame]
    shapes: list[ArrowShape]  # of the arrows, by their points
    steps: list[StepTexts]
    arrows: list[ArrowTexts]
    entries_across: int


@dataclass(frozen=True)
class FieldAxes:
    """The axes of the field, in the units of its drawing."""

    width: int
    height: int
    right: int  # where the axes end
    bottom: int
    numbers: list[tuple[int, int, str]]  # along the axes: x, y and the number
    name_x: int  # where the name of the first coordinate stands
    name_y: int
    points_across: int


def field_axes(words: Words) -> FieldAxes:
    """Return the axes of the field of arrows, with a number at each row and column."""
    digits = formats.Numbers(words["number"]).digits
    across = np.unique(POINTS[:, 0])
    up = np.unique(POINTS[:, 1])
    right = SQUARE * len(across)
    bottom = SQUARE * len(up)
    below = bottom + 26
    numbers = []
    for k, value in enumerate(across):
        x = SQUARE * k + SQUARE // 2
        numbers.append((x, below, digits(value, 6)))
    for k, value in enumerate(up):
        middle = SQUARE * (len(up) - k) - SQUARE // 2
        numbers.append((-20, middle + 6, digits(value, 6)))
    return FieldAxes(
        width=right + 85,
        height=bottom + 80,
        right=right + 20,
        bottom=bottom,
        numbers=numbers,
        name_x=right + 8,
        name_y=below,
        points_across=len(across),
    )


def run_views(spelling: str, runs: Mapping[str, Run], words: Words) -> list[RunView]:
    """Return what is shown of the runs of a function, by layout."""
    slopes = [abs(step.slope) for run in runs.values() for step in run.steps]
    longest = max(slopes) or 1.0
    return [
        _run_view(run, longest, RunWriter(run, spelling, words))
        for run in runs.values()
    ]


def _run_view(run: Run, longest: float, writer: RunWriter) -> RunView:
    layout = run.layout.value
    points = range(len(run.points))
    stills = [*STILLS[layout], run.steps[-1].number]
    return RunView(
        layout=layout,
        role="buggy" if layout == "columns" else "correct",
        stills=[run.frame(number) for number in stills],
        shapes=[_arrow_shape(run, point, longest) for point in points],
        steps=[writer.step_texts(step) for step in run.steps],
        arrows=[writer.arrow_texts(point) for point in points],
        entries_across=len(run.row(0)),
    )


def _arrow_shape(run: Run, point: int, longest: float) -> ArrowShape:
    """Place the arrow of a point: the longest slope of all runs is `longest`."""
    first, second = run.arrow(point)
    columns, rows = run.points[point] - run.points[0]
    rows_in_all = len(np.unique(run.points[:, 1]))
    x = SQUARE * columns + SQUARE / 2
    y = SQUARE * (rows_in_all - rows) - SQUARE / 2  # upwards, as in a plot
    dx = LONGEST_ARROW * first.slope / longest
    dy = -LONGEST_ARROW * second.slope / longest
    return ArrowShape(x, y, half=round(dx, 1), path=_arrow_path(x, y, dx, dy))


def _arrow_path(x: float, y: float, dx: float, dy: float) -> str:
    """Draw an arrow with its head, from its point."""
    length = (dx * dx + dy * dy) ** 0.5
    if not length:
        return ""
    # Along the arrow; and from its tip back to either end of the head.
    ux, uy = HEAD * dx / length, HEAD * dy / length
    left = (-ux - uy / 2, -uy + ux / 2)
    right = (-ux + uy / 2, -uy - ux / 2)
    to_tip = (-left[0], -left[1])
    steps = [("l", (dx, dy)), ("m", left), ("l", to_tip), ("l", right)]
    parts = [f"{command}{_tenths(a)} {_tenths(b)}" for command, (a, b) in steps]
    return f"M{x} {y}{''.join(parts)}"


def _tenths(value: float) -> float:
    return round(value, 1) + 0.0  # no minus zero
