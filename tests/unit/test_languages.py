"""Translations: where their links lead, what their code may change, what they lack."""

import re

import pytest
from project import ROOT

from gradviz_core.content.listings import without_comments
from gradviz_core.content.pages import Page
from gradviz_core.content.site import Site
from gradviz_core.content.untranslated import list_untranslated, untranslated_pages
from gradviz_core.figures.fields import fields
from gradviz_core.publish.drawings import Drawing, unlike_original
from gradviz_core.publish.markdown import inline_html, to_html
from gradviz_core.publish.prose_rules import translated_listing_errors
from gradviz_core.publish.versions import redirect_links, versions_of


def page(url: str, title: str, language: str = "en", **fields) -> Page:
    source = f"content/{url}"
    record = {"title": title} | fields.pop("record", {})
    return Page(source, url, "page", record=record, language=language, **fields)


VERSIONS = versions_of(
    [
        page("index.html", "Home"),
        page("ja/index.html", "ホーム", "ja"),
        page("a/index.html", "A & B"),
    ]
)
NOTE = '<span class="in-english">（英語）</span>'


WORDS = {"site": {"in_english": "（英語）"}}


@pytest.mark.parametrize(
    ("typed", "led"),
    [
        ('<a href="/">ホ</a>', '<a href="/ja/">ホ</a>'),
        ('<a href="/#x">ホ</a>', '<a href="/ja/#x">ホ</a>'),
        ('<a class="b" href="/index.html?x">ホ</a>', None),
        ('<a href="/a/#f">エー</a>', f'<a hreflang="en" href="/a/#f">エー{NOTE}</a>'),
        (
            '<a href="/a/"><b>次</b> A &amp; B</a>',
            '<a hreflang="en" href="/a/"><b>次</b> '
            f'<span lang="en">A &amp; B</span>{NOTE}</a>',
        ),
        ('<a href="/feed.xml">新着</a>', '<a href="/ja/feed.xml">新着</a>'),
        ('<a href="/static/a.txt">字</a>', '<a href="/static/a.txt">字</a>'),
        ('<a href="#x">字</a>', '<a href="#x">字</a>'),
        ('<a href="//x.org/">字</a>', '<a href="//x.org/">字</a>'),
        ('<a href="https://x.org/a/">字</a>', '<a href="https://x.org/a/">字</a>'),
        ('<a href="/a/" hreflang="en">E</a>', '<a href="/a/" hreflang="en">E</a>'),
        ('<abbr href="/a/">字</abbr>', '<abbr href="/a/">字</abbr>'),
    ],
)
def test_a_link_leads_to_the_language_or_says_that_it_does_not(typed, led):
    if led is None:
        led = typed.replace("/index", "/ja/index")
    assert redirect_links(typed, "ja", VERSIONS, WORDS) == led
    assert redirect_links(typed, "en", VERSIONS, WORDS) == typed


def test_a_page_that_is_not_translated_may_have_a_title_in_the_language():
    words = WORDS | {"titles": {"a": "甲 & 乙"}}
    typed = '<a href="/a/"><b>次</b> A &amp; B</a> <a href="/a/">エー</a>'
    assert redirect_links(typed, "ja", VERSIONS, words) == (
        f'<a hreflang="en" href="/a/"><b>次</b> 甲 &amp; 乙{NOTE}</a> '
        f'<a hreflang="en" href="/a/">エー{NOTE}</a>'
    )
    assert redirect_links(typed, "en", VERSIONS, WORDS) == typed


def test_a_title_in_a_language_is_that_of_a_page(tmp_path):
    (tmp_path / "content").mkdir()
    for name in ("a", "i"):
        (tmp_path / f"content/{name}.md").write_text('+++\ntitle = "A"\n+++\n')
    (tmp_path / "content/site.ja.toml").write_text(
        '[titles]\n"a" = "甲"\n"a/b" = "乙"\ni = 1\n', encoding="utf-8"
    )
    errors = [str(error) for error in Site.load(tmp_path).errors]
    assert [error for error in errors if error.startswith("content/site.ja.toml")] == [
        "content/site.ja.toml:3: no page has the path a/b. "
        "Fix: name one by its folder, such as errata/layout",
        'content/site.ja.toml:4: the title of i is no text. Fix: write it as "…"',
    ]


