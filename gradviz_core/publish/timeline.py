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

# On which side of the line copies with a call stand: 1 is below it, as in an SVG.
SIDE_OF_CALL = {"newer": -1, "older": 1}

# The copies that carry the history of the book's repository.
INHERITED = "inherited"

# Across.
WIDTH = 800
START = 172  # of the time, right of the copies with the book's history
UNITS_PER_DAY = 0.163
MOST_IN_A_ROW = 10  # of the copies with the book's history
FIRST_IN_A_ROW = 6  # to the middle of its circle, all of which is then within
HEADING_GAP = 8  # from the line of the fix to the words beside it

# Across, and up and down.
CIRCLE_GAP = 11.5  # from the middle of a circle to that of the next

# Up and down.
FIRST_ROW = 16  # from the line
COUNT_GAP = 19  # from the last circles of a group to how many they are
EVENT_GAP = 18  # from the words of an event to those of the next
HEADINGS_HEIGHT = 34
YEARS_HEIGHT = 36
YEARS_GAP = 8  # from the bottom to the line on which the years stand


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
    fixed = _day_of_fix(events)

    def x(date: datetime.date) -> float:
        days: int = (date - first).days
        return round(START + days * UNITS_PER_DAY, 1)

    with_call = [copy for copy in copies if copy["call"] in SIDE_OF_CALL]
    dated = [copy for copy in with_call if "first" in copy]
    headings = {
        INHERITED: 0.0,
        "before": float(START),
        "after": x(fixed) + HEADING_GAP,
    }
    groups: list[Group] = []
    for name, members in _copies_by_time(dated, first, fixed).items():
        groups.extend(_groups(name, members, headings[name], x))
    top = min(group.y for group in groups) - HEADINGS_HEIGHT - COUNT_GAP
    bottom = max(group.y for group in groups) + YEARS_HEIGHT
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
        years_y=bottom - YEARS_GAP,
        groups=groups,
        events=_place_events([event for event in events if "label" in event], x),
        without_call=len(copies) - len(with_call),
        without_date=len(with_call) - len(dated),
    )


def _day_of_fix(events: Sequence[Table]) -> datetime.date:
    """Return the day on which the book's repository changed the call last."""
    of_book = [event for event in events if event["place"] == "book"]
    changes: list[datetime.date] = [e["date"] for e in of_book if "call" in e]
    return changes[-1]


def _copies_by_time(
    copies: Sequence[Table], first: datetime.date, fixed: datetime.date
) -> dict[str, list[Table]]:
    """Sort copies by their first commit: the book's own, before the fix, or after."""
    return {
        INHERITED: [copy for copy in copies if copy["first"] <= first],
        "before": [copy for copy in copies if first < copy["first"] <= fixed],
        "after": [copy for copy in copies if fixed < copy["first"]],
    }


def _groups(
    name: str, copies: Sequence[Table], heading: float, x: XOfDay
) -> Iterator[Group]:
    """Place the copies of one time: those with the newer call, and with the older."""
    for call in SIDE_OF_CALL:
        xs = [x(copy["first"]) for copy in copies if copy["call"] == call]
        if not xs:
            continue
        circles = _in_rows(len(xs)) if name == INHERITED else _in_piles(xs)
        yield _group(name, call, circles, heading)


def _years(
    first: datetime.date, last: datetime.date, x: XOfDay
) -> list[tuple[int, float, float]]:
    """Place the years: where each begins, and its number in the middle of it."""
    years = []
    for year in range(first.year, last.year + 1):
        begins = x(max(first, datetime.date(year, 1, 1)))
        ends = x(min(last, datetime.date(year, 12, 31)))
        years.append((year, begins, (begins + ends) / 2))
    return years


def _in_rows(count: int) -> list[tuple[float, int]]:
    """Place circles in rows: how far to the right each is, and in which row."""
    circles = []
    for number in range(count):
        row, column = divmod(number, MOST_IN_A_ROW)
        circles.append((FIRST_IN_A_ROW + CIRCLE_GAP * column, row))
    return circles


def _in_piles(xs: Sequence[float]) -> list[tuple[float, int]]:
    """Place each circle in the row nearest to the line where it touches no other."""
    circles: list[tuple[float, int]] = []
    for x in sorted(xs):
        near = {row for other, row in circles if x - other < CIRCLE_GAP}
        row = next(row for row in range(len(xs)) if row not in near)
        circles.append((x, row))
    return circles


def _group(name: str, call: str, circles: list[tuple[float, int]], x: float) -> Group:
    """Place circles on the side of their call, and beyond them how many they are."""
    side = SIDE_OF_CALL[call]
    dots = [(at, side * (FIRST_ROW + CIRCLE_GAP * row)) for at, row in circles]
    farthest = max(abs(y) for _, y in dots)
    return Group(name, call, dots, x, side * (farthest + COUNT_GAP))


def _place_events(events: Sequence[Table], x: XOfDay) -> list[Event]:
    """Place the words of events above each other, those of the last one lowest."""
    return [
        Event(x(event["date"]), -EVENT_GAP * (len(events) - k), event["label"])
        for k, event in enumerate(events)
    ]
