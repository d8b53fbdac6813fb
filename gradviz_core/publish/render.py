"""Render: pages and entries through Jinja and Markdown to HTML, all of it in memory."""

import json
import posixpath
import re
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from gradviz_core.book import STEP
from gradviz_core.errors import ContentError
from gradviz_core.layout import Grid, Layout
from gradviz_core.publish import formats, prose
from gradviz_core.publish.captions import Picture, of_session, picture, seen
from gradviz_core.publish.drawings import Drawing
from gradviz_core.publish.entries import SOURCE, Entry
from gradviz_core.publish.exports import address
from gradviz_core.publish.pages import Page
from gradviz_core.quiver import Curves, Quiver, curves, fields
from gradviz_core.spelling import parse_spelling
from gradviz_core.trace import POINTS, trace
from gradviz_core.words import LANGUAGES, WORDS

INTERNAL_LINK = re.compile(r'(?<=\s)(href|src)="/(?!/)([^"#?]*)([^"]*)"')


class Renderer:
    """Renders pages that know of each other and of every entry."""

    def __init__(
        self, root: Path, pages: Sequence[Page], entries: Mapping[str, Entry], base_url: str
    ) -> None:
        self.root = root
        self.entries = entries
        self.base_url = base_url
        self.pages = _completed(pages, entries)
        self.drawings: dict[str, Drawing] = {}
        self.environment = Environment(
            loader=FileSystemLoader(root / "templates"), undefined=StrictUndefined,
            autoescape=lambda name: not str(name).endswith(".txt"),
            trim_blocks=True, lstrip_blocks=True,
        )  # fmt: skip
        self.environment.filters.update(formats.FILTERS)
        self.environment.filters.update(
            formula=lambda tex: Markup(prose.formula(tex)),
            display=lambda tex: Markup(prose.formula(tex, display=True)),
            inline=lambda text: Markup(_inline(text)),
            address=lambda url: address(url, base_url),
            day=pass_context(lambda context, date: formats.day(date, context["words"]["date"])),
        )
        results = root / "benchmarks" / "results.json"
        self.environment.globals.update(
            entries, functions=list(entries.values()),
            languages=LANGUAGES, words=WORDS, pages=self.pages,
            pair=self._pair, trace=self._trace, picture=_picture,
            drawn=_drawn, seen=seen, fields=fields, curves=curves, hold=_hold,
            grid=Grid(), step=STEP, base_url=base_url,
            benchmarks=json.loads(results.read_bytes()) if results.exists() else {},
        )  # fmt: skip

    def render(self) -> tuple[dict[str, str], dict[str, str], list[ContentError]]:
        """Give the HTML and the scripts by their paths in the site, and all that went wrong."""
        html: dict[str, str] = {}
        scripts = {f"downloads/{name}.py": "" for name in self.entries}
        errors: list[ContentError] = []
        for page in self.pages:
            text, found = self._body(page)
            errors += found
            try:
                content, found = prose.convert(
                    page, text, LANGUAGES[page.language]["site"]["anchor"]
                )
                html[page.url] = self._dressed(page, content)
                if page.kind == "function":
                    scripts[f"downloads/{page.slug}.py"] = self._script(self.entries[page.slug])
            except Exception as error:
                found = [self._fault(error, page)]
            errors += found
        return html, scripts, errors

    def _script(self, entry: Entry) -> str:
        template = self.environment.get_template("download.py.txt")
        return template.render(entry=entry).rstrip() + "\n"

    def _body(self, page: Page) -> tuple[str, list[ContentError]]:
        """Compute a page's expressions; a line at fault is emptied to find the next one."""
        lines = prose.shield(page.body).split("\n")
        errors: list[ContentError] = []
        while True:
            try:
                terms = self._terms(page) | {"drawings": {}}
                text = self._compiled("\n".join(lines), page).render(terms)
                self.drawings |= terms["drawings"]
                return text, errors
            except Exception as error:
                fault = self._fault(error, page)
                line = fault.line if fault.path == page.source else None
                syntax = isinstance(error, TemplateSyntaxError)
                if not (syntax and errors):  # else an emptied line has left a block open
                    errors.append(fault)
                if syntax or line is None or not lines[line - 1]:
                    return "", errors
                lines[line - 1] = ""

    def _compiled(self, text: str, page: Page) -> Template:
        code = self.environment.compile(text, page.source, page.source)
        return Template.from_code(self.environment, code, self.environment.globals)

    def _fault(self, error: Exception, page: Page) -> ContentError:
        """Where in a page or template an error arose, and what to do."""
        path, line = page.source, None
        if isinstance(error, TemplateSyntaxError):
            path, line = error.filename or path, error.lineno
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if frame.filename == page.source]
        shared = [frame for frame in frames if f"{self.root}/templates/" in frame.filename]
        for frame in (own or shared)[-1:]:
            path, line = frame.filename, frame.lineno
        if Path(path).is_absolute():
            path = Path(path).relative_to(self.root).as_posix()
        kind = "" if isinstance(error, TemplateError) else f"{type(error).__name__}: "
        fix = "correct the name" if isinstance(error, UndefinedError) else "correct the expression"
        return ContentError(path, line, f"{kind}{error}".rstrip("."), fix)

    def _dressed(self, page: Page, content: prose.Prose) -> str:
        terms = self._terms(page)
        siblings = [other for other in terms["pages"] if other.kind == page.kind != "page"]
        at = siblings.index(page) if page in siblings else 0
        return self.environment.get_template(f"{page.kind}.html").render(
            terms,
            content=Markup(content.html),
            headings=content.headings,
            entry=self.entries.get(page.slug) if page.kind == "function" else None,
            previous=siblings[at - 1] if at else None,
            next=siblings[at + 1] if at + 1 < len(siblings) else None,
        )

    def _terms(self, page: Page) -> dict[str, Any]:
        """What the words of a page, and the template around them, may speak of."""
        pages = [other for other in self.pages if other.language == page.language]
        versions = [other for other in self.pages if other.original == page.original]
        words = LANGUAGES[page.language]
        return {"page": page, "pages": pages, "versions": versions, "words": words}

    @pass_context
    def _pair(self, context: Context, name: str, scale: str = "same") -> Markup:
        return self._figure("_pair.html", context, name, scale=scale)

    @pass_context
    def _trace(self, context: Context, name: str) -> Markup:
        f = parse_spelling(self._entry(name).function.spelling)
        runs = {layout.value: trace(f, layout) for layout in (Layout.COLUMNS, Layout.ROWS)}
        return self._figure("_trace.html", context, name, runs=runs, points=POINTS.tolist())

    def _figure(self, template: str, context: Context, name: str, **terms: object) -> Markup:
        terms |= {"words": context["words"], "entry": self._entry(name)}
        return Markup(self.environment.get_template(template).render(terms).strip())

    def _entry(self, name: str) -> Entry:
        if name not in self.entries:
            raise UndefinedError(f"no function is called {name!r}")
        return self.entries[name]


