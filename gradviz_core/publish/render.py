"""Render: pages and entries through Jinja and Markdown to HTML, all of it in memory.

Jinja comes before Markdown, so that an expression may give whole blocks, and blank
lines in place of the front matter keep the line numbers true. Then the page goes into
its template.
"""

import posixpath
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from numbers import Real
from pathlib import Path
from typing import Any

import jinja2.sandbox
from jinja2.runtime import Context
from markupsafe import Markup

from gradviz_core.book import STEP
from gradviz_core.content.entries import Entry
from gradviz_core.content.listings import CODE, LISTING
from gradviz_core.content.pages import Page
from gradviz_core.content.paths import PORTABLE
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.figures.curves import Curves, Picture
from gradviz_core.figures.fields import ROLES, fields
from gradviz_core.numerics.grid import Grid
from gradviz_core.numerics.trace import POINTS
from gradviz_core.publish import (
    captions,
    erratum_view,
    feed,
    golden,
    languages,
    maths,
    page_rules,
    prose_rules,
    sessions,
    timeline,
    trace_view,
)
from gradviz_core.publish.document import Document
from gradviz_core.publish.exports import Drawing, Drawings
from gradviz_core.publish.links import make_relative
from gradviz_core.publish.markdown import SHIELD, inline_html, to_html
from gradviz_core.publish.navigation import in_language, place_of
from gradviz_core.registry import formats
from gradviz_core.registry.colours import colours
from gradviz_core.registry.function_titles import FUNCTIONS_IN, SOURCES
from gradviz_core.registry.functions import FUNCTIONS_SOURCE
from gradviz_core.registry.words import ENGLISH, LANGUAGES, WORDS
from gradviz_core.toml_source import hidden_characters

# Names that every page is given beside the functions and what all pages share.
PAGE_NAMES = (
    "content",
    "drawings",
    "entry",
    "explained",
    "headings",
    "offered",
    "page",
    "parts",
    "place",
    "versions",
)

NOT_FOUND = "404.html"

# A template that shows the plots of the page it is named after.
SHOWN_PAGE = re.compile(r"_([\w-]+)\.html")

JINJA_WORDS = ("not", "none", "true", "false", "loop")

# What an expression of a page may give: something that people can read.
READABLE_TYPES = (
    str,
    Real,
    tuple,
    jinja2.Undefined,
    jinja2.environment.TemplateModule,
)
UNREADABLE_TEXTS = {"None", "True", "False", "nan", "inf", "-inf", "−inf"}
UNREADABLE = jinja2.StrictUndefined("an expression gives nothing that people can read")


@dataclass
class RenderedPage:
    """What has become of a page."""

    html: str = ""
    document: Document | None = None  # None where no template could be filled
    # What is wrong with it, its links aside.
    findings: list[page_rules.Finding] = field(default_factory=list)
    drawings: Drawings = field(default_factory=dict)
    # Of dots, specks and arrows cut off, what a key on the page explains already.
    explained: set[str] = field(default_factory=set)
    errors: list[ContentError] = field(default_factory=list)
    # What ended the computing of its expressions, or the filling of its template.
    failure: ContentError | None = None


