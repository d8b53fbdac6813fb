"""Builds of one project, each in a process of its own, in which an operation on files goes wrong.

As a script it loads what a build needs once, then forks for every line it reads: what is to go
wrong, at which operation, and the arguments of the build. It answers with the exit code, the
operations counted and what was said. The product is not changed: operations are seen through
Python's audit hooks, and where there are none (write, fsync) through functions wrapped here.
"""

import builtins
import errno
import gc
import importlib
import io
import json
import os
import pkgutil
import shutil
import signal
import subprocess
import sys
import traceback
from pathlib import Path

from project import Project

EVENTS = {
    "open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.utime",
    "fcntl.flock",
}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Builder:
    """The process that forks: `build("SIGKILL", 7)` is a build that is killed at the seventh."""

    def __init__(self, root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__], cwd=root, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def build(self, what: str = "", at: int = 0, *arguments: str) -> dict:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([what, at, arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


class Trial:
    """A project that is to become another, once and again from the same state."""

    def __init__(self, project: Project, *, first: bool = False) -> None:
        self.project = project
        self.root = project.root
        self.site = project.site
        self.builder = Builder(self.root)
        self.build()
        if first:  # there is no site yet
            shutil.rmtree(self.site)
        self.old = project.files()
        project.write("content/new/page.md", '+++\ntitle = "New"\n+++\n\nA new page.\n')
        for name in ("site", ".cache"):
            link(self.root / name, self.root / "before" / name)
        self.operations = self.build()
        self.new = project.files()
        assert self.new != self.old
        assert self.old.items() <= self.new.items() or first

    def build(self) -> list[str]:
        """A build in which nothing goes wrong; its operations."""
        done = self.builder.build()
        assert done["code"] == 0, done["said"]
        return done["seen"]

    def reset(self) -> None:
        """Go back to the old site."""
        for name in ("site", ".cache"):
            link(self.root / "before" / name, self.root / name)
        for folder in self.left():
            shutil.rmtree(folder)

    def left(self) -> list[Path]:
        """What a build has left beside the site."""
        return [path for path in self.root.glob(".site.*") if path.is_dir()]

    def mend(self) -> None:
        """Start a build that changes nothing by itself, since it is refused."""
        self.project.write("content/refused.md", "no front matter")
        done = self.builder.build()
        (self.root / "content/refused.md").unlink()
        assert done["code"] == 1, done["said"]
        assert not self.left()

    def is_whole(self) -> bool:
        """Whether the old site is there, or the new one."""
        return self.project.files() in (self.old, self.new)

    def assert_survives(self, what: str, at: int) -> int:
        """Let one operation go wrong, assert that a whole site is left, and give the exit code."""
        self.reset()
        done = self.builder.build(what, at)
        told = what, at, self.operations[at - 1], done
        assert "Traceback" not in done["said"], told
        if what in {"errors", "SIGKILL"}:
            between = (
                not self.site.exists() and (self.root / ".site.gradviz-old").exists()
            )
            assert between or self.is_whole(), told
            self.mend()
            assert self.is_whole(), told
        elif done["code"] == 0:
            assert self.project.files() == self.new, told
        else:
            assert "Nothing of the site was changed" in done["said"], told
            assert self.project.files() == self.old, told
            assert not self.left(), told
        return done["code"]

    def close(self) -> None:
        self.builder.close()


def link(source: Path, target: Path) -> None:
    """Files as links: what is written over in place would show, since the bytes are compared."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        shutil.copytree(source, target, copy_function=os.link)


class Fault:
    """Counts the operations of a build, and lets the one that was asked for go wrong."""

    def __init__(self, what: str, at: int) -> None:
        self.what, self.at, self.seen = what, at, []
        self.real = io.open, os.fsync

    def set(self) -> None:
        sys.addaudithook(self.hears)
        io.open = builtins.open = self.opened
        os.fsync = self.fsync

    def hears(self, event: str, arguments: tuple) -> None:
        if event == "open" and _is_pipe(arguments[0]):
            return
        if event in EVENTS and (event != "open" or int(arguments[2]) & WRITING):
            self.meets(event.removeprefix("os."))

    def meets(self, operation: str) -> None:
        self.seen.append(operation)
        if len(self.seen) == self.at or (
            len(self.seen) > self.at > 0 and self.what == "errors"
        ):
            if self.what.startswith("SIG"):
                os.kill(os.getpid(), signal.Signals[self.what])
            else:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fsync(self, descriptor: int) -> None:
        self.meets("fsync")
        self.real[1](descriptor)

    def opened(self, *arguments, **named):
        file = self.real[0](*arguments, **named)
        is_written = file.writable() and not _is_pipe(arguments[0])
        return _Written(file, self) if is_written else file


def _is_pipe(place: object) -> bool:
    """Whether this is what a worker sends by, in which no disk has a part."""
    return isinstance(place, int)


class _Written:
    """A file of which the first half may be written, and then no more."""

    def __init__(self, file, fault: Fault) -> None:
        self.file, self.fault = file, fault

    def __enter__(self):
        return self

    def __exit__(self, *what):
        self.file.close()

    def __getattr__(self, name):
        return getattr(self.file, name)

    def write(self, content):
        half = len(content) // 2
        self.file.write(content[:half])
        self.file.flush()
        self.fault.meets("write")
        return half + self.file.write(content[half:])


def forked(what: str, at: int, arguments: list[str]) -> dict:
    """One build; what it says and how it ends."""
    (said, saying), (told, telling) = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        os.dup2(saying, 2)
        fault, code = Fault(what, at), 70
        fault.set()
        try:
            code = sys.modules["build"].main(arguments)
        except SystemExit as end:
            code = end.code
        except BaseException:
            traceback.print_exc()
        os.write(telling, json.dumps(fault.seen).encode())
        os._exit(code)
    os.close(saying)
    os.close(telling)
    with os.fdopen(said) as messages, os.fdopen(told) as operations:
        text, seen = messages.read(), operations.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"code": code, "seen": json.loads(seen or "[]"), "said": text}


def main() -> None:
    # All that a build imports late: a fork is then quick.
    sys.path.insert(0, str(Path.cwd()))
    import build  # noqa: F401
    import gradviz_core

    for module in pkgutil.walk_packages(gradviz_core.__path__, "gradviz_core."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(forked(*json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
