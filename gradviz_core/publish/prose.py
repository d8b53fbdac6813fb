"""Prose: Markdown to HTML, with formulas as MathML, code in colour, and sessions that are run."""

import doctest
import re
import traceback
import warnings
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any

import numpy as np
from markdown import Markdown
from markdown.extensions import attr_list, sane_lists, tables, toc
from markdown.inlinepatterns import InlineProcessor
from markupsafe import escape
from math_core import LatexError, LatexToMathML

import gradviz_core.book
from gradviz_core.content.pages import ALLOWED, Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.cache import Store, digest, sources
from gradviz_core.toml_source import PACKAGE

FENCE = r"^(?P<fence>`{3,}(?!`)|~{3,}(?!~))(?P<kind>[^\n]*)\n(?P<code>(?:.*?\n)?)(?P=fence)[ \t]*$"
CODE_SPAN = r"(?P<tick>(?<!`)`{1,2}(?!`))(?:(?!\n\n).)+?(?<!`)(?P=tick)(?!`)"
LISTING = re.compile(FENCE, re.MULTILINE | re.DOTALL)  # as Markdown sees one, at the margin
AT_HAND = {"np": np} | {n: getattr(gradviz_core, n) for n in (*gradviz_core.__all__, "book")}
KEPT, DECIDING = Store(PACKAGE.parent / ".cache", str), digest(sources(PACKAGE, "publish/prose.py"))
CODE = re.compile(f"{FENCE}|{CODE_SPAN}", re.MULTILINE | re.DOTALL)  # comes out as typed
FORMULA = r"\$\$([^$\x02]+?)\$\$|(?a:(?<![\\$\w])\$)(?![\s$])([^$\n\x02]*?[^\s\\$])\$(?a:(?!\w))"
TAG = r"</?(?!sup>)(?=[a-zA-Z!])(?:[^<>]*?(?=\b(?:alt|title|aria-label)=)|[^<>]*>)"  # to its words
UNSAID = re.compile(r"(?s)\{#.*?#\}")  # what is looked for stands elsewhere
NOT_PROSE = re.compile(rf"(?s){FORMULA}|\{{[{{%#].*?[%}}#]\}}|\]\([^)\s]*|https://\S+|{TAG}")
COLUMN = re.compile(r'(<m?t[dh]) style="text-align: ([clr]\w+);(?:(?:justify|padding)-[^";]*;)*"')
FACT = re.compile(r"""(?m)^(\s*(?:title|summary|note)\s*=\s*(?:("{3}|'{3})(?s:.*?)\2|.*))|^.*""")
NUMBER = re.compile(f"(?i)(?<!\\d)(?:{'|'.join(ALLOWED.get('numbers', ['(?!)']))})")
EXACTLY = doctest.ELLIPSIS | doctest.DONT_ACCEPT_TRUE_FOR_1
SHIELD = "\ue000"  # a brace of code; private use: pages that hold it are refused when they are read


def convert(page: Page, text: str, anchor: str) -> tuple[str, Any, list[ContentError]]:
    """HTML of a page's Markdown, its headings, and what is wrong with its formulas."""
    link = {"permalink": "#", "permalink_title": anchor}
    places = toc.TocExtension(slugify=toc.slugify_unicode, toc_depth="2-3", **link)
    kinds = attr_list.AttrListExtension(), sane_lists.SaneListExtension(), tables.TableExtension()
    md = Markdown(output_format="html", extensions=[*kinds, places])
    md.parser.blockprocessors.register(_Table(md.parser, kinds[2].getConfigs()), "table", 75)
    formulas = _Formulas(page, md)
    md.inlinePatterns.register(formulas, "formula", 185)
    html = md.convert(LISTING.sub(lambda code: _coloured(code)[0], text.replace(SHIELD, "{")))
    html = COLUMN.sub(r'\1 class="\2"', html)  # a page may hold no style
    # A box that scrolls must be reachable by keyboard, and say what it is.
    box = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(page.title)}">'
    html = re.sub("<table>.*?</table>", lambda table: f"{box}{table[0]}</div>", html, flags=re.S)
    html = html.replace("<pre>", '<pre tabindex="0">')
    # A browser may break a line in a point or short code, before .T, or in front of a full stop.
    whole = r"\(?<math>(?:(?!</math>).)*</math>[^\s<]+"
    whole += r"|(?:\b\w+\s)?<code>\.T</code>|<code>[^\n<]{1,27}</code>|\[−?\d, −?\d\](?![^<]*>)"
    html = re.sub(whole, r'<span class="whole">\g<0></span>', html, flags=re.S)
    return html, md.toc_tokens, formulas.errors  # type: ignore[attr-defined]


def _coloured(listing: re.Match[str]) -> tuple[str, str]:
    """A listing as HTML, kept as Pygments takes long, and its language if that is unknown."""

    def made() -> tuple[str, str]:
        from pygments import formatters, highlight, lexers

        kind = listing["kind"].strip(" {.}").lower() or "text"
        unknown = "" if any(kind in lexer[1] for lexer in lexers.get_all_lexers()) else kind
        lexer = lexers.get_lexer_by_name("text" if unknown else kind)
        form = formatters.HtmlFormatter(cssclass="code", wrapcode=True)
        return highlight(listing["code"], lexer, form), unknown

    return KEPT.kept(made, *listing.group("kind", "code"), DECIDING)


