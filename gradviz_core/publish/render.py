"""Render: pages and entries through Jinja and Markdown to HTML, all of it in memory.

Jinja comes before Markdown, so that an expression may give whole blocks, and blank
lines in place of the front matter keep the line numbers true. Then the page goes into
its template.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from markupsafe import Markup

from gradviz_core.content.listings import CODE
from gradviz_core.content.loaded_pages import may_have_field
from gradviz_core.content.pages import Page
from gradviz_core.content.paths import INDEX, NOT_FOUND, file_at, folder_of_language
from gradviz_core.content.site import Site
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.publish import feed, page_rules, prose_rules
from gradviz_core.publish.cache import key_of
from gradviz_core.publish.contents import Contents, EntriesIn
from gradviz_core.publish.document import Document, LinksAndIds
from gradviz_core.publish.drawings import Drawings
from gradviz_core.publish.environment import (
    CompiledTemplates,
    TemplateError,
    UnknownField,
    UnknownName,
    compute_expressions,
    error_in,
    named_values,
    new_environment,
    place_of_error,
)
from gradviz_core.publish.language_rules import (
    EnglishBlocks,
    english_blocks,
    language_errors,
)
from gradviz_core.publish.limits import TimeLimitReached, time_limit
from gradviz_core.publish.markdown import SHIELD, Converted, to_html
from gradviz_core.publish.navigation import in_language, place_of
from gradviz_core.publish.page_functions import PageFunctions
from gradviz_core.publish.page_pictures import PagePictures
from gradviz_core.publish.page_terms import PageTerms, TemplateTerms
from gradviz_core.publish.relative_links import make_relative
from gradviz_core.publish.sessions import Sessions
from gradviz_core.publish.translation_rules import Structure
from gradviz_core.publish.versions import pages_in_other_languages, redirect_links
from gradviz_core.texts import hidden_characters
from gradviz_core.toml_source import tables_in


def show_nobody(html: str) -> None:
    """Take a page that nobody waits for."""


@dataclass
class RenderedPage:
    """The result of rendering a page."""

    html: str = ""
    links_and_ids: LinksAndIds | None = None  # None where no template could be filled
    links_key: str = ""  # a key of these
    # What is wrong with it, its links aside.
    faults: list[page_rules.PageFault] = field(default_factory=list)
    structure: Structure = field(default_factory=Structure)  # of its text alone
    english_blocks: EnglishBlocks = field(default_factory=dict)  # of its own text
    drawings: Drawings = field(default_factory=dict)  # of the pictures that it shows
    errors: list[ContentError] = field(default_factory=list)
    # What stopped its expressions, or its template.
    failure: ContentError | None = None
    is_cut_off: bool = False  # its code has taken too long

    @property
    def is_complete(self) -> bool:
        """Whether its template was filled, with all its text."""
        return self.links_and_ids is not None

    @property
    def is_sound(self) -> bool:
        """Whether it is complete, and nothing is known to be wrong with its text."""
        return self.is_complete and not self.errors


class Renderer:
    """Renders pages that know of each other and of every entry.

    Parameters
    ----------
    site : Site
        What people wrote.
    contents : Contents
        Its pages.
    entries_in : mapping
        Its functions, by language.
    base_url : str
        The address of the site, or "".
    compiled : CompiledTemplates, optional
        Where compiled templates are kept.
    """

    def __init__(
        self,
        site: Site,
        contents: Contents,
        entries_in: EntriesIn,
        base_url: str,
        compiled: CompiledTemplates | None = None,
    ) -> None:
        self.site = site
        self.contents = contents
        self.entries_in = entries_in
        self.base_url = base_url
        self.records_are_sound = all(page.has_record for page in site.pages)
        self.sessions = Sessions(site.book, site.registry.functions)
        self.functions = PageFunctions(
            site, entries_in, contents, self.sessions, base_url
        )
        self.environment = new_environment(
            site.templates_root / "templates",
            self.functions.names(),
            self.functions.filters(),
            compiled,
        )

    def prepare(self) -> None:
        """Load what most pages need, once for all the workers that are to fork."""
        from gradviz_core.publish import listing_runner  # noqa: F401 - slow to import

        for name in self.environment.list_templates(extensions=["html"]):
            # An error is reported by the page that needs the template.
            with suppress(TemplateError, UnicodeError):
                self.environment.get_template(name)

    def render(
        self,
        page: Page,
        seconds: float = 0,
        show: Callable[[str], object] = show_nobody,
    ) -> RenderedPage:
        """Compute a page's expressions, fill its template, and check its text.

        Parameters
        ----------
        page : Page
            One of the site's.
        seconds : float, optional
            How long that may take; 0 sets no limit.
        show : callable, optional
            Called with the HTML as soon as it is there, unless the text has an error.
        """
        result = RenderedPage()
        try:
            with time_limit(seconds):
                _Rendering(self, page, result, show).run()
        except TimeLimitReached as reached:
            result.errors = [self._overrun(reached, page)]
            result.is_cut_off = True
        return result

    def _overrun(self, reached: TimeLimitReached, page: Page) -> ContentError:
        """Turn a limit that was reached into an error at the line that was running."""
        root = self.site.templates_root
        path, line = reached.source, reached.line
        if not line:
            path, line = place_of_error(reached, page.source, root)
        fix = "let it compute less, or build with a longer --time-limit"
        return ContentError(path.removeprefix(f"{root}/"), line, str(reached), fix)

    def error(self, raised: Exception, source: str) -> ContentError:
        """Turn what was raised into an error at a line of the page or a template."""
        return error_in(raised, source, self.site.templates_root)

    def redirect_links(self, html: str, language: str) -> str:
        """Let the links of a page lead to pages in its language."""
        words = self.site.words[language]
        return redirect_links(html, language, self.contents.versions, words)

    def terms(self, page: Page, drawings: Drawings) -> PageTerms:
        """Return what a page may name, functions and what all pages share aside.

        Parameters
        ----------
        page : Page
            The page.
        drawings : dict of str to Drawing
            To which each picture is added that the page shows and that has to be drawn.
        """
        by_url = {outline.url: outline for outline in self.contents.outlines}
        by_url.update({other.url: other for other in self.contents.shown_by(page)})
        pages = in_language([*by_url.values()], page.language)
        versions = self.contents.versions
        entries = self.entries_in[page.language]
        words = self.site.words[page.language]
        pictures = PagePictures(page, words, entries, self.environment, drawings)
        return PageTerms(
            page=page,
            pages=pages,
            place=place_of(page, pages),
            versions=[*versions.get(page.original, {}).values()],
            other_languages=[
                *pages_in_other_languages(page, versions, self.site.words)
            ],
            words=words,
            functions=[*entries.values()],
            entry=entries.get(page.slug),
            pair=pictures.pair,
            figure=pictures.figure,
            small_picture=pictures.small_picture,
        )

    def feed_terms(self, language: str) -> dict[str, Any]:
        """What the feed of a language says: what has changed in it, newest first."""
        words = self.site.words[language]
        pages = in_language(self.contents.outlines, language)
        lists = [page for page in pages if page.original == file_at("errata/")]
        return {
            "entries": feed.feed_entries(
                self.contents.outlines, self.functions.address, language, words
            ),
            "folder": folder_of_language(language),
            "listed": lists[0].url if lists else INDEX,
            "words": words,
        }

    def fill(self, template: str, **terms: Any) -> str:
        """Fill the template of a file that is no page: a script, a table, a feed."""
        try:
            text = self.environment.get_template(template).render(terms)
        except TemplateError as error:
            source = f"templates/{template}"
            raise ContentErrors([self.error(error, source)]) from error
        return text.rstrip() + "\n"


class _Rendering:
    """The rendering of one page.

    Parameters
    ----------
    renderer : Renderer
        What all pages share.
    page : Page
        The page.
    result : RenderedPage
        Filled with the HTML of the page, and with all that is wrong with it.
    show : callable, optional
        As in `Renderer.render`.
    """

    def __init__(
        self,
        renderer: Renderer,
        page: Page,
        result: RenderedPage,
        show: Callable[[str], object] = show_nobody,
    ) -> None:
        self.renderer = renderer
        self.show = show
        self.page = page
        self.original = renderer.contents.original_of(page)
        self.entries = renderer.entries_in[page.language]
        self.result = result

    @cached_property
    def terms(self) -> PageTerms:
        """What the page may name, beside functions and what all pages share."""
        return self.renderer.terms(self.page, self.result.drawings)

    @cached_property
    def body_to_compute(self) -> str:
        """The text of the page, as Jinja is to see it.

        What is shown as code comes out as typed: Jinja does not see its braces.
        """
        return CODE.sub(lambda code: code[0].replace("{", SHIELD), self.page.body)

    def run(self) -> None:
        """Convert the text of the page, fill its template, and check the whole."""
        self.result.english_blocks = english_blocks(self.page)
        converted = self.convert()
        if converted is None:
            return
        values = named_values(self.renderer.environment, self.body_to_compute)
        language = self.page.language
        self.result.structure = Structure.of(converted.html, values, language)
        html = self._filled_template(converted)
        if html is None:
            return
        end_of_text = converted.html[-99:]  # a template may add to its beginning
        if end_of_text not in html:
            what = "the template leaves out the text of its page"
            source = f"templates/{self.page.kind}.html"
            fix = "show {{ content }}"
            self.result.errors.append(ContentError(source, None, what, fix))
            return
        self._finish(html)

    def convert(self) -> Converted | None:
        """Check the text of the page, and convert it to HTML; None if that fails."""
        unclosed = [
            *prose_rules.unclosed_fences(self.page),
            *prose_rules.unclosed_comments(self.page),
        ]
        if unclosed:
            self.result.errors.extend(unclosed)
            return None
        sessions = self.renderer.sessions
        errors = prose_rules.page_errors(self.page, self.original, sessions)
        self.result.errors.extend(errors)
        if self.page.is_translation:
            self.result.errors.extend(language_errors(self.page))
        text = self._computed_text()
        if text is None:
            return None
        words = self.renderer.site.words[self.page.language]
        converted = to_html(self.page, text, words["site"]["anchor"])
        self.result.errors.extend(converted.errors)
        return converted

    def _computed_text(self) -> str | None:
        """Compute the expressions of the page: its Markdown, or None at an error."""
        source = self.page.source
        terms = {**self.entries, **self.terms}
        try:
            environment = self.renderer.environment
            text = compute_expressions(environment, self.body_to_compute, source, terms)
        except Exception as error:  # the expressions are the author's code
            self._fail(error)
            return None
        for hidden in hidden_characters(text.replace(SHIELD, ""), ""):
            what = f"once computed, {hidden.what}"
            self.result.errors.append(ContentError(source, None, what, hidden.fix))
        return text

    def _filled_template(self, converted: Converted) -> str | None:
        """Fill the template of the page with its text; return None at an error."""
        is_404 = self.page.url == NOT_FOUND
        terms = TemplateTerms(
            **self.terms,
            content=Markup(converted.html),
            headings=converted.headings,
            parts=self._sections_in_other_languages() if is_404 else [],
        )
        try:
            template = self.renderer.environment.get_template(f"{self.page.kind}.html")
            return template.render({**self.entries, **terms})
        except TemplateError as error:
            self._fail(error)
            return None

    def _sections_in_other_languages(self) -> list[tuple[Page, Markup]]:
        """Return what the 404 page says in other languages."""
        sections = []
        for page in self.renderer.contents.translated_404:
            converted = _Rendering(self.renderer, page, self.result).convert()
            if converted:
                html = self.renderer.redirect_links(converted.html, page.language)
                sections.append((page, Markup(html)))
        return sections

    def _finish(self, html: str) -> None:
        """Let each link of the page lead to the right file, show it, and check it."""
        html = self.renderer.redirect_links(html, self.page.language)
        self.result.html = make_relative(html, self.page.url, self.renderer.base_url)
        if not self.result.errors:
            self.show(self.result.html)
        document = Document.read(html)
        self.result.faults = [*page_rules.page_faults(document)]
        self.result.links_and_ids = document.links_and_ids
        self.result.links_key = key_of(self.result.links_and_ids)

    def _fail(self, error: Exception) -> None:
        """Note what ended the page, unless that is the fault of something else.

        A field of front matter that was refused is missing where it is shown: on the
        page itself, and on those that speak of `pages`. What a session did not reach
        because of a fault is missing on its page, and on the translations of that.
        """
        is_missing = isinstance(error, UnknownName | LookupError)
        shows_other_pages = "pages" in self.page.text
        if is_missing and shows_other_pages and not self.renderer.records_are_sound:
            return
        is_sound = self.page.has_record
        if is_sound and not self.renderer.sessions.errors_of(self.original):
            missing = isinstance(error, UnknownField) and self._missing_field(error)
            failure = missing or self.renderer.error(error, self.page.source)
            self.result.failure = failure

    def _missing_field(self, unknown: UnknownField) -> ContentError | None:
        """Report a field that a record may have, and lacks, at its own line."""
        contents = self.renderer.contents
        for page in (self.page, *contents.pages):
            for keys, table in tables_in(page.record):
                if table is unknown.table:
                    original = contents.original_of(page)
                    if may_have_field(original, keys, unknown.field):
                        return original.missing_field_error(keys, unknown.field)
        return None
