"""What is installed is whole: a wheel, in an environment of its own, where NumPy is not.

Building it needs the package index, as `pip install .` does for its reader.
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from project import copied
from reading.records import LANGUAGES
from unit.script_cases import CASES

from gradviz_core import __version__

CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(*command, cwd=None):
    return subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env=CLEAN | {"LC_ALL": "C.UTF-8"},
    )


def pip(*arguments):
    done = run(sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments)
    advice = "Fix: try again where the package index can be reached"
    assert done.returncode == 0, f"{done.stdout}{done.stderr}{advice}"


@pytest.fixture(scope="module")
def programs(tmp_path_factory) -> Path:
    """Where the programs of an environment stand into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    names = ("gradviz_core", "pyproject.toml", "README.md", "LICENSE", "NOTICE")
    source = copied(folder / "source", names=names)
    pip("wheel", "--no-deps", "--wheel-dir", folder, source.root)
    [wheel] = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment)
    python = environment / "bin/python"
    pip("--python", python, "install", "--no-deps", "--no-index", wheel)
    return python.parent


def test_the_environment_has_no_numpy(programs):
    done = run(programs / "python", "-c", "import numpy")
    assert "ModuleNotFoundError" in done.stderr


def test_the_command_says_its_version(programs, tmp_path):
    assert run(programs / "gradviz", "--version", cwd=tmp_path).stdout == (
        f"gradviz {__version__}\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_checks_and_mends_in_every_language(programs, tmp_path, language):
    text, _ = CASES["without both"]
    script = tmp_path / "a.py"
    script.write_text(text, encoding="utf-8")
    check = [programs / "gradviz", "check", f"--lang={language}"]
    found = run(*check, "a.py", cwd=tmp_path)
    assert found.returncode == 1, found.stderr
    assert ": error layout " in found.stdout
    assert run(*check, "--fix", "a.py", cwd=tmp_path).returncode == 0
    assert run(*check, "a.py", cwd=tmp_path).stdout == ""


def test_what_needs_numpy_says_so(programs, tmp_path):
    done = run(programs / "gradviz", "x[0]", cwd=tmp_path)
    assert done.returncode == 3
    assert "numpy is not installed. Fix: " in done.stderr
