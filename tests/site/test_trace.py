"""The routine, step by step: every number, word and arrow is that of a run of our own.

Which run that is, `reading/trace.py` says.
"""

import re

import pytest
from oracle import H, sources
from reading.numbers import as_needed, point
from reading.pages import one, pages, table_of, text, with_class
from reading.sentences import CALLS, LABELS, NAMES_OF_CALLS
from reading.trace import (
    FUNCTION,
    LONGEST,
    POINTS,
    READ_ENTRIES,
    RUNS,
    UNIT,
    at_its_own_point,
)
from reading.words import said, word

WITH_A_TRACE = [url for url, source in sources().items() if "{{ trace(" in source.text]

ROLE_OF = {"columns": "buggy", "rows": "correct"}
HEADS_OF_STEPS = ("step", "row", "moved_entry", "ahead", "behind", "slope", "sentence")
HEADS_OF_ARROWS = ("point", "row", "arrow", "exact", "sentence")
STEPS_OF_THE_STRIP = {"columns": (0, 2, 11), "rows": (0, 1, 11)}
CELL = 100  # from point to point
LAST = 11  # the step that is shown first


# Words


def asked(x):
    """What f was asked: 1.0001 * 2 = 2.0002."""
    first, second = as_needed(x[0], 9), as_needed(x[1], 9)
    return f"{first} * {second} = {as_needed(FUNCTION.f(x), 9)}"


def slope_in_words(step):
    rise, slope = as_needed(step.difference, 4), as_needed(step.slope)
    return said("trace.difference", rise=rise, slope=slope)


def row_in_words(*rows):
    if len(rows) == 1:
        return said("trace.row_of", row=rows[0])
    return said("trace.rows_of", first=rows[0], second=rows[1])


def points_in_words(*points):
    """One point, or two: there are never more that f has read for one arrow."""
    if len(points) == 1:
        return said("trace.points.one", point=point(POINTS[points[0]]))
    return said("trace.points.some", points=both(*(point(POINTS[k]) for k in points)))


def both(first, second):
    return f"{first}{word('list.and')}{second}"


def sentence(layout, at):
    """What is said of a step: its number, x, what f reads, and what moving does."""
    steps = RUNS[layout]
    step = steps[at]
    number = said("trace.count", step=at + 1, steps=len(steps))
    told = [number, x_in_words(layout, step), reads_in_words(layout, step)]
    change = "changed" if step.slope else "unchanged"
    truth = "right" if step.is_right else "wrong"
    moving = said(
        f"trace.moving.{change}_{truth}",
        entry=step.entry,
        slope=as_needed(step.slope),
        exact=as_needed(step.exact),
    )
    told.append(moving)
    if at + 1 == len(steps):
        told.append(result(layout))
    return " ".join(told)


def x_in_words(layout, step):
    if layout == "rows":
        return said("trace.x.rows", row=step.row, point=point(POINTS[step.point]))
    of_coordinate = word("trace.x.columns")[step.row]
    return of_coordinate.format(row=step.row, points=len(POINTS))


def reads_in_words(layout, step):
    first, second = (
        s for s in RUNS[layout] if s.row == step.row and s.entry in READ_ENTRIES
    )
    values = both(*(as_needed(POINTS[s.point][s.coordinate]) for s in (first, second)))
    points = points_in_words(first.point, second.point)
    return said(f"trace.reads.{layout}", values=values, points=points)


def result(layout):
    """What is said when the array is full."""
    pairs = [at_its_own_point(RUNS[layout], k) for k in range(len(POINTS))]
    right = sum(all(step.is_right for step in pair) for pair in pairs)
    zero = sum(not any(step.slope for step in pair) for pair in pairs)
    form = {len(POINTS): "end_right", 0: "end_none"}.get(right, "end")
    return said(f"trace.{form}", points=len(POINTS), right=right, zero=zero)


def arrow_in_words(layout, k):
    """What is said of the arrow at a point: what it was made from, and what it should be."""
    steps = RUNS[layout]
    pair = at_its_own_point(steps, k)
    rows = {step.row for step in pair}
    read = sorted({s.point for s in steps if s.row in rows and s.entry in READ_ENTRIES})
    is_right = all(step.is_right for step in pair)
    exact = point([step.exact for step in pair])
    step = steps.index(pair[1]) + 1
    made = said(
        "trace.arrow_computed" if k in read else "trace.arrow_computed_foreign",
        point=point(POINTS[k]),
        arrow=point([step.slope for step in pair]),
        points=points_in_words(*read),
    )
    judged = (
        word("trace.arrow_right")
        if is_right
        else said("trace.arrow_wrong", exact=exact)
    )
    return f"{made} {judged} {said('trace.completed', step=step, steps=len(steps))}"


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
    return one(figure, f"./form/div[@data-layout='{layout}']")