def test_titles_that_are_no_table_are_told_at_their_line(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.ja.toml").write_text('titles = "x"\n')
    errors = [str(error) for error in Site.load(tmp_path).errors]
    assert [error for error in errors if error.startswith("content/site.ja.toml")] == [
        "content/site.ja.toml:1: titles is str, not dict. Fix: write it below [titles]"
    ]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("勾配の\n図", "勾配の図"),
        ("勾配の\n**図**", "勾配の<strong>図</strong>"),
        ("**勾配**\nの図", "<strong>勾配</strong>の図"),
        ("勾配\n`x` は\nx", None),
        ("one\ntwo", "one\ntwo"),
        ("終わり。\n  次", "終わり。次"),
    ],
)
def test_the_end_of_a_line_leaves_no_space_in_japanese(typed, shown):
    html = inline_html(typed, "ja")
    if shown is None:
        assert "\n" not in html
    else:
        assert html == shown


def test_a_formula_stays_whole_with_its_stop_and_not_with_its_sentence():
    shown = inline_html("次の点$x_0$では、傾きは$1$。次", "ja")
    (whole,) = re.findall(r'<span class="whole">(.*?)</span>', shown)
    assert whole.startswith("<math>")
    assert whole.endswith("</math>。")
    assert whole.count("<math>") == 1


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("값은 `x[0]`입니다.", "<code>x[0]</code>입니다"),
        ("화살표는 [−1.75, 2]를 지나", "[−1.75, 2]를"),
        ("배열 `x` 하나", "<code>x</code>"),
    ],
)
def test_a_particle_of_korean_stays_with_the_code_or_the_point_before_it(typed, whole):
    assert f'<span class="whole">{whole}</span>' in inline_html(typed, "ko")


@pytest.mark.parametrize("code", [".T", "np.array([X, Y])"])
def test_a_mark_that_ends_something_stays_with_the_code_before_it(code):
    html = inline_html(f"没有（`{code}`），也行", "zh")
    assert f'<span class="whole"><code>{code}</code>），</span>也行' in html


def test_the_end_of_a_line_stays_in_code_and_in_other_languages():
    code = "```python\nx = 1  # 一\ny = 2  # 二\n```"
    html = to_html(page("a", "A", "ja"), code, "").html
    assert "一</span>\n" in html
    for typed in ("기울기\n그림", "기울기\n“그림”"):
        assert inline_html(typed, "ko") == typed


@pytest.mark.parametrize(
    ("kind", "original", "translation", "is_same"),
    [
        ("python", "x = 1  # one", "x = 1  # 一", True),
        ("python", "# one\nx = 1", "x = 1", True),
        ("python", "x = 1", "x = 2", False),
        ("python", "x = '# one'", "x = '# 一'", False),
        ("pycon", ">>> x  # one\n'# 1'", ">>> x  # 一\n'# 1'", True),
        ("pycon", ">>> x\n'# 1'", ">>> x\n'# 2'", False),
        ("pycon", ">>> f(  # one\n...     x)", ">>> f(  # 一\n...     x)", True),
        ("sh", "make  # one", "make  # 一", True),
        ("sh", "make a#b", "make a#c", False),
    ],
)
def test_code_is_the_same_if_its_comments_alone_differ(
    kind, original, translation, is_same
):
    assert (
        without_comments(original, kind) == without_comments(translation, kind)
    ) is is_same


