"""Feed: the changes of the site, newest first, for readers who follow it."""

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gradviz_core.content.pages import Page
from gradviz_core.registry.words import ENGLISH, Words

# The lists of a record that are news, each with the anchor at which the page shows it.
NEWS = {"changes": "#changes", "corrections": ""}


@dataclass(frozen=True)
class FeedEntry:
    """A change of an erratum, or a correction."""

    id: str
    title: str
    date: datetime.date
    url: str
    text: str  # Markdown of one paragraph


def feed_entries(
    pages: Sequence[Page],
    address: Callable[[str], str],
    language: str,
    words: Words,
) -> list[FeedEntry]:
    """Return an entry for each change and correction, newest first.

    Corrections stand in the English feed alone.

    Parameters
    ----------
    pages : sequence of Page
        The pages of the site.
    address : callable
        Returns the address at which a page is published.
    language : str
        The language of the feed.
    words : Words
        What the interface says in it.
    """
    entries = []
    gap = words["language"]["between_sentences"]
    kinds = [*NEWS] if language == ENGLISH else ["changes"]
    for page in pages:
        if page.language == language:
            for kind in kinds:
                entries.extend(_entries_of(page, kind, address(page.url), gap))
    return sorted(entries, key=lambda entry: entry.date, reverse=True)


def _entries_of(page: Page, kind: str, address: str, gap: str) -> list[FeedEntry]:
    """The entries of a page's changes, or of its corrections.

    `gap` stands between two sentences.
    """
    changes: list[dict[str, Any]] = page.record.get(kind, [])
    entries = []
    count_of_day: Counter[datetime.date] = Counter()
    for k, change in enumerate(changes):
        date = change["date"]
        count_of_day[date] += 1
        # The id is made of what stays: address, day, and the number on that day.
        number = f"-{count_of_day[date]}" if count_of_day[date] > 1 else ""
        # The first change is that the erratum was written: its entry has the summary.
        is_first = kind == "changes" and k == 0
        summary = page.record.get("summary", "") if is_first else ""
        entries.append(
            FeedEntry(
                id=f"{address}#{kind}-{date}{number}",
                title=page.title,
                date=date,
                url=address + NEWS[kind],
                text=f"{change['what']}{gap}{summary}",
            )
        )
    return entries
