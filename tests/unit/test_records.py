"""TOML that people write is read, or all that is wrong in it is told with its line."""

import datetime
import json

import pytest

from gradviz_core.errors import ContentErrors
from gradviz_core.records import Records, hidden_characters, text_of

NAME = "gradviz_core/some.toml"


def read(text, **options):
    return Records(text, NAME, **options)


def told(faults):
    return [str(fault) for fault in faults]


# Reading


def test_a_record_is_what_the_text_says():
    records = read('[one]\ntitle = "A"\nday = 2020-01-31\nsizes = [1, 2.5]\n')
    assert records.faults == []
    assert records == {"one": {"title": "A", "day": datetime.date(2020, 1, 31), "sizes": [1, 2.5]}}


def test_a_result_is_read_as_json(tmp_path):
    path = tmp_path / "results.json"
    path.write_text(json.dumps({"times": [1, 2]}), encoding="utf-8")
    assert Records(path, "benchmarks/results.json") == {"times": [1, 2]}


def test_a_file_of_the_package_is_called_by_its_place(tmp_path):
    path = tmp_path / "words.toml"
    path.write_text("a = \n", encoding="utf-8")
    assert told(Records(path).faults)[0].startswith("gradviz_core/words.toml:1: ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = \n", 1),
        ("a = 1\nb = 2\nc = x\n", 3),
        ("# a\n\n[table\n", 3),
        ('a = 1\nb = "open\n', 2),
        ('a = 1\n\n\nb = """open\n\n', 4),
        ("a = 1\na = 2\n", 2),
        ("a = 1979-99-99\n", 1),
    ],
)
def test_what_is_no_toml_is_told_at_its_line(text, line):
    records = read(text)
    assert records == {}
    assert len(records.faults) == 1
    assert str(records.faults[0]).startswith(f"{NAME}:{line}: this is not TOML: ")
    assert str(records.faults[0]).endswith('Fix: write fields as key = "value"')


def test_what_is_no_json_is_told_at_its_line():
    records = Records('{"a": 1,\n"b": }\n', "benchmarks/results.json")
    assert str(records.faults[0]).startswith("benchmarks/results.json:2: this is not JSON")


def test_what_is_no_table_is_no_record():
    records = Records("[1, 2]", "benchmarks/results.json")
    assert "this is not JSON" in str(records.faults[0])


def test_a_file_that_is_gone_is_a_fault_for_whoever_asks(tmp_path):
    records = Records(tmp_path / "gone.toml")
    message = "gradviz_core/gone.toml: No such file or directory. Fix: restore it"
    assert told(records.faults) == [message]
    with pytest.raises(ContentErrors, match=r"gradviz_core/gone\.toml: "):
        records["word"]


def test_what_is_only_missing_is_missing():
    with pytest.raises(KeyError, match="word"):
        read('other = "a"')["word"]


def test_a_table_that_must_be_there_is_asked_for():
    records = read('[site]\nname = "a"\n', needed=("site", "date"))
    assert records == {}
    message = f"{NAME}:1: there is no table or list called date. Fix: restore it"
    assert told(records.faults) == [message]
    assert read("[site]\n[[date]]\na = 1\n", needed=("site", "date")).faults == []
    assert read("date = 1\n", needed=("date",)).faults


# Hidden characters


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("a\nb\u200bc\n", 2, "200B"),
        ("a\u202eb", 1, "202E"),
        ("\n\na\u00adb", 3, "00AD"),
        ("a\x07b", 1, "0007"),
        ("a\rb", 1, "000D"),
        ("a\u2028b", 1, "2028"),
        ("a&#x200B;b", 1, "200B"),
        ("a&zwj;b", 1, "200D"),
        (r"a\u200bb", 1, "200B"),
        (r"a\U0000200bb", 1, "200B"),
        ("a\u3164b", 1, "3164"),
        ("a\ufffdb", 1, "FFFD"),
    ],
)
def test_a_character_that_nobody_sees_is_told_at_its_line(text, line, code):
    message = f"{NAME}:{line}: there is a hidden character, U+{code}. Fix: delete it"
    assert told(hidden_characters(text, NAME)) == [message]


