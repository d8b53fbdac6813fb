"""Every kind of bad input is refused, with its place and how to mend it, and the old site stays.

A table of refusals/ begins with the words of its messages, each with a name and with {} for what
differs. A case follows a line `=== name of the page`, and ends with what is said of it, line by
line: `--- LINE NAME: what differs`, or with `--- sound`. All bad pages of all tables stand in one project, which is
built once, since a build tells the faults of all pages in one run; all bad functions stand in
another, since what pages say of functions cannot be judged while these are wrong. To add a case,
add it to a table. What a table cannot hold, bytes and the names of files, stands below.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from project import HEAD, REGISTRY, SITE, Project, with_site

FOLDER = Path(__file__).with_name("refusals")
FUNCTIONS = FOLDER / "functions.txt"
TABLES = sorted({*FOLDER.glob("*.txt")} - {FUNCTIONS})
PAGE = '+++\ntitle = "{}"\n+++\n\n'
ANYTHING = "..."  # for what a library says in its own words


# --- the tables ------------------------------------------------------------------------------


@dataclass
class Case:
    """A case of a table: its name, its text, and what is said: where, in which words, of what."""

    name: str
    text: str
    told: list[tuple[str, str, str]]


@dataclass
class Refused:
    """A file, and all that is said of it: `PATH:LINE: what. Fix: how`."""

    path: str
    text: str
    told: list[str]


def read_table(table: Path) -> tuple[dict[str, str], list[Case]]:
    """The words of the messages of a table, by their names, and its cases."""
    head, *parts = re.split(
        "^=== (.*)\n", table.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    words = dict(re.findall(r"^([\w-]+): (.*)", head, re.MULTILINE))
    cases = []
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        text = re.split(
            r"^--- (?=\S+ [\w-]+|sound$)", part, maxsplit=1, flags=re.MULTILINE
        )[0]
        told = re.findall(r"^--- (\S+) ([\w-]+)(?:: (.*))?$", part, re.MULTILINE)
        assert told or part.rstrip().endswith("\n--- sound"), name
        cases.append(Case(name, text, told))
    return words, cases


def message(words: str, values: str) -> str:
    """A message with its values put in, which bars part if there are several."""
    count = words.count("{}")
    for value in values.split(" | ") if count > 1 else [values] * count:
        words = words.replace("{}", value, 1)
    return words


def bad_pages(table: Path) -> list[Refused]:
    """The pages of a table, each with a title above its text if it does not begin by itself."""
    words, cases = read_table(table)
    refused = []
    for case in cases:
        path = f"content/{table.stem}/{case.name}.md"
        if case.name.startswith("/"):
            path = case.name[1:]
        told = []
        for line, name, values in case.told:
            place = path if line == "-" else f"{path}:{line}"
            told.append(f"{place}: {message(words[name], values)}")
        whole = case.name.startswith("/") or case.text.startswith("+++\n")
        refused.append(
            Refused(path, case.text if whole else PAGE.format(path) + case.text, told)
        )
    return refused


SOUND_FUNCTION = {
    "tex": '"3 x_0 - x_1"',
    "spelling": '"3 * x[0] - x[1]"',
    "gradient": '["3", "-1"]',
    "note": '"What it teaches, in a sentence."',
}


def bad_functions(registry: str) -> Refused:
    """A registry with all bad functions at its end."""
    words, cases = read_table(FUNCTIONS)
    lines = registry.splitlines()
    told = []
    for case in cases:
        lines.append(f"[{case.name}]")
        places = {"name": len(lines)}
        given = dict(re.findall(r"^(\w+) = ?(.*)", case.text, re.MULTILINE))
        own_title = {"title": f'"Tilted plane: {case.name}"'}
        for field, value in (SOUND_FUNCTION | own_title | given).items():
            if value:
                lines.append(f"{field} = {value}")
                places[field] = len(lines)
        for field, name, values in case.told:
            what = message(words[name].replace("{name}", case.name), values)
            told.append(f"{REGISTRY}:{places[field]}: {what}")
    return Refused(REGISTRY, "\n".join(lines) + "\n", told)


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
    told: list[str]

    def of(self, path: str) -> list[str]:
        """The lines on one file."""
        return [
            line for line in self.told if re.match(rf"{re.escape(path)}(:\d+)?: ", line)
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
    assert_told(refusal, bad_pages(table))


def test_each_bad_function_is_refused_with_these_words(small):
    """The pages of the site say nothing wrong, and nothing is said of them."""
    registry = bad_functions(small.read(REGISTRY))
    small.write(registry.path, registry.text)
    refusal = refused_build(small, [registry])
    assert_told(refusal, [registry])
    assert refusal.of(REGISTRY) == refusal.told


def test_what_no_table_can_hold_is_refused_with_these_words(refusal):
    tabled = {case.path for table in TABLES for case in bad_pages(table)}
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
    "tutorial": FRAME.replace("</main>", '</main>\n<a href="/nowhere/">x</a>'),
    "functions": FRAME.replace("</main>", '</main>\n<p onclick="x()">y</p>\n'),
}
OF_TEMPLATES = [
    "content/errata/one.md: 'erratum.html' not found in search path: ... Fix: correct the name",
    "content/notes/formula.md:5: formula: ... Fix: mend the TeX",
    "templates/_part.html:2: ... Fix: correct the expression",
    "templates/base.html:5: the page lacks its content policy. Fix: mend its template",
    "templates/functions.html:8: the page's content policy blocks the attribute onclick. Fix: leave it out",
    "templates/home.html:7: 'nosuch' is undefined. Fix: correct the name",
    "templates/page.html: the template leaves out the text of its page. Fix: show {{ content }}",
    "templates/tutorial.html:8: the link /nowhere/ leads nowhere. Fix: name a page or file of the site",
]


def test_faults_of_templates_are_told_of_the_templates_with_those_of_pages(bare):
    for name, text in TEMPLATES.items():
        bare.write(f"templates/{name}.html", text)
    (bare.root / "templates/erratum.html").unlink()
    for name in ("errata/one", "tutorial/index", "tutorial/01-one", "functions/index"):
        bare.write(f"content/{name}.md", PAGE.format(name))
    bare.write("content/notes/formula.md", PAGE.format("Formula") + "$\\nosuch$\n")
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


def test_what_is_typed_is_told_though_the_registry_cannot_be_read(bare):
    """Expressions and links may be wrong for want of a function, so nothing is said of them."""
    lines = bare.read(REGISTRY).count("\n")
    bare.append(REGISTRY, "[tilted\n")
    bare.write("content/bad.md", PAGE + "It is 2.25 off: {{ plane }}.\n")
    done = bare.build()
    expected = [
        "content/bad.md:5: the number 2.25 is typed in prose. Fix: ...",
        f'{REGISTRY}:{lines + 1}: this is not TOML: .... Fix: write fields as key = "value"',
    ]
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), expected) == expected


def test_results_of_benchmarks_that_cannot_be_read_are_told_at_their_line(bare):
    bare.write("benchmarks/results.json", '{"machine": {\n}\n')
    done = bare.build()
    expected = [
        "benchmarks/results.json:3: this is not JSON: .... Fix: type make bench"
    ]
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), expected) == expected


WORDS = "gradviz_core/registry/strings/words.toml"


def line_of(project: Project, name: str, text: str) -> int:
    """The line of a source at which a text begins."""
    return project.read(name).partition(text)[0].count("\n") + 1


def test_a_wrong_address_of_a_finding_is_told_once_where_it_is_typed(small):
    small.replace(WORDS, 'url = "/errata/integer/"', 'url = "/errata/integers/"')
    line = line_of(small, WORDS, 'url = "/errata/integers/"')
    done = small.build()
    assert done.returncode == 1
    assert done.stderr == (
        f"{WORDS}:{line}: the link /errata/integers/ leads nowhere. "
        "Fix: name a page or file of the site\n"
    )


def test_a_missing_sentence_of_a_verdict_is_told_by_its_key(bare):
    """The only function here is a plane."""
    bare.replace(WORDS, "\nsparse = { one =", "\nspares = { one =")
    line = line_of(bare, WORDS, "\n[caption]") + 1
    done = bare.build()
    assert done.returncode == 1
    assert done.stderr == (
        f"{WORDS}:{line}: caption.sparse is missing, and a function needs it. "
        "Fix: say it below [caption]\n"
    )


def test_words_that_cannot_be_read_are_told_at_their_line(bare):
    bare.write(WORDS, '[site]\nname = "x\n')
    what = "this is not TOML: a quote is not closed in this line. Fix: close it"
    expected = [f"{WORDS}:2: {what}"]
    done = bare.build()
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), expected) == expected


KOREAN = """
menu = "메뉴"

