"""Seed faults one at a time, and say who catches each: the build, a test, or nobody.

    python tests/slow/seeds/run.py                       all of them
    python tests/slow/seeds/run.py axes-swapped          these, by name
    python tests/slow/seeds/run.py --area drawing        those of an area
    python tests/slow/seeds/run.py --every 3             one in three, of all areas
    python tests/slow/seeds/run.py --list                say which there are
    python tests/slow/seeds/run.py --until site          stop before the browser's tests
    python tests/slow/seeds/run.py --resume              pass over those with a result
    python tests/slow/seeds/run.py none                  no fault: nobody should object

Each fault gets a copy of the project, with the store of figures and pages as it is, save
for the faults of the store. Then these stages are run until one objects: the build with
a base address, the tests that read the site, the unit tests, the other tests of the
site, the browser's tests. A line for each fault says what came out, and is added to the
file of results.

A build that gives the same site with a fault as without is told, too: then the fault has
lost its meaning, unless it only shows elsewhere.
"""

import argparse
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from slow.seeds.faults import FAULTS  # noqa: E402 - found by the path above
from slow.seeds.seeding import Fault, SeedLost  # noqa: E402

BASE_URL = "https://example.github.io/gradviz/"
RESULTS = ROOT / ".cache" / "seeds.jsonl"
READING = "*read_back*"  # the names of the tests that read the site as it stands
TESTS = {
    "read": [f"tests/site/{READING}"],
    "unit": ["tests/unit", "gradviz_core"],
    "site": ["tests/site", f"--ignore-glob={READING}"],
    "browser": ["tests/browser"],
}
STAGES = ["build", *TESTS]
MINUTES = 20  # after which a stage is ended, and counts as one that objects
NONE = Fault("none", "none", "did nothing wrong", lambda root: None, unseen="none")


def sources() -> list[str]:
    """The files of the project that are tracked or new, relative to it."""
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    names = listed.decode().rstrip("\0").split("\0")
    return [name for name in names if (ROOT / name).is_file()]


