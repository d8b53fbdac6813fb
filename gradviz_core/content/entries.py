"""Entries: the registered functions, measured in both layouts.

Here the build checks what the registry says of a function: that the gradient is that of
the spelling, that the correct call is right on its grid, and that the call without .T
has the stated verdict.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from types import ModuleType

import numpy as np

from gradviz_core.content.paths import DEVICE
from gradviz_core.errors import ContentError
from gradviz_core.figures.fields import Field, function_fields
from gradviz_core.numerics.grid import Floats, Layout
from gradviz_core.numerics.measurement import Measurement, measure
from gradviz_core.registry.functions import Function, Registry
from gradviz_core.spelling.parser import parse_spelling
from gradviz_core.toml_source import TomlSource

LONGEST_NAME = 64

# A stated gradient may differ from the exact one by rounding.
GRADIENT_AGREEMENT = 1e-9


@dataclass(frozen=True)
class Entry:
    """A function of the site, both its measurements, and the fields to draw."""

    function: Function
    rows: Measurement
    columns: Measurement
    fields: dict[str, Field]  # its four pictures, by the end of their file names

    def measured(self, role: str) -> Measurement:
        """The measurement of a call, correct or buggy."""
        return self.rows if role == "correct" else self.columns

    def is_right(self, role: str) -> bool:
        """Whether the arrows of a call, correct or buggy, are right.

        Without .T they can be, too, where the mistake is hidden.
        """
        return role == "correct" or self.columns.verdict == "hidden"


def measure_all(
    registry: Registry, book: ModuleType
) -> tuple[dict[str, Entry], list[ContentError]]:
    """Measure every registered function.

    Parameters
    ----------
    registry : Registry
        The functions.
    book : module
        The routine that is measured, `numerical_gradient`, and its `STEP`.

    Returns
    -------
    dict of str to Entry
        The functions in which nothing is wrong, by name.
    list of ContentError
        What is wrong with the others.
    """
    entries: dict[str, Entry] = {}
    errors: list[ContentError] = []
    for name, function in registry.functions.items():
        entry, faults = _checked_entry(function, registry, book)
        if entry and not faults:
            entries[name] = entry
        errors.extend(faults)
    return entries, errors


def _checked_entry(
    function: Function, registry: Registry, book: ModuleType
) -> tuple[Entry | None, list[ContentError]]:
    """Measure a function, if it can be measured, and report what is wrong with it."""
    faults: list[ContentError] = []
    collecting = partial(registry.source.collecting, faults, function.name)
    with collecting():
        _check_name(function.name, registry)
    truth = None
    with collecting("spelling"):
        truth = parse_spelling(function.spelling).gradient(function.grid.points)
    if truth is None:
        return None, faults
    entry = None
    with collecting("gradient"):
        _check_gradient(function, truth)
    with collecting("grid"):
        entry = _measured(function, book)
    if entry and not faults:
        with collecting("verdict"):
            _check_verdict(entry)
        faults.extend(_note_errors(entry, registry.source))
    return entry, faults


def _check_name(name: str, registry: Registry) -> None:
    if re.fullmatch(DEVICE, name):
        raise ValueError("no file may have this name on Windows")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"this name has more than {LONGEST_NAME} characters")
    if name not in registry.source.headings:
        raise ValueError("this is no heading [name], of a-z, 0-9 and _ after a letter")


def _check_gradient(function: Function, truth: Floats) -> None:
    """Raise ValueError if a stated partial derivative is not the exact one."""
    partials = [parse_spelling(text) for text in function.gradient]
    points = function.grid.points
    stated = np.array([[partial(x) for partial in partials] for x in points])
    exists = np.isfinite(truth)
    size = np.where(exists, np.abs(truth), 0)
    # Relative to the largest slope along its coordinate, but tighter for a function
    # whose slopes are all small.
    tolerance = GRADIENT_AGREEMENT * (min(1, size.max()) + size.max(axis=0))
    error = np.where(exists, np.abs(stated - truth), 0)
    is_near = error <= tolerance  # false for nan
    if is_near.all():
        return
    k, i = np.argwhere(~is_near)[0]
    x = ", ".join(f"{value:g}" for value in points[k])
    raise ValueError(
        "the gradient given is not that of the spelling: "
        f"at [{x}] its entry {i} is {stated[k, i]:g}, and should be {truth[k, i]:g}"
    )


def _measured(function: Function, book: ModuleType) -> Entry:
    measured_in = partial(
        measure,
        function,
        function.grid,
        step=book.STEP,
        routine=book.numerical_gradient,
    )
    rows = measured_in(Layout.ROWS)
    columns = measured_in(Layout.COLUMNS)
    if rows.verdict != "right":
        raise ValueError(_wrong_arrows(rows))
    if columns.verdict == "raises":
        raise ValueError(
            "the call without .T fails on its grid, which has too few points"
        )
    # An overflow in choosing the scale would leave the picture empty.
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        fields = function_fields(rows, columns)
    return Entry(function, rows, columns, fields)


def _wrong_arrows(rows: Measurement) -> str:
    """Say how many arrows of the correct call are wrong, where, and by how much."""
    if rows.verdict == "raises":
        return "f fails at a point of its grid"
    error = np.abs(rows.gradient - rows.truth).max(axis=1)
    error[~np.isfinite(rows.truth).all(axis=1)] = -1  # nothing to compare it with
    error[np.isnan(error)] = np.inf
    worst = int(error.argmax())
    x = ", ".join(f"{value:g}" for value in rows.points[worst])
    return (
        f"{rows.wrong} arrows of the correct call are wrong on its grid, "
        f"that at [{x}] by {error[worst]:.3g}"
    )


def _check_verdict(entry: Entry) -> None:
    stated = entry.function.verdict
    measured = entry.columns.verdict
    if stated not in ("", measured):
        raise ValueError(f"it is found to be {measured}")


def _note_errors(entry: Entry, source: TomlSource) -> Iterator[ContentError]:
    """Report a note on the call without .T that no verdict is stated beside."""
    function = entry.function
    if ".T" in function.note and not function.verdict:
        measured = entry.columns.verdict
        what = f"{function.name}: the note names .T, and no verdict is stated"
        fix = f'add verdict = "{measured}", and see that the note says so'
        yield source.error_at((function.name, "note"), what, fix)
