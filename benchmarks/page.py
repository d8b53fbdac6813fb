"""Time from the tap until home shows its largest part, on a phone with a slow line.

make bench-page                 or: python -m benchmarks.page [TURNS]

The line is the slow 4G of Lighthouse, and the processor is slowed four times. The bare
limit is a page that holds nothing but the picture, loaded by turns with home.
"""

import re
import statistics
import sys

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks.browser import SITE, Host, hosted, launched, slowed

TURNS = 9
WANTED = 1500  # ms
PHONE = ViewportSize(width=390, height=664)
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}
# The last of what the browser counts as its largest paint, words or a picture; and the
# address of the first picture.
SHOWN = """() => new Promise((resolve) => new PerformanceObserver((list) => {
  const picture = document.querySelector("img").currentSrc;
  resolve([list.getEntries().at(-1).startTime, picture]);
}).observe({ type: "largest-contentful-paint", buffered: true }))"""
BARE = (
    '<!doctype html><meta name="viewport" content="width=device-width">'
    '<img src="{}" alt="">'
)


def shown(browser: Browser, address: str) -> tuple[float, str]:
    """Return after how many milliseconds a new reader sees the largest part of a page.

    And the address of its first picture.
    """
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    tools = slowed(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", LINE)
    page.goto(address, wait_until="load")
    time_and_picture: tuple[float, str] = page.evaluate(SHOWN)
    context.close()
    return time_and_picture


def main(turns: int = TURNS) -> None:
    """Print how long home takes, and the bare picture."""
    with sync_playwright() as playwright, hosted(SITE) as address:
        browser = launched(playwright)
        _, picture = shown(browser, address)
        Host.bare = BARE.format(re.sub(r"^.*?//[^/]*", "", picture))
        addresses = {"home": address, "bare": f"{address}bare"}
        times: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(turns):
            for name, place in addresses.items():
                time, _ = shown(browser, place)
                times[name].append(time)
        browser.close()
    for name, milliseconds in times.items():
        low, middle, high = statistics.quantiles(milliseconds, n=4)
        quartiles = f"{middle:,.0f} ms ({low:,.0f} to {high:,.0f})"
        print(f"{name}: its largest part is there after {quartiles}")
    home = statistics.median(times["home"])
    bare = statistics.median(times["bare"])
    ratio = f"{home / bare:.2f} times the bare picture"
    print(f"{ratio}; home is to take {WANTED:,} ms at most")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
