"""What a reader takes away of each function: a script that computes and draws what the site says.

All are run as a reader runs them, in a process that knows nothing of this project, and what
they hand to matplotlib is held against the registry and NumPy.
"""

import ast
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from oracle import SHOWN_LAYOUTS, Function, H, functions
from reading.english import all_english
from reading.scripts import Run, run_all
from reading.svg import pixels
from reading.words import said, word

TITLES = {"columns": said("script.buggy"), "rows": said("script.correct")}
TITLE_ENDS = 43  # pixels from above, where the frames begin
ROLES = ("correct", "buggy")
LONGEST_ARROW = 1.25  # in steps of the grid
WORDS = re.compile(r'(?s:"""(.*?)""")|# (.*)')


@dataclass(frozen=True)
class Script:
    """A script, its text, and what became of it."""

    file: str
    text: str
    function: Function
    run: Run

    @property
    def panels(self) -> list[tuple[str, dict[str, Any]]]:
        """Its two plots from left to right, each with the layout that belongs there."""
        return list(zip(SHOWN_LAYOUTS, self.run["panels"], strict=True))


@pytest.fixture(scope="module")
def scripts(built, tmp_path_factory) -> list[Script]:
    texts = {}
    for name in functions():
        path = built.site / "downloads" / f"{name}.py"
        texts[name] = path.read_text(encoding="utf-8")
    runs = run_all(texts, tmp_path_factory.mktemp("scripts"), whole_figures=True)
    return [
        Script(f"downloads/{name}.py", texts[name], function, runs[name])
        for name, function in functions().items()
    ]


def test_a_script_runs_to_its_end_and_prints_nothing(scripts):
    for script in scripts:
        assert (script.run["error"], script.run["printed"]) == ("", []), script.file


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
        docstring = ast.get_docstring(ast.parse(script.text))
        title, note, *_ = docstring.split("\n\n")
        about = said("script.about", title=script.function.title)
        assert " ".join(title.split()) == about, script.file
        expected = script.function.note.replace('"', "'")
        assert note.splitlines()[0] == expected, script.file


def without_words(script: str, language: str) -> str:
    """The code of a script, without its comments, its docstrings and its titles."""
    for role in ("buggy", "correct"):
        script = script.replace(f'"{word(f"script.{role}", language)}"', repr(role))
    tree = ast.parse(script)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node):
            del node.body[0]
    return ast.unparse(tree)


@pytest.mark.parametrize("language", ["ja", "ko", "zh"])
def test_a_script_in_another_language_differs_in_its_words_alone(built, language):
    for name in functions():
        original = built.page(f"downloads/{name}.py")
        script = built.page(f"{language}/downloads/{name}.py")
        expected = without_words(original, "en")
        assert without_words(script, language) == expected, name
        words = [*map("".join, WORDS.findall(script))]
        assert len(words) >= 5, name
        assert all_english(words) == [], name


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
        np.testing.assert_array_equal(
            script.run["numbers"]["axis"], axis, err_msg=script.file
        )
        assert script.run["defaults"]["numerical_gradient"] == (H,), script.file


def test_a_script_draws_the_call_with_both_transposes_at_the_right(scripts):
    for script in scripts:
        titles = [panel["title"] for _, panel in script.panels]
        assert titles == list(TITLES.values()), script.file


def test_each_title_of_a_script_stands_above_its_own_arrows(scripts):
    for script in scripts:
        for layout, panel in script.panels:
            expected = script.function.arrows(layout)
            is_drawn = (expected != 0).any(axis=1)
            what = f"{layout} of {script.file}"
            points = script.function.points[is_drawn]
            np.testing.assert_array_equal(panel["points"], points, err_msg=what)
            largest = np.nanmax(np.abs(expected), initial=0)
            np.testing.assert_allclose(
                panel["arrows"],
                expected[is_drawn],
                rtol=1e-9,
                atol=1e-12 * largest,
                err_msg=what,
            )


def test_an_arrow_of_length_zero_is_a_dot_in_a_script_too(scripts):
    for script in scripts:
        for layout, panel in script.panels:
            expected = script.function.arrows(layout)
            is_zero = (expected == 0).all(axis=1)
            what = f"{layout} of {script.file}"
            dots = script.function.points[is_zero]
            np.testing.assert_array_equal(panel["dots"], dots, err_msg=what)
            assert panel["marker"] == ("o", "None"), what


def test_both_plots_of_a_script_have_the_scale_of_the_correct_arrows(scripts):
    for script in scripts:
        longest = np.nanmax(np.hypot(*script.function.arrows("rows").T))
        expected = longest / (LONGEST_ARROW * script.function.grid[2])
        for layout, panel in script.panels:
            scale, units, angles = panel["scale"]
            what = f"{layout} of {script.file}"
            across = np.ptp(panel["limits"][0])
            assert scale / across == pytest.approx(expected, rel=1e-9), what
            assert (units, angles) == ("width", "uv"), what


def test_the_axes_of_a_script_are_named_and_equal(scripts):
    for script in scripts:
        for _, panel in script.panels:
            assert panel["names"] == ("x0", "x1"), script.file
            across, up = panel["limits"]
            assert across == up, script.file


def test_a_script_draws_to_the_pixel_what_the_site_shows(built, scripts):
    """Its two plots stand side by side, as wide as the two pictures, under their titles."""
    for script in scripts:
        pictures = [
            pixels(built.site / f"figures/{script.function.name}-{role}.png")
            for role in ("buggy", "correct")
        ]
        below = slice(TITLE_ENDS, None)
        expected = np.hstack(pictures)
        assert script.run["pixels"].shape == expected.shape, script.file
        same = script.run["pixels"][below] == expected[below]
        assert same.all(), f"{script.file} draws something else"
