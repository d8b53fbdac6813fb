"""Scripts are joined from the parts that a list names; a list may name one above it."""

from gradviz_core.content.templates import Template
from gradviz_core.publish.static_files import joined_scripts, static_files

SCRIPTS = {"static/a.js": "a\n", "static/b.js": "b\n", "static/c.js": "c\n"}


def test_a_list_may_name_one_above_it():
    lists = {
        "both": ["a", "b"],
        "static/ab.js": ["both"],
        "static/abc.js": ["static/ab.js", "c"],
    }
    assert joined_scripts(SCRIPTS, lists) == {
        "static/ab.js": "a\nb\n",
        "static/abc.js": "a\nb\nc\n",
    }


def test_a_joined_script_is_strict_once_at_its_top():
    scripts = {name: f'"use strict";\n{text}' for name, text in SCRIPTS.items()}
    joined = joined_scripts(scripts, {"static/abc.js": ["a", "b", "c"]})
    assert joined == {"static/abc.js": '"use strict";\na\nb\nc\n'}


def test_what_is_no_part_is_published_by_itself():
    assert joined_scripts(SCRIPTS, {"static/ab.js": ["a", "b"]}) == {
        "static/ab.js": "a\nb\n",
        "static/c.js": "c\n",
    }


def told(lists: str) -> list[str]:
    """What is said of some lists, where no script is there."""
    source = "templates/scripts.toml"
    template = Template(source=source, text=lists, content=b"", published=None)
    return [str(error) for error in static_files([template])[1]]


def test_a_part_that_is_missing_is_told_once_where_it_is_named():
    [line] = told('"one" = ["a"]\n"static/two.js" = ["one"]\n')
    assert line == (
        "templates/scripts.toml:1: one has a part a, and there is no static/a.js. "
        "Fix: name a script below templates/static, without .js, or a list above"
    )


def test_a_list_below_is_no_part():
    [line] = told('"static/two.js" = ["one"]\n"one" = []\n')
    assert line.startswith("templates/scripts.toml:1: static/two.js has a part one")
