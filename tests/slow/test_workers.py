"""The processes that help a build end with it, however it ends."""

import signal
import subprocess
import sys

import pytest

SLOW = r"""
import os, time
from gradviz_core.publish.workers import run
def task():
    os.write(1, b"task\n")
    time.sleep(0.1)
    return [""]
list(run(dict.fromkeys(range(400), task), 2))
"""


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_what_helps_a_build_ends_with_it(how):
    build = subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert [build.stdout.readline() for _ in range(4)] == [b"task\n"] * 4
    build.send_signal(signal.Signals[how])
    said, _ = build.communicate(timeout=8)  # all of it would take 20 seconds
    assert said.count(b"task") < 100  # of four hundred: what was begun is finished
