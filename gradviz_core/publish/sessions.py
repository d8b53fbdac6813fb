"""Sessions: the `pycon` blocks of a page, run so that what it shows is what a reader gets."""

import doctest
import re
import warnings
from functools import cache
from typing import Any

import numpy as np

import gradviz_core
from gradviz_core import __all__, book
from gradviz_core.errors import ContentError

SESSION = re.compile(r"^(`{3,}(?!`)|~{3,}(?!~)).*?\n(?P<lines>.*?)^\1", re.M | re.S)
AT_HAND = {"np": np, "book": book} | {name: getattr(gradviz_core, name) for name in __all__}


@cache
def run(body: str, source: str) -> tuple[dict[str, Any], list[ContentError]]:
    """Run the blocks of a page in order: what they have named, and where they drift."""
    namespace = dict(AT_HAND)
    errors: list[ContentError] = []
    for block in SESSION.finditer(body):
        line = body.count("\n", 0, block.start("lines"))
        parser, runner, name = doctest.DocTestParser(), _Runner(), f"{source}:{line}"
        try:
            session = parser.get_doctest(block["lines"], namespace, name, source, line)
        except ValueError as error:
            what = f"the session cannot be read, {error}"
            errors.append(ContentError(source, line + 1, what, "write it as Python prints it"))
            continue
        unchecked = [e for e in session.examples if e.options or "KeyboardInterrupt" in e.source]
        session.examples = [e for e in session.examples if e not in unchecked]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            runner.run(session, clear_globs=False, out=lambda _: None)
        namespace = session.globs
        what = "the session says how it is to be checked, or stops the build"
        runner.drifts += [(line + e.lineno, what) for e in unchecked]
        fix = "show what is printed, or mend the code"
        errors += [ContentError(source, at + 1, what, fix) for at, what in runner.drifts]
    return namespace, errors


class _Runner(doctest.DocTestRunner):
    """Keeps what differs instead of printing it."""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=doctest.ELLIPSIS)
        self.drifts: list[tuple[int, str]] = []

    def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
        shown, printed = (text.strip() or "nothing" for text in (example.want, got))
        what = f"the page shows {shown}, the session prints {printed}"
        self.drifts.append((test.lineno + example.lineno, what))

    def report_unexpected_exception(self, out: Any, test: Any, example: Any, exc_info: Any) -> None:
        what = f"the session raises {exc_info[0].__name__}: {str(exc_info[1]) or 'nothing'}"
        self.drifts.append((test.lineno + example.lineno, what))
