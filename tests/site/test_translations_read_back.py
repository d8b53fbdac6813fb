"""A translated page speaks one language, and leads to every other one.

Whatever people read or hear of it is looked at: texts, attributes, what programs are told in
its name, the comments of code, and the words that it carries for its scripts.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from project import BASE_URL
from reading.english import all_english, spoken
from reading.pages import LANGUAGE, every_page_file, page, target, text

LANGUAGES = {"ja": "ja", "ko": "ko", "zh": "zh-Hans"}  # tags by folders
# Of the data for catalogues: what is read there; the rest is addresses, dates and code.
READ_BY_CATALOGUES = {"headline", "description", "name", "alternateName"}
# Of what the playground carries for its script: code.
CARRIED_CODE = {"call", "forms", "language"}
COMMENT = re.compile(r'# ([^\n]*)|"""(.*?)"""', re.DOTALL)
DRAWN_TEXT = re.compile(r"<text[^>]*>([^<]*)<")


@pytest.fixture(scope="module")
def documents(built) -> dict[str, HtmlElement]:
    """Every page of the site, in all languages."""
    return {url: page(path) for url, path in every_page_file(built.site).items()}


@pytest.fixture(scope="module")
def translated(documents) -> dict[str, HtmlElement]:
    """Those that are not in English alone."""
    return {url: each for url, each in documents.items() if LANGUAGE.match(url)}


def folder(url: str) -> str:
    """The folder of the language of a page, or nothing."""
    found = LANGUAGE.match(url)
    return found[1] if found else ""


def original(url: str) -> str:
    return url.removeprefix(f"{folder(url)}/")


# --- what is said ----------------------------------------------------------------------------


def strings(value: object) -> Iterator[str]:
    """All texts in data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def told_to_catalogues(data: object) -> Iterator[str]:
    """What of the data for catalogues people read there."""
    if isinstance(data, dict):
        for key, value in data.items():
            reads = strings if key in READ_BY_CATALOGUES else told_to_catalogues
            yield from reads(value)


def test_no_page_says_anything_in_english(translated):
    assert len(translated) > 100
    assert {folder(url) for url in translated} == {*LANGUAGES}
    left = {
        url: found
        for url, document in translated.items()
        if (found := all_english(spoken(document)))
    }
    assert left == {}


@pytest.mark.parametrize(
    "seed",
    [
        "<p>Nothing is wrong.</p>", "<p>図は<b>not at all</b>です。</p>", "<b>Without</b>",
        '<p title="In other words">図</p>', '<b data-told="Wait a moment">図</b>',
        '<button aria-label="Close">×</button>', "<option>depends on f</option>",
        '<pre><span class="c1"># your function</span></pre>', "<p>図（see below）</p>",
        '<a href="https://example.org/">of another author</a>', "<p>a NumPy script</p>",
        '<meta name="description" content="図。One more.">', "<text>the axis</text>",
    ],
)  # fmt: skip
def test_english_that_is_left_is_found(seed):
    assert all_english(spoken(fragment_fromstring(seed, create_parent="div")))


def test_nothing_is_told_to_catalogues_in_english(translated):
    count = 0
    for url, document in translated.items():
        for script in document.xpath("//script[@type='application/ld+json']"):
            told = [*told_to_catalogues(json.loads(script.text))]
            assert len(told) >= 3
            assert all_english(told) == [], url
            count += 1
    assert count >= 6 * len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_playground_carries_no_words_in_english(documents, language):
    """For all that its script may come to say."""
    document = documents[f"{language}/playground/index.html"]
    (script,) = document.xpath("//form//script[@type='application/json']")
    carried = json.loads(script.text)
    code = carried.pop("script")
    comments = [
        part
        for text in strings(code)
        for groups in COMMENT.findall(text)
        for part in groups
    ]
    drawn = DRAWN_TEXT.findall(carried.pop("file"))
    words = [*strings({k: v for k, v in carried.items() if k not in CARRIED_CODE})]
    assert len(words) > 200
    assert len(comments) > 5
    told = [each for each in (*words, *comments, *drawn) if not each.startswith("/")]
    assert all_english(told) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_says_nothing_in_english(built, language):
    feed = etree.parse(built.site / language / "feed.xml")
    told = feed.xpath(
        "//*[local-name()='title' or local-name()='subtitle' or local-name()='summary']"
    )
    assert len(told) > 6
    assert all_english(each.text for each in told) == []


