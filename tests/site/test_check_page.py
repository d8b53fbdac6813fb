"""What the page *Check a folder* shows is what the command prints, and its files can be pasted."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from project import ROOT
from reading.pages import page

from gradviz_core.__main__ import main
from gradviz_core.registry.words import interface

BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", re.M | re.S)
CALL = "grad = numerical_gradient(f, np.array([X, Y]))\n"


def blocks(built, kind):
    text = (built.root / "content/check.md").read_text(encoding="utf-8")
    return [block[2] for block in BLOCK.finditer(text) if block[1] == kind]


def first_cells(built, heading):
    """What stands in the first column of the table below a heading, as code."""
    text = (built.root / "content/check.md").read_text(encoding="utf-8")
    table = text.split(f"{{: #{heading} }}")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)`(?:\{: \.whole \})? \|", table, re.M)


def printed(tmp_path, monkeypatch, capsys, script, *options):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plot.py").write_text(script, encoding="utf-8")
    assert main(["check", "--lang=en", *options, "plot.py"]) == 1
    return capsys.readouterr()


def test_the_lines_and_the_patch_are_what_the_command_prints(
    built, tmp_path, monkeypatch, capsys
):
    script, _ = blocks(built, "python")
    shown = blocks(built, "text")
    lines = printed(tmp_path, monkeypatch, capsys, script)
    assert lines.out in shown
    assert lines.err in shown
    patch = printed(tmp_path, monkeypatch, capsys, script, "--diff").out
    assert "gradviz check --diff plot.py\n" in blocks(built, "sh")
    assert patch in blocks(built, "diff")


def test_the_line_that_ends_in_the_comment_is_left_alone(
    built, tmp_path, monkeypatch, capsys
):
    script, ignored = blocks(built, "python")
    assert script.count(CALL) == 1
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plot.py").write_text(script.replace(CALL, ignored), encoding="utf-8")
    assert main(["check", "plot.py"]) == 0
    assert capsys.readouterr().out == ""


def test_every_code_stands_in_the_table_and_no_other(built):
    assert sorted(first_cells(built, "findings")) == sorted(interface("en")["finding"])


def test_every_option_stands_in_the_table_and_no_other(built, capsys):
    with pytest.raises(SystemExit):
        main(["check", "--help"])
    in_help = re.findall(r"^  (--[\w-]+)", capsys.readouterr().out, re.M)
    cells = first_cells(built, "options")
    assert sorted(cell.partition("=")[0] for cell in cells) == sorted(in_help)


# The files to paste


def files_to_paste(site, url="check/index.html"):
    """Return what the page lets paste: the hook, both workflows, and the one step."""
    document = page(site / url)
    codes = [block.text_content() for block in document.iter("pre")]
    texts = [code for code in codes if "COMMIT" in code]
    assert len(texts) == 4
    return [yaml.safe_load(text) for text in texts]


@pytest.fixture
def own_project(built, tmp_path, monkeypatch):
    """A project with a script, where the programs that the files run are at hand."""
    folder = tmp_path / "own"
    folder.mkdir()
    script, _ = blocks(built, "python")
    (folder / "plot.py").write_text(script, encoding="utf-8")
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, command in (
        ("gradviz", f'exec "{sys.executable}" -m gradviz_core "$@"'),
        ("pip", 'echo "$@" > "$INSTALLED"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("INSTALLED", str(tmp_path / "installed"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return folder


def run(command, folder, **environment):
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def commands(workflow):
    [job] = workflow["jobs"].values()
    return [step["run"] for step in job["steps"] if "run" in step]


def test_the_hook_that_the_page_names_is_that_of_the_repository(built, own_project):
    hook_file, *_ = files_to_paste(built.site)
    [repository] = hook_file["repos"]
    assert repository["rev"] == "COMMIT"
    [hook] = repository["hooks"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    [entry] = [each["entry"] for each in offered if each["id"] == hook["id"]]
    done = run(f"{entry} plot.py", own_project)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("plot.py:13:8: error layout ")


def test_the_workflow_installs_and_shows_annotations(built, own_project, tmp_path):
    hook_file, workflow, *_ = files_to_paste(built.site)
    install, check = commands(workflow)
    assert run(install, own_project).returncode == 0
    address = hook_file["repos"][0]["repo"]
    installed = (tmp_path / "installed").read_text(encoding="utf-8")
    assert installed == f"install git+{address}@COMMIT\n"
    done = run(check, own_project)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=plot.py,line=13,")


def test_the_workflow_uploads_the_sarif_that_it_has_written(built, own_project):
    *_, workflow, _ = files_to_paste(built.site)
    _, check = commands(workflow)
    assert run(check, own_project).returncode == 0
    [job] = workflow["jobs"].values()
    upload = job["steps"][-1]
    assert "/upload-sarif@" in upload["uses"]
    path = own_project / upload["with"]["sarif_file"]
    [result] = json.loads(path.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "layout"


def test_the_action_checks_the_paths_and_uploads_what_it_has_written(
    built, own_project, tmp_path
):
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    [check] = [step["run"] for step in steps if step.get("name") == "Check"]
    program = tmp_path / "gradviz/bin/gradviz"
    program.parent.mkdir(parents=True)
    program.symlink_to(tmp_path / "programs/gradviz")
    (own_project / "old code").mkdir()
    (own_project / "plot.py").rename(own_project / "old code/plot.py")
    given = {"RUNNER_TEMP": str(tmp_path), "OPTIONS": "--select=layout\n--notes\n"}
    done = run(check, own_project, **given, PATHS="old code\n")
    assert done.returncode == 0, done.stderr
    upload = steps[-1]
    written = upload["with"]["sarif_file"].replace("${{ runner.temp }}", str(tmp_path))
    [result] = json.loads(Path(written).read_text("utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "layout"
    assert run(check, own_project, **given, PATHS="none").returncode == 2


def pinned(text):
    return set(re.findall(r"uses: (\S+@[0-9a-f]{40} # v[\d.]+)", text))


def test_the_same_commits_of_actions_are_pinned_everywhere(built):
    workflows = ROOT / ".github/workflows"
    own = pinned("".join(path.read_text("utf-8") for path in workflows.iterdir()))
    action = pinned((ROOT / "action.yml").read_text(encoding="utf-8"))
    html = page(built.site / "check/index.html").text_content()
    assert {pin.partition("@")[0] for pin in pinned(html) - own} == {
        "github/codeql-action/upload-sarif"
    }
    assert pinned(html) - own == action - own


@pytest.mark.parametrize("language", ["ja", "ko", "zh"])
def test_the_files_are_the_same_in_every_language(built, language):
    translated = files_to_paste(built.site, f"{language}/check/index.html")
    assert translated == files_to_paste(built.site)
