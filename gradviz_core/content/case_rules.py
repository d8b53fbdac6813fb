"""Case rules: what the record of a case may not say, because of its other fields."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gradviz_core.content.github_addresses import WHOLE_COMMIT
from gradviz_core.content.record_commits import (
    commit_error,
    field_of_commit,
    is_of_commit,
)
from gradviz_core.errors import ContentError
from gradviz_core.toml_source import TomlSource

# Lines of a file, "247, 288-290".
LINES = re.compile(r"[1-9]\d*(?:-[1-9]\d*)?(?:, [1-9]\d*(?:-[1-9]\d*)?)*")


def case_errors(
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
    if is_of_commit(mended, where["commit"]):
        what = "mended is the commit that has the slip"
        fix = "name the commit without it"
        yield source.error_at(("mended", field_of_commit(mended)), what, fix)


def _lines_errors(
    source: TomlSource, where: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report lines of code to which no link can be made."""
    if not WHOLE_COMMIT.fullmatch(where["commit"]):
        yield commit_error(source, ("where",), where["commit"])
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
    yield from _stray_field_errors(source, report)


# The fields that say more of a report, and of having found none.
FIELDS_BESIDE = {"link": ["by", "date"], "none_in": ["looked_at"]}


def _stray_field_errors(
    source: TomlSource, report: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report what is said of a report, or of a search for one, that is not there."""
    if "link" not in report and "none_in" not in report:
        return  # reported already
    for field_above, fields in FIELDS_BESIDE.items():
        for field in fields:
            if field in report and field_above not in report:
                what = f"{field} is said, and belongs to {field_above}, which is not"
                yield source.error_at(("reported", field), what, f"delete {field}")
