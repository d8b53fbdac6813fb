"""A reader's own function on the command line."""

import json
import os
import subprocess
import sys

import oracle
import pytest

from gradviz_core import __version__, function_command
from gradviz_core.__main__ import main

# Output

RATIO = "Length divided by true length (median, nonzero arrows only)"
TURN = "Largest angle to the true arrow, in degrees (nonzero arrows only)"


def table_of(out):
    """The cells of the table, by the names of its rows."""
    lines = out.splitlines()
    head = lines[2]
    left, right = head.index("With both .T"), head.index("Without .T")
    assert left < right
    rows = {}
    for line in lines[3:12]:
        assert line[left - 1] == line[right - 1] == " "
        rows[line[:left].strip()] = (line[left:right].strip(), line[right:].strip())
    return rows


def test_the_table_has_each_figure_under_its_layout(capsys):
    assert main(["x[0] * x[1]"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "f(x) = x[0] * x[1]"
    expected = {
        "Shape of what f receives": ("(2,)", "(324,)"),
        "Calls of f": ("1,296", "1,296"),
        "Arrows": ("324", "324"),
        "Arrows of nonzero length, however small": ("323", "2"),
        "Wrong arrows": ("0", "323"),
        "Largest error, compared with the exact gradient": ("below 10⁻¹¹", "2.25"),
        RATIO: ("1.00", "1.00"),
        TURN: ("below 10⁻⁹", "3.81"),
        "Verdict": ("right", "sparse"),
    }
    assert table_of(out) == expected


def test_the_last_line_says_what_the_verdict_means(capsys):
    main(["x[0] * x[1]"])
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith("Without .T: sparse. Most arrows have length zero.")


def test_a_small_ratio_has_its_digits_where_a_small_error_has_a_bound(capsys):
    main(["np.exp(-np.sum(x**2))"])
    rows = table_of(capsys.readouterr().out)
    assert rows[RATIO][1].endswith("10⁻²³⁸")
    assert rows[TURN][1] == "below 10⁻⁶"


def test_what_has_not_been_measured_is_none(capsys):
    assert main(["--grid=0:1:1", "x[1]"]) == 0
    out = capsys.readouterr().out
    assert table_of(out)["Calls of f"] == ("4", "none")
    assert table_of(out)["Wrong arrows"] == ("0", "none")
    assert table_of(out)["Verdict"] == ("right", "raises")


def test_json_is_one_entry_with_grid_and_step(capsys):
    assert main(["--json", "np.sum(x**2) / len(x)"]) == 0
    entry = json.loads(capsys.readouterr().out)
    names = ["name", "title", "spelling", "gradient", "layouts", "grid", "step"]
    assert list(entry) == names
    assert (entry["name"], entry["title"], entry["gradient"]) == (None, None, None)
    assert entry["spelling"] == "np.sum(x**2) / len(x)"
    assert entry["grid"] == {"start": -2.0, "stop": 2.5, "step": 0.25}
    assert entry["step"] == 1e-4


def test_json_holds_each_figure_of_each_layout(capsys):
    function = oracle.functions()["product"]
    assert main(["--json", function.spelling]) == 0
    layouts = json.loads(capsys.readouterr().out)["layouts"]
    assert list(layouts) == ["rows", "columns"]
    for layout, found in layouts.items():
        expected = function.measured(layout)
        assert tuple(found) == oracle.STATISTICS
        for name in oracle.STATISTICS:
            value = getattr(expected, name)
            if isinstance(value, float):
                value = pytest.approx(value, rel=1e-3, abs=1e-9)
            assert found[name] == value, (layout, name)


def test_a_second_range_is_that_of_x1(capsys):
    assert main(["--json", "--grid=0:3:1,-1:1:0.5", "x[0]**2 * x[1]"]) == 0
    entry = json.loads(capsys.readouterr().out)
    assert entry["grid"] == {
        "x0": {"start": 0.0, "stop": 3.0, "step": 1.0},
        "x1": {"start": -1.0, "stop": 1.0, "step": 0.5},
    }
    assert entry["layouts"]["columns"]["argument_shape"] == [12]
    main(["--json", "--grid=0:3:1,0:3:1", "x[0]"])
    grid = json.loads(capsys.readouterr().out)["grid"]
    assert grid == {"start": 0.0, "stop": 3.0, "step": 1.0}


def test_grid_and_step_are_those_given(capsys):
    assert main(["--json", "--grid=-1:1:0.5", "--step=0.125", "--", "-x[0]**3"]) == 0
    entry = json.loads(capsys.readouterr().out)
    rows = entry["layouts"]["rows"]
    assert rows["arrows"] == 16
    assert rows["max_error"] == 0.125**2
    assert rows["verdict"] == "inexact"
    columns = entry["layouts"]["columns"]
    assert columns["max_error"] == 3 + 0.125**2  # where only the other row is read
    assert entry["grid"] == {"start": -1.0, "stop": 1.0, "step": 0.5}
    assert entry["step"] == 0.125


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_a_picture_pair_is_drawn_only_if_asked_for(tmp_path, suffix):
    path = tmp_path / f"pair.{suffix}"
    assert main([f"--out={path}", "--grid=0:3:1", "x[0] * x[1]"]) == 0
    head = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix]
    assert path.read_bytes().startswith(head)
    assert list(tmp_path.iterdir()) == [path]


# Faults


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
        ["--grid=1:2", "x[0]"],
        ["--grid=0:1:0.5,", "x[0]"],
        ["--grid=0:1:0.5,1:2", "x[0]"],
        ["--grid=0:1:0.5,1:0:1", "x[0]"],
        ["--grid=0:1:1,0:1:1,0:1:1", "x[0]"],
        ["--grid=a:b:c", "x[0]"],
        ["--grid=0:1:0", "x[0]"],
        ["--grid=1:0:1", "x[0]"],
        ["--grid=0:inf:1", "x[0]"],
        ["--step=0", "x[0]"],
        ["--step=-1", "x[0]"],
        ["--step=nan", "x[0]"],
        ["--step=inf", "x[0]"],
        ["--step=x", "x[0]"],
        ["--out=a.gif", "x[0]"],
        ["--what", "x[0]"],
        [],
    ],
)
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: " in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"gradviz {__version__}\n"


