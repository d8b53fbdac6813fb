"""Timeline: how a call travelled, drawn from top to bottom, a year below the other.

In the book's repository, and in copies beside it: a broken line is the older call, a
full one the newer. Here is computed what stands where; the template draws it.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

UNITS_PER_DAY = 0.12
TOP = 30

# Columns, from left to right.
TRUNK = 62  # the book's repository
NEWER = 84
OLDER = 106
TEXT = 122
COLUMNS = {"older": OLDER, "newer": NEWER}

LINE_HEIGHT = 17  # of the words beside events: they do not run into each other


@dataclass(frozen=True)
class Mark:
    """An event, with the line that leads to its words."""

    x: int
    y: float
    text_y: float
    label: str


@dataclass(frozen=True)
class Dot:
    """A copy, at the day of the commit that was read."""

    call: str
    x: int
    y: float


@dataclass(frozen=True)
class Group:
    """All copies with one call, at the foot."""

    call: str
    y: int
    dots: list[int]  # from left to right


@dataclass(frozen=True)
class Timeline:
    """What stands where.

    `days` counts those for which the book's repository had the older call; `days_y` is
    where the words stand that say so. `names` holds, for each call, its column and the
    place of its words.
    """

    first: datetime.date
    last: datetime.date
    fixed: datetime.date
    days: int
    height: int
    years: list[tuple[int, float]]
    older_path: str
    newer_path: str
    marks: list[Mark]
    dots: list[Dot]
    days_y: float
    names: list[tuple[str, int, float]]
    groups: list[Group]


def timeline(
    events: Sequence[Mapping[str, Any]], copies: Sequence[Mapping[str, Any]]
) -> Timeline:
    """Place the events and copies of a page.

    Parameters
    ----------
    events : sequence of mapping
        In the order of their days. The last one of the book with a call is the fix.
    copies : sequence of mapping
        Those in the book's language.
    """
    first = events[0]["date"]
    last = events[-1]["date"]

    def y(date: datetime.date) -> float:
        return float((date - first).days * UNITS_PER_DAY + TOP)

    fixed = [e["date"] for e in events if e["place"] == "book" and "call" in e][-1]
    away = next(e["date"] for e in events if e["place"] == "copies")
    end = y(last)
    years = range(first.year + 1, last.year + 1)
    return Timeline(
        first=first,
        last=last,
        fixed=fixed,
        days=(fixed - first).days,
        height=round(end + 102),
        years=[(year, y(first.replace(year=year, month=1, day=1))) for year in years],
        older_path=_older_path(y(fixed), y(away), end),
        newer_path=_newer_path(y(fixed), end),
        marks=_marks([event for event in events if "label" in event], y),
        dots=[
            Dot(copy["call"], COLUMNS[copy["call"]], _tenths(y(copy["date"])))
            for copy in copies
            if "date" in copy
        ],
        days_y=_tenths(y(fixed) + 20),
        names=[
            (call, COLUMNS[call], _tenths(y(fixed) + 38 + 19 * k))
            for k, call in enumerate(COLUMNS)
        ],
        groups=[
            _group(call, copies, round(end + 24 + 46 * k))
            for k, call in enumerate(COLUMNS)
        ],
    )


def _older_path(fixed: float, away: float, end: float) -> str:
    """Draw the trunk down to the fix, and the branch that leaves it for the copies."""
    branch = f"C{TRUNK} {_tenths(away + 20)} {OLDER} {_tenths(away + 10)} {OLDER}"
    return (
        f"M{TRUNK} {TOP}V{_tenths(fixed)}"
        f"M{TRUNK} {_tenths(away)}{branch} {_tenths(away + 34)}V{_tenths(end)}"
    )


def _newer_path(fixed: float, end: float) -> str:
    """Draw the trunk from the fix on, and the branch of copies with the newer call."""
    branch = f"C{TRUNK} {_tenths(fixed + 18)} {NEWER} {_tenths(fixed + 8)} {NEWER}"
    return (
        f"M{TRUNK} {_tenths(fixed)}V{_tenths(end)}"
        f"M{TRUNK} {_tenths(fixed)}{branch} {_tenths(fixed + 28)}V{_tenths(end)}"
    )


def _marks(events: Sequence[Mapping[str, Any]], y: Any) -> list[Mark]:
    """Place the words of events below each other, however close their days are."""
    marks = []
    lowest = 0.0
    for event in events:
        own = y(event["date"])
        lowest = max(own, lowest + LINE_HEIGHT)
        on_trunk = event["place"] == "book" or "call" in event
        x = TRUNK if on_trunk else OLDER
        marks.append(Mark(x, _tenths(own), lowest, event["label"]))
    return marks


def _group(call: str, copies: Sequence[Mapping[str, Any]], y: int) -> Group:
    count = sum(copy["call"] == call for copy in copies)
    return Group(call, y, [7 + 18 * k for k in range(count)])


def _tenths(value: float) -> float:
    return round(value, 1)
