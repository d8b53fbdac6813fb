"""Time this project's own site with so many functions, and measure its memory and size.

make bench-growth               or: python -m benchmarks.growth [TURNS]

The registry is filled up with generated functions; templates and pages are those of the
site.
"""

import datetime
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.builders import Real
from benchmarks.report import keep, quartiles

COUNTS = (100, 1000)
TURNS = 3
KINDS = {  # spelling and gradient, by what is to be put in for a and b
    "bowl": ("{a} * x[0]**2 + {b} * x[1]**2", "2 * {a} * x[0]", "2 * {b} * x[1]"),
    "product": ("{a} * x[0] * x[1] + {b}", "{a} * x[1]", "{a} * x[0]"),
    "wave": ("np.sin({a} * x[0]) + {b} * x[1]", "{a} * np.cos({a} * x[0])", "{b}"),
    "bump": (
        "{b} * np.exp(-x[0]**2 - {a} * x[1]**2)",
        "-2 * x[0] * {b} * np.exp(-x[0]**2 - {a} * x[1]**2)",
        "-2 * {a} * x[1] * {b} * np.exp(-x[0]**2 - {a} * x[1]**2)",
    ),
}


def fill(registry: Path, count: int) -> None:
    """Append functions until there are so many; no two are alike."""
    text = registry.read_text(encoding="utf-8")
    for k in range(count - text.count("\n[")):
        (kind, formulas), (a, b) = (
            [*KINDS.items()][k % len(KINDS)],
            (1 + k / 1000, 2 + k / 500),
        )
        spelling, *gradient = (repr(each.format(a=a, b=b)) for each in formulas)
        text += (
            f'\n[{kind}_{k}]\ntitle = "{kind.capitalize()} {k}"\ntex = "x_0 x_1"\n'
            f"spelling = {spelling}\ngradient = [{', '.join(gradient)}]\n"
            'note = "One of many."\n'
        )
    registry.write_text(text, encoding="utf-8")


def measured(site: Real) -> dict[str, Any]:
    """Seconds of a build from nothing, of one more, and after an edit; and what is there then."""
    found: dict[str, Any] = {}
    for stage in ("cold", "nothing", "page"):
        getattr(site, stage)()
        found[stage], peak = site.build()
        found["memory"] = max(found.get("memory", 0), peak)
    files = [path for path in (site.folder / "site").rglob("*") if path.is_file()]
    return found | {
        "figures": sum(path.parent.name == "figures" for path in files),
        "pages": sum(path.suffix == ".html" for path in files),
        "bytes": sum(path.stat().st_size for path in files),
    }


def summary(turns: list[dict[str, Any]]) -> dict[str, Any]:
    """Times of all turns, the most memory of any; the rest is the same in each."""
    times = {
        stage: quartiles([t[stage] for t in turns])
        for stage in ("cold", "nothing", "page")
    }
    return turns[-1] | times | {"memory": max(turn["memory"] for turn in turns)}


def main(turns: int = TURNS) -> None:
    taken: dict[int, list[dict[str, Any]]] = {count: [] for count in COUNTS}
    with tempfile.TemporaryDirectory() as folder:
        sites = {count: Real(Path(folder) / str(count)) for count in COUNTS}
        for count, site in sites.items():
            fill(site.folder / "gradviz_core" / "registry" / "functions.toml", count)
        for turn in range(turns):
            for count, site in sites.items():
                print(f"turn {turn + 1} of {turns}: {count:,} functions", flush=True)
                taken[count].append(measured(site))
    keep(
        growth={
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "cores": os.cpu_count(),
            "turns": turns,
            "versions": {"python": platform.python_version()}
            | {name: version(name) for name in ("matplotlib", "numpy")},
            "sites": {str(count): summary(each) for count, each in taken.items()},
        }
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
