"""What the trace shows and says at each step, and of each arrow, against a run of our own.

Its tables are read in tests/site; here is what a script makes of them.
"""

import re
from dataclasses import dataclass

import numpy as np
import oracle
import pytest
from opened import opened
from reading.numbers import numbers

POINTS = np.array(
    [[1.0, 4.0], [2.0, 4.0], [3.0, 4.0], [1.0, 5.0], [2.0, 5.0], [3.0, 5.0]]
)
FUNCTION = oracle.functions()["product"]
READ_BY_F = {0, 1}  # the product reads the first two numbers of whatever it gets
PAGES = [
    url
    for url, source in oracle.sources().items()
    if '{{ trace("product") }}' in source.text
]
LABELS = {"columns": "Without .T", "rows": "With both .T"}
UNIT = 70  # how long the largest slope of both runs is drawn


@dataclass(frozen=True)
class Step:
    """One number moved ahead and back: entry of a row of what the routine gets."""

    row: int
    entry: int
    point: int
    coordinate: int
    ahead: float
    behind: float

    @property
    def slope(self) -> float:
        return (self.ahead - self.behind) / (2 * oracle.H)


def run(layout):
    """The steps of the routine in their order."""
    X = POINTS if layout == "rows" else POINTS.T
    steps = []
    for row, entry in np.ndindex(X.shape):
        moved = np.zeros(X.shape[1])
        moved[entry] = oracle.H
        ahead = FUNCTION.f(X[row] + moved)
        behind = FUNCTION.f(X[row] - moved)
        owner = (row, entry) if layout == "rows" else (entry, row)
        steps.append(Step(row, entry, *owner, ahead, behind))
    return steps


RUNS = {layout: run(layout) for layout in LABELS}
LONGEST = max(abs(step.slope) for steps in RUNS.values() for step in steps)


def of_point(layout, k):
    """Both steps that make the arrow of a point, the one along x0 first."""
    steps = [step for step in RUNS[layout] if step.point == k]
    return sorted(steps, key=lambda step: step.coordinate)


READ = """figure => {
  const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
  const all = (selector, root) => [...root.querySelectorAll(selector)];
  const frame = all('.live', figure).find(frame => frame.checkVisibility());
  const run = frame.closest('.run');
  const style = element => getComputedStyle(element);
  const isSeen = element => element.checkVisibility({visibilityProperty: true});
  const isWithin = (inner, outer) => {
    const [a, b] = [inner, outer].map(element => element.getBoundingClientRect());
    return a.left > b.left && a.right < b.right && a.top > b.top && a.bottom < b.bottom;
  };
  const number = cell => all('span', cell).at(-1);
  const array = role => all(`.${role} .row`, frame).map(row => ({
    framed: style(row).outlineStyle !== 'none',
    cells: all('.cell', row).map(cell => ({
      number: isSeen(number(cell)) ? words(number(cell)) : '',
      filled: style(cell).backgroundColor !== 'rgba(0, 0, 0, 0)',
      isMoved: all('small', cell).some(isSeen),
      underlined: style(number(cell)).textDecorationLine === 'underline',
      pressed: cell.getAttribute('aria-pressed') === 'true',
    })),
  }));
  const tables = all('details table', run);
  return {
    layout: run.dataset.layout,
    call: words(run.querySelector('.call')),
    told: words(figure.querySelector('.step-sentence')),
    at: figure.querySelector('.controls').dataset.at,
    slider: figure.querySelector('[type=range]').value,
    previous: figure.querySelector('[name=previous]').ariaDisabled,
    next: figure.querySelector('[name=next]').ariaDisabled,
    facts: all('dt', frame).filter(isSeen).map(dt => [words(dt), words(dt.nextElementSibling)]),
    given: array('given'),
    written: array('written'),
    arrows: all('g.arrow', frame).map(arrow => Object.fromEntries(['half', 'full'].map(name => {
      const glyph = arrow.querySelector(`.${name}`);
      return [name, isSeen(glyph) ? glyph.getAttribute('d') ?? glyph.localName : ''];
    }))),
    targets: all('.targets button', frame).map((button, k) => ({
      pressed: button.ariaPressed === 'true',
      isOverItsPoint: isWithin(all('.base', frame)[k], button),
    })),
    steps: all('tbody tr', tables[0]).map(row => words(row.lastElementChild)),
    points: all('tbody tr', tables[1]).map(row => words(row.lastElementChild)),
  };
}"""
# Every step of both calls, and then every arrow of both, each pressed and let go.
WALK = f"""() => {{
  const read = {READ};
  const figure = document.querySelector('.trace');
  const range = figure.querySelector('[type=range]');
  const walked = {{}};
  for (const radio of figure.querySelectorAll('[type=radio]')) {{
    radio.click();
    const steps = [];
    for (let step = 1; step <= Number(range.max); step++) {{
      range.value = step;
      range.dispatchEvent(new Event('input', {{bubbles: true}}));
      steps.push(read(figure));
    }}
    const press = button => {{
      button.click();
      const shown = read(figure);
      button.click();
      return shown;
    }};
    const early = button => {{
      range.value = 1;
      range.dispatchEvent(new Event('input', {{bubbles: true}}));
      return press(button);
    }};
    const frame = [...figure.querySelectorAll('.live')].find(frame => frame.checkVisibility());
    const pressed = selector => [...frame.querySelectorAll(selector)].map(press);
    walked[radio.value] = {{
      label: radio.labels[0].textContent.trim(), steps,
      targets: pressed('.targets button'), given: pressed('.given .cell'),
      written: pressed('.written .cell'),
      early: [...frame.querySelectorAll('.targets button')].map(early),
    }};
  }}
  return walked;
}}"""


