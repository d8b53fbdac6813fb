"""Time from a keystroke in the playground until both fields and the verdict are drawn.

python -m benchmarks.keystroke [TURNS] [OTHER_SITE]

The processor is slowed four times, as a phone's. Every function of the site is typed on
its own grid, with a blank at its end that comes and goes, so that each keystroke is
measured afresh. The clock runs from the input event to the end of the frame that shows
the answer. Frames come as soon as they can, so that no time is spent in waiting for
one. Another site, such as one that was built from an older revision, is timed by turns
with this one.
"""

import statistics
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.browser import SITE, hosted, launched, slowed
from gradviz_core import FUNCTIONS
from gradviz_core.registry.functions import Function

TURNS = 7
WANTED = 50  # ms
DESK = ViewportSize(width=1280, height=800)
NO_WAITING = ["--disable-gpu-vsync", "--disable-frame-rate-limit"]

# Type a blank at the end, or take it back, and wait for the end of the frame with the
# answer.
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


@dataclass
class Times:
    """Milliseconds of each keystroke, and those of them that its event took."""

    until_shown: list[float] = field(default_factory=list)
    in_event: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median time until the answer is shown."""
        return statistics.median(self.until_shown)

    def __str__(self) -> str:
        return f"{self.median:.0f} ms ({min(self.until_shown):.0f} at least)"


def playground(browser: Browser, address: str) -> Page:
    """Open the playground of a site, and wait until the reader of scripts is loaded."""
    page = browser.new_context(viewport=DESK).new_page()
    page.goto(f"{address}playground/")
    page.wait_for_timeout(3000)
    slowed(page)
    return page


def ask(page: Page, function: Function) -> None:
    """Ask a page for a function, and wait for its answer."""
    page.wait_for_timeout(600)  # until the address has followed the last keystroke
    page.evaluate("fragment => { location.hash = fragment; }", fragment(function))
    page.wait_for_function(
        "spelling => document.getElementById('spelling').value === spelling"
        " && document.forms[0].dataset.state === 'answered'",
        arg=function.spelling,
    )
    for _ in range(3):  # until the engine has compiled what runs often
        page.evaluate(PRESS)


def measure(pages: Sequence[Page], function: Function, turns: int) -> list[Times]:
    """Time keystrokes in each page, by turns."""
    for page in pages:
        ask(page, function)
    all_times = [Times() for _ in pages]
    for _ in range(turns):
        for page, times in zip(pages, all_times, strict=True):
            until_shown, in_event = page.evaluate(PRESS)
            times.until_shown.append(until_shown)
            times.in_event.append(in_event)
    return all_times


def main(turns: int = TURNS, other: str = "") -> int:
    """Print the median of each function; return 1 if one is larger than is wanted."""
    sites = [SITE, *([Path(other)] if other else [])]
    slowest = 0.0
    with sync_playwright() as playwright, ExitStack() as hosts:
        browser = launched(playwright, NO_WAITING)
        addresses = [hosts.enter_context(hosted(site)) for site in sites]
        pages = [playground(browser, address) for address in addresses]
        for name, function in FUNCTIONS.items():
            ours, *others = measure(pages, function, turns)
            slowest = max(slowest, ours.median)
            in_event = statistics.median(ours.in_event)
            line = f"{name}: {ours}, {in_event:.0f} ms in its event"
            for before in others:
                line += f"; other {before}, {ours.median / before.median:.2f} of it"
            print(line, flush=True)
        browser.close()
    print(f"at most {slowest:.0f} ms; {WANTED} ms are wanted")
    return int(slowest > WANTED)


if __name__ == "__main__":
    turns, *site = sys.argv[1:] or [str(TURNS)]
    sys.exit(main(int(turns), *site))
