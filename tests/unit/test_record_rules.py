"""A record that contradicts itself is refused, at the line of the field that does."""

import re
import tomllib
from datetime import UTC, date, datetime, timedelta

import pytest
from project import ROOT

from gradviz_core.content.loaded_pages import load_pages
from gradviz_core.content.record_rules import contradictions
from gradviz_core.registry.words import interface
from gradviz_core.toml_source import TomlSource

COMMIT = "0dda3d1715e2431b76eb4089b60881948853ba2a"
OTHER = "a13488032893f5d13cfe1454453fedceb7151101"
ADDRESS = "https://github.com/somebody/book"

SOUND = f"""title = "Two rows"
status = "fixed upstream"
wrong = "f(x)"
right = "f(x.T)"

[introduced]
commit = "{COMMIT}"
date = 2016-07-07
link = "{ADDRESS}/commit/{COMMIT}"

[fixed]
date = 2019-01-21
link = "{ADDRESS}/pull/37"

[[reporters]]
name = "A reader"
date = 2016-07-07
link = "{ADDRESS}/blob/{COMMIT[:10]}/a.py"

[[reporters]]
name = "Another, after the fix"
date = 2025-02-03

[[affected]]
name = "somebody/copy"
path = "a.py"
commit = "{OTHER}"
line = 1

[[copies]]
first = 2017-01-01
date = 2017-01-01

[[changes]]
date = 2026-11-24

[[changes]]
date = 2026-11-25
"""


def errors_in(text):
    source = TomlSource(text, "a.md")
    return [str(error) for error in contradictions(source, tomllib.loads(text))]


