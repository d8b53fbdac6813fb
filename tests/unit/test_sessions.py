"""What the code of a page does wrong is told once, at its line, and the rest still runs."""

import numpy as np

from gradviz_core.publish import sessions


def run(*lines):
    """Run a block that begins in the second line of a page."""
    body = "\n```pycon\n" + "\n".join(lines) + "\n```\n"
    return sessions.run(body, "content/a.md", {"np": np})


def test_names_stand_as_they_are_at_the_end():
    names, errors = run(">>> x = 1", ">>> x = x + 1", ">>> x", "2")
    assert errors == []
    assert names["x"] == 2


def test_what_is_printed_must_be_what_is_shown():
    _, errors = run(">>> 1 + 1", "3", ">>> 1 + 2", "3")
    assert [error.line for error in errors] == [3]
    _, [error] = run(">>> 1 == 1", "1")
    assert error.what == "the page shows 1, the session prints True"


def test_a_warning_is_told_as_an_error_is():
    _, [error] = run(">>> np.log(np.zeros(1))", "array([-inf])")
    assert error.what.startswith("the session raises RuntimeWarning: divide by zero")


def test_a_flood_of_output_is_told_in_a_line_that_can_be_read():
    _, [error] = run(">>> for i in range(99999): print(i)", "0")
    assert "the page shows 0, the session prints 0\n1\n2\n" in error.what
    assert len(error.what) < 1100


def test_a_session_that_cannot_be_read_is_told_and_the_next_one_runs():
    body = "\n```pycon\n>>>x = 1\n```\n\n```pycon\n>>> y = 2\n>>> y\n3\n```\n"
    names, errors = sessions.run(body, "content/a.md", {"np": np})
    assert names["y"] == 2
    assert [(error.path, error.line) for error in errors] == [
        ("content/a.md", 3),
        ("content/a.md", 8),
    ]
    assert errors[0].what.startswith("the session cannot be read, ")
    assert "lacks blank after >>>: '>>>x = 1'" in errors[0].what
    assert errors[0].fix == "write it as Python prints it"


def test_a_session_sets_what_is_its_own_and_compares_what_is_not():
    _, errors = run(
        ">>> class Own: pass",
        ">>> book_of = Own()",
        ">>> book_of.shape = (2,)",
        ">>> np.pi <= 3 and print()",
        "False",
        ">>> x = np.pi",
    )
    assert errors == []


def test_what_a_session_breaks_is_told_at_its_line_and_mended_for_what_follows():
    broken = (
        "import sys; sys.stdout.close()",
        "import builtins; builtins.open = None",
        "del builtins.isinstance",
        "builtins.len = builtins.vars = None",
    )
    _, errors = run(*(f">>> {line}" for line in broken), ">>> len([1 + 1])", "3")
    assert [error.line for error in errors] == [3, 4, 5, 6, 7]
    stopped, *changed, drift = [error.what for error in errors]
    assert "ValueError: I/O operation on closed file" in stopped
    assert changed == [
        f"the session changes the built-in {names}"
        for names in ("open", "isinstance", "len, vars")
    ]
    assert "the session prints 1" in drift


def test_a_session_uses_what_it_printed_last():
    _, errors = run(">>> 1 + 1", "2", ">>> _ + 1", "3", ">>> _ * 2", "6")
    assert errors == []
