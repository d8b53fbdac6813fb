"""Whatever goes wrong with the machine, the old site or the new one is there, and whole.

Here an operation of each kind goes wrong; tests/slow tries every operation, and full disks.
"""

import fcntl
import signal
import subprocess
import sys
import time

import pytest
from faults import Trial
from project import copied

PAGE = '+++\ntitle = "New"\n+++\n\nA new page.\n'


@pytest.fixture(scope="module")
def trial(drawn, tmp_path_factory):
    trial = Trial(copied(tmp_path_factory.mktemp("trial") / "gradviz", drawn.root))
    yield trial
    trial.close()


def one_of_each_kind(operations: list[str]) -> list[int]:
    """The number of the last operation of each kind, and of the first rename."""
    last = {kind: number for number, kind in enumerate(operations, 1)}
    return sorted({*last.values(), operations.index("rename") + 1})


def test_the_operations_that_go_wrong_are_those_of_a_build(trial):
    kinds = {
        "open",
        "write",
        "fsync",
        "mkdir",
        "link",
        "rename",
        "remove",
        "rmdir",
        "fcntl.flock",
    }
    assert kinds <= {*trial.operations}
    assert trial.operations.count("rename") == 2


@pytest.mark.parametrize(
    ("what", "code"), [("SIGKILL", -9), ("error", 3), ("errors", 3), ("SIGINT", 130)]
)
def test_whichever_operation_goes_wrong_a_whole_site_is_there(trial, what, code):
    """`errors` are those of a disk that is gone: no operation succeeds any more."""
    numbers = one_of_each_kind(trial.operations)
    codes = {trial.assert_survives(what, number) for number in numbers}
    assert code in codes
    assert codes <= {code, 0}


@pytest.mark.parametrize("left", [["old"], ["new"], ["old", "new"]], ids=" and ".join)
def test_what_a_killed_build_left_is_put_right_by_one_that_is_refused(bare, left):
    before = bare.files()
    if "old" in left:
        bare.site.rename(bare.root / ".site.gradviz-old")
    if "new" in left:
        bare.write(".site.gradviz-new/half", "written")
    bare.write("content/bad.md", "no front matter")
    assert bare.build().returncode == 1
    assert bare.files() == before
    assert not [path for path in bare.root.glob(".site.*") if path.is_dir()]


def test_of_two_builds_the_second_is_told_and_changes_nothing(bare):
    before = bare.files()
    bare.write("content/new.md", PAGE)
    with (bare.root / ".site.gradviz-lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = bare.build()
        assert done.returncode == 3
        assert (
            f"another build is writing {bare.site}. Fix: wait for it to end"
            in done.stderr
        )
        assert bare.files() == before
        assert bare.build("--check").returncode == 1  # which asks for no lock
        assert bare.build("--out", str(bare.root / "other")).returncode == 0
    assert bare.build().returncode == 0
    assert bare.files() != before


# A page whose session goes on until it has been interrupted.
HOLDING = """
```pycon
>>> import time
>>> from pathlib import Path
>>> Path("../held").touch()
>>> time.sleep(60)
```
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_interrupted_from_outside_it_says_so_and_changes_nothing(bare, name):
    before = bare.files()
    bare.write("content/held.md", PAGE + HOLDING)
    command = [sys.executable, "build.py", "--jobs", "1"]
    build = subprocess.Popen(command, cwd=bare.root, text=True, stderr=subprocess.PIPE)
    while not (bare.root / "held").exists():
        assert build.poll() is None
        time.sleep(0.02)
    build.send_signal(signal.Signals[name])
    _, told = build.communicate(timeout=30)
    assert build.returncode == 130
    assert told == "build.py: interrupted. Nothing of the site was changed.\n"
    assert bare.files() == before


GREEDY = """
import os, sys
os.fsync = lambda descriptor: bytearray(1 << 60)
import build
sys.exit(build.main([]))
"""


def test_out_of_memory_it_says_so_and_changes_nothing(bare):
    before = bare.files()
    bare.write("content/new.md", PAGE)
    done = bare.run(sys.executable, "-c", GREEDY)
    assert done.returncode == 3
    assert done.stderr == "build.py: no memory. Nothing of the site was changed.\n"
    assert bare.files() == before
