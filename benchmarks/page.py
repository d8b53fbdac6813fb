"""Time from the tap until home shows its largest part, on a phone with a slow line.

make bench-page                 or: python -m benchmarks.page [TURNS]

The line is the slow 4G of Lighthouse, and the processor is slowed four times. The bare limit is a
page that holds nothing but the picture, loaded by turns with home.
"""

import gzip
import re
import shutil
import statistics
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

SITE = Path(__file__).parents[1] / "site"
TURNS = 9
WANTED = 1500  # ms
PHONE = ViewportSize(width=390, height=664)
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}
SLOWER = 4
FLAGS = ["--no-sandbox", "--disable-gpu"]
# The last of what the browser counts as its largest paint, words or a picture; and the
# address of the first picture.
SHOWN = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  const picture = document.querySelector("img").currentSrc;
  resolve([list.getEntries().at(-1).startTime, picture]);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""
BARE = '<!doctype html><meta name="viewport" content="width=device-width"><img src="{}" alt="">'


class Host(SimpleHTTPRequestHandler):
    """A host that compresses, as all do that serve a site; for /bare it has a page of its own."""

    bare = ""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file() or self.path == "/bare"
        self.send_response(200 if found else 404)
        body = path.read_bytes() if path.is_file() else type(self).bare.encode()
        body = gzip.compress(body, 6)
        kind = "text/html" if self.path == "/bare" else self.guess_type(str(path))
        for name, value in (
            ("Content-Type", kind),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(body))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def shown(browser: Browser, address: str) -> tuple[float, str]:
    """Milliseconds until somebody who is new sees the largest part of a page, and a picture."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", LINE)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    found: tuple[float, str] = page.evaluate(SHOWN)
    context.close()
    return found


def main(turns: int = TURNS) -> None:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    handler = partial(Host, directory=str(SITE))
    with (
        sync_playwright() as playwright,
        ThreadingHTTPServer(("127.0.0.1", 0), handler) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        address = f"http://127.0.0.1:{server.server_port}/"
        _, picture = shown(browser, address)
        Host.bare = BARE.format(re.sub(r"^.*?//[^/]*", "", picture))
        times: dict[str, list[float]] = {"home": [], "bare": []}
        for _ in range(turns):
            for name, where in (("home", address), ("bare", f"{address}bare")):
                times[name].append(shown(browser, where)[0])
        browser.close()
        server.shutdown()
    for name, found in times.items():
        low, middle, high = statistics.quantiles(found, n=4)
        print(
            f"{name}: its largest part is there after {middle:,.0f} ms ({low:,.0f} to {high:,.0f})"
        )
    home, bare = (statistics.median(times[name]) for name in ("home", "bare"))
    print(
        f"{home / bare:.2f} times the bare picture; home is to take {WANTED:,} ms at most"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