def formula(tex: str, display: bool = False) -> str:
    """TeX as MathML, which a browser shows without a script and reads aloud."""
    try:
        made = LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise ValueError(f"the TeX {tex} cannot be read, {error}") from None
    made = COLUMN.sub(r'\1 class="\2"', made)
    if not tex.strip() or re.search(r"(?<!\\)%", tex) or " style=" in made:
        raise ValueError(f"the TeX {tex} says nothing, or goes on after a %, or has a style")
    return made


def record_errors(toml: str, source: str) -> Iterator[ContentError]:
    """Faults of the formulas and words in a record, where a backslash may be typed twice."""
    text = toml.replace(r"\\", "\\")
    yield from convert(Page(source, body=text), text, "")[2] if "$" in text else []
    yield from _number_errors(FACT.sub(lambda fact: fact[1] or "", toml), source)


def typed_errors(page: Page) -> Iterator[ContentError]:
    """Faults of the text as typed: a drifting session, an open fence, a number typed in prose."""
    yield from run(page.body, page.source)[1]
    yield from record_errors(page.text.partition("\n+++\n")[0], page.source)
    yield from _number_errors(page.body, page.source)
    bare = CODE.sub(lambda code: "_" + "\n" * code[0].count("\n"), blank(UNSAID, page.body))
    for pattern, (what, fix) in ALLOWED.get("typed", {}).items():
        for found in re.finditer(pattern, bare, re.MULTILINE):
            yield ContentError(page.source, bare.count("\n", 0, found.start()) + 1, what, fix)


def _number_errors(text: str, source: str) -> Iterator[ContentError]:
    words = unescape(blank(NOT_PROSE, blank(CODE, text)))
    for number in NUMBER.finditer(words):
        line = words.count("\n", 0, number.start()) + 1
        fix = "compute it in the text, {{ … }}, or set it as code if it is a name, as `3.11`"
        yield ContentError(source, line, f"the number {number[0]} is typed in prose", fix)


@cache
def blank(pattern: re.Pattern[str], text: str) -> str:
    """A text with as many lines, and nothing of what a pattern finds."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


class _Table(tables.TableProcessor):
    def _build_row(self, row: str, parent: Any, align: Any) -> None:
        """Leave as typed, for all to see, the cells beyond the head: Markdown would drop them."""
        super()._build_row(row, parent, align)  # type: ignore[misc]
        parent[-1][-1].text += "\n|".join(["", *self._split_row(row)[len(align) :]])  # type: ignore[attr-defined]


class _Formulas(InlineProcessor):
    """`$…$` and `$$…$$`, before Markdown can eat a backslash of the TeX."""

    def __init__(self, page: Page, md: Markdown) -> None:
        super().__init__(FORMULA, md)
        self.source, self.errors = page.source, list[ContentError]()
        self.unread = blank(CODE, page.body)

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]
        mathml, tex = "", m[1] or m[2]
        try:
            mathml = formula(tex, display=m[1] is not None)
        except ValueError as error:
            before, typed, after = self.unread.partition(m[0])
            self.unread = before + typed.replace("$", "") + after  # its like has a place of its own
            place = self.source, before.count("\n") + 1 if typed else None
            self.errors.append(ContentError(*place, f"formula: {error}", "mend the TeX"))
        return self.md.htmlStash.store(mathml), *m.span()


@cache
@np.errstate()  # what a page sets is its own
@np.printoptions()
def run(body: str, source: str) -> tuple[dict[str, Any], list[ContentError]]:
    """Run the blocks of a page in order: what they have named, and where they drift."""
    namespace, errors = dict(AT_HAND), list[ContentError]()
    for block in LISTING.finditer(body):
        line = body.count("\n", 0, block.start("code"))
        if unknown := _coloured(block)[1]:
            what, fix = f"there is no language called {unknown}", "name another, or none"
            errors.append(ContentError(source, line, what, fix))
        try:
            pieces = doctest.DocTestParser().parse(block["code"], f"{source}:{line}")
            unseen = "".join(piece for piece in pieces if isinstance(piece, str)).strip()
            if unseen and "pycon" in block["kind"]:
                raise ValueError(f"{unseen} belongs to nothing that is run")
        except ValueError as error:
            what = f"the session cannot be read, {error}"
            errors.append(ContentError(source, line + 1, what, "write it as Python prints it"))
            continue
        for example in (piece for piece in pieces if isinstance(piece, doctest.Example)):
            test = doctest.DocTest([example], {}, f"{source}:{line}", source, line, None)
            test.globs = namespace  # itself and no copy: functions see what is named below them
            if what := _drift(example, test):
                fix = "show what is printed, or mend the code"
                errors.append(ContentError(source, line + example.lineno + 1, what, fix))
    return namespace, errors


def _drift(example: doctest.Example, test: doctest.DocTest) -> str:
    if example.options or re.search(r"KeyboardInterrupt|\b(np|book)\.[\w. ]+=[^=]", example.source):
        return "the session says how it is to be checked, stops the build, or changes what all use"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            doctest.DebugRunner(optionflags=EXACTLY).run(test, clear_globs=False)
    except doctest.DocTestFailure as failure:
        texts = (re.sub(r"(?ms)^Traceback.*?\n(?=\S)", "", t) for t in (example.want, failure.got))
        shown, printed = (text.strip() or "nothing" for text in texts)
        return f"the page shows {shown}, the session prints {printed}"
    except doctest.UnexpectedException as failure:
        return f"the session raises {traceback.format_exception_only(failure.exc_info[1])[-1]}"
    return ""
