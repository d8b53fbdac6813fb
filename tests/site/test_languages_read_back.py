"""A page in another language: its own words and dates, its original's record and files.

A miniature of the site is built with a few pages in Korean, and with files of words that
translate some of the interface and leave the rest to English.
"""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag

import oracle
import pytest
from lxml import etree
from lxml.html import HtmlElement
from project import BASE_URL, FEW_FUNCTIONS, Project, copied
from published import every_page_file, in_order
from reading import page, target, text
from wording import day, plain, short_commit

WORDS = """
[language]
name = "한국어"
tag = "ko"
locale = "ko_KR"

[site]
in_english = "(영어)"
skip = "본문으로"
anchor = "이 절의 주소"
contents = "이 쪽의 차례"
next = "다음"
previous = "이전"

[site.position]
step = "{count}단계 중 {number}번째"

[date]
day = "{year}년 {month} {day}일"
months = ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"]

[pair]
correct = "둘 다 .T"

[erratum]
where = "위치"
kind = "종류"
fixed = "고친 날"

[erratum.values.severity]
misleading = "오해"

[erratum.meaning]
misleading = "틀리지 않지만 오해하기 쉽다"
"""
SUBJECT = "Deep Learning from Scratch, section 4.4, figure 4-9"
MENU = ["내 그림", "정오표", "튜토리얼", "함수", "실험실", "쓰기"]
SITE_WORDS = "".join(f'[[menu]]\nlabel = "{label}"\n' for label in MENU)
FUNCTIONS = """
[product]
title = "곱"
note = "한 점의 두 좌표를 곱한다."
"""
# What autoscale holds in English, and its Korean: a session, and code with a comment.
SESSION = """
{#
```pycon
>>> answer = 40 + 2
>>> arrows = [[0, 0], [1, 1]], [[0, 1], [1, 0]]
```
#}

```python
x = 1  # one
```

{{ drawn("two", *fields(*(page | session).arrows)) }}
"""
KOREAN_SESSION = """
```python
x = 1  # 하나
```

답: {{ (page | session).answer }}.

{{ drawn("two", *fields(*(page | session).arrows)) }}
"""
NOT_FOUND = "- [처음](/)\n- [쓰기](/use/)\n"
FRONT_MATTER = '+++\ntitle = "{}"\n{}+++\n\n{}\n'
SECTIONS = (
    "## 첫째\n\n{{ page.record.fixed.date | day }}\n\n## 둘째\n\n## 셋째\n\n"
    '{{ pair("product") }}\n\n[처음](/) 그리고 [원문](/errata/autoscale/#changes)'
)
TRANSLATED = {
    "errata/index.ko.md": ("정오표", "", "목록"),
    "errata/layout.ko.md": ("빠진 전치", 'summary = "한 행이 한 점."\n', SECTIONS),
    "errata/autoscale.ko.md": ("자동 축척", "", KOREAN_SESSION),
    "index.ko.md": ("처음", "", "[쓰기](/use/)"),
    "404.ko.md": ("없는 주소", "", NOT_FOUND),
    "tutorial/03-routine.ko.md": ("루틴", "", "글"),
    "tutorial/05-when-it-is-right.ko.md": ("맞을 때", "", "글"),
}
WRITTEN = {
    "ko/index.html": "처음",
    "ko/errata/index.html": "정오표",
    "ko/errata/layout/index.html": "빠진 전치",
    "ko/errata/autoscale/index.html": "자동 축척",
    "ko/tutorial/routine/index.html": "루틴",
    "ko/tutorial/when-it-is-right/index.html": "맞을 때",
}
# Every function has a page: the product under its title, the others under their formulas.
UNTITLED = {
    f"ko/functions/{name}/index.html": oracle.functions()[name].spelling
    for name in FEW_FUNCTIONS
    if name != "product"
}
KOREAN = UNTITLED | {"ko/functions/product/index.html": "곱"} | WRITTEN
ERRATUM = oracle.errata()["layout"]


