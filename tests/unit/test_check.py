"""`check`: scripts and notebooks of every kind, read and never run."""

import errno
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from reading.records import LANGUAGES
from reading.words import said
from unit.checking import LINE, MENDED, WITHOUT, apply_patch, as_json, checked
from unit.script_cases import CASES, RIGHT, ROUTINE

from gradviz_core.__main__ import main
from gradviz_core.registry.vocabulary import vocabulary

ROOT = Path(__file__).parents[2]


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
    code, output = checked(capsys, "--notes", "note.py")
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
    code, output = checked(capsys, "--notes", "a.py")
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
    assert (finding["cell"], finding["line"], finding["end_line"]) == (3, 2, 2)
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


def test_the_patch_does_what_the_mend_in_place_does(folder, capsys):
    text, _ = CASES["whole numbers in the call"]
    call = "numerical_gradient(f, np.array([{}, 4]))"
    twice = f"print({call.format(3)}, {call.format(5)})\n"  # two mends of one line
    Path("a.py").write_text(text + twice)
    Path("b.py").write_text(Path("a.py").read_text())
    checked(capsys, "--fix", "b.py")
    _, output = checked(capsys, "--diff", "a.py")
    apply_patch(folder, output.out.encode())
    assert Path("a.py").read_text() == Path("b.py").read_text()
    assert "[5.0, 4.0]" in Path("a.py").read_text()


def test_of_two_mends_of_one_array_the_patch_makes_both(folder, capsys):
    whole, _ = CASES["whole numbers in a grid"]
    text = whole.replace(
        "np.array([X, Y]).T).T", "np.array([X, Y]) + np.array([X, Y]))"
    )
    text = text.replace("numerical_gradient(f, np", "numerical_gradient(f, P + np", 1)
    text = text.replace(
        "plt.quiver", "P = np.array([X, Y])\nnumerical_gradient(f, P)\nplt.quiver"
    )
    Path("a.py").write_text(text)
    _, record = as_json(capsys, "a.py")
    assert {"layout", "integer"} <= {finding["code"] for finding in record["findings"]}
    _, output = checked(capsys, "--diff", "a.py")
    assert "+P = np.array([X, Y]).astype(float)\n" in output.out
    assert "+numerical_gradient(f, P.T).T\n" in output.out


def test_a_file_of_the_command_hides_the_module_of_the_book(folder, capsys):
    script, _ = CASES["the book's own module"]
    Path("a.py").write_text(script)
    _, alone = as_json(capsys, "a.py")
    assert [each["severity"] for each in alone["findings"]] == ["error"]
    Path("gradient_2d.py").write_text("from mine import numerical_gradient\n")
    _, hidden = as_json(capsys, "--notes", ".")
    assert [each["severity"] for each in hidden["findings"]] == ["note"]
    Path("gradient_2d.py").write_text(ROUTINE)
    _, read_with_it = as_json(capsys, ".")
    assert [each["code"] for each in read_with_it["findings"]] == ["layout"]
    assert read_with_it["findings"][0]["fix"] is not None
    turning = ROUTINE.replace(
        "    grad = np.zeros_like(X)", "    X = X.T\n    grad = np.zeros_like(X)"
    )
    Path("gradient_2d.py").write_text(turning)
    _, unclear = as_json(capsys, ".")
    assert unclear["findings"] == []


def test_of_two_files_called_like_a_module_nobody_knows_which_is_imported(
    folder, capsys
):
    Path("a.py").write_text(CASES["the book's own module"][0])
    for name in ("one", "other"):
        Path(name).mkdir()
        Path(name, "gradient_2d.py").write_text(ROUTINE)
    _, record = as_json(capsys, "--notes", ".")
    assert [each["severity"] for each in record["findings"]] == ["note"]


