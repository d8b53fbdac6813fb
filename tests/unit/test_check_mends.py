"""`check --fix` and `--diff` over whole folders: what was mended runs, and runs right."""

import json
from pathlib import Path

import numpy as np
import pytest
from unit.script_cases import (
    CASES,
    GRID,
    PLOT,
    PRODUCT,
    WHOLE_GRID,
    WITH_BOTH,
    WITHOUT,
)
from unit.script_runs import run

from gradviz_core.__main__ import main

# Cases whose slip is in the routine.
ROUTINES = ["no parentheses", "a return in the loop", "not put back", "no index"]


def with_plot(routine, grid, call):
    text, _ = CASES[routine]
    function = "" if "def f(" in text else PRODUCT
    return f"{text}{function}{grid}{call}{PLOT}"


def texts_of(*names):
    return [CASES[name][0] for name in names]


# Ways to write a file, and to read it again.


def as_utf_8(text):
    return text.encode()


def as_windows_does(text):
    return f"# coding: cp932\n# 勾配を表示\n{text}".replace("\n", "\r\n").encode(
        "cp932"
    )


def as_notebook(text):
    lines = text.splitlines(keepends=True)
    half = next(i for i, line in enumerate(lines) if line.startswith("def f("))
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# 기울기"]},
        {"cell_type": "code", "metadata": {}, "source": lines[:half], "outputs": []},
        {"cell_type": "code", "metadata": {}, "source": "".join(lines[half:])},
    ]
    return json.dumps({"cells": cells, "nbformat": 4}, indent=1).encode()


def code_of(path):
    if path.suffix != ".ipynb":
        return path.read_bytes()
    cells = json.loads(path.read_bytes())["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return "\n".join(codes)


FOLDERS = {
    "a course": (
        as_utf_8,
        texts_of(
            "without both", "right by luck", "over several lines", "in a variable"
        ),
    ),
    "half a fix": (
        as_windows_does,
        texts_of("only the argument is turned", "only the result is turned"),
    ),
    "short numbers": (
        as_notebook,
        texts_of("whole numbers in a grid", "float32"),
    ),
    "own routines": (
        as_utf_8,
        [with_plot(name, GRID, WITH_BOTH) for name in ROUTINES],
    ),
    "everything at once": (
        as_notebook,
        [with_plot(name, WHOLE_GRID, WITHOUT) for name in ROUTINES],
    ),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_mended_file_draws_the_exact_gradient(tmp_path, monkeypatch, capfd, name):
    monkeypatch.chdir(tmp_path)
    write, texts = FOLDERS[name]
    suffix = ".ipynb" if write is as_notebook else ".py"
    for number, text in enumerate(texts):
        Path(f"{number}{suffix}").write_bytes(write(text))
    assert main(["check", "."]) == 1
    assert main(["check", "--fix", "."]) == 0
    assert capfd.readouterr().out.count("\n") >= len(texts)
    for number, text in enumerate(texts):
        [(X, Y, u, v)] = run(code_of(Path(f"{number}{suffix}"))).arrows
        exact = (2 * X, 2 * Y) if "np.sum(x**2)" in text else (Y, X)
        np.testing.assert_allclose([u, v], -np.array(exact), atol=1e-3)


def test_a_patch_of_layouts_over_many_files_changes_their_calls_alone(
    tmp_path, monkeypatch, capfd
):
    monkeypatch.chdir(tmp_path)
    # What gives one number for a point is not followed, so its call is a note at most.
    followed = [name for name in ROUTINES if name != "no index"]
    scripts = [with_plot(name, WHOLE_GRID, WITHOUT) for name in followed]
    scripts += texts_of("float32", "the start used again", "without both")
    scripts *= 2
    for number, script in enumerate(scripts):
        Path(f"{number}.py").write_text(script)
    main(["check", "--select=layout", "--diff", "."])
    lines = capfd.readouterr().out.splitlines()
    removed = [line for line in lines if line[:1] == "-" and line[:3] != "---"]
    added = [line for line in lines if line[:1] == "+" and line[:3] != "+++"]
    wrong_calls = sum(WITHOUT in script for script in scripts)
    assert removed == [f"-{WITHOUT.strip()}"] * wrong_calls
    assert added == [f"+{WITH_BOTH.strip()}"] * wrong_calls