def korean_day(date) -> str:
    return f"{date.year}년 {date.month}월 {date.day}일"


@pytest.fixture(scope="module")
def site(once, model: Project) -> Path:
    """The folder of a site in two languages."""

    def make(folder: Path) -> Project:
        project = copied(folder, model.root)
        project.write("gradviz_core/registry/strings/words.ko.toml", WORDS)
        project.write("gradviz_core/registry/strings/functions.ko.toml", FUNCTIONS)
        project.write("content/site.ko.toml", SITE_WORDS)
        project.append("content/errata/autoscale.md", SESSION)
        for name, (title, fields, body) in TRANSLATED.items():
            project.write(f"content/{name}", FRONT_MATTER.format(title, fields, body))
        return project

    return once("korean", make, "--base-url", BASE_URL).site


@pytest.fixture(scope="module")
def documents(site) -> dict[str, HtmlElement]:
    return {url: page(path) for url, path in every_page_file(site).items()}


@pytest.fixture(scope="module")
def layout(documents) -> HtmlElement:
    return documents["ko/errata/layout/index.html"]


def original(url: str) -> str:
    return url.removeprefix("ko/")


def address(url: str) -> str:
    return BASE_URL + url.removesuffix("index.html")


def test_a_translation_stands_below_its_language_at_the_address_of_its_original(
    documents,
):
    assert {url for url in documents if url.startswith("ko/")} == set(KOREAN)
    assert all(original(url) in documents for url in KOREAN)


def test_every_page_says_its_language(documents):
    for url, document in documents.items():
        assert document.get("lang") == ("ko" if url in KOREAN else "en"), url


def test_a_translation_has_the_title_of_its_own_front_matter(documents):
    for url, title in KOREAN.items():
        document = documents[url]
        if url in UNTITLED:
            assert document.cssselect("h1 > math")
        else:
            assert text(document.find(".//h1")) == title
        subject = f" {SUBJECT}" if url == "ko/index.html" else ""
        assert text(document.find(".//title")) == f"{title}{subject} · gradviz"
        assert (
            document.cssselect("meta[property='og:title']")[0].get("content") == title
        )


def test_a_translation_has_its_own_summary_or_else_that_of_its_original(documents):
    layout = documents["ko/errata/layout/index.html"]
    assert text(layout.cssselect("p.summary")[0]) == "한 행이 한 점."
    autoscale = documents["ko/errata/autoscale/index.html"]
    inherited = plain(oracle.errata()["autoscale"]["summary"])
    assert text(autoscale.cssselect("p.summary")[0]) == inherited


def test_a_translation_has_an_address_of_its_own_and_the_card_of_its_original(
    site, documents
):
    for url in KOREAN:
        head = documents[url].find(".//head")
        assert head.cssselect("link[rel=canonical]")[0].get("href") == address(url)
        assert head.cssselect("meta[property='og:url']")[0].get("content") == address(
            url
        )
        (image,) = head.cssselect("meta[property='og:image']")
        card = f"cards/{original(url).removesuffix('.html').removesuffix('/index')}.png"
        assert image.get("content") == BASE_URL + card
        assert (site / card).is_file()


def test_the_versions_of_a_page_name_each_other_to_programs(documents):
    for url in KOREAN:
        english = address(original(url))
        wanted = {"en": english, "ko": address(url), "x-default": english}
        for version in (url, original(url)):
            head = documents[version].find(".//head")
            links = head.cssselect("link[hreflang]")
            assert {e.get("hreflang"): e.get("href") for e in links} == wanted
            locales = head.cssselect("meta[property^='og:locale']")
            own = ["ko_KR", "en_US"] if version == url else ["en_US", "ko_KR"]
            assert [meta.get("content") for meta in locales] == own


