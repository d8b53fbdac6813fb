"""Pasted lines: the lines that the first page offers, run on every function."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gradviz_core.content.entries import Entry
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError
from gradviz_core.numerics.measurement import right_entries
from gradviz_core.registry.words import ENGLISH
from gradviz_core.spelling.parser import parse_spelling
from gradviz_core.toml_source import TomlSource


def lines_to_paste(site: Site) -> list[str]:
    """Return the lines to paste; an empty list if the site offers none."""
    lines: list[str] = site.words[ENGLISH].get("paste", {}).get("lines", [])
    return lines


def pasted_line_errors(
    site: Site, entries: Mapping[str, Entry]
) -> Iterator[ContentError]:
    """Report the first function for which the lines do not compute the gradient.

    Parameters
    ----------
    site : Site
        What people wrote.
    entries : mapping of str to Entry
        Its functions, each of which is right if it is called as it should be.
    """
    lines = lines_to_paste(site)
    if not lines:
        return
    for name, entry in entries.items():
        if fault := _fault(lines, entry, site.book.numerical_gradient):
            path = site.root / "content/site.toml"
            source = TomlSource.read(path, site.root)
            what = f"with {name} the lines to paste {fault}"
            yield source.error_at(("paste", "lines"), what, "correct the lines")
            return


def _fault(lines: list[str], entry: Entry, routine: Any) -> str:
    """Run the lines as a reader would; return what is wrong, or an empty text."""
    points = entry.function.grid.points
    f = parse_spelling(entry.function.spelling)
    X, Y = points.T.copy()
    names = {"np": np, "numerical_gradient": routine, "f": f, "X": X, "Y": Y}
    try:
        exec("\n".join(lines), names)  # what readers are told to run
    except Exception as error:
        return f"raise {type(error).__name__}: {error}"
    if "grad" not in names:
        return "make no grad"
    gradient = np.asarray(names["grad"])
    if gradient.shape != points.T.shape:
        return f"give grad the shape {gradient.shape}, not {points.T.shape}"
    truth = f.gradient(points)
    counting = np.isfinite(truth).all(axis=1)
    is_wrong = counting & ~right_entries(gradient.T, truth).all(axis=1)
    return f"make {is_wrong.sum()} arrows wrong" if is_wrong.any() else ""
