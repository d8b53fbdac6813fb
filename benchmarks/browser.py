"""Browser: Chromium as slow as on a phone, and a host for the site."""

import gzip
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Playwright

SITE = Path(__file__).parents[1] / "site"
FLAGS = ["--no-sandbox", "--disable-gpu"]
SLOWER = 4  # times, than the processor of this machine


class Host(SimpleHTTPRequestHandler):
    """A host that compresses, as all do that serve a site.

    At /bare it has a page of its own.
    """

    bare = ""

    def do_GET(self) -> None:
        """Send a file, the bare page, or nothing with the code 404."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        is_bare = self.path == "/bare"
        self.send_response(200 if path.is_file() or is_bare else 404)
        content = path.read_bytes() if path.is_file() else type(self).bare.encode()
        body = gzip.compress(content, 6)
        kind = "text/html" if is_bare else self.guess_type(str(path))
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of what is asked for."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """Serve a site, and give its address."""
    handler = partial(Host, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def launched(playwright: Playwright, flags: Sequence[str] = ()) -> Browser:
    """Start Chromium."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


def slowed(page: Page) -> CDPSession:
    """Slow the processor for a page; return its developer tools."""
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return tools
