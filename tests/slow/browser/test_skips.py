"""A browser test that is skipped, wherever it says so, makes the run fail."""

import shutil
import subprocess
import sys

from project import ROOT

SKIPS = {
    "within": "def test_it(): pytest.skip('no browser')",
    "mark": "@pytest.mark.skip\ndef test_it(): pass",
    "module": "pytest.importorskip('no_such_module')",
    "expected": "@pytest.mark.xfail\ndef test_it(): assert False",
}


def test_a_skip_is_a_failure(tmp_path):
    shutil.copy(ROOT / "tests/browser/conftest.py", tmp_path)
    for name, skip in SKIPS.items():
        text = f"import pytest\n{skip}\n"
        (tmp_path / f"test_{name}.py").write_text(text, encoding="utf-8")
    folder = f"pythonpath={ROOT} {ROOT / 'tests'}"
    command = [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors"]
    done = subprocess.run(
        [*command, "--rootdir", tmp_path, "-o", folder, tmp_path],
        cwd=tmp_path, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    for name in SKIPS:
        assert f"test_{name}.py" in done.stdout.partition("short test summary")[2]
    assert "passed" not in done.stdout
    assert "skipped," not in done.stdout
