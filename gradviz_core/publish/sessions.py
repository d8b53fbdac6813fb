"""Sessions: the doctest blocks of a page, run in order as one session.

What a page shows as printed must be what is printed. What its session has named is
there for the words and pictures of the page.
"""

import doctest
import re
import traceback
import warnings
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

import gradviz_core
from gradviz_core.content.listings import LISTING
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.markdown import highlight
from gradviz_core.registry.functions import Function

# What a session has named, as it stands at the end, and what is wrong in it.
Run = tuple[dict[str, Any], list[ContentError]]

# An ellipsis stands for any text; True is not 1.
COMPARISON = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1


class Sessions:
    """The sessions of a site's pages, each of which is run once.

    Parameters
    ----------
    book : module
        The routine that the site is about.
    functions : mapping of str to Function
        The functions of the site.
    """

    def __init__(self, book: ModuleType, functions: Mapping[str, Function]) -> None:
        # What a session has without importing it. The routine goes by its bare name, as
        # in the book's own script.
        self.at_hand: dict[str, Any] = {
            "np": np,
            "book": book,
            "numerical_gradient": book.numerical_gradient,
        }
        for name in gradviz_core.__all__:
            if name != "FUNCTIONS":  # a site may have its own
                self.at_hand[name] = getattr(gradviz_core, name)
        self.at_hand["FUNCTIONS"] = functions
        self._run: dict[tuple[str, str], Run] = {}

    def of(self, page: Page) -> Run:
        """Run the session of a page, unless that was done before."""
        key = (page.body, page.source)
        if key not in self._run:
            self._run[key] = run(page.body, page.source, self.at_hand)
        return self._run[key]


@np.errstate()  # what a page sets of NumPy's options is undone when it ends
@np.printoptions()
def run(body: str, source: str, at_hand: Mapping[str, Any]) -> Run:
    """Run the blocks of a page.

    Parameters
    ----------
    body : str
        The Markdown of the page.
    source : str
        The path of its file, for errors.
    at_hand : mapping of str to object
        What the session has without importing it.

    Returns
    -------
    dict
        What the session has named, as it stands at the end of the page.
    list of ContentError
        Where what the page shows is not what is printed.
    """
    namespace = dict(at_hand)
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
