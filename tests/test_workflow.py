"""The workflow that publishes is what its linter, at its strictest, has nothing to say about."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from project import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("zizmor")
    return subprocess.run(
        [program, "--offline", "--strict-collection", "--persona=auditor", folder],
        text=True, capture_output=True, check=False,
    )  # fmt: skip


def test_the_linter_finds_nothing():
    done = lint(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_would_find_a_loose_permission_and_broken_yaml(tmp_path):
    for name, old, new in [
        ("loose", "permissions: {}\n", "permissions: write-all\n"),
        ("broken", "jobs:\n", "jobs: [\n"),
    ]:
        copy = tmp_path / name / ".github" / "workflows"
        shutil.copytree(WORKFLOW.parent, copy)
        text = WORKFLOW.read_text(encoding="utf-8")
        (copy / "pages.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
        assert lint(copy.parent).returncode != 0, name


def test_actions_are_pinned_by_commit():
    uses = re.findall(r"uses: (\S+)", WORKFLOW.read_text(encoding="utf-8"))
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", use) for use in uses)
