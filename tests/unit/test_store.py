"""What took long to make is kept by all that decides it, and by nothing else."""

import math
import os
import time
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import oracle
import pytest

from gradviz_core.publish import store as module
from gradviz_core.publish.store import Store, shared, sources
from gradviz_core.quiver import Quiver

POINTS = oracle.grid_points(0, 2, 1)
FIELD = Quiver(POINTS, POINTS, (-1.0, 3.0), 1.0, "correct")
NAME = "figures/a.svg"


def silent(name):
    pass


@pytest.fixture
def drawn(tmp_path):
    """A store with one figure, and the list of what it has drawn since."""
    names = []
    store = Store(tmp_path, names.append)
    store.figure(NAME, FIELD)
    assert names == [NAME]
    names.clear()
    return store, names


# Figures


def test_a_kept_figure_is_not_drawn_again(drawn):
    store, names = drawn
    kept = store.figure(NAME, replace(FIELD, points=POINTS.copy()))
    assert names == []
    assert kept.startswith(b"<?xml")


def test_a_changed_field_is_drawn(drawn):
    store, names = drawn
    changes = [
        {"points": POINTS + 0.5},
        {"arrows": np.nextafter(POINTS, 9)},
        {"limits": (-1.0, 3.5)},
        {"scale": 2.0},
        {"scale": None},
        {"ink": "buggy"},
    ]
    for count, change in enumerate(changes, 1):
        store.figure(NAME, replace(FIELD, **change))
        assert len(names) == count, change


def test_changed_words_or_another_field_beside_the_first_are_drawn(drawn):
    store, names = drawn
    pairs = [
        ([FIELD, FIELD], {"titles": ["One", "Two"]}),
        ([FIELD, FIELD], {"titles": ["One", "Other"]}),
        ([FIELD, replace(FIELD, ink="buggy")], {"titles": ["One", "Two"]}),
        ([FIELD, FIELD], {"titles": ["One", "Two"], "heading": "A title"}),
        ([FIELD, FIELD], {"titles": ["One", "Two"], "heading": "Another"}),
    ]
    for count, (fields, words) in enumerate(pairs, 1):
        store.figure(NAME, *fields, **words)
        store.figure(NAME, *fields, **words)
        assert len(names) == count, words


def test_another_kind_of_file_is_drawn(drawn):
    store, names = drawn
    assert store.figure("figures/a.png", FIELD).startswith(b"\x89PNG")
    assert names == ["figures/a.png"]


@pytest.mark.parametrize("library", ["numpy", "matplotlib"])
def test_another_version_of_what_draws_draws_again(tmp_path, drawn, monkeypatch, library):
    _, names = drawn
    installed = module.packages()
    assert f"{library}-{version(library)}.dist-info" in installed
    others = [name for name in installed if not name.startswith(f"{library}-")]
    monkeypatch.setattr(module, "packages", lambda: [*others, f"{library}-0.dist-info"])
    Store(tmp_path, names.append).figure(NAME, FIELD)
    assert names == [NAME]


def test_another_version_of_what_does_not_draw_draws_nothing(tmp_path, drawn, monkeypatch):
    _, names = drawn
    installed = module.packages()
    monkeypatch.setattr(module, "packages", lambda: sorted([*installed, "other-0-info"]))
    Store(tmp_path, names.append).figure(NAME, FIELD)
    assert names == []


@pytest.mark.parametrize("source", range(len(module.DRAWING)))
def test_another_source_of_drawing_draws_again(tmp_path, drawn, monkeypatch, source):
    _, names = drawn
    paths = list(module.DRAWING)
    edited = tmp_path / "edited"
    edited.write_bytes(paths[source].read_bytes() + b"\n")
    paths[source] = edited
    monkeypatch.setattr(module, "DRAWING", paths)
    Store(tmp_path, names.append).figure(NAME, FIELD)
    assert names == [NAME]


def test_a_failed_drawing_is_not_kept(tmp_path):
    store = Store(tmp_path / "new", silent)
    with pytest.raises(ValueError, match=r"finite|limits|NaN"):
        store.figure(NAME, replace(FIELD, limits=(np.nan, 1.0)))
    assert not (tmp_path / "new").exists()


