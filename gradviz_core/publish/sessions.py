"""Sessions: the `pycon` blocks of a page, run so that what it shows is what a reader gets."""

import doctest
import re
from dataclasses import replace
from typing import Any

import numpy as np

import gradviz_core
from gradviz_core import book
from gradviz_core.errors import ContentError
from gradviz_core.publish.pages import Page

SESSION = re.compile(r"^(`{3,}|~{3,})[ {.]*pycon\b.*?\n(?P<lines>.*?)^\1", re.M | re.S | re.I)
AT_HAND: dict[str, Any] = {"np": np, "book": book} | {
    name: getattr(gradviz_core, name) for name in gradviz_core.__all__
}


def run(page: Page) -> tuple[Page, list[ContentError]]:
    """Run the blocks of a page in order, in one namespace, and tell where they drift.

    The page is given back with what its blocks have named, for its words and pictures.
    """
    namespace, errors = dict(AT_HAND), []
    for block in SESSION.finditer(page.body):
        line = page.body.count("\n", 0, block.start("lines"))
        try:
            session = doctest.DocTestParser().get_doctest(
                block["lines"], namespace, page.source, page.source, line
            )
        except ValueError as error:
            what = f"the session cannot be read, {error}"
            fix = "write it as Python prints it"
            errors.append(ContentError(page.source, line + 1, what, fix))
            continue
        runner = _Runner()
        runner.run(session, clear_globs=False, out=lambda _: None)
        namespace = session.globs
        for at, what in runner.drifts:
            fix = "show what is printed, or mend the code"
            errors.append(ContentError(page.source, at + 1, what, fix))
    return replace(page, session=namespace), errors


class _Runner(doctest.DocTestRunner):
    """Keeps what differs instead of printing it."""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=doctest.ELLIPSIS)
        self.drifts: list[tuple[int, str]] = []

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        what = f"the page shows {_line(example.want)}, the session prints {_line(got)}"
        self.drifts.append((test.lineno + example.lineno, what))

    def report_unexpected_exception(self, out: Any, test: Any, example: Any, exc_info: Any) -> None:
        what = f"the session raises {exc_info[0].__name__}: {_line(str(exc_info[1]))}"
        self.drifts.append((test.lineno + example.lineno, what))


def _line(text: str) -> str:
    return " ".join(text.split()) or "nothing"
