"""What is wrong in a file that all pages need is said once, at its line: templates, words, site.toml."""

import pytest
from project import HEAD, REGISTRY, SITE, Project

from tests.site.refusal_tables import PAGE, assert_refused


def line_of(project: Project, name: str, text: str) -> int:
    """The line of a source at which a text begins."""
    return project.read(name).partition(text)[0].count("\n") + 1


# --- templates and data ----------------------------------------------------------------------

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


def test_faults_of_templates_are_reported_with_those_of_pages(bare):
    for name, text in TEMPLATES.items():
        bare.write(f"templates/{name}.html", text)
    (bare.root / "templates/erratum.html").unlink()
    for name in ("errata/one", "tutorial/index", "tutorial/01-one", "functions/index"):
        bare.write(f"content/{name}.md", PAGE.format(name))
    bare.write("content/notes/formula.md", PAGE.format("Formula") + "$\\nosuch$\n")
    assert_refused(bare, *OF_TEMPLATES)


def test_a_fault_in_the_script_to_take_away_is_reported_at_its_line(bare):
    name = "templates/download.py.txt"
    bare.append(name, "{{ nosuch }}\n")
    line = line_of(bare, name, "{{ nosuch }}")
    assert_refused(bare, f"{name}:{line}: 'nosuch' is undefined. Fix: correct the name")


def test_what_is_typed_is_reported_though_the_registry_cannot_be_read(bare):
    """Expressions and links may be wrong for want of a function, so nothing is said of them."""
    bare.append(REGISTRY, "[tilted\n")
    line = line_of(bare, REGISTRY, "[tilted\n")
    bare.write("content/bad.md", PAGE + "It is 2.25 off: {{ plane }}.\n")
    assert_refused(
        bare,
        "content/bad.md:5: the number 2.25 is typed in prose. Fix: ...",
        f"{REGISTRY}:{line}: this is not TOML: [tilted is no heading. Fix: write [tilted]",
    )


def test_results_of_benchmarks_that_cannot_be_read_are_reported_at_their_line(bare):
    name = "benchmarks/results.json"
    part = "{% if benchmarks %}\n\n## Part {: #part }\n\n{% endif %}\n"
    bare.write("content/speed.md", f"{PAGE}\n{part}\n[part](/speed/#part)\n")
    bare.write(name, '{"machine": {\n}\n')
    assert_refused(bare, f"{name}:3: this is not JSON: .... Fix: type make bench")


@pytest.mark.parametrize("name", ["templates/base.html", "templates/scripts.toml"])
def test_of_changes_that_were_not_merged_nothing_that_follows_is_told(small, name):
    small.append(name, "<<<<<<< HEAD\n{% if page %}\n=======\n>>>>>>> other\n")
    line = line_of(small, name, "<<<<<<< HEAD")
    what = "two changes of these lines were not merged"
    assert_refused(small, f"{name}:{line}: {what}. Fix: ...")


def test_a_note_that_is_not_read_is_told_of_at_its_line_alone(small):
    """The list of functions shows it, too."""
    wrong = "are right even without `.T."
    small.replace(REGISTRY, "are right even without `.T`.", wrong)
    place = f"{REGISTRY}:{line_of(small, REGISTRY, wrong)}"
    assert_refused(
        small, f"{place}: ` is left as typed. Fix: complete it, or set it as code"
    )


def test_a_stray_sign_of_a_template_is_told_though_notes_have_it_too(small):
    small.replace("templates/page.html", "{{ content }}", "{{ content }}<p>Open ` </p>")
    line = line_of(small, "templates/page.html", "<p>Open ` </p>")
    told = small.build().stderr.splitlines()
    fix = "complete it, or set it as code"
    assert f"templates/page.html:{line}: ` is left as typed. Fix: {fix}" in told


# --- words -----------------------------------------------------------------------------------

WORDS = "gradviz_core/registry/strings/words.toml"
COLOURS = "gradviz_core/registry/colours.toml"


def test_a_wrong_address_of_a_finding_is_reported_once_where_it_is_typed(small):
    wrong = 'url = "/errata/integers/"'
    small.replace(WORDS, 'url = "/errata/integer/"', wrong)
    place = f"{WORDS}:{line_of(small, WORDS, wrong)}"
    what = "the link /errata/integers/ leads nowhere"
    assert_refused(small, f"{place}: {what}. Fix: did you mean /errata/integer/?")


def test_a_missing_sentence_of_a_verdict_is_reported_by_its_key(bare):
    """The only function here is a plane."""
    bare.replace(WORDS, "\nsparse = { one =", "\nspares = { one =")
    line = line_of(bare, WORDS, "\n[caption]") + 1
    what = "caption.sparse is missing, and a function needs it"
    assert_refused(bare, f"{WORDS}:{line}: {what}. Fix: say it below [caption]")


