"""Workers: the parallel build.

Tasks are done in processes that fork from the build, so that each has all that was read
and measured. A worker does one share of them, sends back what it has made, and ends:
what the code of a page does to its process, or to NumPy, it does to no other page.
"""

import math
import os
import pickle
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NoReturn, TypeVar

Value = TypeVar("Value")
Tasks = Mapping[str, Callable[[], Value]]

# Figures are quick to draw: a process for each would take longer than the drawing.
SHARE = 16

# A worker sends how long its value is, then the value.
SIZE_BYTES = 8

CAN_FORK = hasattr(os, "fork")  # not on Windows


def run(tasks: Tasks[Value], jobs: int) -> Iterator[tuple[str, Value]]:
    """Run all tasks, and give the value of each by its name, in their order.

    Parameters
    ----------
    tasks : mapping of str to callable
        What no code of a page has a part in.
    jobs : int
        How many processes may work at the same time.

    Raises
    ------
    OSError
        If a worker was ended from outside. What a task raises is raised here, too.
    """
    # Few tasks are done sooner by the process that is there.
    if jobs == 1 or len(tasks) <= SHARE or not CAN_FORK:
        yield from ((name, task()) for name, task in tasks.items())
        return
    names = [*tasks]
    shares = [names[start : start + SHARE] for start in range(0, len(names), SHARE)]
    share_tasks = {
        share[0]: partial(_values, [tasks[name] for name in share]) for share in shares
    }
    done = run_apart(share_tasks, jobs, _raise_that_it_ended)
    for share, (_, values) in zip(shares, done, strict=True):
        yield from zip(share, values, strict=True)


def _values(tasks: Sequence[Callable[[], Value]]) -> list[Value]:
    return [task() for task in tasks]


def _raise_that_it_ended(name: str, how: str) -> NoReturn:
    raise OSError(f"a process that worked on {name} {how}")


def run_apart(
    tasks: Tasks[Value],
    jobs: int,
    ended: Callable[[str, str], Value],
    patience: float = math.inf,
) -> Iterator[tuple[str, Value]]:
    """Run each task in a process of its own; give their values in their order.

    Where processes cannot fork, all are run here.

    Parameters
    ----------
    tasks : mapping of str to callable
        What may end, or never end, the process that does it.
    jobs : int
        How many processes may work at the same time.
    ended : callable
        Gives the value of a task whose process has ended without one, from its name
        and how that came: "was ended by SIGKILL".
    patience : float, optional
        Seconds after which a process is ended.
    """
    if not CAN_FORK:
        yield from ((name, task()) for name, task in tasks.items())
        return
    waiting = list(tasks)[::-1]
    workers: dict[int, Worker] = {}  # by their pipes
    values: dict[str, Value] = {}
    try:
        for name in tasks:
            while name not in values:
                while waiting and len(workers) < jobs:
                    first = waiting.pop()
                    worker = Worker.start(first, tasks[first])
                    workers[worker.pipe] = worker
                for worker in _ready(workers, patience):
                    del workers[worker.pipe]
                    values[worker.name] = worker.value(ended)
                for worker in _overdue(workers, patience):
                    del workers[worker.pipe]
                    worker.stop()
                    values[worker.name] = ended(worker.name, "does not end in time")
            yield name, values.pop(name)
    finally:
        for worker in workers.values():
            worker.stop()


def _ready(workers: Mapping[int, "Worker"], patience: float) -> "list[Worker]":
    """Wait until some have sent a value or ended, or until one is overdue."""
    timeout = None
    if math.isfinite(patience):
        oldest = min(worker.started for worker in workers.values())
        timeout = max(oldest + patience - time.monotonic(), 0)
    ready, _, _ = select.select([*workers], [], [], timeout)
    return [workers[pipe] for pipe in ready]


def _overdue(workers: Mapping[int, "Worker"], patience: float) -> "list[Worker]":
    now = time.monotonic()
    return [worker for worker in workers.values() if now - worker.started > patience]


@dataclass
class Worker:
    """A process that does one task."""

    name: str  # of its task
    process: int
    pipe: int  # from which its value is read
    started: float  # when, on the clock that is never set

    @classmethod
    def start(cls, name: str, task: Callable[[], Any]) -> "Worker":
        """Let a process do a task."""
        pipe, end_of_worker = os.pipe()
        started = time.monotonic()
        sys.stdout.flush()  # or both processes write what is still to be written
        sys.stderr.flush()
        parent = os.getpid()
        process = os.fork()
        if not process:
            os.close(pipe)
            _work(task, end_of_worker, parent)
        os.close(end_of_worker)
        return cls(name, process, pipe, started)

    def value(self, ended: Callable[[str, str], Value]) -> Value:
        """Give what the process has made, or what stands for it if it has ended."""
        with os.fdopen(self.pipe, "rb") as pipe:
            # Not to its end: a process that a page has started may hold it open.
            size = int.from_bytes(pipe.read(SIZE_BYTES), "big")
            sent = pipe.read(size)
        _, status = os.waitpid(self.process, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            return ended(self.name, f"was ended by {signal.Signals(-code).name}")
        if not sent:
            return ended(self.name, f"ended with code {code}")
        value, error, end = pickle.loads(sent)
        if error:
            error.add_note(f"It was raised by what worked on {self.name}.")
            raise error
        return ended(self.name, end) if end else value

    def stop(self) -> None:
        """End the process, whatever it does."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.pipe)


def _work(task: Callable[[], Any], pipe: int, parent: int) -> NoReturn:
    """Do a task, send what came of it, and end, whatever happens.

    Nothing may be raised from here: the worker would go on as if it were the build.
    """
    code = 1
    worker = os.getpid()
    try:
        _end_with(parent)
        outcome = _outcome_of(task)
        if os.getpid() == worker:  # the code of a page may have forked, too
            with os.fdopen(pipe, "wb") as file:
                file.write(len(outcome).to_bytes(SIZE_BYTES, "big") + outcome)
        sys.stdout.flush()
        sys.stderr.flush()
        code = 0
    except OSError:
        pass  # nobody reads what it would say; the build tells how it ended
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _outcome_of(task: Callable[[], Any]) -> bytes:
    """Do a task; give its value, or what it raised, as it is sent."""
    value, error, end = None, None, ""
    try:
        value = task()
    except Exception as raised:
        raised.add_note("".join(traceback.format_exception(raised)))
        error = raised
    except BaseException as raised:  # SystemExit, or a KeyboardInterrupt that is none
        end = f"was ended by {type(raised).__name__}"
    try:
        return pickle.dumps((value, error, end))
    except Exception:
        if error is None:
            raise
        return pickle.dumps((None, RuntimeError("".join(error.__notes__)), ""))


def _end_with(parent: int) -> None:
    """Let a worker end when the build does, however that was ended."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
