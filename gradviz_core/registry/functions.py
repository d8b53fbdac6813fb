"""FUNCTIONS: the functions of the site, read from functions.toml, which tells how to add one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradviz_core.numerics.grid import Grid
from gradviz_core.toml_source import PACKAGE, TomlSource

NEEDED = ("title", "tex", "spelling", "gradient", "note")
FIELDS = dict.fromkeys((*NEEDED, "verdict"), str) | {
    "gradient": [str] * 2,
    "grid": [float] * 3,
}


@dataclass(frozen=True, kw_only=True)
class Function:
    r"""A function of two coordinates, as a reader would type it."""

    name: str  # its identifier and address
    title: str
    tex: str
    spelling: str  # the text of f for one point x
    gradient: tuple[str, str]  # the texts of its two partial derivatives
    note: str  # what it teaches, in a sentence of Markdown without numbers
    grid: Grid = field(default_factory=Grid)  # where it is measured and drawn
    verdict: str = ""  # what the call without .T must be found to be, if it is stated


def _registry(path: Path) -> TomlSource[Function]:
    registry = TomlSource[Any](path)
    for name, table in list(registry.items()):
        del registry[name]
        faults = [*registry.field_errors({name: table}, {name: FIELDS}, NEEDED)]
        with registry.collecting(faults, name, "grid"):
            if not faults:
                made = {
                    "gradient": tuple(table["gradient"]),
                    "grid": Grid(*table.get("grid", ())),
                }
                registry[name] = Function(name=name, **table | made)
        registry.content_errors += faults
    return registry


FUNCTIONS = _registry(PACKAGE / "registry/functions.toml")
