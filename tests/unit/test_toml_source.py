"""TOML that people write is read, or all that is wrong in it is told with its line."""

import datetime
import os

import pytest

from gradviz_core.errors import ContentErrors
from gradviz_core.texts import hidden_characters, read_text, text_faults
from gradviz_core.toml_source import REPOSITORY, TomlSource, load_toml

NAME = "gradviz_core/some.toml"


def read(text):
    return TomlSource(text, NAME)


def messages(errors):
    return [str(error) for error in errors]


# Reading


def test_the_data_are_what_the_text_says():
    source = read('[one]\ntitle = "A"\nday = 2020-01-31\nsizes = [1, 2.5]\n')
    assert source.errors == []
    assert source.data == {
        "one": {"title": "A", "day": datetime.date(2020, 1, 31), "sizes": [1, 2.5]}
    }


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
        ('a = """open\n\nb = 1\nc = """closed"""\n', 1),
        ("a = 'open\nb = 1\n", 1),
        ("a = 1\nb = '''open\nc = 1\n", 2),
        ("a = 1\nb = [\n  1,\n  2\nc = [\n  3,\n]\n", 2),
        ("a = [1, 2\n[b]\nc = 1\n", 1),
        ("a = [\n  1,\n", 1),
        ("[a]\nb = 1\n\n[[a]]\nb = 2\n", 1),
        ("[[a]]\nb = 1\n\n[a]\nb = 2\n", 4),
    ],
)
def test_what_is_no_toml_is_an_error_at_its_line(text, line):
    source = read(text)
    assert source.data == {}
    [error] = messages(source.errors)
    assert error.startswith(f"{NAME}:{line}: this is not TOML: ")


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("a = \n", 'write fields as key = "value"'),
        ('a = "\\sin"\n', "put a text with a backslash in single quotes"),
        ('a = "open\n', "close it"),
        ('a = """open\n\nb = """closed"""\n', 'write """ where it should end'),
        ('a = """open\n', 'write """ behind it'),
        ("a = [1,\nb = 2\n", "write ] behind its last item"),
        ("a = [1\nb = 2\n", "write ] behind its last item"),
        ('a = "Half "open" and more"\n', r"write \" for a quote within a text"),
        ("[a]\n\n[[a]]\n", "write [[a]]"),
        ("[a\nb = 1\n", "write [a]"),
        ("[A plane]\nb = 1\n", "write [a_plane]"),
        ("[[a]\nb = 1\n", "write [[a]]"),
        ("[a]]\nb = 1\n", "write [[a]]"),
        ('a = { b = "1",\n  c = "2" }\n', "write all of it in one line"),
        ("a = 2016-13-02\n", "write a day as 2026-01-31"),
        ("[a]\n[a]\n", "delete one of the two, or give it another name"),
        ("a = 1\na = 2\n", "delete one of the two, or give it another name"),
        ("a = {b = 1, b = 2}\n", "delete one of the two, or give it another name"),
        ('a = ["x" "y"]\n', "write a comma between the two"),
        ("a = [1 2]\n", "write a comma between the two"),
        ('a = [\n  "x"\n  "y",\n]\n', "write a comma between the two"),
        ("a = [\n  { b = 1 }\n  { b = 2 },\n]\n", "write a comma between the two"),
        ('a = [{ b = "x" c = 2 }]\n', "write a comma between the two"),
        ('a = ["x"\n"b" = 1\n', "write ] behind its last item"),
    ],
)
def test_a_common_slip_in_toml_has_a_fix_of_its_own(text, fix):
    [error] = messages(read(text).errors)
    assert error.endswith(f"Fix: {fix}")


