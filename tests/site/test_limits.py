"""A page whose code never ends, or ends or breaks its process, is told, and stops no build."""

import time
from contextlib import suppress

import pytest
from project import with_site

from gradviz_core.publish.limits import TimeLimitReached, time_limit

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
CAUGHT = (
    ">>> for _ in range(3):",
    "...     try:",
    "...         while True: str()",
    "...     except Exception: pass",
)
ENDLESS = PAGE + "Text.\n\n" + EXPRESSION + "{% endfor %}\n"


# Each with the line that is told, if there is one, and what is said of it.
HELD = {
    "after": (session(">>> 1 + 1", "2", *LOOP), 8, "this takes longer than 1 s"),
    "loop": (session(*LOOP), 6, "this takes longer than 1 s"),
    "caught": (session(*CAUGHT), 6, "this takes longer than 1 s"),
    "expression": (ENDLESS, 7, "this takes longer than 1 s"),
    "deaf": (session(*DEAF), None, "does not end in time"),
    "exit": (session(">>> import os", ">>> os._exit(0)"), None, "ended with code 0"),
    "interrupt": (
        session(">>> raise KeyboardInterrupt"), None, "ended by KeyboardInterrupt"
    ),
    "mute": (session(">>> import sys; sys.stdout.close()"), 6, "closed file"),
    "shut": (session(">>> import builtins; builtins.open = None"), 6, "built-in open"),
}  # fmt: skip


@pytest.fixture(scope="module")
def told(drawn, tmp_path_factory):
    """What one build says of all pages that are held up, and of one with another fault."""
    project = with_site(drawn, tmp_path_factory.mktemp("held") / "gradviz")
    before = project.files()
    for name, (page, _, _) in HELD.items():
        project.write(f"content/{name}.md", page.replace("Held", name))
    project.write("content/zero.md", PAGE.replace("Held", "Zero") + "{{ nothing }}\n")
    done = project.build("--time-limit", "1")
    assert done.returncode == 1
    assert project.files() == before
    return sorted(done.stderr.splitlines())


@pytest.mark.parametrize("name", HELD)
def test_a_page_that_is_held_up_is_told_once(told, name):
    _, line, what = HELD[name]
    place = f"content/{name}.md:{line}: " if line else f"content/{name}.md: "
    (of_page,) = [each for each in told if each.startswith(f"content/{name}.md:")]
    assert of_page.startswith(place)
    assert what in of_page
    assert ". Fix: " in of_page


def test_it_is_told_with_all_other_faults(told):
    assert len(told) == len(HELD) + 1
    assert told[-1].startswith("content/zero.md:5: ")


def go_on_after(seconds):
    """Catch whatever is raised, and go on."""
    with suppress(BaseException):
        time.sleep(seconds)
    time.sleep(seconds)


def test_code_that_catches_everything_is_interrupted_once_more():
    with pytest.raises(TimeLimitReached), time_limit(0.05):
        go_on_after(seconds=30)


def test_the_limit_can_be_lifted(bare):
    slow = session(">>> import time", ">>> time.sleep(1.2)")
    bare.write("content/held.md", slow)
    assert bare.build("--time-limit", "0").returncode == 0
    bare.write("content/held.md", slow.replace("1.2", "1.3"))
    assert bare.build("--time-limit", "1").returncode == 1
