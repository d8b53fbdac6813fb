"""Markdown: the text of a page as HTML, with formulas as MathML."""

import re
from functools import cache
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.extensions import attr_list, md_in_html, sane_lists, tables, toc
from markdown.inlinepatterns import InlineProcessor
from markupsafe import escape

from gradviz_core.content.listings import CODE, LISTING
from gradviz_core.content.pages import Page
from gradviz_core.errors import ContentError
from gradviz_core.publish.highlighting import highlight
from gradviz_core.publish.maths import align_by_class, to_mathml
from gradviz_core.registry.words import ENGLISH, WIDE
from gradviz_core.texts import blank

# $…$ within a line, and $$…$$ on lines of its own.
FORMULA = (
    r"\$\$([^$\x02]+?)\$\$"
    r"|(?a:(?<![\\$\w])\$)(?![\s$])([^$\n\x02]*?[^\s\\$])\$(?a:(?!\w))"
)

# Stands for a brace in code, so that Jinja, which runs first, does not see it. It is a
# private-use character: a page that contains one is refused when it is read.
SHIELD = "\ue000"

# A particle of Korean, which attaches to the word before it.
HANGUL = r"\uac00-\ud7a3"

# What may not begin a line after code: such a particle, and marks that end something.
AFTER_CODE = rf"[{HANGUL}]*[、。，．：；？！）」』]*"

# A browser may break a line within a point or short code, before an attribute such as
# .T, before the number of a figure, and before a mark or a particle. What matches
# this pattern is kept whole.
UNBROKEN = re.compile(
    rf"\(?<math>(?:(?!</math>).)*</math>(?:[^\s<{WIDE}]+|[、。，．：；）」]+)"
    rf"|(?:(?:\b\w+\s)?<code>\.\w+</code>|<code>[^\n<]{{1,20}}</code>){AFTER_CODE}"
    rf"|\[−?[\d.]+,\s−?[\d.]+\](?![^<]*>)[{HANGUL}]*"
    rf"|(?:[図图]|그림\s)\d-\d(?![^<]*>)[{HANGUL}]*",
    re.DOTALL,
)

# Chinese and Japanese have no spaces: where one of their letters ends a line or begins
# the next, the two lines are joined without one.
WITHOUT_SPACES = ("ja", "zh")
WIDE_OR_QUOTED = rf"[{WIDE}“”‘’…]"
INLINE_TAGS = r"(?:</?(?:a|b|bdi|cite|code|em|i|kbd|q|span|strong|sub|sup)\b[^<>]*>)*"
LINE_END = re.compile(
    rf"(?<={WIDE_OR_QUOTED})({INLINE_TAGS})\s*\n\s*|\s*\n\s*({INLINE_TAGS})(?={WIDE_OR_QUOTED})"
)
AS_TYPED = re.compile(r"(?s)(<pre\b.*?</pre>)")

# A backslash before one of these begins or ends a formula elsewhere. It is left for
# `page_rules` to refuse: Markdown alone would show the TeX without it.
FORMULA_BRACKETS = "()[]"


class Converted(NamedTuple):
    """The result of converting a text in Markdown."""

    html: str
    headings: list[Any]  # those of levels 2 and 3, nested as Markdown nests them
    errors: list[ContentError]  # in its formulas and tables


def to_html(page: Page, text: str, anchor_title: str) -> Converted:
    """Convert the text of a page whose expressions have been computed.

    Parameters
    ----------
    page : Page
        The page as typed, for the lines of errors.
    text : str
        The text to convert.
    anchor_title : str
        The title of the link next to a heading.
    """
    markdown, errors = _converter(page, anchor_title)
    text = text.replace(SHIELD, "{")
    html = markdown.convert(LISTING.sub(lambda m: highlight(m).html, text))
    html = align_by_class(html)
    html = _make_tables_scroll(html, page.title)
    html = html.replace("<pre>", '<pre tabindex="0">')
    html = UNBROKEN.sub(r'<span class="whole">\g<0></span>', html)
    if page.language in WITHOUT_SPACES:
        html = _join_lines(html)
    headings = markdown.toc_tokens  # type: ignore[attr-defined]
    return Converted(html, headings, errors)


