"""Render: pages and entries through Jinja and Markdown to HTML, all of it in memory."""

import posixpath
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from numbers import Real
from pathlib import Path
from typing import Any, NamedTuple

import jinja2.sandbox
from jinja2.runtime import Context
from markupsafe import Markup

from gradviz_core.book import STEP
from gradviz_core.content.entries import Entry
from gradviz_core.content.listings import CODE
from gradviz_core.content.pages import ALLOWED, FIELDS, PORTABLE, Page
from gradviz_core.errors import ContentError
from gradviz_core.figures.curves import Curves, Picture
from gradviz_core.figures.fields import fields
from gradviz_core.numerics.gradient import LESSONS
from gradviz_core.numerics.grid import Grid
from gradviz_core.numerics.trace import POINTS
from gradviz_core.publish import maths, prose_rules, sessions
from gradviz_core.publish.captions import describe_field
from gradviz_core.publish.exports import Drawings
from gradviz_core.publish.links import Document, relative
from gradviz_core.publish.markdown import SHIELD, to_html
from gradviz_core.registry import formats
from gradviz_core.registry.functions import FUNCTIONS
from gradviz_core.registry.words import LANGUAGES, TRANSLATED, WORDS
from gradviz_core.spelling.parser import MESSAGES
from gradviz_core.toml_source import PACKAGE, TomlSource, hidden_characters

MEASURED = PACKAGE.parent / "benchmarks/results.json"
RESULTS = TomlSource[Any](
    MEASURED if MEASURED.exists() else "{}", "benchmarks/results.json"
)
READ = (LESSONS, WORDS, *TRANSLATED.values(), MESSAGES, FIELDS, ALLOWED, RESULTS)
FAULTS = [fault for records in READ for fault in records.content_errors]
HERE = (
    "content",
    "drawings",
    "entry",
    "headings",
    "page",
    "versions",
)  # what a page is given
UNREADABLE = jinja2.StrictUndefined("an expression gives nothing that people can read")
VOID = {"None", "True", "False", "nan", "inf", "-inf", "−inf"}
READABLE = (str, Real, tuple, jinja2.Undefined, jinja2.environment.TemplateModule)


class Rendered(NamedTuple):
    """What has become of a page."""

    html: str
    document: Document | None  # None where no template could be filled
    others: dict[str, str]
    drawings: Drawings
    errors: list[ContentError]


