"""Page terms: what a page may name that has another value on each page.

What all pages share is in `page_functions`. The functions of the site have names beside
these, so none of them may be called like something else that a page names.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from markupsafe import Markup

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.environment import Environment, jinja_names
from gradviz_core.publish.navigation import Place
from gradviz_core.registry.functions import Registry
from gradviz_core.registry.words import Words


class PageTerms(TypedDict):
    """What the expressions of a page, and its template, may name."""

    page: Page
    pages: Sequence[Page]  # all, each in the language of the page if it can be
    place: Place  # of the page in its section
    versions: Sequence[Page]  # the page itself in every language
    other_languages: Sequence[tuple[Mapping[str, Any], Page]]
    words: Words  # of its language
    functions: Sequence[Entry]
    entry: Entry | None  # the function that the page is about
    pair: Callable[..., Markup]
    figure: Callable[..., Markup]
    small_picture: Callable[..., str]


class TemplateTerms(PageTerms):
    """What its template may name, once the text of the page is HTML."""

    content: Markup
    headings: Sequence[Any]
    parts: Sequence[tuple[Page, Markup]]  # of the 404 page, in other languages


def unfit_functions(
    registry: Registry, environment: Environment
) -> dict[str, ContentError]:
    """Return, by name, an error for each function that no page can name."""
    meanings = _meanings(environment)
    return {
        name: registry.source.error_at(
            (name,),
            f"{name}: this name is taken: in a page it is {meanings[name]}",
            "correct the name",
        )
        for name in registry.functions
        if name in meanings
    }


def _meanings(environment: Environment) -> dict[str, str]:
    """Return the names that no function may have, each with its meaning in a page."""
    names = dict.fromkeys(environment.globals, "something that pages call")
    names |= jinja_names()
    return names | dict.fromkeys(
        TemplateTerms.__annotations__, "a part of the page itself"
    )
