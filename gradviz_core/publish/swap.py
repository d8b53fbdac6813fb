"""Swap: the new site replaces the old one in one step, completely or not at all.

It is written next to the old one and flushed to disk before two renames put it in
place. If a build is killed between the two, the next build repairs the site.
"""

import os
import shutil
import signal
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # on Windows, two builds of one site are not kept apart
    fcntl = None  # type: ignore[assignment]

Files = Iterable[tuple[str, bytes]]  # the path of each file in the site, and its bytes

# The file that marks a folder as ours to replace.
MARKER = ".gradviz"
OWN_FILES = {
    MARKER: b"This folder is written by gradviz. Every build replaces all of it.\n",
    ".gitignore": b"*\n!.gitignore\n",
}


def check_target(out: Path) -> None:
    """Refuse a folder that is not ours to replace.

    Raises
    ------
    ValueError
        With the problem and its fix.
    """
    fix = "Fix: name a new or empty folder"
    if out.name == ".." or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ValueError(f"--out {out} is not a folder. {fix}")
    if any((folder / MARKER).exists() for folder in out.parents):
        raise ValueError(f"--out {out} lies in a site, which a build replaces. {fix}")
    names = {path.name for path in out.iterdir()} if out.exists() else set()
    if ".git" in names:
        raise ValueError(f"--out {out} is a checkout. {fix}")
    marker = out / MARKER
    is_ours = marker.is_file() and marker.read_bytes() == OWN_FILES[MARKER]
    is_empty = names <= {".gitignore"} and not (out / ".gitignore").is_dir()
    if not is_ours and not is_empty:
        raise ValueError(f"--out {out} holds other files and no {MARKER}. {fix}")


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the lock on a site, and repair what a killed build has left behind.

    Raises
    ------
    OSError
        If another build holds the lock, the site belongs to another user, or what
        was left behind cannot be removed; or if the folder around it cannot be made.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"{out.parent} cannot be made: {error.strerror}"
        raise OSError(f"{what}. Fix: name another folder with --out") from None
    # The file stays: a lock on a removed file would not lock anything.
    with _beside(out, "lock").open("a") as lock:
        if fcntl:
            _hold(lock, out)
        if out.exists() and not os.access(out, os.W_OK):
            message = (
                f"{out} belongs to another user. Fix: remove it, or build as that user"
            )
            raise OSError(message)
        if leftovers := _recover(out):
            message = f"{leftovers[0]}, of an earlier build, stays. Fix: remove it"
            raise OSError(message)
        yield


def _hold(lock: IO[str], out: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"another build is writing {out}. Fix: wait for it to end"
        raise OSError(message) from None
    # The workers of a killed build must not keep holding it.
    os.register_at_fork(after_in_child=lock.close)


def publish(files: Files, out: Path) -> None:
    """Write a site next to the old one, each file as it comes, then swap the two."""
    new = _beside(out, "new")
    try:
        os.umask(0o022)
        new.mkdir()
        folders = {""}
        for name, content in chain(OWN_FILES.items(), files):
            folder = name.rpartition("/")[0]
            if folder not in folders:
                (new / folder).mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            # Joined as text: creating paths would take a tenth of an edit's time.
            _write(f"{new}/{name}", content, before=f"{out}/{name}")
        # Whoever interrupts a build is told that nothing has changed: from here on,
        # that would no longer be true.
        if hasattr(signal, "pthread_sigmask"):  # not on Windows
            signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        if out.exists():
            out.rename(_beside(out, "old"))
        new.rename(out)
    finally:
        _recover(out)


def _write(path: str, content: bytes, before: str) -> None:
    """Write a file, or link to that of the old site if both are the same."""
    if _is_same_file(before, content):
        with suppress(OSError):  # if this file system has no such links
            os.link(before, path)
            return
    with Path(path).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # or a power failure leaves a name without content


def _is_same_file(path: str, content: bytes) -> bool:
    """Whether a plain file that everyone may read has exactly this content."""
    try:
        status = os.lstat(path)
        is_plain = status.st_mode == stat.S_IFREG | 0o644
        if not is_plain or status.st_size != len(content):
            return False
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - every file, each time
            return file.read() == content
    except OSError:
        return False


def compare(files: Files, out: Path) -> tuple[int, str]:
    """Return the exit code of a check, 1 if a folder holds another site, and why."""
    if is_same(files, out):
        return 0, ""
    return 1, f"{out} is out of date. Fix: build it again"


def is_same(files: Files, out: Path) -> bool:
    """Whether a folder holds exactly these files, all of them plain files."""
    expected = OWN_FILES | dict(files)
    held: dict[str, bytes | None] = {}
    for path in out.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            is_plain = stat.S_ISREG(path.lstat().st_mode)
            name = path.relative_to(out).as_posix()
            held[name] = path.read_bytes() if is_plain else None
    return held == expected


def _beside(out: Path, what: str) -> Path:
    return out.parent / f".{out.name}.gradviz-{what}"


def _recover(out: Path) -> list[Path]:
    """Put back the old site if there is no new one; return what cannot be removed."""
    new = _beside(out, "new")
    old = _beside(out, "old")
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    return [leftover for leftover in (new, old) if leftover.exists()]