def test_a_record_that_can_be_is_not_refused():
    assert errors_in(SOUND) == []
    assert errors_in('title = "A page"\n') == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            'reader"\ndate = 2016-07-07',
            'reader"\ndate = 2002-07-07',
            ":17: 2002-07-07 is before the day on which it was introduced, 2016-07-07",
        ),
        ("date = 2019-01-21", "date = 2016-07-06", ":12: 2016-07-06 is before"),
        ("date = 2025-02-03", "date = 2026-11-26", ":22: 2026-11-26 is later than"),
        ("date = 2019-01-21", "date = 2030-01-21", ":12: 2030-01-21 is later than"),
        (
            "date = 2026-11-25",
            "date = 2062-11-25",
            ":38: 2062-11-25 stands below 2026-11-24, decades before it",
        ),
        (f'"{ADDRESS}/pull/37"', '""', ":2: the status is fixed upstream, and"),
        (f'link = "{ADDRESS}/pull/37"\n', "", ":2: the status is fixed upstream, and"),
        ('"fixed upstream"', '"open"', ":2: the status is open, and [fixed] says"),
        ('"fixed upstream"', '"closed"', ":2: the status is closed, and [fixed] says"),
        (
            f'commit = "{COMMIT}"\ndate = 2016-07-07\nlink = "{ADDRESS}/commit/{COMMIT}"',
            'commit = "0dda3d1"\ndate = 2016-07-07',
            ":7: 0dda3d1 is not a commit",
        ),
        (
            "date = 2019-01-21",
            f'commit = "{COMMIT}"\ndate = 2019-01-21',
            ":12: fixed is the commit with which it was introduced",
        ),
        (
            'name = "Another, after the fix"',
            f'name = "A reader"\nlink = "{ADDRESS}/blob/{COMMIT[:10]}/a.py"',
            ":21: A reader is in this list already",
        ),
        (
            "[[copies]]",
            f'[[affected]]\nname = "Somebody/Copy"\npath = "a.py"\n'
            f'commit = "{OTHER}"\n\n[[copies]]',
            ":31: Somebody/Copy is in this list already",
        ),
        (f"/commit/{COMMIT}", f"/commit/{OTHER}", ":9: the link leads to commit a1348"),
        (f"/commit/{COMMIT}", f"/tree/{OTHER[:7]}/", ":9: the link leads to commit a"),
        (f'commit = "{COMMIT}"', 'commit = "0dda3d1"', ":7: 0dda3d1 is not a commit"),
        (f'commit = "{COMMIT}"', 'commit = "main"', ":7: main is not a commit"),
        ("line = 1", "line = 0", ":28: line is 0. Fix: count lines from 1"),
        ("line = 1", "line = -60", ":28: line is -60"),
        ('"somebody/copy"', f'"{ADDRESS}"', f":25: {ADDRESS} is not a repository"),
        ('copy"', 'copy.git"', ":25: somebody/copy.git is not a repository"),
        ('"a.py"', r"'b\a.py'", r":26: b\a.py is not a path in a repository"),
        ('"a.py"', '"/a.py"', ":26: /a.py is not a path in a repository"),
        ('"a.py"', f'"{ADDRESS}/a.py"', f":26: {ADDRESS}/a.py is not a path in"),
        ("first = 2017-01-01", "first = 2018-01-01", ":31: the first commit, of 2018"),
        ('right = "f(x.T)"', 'right = "f(x)"', ":4: right is what wrong is"),
        ('right = "f(x.T)"', 'right = "f(x) "', ":4: right is what wrong is"),
        ('right = "f(x.T)"', 'right = "f( x ) # mended"', ":4: right is what wrong is"),
        ('wrong = "f(x)"', 'wrong = "f(x"', ":3: wrong is not Python, '(' was never"),
        ('right = "f(x.T)"', 'right = "add a transpose"', ":4: right is not Python"),
        (
            "date = 2016-07-07",
            "date = 1016-07-07",
            ":8: 1016-07-07 is before the first",
        ),
        (f"{ADDRESS}/pull/37", f"{ADDRESS}/commit/{COMMIT[:9]}", ":13: fixed is the"),
        (f"{ADDRESS}/pull/37", f"{ADDRESS}/commit/{COMMIT}", ":13: fixed is the"),
        (f"{ADDRESS}/pull/37", f"{ADDRESS}/commit/{OTHER}", ":27: this is the commit"),
        (f"/commit/{COMMIT}", f"/commits/{OTHER}", ":9: the link leads to commit a1"),
        (f"/commit/{COMMIT}", f"/blame/{OTHER}/a", ":9: the link leads to commit a1"),
        (f"/commit/{COMMIT}", f"/tree/{OTHER.upper()}", ":9: the link leads to com"),
        ("first = 2017-01-01\ndate = 2017", "date = 2062", ":31: 2062-01-01 is later"),
        ("date = 2026-11-24", "date = 2012-11-24", ":35: 2012-11-24 is before the day"),
        ("date = 2026-11-25", "date = 2025-11-25", ":38: 2025-11-25 stands below 2026"),
        ("date = 2026-11-24", "date = 2062-11-24", ":38: 2026-11-25 stands below 2062"),
        ("date = 2026-11-24", "date = 2026-11-25", ":37: this table is in this list"),
        (
            f'2016-07-07\nlink = "{ADDRESS}/blob/{COMMIT[:10]}/a.py"',
            f'2016-07-07\nlink = "{ADDRESS}/pull/56"\nwhat = "Pull request 65"',
            ":18: the link leads to 56, and the words beside it name 65. Fix: ",
        ),
        ('pull/37"', 'pull/37"\nby = "issue 11"', ":13: the link leads to 37, and"),
        ('pull/37"', 'pull/37"\nby = "PR #38"', ":13: the link leads to 37, and"),
        ('pull/37"', 'pull/37"\nby = "as #38"', ":13: the link leads to 37, and"),
    ],
)
def test_a_field_that_another_one_contradicts_is_refused(old, new, what):
    assert old in SOUND
    [error] = errors_in(SOUND.replace(old, new, 1))
    assert error.startswith(f"a.md{what}")
    assert ". Fix: " in error


def test_the_mistake_and_the_mend_are_not_one_address():
    address = f"{ADDRESS}/pull/37"
    [error] = errors_in(SOUND.replace(f"{ADDRESS}/commit/{COMMIT}", address))
    assert error.startswith("a.md:13: fixed is the commit with which it was introduced")


def test_one_picture_does_not_stand_for_the_right_one_and_the_wrong():
    [error] = errors_in('[picture]\ncorrect = "plane"\nbuggy = "plane"\n')
    assert error.startswith("a.md:3: buggy and correct are one picture. Fix: ")


CASE = f"""title = "A wave"
handed_over = "one row for each y"
taken = "one row for each x"
hidden_by = "the grid is square"
shown_by = "another grid"
licence = "MIT"

[where]
work = "A course"
author = "Somebody"
repository = "somebody/course"
path = "step.ipynb"
lines = "247, 288-290"
commit = "{COMMIT}"

[reported]
none_in = "the issues"
looked_at = 2026-11-30

[mended]
commit = "{OTHER}"
date = 2015-03-11
link = "{ADDRESS}/commit/{OTHER}"

[[changes]]
date = 2026-12-01
"""

