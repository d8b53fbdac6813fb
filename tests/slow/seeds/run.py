"""Seed faults one at a time, and say who catches each: the build, a test, or nobody.

    python tests/slow/seeds/run.py                 all of them, two at a time
    python tests/slow/seeds/run.py page-title      these, by name
    python tests/slow/seeds/run.py none            no fault: nobody should object
    python tests/slow/seeds/run.py --list          say which there are

Each fault gets a copy of the project and of what its builds have kept. tests/README.md names
the file that keeps the promise which the fault breaks. If it needs no site, or makes its own,
it is run first. Then the site is built, and the file is run; then, where nobody has seen the
fault, the whole suite. The first that objects is named.
"""

import argparse
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(ROOT / "tests"), str(ROOT)]

from project import BASE_URL  # noqa: E402 - found by the path above
from seeded_faults import FAULTS  # noqa: E402
from seeding import Fault, lost  # noqa: E402

NONE = Fault("none", "a sound project is not refused", "", print)
MAKE_THEIR_OWN = (  # sites, in which they break something
    "site/test_incremental", "site/test_limits", "site/test_links", "site/test_refusals",
)  # fmt: skip
WHOLE_SUITE = ("unit", "site", "../gradviz_core", "browser")
MINUTES = 20  # after which a build or pytest is ended
CAUGHT, MISSED, LOST = "caught by", "NOT CAUGHT", "LOST"


class NothingShown(Exception):
    """A build or pytest ended for a reason of its own, or did not end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Seed the faults that are asked for: 0 if each was caught."""
    parser = argparse.ArgumentParser(description="Seed faults; see who catches them.")
    parser.add_argument("names", nargs="*", help="of faults, without any all")
    parser.add_argument("--list", action="store_true", help="say which there are")
    parser.add_argument("--jobs", type=int, default=2, help="faults at the same time")
    parser.add_argument("--every", type=int, default=1, help="take one in so many")
    parser.add_argument("--first", type=int, default=0, help="leave out so many before")
    parser.add_argument("--quick", action="store_true", help="without the whole suite")
    options = parser.parse_args(arguments)
    faults = chosen(options.names)[options.first :: options.every]
    if options.list:
        for fault in faults:
            print(f"{fault.name:30} {fault.promise} ({keepers()[fault.name]})")
        return 0
    if faults_lost := [*without_place(faults)]:
        print(*faults_lost, sep="\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        sound = build_sound(Path(folder))
        with ThreadPoolExecutor(options.jobs) as pool:
            outcomes = pool.map(lambda f: outcome(f, sound, options.quick), faults)
            missed = 0
            for fault, (said, seconds) in zip(faults, outcomes, strict=True):
                is_caught = said.startswith(CAUGHT)
                missed += is_caught if fault is NONE else not is_caught
                print(f"{fault.name:30} {seconds:4.0f} s  {said}", flush=True)
    print(f"{len(faults) - missed} of {len(faults)} as they should be")
    return 1 if missed else 0


def chosen(names: Sequence[str]) -> list[Fault]:
    """The faults of these names."""
    every = FAULTS | {"none": NONE}
    if unknown := [name for name in names if name not in every]:
        raise SystemExit(f"no fault is called {', '.join(unknown)}: see --list")
    return [every[name] for name in names] or [*FAULTS.values()]


@cache
def keepers() -> dict[str, str]:
    """For each fault the file that is red with it: README names the file before its faults."""
    readme = (ROOT / "tests/README.md").read_text(encoding="utf-8")
    *_, promises = readme.split("\n## ")
    kept = {NONE.name: "site"}
    file = ""
    for name in re.findall("`([^`]+)`", promises):
        if "/test_" in name:
            file = name
        else:
            kept[name] = file
    return kept


def without_place(faults: Sequence[Fault]) -> Iterator[str]:
    """What some faults wrap, and which file keeps their promise, and is not there any more."""
    for fault in faults:
        if fault is NONE:
            continue
        if what := lost(fault):
            yield f"{fault.name}: {what}"
        if fault.name not in keepers():
            yield f"{fault.name}: tests/README.md lacks it. Fix: say which file is red"
        elif not tests_of(keepers()[fault.name]).exists():
            file = keepers()[fault.name]
            yield f"{fault.name}: there is no {file} in tests/. Fix: name its file"


def tests_of(name: str) -> Path:
    """A folder of tests, or the file of this name without its ending."""
    path = ROOT / "tests" / name
    return path if path.is_dir() else path.with_suffix(".py")


def build_sound(folder: Path) -> Path:
    """The site without a fault. What that draws is kept, so no copy draws it again."""
    built = build(ROOT, NONE, "--out", str(folder / "site"))
    if built.returncode:
        raise SystemExit(f"without a fault the build fails: {built.stderr}")
    return folder / "site"


def outcome(fault: Fault, sound: Path, is_quick: bool) -> tuple[str, float]:
    """Who objects to a fault, and how long that took."""
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix=f"seed-{fault.name}-"))
    try:
        said = objection(fault, folder, sound, is_quick)
    except NothingShown as error:
        said = f"{LOST}: {error}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return said, time.monotonic() - began


