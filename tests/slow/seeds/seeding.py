"""Small functions that put one fault into a copy of the project.

Each finds its place by what stands there means, not by where it stands: by the name of
a library's function, by a name of the contract, by the operation that is performed, by
the words that a reader sees. So a seed outlives a new name, a move to another module
and another formatting. Where it finds nothing, or more than it expects, it raises
`SeedLost`, and the test of the seeds fails, so that no seed passes unnoticed.

A seed is a function of the folder that holds the copy. The functions below make seeds:

    around_function(name, body)   a function or method of ours does something else
    around_call(name, body)       a call of a function of that name does something else
    before_saving(body)           a figure is changed just before matplotlib saves it
    expression(pattern, new)      one expression of Python stands for another
    constant(old, new)            one number or text of Python stands for another
    swap_constants(one, other)    two of them change places
    key_without(drop)             what is kept goes by a name that lacks something
    rendered(edit, ...)           a page is changed once its template has been filled
    text(pattern, new, files)     a text of any kind is changed
    swap_text(one, other, files)  two texts change places
    append(code, files)           a script does something more at its end
    both(seed, other)             the same fault in two places

In `body`, `call` is the function as it was, `args` and `named` are what it is given.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from slow.seeds import edits

Seed = Callable[[Path], None]
PYTHON = ("build.py", "gradviz_core/**/*.py")
TEMPLATES = ("templates/**/*.html", "templates/**/*.txt", "templates/**/*.xml")
SOURCES_OF_FUNCTIONS = ("gradviz_core/**/functions.toml",)
WORDS = ("gradviz_core/**/words.toml",)
SCRIPTS = ("templates/static/**/*.js",)
STYLES = ("templates/static/**/*.css",)
CONTENT = ("content/**/*.md",)


@dataclass(frozen=True)
class Fault:
    """One fault: its name, what it is about, what the developer did, and the seed."""

    name: str
    area: str
    did: str
    seed: Seed
    unseen: str = ""  # where it shows, if not in the built site


class SeedLost(Exception):
    """A seed finds nothing to change, or more than it expects."""


def files(root: Path, globs: tuple[str, ...], having: str = "") -> list[Path]:
    """The files of a copy that these globs name, and in which a pattern is found."""
    found = {path for glob in globs for path in root.glob(glob) if path.is_file()}
    return sorted(p for p in found if re.search(having, p.read_text("utf-8")))


def expect(count: int, times: int | None, what: str) -> None:
    """Raise `SeedLost` unless something was found so often; None is once or more."""
    if count == 0 or times not in (None, count):
        raise SeedLost(f"{what}: found {count} times, not {times or 'at all'}")


# Python


def python(root: Path, having: str = "") -> Iterator[tuple[Path, bytes, ast.Module]]:
    """The modules of a copy, each with its source and its tree."""
    for path in files(root, PYTHON, having):
        source = path.read_bytes()
        yield path, source, ast.parse(source)


def spliced(source: bytes, changes: list[tuple[int, int, str]]) -> bytes:
    """A source with other texts from one offset to another."""
    for start, end, new in sorted(changes, reverse=True):
        source = source[:start] + new.encode() + source[end:]
    return source


def offsets(source: bytes, node: Any) -> tuple[int, int]:
    """Where a node begins and ends, in bytes."""
    lines = [0, *(m.end() for m in re.finditer(b"\n", source))]
    start = lines[node.lineno - 1] + node.col_offset
    return start, lines[node.end_lineno - 1] + node.end_col_offset


def definitions(tree: ast.Module, name: str) -> list[tuple[ast.stmt, ast.stmt]]:
    """The statements that define a name such as f or Class.method, and what holds them."""
    outer, _, inner = name.rpartition(".")
    kinds = (ast.FunctionDef, ast.ClassDef)
    found: list[tuple[ast.stmt, ast.stmt]] = []
    for holder in tree.body:
        if not isinstance(holder, kinds):
            continue
        if not outer and holder.name == inner:
            found.append((holder, holder))
        if outer == holder.name and isinstance(holder, ast.ClassDef):
            inside = [each for each in holder.body if isinstance(each, kinds)]
            found += [(each, holder) for each in inside if each.name == inner]
    return found


def wrapper(name: str, body: str) -> str:
    """Code of a function that takes a function and gives one that does something else."""
    lines = textwrap.indent(textwrap.dedent(body).strip(), "        ")
    return (
        f"def {name}(call):\n"
        "    import functools\n\n"
        "    def changed(*args, **named):\n"
        f"{lines}\n\n"
        "    return functools.wraps(call)(changed)\n"
    )


def around_function(name: str, body: str) -> Seed:
    """Let a function, method or property of this name do something else."""
    code = wrapper("_seeded", body)

    def seed(root: Path) -> None:
        places = [
            (path, source, found)
            for path, source, tree in python(root)
            for found in definitions(tree, name)
        ]
        expect(len(places), 1, f"a definition of {name}")
        path, source, (defined, holder) = places[0]
        decorators = [
            ast.unparse(each) for each in getattr(defined, "decorator_list", [])
        ]
        if any("property" in each for each in decorators):
            after = f"{name} = property(_seeded({name}.fget or {name}.func))"
        else:
            after = f"{name} = _seeded({name})"
        end = offsets(source, holder)[1]
        path.write_bytes(spliced(source, [(end, end, f"\n\n\n{code}\n\n{after}\n")]))

    return seed


def before_body(tree: ast.Module, source: bytes) -> int:
    """The offset below the docstring and the imports of a module."""
    imports = (ast.Import, ast.ImportFrom)
    for k, statement in enumerate(tree.body):
        is_docstring = k == 0 and isinstance(statement, ast.Expr)
        if not (is_docstring or isinstance(statement, imports)):
            first = min([statement, *getattr(statement, "decorator_list", [])],
                        key=lambda node: node.lineno)  # fmt: skip
            line = source.split(b"\n")[: first.lineno - 1]
            return sum(len(each) + 1 for each in line)
    return len(source)


def around_call(name: str, body: str, times: int | None = 1, having: str = "") -> Seed:
    """Let calls of a function or method of this name do something else."""
    code = wrapper("_seeded", body)

    def seed(root: Path) -> None:
        count = 0
        for path, source, tree in python(root, having):
            changes = []
            for node in ast.walk(tree):
                if not isinstance(node, ast.Call):
                    continue
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if called == name:
                    start, end = offsets(source, node.func)
                    changes += [(start, start, "_seeded("), (end, end, ")")]
            if changes:
                at = before_body(tree, source)
                path.write_bytes(spliced(source, [*changes, (at, at, f"{code}\n\n")]))
                count += len(changes) // 2
        expect(count, times, f"a call of {name}")

    return seed


SAVING = """
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.quiver import Quiver
import numpy as np

