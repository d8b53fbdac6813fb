"""What authors write comes out as CONTRIBUTING says: all of it in one build of one project."""

import ast
import json
import re
from xml.etree import ElementTree

import pytest
from markdown import markdown
from markdown.extensions.codehilite import CodeHiliteExtension
from project import BASE_URL, REGISTRY, ROOT, SITE, Project, with_site
from reading.words import word

PAGE = '+++\ntitle = "A test"\n+++\n\nSome words.\n'
ATOM = "{http://www.w3.org/2005/Atom}"
RECIPES = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def recipe(language: str) -> str:
    """The code that CONTRIBUTING shows in a language, as it would be copied."""
    fence = rf"^```{language}\n(.*?)^```"
    return re.search(fence, RECIPES, re.MULTILINE | re.DOTALL)[1]


# Its one arrow without .T stands where none belongs, so no length has a ratio.
FLOOR = r"""
[floor]
title = "Floor"
spelling = "np.maximum(x[1], 0.5)"
gradient = ["0", "(1 + np.sign(x[1] - 0.5)) / 2"]
note = "Of $\\upsilon$ and `\"\"\"`, said twice: \"yes\"."
grid = [0, 2, 1]
verdict = "plausible"
"""
LATE = """+++
title = "Late"
[[changes]]
date = 2026-01-02
what = "One."
[[changes]]
date = 2026-03-02
what = "Two."
[[changes]]
date = 2026-05-04
what = "Three."
+++
Text.
"""
MORE_CHANGES = """
[[changes]]
date = 2027-01-02
what = "Once."

[[changes]]
date = 2027-01-02
what = "`a < b` & *more*, at [a page](/about/)."
+++
"""
SOURCE = """
{{ "[It](" ~ source_address ~ ")" if source_address else "It" }}
"""
AS_TYPED = "`{{7*7}}` and\n\n```\n{% raw %} {{ 8*8 }}\n```\n"
LISTINGS = [
    "a\n\n\nb", "# no heading", "$no$ formula", "<b>&amp;", "- no list", "    four", "[a](b) `c`",
    "| a |\n|---|\n| b |", "</div>", "<!-- no comment", "{: .no }", "\\*", "  indented",
    "x = [1, 'two']", ">>> 1 + 1\n2", "<script>a</script>",
]  # fmt: skip
FENCES = ["```\n{}\n```", "```python to-read\n{}\n```", "~~~~ {{.html}}\n{}\n~~~~"]


