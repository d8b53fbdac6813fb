"""Functions: those of the site, by name, read from functions.toml.

A record says what a function is called and how it is spelt; `content.entries` checks
whether that is true.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from gradviz_core.errors import ContentError
from gradviz_core.numerics.grid import Grid
from gradviz_core.schema import field_errors
from gradviz_core.spelling.formulas import formula_of
from gradviz_core.toml_source import PACKAGE, REPOSITORY, TomlSource

REGISTRY = PACKAGE / "registry/functions.toml"


class FunctionTable(TypedDict):
    """The fields of a table in functions.toml, which says what they mean."""

    title: str
    spelling: str
    gradient: tuple[str, str]
    note: str
    verdict: NotRequired[str]
    grid: NotRequired[tuple[float, float, float]]


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of two coordinates, as a reader would type it.

    Attributes
    ----------
    name : str
        Its identifier and address.
    title : str
        What a page calls it.
    spelling : str
        The text of f for one point x, as `parse_spelling` takes it.
    gradient : (str, str)
        The texts of its two partial derivatives, also spellings.
    note : str
        What it teaches, in a sentence of Markdown without numbers.
    grid : Grid
        Where it is measured and drawn.
    verdict : str
        The expected verdict on the call without .T, if stated.
    untranslated : tuple of str
        Which of title and note the language lacks. A lacking title is replaced by the
        spelling, a lacking note by the English one.
    """

    name: str
    title: str
    spelling: str
    gradient: tuple[str, str]
    note: str
    grid: Grid = field(default_factory=Grid)
    verdict: str = ""
    untranslated: tuple[str, ...] = ()

    @property
    def tex(self) -> str | None:
        """Its formula in TeX, for whoever imports it; None if `formula_of` has none."""
        return formula_of(self.spelling)


@dataclass(frozen=True)
class Registry:
    """The functions of a site, and what is wrong with their file."""

    functions: dict[str, Function]  # by name: those whose record is sound
    source: TomlSource
    errors: list[ContentError]

    @property
    def names(self) -> set[str]:
        """The names of all functions, those whose record is wrong included."""
        return {*self.functions, *self.source.headings}


def load_functions(path: Path = REGISTRY, root: Path = REPOSITORY) -> Registry:
    """Read a file of functions.

    Parameters
    ----------
    path : Path, optional
        The file; that of this package, if it is left out.
    root : Path, optional
        The folder below which errors name the file.
    """
    return read_functions(TomlSource.read(path, root))


def read_functions(source: TomlSource) -> Registry:
    """Read all tables of a file of functions."""
    functions = {}
    all_errors = list(source.errors)
    for name, table in source.data.items():
        errors: list[ContentError] = []
        if not isinstance(table, dict):
            what = f"{name} is {type(table).__name__}, not table"
            errors.append(source.error_at((name,), what, f"write [{name}]"))
        else:
            errors.extend(field_errors(source, table, FunctionTable, name))
        if not errors:
            with source.collecting(errors, name, "grid"):
                functions[name] = _function(name, table)
        all_errors.extend(errors)
    all_errors.extend(_repetitions(source, functions))
    return Registry(functions, source, all_errors)


def _repetitions(
    source: TomlSource, functions: Mapping[str, Function]
) -> Iterator[ContentError]:
    """Report every function with the title, or the spelling, of one before it."""
    names_by_title: dict[str, str] = {}
    names_by_spelling: dict[str, str] = {}
    for name, function in functions.items():
        title = " ".join(function.title.casefold().split())
        first = names_by_title.setdefault(title, name)
        if first != name:
            what = f"{first} has the same title"
            fix = "say what is different in this function"
            yield source.error_at((name, "title"), what, fix)
        spelling = function.spelling.replace(" ", "")
        first = names_by_spelling.setdefault(spelling, name)
        if first != name:
            what = f"{first} has the same spelling"
            fix = "write that of this function, or delete one of the two"
            yield source.error_at((name, "spelling"), what, fix)


def _function(name: str, table: dict[str, Any]) -> Function:
    fields = dict(table)
    fields["gradient"] = tuple(table["gradient"])
    fields["grid"] = Grid(*table.get("grid", ()))
    return Function(name=name, **fields)
