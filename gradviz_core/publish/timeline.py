"""Timeline: copies of a script, from left to right by the day of their first commit.

A level line, at the height 0, is the book's repository. Copies with the newer call
stand above it, those with the older call below. Copies that carry the history of the
book's repository have its first commit for their own: they stand apart, at the left.
This module computes the places; the template draws.
"""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Table = Mapping[str, Any]
XOfDay = Callable[[datetime.date], float]

# Downwards from the line, as a sign.
SIDE = {"newer": -1, "older": 1}

# Across.
WIDTH = 800
START = 172  # of the time, right of the copies with the book's history
UNITS_PER_DAY = 0.163
MOST_IN_A_ROW = 10  # of the copies with the book's history

# Up and down.
FIRST_ROW = 16  # from the line
ROW = 11.5
NUMBER = 19  # from the last circles of a group to how many they are
LABEL = 18  # from the words of an event to those of the next
HEADINGS = 34
YEARS = 36


@dataclass(frozen=True)
class Group:
    """Copies with one call: a circle for each, and where it says how many they are."""

    name: str  # inherited, before or after: their first commit
    call: str
    dots: list[tuple[float, float]]
    x: float
    y: float


@dataclass(frozen=True)
class Event:
    """An event: its place on the line, and the height of its words above it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """What stands where.

    The drawing reaches from `top` over its `height`, the line of the book from `start`
    to `end`, and the fix is at `fixed_x`. `headings` holds where the words over each
    group begin; `years` holds where each year begins and where its number stands.
    """

    first: datetime.date
    last: datetime.date
    fixed: datetime.date
    width: int
    top: float
    height: float
    start: float
    fixed_x: float
    end: float
    headings: dict[str, float]
    years: list[tuple[int, float, float]]
    years_y: float
    groups: list[Group]
    events: list[Event]
    without_call: int  # how many copies are not drawn, for having neither call
    without_date: int

    def count(self, name: str, call: str) -> int:
        """How many copies of a group have a call."""
        groups = [g for g in self.groups if (g.name, g.call) == (name, call)]
        return sum(len(group.dots) for group in groups)


def timeline(events: Sequence[Table], copies: Sequence[Table]) -> Timeline:
    """Place the copies of a page, and those events that have a label.

    Parameters
    ----------
    events : sequence of mapping
        In the order of their days. The last one of the book with a call is the fix.
    copies : sequence of mapping
        Drawn are those with a call, older or newer, and the day of their first commit.
    """
    first = events[0]["date"]
    last = events[-1]["date"]
    fixed = [e["date"] for e in events if e["place"] == "book" and "call" in e][-1]

    def x(date: datetime.date) -> float:
        days: int = (date - first).days
        return round(START + days * UNITS_PER_DAY, 1)

    with_call = [copy for copy in copies if copy["call"] in SIDE]
    dated = [copy for copy in with_call if "first" in copy]
    copies_by_name = {
        "inherited": [copy for copy in dated if copy["first"] <= first],
        "before": [copy for copy in dated if first < copy["first"] <= fixed],
        "after": [copy for copy in dated if fixed < copy["first"]],
    }
    headings = {"inherited": 0.0, "before": float(START), "after": x(fixed) + 8}
    groups = [
        group
        for name, members in copies_by_name.items()
        for group in _groups(name, members, headings[name], x)
    ]
    top = min(group.y for group in groups) - HEADINGS - NUMBER
    bottom = max(group.y for group in groups) + YEARS
    return Timeline(
        first=first,
        last=last,
        fixed=fixed,
        width=WIDTH,
        top=top,
        height=bottom - top,
        start=START,
        fixed_x=x(fixed),
        end=x(last),
        headings=headings,
        years=_years(first, last, x),
        years_y=bottom - 8,
        groups=groups,
        events=_place_events([event for event in events if "label" in event], x),
        without_call=len(copies) - len(with_call),
        without_date=len(with_call) - len(dated),
    )


def _groups(
    name: str, copies: Sequence[Table], heading: float, x: XOfDay
) -> Iterator[Group]:
    """Place the copies of one time: those with the newer call, and with the older."""
    for call in SIDE:
        places = [x(copy["first"]) for copy in copies if copy["call"] == call]
        if not places:
            continue
        is_in_rows = name == "inherited"
        circles = _in_rows(len(places)) if is_in_rows else _in_piles(places)
        yield _group(name, call, circles, heading)


def _years(
    first: datetime.date, last: datetime.date, x: XOfDay
) -> list[tuple[int, float, float]]:
    """Place the years: where each begins, and in its middle its number."""
    return [
        (year, x(datetime.date(year, 1, 1)), x(datetime.date(year, 7, 2)))
        for year in range(first.year + 1, last.year + 1)
    ]


def _in_rows(count: int) -> list[tuple[float, int]]:
    """Place circles in rows: how far to the right each is, and in which row."""
    return [(6 + ROW * (k % MOST_IN_A_ROW), k // MOST_IN_A_ROW) for k in range(count)]


def _in_piles(places: Sequence[float]) -> list[tuple[float, int]]:
    """Place each circle in the row nearest to the line where it touches no other."""
    circles: list[tuple[float, int]] = []
    for x in sorted(places):
        near = {row for other, row in circles if x - other < ROW}
        row = next(row for row in range(len(places)) if row not in near)
        circles.append((x, row))
    return circles


def _group(name: str, call: str, circles: list[tuple[float, int]], x: float) -> Group:
    side = SIDE[call]
    dots = [(at, side * (FIRST_ROW + ROW * row)) for at, row in circles]
    farthest = max(abs(y) for _, y in dots)
    return Group(name, call, dots, x, side * (farthest + NUMBER))


def _place_events(events: Sequence[Table], x: XOfDay) -> list[Event]:
    """Place the words of events above each other, those of the last one lowest."""
    return [
        Event(x(event["date"]), -LABEL * (len(events) - k), event["label"])
        for k, event in enumerate(events)
    ]
