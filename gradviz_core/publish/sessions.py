"""Sessions: the doctest blocks of a page, run in order."""

import doctest
import re
import traceback
import warnings
from functools import cache
from typing import Any

import numpy as np

import gradviz_core.book
from gradviz_core.content.listings import LISTING
from gradviz_core.errors import ContentError
from gradviz_core.publish.markdown import highlight_listing

AT_HAND = {"np": np} | {
    n: getattr(gradviz_core, n) for n in (*gradviz_core.__all__, "book")
}
EXACTLY = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1


@cache
@np.errstate()  # what a page sets is its own
@np.printoptions()
def run(body: str, source: str) -> tuple[dict[str, Any], list[ContentError]]:
    """Run the blocks of a page in order: what they have named, and where they drift."""
    namespace, errors = dict(AT_HAND), list[ContentError]()
    for block in LISTING.finditer(body):
        line = body.count("\n", 0, block.start("code"))
        if unknown := highlight_listing(block)[1]:
            what, fix = (
                f"there is no language called {unknown}",
                "name another, or none",
            )
            errors.append(ContentError(source, line, what, fix))
        try:
            pieces = doctest.DocTestParser().parse(block["code"], f"{source}:{line}")
            unseen = "".join(
                piece for piece in pieces if isinstance(piece, str)
            ).strip()
            if unseen and "pycon" in block["kind"]:
                raise ValueError(f"{unseen} belongs to nothing that is run")
        except ValueError as error:
            what = f"the session cannot be read, {error}"
            errors.append(
                ContentError(source, line + 1, what, "write it as Python prints it")
            )
            continue
        for example in (
            piece for piece in pieces if isinstance(piece, doctest.Example)
        ):
            test = doctest.DocTest(
                [example], {}, f"{source}:{line}", source, line, None
            )
            test.globs = (
                namespace  # itself and no copy: functions see what is named below them
            )
            if what := _drift(example, test):
                fix = "show what is printed, or mend the code"
                errors.append(
                    ContentError(source, line + example.lineno + 1, what, fix)
                )
    return namespace, errors


def _drift(example: doctest.Example, test: doctest.DocTest) -> str:
    if example.options or re.search(
        r"KeyboardInterrupt|\b(np|book)\.[\w. ]+=[^=]", example.source
    ):
        return "the session says how it is to be checked, stops the build, or changes what all use"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            doctest.DebugRunner(optionflags=EXACTLY).run(test, clear_globs=False)
    except doctest.DocTestFailure as failure:
        texts = (
            re.sub(r"(?ms)^Traceback.*?\n(?=\S)", "", t)
            for t in (example.want, failure.got)
        )
        shown, printed = (text.strip() or "nothing" for text in texts)
        return f"the page shows {shown}, the session prints {printed}"
    except doctest.UnexpectedException as failure:
        return f"the session raises {traceback.format_exception_only(failure.exc_info[1])[-1]}"
    return ""
