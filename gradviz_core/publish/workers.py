"""Workers: the parallel build.

Tasks are shared out among processes that fork from the build, so that each has all that
was read and measured. Every task keeps what it makes in the cache: a worker's results
are taken from there, and need not be sent.
"""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

Value = TypeVar("Value")
Tasks = Mapping[str, Callable[[], Value]]

# Fewer tasks than this are done sooner by the process that is there.
SMALLEST_SHARE = 16


def run(tasks: Tasks[Value], jobs: int) -> Iterator[tuple[str, Value]]:
    """Run all tasks, and give the value of each by its name, in their order.

    Parameters
    ----------
    tasks : mapping of str to callable
        Each keeps what it makes in the cache.
    jobs : int
        How many processes may work at the same time, this one included.

    Raises
    ------
    concurrent.futures.process.BrokenProcessPool
        If a worker was ended from outside. What a task raises is raised here, too.
    """
    items = list(tasks.items())
    size = max(len(items) // jobs + 1, SMALLEST_SHARE)
    own = items[:size]
    # In small shares, so that a build that is interrupted need not wait long for them.
    others = [
        items[start : start + SMALLEST_SHARE]
        for start in range(size, len(items), SMALLEST_SHARE)
    ]
    if not others:
        yield from ((name, task()) for name, task in own)
        return
    # Slow to import, and not needed after an edit of a page.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(
        jobs - 1, context, initializer=_end_with, initargs=(os.getpid(),)
    ) as pool:
        _shares[:] = others
        try:
            futures = [pool.submit(_run_share, k) for k in range(len(others))]
            yield from ((name, task()) for name, task in own)
            for future, other in zip(futures, others, strict=True):
                future.result()
                yield from ((name, task()) for name, task in other)
        finally:
            pool.shutdown(cancel_futures=True)


# What the workers inherit when they fork: tasks themselves cannot be sent.
_shares: list[Sequence[tuple[str, Callable[[], Any]]]] = []


def _run_share(k: int) -> None:
    for _, task in _shares[k]:
        task()


def _end_with(parent: int) -> None:
    """Let a worker end when the build does, however that was ended."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
