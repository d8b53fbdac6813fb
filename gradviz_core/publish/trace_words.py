"""Trace words: what is said of a run of the routine, of each step and of each arrow.

The sentences stand in the words of a language, under `[trace]`. Here is decided which
of them hold, and what their holes are filled with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.numerics.trace import Run, Step
from gradviz_core.registry import formats
from gradviz_core.registry.words import Words


@dataclass(frozen=True)
class StepTexts:
    """A line of the table of all steps."""

    row: str
    entry: int
    ahead: str
    behind: str
    slope: str
    sentence: str


@dataclass(frozen=True)
class ArrowTexts:
    """A line of the table of all arrows."""

    point: str
    rows: str
    slopes: str
    exact: str
    sentence: str


class RunWriter:
    """Writes what is said of one run, in one language."""

    def __init__(self, run: Run, spelling: str, words: Words) -> None:
        self.run = run
        self.spelling = spelling
        self.words = words["trace"]
        self.list_words = words["list"]
        self.numbers = formats.Numbers(words["number"])

    # A step.

    def step_texts(self, step: Step) -> StepTexts:
        """Write what f was asked at a step, what it gave, and what that means."""
        rise = self.numbers.digits(step.ahead[1] - step.behind[1], 4)
        slope = self.numbers.slope(step.slope)
        return StepTexts(
            row=self.words["row_of"].format(row=step.row),
            entry=step.entry,
            ahead=self._call(*step.ahead),
            behind=self._call(*step.behind),
            slope=self.words["difference"].format(rise=rise, slope=slope),
            sentence="\n".join(self._step_sentences(step)),
        )

    def _call(self, x: Any, value: float) -> str:
        """What f computed: the numbers of x in its spelling, and the result."""
        text = self.numbers.spelt(self.spelling, x)
        result = self.numbers.digits(value)
        return result if text == self.spelling else f"{text} = {result}"

    def _step_sentences(self, step: Step) -> list[str]:
        steps = self.run.steps
        sentences = [
            self.words["count"].format(step=step.number + 1, steps=len(steps)),
            self._sentence_about_x(step),
            self._sentence_about_reading(step),
            self._sentence_about_moving(step),
        ]
        if step is steps[-1]:
            sentences.append(self._last_sentence())
        return sentences

    def _sentence_about_x(self, step: Step) -> str:
        """Say which row f gets."""
        layout = self.run.layout.value
        sentence = self.words["x"][layout]
        if layout == "columns":
            sentence = sentence[step.coordinate]
        point = self.numbers.vector(self.run.points[step.point])
        points = len(self.run.points)
        return str(sentence.format(row=step.row, points=points, point=point))

    def _sentence_about_reading(self, step: Step) -> str:
        """Say which numbers of its row f reads, and whose they are."""
        read = self.run.read_in(step.row)
        # A row of two numbers is one point, whose numbers are named one by one.
        entries = len(self.run.row(step.row))
        is_all_of_many = len(read) == entries > 2
        form = "all" if is_all_of_many else self.run.layout.value
        values = [self.numbers.digits(other.value, 6) for other in read]
        points = self._points([other.point for other in read])
        sentence = self.words["reads"][form]
        return str(sentence.format(values=self._listed(values), points=points))

    def _sentence_about_moving(self, step: Step) -> str:
        """Say which slope comes of moving an entry, and whether it is right."""
        change = "changed" if step.slope else "unchanged"
        judgement = "right" if step.is_right else "wrong"
        sentence = self.words["moving"][f"{change}_{judgement}"]
        slope = self.numbers.slope(step.slope)
        exact = self.numbers.slope(step.exact)
        return str(sentence.format(entry=step.entry, slope=slope, exact=exact))

    def _last_sentence(self) -> str:
        """Say what became of all arrows."""
        points = len(self.run.points)
        arrows = [self.run.arrow(point) for point in range(points)]
        right = sum(all(step.is_right for step in arrow) for arrow in arrows)
        zero = sum(all(step.slope == 0 for step in arrow) for arrow in arrows)
        form = "end"
        if right == points:
            form = "end_right"
        elif right == 0:
            form = "end_none"
        return str(self.words[form].format(points=points, right=right, zero=zero))

    # An arrow.

    def arrow_texts(self, point: int) -> ArrowTexts:
        """Write what an arrow is, what it should be, and how it was made."""
        arrow = self.run.arrow(point)
        return ArrowTexts(
            point=self.numbers.vector(self.run.points[point]),
            rows=self._rows([step.row for step in arrow]),
            slopes=self.numbers.vector(step.slope for step in arrow),
            exact=self.numbers.vector(step.exact for step in arrow),
            sentence="\n".join(self._arrow_sentences(point, arrow)),
        )

    def _rows(self, rows: Sequence[int]) -> str:
        first, second = rows
        if first == second:
            return str(self.words["row_of"].format(row=first))
        return str(self.words["rows_of"].format(first=first, second=second))

    def _arrow_sentences(self, point: int, arrow: Sequence[Step]) -> list[str]:
        """Say what an arrow is computed from, whether it is right, and when."""
        words = self.words
        read = [other for step in arrow for other in self.run.read_in(step.row)]
        sources = sorted({step.point for step in read})
        is_foreign = point not in sources
        key = "arrow_computed_foreign" if is_foreign else "arrow_computed"
        origin = words[key].format(
            point=self.numbers.vector(self.run.points[point]),
            arrow=self.numbers.vector(step.slope for step in arrow),
            points=self._points(sources),
        )
        judgement = words["arrow_right"]
        if not all(step.is_right for step in arrow):
            exact = self.numbers.vector(step.exact for step in arrow)
            judgement = words["arrow_wrong"].format(exact=exact)
        completion = words["completed"].format(
            step=arrow[-1].number + 1, steps=len(self.run.steps)
        )
        return [origin, judgement, completion]

    # Within a sentence.

    def _points(self, points: Sequence[int]) -> str:
        """Name some of the points, or say that it is all of them."""
        coordinates = [self.run.points[point] for point in dict.fromkeys(points)]
        names = self.words["points"]
        if len(coordinates) == len(self.run.points):
            return str(names["all"].format(number=len(coordinates)))
        vectors = [self.numbers.vector(point) for point in coordinates]
        if len(vectors) == 1:
            return str(names["one"].format(point=vectors[0]))
        return str(names["some"].format(points=self._listed(vectors)))

    def _listed(self, texts: Sequence[str]) -> str:
        return formats.listed(texts, self.list_words)
