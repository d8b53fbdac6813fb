"""Records: functions and measurements as JSON, in data/functions.json and `--json`."""

import json
from collections.abc import Mapping
from typing import Any

from gradviz_core.numerics.grid import Grid
from gradviz_core.numerics.measurement import STATISTICS, Measurement
from gradviz_core.registry.functions import Function


def function_record(
    function: Function, rows: Measurement, columns: Measurement
) -> dict[str, Any]:
    """Return the record of a function, with its grid only if that is its own."""
    record: dict[str, Any] = {
        "name": function.name,
        "title": function.title,
        "spelling": function.spelling,
        "gradient": function.gradient,
        "layouts": layout_records(rows, columns),
    }
    if function.grid != Grid():
        record["grid"] = function.grid.record
    return record


def spelling_record(
    spelling: str, grid: Grid, step: float, rows: Measurement, columns: Measurement
) -> dict[str, Any]:
    """Return the record of a spelling that is not registered, with grid and step."""
    return {
        "name": None,
        "title": None,
        "spelling": spelling,
        "gradient": None,
        "layouts": layout_records(rows, columns),
        "grid": grid.record,
        "step": step,
    }


def layout_records(rows: Measurement, columns: Measurement) -> dict[str, Any]:
    """Return the figures of both measurements, by layout and name."""
    layouts = {"rows": rows, "columns": columns}
    return {
        layout: {name: getattr(measurement, name) for name in STATISTICS}
        for layout, measurement in layouts.items()
    }


def to_json(record: Mapping[str, Any]) -> str:
    """Return a record as JSON, for programs and for people."""
    text = json.dumps(
        record, indent=1, ensure_ascii=False, allow_nan=False, default=str
    )
    return text + "\n"