class Renderer:
    """Renders pages that know of each other and of every entry."""

    def __init__(
        self,
        root: Path,
        pages: Sequence[Page],
        entries: Mapping[str, Entry],
        base_url: str,
        results: Mapping[str, Any],
    ) -> None:
        self.root = root
        self.entries = entries
        self.base_url = base_url
        self.results = results
        self.records_are_sound = all(page.has_record for page in pages)
        self.languages = LANGUAGES
        self.entries_in = {
            language: _in_language(entries, language) for language in LANGUAGES
        }
        is_part = [p.is_translation and p.original == NOT_FOUND for p in pages]
        every = [p for p, part in zip(pages, is_part, strict=True) if not part]
        self.pages = _with_function_pages(every, self.entries_in)
        # The one page for what is not found speaks all languages.
        self.not_found = [p for p, part in zip(pages, is_part, strict=True) if part]
        self.originals = {p.url: p for p in self.pages if not p.is_translation}
        # What a page may know of another: its front matter, and not its text.
        self.outlines = [replace(page, body="", text="") for page in self.pages]
        self.versions = languages.versions_of(self.outlines)
        self._rows: dict[tuple[str, ...], Markup] = {}  # of arrows, by how numbers look
        self.environment = self._environment()

    def _environment(self) -> jinja2.Environment:
        # Pages are rendered in several processes: what one could change of the
        # functions, words and pages that all are given would show in some and not in
        # others.
        environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
            loader=jinja2.FileSystemLoader(
                self.root / "templates", encoding="utf-8-sig"
            ),
            autoescape=lambda name: not str(name).endswith(".txt"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # a constant is then judged as any expression, at its line
            finalize=jinja2.pass_context(lambda context, value: _readable(value)),
        )
        environment.filters.update({name: _number(name) for name in formats.FILTERS})
        environment.filters.update(
            power=formats.power,
            display=lambda tex: Markup(maths.to_mathml(tex, display=True)),
            session=self._session,
            inline=_inline,
            address=self._address,
            day=_day,
        )
        # No page may depend on chance.
        del environment.filters["random"]
        del environment.globals["lipsum"]
        environment.globals.update(
            functions=list(self.entries.values()),  # of a page: in its language
            languages=self.languages,
            words=WORDS,
            colours=colours(),
            pages=self.outlines,
            chosen_functions=self._chosen_functions,
            golden_cases=golden.golden_cases,
            finding_pages=golden.finding_pages(self.outlines),
            timeline=timeline.timeline,
            timeline_alt=timeline.timeline_alt,
            pair=self._show_pair,
            trace=self._show_trace,
            arrow_rows=self._arrow_rows,
            drawn=_show_drawings,
            picture_text=captions.picture_text,
            card_number=captions.card_number,
            scale_note=captions.scale_note,
            difference_note=captions.difference_note,
            points_without_gradient=captions.points_without_gradient,
            of_arrows=captions.of_arrows,
            seen_alt=captions.seen_alt,
            code_change=erratum_view.code_change,
            fields=fields,
            curves=Curves,
            grid=Grid(),
            step=STEP,
            base_url=self.base_url,
            benchmarks=self.results,
        )
        return environment

    def dependencies(self, page: Page) -> list[Page]:
        """The pages whose texts make a page: its own, and those it shows pictures of.

        A page shows another one's plots by the template that is named after that one.
        """
        names = SHOWN_PAGE.findall(page.text)
        named = [other for other in self.pages if other.slug in names] if names else []
        shown = in_language(named, page.language)
        parts = self.not_found if page.url == NOT_FOUND else []
        return [*{p.url: p for p in (page, *shown, *parts)}.values()]

    def original_listings(self, page: Page) -> list[list[str]]:
        """The code that makes a translation, too: that of its original's session."""
        translations = [p for p in self.dependencies(page) if p.is_translation]
        originals = [self.originals.get(p.original, p) for p in translations]
        return [
            [listing[0] for listing in LISTING.finditer(original.body)]
            for original in originals
        ]

    def render(self, page: Page) -> RenderedPage:
        """Compute a page's expressions, fill its template, and check its text."""
        original = self.originals.get(page.original, page)
        rendered = RenderedPage(errors=[*prose_rules.page_errors(page, original)])
        converted = self._content(page, rendered)
        if converted is None:
            return rendered
        content, headings = converted
        terms = self._terms(page) | {
            "content": Markup(content),
            "headings": headings,
            "explained": rendered.explained,
            "parts": self._parts(rendered) if page.url == NOT_FOUND else [],
        }
        try:
            template = self.environment.get_template(f"{page.kind}.html")
            html = template.render(terms)
        except jinja2.TemplateError as error:
            if self._is_its_own(error, page):
                rendered.failure = self._error(error, page)
            return rendered
        if content[-99:] not in html:
            what = "the template leaves out the text of its page"
            source = f"templates/{page.kind}.html"
            fix = "show {{ content }}"
            rendered.errors.append(ContentError(source, None, what, fix))
            return rendered
        html = languages.lead_on(html, page.language, self.versions)
        rendered.document = Document(html)
        rendered.findings = [*page_rules.findings(rendered.document)]
        rendered.document.keep_links()
        rendered.html = make_relative(html, page.url, self.base_url)
        return rendered

    def _content(
        self, page: Page, rendered: RenderedPage
    ) -> tuple[str, list[Any]] | None:
        """The text of a page as HTML, and its headings, or None at an error."""
        text = self._compute(page, rendered)
        if text is None:
            return None
        anchor_title = LANGUAGES[page.language]["site"]["anchor"]
        content, headings, errors = to_html(page, text, anchor_title)
        rendered.errors.extend(errors)
        return content, headings

    def _parts(self, rendered: RenderedPage) -> list[tuple[Page, Markup]]:
        """What the page for what is not found says in other languages."""
        parts = []
        for page in self.not_found:
            original = self.originals.get(page.original, page)
            rendered.errors.extend(prose_rules.page_errors(page, original))
            if converted := self._content(page, rendered):
                html = languages.lead_on(converted[0], page.language, self.versions)
                parts.append((page, Markup(html)))
        return parts

    def _compute(self, page: Page, rendered: RenderedPage) -> str | None:
        """Compute the expressions of a page: its Markdown, or None at an error."""
        # What is shown as code comes out as typed: Jinja does not see its braces.
        body = CODE.sub(lambda code: code[0].replace("{", SHIELD), page.body)
        try:
            code = self.environment.compile(body, page.source, page.source)
            template = jinja2.Template.from_code(
                self.environment, code, self.environment.globals
            )
            text = template.render(
                self._terms(page),
                drawings=rendered.drawings,
                explained=rendered.explained,
            )
        except Exception as error:  # the expressions are the author's code
            if self._is_its_own(error, page):
                rendered.failure = self._error(error, page)
            return None
        for hidden in hidden_characters(text.replace(SHIELD, ""), ""):
            what = f"once computed, {hidden.what}"
            rendered.errors.append(ContentError(page.source, None, what, hidden.fix))
        return text

    def _is_its_own(self, error: Exception, page: Page) -> bool:
        """Whether what ended a page is a fault of its own, and not of front matter.

        A field that was refused is missing where it is shown: on the page itself, and
        on those that speak of `pages`.
        """
        is_missing = isinstance(error, jinja2.UndefinedError | LookupError)
        if is_missing and not self.records_are_sound and "pages" in page.text:
            return False
        return page.has_record

    def _error(self, error: Exception, page: Page) -> ContentError:
        """Turn what was raised into an error at a line of the page or a template."""
        path: str = page.source
        line: int | None = None
        if isinstance(error, jinja2.TemplateSyntaxError):
            path, line = error.filename or page.source, error.lineno
        else:
            templates = f"{self.root}/templates/"
            frames = traceback.extract_tb(error.__traceback__)
            places = [(frame.filename, frame.lineno) for frame in frames]
            in_templates = [place for place in places if place[0].startswith(templates)]
            in_page = [place for place in places if place[0] == page.source]
            if in_templates or in_page:  # the author's own line, if there is one
                path, line = [*in_templates, *in_page][-1]
        what = str(error)
        if not isinstance(error, jinja2.TemplateError):
            what = f"{type(error).__name__}: {error}"
        is_name = isinstance(error, jinja2.UndefinedError | LookupError)
        fix = f"correct the {'name' if is_name else 'expression'}"
        return ContentError(path.removeprefix(f"{self.root}/"), line, what, fix)

    def _terms(self, page: Page) -> dict[str, Any]:
        """What an expression of this page may name, beside what is the same for all."""
        by_url = {outline.url: outline for outline in self.outlines}
        by_url.update({other.url: other for other in self.dependencies(page)})
        pages = in_language([*by_url.values()], page.language)
        entries = self.entries_in[page.language]
        return {
            **entries,
            "functions": [*entries.values()],
            "page": page,
            "pages": pages,
            "place": place_of(page, pages),
            "versions": [*self.versions.get(page.original, {}).values()],
            "offered": [*languages.offered(page, self.versions)],
            "entry": entries.get(page.slug),
            "words": LANGUAGES[page.language],
        }

    def _session(self, page: Page) -> dict[str, Any]:
        """What the session of a page has named; a translation has its original's.

        Of a page that this one does not depend on, nothing is known but its outline.
        """
        is_known = page.is_translation and page.text
        original = self.originals.get(page.original, page) if is_known else page
        return sessions.run(original.body, original.source)[0]

    def _address(self, url: str) -> str:
        """The address at which a page or file is published."""
        return posixpath.join(self.base_url, url.removesuffix("index.html"))

    @jinja2.pass_context
    def _show_pair(self, context: Context, name: str, scale: str = "same") -> Markup:
        """Show both pictures of a function."""
        entry = self._entry(name, context)
        ending = "-autoscale" if scale == "autoscale" else ""
        pictures = [entry.fields[f"{role}{ending}"] for role in ROLES]
        html = self.environment.get_template("_pair.html").render(
            entry=entry,
            words=context["words"],
            scale=scale,
            signs=captions.new_signs(pictures, context["explained"]),
        )
        return Markup(html.strip())

    @jinja2.pass_context
    def _show_trace(self, context: Context, name: str) -> Markup:
        """Show the routine's run over a few points, step by step."""
        entry = self._entry(name, context)
        words = context["words"]
        html = self.environment.get_template("_trace.html").render(
            words=words,
            points=POINTS.tolist(),
            axes=trace_view.field_axes(words),
            runs=trace_view.run_views(entry.function.spelling, entry.runs, words),
        )
        return Markup(html.strip())

    @jinja2.pass_context
    def _arrow_rows(self, context: Context, entry: Entry) -> Markup:
        """The rows of the table of arrows, once for languages with the same numbers."""
        words = context["words"]
        signs = (words["number"]["decimal"], words["number"]["thousands"])
        key = (entry.function.name, *signs)
        if key not in self._rows:
            template = self.environment.get_template("_arrow_rows.html")
            html = template.render(entry=entry, words=words)
            self._rows[key] = Markup(html.rstrip())
        return self._rows[key]

    @jinja2.pass_context
    def _chosen_functions(self, context: Context, names: Sequence[str]) -> list[Entry]:
        return [self._entry(name, context) for name in names]

    def _entry(self, name: str, context: Context) -> Entry:
        entry = self.entries_in[context["page"].language].get(name)
        if entry is None:
            raise jinja2.UndefinedError(f"no function is called {name!r}")
        return entry

    @property
    def spoken(self) -> list[str]:
        """The languages that have pages."""
        return [*dict.fromkeys(page.language for page in self.pages)]

    def feed_terms(self, language: str) -> dict[str, Any]:
        """What the feed of a language says: what has changed in it, newest first."""
        pages = in_language(self.outlines, language)
        lists = [page for page in pages if page.original == "errata/index.html"]
        return {
            "entries": feed.feed_entries(self.outlines, self._address, language),
            "folder": "" if language == ENGLISH else f"{language}/",
            "listed": lists[0].url if lists else "index.html",
            "words": LANGUAGES[language],
        }

    def text_file(self, template: str, **terms: Any) -> str:
        """Fill the template of a file that is no page: a script, a table, a feed."""
        try:
            text = self.environment.get_template(template).render(terms)
        except jinja2.TemplateError as error:
            source = Page(f"templates/{template}")
            raise ContentErrors([self._error(error, source)]) from error
        return text.rstrip() + "\n"


