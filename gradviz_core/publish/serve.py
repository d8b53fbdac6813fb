"""Serve: preview the site, and build it again when one of its sources changes."""

import subprocess
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

from gradviz_core.publish.store import SOURCES, sources


def serve(root: Path, out: Path, port: int, *arguments: str) -> NoReturn:
    """Build, show the site on this machine alone, and build again after every change.

    Each build is a process of its own: edited code runs, and a faulty one harms no site.
    """
    command = [sys.executable, str(root / "build.py"), "--out", str(out), *arguments]
    seen = sources(root, *SOURCES)  # before the build, so that no change during it is missed
    subprocess.run(command, check=False)
    handler = partial(SimpleHTTPRequestHandler, directory=str(out))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}/ shows {out}; Ctrl-C ends", file=sys.stderr)
        while True:
            time.sleep(0.5)
            if (now := sources(root, *SOURCES)) != seen:
                seen = now
                subprocess.run(command, check=False)
