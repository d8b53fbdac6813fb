"""Limits: how long the code of a page may run."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Code that catches everything is told again and again that its time is over.
SECONDS_BETWEEN_REMINDERS = 1.0


class TimeLimitReached(BaseException):
    """The code of a page has run for too long.

    No `except Exception` of a page catches it.
    """

    line: int | None = None  # of a session's code, where that was running


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeLimitReached` in what runs longer.

    Without a limit where Python cannot be interrupted: on Windows, and in a thread.

    Parameters
    ----------
    seconds : float
        The limit; 0 is none.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not seconds or not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeLimitReached(f"this takes longer than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, SECONDS_BETWEEN_REMINDERS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
