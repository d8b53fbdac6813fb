"""Every script to take away runs on numpy and matplotlib alone, and draws what the site shows."""

import ast
import runpy

import matplotlib.pyplot as plt
import numpy as np
import pytest

from gradviz_core import FUNCTIONS, Layout, measure


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_script_computes_the_arrays_of_its_function(built, monkeypatch, name):
    path = built.site / "downloads" / f"{name}.py"
    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
    plt.switch_backend("Agg")
    script = runpy.run_path(str(path))
    plt.close("all")
    function = FUNCTIONS[name]
    rows, columns = (measure(function, function.grid, layout) for layout in Layout)
    np.testing.assert_array_equal(script["right"].T, rows.gradient)
    np.testing.assert_array_equal(script["wrong"].T, columns.gradient)
    assert len(shown[0].axes) == 2


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_script_needs_numpy_and_matplotlib_only(built, name):
    source = (built.site / "downloads" / f"{name}.py").read_text(encoding="utf-8")
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import)]
    assert {alias.name.split(".")[0] for node in imports for alias in node.names} == {
        "numpy", "matplotlib",
    }  # fmt: skip
    assert max(map(len, source.splitlines())) < 300


def test_a_script_is_read_whatever_its_note_says(small):
    note = 'Of $\\\\upsilon$ and `\\"\\"\\"`, said twice: \\"yes\\".'
    small.replace("gradviz_core/registry/functions.toml", 'note = "Each partial', f'note = "{note}"\n#')
    assert small.build().returncode == 0
    script = small.site / "downloads" / "product.py"
    assert r"Of $\upsilon$" in ast.get_docstring(ast.parse(script.read_text(encoding="utf-8")))
