"""What is wrong with the records of the package itself is told, and who asks for them hears it."""

import os
import subprocess
import sys

import pytest

from gradviz_core.errors import ContentErrors
from gradviz_core.functions import _registry
from gradviz_core.publish import entries
from gradviz_core.records import Records

TABLE = """
[{name}]
title = "A"
tex = "x_0"
spelling = "{spelling}"
gradient = ["{gradient}", "0"]
note = "A note."
"""


def test_a_file_that_is_gone_is_a_fault_for_whoever_asks(tmp_path):
    records = Records(tmp_path / "gone.toml")
    assert [*map(str, records.faults)] == [
        "gradviz_core/gone.toml: No such file or directory. Fix: restore it"
    ]
    with pytest.raises(ContentErrors, match=r"gradviz_core/gone\.toml: "):
        records["word"]


@pytest.mark.parametrize(
    "name", ["gradviz_core/words.toml", "gradviz_core/functions.toml", "benchmarks/results.json"]
)
def test_a_pipe_in_place_of_a_file_is_told_and_holds_nobody_up(small, name):
    before, path = small.files(), small.root / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    command = [sys.executable, "build.py"]
    done = subprocess.run(
        command, cwd=small.root, capture_output=True, check=False, text=True, timeout=60
    )
    assert done.returncode == 1
    assert f"{name}: it is a pipe. Fix: restore it" in done.stderr.splitlines()
    assert "Traceback" not in done.stderr
    assert small.files() == before


def test_what_is_only_missing_is_missing():
    with pytest.raises(KeyError, match="word"):
        Records('other = "a"', "a.toml")["word"]


@pytest.mark.parametrize(
    ("spelling", "gradient", "fault"),
    [
        ("np.maximum(x[0] - 0.00001, 0)", "np.sign(np.maximum(x[0], 0))",
         ":2: a: 18 arrows of the correct call are wrong on its grid. Fix: correct the grid"),
        ("x[0]**2", "3 * x[0]",
         ":6: a: the gradient given is not that of the spelling. Fix: correct the gradient"),
    ],
)  # fmt: skip
def test_a_function_is_told_by_what_is_wrong_with_it(
    tmp_path, monkeypatch, spelling, gradient, fault
):
    path = tmp_path / "functions.toml"
    path.write_text(TABLE.format(name="a", spelling=spelling, gradient=gradient), encoding="utf-8")
    monkeypatch.setattr(entries, "FUNCTIONS", _registry(path))
    _, errors = entries.measured([])
    assert [*map(str, errors)] == [f"gradviz_core/functions.toml{fault}"]