def test_a_page_without_a_translation_names_none_to_programs(documents):
    for url, document in documents.items():
        if url not in KOREAN and f"ko/{url}" not in KOREAN:
            assert document.cssselect("head link[hreflang]") == [], url


def test_every_page_offers_the_other_language(documents):
    for url, document in documents.items():
        (offer,) = document.cssselect("header nav.languages a")
        is_korean = url in KOREAN
        tag, name = ("en", "English") if is_korean else ("ko", "한국어")
        assert (offer.get("hreflang"), offer.get("lang")) == (tag, tag)
        assert text(offer) == name
        there = original(url) if is_korean else f"ko/{url}"
        if there not in documents:
            there = "ko/index.html"
        assert offer.get("data-url") == address(there), url


def test_every_link_of_both_languages_leads_to_a_file_and_a_place(site, documents):
    for url, document in documents.items():
        if url == "404.html":
            continue
        for element in document.cssselect("a[href], img[src], script[src]"):
            link = element.get("href") or element.get("src")
            if link.startswith("https:"):
                continue
            file, anchor = target(site / url, link)
            assert file.is_file(), (url, link)
            if anchor and not anchor.startswith("f="):
                there = documents[file.relative_to(site.resolve()).as_posix()]
                assert there.xpath("//*[@id=$name]", name=anchor), (url, link)


def test_what_is_translated_is_said_in_korean_and_english_fills_the_gaps(layout):
    assert text(layout.cssselect("a.skip")[0]) == "본문으로"
    assert {link.get("title") for link in layout.cssselect("a.headerlink")} == {
        "이 절의 주소"
    }
    assert {nav.get("aria-label") for nav in layout.cssselect("nav.contents")} == {
        "이 쪽의 차례"
    }
    labels = [text(label) for label in layout.cssselect("figure.pair p.label")]
    assert labels == ["✓ 둘 다 .T", "✗ Without .T"]


def test_the_menu_is_the_one_of_the_language(documents):
    sections = {"errata": "정오표", "tutorial": "튜토리얼", "functions": "함수"}
    for url in KOREAN:
        items = documents[url].cssselect("header nav li a")
        labels = [text(item).removesuffix("(영어)") for item in items]
        assert labels == MENU
        current = [
            label
            for label, item in zip(labels, items, strict=True)
            if item.get("aria-current")
        ]
        section = sections.get(original(url).split("/")[0])
        assert current == ([section] if section else []), url


def test_a_link_leads_to_the_translation_or_says_that_there_is_none(documents):
    for url in KOREAN:
        for link in documents[url].cssselect("a[data-url]:not(.languages a)"):
            there = link.get("data-url").removeprefix(BASE_URL).partition("#")[0]
            if there and not there.endswith("/"):  # a file
                continue
            is_korean = there.startswith("ko/")
            assert is_korean or f"ko/{there}index.html" not in documents, (url, there)
            notes = link.cssselect(".in-english")
            assert [text(note) for note in notes] == ([] if is_korean else ["(영어)"])
            assert link.get("hreflang") == (None if is_korean else "en"), (url, there)


def test_the_title_of_an_english_page_is_marked_as_english(documents):
    marked = documents["ko/errata/index.html"].cssselect("tbody th span[lang=en]")
    english = [page.title for page in in_order("errata")]
    assert [text(title) for title in marked] == english[2:]
    for url in KOREAN:
        # The note of a function that has none in the language is a paragraph.
        for element in documents[url].cssselect("body [lang=en]:not(p)"):
            assert element.xpath("ancestor-or-self::a/@hreflang") == ["en"]


def test_the_one_page_for_what_is_not_found_speaks_both_languages(site, documents):
    (part,) = documents["404.html"].cssselect("main section")
    assert part.get("lang") == "ko"
    assert text(part.find("h2")) == "없는 주소"
    links = {text(a): a.get("href") for a in part.iter("a")}
    assert links == {
        "처음": "/repo/ko/index.html",
        "쓰기(영어)": "/repo/use/index.html",
    }
    assert not (site / "ko/404.html").exists()


