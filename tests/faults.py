"""Builds of one project, each in a process of its own, in which an operation on files goes wrong.

As a script it loads what a build needs once, then forks for every line it reads: what is to go
wrong, at which operation, and the arguments of the build. It answers with the exit code, the
operations counted and what was said. The product is not changed: operations are seen through
Python's audit hooks, and where there are none (write, fsync) through functions wrapped here.
"""

import errno
import gc
import io
import json
import os
import signal
import subprocess
import sys
import traceback
from pathlib import Path

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


class Fault:
    """Counts the operations of a build, and lets the one that was asked for go wrong."""

    def __init__(self, what: str, at: int) -> None:
        self.what, self.at, self.seen = what, at, []
        self.real = io.open, os.fsync

    def set(self) -> None:
        sys.addaudithook(self.hears)
        io.open, os.fsync = self.opened, self.fsync

    def hears(self, event: str, arguments: tuple) -> None:
        if event in EVENTS and (event != "open" or int(arguments[2]) & WRITING):
            self.meets(event.removeprefix("os."))

    def meets(self, operation: str) -> None:
        self.seen.append(operation)
        if len(self.seen) == self.at or (len(self.seen) > self.at > 0 and self.what == "errors"):
            if self.what.startswith("SIG"):
                os.kill(os.getpid(), signal.Signals[self.what])
            else:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fsync(self, descriptor: int) -> None:
        self.meets("fsync")
        self.real[1](descriptor)

    def opened(self, *arguments, **named):
        file = self.real[0](*arguments, **named)
        return _Written(file, self) if file.writable() else file


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
    from gradviz_core.publish import entries, exports, links, pages, render  # noqa: F401

    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(forked(*json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
