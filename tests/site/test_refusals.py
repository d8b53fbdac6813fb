"""Every kind of bad input is refused, with its place and how to mend it, and the old site stays.

All bad pages of all tables stand in one project, which is built once, since a build tells the faults
of all pages in one run; all bad functions stand in another, since what pages say of functions cannot
be judged while these are wrong. To add a case, add it to a table of refusals/. What a table cannot
hold, bytes and the names of files, stands below.
"""

import re
from dataclasses import dataclass

import pytest
from project import REGISTRY, Project, with_site

from tests.site.refusal_tables import (
    PAGE,
    TABLES,
    Refused,
    bad_functions,
    bad_pages,
    with_own_words,
)

# --- bytes and names -------------------------------------------------------------------------

HIDDEN = "there is a hidden character, {}. Fix: delete it"
NOT_UTF_8 = "the text is not UTF-8. Fix: save it as UTF-8"
# A text with what nobody sees, and what is said, at which line.
BAD_TEXTS = {
    "latin-1": (PAGE.encode() + b"caf\xe9\n", 5, NOT_UTF_8),
    "utf-16": (PAGE.encode("utf-16"), 1, NOT_UTF_8),
    "bidirectional": (PAGE + "a\u202eb\n", 5, HIDDEN.format("U+202E")),
    "entity": (PAGE + "a&#x202e;b\n", 5, HIDDEN.format("U+202E")),
    "named-entity": (PAGE + "a&ZeroWidthSpace;b\n", 5, HIDDEN.format("U+200B")),
    "zero-width": (PAGE + "a\u200bb\n", 5, HIDDEN.format("U+200B")),
    "mark-within": (PAGE + "a\ufeffb\n", 5, HIDDEN.format("U+FEFF")),
    "thin-space": (PAGE + "a\u2009b\n", 5, HIDDEN.format("U+2009")),
    "line-separator": (PAGE + "a\u2028b\n", 5, HIDDEN.format("U+2028")),
    "replaced": (PAGE + "caf\ufffd\n", 5, HIDDEN.format("U+FFFD")),
    "zero-byte": (PAGE + "a\0b\n", 5, HIDDEN.format("U+0000")),
    "title": ('+++\ntitle = "a\u2066b"\n+++\n', 2, HIDDEN.format("U+2066")),
    "escape": ('+++\ntitle = "a\\u202Eb"\n+++\n', 2, HIDDEN.format("U+202E")),
    "computed": (PAGE + '{{ "\\N{ZERO WIDTH SPACE}" }}\n', None, "once computed, " + HIDDEN.format("U+200B")),
}  # fmt: skip
BAD_FILES = {
    "templates/part.html": (b"a\n\xe9\n", 2, NOT_UTF_8),
    "templates/static/latin-1.css": (b"p::after {\n\xe9\n", 2, NOT_UTF_8),
    "templates/static/latin-1.js": (b"// a\n\xe9\n", 2, NOT_UTF_8),
    "templates/static/bidi.js": ('let a = "\u202e";\n', 1, HIDDEN.format("U+202E")),
}
NOT_PORTABLE = "this name is not portable. Fix: use a-z, 0-9, - and a known ending, as in two-words.md"
NAMES = [
    "content/About.md", "content/a b.md", "content/caf\u00e9.md", "content/con.md",
    "content/lpt1/page.md", "content/a:b.md", "content/notes.txt", "content/a.b.md",
    "content/layout.korean.md", "templates/static/A.js", "templates/static/nul/a.css",
    "templates/static/a b.css", "templates/static/caf\u00e9.svg", "templates/static/page.html",
    "templates/static/.hidden",
]  # fmt: skip


def bad_bytes(project: Project) -> list[Refused]:
    """Write what no table can hold, a link among it."""
    found = {f"content/texts/{name}.md": case for name, case in BAD_TEXTS.items()}
    found |= BAD_FILES
    found |= dict.fromkeys(NAMES, (PAGE, None, NOT_PORTABLE))
    refused = []
    for path, (content, line, what) in found.items():
        project.write(path, "")
        written = content if isinstance(content, bytes) else content.encode()
        (project.root / path).write_bytes(written)
        place = path if line is None else f"{path}:{line}"
        refused.append(Refused(path, "", [f"{place}: {what}"]))
    (project.root / "content/link.md").symlink_to("about.md")
    message = "content/link.md: this is not a plain file. Fix: put the file itself here"
    return [*refused, Refused("content/link.md", "", [message])]


# --- the build -------------------------------------------------------------------------------


def bad_project(project: Project) -> list[Refused]:
    """Write all that is bad beside functions into a project, and give what is to be said of it."""
    project.write(
        "gradviz_core/registry/strings/words.ko.toml",
        '[language]\nname = "한국어"\ntag = "ko"\n',
    )
    pages = [refused for table in TABLES for refused in bad_pages(table)]
    for refused in pages:
        project.write(refused.path, refused.text)
    return [*pages, *bad_bytes(project)]


