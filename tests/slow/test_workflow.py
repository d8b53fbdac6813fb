"""What publishes the site, and what it is built from, is guarded; a linter at its strictest agrees."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from project import ROOT

WORKFLOW = ROOT / ".github" / "workflows" / "pages.yml"
SOAK = WORKFLOW.with_name("soak.yml")
WORKFLOWS = sorted(WORKFLOW.parent.iterdir())
DEPENDABOT = ROOT / ".github" / "dependabot.yml"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("zizmor")
    return subprocess.run(
        [program, "--offline", "--strict-collection", "--persona=auditor", folder],
        text=True, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", [".github", "action.yml"])
def test_the_linter_finds_nothing(name):
    done = lint(ROOT / name)
    assert done.returncode == 0, done.stdout + done.stderr


LOOSE = {
    "broken YAML": (WORKFLOW, "jobs:\n", "jobs: [\n"),
    "broken YAML of Dependabot": (DEPENDABOT, "updates:\n", "updates: [\n"),
    "not a workflow": (WORKFLOW, "jobs:\n", "job:\n"),
    "broad permissions": (WORKFLOW, "permissions: {}\n", "permissions: write-all\n"),
    "permissions of all jobs": (
        WORKFLOW,
        "permissions: {}\n",
        "permissions:\n  pages: write\n",
    ),
    "code of strangers": (WORKFLOW, "  pull_request:\n", "  pull_request_target:\n"),
    "an action by its name": (
        WORKFLOW,
        "@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
        "@v5",
    ),
    "kept credentials": (
        WORKFLOW,
        "persist-credentials: false",
        "persist-credentials: true",
    ),
    "text of strangers": (
        WORKFLOW,
        "run: make test",
        "run: make ${{ github.head_ref }}",
    ),
    "slow proofs that may do all": (
        SOAK,
        "permissions: {}\n",
        "permissions: write-all\n",
    ),
    "an action by its name in slow proofs": (
        SOAK,
        "@3d3c42e5aac5ba805825da76410c181273ba90b1",
        "@v7",
    ),
    "credentials kept through slow proofs": (
        SOAK,
        "persist-credentials: false",
        "fetch-depth: 1",
    ),
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


def jobs(workflow=WORKFLOW):
    """The text of each job of a workflow, by its name."""
    text = workflow.read_text(encoding="utf-8").split("\njobs:\n")[1]
    parts = re.split(r"^  (\w+):\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def commands(job, workflow=WORKFLOW):
    """What the steps of a job run, in their order."""
    step = r"^( +)(?:- )?run: (?:\|\n((?:\1  .*\n)+)|(.*)\n)"
    found = re.findall(step, jobs(workflow)[job], re.MULTILINE)
    return [textwrap.dedent(block) or line for _, block, line in found]


def needed(job):
    needs = re.search(r"^    needs: (.*)", jobs()[job], re.MULTILINE)
    return set(re.findall(r"\w+", needs[1] if needs else ""))


def owned(workflow):
    """What each job may do with the repository, and what it is for."""
    found = {}
    for name, text in jobs(workflow).items():
        block = re.search(r"^    permissions:\n((?:      .*\n)+)", text, re.MULTILINE)[
            1
        ]
        found[name] = dict(re.findall(r"^ +([\w-]+): (\w+)", block, re.MULTILINE))
    return found


def test_each_job_owns_what_it_needs_and_no_more():
    assert owned(WORKFLOW) == {
        "test": {"contents": "read"},
        "build": {"contents": "read", "pages": "read"},
        "again": {"contents": "read"},
        "attest": {"actions": "read", "id-token": "write", "attestations": "write"},
        "deploy": {"pages": "write", "id-token": "write"},
    }
    assert owned(SOAK) == {"slow": {"contents": "read"}}


def test_a_pull_request_starts_only_the_job_that_tests():
    for name, text in jobs().items():
        assert re.findall("^    if: (.*)", text, re.MULTILINE) == (
            [] if name == "test" else ["github.ref == 'refs/heads/main'"]
        )
    assert commands("test")[-2:] == ["make lint", "make test"]
    assert "env:" not in jobs()["test"]  # by which fewer tests would run
    on = WORKFLOW.read_text(encoding="utf-8").split("\non:\n")[1].split("\n\n")[0]
    assert on == "  push:\n    branches: [main]\n  pull_request:\n  workflow_dispatch:"


def test_what_is_published_was_built_where_no_test_ran():
    """Nothing that a test has left behind can come along: no machine, no cache, no artifact."""
    uses = {
        name: re.findall(r"uses: [\w-]+/([\w-]+)@", text)
        for name, text in jobs().items()
    }
    assert uses == {
        "test": ["checkout", "setup-python"],
        "build": ["checkout", "setup-python", "upload-pages-artifact"],
        "again": ["checkout", "setup-python"],
        "attest": ["attest"],
        "deploy": ["deploy-pages"],
    }
    assert commands("build") == [
        # In two lines: what fails within one that echoes is not seen to fail.
        'base=$(gh api "repos/$REPOSITORY/pages" --jq .html_url)\n'
        'echo "base=$base" >> "$GITHUB_OUTPUT"\n',
        'make site BASE_URL="$BASE_URL"',
        'make -s sums > "$RUNNER_TEMP/sums"\n'
        'echo "digest=$(sha256sum < "$RUNNER_TEMP/sums" | cut -c -64)" >> "$GITHUB_OUTPUT"\n',
    ]
    assert commands("again") == commands("build")[1:]
    assert needed("build") == set()
    assert needed("again") == {"build"}  # of which it takes the address alone
    assert set(re.findall(r"needs\.(.*?) ", jobs()["again"])) == {"build.outputs.base"}


def test_the_second_build_is_at_another_hour_and_in_another_order():
    for setting in ("TZ: ", "PYTHONHASHSEED: "):
        assert setting in jobs()["again"]
        assert setting not in jobs()["build"]


def test_what_is_not_attested_is_not_deployed():
    assert needed("attest") == {"test", "build", "again"}
    assert needed("deploy") == {"attest"}
    refusing, signing = jobs()["attest"].split("- uses: actions/attest@")
    assert refusing.count("run: ") == len(commands("attest")) == 2
    assert "subject-digest: sha256:${{ needs.build.outputs.digest }}" in signing
    assert commands("deploy") == []
    for passed in (
        "always()",
        "cancelled()",
        "failure()",
        "continue-on-error",
        "|| true",
    ):
        assert passed not in "".join(jobs().values())


def refused(command, folder, **environment):
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder, env=os.environ | environment, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode != 0


def test_what_two_builds_do_not_agree_on_is_refused(tmp_path):
    agreed, _ = commands("attest")
    for variable, name in (("ONE", "build"), ("OTHER", "again")):
        assert f"{variable}: ${{{{ needs.{name}.outputs.digest }}}}" in jobs()["attest"]
        assert "digest: ${{ steps.site.outputs.digest }}" in jobs()[name]
    assert not refused(agreed, tmp_path, ONE="a", OTHER="a")
    for one, other in [("a", "b"), ("", ""), ("a", ""), ("", "a")]:
        assert refused(agreed, tmp_path, ONE=one, OTHER=other), (one, other)


HANDED_OVER = {
    "the site": ("true", False),
    "a file edited": ("echo >> site/index.html", True),
    "a file more": ("touch site/.more", True),
    "a file more whose name has blanks": ("touch 'site/a index.html'", True),
    "a link more": ("ln -s index.html site/more.html", True),
    "a file less": ("rm site/.nojekyll", True),
    "nothing": ("rm -r site/* site/.n*", True),
}


@pytest.mark.parametrize(("change", "fails"), HANDED_OVER.values(), ids=HANDED_OVER)
def test_what_was_handed_over_is_what_is_attested(tmp_path, change, fails):
    """A program in the place of gh downloads an artifact, as the upload has packed it."""
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    for name in ("index.html", "a/index.html", ".nojekyll"):
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(name)
    sums = subprocess.run(
        ["make", "-s", "sums"], cwd=tmp_path, capture_output=True, check=True
    )
    gh = tmp_path / "bin/gh"
    gh.parent.mkdir()
    gh.write_text(
        f"#!/bin/sh\ncd '{tmp_path}'\n{change}\ntar -cf elsewhere/artifact.tar -C site .\n"
    )
    gh.chmod(0o755)
    (tmp_path / "elsewhere").mkdir()
    _, handed = commands("attest")
    path = f"{gh.parent}{os.pathsep}{os.environ['PATH']}"
    digest = hashlib.sha256(sums.stdout).hexdigest()
    assert refused(handed, tmp_path / "elsewhere", PATH=path, DIGEST=digest) == fails
    assert "DIGEST: ${{ needs.build.outputs.digest }}" in jobs()["attest"]
    assert "include-hidden-files: true" in jobs()["build"]


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


LOCKS = {
    "npm": r"package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml",
    "pip": r"requirements.*\.txt|pylock.*\.toml|poetry\.lock|uv\.lock",
}


def locks():
    """The kind and the path of each file, kept or about to be, that locks packages."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(
        command, cwd=ROOT, text=True, capture_output=True, check=True
    ).stdout
    return [
        (kind, Path(name))
        for name in names.splitlines()
        for kind, pattern in LOCKS.items()
        if re.fullmatch(pattern, Path(name).name)
    ]


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name
)
def test_every_package_is_locked_by_hash(path):
    packages = re.split(
        r"^(?=[\w-])", path.read_text(encoding="utf-8"), flags=re.MULTILINE
    )[1:]
    assert packages
    for package in packages:
        assert re.match(r"[\w.\[\]-]+==[\w.+!-]+[ ;\\]", package), package
        assert "--hash=sha256:" in package, package


