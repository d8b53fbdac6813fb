"""A copy of the project that a test may build, change and break."""

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).parents[1]
SOURCES = ("build.py", "gradviz_core", "content", "templates", "benchmarks")
REGISTRY = "gradviz_core/registry/functions.toml"
SITE = "content/site.toml"
WORDS = "gradviz_core/registry/strings/words.toml"
KINDS = (
    "home", "page", "errata", "erratum", "tutorial", "step", "functions", "function", "playground",
)  # fmt: skip
BASE_URL = "https://example.org/repo/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)
# With what every page begins.
HEAD = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
"""
# A template that leaves out everything but what a page must have to be linked to.
BARE = f"""{HEAD}<title>{{{{ page.title }}}}</title></head>
<body><main>{{{{ content }}}}<input id="spelling" aria-label="x"></main></body></html>
"""
# The place of home to which pages of functions lead.
PASTE_HERE = '<main><div id="the-lines-to-paste"></div>'
# A place of a page, as the words of the interface and of the site lead to it.
PLACE_LED_TO = re.compile(r'(?:^url = "|\]\()/([\w-]+)/#([\w-]+)["\)]', re.MULTILINE)
# Those that the site chooses, and one to change.
FEW_FUNCTIONS = (
    "sum_of_squares", "sum_of_squares_indexed", "product", "product_of_all", "sine_of_product",
    "mean_of_squares", "exponential_bump", "himmelblau", "plane",
)  # fmt: skip


# How variables begin that decide how a Python starts.
STARTING = ("PYTHON", "COV")


@cache
def builder() -> subprocess.Popen[str]:
    """The process of builder.py that builds for this one."""
    command = [sys.executable, str(Path(__file__).with_name("builder.py"))]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(process.communicate)
    return process


def forked_build(
    root: Path, arguments: Sequence[str]
) -> subprocess.CompletedProcess[str]:
    """Build as a command does, without waiting for Python to import its libraries."""
    process = builder()
    assert process.stdin
    assert process.stdout
    with NamedTemporaryFile("r") as out, NamedTemporaryFile("r") as err:
        order = {
            "root": str(root),
            "arguments": arguments,
            "environment": dict(os.environ),
            "out": out.name,
            "err": err.name,
        }
        print(json.dumps(order), file=process.stdin, flush=True)
        code = int(process.stdout.readline())
        command = ("build.py", *arguments)
        return subprocess.CompletedProcess(command, code, out.read(), err.read())


class Project:
    """A copy of the project in a folder of its own, with the figures drawn already."""

    def __init__(self, root: Path, site: Path | None = None) -> None:
        self.root = root
        self.site = site or root / "site"

    def build(
        self, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run build.py as a command, with these variables beside those of the tests."""
        if environment or any(name.startswith(STARTING) for name in os.environ):
            return self.run(sys.executable, "build.py", *arguments, **environment)
        return forked_build(self.root, arguments)

    def run(
        self, *command: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run any command in the folder of the project."""
        return subprocess.run(
            command, cwd=self.root, env=os.environ | environment,
            text=True, capture_output=True, check=False,
        )  # fmt: skip

    def rebuild(self, *arguments: str, **environment: str) -> dict[str, bytes]:
        """Build what must be sound, and give the files of the site."""
        done = self.build(*arguments, **environment)
        assert done.returncode == 0, done.stderr
        return self.files()

    def read(self, name: str) -> str:
        """The text of a source."""
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        """Write a source, and the folders around it."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def append(self, name: str, text: str) -> None:
        """Add a text at the end of a source."""
        self.write(name, self.read(name) + text)

    def replace(self, name: str, old: str, new: str) -> None:
        """Put one text of a source in the place of another, which must be there."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(name, text.replace(old, new))

    def page(self, path: str) -> str:
        """A file of the site, as text."""
        return (self.site / path).read_bytes().decode()

    def files(self) -> dict[str, bytes]:
        """All that is in the site, by its path."""
        paths = (path for path in self.site.rglob("*") if path.is_file())
        return {
            path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths
        }


def copied(
    folder: Path, source: Path = ROOT, names: Sequence[str] = (*SOURCES, ".cache")
) -> Project:
    """A copy of the sources of a project, and of what its builds have kept; without its site."""
    for name in names:
        if (source / name).is_dir():
            ignored = shutil.ignore_patterns("node_modules")
            shutil.copytree(source / name, folder / name, ignore=ignored)
        elif name != ".cache":  # there may be none
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, folder / name)
    return Project(folder)


def with_site(project: Project, folder: Path) -> Project:
    """A copy of a project and of its site."""
    copy = copied(folder, project.root)
    shutil.copytree(project.site, copy.site)
    return copy


def cold(folder: Path) -> Project:
    """A copy of the whole project, of which nothing is kept."""
    return copied(folder, names=SOURCES)


def keep_english(project: Project) -> None:
    """Take out all that is said in other languages."""
    for folder in ("content", "gradviz_core/registry/strings"):
        for path in (project.root / folder).rglob("*.??.*"):
            path.unlink()


def keep_functions(project: Project, names: Collection[str]) -> None:
    """Leave these functions in the registry, and no others."""
    head, *tables = re.split(r"^(?=\[)", project.read(REGISTRY), flags=re.MULTILINE)
    tables = [table for table in tables if re.match(r"\[(\w+)", table)[1] in names]
    assert len(tables) == len(names)
    project.write(REGISTRY, head + "".join(tables))


def choose(project: Project, name: str) -> None:
    """Let the site choose this function wherever it chooses some."""
    head, chosen, rest = re.split(
        r"(^\[chosen\]\n.*?(?=^\[))", project.read(SITE), flags=re.MULTILINE | re.DOTALL
    )
    chosen = re.sub(r"= \[.*\]", f'= ["{name}"]', chosen)
    project.write(SITE, head + chosen + rest)


def miniature(folder: Path) -> Project:
    """A project with all pages, but few words in them and few functions: it builds at once."""
    project = cold(folder)
    keep_english(project)
    keep_functions(project, FEW_FUNCTIONS)
    for page in (folder / "content").rglob("*.md"):
        if page.parent.name == "functions" and page.stem not in {
            *FEW_FUNCTIONS,
            "index",
        }:
            page.unlink()
        else:
            _, record, _ = page.read_text(encoding="utf-8").split("+++\n", 2)
            # What it showed of its own is gone, and so are the small pictures of that.
            record = re.sub(r"(?ms)^\[picture\]\n.*?(?=^\[|\Z)", "", record)
            page.write_text(f"+++\n{record}+++\n\nA few words.\n", encoding="utf-8")
    led_to = PLACE_LED_TO.findall(project.read(SITE) + project.read(WORDS))
    for page, place in dict.fromkeys(led_to):
        project.append(f"content/{page}.md", f'\n<span id="{place}"></span>\n')
    return project


def reduce(project: Project) -> None:
    """Leave of a miniature a page of each kind, with home and playground bare, and two functions."""
    keep_functions(project, ["product", "plane"])
    choose(project, "product")
    project.write("templates/playground.html", BARE)
    project.write("templates/home.html", BARE.replace("<main>", PASTE_HERE))
    (project.root / "content/functions/exponential_bump.md").unlink()
    for folder, names in (
        ("errata", {"layout", "integer", "ignored-argument", "index"}),
        ("tutorial", {"03-routine", "index"}),
    ):
        for path in (project.root / "content" / folder).iterdir():
            if path.stem not in names:
                path.unlink()
    project.append("content/speed.md", "\nOn {{ benchmarks.date }}.\n")


def tiny(folder: Path) -> Project:
    """A project of three pages and a function in bare templates: few files, so each can fail."""
    project = cold(folder)
    keep_english(project)
    site = project.read(SITE)
    shutil.rmtree(folder / "content")
    project.write(SITE, site)
    choose(project, "plane")
    project.write("content/index.md", '+++\ntitle = "Home"\n+++\n\nA few words.\n')
    project.write("content/notes/one.md", '+++\ntitle = "One"\n+++\n\nA few more.\n')
    keep_functions(project, ["plane"])
    (folder / "templates/scripts.toml").unlink()
    for path in (folder / "templates/static").iterdir():
        if path.is_file():
            path.unlink()
        elif path.name != "css":
            shutil.rmtree(path)
    for name in KINDS:
        project.write(f"templates/{name}.html", BARE)
    return project


# The routine of another book, which is ours in other words.
ANOTHER_BOOK = """
import numpy as np

STEP = 1e-5


def numerical_gradient(f, X, *, step=STEP):
    slopes = np.zeros_like(X)
    for x, row in zip(np.atleast_2d(X), np.atleast_2d(slopes)):
        for i in range(x.size):
            kept = x[i]
            x[i] = kept + step
            ahead = f(x)
            x[i] = kept - step
            row[i] = (ahead - f(x)) / (2 * step)
            x[i] = kept
    return slopes
"""


@contextmanager
def watched(project: Project, *arguments: str) -> Iterator[tuple[Project, str]]:
    """A project that is watched, and the address where it is shown."""
    command = [sys.executable, "build.py", "--serve", "0", *arguments]
    with subprocess.Popen(
        command, cwd=project.root, text=True, stderr=subprocess.PIPE
    ) as running:
        assert running.stderr
        address = next(
            m[0] for line in running.stderr if (m := re.search(r"http://\S+/", line))
        )
        try:
            yield project, address
        finally:
            running.terminate()
