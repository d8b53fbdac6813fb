"""Command: the settings of the process that builds, and how it ends."""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from gradviz_core.errors import ContentErrors

UNCHANGED = "Nothing of the site was changed."


def run(build: Callable[[], tuple[int, str]]) -> int:
    """Run a build, print its message, and return its exit code.

    The code is 0 if done, 1 if the content is wrong, 3 for the environment, 130 if
    interrupted.

    Parameters
    ----------
    build : callable
        Returns an exit code, and a message for standard error.
    """
    _open_closed_streams()
    set_up()
    try:
        code, message = build()
    except ContentErrors as errors:
        code, message = 1, str(errors)
    except ModuleNotFoundError as missing:
        code = 3
        what = f"The package {missing.name} is not installed"
        message = f"{what}. Fix: type make site, or pip install -r requirements.txt"
    except OSError as error:
        code, message = 3, f"build.py: {error}. {UNCHANGED}"
    except MemoryError:
        code, message = 3, f"build.py: no memory. {UNCHANGED}"
    except KeyboardInterrupt:
        code, message = 130, f"build.py: interrupted. {UNCHANGED}"
    if message:
        with contextlib.suppress(OSError):  # a full disk, say
            print(message, file=sys.stderr)
    gc.freeze()  # a last collection would take a tenth of an edit's time
    return code


def _open_closed_streams() -> None:
    """Open the standard streams of a build that was started without them."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def set_up() -> None:
    """Let SIGTERM end a build, and spare it what would only take time."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if hasattr(signal, "SIGCHLD"):  # not on Windows
        # Whoever starts this process may ignore its children, and so would it.
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # Most objects are needed until the end, so collecting often would only take time.
    gc.set_threshold(100_000)
    # Matrices are small here: starting threads would only take time.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"


def reporter(is_verbose: bool, is_quiet: bool) -> Callable[[str], None]:
    """Return a function that prints which figure is drawn, on one line if watched."""
    is_watched = sys.stderr.isatty() and not is_quiet

    def report(path: str) -> None:
        if is_verbose:
            # In one piece: several workers write at the same time.
            sys.stderr.write(f"drawing {path}\n")
        elif is_watched:
            print(f"\r\x1b[Kdrawing {path}", end="", file=sys.stderr, flush=True)

    return report


def print_page(html: str) -> None:
    """Print a page, for whoever waits for it."""
    with contextlib.suppress(OSError):  # nobody does any longer
        sys.stdout.buffer.write(f"{html}\n".encode())
        sys.stdout.flush()


def summary(out: Path, base_url: str) -> str:
    """Say what has been built."""
    pages = len([*out.rglob("*.html")])
    sentence = f"{pages} pages are in {out}"
    if base_url:
        return sentence
    missing = "sitemap, feed, robots.txt, cards and canonical links are left out"
    return f"no --base-url: {missing}\n{sentence}"
