"""Page functions: the functions that expressions in pages and templates call.

Some receive the context of the page that calls them: its language decides the names of
functions and the format of numbers. None of them changes the page: those that add a
picture to it are in `page_pictures`.
"""

import posixpath
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from gradviz_core.content.entries import Entry
from gradviz_core.content.pages import Page
from gradviz_core.content.paths import path_to
from gradviz_core.content.site import Site
from gradviz_core.figures.curves import Curves
from gradviz_core.figures.fields import SHOWN_ROLES, fields
from gradviz_core.figures.heights import heights
from gradviz_core.figures.small_pictures import DASHES
from gradviz_core.numerics.grid import Grid, Layout
from gradviz_core.numerics.measurement import times_too_short
from gradviz_core.publish import (
    captions,
    erratum_view,
    maths,
    page_rules,
    playground_page,
    timeline,
)
from gradviz_core.publish.contents import Contents, EntriesIn
from gradviz_core.publish.environment import Context, in_context
from gradviz_core.publish.markdown import inline_html
from gradviz_core.publish.page_pictures import entry_named
from gradviz_core.publish.script_parts import Fill
from gradviz_core.publish.sessions import Sessions
from gradviz_core.registry import formats
from gradviz_core.registry.colours import colours
from gradviz_core.registry.words import ENGLISH
from gradviz_core.spelling.parser import parse_spelling


class PageFunctions:
    """The functions that pages call, with the data that all pages share.

    Parameters
    ----------
    site : Site
        The sources of the site.
    entries_in : mapping
        The functions, by language.
    contents : Contents
        The pages.
    sessions : Sessions
        The sessions of the pages.
    base_url : str
        The address of the site, or "".
    """

    def __init__(
        self,
        site: Site,
        entries_in: EntriesIn,
        contents: Contents,
        sessions: Sessions,
        base_url: str,
    ) -> None:
        self.site = site
        self.entries_in = entries_in
        self.contents = contents
        self.sessions = sessions
        self.base_url = base_url
        self._rows: dict[tuple[str, ...], Markup] = {}  # of arrows, by number format

    def names(self) -> dict[str, Any]:
        """What all pages may name; `page_terms` says what else each of them may."""
        return {
            "languages": self.site.words,
            "colours": colours(),
            "chosen_functions": self.chosen_functions,
            "finding_pages": self.finding_pages,
            "playground_texts": playground_texts,
            "texts_with_reader": texts_with_reader,
            "timeline": timeline.timeline,
            "timeline_alt": captions.timeline_alt,
            "trace": self.trace,
            "arrow_rows": self.arrow_rows,
            "picture_text": captions.picture_text,
            "card_number": captions.card_number,
            "scale_note": captions.scale_note,
            "points_without_gradient": captions.points_without_gradient,
            "with_arrow_count": captions.with_arrow_count,
            "times_too_short": times_too_short,
            "appearance_alt": captions.appearance_alt,
            "code_change": erratum_view.code_change,
            "shown_roles": SHOWN_ROLES,
            "fields": fields,
            "curves": Curves,
            "heights": heights,
            "dashes": DASHES,
            "grid": Grid(),
            "step": self.site.book.STEP,
            "content_policy": Markup(page_rules.POLICY),  # its quotes stay unescaped
            "base_url": self.base_url,
            "source_address": source_address(self.site, self.base_url),
            "benchmarks": self.site.benchmarks,
        }

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters that can follow a value, after a bar."""
        return {
            **{name: _number(name) for name in formats.FILTERS},
            "power": formats.power,
            "formula": lambda spelling: Markup(maths.formula(spelling)),
            "session": self.session,
            "inline": inline,
            "address": self.address,
            "day": day,
        }

    def session(self, page: Page) -> dict[str, Any]:
        """Return the names that the session of a page, or of its original, defines.

        For a page that this one does not show, only the outline is known.
        """
        if page.is_translation and page.text:
            page = self.contents.original_of(page)
        return self.sessions.names_of(page)

    def address(self, url: str) -> str:
        """The address at which a page or file is published."""
        return posixpath.join(self.base_url, path_to(url))

    @in_context
    def trace(self, context: Context, name: str) -> Markup:
        """Show the routine's run over a few points, step by step."""
        # Only two pages do so: the others need not wait for these modules.
        from gradviz_core.numerics.trace import POINTS, trace
        from gradviz_core.publish import trace_view

        spelling = self._entry(name, context).function.spelling
        words = context["words"]
        f = parse_spelling(spelling)
        routine = self.site.book.numerical_gradient
        runs = {
            layout.value: trace(f, layout, routine=routine)
            for layout in (Layout.COLUMNS, Layout.ROWS)
        }
        html = context.environment.get_template("_trace.html").render(
            words=words,
            points=POINTS.tolist(),
            axes=trace_view.field_axes(words),
            runs=trace_view.run_views(spelling, runs, words),
        )
        return Markup(html.strip())

    @in_context
    def arrow_rows(self, context: Context, entry: Entry) -> Markup:
        """Return rows of the arrow table, shared by languages with equal numbers."""
        words = context["words"]
        signs = (words["number"]["decimal"], words["number"]["thousands"])
        key = (entry.function.name, *signs)
        if key not in self._rows:
            template = context.environment.get_template("_arrow_rows.html")
            html = template.render(entry=entry, words=words)
            self._rows[key] = Markup(html.rstrip())
        return self._rows[key]

    @in_context
    def chosen_functions(self, context: Context, names: Sequence[str]) -> list[Entry]:
        """Return the functions with these names."""
        return [self._entry(name, context) for name in names]

    def finding_pages(self) -> dict[str, str]:
        """The address of the page that explains each finding, by the finding's code."""
        return playground_page.finding_pages(self.site)

    def _entry(self, name: str, context: Context) -> Entry:
        return entry_named(name, self.entries_in[context["page"].language])


