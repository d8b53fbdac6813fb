"""A page's translation is a sibling file, and the words of its interface are in its language."""

import json
import re

import pytest
from jinja2 import Environment
from project import BASE_URL, ROOT

WORDS = """
[site]
language = "한국어"
skip = "본문으로"
anchor = "이 절의 주소"

[date]
day = "{year}년 {month} {day}일"
months = ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"]

[[menu]]
label = "정오표"
url = "/ko/errata/"

[pair]
correct = "한 행이 한 점"

[caption]
sparse = "f는 모양 {shape}의 배열을 받는다."
"""
ERRATUM = """+++
title = "전치 하나"
+++

## 무엇이 전달되나

{{ pair("product") }}

{{ page.record.fixed.date | day }}
"""
TEXTS = (".html", ".json", ".xml")
INDEX = '+++\ntitle = "정오표"\n+++\n\n[처음](/)\n'


@pytest.fixture
def korean(small):
    """A site with one erratum and the list of errata translated."""
    small.write("gradviz_core/words.ko.toml", WORDS)
    small.write("content/errata/layout.ko.md", ERRATUM)
    small.write("content/errata/index.ko.md", INDEX)
    return small


def built(project, *arguments):
    done = project.build(*arguments)
    assert done.returncode == 0, done.stderr
    return {n: text.decode() for n, text in project.files().items() if n.endswith(TEXTS)}


def test_a_translation_stands_beside_its_original(korean):
    files = built(korean)
    page = files["ko/errata/layout/index.html"]
    assert '<html lang="ko">' in page
    assert '<h2 id="무엇이-전달되나">' in page
    assert 'src="../../../figures/product-correct.svg"' in page
    assert '<html lang="en">' in files["errata/layout/index.html"]


def test_a_step_may_be_translated_before_the_playground_it_leads_to(korean):
    korean.write("content/tutorial/03-routine.ko.md", INDEX)
    page = built(korean)["ko/tutorial/routine/index.html"]
    assert 'rel="next"' not in page


def test_its_words_are_in_its_language_and_english_fills_the_gaps(korean):
    page = built(korean)["ko/errata/layout/index.html"]
    for words in ("본문으로", "이 절의 주소", "한 행이 한 점", "2019년 1월 21일", "정오표</a>"):
        assert words in page
    assert re.search(
        r"f는 모양 (<span[^>]*>)?<code>\(324,\)</code>(</span>)?의 배열을 받는다\.", page
    )
    assert "</span> Without .T</p>" in page
    assert "</span> With both .T</p>" not in page
    assert "January" not in page


def test_it_inherits_the_record_of_its_original(korean):
    page = built(korean)["ko/errata/layout/index.html"]
    assert "a134880" in page  # the commit, from the front matter of layout.md
    assert "<h1>전치 하나</h1>" in page


def test_a_list_holds_the_pages_of_its_language(korean):
    files = built(korean)
    assert "전치 하나" in files["ko/errata/index.html"]
    assert "A missing transpose" not in files["ko/errata/index.html"]
    assert "전치 하나" not in files["errata/index.html"]


def test_the_versions_of_a_page_lead_to_each_other(korean):
    files = built(korean, "--base-url", BASE_URL)
    pages = {"en": "errata/layout/", "ko": "ko/errata/layout/"}
    for own, other in (("en", "ko"), ("ko", "en")):
        html = files[f"{pages[own]}index.html"]
        for language, path in pages.items():
            assert f'hreflang="{language}" href="{BASE_URL}{path}"' in html
        names = {"en": "English", "ko": "한국어"}
        assert f'hreflang="{other}" lang="{other}">{names[other]}</a>' in html
    assert "hreflang" not in files["about/index.html"]


