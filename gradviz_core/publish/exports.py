"""Exports: the data that the site holds beside its pages."""

from collections.abc import Iterable

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.numerics.grid import Grid
from gradviz_core.registry.records import function_record, to_json


def functions_json(entries: Iterable[Entry], step: float) -> str:
    """Return all functions as JSON, with the grid and the step that are the default."""
    functions = [
        function_record(entry.function, entry.rows, entry.columns) for entry in entries
    ]
    return to_json({"grid": Grid().record, "step": step, "functions": functions})


def errata_json(pages: Iterable[Page]) -> str:
    """Return the front matter of every erratum as JSON, with its address."""
    errata = []
    for page in pages:
        if page.kind == "erratum" and not page.is_translation:
            errata.append({"id": page.slug, "url": page.url} | page.record)
    return to_json({"errata": errata})
