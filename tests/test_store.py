"""Figures are kept by all that decides their bytes, and by nothing else."""

import math
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest

from gradviz_core.layout import Grid
from gradviz_core.publish import store as module
from gradviz_core.publish.store import Store, shared
from gradviz_core.quiver import Quiver

CORE = Path(module.__file__).parents[1]
POINTS = Grid(0, 2, 1).points
FIELD = Quiver(POINTS, POINTS, (-1.0, 3.0), 1.0, "correct")


@pytest.fixture
def drawn(tmp_path):
    """A store with one figure, and the list of what it has drawn since."""
    names: list[str] = []
    store = Store(tmp_path, names.append)
    store.figure("figures/a.svg", FIELD)
    names.clear()
    return store, names


def test_a_kept_figure_is_not_drawn_again(drawn):
    store, names = drawn
    kept = store.figure("figures/a.svg", replace(FIELD, points=POINTS.copy()))
    assert names == []
    assert kept.startswith(b"<?xml")


@pytest.mark.parametrize(
    "change",
    [
        {"points": POINTS + 0.5}, {"arrows": np.nextafter(POINTS, 9)}, {"limits": (-1.0, 3.5)},
        {"scale": 2.0}, {"scale": None}, {"ink": "buggy"},
    ],
    ids=str,
)  # fmt: skip
def test_a_changed_field_is_drawn(drawn, change):
    store, names = drawn
    store.figure("figures/a.svg", replace(FIELD, **change))
    assert names == ["figures/a.svg"]


@pytest.mark.parametrize(
    "change", [{"heading": "Other"}, {"titles": ["One", "Other"]}, {}], ids=str
)
def test_a_changed_word_is_drawn(drawn, change):
    store, names = drawn
    words = {"heading": "One", "titles": ["One", "Two"]}
    store.figure("cards/a.png", FIELD, FIELD, **words)
    assert names == ["cards/a.png"]
    store.figure("cards/a.png", FIELD, FIELD, **words | change)
    assert len(names) == 1 + bool(change)


def test_another_field_beside_the_first_is_drawn(drawn):
    store, names = drawn
    store.figure("figures/a.svg", FIELD, FIELD)
    store.figure("figures/a.svg", FIELD, replace(FIELD, ink="buggy"))
    assert names == ["figures/a.svg", "figures/a.svg"]


def test_another_kind_of_file_is_drawn(drawn):
    store, names = drawn
    assert store.figure("figures/a.png", FIELD).startswith(b"\x89PNG")
    assert names == ["figures/a.png"]


@pytest.mark.parametrize("library", ["numpy", "matplotlib"])
def test_another_version_of_what_draws_draws_again(tmp_path, drawn, monkeypatch, library):
    _, names = drawn
    real = module.packages()
    assert f"{library}-{version(library)}.dist-info" in real
    others = [f"{library}-0.dist-info" if n.startswith(f"{library}-") else n for n in real]
    monkeypatch.setattr(module, "packages", lambda: others)
    Store(tmp_path, names.append).figure("figures/a.svg", FIELD)
    assert names == ["figures/a.svg"]


def test_another_version_of_what_does_not_draw_draws_nothing(tmp_path, drawn, monkeypatch):
    _, names = drawn
    real = module.packages()
    monkeypatch.setattr(module, "packages", lambda: sorted([*real, "pytest-0.dist-info"]))
    Store(tmp_path, names.append).figure("figures/a.svg", FIELD)
    assert names == []


@pytest.mark.parametrize("source", ["figures.py", "figures.mplstyle", "quiver.py"])
def test_another_drawing_source_draws_again(tmp_path, drawn, monkeypatch, source):
    _, names = drawn
    edited = tmp_path / source
    edited.write_bytes((CORE / source).read_bytes() + b"\n")
    others = [path for path in module.DRAWING if path.name != source]
    monkeypatch.setattr(module, "DRAWING", [edited, *others])
    Store(tmp_path, names.append).figure("figures/a.svg", FIELD)
    assert names == ["figures/a.svg"]


def test_a_store_that_is_emptied_draws_again(tmp_path, drawn):
    store, names = drawn
    store.prune(seconds=0)
    Store(tmp_path, names.append).figure("figures/a.svg", FIELD)
    assert names == ["figures/a.svg"]


def test_a_failed_drawing_is_not_kept(tmp_path):
    store = Store(tmp_path / "new", lambda name: None)
    with pytest.raises(ValueError, match=r"finite|limits|NaN"):
        store.figure("figures/a.svg", replace(FIELD, limits=(np.nan, 1.0)))
    assert not (tmp_path / "new").exists() or not list((tmp_path / "new").iterdir())


def test_what_has_long_been_out_of_use_is_dropped(drawn, tmp_path):
    store, _ = drawn
    (first,) = tmp_path.iterdir()
    store.figure("figures/b.svg", replace(FIELD, scale=3.0))
    store.kept(lambda: ("made", []), "a page")
    long_ago = time.time() - 7300  # two hours and more
    for path in tmp_path.iterdir():
        os.utime(path, (long_ago, long_ago))
    store.figure("figures/a.svg", FIELD)
    store.prune()
    assert list(tmp_path.iterdir()) == [first]


