"""Entry: a registered function with what was measured of it and the pictures to draw."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from gradviz_core.content.pages import DEVICE
from gradviz_core.errors import ContentError
from gradviz_core.figures.fields import Field, function_fields
from gradviz_core.numerics.grid import Floats, Layout
from gradviz_core.numerics.measurement import PARALLEL_DEGREES, Measurement, measure
from gradviz_core.numerics.trace import Step, trace
from gradviz_core.publish.maths import to_mathml
from gradviz_core.publish.prose_rules import record_errors
from gradviz_core.registry.functions import FUNCTIONS, Function
from gradviz_core.spelling.parser import parse_spelling


@dataclass(frozen=True)
class Entry:
    """A function of the site: its record, both its measurements, and what is drawn of them."""

    function: Function
    rows: Measurement
    columns: Measurement
    fields: dict[str, Field]  # its four pictures, by the end of their file names
    parallel_degrees = (
        PARALLEL_DEGREES  # up to which its arrows are said to point the right way
    )

    @property
    def runs(self) -> dict[str, list[Step]]:
        """The routine over six points, step by step, in both layouts."""
        f = parse_spelling(self.function.spelling)
        return {
            layout.value: trace(f, layout) for layout in (Layout.COLUMNS, Layout.ROWS)
        }


def measured(taken: Collection[str]) -> tuple[dict[str, Entry], list[ContentError]]:
    """All registered functions, measured, with one that works for each at fault; and the faults."""
    entries: dict[str, Entry] = {}
    errors = [*FUNCTIONS.content_errors, *record_errors(FUNCTIONS.text, FUNCTIONS.source)]
    for name, function in FUNCTIONS.items():
        faults: list[ContentError] = []
        with FUNCTIONS.collecting(faults, name):
            if name in taken or re.fullmatch(
                f".{{65,}}|{DEVICE}|not|none|true|false|loop", name
            ):
                raise ValueError("this name is long, or taken in pages or on Windows")
            if name not in FUNCTIONS.headings:
                raise ValueError(
                    "this is no heading [name], of a-z, 0-9 and _ after a letter"
                )
        with FUNCTIONS.collecting(faults, name, "tex"):
            to_mathml(function.tex)
        with FUNCTIONS.collecting(faults, name, "spelling"):
            truth = parse_spelling(function.spelling).gradient(function.grid.points)
            with FUNCTIONS.collecting(faults, name, "gradient"):
                _compare(function, truth)
            with FUNCTIONS.collecting(faults, name, "grid"):
                entry = _entry(function)
            with FUNCTIONS.collecting(faults, name, "verdict"):
                if not faults and function.verdict not in ("", entry.columns.verdict):
                    raise ValueError(f"it is found to be {entry.columns.verdict}")
        entries |= {} if faults else {name: entry}
        errors += faults
    if errors:
        entries |= {
            n: _stand_in(n) for n in FUNCTIONS.headings if n not in {*entries, *taken}
        }
    return entries, errors


def _compare(function: Function, truth: Floats, agreement: float = 1e-9) -> None:
    parts = [parse_spelling(part) for part in function.gradient]
    stated = np.array([[part(x) for part in parts] for x in function.grid.points])
    known = np.where(np.isfinite(truth), np.abs(truth), 0)
    near = np.abs(stated - truth) <= agreement * (
        min(1, known.max()) + known.max(axis=0)
    )
    if not near[np.isfinite(truth)].all():
        raise ValueError("the gradient given is not that of the spelling")


def _entry(function: Function) -> Entry:
    rows, columns = (measure(function, function.grid, layout) for layout in Layout)
    if rows.verdict != "right":
        raise ValueError(
            f"{rows.wrong} arrows of the correct call are wrong on its grid"
        )
    if columns.verdict == "raises":
        raise ValueError(
            "the call without .T fails on its grid, which has too few points"
        )
    with np.errstate(
        over="raise", divide="raise", invalid="raise"
    ):  # or a picture is none
        return Entry(
            function, rows, columns, function_fields(function.grid, rows, columns)
        )


def _stand_in(name: str) -> Entry:
    formulas = {
        "tex": "x_0 x_1",
        "spelling": "x[0] * x[1]",
        "gradient": ("x[1]", "x[0]"),
    }
    return _entry(Function(name=name, title=name, note=name, **formulas))  # type: ignore[arg-type]
