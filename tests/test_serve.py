"""The preview shows the site, builds again after a change, and keeps the last good one."""

import re
import subprocess
import sys
import time
import urllib.request

import pytest


@pytest.fixture
def preview(small):
    command = [sys.executable, "build.py", "--serve", "0"]
    running = subprocess.Popen(command, cwd=small.root, text=True, stderr=subprocess.PIPE)
    assert running.stderr
    address = next(m[0] for line in running.stderr if (m := re.search(r"http://\S+/", line)))
    yield small, address
    running.terminate()
    running.wait()
    running.stderr.close()


def shown(address: str, words: str, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with urllib.request.urlopen(f"{address}about/index.html") as answer:
            if words in answer.read().decode():
                return True
        time.sleep(0.2)
    return False


def test_a_change_is_shown_and_a_fault_keeps_the_last_good_site(preview):
    project, address = preview
    project.replace("content/about.md", "\n\n", "\n\nA sentence that is new.\n\n")
    assert shown(address, "A sentence that is new.")
    project.write("content/bad.md", "no front matter")
    time.sleep(2)
    assert shown(address, "A sentence that is new.", 1)
