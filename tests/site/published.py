"""What was ever published and must lead somewhere for good: `addresses.txt`, one a line.

The list only grows. `make addresses` adds what the site has by now and the list lacks; a test
is red until that is done. Places of translations are not listed: they are those of their
originals.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from reading.pages import LANGUAGE, page

LIST = Path(__file__).with_name("addresses.txt")
# Other files are shown by pages, or have the names that programs ask for.
LED_TO = {".html", ".json", ".py"}


def listed() -> list[str]:
    """The addresses that are kept: `use/index.html#speed`, for the place `speed` of a page."""
    return LIST.read_text("utf-8").split()


def addresses(site: Path) -> Iterator[str]:
    """The addresses that a built site has: each file, then the places of it."""
    for path in sorted(site.rglob("*")):
        url = path.relative_to(site).as_posix()
        if path.suffix in LED_TO:
            yield url
        if path.suffix == ".html" and not LANGUAGE.match(url):
            yield from (f"{url}#{place}" for place in page(path).xpath("//@id"))


def unlisted(site: Path) -> list[str]:
    """What a built site has, and the list lacks."""
    kept = {*listed()}
    return [address for address in addresses(site) if address not in kept]


if __name__ == "__main__":
    added = unlisted(Path(sys.argv[1]))
    with LIST.open("a", encoding="utf-8") as file:
        file.writelines(f"{address}\n" for address in added)
    print(f"{len(added)} addresses were added to {LIST.name}")
