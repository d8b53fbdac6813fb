"""A browser test that is skipped, wherever it says so, makes the run fail."""

import shutil
import subprocess
import sys

import pytest
from project import ROOT

SKIPS = {
    "in the test": "def test_it(): pytest.skip('no browser')",
    "by a mark": "@pytest.mark.skip\ndef test_it(): pass",
    "of the module": "pytest.importorskip('no_such_module')",
    "expected": "@pytest.mark.xfail\ndef test_it(): assert False",
}


@pytest.mark.parametrize("way", SKIPS)
def test_a_skip_is_a_failure(tmp_path, way):
    shutil.copy(ROOT / "tests/browser/conftest.py", tmp_path)
    text = f"import pytest\ndef test_other(): pass\n{SKIPS[way]}\n"
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--rootdir", tmp_path,
         "-o", f"pythonpath={ROOT / 'tests'}", tmp_path],
        cwd=tmp_path, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0, done.stdout
    assert "A browser test was skipped" in done.stdout
