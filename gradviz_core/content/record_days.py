"""Record days: the days in records, and those on which nothing can have happened."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from gradviz_core.errors import ContentError
from gradviz_core.toml_source import Keys, TomlSource, keys_of_item, tables_in

# The first release of Python: no mistake in a script of Python is older. An earlier day
# is a year that was mistyped, such as 1016.
OLDEST_DAY = date(1991, 2, 20)

# No page rests for so long: a day that is later still is a year that was mistyped, such
# as 2062. The build reads no clock.
LONGEST_PAUSE = timedelta(days=20 * 365)

# What stands on a page may be older than the page's last change, and not newer.
DATED = (
    "introduced",
    "fixed",
    "reporters",
    "reported",
    "mended",
    "changes",
    "copies",
    "named_copies",
)
DAYS = ("first", "date", "looked_at")

# In these lists the oldest stands first.
IN_ORDER = ("changes", "corrections", "events")

# The lists of which the last day is that of the page, and what is said of it.
LAST_OF_LISTS = {
    "changes": "the newest of the changes",
    "events": "the last of the events",
}


def date_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report days that cannot be: before the mistake, or after the last change."""
    yield from _order_errors(source, record)
    first, what_was_first = _first_day(record)
    for place, day in _days(record):
        if day < OLDEST_DAY:
            what = f"{day} is before the first release of Python, {OLDEST_DAY}"
            yield source.error_at(place, what, "correct the year")
        elif day < first:
            what = f"{day} is before {what_was_first}, {first}"
            yield source.error_at(place, what, "correct one of the two days")
    for list_of_days, what_was_last in LAST_OF_LISTS.items():
        if last := _last_day_in(record, list_of_days):
            for place, day in _days_after(last, record):
                what = f"{day} is later than {what_was_last}, {last}"
                yield source.error_at(place, what, "correct the day, or add a change")
            return


def _order_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a day before the one above it, or decades after: as of a mistyped year."""
    for key in IN_ORDER:
        days = [each["date"] for each in record.get(key, [])]
        for count, (above, day) in enumerate(pairwise(days), 2):
            place = (*keys_of_item((key,), count), "date")
            if day < above:
                what = f"{day} stands below {above}"
                fix = "correct one of the two days, or put the older one first"
                yield source.error_at(place, what, fix)
            elif day - above > LONGEST_PAUSE:
                what = f"{day} stands below {above}, decades before it"
                yield source.error_at(place, what, "correct the year")


def _first_day(record: Mapping[str, Any]) -> tuple[date, str]:
    """Return the first day that a record names, and what happened on it."""
    if "introduced" in record:
        return record["introduced"]["date"], "the day on which it was introduced"
    if events := record.get("events"):
        return events[0]["date"], "the first of the events"
    return OLDEST_DAY, ""


def last_day(records: Iterable[Mapping[str, Any]]) -> date | None:
    """Return the last day on which something was changed or corrected, if any."""
    days = [
        _last_day_in(record, key)
        for record in records
        for key in ("changes", "corrections")
    ]
    return max(filter(None, days), default=None)


def days_after_site(
    last: date, record: Mapping[str, Any]
) -> Iterator[tuple[Keys, date]]:
    """Find the days after the `last` on which a site was changed, each with its names.

    There are none in a record that has a last day of its own: `contradictions` holds
    the others against that.
    """
    if not any(_last_day_in(record, key) for key in LAST_OF_LISTS):
        yield from _days_after(last, record)


def _last_day_in(record: Mapping[str, Any], key: str) -> date | None:
    """Return the last day in a list of a record, if it has any."""
    return max((each["date"] for each in record.get(key, [])), default=None)


def _days_after(last: date, record: Mapping[str, Any]) -> Iterator[tuple[Keys, date]]:
    return ((place, day) for place, day in _days(record) if day > last)


def _days(record: Mapping[str, Any]) -> Iterator[tuple[Keys, date]]:
    """Find the days on which something happened, each with its names."""
    for keys, table in tables_in(record):
        if not keys or keys[0] not in DATED:
            continue
        for field in DAYS:
            if field in table:
                yield (*keys, field), table[field]
