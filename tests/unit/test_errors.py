"""A fault is told in one line, and all of a run in the order of their places."""

import pytest

from gradviz_core.errors import ContentError, ContentErrors


@pytest.mark.parametrize(
    ("line", "what", "told"),
    [
        (3, "it is wrong", "content/a.md:3: it is wrong. Fix: mend it"),
        (None, "it is wrong", "content/a.md: it is wrong. Fix: mend it"),
        (3, " it is wrong. ", "content/a.md:3: it is wrong. Fix: mend it"),
        (3, "it\nis\x1b[31m wrong", "content/a.md:3: it is [31m wrong. Fix: mend it"),
    ],
)
def test_a_fault_is_told_in_one_line(line, what, told):
    assert str(ContentError("content/a.md", line, what, "mend it")) == told


def error(path, line, what):
    return ContentError(path, line, what, "mend it")


def test_faults_are_told_in_the_order_of_their_places():
    places = [
        ("a.md", None, "four"),
        ("a.md", 9, "a fifth"),
        ("a.md", 9, "three"),
        ("a.md", 10, "two"),
        ("b.md", 1, "one"),
    ]
    errors = ContentErrors([error(*place) for place in reversed(places)])
    assert [(e.path, e.line, e.what) for e in errors.errors] == places
    assert str(errors) == "\n".join(str(error(*place)) for place in places)


def test_a_fault_that_is_found_twice_is_told_once():
    errors = ContentErrors([error("a.md", 1, "one"), error("a.md", 1, "one")])
    assert str(errors) == "a.md:1: one. Fix: mend it"


def test_a_fault_without_a_line_leaves_it_to_its_like_with_one():
    errors = ContentErrors([error("a.md", None, "one"), error("b.md", 3, "one")])
    assert str(errors) == "b.md:3: one. Fix: mend it"
