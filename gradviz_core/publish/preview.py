"""Serve: preview the site, and build it again when one of its sources changes."""

import io
import re
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from gradviz_core.publish.cache import SOURCES, snapshot


class _Preview(SimpleHTTPRequestHandler):
    faults, builds = "", 0

    @classmethod
    def build(cls, *command: str) -> None:
        """Build in a process of its own: edited code runs, and a faulty one harms no site."""
        made = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
        sys.stderr.write(made.stderr)
        cls.faults, cls.builds = made.stderr if made.returncode else "", cls.builds + 1

    def send_head(self) -> Any:
        place, _, number = self.path.partition("?")
        path = Path(
            self.translate_path(place), "index.html" if place.endswith("/") else ""
        )
        if (
            place == "/.built"
        ):  # asked for again until there is another than that of the page
            news = "data:\n\n" if str(self.builds) != number else ""
            return self._answer("text/event-stream", f"retry: 200\n\n{news}")
        if place == "/.built.js":
            script = f'new EventSource("/.built?{number}").onmessage = () => location.reload();'
            return self._answer("text/javascript", script)
        if path.suffix == ".html" and (path.is_file() or self.faults):
            html = path.read_text(encoding="utf-8") if path.is_file() else "<body>"
            above = (
                f'<pre role="alert">{escape(self.faults)}</pre>' if self.faults else ""
            )
            above += f'<script src="/.built.js?{self.builds}"></script>'
            page = re.sub("<body[^>]*>", lambda body: body[0] + above, html, count=1)
            return self._answer("text/html; charset=utf-8", page)
        return super().send_head()

    def _answer(self, kind: str, text: str) -> io.BytesIO:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        return io.BytesIO(text.encode())

    def end_headers(self) -> None:
        self.send_header(
            "Cache-Control", "no-store"
        )  # what is shown is what was built last
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing of what is asked for: the terminal is for faults."""


def serve(root: Path, out: Path, port: int, *arguments: str) -> int:
    """Build, show the site on this machine alone, and build again after every change."""
    command = [sys.executable, str(root / "build.py"), "--out", str(out), *arguments]
    server = ThreadingHTTPServer(
        ("127.0.0.1", port), partial(_Preview, directory=str(out))
    )
    with suppress(
        KeyboardInterrupt
    ):  # and never closed: its thread may only just begin
        before = snapshot(
            root, *SOURCES
        )  # before the build, so that no change during it is missed
        _Preview.build(*command)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(
            f"http://127.0.0.1:{server.server_port}/ shows {out}; Ctrl-C ends",
            file=sys.stderr,
        )
        while True:
            time.sleep(0.2)
            with suppress(OSError):  # a file of an editor has gone again
                if (now := snapshot(root, *SOURCES)) != before:
                    before = now
                    _Preview.build(*command)
    return 0
