"""The preview shows the site, builds again after a change, and keeps the last good one."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


def asked(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.read().decode()


def shown(address: str, words: str, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if words in asked(address):
            return True
        time.sleep(0.2)
    return False


def test_a_change_is_shown_and_a_fault_keeps_the_last_good_site(preview):
    project, address = preview
    about = f"{address}about/index.html"
    project.replace("content/about.md", "\n\n", "\n\nA sentence that is new.\n\n")
    assert shown(about, "A sentence that is new.")
    project.write("content/bad.md", '+++\ntitle = "Bad"\n"<b>" = 1\n+++\n')
    told = "content/bad.md:3: unknown field &lt;b&gt;."
    for page in (about, address, f"{address}about/?from=here"):
        assert shown(page, told)
    assert shown(about, "A sentence that is new.", 1)
    assert shown(
        f"{address}nowhere.html", told
    )  # the faults of a first build have no page
    assert told not in (project.site / "about" / "index.html").read_text()
    (project.root / "content" / "bad.md").unlink()
    assert shown(f"{address}.built?3", "data:")
    assert "/.built.js?4" in asked(about)
    assert told not in asked(about)


def test_a_page_hears_of_the_build_after_its_own(preview):
    project, address = preview
    assert '<script src="/.built.js?1">' in asked(address)
    assert '"/.built?1"' in asked(f"{address}.built.js?1")
    again = "retry: 200\n\n"  # in so many milliseconds
    assert (
        asked(f"{address}.built?0") == f"{again}data:\n\n"
    )  # there has been one since
    assert asked(f"{address}.built?1") == again
    project.replace("content/about.md", "\n\n", "\n\nMore.\n\n")
    assert shown(f"{address}.built?1", "data:\n\n")


def test_what_is_no_page_is_served_as_it_is(preview):
    project, address = preview
    assert (
        asked(f"{address}static/site.css")
        == (project.site / "static/site.css").read_text()
    )
    assert "<main" in asked(f"{address}about")  # sent on to about/
    with pytest.raises(urllib.error.HTTPError, match="404"):
        asked(f"{address}nowhere.html")


def test_where_another_listens_nothing_is_built(small):
    before = small.files()
    small.replace("content/about.md", "\n\n", "\n\nMore.\n\n")
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = small.build("--serve", str(other.getsockname()[1]))
    assert done.returncode == 3
    assert "Address already in use" in done.stderr
    assert small.files() == before


# Of all that is asked for its sources: none, a file of an editor that has gone again, the end.
VANISHING = """
import build, gradviz_core.publish.serve as serve
found = iter([[], OSError("gone")])
def sources(*_):
    answer = next(found, KeyboardInterrupt())
    if isinstance(answer, BaseException):
        raise answer
    return answer
serve.sources = sources
raise SystemExit(build.main(["--serve", "0"]))
"""


def test_it_goes_on_where_a_source_has_gone_and_ends_when_told_to(small):
    command = [sys.executable, "-c", VANISHING]
    done = subprocess.run(
        command, cwd=small.root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.splitlines()[-1][-11:]) == (0, "Ctrl-C ends")


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


@pytest.mark.parametrize("command", [["build.py", "--serve", "0"], ["-c", LATE]])
def test_ctrl_c_ends_it_without_a_word(small, command):
    command = [sys.executable, *command]
    running = subprocess.Popen(
        command, cwd=small.root, text=True, stderr=subprocess.PIPE
    )
    assert any("Ctrl-C ends" in line for line in running.stderr)
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=20)[1] == ""
    assert running.returncode == 0