def test_words_that_cannot_be_read_are_reported_at_their_line(bare):
    bare.write(WORDS, '[site]\nname = "x\n')
    what = "this is not TOML: a quote is not closed in this line"
    assert_refused(bare, f"{WORDS}:2: {what}. Fix: close it")


KOREAN = """
menu = "메뉴"

[site]
skip = 3
ancor = "이 절의 주소"

[language]
name = "한국어"
tag = "ko"
"""


def test_words_of_a_language_that_fit_no_english_ones_are_reported_at_their_lines(bare):
    name = "gradviz_core/registry/strings/words.ko.toml"
    bare.write(name, KOREAN)
    assert_refused(
        bare,
        f"{name}:2: menu is str, not list. Fix: write it as in words.toml",
        f"{name}:5: skip is int, not str. Fix: write it as in words.toml",
        f"{name}:6: unknown field ancor. Fix: use one of ...",
    )


# --- site.toml -------------------------------------------------------------------------------


def test_a_function_that_the_site_chooses_and_does_not_have_is_reported_at_its_line(
    bare,
):
    wrong = 'card = ["plane", "plain"]'
    bare.replace(SITE, 'card = ["plane"]', wrong)
    place = f"{SITE}:{line_of(bare, SITE, wrong)}"
    fix = "name one of gradviz_core/registry/functions.toml"
    assert_refused(bare, f"{place}: no function is called plain. Fix: {fix}")


def test_a_field_that_no_site_has_is_reported_with_the_front_matter_of_pages(bare):
    """Every page shows some of site.toml: of its text nothing can be said without it."""
    bare.replace(SITE, "description = ", "descripton = ")
    heading = line_of(bare, SITE, "[site]")
    line = line_of(bare, SITE, "descripton")
    bare.write("content/bad.md", PAGE + "{{ nosuch }}\n")
    bare.write("content/worse.md", '+++\ntitle = "A"\ntittle = "B"\n+++\n')
    assert_refused(
        bare,
        f"{SITE}:{heading}: site has no description. Fix: add description = …",
        f"{SITE}:{line}: unknown field descripton. Fix: did you mean description?",
        "content/worse.md:3: unknown field tittle. Fix: did you mean title?",
    )


def test_a_colour_that_is_none_is_reported_with_the_front_matter_of_pages(bare):
    bare.replace(COLOURS, '"#0072b2"', '"#0072bx"')
    line = line_of(bare, COLOURS, "#0072bx")
    bare.write("content/worse.md", '+++\ntitle = "A"\ntittle = "B"\n+++\n')
    assert_refused(
        bare,
        "content/worse.md:3: unknown field tittle. Fix: did you mean title?",
        f"{COLOURS}:{line}: arrows.correct is not one colour for each theme. Fix: ...",
    )


def test_a_link_of_the_map_that_leads_nowhere_is_reported_at_its_line(small):
    wrong = '"/correction/"]'
    small.replace(SITE, '"/corrections/"]', wrong)
    place = f"{SITE}:{line_of(small, SITE, wrong)}"
    what = "the link /correction/ leads nowhere"
    assert_refused(small, f"{place}: {what}. Fix: did you mean /corrections/?")


def test_a_call_without_its_transpose_is_reported_at_its_line(bare):
    wrong = 'transpose = ".t"'
    bare.replace(SITE, 'transpose = ".T"', wrong)
    place = f"{SITE}:{line_of(bare, SITE, wrong)}"
    what = "the call of the pair does not hold its transpose, '.t'"
    assert_refused(bare, f"{place}: {what}. Fix: write it as in the call")


# --- pages that others depend on -------------------------------------------------------------


def test_a_page_that_cannot_be_read_is_blamed_once(bare):
    bare.write("content/a.md", '+++\ntitle = "A"\n+++\n[place](/b/#place)\n')
    bare.write("content/b.md", "# B\n\n## Place {: #place }\n")
    what = "the page has no front matter between two lines +++"
    fix = 'begin it with +++, title = "…" and +++ again'
    assert_refused(bare, f"content/b.md:1: {what}. Fix: {fix}")


def test_a_picture_of_home_is_not_missed_where_home_itself_has_a_fault(bare):
    shown = '[picture]\nbook = "index/a"\n'
    home = f'+++\ntitle = "Home"\n{shown}+++\n{{{{ nosuch }}}}\n'
    bare.write("content/index.md", home)
    what = "'nosuch' is undefined. Fix: correct the name"
    assert_refused(bare, f"content/index.md:6: {what}")


OPEN_BLOCK = "{% if nothing %}\na\n{% endif %}\n"


def test_a_block_that_an_emptied_line_has_left_open_is_no_fault_of_its_own(bare):
    bare.write("content/open.md", PAGE + OPEN_BLOCK)
    what = "'nothing' is undefined"
    assert_refused(bare, f"content/open.md:5: {what}. Fix: correct the name")
