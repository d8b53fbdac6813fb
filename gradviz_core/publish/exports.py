"""Exports: the files of the site that programs read."""

import datetime
import json
import posixpath
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import escape

from gradviz_core.book import STEP
from gradviz_core.layout import Grid
from gradviz_core.measure import Measurement
from gradviz_core.publish.entries import Entry
from gradviz_core.publish.pages import Page

FIGURES = (
    "argument_shape", "calls", "arrows", "nonzero", "wrong",
    "max_error", "median_length_ratio", "max_angle_deg", "verdict",
)  # fmt: skip


def functions_json(entries: Iterable[Entry]) -> str:
    """Both measurements of every function."""
    record = {"grid": grid_record(Grid()), "step": STEP, "functions": [*map(_function, entries)]}
    return _json(record)


def grid_record(grid: Grid) -> dict[str, float]:
    """A grid as it stands in JSON."""
    return {"start": float(grid.start), "stop": float(grid.stop), "step": float(grid.step)}


def layouts_record(rows: Measurement, columns: Measurement) -> dict[str, Any]:
    """Both measurements of a function as they stand in JSON."""
    pair = {"rows": rows, "columns": columns}
    return {layout: {name: getattr(m, name) for name in FIGURES} for layout, m in pair.items()}


def errata_json(pages: Iterable[Page]) -> str:
    """The front matter of every erratum, with its address in the site."""
    errata = [
        {"id": page.slug, "url": page.url} | dict(page.record)
        for page in pages
        if page.kind == "erratum" and page.url == page.original
    ]
    return _json({"errata": errata})


def addressed(pages: Iterable[Page], base_url: str) -> dict[str, str]:
    """The files that need absolute addresses."""
    urls = [address(page.url, base_url) for page in pages if page.url != "404.html"]
    entries = "".join(f"<url><loc>{escape(url)}</loc></url>\n" for url in urls)
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return {
        "sitemap.xml": f'{head}<urlset xmlns="{namespace}">\n{entries}</urlset>\n',
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {address('sitemap.xml', base_url)}\n",
    }


def address(url: str, base_url: str) -> str:
    """Where a path of the site is found once it is published."""
    return posixpath.join(base_url, url.removesuffix("index.html"))


def _function(entry: Entry) -> dict[str, Any]:
    function = entry.function
    names = ("name", "title", "spelling", "gradient")
    record: dict[str, Any] = {name: getattr(function, name) for name in names}
    record["layouts"] = layouts_record(entry.rows, entry.columns)
    if function.grid != Grid():
        record["grid"] = grid_record(function.grid)
    return record


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False, default=_plain) + "\n"


def _plain(value: object) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
