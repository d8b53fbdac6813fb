"""The routine of another book: one of central differences over rows, or refused."""

from pathlib import Path

import pytest
from project import ANOTHER_BOOK

from gradviz_core.content.own_book import book_errors
from gradviz_core.content.site import Site

NOT_CENTRAL = "numerical_gradient of {}, for an array of shape {}, is no central difference over its rows"  # fmt: skip


def told(folder: Path, text: str) -> list[str]:
    """What is said of a site with this book.py."""
    (folder / "content").mkdir()
    (folder / "book.py").write_text(text, encoding="utf-8")
    return [str(error) for error in book_errors(Site.load(folder))]


def test_a_routine_of_central_differences_over_rows_is_taken(tmp_path):
    assert told(tmp_path, ANOTHER_BOOK) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("STEP = 1e-5", "STEP = 0", "the book has no STEP, a positive number"),
        ("def numerical", "def my", "the book has no function numerical_gradient"),
        (
            "x[i] = kept - step",
            "x[i] = kept",
            NOT_CENTRAL.format("x[0] * x[1]", "(25, 2)"),
        ),
        (
            "kept - step",
            "kept - step / 2",
            NOT_CENTRAL.format("x[0] * x[1]", "(25, 2)"),
        ),
        (
            "(2 * step)",
            "2 * step",
            NOT_CENTRAL.format("x[0] * x[1]", "(25, 2)"),
        ),
        (
            "np.atleast_2d(X)",
            "np.atleast_2d(X if X.shape[1] == 2 else X.T)",
            NOT_CENTRAL.format("x[0] * x[1]", "(2, 25)"),
        ),
        (
            "f(x)",
            "f(X)",
            NOT_CENTRAL.format("x[0] * x[1]", "(25, 2)"),
        ),
    ],
)
def test_any_other_routine_is_refused_once_at_its_file(tmp_path, old, new, what):
    fix = "write it as CONTRIBUTING says below Another book"
    assert told(tmp_path, ANOTHER_BOOK.replace(old, new)) == [
        f"book.py: {what}. Fix: {fix}"
    ]


def test_a_book_that_is_no_python_is_told_at_its_line(tmp_path):
    [line] = told(tmp_path, "STEP = 1e-5\ndef numerical_gradient(\n")
    assert line.startswith("book.py:2: this is not Python: ")
