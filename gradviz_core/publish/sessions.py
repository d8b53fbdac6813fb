"""Sessions: the doctest blocks of a page, run in order as one session.

What a page shows as printed must be what is printed. What its session has named is
there for the words and pictures of the page.
"""

import doctest
import re
import traceback
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

import gradviz_core.book
from gradviz_core.content.listings import LISTING
from gradviz_core.errors import ContentError
from gradviz_core.publish.markdown import highlight

# What a session has without importing it. The routine goes by its bare name, as in the
# book's own script.
AT_HAND: dict[str, Any] = {
    "np": np,
    "book": gradviz_core.book,
    "numerical_gradient": gradviz_core.book.numerical_gradient,
}
AT_HAND |= {name: getattr(gradviz_core, name) for name in gradviz_core.__all__}

# An ellipsis stands for any text; True is not 1.
COMPARISON = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1


@cache
@np.errstate()  # what a page sets of NumPy's options is undone when it ends
@np.printoptions()
def run(body: str, source: str) -> tuple[dict[str, Any], list[ContentError]]:
    """Run the blocks of a page.

    Parameters
    ----------
    body : str
        The Markdown of the page.
    source : str
        The path of its file, for errors.

    Returns
    -------
    dict
        What the session has named, as it stands at the end of the page.
    list of ContentError
        Where what the page shows is not what is printed.
    """
    namespace = dict(AT_HAND)
    errors: list[ContentError] = []
    for listing in LISTING.finditer(body):
        above = body[: listing.start("code")]
        line = above.count("\n")  # of the fence, just above the code
        errors.extend(_run_listing(listing, line, source, namespace))
    return namespace, errors


def _run_listing(
    listing: re.Match[str], line: int, source: str, namespace: dict[str, Any]
) -> Iterator[ContentError]:
    if language := highlight(listing).unknown_language:
        what = f"there is no language called {language}"
        yield ContentError(source, line, what, "name another, or none")
    name = f"{source}:{line}"
    try:
        pieces = doctest.DocTestParser().parse(listing["code"], name)
        _refuse_loose_text(pieces, listing["kind"])
    except ValueError as error:
        what = f"the session cannot be read, {error}"
        yield ContentError(source, line + 1, what, "write it as Python prints it")
        return
    for example in pieces:
        if not isinstance(example, doctest.Example):
            continue
        test = doctest.DocTest([example], {}, name, source, line, None)
        # DocTest copies what it is given, but a function of the page has to see what
        # later blocks name.
        test.globs = namespace
        if what := _drift(example, test):
            fix = "show what is printed, or mend the code"
            yield ContentError(source, line + example.lineno + 1, what, fix)


def _refuse_loose_text(pieces: list[Any], kind: str) -> None:
    """Raise ValueError if a pycon block holds text that is neither code nor output."""
    loose = "".join(piece for piece in pieces if isinstance(piece, str)).strip()
    if loose and "pycon" in kind:
        raise ValueError(f"{loose} belongs to nothing that is run")


def _drift(example: doctest.Example, test: doctest.DocTest) -> str:
    """Run one example; say how what is printed differs from what is shown."""
    if example.options:
        return "a comment tells doctest how to compare"
    runner = doctest.DebugRunner(optionflags=COMPARISON)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            runner.run(test, clear_globs=False)
    except doctest.DocTestFailure as failure:
        shown = _without_frames(example.want)
        printed = _without_frames(failure.got)
        return f"the page shows {shown}, the session prints {printed}"
    except doctest.UnexpectedException as failure:
        raised = traceback.format_exception_only(failure.exc_info[1])[-1]
        return f"the session raises {raised}"
    return ""


def _without_frames(output: str) -> str:
    """Return a traceback's last line, or an output as it is."""
    output = re.sub(r"(?ms)^Traceback.*?\n(?=\S)", "", output)
    return output.strip() or "nothing"