def test_what_programs_read_keeps_one_record_and_one_card(korean):
    files = built(korean, "--base-url", BASE_URL)
    originals = {path.name.split(".")[0] for path in (korean.root / "content/errata").iterdir()}
    ids = [e["id"] for e in json.loads(files["errata.json"])["errata"]]
    assert sorted(ids) == sorted(originals - {"index"})
    assert f"{BASE_URL}ko/errata/layout/" in files["sitemap.xml"]
    card = f'content="{BASE_URL}cards/errata/layout.png"'
    assert card in files["ko/errata/layout/index.html"]
    assert '"inLanguage": "ko"' in files["ko/errata/layout/index.html"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("errata/layout.fr.md", "errata/layout.fr.md: the interface has no words in fr"),
        ("errata/other.ko.md", "errata/other.ko.md: there is no page errata/other/index.html"),
        ("layout.korean.md", "layout.korean.md: this name is not portable"),
    ],
)
def test_a_translation_that_fits_nothing_is_refused(korean, name, told):
    korean.write(f"content/{name}", ERRATUM)
    done = korean.build()
    assert done.returncode == 1
    assert f"content/{told}" in done.stderr


def test_words_that_are_no_toml_are_told_at_their_line(korean):
    korean.write("gradviz_core/words.ko.toml", '[site]\nskip = "a\n')
    done = korean.build()
    assert done.returncode == 1
    assert done.stderr.startswith("gradviz_core/words.ko.toml:2: ")


TEMPLATES = sorted(path for path in (ROOT / "templates").iterdir() if path.is_file())
STATIC = sorted((ROOT / "templates" / "static").glob("*.js"))
# Attributes that are read out or shown, all words of which count, and those that hold lists of names.
SAID = re.compile(
    r"(?:.*[:-])?(?:braille)?(?:label|\w*description|alt|title|placeholder|valuetext|summary|abbr)"
)
LISTS = ("class", "rel", "d")
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
SETTINGS = re.compile(r'<meta (?:http-equiv="[\w-]+"|name="(?:viewport|color-scheme)") [^>]*>')
NAMES = re.compile(r"\b(?:SVG|PNG)\b|\.py\b")  # of formats, in any language
# In a string: the name of a file, or what a script puts words for.
STANDS_FOR = re.compile(r"\A[\w/]+\.(?:xml|html)\Z|\{\w*\}")
# What looks like words, and is a name that is compared, a class, an element or a key of the format.
NO_WORDS = {
    "_trace.html": {"right", "wrong", " moved", " later"},
    "robots.txt": {"User", "agent", "Allow", "Sitemap"},
    "filter.js": {"tbody tr"},
    "playground.js": {"tbody td"},
}
WORD = r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*"


def words(text):
    return re.findall(r"[^\W\d_]{2,}", NAMES.sub("", text))


def is_prose(text):
    """Whether a string has two words, one with a capital, or one that ends a sentence."""
    parts = [part.strip("()'\"‘’“”") for part in NAMES.sub("", text).split()]
    found = [part for part in parts if re.fullmatch(rf"{WORD}[.,;!?…]?", part)]
    telling = rf"[^\W\d_a-z][^\W\d_A-Z]+[:)]?[.,;!?…]?|{WORD}[^\W\d_][.!?…]"
    close = re.search(r"[^\W\d_]{2,} [^\W\d_]+ [^\W\d_]{2,}", text)
    return len(found) > 1 or any(re.fullmatch(telling, part) for part in parts) or bool(close)


def said(html):
    """The words of a text, and of its attributes, as far as they are there for people."""
    own = SETTINGS.sub("", html)
    texts = re.sub(r"<(code|script)\b.*?</\1>|<[^>]*>", "\n", own, flags=re.DOTALL)
    tags = "".join(re.findall(r"<[^>]*>", own))
    for name, *value in ATTRIBUTE.findall(tags):
        if SAID.fullmatch(name) or (name not in LISTS and is_prose("".join(value))):
            texts += "\n" + "".join(value)
    return words(texts)


def strings(template):
    """Each string in a template's expressions, the own text before it, and whether it is printed."""
    own, depth, printed, before = "", 0, False, ""
    for _, kind, value in Environment().lex(template):
        if kind == "data":
            own += value
        elif kind in ("variable_begin", "block_begin"):
            depth, printed = 0, kind == "variable_begin"
        elif kind == "operator":
            depth += (value in "([{") - (value in ")]}")
        elif kind == "string":
            text = STANDS_FOR.sub("", value[1:-1].replace('\\"', '"'))
            yield own, text, printed and not depth and before not in ("==", "!=", "in")
        before = before if kind == "whitespace" else value
    yield own, "", False