NO_REPORT = 'none_in = "the issues"\nlooked_at = 2026-11-30\n'


def test_a_case_that_can_be_is_not_refused():
    assert errors_in(CASE) == []
    assert errors_in(CASE.replace(NO_REPORT, f'link = "{ADDRESS}/issues/1"\n')) == []
    assert errors_in(CASE.partition("[mended]")[0]) == []
    later = f'link = "{ADDRESS}/issues/1"\ndate = 2020-01-01\n'
    assert errors_in(CASE.replace(NO_REPORT, later)) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("for each x", "for each y", ":3: taken is what handed_over is"),
        (f'commit = "{COMMIT}"', 'commit = "main"', ":14: main is not a commit"),
        (f'commit = "{COMMIT}"', 'commit = "0dda3d1"', ":14: 0dda3d1 is not a commit"),
        ('"somebody/course"', '"course"', ":11: course is not a repository"),
        ('"247, 288-290"', '"247 and 288"', ":13: 247 and 288 are no lines"),
        ('"247, 288-290"', '"0"', ":13: 0 are no lines"),
        ("288-290", "290-288", ":13: the lines 290-288 end before they begin"),
        ("288-290", "288-288", ":13: the lines 288-288 end before they begin"),
        ("looked_at = 2026-11-30\n", "", ":17: none_in does not say when it was"),
        (NO_REPORT, "date = 2026-11-30\n", ":16: nothing says whether the slip was"),
        ("[reported]", f'[reported]\nlink = "{ADDRESS}"', ":18: there is a link to"),
        (f'commit = "{OTHER}"', f'commit = "{COMMIT}"', ":23: the link leads to"),
        (f'commit = "{OTHER}"', 'commit = "1fe2313"', ":21: 1fe2313 is not a commit"),
        ("another grid", "the grid is square", ":5: shown_by is what hidden_by is"),
        ("288-290", "247", ":13: the lines 247 do not come after those before"),
        ("247, 288-290", "240-250, 245", ":13: the lines 245 do not come after"),
        (NO_REPORT, f'{NO_REPORT}by = "A reader"\n', ":19: by is said, and belongs to"),
        (NO_REPORT, f"{NO_REPORT}date = 2020-01-01\n", ":19: date is said, and bel"),
        ('none_in = "the issues"', f'link = "{ADDRESS}"', ":18: looked_at is said"),
        (
            f'commit = "{OTHER}"\ndate = 2015-03-11\nlink = "{ADDRESS}/commit/{OTHER}"',
            "date = 2015-03-11",
            ":20: nothing says by which commit it was mended",
        ),
        (
            f'commit = "{OTHER}"\ndate = 2015-03-11\nlink = "{ADDRESS}/commit/{OTHER}"',
            f'date = 2015-03-11\nlink = "{ADDRESS}/commit/{COMMIT}"',
            ":22: mended is the commit that has the slip",
        ),
        ('"step.ipynb"', '"/step.ipynb"', ":12: /step.ipynb is not a path in"),
        ("looked_at = 2026", "looked_at = 2062", ":18: 2062-11-30 is later than"),
        ("date = 2015", "date = 2051", ":22: 2051-03-11 is later than the newest"),
    ],
)
def test_a_field_of_a_case_that_cannot_be_is_refused(old, new, what):
    assert old in CASE
    errors = errors_in(CASE.replace(old, new, 1))
    assert errors[0].startswith(f"a.md{what}")
    assert ". Fix: " in errors[0]


def test_a_case_is_not_mended_by_the_commit_that_has_it():
    [error] = errors_in(CASE.replace(OTHER, COMMIT))
    assert error.startswith("a.md:21: mended is the commit that has the slip")


def load(folder, texts):
    """Read pages by their names below `content/`; return the errors in them."""
    for name, text in texts.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    words = {language: interface(language) for language in ("en", "ko")}
    _, errors = load_pages(folder, words, ())
    return [str(error) for error in errors]


COPIES = """+++
title = "Copies"
erratum = "slip"
events = [
  { day_of = "introduced", place = "book", what = "It is there." },
  { day_of = "A reader", place = "book", what = "It is reported." },
  { date = 2026-11-28, place = "copies", what = "The copies are read." },
]
[[copies]]
name = "somebody/copy"
path = "a.py"
commit = "1fe23130733defbc14ed4e53c462e987b7b9af50"
call = "older"
first = 2017-01-01
date = 2017-01-01
+++
"""
SLIP = """+++
title = "A slip"
[introduced]
date = 2016-07-07
[[reporters]]
name = "A reader"
date = 2016-11-02
[[reporters]]
name = "Another reader"
+++
"""