@dataclass
class Refusal:
    """What was to be said by a build, and what was said."""

    expected: list[Refused]
    lines: list[str]

    def of(self, path: str) -> list[str]:
        """The lines on one file."""
        return [
            line
            for line in self.lines
            if re.match(rf"{re.escape(path)}(:\d+)?: ", line)
        ]


@pytest.fixture(scope="module")
def refusal(model: Project, tmp_path_factory: pytest.TempPathFactory) -> Refusal:
    """What one build says of all bad input but functions."""
    project = with_site(model, tmp_path_factory.mktemp("refused") / "gradviz")
    return refused_build(project, bad_project(project))


def refused_build(project: Project, expected: list[Refused]) -> Refusal:
    """What a build says of a project that has a site, which stays."""
    before = project.files()
    done = project.build()
    assert (done.returncode, done.stdout) == (1, "")
    assert project.files() == before
    assert not [path for path in project.root.glob(".site.*") if path.is_dir()]
    return Refusal(expected, done.stderr.splitlines())


def assert_messages(refusal: Refusal, cases: list[Refused]) -> None:
    """Assert that of these files just this was said."""
    expected = [line for case in cases for line in case.messages]
    lines = [line for case in cases for line in refusal.of(case.path)]
    lines = with_own_words(lines, expected)
    assert [line for line in expected if line not in lines] == []
    assert [line for line in lines if line not in expected] == []
    assert len(lines) == len(expected)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_each_bad_page_of_a_table_is_refused_with_these_words(refusal, table):
    assert_messages(refusal, bad_pages(table))


def test_each_bad_function_is_refused_with_these_words(small):
    """The pages of the site say nothing wrong, and nothing is said of them."""
    registry = bad_functions(small.read(REGISTRY))
    small.write(registry.path, registry.text)
    refusal = refused_build(small, [registry])
    assert_messages(refusal, [registry])
    assert refusal.of(REGISTRY) == refusal.lines


def test_what_no_table_can_hold_is_refused_with_these_words(refusal):
    tabled = {case.path for table in TABLES for case in bad_pages(table)}
    others = [case for case in refusal.expected if case.path not in tabled]
    assert len(others) > len(BAD_TEXTS) + len(NAMES)
    assert_messages(refusal, others)


def test_nothing_else_is_refused_and_each_line_says_where_what_and_how(refusal):
    known = {line for case in refusal.expected for line in refusal.of(case.path)}
    assert [line for line in refusal.lines if line not in known] == []
    for line in refusal.lines:
        assert re.search(r"(:[1-9]\d*)?: \S.*[^.]\. Fix: \S.*[^.]$", line), line
    assert refusal.lines == sorted(refusal.lines, key=place)


def place(line: str) -> tuple[str, int]:
    """By what the lines are in order: the file, and the line of it."""
    path, line_number = re.match(r"(.*?)(?::(\d+))?: ", line).groups()
    return path, int(line_number or 0)


# --- what is sound ---------------------------------------------------------------------------

SOUND = r"""
A formula: $x^2$은 공식입니다. It costs $5 in all, as section 4.4 says.

| a | b | c |
|:--|--:|:-:|
| x | y | z |

[One](/playground/#f=x%5B0%5D%2Fx%5B1%5D), [two](https://doi.org/10.1000%2F182), <a href='/'>three</a>.

$$|x| = \begin{cases} x & x \ge 0 \\ -x & \text{otherwise} \end{cases}$$

$$\begin{aligned} a &= b \\ c &= d \end{aligned} + \sum\limits_i x_i$$

Vraiment&#8239;?

{# It was 3.14, 50 % of it. #}

## One

## See [home](/)

## Three
"""
UNDEFINED = """
[root]
title = "Root"
spelling = "np.sqrt(x[0]) + x[1]"
gradient = ["1 / 2 / np.sqrt(x[0])", "1"]
note = "It has no value at half of the points."
"""


def test_what_is_sound_is_not_refused(few):
    few.write("content/sound.md", PAGE + SOUND)
    few.append(REGISTRY, UNDEFINED)
    few.rebuild()
    page = few.page("sound/index.html")
    assert "It costs $5 in all, as section 4.4 says." in page
    assert '<a href="../index.html">three</a>' in page
    assert "3.14" not in page
    aligned = re.findall('<mtd class="(.*?)"', page)
    assert aligned == ["left"] * 4 + ["right", "left"] * 2
    assert re.findall('<t[hd] class="(.*?)"', page) == ["left", "right", "center"] * 2
    undefined = few.page("functions/root/index.html")
    assert "–" in undefined
    assert "nan" not in re.sub(r"<[^>]*>", "", undefined)
