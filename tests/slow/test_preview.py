"""The preview outlives files that come and go, and an end before it has begun."""

import signal
import subprocess
import sys
import time
import urllib.request


def test_it_goes_on_where_sources_come_and_go(bare_preview):
    """As those of an editor do, which may be gone again before they are read."""
    project, address = bare_preview
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        for number in range(50):
            project.write(f"content/swap-{number}.md", '+++\ntitle = "Swap"\n+++\n')
        for path in (project.root / "content").glob("swap-*.md"):
            path.unlink()
    project.replace("content/notes/one.md", "A few more.", "The last sentence.")
    deadline = time.monotonic() + 20
    shown = ""
    while "The last sentence." not in shown and time.monotonic() < deadline:
        time.sleep(0.2)
        with urllib.request.urlopen(f"{address}notes/one/", timeout=20) as answer:
            shown = answer.read().decode()
    assert "The last sentence." in shown


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
