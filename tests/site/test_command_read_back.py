"""What the command line says and draws of a reader's own function is what NumPy computes."""

import json
import re
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from oracle import LAYOUTS, ROOT, STATISTICS, Function, Measured, measured, routine
from reading.colours import BY_DAY, BY_NIGHT
from reading.fields import (
    Field,
    outlines,
    places,
    room,
    shared_scale,
)
from reading.svg import picture, pixels
from reading.words import word

TITLES = {"rows": word("pair.correct"), "columns": word("pair.buggy")}
ROLES = {"rows": "correct", "columns": "buggy"}


@dataclass(frozen=True)
class Asked:
    """What a reader asks for."""

    function: Function
    step: float

    def arrows(self, layout: str) -> np.ndarray:
        with np.errstate(all="ignore"):
            if layout == "rows":
                return routine(self.function.f, self.function.points, self.step)
            return routine(self.function.f, self.function.points.T, self.step).T

    def measured(self, layout: str) -> Measured:
        return measured(self.function.truth, self.arrows(layout), layout)

    def field(self, layout: str) -> Field:
        f = self.function
        limits = room(f.points, f.grid[2])
        span = shared_scale(f.truth, f.grid[2]) * (limits[1] - limits[0])
        return Field(
            f.points, self.arrows(layout), (limits, limits), span, ROLES[layout]
        )

    def run(self, *options: str) -> str:
        start, stop, step = self.function.grid
        command = [
            sys.executable,
            "-m",
            "gradviz_core",
            f"--grid={start}:{stop}:{step}",
        ]
        command += [f"--step={self.step}", *options, "--", self.function.spelling]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return done.stdout


def asked(spelling: str, gradient: list[str], grid: tuple, step: float) -> Asked:
    function = Function("", "", spelling, gradient, "", grid)
    return Asked(function, step)


# Its grid goes down, so that the first point is the upper right one, and its step is not ours.
DOWNWARDS = asked("x[0]**2 / 2 - 3 * x[1]", ["x[0]", "-3"], (1.0, -1.5, -0.5), 1e-3)
# Half of its points have no value.
PARTLY = asked(
    "np.log(x[0]) * x[1]", ["x[1] / x[0]", "np.log(x[0])"], (-1.0, 2.0, 0.5), 1e-4
)


@dataclass(frozen=True)
class Run:
    """A run that draws: the file, and what was printed."""

    asked: Asked
    file: Path
    printed: str


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    folder = tmp_path_factory.mktemp("command")
    cases = {
        "downwards.svg": (DOWNWARDS, "--json"),
        "downwards.pdf": (DOWNWARDS,),
        "downwards.png": (DOWNWARDS,),
        "partly.svg": (PARTLY, "--json"),
    }
    found = {}
    for name, (wanted, *options) in cases.items():
        file = folder / name
        found[name] = Run(wanted, file, wanted.run(f"--out={file}", *options))
    return found


@pytest.fixture(params=["downwards.svg", "partly.svg"])
def run(request: pytest.FixtureRequest, runs: dict[str, Run]) -> Run:
    """A run that draws an SVG and prints JSON."""
    return runs[request.param]


# The picture in SVG


def test_the_call_with_both_transposes_is_drawn_at_the_left(run):
    left, right = picture(run.file).panels
    assert left.right < right.left
    for panel, layout in ((left, "rows"), (right, "columns")):
        (title,) = panel.titles
        assert title.words == TITLES[layout]
        assert title.x == pytest.approx((panel.left + panel.right) / 2, abs=1)
        assert 0 < title.y < panel.top


def test_each_field_is_that_of_its_call_on_the_scale_of_both(run):
    for panel, layout in zip(picture(run.file).panels, LAYOUTS, strict=True):
        field = run.asked.field(layout)
        expected = outlines(field, panel)
        assert len(panel.arrows) == len(expected), layout
        np.testing.assert_allclose(
            panel.arrows.reshape(-1, 2),
            expected.reshape(-1, 2),
            atol=0.15,
            err_msg=layout,
        )
        dots = places(field.points[field.is_zero], panel)
        np.testing.assert_allclose(panel.dots, dots, atol=0.15, err_msg=layout)


