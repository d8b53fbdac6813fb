"""Ask Lighthouse, as a phone, for its four scores of home, an erratum and a function.

make bench-scores       or: python -m benchmarks.scores LIGHTHOUSE [TURNS]
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer

from benchmarks.page import FLAGS, SITE, Host

PAGES = ("", "errata/layout/", "functions/product/")
WANTED = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}
TURNS = 3


def scores(lighthouse: str, address: str) -> dict[str, int]:
    """What Lighthouse gives a page in each category, of 100, with its own idea of a phone."""
    browser = shutil.which("chromium") or shutil.which("chromium-headless-shell") or ""
    flags = " ".join(["--headless=new", *FLAGS])
    command = [
        lighthouse,
        address,
        "--quiet",
        "--output=json",
        f"--chrome-flags={flags}",
    ]
    command.append(f"--only-categories={','.join(WANTED)}")
    environment = os.environ | {"CHROME_PATH": browser}
    made = subprocess.run(
        command, capture_output=True, check=True, text=True, env=environment
    )
    categories = json.loads(made.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in WANTED}


def main(lighthouse: str, turns: int = TURNS) -> int:
    """Print the median of each score, and give 1 if one is too low."""
    low = 0
    handler = partial(Host, directory=str(SITE))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in PAGES:
            address = f"http://127.0.0.1:{server.server_port}/{page}"
            found = [scores(lighthouse, address) for _ in range(turns)]
            for name, wanted in WANTED.items():
                score = statistics.median(of[name] for of in found)
                low |= score < wanted
                print(f"/{page} {name}: {score:g} of 100; {wanted} are wanted")
        server.shutdown()
    return low


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