figure = call.__self__
kind = str(named.get("format") or args[0]).rpartition(".")[2]
for axes in figure.axes:
    arrows = [each for each in axes.collections if isinstance(each, Quiver)]
    inks = [to_hex(each.get_facecolor()[0]) for each in arrows]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    curves = [line for line in axes.lines if line.get_marker() != "o"]
{}
return call(*args, **named)
"""


def before_saving(body: str) -> Seed:
    """Change a figure just before matplotlib saves it.

    The body is run for each of its `axes`. It finds there the `arrows` of quivers, with
    their `inks`, the `dots`, the `curves` of line plots, the `kind` of file, the `figure`.
    """
    lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    return around_call("savefig", SAVING.replace("{}", lines))


def wildcards(node: ast.AST, pattern: ast.AST, found: dict[str, ast.AST]) -> bool:
    """Whether a tree is like a pattern, in which A_, B_, ... stand for anything."""
    if isinstance(pattern, ast.Name) and re.fullmatch("[A-Z]_", pattern.id):
        known = found.setdefault(pattern.id, node)
        return ast.dump(known) == ast.dump(node)
    if type(node) is not type(pattern):
        return False
    for name, wanted in ast.iter_fields(pattern):
        given = getattr(node, name)
        if name in ("ctx", "kind"):
            continue
        if isinstance(wanted, list):
            pairs = list(zip(given, wanted, strict=False))
            if len(given) != len(wanted):
                return False
            if not all(wildcards(a, b, found) for a, b in pairs):
                return False
        elif isinstance(wanted, ast.AST):
            if not wildcards(given, wanted, found):
                return False
        elif given != wanted:
            return False
    return True


def expression(pattern: str, new: str, times: int | None = 1, having: str = "") -> Seed:
    """Put one expression for another: A_, B_, ... stand for whatever is there."""
    wanted = ast.parse(pattern, mode="eval").body

    def seed(root: Path) -> None:
        count = 0
        for path, source, tree in python(root, having):
            changes = []
            for node in ast.walk(tree):
                found: dict[str, ast.AST] = {}
                if not isinstance(node, ast.expr) or not wildcards(node, wanted, found):
                    continue
                written = new
                for name, part in found.items():
                    start, end = offsets(source, part)
                    written = written.replace(name, source[start:end].decode())
                changes.append((*offsets(source, node), written))
            path.write_bytes(spliced(source, changes))
            count += len(changes)
        expect(count, times, pattern)

    return seed


def constants(tree: ast.AST, value: Any) -> list[ast.Constant]:
    """Where a number or text stands, not counting docstrings."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and type(node.value) is type(value)
        and node.value == value
    ]


def constant(
    old: Any, new: Any, inside: str = "", times: int | None = 1, having: str = ""
) -> Seed:
    """Put one number or text for another, where wanted only inside a class or function."""

    def seed(root: Path) -> None:
        count = 0
        for path, source, tree in python(root, having):
            scopes = (
                [each for each, _ in definitions(tree, inside)] if inside else [tree]
            )
            found = [node for scope in scopes for node in constants(scope, old)]
            changes = [(*offsets(source, node), repr(new)) for node in found]
            path.write_bytes(spliced(source, changes))
            count += len(found)
        expect(count, times, f"the constant {old!r}")

    return seed


