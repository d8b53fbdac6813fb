"""Workers: the parallel build.

Tasks run in processes that fork from the build, so each has all that was read and
measured. A worker does one share of the tasks, sends back the values, and ends: what
the code of a page does to its process, or to NumPy, affects no other page.
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
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar

Value = TypeVar("Value")
Tasks = Mapping[str, Callable[[], Value]]

# Figures are quick to draw: a process for each would take longer than the drawing.
SHARE = 16

# A worker sends how long its value is, then the value.
SIZE_BYTES = 8

CAN_FORK = hasattr(os, "fork")  # not on Windows


def run(tasks: Tasks[Value], jobs: int) -> Iterator[tuple[str, Value]]:
    """Run all tasks, and yield the name and the value of each, in their order.

    Parameters
    ----------
    tasks : mapping of str to callable
        Tasks that run no code of a page.
    jobs : int
        How many processes may work at the same time.

    Raises
    ------
    OSError
        If a worker was ended from outside. What a task raises is raised here, too.
    """
    # A few tasks are done sooner than processes start.
    if jobs == 1 or len(tasks) <= SHARE or not CAN_FORK:
        yield from ((name, task()) for name, task in tasks.items())
        return
    names = [*tasks]
    shares = [names[start : start + SHARE] for start in range(0, len(names), SHARE)]
    share_tasks = {
        share[0]: partial(_values, [tasks[name] for name in share]) for share in shares
    }
    done = run_apart(share_tasks, jobs, _raise_crash)
    for share, (_, values) in zip(shares, done, strict=True):
        yield from zip(share, values, strict=True)


def _values(tasks: Sequence[Callable[[], Value]]) -> list[Value]:
    return [task() for task in tasks]


def _raise_crash(name: str, how: str) -> NoReturn:
    raise OSError(f"a process that worked on {name} {how}")


def run_apart(
    tasks: Tasks[Value],
    jobs: int,
    on_crash: Callable[[str, str], Value],
    patience: float = math.inf,
) -> Iterator[tuple[str, Value]]:
    """Run each task in a process of its own, and yield their values in their order.

    Where processes cannot fork, all tasks run in this one.

    Parameters
    ----------
    tasks : mapping of str to callable
        Tasks that may end their process, or may never end.
    jobs : int
        How many processes may work at the same time.
    on_crash : callable
        Returns the value of a task whose process ended without one. It takes the name
        of the task and what happened: "was ended by SIGKILL".
    patience : float, optional
        Seconds after which a process is ended.
    """
    if not CAN_FORK:
        yield from ((name, task()) for name, task in tasks.items())
        return
    pool = _Pool(tasks, jobs, on_crash, patience)
    try:
        for name in tasks:
            yield name, pool.value_of(name)
    finally:
        pool.stop()


class _Pool(Generic[Value]):
    """Processes at work on tasks, and the values that they have sent.

    The parameters are those of `run_apart`.
    """

    def __init__(
        self,
        tasks: Tasks[Value],
        jobs: int,
        on_crash: Callable[[str, str], Value],
        patience: float,
    ) -> None:
        self.jobs = jobs
        self.on_crash = on_crash
        self.patience = patience
        self._waiting = [*tasks.items()][::-1]  # the next one last
        self._workers: dict[int, Worker] = {}  # those at work, by their pipes
        self._values: dict[str, Value] = {}  # those nobody has asked for, by task

    def value_of(self, name: str) -> Value:
        """Return the value of a task, and keep all processes at work until it is there.

        Parameters
        ----------
        name : str
            The name of a task whose value has not been returned yet.
        """
        while name not in self._values:
            self._start_workers()
            self._receive_values()
            self._end_overdue_workers()
        return self._values.pop(name)

    def stop(self) -> None:
        """End all processes that are still at work."""
        for worker in self._workers.values():
            worker.stop()

    def _start_workers(self) -> None:
        while self._waiting and len(self._workers) < self.jobs:
            name, task = self._waiting.pop()
            worker = Worker.start(name, task)
            self._workers[worker.pipe] = worker

    def _receive_values(self) -> None:
        """Wait until a worker sends its value or ends, or until one is overdue."""
        ready, _, _ = select.select([*self._workers], [], [], self._seconds_to_wait())
        for pipe in ready:
            worker = self._workers.pop(pipe)
            self._values[worker.name] = worker.value(self.on_crash)

    def _seconds_to_wait(self) -> float | None:
        """Return how long no worker will be overdue; None without a limit."""
        if not math.isfinite(self.patience):
            return None
        oldest = min(worker.started for worker in self._workers.values())
        return max(oldest + self.patience - time.monotonic(), 0)

    def _end_overdue_workers(self) -> None:
        now = time.monotonic()
        for worker in [*self._workers.values()]:
            if now - worker.started > self.patience:
                del self._workers[worker.pipe]
                worker.stop()
                end = "does not end in time"
                self._values[worker.name] = self.on_crash(worker.name, end)


@dataclass
class Worker:
    """A process that does one task."""

    name: str  # of its task
    process: int
    pipe: int  # from which its value is read
    started: float  # when, on the monotonic clock

    @classmethod
    def start(cls, name: str, task: Callable[[], Any]) -> "Worker":
        """Let a process do a task."""
        pipe, end_of_worker = os.pipe()
        started = time.monotonic()
        sys.stdout.flush()  # or both processes would write what is buffered
        sys.stderr.flush()
        parent = os.getpid()
        process = os.fork()
        if not process:
            os.close(pipe)
            _work(task, end_of_worker, parent)
        os.close(end_of_worker)
        return cls(name, process, pipe, started)

    def value(self, on_crash: Callable[[str, str], Value]) -> Value:
        """Return the value that the process sent, or `on_crash(…)` if it sent none."""
        with os.fdopen(self.pipe, "rb") as pipe:
            # Not to its end: a process that a page has started may hold it open.
            size = int.from_bytes(pipe.read(SIZE_BYTES), "big")
            sent = pipe.read(size)
        _, status = os.waitpid(self.process, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            return on_crash(self.name, f"was ended by {signal.Signals(-code).name}")
        if not sent:
            return on_crash(self.name, f"ended with code {code}")
        outcome: _Outcome = pickle.loads(sent)
        if outcome.error:
            outcome.error.add_note(f"It was raised by what worked on {self.name}.")
            raise outcome.error
        return on_crash(self.name, outcome.end) if outcome.end else outcome.value

    def stop(self) -> None:
        """End the process, whatever it does."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.pipe)