def test_the_page_for_what_is_not_found_says_a_part_in_each_language(documents):
    parts = documents["404.html"].xpath("//main//section[@lang]")
    assert [part.get("lang") for part in parts] == [*LANGUAGES.values()]
    for part in parts:
        assert all_english(spoken(part)) == []


# --- which language is named -----------------------------------------------------------------


def test_every_page_names_its_language(documents):
    for url, document in documents.items():
        assert document.get("lang") == {"": "en", **LANGUAGES}[folder(url)], url


def test_nothing_but_the_choice_of_a_language_is_marked_as_another(translated):
    """Words of a link that leads to an English page are marked if they are English."""
    for url, document in translated.items():
        for part in document.xpath("/html/*//*[@lang]"):
            tags = part.xpath("ancestor-or-self::a/@hreflang")
            assert tags == [part.get("lang")], url


def test_the_versions_of_a_page_name_each_other(documents):
    """With the English one for whoever reads none of them."""
    for url, document in documents.items():
        if url == "404.html":
            continue
        english_one = original(url)
        wanted = {"en": english_one} | {
            tag: f"{language}/{english_one}"
            for language, tag in LANGUAGES.items()
            if f"{language}/{english_one}" in documents
        }
        if len(wanted) == 1:
            wanted = {}
        else:
            wanted["x-default"] = english_one
        named = {
            link.get("hreflang"): link.get("href")
            for link in document.xpath("//head/link[@hreflang]")
        }
        addresses = {
            tag: BASE_URL + each.removesuffix("index.html")
            for tag, each in wanted.items()
        }
        assert named == addresses, url


# --- where its links lead --------------------------------------------------------------------


def file_of(site: Path, url: str, link: HtmlElement) -> str:
    """The page to which a link of another leads, or nothing where that is no page of the site."""
    href = link.get("href").removeprefix(urlsplit(BASE_URL).path)
    if href.startswith(("http", "mailto:")):
        return ""
    file, _ = target(site / url, href)
    return file.relative_to(site.resolve()).as_posix()


def test_every_page_leads_to_itself_in_each_other_language(built, documents):
    """Or else to the first page in it."""
    tags = {"": "en", **LANGUAGES}
    for url, document in documents.items():
        links = document.xpath("//header//nav[@class='languages']//a")
        led = {link.get("hreflang"): file_of(built.site, url, link) for link in links}
        wanted = {}
        for language, tag in tags.items():
            there = f"{language}/{original(url)}".lstrip("/")
            home = f"{language}/index.html".lstrip("/")
            if language != folder(url):
                wanted[tag] = there if there in documents else home
        assert led == wanted, url


def test_a_link_stays_in_its_language_or_says_that_it_does_not(
    built, documents, translated
):
    """A page that is translated in part leads to its own original, and says so behind the link."""
    marked = 0
    for url, document in translated.items():
        note = text(document.xpath("//*[@class='in-english']")[0])
        for link in document.xpath(
            "//a[@href][not(ancestor::nav[@class='languages'])]"
        ):
            there = file_of(built.site, url, link)
            if there not in documents:  # a file, or elsewhere
                continue
            if folder(there) == folder(url):
                assert (note in text(link), link.get("hreflang")) == (False, None)
                continue
            is_original = there == original(url)
            assert is_original or f"{folder(url)}/{there}" not in documents, (
                url,
                there,
            )
            assert link.get("hreflang") == "en", (url, there)
            told = link.tail.strip().startswith if is_original else text(link).endswith
            assert told(note), (url, there)
            marked += 1
    assert marked > len(translated)