class Renderer:
    """Renders pages that know of each other and of every entry."""

    def __init__(
        self,
        root: Path,
        pages: Sequence[Page],
        entries: Mapping[str, Entry],
        base_url: str,
    ) -> None:
        self.root, self.entries, self.base_url = root, entries, base_url
        self.pages = _completed(pages, entries)
        self.bare = [replace(page, body="", text="") for page in self.pages]
        self.environment = jinja2.sandbox.ImmutableSandboxedEnvironment(  # no page changes another
            loader=jinja2.FileSystemLoader(root / "templates", encoding="utf-8-sig"),
            autoescape=lambda name: not str(name).endswith(".txt"),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,
            finalize=jinja2.pass_context(  # by which a constant is told with the rest, at its line
                lambda _, v: (
                    v if isinstance(v, READABLE) and str(v) not in VOID else UNREADABLE
                )
            ),
        )
        self.environment.filters.update(
            formats.FILTERS | {"random": None},
            display=lambda tex: Markup(maths.to_mathml(tex, display=True)),
            session=lambda page: sessions.run(page.body, page.source)[0],
            inline=lambda text: Markup(
                to_html(Page(""), text, "")[0][3:-4]
            ),  # without <p>
            address=lambda url: posixpath.join(
                base_url, url.removesuffix("index.html")
            ),
            day=jinja2.pass_context(
                lambda here, date: formats.day(date, here["words"]["date"])
            ),
        )
        self.environment.globals.update(
            functions=list(entries.values()),
            languages=LANGUAGES,
            words=WORDS,
            pages=self.bare,
            pair=jinja2.pass_context(partial(self._shown, "_pair.html")),
            trace=jinja2.pass_context(partial(self._shown, "_trace.html")),
            drawn=_drawn,
            describe_field=describe_field,
            fields=fields,
            curves=Curves,
            grid=Grid(),
            step=STEP,
            base_url=base_url,
            benchmarks=RESULTS,
            lipsum=None,
        )

    def read(self, page: Page) -> list[Page]:
        """The pages whose texts make a page: its own, and those with a template that it shows."""
        return [
            page,
            *(other for other in self.pages if f"_{other.slug}.html" in page.text),
        ]

    def rendered(self, page: Page) -> Rendered:
        """Run the code of a page, put it into its template, and tell all that went wrong."""
        text, drawings, found = self._body(page)
        found = [
            f for f in found if page.sound or "dict object" not in f.what
        ]  # it has no record
        errors = [*prose_rules.page_errors(page), *found]
        made = hidden_characters(text.replace(SHIELD, ""), "")
        errors += [
            ContentError(page.source, None, f"once computed, {m.what}", m.fix)
            for m in made
        ]
        html, document, others = "", None, dict[str, str]()
        try:
            anchor = LANGUAGES[page.language]["site"]["anchor"]
            content, headings, formulas = to_html(page, text, anchor)
            errors += formulas
            terms = self._terms(page) | {
                "content": Markup(content),
                "headings": headings,
            }
            html = self.environment.get_template(f"{page.kind}.html").render(terms)
            if not html or content[-99:] not in html:
                raise jinja2.TemplateError(
                    f"templates/{page.kind}.html leaves out its text"
                )
            document, others = Document(html), self._others(page, drawings)
            document.torn *= not found  # which may come of what was taken out
        except Exception as error:
            errors += [self._fault(error, page)] if page.sound else []
        return Rendered(
            relative(html, page.url, self.base_url), document, others, drawings, errors
        )

    def _others(self, page: Page, drawn: Drawings) -> dict[str, str]:
        made: list[Any] = [
            (f"{p[:-4]}.csv", "drawn.csv.txt", d) for p, ([d], _) in drawn.items()
        ]
        if page.kind == "function":
            made += [
                (
                    f"downloads/{page.slug}.py",
                    "download.py.txt",
                    self.entries[page.slug],
                )
            ]
        if page.kind == "home" and self.base_url:
            made += [
                (name, name, page) for name in ("feed.xml", "robots.txt", "sitemap.xml")
            ]
        get = self.environment.get_template
        return {
            p: get(name).render(entry=it, drawn=it).rstrip() + "\n"
            for p, name, it in made
        }

    def _body(self, page: Page) -> tuple[str, Drawings, list[ContentError]]:
        """Compute a page's expressions; what may be at fault is taken out to find the next one."""
        # What is shown as code comes out as typed: Jinja does not see its braces.
        body = CODE.sub(lambda code: code[0].replace("{", SHIELD), page.body)
        lines, jinja, errors = body.split("\n"), self.environment, list[ContentError]()
        while True:
            try:
                code = jinja.compile("\n".join(lines), page.source, page.source)
                template = jinja2.Template.from_code(jinja, code, jinja.globals)
                drawings: Drawings = {}
                return (
                    template.render(self._terms(page), drawings=drawings),
                    drawings,
                    errors,
                )
            except Exception as error:
                fault = self._fault(error, page)
                line = fault.line if fault.path == page.source else None
                syntax = isinstance(error, jinja2.TemplateSyntaxError)
                if not (
                    syntax and errors
                ):  # else what was taken out has left a block open
                    errors.append(fault)
                if (
                    syntax or line is None or not lines[line - 1]
                ):  # then what is no code is read
                    parts = re.sub(r"(?s)\{#.*?#\}", "", body).split("\n\n")
                    return (
                        "\n\n".join(p for p in parts if not re.search("{[{%]", p)),
                        {},
                        errors,
                    )
                lines[line - 1] = re.sub(
                    r"(.*?)\{\{.*?\}\}|.+", r"\1", lines[line - 1], count=1
                )

    def _fault(self, error: Exception, page: Page) -> ContentError:
        frames = [
            (f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)
        ]
        shared = [frame for frame in frames if f"{self.root}/templates/" in frame[0]]
        own = [frame for frame in frames if frame[0] == page.source]
        at = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else None
        path, line = [(page.source, at), *shared, *own][-1]
        path = path.removeprefix(f"{self.root}/")
        kind = (
            ""
            if isinstance(error, jinja2.TemplateError)
            else f"{type(error).__name__}: "
        )
        part = (
            "name"
            if isinstance(error, jinja2.UndefinedError | LookupError)
            else "expression"
        )
        return ContentError(path, line, f"{kind}{error}", f"correct the {part}")

    def _terms(self, page: Page) -> dict[str, Any]:
        every = (
            {p.url: p for p in self.bare} | {p.url: p for p in self.read(page)}
        ).values()
        pages = [other for other in every if other.language == page.language]
        versions = [other for other in every if other.original == page.original]
        here = {"page": page, "pages": pages, "entry": self.entries.get(page.slug)}
        return {
            **self.entries,
            **here,
            "versions": versions,
            "words": LANGUAGES[page.language],
        }

    def _shown(
        self, template: str, here: Context, name: str, scale: str = "same"
    ) -> Markup:
        entry = self.entries.get(name) or jinja2.StrictUndefined(
            f"no function is called {name!r}"
        )
        terms = {
            "entry": entry,
            "words": here["words"],
            "scale": scale,
            "points": POINTS.tolist(),
        }
        return Markup(self.environment.get_template(template).render(terms).strip())


@jinja2.pass_context
def _drawn(
    here: Context,
    name: str,
    *pictures: Picture,
    labels: Sequence[str] = (),
    caller: Callable[[], str] = str,
) -> Markup:
    """Pictures of a page's own, side by side, with its words below."""
    place, shown = here["page"].url.removesuffix(".html").removesuffix("/index"), []
    named = zip(pictures, labels or [""] * len(pictures), strict=True)
    for k, (drawn, label) in enumerate(named, 1):
        path = f"figures/{place}/{name}{f'-{k}' if len(pictures) > 1 else ''}.svg"
        if path in here["drawings"] or not re.fullmatch(PORTABLE, name):
            raise jinja2.TemplateRuntimeError(
                f"{name} names two pictures, or can name none"
            )
        here["drawings"][path] = ([drawn], {})
        shown.append({"src": f"/{path}", "drawn": drawn, "label": label})
    below, template = caller(), here.environment.get_template("_drawn.html")
    for fault in prose_rules.record_errors(
        "\n".join([below, *labels]), here["page"].source
    ):
        raise jinja2.TemplateRuntimeError(fault.what)
    return Markup(template.render(here, pictures=shown, below=below).strip())


def _completed(pages: Sequence[Page], entries: Mapping[str, Entry]) -> list[Page]:
    """All pages, with one for every function whether or not somebody has written about it."""
    written = {page.url: page for page in pages}
    for f in (entry.function for entry in entries.values()):
        record, url = (
            {"title": f.title, "summary": f.note},
            f"functions/{f.name}/index.html",
        )
        page = Page(FUNCTIONS.source, url, "function", (), record, text=FUNCTIONS.text)
        written[url] = written.pop(url, page)  # at the end, as they are registered
    return [p for p in written.values() if p.kind != "function" or p.slug in entries]
