"""Golden data: what was computed or written here, for the playground to take over.

It compares itself with figures, and leads to the pages that explain a finding.
"""

from collections.abc import Iterable
from typing import Any

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page

# What the page says first, and the figures that do not follow from the grid.
COMPARED = (
    "verdict",
    "calls",
    "nonzero",
    "wrong",
    "max_error",
    "median_length_ratio",
    "max_angle_deg",
)

# The point at which the exact gradient is compared: off both axes and the diagonals.
POINT = 77


def golden_cases(entries: Iterable[Entry], step: float) -> list[dict[str, Any]]:
    """Return the figures of both layouts, and an exact gradient, for each function."""
    return [_case(entry, step) for entry in entries]


def _case(entry: Entry, step: float) -> dict[str, Any]:
    figures: list[tuple[str, str | int, Any]] = []
    for layout, measurement in (("rows", entry.rows), ("columns", entry.columns)):
        for name in COMPARED:
            figures.append((layout, name, getattr(measurement, name)))
    for i, slope in enumerate(entry.rows.truth[POINT].tolist()):
        figures.append(("f", i, slope))
    grid = entry.function.grid
    return {
        "text": entry.function.spelling,
        "grid": {"start": grid.start, "stop": grid.stop, "step": grid.step, "h": step},
        "point": entry.rows.points[POINT].tolist(),
        "figures": figures,
    }


def finding_pages(pages: Iterable[Page]) -> dict[str, str]:
    """The address that explains each finding in a script, by the finding's code.

    Of those pages alone that a site has: another book's may have other ones.
    """
    from gradviz_core.scripts.findings import messages  # which is slow to import

    urls = {page.original.removesuffix("index.html") for page in pages}
    return {
        code: message["page"]
        for code, message in messages().items()
        if message["page"].partition("#")[0] in urls
    }
