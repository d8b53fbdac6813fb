"""Time from a keystroke in the playground until both fields and the verdict are drawn.

python -m benchmarks.keystroke [TURNS] [OTHER_SITE]

The processor is slowed four times, as a phone's. Every function of the site is typed on its own
grid, with a blank at its end that comes and goes, so that each keystroke is measured afresh.
The clock runs from the input event to the end of the frame that shows the answer. Frames come
as soon as they can, so that no time is spent in waiting for one. Another site, such as one that
was built from an older revision, is timed by turns with this one.
"""

import shutil
import statistics
import sys
import threading
from collections.abc import Sequence
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, urlencode

from playwright.sync_api import Page, ViewportSize, sync_playwright

from benchmarks.page import FLAGS, SITE, SLOWER, Host
from gradviz_core import FUNCTIONS
from gradviz_core.registry.functions import Function

TURNS = 7
WANTED = 50  # ms
DESK = ViewportSize(width=1280, height=800)
NO_WAITING = ["--disable-gpu-vsync", "--disable-frame-rate-limit"]

# Type a blank at the end, or take it back, and wait for the end of the frame with the answer.
PRESS = """() => new Promise((resolve) => {
  const form = document.forms[0];
  const field = document.getElementById('spelling');
  field.value = field.value.endsWith(' ') ? field.value.trimEnd() : `${field.value} `;
  let start = 0;
  let handled = 0;
  const look = () => {
    if (form.dataset.state !== 'answered') return void requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve([performance.now() - start, handled]);
    port2.postMessage(0); // after the frame
  };
  start = performance.now();
  field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  handled = performance.now() - start;
  requestAnimationFrame(look);
})"""


def fragment(function: Function) -> str:
    """The address that asks the playground for a function on its grid."""
    grid = function.grid
    fields = {"f": function.spelling, "start": grid.start, "stop": grid.stop}
    return urlencode(fields | {"step": grid.step}, quote_via=quote)


def opened(pages: Sequence[Page], function: Function) -> None:
    """Ask each page for a function, and wait for its answer."""
    for page in pages:
        page.wait_for_timeout(600)  # until the address has followed the last keystroke
        page.evaluate("fragment => { location.hash = fragment; }", fragment(function))
        page.wait_for_function(
            "spelling => document.getElementById('spelling').value === spelling"
            " && document.forms[0].dataset.state === 'answered'",
            arg=function.spelling,
        )
        for _ in range(3):  # until the engine has compiled what runs often
            page.evaluate(PRESS)


def main(turns: int = TURNS, other: str = "") -> int:
    """Print the median of each function, and give 1 if one takes longer than is wanted."""
    sites = [SITE, *([Path(other)] if other else [])]
    worst = 0.0
    with sync_playwright() as playwright:
        path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=path, args=FLAGS + NO_WAITING
        )
        pages = []
        for site in sites:
            handler = partial(Host, directory=str(site))
            server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            page = browser.new_context(viewport=DESK).new_page()
            page.goto(f"http://127.0.0.1:{server.server_port}/playground/")
            page.wait_for_timeout(3000)  # until the reader of scripts is loaded
            tools = page.context.new_cdp_session(page)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            pages.append(page)
        for name, function in FUNCTIONS.items():
            opened(pages, function)
            times: list[list[float]] = [[] for _ in pages]
            handling: list[list[float]] = [[] for _ in pages]
            for _ in range(turns):
                for k, page in enumerate(pages):
                    taken, handled = page.evaluate(PRESS)
                    times[k].append(taken)
                    handling[k].append(handled)
            middle = statistics.median(times[0])
            worst = max(worst, middle)
            line = f"{name}: {middle:.0f} ms ({min(times[0]):.0f} at least)"
            line += f", {statistics.median(handling[0]):.0f} ms in its event"
            if other:
                before = statistics.median(times[1])
                line += f"; other {before:.0f} ms ({min(times[1]):.0f}), "
                line += f"{middle / before:.2f} of it"
            print(line, flush=True)
        browser.close()
    print(f"at most {worst:.0f} ms; {WANTED} ms are wanted")
    return int(worst > WANTED)


if __name__ == "__main__":
    turns, *site = sys.argv[1:] or [str(TURNS)]
    sys.exit(main(int(turns), *site))
