"""Locating: the source line at which something in a rendered page was typed.

The build finds faults in the rendered page, and the author needs the line of the
Markdown, or of the template, that they came from. It is found by searching for text.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape

from gradviz_core.content.listings import CODE, COMMENT
from gradviz_core.content.pages import Page
from gradviz_core.content.templates import Template
from gradviz_core.errors import ContentError
from gradviz_core.publish.page_rules import PageFault
from gradviz_core.texts import blank, line_at


class Locator:
    """Gives each fault of a page its place. Equal faults get successive places."""

    def __init__(self, page: Page, templates: Sequence[Template]) -> None:
        self.page = page
        self.templates = templates
        self._used = Counter[PageFault]()

    def error(self, fault: PageFault) -> ContentError:
        """Turn a fault into an error at the line where it was typed."""
        source, line = self._place(fault, skip=fault.skip + self._used[fault])
        self._used[fault] += 1
        return ContentError(source, line, fault.what, fault.fix)

    def _place(self, fault: PageFault, skip: int) -> tuple[str, int | None]:
        # First in the page, outside its code and then within it; then in the templates.
        searched = [
            [(self.page.source, _without_code(self.page.text))],
            [(self.page.source, self.page.text)],
            [(t.source, _without_code(t.text)) for t in self.templates],
        ]
        for texts in searched:
            for needle in filter(None, fault.needles):
                for source, text in texts:
                    if line := _line_of(needle, text, skip):
                        return source, line
        return self.page.source, None


def _without_code(text: str) -> str:
    """Blank out code and comments, which are not rendered as the markup in them."""
    return blank(COMMENT, blank(CODE, text))


def _line_of(needle: str, text: str, skip: int) -> int | None:
    """Return the line of a whole match after skipping `skip`, or of the last match."""
    pattern = re.escape(needle)
    if re.match(r"[\w/.#-]", needle):
        pattern = r"(?<![\w/.#-])" + pattern
    if len(needle) < 99:  # a longer one was cut off within a word
        pattern += (
            r"(?!\w)" if needle.startswith("<") else r"(?:(?<![\w/])|(?![\w/#-]))"
        )
    for version in (text, unescape(text)):
        matches = [*re.finditer(pattern, version, re.IGNORECASE)]
        if matches:
            match = matches[min(skip, len(matches) - 1)]
            return line_at(version, match.start())
    return None
