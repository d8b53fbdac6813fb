"""FUNCTIONS: the functions of the site, by name, read from functions.toml.

It knows what a function is called and how it is spelt. Whether what is said of one is
true, `content.entries` finds out.
"""

from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict

from gradviz_core.errors import ContentError
from gradviz_core.numerics.grid import Grid
from gradviz_core.schema import field_errors
from gradviz_core.toml_source import PACKAGE, TomlSource


class FunctionTable(TypedDict):
    """The fields of a table in functions.toml, which says what they mean."""

    title: str
    tex: str
    spelling: str
    gradient: tuple[str, str]
    note: str
    verdict: NotRequired[str]
    grid: NotRequired[tuple[float, float, float]]


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function of two coordinates, as a reader would type it."""

    name: str  # its identifier and address
    title: str
    tex: str
    spelling: str  # the text of f for one point x
    gradient: tuple[str, str]  # the texts of its two partial derivatives
    note: str  # what it teaches, in a sentence of Markdown without numbers
    grid: Grid = field(default_factory=Grid)  # where it is measured and drawn
    verdict: str = ""  # what the call without .T must be found to be, if it is stated


def _read_functions(source: TomlSource) -> dict[str, Function]:
    """Read all tables; add what is wrong with one to the errors of `source`."""
    functions = {}
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
        source.errors.extend(errors)
    return functions


def _function(name: str, table: dict[str, Any]) -> Function:
    fields = dict(table)
    fields["gradient"] = tuple(table["gradient"])
    fields["grid"] = Grid(*table.get("grid", ()))
    return Function(name=name, **fields)


FUNCTIONS_SOURCE = TomlSource.read(PACKAGE / "registry/functions.toml")
FUNCTIONS = _read_functions(FUNCTIONS_SOURCE)
