"""The imports keep the direction of the rings, and each library has one home."""

import ast
import sys
from pathlib import Path

import pytest

import gradviz_core

ROOT = Path(__file__).parents[1]
CORE = ROOT / "gradviz_core"
NUMERICS = [
    "book", "errors", "functions", "gradients", "layout", "measurement", "quiver", "records",
    "rules", "spelling", "trace",
]  # fmt: skip
HOMES = {
    "matplotlib": ["figures"],
    "jinja2": ["publish.render"],
    "markdown": ["publish.prose"],
    "math_core": ["publish.prose"],
    "pygments": ["publish.prose"],
    "markupsafe": ["publish.formats", "publish.prose", "publish.render"],  # a type of theirs all
    "fcntl": ["publish.swap"],
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


MODULES = {
    path.relative_to(CORE).with_suffix("").as_posix().replace("/", "."): imports(path)
    for path in CORE.rglob("*.py")
}


@pytest.mark.parametrize("module", NUMERICS)
def test_numerics_import_nothing_of_drawing_or_publishing(module):
    outside = {name.split(".")[0] for name in MODULES[module]} - {"gradviz_core", "numpy"}
    assert outside <= sys.stdlib_module_names
    inside = {n.split(".")[1] for n in MODULES[module] if n.startswith("gradviz_core.")}
    assert inside <= {*NUMERICS}


@pytest.mark.parametrize(("library", "homes"), HOMES.items())
def test_each_library_has_one_home(library, homes):
    users = [m for m, names in MODULES.items() if any(n.split(".")[0] == library for n in names)]
    assert sorted(users) == homes


def test_every_library_is_listed():
    used = {name.split(".")[0] for names in MODULES.values() for name in names}
    assert used - sys.stdlib_module_names - {"gradviz_core", "numpy"} == {*HOMES} - {"fcntl"}


def test_the_map_names_every_module():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("##")[0]
    named = {module.rpartition(".")[2] for module in MODULES} - {"__init__"}
    assert {module for module in named if f"`{module}" not in text} == set()


def test_only_what_measures_draws_or_exports_a_function_knows_its_measurement():
    measuring = {m for m, names in MODULES.items() if "gradviz_core.measurement" in names}
    assert measuring <= {"__init__", "__main__", "quiver", "publish.entries", "publish.exports"}


def test_the_package_gives_every_name_it_lists():
    for name in gradviz_core.__all__:
        assert getattr(gradviz_core, name).__class__ is not type(gradviz_core), name
    assert dir(gradviz_core) == sorted(gradviz_core.__all__)
    assert not hasattr(gradviz_core, "gradients_of")


def lengths(path: Path) -> list[int]:
    """Lines of each function, its docstring and signature aside."""
    result = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            result.append(node.end_lineno - body[0].lineno + 1 if body else 1)
    return sorted(result)


def test_the_code_keeps_its_budget():
    paths = [ROOT / "build.py", *CORE.rglob("*.py")]
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    assert sum(sizes.values()) <= 3000
    assert max(sizes.values()) <= 280, sizes
    functions = sorted(length for path in paths for length in lengths(path))
    assert functions[len(functions) // 2] <= 8
    assert functions[int(len(functions) * 0.9)] <= 25
    assert functions[-1] <= 45


def test_scripts_and_the_style_sheet_keep_theirs():
    static = ROOT / "templates" / "static"
    lines = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in static.glob("*s")}
    assert sum(count for name, count in lines.items() if name.endswith(".js")) <= 1200
    assert lines["site.css"] < 500
