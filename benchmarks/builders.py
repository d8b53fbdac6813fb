"""Time this project and its peers, each building the same six figures and eight pages.

    make bench                      or: python -m benchmarks.builders [TURNS]

Every contestant gets a folder of its own, with the pages and figures in the form it
asks for, and what stands in peers/. In every turn each builds once from nothing, once
with nothing changed, once after an edit of a page, and once after an edit of the module
that draws; at each of these stages all take their turn before the next. What a build
has made is looked at after it: a contestant that leaves out a page or a figure has no
time. Writes its part of results.json.
"""

import datetime
import importlib.metadata
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import keep, quartiles
from benchmarks.report_builders import (
    ELEVENTY,
    ENGINE,
    GALLERY,
    HUGO,
    MATERIAL,
    PEERS,
    PELICAN,
    SPHINX,
    STAGES,
)

ROOT = Path(__file__).parents[1]
FILES = ROOT / "benchmarks" / "peers"
MODULES = Path(sys.prefix) / "node_modules"
PYTHON = sys.executable
TURNS = 11
INK = "#0072b2"  # of the arrows, in this project and in peers/shared/drawing.py

FIGURES = {  # the two coordinates of the arrow at x0, x1
    "product": ("x1", "x0"),
    "bowl": ("2 * x0", "2 * x1"),
    "saddle": ("2 * x0", "-2 * x1"),
    "sine": ("x1 * np.cos(x0 * x1)", "x0 * np.cos(x0 * x1)"),
    "bump": ("-2 * x0 * np.exp(-x0**2 - x1**2)", "-2 * x1 * np.exp(-x0**2 - x1**2)"),
    "valley": ("-2 - 40 * x0 * (x1 - x0**2)", "20 * (x1 - x0**2)"),
}
PAGES = (*FIGURES, "reading", "about")
SCRIPT = '''"""
{title}
{line}
"""

from drawing import draw, np, x0, x1

draw({0}, {1})
'''
SESSION = """{{#
```pycon
>>> points = Grid().points
>>> x0, x1 = points.T
>>> arrows = np.column_stack([{0}, {1}])
```
#}}
{{% set made = page | session %}}
{{{{ drawn("arrows", *fields(made.points, made.arrows)) }}}}"""

Write = Callable[[str, str], str]  # from the name of a page and its text to its file


@dataclass(frozen=True)
class Builder:
    """How a contestant is set up and run; paths are relative to its folder."""

    name: str
    folder: str  # in peers/
    command: Sequence[str]
    page: str  # where its pages go, each by its name
    head: str  # what stands above the text of a page, by its title
    shown: str  # how a page shows the figure of its name
    site: str  # what it writes
    images: str = ""  # where a script draws the figures before the command runs
    kept: tuple[str, ...] = ()  # what it keeps beside the site

    @property
    def commands(self) -> list[Sequence[str]]:
        """What is typed for a build."""
        drawing = [[PYTHON, "figures.py", self.images]] if self.images else []
        return [*drawing, self.command]


