"""The swap by itself: what it takes for ours, holds, links, writes, puts back and tells apart."""

import errno
import fcntl
import os
import signal
from pathlib import Path

import pytest

from gradviz_core.publish import swap

FILES = {"index.html": "größer".encode(), "a/b/c.bin": b"\0\xff", "a/b/d.txt": b"d"}
OTHER = {"index.html": b"kleinere", "a/b/c.bin": b"\0\xff", "e.txt": b"e"}
STOPPING = {signal.SIGINT, signal.SIGTERM}
MARKER = "This folder is written by gradviz. Every build replaces all of it.\n"


@pytest.fixture(autouse=True)
def as_before():
    """What a build changes for the rest of its process, which here goes on."""
    mask, umask = signal.pthread_sigmask(signal.SIG_BLOCK, ()), os.umask(0o077)
    yield
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    os.umask(umask)


@pytest.fixture
def out(tmp_path):
    return tmp_path / "site"


@pytest.fixture
def published(out):
    swap.publish(FILES.items(), out)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
    return out


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def as_bytes(files):
    own = {".gradviz": MARKER, ".gitignore": "*\n!.gitignore\n"}
    return {
        name: c if isinstance(c, bytes) else c.encode()
        for name, c in (files | own).items()
    }


# The folder


@pytest.mark.parametrize("names", [None, [], [".gitignore"]])
def test_a_new_or_empty_folder_is_taken(out, names):
    if names is not None:
        out.mkdir()
        for name in names:
            (out / name).touch()
    swap.check_target(out)


def test_the_folder_of_an_earlier_build_is_taken(published):
    swap.check_target(published)
    (published / "more.txt").touch()
    swap.check_target(published)


@pytest.mark.parametrize("kind", ["file", "link", "broken link"])
def test_what_is_no_folder_is_refused(out, published, kind):
    published.rename(published.with_name("other"))
    if kind == "file":
        out.touch()
    else:
        out.symlink_to("other" if kind == "link" else "nowhere")
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - all of its text is compared
        swap.check_target(out)
    assert (
        str(refused.value)
        == f"--out {out} is not a folder. Fix: name a new or empty folder"
    )