[site]
skip = 3
ancor = "이 절의 주소"

[language]
name = "한국어"
tag = "ko"
"""
OF_KOREAN = {
    2: "menu is str, not list. Fix: write it as in words.toml",
    5: "skip is int, not str. Fix: write it as in words.toml",
    6: "unknown field ancor. Fix: use one of ...",
}


def test_words_of_a_language_that_fit_no_english_ones_are_told_at_their_lines(bare):
    bare.write("gradviz_core/registry/strings/words.ko.toml", KOREAN)
    done = bare.build()
    expected = [
        f"gradviz_core/registry/strings/words.ko.toml:{line}: {what}"
        for line, what in OF_KOREAN.items()
    ]
    assert done.returncode == 1
    assert with_own_words(done.stderr.splitlines(), expected) == expected


def test_a_function_that_the_site_chooses_and_does_not_have_is_told_at_its_line(bare):
    bare.replace(SITE, 'card = ["plane"]', 'card = ["plane", "plain"]')
    lines = bare.read(SITE).splitlines()
    line = lines.index('card = ["plane", "plain"]') + 1
    done = bare.build()
    fix = "Fix: name one of gradviz_core/registry/functions.toml"
    assert done.returncode == 1
    assert done.stderr == f"{SITE}:{line}: no function is called plain. {fix}\n"


def test_a_field_that_no_site_has_is_told_alone_at_its_line(bare):
    """Every page shows some of site.toml: without it nothing can be said of a page."""
    bare.replace(SITE, "description = ", "descripton = ")
    lines = bare.read(SITE).splitlines()
    heading = lines.index("[site]") + 1
    line = next(n for n, line in enumerate(lines, 1) if line.startswith("descripton"))
    bare.write("content/bad.md", PAGE + "{{ nosuch }}\n")
    done = bare.build()
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"{SITE}:{heading}: site has no description. Fix: add description = …",
        f"{SITE}:{line}: unknown field descripton. Fix: did you mean description?",
    ]


def test_a_link_of_the_map_that_leads_nowhere_is_told_at_its_line(small):
    small.replace(SITE, '"/corrections/"]', '"/correction/"]')
    line = line_of(small, SITE, '"/correction/"]')
    done = small.build()
    assert done.returncode == 1
    fault = "the link /correction/ leads nowhere. Fix: name a page or file of the site"
    assert done.stderr == f"{SITE}:{line}: {fault}\n"


def test_a_call_without_its_transpose_is_told_at_its_line(bare):
    bare.replace(SITE, 'transpose = ".T"', 'transpose = ".t"')
    line = bare.read(SITE).splitlines().index('transpose = ".t"') + 1
    done = bare.build()
    what = "the call of the pair does not hold its transpose, '.t'"
    assert done.returncode == 1
    assert done.stderr == f"{SITE}:{line}: {what}. Fix: write it as in the call\n"


def test_a_page_that_cannot_be_read_is_blamed_once(bare):
    bare.write("content/a.md", '+++\ntitle = "A"\n+++\n[place](/b/#place)\n')
    bare.write("content/b.md", "# B\n\n## Place {: #place }\n")
    done = bare.build()
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "content/b.md:1: the page has no front matter between two lines +++. "
        'Fix: begin it with +++, title = "…" and +++ again'
    ]


OPEN_BLOCK = "{% if nothing %}\na\n{% endif %}\n"


def test_a_block_that_an_emptied_line_has_left_open_is_no_fault_of_its_own(bare):
    bare.write("content/open.md", PAGE + OPEN_BLOCK)
    done = bare.build()
    assert done.returncode == 1
    fault = "content/open.md:5: 'nothing' is undefined. Fix: correct the name\n"
    assert done.stderr == fault


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
tex = "\\\\sqrt{x_0} + x_1"
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
