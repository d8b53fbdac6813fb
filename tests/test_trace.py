"""The trace: every step of the routine over six points, and the page that tells it."""

import re

import numpy as np
import pytest

from gradviz_core import FUNCTIONS, parse_spelling
from gradviz_core.book import numerical_gradient
from gradviz_core.layout import Layout
from gradviz_core.publish import formats
from gradviz_core.trace import POINTS, trace

PRODUCT = parse_spelling("x[0] * x[1]")
PAGES = ("tutorial/routine/index.html", "errata/layout/index.html")


def field(steps):
    """The arrows of a trace, one row a point."""
    arrows = np.full(POINTS.shape, np.nan)
    for step in steps:
        arrows[step.point, step.coordinate] = step.slope
    return arrows


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_trace_is_the_run_of_the_exhibit_bit_for_bit(name, layout):
    f = parse_spelling(FUNCTIONS[name].spelling)
    passed = {Layout.ROWS: POINTS.copy(), Layout.COLUMNS: POINTS.T.copy()}[layout]
    result = numerical_gradient(f, passed)
    steps = trace(f, layout)
    assert [(step.row, step.entry) for step in steps] == list(np.ndindex(result.shape))
    assert [step.slope for step in steps] == result.ravel().tolist()
    for step in steps:
        for (x, value), sign in ((step.ahead, 1), (step.behind, -1)):
            moved = passed[step.row].copy()
            moved[step.entry] += sign * 1e-4
            assert x.tolist() == moved.tolist()
            assert value == f(moved)
        assert POINTS[step.point, step.coordinate] == passed[step.row, step.entry]
        assert step.exact == f.gradient(POINTS)[step.point, step.coordinate]


def test_the_product_of_coordinates_as_rows_by_hand():
    """Row 0 is [1, 2, 3, 1, 2, 3] and row 1 [4, 4, 4, 5, 5, 5]; f multiplies their first two."""
    arrows = field(trace(PRODUCT, Layout.COLUMNS))
    assert arrows.round(6).tolist() == [[2, 4], [1, 4], [0, 0], [0, 0], [0, 0], [0, 0]]
    assert not arrows[2:].any()


def test_the_product_of_points_as_rows_by_hand():
    arrows = field(trace(PRODUCT, Layout.ROWS))
    assert arrows.round(6).tolist() == [[4, 1], [4, 2], [4, 3], [5, 1], [5, 2], [5, 3]]


@pytest.mark.parametrize(("layout", "shape"), [(Layout.COLUMNS, (6,)), (Layout.ROWS, (2,))])
def test_what_f_receives_has_the_length_of_a_row(layout, shape):
    assert {step.ahead[0].shape for step in trace(PRODUCT, layout)} == {shape}


@pytest.mark.parametrize("layout", Layout)
def test_the_steps_stay_what_they_were_when_the_routine_has_gone_on(layout):
    """The routine hands out views; a trace that kept them would hold the numbers put back."""
    steps = trace(PRODUCT, layout)
    assert len({tuple(x) for step in steps for x, _ in (step.ahead, step.behind)}) == 2 * len(steps)


@pytest.mark.parametrize(
    ("spelling", "rows", "columns"),
    [
        ("x[0] * x[1]", {0, 1}, {0, 1}),
        ("x[-2] * x[-1]", {0, 1}, {4, 5}),
        ("np.exp(x[0]) + 0 * x[-1]", {0, 1}, {0, 5}),
        ("3 * x[0]", {0}, {0}),
        ("np.sum(x**2)", {0, 1}, set(range(6))),
        ("np.max(x) - x[0]", {0, 1}, set(range(6))),
        ("x[ 0 ] * x [1] + 3 * len(x)", {0, 1}, {0, 1}),
    ],
)
def test_what_f_reads_of_a_row(spelling, rows, columns):
    f = parse_spelling(spelling)
    assert {frozenset(step.reads) for step in trace(f, Layout.ROWS)} == {frozenset(rows)}
    assert {frozenset(step.reads) for step in trace(f, Layout.COLUMNS)} == {frozenset(columns)}


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_what_f_reads_changes_it(name, layout):
    for step in trace(parse_spelling(FUNCTIONS[name].spelling), layout):
        assert step.entry in step.reads or step.slope == 0


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_digits_shown_tell_both_calls_apart(name, layout):
    for step in trace(parse_spelling(FUNCTIONS[name].spelling), layout):
        values = {formats.digits(step.ahead[1]), formats.digits(step.behind[1])}
        assert len(values) == 1 or step.slope != 0
        assert len(values) == 2 or abs(step.slope) < 1e-7


