"""What took long to make is kept by all that decides it, and by nothing else."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from stat import S_IMODE

import numpy as np
import pytest

from gradviz_core.publish.cache import Cache, key_of, own_secret
from gradviz_core.publish.snapshots import file_states, snapshot

POINTS = np.array([[0.0, 0.0], [1.0, 0.0]])


@dataclass
class Record:
    title: str


@dataclass
class Other:
    title: str


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        (1, "1"),
        (1.0, np.nextafter(1.0, 2.0)),
        (Record("a"), Record("b")),
        (Record("a"), Other("a")),
        (Path("a"), "a"),
        ({"a": 1}, {"a": 2}),
        (POINTS, np.nextafter(POINTS, 9)),
        (POINTS, POINTS.ravel()),
        (POINTS, POINTS.view(np.int64)),
        (["a", "b"], ["ab"]),
    ],
    ids=str,
)
def test_what_is_decided_otherwise_has_another_key(one, other):
    assert key_of(one) == key_of(one)
    assert key_of(one) != key_of(other)


def test_what_cannot_be_told_from_another_is_no_part_of_a_key():
    with pytest.raises(TypeError, match="function"):
        key_of(lambda: 1)


def test_a_value_is_made_once_for_each_key(tmp_path):
    cache = Cache(tmp_path)
    assert cache.get("a", lambda: "first") == "first"
    assert cache.get("a", lambda: "second") == "first"
    assert cache.get("b", lambda: "second") == "second"


def test_the_folder_keeps_itself_out_of_git(tmp_path):
    folder = tmp_path / "cache"
    Cache(folder).put("a", "kept")
    assert (folder / ".gitignore").read_text() == "*\n"


def test_another_process_finds_what_was_kept(tmp_path):
    Cache(tmp_path).put("a", {"kept": POINTS})
    found = Cache(tmp_path).get("a", dict)
    assert np.array_equal(found["kept"], POINTS)


def test_what_may_not_be_kept_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    faults = ["a fault"]
    assert cache.get("a", lambda: faults, keep=lambda value: not value) == faults
    assert cache.get("a", list, keep=lambda value: not value) == []
    assert cache.get("a", lambda: faults, keep=lambda value: not value) == []


def test_a_value_cut_off_anywhere_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    cache.get("a", lambda: "whole")
    [path] = tmp_path.iterdir()
    kept = path.read_bytes()
    for length in (0, len(kept) // 2, len(kept) - 1):
        for torn in (kept[:length], kept[:length].ljust(len(kept), b"\0")):
            path.write_bytes(torn)
            assert cache.get("a", lambda: "again") == "again"


def link_to_text(entry, other):
    other.write_text("of somebody else")
    entry.symlink_to(other)


def link_to_zeros(entry, other):
    entry.symlink_to("/dev/zero")


def pipe(entry, other):
    os.mkfifo(entry)


def link_to_pipe(entry, other):
    os.mkfifo(other)
    entry.symlink_to(other)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("put", [link_to_text, link_to_zeros, pipe, link_to_pipe])
def test_what_is_no_file_is_neither_read_nor_written(tmp_path, put):
    cache = Cache(tmp_path / "cache")
    cache.put("a", "kept")
    [entry] = cache.folder.glob("*.pickle")
    entry.unlink()
    other = tmp_path / "other"
    put(entry, other)
    assert cache.get("a", lambda: "made") == "made"
    if put is link_to_text:
        assert other.read_text() == "of somebody else"


def test_what_was_signed_with_another_secret_is_made_again(tmp_path, monkeypatch):
    Cache(tmp_path / "cache").put("a", "kept")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    own_secret.cache_clear()
    try:
        cache = Cache(tmp_path / "cache")
    finally:
        own_secret.cache_clear()
    assert cache.secret
    assert cache.get("a", lambda: "made") == "made"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_secret_of_another_size_is_replaced(tmp_path, monkeypatch, size):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    path = tmp_path / "gradviz/cache-secret"
    path.parent.mkdir()
    path.write_bytes(bytes(size))
    own_secret.cache_clear()
    try:
        assert own_secret() == path.read_bytes() != bytes(32)
        assert S_IMODE(path.stat().st_mode) == 0o600  # nobody else may sign with it
    finally:
        own_secret.cache_clear()


def test_no_secret_is_taken_from_where_a_build_happens_to_run(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    own_secret.cache_clear()
    try:
        assert own_secret()
    finally:
        own_secret.cache_clear()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_no_secret_is_kept_in_a_home_that_depends_on_the_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", "home")
    monkeypatch.chdir(tmp_path)
    own_secret.cache_clear()
    try:
        assert own_secret() == b""
    finally:
        own_secret.cache_clear()
    assert [*tmp_path.iterdir()] == []


def test_files_of_others_are_left_where_the_cache_is_a_link(tmp_path):
    others = tmp_path / "models"
    others.mkdir()
    for name in ("model.pickle", f"{key_of('a')}.pickle.bak"):
        (others / name).touch()
        os.utime(others / name, (0, 0))
    (tmp_path / "cache").symlink_to(others)
    Cache(tmp_path / "cache").prune(seconds=0)
    assert len(list(others.iterdir())) == 2


def test_a_value_under_the_name_of_another_is_made_again(tmp_path):
    cache = Cache(tmp_path)
    cache.put(key_of("one"), 1)
    [entry] = tmp_path.glob("*.pickle")
    entry.rename(entry.with_stem(key_of("other")))
    assert cache.get(key_of("other"), lambda: 2) == 2


def test_what_fails_is_not_kept(tmp_path):
    def fails():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Cache(tmp_path / "new").get("a", fails)
    assert not (tmp_path / "new").exists()


def test_a_cache_that_cannot_be_written_is_none(tmp_path):
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file")
    assert cache.get("a", lambda: "made") == "made"
    cache.prune()


def test_what_has_long_been_out_of_use_is_dropped(tmp_path):
    cache = Cache(tmp_path)
    cache.put(key_of("used"), 1)
    [used] = tmp_path.iterdir()
    cache.put(key_of("unused"), 2)
    two_hours_ago = time.time() - 7300
    for path in tmp_path.iterdir():
        os.utime(path, (two_hours_ago, two_hours_ago))
    assert cache.get(key_of("used"), lambda: "made anew") == 1
    cache.prune()
    assert list(tmp_path.iterdir()) == [used]


def test_the_cache_is_looked_over_now_and_then(tmp_path):
    cache = Cache(tmp_path)
    cache.put(key_of("unused"), 1)
    unused = tmp_path / f"{key_of('unused')}.pickle"
    os.utime(unused, (0, 0))
    cache.prune_sometimes()
    assert not unused.exists()
    cache.put(key_of("unused"), 1)
    os.utime(unused, (0, 0))
    cache.prune_sometimes()
    assert unused.exists()
    os.utime(tmp_path / "pruned", (0, 0))
    cache.prune_sometimes()
    assert not unused.exists()


def test_what_another_build_may_be_using_is_left(tmp_path):
    cache = Cache(tmp_path)
    cache.put(key_of("a"), 1)
    cache.prune()
    assert len(list(tmp_path.iterdir())) == 1
    cache.prune(seconds=0)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_another_one_though_its_length_and_time_are_the_same(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("one", encoding="utf-8")
    before = file_states(tmp_path, "a.md")
    status = page.stat()
    assert file_states(tmp_path, "a.md") == before
    time.sleep(0.02)  # clocks of file systems may tick a hundred times in a second
    page.write_text("two", encoding="utf-8")
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file_states(tmp_path, "a.md") != before


def test_a_snapshot_is_another_one_with_another_version_of_a_package(
    tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "one-1.0.dist-info"
    package.mkdir()
    before = snapshot(tmp_path)
    package.rename(tmp_path / "one-1.1.dist-info")
    assert snapshot(tmp_path) != before


def test_a_snapshot_is_another_one_after_an_edit(tmp_path):
    (tmp_path / "content").mkdir()
    page = tmp_path / "content" / "a.md"
    page.write_text("one", encoding="utf-8")
    (tmp_path / "build.py").write_text("", encoding="utf-8")

    def now():
        return snapshot(tmp_path, "build.py", "content")

    before = now()
    assert now() == before
    page.write_text("two", encoding="utf-8")
    assert now() != before
    page.write_text("one", encoding="utf-8")
    assert now() == before
    page.chmod(0o600)
    assert now() != before
    page.chmod(0o644)
    page.rename(page.with_name("b.md"))
    assert now() != before
    page.with_name("b.md").rename(page)
    (tmp_path / "content" / "c.md").touch()
    assert now() != before