def relative(html: str, url: str, base_url: str) -> str:
    """Turn links that begin at the root of the site into links that work anywhere.

    They become relative to the page, so that it works from disk and below a folder of a
    host. The page for what is not found is shown at any depth, so it alone starts from
    the path of `base_url`.
    """

    def rewritten(link: re.Match[str]) -> str:
        attribute, path, rest = link.groups()
        target = f"{path}index.html" if path.endswith("/") or not path else path
        if url == "404.html":
            return f'{attribute}="{_base_path(base_url)}{target}{rest}"'
        return f'{attribute}="{posixpath.relpath(target, posixpath.dirname(url) or ".")}{rest}"'

    return INTERNAL_LINK.sub(rewritten, html)


@pass_context
def _picture(context: Context, entry: Entry, ending: str) -> Picture:
    return picture(entry, ending, context["words"])


def _hold(claim: object) -> str:
    if not claim:
        raise TemplateRuntimeError("what the page says here does not hold")
    return ""


@pass_context
def _drawn(
    context: Context, name: str, *pictures: Quiver | Curves,
    labels: Sequence[str] = (), caller: Callable[[], str] = str,
) -> Markup:  # fmt: skip
    """Pictures of a page's own, side by side, with its words below."""
    place, shown = context["page"].url.removesuffix("/index.html").replace("/", "-"), []
    named = zip(pictures, labels or [""] * len(pictures), strict=True)
    for k, (drawn, label) in enumerate(named, 1):
        path = f"figures/{place}-{name}{f'-{k}' if len(pictures) > 1 else ''}.svg"
        if path in context["drawings"]:
            raise TemplateRuntimeError(f"two pictures of the page are called {name}")
        context["drawings"][path] = ([drawn], {})
        shown.append(of_session(f"/{path}", drawn, label, context["words"]))
    template = context.environment.get_template("_drawn.html")
    return Markup(template.render(context, pictures=shown, below=caller()).strip())


def _base_path(base_url: str) -> str:
    return re.sub(r"^https?://[^/]*", "", base_url).rstrip("/") + "/"


def _completed(pages: Sequence[Page], entries: Mapping[str, Entry]) -> list[Page]:
    """All pages, with one for every function whether or not somebody has written about it."""
    written = {page.url: page for page in pages}
    for f in (entry.function for entry in entries.values()):
        record = {"title": f.title, "summary": f.note}
        page = Page(SOURCE, f"functions/{f.name}/index.html", "function", (), record)
        written[page.url] = written.pop(page.url, page)  # at the end, as they are registered
    return [p for p in written.values() if p.kind != "function" or p.slug in entries]


def _inline(markdown: str) -> str:
    html, _ = prose.convert(Page("", "", "", (), {"title": ""}), markdown, "")
    return html.html.removeprefix("<p>").removesuffix("</p>")
