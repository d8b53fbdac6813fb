"""`check`: scripts and notebooks of every kind, read and never run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from unit.script_cases import CASES, RIGHT

from gradviz_core.__main__ import main
from gradviz_core.registry.words import ENGLISH, interface

ROOT = Path(__file__).parents[2]
WORDS = interface(ENGLISH)
WITHOUT, _ = CASES["without both"]
LINE = WITHOUT.splitlines().index("grad = numerical_gradient(f, np.array([X, Y]))") + 1


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def checked(capsys, *arguments):
    code = main(["check", *arguments])
    return code, capsys.readouterr()


def as_json(capsys, *arguments):
    code, output = checked(capsys, "--json", *arguments)
    return code, json.loads(output.out)


def notebook(*cells):
    return json.dumps(
        {
            "cells": [
                {"cell_type": kind, "source": source.splitlines(keepends=True)}
                for kind, source in cells
            ]
        }
    )


def test_a_finding_is_one_line_with_its_place_and_its_fix(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    code, output = checked(capsys, "a.py")
    assert code == 1
    assert output.out.startswith(f"a.py:{LINE}:8: error layout ")
    assert output.out.endswith(". Fix: put in both .T (errata/layout/)\n")
    assert output.out.count("\n") == 1


def test_a_right_script_and_a_note_end_with_zero(folder, capsys):
    Path("right.py").write_text(RIGHT["both .T"])
    Path("note.py").write_text(CASES["the start used once"][0])
    assert checked(capsys, "right.py")[0] == 0
    code, output = checked(capsys, "note.py")
    assert code == 0
    assert "in-place" in output.out


@pytest.mark.parametrize("name", ["right by luck", "the start used again"])
def test_what_is_right_by_luck_or_until_used_again_ends_with_one(folder, capsys, name):
    Path("a.py").write_text(CASES[name][0])
    assert checked(capsys, "a.py")[0] == 1


def test_json_has_every_field_of_the_contract(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    code, record = as_json(capsys, "a.py")
    assert code == 1
    [finding] = record["findings"]
    assert finding == {
        "path": "a.py",
        "line": LINE,
        "column": 8,
        "code": "layout",
        "severity": "error",
        "message": finding["message"],
        "values": {"form": "error", "routine": "numerical_gradient"},
        "end_line": LINE,
        "fix": "grad = numerical_gradient(f, np.array([X, Y]).T).T",
        "url": "errata/layout/",
    }
    assert record["files"] == 1
    assert record["unread"] == []


def test_a_note_without_a_mend_offers_no_fix(folder, capsys):
    Path("a.py").write_text(CASES["an argument that is not used"][0])
    code, output = checked(capsys, "a.py")
    assert code == 0
    assert ": note ignored-argument " in output.out
    assert output.out.endswith(". (errata/ignored-argument/)\n")


def test_folders_are_read_whole_and_other_peoples_code_is_not(folder, capsys):
    for name in ("b/deep/a.py", "b/node_modules/a.py", "b/.venv/a.py", "b/c.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(WITHOUT)
    _, record = as_json(capsys, "b")
    assert [finding["path"] for finding in record["findings"]] == ["b/deep/a.py"]


def test_a_notebook_is_one_script_whose_lines_start_again_in_each_cell(folder, capsys):
    routine, call = WITHOUT.split("grad = numerical", 1)
    cells = [
        ("markdown", "# Title"),
        ("code", "%matplotlib inline\n" + routine),
        ("code", "!pip install numpy\ngrad = numerical" + call),
    ]
    Path("n.ipynb").write_text(notebook(*cells))
    _, record = as_json(capsys, "n.ipynb")
    [finding] = record["findings"]
    assert (finding["cell"], finding["line"]) == (3, 2)
    assert finding["fix"] == "grad = numerical_gradient(f, np.array([X, Y]).T).T"
    _, output = checked(capsys, "n.ipynb")
    assert output.out.startswith("n.ipynb:cell 3:2:8: error layout")


def test_a_cell_that_is_no_python_is_unread_and_the_others_are_read(folder, capsys):
    Path("n.ipynb").write_text(notebook(("code", "a b c"), ("code", WITHOUT)))
    _, record = as_json(capsys, "n.ipynb")
    assert [finding["cell"] for finding in record["findings"]] == [2]
    [unread] = record["unread"]
    assert (unread["cell"], unread["line"]) == (1, 1)


@pytest.mark.parametrize(
    "content",
    [
        b"print 'Python 2'\n",
        b"def f(:\n",
        b"\0\0",
        b"(" * 5000 + b")" * 5000,
        b"x = " + b"-" * 20000 + b"1\n",
        b"# coding: no-such-thing\n(\n",
    ],
)
def test_what_is_no_python_3_is_unread_and_no_error(folder, capsys, content):
    Path("a.py").write_bytes(content)
    code, record = as_json(capsys, "a.py")
    assert code == 0
    assert record["findings"] == []
    [unread] = record["unread"]
    assert unread["path"] == "a.py"
    assert unread["reason"]


def test_text_that_is_no_notebook_is_unread(folder, capsys):
    for content in ("[1]", "{}", '{"cells": 3}', "no JSON", "[" * 100000):
        Path("n.ipynb").write_text(content)
        code, record = as_json(capsys, "n.ipynb")
        assert code == 0
        assert [unread["line"] for unread in record["unread"]] == [1]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "shift_jis", "euc-kr", "gbk"]
)
def test_a_file_is_read_in_the_encoding_that_it_names(folder, capsys, encoding):
    text = f"# coding: {encoding.removesuffix('-sig')}\n# 勾\n" + WITHOUT
    Path("a.py").write_bytes(text.encode(encoding))
    _, record = as_json(capsys, "a.py")
    assert [finding["line"] for finding in record["findings"]] == [LINE + 2]


def test_a_file_in_no_encoding_that_it_names_is_read_as_latin_1(folder, capsys):
    Path("a.py").write_bytes(b"# \xe9\xff\n" + WITHOUT.encode())
    _, record = as_json(capsys, "a.py")
    assert [finding["line"] for finding in record["findings"]] == [LINE + 1]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis"])
def test_the_patch_applies_and_keeps_line_ends_and_encoding(
    folder, capfdbinary, end, encoding
):
    text = (f"# coding: {encoding}\n# 勾配\n" + WITHOUT).replace("\n", end)
    Path("a.py").write_bytes(text.encode(encoding))
    assert main(["check", "--diff", "a.py"]) == 1
    Path("mend.patch").write_bytes(capfdbinary.readouterr().out)
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "mend.patch"],
        capture_output=True,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(folder.parent)},
    )
    assert done.returncode == 0, done.stderr
    mended = text.replace("np.array([X, Y]))", "np.array([X, Y]).T).T")
    assert Path("a.py").read_bytes() == mended.encode(encoding)


def test_of_two_mends_in_one_line_the_patch_makes_one(folder, capsys):
    whole, _ = CASES["whole numbers in a grid"]
    text = whole.replace(
        "np.array([X, Y]).T).T", "np.array([X, Y]) + np.array([X, Y]))"
    )
    text = text.replace("numerical_gradient(f, np", "numerical_gradient(f, P + np", 1)
    text = text.replace(
        "plt.quiver", "P = np.array([X, Y])\nnumerical_gradient(f, P * 1)\nplt.quiver"
    )
    Path("a.py").write_text(text)
    _, record = as_json(capsys, "a.py")
    assert {"layout", "integer"} <= {finding["code"] for finding in record["findings"]}
    _, output = checked(capsys, "--diff", "a.py")
    assert "+numerical_gradient(f, (P * 1).T).T\n" in output.out


def test_nothing_is_written_in_place_and_a_notebook_has_no_patch(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    Path("n.ipynb").write_text(notebook(("code", WITHOUT)))
    before = {path: path.read_bytes() for path in Path().iterdir()}
    _, output = checked(capsys, "--diff", ".")
    assert "n.ipynb" not in output.out
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_sarif_names_rules_places_and_levels(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    Path("b.py").write_text(CASES["the start used again"][0])
    code, output = checked(capsys, "--sarif", ".")
    assert code == 1
    record = json.loads(output.out)
    assert record["version"] == "2.1.0"
    [run] = record["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    results = run["results"]
    assert {result["ruleId"] for result in results} <= rules
    assert [result["level"] for result in results] == ["error", "warning"]
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (LINE, 8)


@pytest.mark.parametrize(
    "arguments", [[], ["missing.py"], ["--json", "--sarif", "."], ["--no", "."]]
)
def test_wrong_usage_ends_with_two(folder, arguments):
    with pytest.raises(SystemExit) as ended:
        main(["check", *arguments])
    assert ended.value.code == 2


def test_check_is_a_command_as_the_first_argument_only(capsys):
    assert main(["x[0]", "--json"]) == 0
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["x[0]", "check"])
    assert ended.value.code == 2


def test_check_needs_the_standard_library_alone(folder):
    Path("a.py").write_text(WITHOUT)
    code = (
        "import sys; sys.modules['numpy'] = None\n"
        "from gradviz_core.__main__ import main; sys.exit(main(['check', 'a.py']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"a.py:{LINE}:8: error layout ")


def test_the_summary_says_what_was_read_found_and_not_followed(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    text = "import numpy as np\ngrad = numerical_gradient(f, np.array([X, Y]).T)\n"
    Path("b.py").write_text(text)
    code, output = checked(capsys, "a.py", "b.py")
    unread, summary = output.err.splitlines()
    reason = WORDS["unread"]["routine"].format(name="numerical_gradient")
    assert code == 1
    assert unread == f"b.py:2: not read: {reason}"
    assert [int(each) for each in re.findall("[0-9]+", summary)] == [2, 1, 0, 0, 1]
    code, _ = checked(capsys, "b.py")
    assert code == 0
