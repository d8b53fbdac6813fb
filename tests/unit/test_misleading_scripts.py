"""Scripts that look like the book's and are not: no mend of them is wrong.

Each is run, as it is and mended, and its arrows are held against the exact gradient.
"""

import contextlib
import io
import sys
import types

import numpy as np
import pytest
from oracle import routine
from unit import script_readers
from unit.script_cases import PARTS
from unit.tables import table

_, _TABLE = table("misleading.txt", PARTS)
TEXTS = {name: case.text for name, case in _TABLE.items()}
OUTCOMES = {name: case.expected[0][0] for name, case in _TABLE.items()}


def findings_in(text):
    return script_readers.said_by_python(text)


@pytest.fixture(scope="module")
def found_in_the_browser(gradviz_js):
    answers = script_readers.said_by_the_browser(gradviz_js, TEXTS.values())
    return {
        name: answer["result"]["findings"]
        for name, answer in zip(TEXTS, answers, strict=True)
    }


def mended(text, findings):
    """The script with the mends of all findings; those of the same lines are one."""
    lines = text.splitlines()
    mends = {
        (finding["line"], finding["end_line"], finding["fix"])
        for finding in findings
        if finding["fix"] is not None
    }
    for line, end_line, fix in sorted(mends, reverse=True):
        lines[line - 1 : end_line] = fix.splitlines()
    return "\n".join(lines) + "\n"


def draws_the_exact_gradient(text, monkeypatch):
    """Whether the arrows that a script hands to quiver are downhill for x[0] * x[1]."""
    drawn = []
    plots = types.ModuleType("matplotlib.pyplot")
    plots.quiver = lambda *arguments, **_: drawn.append(arguments)
    book = types.ModuleType("gradient_2d")
    book.numerical_gradient = routine
    package = types.ModuleType("matplotlib")
    package.pyplot = plots
    monkeypatch.setitem(sys.modules, "matplotlib", package)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", plots)
    monkeypatch.setitem(sys.modules, "gradient_2d", book)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        exec(compile(text, "script", "exec"), {"__name__": "__main__"})
    x, y, u, v = (np.array(each, float) for each in drawn[-1])
    if u.shape != x.shape:
        return False
    return np.allclose(u, -y, atol=1e-2) and np.allclose(v, -x, atol=1e-2)


@pytest.mark.parametrize("name", TEXTS)
def test_a_script_is_called_wrong_only_if_it_is_and_mended_only_if_that_helps(
    name, monkeypatch
):
    text = TEXTS[name]
    findings = findings_in(text)
    severities = {finding["severity"] for finding in findings}
    is_right = draws_the_exact_gradient(text, monkeypatch)
    assert is_right == (OUTCOMES[name] == "right")
    if is_right:
        assert severities <= {"note"}
    else:
        assert findings
    if OUTCOMES[name] == "mended":
        assert severities == {"error"}
        assert draws_the_exact_gradient(mended(text, findings), monkeypatch)
    else:
        assert all(finding["fix"] is None for finding in findings)


@pytest.mark.parametrize("name", TEXTS)
def test_both_readers_say_the_same(name, found_in_the_browser):
    assert found_in_the_browser[name] == findings_in(TEXTS[name])
