"""The script that `check` is tried on, and how a test takes its report or applies its patch."""

import json
import os
import subprocess
from pathlib import Path

from unit.script_cases import CASES

from gradviz_core.__main__ import main

WITHOUT, _ = CASES["without both"]
MENDED = WITHOUT.replace("np.array([X, Y]))", "np.array([X, Y]).T).T")
LINE = WITHOUT.splitlines().index("grad = numerical_gradient(f, np.array([X, Y]))") + 1


def checked(capsys, *arguments):
    """The exit code of `check`, and what it prints."""
    code = main(["check", *arguments])
    return code, capsys.readouterr()


def as_json(capsys, *arguments):
    """The exit code of `check`, and its record."""
    code, output = checked(capsys, "--json", *arguments)
    return code, json.loads(output.out)


def apply_patch(folder: Path, patch: bytes, at: Path | str = ".") -> None:
    """Apply a patch, as in a folder that is in no repository but one of its own."""
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=at,
        input=patch,
        capture_output=True,
        env=os.environ | {"GIT_CEILING_DIRECTORIES": str(folder.parent)},
    )
    assert done.returncode == 0, done.stderr