def copy_project(folder: Path, warm: bool) -> None:
    """Copy the sources, link what was installed, and take the store along if wanted."""
    for name in sources():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target, follow_symlinks=False)
    for name in (".venv", "tests/browser/node_modules"):
        if (ROOT / name).exists() and not (folder / name).exists():
            (folder / name).symlink_to((ROOT / name).resolve())
    store = folder / ".cache"
    store.mkdir(exist_ok=True)
    for entry in (ROOT / ".cache").glob("*.pickle") if warm else ():
        with suppress(FileNotFoundError):  # another build has dropped it since
            shutil.copy2(entry, store)
    git = ["git", "-c", "user.name=seeds", "-c", "user.email=seeds@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "A copy"]):
        subprocess.run([*git, *command], cwd=folder, check=True, capture_output=True)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy; what takes too long has the exit code 124."""
    try:
        return subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60 * MINUTES,
            check=False,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "it took too long")


def build(folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Build the site of a copy."""
    return run(folder, "build.py", "-q", "--base-url", BASE_URL, "--out", str(out))


def tests(folder: Path, stage: str, jobs: int) -> str:
    """The test of a stage that fails first, or nothing."""
    paths = [path for glob in TESTS[stage] for path in map(str, folder.glob(glob))]
    paths += [option for option in TESTS[stage] if option.startswith("--")]
    if not paths:
        return ""
    options = ["-q", "-x", "-n", str(jobs), "-p", "no:cacheprovider"]
    done = run(folder, "-m", "pytest", *options, *paths)
    if done.returncode in (0, 5):  # 5 is for no tests at all
        return ""
    failed = re.search(r"(?m)^(?:FAILED|ERROR) (\S+)", done.stdout)
    last = (done.stdout + done.stderr).strip().split("\n")[-1]
    return failed[1] if failed else f"pytest, which says {last}"


def differing(one: Path, other: Path) -> Iterator[str]:
    """The files that two folders do not have in common, byte for byte."""
    names = {
        path.relative_to(folder).as_posix()
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file()
    }
    for name in sorted(names):
        here, there = one / name, other / name
        both = here.is_file() and there.is_file()
        if not (both and filecmp.cmp(here, there, shallow=False)):
            yield name


def outcome(fault: Fault, unseeded: Path, until: str, jobs: int, keep: bool) -> str:
    """Seed a fault into a copy, and say who objects."""
    folder = Path(tempfile.mkdtemp(prefix=f"seed-{fault.name}-"))
    project, out = folder / "project", folder / "site"
    try:
        copy_project(project, warm=fault.area != "cache")
        try:
            fault.seed(project)
        except SeedLost as lost:
            return f"SEED LOST, NOT CAUGHT: {lost}"
        built = build(project, out)
        if built.returncode:
            said = built.stderr.strip().split("\n")
            is_refusal = "Traceback" not in built.stderr
            return f"caught by build: {said[0] if is_refusal else said[-1]}"
        changed = list(differing(unseeded, out))
        note = "" if changed or fault.unseen else " (NO FILE OF THE SITE DIFFERS)"
        for stage in STAGES[1 : STAGES.index(until) + 1]:
            if failed := tests(project, stage, jobs):
                return f"caught by {failed}{note}"
        files = f"{len(changed)} files differ, {', '.join(changed[:3])}"
        return f"NOT CAUGHT{note}: {files if changed else fault.unseen}"
    finally:
        if keep:
            print(f"kept in {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder, ignore_errors=True)


def chosen(options: argparse.Namespace) -> list[Fault]:
    """The faults that are asked for."""
    known = {fault.name: fault for fault in [*FAULTS, NONE]}
    if unknown := [name for name in options.names if name not in known]:
        raise SystemExit(f"no fault is called {', '.join(unknown)}: see --list")
    faults = [known[name] for name in options.names] or list(FAULTS)
    if options.area:
        faults = [fault for fault in faults if fault.area in options.area]
    faults = faults[options.first :: options.every]
    if options.resume and RESULTS.exists():
        lines = RESULTS.read_text("utf-8").splitlines()
        done = {json.loads(line)["name"] for line in lines}
        faults = [fault for fault in faults if fault.name not in done]
    return faults


def main(arguments: Sequence[str] | None = None) -> int:
    """Seed the faults that are asked for: 0 if all were caught."""
    parser = argparse.ArgumentParser(
        description="Seed faults, and see who catches them."
    )
    parser.add_argument("names", nargs="*", help="of faults, without any all")
    parser.add_argument("--area", action="append", help="of faults; may be repeated")
    parser.add_argument("--every", type=int, default=1, help="take one in so many")
    parser.add_argument("--first", type=int, default=0, help="leave out so many before")
    parser.add_argument(
        "--list", action="store_true", help="say which faults there are"
    )
    parser.add_argument("--until", choices=STAGES, default="browser", help="last stage")
    parser.add_argument("--resume", action="store_true", help="leave out known results")
    parser.add_argument("--jobs", type=int, default=2, help="processes of the tests")
    parser.add_argument("--keep", action="store_true", help="keep the seeded copies")
    options = parser.parse_args(arguments)
    faults = chosen(options)
    if options.list:
        for fault in faults:
            print(f"{fault.name:30} {fault.area:12} {fault.did}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        unseeded = Path(folder) / "site"
        done = build(ROOT, unseeded)
        if done.returncode:
            raise SystemExit(f"without a fault the build fails: {done.stderr}")
        missed = 0
        for fault in faults:
            began = time.monotonic()
            said = outcome(fault, unseeded, options.until, options.jobs, options.keep)
            missed += "NOT CAUGHT" in said and fault is not NONE
            print(f"{fault.name}: {said}", flush=True)
            record = {"name": fault.name, "outcome": said, "until": options.until}
            record["seconds"] = str(round(time.monotonic() - began))
            RESULTS.parent.mkdir(exist_ok=True)
            with RESULTS.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")
    print(f"{len(faults) - missed} of {len(faults)} were caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