def test_a_patch_writes_nothing_in_place(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    checked(capsys, "--diff", ".")
    assert Path("a.py").read_text() == WITHOUT


# How people and programs write the source of a cell.
@pytest.mark.parametrize("written", [str.splitlines, str], ids=["lines", "one string"])
@pytest.mark.parametrize("indent", [1, None])
@pytest.mark.parametrize("is_ascii", [False, True])
def test_a_notebook_is_mended_in_its_own_bytes(
    folder, capfdbinary, written, indent, is_ascii
):
    def cells(code):
        lines = code.splitlines(keepends=True)
        lines[LINE - 1] = f"{lines[LINE - 1].rstrip()}  # 勾配\n"
        code = "".join(lines)
        source = code.splitlines(keepends=True) if written is str.splitlines else code
        cell = {"cell_type": "code", "source": source, "outputs": [{"a": 1e5}]}
        text = {"cell_type": "markdown", "source": ["勾配"]}
        return json.dumps(
            {"cells": [text, cell]}, indent=indent, ensure_ascii=is_ascii
        ).encode()

    Path("n.ipynb").write_bytes(cells(WITHOUT))
    assert main(["check", "--diff", "n.ipynb"]) == 1
    patch = capfdbinary.readouterr().out
    assert main(["check", "--fix", "n.ipynb"]) == 0
    assert Path("n.ipynb").read_bytes() == cells(MENDED)
    Path("n.ipynb").write_bytes(cells(WITHOUT))
    apply_patch(folder, patch)
    assert Path("n.ipynb").read_bytes() == cells(MENDED)


def test_a_cell_with_prompts_is_mended_behind_them(folder):
    lines = [f">>> {line}" for line in WITHOUT.splitlines()]
    whole = "\n".join(lines)
    Path("n.ipynb").write_text(notebook(("code", whole)))
    main(["check", "--fix", "n.ipynb"])
    mended = "\n".join(f">>> {line}" for line in MENDED.splitlines())
    assert Path("n.ipynb").read_text() == notebook(("code", mended))


def test_files_are_mended_in_place_and_what_is_left_is_reported(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    Path("a.py").chmod(0o750)
    Path("note.py").write_text(CASES["the start used once"][0])
    code, output = checked(capsys, "--fix", ".")
    assert (code, output.out) == (0, "")
    assert Path("a.py").read_text() == MENDED
    assert stat.S_IMODE(Path("a.py").stat().st_mode) == 0o750
    assert Path("note.py").read_text() == CASES["the start used once"][0]


def test_what_is_not_read_is_named_by_its_line_behind_the_mend(folder, capsys):
    text, _ = CASES["not put back"]
    call = "grad = numerical_gradient(lambda x: x[0], load())\n"
    Path("a.py").write_text(text + call)
    _, output = checked(capsys, "--fix", "a.py")
    lines = Path("a.py").read_text().splitlines(keepends=True)
    assert output.err.startswith(f"a.py:{lines.index(call) + 1}:1: ")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "shift_jis", "euc-kr"])
def test_a_mended_file_keeps_encoding_and_line_ends(folder, end, encoding):
    cookie = f"# coding: {encoding.removesuffix('-sig')}\n# 勾\n"
    text = (cookie + WITHOUT).replace("\n", end)
    Path("a.py").write_bytes(text.encode(encoding))
    assert main(["check", "--fix", "a.py"]) == 0
    mended = (cookie + MENDED).replace("\n", end)
    assert Path("a.py").read_bytes() == mended.encode(encoding)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_that_is_put_in_ends_like_the_others(folder, end):
    text, [slip] = CASES["not put back"]
    first_line = slip.fix.partition("\n")[0]
    Path("a.py").write_bytes(text.replace("\n", end).encode())
    assert main(["check", "--fix", "a.py"]) == 0
    mended = text.replace(first_line, slip.fix).replace("\n", end)
    assert Path("a.py").read_bytes() == mended.encode()


def test_a_byte_order_mark_is_in_the_patch(folder, capfdbinary):
    Path("a.py").write_bytes(f"\ufeff{WITHOUT}".encode())
    main(["check", "--diff", "a.py"])
    apply_patch(folder, capfdbinary.readouterr().out)
    assert Path("a.py").read_bytes() == f"\ufeff{MENDED}".encode()


