"""A reader's own function on the command line."""

import json
import os
import subprocess
import sys

import pytest
from project import ROOT

from gradviz_core import Grid, Layout, measure, parse_spelling
from gradviz_core.__main__ import main
from gradviz_core.words import WORDS


def test_json_is_one_entry_with_grid_and_step(capsys):
    assert main(["--json", "np.sum(x**2) / len(x)"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert list(entry) == ["name", "title", "spelling", "gradient", "layouts", "grid", "step"]
    assert (entry["name"], entry["title"], entry["gradient"]) == (None, None, None)
    assert entry["grid"] == {"start": -2.0, "stop": 2.5, "step": 0.25}
    assert entry["step"] == 1e-4
    assert entry["layouts"]["columns"]["verdict"] == "scaled"


def test_grid_and_step_are_those_given(capsys):
    assert main(["--json", "--grid=-1:1:0.5", "--step=0.125", "--", "-x[0]**3"]) == 0
    entry = json.loads(capsys.readouterr().out)
    expected = measure(parse_spelling("-x[0]**3"), Grid(-1, 1, 0.5), Layout.ROWS, step=0.125)
    assert entry["layouts"]["rows"]["max_error"] == expected.max_error
    assert entry["layouts"]["rows"]["verdict"] == expected.verdict == "inexact"
    assert entry["grid"] == {"start": -1.0, "stop": 1.0, "step": 0.5}


def test_the_table_has_both_layouts_and_says_what_the_verdict_means(capsys):
    assert main(["x[0] * x[1]"]) == 0
    out = capsys.readouterr().out
    rows = [line.split("  ") for line in out.splitlines()]
    assert any("(2,)" in "".join(line) and "(324,)" in "".join(line) for line in rows)
    columns = {line.index("Without") for line in out.splitlines() if "Without .T" in line}
    assert columns == {line.index("(324,)") for line in out.splitlines() if "(324,)" in line}
    assert out.splitlines()[-1].startswith("sparse: The call without .T gives zero at most points")


def test_what_has_not_been_measured_is_told_in_words(capsys):
    assert main(["--grid=0:1:1", "x[1]"]) == 0
    out = capsys.readouterr().out
    assert WORDS["measurement"]["none"] in out
    assert out.splitlines()[-1].startswith("raises: ")


def test_who_has_had_enough_is_told_nothing_more(capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("gradviz_core.__main__.measure", interrupted)
    assert main(["x[0]"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_a_picture_pair_is_drawn_only_if_asked_for(tmp_path, capsys, suffix):
    path = tmp_path / f"pair.{suffix}"
    assert main([f"--out={path}", "x[0] * x[1]"]) == 0
    head = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix]
    assert path.read_bytes().startswith(head)
    assert list(tmp_path.iterdir()) == [path]
    if suffix == "svg":
        assert "Without .T" in path.read_text()


@pytest.mark.parametrize(
    ("spelling", "column"), [("x[0] * y", 8), ("sin(x[0])", 1), ("x[0] +", 7), ("x", 1)]
)
def test_a_caret_stands_under_the_column(capsys, spelling, column):
    assert main(["--", spelling]) == 1
    text, caret, message = capsys.readouterr().err.splitlines()
    assert text == f"  {spelling}"
    assert caret == " " * (2 + column - 1) + "^"
    assert message.startswith(f"column {column}: ")


def test_a_gradient_that_is_finite_nowhere_is_a_wrong_input(capsys):
    assert main(["np.log(-np.sum(x**2))"]) == 1
    assert "finite at no point" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--grid=1:2", "x[0]"], ["--grid=a:b:c", "x[0]"], ["--grid=0:1:0", "x[0]"],
        ["--grid=1:0:1", "x[0]"], ["--grid=0:inf:1", "x[0]"], ["--step=0", "x[0]"],
        ["--step=nan", "x[0]"], ["--step=x", "x[0]"], ["--out=a.gif", "x[0]"], [], ["--what", "x[0]"],
    ],
)  # fmt: skip
def test_wrong_usage(arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_file_that_cannot_be_written_is_the_environments_fault(tmp_path, capsys):
    assert main([f"--out={tmp_path / 'none' / 'a.svg'}", "x[0]"]) == 3
    assert "Fix: " in capsys.readouterr().err


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "gradviz_core", "np.sum(x**2)"],
        cwd=ROOT, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("hidden: ")


def test_it_runs_though_nobody_listens():
    command = f"{sys.executable} -m gradviz_core 'x[0]' >&-"
    done = subprocess.run(
        command, shell=True, cwd=ROOT, text=True, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def run(*arguments, code=None, **options):
    command = [sys.executable, *(("-c", code) if code else ("-m", "gradviz_core")), *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, **{"encoding": "utf-8"} | options
    )


@pytest.mark.parametrize("package", ["numpy", "matplotlib"])
def test_a_missing_package_is_the_environments_fault(tmp_path, package):
    code = f"import runpy, sys; sys.modules['{package}'] = None; sys.argv[0] = '-m'; "
    code += "runpy.run_module('gradviz_core', run_name='__main__')"
    done = run(f"--out={tmp_path / 'a.svg'}", "x[0]", code=code)
    assert done.returncode == 3
    assert package in done.stderr
    assert "make site" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_a_terminal_without_superscripts_is_no_wrong_input(encoding):
    done = run("x[0] * x[1]", env=os.environ | {"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert done.returncode == 0
    assert "sparse" in done.stdout


def test_settings_of_this_machine_draw_nothing(tmp_path):
    path = tmp_path / "a.svg"
    assert run(f"--out={path}", "x[0]", env=os.environ | {"MPLBACKEND": "nope"}).returncode == 0
    assert path.exists()


def test_a_reader_of_the_pipe_may_leave():
    command = [sys.executable, "-m", "gradviz_core", "x[0]"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 0