def reserved_names(root: Path) -> dict[str, str]:
    """Names that no function may take, each with what it means in every page."""
    renderer = Renderer(root, pages=[], entries={}, base_url="", results={})
    names = dict.fromkeys(renderer.environment.globals, "something that pages call")
    names |= dict.fromkeys(jinja2.defaults.DEFAULT_NAMESPACE, "a function of Jinja")
    names |= dict.fromkeys(JINJA_WORDS, "a word of Jinja")
    names |= dict.fromkeys(PAGE_NAMES, "a part of the page itself")
    return names


def _readable(value: Any) -> Any:
    """Give what an expression has computed, if people can read it."""
    if isinstance(value, READABLE_TYPES) and str(value) not in UNREADABLE_TEXTS:
        return value
    return UNREADABLE


def _number(name: str) -> Callable[..., str]:
    """A way to write a number, in the language of the page."""

    @jinja2.pass_context
    def written(context: Context, *values: Any, **options: Any) -> str:
        numbers = formats.Numbers(context["words"]["number"])
        text: str = getattr(numbers, name)(*values, **options)
        return text

    return written


@jinja2.pass_context
def _inline(context: Context, text: str) -> Markup:
    """Convert a text of one paragraph in the language of the page."""
    page = context.get("page")
    return Markup(inline_html(text, page.language if page else ENGLISH))


