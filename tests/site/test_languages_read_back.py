"""A page in another language: its own words and dates, its original's record and files.

A miniature of the site is built with three pages in Korean, and with a file of words that
translates some of the interface and leaves the rest to English.
"""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag

import oracle
import pytest
from lxml import etree
from lxml.html import HtmlElement
from project import BASE_URL, Project, copied
from published import page_files
from reading import page, target, text
from wording import day, plain, short_commit

WORDS = """
[site]
language = "한국어"
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

[[menu]]
label = "정오표"
url = "/ko/errata/"

[[menu]]
label = "함수"
url = "/functions/"

[pair]
correct = "둘 다 .T"

[erratum]
where = "위치"
kind = "종류"
fixed = "고친 날"

[severity]
misleading = "틀리지 않지만 오해하기 쉽다"
"""
FRONT_MATTER = '+++\ntitle = "{}"\n{}+++\n\n{}\n'
SECTIONS = (
    "## 첫째\n\n{{ page.record.fixed.date | day }}\n\n## 둘째\n\n## 셋째\n\n"
    '{{ pair("product") }}\n\n[처음](/) 그리고 [원문](/errata/layout/#changes)'
)
TRANSLATED = {
    "errata/index.ko.md": ("정오표", "", "목록"),
    "errata/layout.ko.md": ("빠진 전치", 'summary = "한 행이 한 점."\n', SECTIONS),
    "errata/autoscale.ko.md": ("자동 축척", "", "글"),
    "tutorial/03-routine.ko.md": ("루틴", "", "글"),
    "tutorial/05-when-it-is-right.ko.md": ("맞을 때", "", "글"),
}
KOREAN = {
    "ko/errata/index.html": "정오표",
    "ko/errata/layout/index.html": "빠진 전치",
    "ko/errata/autoscale/index.html": "자동 축척",
    "ko/tutorial/routine/index.html": "루틴",
    "ko/tutorial/when-it-is-right/index.html": "맞을 때",
}
ERRATUM = oracle.errata()["layout"]


def korean_day(date) -> str:
    return f"{date.year}년 {date.month}월 {date.day}일"


@pytest.fixture(scope="module")
def site(once, model: Project) -> Path:
    """The folder of a site in two languages."""

    def make(folder: Path) -> Project:
        project = copied(folder, model.root)
        project.write("gradviz_core/registry/strings/words.ko.toml", WORDS)
        for name, (title, fields, body) in TRANSLATED.items():
            project.write(f"content/{name}", FRONT_MATTER.format(title, fields, body))
        return project

    return once("korean", make, "--base-url", BASE_URL).site


@pytest.fixture(scope="module")
def documents(site) -> dict[str, HtmlElement]:
    return {url: page(path) for url, path in page_files(site).items()}


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
        assert text(document.find(".//h1")) == title
        assert text(document.find(".//title")) == f"{title} · gradviz"
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
        card = f"cards/{original(url).removesuffix('/index.html')}.png"
        assert image.get("content") == BASE_URL + card
        assert (site / card).is_file()


def test_the_versions_of_a_page_name_each_other_to_programs_and_people(documents):
    for url in KOREAN:
        versions = {"en": original(url), "ko": url}
        names = {"en": "English", "ko": "한국어"}
        for own, other in (("en", "ko"), ("ko", "en")):
            document = documents[versions[own]]
            listed = {}
            for link in document.cssselect("head link[hreflang]"):
                listed[link.get("hreflang")] = link.get("href")
            assert listed == {code: address(each) for code, each in versions.items()}
            (link,) = document.cssselect("footer a[hreflang]")
            assert (link.get("hreflang"), link.get("lang")) == (other, other)
            assert text(link) == names[other]
            assert link.get("data-url") == address(versions[other])


def test_a_page_without_a_translation_names_none(documents):
    for url, document in documents.items():
        if url not in KOREAN and f"ko/{url}" not in KOREAN:
            assert document.cssselect("[hreflang]") == [], url


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
    for url in KOREAN:
        items = documents[url].cssselect("header nav a")
        assert [text(item) for item in items] == ["정오표", "함수"]
        assert [item.get("aria-current") is not None for item in items] == [
            "errata" in url,
            False,
        ]


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
    assert "misleading: 틀리지 않지만 오해하기 쉽다" in [text(fact) for fact in facts]


def test_a_date_in_the_text_is_the_one_of_the_inherited_record(documents, layout):
    first = layout.cssselect("h2#첫째 + p time")[0]
    assert first.get("datetime") == ERRATUM["fixed"]["date"].isoformat()
    english = documents["errata/layout/index.html"].cssselect("dl.facts time")
    assert text(english[0]) == day(ERRATUM["introduced"]["date"])


def test_a_list_has_the_pages_of_its_own_language_alone(documents):
    def listed(url: str) -> list[str]:
        return [text(link) for link in documents[url].cssselect("main tbody a")]

    assert listed("ko/errata/index.html") == ["빠진 전치", "자동 축척"]
    english = [record["title"] for record in oracle.errata().values()]
    assert listed("errata/index.html") == english


def test_one_reads_on_in_the_same_language(documents):
    def neighbours(url: str) -> list[tuple[str, str]]:
        links = documents[url].cssselect("body > nav.neighbours a")
        return [(text(link), link.get("href")) for link in links]

    assert neighbours("ko/errata/layout/index.html") == [
        ("다음 → 자동 축척", "../autoscale/index.html")
    ]
    assert neighbours("ko/errata/autoscale/index.html") == [
        ("← 이전 빠진 전치", "../layout/index.html")
    ]
    assert neighbours("ko/tutorial/routine/index.html") == [
        ("다음 → 맞을 때", "../when-it-is-right/index.html")
    ]
    last = neighbours("ko/tutorial/when-it-is-right/index.html")
    assert last == [("← 이전 루틴", "../routine/index.html")]


def test_steps_are_counted_among_those_of_the_language(documents):
    up = documents["ko/tutorial/when-it-is-right/index.html"].cssselect("p.place")
    assert text(up[0]) == "Tutorial · 2단계 중 2번째"
    english = len(list((oracle.ROOT / "content/tutorial").glob("[0-9][0-9]-*.md")))
    up = documents["tutorial/when-it-is-right/index.html"].cssselect("p.place")
    assert text(up[0]) == f"Tutorial · Step 5 of {english}"


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


def test_what_programs_read_of_errata_tells_each_once_in_english(site):
    errata = json.loads((site / "errata.json").read_text(encoding="utf-8"))["errata"]
    assert [each["title"] for each in errata] == [
        r["title"] for r in oracle.errata().values()
    ]
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert not re.search("[가-힣]|/ko/", feed)


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
        ("처음", (BASE_URL, "")),
        ("원문", (address("errata/layout/index.html"), "changes")),
    ]
