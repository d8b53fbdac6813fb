"""What publishes the site, and what it is built from, is guarded; a linter at its strictest agrees."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
DEPENDABOT = ROOT / ".github" / "dependabot.yml"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("zizmor")
    return subprocess.run(
        [program, "--offline", "--strict-collection", "--persona=auditor", folder],
        text=True, capture_output=True, check=False,
    )  # fmt: skip


def test_the_linter_finds_nothing():
    done = lint(ROOT / ".github")
    assert done.returncode == 0, done.stdout + done.stderr


LOOSE = {
    "broken YAML": (WORKFLOW, "jobs:\n", "jobs: [\n"),
    "broken YAML of Dependabot": (DEPENDABOT, "updates:\n", "updates: [\n"),
    "not a workflow": (WORKFLOW, "jobs:\n", "job:\n"),
    "broad permissions": (WORKFLOW, "permissions: {}\n", "permissions: write-all\n"),
    "permissions of all jobs": (WORKFLOW, "permissions: {}\n", "permissions:\n  pages: write\n"),
    "code of strangers": (WORKFLOW, "  pull_request:\n", "  pull_request_target:\n"),
    "an action by its name": (WORKFLOW, "@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "@v5"),
    "kept credentials": (WORKFLOW, "persist-credentials: false", "persist-credentials: true"),
    "text of strangers": (WORKFLOW, "run: make test", "run: make ${{ github.head_ref }}"),
    "fresh packages": (DEPENDABOT, "    cooldown:\n      default-days: 7\n", ""),
    "packages of yesterday": (DEPENDABOT, "default-days: 7", "default-days: 1"),
}


@pytest.mark.parametrize(("source", "old", "new"), LOOSE.values(), ids=LOOSE)
def test_the_linter_would_find(tmp_path, source, old, new):
    copy = tmp_path / ".github"
    shutil.copytree(WORKFLOW.parents[1], copy)
    text = source.read_text(encoding="utf-8")
    assert old in text
    path = copy / source.relative_to(WORKFLOW.parents[1])
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert lint(copy).returncode != 0


def jobs():
    """The text of each job of the workflow, by its name."""
    text = WORKFLOW.read_text(encoding="utf-8").split("\njobs:\n")[1]
    parts = re.split(r"^  (\w+):\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_each_job_owns_what_it_needs_and_no_more():
    owned = {}
    for name, text in jobs().items():
        block = re.search(r"^    permissions:\n((?:      .*\n)+)", text, re.MULTILINE)[1]
        owned[name] = dict(re.findall(r"^ +([\w-]+): (\w+)", block, re.MULTILINE))
    assert owned == {
        "build": {"contents": "read", "pages": "read"},
        "again": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "attest": {"id-token": "write", "attestations": "write"},
    }
    assert "\npermissions: {}\n" in WORKFLOW.read_text(encoding="utf-8")


def test_a_pull_request_starts_only_the_job_that_reads():
    for name, text in jobs().items():
        assert ("\n    if: github.ref == 'refs/heads/main'\n" in text) == (name != "build"), name


def needed(name):
    needs = re.search(r"^    needs: (.*)", jobs()[name], re.MULTILINE)
    return set(re.findall(r"\w+", needs[1] if needs else ""))


def test_what_two_builds_do_not_agree_on_is_not_deployed():
    assert needed("deploy") == {"build", "again"}
    assert "deploy" in needed("attest")
    refusing, deploying = jobs()["deploy"].split("- id: deployment")
    assert "actions/deploy-pages@" in deploying
    for name in ("build", "again"):
        assert f"needs.{name}.outputs.digest" in refusing
        assert "digest: ${{ steps.site.outputs.digest }}" in jobs()[name]
    command = re.search(r"run: (test .*)", refusing)[1]
    for one, other, code in [("a", "a", 0), ("a", "b", 1), ("", "", 1), ("a", "", 1)]:
        environment = {"ONE": one, "OTHER": other}
        done = subprocess.run(["bash", "-ec", command], env=environment, check=False)
        assert done.returncode == code, environment


def test_the_digest_is_that_of_every_file(model, tmp_path):
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    shutil.copytree(model.site, tmp_path / "site")

    def sums():
        command = ["make", "-s", "sums"]
        return subprocess.run(
            command, cwd=tmp_path, text=True, capture_output=True, check=True
        ).stdout

    first = sums()
    names = [line.split("  ./")[1] for line in first.splitlines()]
    assert sorted(names) == sorted(model.files())
    (tmp_path / "site/data/functions.json").write_text("{}")
    assert sums() != first


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name)
def test_every_package_is_locked_by_hash(path):
    packages = re.split(r"^(?=[\w-])", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert packages
    for package in packages:
        assert re.match(r"[\w.\[\]-]+==[\w.+!-]+[ ;\\]", package), package
        assert "--hash=sha256:" in package, package


def test_packages_are_installed_by_their_hashes_alone():
    installs = re.findall(r"^.*pip install.*$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert installs
    assert all("--require-hashes -r" in line for line in installs)
    lock = json.loads((ROOT / "tests/browser/package-lock.json").read_text(encoding="utf-8"))
    packages = [package for name, package in lock["packages"].items() if name]
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)


def test_dependabot_sees_every_lock():
    text = DEPENDABOT.read_text(encoding="utf-8")
    found = re.findall(r"package-ecosystem: (\S+)\n    directory: (\S+)", text)
    assert found == [("github-actions", "/"), ("pip", "/"), ("npm", "/tests/browser")]


def test_there_is_a_way_to_tell_of_a_hole_and_to_check_what_is_published():
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in policy
    for target in re.findall(
        r"\bmake (?:-s )?(\w+)", "".join(re.findall(r"```sh\n(.*?)```", policy, re.S))
    ):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_actions_are_pinned_by_commit():
    uses = re.findall(r"uses: (\S+)", WORKFLOW.read_text(encoding="utf-8"))
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", use) for use in uses)