def test_what_another_build_may_be_using_is_left(drawn, tmp_path):
    store, _ = drawn
    store.prune()
    assert len(list(tmp_path.iterdir())) == 1


@dataclass
class Told:
    title: str


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"), (1, "1"), (1.0, np.nextafter(1.0, 2.0)), (Told("a"), Told("b")),
        ({"a": 1}, {"a": 2}), (POINTS, np.nextafter(POINTS, 9)), (["a", "b"], ["ab"]),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_decided_otherwise_is_made_again(tmp_path, one, other):
    store = Store(tmp_path, lambda name: None)
    assert store.kept(lambda: ("first", []), one)[0] == "first"
    assert store.kept(lambda: ("second", []), one)[0] == "first"
    assert store.kept(lambda: ("second", []), other)[0] == "second"


def test_what_has_faults_is_not_kept(tmp_path):
    store = Store(tmp_path, lambda name: None)
    assert store.kept(lambda: ("page", ["a fault"]), 1) == ("page", ["a fault"])
    assert store.kept(lambda: ("page", []), 1) == ("page", [])


def test_what_cannot_be_read_is_made_again(tmp_path):
    store = Store(tmp_path, lambda name: None)
    store.kept(lambda: ("first", []), 1)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    assert store.kept(lambda: ("second", []), 1)[0] == "second"


def test_a_figure_cut_off_anywhere_is_drawn_again(drawn, tmp_path):
    store, names = drawn
    whole = store.figure("figures/a.svg", FIELD)
    (path,) = tmp_path.iterdir()
    kept = path.read_bytes()
    assert whole in kept
    for length in (0, 1, len(kept) // 2, len(kept) - len(whole), len(kept) - 1):
        for torn in (kept[:length], kept[:length].ljust(len(kept), b"\0")):
            path.write_bytes(torn)
            assert store.figure("figures/a.svg", FIELD) == whole
            assert names.pop() == "figures/a.svg"


def test_a_store_that_cannot_be_written_is_none(tmp_path):
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file", lambda name: None)
    assert store.kept(lambda: ("made", []), 1) == ("made", [])
    store.prune()


def task(store, name, log, fails_in=None):
    """What makes and keeps a name, and says in a file which process did."""

    def make():
        with log.open("a") as file:
            file.write(f"{name} {os.getpid()}\n")
        if fails_in is not None and (name == "a" or os.getpid() != fails_in):
            raise ValueError(name)
        return name, ""

    return lambda: store.kept(make, name)


@pytest.mark.parametrize("jobs", [1, 2, 3, 9])
@pytest.mark.parametrize("names", ["", "a", "abcdefg"])
@pytest.mark.parametrize("fewest", [1, 4, 9])
def test_shared_tasks_are_done_once_each_and_given_in_order(
    tmp_path, monkeypatch, jobs, names, fewest
):
    monkeypatch.setattr(module, "FEWEST", fewest)
    store, log = Store(tmp_path / "kept", str), tmp_path / "log"
    log.touch()
    given = list(shared({name: task(store, name, log) for name in names}, jobs))
    assert given == [(name, (name, "")) for name in names]
    made = [line.split() for line in log.read_text().splitlines()]
    assert sorted(name for name, _ in made) == sorted(names)
    processes = len({process for _, process in made})
    assert processes == math.ceil(len(names) / max(len(names) // jobs + 1, fewest))


def test_what_another_process_fails_to_do_is_done_again_here(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FEWEST", 1)
    store, log = Store(tmp_path / "kept", str), tmp_path / "log"
    tasks = {name: task(store, name, log, fails_in=os.getpid()) for name in "bcde"}
    assert [name for name, _ in shared(tasks, 2)] == ["b", "c", "d", "e"]
    tasks = {name: task(store, name, log, fails_in=os.getpid()) for name in "fga"}
    with pytest.raises(ValueError, match="a"):
        list(shared(tasks, 2))


def test_another_process_holds_no_file_of_this_one(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FEWEST", 1)
    log = tmp_path / "log"
    with log.open("w") as held:

        def holds():
            seen = Path("/dev/fd", str(held.fileno())).exists()
            (tmp_path / str(os.getpid())).write_text(str(seen))
            return [""]

        list(shared(dict.fromkeys("abc", holds), 2))
    told = [path.read_text() for path in tmp_path.iterdir() if path != log]
    assert sorted(told) == ["False", "True"]


SLOW = """
import os, time
from gradviz_core.publish.store import shared
def task():
    os.write(1, b"task\\n")
    time.sleep(0.1)
    return [""]
list(shared(dict.fromkeys(range(400), task), 2))
"""


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_what_helps_a_build_ends_with_it(how):
    build = subprocess.Popen(
        [sys.executable, "-c", SLOW], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert [build.stdout.readline() for _ in range(4)] == [b"task\n"] * 4
    build.send_signal(signal.Signals[how])
    said, _ = build.communicate(timeout=8)  # all of it would take 20 seconds
    assert said.count(b"task") < 20
