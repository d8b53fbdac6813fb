"""Time this project's own site in English alone against the same site in all languages.

make bench-growth               or: python -m benchmarks.languages [TURNS]

In every turn each site builds once from nothing, once with nothing changed, and once
after an edit of a page that has translations, with two processes; at each of these
stages both take their turn before the next. The time that is kept is that of the
processors, for all processes; memory is what these have together, with each page that
they share counted once.
"""

import dataclasses
import datetime
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.builders import Real
from benchmarks.report import keep, quartiles

TURNS = 3
STAGES = ("cold", "nothing", "page")
SITES = ("one", "all")
FOLDERS = ("content", "gradviz_core/registry/strings")
EDITED = "content/errata/layout.md"
OFTEN = 0.02  # seconds between two looks at the memory


class Site(Real):
    """This project's own site, in English alone or in all its languages."""

    def __init__(self, folder: Path, languages: str) -> None:
        super().__init__(folder)
        command = [*self.builder.command, "--jobs", "2"]
        self.builder = dataclasses.replace(self.builder, command=command, page=EDITED)
        if languages == "one":
            for name in FOLDERS:
                for path in (folder / name).rglob("*.*.*"):
                    path.unlink()

    def measured(self) -> dict[str, float]:
        """Seconds and seconds of the processors that one build takes, and bytes of memory."""
        start = time.perf_counter()
        process = subprocess.Popen(
            self.builder.command, cwd=self.folder, start_new_session=True
        )
        with watched(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("The build failed.")
        return {
            "seconds": time.perf_counter() - start,
            "processor": usage.ru_utime + usage.ru_stime,
            "memory": peak[0],
        }


@contextmanager
def watched(session: int) -> Iterator[list[int]]:
    """The most memory that the processes of a session have had together, in bytes."""
    peak = [0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(OFTEN):
            peak[0] = max(peak[0], memory(session))

    watching = threading.Thread(target=watch)
    watching.start()
    yield peak
    ended.set()
    watching.join()


def memory(session: int) -> int:
    """What the processes of a session have together now; a shared page counts once."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended, or is not ours
            if os.getsid(int(folder.name)) == session:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                total += sum(int(n.split()[1]) for n in lines if n.startswith("Pss:"))
    return total * 1024


def summary(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """Of each stage the times of all turns, and the most memory of any."""
    found: dict[str, Any] = {}
    for stage in STAGES:
        taken = [turn[stage] for turn in turns]
        found[stage] = quartiles([each["processor"] for each in taken])
        found["memory"] = max(
            found.get("memory", 0), *(each["memory"] for each in taken)
        )
    return found


def told(taken: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """How many times as long all languages take: other work on the machine counts in it."""
    for stage in STAGES:
        medians = {
            name: quartiles([turn[stage]["seconds"] for turn in turns])["median"]
            for name, turns in taken.items()
        }
        yield f"{stage}: {medians['all'] / medians['one']:.2f} times the seconds"


def main(turns: int = TURNS) -> None:
    taken: dict[str, list[dict[str, Any]]] = {name: [] for name in SITES}
    with tempfile.TemporaryDirectory() as folder:
        sites = {name: Site(Path(folder) / name, name) for name in SITES}
        for turn in range(turns + 1):
            print(f"turn {turn} of {turns}" if turn else "warming up", flush=True)
            of_turn: dict[str, dict[str, Any]] = {name: {} for name in SITES}
            for stage in STAGES:
                for name, site in sites.items():
                    getattr(site, stage)()
                    of_turn[name][stage] = site.measured()
            if turn:
                for name in SITES:
                    taken[name].append(of_turn[name])
        pages = {
            name: len([*(site.folder / "site").rglob("*.html")])
            for name, site in sites.items()
        }
    print(*told(taken), sep="\n")
    keep(
        languages={
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "cores": os.cpu_count(),
            "turns": turns,
            "versions": {"python": platform.python_version()}
            | {name: version(name) for name in ("matplotlib", "numpy")},
            "sites": {
                name: {"pages": pages[name]} | summary(taken[name]) for name in SITES
            },
        }
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
