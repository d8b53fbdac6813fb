"""Steps: from a site to its files, in the order in which build.py takes them.

Results that are slow to make are kept under a key of everything that decides them, so
that an edit only repeats the work that it can affect.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from gradviz_core.content.entries import Entry, measure_all
from gradviz_core.content.own_book import book_errors
from gradviz_core.content.pasted_lines import (
    fixed_call,
    lines_to_paste,
    listings_with_gradient,
    pasted_line_errors,
    right_lines,
)
from gradviz_core.content.site import RESULTS, Site
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.publish import exports, site_rules, swap
from gradviz_core.publish.cache import Cache, Recall, key_of
from gradviz_core.publish.captions import missing_sentences
from gradviz_core.publish.contents import Contents, entries_in_languages
from gradviz_core.publish.drawings import (
    Drawings,
    card_drawings,
    drawings_in_lists,
    figure,
    function_drawings,
    unlike_original,
)
from gradviz_core.publish.environment import CompiledTemplates
from gradviz_core.publish.filled_files import FilledFile, filled_files
from gradviz_core.publish.page_terms import unfit_functions
from gradviz_core.publish.render import RenderedPage, Renderer
from gradviz_core.publish.rendered_pages import PageRendering
from gradviz_core.publish.sources import code_key
from gradviz_core.publish.static_files import SCRIPT_PARTS, static_files
from gradviz_core.publish.workers import run
from gradviz_core.registry.colours import TABLE, colour_errors
from gradviz_core.registry.words import ENGLISH, interface_files
from gradviz_core.toml_source import REPOSITORY, TomlSource

FilesByPath = dict[str, str | bytes]  # of the site


@dataclass(frozen=True)
class Measured:
    """The functions of a site with their measurements."""

    entries: Mapping[str, Entry]  # those that are sound, by name
    errors: list[ContentError]
    key: str  # of everything that decides the figures
    is_new: bool  # measured in this build, not kept from an earlier one


@dataclass(frozen=True)
class Rendered:
    """The pages of a site as HTML, and the drawings that go with them."""

    site: Site
    measured: Measured
    renderer: Renderer
    key: str  # of everything that decides all pages
    pages: Mapping[str, RenderedPage]  # by their paths in the site
    drawings: Drawings
    errors: list[ContentError]  # in the drawings; those in a page are stored with it

    @cached_property
    def filled_files(self) -> dict[str, FilledFile]:
        """The files to fill, by their paths in the site."""
        return filled_files(self.renderer, self.drawings)


@dataclass(frozen=True)
class Build:
    """One build of a site.

    Parameters
    ----------
    cache : Cache
        Where slow results are kept.
    code : str
        A key of the code; by default, of the code as it is now.
    base_url : str
        The address of the site, or "".
    jobs : int
        How many processes may run at the same time.
    time_limit : float
        How many seconds the code of a page may run; 0 for no limit.
    report : callable
        Called for each figure that is drawn.
    first : str
        The path in the site of a page that is to be rendered before all others.
    show : callable
        Called with the HTML of this page as soon as it is rendered, if it has no error
        of its own. The site may have others.
    """

    cache: Cache
    code: str = field(default_factory=partial(code_key, REPOSITORY))
    base_url: str = ""
    jobs: int = 1
    time_limit: float = 0
    report: Callable[[str], object] = lambda path: None
    first: str = ""
    show: Callable[[str], object] = lambda html: None

    def load(self, root: Path) -> Site:
        """Read a site.

        Raises
        ------
        ContentErrors
            If its words cannot be read, or a colour is none: every page has some.
        """
        wrong_colours = [*colour_errors(TomlSource.read(TABLE))]
        try:
            site = Site.load(root, Recall(self.cache, self.code))
        except ContentErrors as others:
            raise ContentErrors([*wrong_colours, *others.errors]) from None
        if wrong_colours:
            raise ContentErrors([*wrong_colours, *site.errors])
        return site

    def measure(self, site: Site) -> Measured:
        """Measure every function in both layouts.

        Raises
        ------
        ContentErrors
            If the site is about another book's routine, and that cannot be shown.
        """
        if errors := book_errors(site):
            raise ContentErrors(errors)
        key = key_of("entries", self.code, site.registry.source.text, site.own_book)
        cached = self.cache.find(key)
        entries, errors = cached or _sound_entries(site)
        if cached is None and not errors:
            self.cache.put(key, (entries, errors))
        return Measured(entries, errors, key, is_new=cached is None)

    def render(self, site: Site, measured: Measured) -> Rendered:
        """Render every page, and find out what has to be drawn for it.

        Raises
        ------
        ContentErrors
            If the English words lack a sentence about a verdict: every page has some.
        """
        if errors := [*_missing_sentences(site, measured)]:
            raise ContentErrors(errors)
        entries_in = entries_in_languages(site, measured.entries)
        contents = Contents.of(site, entries_in)
        compiled = CompiledTemplates(self.cache, self.code)
        renderer = Renderer(site, contents, entries_in, self.base_url, compiled)
        key = self._key_of_all_pages(renderer, measured)
        rendering = PageRendering(
            self.cache,
            renderer,
            key,
            jobs=self.jobs,
            time_limit=self.time_limit,
            first=self.first,
            show=self.show,
        )
        pages = rendering.all_pages()
        drawings, errors = _all_drawings(measured.entries, pages, contents)
        return Rendered(site, measured, renderer, key, pages, drawings, errors)

    def _key_of_all_pages(self, renderer: Renderer, measured: Measured) -> str:
        """Return a key of what decides all pages; each page adds its own part."""
        site = renderer.site
        templates = [(t.source, t.text) for t in site.templates if not t.published]
        return key_of(
            measured.key,
            templates,
            site.words,
            site.benchmarks,
            renderer.contents.outlines,
            self.base_url,
        )

    def check(self, rendered: Rendered) -> FilesByPath:
        """Check the whole site against all rules; return its pages and static files.

        Figures, and files that are filled from a template but are not pages, come
        later: they are slow, or need correct pages.

        Raises
        ------
        ContentErrors
            With everything that is wrong in the site.
        """
        files, static_errors = self._pages_and_static_files(rendered)
        errors = [*static_errors, *self._errors(rendered, files)]
        if errors:
            raise ContentErrors(errors)
        return files

    def _pages_and_static_files(
        self, rendered: Rendered
    ) -> tuple[FilesByPath, list[ContentError]]:
        site = rendered.site
        measured = rendered.measured
        files, errors = self.cache.get(
            key_of("static", self.code, interface_files()[ENGLISH], site.templates),
            partial(static_files, site.templates),
        )
        files[".nojekyll"] = ""
        files["data/functions.json"] = self.cache.get(
            key_of("functions.json", measured.key),
            lambda: exports.functions_json(measured.entries.values(), site.book.STEP),
            keep=lambda _: not measured.errors,
        )
        files["errata.json"] = exports.errata_json(site.pages)
        files.update({url: page.html for url, page in rendered.pages.items()})
        return files, errors

    def _errors(self, rendered: Rendered, files: FilesByPath) -> Iterator[ContentError]:
        """Yield everything that is wrong in the site, except in its static files."""
        site = rendered.site
        measured = rendered.measured
        pages = rendered.pages
        yield from (*site.errors, *measured.errors, *rendered.errors)
        yield from site_rules.english_errors(site, pages)
        yield from self._errors_in_lines_to_paste(site, measured)
        for page in pages.values():
            yield from page.errors
        if measured.errors or site.registry.errors:
            return  # words about a function that is not sound cannot be checked
        unread = {error.path for error in site.shared_errors}
        contents = rendered.renderer.contents
        for page in pages.values():
            if page.failure and page.failure.path not in unread:
                yield page.failure
        if unread & {SCRIPT_PARTS, RESULTS}:
            return  # what these name is missing from pages, and links to it are right
        yield from site_rules.picture_errors(contents, pages, rendered.drawings)
        document_errors = self._document_errors(rendered, files)
        yield from document_errors
        faulty_files = {error.path for error in document_errors}
        yield from site_rules.structure_errors(contents, pages, faulty_files)

    def _errors_in_lines_to_paste(
        self, site: Site, measured: Measured
    ) -> list[ContentError]:
        """Run the lines to paste on every function, unless that was done before."""
        key = key_of(
            "paste",
            measured.key,
            lines_to_paste(site),
            fixed_call(site),
            sorted({*listings_with_gradient(site).values()}),
            [(page.source, right) for page, right in right_lines(site)],
        )
        return self.cache.get(
            key,
            lambda: [*pasted_line_errors(site, measured.entries)],
            keep=lambda errors: not errors,
        )

    def _document_errors(
        self, rendered: Rendered, files: FilesByPath
    ) -> list[ContentError]:
        """Check all pages and their links, unless that was done before."""
        paths = {*files, *rendered.drawings, *rendered.filled_files}
        links_of_pages = [
            (url, page.links_key, page.faults) for url, page in rendered.pages.items()
        ]
        key = key_of("links", self.code, sorted(paths), links_of_pages)
        find_errors = partial(
            site_rules.document_errors,
            rendered.site,
            rendered.renderer.contents,
            rendered.pages,
            rendered.drawings,
            paths,
        )
        return self.cache.get(key, find_errors, keep=lambda errors: not errors)

    def draw(self, rendered: Rendered, files: FilesByPath) -> swap.Files:
        """Return every file of the site; figures are drawn when they are requested."""
        files = files | self._filled(rendered)
        of_functions = function_drawings(rendered.measured.entries)
        others = {
            path: drawing
            for path, drawing in rendered.drawings.items()
            if path not in of_functions
        }
        if self.base_url:
            pages = rendered.renderer.contents.pages
            entries = rendered.measured.entries
            words = rendered.site.words[ENGLISH]
            others |= card_drawings(pages, files, entries, words, rendered.drawings)
        encoded = ((path, _encoded(content)) for path, content in files.items())
        return chain(encoded, self._figures(rendered.measured, of_functions, others))

    def _figures(
        self, measured: Measured, of_functions: Drawings, others: Drawings
    ) -> swap.Files:
        """Draw the figures of the functions, and all others."""
        jobs = self.jobs if measured.is_new else 1
        if measured.is_new:
            # Importing matplotlib is slow: do it once, for all workers that are forked.
            from gradviz_core.figures import drawing  # noqa: F401
        keys_of_others = [(path, drawing.key) for path, drawing in others.items()]
        # Two values: looking up each by itself would take a tenth of an edit's time.
        for key, drawings in (
            (key_of("figures", measured.key), of_functions),
            (key_of("figures", self.code, keys_of_others), others),
        ):
            draw = partial(self._draw_all, drawings, jobs)
            figures: dict[str, bytes] = self.cache.get(key, draw)
            yield from figures.items()

    def _draw_all(self, drawings: Drawings, jobs: int) -> dict[str, bytes]:
        """Return each figure as a file, by its path in the site."""
        tasks = {
            path: partial(figure, self.cache, path, drawing, self.report)
            for path, drawing in drawings.items()
        }
        return dict(run(tasks, jobs))

    def _filled(self, rendered: Rendered) -> FilesByPath:
        """Fill each file that is not a page, unless that was done before."""
        files: FilesByPath = {}
        for path, file in rendered.filled_files.items():
            files[path] = self.cache.get(
                key_of("text", rendered.key, path, file.deciding),
                partial(rendered.renderer.fill, file.template, **file.terms),
            )
        return files


def _sound_entries(site: Site) -> tuple[dict[str, Entry], list[ContentError]]:
    """Measure every function; return the sound ones and all errors."""
    entries, errors = measure_all(site.registry, site.book)
    # Only a renderer knows what pages may name besides functions.
    no_entries = entries_in_languages(site, {})
    contents = Contents.of(site, no_entries)
    without_functions = Renderer(site, contents, no_entries, base_url="")
    unfit = unfit_functions(site.registry, without_functions.environment)
    for name, error in unfit.items():
        entries.pop(name, None)
        errors.append(error)
    return entries, errors


def _missing_sentences(site: Site, measured: Measured) -> Iterator[ContentError]:
    """Yield an error for each sentence that a verdict needs and words.toml lacks."""
    english = site.words[ENGLISH]
    file = interface_files()[ENGLISH]
    for keys in missing_sentences(measured.entries.values(), english):
        what = f"{'.'.join(keys)} is missing, and a function needs it"
        fix = f"say it below [{'.'.join(keys[:-1])}]"
        yield TomlSource(file.text, file.path).error_at(keys, what, fix)


def _all_drawings(
    entries: Mapping[str, Entry], pages: Mapping[str, RenderedPage], contents: Contents
) -> tuple[Drawings, list[ContentError]]:
    """Collect all drawings; report those that differ in a translation."""
    drawings = function_drawings(entries)
    errors: list[ContentError] = []
    for page in contents.pages:
        own = pages[page.url].drawings
        if page.is_translation:
            errors.extend(unlike_original(page, own, drawings))
        for path, drawing in own.items():
            drawings.setdefault(path, drawing)
    drawings |= drawings_in_lists(contents.pages, drawings)
    return drawings, errors


def _encoded(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
