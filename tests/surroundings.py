"""Builds of the same sources in other surroundings, which must give equal bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from project import BASE_URL, Project, copied

SAW = "print('otherwise', flush=True)\n"  # what Python runs first says that it has run

# What Python runs first, in place of a machine that is otherwise.
CLOCK = """
import datetime, sys, time
AHEAD = 40 * 365 * 24 * 3600
for name in ("time", "localtime", "gmtime"):
    real = getattr(time, name)
    changed = {
        "time": lambda real=real: real() + AHEAD,
        "localtime": lambda s=None, real=real: real(time.time() if s is None else s),
        "gmtime": lambda s=None, real=real: real(time.time() if s is None else s),
    }
    setattr(time, name, changed[name])
strftime = time.strftime
time.strftime = lambda form, moment=None: strftime(form, moment or time.localtime())
class Date(datetime.date):
    today = classmethod(lambda cls: cls.fromtimestamp(time.time()))
class Moment(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    utcnow = classmethod(lambda cls: cls.utcfromtimestamp(time.time()))
datetime.date, datetime.datetime = Date, Moment
# Coverage has read its settings by now, with the dates of before.
for name in [name for name in sys.modules if name.startswith("tomllib")]:
    del sys.modules[name]
"""
ORDER = """
import os, random
shuffle, real, scan = random.Random(7).shuffle, os.listdir, os.scandir
def listdir(*arguments):
    names = sorted(real(*arguments))
    shuffle(names)
    return names
class Shuffled:
    def __init__(self, *arguments):
        self.scan = scan(*arguments)
        self.entries = sorted(self.scan, key=lambda entry: entry.name)
        shuffle(self.entries)
        self.entries = iter(self.entries)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *what): self.scan.close()
    def close(self): self.scan.close()
os.listdir, os.scandir = listdir, Shuffled
"""
PROCESSORS = """
import os
os.cpu_count = lambda: {0}
if {0} == 1:
    os.sched_setaffinity(0, {{min(os.sched_getaffinity(0))}})
"""
MACHINE = """
import os, platform, socket
other = "Other", "other-machine", "9.9-other-release", "#9", "other"
os.uname = lambda: os.uname_result(other)
platform.uname = lambda: platform.uname_result(*other)
socket.gethostname = platform.node = lambda: "other-machine"
"""
# What tells of that machine. Its own name may be a word of the site, and these are none.
USER = {"USER": "other-user", "LOGNAME": "other-user", "USERNAME": "other-user"}
FOLDERS = {"HOME": "other-home", "TMPDIR": "other-temporary"}
NAMES = [
    "other-machine", "other-release", "other-user", "other-home", "other-temporary", "other-root",
]  # fmt: skip


def elsewhere(folder: Path) -> dict[str, str]:
    """What another machine says of its user and its folders, which are made."""
    for name in FOLDERS.values():
        (folder / name).mkdir()
    return USER | {variable: str(folder / name) for variable, name in FOLDERS.items()}


@contextmanager
def masked(umask: int) -> Iterator[None]:
    """With another umask."""
    before = os.umask(umask)
    try:
        yield
    finally:
        os.umask(before)


def built_otherwise(
    source: Project, folder: Path, *arguments: str,
    name: str = "gradviz", first: str = "", **environment: str,
) -> Project:  # fmt: skip
    """A copy of a project, built with this run first by Python, and with these variables."""
    project = copied(folder / name, source.root)
    if first:
        (folder / "first").mkdir()
        (folder / "first/sitecustomize.py").write_text(first + SAW, encoding="utf-8")
        environment["PYTHONPATH"] = str(folder / "first")
    done = project.build("--base-url", BASE_URL, *arguments, **environment)
    assert done.returncode == 0, done.stderr
    assert ("otherwise" in done.stdout) == bool(first)
    return project


def assert_equal_bytes(project: Project, files: dict[str, bytes]) -> None:
    """Assert that a site holds just these files, readable by all."""
    found = project.files()
    assert [name for name in files if found.get(name) != files[name]] == []
    assert found.keys() == files.keys()
    for path in [project.site, *project.site.rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


def told_of(project: Project, words: set[str]) -> set[tuple[str, str]]:
    """Which of these words stand in which file of a site, a picture among them."""
    files = project.files().items()
    return {
        (name, word) for name, text in files for word in words if word.encode() in text
    }
