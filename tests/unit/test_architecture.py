"""The imports keep the direction of the rings, and each library has one home.

The rings are seen by what is loaded, so a module may be renamed or moved; only the homes of
libraries are read from the imports of all modules.
"""

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import gradviz_core

ROOT = Path(__file__).parents[2]
CORE = ROOT / "gradviz_core"
CONTENT = [*(CORE / "content").glob("[a-z]*.py")]
FINISHED_HTML = "markupsafe"  # a type that whatever writes HTML gives


def run(code, *arguments):
    """The words that Python prints when it runs the code."""
    done = subprocess.run(
        [sys.executable, *arguments, "-c", code],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=True,
    )
    return done.stdout.split()


def loaded_by(code):
    """The top names of what is no part of Python and is loaded once the code has run."""
    known = "set(sys.stdlib_module_names)"
    found = f"{{name.partition('.')[0] for name in sys.modules}} - {known}"
    shown = f"print(*sorted(name for name in {found} if name[0] != '_'))"
    return set(run(f"import sys\nsys.path[:0] = {sys.path}\n{code}\n{shown}", "-S"))


NUMERICS = """
from gradviz_core import FUNCTIONS, Grid, Layout, gradient, measure, parse_spelling
measure(FUNCTIONS["product"], Grid(0, 2, 1), Layout.COLUMNS)
gradient(lambda x: x[0], [1.0, 2.0])
parse_spelling("np.sum(x)").gradient([1.0, 2.0])
"""


def test_numerics_need_numpy_alone():
    assert loaded_by(NUMERICS) == {"gradviz_core", "numpy"}


def test_the_package_by_itself_needs_nothing():
    assert loaded_by("import gradviz_core") == {"gradviz_core"}


def test_what_people_wrote_is_read_without_what_publishes_it():
    loaded = "\n".join(f"import gradviz_core.content.{p.stem}" for p in CONTENT)
    shown = "print(*(name for name in sys.modules if 'publish' in name))"
    assert run(f"import sys\n{loaded}\n{shown}") == []


IMPORTS_OF_ALL = """
import importlib, pkgutil, sys
opened = []
def witness(event, arguments):
    if event == "open" and str(arguments[0]).startswith({root!r}):
        opened.append(str(arguments[0]))
sys.addaudithook(witness)
import gradviz_core
for module in pkgutil.walk_packages(gradviz_core.__path__, "gradviz_core."):
    importlib.import_module(module.name)
print(*opened)
"""


def test_no_module_reads_a_file_while_it_is_imported():
    opened = {Path(name) for name in run(IMPORTS_OF_ALL.format(root=f"{ROOT}/"))}
    read = {
        p
        for p in opened
        if p.suffix != ".py" and not {"__pycache__", ".venv"} & {*p.parts}
    }
    assert read == set()


def imported_by(path):
    """The top names of what a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_each_library_but_numpy_has_one_home():
    homes = defaultdict(list)
    for path in CORE.rglob("*.py"):
        for name in imported_by(path) - set(sys.stdlib_module_names):
            homes[name].append(path.name)
    shared = {name for name, modules in homes.items() if len(modules) > 1}
    assert shared == {"gradviz_core", "numpy", FINISHED_HTML}
    assert {"matplotlib", "jinja2", "markdown", "pygments"} < set(homes)


def test_the_package_gives_every_name_it_lists():
    for name in gradviz_core.__all__:
        assert not isinstance(getattr(gradviz_core, name), type(gradviz_core)), name
    assert dir(gradviz_core) == sorted(gradviz_core.__all__)
    assert not hasattr(gradviz_core, "gradients_of")
