"""Event days: those on the timeline of a page, some of them from an erratum's record.

When a mistake was introduced, reported and fixed is said in the record of its erratum.
An event that is one of these has no date of its own, and names what its day is that of.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gradviz_core.content.pages import Page
from gradviz_core.content.paths import file_at
from gradviz_core.content.record_days import date_errors
from gradviz_core.errors import ContentError, ContentErrors
from gradviz_core.toml_source import Keys, TomlSource, keys_of_item

# What has a day in the record of an erratum: each table, and the names that lead there.
# A report goes by the name of the reporter.
Moments = Mapping[str, tuple[Keys, Mapping[str, Any]]]


def with_event_days(page: Page, pages: Mapping[str, Page]) -> Page:
    """Return a page whose events all have their days.

    Parameters
    ----------
    page : Page
        Any page; one without events comes back as it is.
    pages : mapping of str to Page
        All pages by their paths in the site.

    Raises
    ------
    ContentErrors
        If an event has no day, or more than one.
    """
    if page.is_translation or not page.has_record or "events" not in page.record:
        return page
    erratum = _erratum_of(page, pages)
    if erratum and not erratum.has_record:
        return replace(page, has_record=False)
    moments = _moments(erratum.record) if erratum else {}
    events = page.record["events"]
    errors = [
        error
        for count, event in enumerate(events, 1)
        for error in _event_errors(page, count, event, erratum, moments)
    ]
    if errors:
        raise ContentErrors(errors)
    dated = [{**event, "date": _day(event, moments)} for event in events]
    record = {**page.record, "events": dated}
    source = TomlSource(page.front_matter, page.source)
    if errors := [*date_errors(source, record)]:
        raise ContentErrors(errors)
    return replace(page, record=record)


def _erratum_of(page: Page, pages: Mapping[str, Page]) -> Page | None:
    """Return the erratum whose days some events of a page have, if it names one."""
    slug = page.record.get("erratum")
    if slug is None:
        return None
    url = file_at(f"errata/{slug}/")
    if url not in pages:
        what = f"no erratum is called {slug}"
        fix = "name its file in content/errata/, without .md"
        raise ContentErrors([page.error_at(("erratum",), what, fix)])
    return pages[url]


def _moments(record: Mapping[str, Any]) -> Moments:
    moments: dict[str, tuple[Keys, Mapping[str, Any]]] = {
        name: ((name,), record[name])
        for name in ("introduced", "fixed")
        if name in record
    }
    for count, reporter in enumerate(record.get("reporters", []), 1):
        keys = keys_of_item(("reporters",), count)
        moments.setdefault(reporter["name"], (keys, reporter))
    return moments


def _day(event: Mapping[str, Any], moments: Moments) -> Any:
    if "date" in event:
        return event["date"]
    _, table = moments[event["day_of"]]
    return table["date"]


def _event_errors(
    page: Page,
    count: int,
    event: Mapping[str, Any],
    erratum: Page | None,
    moments: Moments,
) -> Iterator[ContentError]:
    """Report what is wrong with the day of one event."""
    place = (*keys_of_item(("events",), count), "day_of")
    day_of = event.get("day_of")
    if ("date" in event) == (day_of is not None):
        what = "this event has no day" if day_of is None else "this event has two days"
        yield page.error_at(place, what, "write date = …, or else day_of = …")
    elif day_of is None:
        return
    elif erratum is None:
        what = f"day_of = {day_of} is a day of an erratum, and the page names none"
        fix = 'write erratum = "…", the name of its file, above the first table'
        yield page.error_at(place, what, fix)
    elif day_of not in moments:
        what = f"{erratum.source} has no {day_of}"
        yield page.error_at(place, what, f"write one of {', '.join(moments)}")
    else:
        keys, table = moments[day_of]
        if "date" not in table:
            yield erratum.missing_field_error(keys, "date")
