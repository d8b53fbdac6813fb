"""A page whose code never ends, or ends its process, is told, and stops no build."""

import pickle
import re
import sys

import pytest

PAGE = '+++\ntitle = "Held"\n+++\n\n'


def session(*lines):
    """A page that runs these lines."""
    return PAGE + "```pycon\n" + "\n".join(lines) + "\n```\n"


LOOP = (">>> while True:", "...     pass")
DEAF = (
    ">>> import signal, time",
    ">>> _ = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])",
    ">>> time.sleep(60)",
)
EXPRESSION = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}"
ENDLESS = PAGE + "Text.\n\n" + EXPRESSION + "{% endfor %}\n"


@pytest.mark.parametrize(
    ("page", "line", "what"),
    [
        (session(">>> 1 + 1", "2", *LOOP), 8, "this takes longer than 1 s"),
        (session(*LOOP), 6, "this takes longer than 1 s"),
        (ENDLESS, 7, "this takes longer than 1 s"),
        (session(*DEAF), None, "does not end in time"),
        (session(">>> import os", ">>> os._exit(0)"), None, "ended with code 0"),
        (session(">>> raise KeyboardInterrupt"), None, "ended by KeyboardInterrupt"),
    ],
    ids=["after", "loop", "expression", "deaf", "exit", "interrupt"],
)
def test_it_is_told_of_the_page_with_all_other_faults(bare, page, line, what):
    before = bare.files()
    bare.write("content/held.md", page)
    bare.write("content/other.md", PAGE.replace("Held", "Other") + "{{ nothing }}\n")
    done = bare.build("--time-limit", "1")
    assert done.returncode == 1
    of_held, of_other = sorted(done.stderr.splitlines())
    place = f"content/held.md:{line}: " if line else "content/held.md: "
    assert of_held.startswith(place)
    assert what in of_held
    assert ". Fix: " in of_held
    assert of_other.startswith("content/other.md:5: ")
    assert bare.files() == before


def test_the_limit_can_be_lifted(bare):
    slow = session(">>> import time", ">>> time.sleep(1.2)")
    bare.write("content/held.md", slow)
    assert bare.build("--time-limit", "0").returncode == 0
    bare.write("content/held.md", slow.replace("1.2", "1.3"))
    assert bare.build("--time-limit", "1").returncode == 1


@pytest.mark.parametrize("seconds", ["-1", "nan", "inf", "soon", "90000"])
def test_a_limit_that_is_none_is_wrong_usage(bare, seconds):
    done = bare.build(f"--time-limit={seconds}")
    assert done.returncode == 2
    assert "--time-limit" in done.stderr


def test_what_a_session_does_to_numpy_is_done_to_no_other_page(bare):
    changing = session(">>> np.sin = np.cos", ">>> float(np.sin(0.0))", "1.0")
    bare.write("content/changing.md", changing)
    bare.write(
        "content/zero.md",
        session(">>> float(np.sin(0.0))", "0.0").replace("Held", "Zero"),
    )
    done = bare.build("--jobs", "1")
    assert done.returncode == 0, done.stderr


WITHOUT = """
import os, signal, sys
sys.modules["fcntl"] = None
del os.fork, os.register_at_fork, signal.setitimer, signal.pthread_sigmask
import build
sys.exit(build.main([]))
"""


def test_it_builds_the_same_where_there_is_no_fork_and_no_lock(bare):
    before = bare.rebuild("--no-cache")
    bare.write("content/new.md", PAGE)
    with_new = bare.rebuild()
    assert with_new != before
    (bare.root / "content/new.md").unlink()
    done = bare.run(sys.executable, "-c", WITHOUT)
    assert done.returncode == 0, done.stderr
    assert bare.files() == before


class Trap:
    """An entry that runs code when it is read."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (self.path, "w")


def test_no_entry_that_came_with_a_clone_is_read(bare, tmp_path):
    bare.rebuild()
    entries = [*(bare.root / ".cache").glob("*.pickle")]
    assert entries
    trap = tmp_path / "sprung"
    for entry in entries:
        signature = entry.read_bytes()[:32]
        entry.write_bytes(signature + pickle.dumps(Trap(str(trap))))
    bare.append("content/index.md", "\n")
    assert bare.build().returncode == 0
    assert not trap.exists()


def test_what_was_kept_elsewhere_is_made_again(bare, tmp_path):
    before = bare.files()
    done = bare.build("-v", XDG_STATE_HOME=str(tmp_path))
    assert done.returncode == 0
    assert re.search(r"drawing figures/", done.stderr)
    assert bare.files() == before