def is_for_people(own, text, printed):
    """Whether a string stands where people read it, and says something."""
    tag = own[own.rfind("<") :] if own.rfind("<") > own.rfind(">") else ""
    opened = re.search(r"""([\w:-]+)\s*=\s*(?:"[^"]*|'[^']*)$""", ATTRIBUTE.sub("", tag))
    if opened and opened[1] in LISTS:
        return False
    bare = ATTRIBUTE.sub("", text)
    if said(f"<a {text}>") or is_prose(bare):
        return True
    # One word may be a name: it is one for people where it is printed, or set apart from others.
    in_code = re.search(r"<(code|script|style)\b(?:(?!</\1>).)*$", own, re.DOTALL)
    in_tag = tag and not (opened and SAID.fullmatch(opened[1]))
    return not (in_code or in_tag) and bool(words(bare)) and (printed or bare.strip() != bare)


def prose(template):
    """What a template says of its own, in words that no file of words can translate."""
    *found, (own, _, _) = strings(template)
    return [*(text for at, text, printed in found if is_for_people(at, text, printed)), *said(own)]


def python_prose(template):
    """The same of a script to take away.

    Its comments and docstrings are English, as those of all code here: it is a file for those who
    read Python, and the same in every language.
    """
    *found, (code, _, _) = strings(template)
    code = re.sub(r'""".*?"""|#[^\n]*', "", code, flags=re.DOTALL)
    own = (text[1:-1] for text in re.findall(r""""[^"\n]*"|'[^'\n]*'""", code))
    return [text for text in [*own, *(text for _, text, _ in found)] if is_prose(text)]


TOKENS = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'"""
    r"""|`(?:\\.|\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}|[^`\\])*`""",
    re.DOTALL,
)
INNER = re.compile(r"\$\{((?:[^{}`]|`[^`]*`|\{[^{}]*\})*)\}")
SHOWN = re.compile(r"\.(?:textContent|innerText|innerHTML|ariaLabel|title|alt|placeholder) \+?= ")


def script_strings(code):
    """Each string of a script, and whether it is shown as it is: those inside a template, too."""
    for token in TOKENS.finditer(code):
        text = token[0]
        if not text.startswith("/"):
            before = code[code.rfind("\n", 0, token.start()) + 1 : token.start()]
            yield INNER.sub("", text[1:-1]), bool(SHOWN.search(before))
        if text.startswith("`"):
            for inner in INNER.findall(text):
                yield from script_strings(inner)


def script_prose(code):
    """What a script says of its own.

    The interpreter's own complaints are for developers; the page words its reasons anew.
    """
    code = re.sub(r"throw new .*|fail\(.*|^\"use strict\";", "", code, flags=re.MULTILINE)
    return [
        text for text, shown in script_strings(code) if is_prose(text) or (shown and words(text))
    ]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_hides_words(path):
    found = python_prose if path.name.endswith(".py.txt") else prose
    assert {*found(path.read_text(encoding="utf-8"))} == NO_WORDS.get(path.name, set())


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_no_script_hides_words(path):
    assert {*script_prose(path.read_text(encoding="utf-8"))} == NO_WORDS.get(path.name, set())


