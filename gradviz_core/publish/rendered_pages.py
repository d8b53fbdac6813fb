"""Rendered pages: all pages of a site, each kept from an earlier build or rendered.

Pages whose text, data and templates are as they were are looked up. The others are
rendered in workers, since code that stands in a page runs with it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.cache import Cache, key_of
from gradviz_core.publish.render import RenderedPage, Renderer
from gradviz_core.publish.workers import run_apart

PagesByUrl = dict[str, RenderedPage]


@dataclass(frozen=True)
class PageRendering:
    """The rendering of all pages of a site.

    Parameters
    ----------
    cache : Cache
        Where rendered pages are kept.
    renderer : Renderer
        What renders one page.
    key : str
        A key of what decides all pages; each page adds its own part.
    jobs : int
        How many processes may run at the same time.
    time_limit : float
        How many seconds the code of a page may run; 0 for no limit.
    first : str
        The path in the site of a page that is to be rendered before all others.
    show : callable
        Called with the HTML of this page as soon as it is rendered.
    """

    cache: Cache
    renderer: Renderer
    key: str
    jobs: int
    time_limit: float
    first: str
    show: Callable[[str], object]

    def all_pages(self) -> PagesByUrl:
        """Return every page, and render those that are not kept.

        The page that is waited for comes first, with its versions: until they are
        there, no other page is even looked up.
        """
        all_pages = self.renderer.contents.pages
        originals = {page.original for page in all_pages if page.url == self.first}
        awaited = [page for page in all_pages if page.original in originals]
        others = [page for page in all_pages if page.original not in originals]
        pages = self._found_or_rendered(awaited) | self._found_or_rendered(others)
        return {page.url: pages[page.url] for page in all_pages}

    @cached_property
    def _keys(self) -> dict[str, str]:
        """A key of everything that decides each page, by the page's address."""
        contents = self.renderer.contents
        keys = {}
        for page in contents.pages:
            shown = contents.shown_by(page)
            texts = [(other.url, _key_of_text(other.text)) for other in shown]
            listings = contents.listings_for(shown)
            keys[page.url] = key_of("page", self.key, texts, listings)
        return keys

    def _found_or_rendered(self, wanted: Sequence[Page]) -> PagesByUrl:
        """Look up some pages, and render those that are not kept."""
        found = {page.url: self.cache.find(self._keys[page.url]) for page in wanted}
        to_render = [page for page in wanted if not found[page.url]]
        to_render.sort(key=lambda page: page.url != self.first)
        return found | self._rendered(to_render)

    def _rendered(self, pages: Sequence[Page]) -> PagesByUrl:
        """Render some pages.

        One worker renders all versions of a page, and runs their session once.
        """
        versions_of: dict[str, list[Page]] = {}  # by their originals
        for page in pages:
            versions_of.setdefault(page.original, []).append(page)
        if len(versions_of) > 1:
            self.renderer.prepare()
        tasks = {
            original: partial(self._versions, versions)
            for original, versions in versions_of.items()
        }

        def crashed(original: str, how: str) -> PagesByUrl:
            return _pages_of_crashed_worker(versions_of[original], how)

        rendered: PagesByUrl = {}
        for _, versions in run_apart(tasks, self.jobs, crashed, self._patience):
            rendered.update(versions)
        return rendered

    @property
    def _patience(self) -> float:
        """How many seconds a worker may take."""
        if not self.time_limit:
            return math.inf
        languages = len(self.renderer.site.words)
        return self.time_limit * (languages + 1)  # one for all else

    def _versions(self, versions: Sequence[Page]) -> PagesByUrl:
        """Render a page in every language, and keep the versions without errors."""
        rendered = {page.url: RenderedPage() for page in versions}
        for page in versions:
            rendered[page.url] = self.cache.get(
                self._keys[page.url],
                partial(self._render, page),
                keep=lambda result: result.is_sound,
            )
            if rendered[page.url].is_cut_off:
                break  # the others have the same session
        return rendered

    def _render(self, page: Page) -> RenderedPage:
        """Render a page, and show it if it is waited for."""
        if page.url != self.first:
            return self.renderer.render(page, self.time_limit)
        return self.renderer.render(page, self.time_limit, self.show)


@cache
def _key_of_text(text: str) -> str:
    """Return a key of a text, once: function pages share one that is long."""
    return key_of(text)


def _pages_of_crashed_worker(versions: Sequence[Page], how: str) -> PagesByUrl:
    """Return empty pages, with an error in the first that says `how` it crashed."""
    first, *others = versions
    what = f"the process that ran its code {how}"
    fix = "mend the session or the expressions of this page"
    error = ContentError(first.source, None, what, fix)
    pages = {first.url: RenderedPage(errors=[error])}
    pages.update({page.url: RenderedPage() for page in others})
    return pages
