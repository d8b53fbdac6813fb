"""The routine, step by step: every number, word and arrow is that of a run of our own.

The product is followed over six points, the first coordinates 1 to 3, the second 4 and 5. It
reads the first two numbers of whatever it gets, and nothing else.
"""

import re
from dataclasses import dataclass

import numpy as np
import pytest
from oracle import H, functions, sources
from reading.pages import one, pages, text, with_class

from tests.site.number_words import as_needed, point
from tests.site.sentences import CALLS, LABELS

POINTS = np.array(
    [[1.0, 4.0], [2.0, 4.0], [3.0, 4.0], [1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]
)
FUNCTION = functions()["product"]
READ_ENTRIES = (0, 1)
WITH_A_TRACE = [url for url, source in sources().items() if "{{ trace(" in source.text]

ROLE_OF = {"columns": "buggy", "rows": "correct"}
HEADS_OF_STEPS = ["Step", "x", "Moved", "f(x + h)", "f(x − h)", "slope", "In words"]
HEADS_OF_ARROWS = ["Point", "x", "Arrow", "Correct arrow", "In words"]
STEPS_OF_THE_STRIP = {"columns": (0, 2, 11), "rows": (0, 1, 11)}
UNIT = 70  # how long the largest slope of both runs is drawn
CELL = 100  # from point to point


@dataclass(frozen=True, eq=False)
class Step:
    """One number moved ahead and back: x[entry] of the row of X that f gets."""

    row: int
    entry: int
    point: int
    coordinate: int
    ahead: np.ndarray
    behind: np.ndarray

    @property
    def difference(self):
        return FUNCTION.f(self.ahead) - FUNCTION.f(self.behind)

    @property
    def slope(self):
        return self.difference / (2 * H)

    @property
    def exact(self):
        return POINTS[self.point][1 - self.coordinate]

    @property
    def is_right(self):
        return abs(self.slope - self.exact) < 1e-6


def run(layout):
    """The steps of the routine in their order."""
    X = POINTS if layout == "rows" else POINTS.T
    steps = []
    for row, entry in np.ndindex(X.shape):
        ahead, behind = X[row].copy(), X[row].copy()
        ahead[entry] += H
        behind[entry] -= H
        place = (row, entry) if layout == "rows" else (entry, row)
        steps.append(Step(row, entry, *place, ahead, behind))
    return steps


RUNS = {layout: run(layout) for layout in ("columns", "rows")}
LONGEST = max(abs(step.slope) for steps in RUNS.values() for step in steps)


def at_its_own_point(steps, k):
    """Both steps that make the arrow of a point, the one along x₀ first."""
    return sorted((s for s in steps if s.point == k), key=lambda step: step.coordinate)


# Words


def asked(x):
    """What f was asked: 1.0001 * 2 = 2.0002."""
    first, second = as_needed(x[0], 9), as_needed(x[1], 9)
    return f"{first} * {second} = {as_needed(FUNCTION.f(x), 9)}"


def slope_in_words(step):
    return f"{as_needed(step.difference, 4)} / 2h = {as_needed(step.slope)}"


def sentence(layout, at):
    """What is said of a step."""
    steps = RUNS[layout]
    step = steps[at]
    said = [f"Step {at + 1} of {len(steps)}:"]
    first, second = (s for s in steps if s.row == step.row and s.entry in READ_ENTRIES)
    numbers = [as_needed(POINTS[s.point][s.coordinate]) for s in (first, second)]
    read = " and ".join(numbers)
    if layout == "columns":
        which = ("first", "second")[step.row]
        said.append(
            f"x is row {step.row}, the {which} coordinates of all {len(POINTS)} points."
        )
        belong = f"{point(POINTS[first.point])} and {point(POINTS[second.point])}"
        said.append(f"f reads {read}, which belong to the points {belong}.")
    else:
        own = point(POINTS[step.point])
        said.append(f"x is row {step.row}, both coordinates of one point, {own}.")
        said.append(f"f reads {read}.")
    moved = f"Moving x[{step.entry}]"
    if step.slope:
        said.append(f"{moved} gives the slope {as_needed(step.slope)}")
    else:
        said.append(f"{moved} changes nothing: the slope is 0")
    said[-1] += (
        ", as it should be."
        if step.is_right
        else f". It should be {as_needed(step.exact)}."
    )
    if at + 1 == len(steps):
        said.append(result(layout))
    return " ".join(said)


def result(layout):
    """What is said when the array is full."""
    pairs = [at_its_own_point(RUNS[layout], k) for k in range(len(POINTS))]
    right = sum(all(step.is_right for step in pair) for pair in pairs)
    of_length_zero = sum(not any(step.slope for step in pair) for pair in pairs)
    if right == len(POINTS):
        return f"The array is full. All {right} arrows are right."
    assert right == 0
    return (
        f"The array is full. No arrow is right, and {of_length_zero} have length zero."
    )


def arrow_in_words(layout, k):
    """What is said of the arrow at a point: what it was made from, and what it should be."""
    steps = RUNS[layout]
    pair = at_its_own_point(steps, k)
    rows = {step.row for step in pair}
    read = sorted({s.point for s in steps if s.row in rows and s.entry in READ_ENTRIES})
    named = " and ".join(point(POINTS[other]) for other in read)
    arrow = point([step.slope for step in pair])
    said = f"The arrow at {point(POINTS[k])} is {arrow}. To compute it, f read the numbers of "
    said += f"the point{'s' if len(read) > 1 else ''} {named}"
    said += "." if k in read else f", but not those of {point(POINTS[k])}."
    if all(step.is_right for step in pair):
        said += " It is right."
    else:
        said += f" It should be {point([step.exact for step in pair])}."
    return f"{said} Step {steps.index(pair[1]) + 1} of {len(steps)} completed it."


# Reading


@pytest.fixture(scope="module", params=WITH_A_TRACE)
def figure(built, request):
    """The step-by-step run on a page."""
    assert '{{ trace("product") }}' in sources()[request.param].text
    (found,) = with_class(pages(built.site)[request.param], "trace")
    return found


@pytest.fixture(params=RUNS)
def layout(request):
    return request.param


@pytest.fixture
def shown(figure, layout):
    """The part of the figure that shows a layout."""
    return one(figure, f"./div[@data-layout='{layout}']")


def cells(table):
    return [[text(cell) for cell in row] for row in table.iter("tr")]


def test_each_run_stands_under_the_call_of_its_layout(figure, shown, layout):
    role = ROLE_OF[layout]
    assert shown.get("class") == f"run {layout} {role}"
    assert text(one(shown, "./p[@class='label']")) == LABELS[role]
    assert text(one(shown, "./code[@class='call']")) == CALLS[role]
    choice = one(figure, f".//label[input[@value='{layout}']]")
    assert text(choice) == LABELS[role][2:]


def test_the_table_of_steps_is_the_run_under_its_heads(shown, layout):
    steps, _ = shown.xpath(".//details//table")
    heads, *rows = cells(steps)
    assert heads == HEADS_OF_STEPS
    for at, (step, row) in enumerate(zip(RUNS[layout], rows, strict=True)):
        assert row == [
            str(at + 1),
            f"row {step.row}",
            f"x[{step.entry}]",
            asked(step.ahead),
            asked(step.behind),
            slope_in_words(step),
            sentence(layout, at),
        ]


def test_the_table_of_arrows_is_the_result_under_its_heads(shown, layout):
    _, arrows = shown.xpath(".//details//table")
    heads, *rows = cells(arrows)
    assert heads == HEADS_OF_ARROWS
    for k, row in enumerate(rows):
        pair = at_its_own_point(RUNS[layout], k)
        of = sorted({step.row for step in pair})
        named = f"row {of[0]}" if len(of) == 1 else f"rows {of[0]} and {of[1]}"
        assert row == [
            point(POINTS[k]),
            named,
            point([step.slope for step in pair]),
            point([step.exact for step in pair]),
            arrow_in_words(layout, k),
        ]
    assert len(rows) == len(POINTS)


def frames(shown, layout):
    """Each drawn state with its step: the one that a script moves on, and those of the strip."""
    yield 0, one(shown, "./div[contains(@class, 'live')]")
    strip = with_class(shown, "strip")[0].findall("figure")
    for at, still in zip(STEPS_OF_THE_STRIP[layout], strip, strict=True):
        yield at, one(still, "./div[@class='frame']")


def test_the_facts_of_a_frame_are_those_of_its_step(shown, layout):
    for at, frame in frames(shown, layout):
        step = RUNS[layout][at]
        facts = [text(fact) for fact in frame.find("dl")]
        assert facts[:10] == [
            "x", f"row {step.row}",
            "x.shape", str(step.ahead.shape),
            "f(x + h)", asked(step.ahead),
            "f(x − h)", asked(step.behind),
            "slope", slope_in_words(step),
        ]  # fmt: skip


def test_the_words_of_a_still_are_those_of_its_step(figure, shown, layout):
    captions = with_class(shown, "strip")[0].findall("figure/figcaption")
    for at, caption in zip(STEPS_OF_THE_STRIP[layout], captions, strict=True):
        assert text(caption) == sentence(layout, at)
    assert text(with_class(figure, "step-sentence")[0]) == sentence("columns", 0)


def test_the_cells_hold_the_numbers_of_their_points_and_their_state(shown, layout):
    """What f gets, and the gradient so far: what is to come is marked as later."""
    steps = RUNS[layout]
    for at, frame in frames(shown, layout):
        for role in ("given", "written"):
            (block,) = with_class(frame, role)
            found = with_class(block, "cell")
            for k, (step, cell) in enumerate(zip(steps, found, strict=True)):
                number = (
                    POINTS[step.point][step.coordinate]
                    if role == "given"
                    else step.slope
                )
                assert text(one(cell, "./span[not(@class)]")) == as_needed(number)
                state = {"cell"}
                if k >= at:
                    state.add("moved" if k == at else "later")
                if role == "given" and step.entry in READ_ENTRIES:
                    state.add("read")
                assert set(cell.get("class").split()) == state
                assert cell.get("data-point") == str(step.point)
            rows = with_class(block, "row")
            assert ["hand" in row.get("class") for row in rows] == [
                k == steps[at].row for k in range(len(rows))
            ]


def test_the_names_of_the_coordinates_stand_where_they_run(shown, layout):
    """Before each row, or above each column."""
    for _, frame in frames(shown, layout):
        for role in ("given", "written"):
            (block,) = with_class(frame, role)
            inside = "row" if layout == "columns" else "names"
            names = [name.xpath("./i") for name in with_class(block, inside)]
            assert [text(name) for group in names for name in group] == ["x₀", "x₁"]


def test_each_arrow_stands_at_its_point_and_is_drawn_as_long_as_it_is(shown, layout):
    steps = RUNS[layout]
    for at, frame in frames(shown, layout):
        drawn = frame.xpath(".//svg/g")
        for k, arrow in enumerate(drawn):
            along, up = at_its_own_point(steps, k)
            base = one(arrow, "./circle[@class='base']")
            place = [(POINTS[k][0] - 0.5) * CELL, (5.5 - POINTS[k][1]) * CELL]
            assert [float(base.get("cx")), float(base.get("cy"))] == place

            state = {"arrow"}
            state |= {"part"} if steps.index(along) <= at else set()
            state |= {"whole"} if steps.index(up) <= at else set()
            assert set(arrow.get("class").split()) == state

            full = one(arrow, "./*[@class='full']")
            if not along.slope and not up.slope:
                assert full.tag == "circle"
                continue
            numbers = [
                float(n)
                for n in re.findall(r"-?[\d.]+", full.get("d").partition("m")[0])
            ]
            tip = [UNIT * along.slope / LONGEST, -UNIT * up.slope / LONGEST]
            assert numbers == pytest.approx([*place, *tip], abs=0.06)
        assert len(drawn) == len(POINTS)


def test_the_numbers_along_the_axes_of_the_arrows_are_those_of_the_points(
    shown, layout
):
    for _, frame in frames(shown, layout):
        labels = {}
        for label in frame.iter("text"):
            labels[label.text] = (float(label.get("x")), float(label.get("y")))
        assert list(labels) == ["1", "2", "3", "4", "5", "x₀", "x₁"]
        assert [labels[n][0] for n in ("1", "2", "3")] == [50, 150, 250]
        assert labels["5"][1] < labels["4"][1] < labels["1"][1] == labels["x₀"][1]
        assert labels["x₁"][1] < labels["5"][1]
        assert labels["x₁"][0] < 0


def test_what_is_below_says_how_many_steps_are_shown(figure):
    caption = text(one(figure, "./figcaption"))
    shown = len(STEPS_OF_THE_STRIP["rows"])
    assert f"{shown} of the {len(RUNS['rows'])} steps of each call" in caption
    assert f"the number that moves, by h = {as_needed(H)}, and its slope" in caption
