"""Record rules: what a record may not say, because another field says otherwise."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from gradviz_core.errors import ContentError
from gradviz_core.toml_source import Keys, TomlSource

# A commit as GitHub names it in an address.
COMMIT_IN_LINK = re.compile(r"(?i)/(?:commits?|blob|blame|tree|raw)/([0-9a-f]{7,40})\b")
WHOLE_COMMIT = re.compile("[0-9a-f]{40}")

# Lines of a file, "247, 288-290", and its repository, "owner/name".
LINES = re.compile(r"[1-9]\d*(?:-[1-9]\d*)?(?:, [1-9]\d*(?:-[1-9]\d*)?)*")
REPOSITORY_NAME = re.compile(r"[\w.-]+/[\w.-]+")
PATH_IN_REPOSITORY = re.compile(r"[^/:?#]+(?:/[^/:?#]+)*")

# What stands on a page may be older than the page's last change, and not newer.
DATED = (
    *("introduced", "fixed", "reporters", "reported", "mended", "changes"),
    *("copies", "named_copies"),
)
DAYS = ("first", "date", "looked_at")

# The lists of which the last day is that of the page, and what is said of it.
LAST_OF_LISTS = {
    "changes": "the newest of the changes",
    "events": "the last of the events",
}

Tables = Iterator[tuple[Keys, Mapping[str, Any]]]


def contradictions(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report every field that another one contradicts.

    Parameters
    ----------
    source : TomlSource
        Where the record was read, for the lines.
    record : mapping
        The front matter of a page, each field of its own type.
    """
    for keys, table in _tables(record):
        yield from _table_errors(source, keys, table)
    for key, value in record.items():
        if isinstance(value, list):
            yield from _repetition_errors(source, key, value)
    yield from _picture_errors(source, record)
    yield from _status_errors(source, record)
    yield from _date_errors(source, record)
    yield from _case_errors(source, record)
    if "wrong" in record and record["wrong"].strip() == record.get("right", "").strip():
        what = "right is what wrong is"
        yield source.error_at(("right",), what, "write the line as it is when mended")


def _tables(record: Mapping[str, Any]) -> Tables:
    """Find the record and all tables in it, each with the names that lead there."""
    yield (), record
    for key, value in record.items():
        if isinstance(value, dict):
            yield (key,), value
        elif isinstance(value, list):
            for count, item in enumerate(value, 1):
                if isinstance(item, dict):
                    # The nth table of a list is behind the nth heading of that name.
                    yield (key,) * count, item