@pytest.fixture(scope="module")
def edited(model: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A miniature with all of that in it."""
    project = with_site(model, tmp_path_factory.mktemp("edited") / "gradviz")
    project.append(REGISTRY, recipe("toml") + FLOOR)
    project.write("content/errata/recipe.md", recipe("markdown"))
    project.write("content/errata/odd.md", PAGE.replace("A test", "x_0 & {y}%"))
    project.write(
        "content/errata/marked.md", PAGE.replace("A test", r"</script><b>\"a\"</b>")
    )
    project.write("content/errata/late.md", LATE)
    for field in ("wrong", "right"):
        record = f'+++\ntitle = "Half, {field}"\n{field} = "f(x)"\n+++\nText.\n'
        project.write(f"content/errata/only-{field}.md", record)
    project.replace("content/errata/layout.md", "\n+++\n", MORE_CHANGES)
    project.write("content/code.md", PAGE + SOURCE + AS_TYPED)
    fenced = [fence.format(code) for code in LISTINGS for fence in FENCES]
    project.write(
        "content/listings.md",
        PAGE.replace("A test", "Listings") + "\n" + "\n\n".join(fenced) + "\n",
    )
    about = project.root / "content/about.md"
    about.write_bytes(b"\xef\xbb\xbf" + about.read_bytes().replace(b"\n", b"\r\n"))
    project.rebuild("--base-url", BASE_URL)
    return project


def test_one_table_is_all_a_function_takes(edited):
    files = edited.files()
    assert "Tilted plane" in edited.page("functions/tilted/index.html")
    assert 'href="tilted/index.html"' in edited.page("functions/index.html")
    assert {"figures/tilted-buggy.svg", "figures/tilted-correct-autoscale.png"} <= {
        *files
    }
    entries = json.loads(edited.page("data/functions.json"))["functions"]
    (entry,) = [entry for entry in entries if entry["name"] == "tilted"]
    assert entry["layouts"]["columns"]["verdict"] == "sparse"


def test_one_file_is_all_an_erratum_takes(edited):
    assert "What the code does, what was meant" in edited.page(
        "errata/recipe/index.html"
    )
    assert 'href="recipe/index.html"' in edited.page("errata/index.html")
    ids = [
        erratum["id"] for erratum in json.loads(edited.page("errata.json"))["errata"]
    ]
    assert ids.count("recipe") == 1


def test_a_function_may_have_no_arrow_to_compare(edited):
    *_, floor = json.loads(edited.page("data/functions.json"))["functions"]
    assert floor["name"] == "floor"
    assert floor["layouts"]["columns"]["median_length_ratio"] is None


def test_a_script_to_take_away_is_read_whatever_its_note_says(edited):
    docstring = ast.get_docstring(ast.parse(edited.page("downloads/floor.py")))
    assert r"Of $\upsilon$" in docstring


@pytest.mark.parametrize("field", ["wrong", "right"])
def test_an_erratum_may_show_one_line_alone(edited, field):
    page = edited.page(f"errata/only-{field}/index.html")
    assert page.count("<code>f(x)</code>") == 1
    assert word("erratum.names") in page


def described(project: Project, path: str) -> dict:
    """What a page says of itself to catalogues."""
    script = r'<script type="application/ld\+json">(.*?)</script>'
    (text,) = re.findall(script, project.page(path), re.DOTALL)
    return json.loads(text)


def test_a_title_with_markup_is_a_title(edited):
    article = described(edited, "errata/marked/index.html")
    assert article["headline"] == '</script><b>"a"</b>'


def test_a_title_means_nothing_to_bibtex(edited):
    assert r"title = {{x\_0 \&amp; \{y\}\%}}," in edited.page("errata/odd/index.html")


def test_a_page_says_when_it_was_published_and_changed(edited):
    article = described(edited, "errata/late/index.html")
    assert (article["datePublished"], article["dateModified"]) == (
        "2026-01-02",
        "2026-05-04",
    )
    days = re.findall('<time datetime="(.*?)"', edited.page("errata/late/index.html"))
    assert days == ["2026-01-02", "2026-03-02", "2026-05-04"]


def feed_entries(project: Project) -> dict[str, str]:
    """The entries of the feed as XML, by their ids."""
    feed = ElementTree.fromstring(project.page("feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    return {
        entry.find(f"{ATOM}id").text: ElementTree.tostring(entry) for entry in entries
    }


def test_what_is_in_the_feed_keeps_its_id_and_its_words(model, edited):
    before = feed_entries(model)
    after = feed_entries(edited)
    assert before
    assert {name: after[name] for name in before} == before


def test_two_changes_of_a_day_are_two_entries_of_the_feed(model, edited):
    page = f"{BASE_URL}errata/layout/#changes"
    added = {*feed_entries(edited)} - {*feed_entries(model)}
    assert {f"{page}-2027-01-02", f"{page}-2027-01-02-2"} <= added
    entry = ElementTree.fromstring(feed_entries(edited)[f"{page}-2027-01-02-2"])
    assert entry.find(f"{ATOM}summary").text == "a < b & more, at a page."


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(model, edited):
    assert edited.page("about/index.html") == model.page("about/index.html")


def test_code_is_shown_as_typed(edited):
    page = edited.page("code/index.html")
    assert "{{7*7}}" in page
    assert "{% raw %} {{ 8*8 }}" in re.sub("<[^>]*>", "", page)


def test_a_listing_is_what_the_extensions_of_markdown_make_of_it(edited):
    coloured = CodeHiliteExtension(css_class="code", guess_lang=False)
    page = edited.page("listings/index.html")
    for code in LISTINGS:
        for fence in FENCES:
            text = fence.format(code)
            html = markdown(
                text.replace(" to-read", ""),
                output_format="html",
                extensions=["fenced_code", coloured],
            )
            shown = html.replace("<pre>", '<pre tabindex="0">')
            assert shown in re.sub("code (to-paste|message)", "code", page), text


@pytest.mark.parametrize("name", ["site", "someone.github.io"])
def test_the_source_is_linked_where_the_address_tells_of_it(bare, name):
    bare.write("content/notes/one.md", PAGE + SOURCE)
    path = "" if name == "someone.github.io" else "site/"
    bare.rebuild("--base-url", f"https://someone.github.io/{path}")
    assert f'<a href="https://github.com/someone/{name}">It</a>' in bare.page(
        "notes/one/index.html"
    )


def test_the_source_is_where_site_toml_says(bare):
    bare.write("content/notes/one.md", PAGE + SOURCE)
    address = "https://example.org/them/site"
    bare.replace(
        "content/site.toml", 'source_address = ""', f'source_address = "{address}"'
    )
    bare.rebuild("--base-url", "https://someone.github.io/site/")
    assert f'<a href="{address}">It</a>' in bare.page("notes/one/index.html")


def test_no_source_is_linked_where_the_address_tells_of_none(edited):
    assert "<p>It\n" in edited.page("code/index.html")


def test_a_page_that_is_gone_leaves_nothing_behind(bare):
    (bare.root / "content/notes/one.md").unlink()
    assert "notes/one/index.html" in bare.files()
    assert "notes/one/index.html" not in bare.rebuild()


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ("grad = numerical_gradient(f, np.array([X, Y]))", "arrows are wrong with"),
        ("grad = numerical_gradient(f, points).T", "NameError, name"),
        ("grad = numerical_gradient(f, np.array([X, Y], float).T)", "the shape"),
        ("print()", "there is no grad"),
    ],
)
def test_lines_to_paste_that_are_not_right_are_refused_at_their_line(bare, lines, what):
    site = bare.read(SITE)
    line = next(k for k, each in enumerate(site.splitlines(), 1) if "lines = [" in each)
    old = re.search(r"(?m)^lines = \[.*\]$", site)[0]
    bare.replace(SITE, old, f"lines = ['{lines}']")
    done = bare.build()
    assert done.returncode == 1
    [error] = done.stderr.splitlines()
    assert error.startswith(f"{SITE}:{line}: paste lines: ")
    assert what in error


def test_a_listing_to_paste_that_computes_another_gradient_is_refused(bare):
    right = "points = np.array([X, Y], float).T\ngrad = numerical_gradient(f, points).T"
    page = '+++\ntitle = "Pasted"\n+++\n\n```python\n{}\n```\n'
    bare.write("content/right.md", page.format(right))
    bare.write("content/wrong.md", page.format(right.removesuffix(".T")))
    other = page.format(right.replace("f,", "of_the_page,"))
    bare.write("content/other.md", other.replace("Pasted", "Of names of its own"))
    bare.replace("content/wrong.md", "Pasted", "Half of it")
    done = bare.build()
    assert done.returncode == 1
    [error] = done.stderr.splitlines()
    assert error.startswith("content/wrong.md:5: in this listing, grad has the shape ")
    assert error.endswith(". Fix: correct the code")


def test_a_line_that_an_erratum_calls_right_and_that_is_not_is_refused(small):
    name = "content/errata/layout.md"
    small.replace(name, '[X, Y]).T).T"', '[X, Y]).T)"')
    lines = small.read(name).splitlines()
    line = next(k for k, each in enumerate(lines, 1) if each.startswith("right = "))
    done = small.build()
    assert done.returncode == 1
    assert f"{name}:{line}: what is called right is not: grad has " in done.stderr


def test_the_page_of_a_function_may_be_written_in_english_alone(few):
    page = '+++\ntitle = "A plane"\n+++\n\n## Why it is flat {: #flat }\n\nIt is.\n'
    few.write("content/functions/plane.md", page)
    few.rebuild()
    assert 'id="flat"' in few.page("functions/plane/index.html")


def test_a_fixed_call_with_half_of_the_fix_is_refused_at_its_line(bare):
    call = "numerical_gradient(f, np.array([X, Y]).T)"
    bare.replace(SITE, f"{call}.T", call)
    lines = bare.read(SITE).splitlines()
    line = lines.index(f'call = "{call}"') + 1
    done = bare.build()
    assert done.returncode == 1
    [error] = done.stderr.splitlines()
    assert error.startswith(f"{SITE}:{line}: pair call: grad has the shape ")


NOT_PYTHON = "```python\nfor x in\n```\n"


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("[x](/nowhere/)\n", "하나\n"),
        (NOT_PYTHON, NOT_PYTHON.replace("for x in", "for x in y: pass")),
    ],
)
def test_a_translation_is_not_blamed_for_what_its_original_has_wrong(
    bare, text, translated
):
    words = "gradviz_core/registry/strings/words.ko.toml"
    bare.write(words, '[language]\nname = "한국어"\ntag = "ko"\ncomplete = false\n')
    bare.write("content/notes/two.md", f'+++\ntitle = "Two"\n+++\n{text}')
    bare.write("content/notes/two.ko.md", f'+++\ntitle = "둘"\n+++\n{translated}')
    done = bare.build()
    assert done.returncode == 1
    [error] = done.stderr.splitlines()
    assert error.startswith("content/notes/two.md:")