@pytest.mark.parametrize(
    "files",
    [
        {"a.txt": "a"},
        {"a.txt": "a", ".gitignore": ""},
        {".git": ""},
        {".gradviz": ""},
        {".gradviz": "My own.\n", "a.txt": "a"},
        {".gradviz": MARKER + "More.\n"},
        {".gradviz": b"\xff"},
    ],
    ids=", ".join,
)
def test_a_folder_of_others_is_refused(out, files):
    out.mkdir()
    for name, text in files.items():
        (out / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - all of its text is compared
        swap.check_target(out)
    what = "is a checkout" if ".git" in files else "holds other files and no .gradviz"
    assert str(refused.value) == f"--out {out} {what}. Fix: name a new or empty folder"


def test_a_folder_in_place_of_a_file_of_ours_is_refused(out):
    (out / ".gitignore").mkdir(parents=True)
    with pytest.raises(ValueError, match="holds other files"):
        swap.check_target(out)


def test_the_folder_above_is_refused(out):
    with pytest.raises(ValueError, match="is not a folder"):
        swap.check_target(out / "..")


@pytest.mark.parametrize("below", ["new", "static/new"])
def test_a_folder_within_a_site_is_refused_as_the_next_build_would_remove_it(
    published, below
):
    with pytest.raises(ValueError, match="lies in a site, which a build replaces"):
        swap.check_target(published / below)


# The lock


def test_who_holds_the_lock_holds_it_alone_and_then_no_more(tmp_path):
    out = tmp_path / "new" / "folder" / "site"
    with swap.locked(out):
        with (
            pytest.raises(
                OSError, match=f"^another build is writing {out}. Fix: wait for it to"
            ),
            swap.locked(out),
        ):
            pytest.fail("two held the lock")
        with swap.locked(out.with_name("other")):
            pass
    with swap.locked(out):
        pass
    assert {path.name for path in out.parent.iterdir()} == {
        ".site.gradviz-lock",
        ".other.gradviz-lock",
    }


def test_who_waits_for_the_lock_mends_nothing(published):
    half = published.with_name(".site.gradviz-new")
    with swap.locked(published):
        half.mkdir()
        with pytest.raises(OSError, match="another build"), swap.locked(published):
            pass
        assert half.exists()


def test_a_fault_of_the_lock_itself_is_told_as_it_is(out, monkeypatch):
    def flock(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(OSError, match="No locks available"), swap.locked(out):
        pass


@pytest.mark.parametrize("what", ["new", "old"])
def test_what_another_user_has_left_is_named_and_not_built_over(
    published, what, monkeypatch
):
    left = published.with_name(f".site.gradviz-{what}")
    left.mkdir()
    monkeypatch.setattr(
        swap.shutil, "rmtree", lambda *_, **__: None
    )  # a folder that is not ours
    told = f"^{left}, of an earlier build, stays. Fix: remove it$"
    with pytest.raises(OSError, match=told), swap.locked(published):
        pytest.fail("a build has begun")


def test_a_folder_that_cannot_be_made_is_told_with_what_to_do(tmp_path):
    (tmp_path / "file").write_text("")
    out = tmp_path / "file/sites/site"
    told = f"^{out.parent} cannot be made: .*. Fix: name another folder with --out"
    with pytest.raises(OSError, match=told), swap.locked(out):
        pass


def test_a_site_of_another_user_is_told_before_anything_is_built(
    published, monkeypatch
):
    monkeypatch.setattr(swap.os, "access", lambda path, _: path != published)
    told = f"^{published} belongs to another user. Fix: "
    with pytest.raises(OSError, match=told), swap.locked(published):
        pytest.fail("a build has begun")


def test_what_a_killed_build_has_left_is_mended(published):
    before = content(published)
    new, old = (published.with_name(f".site.gradviz-{what}") for what in ("new", "old"))
    new.mkdir()
    (new / "half").touch()
    with swap.locked(published):
        assert content(published) == before
        assert not new.exists()
    published.rename(old)
    with swap.locked(published):
        assert content(published) == before
        assert not old.exists()
    old.mkdir()
    (old / "half").touch()
    with swap.locked(published):
        assert content(published) == before
        assert not old.exists()


# Publishing


def test_a_site_is_all_its_files_and_nothing_else(published):
    assert content(published) == as_bytes(FILES)
    swap.publish(OTHER.items(), published)
    assert content(published) == as_bytes(OTHER)
    assert [path.name for path in published.parent.iterdir()] == ["site"]


def test_a_folder_may_be_there_already_for_what_lies_in_it(out):
    files = {"a/b/c.txt": b"c", "a/d.txt": b"d", "a/b/e.txt": b"e"}
    swap.publish(files.items(), out)
    assert content(out) == as_bytes(files)


def test_everybody_may_read_it_whatever_the_builder_allows(published):
    (published / "index.html").chmod(0o600)
    for files in (FILES, OTHER):
        swap.publish(files.items(), published)
        for path in [published, *published.rglob("*")]:
            assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), (
                path
            )


def inodes(out):
    return {
        p.relative_to(out).as_posix(): p.stat().st_ino
        for p in out.rglob("*")
        if p.is_file()
    }


def test_an_unchanged_file_is_the_same_and_a_changed_one_another(published):
    before = inodes(published)
    held = (published / "index.html").open("rb")
    swap.publish(OTHER.items(), published)
    after = inodes(published)
    same = {name for name in after if before.get(name) == after[name]}
    assert same == {"a/b/c.bin", ".gradviz", ".gitignore"}
    with held:
        assert held.read() == FILES["index.html"]


def test_where_there_are_no_hard_links_an_unchanged_file_is_written_again(
    published, monkeypatch
):
    def link(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    before = inodes(published)
    swap.publish(FILES.items(), published)
    assert content(published) == as_bytes(FILES)
    assert not {*before.values()} & {*inodes(published).values()}


def test_a_link_with_the_right_content_is_not_published(published):
    page = published / "index.html"
    other = published.with_name("other.html")
    page.rename(other)
    page.symlink_to(other)
    swap.publish(FILES.items(), published)
    assert not page.is_symlink()
    assert page.stat().st_ino != other.stat().st_ino


def test_a_folder_may_become_a_file_and_a_file_a_folder(published):
    swap.publish({"a": b"file now", "index.html/b": b"folder now"}.items(), published)
    assert (published / "a").read_text() == "file now"
    assert (published / "index.html/b").read_text() == "folder now"


def test_a_new_file_is_whole_on_the_disk_before_its_name_counts(published, monkeypatch):
    synced = []

    def fsync(descriptor):
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        synced.append((path.name, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", fsync)
    swap.publish(OTHER.items(), published)
    assert sorted(synced) == [("e.txt", b"e"), ("index.html", OTHER["index.html"])]


class Renames:
    """Renames files, knows whether a build may be stopped meanwhile, and fails when it shall."""

    def __init__(self, monkeypatch, failing):
        self.real, self.failing, self.blocked = Path.rename, failing, []
        monkeypatch.setattr(Path, "rename", lambda *paths: self.rename(*paths))

    def rename(self, path, target):
        self.blocked.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()) & STOPPING)
        if len(self.blocked) == self.failing:
            raise OSError(errno.EXDEV, "cross-device")
        self.real(path, target)


@pytest.mark.parametrize(("failing", "renamed"), [(0, 2), (1, 1), (2, 3)])
def test_the_old_site_stands_until_the_new_one_does(
    published, monkeypatch, failing, renamed
):
    """No rename fails; that of the old site; that of the new one, and then the old comes back."""
    before = content(published)
    renames = Renames(monkeypatch, failing)
    if failing:
        with pytest.raises(OSError, match="cross-device"):
            swap.publish(OTHER.items(), published)
        assert content(published) == before
    else:
        swap.publish(OTHER.items(), published)
        assert content(published) == as_bytes(OTHER)
    assert renames.blocked == [STOPPING] * renamed
    assert [path.name for path in published.parent.iterdir()] == ["site"]


def test_a_build_may_be_stopped_while_it_writes(published, monkeypatch):
    def fsync(_):
        assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & STOPPING
        raise KeyboardInterrupt

    before = content(published)
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(KeyboardInterrupt):
        swap.publish(OTHER.items(), published)
    assert content(published) == before
    assert [path.name for path in published.parent.iterdir()] == ["site"]


def test_what_is_left_and_cannot_be_removed_spoils_nothing(out, monkeypatch):
    monkeypatch.setattr(
        os, "rmdir", lambda *_, **__: (_ for _ in ()).throw(PermissionError)
    )
    swap.publish(FILES.items(), out)
    swap.publish(OTHER.items(), out)
    assert content(out) == as_bytes(OTHER)


# Comparing


@pytest.mark.parametrize(
    "files",
    [
        OTHER,
        FILES | {"index.html": b"kleiner"},
        FILES | {"more.txt": b""},
        {name: text for name, text in FILES.items() if name != "a/b/d.txt"},
        {},
    ],
)
def test_other_files_are_not_the_same(published, files):
    assert swap.is_same(FILES.items(), published)
    assert not swap.is_same(files.items(), published)


@pytest.mark.parametrize("own", [".gradviz", ".gitignore"])
def test_a_site_without_its_own_files_is_not_the_same(published, own):
    (published / own).unlink()
    assert not swap.is_same(FILES.items(), published)


def test_a_link_is_not_the_same_as_a_file(published, tmp_path):
    page = published / "index.html"
    page.rename(tmp_path / "index.html")
    page.symlink_to(tmp_path / "index.html")
    assert not swap.is_same(FILES.items(), published)


def test_a_check_gives_the_code_to_end_with_and_why(published):
    assert swap.compare(FILES.items(), published) == (0, "")
    why = f"{published} is out of date. Fix: build it again"
    assert swap.compare(OTHER.items(), published) == (1, why)