def test_packages_are_installed_by_their_hashes_alone():
    installs = re.findall(
        r"^.*pip install.*$", (ROOT / "Makefile").read_text(), re.MULTILINE
    )
    assert installs
    assert all("--require-hashes -r" in line for line in installs)
    for path in (path for kind, path in locks() if kind == "npm"):
        lock = json.loads((ROOT / path).read_text(encoding="utf-8"))
        packages = [package for name, package in lock["packages"].items() if name]
        assert packages
        assert all(
            package["integrity"].startswith("sha512-") for package in packages
        ), path


def test_dependabot_sees_every_lock():
    place = r"package-ecosystem: (\S+)\n    (?:directory: (\S+)|directories:\n((?:      - \S+\n)+))"
    watched = {
        (kind, folder)
        for kind, one, several in re.findall(
            place, DEPENDABOT.read_text(encoding="utf-8")
        )
        for folder in [one, *re.findall(r"- (\S+)", several)]
        if folder
    }
    kept = {(kind, f"/{path.parent.as_posix().strip('.')}") for kind, path in locks()}
    assert {kind for kind, _ in kept} == {"npm", "pip"}
    assert watched == {("github-actions", "/"), *kept}


def test_there_is_a_way_to_tell_of_a_hole_and_to_check_what_is_published():
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in policy
    for target in re.findall(
        r"\bmake (?:-s )?(\w+)", "".join(re.findall(r"```sh\n(.*?)```", policy, re.S))
    ):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_gives_nothing_away(workflow):
    """No code of others but by its commit, no right of all jobs, no credentials, no endless run."""
    text = workflow.read_text(encoding="utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", use) for use in uses)
    assert "\npermissions: {}\n" in text
    checked_out = text.count("uses: actions/checkout@")
    assert checked_out == text.count(
        "\n        with:\n          persist-credentials: false\n"
    )
    assert "cache" not in text
    for job in jobs(workflow).values():
        assert (
            int(re.search(r"^    timeout-minutes: (\d+)$", job, re.MULTILINE)[1]) <= 360
        )
        assert "\n    runs-on: ubuntu-24.04\n" in job


def test_slow_proofs_run_every_night_and_by_hand():
    on = SOAK.read_text(encoding="utf-8").split("\non:\n")[1].split("\n\n")[0]
    assert re.sub(" *#.*", "", on).split("\n") == [
        "  schedule:",
        '    - cron: "23 3 * * *"',
        "  workflow_dispatch:",
    ]
    for job, text in jobs(SOAK).items():
        assert re.search(r"^        run: make .?test-", text, re.MULTILINE), job
        assert re.findall("^    (?:if|needs): .*", text, re.MULTILINE) == []


def test_the_night_runs_every_part_of_test_all():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    parts = re.search(r"^test-all: lint (.*)$", makefile, re.MULTILINE)[1].split()
    of_night = re.search(r"part: \[(.*)\]", SOAK.read_text(encoding="utf-8"))[1]
    assert [f"test-{part}" for part in of_night.split(", ")] == parts