def test_each_field_has_the_colour_of_its_call_by_day_and_by_night(run):
    for panel, layout in zip(picture(run.file).panels, LAYOUTS, strict=True):
        role = ROLES[layout]
        for shape in [*panel.of("arrows"), *panel.of("dots")]:
            assert (shape.light["fill"], shape.dark["fill"]) == (
                BY_DAY[role],
                BY_NIGHT[role],
            )


def test_both_axes_reach_as_far_as_the_points_and_the_longest_arrow(run):
    low, high = room(run.asked.function.points, run.asked.function.grid[2])
    for panel in picture(run.file).panels:
        across = panel.across.value(panel.left), panel.across.value(panel.right)
        up = panel.up.value(panel.bottom), panel.up.value(panel.top)
        assert across == pytest.approx((low, high), abs=(high - low) / 500)
        assert up == pytest.approx((low, high), abs=(high - low) / 500)


def test_x0_is_named_below_and_x1_at_the_left_of_each_field(run):
    for panel in picture(run.file).panels:
        (x0,), (x1,) = panel.across.names, panel.up.names
        assert (x0.words, x0.degrees) == ("x0", 0)
        assert panel.left < x0.x < panel.right
        assert x0.y > panel.bottom
        assert (x1.words, x1.degrees) == ("x1", -90)
        assert panel.top < x1.y < panel.bottom
        assert panel.left - 50 < x1.x < panel.left


# The same as PDF and PNG


def test_a_png_has_the_field_of_each_call_in_its_half(runs):
    found = pixels(runs["downwards.png"].file)
    assert found.shape == (720, 1440, 3)
    for role, half in zip(ROLES.values(), np.hsplit(found, 2), strict=True):
        shown = [
            role for role in ROLES.values() if (half == rgb(role)).all(axis=2).any()
        ]
        assert shown == [role]


def test_a_pdf_has_the_colours_of_both_calls(runs):
    content = runs["downwards.pdf"].file.read_bytes()
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    drawn = zlib.decompress(streams[0]).decode("latin-1")
    filled = {
        tuple(round(255 * float(share)) for share in shares)
        for shares in re.findall(r"(\S+) (\S+) (\S+) rg", drawn)
    }
    assert {rgb(role) for role in ROLES.values()} <= filled


def rgb(role):
    return tuple(bytes.fromhex(BY_DAY[role].removeprefix("#")))


# The numbers


def test_the_json_holds_what_was_asked_and_both_measurements(run):
    printed = json.loads(run.printed)
    f = run.asked.function
    assert printed["spelling"] == f.spelling
    assert (printed["name"], printed["title"], printed["gradient"]) == (
        None,
        None,
        None,
    )
    assert printed["grid"] == dict(zip(("start", "stop", "step"), f.grid, strict=True))
    assert printed["step"] == run.asked.step
    for layout in LAYOUTS:
        expected = run.asked.measured(layout)
        found = printed["layouts"][layout]
        assert list(found) == list(STATISTICS), layout
        for statistic in STATISTICS:
            value = getattr(expected, statistic)
            if isinstance(value, float):
                value = pytest.approx(value, rel=1e-6, abs=1e-9)
            assert found[statistic] == value, f"{statistic} of {layout}"


def test_the_table_sets_each_number_below_the_name_of_its_call(runs):
    lines = runs["downwards.pdf"].printed.splitlines()
    assert lines[0] == f"f(x) = {DOWNWARDS.function.spelling}"
    heads, *rows = [re.split(r"\s{3,}", line) for line in lines[2 : lines.index("", 2)]]
    assert heads == ["", *TITLES.values()]
    pair = [DOWNWARDS.measured(layout) for layout in LAYOUTS]
    shapes = [f"({', '.join(map(str, each.argument_shape))},)" for each in pair]
    cells = [row[1:] for row in rows]
    assert len(cells) == len(STATISTICS)
    assert cells[0] == shapes
    for row, statistic in zip(cells[1:5], STATISTICS[1:5], strict=True):
        assert row == [str(getattr(each, statistic)) for each in pair], statistic
    assert cells[-1] == [each.verdict for each in pair]
    assert lines[-1].startswith(f"Without .T: {pair[1].verdict}. ")