def test_a_translation_has_the_session_and_the_pictures_of_its_original(documents):
    korean = documents["ko/errata/autoscale/index.html"]
    assert "답: 42." in [text(p) for p in korean.cssselect("main > p")]
    assert "# 하나" in korean.cssselect("main pre")[0].text_content()
    names = []
    for document in (korean, documents["errata/autoscale/index.html"]):
        images = document.cssselect("main > figure img")
        names.append([image.get("src").split("figures/")[1] for image in images])
    assert names[0] == names[1] == ["errata/autoscale/two.svg"]


def test_headings_in_any_script_can_be_led_to(layout):
    headings = [heading.get("id") for heading in layout.cssselect("main > h2")]
    assert headings == ["첫째", "둘째", "셋째"]
    listed = [link.get("href") for link in layout.cssselect("nav.contents.beside a")]
    assert listed == ["#첫째", "#둘째", "#셋째", "#record"]


def test_every_date_is_written_as_the_language_writes_it(documents):
    for url in KOREAN:
        for time in documents[url].iter("time"):
            year, month, day_of_month = time.get("datetime").split("-")
            assert text(time) == f"{year}년 {int(month)}월 {int(day_of_month)}일", url


def test_the_record_is_that_of_the_original_under_labels_in_both_languages(layout):
    shown = {}
    for field in layout.cssselect("dl.facts > div"):
        shown[text(field.find("dt"))] = text(field.find("dd"))
    assert list(shown) == [
        "위치",
        "종류",
        "Severity",
        "Visible in the picture",
        "Status",
        "Resolution",
        "Introduced",
        "고친 날",
        "Reported by",
    ]
    assert shown["위치"] == plain(ERRATUM["where"])
    fixed = ERRATUM["fixed"]
    assert shown["고친 날"] == (
        f"{korean_day(fixed['date'])} ({short_commit(fixed['commit'])}), {plain(fixed['by'])}"
    )


def test_the_meaning_of_a_severity_is_told_in_the_language(documents):
    facts = documents["ko/errata/autoscale/index.html"].cssselect("dl.facts dd")
    assert "오해: 틀리지 않지만 오해하기 쉽다" in [text(fact) for fact in facts]


def test_a_date_in_the_text_is_the_one_of_the_inherited_record(documents, layout):
    first = layout.cssselect("h2#첫째 + p time")[0]
    assert first.get("datetime") == ERRATUM["fixed"]["date"].isoformat()
    english = documents["errata/layout/index.html"].cssselect("dl.facts time")
    assert text(english[0]) == day(ERRATUM["introduced"]["date"])


def test_a_list_has_every_page_in_the_language_or_else_in_english(documents):
    def listed(url: str) -> list[str]:
        links = documents[url].cssselect("main tbody a")
        return [text(link).removesuffix("(영어)") for link in links]

    english = [page.title for page in in_order("errata")]
    assert listed("errata/index.html") == english
    assert listed("ko/errata/index.html") == ["빠진 전치", "자동 축척", *english[2:]]


def test_one_reads_on_from_page_to_page_whichever_is_translated(documents):
    def neighbours(url: str) -> list[tuple[str, str]]:
        links = documents[url].cssselect("body > nav.neighbours a")
        return [(text(link), link.get("href")) for link in links]

    errata, steps = in_order("errata"), in_order("tutorial")
    assert neighbours("ko/errata/layout/index.html") == [
        ("다음 → 자동 축척", "../autoscale/index.html")
    ]
    assert neighbours("ko/errata/autoscale/index.html") == [
        ("← 이전 빠진 전치", "../layout/index.html"),
        (f"다음 → {errata[2].title}(영어)", f"../../../{errata[2].url}"),
    ]
    assert neighbours("ko/tutorial/when-it-is-right/index.html") == [
        (f"← 이전 {steps[3].title}(영어)", f"../../../{steps[3].url}"),
        (f"다음 → {steps[5].title}(영어)", f"../../../{steps[5].url}"),
    ]


