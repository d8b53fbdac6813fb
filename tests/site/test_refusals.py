"""Every kind of bad input is refused, with its place and how to mend it, and the old site stays.

A table of refusals/ shows bad pages and what is said of each: the words of every message stand
once, at its top. All pages of all tables stand in one project, which is built once, since a build
tells all faults in one run. What a table cannot hold, bytes and names, is written here.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from project import HEAD, REGISTRY, Project, with_site

TABLES = sorted(Path(__file__).with_name("refusals").glob("*.txt"))
PAGE = '+++\ntitle = "A test"\n+++\n\n'
ANYTHING = "..."  # for what a library says in its own words


# --- the tables ------------------------------------------------------------------------------


@dataclass
class Refused:
    """A file, and all that is said of it: `PATH:LINE: what. Fix: how`."""

    path: str
    text: str
    told: list[str]


def message(words: dict[str, str], name: str, values: str) -> str:
    """The message of a name, with its values put in, which bars part if there are several."""
    template = words[name]
    count = template.replace("{{ … }}", "").count("{}")
    given = values.split(" | ") if count > 1 else [values] * count
    for value in given:
        template = template.replace("{}", value, 1)
    return template


def read_table(table: Path) -> list[Refused]:
    """The bad pages of a table."""
    head, *cases = re.split(
        r"^=== (.*)\n", table.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    words = dict(re.findall(r"^([\w-]+): (.*)", head, re.MULTILINE))
    refused = []
    for name, case in zip(cases[::2], cases[1::2], strict=True):
        path = (
            name.removeprefix("/")
            if name[0] == "/"
            else f"content/{table.stem}/{name}.md"
        )
        told = []
        for line, key, values in re.findall(
            r"^--- (\S+) ([\w-]+)(?:: (.*))?$", case, re.MULTILINE
        ):
            place = path if line == "-" else f"{path}:{line}"
            told.append(f"{place}: {message(words, key, values)}")
        text = re.split(r"^--- (?=\S+ [\w-]+)", case, maxsplit=1, flags=re.MULTILINE)[0]
        whole = name[0] == "/" or text.startswith("+++\n")
        refused.append(Refused(path, text if whole else PAGE + text, told))
    return refused


def with_own_words(told: list[str], expected: list[str]) -> list[str]:
    """What was told, with any words of a library as they are expected."""
    result = []
    for line in told:
        for wanted in expected:
            pattern = re.escape(wanted).replace(re.escape(ANYTHING), ".+")
            if re.fullmatch(pattern, line):
                line = wanted
                break
        result.append(line)
    return result


# --- functions -------------------------------------------------------------------------------

FUNCTION = {
    "title": '"Tilted plane"',
    "tex": '"3 x_0 - x_1"',
    "spelling": '"3 * x[0] - x[1]"',
    "gradient": '["3", "-1"]',
    "note": '"What it teaches, in a sentence."',
}
GRADIENT = (
    "{name}: the gradient given is not that of the spelling. Fix: correct the gradient"
)
VERDICT = "{name}: it is found to be sparse. Fix: correct the verdict"
# What differs from a sound function, by the fields, and what is said at the line of the last.
BAD_FUNCTIONS = [
    ({"title": "3"}, 'title is int, not str. Fix: write title = "…"'),
    ({"gradient": '["3"]'}, 'gradient is [str], not [str, str]. Fix: write gradient = ["…", "…"]'),
    ({"gradient": "[3, -1]"}, 'gradient is [float, float], not [str, str]. Fix: write gradient = ["…", "…"]'),
    ({"grid": "[0, 1]"}, "grid is [float, float], not [float, float, float]. Fix: write grid = [0.5, 0.5, 0.5]"),
    ({"notes": '""'}, "unknown field notes. Fix: did you mean note?"),
    ({"title": None}, "{name} has no title. Fix: add title = …"),
    ({"gradient": None}, "{name} has no gradient. Fix: add gradient = …"),
    ({"spelling": '"3 * x[0] - y"'}, "{name}: column 12: ... Fix: correct the spelling"),
    ({"spelling": '"x"'}, "{name}: column 1: ... Fix: correct the spelling"),
    ({"gradient": '["3", "y"]'}, "{name}: column 1: ... Fix: correct the gradient"),
    ({"gradient": '["3", "1"]'}, GRADIENT),
    ({"gradient": '["-1", "3"]'}, GRADIENT),
    ({"spelling": '"1e12 * x[0] + x[1]"', "gradient": '["1e12", "99"]'}, GRADIENT),
    ({"tex": r"'\fracc{1}{2}'"}, r"{name}: the TeX \fracc{1}{2} cannot be read, .... Fix: correct the tex"),
    ({"note": '"Its slope is $x_{0$."'}, "formula: the TeX x_{0 cannot be read, .... Fix: mend the TeX"),
    ({"note": '"It is 2.25 off."'}, "the number 2.25 is typed in prose. Fix: ..."),
    ({"verdict": '"hidden"'}, VERDICT),
    ({"verdict": '"right"'}, VERDICT),
    ({"grid": "[0, inf, 1]"}, "{name}: Grid(start=0, stop=inf, step=1) needs three finite numbers and a step other than 0. Fix: correct the grid"),
    ({"grid": "[0, 1, 0]"}, "{name}: Grid(start=0, stop=1, step=0) needs three finite numbers and a step other than 0. Fix: correct the grid"),
    ({"grid": "[0, 1, -1]"}, "{name}: Grid(start=0, stop=1, step=-1) has 0 values an axis, not 1 to 1000. Fix: correct the grid"),
    ({"grid": "[0, 1, 1e-5]"}, "{name}: Grid(start=0, stop=1, step=1e-05) has 100000 values an axis, not 1 to 1000. Fix: correct the grid"),
    ({"grid": "[0, 1, 1]"}, "{name}: the call without .T fails on its grid, which has too few points. Fix: correct the grid"),
    (
        {
            "spelling": '"np.sqrt(np.abs(x[0])) + x[1]"',
            "gradient": '["0.5 * np.sign(x[0]) / np.sqrt(np.abs(x[0]))", "1"]',
            "grid": "[-1e-5, 2e-5, 1e-5]",
        },
        "{name}: 6 arrows of the correct call are wrong on its grid. Fix: correct the grid",
    ),
]  # fmt: skip
# At the line of the name, whatever the fields are.
BAD_NAMES = {
    "Tilted": "Tilted: this is no heading [name], of a-z, 0-9 and _ after a letter. Fix: correct the name",
    "tilted-plane": "tilted-plane: this is no heading [name], of a-z, 0-9 and _ after a letter. Fix: correct the name",
    "words": "words: this name is long, or taken in pages or on Windows. Fix: correct the name",
    "page": "page: this name is long, or taken in pages or on Windows. Fix: correct the name",
    "not": "not: this name is long, or taken in pages or on Windows. Fix: correct the name",
    "con": "con: this name is long, or taken in pages or on Windows. Fix: correct the name",
}  # fmt: skip


def bad_registry(text: str) -> Refused:
    """The registry, with all bad functions at its end."""
    lines = text.splitlines()
    told = []
    for number, (fields, what) in enumerate(BAD_FUNCTIONS):
        name = f"bad_{number}"
        lines += ["", f"[{name}]"]
        place = len(lines)
        for field, value in (FUNCTION | fields).items():
            if value is not None:
                lines.append(f"{field} = {value}")
                if field == [*fields][-1]:
                    place = len(lines)
        told.append(f"{REGISTRY}:{place}: {what.replace('{name}', name)}")
    for name, what in BAD_NAMES.items():
        lines += ["", f"[{name}]"]
        told.append(f"{REGISTRY}:{len(lines)}: {what}")
        lines += [f"{field} = {value}" for field, value in FUNCTION.items()]
    return Refused(REGISTRY, "\n".join(lines) + "\n", told)


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
    told = "content/link.md: this is not a plain file. Fix: put the file itself here"
    return [*refused, Refused("content/link.md", "", [told])]


# --- the build -------------------------------------------------------------------------------


def bad_project(project: Project) -> list[Refused]:
    """Write all bad input into a project, and give what is to be said of it."""
    project.write(
        "gradviz_core/registry/strings/words.ko.toml", '[site]\nlanguage = "한국어"\n'
    )
    pages = [refused for table in TABLES for refused in read_table(table)]
    registry = bad_registry((project.root / REGISTRY).read_text(encoding="utf-8"))
    for refused in [*pages, registry]:
        project.write(refused.path, refused.text)
    return [*pages, registry, *bad_bytes(project)]


@dataclass
class Refusal:
    """What was to be said by a build, and what was said."""

    expected: list[Refused]
    told: list[str]

    def of(self, path: str) -> list[str]:
        """The lines on one file."""
        return [
            line for line in self.told if re.match(rf"{re.escape(path)}(:\d+)?: ", line)
        ]


@pytest.fixture(scope="module")
def refusal(model: Project, tmp_path_factory: pytest.TempPathFactory) -> Refusal:
    """What one build says of all bad input to a project that has a site, which stays."""
    project = with_site(model, tmp_path_factory.mktemp("refused") / "gradviz")
    expected = bad_project(project)
    before = project.files()
    done = project.build()
    assert (done.returncode, done.stdout) == (1, "")
    assert project.files() == before
    assert not [path for path in project.root.glob(".site.*") if path.is_dir()]
    return Refusal(expected, done.stderr.splitlines())


def assert_told(refusal: Refusal, cases: list[Refused]) -> None:
    """Assert that of these files just this was said."""
    expected = [line for case in cases for line in case.told]
    told = [line for case in cases for line in refusal.of(case.path)]
    told = with_own_words(told, expected)
    assert [line for line in expected if line not in told] == []
    assert [line for line in told if line not in expected] == []
    assert len(told) == len(expected)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_each_bad_page_of_a_table_is_refused_with_these_words(refusal, table):
    cases = read_table(table)
    assert cases
    assert_told(refusal, cases)


def test_what_no_table_can_hold_is_refused_with_these_words(refusal):
    tabled = {case.path for table in TABLES for case in read_table(table)}
    others = [case for case in refusal.expected if case.path not in tabled]
    assert len(others) > len(BAD_TEXTS) + len(NAMES)
    assert_told(refusal, others)


def test_nothing_else_is_refused_and_each_line_says_where_what_and_how(refusal):
    known = {line for case in refusal.expected for line in refusal.of(case.path)}
    assert [line for line in refusal.told if line not in known] == []
    for line in refusal.told:
        assert re.search(r"(:[1-9]\d*)?: \S.*[^.]\. Fix: \S.*[^.]$", line), line
    assert refusal.told == sorted(refusal.told, key=place)


def place(line: str) -> tuple[str, int]:
    """By what the lines are in order: the file, and the line of it."""
    path, line_number = re.match(r"(.*?)(?::(\d+))?: ", line).groups()
    return path, int(line_number or 0)


# --- files that all pages need ---------------------------------------------------------------


FRAME = HEAD + "<title>{{ page.title }}</title>\n<main>{{ content }}</main>\n"
TEMPLATES = {
    "home": FRAME.replace("</main>", "{{ nosuch }}</main>"),
    "page": FRAME.replace("{{ content }}", ""),
    "function": FRAME.replace("</main>", '{% include "_part.html" %}</main>'),
    "_part": "<p>\n{% if %}\n</p>\n",
    "step": FRAME.replace("script-src", "style-src"),
    "tutorial": FRAME.replace("</main>", '</main>\n<b><a href="/nowhere/">x</a>'),
    "functions": FRAME.replace("</main>", '</main>\n<p onclick="x()">y</p>\n'),
}
OF_TEMPLATES = [
    "content/errata/one.md: 'erratum.html' not found in search path: ... Fix: correct the name",
    "content/notes/formula.md: templates/page.html leaves out its text. Fix: correct the expression",
    "content/notes/formula.md:5: formula: ... Fix: mend the TeX",
    "content/notes/one.md: templates/page.html leaves out its text. Fix: correct the expression",
    "templates/_part.html:2: ... Fix: correct the expression",
    "templates/base.html:5: the page lacks its content policy. Fix: mend its template",
    "templates/functions.html:8: p may not have the attribute onclick. Fix: leave it out",
    "templates/home.html:7: 'nosuch' is undefined. Fix: correct the name",
    "templates/tutorial.html:8: b is not closed, or too late. Fix: close first what was opened last",
    "templates/tutorial.html:8: the link /nowhere/ leads nowhere. Fix: name a page or file of the site",
]


def test_faults_of_templates_are_told_of_the_templates_with_those_of_pages(bare):
    for name, text in TEMPLATES.items():
        bare.write(f"templates/{name}.html", text)
    (bare.root / "templates/erratum.html").unlink()
    for name in ("errata/one", "tutorial/index", "tutorial/01-one", "functions/index"):
        bare.write(f"content/{name}.md", PAGE)
    bare.write("content/notes/formula.md", PAGE + "$\\nosuch$\n")
    done = bare.build()
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), OF_TEMPLATES) == OF_TEMPLATES


def test_a_fault_in_the_script_to_take_away_is_told_at_its_line(bare):
    name = "templates/download.py.txt"
    line = bare.read(name).count("\n") + 1
    bare.append(name, "{{ nosuch }}\n")
    done = bare.build()
    assert done.returncode == 1
    assert (
        done.stderr == f"{name}:{line}: 'nosuch' is undefined. Fix: correct the name\n"
    )


def test_a_registry_that_cannot_be_read_hides_no_fault_of_a_page(bare):
    lines = bare.read(REGISTRY).count("\n")
    bare.append(REGISTRY, "[tilted\n")
    bare.write("content/bad.md", PAGE + "[a](/nowhere/) {{ produkt }}\n")
    done = bare.build()
    expected = [
        "content/bad.md:5: 'produkt' is undefined. Fix: correct the name",
        "content/bad.md:5: the link /nowhere/ leads nowhere. Fix: name a page or file of the site",
        f'{REGISTRY}:{lines + 1}: this is not TOML: .... Fix: write fields as key = "value"',
    ]
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), expected) == expected


OF_WORDS = [
    "benchmarks/results.json:3: this is not JSON: .... Fix: type make bench",
    "content/bad.md:5: the number 2.25 is typed in prose. Fix: ...",
    'gradviz_core/registry/strings/words.toml:2: this is not TOML: .... Fix: write fields as key = "value"',
]
KOREAN = """
menu = "메뉴"