def test_the_help_names_the_other_command_and_every_exit_code(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    out = capsys.readouterr().out
    assert "gradviz check PATH" in out
    assert "# gradviz: ignore" in out
    for code in ("0", "1", "2", "3", "130"):
        assert f"\n  {code} " in out


def test_a_file_that_cannot_be_written_is_the_environments_fault(tmp_path, capsys):
    assert main([f"--out={tmp_path / 'none' / 'a.svg'}", "x[0]"]) == 3
    assert "Fix: " in capsys.readouterr().err


def test_who_has_had_enough_is_told_nothing_more(capsys, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(function_command, "measure", interrupted)
    assert main(["x[0]"]) == 130
    assert capsys.readouterr() == ("", "")


# As a command


def run(*arguments, code=None, folder=oracle.ROOT, **environment):
    program = ["-c", code] if code else ["-m", "gradviz_core"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_a_poor_terminal_and_settings_of_this_machine_are_no_wrong_input(tmp_path):
    path = tmp_path / "a.svg"
    (tmp_path / "matplotlibrc").write_bytes(b"\xff\xfe")
    done = run(
        "--out=a.svg",
        "--grid=0:3:1",
        "x[0] * x[1]",
        folder=tmp_path,
        PYTHONIOENCODING="ascii",
        PYTHONPATH=str(oracle.ROOT),
        MPLBACKEND="nope",
    )
    assert done.returncode == 0, done.stderr
    assert "below 10?" in done.stdout
    assert path.exists()


@pytest.mark.parametrize("package", ["numpy", "matplotlib"])
def test_a_missing_package_is_the_environments_fault(tmp_path, package):
    code = f"""
import runpy, sys
sys.modules["{package}"] = None
sys.argv[0] = "-m"
runpy.run_module("gradviz_core", run_name="__main__")
"""
    done = run(f"--out={tmp_path / 'a.svg'}", "--grid=0:3:1", "x[0]", code=code)
    assert done.returncode == 3
    assert package in done.stderr
    assert "make site" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_of_the_pipe_may_leave():
    running = subprocess.Popen(
        [sys.executable, "-m", "gradviz_core", "--grid=0:3:1", "x[0]"],
        cwd=oracle.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait() == 0
