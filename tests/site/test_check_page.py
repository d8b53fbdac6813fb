"""What the page *Check your code* shows is what the command prints."""

import re

from gradviz_core.__main__ import main
from gradviz_core.scripts.findings import messages

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def blocks(built, kind):
    text = (built.root / "content/check.md").read_text(encoding="utf-8")
    return [block[2] for block in BLOCK.finditer(text) if block[1] == kind]


def printed(tmp_path, monkeypatch, capsys, script, *options):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plot.py").write_text(script, encoding="utf-8")
    assert main(["check", *options, "plot.py"]) == 1
    return capsys.readouterr().out


def test_the_lines_and_the_patch_are_what_the_command_prints(
    built, tmp_path, monkeypatch, capsys
):
    script, _ = blocks(built, "python")
    _, line, command, patch = blocks(built, "text")
    assert command == "python -m gradviz_core check --diff plot.py\n"
    assert printed(tmp_path, monkeypatch, capsys, script) == line
    assert printed(tmp_path, monkeypatch, capsys, script, "--diff") == patch


def test_the_line_that_ends_in_the_comment_is_left_alone(
    built, tmp_path, monkeypatch, capsys
):
    script, ignored = blocks(built, "python")
    call = "grad = numerical_gradient(f, np.array([X, Y]))\n"
    assert script.count(call) == 1
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plot.py").write_text(script.replace(call, ignored), encoding="utf-8")
    assert main(["check", "plot.py"]) == 0
    assert capsys.readouterr().out == ""


def test_every_code_stands_in_the_table_and_no_other(built):
    text = (built.root / "content/check.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([\w-]+)` \|", text, re.M)
    assert sorted(listed) == sorted(messages())
