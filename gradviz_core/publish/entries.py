"""Entry: a registered function with what was measured of it and the pictures to draw."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from gradviz_core.errors import ContentError
from gradviz_core.functions import FUNCTIONS, RECORDS, Function
from gradviz_core.layout import Layout
from gradviz_core.measure import Measurement, measure
from gradviz_core.publish import formats
from gradviz_core.publish.prose import formula
from gradviz_core.quiver import Quiver, quivers
from gradviz_core.spelling import parse_spelling

SOURCE = "gradviz_core/functions.py"
AGREEMENT = 1e-9


@dataclass(frozen=True)
class Entry:
    """A function of the site: its record and both its measurements."""

    function: Function
    rows: Measurement
    columns: Measurement

    @cached_property
    def quivers(self) -> dict[str, Quiver]:
        """The four pictures, by the end of their file names."""
        return quivers(self.function.grid, self.rows, self.columns)

    @property
    def arrows(self) -> list[list[str]]:
        """Six numbers a point: where it is, its arrow from points as rows, and the other."""
        columns = (self.rows.points, self.rows.gradient, self.columns.gradient)
        return [[*map(formats.digits, row)] for row in np.hstack(columns).tolist()]


def measured(root: Path) -> tuple[dict[str, Entry], list[ContentError]]:
    """Measure every registered function, and tell all that is wrong with the registry."""
    entries: dict[str, Entry] = {}
    errors: list[ContentError] = []
    for function in FUNCTIONS.values():
        try:
            _check(function)
            entries[function.name] = _entry(function)
        except ValueError as error:
            what = f"{function.name}: {error}"
            errors.append(ContentError(SOURCE, _line(function.name, root), what, "mend the record"))
    return entries, errors


def _entry(function: Function) -> Entry:
    rows, columns = (measure(function, function.grid, layout) for layout in Layout)
    if rows.verdict != "right":
        raise ValueError(f"{rows.wrong} arrows of the correct call are wrong on its grid")
    if columns.verdict == "raises":
        raise ValueError("the call without .T fails on its grid, which has too few points")
    return Entry(function, rows, columns)


def _check(function: Function) -> None:
    if [record.name for record in RECORDS].count(function.name) > 1:
        raise ValueError("two records have this name")
    if not re.fullmatch("[a-z][a-z0-9_]*", function.name):
        raise ValueError("the name holds more than a-z, 0-9 and _")
    formula(function.tex)
    points = function.grid.points
    truth = parse_spelling(function.spelling).gradient(points)
    parts = [parse_spelling(part) for part in function.gradient]
    stated = np.array([[part(x) for part in parts] for x in points])
    gap = np.abs(stated - truth)[np.isfinite(truth)]
    if gap.size and not gap.max() <= AGREEMENT * (1 + np.nanmax(np.abs(truth))):
        raise ValueError("the gradient given is not that of the spelling")


def _line(name: str, root: Path) -> int | None:
    """The last line of the registry that gives this name to a record."""
    lines = (root / SOURCE).read_text(encoding="utf-8").splitlines()
    found = [k for k, text in enumerate(lines, 1) if f'name="{name}"' in text]
    return found[-1] if found else None