def test_a_figure_cut_off_anywhere_is_drawn_again(drawn, tmp_path):
    store, names = drawn
    whole = store.figure(NAME, FIELD)
    (path,) = tmp_path.iterdir()
    kept = path.read_bytes()
    for length in (0, len(kept) // 2, len(kept) - 1):
        for torn in (kept[:length], kept[:length].ljust(len(kept), b"\0")):
            path.write_bytes(torn)
            assert store.figure(NAME, FIELD) == whole
            assert names.pop() == NAME


# What is out of use


def test_what_has_long_been_out_of_use_is_dropped(tmp_path):
    store = Store(tmp_path, silent)
    store.kept(lambda: ("used", []), 1)
    (used,) = tmp_path.iterdir()
    store.kept(lambda: ("unused", []), 2)
    long_ago = time.time() - 7300  # two hours and more
    for path in tmp_path.iterdir():
        os.utime(path, (long_ago, long_ago))
    store.kept(lambda: ("used", []), 1)
    store.prune()
    assert list(tmp_path.iterdir()) == [used]


def test_what_another_build_may_be_using_is_left(tmp_path):
    store = Store(tmp_path, silent)
    store.kept(lambda: ("made", []), 1)
    store.prune()
    assert len(list(tmp_path.iterdir())) == 1
    store.prune(seconds=0)
    assert list(tmp_path.iterdir()) == []


# Anything


@dataclass
class Record:
    title: str


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        (1, "1"),
        (1.0, np.nextafter(1.0, 2.0)),
        (Record("a"), Record("b")),
        ({"a": 1}, {"a": 2}),
        (POINTS, np.nextafter(POINTS, 9)),
        (["a", "b"], ["ab"]),
    ],
    ids=str,
)
def test_what_is_decided_otherwise_is_made_again(tmp_path, one, other):
    store = Store(tmp_path, silent)
    assert store.kept(lambda: ("first", []), one)[0] == "first"
    assert store.kept(lambda: ("second", []), one)[0] == "first"
    assert store.kept(lambda: ("second", []), other)[0] == "second"
    assert store.made == 2


def test_what_has_faults_is_not_kept(tmp_path):
    store = Store(tmp_path, silent)
    assert store.kept(lambda: ("page", ["a fault"]), 1) == ("page", ["a fault"])
    assert store.kept(lambda: ("page", []), 1) == ("page", [])
    assert store.made == 1


def test_a_store_that_cannot_be_written_is_none(tmp_path):
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file", silent)
    assert store.kept(lambda: ("made", []), 1) == ("made", [])
    store.prune()


# Sources


def test_sources_are_other_ones_after_an_edit(tmp_path):
    (tmp_path / "content").mkdir()
    page = tmp_path / "content" / "a.md"
    page.write_text("one", encoding="utf-8")
    (tmp_path / "build.py").write_text("", encoding="utf-8")

    def now():
        return sources(tmp_path, "build.py", "content")

    before = now()
    assert now() == before
    page.write_text("two", encoding="utf-8")
    assert now() != before
    page.write_text("one", encoding="utf-8")
    assert now() == before
    page.rename(page.with_name("b.md"))
    assert now() != before
    page.with_name("b.md").rename(page)
    (tmp_path / "content" / "c.md").touch()
    assert now() != before


# Shared work


def task(store, name, log, fails_in=None):
    """What makes and keeps a name, and says in a file which process did."""

    def make():
        with log.open("a") as file:
            file.write(f"{name} {os.getpid()}\n")
        if fails_in is not None and (name == "a" or os.getpid() != fails_in):
            raise ValueError(name)
        return name, ""

    return lambda: store.kept(make, name)


@pytest.mark.parametrize(
    ("jobs", "names", "fewest"),
    [
        (1, "abcdefg", 1),
        (2, "", 1),
        (2, "a", 1),
        (2, "abcdefg", 1),
        (3, "abcdefg", 1),
        (9, "abcdefg", 1),
        (9, "abcdefg", 4),
        (2, "abcdefg", 9),
    ],
)
def test_shared_tasks_are_done_once_each_and_given_in_order(
    tmp_path, monkeypatch, jobs, names, fewest
):
    monkeypatch.setattr(module, "FEWEST", fewest)
    store = Store(tmp_path / "kept", silent)
    log = tmp_path / "log"
    log.touch()
    tasks = {name: task(store, name, log) for name in names}
    assert list(shared(tasks, jobs)) == [(name, (name, "")) for name in names]
    made = [line.split() for line in log.read_text().splitlines()]
    assert sorted(name for name, _ in made) == sorted(names)
    share = max(len(names) // jobs + 1, fewest)
    assert len({process for _, process in made}) == math.ceil(len(names) / share)


def test_what_another_process_fails_to_do_is_done_again_here(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FEWEST", 1)
    store = Store(tmp_path / "kept", silent)
    log = tmp_path / "log"
    tasks = {name: task(store, name, log, fails_in=os.getpid()) for name in "bcde"}
    assert [name for name, _ in shared(tasks, 2)] == ["b", "c", "d", "e"]
    tasks = {name: task(store, name, log, fails_in=os.getpid()) for name in "fga"}
    with pytest.raises(ValueError, match="a"):
        list(shared(tasks, 2))


def test_another_process_holds_no_file_of_this_one(tmp_path, monkeypatch):
    """Else a lock would outlive the build that holds it."""
    monkeypatch.setattr(module, "FEWEST", 1)
    log = tmp_path / "log"
    with log.open("w") as held:

        def holds():
            is_open = Path("/dev/fd", str(held.fileno())).exists()
            (tmp_path / str(os.getpid())).write_text(str(is_open))
            return [""]

        list(shared(dict.fromkeys("abc", holds), 2))
    told = [path.read_text() for path in tmp_path.iterdir() if path != log]
    assert sorted(told) == ["False", "True"]