def test_an_event_has_the_day_that_the_record_of_the_erratum_has(tmp_path):
    assert load(tmp_path, {"copies.md": COPIES, "errata/slip.md": SLIP}) == []
    pages, _ = load_pages(tmp_path, {"en": interface("en")}, ())
    [page] = [page for page in pages if page.url == "copies/index.html"]
    days = [event["date"].isoformat() for event in page.record["events"]]
    assert days == ["2016-07-07", "2016-11-02", "2026-11-28"]


NO_DATE = "Another reader has no date, and a page shows it. Fix: add date = …"
TWO_DAYS = "this event has two days. Fix: write date = …, or else day_of = …"
NO_DAY = "this event has no day. Fix: write date = …, or else day_of = …"
NO_MOMENT = (
    "content/errata/slip.md has no fixed. "
    "Fix: write one of introduced, A reader, Another reader"
)
NO_ERRATUM = (
    "no erratum is called slips. Fix: name its file in content/errata/, without .md"
)
LATER = (
    "2062-01-01 is later than the last of the events, 2026-11-28. "
    "Fix: correct the day, or add a change"
)
BELOW = (
    "2016-11-02 stands below 2016-11-03. "
    "Fix: correct one of the two days, or put the older one first"
)
EARLIER = (
    "2016-01-01 is before the first of the events, 2016-07-07. "
    "Fix: correct one of the two days"
)
# What is changed in the page on copies, and what is said then, at which line.
WITHOUT_DAY = [
    ('day_of = "introduced", ', "", f"copies.md:5: {NO_DAY}"),
    ('"introduced"', '"introduced", date = 2016-07-07', f"copies.md:5: {TWO_DAYS}"),
    ('day_of = "introduced"', "date = 2016-11-03", f"copies.md:6: {BELOW}"),
    ('"A reader"', '"fixed"', f"copies.md:6: {NO_MOMENT}"),
    ('"A reader"', '"Another reader"', f"errata/slip.md:8: {NO_DATE}"),
    ('erratum = "slip"', 'erratum = "slips"', f"copies.md:3: {NO_ERRATUM}"),
    ("date = 2017", "date = 2062", f"copies.md:15: {LATER}"),
    ("first = 2017", "first = 2016", f"copies.md:14: {EARLIER}"),
]


@pytest.mark.parametrize(("old", "new", "told"), WITHOUT_DAY)
def test_an_event_without_a_day_or_with_an_impossible_one_is_refused(
    tmp_path, old, new, told
):
    assert old in COPIES
    pages = {"copies.md": COPIES.replace(old, new, 1), "errata/slip.md": SLIP}
    assert load(tmp_path, pages) == [f"content/{told}"]


def test_each_event_of_an_erratum_that_is_not_named_is_refused(tmp_path):
    pages = {"copies.md": COPIES.replace('erratum = "slip"\n', "")}
    fix = 'write erratum = "…", the name of its file, above the first table'
    assert load(tmp_path, pages) == [
        f"content/copies.md:{line}: day_of = {name} is a day of an erratum, "
        f"and the page names none. Fix: {fix}"
        for line, name in ((4, "introduced"), (5, "A reader"))
    ]


INTRODUCED = """+++
title = "{title}"
[introduced]
commit = "{commit}"
date = {date}
+++
"""


def test_a_commit_has_one_day_on_all_pages(tmp_path):
    days = {"a": "2006-07-07", "b": "2016-07-07", "c": "2016-07-07"}
    texts = {
        f"errata/{slug}.md": INTRODUCED.format(title=slug, commit=COMMIT, date=day)
        for slug, day in days.items()
    }
    [error] = load(tmp_path, texts)
    assert error.startswith(
        "content/errata/a.md:5: 2006-07-07 is not the day of this commit elsewhere, "
        "2016-07-07. Fix: "
    )
    assert (
        load(tmp_path, {"errata/a.md": texts["errata/b.md"].replace('"b"', '"a"')})
        == []
    )


def test_no_day_of_this_site_is_still_to_come():
    """The build reads no clock, so only a test can tell 2062 from 2026."""
    # East of here it may be tomorrow already.
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    days = {
        date.fromisoformat(day)
        for path in (ROOT / "content").rglob("*.md")
        for day in re.findall(r"\bdate = ([\d-]{10})", path.read_text("utf-8"))
    }
    assert len(days) > 20
    assert max(days) <= tomorrow


