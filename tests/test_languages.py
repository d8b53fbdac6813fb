"""A page's translation is a sibling file, and the words of its interface are in its language."""

import json
import re

import pytest
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


PAGES = sorted((ROOT / "templates").glob("*.html"))
STATIC = sorted((ROOT / "templates" / "static").glob("*.js"))
SAID = re.compile(r"""\b(?:aria-label|aria-description|alt|title|placeholder|label)="([^"]*)\"""")


def prose(template):
    """What a template says of its own, in words that no file of words can translate."""
    own = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    texts = re.sub(r"<(code|script)\b.*?</\1>|<[^>]*>", "\n", own, flags=re.DOTALL)
    names = r"\b[A-Z]+\b|\.py\b"  # of formats, in any language
    return re.findall(r"[^\W\d_]{2,}", re.sub(names, "", " ".join([texts, *SAID.findall(own)])))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_template_hides_words(path):
    assert not prose(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("said", ["<p>Next</p>", '<img alt="An arrow">', "{{ x }} of {{ n }}"])
def test_words_in_a_template_are_found(said):
    assert prose(f"<div>{{# why #}}\n{said}</div>")


@pytest.mark.parametrize("path", STATIC, ids=lambda path: path.name)
def test_no_script_hides_words(path):
    """The interpreter's own complaints are for developers; the page words its reasons anew."""
    code = re.sub(r"//.*|throw new .*|refuseInput\(.*", "", path.read_text(encoding="utf-8"))
    strings = re.findall(r""""[^"\n]*"|'[^'\n]*'|`[^`]*`""", code)
    assert not [text for text in strings if re.search(r"\b[A-Za-z]{2,} [a-z]+ [a-z]{2,}", text)]
