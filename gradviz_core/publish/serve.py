"""Serve: preview the site, and build it again when one of its sources changes."""

import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

SOURCES = ("content", "templates", "gradviz_core", "build.py")
SECONDS = 0.5


def serve(root: Path, out: Path, port: int, *arguments: str) -> NoReturn:
    """Build, show the site on this machine alone, and build again after every change.

    Each build is a process of its own: edited code runs, and a faulty one harms no site.
    """
    command = [sys.executable, str(root / "build.py"), "--out", str(out), *arguments]
    seen = _times(root)  # before the build, so that no change during it is missed
    subprocess.run(command, check=False)
    handler = partial(SimpleHTTPRequestHandler, directory=str(out))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}/ shows {out}; Ctrl-C ends", file=sys.stderr)
        while True:
            time.sleep(SECONDS)
            if (now := _times(root)) != seen:
                seen = now
                subprocess.run(command, check=False)


def _times(root: Path) -> dict[str, int]:
    """When each source was last written."""
    paths = [path for name in SOURCES for path in (root / name, *(root / name).rglob("*"))]
    return {str(p): p.stat().st_mtime_ns for p in paths if p.is_file() and p.suffix != ".pyc"}