[site]
skip = 3
ancor = "이 절의 주소"

[date]
months = ["1월"]
"""
OF_KOREAN = {
    2: "menu is str, not list of tables. Fix: write [[menu]]",
    5: 'skip is int, not str. Fix: write skip = "…"',
    6: "unknown field ancor. Fix: did you mean anchor?",
    9: "months is [str], not [str, ... Fix: write months = ...",
}


def test_words_that_cannot_be_read_are_told_with_the_faults_of_pages(bare):
    bare.write("gradviz_core/registry/strings/words.toml", '[site]\nname = "x\n')
    bare.write("benchmarks/results.json", '{"machine": {\n}\n')
    bare.write("content/bad.md", PAGE + "It is 2.25 off.\n")
    done = bare.build()
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), OF_WORDS) == OF_WORDS
    command = bare.run(sys.executable, "-m", "gradviz_core", "x[0]")
    assert command.returncode == 1
    assert with_own_words(command.stderr.splitlines(), OF_WORDS[2:]) == OF_WORDS[2:]


def test_words_of_a_language_that_fit_no_english_ones_are_told_at_their_lines(bare):
    bare.write("gradviz_core/registry/strings/words.ko.toml", KOREAN)
    done = bare.build()
    expected = [
        f"gradviz_core/registry/strings/words.ko.toml:{line}: {what}"
        for line, what in OF_KOREAN.items()
    ]
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), expected) == expected


def test_the_library_tells_what_is_wrong_with_a_function_that_is_missing(bare):
    line = bare.read(REGISTRY).count("\n") + 1
    bare.append(REGISTRY, "[tilted]\ntitle = 3\n")
    code = "from gradviz_core import FUNCTIONS; FUNCTIONS['plane']; FUNCTIONS['tilted']"
    done = bare.run(sys.executable, "-c", code)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    assert any(f"{REGISTRY}:{line + 1}: title is int" in words for words in told)


# --- what is sound ---------------------------------------------------------------------------

SOUND = r"""
A formula: $x^2$은 공식입니다. It costs $5 in all.

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
tex = "\\\\sqrt{x_0} + x_1"
spelling = "np.sqrt(x[0]) + x[1]"
gradient = ["1 / 2 / np.sqrt(x[0])", "1"]
note = "It has no value at half of the points."
"""


def test_what_is_sound_is_not_refused(small):
    small.write("content/sound.md", PAGE + SOUND)
    small.append(REGISTRY, UNDEFINED)
    small.rebuild()
    page = small.page("sound/index.html")
    assert "It costs $5 in all." in page
    assert '<a href="../index.html">three</a>' in page
    assert "3.14" not in page
    aligned = re.findall('<mtd class="(.*?)"', page)
    assert aligned == ["left"] * 4 + ["right", "left"] * 2
    assert re.findall('<t[hd] class="(.*?)"', page) == ["left", "right", "center"] * 2
    undefined = small.page("functions/root/index.html")
    assert "–" in undefined
    assert "nan" not in re.sub(r"<[^>]*>", "", undefined)
