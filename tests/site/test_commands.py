"""The build as a command: its flags, what it says, and how it ends."""

import contextlib
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from project import BASE_URL

PAGE = '+++\ntitle = "New"\n+++\n\nA new page.\n'


# --- a build that is done --------------------------------------------------------------------


def test_one_line_says_where_the_site_is(model):
    done = model.build("--base-url", BASE_URL)
    pages = [name for name in model.files() if name.endswith(".html")]
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr == f"{len(pages)} pages are in {model.site}\n"


def test_another_line_says_what_is_left_out_without_an_address(bare):
    """What a page itself leaves out, test_files reads."""
    files = bare.rebuild()
    assert not {"sitemap.xml", "robots.txt", "feed.xml"} & {*files}
    assert not [name for name in files if name.startswith("cards/")]
    again = bare.build().stderr.splitlines()
    told = [line for line in again if "--base-url" in line]
    assert told == again[:1]
    assert told


def test_every_flag_is_accepted_and_a_quiet_build_is_quiet(bare):
    done = bare.build("--jobs", "2", "-q", "--no-cache")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_address_may_be_without_tls(bare):
    bare.rebuild("--base-url", "http://example.org")
    assert "http://example.org/notes/one/" in bare.page("sitemap.xml")


def test_what_is_drawn_is_told_to_whoever_asks(bare):
    again = bare.build("-v", "--no-cache")
    drawn = re.findall(r"^drawing (.+)$", again.stderr, re.MULTILINE)
    assert len(drawn) == len({*drawn}) > 0
    assert {*drawn} <= {*bare.files()}
    assert "drawing" not in bare.build("-v").stderr


def test_a_terminal_shows_what_is_being_drawn_in_one_line(bare):
    shutil.rmtree(bare.root / ".cache")
    ours, theirs = pty.openpty()
    done = subprocess.Popen([sys.executable, "build.py"], cwd=bare.root, stderr=theirs)
    os.close(theirs)
    written = b""
    with contextlib.suppress(OSError):  # how a terminal ends on Linux
        while chunk := os.read(ours, 65536):
            written += chunk
    os.close(ours)
    assert done.wait() == 0
    assert b"\r\x1b[Kdrawing figures/plane-buggy.svg\r\x1b[K" in written


@pytest.mark.parametrize("closing", ["2>/dev/full", ">&- 2>&- -v"])
def test_a_site_is_built_though_nobody_can_be_told(bare, closing):
    bare.write("content/notes/one.md", PAGE + "\n```pycon\n>>> 1 + 1\n2\n\n```\n")
    command = f"{shlex.quote(sys.executable)} build.py {closing}"
    assert (
        subprocess.run(command, shell=True, cwd=bare.root, check=False).returncode == 0
    )
    assert "A new page." in bare.page("notes/one/index.html")


IGNORING = """
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.executable, [sys.executable, "build.py"])
"""


def test_a_site_is_built_for_whoever_ignores_how_children_end(bare):
    bare.write("content/notes/one.md", PAGE)
    command = [sys.executable, "-c", IGNORING]
    subprocess.run(command, cwd=bare.root, check=True)
    assert "A new page." in bare.page("notes/one/index.html")


# --- another folder --------------------------------------------------------------------------


def test_an_empty_or_new_folder_is_taken(bare, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / ".gitignore").write_text("x")
    for out in (empty, tmp_path / "new" / "deep"):
        assert bare.build("--out", str(out)).returncode == 0
        assert (out / "index.html").exists()


