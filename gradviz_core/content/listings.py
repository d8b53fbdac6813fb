"""Listings: where the text of a page is code, a comment, or neither."""

import re
from functools import cache

FENCE = r"^(?P<fence>`{3,}(?!`)|~{3,}(?!~))(?P<kind>[^\n]*)\n(?P<code>(?:.*?\n)?)(?P=fence)[ \t]*$"
CODE_SPAN = r"(?P<tick>(?<!`)`{1,2}(?!`))(?:(?!\n\n).)+?(?<!`)(?P=tick)(?!`)"
LISTING = re.compile(
    FENCE, re.MULTILINE | re.DOTALL
)  # as Markdown sees one, at the margin
CODE = re.compile(
    f"{FENCE}|{CODE_SPAN}", re.MULTILINE | re.DOTALL
)  # comes out as typed
UNSAID = re.compile(r"(?s)\{#.*?#\}")  # what is looked for stands elsewhere


@cache
def blank(pattern: re.Pattern[str], text: str) -> str:
    """A text with as many lines, and nothing of what a pattern finds."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