def test_a_step_has_its_place_among_all_steps(documents):
    up = documents["ko/tutorial/when-it-is-right/index.html"].cssselect("p.place")
    count = len(in_order("tutorial"))
    assert text(up[0]) == f"튜토리얼(영어) · {count}단계 중 5번째"
    up = documents["tutorial/when-it-is-right/index.html"].cssselect("p.place")
    assert text(up[0]) == f"Tutorial · Step 5 of {count}"


def test_a_translation_describes_itself_to_catalogues_in_its_language(layout):
    (script,) = layout.cssselect('script[type="application/ld+json"]')
    article = json.loads(script.text)
    assert article["inLanguage"] == "ko"
    assert article["headline"] == "빠진 전치"
    assert article["url"] == address("ko/errata/layout/index.html")
    assert article["about"]["correction"]["text"] == ERRATUM["right"]


def test_a_translation_is_cited_by_its_own_title_and_address(layout):
    entry = layout.cssselect(".cite pre")[0].text_content()
    assert "title = {{빠진 전치}}," in entry
    assert f"url = {{{address('ko/errata/layout/index.html')}}}," in entry


def test_the_map_of_the_site_has_the_pages_of_both_languages(site, documents):
    site_map = etree.parse(site / "sitemap.xml")
    listed = site_map.xpath("//*[local-name()='loc']/text()")
    assert sorted(listed) == sorted(
        address(url) for url in documents if url != "404.html"
    )


def test_the_map_of_the_site_names_the_versions_of_each_page(site):
    site_map = etree.parse(site / "sitemap.xml")
    for entry in site_map.xpath("//*[local-name()='url']"):
        (own,) = entry.xpath("*[local-name()='loc']/text()")
        url = f"{own.removeprefix(BASE_URL)}index.html"
        links = entry.xpath("*[local-name()='link']")
        versions = {link.get("hreflang"): link.get("href") for link in links}
        english = original(url)
        if f"ko/{english}" in KOREAN:
            korean = address(f"ko/{english}")
            assert versions == {"en": address(english), "ko": korean}
        else:
            assert versions == {}


def test_what_programs_read_of_errata_tells_each_once_in_english(site):
    errata = json.loads((site / "errata.json").read_text(encoding="utf-8"))["errata"]
    assert [each["title"] for each in errata] == [
        r["title"] for r in oracle.errata().values()
    ]


def test_each_language_has_a_feed_of_its_own_pages(site, documents):
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert not re.search("[가-힣]|/ko/", feed)
    korean = etree.parse(site / "ko/feed.xml")
    assert korean.getroot().get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"
    titles = korean.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")
    assert {*titles} == {"빠진 전치", "자동 축척"}
    for url, document in documents.items():
        if url != "404.html":
            (link,) = document.cssselect("link[type='application/atom+xml']")
            folder = "ko/" if url in KOREAN else ""
            assert link.get("href") == f"{BASE_URL}{folder}feed.xml"


def test_no_picture_is_drawn_again_for_a_translation(site, layout):
    for image in layout.iter("img"):
        file, _ = target(site / "ko/errata/layout/index.html", image.get("src"))
        assert file.parent == (site / "figures").resolve()
    assert not (site / "ko/figures").exists()
    assert not (site / "cards/ko").exists()


def test_links_typed_in_a_translation_lead_where_they_say(layout):
    (last,) = layout.xpath("//main/p[a[text()='원문']]")
    shown = [(text(link), urldefrag(link.get("data-url"))) for link in last.iter("a")]
    assert shown == [
        ("처음", (f"{BASE_URL}ko/", "")),
        ("원문", (address("ko/errata/autoscale/index.html"), "changes")),
    ]
