"""Swap: the new site takes the old one's place in one step, whole or not at all."""

import fcntl
import os
import shutil
import signal
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

Files = Iterable[tuple[str, bytes]]
MARKER = ".gradviz"
OWN = {
    MARKER: b"This folder is written by gradviz. Every build replaces all of it.\n",
    ".gitignore": b"*\n!.gitignore\n",
}


def check_target(out: Path) -> None:
    """Raise ValueError for a folder that is not ours to replace."""
    if out.name == ".." or out.is_symlink() or (out.exists() and not out.is_dir()):
        raise ValueError(f"--out {out} is not a folder. Fix: name a new folder")
    names = (
        {p.name + "/" * p.is_dir() for p in out.iterdir()} if out.exists() else set()
    )
    marked = (out / MARKER).is_file() and (out / MARKER).read_bytes() == OWN[MARKER]
    within = any(
        (folder / MARKER).exists() for folder in out.parents
    )  # the next build removes it
    if within or {".git", ".git/"} & names or not (marked or names <= {".gitignore"}):
        what = f"--out {out} is a checkout, within a site, or holds other files and no {MARKER}"
        raise ValueError(f"{what}. Fix: name a new or empty folder")


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the right to write a site, and mend what a killed build has left of it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with _beside(out, "lock").open(
        "a"
    ) as lock:  # stays: a lock on a removed file is none
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OSError(
                f"another build is writing {out}. Fix: wait for it to end"
            ) from None
        if left := _recover(out):
            raise OSError(f"{left[0]}, of an earlier build, stays. Fix: remove it")
        yield


def publish(files: Files, out: Path) -> None:
    """Write a site beside the old one, each file as it comes, a link if unchanged; then swap."""
    new = _beside(out, "new")
    try:
        os.umask(0o022)
        new.mkdir()
        for name, content in chain(OWN.items(), files):
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not _linked(path, out / name, content):
                with path.open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(
                        file.fileno()
                    )  # or a loss of power leaves a name with no content
        # Whoever interrupts a build is told that nothing was changed: from here on it is too late.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
        if out.exists():
            out.rename(_beside(out, "old"))
        new.rename(out)
    finally:
        _recover(out)


def _linked(path: Path, before: Path, content: bytes) -> bool:
    """Link to a plain file that holds just this and that everyone may read, if that can be."""
    with suppress(OSError):  # there is none, or this file system has no such links
        if (
            before.lstat().st_mode == stat.S_IFREG | 0o644
            and before.read_bytes() == content
        ):
            path.hardlink_to(before)
            return True
    return False


def same(files: Files, out: Path) -> bool:
    """Whether a folder holds exactly these files, and each is a plain one."""
    held = {
        p.relative_to(out).as_posix(): stat.S_ISREG(p.lstat().st_mode)
        and p.read_bytes()
        for p in out.rglob("*")
        if not p.is_dir()
    }
    return held == dict(chain(OWN.items(), files))


def _beside(out: Path, what: str) -> Path:
    return out.parent / f".{out.name}.gradviz-{what}"


def _recover(out: Path) -> list[Path]:
    """Put back the old site if the new has not come, and remove the rest; give what stays."""
    new, old = _beside(out, "new"), _beside(out, "old")
    if old.exists() and not out.exists():
        old.rename(out)
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    return [leftover for leftover in (new, old) if leftover.exists()]
