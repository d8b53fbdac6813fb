"""A source names its colours, and a name that the table has not is reported."""

from gradviz_core.registry.colours import unknown_colours


def test_a_name_that_the_table_has_not_is_reported_at_its_line():
    errors = unknown_colours(
        "a { color: colour(page.ink) }\nb { color: colour(page.ikn) }", "x.css"
    )
    (error,) = errors
    assert str(error).startswith("x.css:2: no colour is called page.ikn. Fix: ")
