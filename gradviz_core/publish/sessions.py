"""Sessions: the doctest blocks of a page, run in order as one session.

The output that a page shows must be the actual output. The names that its session
defines are available to the words and pictures of the page.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

import numpy as np

import gradviz_core
from gradviz_core.content.listings import LISTING
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.registry.functions import Function

# The names that a session has defined at its end, and the errors in it.
Run = tuple[dict[str, Any], list[ContentError]]


class Sessions:
    """The sessions of a site's pages, each of which runs once.

    Parameters
    ----------
    book : module
        The routine that the site is about.
    functions : mapping of str to Function
        The functions of the site.
    """

    def __init__(self, book: ModuleType, functions: Mapping[str, Function]) -> None:
        # The names that a session has without importing them. The routine has its bare
        # name, as in the book's own script.
        self.predefined: dict[str, Any] = {
            "np": np,
            "book": book,
            "numerical_gradient": book.numerical_gradient,
        }
        for name in gradviz_core.__all__:
            if name != "FUNCTIONS":  # a site may have its own
                self.predefined[name] = getattr(gradviz_core, name)
        self.predefined["FUNCTIONS"] = functions
        self._runs: dict[tuple[str, str], Run] = {}

    def names_of(self, page: Page) -> dict[str, Any]:
        """Return the names that the session of a page has defined at its end."""
        namespace, _ = self._run_once(page)
        return namespace

    def errors_of(self, page: Page) -> list[ContentError]:
        """Return the errors in the session of a page."""
        _, errors = self._run_once(page)
        return errors

    def _run_once(self, page: Page) -> Run:
        key = (page.body, page.source)
        if key not in self._runs:
            self._runs[key] = run(page.body, page.source, self.predefined)
        return self._runs[key]


@np.errstate()  # changes that a page makes to NumPy's options end with it
@np.printoptions()
def run(body: str, source: str, predefined: Mapping[str, Any]) -> Run:
    """Run the blocks of a page.

    Parameters
    ----------
    body : str
        The Markdown of the page.
    source : str
        The path of the page's file, for errors.
    predefined : mapping of str to object
        The names that the session has without importing them.

    Returns
    -------
    dict
        The names that the session has defined at the end of the page.
    list of ContentError
        Where the output that the page shows is not the actual one.
    """
    namespace = dict(predefined)
    errors: list[ContentError] = []
    for listing in LISTING.finditer(body):
        above = body[: listing.start("code")]
        line = above.count("\n")  # of the fence, just above the code
        # Running code needs doctest, which is slow to import: other pages do without.
        from gradviz_core.publish.listing_runner import listing_errors

        errors.extend(listing_errors(listing, line, source, namespace))
    return namespace, errors