HIDDEN = [
    "<p>Next</p>",
    "<p>next</p>",
    "<p>NOTHING HERE</p>",
    "<p>Allow: {arrows}, arrows.py</p>",
    "{{ x }} of {{ n }}",
    "{% set a %}arrows{% endset %}",
    "{% raw %}arrows{% endraw %}",
    # In a string of an expression.
    '{{ "Nothing is here" }}',
    "{{ 'Nothing' | lower }}",
    '{{ "nothing" }}',
    '{{ x or "nothing" }}',
    '{{ n if x == "y" else "none" }}',
    '{{ "nothing." if x }}',
    '{{ "{n} arrows" }}',
    '{{ words.a ~ " of the arrows" }}',
    '{{ words.a ~ " arrows" }}',
    '{{ f(" arrows") }}',
    '{{ f("arrows of both") }}',
    '{{ words[x] | default("Unknown") }}',
    '{% set a = "An arrow of length zero" %}',
    "{% set a = 'Arrows' %}",
    '{% set a = {"b": "Arrows: none"} %}',
    '{{ "화살표 없음" }}',
    '<code>{{ "Nothing is here" }}</code>',
    # In an attribute.
    '<img alt="An arrow">',
    "<p title='arrows'>",
    "<p title=arrows>",
    '<p data-title="arrows">',
    '<p title="{{ "arrows" }}">',
    '<p class="{{ x }}" title="{{ words.a }} arrows">',
    '<p aria-valuetext="half">',
    '<p aria-roledescription="plot">',
    '<p data-count="of the arrows">',
    '<p data-none="{{ words.a }} Nothing">',
    '<p data-none="{{ "Nothing" }}">',
    '<input type="submit" value="Send">',
    '<meta name="description" content="Arrows of a field">',
    """<b{{ ' title="arrows"' | safe if x }}>""",
    "{% set a = '<b title=\"arrows\">' %}",
]
HARMLESS = [
    "{# Why it is so #}",
    '<p class="picture correct">{{ words.next }}</p>',
    '<p class="row{{ " hand" if x }}" id="{{ "a" if x else "all" }}"><a href="/{{ x }}/">',
    """<td{{ ' class="whole"' | safe if x == "whole" }}>""",
    '<{{ "button" if live else "span" }} class="cell">',
    '{% if page.kind == "home" %}{{ words.pair["correct"] }}{% endif %}',
    '{% for ink in ("correct", "buggy") %}{% include "_pair.html" %}{% endfor %}',
    '{{ heading("numbers", words.a) }}{{ x | replace("nan", "–") }}{{ words.a if x == "y" }}',
    '<li>{{ x }}: SVG, PNG, {{ f }}.py</li>{{ "feed.xml" | address }}{{ "{source}" }}',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:">',
    "<code>from math import pi</code>",
    '<style>{{ ".here { display: none }" }}</style>',
    '<svg preserveAspectRatio="xMinYMid"><path d="M0 0 h5"/></svg>',
]


@pytest.mark.parametrize("text", HIDDEN)
def test_words_in_a_template_are_found(text):
    assert prose(f"<div>{{# why #}}\n{text}</div>")


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_word_of_a_template_is_let_pass(text):
    assert prose(f"<div>\n{text}</div>") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('axes.set(title="The missing transpose")', True),
        ("print('Done.')", True),
        ('title = {{ "Nothing is here" }}', True),
        ('"""Central differences."""\nx = {{ x }}  # Both on one scale.', False),
        ('axes.set(title="np.array([X, Y]).T", xlabel="x0", aspect="equal")', False),
    ],
)
def test_words_in_a_script_to_take_away_are_found(text, found):
    assert bool(python_prose(f"import numpy as np\n\n{text}\n")) == found


HIDDEN_IN_SCRIPTS = [
    '"Copied now"',
    "'Only 3 of 5 arrows'",
    '"Nothing"',
    '"copied."',
    '"such a thing"',
    '"column (of both)"',
    '"a,b (one by two)"',
    '"the \\"first\\" one"',
    "`\nCopied now\n`",
    "`${n} of the arrows`",
    '`${n ? "Only some" : ""}`',
    "`${n ? `${n} arrows left` : 0}`",
    'x = "https://example.org"; y = "Copied now"',
    'note.textContent = "copied"',
    'note.title = x ? "copied" : ""',
]
HARMLESS_IN_SCRIPTS = [
    "// Copied now",
    "/* Copied now,\nand then */",
    '"use strict";',
    'all("tbody")',
    '".share, .note"',
    '"[data-column], [data-arrow]"',
    '"ArrowLeft"',
    "`M${x} ${y}l${a} ${b}`",
    '"https://example.org/a"',
    'throw new RangeError("too few numbers");',
    'note.textContent = x.join(", ")',
]


@pytest.mark.parametrize("code", HIDDEN_IN_SCRIPTS)
def test_words_in_a_script_are_found(code):
    assert script_prose(f"const a = 1;\n{code};\n")


@pytest.mark.parametrize("code", HARMLESS_IN_SCRIPTS)
def test_what_is_no_word_of_a_script_is_let_pass(code):
    assert script_prose(f"const a = 1;\n{code}\n") == []