MARKDOWN = "# {title}\n\n"
TOML = '+++\ntitle = "{title}"\n+++\n\n'
IMAGE = "![The arrows]({}plot_{{name}}.svg)".format
BUILDERS = (
    Builder(
        ENGINE,
        "gradviz",
        [PYTHON, "build.py", "-q"],
        "content/{name}.md",
        TOML,
        "",
        "site",
        kept=(".cache",),
    ),
    Builder(
        SPHINX,
        "sphinx",
        [PYTHON, "-m", "sphinx", "-q", "source", "site"],
        "source/{name}.md",
        MARKDOWN,
        "![The arrows](gallery/images/sphx_glr_plot_{name}_001.svg)",
        "site",
        kept=("source/gallery", "source/sg_execution_times.rst"),
    ),
    *(
        Builder(
            name,
            "mkdocs",
            [PYTHON, "-m", "mkdocs", "build", "-q", "-f", settings],
            "docs/{name}.md",
            MARKDOWN,
            "![The arrows](gallery/images/mkd_glr_plot_{name}_001.svg)",
            "site",
            kept=("docs/gallery",),
        )
        for name, settings in ((GALLERY, "mkdocs.yml"), (MATERIAL, "material.yml"))
    ),
    Builder(
        PELICAN,
        "pelican",
        [
            PYTHON,
            "-m",
            "pelican",
            "content",
            "-o",
            "site",
            "-s",
            "pelicanconf.py",
            "-q",
        ],
        "content/pages/{name}.md",
        "Title: {title}\n\n",
        IMAGE("/images/"),
        "site",
        "content/images",
        ("content/images", "figures.json"),
    ),
    Builder(
        HUGO,
        "hugo",
        ["hugo", "--quiet"],
        "content/{name}.md",
        TOML,
        IMAGE("/"),
        "public",
        "static",
        ("static", "figures.json", ".hugo_build.lock"),
    ),
    Builder(
        ELEVENTY,
        "eleventy",
        ["node", str(MODULES / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"],
        "content/{name}.md",
        "---\ntitle: {title}\nlayout: page.html\n---\n\n",
        IMAGE("/images/"),
        "_site",
        "images",
        ("images", "figures.json"),
    ),
)


class Site:
    """A contestant in a folder of its own, and what an edit does to it."""

    def __init__(self, folder: Path, builder: Builder) -> None:
        self.folder = folder
        self.builder = builder
        self.ink = INK
        self.lines = 0

    def build(self) -> tuple[float, int]:
        """Seconds of one build, and the most memory that one of its processes had, in bytes."""
        seconds, peaks = zip(
            *(run(c, self.folder) for c in self.builder.commands), strict=True
        )
        return sum(seconds), max(peaks)

    def cold(self) -> None:
        for name in (self.builder.site, *self.builder.kept):
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def nothing(self) -> None:
        pass

    def page(self) -> None:
        """Add a sentence to a page that shows a figure."""
        self.lines += 1
        with (self.folder / self.builder.page.format(name="saddle")).open("a") as file:
            file.write(f"\nThis is sentence {self.lines}.\n")

    def module(self) -> None:
        """Let the module that draws give the arrows another colour."""
        old, self.ink = self.ink, f"#00{self.lines:02}b2"
        (path,) = (
            path
            for place in ("drawing.py", "gradviz_core/figures/drawing.py")
            if (path := self.folder / place).exists()
        )
        text = path.read_text(encoding="utf-8")
        assert text.count(f'"{old}"') == 1, f"{old} does not stand once in {path}"
        path.write_text(text.replace(old, self.ink), encoding="utf-8")

    def redrawn(self) -> int:
        """How many of the figures have the colour that stands in the module now."""
        files = [*(self.folder / self.builder.site).rglob("*.svg")]
        drawn = {path: self.ink in path.read_text(encoding="utf-8") for path in files}
        return sum(
            any(drawn[p] for p in files if name in p.parts[-2] + p.stem)
            for name in FIGURES
        )

    def shown(self) -> int:
        """How many pages are there, and up to date."""
        site = self.folder / self.builder.site
        texts = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
        assert not self.lines or any(
            f"This is sentence {self.lines}." in text for text in texts
        )
        return sum("The arrows stand on a regular grid" in text for text in texts)


def run(command: Sequence[str], folder: Path) -> tuple[float, int]:
    """Seconds of a command, and the most memory that one of its processes had, in bytes."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode()}")
    return seconds, usage.ru_maxrss * 1024


def set_up(builder: Builder, folder: Path) -> Site:
    """Write a contestant's folder: its own files, the pages, and the scripts of the figures."""
    shutil.copytree(FILES / builder.folder, folder)
    if builder.name == ENGINE:
        bare(folder)
    else:
        shutil.copytree(FILES / "shared", folder, dirs_exist_ok=True)
        for name, arrows in FIGURES.items():
            text = SCRIPT.format(*arrows, title=name.capitalize(), line="=" * len(name))
            (folder / "figures" / f"plot_{name}.py").write_text(text, encoding="utf-8")
    text = (FILES / "text.md").read_text(encoding="utf-8")
    for name in PAGES:
        path = folder / builder.page.format(name=name)
        path.parent.mkdir(parents=True, exist_ok=True)
        shown = builder.shown.format(name=name) or SESSION.format(
            *FIGURES.get(name, "--")
        )
        head = builder.head.format(title=name.capitalize())
        path.write_text(
            head + text.replace("{figure}", shown * (name in FIGURES)), "utf-8"
        )
    return Site(folder, builder)


def bare(folder: Path) -> None:
    """This project without its functions and templates, but for those that `drawn` fills."""
    copied(
        folder,
        "build.py",
        "gradviz_core",
        "templates/_drawn.html",
        "templates/_key.html",
        "templates/drawn.csv.txt",
    )
    registry = folder / "gradviz_core" / "registry"
    (registry / "functions.toml").write_text("", encoding="utf-8")
    for translation in (registry / "strings").glob("functions.*.toml"):
        translation.unlink()


def copied(folder: Path, *names: str) -> None:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=ignored)
        else:
            shutil.copyfile(ROOT / name, target)


class Real(Site):
    """The site of this project itself; no other can build it."""

    def __init__(self, folder: Path) -> None:
        builder = Builder(
            "", "", [PYTHON, "build.py", "-q"], "content/about.md", "", "", "site"
        )
        super().__init__(folder, builder)
        copied(
            folder,
            "build.py",
            "gradviz_core",
            "content",
            "templates",
            "benchmarks/results.json",
        )

    def cold(self) -> None:
        for name in ("site", ".cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)


def race(sites: dict[str, Site], turns: int) -> tuple[dict[str, Any], dict[str, int]]:
    """Seconds of each at every stage, and how many figures an edit of the module redrew."""
    seconds: dict[str, Any] = {name: {stage: [] for stage in STAGES} for name in sites}
    redrawn = {}
    for turn in range(turns + 1):
        print("warming up" if not turn else f"turn {turn} of {turns}", flush=True)
        for stage in STAGES:
            for name, site in sites.items():
                if stage == "module" and isinstance(site, Real):
                    continue
                getattr(site, stage)()
                took, _ = site.build()
                if turn:
                    seconds[name][stage].append(took)
                check(name, site, stage)
                if stage == "module":
                    redrawn[name] = site.redrawn()
    return seconds, redrawn


def check(name: str, site: Site, stage: str) -> None:
    """What was timed must have been made."""
    if not isinstance(site, Real):
        assert site.shown() == len(PAGES), f"{name} has made {site.shown()} pages"
        if stage != "module":
            assert site.redrawn() == len(FIGURES), (
                f"{name} has made {site.redrawn()} figures"
            )


def versions() -> dict[str, str]:
    """What each contestant says of itself."""
    packages = (
        "sphinx",
        "sphinx-gallery",
        "myst-parser",
        "mkdocs",
        "mkdocs-gallery",
        "pelican",
    )
    found = {"python": platform.python_version()}
    found |= {
        name: importlib.metadata.version(name)
        for name in (*packages, "matplotlib", "numpy")
    }
    eleventy = BUILDERS[-1].command[:-1]
    for name, command in (
        ("hugo", ["hugo", "version"]),
        ("eleventy", [*eleventy, "--version"]),
    ):
        said = subprocess.run(
            command, capture_output=True, text=True, check=True
        ).stdout
        found[name] = said.removeprefix("hugo v").split("+")[0].split()[0]
    found["node"] = subprocess.run(
        ["node", "--version"], capture_output=True, text=True, check=True
    ).stdout.strip("v\n")
    return found


def main(turns: int = TURNS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sites = {
            b.name: set_up(b, Path(folder) / str(k)) for k, b in enumerate(BUILDERS)
        }
        real = "the real site"
        sites[real] = Real(Path(folder) / "real" / "gradviz")
        seconds, redrawn = race(sites, turns)
    times = {
        name: {stage: quartiles(each) for stage, each in stages.items() if each}
        for name, stages in seconds.items()
    }
    keep(
        builders={
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "cores": os.cpu_count(),
            "turns": turns,
            "versions": versions(),
            "figures": len(FIGURES),
            "pages": len(PAGES),
            "peers": PEERS,
            "site": times.pop(real),
            "times": times,
            "redrawn": redrawn,
        }
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
