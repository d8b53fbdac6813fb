"""The preview outlives a source that is gone, and an end before it has begun."""

import re
import signal
import subprocess
import sys
import time
import urllib.request

# A file of an editor, which is gone again whenever it is to be read.
VANISHING = """
import pathlib, sys
read = pathlib.Path.read_bytes
def gone(path):
    if path.name == "swap.md":
        raise FileNotFoundError(path)
    return read(path)
pathlib.Path.read_bytes = gone
import build
sys.exit(build.main(["--serve", "0"]))
"""


def test_it_goes_on_where_a_source_has_gone_before_it_was_read(bare):
    command = [sys.executable, "-c", VANISHING]
    with subprocess.Popen(
        command, cwd=bare.root, text=True, stderr=subprocess.PIPE
    ) as running:
        address = next(
            found[0]
            for line in running.stderr
            if (found := re.search(r"http\S+", line))
        )
        swap = bare.write("content/swap.md", "not a page yet")
        time.sleep(1)
        swap.unlink()
        bare.replace("content/notes/one.md", "A few more.", "The last sentence.")
        shown = ""
        while "The last sentence." not in shown and running.poll() is None:
            time.sleep(0.2)
            with urllib.request.urlopen(f"{address}notes/one/", timeout=20) as answer:
                shown = answer.read().decode()
        assert running.poll() is None
        running.terminate()


LATE = """
import socketserver, sys, time
begin = socketserver.BaseServer.serve_forever
def late(server):
    while server.socket.fileno() != -1:
        time.sleep(0.01)
    begin(server)
socketserver.BaseServer.serve_forever = late
import build
code = build.main(["--serve", "0"])
time.sleep(0.5)
sys.exit(code)
"""


def test_it_may_be_ended_before_it_has_begun(bare):
    command = [sys.executable, "-c", LATE]
    running = subprocess.Popen(
        command, cwd=bare.root, text=True, stderr=subprocess.PIPE
    )
    assert any("Ctrl-C ends" in line for line in running.stderr)
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=20)[1] == ""
    assert running.returncode == 0
