"""Pasted lines: what readers are given for their script, run on every function.

They are the lines that home offers, the call with its fix, and the listings of pages.
"""

import ast
import builtins
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from gradviz_core.content.entries import Entry
from gradviz_core.content.listings import LISTING, ListingKind
from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError
from gradviz_core.numerics.measurement import right_entries
from gradviz_core.registry.words import ENGLISH
from gradviz_core.spelling.parser import parse_spelling
from gradviz_core.texts import line_at
from gradviz_core.toml_source import TomlSource

MEND = "correct the code"

# Records of errata quote the book's script, which calls its f function_2.
NAMES_OF_SCRIPT = {"np", "numerical_gradient", "f", "function_2", "X", "Y"}
NAMES_OF_SCRIPT.update(vars(builtins))


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
    """Report the first function for which lines do not compute the gradient.

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
    listings = listings_with_gradient(site)
    faults = {
        code: _first_fault(site, entries, code.split("\n"))
        for code in {*listings.values()}
    }
    for (path, line), code in listings.items():
        if fault := faults[code]:
            yield ContentError(path, line, f"in this listing, {fault}", MEND)
    yield from _errors_in_right_lines(site, entries)


def right_lines(site: Site) -> list[tuple[Page, str]]:
    """Return what errata call right, with their pages, if it computes `grad`."""
    lines = []
    for page in site.pages:
        if page.is_translation or not page.has_record:
            continue
        right: str = page.record.get("right", "")
        if _makes_gradient(right):
            lines.append((page, right))
    return lines


def _errors_in_right_lines(
    site: Site, entries: Mapping[str, Entry]
) -> Iterator[ContentError]:
    """Report a line that an erratum calls right and that does not give the gradient."""
    for page, right in right_lines(site):
        if fault := _first_fault(site, entries, right.split("\n")):
            what = f"what is called right is not: {fault}"
            yield page.error_at(("right",), what, "correct it, or exchange the two")


def listings_with_gradient(site: Site) -> dict[tuple[str, int], str]:
    """Return the listings that compute `grad` in the reader's script.

    They are to be pasted, and name nothing but what the script has.

    Returns
    -------
    dict
        The code of each, by the path of its page and the line of its fence.
    """
    listings = {}
    for page in site.pages:
        if page.is_translation or "grad =" not in page.body:
            continue  # a translation has the code of its original
        for listing in LISTING.finditer(page.body):
            kind = ListingKind.of(listing["kind"])
            if kind.is_python_to_paste and _makes_gradient(listing["code"]):
                line = line_at(page.body, listing.start())
                listings[page.source, line] = listing["code"]
    return listings


def _makes_gradient(code: str) -> bool:
    """Whether a listing computes `grad` of what the script has."""
    return "grad" in _names(code, ast.Store) and _can_be_run(code)


def _can_be_run(code: str) -> bool:
    """Whether this is Python, and of names that the script has."""
    used = _names(code, ast.Load)
    return bool(used) and used <= NAMES_OF_SCRIPT | _names(code, ast.Store)


def _names(code: str, context: type[ast.expr_context]) -> set[str]:
    """Return the names that a text stores or loads; none if it is not Python."""
    try:
        nodes = [*ast.walk(ast.parse(code))]
    except SyntaxError:
        return set()  # which is reported elsewhere
    names = [node for node in nodes if isinstance(node, ast.Name)]
    return {name.id for name in names if isinstance(name.ctx, context)}


def _errors_in_lines(
    site: Site, entries: Mapping[str, Entry], lines: list[str], *keys: str
) -> Iterator[ContentError]:
    """Report the first function for which these lines do not compute the gradient."""
    if fault := _first_fault(site, entries, lines):
        source = TomlSource.read(site.root / "content/site.toml", site.root)
        yield source.error_at(keys, f"{' '.join(keys)}: {fault}", MEND)


def _first_fault(site: Site, entries: Mapping[str, Entry], lines: list[str]) -> str:
    """Run the lines on every function; return the first fault, or an empty text."""
    for function, entry in entries.items():
        if fault := _fault(lines, entry, site.book.numerical_gradient):
            return f"{fault} with {function}"
    return ""


def _fault(lines: list[str], entry: Entry, routine: Any) -> str:
    """Run the lines as a reader would; return what is wrong, or an empty text."""
    points = entry.function.grid.points
    f = parse_spelling(entry.function.spelling)
    X, Y = points.T.copy()
    names: dict[str, Any] = {
        "np": np,
        "numerical_gradient": routine,
        "f": f,
        "function_2": f,
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
