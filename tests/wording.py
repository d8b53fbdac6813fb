"""How a field of a record reads on a page: the words of its Markdown, its links, its date."""

import datetime
import re
from collections.abc import Iterable

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LINK = re.compile(r"\[([^\[\]]*)\]\((\S+?)\)")


def day(date: datetime.date) -> str:
    """A date as an English page writes it: 7 July 2016."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def plain(markdown: str) -> str:
    """The words of a field, without the marks of its code, emphasis and links."""
    words = LINK.sub(r"\1", markdown)
    parts = re.split(r"`([^`]*)`", words)
    parts[::2] = [re.sub(r"\*+(\S[^*]*)\*+", r"\1", part) for part in parts[::2]]
    return squeezed("".join(parts))


def links(markdown: str) -> list[tuple[str, str]]:
    """The links of a field: their words, and where they lead."""
    return [(plain(words), address) for words, address in LINK.findall(markdown)]


def squeezed(words: str) -> str:
    """Words with every run of white space as one space."""
    return re.sub(r"\s+", " ", words).strip()


def short_commit(commit: str) -> str:
    """A commit as people name it."""
    return commit[:7]


def line_at_commit(copy: dict) -> str:
    """The address of a line of a file on GitHub that can never show another."""
    return f"https://github.com/{copy['name']}/blob/{copy['commit']}/{copy['path']}#L{copy['line']}"


def latest(changes: Iterable[dict]) -> dict:
    """The last of some changes by their days, and of one day by their order."""
    return sorted(changes, key=lambda change: change["date"])[-1]
