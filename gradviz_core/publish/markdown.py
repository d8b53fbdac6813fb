"""Markdown: the text of a page as HTML, with formulas as MathML and code in colour."""

import re
from typing import Any

from markdown import Markdown
from markdown.extensions import attr_list, sane_lists, tables, toc
from markdown.inlinepatterns import InlineProcessor
from markupsafe import escape

from gradviz_core.content.listings import CODE, LISTING, blank
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.cache import Cache, key_of, snapshot
from gradviz_core.publish.maths import COLUMN, to_mathml
from gradviz_core.toml_source import PACKAGE

KEPT = Cache(PACKAGE.parent / ".cache", str)
DECIDING = key_of(snapshot(PACKAGE, "publish/markdown.py"))
FORMULA = r"\$\$([^$\x02]+?)\$\$|(?a:(?<![\\$\w])\$)(?![\s$])([^$\n\x02]*?[^\s\\$])\$(?a:(?!\w))"
SHIELD = "\ue000"  # a brace of code; private use: pages that hold it are refused when they are read


def to_html(page: Page, text: str, anchor: str) -> tuple[str, Any, list[ContentError]]:
    """HTML of a page's Markdown, its headings, and what is wrong with its formulas."""
    link = {"permalink": "#", "permalink_title": anchor}
    places = toc.TocExtension(slugify=toc.slugify_unicode, toc_depth="2-3", **link)
    kinds = (
        attr_list.AttrListExtension(),
        sane_lists.SaneListExtension(),
        tables.TableExtension(),
    )
    md = Markdown(output_format="html", extensions=[*kinds, places])
    md.parser.blockprocessors.register(
        _Table(md.parser, kinds[2].getConfigs()), "table", 75
    )
    formulas = _Formulas(page, md)
    md.inlinePatterns.register(formulas, "formula", 185)
    html = md.convert(
        LISTING.sub(lambda code: highlight_listing(code)[0], text.replace(SHIELD, "{"))
    )
    html = COLUMN.sub(r'\1 class="\2"', html)  # a page may hold no style
    # A box that scrolls must be reachable by keyboard, and say what it is.
    box = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(page.title)}">'
    html = re.sub(
        "<table>.*?</table>", lambda table: f"{box}{table[0]}</div>", html, flags=re.S
    )
    html = html.replace("<pre>", '<pre tabindex="0">')
    # A browser may break a line in a point or short code, before .T, or in front of a full stop.
    whole = r"\(?<math>(?:(?!</math>).)*</math>[^\s<]+"
    whole += r"|(?:\b\w+\s)?<code>\.T</code>|<code>[^\n<]{1,27}</code>|\[−?\d, −?\d\](?![^<]*>)"
    html = re.sub(whole, r'<span class="whole">\g<0></span>', html, flags=re.S)
    return html, md.toc_tokens, formulas.errors  # type: ignore[attr-defined]


def highlight_listing(listing: re.Match[str]) -> tuple[str, str]:
    """A listing as HTML, kept as Pygments takes long, and its language if that is unknown."""

    def made() -> tuple[str, str]:
        from pygments import formatters, highlight, lexers

        kind = listing["kind"].strip(" {.}").lower() or "text"
        unknown = (
            "" if any(kind in lexer[1] for lexer in lexers.get_all_lexers()) else kind
        )
        lexer = lexers.get_lexer_by_name("text" if unknown else kind)
        form = formatters.HtmlFormatter(cssclass="code", wrapcode=True)
        return highlight(listing["code"], lexer, form), unknown

    return KEPT.kept(made, *listing.group("kind", "code"), DECIDING)


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
            mathml = to_mathml(tex, display=m[1] is not None)
        except ValueError as error:
            before, typed, after = self.unread.partition(m[0])
            self.unread = (
                before + typed.replace("$", "") + after
            )  # its like has a place of its own
            place = self.source, before.count("\n") + 1 if typed else None
            self.errors.append(
                ContentError(*place, f"formula: {error}", "mend the TeX")
            )
        return self.md.htmlStash.store(mathml), *m.span()
