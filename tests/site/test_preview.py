"""The preview shows the site, builds again after a change, and keeps the last good one."""

import http.client
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress

import pytest
from project import BASE_URL, watched

# What a page is told: to ask again in so many milliseconds.
NOTHING_NEW = "retry: 50\n\n"


def edition(html: str) -> str:
    """Which edition of a page this is."""
    [named] = re.findall(r'<script src="/\.built\.js\?(-?\w+)"></script>', html)
    return named


def asked(address: str) -> str:
    """What is answered at an address, which a browser must not keep."""
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        return answer.read().decode()


def shows(address: str, words: str, seconds: float = 20) -> bool:
    """Whether these words are answered before long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if words in asked(address):
            return True
        time.sleep(0.2)
    return False


def test_a_change_is_shown_and_a_fault_keeps_the_last_good_site(bare_preview):
    project, address = bare_preview
    page = f"{address}notes/one/index.html"
    project.replace("content/notes/one.md", "A few more.", "A sentence that is new.")
    assert shows(page, "A sentence that is new.")
    project.write("content/bad.md", '+++\ntitle = "Bad"\n"<b>" = 1\n+++\n')
    told = "content/bad.md:3: unknown field &lt;b&gt;."
    for place in (page, address, f"{address}notes/one/?from=here"):
        assert shows(place, told)
    assert "A sentence that is new." in asked(page)
    # The faults of a first build have no page, whatever is asked for.
    nowhere = f"{address}--nowhere.html"
    assert told in asked(nowhere)
    assert told not in project.page("notes/one/index.html")
    (project.root / "content/bad.md").unlink()
    with suppress(urllib.error.HTTPError):
        while told in asked(nowhere):
            time.sleep(0.2)
    assert "alert" not in asked(page)


def test_what_changes_during_a_build_is_built_next(bare_preview):
    project, address = bare_preview
    begun, end = project.root / "begun", project.root / "end"
    session = [
        ">>> import pathlib, time",
        f">>> pathlib.Path({str(begun)!r}).touch()",
        f">>> while not pathlib.Path({str(end)!r}).exists():",
        "...     time.sleep(0.1)",
    ]
    fenced = "\n".join(["```pycon", *session, "```"])
    project.write("content/held.md", f'+++\ntitle = "Held"\n+++\n\n{fenced}\n')
    while not begun.exists():
        time.sleep(0.1)
    project.replace("content/notes/one.md", "A few more.", "A sentence that is new.")
    end.touch()
    assert shows(f"{address}notes/one/index.html", "A sentence that is new.")


def test_the_page_that_is_looked_at_does_not_wait_for_the_others(bare_preview):
    project, address = bare_preview
    held, page = f"{address}held/", f"{address}notes/one/"
    end = project.root / "end"
    end.touch()
    session = [
        ">>> import pathlib, time",
        f">>> while not pathlib.Path({str(end)!r}).exists():",
        "...     time.sleep(0.1)",
    ]
    fenced = "\n".join(["```pycon", *session, "```"])
    project.write("content/held.md", f'+++\ntitle = "Held"\n+++\n\n{fenced}\n')
    while not (project.site / "held/index.html").exists():
        time.sleep(0.1)
    end.unlink()
    assert "A few more." in asked(page)
    project.replace("templates/page.html", "{{ content }}", "For all. {{ content }}")
    assert shows(page, "For all.")
    assert "For all." not in asked(held)
    assert "For all." not in project.page("notes/one/index.html")
    early = edition(asked(page))
    assert asked(f"{address}.built?{early}") == NOTHING_NEW
    end.touch()
    assert shows(held, "For all.")
    assert "For all." in project.page("notes/one/index.html")


def test_edited_code_runs(bare_preview):
    project, address = bare_preview
    code = "gradviz_core/publish/document.py"
    before = project.read(code)
    time.sleep(1)  # the next build has imported what it was
    project.write(code, f"{before}\nunheard_of\n")
    assert shows(address, "NameError")
    project.write(code, f"{before}\n")
    project.replace("content/notes/one.md", "A few more.", "A sentence that is new.")
    assert shows(f"{address}notes/one/index.html", "A sentence that is new.")


def test_the_address_of_the_site_is_that_of_the_command(bare):
    with watched(bare, "--base-url", BASE_URL) as (_, address):
        assert f"<loc>{BASE_URL}</loc>" in asked(f"{address}sitemap.xml")


def test_a_page_hears_of_the_build_after_its_own(bare_preview):
    project, address = bare_preview
    shown = edition(asked(address))
    assert f"'/.built?{shown}'" in asked(f"{address}.built.js?{shown}")
    assert asked(f"{address}.built?of-before") == f"{NOTHING_NEW}data:\n\n"
    assert asked(f"{address}.built?{shown}") == NOTHING_NEW
    project.replace("content/notes/one.md", "A few", "Some")
    assert shows(f"{address}.built?{shown}", "data:\n\n")
    project.write("content/bad.md", "No front matter.")
    assert shows(address, "content/bad.md:1:")
    assert edition(asked(address)) != shown


def test_what_is_no_page_is_served_as_it_is(bare_preview):
    project, address = bare_preview
    assert asked(f"{address}static/site.css") == project.page("static/site.css")
    assert "<main" in asked(f"{address}notes/one")  # sent on to one/
    with pytest.raises(urllib.error.HTTPError, match="404"):
        asked(f"{address}nowhere.html")


def status(address: str, path: str, **headers: str) -> int:
    """With which status a path is answered."""
    url = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_it_answers_its_own_hosts_alone(bare_preview):
    _, address = bare_preview
    port = urllib.parse.urlsplit(address).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost", "[::1]"):
        assert status(address, "/", Host=host) == 200
    for host in (
        "example.org",
        f"localhost.example.org:{port}",
        "127.0.0.1.nip.io",
        "",
    ):
        for path in ("/", "/.built?0", "/.built.js?0", "/static/site.css"):
            assert status(address, path, Host=host) == 403


def test_it_lists_no_folder_and_takes_any_request(bare_preview):
    _, address = bare_preview
    for path in (
        "/static/",
        "/figures/",
        "/%00",
        "/a%00/",
        "/..%2fbuild.py",
        "/%ff%fe",
        "/%ed%a0%80",  # half of a character
        "/" + "a/" * 3000,
    ):
        assert status(address, path) == 404


def test_where_another_listens_nothing_is_built(bare):
    before = bare.files()
    bare.replace("content/notes/one.md", "A few", "Some")
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = bare.build("--serve", str(other.getsockname()[1]))
    assert done.returncode == 3
    assert "Address already in use" in done.stderr
    assert bare.files() == before


def test_ctrl_c_ends_it_without_a_word(bare):
    command = [sys.executable, "build.py", "--serve", "0"]
    running = subprocess.Popen(
        command, cwd=bare.root, text=True, stderr=subprocess.PIPE
    )
    assert any("Ctrl-C ends" in line for line in running.stderr)
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=20)[1] == ""
    assert running.returncode == 0
