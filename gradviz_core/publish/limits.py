"""Limits: how long the code of a page may run."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

# Code that catches every exception is interrupted again and again.
SECONDS_BETWEEN_REMINDERS = 1.0


class TimeLimitReached(BaseException):
    """The code of a page has run for too long.

    It is not an Exception, so that no `except Exception` in a page catches it.
    """

    # The line of a session that was running, if one was, and its file.
    source: str = ""
    line: int | None = None


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeLimitReached` in the code of a `with` statement that runs for longer.

    There is no limit where Python cannot be interrupted: on Windows, and in a thread.

    Parameters
    ----------
    seconds : float
        The limit; 0 means no limit.
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