def source_address(site: Site, base_url: str) -> str:
    """Return where the source of a site is, or "" if nothing says so.

    Unless its site.toml names a place, the source of https://owner.github.io/name is
    looked for at https://github.com/owner/name.
    """
    stated = str(site.words[ENGLISH]["site"].get("source_address", ""))
    host, _, path = base_url.partition("//")[2].partition("/")
    if stated or not host.endswith(".github.io"):
        return stated
    owner = host.removesuffix(".github.io")
    name = path.split("/")[0] or host
    return f"https://github.com/{owner}/{name}"


def _number(name: str) -> Callable[..., str]:
    """Return a function that formats a number in the language of the page."""

    @in_context
    def written(context: Context, *values: Any, **options: Any) -> str:
        numbers = formats.Numbers(context["words"]["number"])
        text: str = getattr(numbers, name)(*values, **options)
        return text

    return written


@in_context
def playground_texts(context: Context) -> dict[str, Any]:
    """Return the data of the playground's scripts, in the language of the page."""
    return playground_page.playground_texts(context["words"], _filling(context))


@in_context
def texts_with_reader(context: Context) -> dict[str, Any]:
    """Return the data loaded with the reader of scripts, in the page's language."""
    return playground_page.texts_with_reader(context["words"], _filling(context))


def _filling(context: Context) -> Fill:
    """Return the function that fills templates in the language of the page."""

    def fill(template: str, **terms: Any) -> str:
        filled: str = context.environment.get_template(template).render(
            words=context["words"], **terms
        )
        return filled

    return fill


@in_context
def inline(context: Context, text: str) -> Markup:
    """Convert a text of one paragraph in the language of the page."""
    page = context.get("page")
    return Markup(inline_html(text, page.language if page else ENGLISH))


@in_context
def day(context: Context, date: Any) -> Markup:
    """Write a date in the language of the page, with its ISO form for programs."""
    text = formats.day(date, context["words"]["date"])
    return Markup('<time datetime="{}">{}</time>').format(date.isoformat(), text)