def test_a_listing_of_a_translation_is_one_of_its_original():
    original = page("a", "A", body="\n```python\nx = 1  # one\n```\n")
    translation = page("a", "A", "ja", body="\n\n```python\nx = 1  # 一\n```\n")
    assert [*translated_listing_errors(translation, original)] == []
    what = "content/a:3: this code is not that of the original."
    for listing in ("python\nx = 2  # 一", "python to-paste\nx = 1  # 一"):
        other = page("a", "A", "ja", body=f"\n\n```{listing}\n```\n")
        [error] = translated_listing_errors(other, original)
        assert str(error).startswith(what)


def test_a_picture_of_a_translation_is_that_of_its_original():
    points = [[0, 0], [1, 0], [0, 1]]
    shown, other = (
        Drawing(fields(points, slopes)) for slopes in (points, points[::-1])
    )
    path = "figures/a/field.svg"
    translation = page("ja/a.md", "あ", "ja")
    assert [*unlike_original(translation, {path: shown}, {path: shown})] == []
    [error] = unlike_original(translation, {path: other}, {path: shown})
    assert str(error).startswith("content/ja/a.md: the picture field is not that of")


def told(pages):
    return [str(error) for error in untranslated_pages(pages, "ja")]


def test_what_is_missing_and_what_is_stale_is_listed():
    changes = [{"what": "one", "date": 1}, {"what": "two", "date": 2}]
    original = page("a.md", "A", text="A", record={"changes": changes})
    assert re.fullmatch("[0-9a-f]{12}", original.hash)
    [line] = told([original])
    assert line.startswith("content/a.ja.md: the page is not translated. Fix: ")
    assert line.endswith(f'translates = "{original.hash}"')

    said = [{"what": "一", "date": 1}, {"what": "two", "date": 2}]
    fields = {"translates": original.hash, "changes": said}
    current = page("ja/a.md", "あ", "ja", record=fields)
    [line] = told([original, current])
    assert line.startswith("content/ja/a.md:1: changes 2: what is still English. Fix: ")

    fields = {"changes": [{"what": "一"}, {"what": "二"}]}
    for named in ({"translates": "0" * 12}, {}):
        [line] = told([original, page("ja/a.md", "あ", "ja", record=fields | named)])
        assert "the original has changed since it was translated" in line
        assert line.endswith(f'translates = "{original.hash}"')


def texts(own, original):
    """Each text of a record, at any depth: its field, and whether a translation has its own."""
    for name, text in original.items():
        mine = own[name]
        if isinstance(text, dict):
            yield from texts(mine, text)
        elif isinstance(text, list):
            for each, table in zip(mine, text, strict=True):
                if isinstance(table, dict):
                    yield from texts(each, table)
        elif isinstance(text, str):
            yield name, mine != text


@pytest.fixture(scope="module")
def site():
    return Site.load(ROOT)


def test_a_field_that_each_translation_has_in_its_language_is_missed_in_english(site):
    originals = {page.url: page for page in site.pages if not page.is_translation}
    shown = {
        field
        for page in site.pages
        if page.is_translation
        for field in texts(page.record, originals[page.original].record)
    }
    names = {name for name, is_own in shown if is_own and (name, False) not in shown}
    assert names > {"title", "summary"}
    for name in names:
        record = {"title": "A", "changes": [{name: "as it was"}]}
        original = page("a.md", "A", record=record)
        fields = {"title": "あ", "translates": original.hash}
        [line] = told([original, page("ja/a.md", "", "ja", record=record | fields)])
        assert f"{name} is still English" in line


def test_the_command_lists_what_a_language_lacks_or_says_which_there_are(capsys, site):
    lacking = [*untranslated_pages(site.pages, "ja"), *site.untranslated["ja"]]
    assert list_untranslated(ROOT, "ja") == (0, "")
    assert capsys.readouterr().out.splitlines() == [str(line) for line in lacking]
    others = "there are no words in xx, but in: " + ", ".join(site.untranslated)
    assert list_untranslated(ROOT, "xx") == (2, others)
