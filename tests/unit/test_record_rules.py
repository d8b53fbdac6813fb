"""A record that contradicts itself is refused, at the line of the field that does."""

import tomllib

import pytest

from gradviz_core.content.record_rules import contradictions
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
commit = "{OTHER}"
line = 1

[[copies]]
first = 2017-01-01
date = 2017-01-01

[[changes]]
date = 2026-11-25

[[changes]]
date = 2026-11-24
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
        (f'"{ADDRESS}/pull/37"', '""', ":2: the status is fixed upstream, and"),
        (f'link = "{ADDRESS}/pull/37"\n', "", ":2: the status is fixed upstream, and"),
        ('"fixed upstream"', '"open"', ":2: the status is open, and [fixed] says"),
        (f"/commit/{COMMIT}", f"/commit/{OTHER}", ":9: the link leads to commit a1348"),
        (f"/commit/{COMMIT}", f"/tree/{OTHER[:7]}/", ":9: the link leads to commit a"),
        (f'commit = "{COMMIT}"', 'commit = "0dda3d1"', ":7: 0dda3d1 is not a commit"),
        (f'commit = "{COMMIT}"', 'commit = "main"', ":7: main is not a commit"),
        ("line = 1", "line = 0", ":27: line is 0. Fix: count lines from 1"),
        ("line = 1", "line = -60", ":27: line is -60"),
        ("first = 2017-01-01", "first = 2018-01-01", ":30: the first commit, of 2018"),
        ('right = "f(x.T)"', 'right = "f(x)"', ":4: right is what wrong is"),
    ],
)
def test_a_field_that_another_one_contradicts_is_refused(old, new, what):
    assert old in SOUND
    [error] = errors_in(SOUND.replace(old, new, 1))
    assert error.startswith(f"a.md{what}")
    assert ". Fix: " in error