@pytest.fixture(scope="module", params=PAGES)
def walked(request, chromium, host):
    """Every state of the trace of a page."""
    with opened(chromium, host + request.param) as page:
        yield page.evaluate(WALK)


@pytest.fixture(params=LABELS)
def layout(request):
    return request.param


@pytest.fixture
def states(walked, layout):
    """What is shown of one call after each of its steps."""
    return list(zip(RUNS[layout], walked[layout]["steps"], strict=True))


def test_a_choice_shows_the_run_of_the_call_that_it_names(walked, layout):
    assert walked[layout]["label"] == LABELS[layout]
    for shown in walked[layout]["steps"]:
        assert shown["layout"] == layout
        assert ("(here no .T)" in shown["call"]) == (layout == "columns")


def test_each_step_is_counted(states):
    for k, (_, shown) in enumerate(states):
        assert shown["at"] == f"{k + 1}/12"
        assert shown["slider"] == str(k + 1)
        assert shown["told"].startswith(f"Step {k + 1} of 12:")
        assert shown["previous"] == str(k == 0).lower()
        assert shown["next"] == str(k == 11).lower()


def test_each_step_shows_what_f_got_and_gave(states, layout):
    for step, shown in states:
        facts = dict(shown["facts"])
        assert list(facts) == ["x", "x.shape", "f(x + h)", "f(x − h)", "slope"]
        assert facts["x"] == f"row {step.row}"
        assert facts["x.shape"] == ("(2,)" if layout == "rows" else "(6,)")
        assert numbers(facts["f(x + h)"])[-1] == pytest.approx(step.ahead, rel=1e-9)
        assert numbers(facts["f(x − h)"])[-1] == pytest.approx(step.behind, rel=1e-9)
        assert numbers(facts["slope"])[-1] == pytest.approx(step.slope, abs=1e-6)


def test_each_step_says_whether_its_slope_is_right(states):
    for step, shown in states:
        exact = POINTS[step.point][1 - step.coordinate]
        told = shown["told"]
        assert f"x is row {step.row}," in told
        assert f"Moving x[{step.entry}] " in told
        if abs(step.slope - exact) < 1e-6:
            assert "as it should be." in told
            assert "It should be" not in told
        else:
            assert f"It should be {exact:g}." in told
            assert "as it should be" not in told


def test_the_last_step_counts_the_arrows_that_are_right(states, layout):
    ends = [shown["told"].partition("The array is full. ")[2] for _, shown in states]
    assert ends[:-1] == [""] * 11
    arrows = [[step.slope for step in of_point(layout, k)] for k in range(6)]
    zero = sum(not any(arrow) for arrow in arrows)
    if layout == "rows":
        assert np.abs(np.array(arrows) - POINTS[:, ::-1]).max() < 1e-6
        assert ends[-1] == "All 6 arrows are right."
    else:
        assert ends[-1] == f"No arrow is right, and {zero} have length zero."


def test_each_step_says_what_its_line_of_the_table_says(states):
    for k, (_, shown) in enumerate(states):
        assert shown["told"] == shown["steps"][k]


