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
        try:
            examples = doctest.DocTestParser().get_examples(block["lines"], f"{source}:{line}")
        except ValueError as error:
            what = f"the session cannot be read, {error}"
            errors.append(ContentError(source, line + 1, what, "write it as Python prints it"))
            continue
        for example in examples:
            test = doctest.DocTest([example], {}, f"{source}:{line}", source, line, None)
            test.globs = namespace  # itself and no copy: functions see what is named below them
            if what := _drift(example, test):
                fix = "show what is printed, or mend the code"
                errors.append(ContentError(source, line + example.lineno + 1, what, fix))
    return namespace, errors


def _drift(example: doctest.Example, test: doctest.DocTest) -> str:
    """Run a line of a session: what is wrong with it, if anything."""
    if example.options or "KeyboardInterrupt" in example.source:
        return "the session says how it is to be checked, or stops the build"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            doctest.DebugRunner(optionflags=doctest.ELLIPSIS).run(test, clear_globs=False)
    except doctest.DocTestFailure as failure:
        shown, printed = (text.strip() or "nothing" for text in (example.want, failure.got))
        return f"the page shows {shown}, the session prints {printed}"
    except doctest.UnexpectedException as failure:
        kind, error, _ = failure.exc_info
        return f"the session raises {kind.__name__}: {str(error) or 'nothing'}"
    return ""
