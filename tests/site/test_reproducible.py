"""Equal sources give equal bytes, whatever else differs: one test for each thing that may."""

import os
import re
import socket
import stat
import sys
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
other = "Other", "other-machine", "9.9-other-release", "#9", "other"
os.uname = lambda: os.uname_result(other)
platform.uname = lambda: platform.uname_result(*other)
socket.gethostname = platform.node = lambda: "other-machine"
"""
# What tells of that machine. Its own name may be a word of the site, and these are none.
TOLD = {"USER": "other-user", "LOGNAME": "other-user", "USERNAME": "other-user"}
FOLDERS = {"HOME": "other-home", "TMPDIR": "other-temporary"}
NAMES = [
    "other-machine",
    "other-release",
    "other-user",
    "other-home",
    "other-temporary",
    "other-root",
]
SAW = "print('otherwise', flush=True)\n"


@pytest.fixture(scope="module")
def source(model, tmp_path_factory):
    """A project that has every page to render and some figures of each kind to draw."""
    project = copied(tmp_path_factory.mktemp("source") / "gradviz", model.root)
    project.replace("gradviz_core/registry/functions.toml", "[plane]\n", GRID)
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


def test_another_time_zone(otherwise):
    otherwise(TZ="Pacific/Kiritimati")


def test_another_locale(otherwise):
    otherwise(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")


def test_another_hash_seed(otherwise):
    otherwise(PYTHONHASHSEED="0")


def masked(otherwise, umask, **environment):
    old = os.umask(umask)
    try:
        site = otherwise(**environment).site
    finally:
        os.umask(old)
    modes = {
        (path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in [site, *site.rglob("*")]
    }
    assert modes == {(False, 0o644), (True, 0o755)}


def test_another_umask(otherwise):
    masked(otherwise, 0o000)


def test_another_home(otherwise):
    otherwise(HOME="", XDG_CONFIG_HOME="", XDG_CACHE_HOME="")


@pytest.mark.parametrize(
    ("umask", "zone", "seed", "home", "seconds", "language"),
    [
        (0o077, "Etc/GMT+12", "4294967295", "/nonexistent", "1700000000", "tr_TR.UTF-8"),
        (0o027, ":nonsense", "1", "/dev/null", "99999999999", "ko_KR.UTF-8"),
    ],
)
def test_others_of_each_at_once(otherwise, umask, zone, seed, home, seconds, language):
    masked(
        otherwise, umask, TZ=zone, PYTHONHASHSEED=seed, SOURCE_DATE_EPOCH=seconds, HOME=home,
        XDG_CONFIG_HOME=home, XDG_CACHE_HOME=home, LC_ALL=language, LANG=language, LANGUAGE="ko",
    )  # fmt: skip


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


@pytest.mark.parametrize("seconds", ["0", "1"])
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


@pytest.fixture
def elsewhere(tmp_path):
    """What another machine says of itself, its user and its folders."""
    for name in FOLDERS.values():
        (tmp_path / name).mkdir()
    return TOLD | {variable: str(tmp_path / name) for variable, name in FOLDERS.items()}


def published(project, words):
    """Which of these words stand in which file of a site, a picture among them."""
    files = project.files().items()
    return {(name, word) for name, text in files for word in words if word.encode() in text}


def test_nothing_of_the_machine_is_published(otherwise, elsewhere, tmp_path):
    """Neither its name, nor a path or a user of it, not even in what a picture says of itself."""
    project = otherwise(python=MACHINE, folder="other-root", **elsewhere)
    # What really runs here is looked for, too, if its names are long enough to be none of the site.
    real = {socket.gethostname(), os.uname().release, str(Path.home()), f"{sys.prefix}{os.sep}lib"}
    real = {word for word in real if len(word) > 4} | {os.sep + tmp_path.parts[1] + os.sep}
    assert published(project, {*NAMES, *real}) == set()


TELLING = """
import getpass, platform, socket, tempfile
where = [platform.node(), socket.gethostname(), platform.release(), getpass.getuser(), __file__]
where = {"told": [*where, os.path.expanduser("~"), tempfile.gettempdir()]}
"""


def test_what_tells_of_the_machine_would_be_found(source, elsewhere, tmp_path):
    project = copied(tmp_path / "other-root", source.root)
    exports = "gradviz_core/publish/exports.py"
    project.replace(exports, "import json\n", f"import json, os\n{TELLING}")
    project.replace(exports, 'return written({"grid"', 'return written({**where, "grid"')
    project.write("first/sitecustomize.py", MACHINE)
    first = {"PYTHONPATH": str(project.root / "first")}
    done = project.build("--base-url", BASE_URL, **first, **elsewhere)
    assert done.returncode == 0, done.stderr
    assert published(project, NAMES) == {("data/functions.json", word) for word in NAMES}