@jinja2.pass_context
def _day(context: Context, date: Any) -> Markup:
    """Write a date in the language of the page, with its ISO form for programs."""
    text = formats.day(date, context["words"]["date"])
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), text)


@jinja2.pass_context
def _show_drawings(
    context: Context,
    name: str,
    *pictures: Picture,
    labels: Sequence[str] = (),
    caller: Callable[[], str] = str,
) -> Markup:
    """Show pictures of a page's own side by side, with its words below."""
    page = context["page"]
    # A translation shows the files of its original.
    folder = page.original.removesuffix(".html").removesuffix("/index")
    if not re.fullmatch(PORTABLE, name):
        raise jinja2.TemplateRuntimeError(f"{name} can name no picture")
    if labels and len(labels) != len(pictures):
        what = f"{len(pictures)} pictures have {len(labels)} labels"
        raise jinja2.TemplateRuntimeError(what)
    labels = labels or [""] * len(pictures)
    shown = []
    for k, (picture, label) in enumerate(zip(pictures, labels, strict=True), 1):
        number = f"-{k}" if len(pictures) > 1 else ""
        path = f"figures/{folder}/{name}{number}.svg"
        if path in context["drawings"]:
            raise jinja2.TemplateRuntimeError(f"{name} names two pictures")
        context["drawings"][path] = Drawing([picture])
        shown.append(captions.drawn_text(picture, path, label, context["words"]))
    below = caller()
    if "\n\n" in below.strip():
        what = "the words below a picture are more than one paragraph"
        raise jinja2.TemplateRuntimeError(what)
    for error in prose_rules.record_errors("\n".join([below, *labels]), page.source):
        raise jinja2.TemplateRuntimeError(error.what)
    template = context.environment.get_template("_drawn.html")
    html = template.render(
        context,
        pictures=shown,
        below=below,
        common_caption=captions.common_caption(shown),
        signs=captions.new_signs(pictures, context["explained"]),
    )
    return Markup(html.strip())