def test_only_the_first_of_them_is_told():
    assert len(hidden_characters("a\u200b\n\u200b", NAME)) == 1


@pytest.mark.parametrize("text", ["größer", "\ta = 1", "1\u00a0km", "한국어", "全角\u3000", ""])
def test_characters_that_can_be_seen_or_are_usual_are_welcome(text):
    assert hidden_characters(text, NAME) == []


def test_a_file_with_a_mark_and_lines_of_windows_is_read_as_any(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert text_of(path) == "a = 1\nb = 2\n"
    assert read(text_of(path)) == {"a": 1, "b": 2}


def test_a_file_that_is_not_utf_8_is_told_at_its_line(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes('a = 1\nb = "größer"\n'.encode("latin-1"))
    message = f"{NAME}:2: the text is not UTF-8. Fix: save it as UTF-8"
    assert told(read(text_of(path)).faults) == [message]


# Lines

TEXT = """# title is not here
title = "A page"
long = \"\"\"
title = "nor here"
[second]
\"\"\"

[first]
title = "B"
size = 1

[second]
size = 2
title.short = "C"

[[list]]
size = 3

[[list]]
size = 4
name = "x"

[second.inner]
size = 5
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 2),
        (("first",), 8),
        (("first", "title"), 9),
        (("first", "size"), 10),
        (("second",), 12),
        (("second", "size"), 13),
        (("second", "title"), 14),
        (("list",), 16),
        (("list", "size"), 17),
        (("list", "list", "size"), 20),
        (("list", "list", "name"), 21),
        (("second", "inner", "size"), 24),
        (("first", "missing"), 8),
        (("missing",), 1),
    ],
)
def test_a_fault_stands_at_the_line_of_its_field(keys, line):
    fault = read(TEXT).fault(keys, "it is wrong", "mend it")
    assert str(fault) == f"{NAME}:{line}: it is wrong. Fix: mend it"


def test_headings_are_those_of_the_tables_at_the_margin():
    assert read(TEXT).headings == ["first", "second"]


def test_what_is_raised_about_a_table_is_a_fault_of_it():
    faults = []
    records = read("[one]\n[two]\nsize = 0\n")
    with records.told(faults, "two", "size"):
        raise ValueError("a size is positive")
    with records.told(faults, "one"):
        raise ZeroDivisionError("no name")
    with records.told(faults, "two"):
        pass
    assert told(faults) == [
        f"{NAME}:3: two: a size is positive. Fix: correct the size",
        f"{NAME}:1: one: no name. Fix: correct the name",
    ]


# Fields

FIELDS = {
    "title": str,
    "count": 1,
    "share": 0.5,
    "day": datetime.date(2016, 7, 7),
    "kind": "code | figure",
    "grid": [float] * 3,
    "made": {"by": "", "day": datetime.date(2016, 7, 7)},
    "changes": [{"day": datetime.date(2016, 7, 7), "what": ""}],
}
NEEDED = ("title", "made.by", "changes.what")


def wrong(text):
    records = read(text)
    assert records.faults == []
    return [
        message.removeprefix(f"{NAME}:") for message in told(records.wrong(records, FIELDS, NEEDED))
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
        ("count = 3", 'count = "3"', "2: count is str, not int. Fix: write count = 1"),
        (
            "count = 3",
            "count = true",
            "2: count is bool, not int. Fix: write count = 1",
        ),
        (
            "share = 1.5",
            "share = 1",
            "3: share is int, not float. Fix: write share = 0.5",
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
    found = wrong(GOOD.replace("count = 3", "cuont = 3").replace('"figure"', '"number"'))
    assert len(found) == 2
