"""A copy of the project that a test may build, change and break."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ("build.py", "gradviz_core", "content", "templates", "benchmarks")
KINDS = (
    "home", "page", "errata", "erratum", "tutorial", "step", "functions", "function", "playground",
)  # fmt: skip
BASE_URL = "https://example.org/repo/"
BASE = (ROOT / "templates/base.html").read_text(encoding="utf-8")
HEAD = BASE.partition('<meta name="viewport"')[0]  # with what every page begins


class Project:
    """A copy of the project in a folder of its own, with the figures drawn already."""

    def __init__(self, root: Path, site: Path | None = None) -> None:
        self.root = root
        self.site = site or root / "site"

    def build(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "build.py", *arguments],
            cwd=self.root, env=os.environ | environment, text=True, capture_output=True, check=False,
        )  # fmt: skip

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.site.rglob("*") if path.is_file())
        return {
            path.relative_to(self.site).as_posix(): path.read_bytes()
            if path.stat().st_size
            else b""
            for path in found
        }


def miniature(folder: Path) -> Project:
    """A project with all pages, but few words in them and few functions: it builds at once."""
    project = copied(folder, names=SOURCES)  # with no store: a fraction of it is needed here
    templates = (p.read_text(encoding="utf-8") for p in (folder / "templates").glob("*.html"))
    needed = {*re.findall(r"\w+", "".join(templates)), "sine_of_product", "plane"}
    registry = folder / "gradviz_core/functions.toml"
    head, *tables = re.split(r"^(?=\[)", registry.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = [table for table in tables if re.match(r"\[(\w+)", table)[1] in needed]
    registry.write_text(head + "".join(kept), encoding="utf-8")
    for page in (folder / "content").rglob("*.md"):
        if page.parent.name == "functions" and page.stem not in {*needed, "index"}:
            page.unlink()
        else:
            _, record, _ = page.read_text(encoding="utf-8").split("+++\n", 2)
            page.write_text(f"+++\n{record}+++\n\nA few words.\n", encoding="utf-8")
    return project


def copied(
    folder: Path, source: Path = ROOT, names: Sequence[str] = (*SOURCES, ".cache")
) -> Project:
    for name in names:
        if (source / name).is_dir():
            ignored = shutil.ignore_patterns("node_modules")
            shutil.copytree(source / name, folder / name, ignore=ignored)
        elif name != ".cache":  # there may be none
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, folder / name)
    return Project(folder)


def tiny(folder: Path) -> Project:
    """A project of three pages and a function in bare templates: few files, so each can fail."""
    project = miniature(folder)
    shutil.rmtree(folder / "content")
    project.write("content/index.md", '+++\ntitle = "Home"\n+++\n\nA few words.\n')
    project.write("content/notes/one.md", '+++\ntitle = "One"\n+++\n\nA few more.\n')
    registry = folder / "gradviz_core/functions.toml"
    tables = re.split(r"^(?=\[)", registry.read_text(encoding="utf-8"), flags=re.MULTILINE)
    registry.write_text(next(t for t in tables if t.startswith("[plane]")), encoding="utf-8")
    for path in (folder / "templates/static").iterdir():
        if path.name != "site.css":
            path.unlink()
    page = f"{HEAD}<title>{{{{ page.title }}}}</title><main>{{{{ content }}}}</main>\n"
    for name in KINDS:
        project.write(f"templates/{name}.html", page)
    return project