@pytest.mark.parametrize(
    ("spelling", "x", "written"),
    [
        ("x[0] * x[1]", [1.0001, 4.0], "1.0001 * 4"),
        ("x[-2] * x[-1]", [1.0, 2.0, 3.0, 4.0001], "3 * 4.0001"),
        ("np.sum(x**2)", [1.0, 2.0], "np.sum(x**2)"),
        ("np.exp(x[0])", [1.0, 2.0], "np.exp(1)"),
    ],
)
def test_a_spelling_with_its_numbers(spelling, x, written):
    assert formats.spelt(spelling, x) == written


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(params=PAGES)
def tables(built, request):
    """Rows of cells of the four tables: steps and arrows of columns, then of rows."""
    html = built.files()[request.param].decode()
    figure = html[html.index('<figure class="trace"') :]
    figure = figure[: figure.rindex("</details>")]
    bodies = re.findall(r"<tbody>(.*?)</tbody>", figure, re.DOTALL)
    rows = [re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL) for body in bodies]
    cells = r"<t[hd][^>]*>(.*?)</t[hd]>"
    return [[[text(c) for c in re.findall(cells, row, re.DOTALL)] for row in body] for body in rows]


def test_the_tables_of_the_page_by_hand(tables):
    columns, arrows, rows, right = tables
    assert [len(table) for table in tables] == [12, 6, 12, 6]
    assert columns[0] == [
        "1", "row 0", "x[0]", "1.0001 * 2 = 2.0002", "0.9999 * 2 = 1.9998", "0.0004 / 2h = 2",
        "Step 1 of 12: x is row 0, the first coordinates of all 6 points. f reads 1 and 2: they "
        "belong to the points [1, 4] and [2, 4]. Moving x[0] gives the slope 2. It should be 4.",
    ]  # fmt: skip
    assert columns[8][3:6] == ["4 * 4 = 16", "4 * 4 = 16", "0 / 2h = 0"]
    assert columns[8][6].endswith("Moving x[2] changes nothing: the slope is 0. It should be 3.")
    assert columns[-1][6].endswith("No arrow is right, and 4 have no length.")
    assert [row[2] for row in arrows] == ["[2, 4]", "[1, 4]", *["[0, 0]"] * 4]
    assert [row[3] for row in arrows] == [row[2] for row in right]
    assert [row[2] for row in right] == ["[4, 1]", "[4, 2]", "[4, 3]", "[5, 1]", "[5, 2]", "[5, 3]"]
    assert ["none of its own" in row[4] for row in arrows] == [False, False, *[True] * 4]
    assert all("It is right. Step " in row[4] for row in right)
    ends = [f"Step {step} of 12 completed it." for step in (7, 8, 9, 10, 11, 12)]
    assert [row[4][-len(end) :] for row, end in zip(arrows, ends, strict=True)] == ends
    ends = [f"Step {step} of 12 completed it." for step in (2, 4, 6, 8, 10, 12)]
    assert [row[4][-len(end) :] for row, end in zip(right, ends, strict=True)] == ends
    assert rows[0][3:6] == ["1.0001 * 4 = 4.0004", "0.9999 * 4 = 3.9996", "0.0008 / 2h = 4"]
    assert rows[-1][6].endswith(" The array is full. All 6 arrows are right.")


def test_two_traces_stand_on_one_page_of_any_function(project):
    """The build refuses an id that stands twice, so none is needed to tell them apart."""
    every = "\n\n".join(f'{{{{ trace("{name}") }}}}' for name in FUNCTIONS)
    project.write("content/many.md", f'+++\ntitle = "Many"\n+++\n\n{every}\n')
    done = project.build()
    assert done.returncode == 0, done.stderr
    html = project.files()["many/index.html"].decode()
    assert html.count('<figure class="trace"') == len(FUNCTIONS)
    assert html.count("trace.js") == 1
    assert not re.search(r"\b(nan|inf|None)\b", text(html))


def test_a_trace_of_no_function_is_told_at_its_line(small):
    small.write("content/bad.md", '+++\ntitle = "Bad"\n+++\n\n{{ trace("nothing") }}\n')
    done = small.build()
    assert done.returncode == 1
    assert done.stderr.startswith("content/bad.md:5: no function is called 'nothing'")


def test_only_pages_with_a_trace_load_its_script(built):
    loading = {name for name, data in built.files().items() if name.endswith(".html") and b"trace.js" in data}  # fmt: skip
    assert loading == {*PAGES, "elements/index.html"}
