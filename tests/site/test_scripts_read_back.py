"""The script to take away of each function computes and draws what the site says of it.

All are run as a reader runs them, in a process that knows nothing of this project, and what
they hand to matplotlib is held against the registry and NumPy.
"""

import ast
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from oracle import LAYOUTS, Function, H, functions

from tests.site.pixels import pixels

RUNNER = Path(__file__).with_name("run_scripts.py")
TITLES = {"rows": "With both .T", "columns": "Without .T"}
TITLE_ENDS = 43  # pixels from above, where the frames begin
LONGEST_ARROW = 1.25  # in steps of the grid


@dataclass(frozen=True)
class Script:
    """A script, its text, and what it has drawn."""

    file: str
    text: str
    function: Function
    drawn: dict[str, Any]

    @property
    def axes(self) -> list[tuple[str, dict[str, Any]]]:
        """Its two plots from left to right, each with the layout that belongs there."""
        in_order = sorted(self.drawn["axes"], key=lambda axes: axes["left"])
        return list(zip(LAYOUTS, in_order, strict=True))


@pytest.fixture(scope="module")
def scripts(built, tmp_path_factory) -> list[Script]:
    folder = tmp_path_factory.mktemp("scripts")
    drawn = folder / "drawn.pickle"
    downloads = built.site / "downloads"
    done = subprocess.run(
        [sys.executable, "-I", RUNNER, downloads, drawn],
        cwd=folder,
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    found = pickle.loads(drawn.read_bytes())
    return [
        Script(
            file=f"downloads/{name}.py",
            text=(downloads / f"{name}.py").read_text(encoding="utf-8"),
            function=function,
            drawn=found[name],
        )
        for name, function in functions().items()
    ]


def test_every_function_has_a_script_and_no_other_is_left_over(built):
    found = {path.name for path in (built.site / "downloads").iterdir()}
    assert found == {f"{name}.py" for name in functions()}


def test_a_script_needs_numpy_and_matplotlib_only(scripts):
    for script in scripts:
        modules = set()
        for node in ast.walk(ast.parse(script.text)):
            assert not isinstance(node, ast.ImportFrom), script.file
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
        assert modules == {"numpy", "matplotlib"}, script.file


def test_a_script_says_of_which_function_it_is_and_what_that_teaches(scripts):
    for script in scripts:
        said = ast.get_docstring(ast.parse(script.text))
        title, note, *_ = said.split("\n\n")
        assert title.startswith(f"{script.function.title}: "), script.file
        expected = script.function.note.replace('"', "'")
        assert note.splitlines()[0] == expected, script.file


def test_f_of_a_script_is_spelled_as_on_the_site(scripts):
    for script in scripts:
        body = ast.parse(script.text).body
        (f,) = (
            node
            for node in body
            if isinstance(node, ast.FunctionDef) and node.name == "f"
        )
        (returned,) = (node for node in f.body if isinstance(node, ast.Return))
        spelled = ast.get_source_segment(script.text, returned.value)
        assert spelled == script.function.spelling, script.file
        assert [argument.arg for argument in f.args.args] == ["x"], script.file


def test_a_script_has_the_grid_and_the_step_of_the_function(scripts):
    for script in scripts:
        axis = np.arange(*script.function.grid)
        np.testing.assert_array_equal(script.drawn["axis"], axis, err_msg=script.file)
        assert script.drawn["h"] == (H,), script.file


def test_a_script_draws_the_call_with_both_transposes_at_the_left(scripts):
    for script in scripts:
        titles = [axes["title"] for _, axes in script.axes]
        assert titles == list(TITLES.values()), script.file


def test_each_title_of_a_script_stands_above_its_own_arrows(scripts):
    for script in scripts:
        for layout, axes in script.axes:
            expected = script.function.arrows(layout)
            is_drawn = (expected != 0).any(axis=1)
            what = f"{layout} of {script.file}"
            assert len(axes["arrows"][0]) == is_drawn.sum(), what
            points = np.column_stack(axes["points"])
            np.testing.assert_array_equal(
                points, script.function.points[is_drawn], err_msg=what
            )
            arrows = np.column_stack(axes["arrows"])
            largest = np.nanmax(np.abs(expected), initial=0)
            np.testing.assert_allclose(
                arrows,
                expected[is_drawn],
                rtol=1e-9,
                atol=1e-12 * largest,
                err_msg=what,
            )


def test_an_arrow_of_length_zero_is_a_dot_in_a_script_too(scripts):
    for script in scripts:
        for layout, axes in script.axes:
            expected = script.function.arrows(layout)
            is_zero = (expected == 0).all(axis=1)
            what = f"{layout} of {script.file}"
            dots = script.function.points[is_zero]
            np.testing.assert_array_equal(axes["dots"], dots, err_msg=what)
            assert axes["marker"] == ("o", "None"), what


def test_both_plots_of_a_script_have_the_scale_of_the_correct_arrows(scripts):
    for script in scripts:
        longest = np.nanmax(np.hypot(*script.function.arrows("rows").T))
        expected = longest / (LONGEST_ARROW * script.function.grid[2])
        for layout, axes in script.axes:
            scale, units, angles = axes["scale"]
            what = f"{layout} of {script.file}"
            across = np.ptp(axes["limits"][0])
            assert scale / across == pytest.approx(expected, rel=1e-9), what
            assert (units, angles) == ("width", "uv"), what


def test_the_axes_of_a_script_are_named_and_equal(scripts):
    for script in scripts:
        for _, axes in script.axes:
            assert axes["names"] == ("x₀", "x₁"), script.file
            across, up = axes["limits"]
            assert across == up, script.file


def test_a_script_draws_to_the_pixel_what_the_site_shows(built, scripts):
    """Its two plots stand side by side, as wide as the two pictures, under their titles."""
    for script in scripts:
        pictures = [
            pixels(built.site / f"figures/{script.function.name}-{role}.png")
            for role in ("correct", "buggy")
        ]
        below = slice(TITLE_ENDS, None)
        expected = np.hstack(pictures)
        assert script.drawn["pixels"].shape == expected.shape, script.file
        same = script.drawn["pixels"][below] == expected[below]
        assert same.all(), f"{script.file} draws something else"


def test_a_script_runs_as_it_stands_and_says_nothing(built, tmp_path):
    done = subprocess.run(
        [sys.executable, "-I", "-W", "ignore", built.site / "downloads/product.py"],
        cwd=tmp_path,
        env=os.environ | {"MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
