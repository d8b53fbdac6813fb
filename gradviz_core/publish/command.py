"""Command: what a build needs of the process it runs in, and how it ends."""

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
    """Run a build, say what it says, and give its exit code.

    It is 0 if done, 1 if the content is wrong, 3 for the environment, 130 if
    interrupted.

    Parameters
    ----------
    build : callable
        Gives an exit code, and what is to be said on standard error.
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
    gc.freeze()  # to look for what could be freed would take a tenth of an edit's time
    return code


def _open_closed_streams() -> None:
    """Give a build that was started without streams something to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))


def set_up() -> None:
    """Let a build end when it is told to, and no setting of this machine decide."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Most of what is made is needed until the end: to look for what is not takes long.
    gc.set_threshold(100_000)
    # The products here are small, so threads only start late.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # How a figure looks is for us to say, not for a matplotlibrc.
    os.environ.update(MPLBACKEND="agg", MATPLOTLIBRC=os.devnull)


def reporter(is_verbose: bool, is_quiet: bool) -> Callable[[str], None]:
    """Return what says which figure is drawn, on one line where people look on."""
    is_watched = sys.stderr.isatty() and not is_quiet

    def report(path: str) -> None:
        if is_verbose:
            # In one piece: several workers write at the same time.
            sys.stderr.write(f"drawing {path}\n")
        elif is_watched:
            print(f"\r\x1b[Kdrawing {path}", end="", file=sys.stderr, flush=True)

    return report


def summary(out: Path, base_url: str) -> str:
    """Say what has been built."""
    pages = len([*out.rglob("*.html")])
    sentence = f"{pages} pages are in {out}"
    if base_url:
        return sentence
    missing = "sitemap, feed, robots.txt, cards and canonical links are left out"
    return f"no --base-url: {missing}\n{sentence}"