COPIED = """+++
title = "{slug}"
[[affected]]
name = "{name}"
path = "a.py"
commit = "{commit}"
line = {line}
what = "a copy"
+++
"""


@pytest.mark.parametrize(
    ("name", "commit", "line", "place"),
    [
        ("somebody/copy", COMMIT, 60, None),
        ("somebody/copy", COMMIT, 61, None),
        ("somebody/another", OTHER, 61, None),
        ("Somebody/copy", OTHER, 60, 6),
    ],
)
def test_a_copy_is_shown_at_one_commit_on_all_pages(
    tmp_path, name, commit, line, place
):
    first = COPIED.format(slug="a", name="somebody/copy", commit=COMMIT, line=60)
    second = COPIED.format(slug="b", name=name, commit=commit, line=line)
    errors = load(tmp_path, {"errata/a.md": first, "errata/b.md": second})
    what = f"content/errata/a.md shows this file at {COMMIT}."
    told = f"content/errata/b.md:{place}: {what} Fix: name one commit in both"
    assert errors == ([told] if place else [])


PASTED = """+++
title = "Rows"
wrong = "{wrong}"
right = "{right}"
+++

## The fix {{: #the-fix }}

```python
if rows:
    x = start.copy()
```

## Why {{: #why }}

```python
x = start
```
"""


def test_what_the_fix_gives_to_paste_is_not_wrong(tmp_path):
    as_it_is = {"wrong": "x = start", "right": "x = start.copy()"}
    exchanged = {"wrong": "x = start.copy()", "right": "x = start"}
    assert load(tmp_path, {"errata/a.md": PASTED.format(**as_it_is)}) == []
    assert load(tmp_path, {"errata/a.md": PASTED.format(**exchanged)}) == [
        "content/errata/a.md:3: wrong has x = start.copy(), which the fix gives to "
        "paste. Fix: exchange wrong and right, or correct the fix"
    ]


def test_two_titles_that_differ_in_capitals_or_spaces_alone_are_one(tmp_path):
    texts = {
        f"errata/{slug}.md": f'+++\ntitle = "{title}"\n+++\n'
        for slug, title in {"a": "Two rows", "b": "two  Rows"}.items()
    }
    [error] = load(tmp_path, texts)
    assert error.startswith("content/errata/b.md:2: content/errata/a.md has the same")


@pytest.mark.parametrize(
    ("code", "is_other"),
    [("f(x)  # 두 행", False), ("f(x.T)  # 두 행", True), ("g(x)", True)],
)
def test_code_in_the_record_of_a_translation_is_that_of_its_original(
    tmp_path, code, is_other
):
    texts = {
        "errata/a.md": '+++\ntitle = "Two rows"\nwrong = "f(x)  # two rows"\n+++\n',
        "errata/a.ko.md": f'+++\ntitle = "두 행"\nwrong = "{code}"\n+++\n',
    }
    what = "content/errata/a.ko.md:3: wrong is not the code of the original. Fix: take"
    assert [error[: len(what)] for error in load(tmp_path, texts)] == [what] * is_other


ERRATUM = """+++
title = "{slug}"
[[reporters]]
name = "A reader"
date = {date}
{more}
+++
"""
CHANGED = '[[changes]]\ndate = 2026-12-01\nwhat = "New."'
CORRECTED = '[[corrections]]\ndate = 2062-12-01\nwhat = "It was wrong."'


@pytest.mark.parametrize(
    ("date", "more", "is_late"),
    [
        ("2026-12-01", "", False),
        ("2062-12-01", "", True),
        ("2062-12-01", CHANGED.replace("2026", "2062"), False),
        ("2062-12-01", CORRECTED, False),
    ],
)
def test_what_was_never_changed_is_not_younger_than_its_site(
    tmp_path, date, more, is_late
):
    folder = tmp_path / "content/errata"
    folder.mkdir(parents=True)
    pages = {"new": (date, more), "old": ("2026-12-01", CHANGED)}
    for slug, (day, changes) in pages.items():
        text = ERRATUM.format(slug=slug, date=day, more=changes)
        (folder / f"{slug}.md").write_text(text, encoding="utf-8")
    _, errors = load_pages(tmp_path, {"en": interface("en")}, ())
    what = "content/errata/new.md:5: 2062-12-01 is later than the last change of the"
    assert [str(error)[: len(what)] for error in errors] == [what] * is_late