def _join_lines(html: str) -> str:
    """Remove line ends within sentences where no space belongs."""
    parts = AS_TYPED.split(html)
    parts[::2] = [LINE_END.sub(r"\1\2", part) for part in parts[::2]]
    return "".join(parts)


@cache
def inline_html(text: str, language: str = ENGLISH) -> str:
    """Convert a text of one paragraph, without the tags of the paragraph."""
    html = to_html(Page("", language=language), text, "").html
    return html.removeprefix("<p>").removesuffix("</p>")


def _converter(page: Page, anchor_title: str) -> tuple[Markdown, list[ContentError]]:
    """Return a converter for a page, and the list in which it notes errors."""
    errors: list[ContentError] = []
    headings = toc.TocExtension(
        slugify=toc.slugify_unicode,
        toc_depth="2-3",
        permalink="#",
        permalink_title=anchor_title,
    )
    table = tables.TableExtension()
    attributes = attr_list.AttrListExtension()
    lists = sane_lists.SaneListExtension()
    blocks = md_in_html.MarkdownInHtmlExtension()
    markdown = Markdown(
        output_format="html", extensions=[attributes, lists, blocks, table, headings]
    )
    markdown.ESCAPED_CHARS = [
        sign for sign in markdown.ESCAPED_CHARS if sign not in FORMULA_BRACKETS
    ]
    table_processor = _Table(page, markdown, table.getConfigs(), errors)
    markdown.parser.blockprocessors.register(table_processor, "table", 75)
    formulas = _Formulas(page, markdown, errors)
    markdown.inlinePatterns.register(formulas, "formula", 185)
    return markdown, errors


def _make_tables_scroll(html: str, title: str) -> str:
    """Put each table into a box that scrolls, and that the keyboard can reach."""
    box = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(title)}">'
    return re.sub(
        "<table>.*?</table>",
        lambda table: f"{box}{table[0]}</div>",
        html,
        flags=re.DOTALL,
    )


class _Table(tables.TableProcessor):
    """Tables whose rows have as many cells as their head."""

    def __init__(
        self,
        page: Page,
        markdown: Markdown,
        settings: dict[str, Any],
        errors: list[ContentError],
    ) -> None:
        super().__init__(markdown.parser, settings)
        self.page = page
        self.errors = errors

    def _build_row(self, row: str, parent: Any, align: Any) -> None:
        """Report a row of which Markdown would drop cells, or to which it adds some."""
        super()._build_row(row, parent, align)  # type: ignore[misc]
        cells = len(self._split_row(row))  # type: ignore[attr-defined]
        if cells != len(align):
            what = f"cells in this row of a table: {cells}, in its head: {len(align)}"
            fix = r"write as many, \| for a bar in one, and a blank line below them all"
            line = self._line_of(row)
            self.errors.append(ContentError(self.page.source, line, what, fix))

    def _line_of(self, row: str) -> int | None:
        """Return the line where a row was typed; None if the page computes it."""
        lines = [line.strip(" ") for line in self.page.body.split("\n")]
        return lines.index(row) + 1 if row in lines else None


class _Formulas(InlineProcessor):
    """Formulas, processed before Markdown can remove a backslash of the TeX."""

    def __init__(
        self, page: Page, markdown: Markdown, errors: list[ContentError]
    ) -> None:
        super().__init__(FORMULA, markdown)
        self.source = page.source
        self.errors = errors
        self._unread = blank(CODE, page.body)

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]
        """Replace a formula with its MathML."""
        on_its_own = m[1] is not None
        mathml = ""
        try:
            mathml = to_mathml(m[1] or m[2], display=on_its_own)
        except ValueError as error:
            what = f"formula: {error}"
            line = self._line_of(m[0])
            self.errors.append(ContentError(self.source, line, what, "mend the TeX"))
        return self.md.htmlStash.store(mathml), *m.span()

    def _line_of(self, formula: str) -> int | None:
        """Return the line where a formula was typed, each time at its next place."""
        before, typed, after = self._unread.partition(formula)
        if not typed:
            return None
        self._unread = before + typed.replace("$", "") + after
        return before.count("\n") + 1
