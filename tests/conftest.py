"""A site built once for all tests, and copies of the project to break."""

import fcntl
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from project import (
    BASE_URL,
    Project,
    copied,
    miniature,
    reduce,
    tiny,
    watched,
    with_site,
)
from unit import script_readers

pytest_plugins = ["browser_fixtures"]

# What runs in the background may have been told to ignore it, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
# A build of a copy then finds what the first has compiled, as it does for everyone.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
settings.register_profile("patient", deadline=None)  # a machine may be busy otherwise
settings.load_profile("patient")


@pytest.fixture(scope="session")
def gradviz_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script that is published for whoever loads one file, in a file of its own."""
    path = tmp_path_factory.mktemp("published") / "gradviz.js"
    path.write_text(script_readers.published_script(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """What builds a project for every process of this run: whoever comes second finds it there."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder

    def made(name: str, make: Callable[[Path], Project], *arguments: str) -> Project:
        root = shared / name / "gradviz"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (root / "site").exists():
                shutil.rmtree(root, ignore_errors=True)  # of a build that failed
                project = make(root)
                keeps_nothing = not (root / ".cache").exists()
                if keeps_nothing and name != "built":
                    share_figures(project, shared)
                began = time.time()
                # A page may take long where other processes keep the machine busy. The process
                # that builds for the tests is left to these: two threads cannot share it.
                command = (sys.executable, "build.py", "--time-limit", "0", *arguments)
                done = project.run(*command)
                assert done.returncode == 0, done.stderr
                drop_unused(project, began)
        return Project(root)

    return made


def share_figures(project: Project, shared: Path) -> None:
    """Let a project have what the whole site has drawn in this run, if a test has asked for it."""
    if (shared / "built.lock").exists():
        with (shared / "built.lock").open() as lock:  # it may be drawing still
            fcntl.flock(lock, fcntl.LOCK_SH)
    built = shared / "built/gradviz"
    if (built / "site").exists():
        shutil.copytree(built / ".cache", project.root / ".cache")


def drop_unused(project: Project, began: float) -> None:
    """Drop what a build since then has not used: each copy of the project would copy it, too."""
    for path in (project.root / ".cache").glob("*.pickle"):
        if path.stat().st_mtime < began - 1:  # clocks of files are coarse
            path.unlink()


BUILT = ("built", copied, "--base-url", BASE_URL)


@pytest.fixture(scope="session", autouse=True)
def built_meanwhile(
    request: pytest.FixtureRequest, once: Callable[..., Project]
) -> Iterator[None]:
    """Build the site while the first tests run, so that none of them waits for all of it."""
    is_first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    is_asked_for = any("built" in fixtures_of(item) for item in request.session.items)
    if not is_first or not is_asked_for:
        yield
        return
    building = threading.Thread(target=attempted, args=(once, *BUILT))
    building.start()
    yield
    building.join()


def fixtures_of(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def attempted(once: Callable[..., Project], *arguments: Any) -> None:
    """Build a project; if that fails, whoever asks for it tries again, and says why."""
    with suppress(AssertionError):
        once(*arguments)


@pytest.fixture(scope="session")
def built(once: Callable[..., Project]) -> Project:
    """The site as it is published. Read it, do not change it.

    What builds of the checkout have kept is not made again: it is kept under all that
    decides it, the code among it. Whatever has changed is made here.
    """
    return once(*BUILT)


@pytest.fixture(scope="session")
def model(once: Callable[..., Project]) -> Project:
    """A miniature of the project with its site. Read it, do not change it."""
    return once("model", miniature, "--base-url", BASE_URL)


@pytest.fixture(scope="session")
def drawn(once: Callable[..., Project]) -> Project:
    """A project of a few pages, with its figures drawn. Read it, do not change it."""
    return once("drawn", tiny)


@pytest.fixture
def bare(drawn: Project, tmp_path: Path) -> Project:
    """A project of a few pages in bare templates, to change, with a site in it."""
    return with_site(drawn, tmp_path / "gradviz")


@pytest.fixture
def small(model: Project, tmp_path: Path) -> Project:
    """A miniature to change, with a site in it."""
    return with_site(model, tmp_path / "gradviz")


@pytest.fixture
def few(small: Project) -> Project:
    """A miniature with a page of each kind and two functions, to change, with a site in it."""
    reduce(small)
    small.rebuild()
    return small


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy to change, with a site in it."""
    return with_site(built, tmp_path / "gradviz")


@pytest.fixture
def preview(small: Project) -> Iterator[tuple[Project, str]]:
    """A miniature that is watched, and where it is shown."""
    with watched(small) as shown:
        yield shown


@pytest.fixture
def bare_preview(bare: Project) -> Iterator[tuple[Project, str]]:
    """A project of a few pages in bare templates that is watched, and where it is shown."""
    with watched(bare) as shown:
        yield shown
