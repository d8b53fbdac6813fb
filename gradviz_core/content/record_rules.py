"""Record rules: what a record may not say, because another field says otherwise."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import dedent
from typing import Any

from gradviz_core.content.case_rules import case_errors
from gradviz_core.content.github_addresses import (
    ISSUE_IN_LINK,
    PATH_IN_REPOSITORY,
    REPOSITORY_NAME,
    WHOLE_COMMIT,
)
from gradviz_core.content.listings import LISTING, ListingKind
from gradviz_core.content.record_commits import (
    commit_error,
    commit_in_link,
    field_of_commit,
    is_of_commit,
)
from gradviz_core.content.record_days import date_errors
from gradviz_core.errors import ContentError
from gradviz_core.toml_source import Keys, TomlSource, keys_of_item, tables_in

# The section of a page that tells how to mend the script.
FIX = re.compile(r"(?ms)^## [^\n]*\{: #the-fix \}$.*?(?=^## |\Z)")

# A pull request or an issue, named in words.
NAMED_ISSUE = re.compile(r"(?i)(?:\b(?:pull request|issue|PR) #?|(?<!\w)#)(\d+)")


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
    for keys, table in tables_in(record):
        yield from _table_errors(source, keys, table)
    for key, value in record.items():
        if isinstance(value, list):
            yield from _repetition_errors(source, key, value)
    yield from _picture_errors(source, record)
    yield from _status_errors(source, record)
    yield from _fixed_errors(source, record)
    if "events" not in record:  # their days may be those of another page
        yield from date_errors(source, record)
    yield from case_errors(source, record)
    yield from _code_errors(source, record)


def _code_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report lines that are no Python, and the same line before and after the mend."""
    trees: dict[str, str] = {}
    for field in ("wrong", "right"):
        if field not in record:
            continue
        try:
            trees[field] = ast.dump(ast.parse(dedent(record[field])))
        except SyntaxError as error:
            what = f"{field} is not Python, {error.msg}"
            yield source.error_at((field,), what, "correct the code")
    if len(trees) == 2 and trees["wrong"] == trees["right"]:
        what = "right is what wrong is"
        yield source.error_at(("right",), what, "write the line as it is when mended")


def fix_errors(
    source: TomlSource, record: Mapping[str, Any], body: str
) -> Iterator[ContentError]:
    """Report a line of `wrong` that a page gives its readers to paste as the fix.

    Parameters
    ----------
    source : TomlSource
        Where the record was read, for the lines.
    record : mapping
        The front matter of an erratum.
    body : str
        The Markdown of its page.
    """
    right = _lines(record.get("right", ""))
    wrong = _lines(record.get("wrong", "")) - right
    for section in FIX.findall(body):
        for listing in LISTING.finditer(section):
            kind = ListingKind.of(listing["kind"])
            if kind.is_python_to_paste and (given := wrong & _lines(listing["code"])):
                what = f"wrong has {min(given)}, which the fix gives to paste"
                fix = "exchange wrong and right, or correct the fix"
                yield source.error_at(("wrong",), what, fix)
                return


def _lines(code: str) -> set[str]:
    return {line.strip() for line in code.split("\n")} - {""}


def _table_errors(
    source: TomlSource, keys: Keys, table: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report what contradicts itself within one table."""
    yield from _issue_errors(source, keys, table)
    if table.get("line", 1) < 1:
        fix = "count lines from 1"
        yield source.error_at((*keys, "line"), f"line is {table['line']}", fix)
    if "first" in table and "date" in table and table["first"] > table["date"]:
        what = f"the first commit, of {table['first']}, is later than the last change"
        yield source.error_at((*keys, "first"), what, "exchange first and date")
    if "path" in table:
        yield from _file_errors(source, keys, table)
        return  # a commit beside a path is checked in the link that is made of both
    if "commit" not in table:
        return
    commit = table["commit"]
    if not WHOLE_COMMIT.fullmatch(commit):
        yield commit_error(source, keys, commit)
        return
    in_link = commit_in_link(table)
    if in_link and not commit.startswith(in_link):
        what = f"the link leads to commit {in_link}, and commit is {commit}"
        yield source.error_at((*keys, "link"), what, "name one commit in both")


def _issue_errors(
    source: TomlSource, keys: Keys, table: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a link to another pull request, or issue, than is named beside it."""
    link = ISSUE_IN_LINK.search(table.get("link", ""))
    named = NAMED_ISSUE.findall(f"{table.get('what', '')} {table.get('by', '')}")
    if link and named and link[1] not in named:
        what = f"the link leads to {link[1]}, and the words beside it name {named[0]}"
        yield source.error_at((*keys, "link"), what, "name one of them in both")


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
        keys = keys_of_item((key,), count)
        place: tuple[Any, ...] = tuple(table.items())
        what = "this table is in this list already"
        fix = "delete one of the two"
        if "name" in table:
            keys = (*keys, "name")
            # GitHub takes no notice of capitals in the name of a repository.
            place = (table["name"].casefold(), table.get("path"), table.get("link"))
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


def _status_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a status that the record does not prove, or that it contradicts."""
    status = record.get("status")
    fixed = record.get("fixed", {})
    is_proved = fixed.get("commit") or fixed.get("link")
    if status == "fixed upstream" and not is_proved:
        what = "the status is fixed upstream, and nothing says by which commit"
        fix = "add [fixed] with its date, and a commit or a link"
        yield source.error_at(("status",), what, fix)
    if status in ("open", "closed") and fixed:
        what = f"the status is {status}, and [fixed] says when it was fixed"
        yield source.error_at(("status",), what, 'write status = "fixed upstream"')


def _fixed_errors(
    source: TomlSource, record: Mapping[str, Any]
) -> Iterator[ContentError]:
    """Report a fix by a commit that has the mistake."""
    fixed = record.get("fixed", {})
    introduced = record.get("introduced", {})
    has_one_link = "link" in fixed and fixed["link"] == introduced.get("link")
    if has_one_link or is_of_commit(fixed, introduced.get("commit", "")):
        field = "link" if has_one_link else field_of_commit(fixed)
        what = "fixed is the commit with which it was introduced"
        fix = "name the commit that mended it"
        yield source.error_at(("fixed", field), what, fix)
    for count, copy in enumerate(record.get("affected", []), 1):
        if is_of_commit(fixed, copy["commit"]):
            place = (*keys_of_item(("affected",), count), "commit")
            what = "this is the commit that fixed it"
            yield source.error_at(place, what, "name a commit that has the older code")
