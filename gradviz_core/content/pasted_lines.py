"""Pasted lines: those that home offers, and the fixed call, run on every function."""

import ast
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

NAMES_OF_SCRIPT = {"np", "numerical_gradient", "f", "X", "Y"}


def lines_to_paste(site: Site) -> list[str]:
    """Return the lines to paste; an empty list if the site offers none."""
    lines: list[str] = site.words[ENGLISH].get("paste", {}).get("lines", [])
    return lines


def fixed_call(site: Site) -> str:
    """Return the call with its fix, as pages show it."""
    return str(site.words[ENGLISH]["pair"]["call"])


def pasted_line_errors(
    site: Site, entries: Mapping[str, Entry]
) -> Iterator[ContentError]:
    """Report the first function for which the lines do not compute the gradient.

    The call with its fix is held to the same, if it names nothing but what the script
    has: `f`, its grid and the routine.

    Parameters
    ----------
    site : Site
        What people wrote.
    entries : mapping of str to Entry
        Its functions, each of which is right if it is called as it should be.
    """
    call = fixed_call(site)
    if _can_be_run(call):
        yield from _errors_in_lines(site, entries, [f"grad = {call}"], "pair", "call")
    if lines := lines_to_paste(site):
        yield from _errors_in_lines(site, entries, lines, "paste", "lines")


def _can_be_run(call: str) -> bool:
    """Whether a call is Python, and of names that the script has."""
    try:
        nodes = [*ast.walk(ast.parse(call, mode="eval"))]
    except SyntaxError:
        return False  # which is reported of the site.toml
    return {node.id for node in nodes if isinstance(node, ast.Name)} <= NAMES_OF_SCRIPT


def _errors_in_lines(
    site: Site, entries: Mapping[str, Entry], lines: list[str], *keys: str
) -> Iterator[ContentError]:
    """Report the first function for which these lines do not compute the gradient."""
    for function, entry in entries.items():
        if fault := _fault(lines, entry, site.book.numerical_gradient):
            path = site.root / "content/site.toml"
            source = TomlSource.read(path, site.root)
            what = f"{' '.join(keys)}: {fault} with {function}"
            yield source.error_at(keys, what, "correct the code")
            return


def _fault(lines: list[str], entry: Entry, routine: Any) -> str:
    """Run the lines as a reader would; return what is wrong, or an empty text."""
    points = entry.function.grid.points
    f = parse_spelling(entry.function.spelling)
    X, Y = points.T.copy()
    names: dict[str, Any] = {
        "np": np,
        "numerical_gradient": routine,
        "f": f,
        "X": X,
        "Y": Y,
    }
    try:
        exec("\n".join(lines), names)  # what readers are told to run
    except Exception as error:
        return f"{type(error).__name__}, {error},"
    if "grad" not in names:
        return "there is no grad"
    gradient = np.asarray(names["grad"])
    if gradient.shape != points.T.shape:
        return f"grad has the shape {gradient.shape}, not {points.T.shape},"
    truth = f.gradient(points)
    counting = np.isfinite(truth).all(axis=1)
    is_wrong = counting & ~right_entries(gradient.T, truth).all(axis=1)
    return f"{is_wrong.sum()} arrows are wrong" if is_wrong.any() else ""