NOT_OURS = "holds other files and no .gradviz"
REFUSED = {
    ".": (NOT_OURS, "name a new or empty folder"),
    "foreign": (NOT_OURS, "name a new or empty folder"),
    "checkout": ("is a checkout", "name a new or empty folder"),
    "marked": (NOT_OURS, "name a new or empty folder"),
    "worktree": ("is a checkout", "name a new or empty folder"),
    "site/errata/new": (
        "lies in a site, which a build replaces",
        "name a new or empty folder",
    ),
    "build.py": ("is not a folder", "name a new or empty folder"),
    "link": ("is not a folder", "name a new or empty folder"),
    "content/new": ("lies among the sources", "name another"),
    "templates/static/new": ("lies among the sources", "name another"),
    ".git/new": ("lies among the sources", "name another"),
}


def test_a_folder_that_is_not_ours_is_refused_and_stays(bare):
    for name in ("foreign/letter.txt", "checkout/.git/HEAD", "marked/letter.txt"):
        bare.write(name, "dear")
    bare.write("marked/.gradviz", "somebody else's")
    shutil.copytree(bare.site, bare.root / "worktree")  # of a branch with the site
    bare.write("worktree/.git", "gitdir: elsewhere")
    (bare.root / "link").symlink_to("site")
    before = {path for path in bare.root.rglob("*") if "__pycache__" not in path.parts}
    for name, (what, fix) in REFUSED.items():
        done = bare.build("--out", name)
        *_, told = done.stderr.splitlines()
        folder = str(bare.root / name).removesuffix("/.")
        assert done.returncode == 2, name
        assert told == f"build.py: error: --out {folder} {what}. Fix: {fix}"
    after = {path for path in bare.root.rglob("*") if "__pycache__" not in path.parts}
    assert after == before


# --- wrong usage, and a machine that lacks something -----------------------------------------

WRONG = [
    ["--jobs", "0"],
    ["--nonsense"],
    ["x"],
    ["--serve", "99999999"],
    ["--base-url", "example.org"],
    ["--base-url", "ftp://x.org"],
    ["--base-url", "https://x.org/?q"],
    ["--base-url", "https://a b.org"],
    ["--base-url", 'https://x.org/">'],
    ["--time-limit=-1"],
    ["--time-limit=nan"],
    ["--time-limit=inf"],
    ["--time-limit=soon"],
    ["--time-limit=90000"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_ends_with_2(model, arguments):
    done = model.build(*arguments)
    assert done.returncode == 2
    assert "build.py: error: " in done.stderr
    assert arguments[0].partition("=")[0] in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_that_asserts_nothing_is_refused(model):
    """Sessions of pages assert what their words say."""
    done = model.build(PYTHONOPTIMIZE="1")
    assert done.returncode == 2
    assert "without -O" in done.stderr


@pytest.mark.parametrize("seconds", ["", "now", "-1", "1.5", "2026-11-25"])
def test_what_is_no_date_of_the_sources_is_refused(model, seconds):
    done = model.build(SOURCE_DATE_EPOCH=seconds)
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_package_says_what_to_type(bare):
    bare.write("content/new.md", PAGE)
    missing = "import sys; sys.modules['markdown'] = None; import build; sys.exit(build.main([]))"
    done = bare.run(sys.executable, "-c", missing)
    assert done.returncode == 3
    fix = "type make site, or pip install -r requirements.txt"
    assert done.stderr == f"The package markdown is not installed. Fix: {fix}\n"


# --- a check ---------------------------------------------------------------------------------


def test_a_check_tells_stale_from_current_and_changes_nothing(bare):
    before = bare.files()
    assert bare.build("--check").returncode == 0
    bare.write("content/new.md", PAGE)
    for more in ([], ["--serve", "0"]):
        stale = bare.build("--check", *more)
        assert stale.returncode == 1
        assert stale.stderr == f"{bare.site} is out of date. Fix: build it again\n"
    assert bare.files() == before


def test_a_check_makes_no_folder(bare, tmp_path):
    assert (
        bare.build("--check", "--out", str(tmp_path / "deep" / "new")).returncode == 1
    )
    assert list(tmp_path.glob("deep*")) == []
    assert list(bare.root.glob(".site*")) == list(bare.root.glob(".site.gradviz-lock"))