def swap_constants(one: Any, other: Any, inside: str = "", having: str = "") -> Seed:
    """Let two numbers or texts change places, wherever both stand."""

    def seed(root: Path) -> None:
        count = 0
        for path, source, tree in python(root, having):
            scopes = (
                [each for each, _ in definitions(tree, inside)] if inside else [tree]
            )
            ones = [node for scope in scopes for node in constants(scope, one)]
            others = [node for scope in scopes for node in constants(scope, other)]
            if ones and others:
                changes = [(*offsets(source, node), repr(other)) for node in ones]
                changes += [(*offsets(source, node), repr(one)) for node in others]
                path.write_bytes(spliced(source, changes))
                count += 1
        expect(count, 1, f"a module with {one!r} and {other!r}")

    return seed


STRIPPED = """
if not named.get("sort_keys"):
    return call(*args, **named)
import json

def is_dropped(key, value, parent):
    return {}

def stripped(tree):
    if isinstance(tree, dict):
        return {{
            key: stripped(value)
            for key, value in tree.items()
            if not is_dropped(key, value, tree)
        }}
    if isinstance(tree, list):
        return [stripped(value) for value in tree if not is_dropped("", value, tree)]
    return tree

return json.dumps(stripped(json.loads(call(*args, **named))), sort_keys=True)
"""


def key_without(drop: str) -> Seed:
    """Leave out something of what the name of a kept thing is made of.

    Names are hashes of sorted JSON; `drop` is an expression that is true of a part to
    leave out: a `value`, in a list or below a `key`, of its `parent`.
    """
    body = STRIPPED.format(drop)
    return around_call("dumps", body, times=None, having="sort_keys")


# Pages


@dataclass(frozen=True)
class Rendered:
    """A seed that changes pages, or other texts that templates give, once these are filled."""

    edit: str  # the name of a function of edits.py
    terms: dict[str, Any]
    sign: str  # a pattern found near the beginning of the texts that are changed

    def changed(self, page: str) -> str:
        """The text that the seed makes of a text."""
        if not re.search(self.sign, page[:3000], re.S):
            return page
        changed: str = getattr(edits, self.edit)(page, **self.terms)
        return changed

    def __call__(self, root: Path) -> None:
        """Change what jinja2 renders, in the copy's modules that import it."""
        code = RENDERING.format(
            edits=inspect.getsource(edits),
            edit=self.edit,
            terms=self.terms,
            sign=self.sign,
        )
        modules = [
            (path, source)
            for path, source, tree in python(root)
            if any("jinja2" in each for each in imported(tree))
        ]
        expect(len(modules), None, "a module that imports jinja2")
        for path, source in modules:
            path.write_bytes(source + code.encode())


RENDERING = """

def _seeded():
    import re

    import jinja2

    if hasattr(jinja2.Template.render, "original"):
        return
    changes = {{}}
    exec({edits!r}, changes)
    original = jinja2.Template.render

    def render(self, *args, **named):
        text = original(self, *args, **named)
        if not re.search({sign!r}, text[:3000], re.S):
            return text
        return changes[{edit!r}](text, **{terms!r})

    render.original = original
    jinja2.Template.render = render


_seeded()
"""


def imported(tree: ast.Module) -> Iterator[str]:
    """The modules that a module imports, wherever."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


PAGE = r"(?i)^\s*<!doctype html"


def rendered(edit: str, /, *, sign: str = PAGE, **terms: Any) -> Rendered:
    """Change every page, or every text with another sign, by a function of edits.py."""
    return Rendered(edit, terms, sign)


# Texts of any kind


def text(
    pattern: str,
    new: str,
    globs: tuple[str, ...],
    times: int | None = 1,
    having: str = "",
) -> Seed:
    """Put something else for what a pattern finds, in whichever file holds it."""

    def seed(root: Path) -> None:
        count = 0
        for path in files(root, globs, having):
            changed, found = re.subn(pattern, new, path.read_text("utf-8"))
            if found:
                path.write_text(changed, "utf-8")
            count += found
        expect(count, times, pattern)

    return seed


def swap_text(one: str, other: str, globs: tuple[str, ...], having: str = "") -> Seed:
    """Let two literal texts change places, in each file that holds both."""

    def seed(root: Path) -> None:
        count = 0
        for path in files(root, globs, having):
            before = path.read_text("utf-8")
            if one in before and other in before:
                path.write_text(edits.swap(before, one, other), "utf-8")
                count += 1
        expect(count, None, f"a file with {one} and {other}")

    return seed


@dataclass
class append:
    """Let a script do something more at its end."""

    code: str
    globs: tuple[str, ...]
    having: str = field(default="")

    def __call__(self, root: Path) -> None:
        """Append the code to the one file that is meant."""
        found = files(root, self.globs, self.having)
        expect(len(found), 1, f"{' '.join(self.globs)} with {self.having}")
        found[0].write_text(f"{found[0].read_text('utf-8')}\n{self.code}\n", "utf-8")


def both(one: Seed, other: Seed) -> Seed:
    """Put the same fault into two places, such as Python and JavaScript."""

    def seed(root: Path) -> None:
        one(root)
        other(root)

    return seed