@pytest.mark.parametrize(
    ("text", "line", "written"),
    [
        ("a = New: a page\n", 1, "New:"),
        ("a = 1\nb = “New”\n", 2, "“New”"),
        ("a = 0dda3d1 # the commit\n", 1, "0dda3d1"),
        ("a = 3 December 2026\n", 1, "3 December 2026"),
        ("a = [\n  { b = 60 },\n  { b = L60 },\n]\n", 3, "L60"),
        ("a = [\n  “x”,\n]\n", 2, "“x”"),
        ("a = [1, .5]\n", 1, ".5"),
    ],
)
def test_what_is_no_value_is_told_where_it_stands(text, line, written):
    [error] = read(text).errors
    assert error.line == line
    assert error.what == f"this is not TOML: {written} is no value"
    assert error.fix.startswith("write a text in straight quotes")


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        ("2016-13-02", "there is no month 13"),
        ("2016-00-02", "there is no month 0"),
        ("2016-02-30", "month 2 of 2016 has no day 30"),
        ("2015-02-29", "month 2 of 2015 has no day 29"),
        ("2016-7-7", "2016-7-7 is not written as a day"),
        ("07.07.2016", "07.07.2016 is not written as a day"),
        ("2016/07/07", "2016/07/07 is not written as a day"),
    ],
)
def test_of_a_day_that_cannot_be_is_told_what_is_impossible(day, fault):
    [error] = read(f"a = 1\ndate = {day}\n").errors
    assert error.line == 2
    assert error.what.endswith(fault)


def test_nothing_can_be_built_without_a_file_that_cannot_be_read(tmp_path):
    # Errors name a file by its path from the repository.
    path = REPOSITORY / os.path.relpath(tmp_path / "broken.toml", REPOSITORY)
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(ContentErrors, match=r"broken\.toml:1: "):
        load_toml(path)


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
    assert messages(hidden_characters(text, NAME)) == [message]


def test_only_the_first_of_them_is_messages():
    assert len(hidden_characters("a\u200b\n\u200b", NAME)) == 1


@pytest.mark.parametrize(
    "text", ["größer", "\ta = 1", "1\u00a0km", "한국어", "全角\u3000", ""]
)
def test_characters_that_can_be_seen_or_are_usual_are_welcome(text):
    assert hidden_characters(text, NAME) == []


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", ">>>>>>> 1a2b3c4 (a better word)"])
def test_changes_that_were_not_merged_are_told_at_their_mark(mark):
    (error,) = text_faults(f"a = 1\n{mark}\na = 2\n", NAME)
    assert (error.path, error.line) == (NAME, 2)
    assert "not merged" in error.what


def test_a_heading_underlined_and_a_long_comparison_are_no_marks():
    assert text_faults("Seven\n=======\n\n a <<<<<<< b\n", NAME) == []


def test_a_file_with_a_mark_and_lines_of_windows_is_read_as_any(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert read_text(path) == "a = 1\nb = 2\n"
    assert read(read_text(path)).data == {"a": 1, "b": 2}


def test_a_file_that_is_not_utf_8_is_told_at_its_line(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes('a = 1\nb = "größer"\n'.encode("latin-1"))
    message = f"{NAME}:2: the text is not UTF-8. Fix: save it as UTF-8"
    assert messages(read(read_text(path)).errors) == [message]


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

[third]
rows = [
  { size = 6 },
  # { size = 0 },
  { size = 7, name = "y" },
]
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
        (("rows",), 27),
        (("rows", "size"), 28),
        (("rows", "rows", "name"), 30),
        (("first", "missing"), 8),
        (("missing",), 1),
    ],
)
def test_an_error_stands_at_the_line_of_its_field(keys, line):
    error = read(TEXT).error_at(keys, "it is wrong", "mend it")
    assert str(error) == f"{NAME}:{line}: it is wrong. Fix: mend it"


def test_headings_are_those_of_the_tables_at_the_margin():
    assert read(TEXT).headings == ["first", "second", "third"]


def test_what_is_raised_about_a_table_is_an_error_of_it():
    errors = []
    source = read("[one]\n[two]\nsize = 0\n")
    with source.collecting(errors, "two", "size"):
        raise ValueError("a size is positive")
    with source.collecting(errors, "one"):
        raise ZeroDivisionError("no name")
    with source.collecting(errors, "two"):
        pass
    assert messages(errors) == [
        f"{NAME}:3: two: a size is positive. Fix: correct the size",
        f"{NAME}:1: one: no name. Fix: correct the name",
    ]