def objection(fault: Fault, folder: Path, sound: Path, is_quick: bool) -> str:
    """Build a copy with a fault and test it; say what objects first."""
    project = folder / "project"
    copy_project(project)
    keeper = keepers()[fault.name]
    needs_site = not keeper.startswith(("unit/", *MAKE_THEIR_OWN))
    if not needs_site and (failed := first_failure(project, fault, [keeper])):
        return f"{CAUGHT} {failed}"
    built = build(project, fault)
    if built.returncode:
        lines = built.stderr.strip().split("\n")
        return f"{CAUGHT} the build: {lines[-1 if 'Traceback' in lines[0] else 0]}"
    if fault.is_published and not differs(project / "site", sound):
        return f"{LOST}: no file of the site is another one"
    if needs_site and (failed := first_failure(project, fault, [keeper])):
        return f"{CAUGHT} {failed}"
    if is_quick:
        return f"{MISSED} by {keeper}"
    if failed := first_failure(project, fault, WHOLE_SUITE):
        return (
            f"{MISSED} by {keeper}, but by {failed}. Fix: name this in tests/README.md"
        )
    return MISSED


def copy_project(folder: Path) -> None:
    """Copy the sources, and link what was installed and what builds have kept."""
    command = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    for name in names.decode().rstrip("\0").split("\0"):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    for name in (".venv", "node_modules", "tests/browser/node_modules"):
        if (ROOT / name).exists() and not (folder / name).exists():
            (folder / name).symlink_to((ROOT / name).resolve())
    shutil.copytree(ROOT / ".cache", folder / ".cache", copy_function=link_or_copy)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True, capture_output=True)


def link_or_copy(source: str, target: str) -> None:
    """Link a file that nobody writes to again; across file systems, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def run(project: Path, fault: Fault, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy, with its fault."""
    seeds = project / HERE.relative_to(ROOT)
    environment = os.environ | {"PYTHONPATH": str(seeds)}
    if fault is not NONE:
        environment["GRADVIZ_FAULT"] = fault.name
    try:
        return subprocess.run(
            [sys.executable, *command],
            cwd=project,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60 * MINUTES,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NothingShown(f"{command[0]} does not end") from None


def build(
    project: Path, fault: Fault, *options: str
) -> subprocess.CompletedProcess[str]:
    """Build the site of a copy, or another one."""
    command = ["build.py", "-q", "--jobs", "1", "--base-url", BASE_URL, *options]
    return run(project, fault, *command)


def first_failure(project: Path, fault: Fault, names: Sequence[str]) -> str:
    """The test that fails first, or nothing."""
    paths = [str(tests_of(name).relative_to(ROOT)) for name in names]
    options = ["-q", "-x", "-p", "no:cacheprovider", "-p", "built_already"]
    tests = tempfile.mkdtemp(prefix="tests-", dir=project.parent)
    done = run(project, fault, "-m", "pytest", *options, f"--basetemp={tests}", *paths)
    if done.returncode == 0:
        return ""
    failed = re.search(r"(?m)^(?:FAILED|ERROR) (.+?)(?: - |$)", done.stdout)
    if not failed:
        raise NothingShown((done.stdout + done.stderr).strip()[-999:])
    return failed[1]


def differs(site: Path, sound: Path) -> bool:
    """Whether two sites differ in any file."""
    paths = [p.relative_to(sound) for p in sound.rglob("*") if p.is_file()]
    return any(
        not (site / path).is_file()
        or not filecmp.cmp(site / path, sound / path, shallow=False)
        for path in paths
    )


if __name__ == "__main__":
    sys.exit(main())
