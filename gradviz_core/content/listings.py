"""Listings: where the text of a page is code, a comment, or neither."""

import re
from functools import cache

# A block of code between two fences at the margin, as Markdown sees one.
FENCE = (
    r"^(?P<fence>`{3,}(?!`)|~{3,}(?!~))(?P<kind>[^\n]*)\n"
    r"(?P<code>(?:.*?\n)?)"
    r"(?P=fence)[ \t]*$"
)
CODE_SPAN = r"(?P<tick>(?<!`)`{1,2}(?!`))(?:(?!\n\n).)+?(?<!`)(?P=tick)(?!`)"

LISTING = re.compile(FENCE, re.MULTILINE | re.DOTALL)
CODE = re.compile(f"{FENCE}|{CODE_SPAN}", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"(?s)\{#.*?#\}")  # of Jinja: never rendered


@cache
def blank(pattern: re.Pattern[str], text: str) -> str:
    """Take out of a text what a pattern finds, and keep its lines."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)
