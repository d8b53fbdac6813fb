"""Trace view: what the page shows of a run of the routine, step by step.

For each layout: two arrays of numbers and a field of arrows, as they stand after a
step; what f was asked there; a sentence for every step and every arrow. The template
shows these, and trace.js moves from one to the next.

Legend: a run is the list of steps in one layout; `at` is the number of the last step
that was taken, from 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradviz_core.numerics.trace import POINTS, Step
from gradviz_core.registry import formats

Words = Mapping[str, Any]

# Which steps of a run are shown where there is no script to go through all of them; the
# last one of the run follows. Of rows the second completes an arrow, of columns it
# needs the third to differ from the first.
STILLS = {"columns": (0, 2), "rows": (0, 1)}

# The drawing has a square of this size for each point.
SQUARE = 100
LONGEST_ARROW = 70
HEAD = 13  # from the tip of an arrow to the end of its head


@dataclass(frozen=True)
class Cell:
    """A number of an array."""

    text: str
    label: str  # which number it is
    point: int
    is_read: bool  # by f
    state: str  # "moved" at this step, "later" than it, or ""


@dataclass(frozen=True)
class Row:
    """A row of an array."""

    coordinate: str  # which coordinate it holds, if it is a row of coordinates
    is_x: bool  # f gets this row at this step
    cells: list[Cell]


@dataclass(frozen=True)
class Arrow:
    """An arrow of the field, drawn whole or half."""

    x: float
    y: float
    is_part: bool  # its first slope has been computed
    is_whole: bool
    half: float  # how far it goes to the right when it is half
    path: str  # the whole of it, "" if it has no length


@dataclass(frozen=True)
class Frame:
    """What stands there after a step."""

    given: list[Row]
    written: list[Row]
    arrows: list[Arrow]
    row: str
    shape: tuple[int, ...]
    ahead: str
    behind: str
    slope: str
    sentence: str


@dataclass(frozen=True)
class StepLine:
    """A step, as a line of the table of all steps."""

    row: str
    entry: int
    ahead: str
    behind: str
    slope: str
    sentence: str


@dataclass(frozen=True)
class ArrowLine:
    """An arrow, as a line of the table of all arrows."""

    point: str
    rows: str
    slopes: str
    exact: str
    sentence: str


@dataclass(frozen=True)
class RunView:
    """All that is shown of one layout."""

    layout: str
    role: str  # correct or buggy
    first: Frame
    stills: list[Frame]
    steps: list[StepLine]
    arrow_lines: list[ArrowLine]
    entries_across: int


@dataclass(frozen=True)
class Number:
    """A number along an axis of the field."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class FieldAxes:
    """The frame of the field, in the units of its drawing."""

    width: int
    height: int
    right: int  # where the axes end
    bottom: int
    numbers: list[Number]
    name_x: int  # where the name of the first coordinate stands
    name_y: int
    points_across: int


def field_axes(words: Words) -> FieldAxes:
    """Return the frame of the field of arrows, with a number at each row and column."""
    digits = formats.Numbers(words["number"]).digits
    across = np.unique(POINTS[:, 0])
    up = np.unique(POINTS[:, 1])
    right = SQUARE * len(across)
    bottom = SQUARE * len(up)
    below = bottom + 26
    numbers = []
    for k, value in enumerate(across):
        x = SQUARE * k + SQUARE // 2
        numbers.append(Number(x, below, digits(value, 6)))
    for k, value in enumerate(up):
        middle = SQUARE * (len(up) - k) - SQUARE // 2
        numbers.append(Number(-20, middle + 6, digits(value, 6)))
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


def run_views(
    spelling: str, runs: Mapping[str, list[Step]], words: Words
) -> list[RunView]:
    """Return what is shown of the runs of a function, by layout."""
    slopes = [abs(step.slope) for run in runs.values() for step in run]
    longest = max(slopes) or 1.0
    return [
        _RunViewer(spelling, layout, run, longest, words).view()
        for layout, run in runs.items()
    ]