def test_the_array_holds_the_points_and_frames_the_row_that_f_gets(states, layout):
    X = POINTS if layout == "rows" else POINTS.T
    for step, shown in states:
        for row, (line, found) in enumerate(zip(X, shown["given"], strict=True)):
            assert found["framed"] == (row == step.row)
            for entry, cell in enumerate(found["cells"]):
                assert cell["number"] == f"{line[entry]:g}"
                is_moved = (row, entry) == (step.row, step.entry)
                assert cell["isMoved"] == is_moved
                assert cell["filled"] == is_moved
                is_read = row == step.row and entry in READ_BY_F
                assert cell["underlined"] == is_read


def test_the_gradient_is_written_cell_by_cell(states, layout):
    width = 2 if layout == "rows" else 6
    for k, (_, shown) in enumerate(states):
        cells = [cell for row in shown["written"] for cell in row["cells"]]
        for at, cell in enumerate(cells):
            slope = RUNS[layout][at].slope
            if at <= k:
                assert numbers(cell["number"]) == pytest.approx([slope], abs=1e-6)
            else:
                assert cell["number"] == ""
            assert cell["filled"] == (at == k)
        assert len(shown["written"][0]["cells"]) == width


def drawn(path):
    """How far an arrow of the picture goes, to the right and upwards."""
    if path == "circle":
        return [0, 0]
    _, way = re.match(r"M([\d.]+ [\d.]+)([lh][^m]*)", path).groups()
    right, *down = map(float, way[1:].split())
    return [right, -down[0] if down else 0]


def test_the_arrows_grow_as_the_gradient_is_written(states, layout):
    for k, (_, shown) in enumerate(states):
        done = RUNS[layout][: k + 1]
        for point, arrow in enumerate(shown["arrows"]):
            along, up = of_point(layout, point)
            length = UNIT / LONGEST
            if along in done and up in done:
                whole = [along.slope * length, up.slope * length]
                assert drawn(arrow["full"]) == pytest.approx(whole, abs=0.06)
                assert arrow["half"] == ""
            elif along in done:
                assert drawn(arrow["half"]) == pytest.approx(
                    [along.slope * length, 0], abs=0.06
                )
                assert arrow["full"] == ""
            else:
                assert arrow == {"half": "", "full": ""}


def assert_origin(shown, layout, k):
    """What the arrow of a point was made from is told and marked."""
    steps = of_point(layout, k)
    arrow = [step.slope for step in steps]
    exact = POINTS[k][::-1]
    told = shown["told"]
    assert told == shown["points"][k]
    assert numbers(told)[:4] == pytest.approx([*POINTS[k], *arrow], abs=1e-6)
    is_right = np.abs(exact - arrow).max() < 1e-6
    assert ("It is right." in told) == is_right
    facts = dict(shown["facts"])
    assert list(facts) == ["x", "x.shape", "arrow", "correct arrow"]
    assert numbers(facts["arrow"]) == pytest.approx(arrow, abs=1e-6)
    assert numbers(facts["correct arrow"]) == pytest.approx(exact, abs=1e-6)
    rows = {step.row for step in steps}
    assert {int(row) for row in numbers(facts["x"])} == rows
    own = {(step.row, step.entry) for step in steps}
    for role in ("given", "written"):
        for row, line in enumerate(shown[role]):
            for entry, cell in enumerate(line["cells"]):
                assert cell["pressed"] == ((row, entry) in own)
                assert not cell["filled"]
                if role == "given":
                    is_read = row in rows and entry in READ_BY_F
                    assert cell["underlined"] == is_read
    assert [row["framed"] for row in shown["given"]] == [
        row in rows for row in range(len(shown["given"]))
    ]
    for point, target in enumerate(shown["targets"]):
        assert target["pressed"] == (point == k)
        assert target["isOverItsPoint"]


def test_a_point_that_is_pressed_tells_what_its_arrow_was_made_from(walked, layout):
    for k, shown in enumerate(walked[layout]["targets"]):
        assert_origin(shown, layout, k)


def test_a_point_that_is_pressed_before_its_time_takes_the_run_to_its_arrow(
    walked, layout
):
    for k, shown in enumerate(walked[layout]["early"]):
        _, last = of_point(layout, k)
        assert shown["slider"] == str(RUNS[layout].index(last) + 1)
        assert shown["arrows"][k]["full"]
        assert_origin(shown, layout, k)


@pytest.mark.parametrize("role", ["given", "written"])
def test_a_cell_that_is_pressed_tells_of_the_arrow_that_it_belongs_to(
    walked, layout, role
):
    for step, shown in zip(RUNS[layout], walked[layout][role], strict=True):
        assert_origin(shown, layout, step.point)