@pytest.mark.parametrize("at", ["", "b", "b/c"])
def test_in_a_repository_a_patch_applies_from_the_top_and_from_below(
    folder, capfdbinary, monkeypatch, at
):
    subprocess.run(["git", "init", "-q"], check=True)
    path = folder / "b/c/a.py"
    path.parent.mkdir(parents=True)
    path.write_text(WITHOUT)
    monkeypatch.chdir(folder / "b")
    main(["check", "--diff", "../b/c/a.py"])
    apply_patch(folder, capfdbinary.readouterr().out, folder / at)
    assert path.read_text() == MENDED


def test_a_file_that_is_linked_to_is_read_once_and_its_patch_applies(
    folder, capfdbinary
):
    Path("sub").mkdir()
    Path("sub/z.py").write_text(WITHOUT)
    Path("a.py").symlink_to("sub/z.py")
    assert main(["check", ".", "sub", "sub/z.py"]) == 1
    assert capfdbinary.readouterr().out.startswith(b"sub/z.py:")
    assert main(["check", "--diff", ".", "sub", "sub/z.py"]) == 1
    apply_patch(folder, capfdbinary.readouterr().out)
    assert Path("sub/z.py").read_text() == MENDED
    assert Path("a.py").is_symlink()


def test_a_link_out_of_the_folder_is_read_and_mended_where_it_leads(folder, capsys):
    Path("z.py").write_text(WITHOUT)
    Path("sub").mkdir()
    Path("sub/a.py").symlink_to("../z.py")
    assert checked(capsys, "--fix", "sub")[0] == 0
    assert Path("z.py").read_text() == MENDED
    assert Path("sub/a.py").is_symlink()


def test_a_file_that_must_not_be_written_stays_and_the_others_are_mended(
    folder, capsys
):
    for name in ("a.py", "b.py", "c.py"):
        Path(name).write_text(WITHOUT)
    Path("b.py").chmod(0o444)
    code, output = checked(capsys, "--fix", "--lang=en", "--exit-zero", ".")
    assert code == 3
    reason = os.strerror(errno.EACCES)
    sentence = said("check.not_written", path="b.py", reason=reason)
    assert sentence in output.err.splitlines()
    assert output.out.startswith(f"b.py:{LINE}:8: error layout ")
    texts = [Path(name).read_text() for name in ("a.py", "b.py", "c.py")]
    assert texts == [MENDED, WITHOUT, MENDED]
    assert len([*Path().iterdir()]) == 3


