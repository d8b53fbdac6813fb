"""Builds as a command builds, but sooner: a process that has imported the libraries forks for each.

Half of what a small build takes is the import of NumPy and Jinja, and more that of matplotlib.
The code of the project is that of the copy to build, and nothing of it is imported before.
Orders are read from standard input, a line of JSON for each; the exit codes are written.
"""

import gc
import importlib
import json
import os
import runpy
import sys
import traceback
from contextlib import suppress
from typing import NoReturn

# Those of a build, which sets these variables before it imports them.
SETTINGS = {
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "MATPLOTLIBRC": os.devnull,
}
LIBRARIES = (
    "argparse", "doctest", "html.parser", "http.server", "tomllib", "numpy", "jinja2.sandbox",
    "jinja2.debug", "markdown.extensions.codehilite", "markdown.extensions.md_in_html",
    "markdown.extensions.sane_lists", "markdown.extensions.toc", "math_core",
    "pygments.lexers.python", "pygments.formatters.html", "matplotlib.style",
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "PIL.PngImagePlugin",
)  # fmt: skip


def become_build(
    root: str, arguments: list[str], environment: dict[str, str], out: str, err: str
) -> NoReturn:
    """Become a build of a project, as if Python had been started there."""
    os.chdir(root)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in enumerate((os.devnull, out, err)):
        file = os.open(path, os.O_RDWR)
        os.dup2(file, stream)
        os.close(file)
    sys.argv = ["build.py", *arguments]
    sys.path[0] = root
    code = 1
    try:
        runpy.run_path("build.py", run_name="__main__")
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(Exception):  # a page may have closed them
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)  # to take the libraries down would take longer than many builds


def main() -> None:
    outside = dict(os.environ)
    os.environ.update(SETTINGS)
    for library in LIBRARIES:
        importlib.import_module(library)
    os.environ.clear()
    os.environ.update(outside)
    gc.freeze()  # a collection would copy all that is shared with a fork
    for line in sys.stdin:
        child = os.fork()
        if not child:
            become_build(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