def _in_language(entries: Mapping[str, Entry], language: str) -> dict[str, Entry]:
    """The entries, with what the functions are called in a language."""
    functions = FUNCTIONS_IN[language]
    if language == ENGLISH:
        return dict(entries)
    return {
        name: replace(entry, function=functions[name])
        for name, entry in entries.items()
    }


def _with_function_pages(
    pages: Sequence[Page], entries_in: Mapping[str, Mapping[str, Entry]]
) -> list[Page]:
    """All pages, with one for every function whether or not somebody has written it.

    So it is in English, and in each language that has titles for them.
    """
    by_url = {page.url: page for page in pages}
    sources = {ENGLISH: FUNCTIONS_SOURCE, **SOURCES}
    for language, source in sources.items():
        folder = "" if language == ENGLISH else f"{language}/"
        for name, entry in entries_in[language].items():
            url = f"{folder}functions/{name}/index.html"
            page = by_url.pop(url, None)
            if page is None:
                function = entry.function
                record = {"title": function.title, "summary": function.note}
                page = Page(
                    source.path,
                    url,
                    "function",
                    record=record,
                    text=source.text,
                    language=language,
                )
            by_url[url] = page  # at the end, in the order of the registry
    return [
        page
        for page in by_url.values()
        if page.kind != "function" or page.slug in entries_in[ENGLISH]
    ]