def _work(task: Callable[[], Any], pipe: int, parent: int) -> NoReturn:
    """Do a task, send what came of it, and end the process, whatever happens.

    Nothing may be raised from here, or the worker would go on as if it were the build.
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
        pass  # the build no longer reads the pipe, or reports how this process ended
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class _Outcome(NamedTuple):
    """What came of a task: its value, unless `error` or `end` is set."""

    value: Any = None
    error: Exception | None = None  # what the task raised
    end: str = ""  # what else ended it: "was ended by SystemExit"


def _outcome_of(task: Callable[[], Any]) -> bytes:
    """Do a task; return what came of it, as it is sent."""
    try:
        outcome = _Outcome(task())
    except Exception as raised:
        raised.add_note("".join(traceback.format_exception(raised)))
        outcome = _Outcome(error=raised)
    except BaseException as raised:  # SystemExit, or a KeyboardInterrupt of its own
        outcome = _Outcome(end=f"was ended by {type(raised).__name__}")
    try:
        return pickle.dumps(outcome)
    except Exception:
        if outcome.error is None:
            raise
        text = "".join(outcome.error.__notes__)
        return pickle.dumps(_Outcome(error=RuntimeError(text)))


def _end_with(parent: int) -> None:
    """Let this worker end when the build does, however the build ended."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
