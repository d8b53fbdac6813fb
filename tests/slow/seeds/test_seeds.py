"""Every seed still finds its place, and leaves files that can be read."""

import filecmp
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from slow.seeds.faults import FAULTS
from slow.seeds.seeding import (
    Fault,
    Rendered,
    SeedLost,
    append,
    constant,
    expression,
    text,
)

ROOT = Path(__file__).parents[3]
SEEDED = ("build.py", "gradviz_core", "templates", "content")
EACH = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@pytest.fixture(scope="session")
def whole_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What can be seeded, in a folder that all tests of a process use."""
    folder = tmp_path_factory.mktemp("copy")
    for name in SEEDED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            without = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=without)
        else:
            shutil.copy(source, target)
    return folder


@pytest.fixture
def copy(whole_copy: Path) -> Iterator[Path]:
    """What can be seeded, and is mended afterwards."""
    yield whole_copy
    for path in changed_files(whole_copy):
        shutil.copy(ROOT / path.relative_to(whole_copy), path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without a fault."""
    out = tmp_path_factory.mktemp("unseeded") / "site"
    command = [sys.executable, "build.py", "-q", "--base-url", "https://example.org/a"]
    subprocess.run([*command, "--out", str(out)], cwd=ROOT, check=True)
    return out


def changed_files(copy: Path) -> list[Path]:
    """The files of a copy that are not those of the project."""
    files = [path for path in copy.rglob("*") if path.is_file()]
    return [
        path
        for path in files
        if not filecmp.cmp(path, ROOT / path.relative_to(copy), shallow=False)
    ]


def read(path: Path) -> None:
    """Read a file as what its name says, and raise what is wrong in it."""
    source = path.read_text("utf-8")
    if path.suffix == ".py":
        compile(source, path, "exec")
    elif path.suffix == ".js":
        subprocess.run(["node", "--check", path], check=True, capture_output=True)
    elif path.suffix == ".toml":
        tomllib.loads(source)
    elif path.suffix == ".css":
        assert source.count("{") == source.count("}")
    elif path.suffix in (".html", ".txt", ".xml"):
        jinja2.Environment().parse(source)


@EACH
def test_a_seed_finds_its_place_and_leaves_what_can_be_read(
    fault: Fault, copy: Path
) -> None:
    fault.seed(copy)
    changed = changed_files(copy)
    assert changed
    for path in changed:
        read(path)


@pytest.mark.parametrize(
    "fault",
    [fault for fault in FAULTS if isinstance(fault.seed, Rendered)],
    ids=lambda fault: fault.name,
)
def test_a_seed_for_pages_changes_one_at_least(fault: Fault, site: Path) -> None:
    assert isinstance(fault.seed, Rendered)
    texts = [
        path.read_text("utf-8")
        for path in site.rglob("*")
        if path.suffix in (".html", ".xml", ".txt", ".csv", ".py")
    ]
    assert any(fault.seed.changed(each) != each for each in texts)


def test_no_two_faults_have_one_name() -> None:
    names = Counter(fault.name for fault in FAULTS)
    assert [name for name, times in names.items() if times > 1] == []


def test_a_seed_that_finds_nothing_is_lost(copy: Path) -> None:
    nothing = [
        constant(123456789, 1),
        expression("A_ << B_ << C_", "A_"),
        text("no such words anywhere", "", ("templates/**/*.html",)),
        append("", ("templates/static/no.js",)),
    ]
    for seed in nothing:
        with pytest.raises(SeedLost):
            seed(copy)


def test_a_seed_that_finds_more_than_one_place_is_lost(copy: Path) -> None:
    with pytest.raises(SeedLost):
        text("</?html", "", ("templates/**/*.html",), times=1)(copy)
