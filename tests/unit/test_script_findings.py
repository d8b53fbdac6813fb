"""What is found in scripts: at its line, with its mend, and nothing in what is right."""

import ast
import contextlib
import io
import types

import numpy as np
import pytest
from unit.script_cases import CASES, RIGHT, ROUTINE

from gradviz_core.scripts.reading import read


def findings_in(text):
    return read(text).findings


@pytest.mark.parametrize("name", CASES)
def test_every_slip_is_found_once_at_its_line_with_its_mend(name):
    text, expected = CASES[name]
    findings = findings_in(text)
    assert [finding.code for finding in findings] == [each.code for each in expected]
    for finding, each in zip(findings, expected, strict=True):
        assert finding.severity == each.severity
        assert each.at in text.splitlines()[finding.line - 1]
        assert finding.fix == each.fix


@pytest.mark.parametrize("name", RIGHT)
def test_nothing_is_found_in_what_is_right(name):
    above_notes = [f for f in findings_in(RIGHT[name]) if f.severity != "note"]
    assert above_notes == []


def mended(text, finding):
    lines = text.splitlines()
    lines[finding.line - 1 : finding.end_line] = finding.fix.splitlines()
    return "\n".join(lines) + "\n"


def run(text):
    """The names of a script that has run, its plots left out."""
    plots = types.ModuleType("matplotlib.pyplot")
    plots.quiver = lambda *arguments, **_: drawn.append(arguments)
    drawn = []
    names = {"__name__": "__main__"}
    code = text.replace("import matplotlib.pyplot as plt\n", "")
    names["plt"] = plots
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(ast.parse(code), "script", "exec"), names)
    return names, drawn


# What a script imports is not at hand when it is run here.
IMPORTING = (
    "a routine that replaces an imported one",
    "NumPy by way of another module",
)
RUNNABLE = [
    name
    for name, (text, _) in CASES.items()
    if "_one" in text
    and "f, " in text
    and name not in ("an argument that is not used", *IMPORTING)
    and "quiver" in text
]


@pytest.mark.parametrize("name", RUNNABLE)
def test_the_mended_script_draws_the_exact_gradient(name):
    text, _ = CASES[name]
    [finding] = findings_in(text)
    _, [(X, Y, u, v)] = run(mended(text, finding))
    is_sum = "np.sum(x**2)" in text
    exact = (2 * X, 2 * Y) if is_sum else (Y, X)
    np.testing.assert_allclose(np.array([u, v], float), -np.array(exact), atol=1e-3)


@pytest.mark.parametrize("name", CASES)
def test_nothing_above_a_note_is_left_in_a_mended_script(name):
    text, _ = CASES[name]
    for finding in findings_in(text):
        if finding.fix is not None:
            left = findings_in(mended(text, finding))
            assert finding.code not in [f.code for f in left if f.severity != "note"]


@pytest.mark.parametrize("name", CASES)
def test_a_finding_names_a_page_and_says_all_it_knows_by_name(name):
    text, _ = CASES[name]
    finding = findings_in(text)[0]
    assert finding.url.startswith(("errata/", "tutorial/", "symptoms/"))
    for value in finding.values.values():
        assert isinstance(value, str)
    assert "{" not in finding.message


def test_columns_count_characters_and_not_bytes():
    text, _ = CASES["without both"]
    text = text.replace("grad = numerical", "é = '勾配'; grad = numerical")
    [finding] = findings_in(text)
    line = text.splitlines()[finding.line - 1]
    assert line[finding.column - 1 :].startswith("numerical_gradient(")


READABLE = {
    "two names for the slopes": ROUTINE
    + "def tangent(f, x):\n    d = e = numerical_gradient(f, x)\n    return d\n",
    "a routine that is given too little": "def g(k, f, x):\n    return (f(x + h) - f(x)) / h\n"
    "def main(f, x):\n    return g(f, x)\n",
    "defaults before the slash": "def g(f, x=1, /, h=1e-4):\n"
    "    return (f(x + h) - f(x - h)) / (2*h)\n",
    "a number too large for a float": f"h = 1{'0' * 400}\nnp.array([1, 2])[1e999]\n",
    "a loop too long to be counted": "def f(x):\n    for i in range(10**30, 9): pass\n"
    f"    for i in range({10**30}): pass\n    return x[0]\n",
}


@pytest.mark.parametrize("name", READABLE)
def test_a_script_of_any_kind_is_read(name):
    assert read(READABLE[name]).findings == []