def test_each_run_stands_under_the_call_of_its_layout(figure, shown, layout):
    role = ROLE_OF[layout]
    assert shown.get("class") == f"run {layout} {role}"
    assert text(one(shown, "./p[@class='label']")) == LABELS[role]
    assert text(one(shown, "./code[@class='call']")) == CALLS[role]
    choice = one(figure, f".//label[input[@value='{layout}']]")
    assert text(choice) == NAMES_OF_CALLS[role]


def test_the_table_of_steps_is_the_run_under_its_heads(shown, layout):
    steps, _ = shown.xpath(".//details//table")
    heads, *rows = table_of(steps)
    assert heads == [word(f"trace.{name}") for name in HEADS_OF_STEPS]
    for at, (step, row) in enumerate(zip(RUNS[layout], rows, strict=True)):
        assert row == [
            str(at + 1),
            row_in_words(step.row),
            f"x[{step.entry}]",
            asked(step.ahead),
            asked(step.behind),
            slope_in_words(step),
            sentence(layout, at),
        ]


def test_the_table_of_arrows_is_the_result_under_its_heads(shown, layout):
    _, arrows = shown.xpath(".//details//table")
    heads, *rows = table_of(arrows)
    assert heads == [word(f"trace.{name}") for name in HEADS_OF_ARROWS]
    for k, row in enumerate(rows):
        pair = at_its_own_point(RUNS[layout], k)
        of = sorted({step.row for step in pair})
        assert row == [
            point(POINTS[k]),
            row_in_words(*of),
            point([step.slope for step in pair]),
            point([step.exact for step in pair]),
            arrow_in_words(layout, k),
        ]
    assert len(rows) == len(POINTS)


def frames(shown, layout):
    """Each drawn state with its step: the one that a script moves on, and those of the strip."""
    yield LAST, one(shown, "./div[contains(@class, 'live')]")
    strip = with_class(shown, "strip")[0].findall("figure")
    for at, still in zip(STEPS_OF_THE_STRIP[layout], strip, strict=True):
        yield at, one(still, "./div[@class='frame']")


def test_the_facts_of_a_frame_are_those_of_its_step(shown, layout):
    for at, frame in frames(shown, layout):
        step = RUNS[layout][at]
        facts = [text(fact) for fact in frame.find("dl")]
        assert facts[:10] == [
            word("trace.row"), row_in_words(step.row),
            word("trace.shape"), str(step.ahead.shape),
            word("trace.ahead"), asked(step.ahead),
            word("trace.behind"), asked(step.behind),
            word("trace.slope"), slope_in_words(step),
        ]  # fmt: skip


def test_the_words_of_a_still_are_those_of_its_step(figure, shown, layout):
    captions = with_class(shown, "strip")[0].findall("figure/figcaption")
    for at, caption in zip(STEPS_OF_THE_STRIP[layout], captions, strict=True):
        assert text(caption) == sentence(layout, at)
    assert text(with_class(figure, "step-sentence")[0]) == sentence("columns", LAST)


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
            assert [text(name) for group in names for name in group] == word(
                "trace.coordinates"
            )


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
        assert list(labels) == ["1", "2", "3", "4", "5", "x0", "x1"]
        assert [labels[n][0] for n in ("1", "2", "3")] == [50, 150, 250]
        assert labels["5"][1] < labels["4"][1] < labels["1"][1] == labels["x0"][1]
        assert labels["x1"][1] < labels["5"][1]
        assert labels["x1"][0] < 0


def test_what_is_below_says_how_many_steps_are_shown_and_what_the_marks_mean(figure):
    caption = text(one(figure, "./figcaption"))
    shown, steps = len(STEPS_OF_THE_STRIP["rows"]), len(RUNS["rows"])
    assert said("trace.still", shown=shown, steps=steps) in caption
    key = [text(item) for item in with_class(figure, "key")[0]]
    meanings = [said(f"trace.key.{name}", h=as_needed(H)) for name in word("trace.key")]
    assert key == [" ".join(meaning.split()) for meaning in meanings]


def test_one_script_more_is_loaded_by_the_pages_with_a_trace_alone(built):
    loaded = {True: [], False: []}
    for document in pages(built.site).values():
        scripts = {script.get("src") for script in document.xpath("//script[@src]")}
        names = {address.rpartition("/")[-1] for address in scripts}
        loaded[bool(with_class(document, "trace"))].append(names)
    assert len(loaded[True]) >= len(WITH_A_TRACE)
    assert len(set.intersection(*loaded[True]) - set.union(*loaded[False])) == 1
