"""Colours stand in one table."""

import re

from project import ROOT

from gradviz_core.registry.colours import colours, unknown_colours


def test_no_colour_of_the_table_stands_in_another_source():
    table = colours().values()
    digits = {
        theme[1:] for named in table for colour in named.values() for theme in colour
    }
    colour = re.compile(rf"\b({'|'.join(digits)})\b", re.IGNORECASE)
    sources = [
        path
        for folder in ("gradviz_core", "templates", "benchmarks")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix
        in {".py", ".js", ".css", ".html", ".txt", ".toml", ".svg", ".mplstyle"}
    ]
    places = {
        path.name for path in sources if colour.search(path.read_text(encoding="utf-8"))
    }
    assert places == {"colours.toml"}


def test_a_name_that_the_table_has_not_is_reported_at_its_line():
    errors = unknown_colours(
        "a { color: colour(page.ink) }\nb { color: colour(page.ikn) }", "x.css"
    )
    (error,) = errors
    assert str(error).startswith("x.css:2: no colour is called page.ikn. Fix: ")
