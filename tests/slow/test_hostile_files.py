"""Hostile files, a shape of each kind: each is read soon, none stops the command, nothing is run.

What goes deep is tried ten deep, as scripts are, and almost as deep as Python takes. Depths
between are not tried.
"""

import json
import os
import resource

import pytest
from slow.hostile_files import hostile_files, small_files

from gradviz_core.__main__ import main
from gradviz_core.checker.readings import read_content

# A quiet core takes two; a busy machine may take twice as long.
MOST_SECONDS = 4


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    """A folder that is made if anything of a file is run."""
    return tmp_path_factory.mktemp("canary") / "was-run"


def test_each_ends_soon_and_says_what_it_did_not_read(canary):
    files = hostile_files(canary)
    assert len(files) > 250
    slow = {}
    for name, content in files.items():
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        reading = read_content(name, content, {})
        seconds = resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
        if seconds > MOST_SECONDS:
            slow[name] = seconds
        lines = [unread.line for unread in reading.unread]
        assert all(line >= 1 for line in lines), name
    assert slow == {}
    assert not canary.exists()


def test_the_command_reads_the_small_ones(canary, tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    files = small_files(canary)
    for name, content in files.items():
        path = tmp_path / name.replace("/", "-")
        path.write_bytes(content)
    os.mkfifo("pipe.py")
    (tmp_path / "zero.py").symlink_to("/dev/zero")
    (tmp_path / "itself.py").symlink_to("itself.py")
    (tmp_path / "folder.py").mkdir()
    assert main(["check", "--exit-zero", "--json", "."]) == 0
    record = json.loads(capfd.readouterr().out)
    assert record["files"] >= len(files)
    assert {"pipe.py", "zero.py", "itself.py"} <= {
        unread["path"] for unread in record["unread"]
    }
    assert not canary.exists()
