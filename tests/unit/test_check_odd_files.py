"""`check` on files that are odd: in their encoding, their name or their place."""

import errno
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import oracle
import pytest
from reading.words import said
from unit.checking import LINE, WITHOUT, apply_patch, as_json

from gradviz_core.__main__ import main


@pytest.mark.parametrize(
    "name", ["undefined", "rot13", "hex", "unicode_escape", "nonsense"]
)
def test_an_encoding_that_a_file_cannot_have_is_told_at_its_line(folder, capsys, name):
    Path("a.py").write_text(f"#!/usr/bin/env python\n# coding: {name}\n{WITHOUT}")
    Path("b.py").write_text(WITHOUT)
    code, record = as_json(capsys, ".")
    assert code == 1
    assert [finding["path"] for finding in record["findings"]] == ["b.py"]
    reason = said("unread.encoding", detail=name)
    assert record["unread"] == [{"path": "a.py", "line": 2, "reason": reason}]


def test_a_file_may_name_its_encoding_below_a_line_in_it(folder, capsys):
    text = "# 勾\n# coding: euc-jp\nx = '勾'\n" + WITHOUT
    Path("a.py").write_bytes(text.encode("euc-jp"))
    _, record = as_json(capsys, "a.py")
    assert [finding["line"] for finding in record["findings"]] == [LINE + 3]


@pytest.mark.parametrize(
    "encoding", ["cp932", "euc-jp", "shift_jis", "latin-1", "utf-8-sig", "utf-8"]
)
def test_a_patch_leaves_mixed_line_ends_and_the_encoding_alone(
    folder, capfdbinary, encoding
):
    word = "é" if encoding == "latin-1" else "勾配表"
    cookie = encoding.removesuffix("-sig")
    head, call = WITHOUT.replace("\n", "\r\n", 5).rsplit("grad = ", 1)
    text = f"# coding: {cookie}\n# {word}\r\n{head}grad = {call}"
    Path("a.py").write_bytes(text.encode(encoding))
    assert main(["check", "--diff", "a.py"]) == 1
    apply_patch(folder, capfdbinary.readouterr().out)
    mended = text.replace("np.array([X, Y]))", "np.array([X, Y]).T).T")
    assert Path("a.py").read_bytes() == mended.encode(encoding)


@pytest.mark.parametrize("how", [[], ["--github"], ["--report"], ["--json"], ["--fix"]])
@pytest.mark.parametrize("name", ["::error::a.py", "##[error]a.py", "\x1b[2J\x9bm.py"])
def test_no_name_is_taken_for_a_command(folder, capfd, name, how):
    Path(name).write_text(WITHOUT + "numerical_gradient(f, unknown)\n")
    main(["check", *how, name])
    output = "".join(capfd.readouterr())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]|##\\[", output)
    lines = [line.strip() for line in output.splitlines()]
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == (how == ["--github"])


def test_what_python_would_warn_of_is_read_in_silence(folder, capfd):
    Path("a.py").write_text(f"label = '$\\lambda$'\nx = 1if label else 2\n{WITHOUT}")
    command = [sys.executable, "-W", "always", "-m", "gradviz_core", "check", "a.py"]
    environment = os.environ | {"PYTHONPATH": str(oracle.ROOT)}
    assert subprocess.run(command, env=environment, check=False).returncode == 1
    shown, told = capfd.readouterr()
    assert shown.startswith(f"a.py:{LINE + 2}:")
    assert len(told.splitlines()) == 1


def test_what_is_quoted_of_a_file_is_no_command(folder, capfd):
    f = "numerical_gradient(lambda x, y: '\x1b[2J##[error]', np.array([X, Y]))\n"
    Path("a.py").write_text(WITHOUT + f)
    main(["check", "--select=stops", "a.py"])
    output = "".join(capfd.readouterr())
    assert "stops" in output
    assert not re.search(r"\x1b|##\[", output)


def test_a_folder_that_cannot_be_read_is_told(folder, capsys, monkeypatch):
    Path("open").mkdir()
    Path("open/a.py").write_text(WITHOUT)
    Path("shut").mkdir()
    scandir = os.scandir

    def scandir_unless_shut(path="."):
        if Path(path).name == "shut":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", scandir_unless_shut)
    code, record = as_json(capsys, ".")
    assert code == 1
    reason = said("unread.not-opened", detail=os.strerror(errno.EACCES))
    assert record["unread"] == [{"path": "shut", "line": 1, "reason": reason}]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (["old"], ["a.py", "b/a.py"]),
        (["old/"], ["a.py", "b/a.py"]),
        (["d/old"], ["a.py", "b/a.py", "b/d/old/a.py"]),
        (["./d/old/"], ["a.py", "b/a.py", "b/d/old/a.py"]),
        (["./d/old/*.py"], ["a.py", "b/a.py", "b/d/old/a.py"]),
        (["old/a.py"], ["a.py", "b/a.py", "b/d/old/a.py", "d/old/a.py"]),
        (["d"], ["a.py", "b/a.py"]),
        (["a.py"], []),
    ],
)
@pytest.mark.parametrize("are_named", [False, True])
def test_what_is_excluded_stays_out_of_a_folder_and_if_it_is_named(
    folder, capsys, patterns, left, are_named
):
    paths = ["a.py", "b/a.py", "b/d/old/a.py", "d/old/a.py"]
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(WITHOUT)
    named = paths if are_named else ["."]
    options = [f"--exclude={pattern}" for pattern in patterns]
    code, record = as_json(capsys, *options, *named)
    assert sorted(each["path"] for each in record["findings"]) == left
    assert (code, record["files"]) == (int(bool(left)), len(left))


def test_a_file_that_is_called_like_standard_input_is_read_beside_it(
    folder, capsys, monkeypatch
):
    Path("-").write_text(WITHOUT)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WITHOUT.encode())))
    _, record = as_json(capsys, "-", "./-")
    paths = [each["path"] for each in record["findings"]]
    assert paths == ["-", str(folder / "-")]
