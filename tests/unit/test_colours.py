"""A source names its colours, and a name that the table has not is reported."""

import pytest

from gradviz_core.registry.colours import TABLE, colour_errors, unknown_colours
from gradviz_core.toml_source import TomlSource


def test_a_name_that_the_table_has_not_is_reported_at_its_line():
    errors = unknown_colours(
        "a { color: colour(page.ink) }\nb { color: colour(page.ikn) }", "x.css"
    )
    (error,) = errors
    assert str(error).startswith("x.css:2: no colour is called page.ikn. Fix: ")


ARROWS = """[arrows]
correct = ["#0072b2", "#56b4e9"]
buggy = ["#d55e00", "#e69f00"]
"""


def told(table):
    """What is said of a table of colours."""
    return [str(error) for error in colour_errors(TomlSource(table, "a.toml"))]


def test_a_table_of_colours_is_not_refused():
    assert told(ARROWS) == []
    assert [*colour_errors(TomlSource.read(TABLE))] == []


@pytest.mark.parametrize(
    "typed",
    [
        '["#0072b", "#56b4e9"]',
        '["blue", "#56b4e9"]',
        '["#0072b2"]',
        '"#0072b2"',
        '["#0072B2", "#56b4e9"]',
    ],
)
def test_what_is_no_colour_is_told_at_its_line(typed):
    [error] = told(ARROWS.replace('["#0072b2", "#56b4e9"]', typed))
    what = "a.toml:2: arrows.correct is not one colour for each theme. Fix: write"
    assert error.startswith(what)


def test_wrong_arrows_do_not_look_like_right_ones():
    assert told(ARROWS.replace("#d55e00", "#0072b2")) == [
        "a.toml:3: wrong arrows have a colour of right ones. Fix: give them another"
    ]
