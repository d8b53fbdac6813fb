"""Prose: Markdown to HTML, with formulas as MathML and code in colour."""

import re
from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from markdown.extensions.codehilite import CodeHiliteExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markupsafe import escape
from math_core import LatexError, LatexToMathML

from gradviz_core.errors import ContentError
from gradviz_core.publish import sessions
from gradviz_core.publish.pages import Page

FENCE = r"^(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?:.*?\n)?(?P=fence)[ \t]*$"
CODE_SPAN = r"(?P<tick>(?<!`)`{1,2}(?!`))(?:(?!\n\n).)+?(?<!`)(?P=tick)(?!`)"
CODE = re.compile(f"{FENCE}|{CODE_SPAN}", re.MULTILINE | re.DOTALL)
OPEN_FENCE = re.compile(r"`{3,}|^[> \t]*~{3,}", re.MULTILINE)
FORMULA = r"\$\$([^$]+?)\$\$|(?<![\\$\w])\$(?![\s$])([^$\n]*?[^\s\\$])\$(?!\w)"
NOT_PROSE = re.compile(rf"{FORMULA}|\{{[{{%].*?[%}}]\}}|\]\([^)]*\)|<[^>]*>", re.DOTALL)
DECIMAL = re.compile(r"\d*\.\d+|\d+,\d+|\b\d+e[-+]?\d+\b|\d+ ?%|\d+ of \d+")
SHIELD = "\ue000"  # private use: pages that hold it are refused when they are read


def shield(text: str) -> str:
    """Hide the braces of code from Jinja: what is shown as code comes out as typed."""
    return CODE.sub(lambda code: code[0].replace("{", SHIELD), text)


def convert(page: Page, text: str, anchor: str) -> tuple[str, Any, list[ContentError]]:
    """HTML of a page's Markdown, its headings, and what is wrong with its formulas."""
    code = CodeHiliteExtension(css_class="code", guess_lang=False)
    link = {"permalink": "#", "permalink_title": anchor}
    toc = TocExtension(slugify=slugify_unicode, toc_depth="2-3", **link)
    kinds = ("attr_list", "fenced_code", "sane_lists", "tables")
    markdown = Markdown(output_format="html", extensions=[*kinds, code, toc])
    formulas = _Formulas(page, markdown)
    markdown.inlinePatterns.register(formulas, "formula", 185)
    html = markdown.convert(text.replace(SHIELD, "{"))
    # A box that scrolls must be reachable by keyboard, and say what it is.
    box = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(page.title)}">'
    html = re.sub("<table>.*?</table>", lambda table: f"{box}{table[0]}</div>", html, flags=re.S)
    html = html.replace("<pre>", '<pre tabindex="0">')
    # A browser may break a line in a point or short code, or between a formula and its full stop.
    whole = r"\(?<math>(?:(?!</math>).)*</math>[^\s<]+"
    whole += r"|<code>[^\n<]{1,27}</code>|\[−?\d, −?\d\](?![^<]*>)"
    html = re.sub(whole, r'<span class="whole">\g<0></span>', html, flags=re.S)
    return html, markdown.toc_tokens, formulas.errors  # type: ignore[attr-defined]


def formula(tex: str, display: bool = False) -> str:
    """TeX as MathML, which a browser shows without a script and reads aloud."""
    try:
        return LatexToMathML(fancy_error=False).convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise ValueError(f"the TeX {tex} cannot be read, {error}") from None


def formula_errors(toml: str, source: str) -> list[ContentError]:
    """Faults of the formulas in a record, where a backslash may be typed twice."""
    text = toml.replace(r"\\", "\\")
    page = Page(source, "", "", (), {"title": ""}, text)
    return convert(page, text, "")[2] if "$" in text else []


def typed_errors(page: Page) -> Iterator[ContentError]:
    """Faults of the text as typed: a drifting session, an open fence, a number typed in prose."""
    yield from sessions.run(page.body, page.source)[1]
    yield from formula_errors(page.text.partition("\n+++\n")[0], page.source)
    bare = blank(CODE, page.body)
    for fence in OPEN_FENCE.finditer(bare):
        line = bare.count("\n", 0, fence.start()) + 1
        what, fix = "a code block does not begin and end at the margin", "move or add a line there"
        yield ContentError(page.source, line, what, fix)
    for line, words in enumerate(blank(NOT_PROSE, bare).split("\n"), 1):
        for decimal in DECIMAL.findall(words):
            fix = "compute it, {{ … }}, or show the code that prints it"
            yield ContentError(page.source, line, f"the number {decimal} is typed in prose", fix)


def blank(pattern: re.Pattern[str], text: str) -> str:
    """A text with as many lines, and nothing of what a pattern finds."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


class _Formulas(InlineProcessor):
    """`$…$` and `$$…$$`, before Markdown can eat a backslash of the TeX."""

    def __init__(self, page: Page, md: Markdown) -> None:
        super().__init__(FORMULA, md)
        self.page, self.errors = page, list[ContentError]()

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]
        mathml, tex = "", m[1] or m[2]
        try:
            mathml = formula(tex, display=m[1] is not None)
        except ValueError as error:
            before, typed, _ = self.page.body.partition(tex)
            place = self.page.source, before.count("\n") + 1 if typed else None
            self.errors.append(ContentError(*place, f"formula: {error}", "mend the TeX"))
        return self.md.htmlStash.store(mathml), *m.span()
