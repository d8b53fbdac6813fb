"""Equal sources give equal bytes, whatever else differs: one test for each thing that may."""

import getpass
import os
import re
import socket
import stat
from pathlib import Path

import pytest
from project import BASE_URL, copied

GRID = "[plane]\ngrid = [-1, 3, 1]\n"

# What Python runs first, in place of a machine that is otherwise.
CLOCK = """
import datetime, time
AHEAD = 40 * 365 * 24 * 3600
for name in ("time", "localtime", "gmtime"):
    real = getattr(time, name)
    changed = {
        "time": lambda real=real: real() + AHEAD,
        "localtime": lambda s=None, real=real: real(time.time() if s is None else s),
        "gmtime": lambda s=None, real=real: real(time.time() if s is None else s),
    }
    setattr(time, name, changed[name])
class Date(datetime.date):
    today = classmethod(lambda cls: cls.fromtimestamp(time.time()))
class Moment(datetime.datetime):
    now = classmethod(lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    utcnow = classmethod(lambda cls: cls.utcfromtimestamp(time.time()))
datetime.date, datetime.datetime = Date, Moment
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
other = os.uname_result(("Other", "other-machine", "9.9", "#9", "other"))
os.uname = lambda: other
socket.gethostname = platform.node = lambda: "other-machine"
"""
SAW = "print('otherwise', flush=True)\n"


@pytest.fixture(scope="module")
def source(model, tmp_path_factory):
    """A project that has every page to render and some figures of each kind to draw."""
    project = copied(tmp_path_factory.mktemp("source") / "gradviz", model.root)
    project.replace("gradviz_core/functions.toml", "[plane]\n", GRID)
    project.replace("templates/base.html", "<main", "<!-- edited --><main")
    project.replace("templates/function.html", "{%", "{# edited #}{%")
    return project


@pytest.fixture(scope="module")
def reference(source, tmp_path_factory):
    project = copied(tmp_path_factory.mktemp("reference") / "gradviz", source.root)
    done = project.build("-v", "--base-url", BASE_URL)
    assert done.returncode == 0, done.stderr
    assert {"figures/plane-buggy.svg", "figures/plane-buggy.png", "cards/functions/plane.png"} <= {
        *re.findall("drawing (.*)", done.stderr)
    }
    return project.files()


@pytest.fixture
def otherwise(source, reference, tmp_path):
    """Build the same in other surroundings: equal bytes are expected. Gives the site."""

    def build(*arguments, python="", folder="gradviz", **environment):
        project = copied(tmp_path / folder, source.root)
        if python:
            (tmp_path / "first").mkdir()
            (tmp_path / "first/sitecustomize.py").write_text(python + SAW, encoding="utf-8")
            environment["PYTHONPATH"] = str(tmp_path / "first")
        done = project.build("--base-url", BASE_URL, *arguments, **environment)
        assert done.returncode == 0, done.stderr
        assert ("otherwise" in done.stdout) == bool(python)
        files = project.files()
        assert [name for name in reference if files.get(name) != reference[name]] == []
        assert files.keys() == reference.keys()
        return project

    return build


def test_another_path(otherwise):
    otherwise(folder="für uns/a b'c/{{ x }}/" + "deep/" * 20)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", ":nonsense"])
def test_another_time_zone(otherwise, zone):
    otherwise(TZ=zone)


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "ko"},
    ],
    ids=["plain ASCII", "Turkish"],
)
def test_another_locale(otherwise, locale):
    otherwise(**locale)


@pytest.mark.parametrize("seed", ["0", "4294967295"])
def test_another_hash_seed(otherwise, seed):
    otherwise(PYTHONHASHSEED=seed)


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o027])
def test_another_umask(otherwise, umask):
    old = os.umask(umask)
    try:
        site = otherwise().site
    finally:
        os.umask(old)
    modes = {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [site, *site.rglob("*")]
    }
    assert modes == {(False, 0o644), (True, 0o755)}


@pytest.mark.parametrize("home", ["", "/nonexistent", "/dev/null"])
def test_another_home(otherwise, home):
    otherwise(HOME=home, XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home)


def test_a_home_with_settings_of_its_own(otherwise, tmp_path):
    settings = "axes.facecolor: red\nsvg.hashsalt: other\nfont.size: 30\nbackend: nonsense\n"
    (tmp_path / "matplotlibrc").write_text(settings)
    otherwise(HOME=str(tmp_path), MPLCONFIGDIR=str(tmp_path), MATPLOTLIBRC=str(tmp_path))


def test_a_folder_with_settings_of_its_own(otherwise, tmp_path):
    (tmp_path / "gradviz").mkdir()
    (tmp_path / "gradviz/matplotlibrc").write_bytes(b"\xff\xfe")
    otherwise("--no-cache")


def test_another_user_name(otherwise):
    site = otherwise(USER="nobody-else", LOGNAME="nobody-else", USERNAME="nobody-else")
    assert not [n for n, content in site.files().items() if b"nobody-else" in content]


def test_another_machine(otherwise):
    otherwise(python=MACHINE)


def test_another_clock(otherwise):
    otherwise(python=CLOCK)


@pytest.mark.parametrize("count", [1, 64])
def test_another_number_of_processors(otherwise, count):
    otherwise("--jobs", str(count), python=PROCESSORS.format(count))


def test_another_order_of_directories(otherwise):
    otherwise(python=ORDER)


@pytest.mark.parametrize("seconds", ["0", "1", "1700000000", "99999999999"])
def test_any_date_for_the_sources(otherwise, seconds):
    """Nothing that is published depends on a clock, so none of these is seen."""
    otherwise(SOURCE_DATE_EPOCH=seconds)


NO_DATES = [
    "", " ", "now", "-1", "+1", "1.5", "1e9", "0x10", "1_000", "1 ", "\n1", "1\n", "١٢٣", "9" * 12,
    "2026-11-25",
]  # fmt: skip


def test_what_is_no_date_is_refused(small):
    before = small.files()
    for seconds in NO_DATES:
        done = small.build(SOURCE_DATE_EPOCH=seconds)
        assert done.returncode == 2, seconds
        assert "SOURCE_DATE_EPOCH" in done.stderr
        assert "Traceback" not in done.stderr
        assert small.files() == before


def test_nothing_of_the_machine_is_published(otherwise):
    """Neither its name, nor a path or a user of it, not even in what a picture says of itself."""
    project = otherwise()
    names = {str(project.root), os.sep + project.root.parts[1] + os.sep, str(Path.home())}
    names |= {socket.gethostname(), f"{getpass.getuser()}@", os.uname().release}
    for name, content in project.files().items():
        assert not [word for word in names if len(word) > 4 and word.encode() in content], name
