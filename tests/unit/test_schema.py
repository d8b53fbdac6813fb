"""A table has the fields of its schema, or what is wrong with it is told at its line."""

import datetime
from typing import Literal, NotRequired, TypedDict

import pytest

from gradviz_core.schema import field_errors
from gradviz_core.toml_source import TomlSource

NAME = "content/some.md"


class Made(TypedDict):
    by: str
    day: NotRequired[datetime.date]


class Change(TypedDict):
    day: NotRequired[datetime.date]
    what: str


class Table(TypedDict):
    title: str
    count: NotRequired[int]
    share: NotRequired[float]
    day: NotRequired[datetime.date]
    kind: NotRequired[Literal["code", "figure"]]
    grid: NotRequired[tuple[float, float, float]]
    made: NotRequired[Made]
    changes: NotRequired[list[Change]]
    note: NotRequired[str]


def wrong(text):
    source = TomlSource(text, NAME)
    assert source.errors == []
    return [
        str(error).removeprefix(f"{NAME}:")
        for error in field_errors(source, source.data, Table)
    ]


GOOD = """title = "A"
count = 3
share = 1.5
day = 2020-02-29
kind = "figure"
grid = [1, 2.5, 3]
made = { by = "us" }
[[changes]]
what = "a word"
day = 2020-02-29
[[changes]]
what = "another"
"""


def test_a_table_of_the_right_form_has_no_faults():
    assert wrong(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('title = "A"', "", "1: the page has no title. Fix: add title = …"),
        ('title = "A"', 'title = " "', "1: the page has no title. Fix: add title = …"),
        (
            'title = "A"',
            "title = 3",
            '1: title is int, not str. Fix: write title = "…"',
        ),
        ("count = 3", "cuont = 3", "2: unknown field cuont. Fix: did you mean count?"),
        (
            'what = "another"',
            'what = "another"\nnote = "x"',
            "13: unknown field note. Fix: write it above the first table",
        ),
        (
            'by = "us"',
            'by = "us", count = 3',
            "7: unknown field count. Fix: write it above the first table",
        ),
        (
            "count = 3",
            'note = " "',
            "2: note is empty. Fix: say it, or delete the line",
        ),
        (
            "count = 3",
            'count = "62"',
            "2: count is str, not int. Fix: write count = 62, without quotation marks",
        ),
        ("count = 3", 'count = "x"', "2: count is str, not int. Fix: write count = 1"),
        (
            "count = 3",
            "count = true",
            "2: count is bool, not int. Fix: write count = 1",
        ),
        (
            "share = 1.5",
            'share = "1"',
            "3: share is str, not float. Fix: write share = 0.5",
        ),
        (
            "day = 2020-02-29\nkind",
            "day = 2020-02-29T10:00:00\nkind",
            "4: day is datetime, not date. Fix: write day = 2026-01-31",
        ),
        (
            'kind = "figure"',
            'kind = "number"',
            "5: kind is 'number'. Fix: choose one of 'code', 'figure'",
        ),
        (
            "grid = [1, 2.5, 3]",
            "grid = [1, 2.5]",
            "6: grid is [float, float], not [float, float, float]. "
            "Fix: write grid = [0.5, 0.5, 0.5]",
        ),
        (
            'made = { by = "us" }',
            'made = "us"',
            "7: made is str, not table. Fix: write [made]",
        ),
        ('made = { by = "us" }', "made = { }", "7: made has no by. Fix: add by = …"),
        (
            'what = "another"',
            "day = 2020-02-29",
            "11: changes has no what. Fix: add what = …",
        ),
        (
            'what = "another"',
            "what = 1",
            '12: what is int, not str. Fix: write what = "…"',
        ),
        (
            'title = "A"',
            r'title = "A\b"',
            "1: title spells a hidden character. Fix: delete its backslash",
        ),
    ],
)
def test_a_fault_of_a_field_is_told_with_what_to_write(old, new, fault):
    assert old in GOOD
    assert wrong(GOOD.replace(old, new)) == [fault]


def test_a_list_of_tables_is_asked_for_as_one():
    text = GOOD[: GOOD.index("[[changes]]")] + 'changes = "none"\n'
    fault = "8: changes is str, not list of tables. Fix: write [[changes]]"
    assert wrong(text) == [fault]


def test_an_unknown_field_like_none_is_answered_with_all():
    fault = "unknown field zzz. Fix: use one of title, count, share, day"
    assert fault in wrong(GOOD + "[zzz]\n")[0]


def test_all_faults_are_told():
    found = wrong(
        GOOD.replace("count = 3", "cuont = 3").replace('"figure"', '"number"')
    )
    assert len(found) == 2
