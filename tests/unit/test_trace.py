"""The trace: every step of the routine over six points, as f saw it."""

import numpy as np
import oracle
import pytest
from reading.words import said, words

from gradviz_core import FUNCTIONS, Layout, parse_spelling
from gradviz_core.numerics.trace import POINTS, trace
from gradviz_core.publish.trace_words import RunWriter

PRODUCT = parse_spelling("x[0] * x[1]")


def passed_in(layout):
    """The array that the routine is handed."""
    return POINTS.T if layout is Layout.COLUMNS else POINTS


def arrows_of(run):
    """The arrows of a trace, one row a point."""
    arrows = np.full(POINTS.shape, np.nan)
    for step in run.steps:
        arrows[step.point, step.coordinate] = step.slope
    return arrows


def test_each_number_tells_which_coordinate_it_is():
    assert POINTS.tolist() == [[1, 4], [2, 4], [3, 4], [1, 5], [2, 5], [3, 5]]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_trace_is_the_run_of_the_routine(name, layout):
    f = oracle.functions()[name].f
    X = passed_in(layout)
    steps = trace(parse_spelling(FUNCTIONS[name].spelling), layout).steps
    assert [(step.row, step.entry) for step in steps] == list(np.ndindex(X.shape))
    assert [step.slope for step in steps] == oracle.routine(f, X).ravel().tolist()
    for step in steps:
        for (x, value), h in ((step.ahead, 1e-4), (step.behind, -1e-4)):
            moved = X[step.row].copy()
            moved[step.entry] += h
            assert x.tolist() == moved.tolist()
            assert value == f(moved)
        assert POINTS[step.point, step.coordinate] == X[step.row, step.entry]


@pytest.mark.parametrize("layout", Layout)
def test_a_step_knows_the_slope_that_it_should_have_found(layout):
    for step in trace(PRODUCT, layout).steps:
        assert step.exact == POINTS[step.point, 1 - step.coordinate]


def test_the_product_of_coordinates_as_rows_by_hand():
    """Row 0 is [1, 2, 3, 1, 2, 3] and row 1 [4, 4, 4, 5, 5, 5]; f multiplies two of each."""
    run = trace(PRODUCT, Layout.COLUMNS)
    arrows = arrows_of(run)
    assert arrows.round(6).tolist() == [[2, 4], [1, 4], [0, 0], [0, 0], [0, 0], [0, 0]]
    assert not arrows[2:].any()
    assert [step.point for step in run.steps] == [0, 1, 2, 3, 4, 5] * 2
    assert [step.coordinate for step in run.steps] == [0] * 6 + [1] * 6


def test_the_product_of_points_as_rows_by_hand():
    run = trace(PRODUCT, Layout.ROWS)
    arrows = arrows_of(run)
    assert arrows.round(6).tolist() == [[4, 1], [4, 2], [4, 3], [5, 1], [5, 2], [5, 3]]
    assert [step.coordinate for step in run.steps] == [0, 1] * 6


@pytest.mark.parametrize("layout", Layout)
def test_the_steps_stay_what_they_were_when_the_routine_has_gone_on(layout):
    """The routine hands out views; a trace that kept them would hold numbers put back."""
    steps = trace(PRODUCT, layout).steps
    seen = {tuple(x) for step in steps for x, _ in (step.ahead, step.behind)}
    assert len(seen) == 2 * len(steps) == 24


@pytest.mark.parametrize(
    ("spelling", "rows", "columns"),
    [
        ("x[0] * x[1]", {0, 1}, {0, 1}),
        ("x[-2] * x[-1]", {0, 1}, {4, 5}),
        ("np.exp(x[0]) + 0 * x[-1]", {0, 1}, {0, 5}),
        ("3 * x[0]", {0}, {0}),
        ("np.sum(x**2)", {0, 1}, {0, 1, 2, 3, 4, 5}),
        ("np.max(x) - x[0]", {0, 1}, {0, 1, 2, 3, 4, 5}),
        ("x[ 0 ] * x [1] + 3 * len(x)", {0, 1}, {0, 1}),
    ],
)
def test_what_f_reads_of_a_row(spelling, rows, columns):
    f = parse_spelling(spelling)
    assert trace(f, Layout.ROWS).reads == rows
    assert trace(f, Layout.COLUMNS).reads == columns


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_what_f_reads_changes_it(name, layout):
    run = trace(parse_spelling(FUNCTIONS[name].spelling), layout)
    for step in run.steps:
        assert step.entry in run.reads or step.slope == 0


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_slope_of_the_correct_call_is_right(name):
    """Also those of Rosenbrock's valley, where slopes, and so the errors, are large."""
    steps = trace(parse_spelling(FUNCTIONS[name].spelling), Layout.ROWS).steps
    assert all(step.is_right for step in steps)


def test_slopes_of_the_call_without_transposes_are_wrong():
    assert not any(step.is_right for step in trace(PRODUCT, Layout.COLUMNS).steps)


def test_a_frame_is_what_stands_there_after_a_step():
    """After the third step of columns: [0, 2] is moved, and no arrow has both slopes."""
    frame = trace(PRODUCT, Layout.COLUMNS).frame(2)
    first, second = frame.rows
    assert [cell.value for cell in first] == [1, 2, 3, 1, 2, 3]
    assert [round(cell.slope, 6) for cell in first] == [2, 1, 0, 0, 0, 0]
    assert [cell.is_moved for cell in first].index(True) == 2
    assert [cell.is_later for cell in first] == [False] * 3 + [True] * 3
    assert all(cell.is_later and not cell.is_moved for cell in second)
    assert [cell.is_read for cell in second] == [True] * 2 + [False] * 4
    assert frame.slope_counts == [1, 1, 1, 0, 0, 0]
    last = trace(PRODUCT, Layout.COLUMNS).frame(11)
    assert last.slope_counts == [2] * 6


@pytest.mark.parametrize(
    ("spelling", "reads_all"),
    [("x[0] * x[1] * x[-1]", False), ("np.sum(x**2)", True)],
)
def test_f_is_said_to_read_all_of_x_only_where_it_does(spelling, reads_all):
    run = trace(parse_spelling(spelling), Layout.COLUMNS)
    texts = RunWriter(run, spelling, words()).step_texts(run.steps[0])
    assert (said("trace.reads.all") in texts.sentence) == reads_all


def test_an_arrow_is_right_at_the_end_only_if_both_its_slopes_are():
    run = trace(parse_spelling("x[0]"), Layout.COLUMNS)  # each has its 0 along x1
    texts = RunWriter(run, "x[0]", words()).step_texts(run.steps[-1])
    assert said("trace.end_none", zero=5) in texts.sentence