COMMAND = [sys.executable, "-m", "gradviz_core", "check"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def from_standard_input(text, *options):
    return subprocess.run(
        [*COMMAND, *options, "-"],
        input=text,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    )


@pytest.mark.parametrize("how", ["--sarif", "--github", "--report"])
def test_a_file_goes_by_its_path_in_the_repository_where_github_shows_it(
    folder, capsys, monkeypatch, how
):
    subprocess.run(["git", "init", "-q"], check=True)
    Path("sub").mkdir()
    path = folder / "sub/a.py"
    path.write_text(WITHOUT)
    monkeypatch.chdir("sub")
    for named in ("a.py", str(path)):
        out = checked(capsys, how, named)[1].out
        assert re.search(r"(?<![\w/])sub/a\.py\b", out)


def test_standard_input_is_read_and_mended_to_standard_output(folder):
    assert from_standard_input(WITHOUT).stdout.startswith(f"-:{LINE}:8: error layout ")
    assert from_standard_input(WITHOUT, "--fix").stdout == MENDED


def test_standard_input_may_be_a_notebook(folder):
    text = notebook(("code", WITHOUT))
    done = from_standard_input(text)
    assert done.stdout.startswith(f"-:cell 1:{LINE}:8: error layout ")
    mended = from_standard_input(text, "--fix").stdout
    assert mended == notebook(("code", MENDED))


@pytest.mark.parametrize(("options", "code"), [([], 1), (["--exit-zero"], 0)])
def test_a_reader_of_the_pipe_may_leave_and_is_not_told_that_all_is_well(
    folder, options, code
):
    Path("a.py").write_text(WITHOUT)
    running = subprocess.Popen(
        [*COMMAND, *options, "a.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    running.stdout.close()
    errors = running.stderr.read()
    running.stderr.close()
    assert "Traceback" not in errors
    assert running.wait() == code


ODD_NAMES = [
    b"two\nlines.py",
    b'"quoted".py',
    b"back\\slash.py",
    b"\xff\xfe.py",
    b"-.py",
]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("is_repository", [False, True])
def test_a_file_of_any_name_has_its_line_its_json_its_sarif_and_its_patch(
    folder, capfdbinary, name, is_repository
):
    if is_repository:
        subprocess.run(["git", "init", "-q"], check=True)
    path = folder / os.fsdecode(name)
    path.write_text(WITHOUT)
    assert main(["check", "."]) == 1
    assert capfdbinary.readouterr().out.count(b"\n") == 1
    assert main(["check", "--json", "."]) == 1
    [finding] = json.loads(capfdbinary.readouterr().out)["findings"]
    assert finding["line"] == LINE
    assert main(["check", "--sarif", "."]) == 1
    [result] = json.loads(capfdbinary.readouterr().out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert unquote_to_bytes(place["artifactLocation"]["uri"]) == name
    main(["check", "--diff", "."])
    apply_patch(folder, capfdbinary.readouterr().out)
    assert path.read_text() == MENDED


# What is asked for


@pytest.mark.parametrize(
    ("how", "options", "severities"),
    [
        ("--sarif", ["--select=in-place"], ["note", "warning"]),
        ("--sarif", ["--exclude=sub"], ["error"]),
        ("--github", ["--select=in-place"], ["note", "warning"]),
        ("--github", ["--exclude=sub"], ["error"]),
        ("--json", [], ["error", "warning"]),
        ("--json", ["--notes"], ["error", "note", "warning"]),
        ("--json", ["--select=layout"], ["error"]),
        ("--json", ["--select=in-place"], ["note", "warning"]),
        ("--json", ["--ignore=layout"], ["warning"]),
        ("--json", ["--select=layout,in-place", "--ignore=in-place"], ["error"]),
        ("--json", ["--exclude=sub", "--exclude=*.py"], []),
    ],
)
def test_filters_hold_for_every_output(folder, capsys, how, options, severities):
    Path("layout.py").write_text(WITHOUT)
    Path("sub").mkdir()
    for name in ("again", "once"):
        text, _ = CASES[f"the start used {name}"]
        Path(f"sub/{name}.py").write_text(few_steps(text))
    code, output = checked(capsys, how, *options, ".")
    assert sorted(severities_in(how, output.out)) == severities
    assert code == int(bool({"error", "warning"} & {*severities}))


def few_steps(text):
    """A descent that is tried in a moment."""
    assert "step_num=100" in text
    return text.replace("step_num=100", "step_num=2")


def severities_in(how, text):
    if how == "--json":
        return [finding["severity"] for finding in json.loads(text)["findings"]]
    if how == "--sarif":
        [run] = json.loads(text)["runs"]
        return [result["level"] for result in run["results"]]
    kinds = [line.split(" ")[0].strip(":") for line in text.splitlines()]
    return ["note" if kind == "notice" else kind for kind in kinds]


def test_a_patch_and_a_mend_are_of_the_codes_that_are_asked_for(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    assert checked(capsys, "--ignore=layout", "--diff", "a.py")[1].out == ""
    assert checked(capsys, "--ignore=layout", "--fix", "a.py")[0] == 0
    assert Path("a.py").read_text() == WITHOUT


def test_whatever_is_found_it_may_end_with_zero(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    code, output = checked(capsys, "--exit-zero", "a.py")
    assert code == 0
    assert " error layout " in output.out


def test_what_git_ignores_is_left_out_of_a_folder_and_read_if_named(folder, capsys):
    subprocess.run(["git", "init", "-q"], check=True)
    for name in ("a.py", "made/b.py", ".ipynb_checkpoints/c.py"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(WITHOUT)
    Path(".gitignore").write_text("made/\n")
    _, record = as_json(capsys, ".")
    assert [finding["path"] for finding in record["findings"]] == ["a.py"]
    for named in ("made/b.py", "made"):
        _, record = as_json(capsys, named)
        assert [finding["path"] for finding in record["findings"]] == ["made/b.py"]


def test_what_git_ignores_is_left_out_beside_a_submodule(folder, capsys):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b.example"]
    git += ["-c", "protocol.file.allow=always"]
    for name in ("other", "mine"):
        subprocess.run([*git, "init", "-q", name], check=True)
    Path("other/a.py").write_text(WITHOUT)
    subprocess.run([*git, "add", "."], cwd="other", check=True)
    subprocess.run([*git, "commit", "-qm", "a"], cwd="other", check=True)
    submodule = ["submodule", "--quiet", "add", str(folder / "other"), "other"]
    subprocess.run([*git, *submodule], cwd="mine", check=True)
    # Git is asked for all of them in the order of their names.
    for name in ("mine/more/passed_over.py", "mine/z/passed_over.py"):
        Path(name).parent.mkdir()
        Path(name).write_text(WITHOUT)
    Path("mine/.gitignore").write_text("passed_over.py\n")
    _, record = as_json(capsys, "mine")
    assert [finding["path"] for finding in record["findings"]] == ["mine/other/a.py"]


def test_no_program_that_a_repository_names_is_run(folder, capsys):
    subprocess.run(["git", "init", "-q"], check=True)
    monitor = folder / "monitor"
    monitor.write_text("#!/bin/sh\ntouch was-run\n")
    monitor.chmod(0o700)
    subprocess.run(["git", "config", "core.fsmonitor", str(monitor)], check=True)
    Path("a.py").write_text(WITHOUT)
    checked(capsys, ".")
    assert not Path("was-run").exists()


def test_a_file_that_has_no_end_is_not_opened(folder, capsys):
    os.mkfifo("pipe.py")
    Path("zero.py").symlink_to("/dev/zero")
    with Path("large.py").open("wb") as large:
        large.truncate(5_000_000_000)
    code, record = as_json(capsys, ".")
    assert code == 0
    assert {unread["path"] for unread in record["unread"]} == {
        "large.py",
        "pipe.py",
        "zero.py",
    }


# In words


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_those_of_the_language(folder, capsys, monkeypatch, language):
    Path("a.py").write_text(WITHOUT)
    message = said("finding.layout.error", language, routine="numerical_gradient")
    _, by_option = checked(capsys, f"--lang={language}", "a.py")
    assert message in by_option.out
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "")  # which says nothing
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    assert checked(capsys, "a.py")[1] == by_option
    monkeypatch.setenv("LC_MESSAGES", f"{language}_XX.UTF-8")
    monkeypatch.setenv("LANG", "C")
    assert checked(capsys, "a.py")[1] == by_option
    monkeypatch.setenv("LC_ALL", "C")
    assert message in checked(capsys, f"--lang={language}", "a.py")[1].out


def test_the_last_line_counts_what_was_read_and_found(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    Path("b.py").write_text("def f(:\n")
    Path("note.py").write_text(CASES["the start used once"][0])
    _, output = checked(capsys, "--lang=en", ".")
    unread, summary = output.err.splitlines()
    assert unread.startswith("b.py:1:1: ")
    assert summary == " ".join(
        [
            said("check.files", files=3),
            said("check.findings", error=1, warning=0, note=0),
            said("check.hidden_notes", notes=1),
            said("check.not_read", unread=1),
        ]
    )


@pytest.mark.parametrize("options", [["--ignore=in-place"], ["--notes", "--fix"]])
def test_only_notes_that_were_not_asked_for_are_said_to_be_hidden(
    folder, capsys, options
):
    Path("note.py").write_text(CASES["the start used once"][0])
    _, output = checked(capsys, "--lang=en", *options, ".")
    assert said("check.hidden_notes", notes=1) not in output.err


def test_an_annotation_is_one_line_with_its_parts_escaped(folder, capsys):
    path = Path("a, b: 100%.py")
    path.write_text(WITHOUT)
    _, output = checked(capsys, "--github", str(path))
    [line] = output.out.splitlines()
    properties, _, message = line.partition(" ")[2].partition("::")
    assert properties == (
        f"file=a%2C b%3A 100%25.py,line={LINE},endLine={LINE},col=8,title=gradviz layout"
    )
    assert message.startswith("numerical_gradient ")


def test_an_annotation_reaches_to_the_last_line_of_its_finding(folder, capsys):
    Path("a.py").write_text(CASES["over several lines"][0])
    [finding] = as_json(capsys, "a.py")[1]["findings"]
    assert finding["end_line"] == finding["line"] + 3
    _, output = checked(capsys, "--github", "a.py")
    assert f",line={finding['line']},endLine={finding['end_line']}," in output.out


def test_a_report_names_the_file_the_lines_and_the_mend(folder, capsys):
    Path("a.py").write_text(WITHOUT)
    Path("again.py").write_text(CASES["the start used again"][0])
    Path("long.py").write_text(CASES["over several lines"][0])
    Path("note.py").write_text(CASES["the start used once"][0])
    _, output = checked(capsys, "--report", "--notes", "--lang=en", ".")
    for name in ("a.py", "again.py", "long.py"):
        assert said("report.greeting", path=name) in output.out
    assert "note.py" not in output.out
    for line in (WITHOUT, MENDED):
        assert f"```python\n{line.splitlines()[LINE - 1]}\n```" in output.out
    assert "    np.array([X, Y])\n)\n```" in output.out  # the last lines of a long call


@pytest.mark.parametrize(
    ("comment", "is_silent"),
    [
        ("# gradviz: ignore", True),
        ("# gradviz: ignore: f is symmetric", True),
        ("# gradviz: ignore[layout] as in the book", True),
        ("# gradviz: ignore[integer]", False),
        ("# gradviz: ignored", False),
        ("# gradviz: ignore[layout", False),
    ],
)
def test_a_comment_may_have_words_behind_it(folder, capsys, comment, is_silent):
    lines = WITHOUT.splitlines()
    lines[LINE - 1] += f"  {comment}"
    Path("a.py").write_text("\n".join(lines))
    assert checked(capsys, "a.py")[0] == int(not is_silent)


# SARIF


def test_sarif_has_what_github_asks_for(folder, capsys):
    code = "# 勾\n" + WITHOUT
    text = notebook(("markdown", "# A"), ("code", code))
    Path("a b.ipynb").write_text(json.dumps(json.loads(text), indent=1))
    _, output = checked(capsys, "--sarif", ".")
    [run] = json.loads(output.out)["runs"]
    driver = run["tool"]["driver"]
    assert driver["version"]
    for rule in driver["rules"]:
        for text in ("shortDescription", "fullDescription", "help"):
            assert rule[text]["text"]
        assert rule["help"]["markdown"]
    [result] = run["results"]
    [location] = result["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b.ipynb"
    region = place["region"]
    lines = Path("a b.ipynb").read_text().splitlines()
    line = lines[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"]
    part = line[region["startColumn"] - 1 : region["endColumn"] - 1]
    assert part == "numerical_gradient(f, np.array([X, Y]))"


@pytest.mark.parametrize("site", ["", "https://someone.github.io/gradviz/"])
def test_sarif_leads_to_the_pages_if_it_knows_where_the_site_is(
    folder, capsys, monkeypatch, site
):
    monkeypatch.setitem(vocabulary("check"), "site_address", site)
    Path("a.py").write_text(WITHOUT)
    _, output = checked(capsys, "--sarif", "a.py")
    [run] = json.loads(output.out)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    for code, path in (
        ("layout", "errata/layout/"),
        ("precedence", "symptoms/#numbers"),
    ):
        page = f"{site}{path}" if site else f"`{path}`"
        assert rules[code]["help"]["markdown"].endswith(f": {page}")
        assert rules[code].get("helpUri", "") == (page if site else "")


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