def _table_errors(
    source: TomlSource, keys: Keys, table: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report what contradicts itself within one table."""
    if table.get("line", 1) < 1:
        fix = "count lines from 1"
        yield source.error_at((*keys, "line"), f"line is {table['line']}", fix)
    if "first" in table and "date" in table and table["first"] > table["date"]:
        what = f"the first commit, of {table['first']}, is later than the last change"
        yield source.error_at((*keys, "first"), what, "exchange first and date")
    if "path" in table:
        yield from _file_errors(source, keys, table)
        return  # the link is made of the commit, and refused if it may move
    if "commit" not in table:
        return
    commit = table["commit"]
    if not WHOLE_COMMIT.fullmatch(commit):
        yield _no_commit(source, keys, commit)
        return
    in_link = _commit_in_link(table)
    if in_link and not commit.startswith(in_link):
        what = f"the link leads to commit {in_link}, and commit is {commit}"
        yield source.error_at((*keys, "link"), what, "name one commit in both")


def _commit_in_link(moment: Mapping[str, Any]) -> str:
    """Return the commit to which the link of a moment leads, or ""."""
    in_link = COMMIT_IN_LINK.search(moment.get("link", ""))
    return in_link[1].lower() if in_link else ""


def _is_of(moment: Mapping[str, Any], commit: str) -> bool:
    """Whether a moment is that of a commit, by its own word or by its link."""
    stated = moment.get("commit") or _commit_in_link(moment)
    return bool(stated) and commit.startswith(stated)


def _file_errors(
    source: TomlSource, keys: Keys, table: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report of what no link to a file can be made."""
    field = "repository" if "repository" in table else "name"
    if not REPOSITORY_NAME.fullmatch(table[field]):
        what = f"{table[field]} is not a repository"
        fix = "write owner/name, as in its address on GitHub"
        yield source.error_at((*keys, field), what, fix)
    if not PATH_IN_REPOSITORY.fullmatch(table["path"]):
        what = f"{table['path']} is not a path in a repository"
        fix = "write it as in its address on GitHub, behind the commit"
        yield source.error_at((*keys, "path"), what, fix)


def _repetition_errors(
    source: TomlSource, key: str, tables: Sequence[Mapping[str, Any]]
) -> Iterator[ContentError]:
    """Report what a list has twice, as a table that was copied and not changed."""
    places: set[tuple[Any, ...]] = set()
    for count, table in enumerate(tables, 1):
        keys = (key,) * count
        place: tuple[Any, ...] = tuple(table.items())
        what = "this table is in this list already"
        fix = "delete one of the two"
        if "name" in table:
            keys = (*keys, "name")
            place = (table["name"], table.get("path"), table.get("link"))
            what = f"{table['name']} is in this list already"
            fix = "correct the name, or delete one of the two"
        if place in places:
            yield source.error_at(keys, what, fix)
        places.add(place)


def _picture_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report one picture that would stand for both the right one and the wrong."""
    roles: dict[str, str] = {}
    for role, name in record.get("picture", {}).items():
        if name in roles:
            what = f"{role} and {roles[name]} are one picture"
            yield source.error_at(
                ("picture", role), what, "name another for one of them"
            )
        roles[name] = role


def _no_commit(source: TomlSource, keys: Keys, commit: str) -> ContentError:
    fix = "write all 40 digits, in small letters"
    return source.error_at((*keys, "commit"), f"{commit} is not a commit", fix)


def _case_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report what contradicts itself in the record of a case."""
    if "handed_over" not in record:
        return  # it is no case
    if record["handed_over"] == record["taken"]:
        what = "taken is what handed_over is, which would be no slip"
        fix = "say in which order the array is read"
        yield source.error_at(("taken",), what, fix)
    if record["hidden_by"] == record["shown_by"]:
        what = "shown_by is what hidden_by is"
        fix = "say what in another example shows the slip"
        yield source.error_at(("shown_by",), what, fix)
    yield from _lines_errors(source, record["where"])
    yield from _report_errors(source, record["reported"])
    if "mended" in record:
        yield from _mended_errors(source, record["mended"], record["where"])


def _mended_errors(
    source: TomlSource, mended: Mapping[str, Any], where: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a mend that nothing proves, or that is the slip."""
    if "commit" not in mended and "link" not in mended:
        what = "nothing says by which commit it was mended"
        yield source.error_at(("mended",), what, "add a commit or a link")
    if _is_of(mended, where["commit"]):
        what = "mended is the commit that has the slip"
        fix = "name the commit without it"
        yield source.error_at(("mended", _field_of_commit(mended)), what, fix)


def _field_of_commit(moment: Mapping[str, Any]) -> str:
    """Return the field that says of which commit a moment is."""
    return "commit" if "commit" in moment else "link"


def _lines_errors(
    source: TomlSource, where: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report lines of code to which no link can be made."""
    if not WHOLE_COMMIT.fullmatch(where["commit"]):
        yield _no_commit(source, ("where",), where["commit"])
    place = ("where", "lines")
    if not LINES.fullmatch(where["lines"]):
        fix = 'write numbers and ranges, as in "247, 288-290"'
        yield source.error_at(place, f"{where['lines']} are no lines", fix)
        return
    end = 0
    for lines in where["lines"].split(", "):
        first, _, last = lines.partition("-")
        if last and int(first) >= int(last):
            what = f"the lines {lines} end before they begin"
            yield source.error_at(place, what, "exchange the two numbers")
        elif int(first) <= end:
            what = f"the lines {lines} do not come after those before them"
            yield source.error_at(place, what, "name each line once, in order")
        end = int(last or first)


def _report_errors(
    source: TomlSource, report: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a report that is neither there nor looked for, or both."""
    is_there = "link" in report
    is_looked_for = "none_in" in report
    if is_there and is_looked_for:
        what = "there is a link to a report, and none_in says that none was found"
        yield source.error_at(("reported", "none_in"), what, "delete one of the two")
    if not is_there and not is_looked_for:
        what = "nothing says whether the slip was reported"
        fix = "add a link, or none_in = … with looked_at = …"
        yield source.error_at(("reported",), what, fix)
    if is_looked_for and "looked_at" not in report:
        what = "none_in does not say when it was looked at"
        yield source.error_at(("reported", "none_in"), what, "add looked_at = …")
    if is_there == is_looked_for:
        return
    other, fields = ("none_in", ["looked_at"]) if is_there else ("link", ["by", "date"])
    for field in fields:
        if field in report:
            what = f"{field} is said, and belongs to {other}, which is not"
            yield source.error_at(("reported", field), what, f"delete {field}")


def _status_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a status that the record does not prove."""
    status = record.get("status")
    fixed = record.get("fixed", {})
    is_proved = fixed.get("commit") or fixed.get("link")
    if status == "fixed upstream" and not is_proved:
        what = "the status is fixed upstream, and nothing says by which commit"
        fix = "add [fixed] with its date, and a commit or a link"
        yield source.error_at(("status",), what, fix)
    introduced = record.get("introduced", {})
    has_one_link = "link" in fixed and fixed["link"] == introduced.get("link")
    if has_one_link or _is_of(fixed, introduced.get("commit", "")):
        field = "link" if has_one_link else _field_of_commit(fixed)
        what = "fixed is the commit with which it was introduced"
        fix = "name the commit that mended it"
        yield source.error_at(("fixed", field), what, fix)
    for count, copy in enumerate(record.get("affected", []), 1):
        if _is_of(fixed, copy["commit"]):
            place = ("affected",) * count + ("commit",)
            what = "this is the commit that fixed it"
            yield source.error_at(place, what, "name a commit that has the older code")
    if status in ("open", "closed") and fixed:
        what = f"the status is {status}, and [fixed] says when it was fixed"
        yield source.error_at(("status",), what, 'write status = "fixed upstream"')


def _date_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report days that cannot be: before the mistake, or after the last change."""
    introduced = record.get("introduced", {}).get("date", date.min)
    for place, day in _days(record):
        if day < introduced:
            what = f"{day} is before the day on which it was introduced, {introduced}"
            yield source.error_at(place, what, "correct one of the two days")
    for list_of_days, what_was_last in LAST_OF_LISTS.items():
        if last := _last_day_in(record, list_of_days):
            for place, day in _days_after(last, record):
                what = f"{day} is later than {what_was_last}, {last}"
                yield source.error_at(place, what, "correct the day, or add a change")
            return


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
    for keys, table in _tables(record):
        if not keys or keys[0] not in DATED:
            continue
        for field in DAYS:
            if field in table:
                yield (*keys, field), table[field]
