"""Exports: what the site holds beside its pages, data and pictures, and what these show."""

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gradviz_core.book import STEP
from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.figures.curves import Picture
from gradviz_core.figures.fields import ROLES
from gradviz_core.numerics.grid import Grid
from gradviz_core.numerics.measurement import Measurement
from gradviz_core.registry.words import WORDS

Drawings = dict[
    str, tuple[list[Picture], dict[str, Any]]
]  # what stands side by side, and words
STATISTICS = [
    field.name for field in dataclasses.fields(Measurement) if field.compare
]  # its arrays aside


def functions_json(entries: Iterable[Entry]) -> str:
    """Every function, and what holds for all that do not say otherwise."""
    functions = [
        function_record(entry.function, entry.rows, entry.columns) for entry in entries
    ]
    return written({"grid": vars(Grid()), "step": STEP, "functions": functions})


def function_record(
    function: Any, rows: Measurement, columns: Measurement
) -> dict[str, Any]:
    """What is known of a function, both its measurements, and a grid of its own."""
    names, pair = (
        ("name", "title", "spelling", "gradient"),
        {"rows": rows, "columns": columns},
    )
    layouts = {
        of: {name: getattr(m, name) for name in STATISTICS} for of, m in pair.items()
    }
    own = {} if function.grid == Grid() else {"grid": vars(function.grid)}
    return (
        {name: getattr(function, name, None) for name in names}
        | {"layouts": layouts}
        | own
    )


def errata_json(pages: Iterable[Page]) -> str:
    """The front matter of every erratum, with its address in the site."""
    errata = (
        page for page in pages if page.kind == "erratum" and page.url == page.original
    )
    return written(
        {"errata": [{"id": p.slug, "url": p.url} | p.record for p in errata]}
    )


def written(record: Mapping[str, Any]) -> str:
    """A record as JSON, for programs and for people."""
    return (
        json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False, default=str)
        + "\n"
    )


def figures(entries: Mapping[str, Entry]) -> Drawings:
    """The four pictures of every function, by their paths."""
    return {
        f"figures/{name}-{ending}.{suffix}": ([field], {})
        for name, entry in entries.items()
        for ending, field in entry.fields.items()
        for suffix in ("svg", "png")
    }


def cards(
    pages: Sequence[Page], html: Mapping[str, Any], entries: Mapping[str, Entry]
) -> Drawings:
    """What stands for each page that is found by an address and no translation of another."""
    titles = [f"{WORDS['pair']['mark'][role]} {WORDS['pair'][role]}" for role in ROLES]
    drawings: Drawings = {}
    for page in (p for p in pages if entries and p.url == p.original != "404.html"):
        shown = re.findall(r'<[^>]*data-function="(\w+)"', html[page.url])
        drawn = next(
            entries[n].fields for n in (*shown, "product", *entries) if n in entries
        )
        drawings[page.card] = (
            [drawn[role] for role in ROLES],
            {"titles": titles, "heading": page.title},
        )
    return drawings
