"""Exports: the files of the site that programs read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from gradviz_core.book import STEP
from gradviz_core.layout import Grid
from gradviz_core.measurement import Measurement
from gradviz_core.publish.entries import Entry
from gradviz_core.publish.pages import Page

FIGURES = [field.name for field in fields(Measurement) if field.compare]  # its arrays aside


def functions_json(entries: Iterable[Entry]) -> str:
    """Both measurements of every function, and the grid of one that has its own."""
    functions = []
    for entry in entries:
        grid = entry.function.grid
        own = {} if grid == Grid() else {"grid": vars(grid)}
        functions.append(function_record(entry.function, entry.rows, entry.columns) | own)
    return written({"grid": vars(Grid()), "step": STEP, "functions": functions})


def function_record(function: Any, rows: Measurement, columns: Measurement) -> dict[str, Any]:
    """What is known of a function, and both its measurements, as they stand in JSON."""
    names, pair = ("name", "title", "spelling", "gradient"), {"rows": rows, "columns": columns}
    known = {name: getattr(function, name, None) for name in names}
    layouts = {layout: {name: getattr(m, name) for name in FIGURES} for layout, m in pair.items()}
    return known | {"layouts": layouts}


def errata_json(pages: Iterable[Page]) -> str:
    """The front matter of every erratum, with its address in the site."""
    errata = (page for page in pages if page.kind == "erratum" and page.url == page.original)
    return written({"errata": [{"id": p.slug, "url": p.url} | p.record for p in errata]})


def written(record: Mapping[str, Any]) -> str:
    """A record as JSON that people can read, too."""
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False, default=str) + "\n"