class _RunViewer:
    """Makes the view of one run."""

    def __init__(
        self,
        spelling: str,
        layout: str,
        run: list[Step],
        longest: float,
        words: Words,
    ) -> None:
        self.spelling = spelling
        self.layout = layout
        self.run = run
        self.longest = longest
        self.words = words["trace"]
        self.all_words = words
        self.numbers = formats.Numbers(words["number"])
        self.high = len(np.unique(POINTS[:, 1]))
        # The two steps that make the arrow at a point, in the order of its coordinates.
        self.parts: dict[int, list[Step]] = {point: [] for point in range(len(POINTS))}
        for step in sorted(run, key=lambda step: step.coordinate):
            self.parts[step.point].append(step)

    def view(self) -> RunView:
        last = len(self.run) - 1
        return RunView(
            layout=self.layout,
            role="buggy" if self.layout == "columns" else "correct",
            first=self.frame(0),
            stills=[self.frame(at) for at in (*STILLS[self.layout], last)],
            steps=[self.step_line(at) for at in range(len(self.run))],
            arrow_lines=[self.arrow_line(point) for point in range(len(POINTS))],
            entries_across=self.run[-1].entry + 1,
        )

    # The picture.

    def frame(self, at: int) -> Frame:
        line = self.step_line(at)
        return Frame(
            given=self.rows(at, "given"),
            written=self.rows(at, "written"),
            arrows=[self.arrow(at, point) for point in range(len(POINTS))],
            row=line.row,
            shape=self.run[at].ahead[0].shape,
            ahead=line.ahead,
            behind=line.behind,
            slope=line.slope,
            sentence=line.sentence,
        )

    def rows(self, at: int, array: str) -> list[Row]:
        """The array that was given, or the one that is written, after a step."""
        rows: dict[int, list[Cell]] = {}
        for k, step in enumerate(self.run):
            rows.setdefault(step.row, []).append(self.cell(k, step, at, array))
        names = self.words["coordinates"]
        return [
            Row(
                coordinate=names[row] if self.layout == "columns" else "",
                is_x=row == self.run[at].row,
                cells=cells,
            )
            for row, cells in rows.items()
        ]

    def cell(self, k: int, step: Step, at: int, array: str) -> Cell:
        if array == "given":
            text = self.numbers.digits(POINTS[step.point][step.coordinate], 6)
        else:
            text = self.slope(step.slope)
        state = ""
        if k == at:
            state = "moved"
        elif k > at:
            state = "later"
        return Cell(
            text=text,
            label=self.words["cell"].format(row=step.row, entry=step.entry),
            point=step.point,
            is_read=array == "given" and step.entry in step.reads,
            state=state,
        )

    def arrow(self, at: int, point: int) -> Arrow:
        first, second = self.parts[point]
        x0, x1 = POINTS[point] - POINTS[0]
        x = SQUARE * x0 + SQUARE / 2
        y = SQUARE * (self.high - x1) - SQUARE / 2  # upwards, as in a plot
        dx = LONGEST_ARROW * first.slope / self.longest
        dy = -LONGEST_ARROW * second.slope / self.longest
        return Arrow(
            x=x,
            y=y,
            is_part=self.run.index(first) <= at,
            is_whole=self.run.index(second) <= at,
            half=round(dx, 1),
            path=_arrow_path(x, y, dx, dy),
        )

    # The tables.

    def step_line(self, at: int) -> StepLine:
        step = self.run[at]
        rise = self.numbers.digits(step.ahead[1] - step.behind[1], 4)
        slope = self.slope(step.slope)
        return StepLine(
            row=self.words["row_of"].format(row=step.row),
            entry=step.entry,
            ahead=self.call(*step.ahead),
            behind=self.call(*step.behind),
            slope=self.words["difference"].format(rise=rise, slope=slope),
            sentence=self.step_sentence(at),
        )

    def call(self, x: Any, value: float) -> str:
        """What f computed: the numbers of x in its spelling, and the result."""
        text = self.numbers.spelt(self.spelling, x)
        result = self.numbers.digits(value)
        return result if text == self.spelling else f"{text} = {result}"

    def arrow_line(self, point: int) -> ArrowLine:
        parts = self.parts[point]
        rows = list(dict.fromkeys(step.row for step in parts))
        name = "row_of" if len(rows) == 1 else "rows_of"
        terms = {"row": rows[0], "first": rows[0], "second": rows[-1]}
        return ArrowLine(
            point=self.numbers.vector(POINTS[point]),
            rows=self.words[name].format(**terms),
            slopes=self.numbers.vector(step.slope for step in parts),
            exact=self.numbers.vector(step.exact for step in parts),
            sentence=self.arrow_sentence(point),
        )

    # The sentences.

    def step_sentence(self, at: int) -> str:
        """Say which row f gets, what it reads of it, and what moving an entry does."""
        words = self.words
        step = self.run[at]
        x = words["x"][self.layout]
        if self.layout == "columns":
            x = x[step.coordinate]
        point = self.numbers.vector(POINTS[step.point])
        sentences = [
            words["count"].format(step=at + 1, steps=len(self.run)),
            x.format(row=step.row, points=len(POINTS), point=point),
            self.reads_sentence(step),
            self.moving_sentence(step),
        ]
        if at + 1 == len(self.run):
            sentences.append(self.end_sentence())
        return "\n".join(sentences)

    def reads_sentence(self, step: Step) -> str:
        read = [
            other
            for other in self.run
            if other.row == step.row and other.entry in step.reads
        ]
        values = [POINTS[other.point][other.coordinate] for other in read]
        name = "all" if len(read) > 2 else self.layout
        return str(
            self.words["reads"][name].format(
                values=self.listed([self.numbers.digits(value, 6) for value in values]),
                points=self.named([other.point for other in read]),
            )
        )

    def moving_sentence(self, step: Step) -> str:
        change = "changed" if step.slope else "unchanged"
        judgement = "right" if step.is_right else "wrong"
        return str(
            self.words["moving"][f"{change}_{judgement}"].format(
                entry=step.entry,
                slope=self.slope(step.slope),
                exact=self.slope(step.exact),
            )
        )

    def end_sentence(self) -> str:
        """Say what became of all arrows."""
        arrows = self.parts.values()
        right = sum(all(step.is_right for step in parts) for parts in arrows)
        zero = sum(all(step.slope == 0 for step in parts) for parts in arrows)
        name = "end"
        if right == len(POINTS):
            name = "end_right"
        elif right == 0:
            name = "end_none"
        return str(self.words[name].format(points=len(POINTS), right=right, zero=zero))

    def arrow_sentence(self, point: int) -> str:
        """Say of whose numbers an arrow was made, and whether it is right."""
        words = self.words
        parts = self.parts[point]
        rows = {step.row for step in parts}
        sources = {
            step.point
            for step in self.run
            if step.row in rows and step.entry in parts[0].reads
        }
        made = words["made" if point in sources else "made_foreign"].format(
            point=self.numbers.vector(POINTS[point]),
            arrow=self.numbers.vector(step.slope for step in parts),
            points=self.named(sorted(sources)),
        )
        if all(step.is_right for step in parts):
            judgement = words["made_right"]
        else:
            exact = self.numbers.vector(step.exact for step in parts)
            judgement = words["made_wrong"].format(exact=exact)
        completed = words["completed"].format(
            step=self.run.index(parts[1]) + 1, steps=len(self.run)
        )
        return f"{made}\n{judgement}\n{completed}"

    def named(self, points: Sequence[int]) -> str:
        """Name some of the points, or say that it is all of them."""
        points = list(dict.fromkeys(points))
        names = self.words["points"]
        if len(points) == len(POINTS):
            return str(names["all"].format(number=len(points)))
        vectors = [self.numbers.vector(POINTS[point]) for point in points]
        if len(points) == 1:
            return str(names["one"].format(point=vectors[0]))
        return str(names["some"].format(points=self.listed(vectors)))

    def listed(self, texts: Sequence[str]) -> str:
        return formats.listed(texts, self.all_words["list"])

    def slope(self, value: float) -> str:
        """Write a slope: of noise only the bound."""
        if value == 0 or abs(value) >= formats.NOISE:
            return self.numbers.digits(value, 6)
        return self.numbers.bound(value)


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
