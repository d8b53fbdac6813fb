"""A translation: its own words, its original's links, dates and pictures, and no English.

The pages of the built site come first; then a small site in a language that has translated
little, where English fills the gaps.
"""

import datetime
import json
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import oracle
import pytest
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring
from project import BASE_URL, FEW_FUNCTIONS, Project, copied
from reading.english import all_english, spoken
from reading.feeds import feed_of, sitemap
from reading.pages import (
    attributes,
    every_page,
    file_of,
    json_ld,
    meta,
    one,
    place_of,
    squeezed,
    text,
    texts,
    with_class,
)
from reading.records import (
    ENGLISH,
    LANGUAGES,
    NOT_FOUND,
    day,
    every_record,
    front_matter,
    function_words,
    in_order,
    language_of,
    own_title,
    page_for,
    page_records,
    plain,
)
from reading.words import word

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
TAGS = {language: word("language.tag", language) for language in LANGUAGES}
# Signs that no page in the language has. What Chinese and Japanese share is in neither.
KANA = "ぁ-ヿ"
HAN = "㐀-鿿"
HANGUL = "가-힣"
SIGNS_OF_OTHERS = {
    "en": f"[{KANA}{HAN}{HANGUL}]",
    "ja": f"[{HANGUL}]",
    "ko": f"[{KANA}{HAN}]",
    "zh": f"[{KANA}{HANGUL}]",
}
# Of the data for catalogues: what is read there; the rest is addresses, dates and code.
READ_BY_CATALOGUES = {"headline", "description", "name", "alternateName"}
# Of what the playground carries for its script: code.
CARRIED_CODE = {"call", "forms", "language", "messages"}
COMMENT = re.compile(r'# ([^\n]*)|"""(.*?)"""', re.DOTALL)
DRAWN_TEXT = re.compile(r"<text[^>]*>([^<]*)<")


@pytest.fixture(scope="module")
def documents(built) -> dict[str, HtmlElement]:
    """Every page of the site, in all languages."""
    return every_page(built.site)


@pytest.fixture(scope="module")
def translated(documents) -> dict[str, HtmlElement]:
    """Those that are not in English."""
    return {
        url: document
        for url, document in documents.items()
        if language_of(url) != ENGLISH
    }


def original(url: str) -> str:
    return every_record()[url].original


def address_of(url: str) -> str:
    """The whole address of a page, as people link to it."""
    return BASE_URL + url.removesuffix("index.html")


# What is said


def strings(value: object) -> Iterator[str]:
    """All texts in JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def read_in_catalogues(record: object) -> Iterator[str]:
    """What people read of the JSON for catalogues."""
    if isinstance(record, dict):
        for key, value in record.items():
            read = strings if key in READ_BY_CATALOGUES else read_in_catalogues
            yield from read(value)


def carried_by(document: HtmlElement) -> dict:
    """What the playground carries for its script."""
    return json.loads(one(document, "//form//script[@type='application/json']").text)


def loaded_later(built, language: str) -> dict:
    """What is loaded with the reader of scripts."""
    script = built.page(f"static/words.{language}.js")
    _, _, words = script.partition("globalThis.gradviz.textsWithReader = ")
    given: dict = json.loads(words.strip().removesuffix(";"))
    return given


def carried_words(built, language: str) -> list[str]:
    """Whatever the scripts of the playground may come to say."""
    carried = loaded_later(built, language)
    code = carried.pop("script")
    groups = [group for part in strings(code) for group in COMMENT.findall(part)]
    comments = [part for group in groups for part in group]
    drawn = DRAWN_TEXT.findall(carried.pop("file"))
    for key in CARRIED_CODE:
        del carried[key]
    sentences = list(strings(carried))
    assert len(sentences) > 200
    assert len(comments) > 5
    said = [*sentences, *comments, *drawn]
    return [each for each in said if not each.startswith("/")]  # a link


def test_no_page_says_anything_in_english(translated):
    assert len(translated) > 100
    assert {language_of(url) for url in translated} == {*OTHERS}
    left = {url: all_english(spoken(page)) for url, page in translated.items()}
    assert {url: words for url, words in left.items() if words} == {}


@pytest.mark.parametrize(
    "seed",
    [
        "<p>Nothing is wrong.</p>", "<p>図は<b>not at all</b>です。</p>", "<b>Without</b>",
        '<p title="In other words">図</p>', '<b data-told="Wait a moment">図</b>',
        '<button aria-label="Close">×</button>', "<option>depends on f</option>",
        '<pre><span class="c1"># your function</span></pre>', "<p>図（see below）</p>",
        '<a href="https://example.org/">of another author</a>', "<p>a NumPy script</p>",
        '<meta name="description" content="図。One more.">', "<text>the axis</text>",
        "<p>図と arrow です。</p>",
    ],
)  # fmt: skip
def test_english_that_is_left_is_found(seed):
    assert all_english(spoken(fragment_fromstring(seed, create_parent="div")))


def test_no_page_has_signs_of_another_language(documents):
    """As a date would that is written as another language writes it.

    A part in another language, such as the name of that language, is marked as such.
    """
    nearest_language = etree.XPath("ancestor-or-self::*[@lang][1]/@lang")
    for url, document in documents.items():
        foreign = re.compile(SIGNS_OF_OTHERS[language_of(url)])
        for element, words in [*texts(document), *attributes(document)]:
            if foreign.search(words) and not is_quoted(element):
                assert nearest_language(element) != [document.get("lang")], (url, words)


def is_quoted(element: HtmlElement) -> bool:
    """Whether it is a link to elsewhere, which has the title that it has there."""
    return bool(element.xpath("ancestor-or-self::a[starts-with(@href, 'https:')]"))


def test_every_date_is_written_as_its_language_writes_it(documents):
    count = Counter()
    for url, document in documents.items():
        for time in document.iter("time"):
            date = datetime.date.fromisoformat(time.get("datetime"))
            assert text(time) == day(date, language_of(url)), url
            count[language_of(url)] += 1
    assert min(count[language] for language in LANGUAGES) > 20


@pytest.mark.parametrize("language", OTHERS)
def test_a_month_is_that_of_its_number(language):
    months = word("date.months", language)
    assert [re.findall(r"\d+", month) for month in months] == [
        [f"{number}"] for number in range(1, 13)
    ]


# What a page says of a function, its own session or its record.
VALUE = re.compile(
    r"\b\w+\.(?:rows|columns)\.\w+(?:\[\w+\])?|\b(?:rows|columns|record|s)\.\w+"
)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)


def values(path: Path) -> Counter[str]:
    """The values that a text computes, each with how often it does."""
    _, _, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    expressions = EXPRESSION.findall(body)
    return Counter(value for each in expressions for value in VALUE.findall(each))


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_values_of_its_original(language):
    count = 0
    for path in sorted((oracle.ROOT / "content").rglob(f"*.{language}.md")):
        original = path.with_name(path.name.replace(f".{language}.", "."))
        assert values(path) == values(original), path.name
        count += values(path).total()
    assert count > 20


# What is typed in a text beside its prose: listings, code, expressions, addresses, formulas.
NOT_PROSE = re.compile(
    r"(?ms)^```.*?^```[ \t]*$|`[^`]*`|\{[%{#].*?[%}#]\}|\]\([^)]*\)|\{:[^}]*\}|<[^>]*>"
    r"|\$[^$]*\$"
)
HEADING = re.compile(r"(?m)^##+ .*?\{: *#([\w-]+) *\}.*$")
TYPED_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-−]?\d+)?"
)


def typed_numbers(path: Path) -> dict[str, set[str]]:
    """The numbers in the prose of each section of a text, by the id of its heading.

    Those in a field of the record are found by its name.
    """
    _, _, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    beginning, *sections = HEADING.split(body)
    prose = {"": beginning} | dict(zip(sections[::2], sections[1::2], strict=True))
    record = front_matter(path)
    record.pop("translates", None)
    prose |= dict(texts_of_record(record))
    return {
        name: set(TYPED_NUMBER.findall(NOT_PROSE.sub(" ", part)))
        for name, part in prose.items()
    }


def texts_of_record(value: object, name: str = "record") -> Iterator[tuple[str, str]]:
    """Each text of a record with its name, as record.reporters.0.what."""
    if isinstance(value, str):
        yield name, value
        return
    parts = value.items() if isinstance(value, dict) else ()
    parts = enumerate(value) if isinstance(value, list) else parts
    for key, part in parts:
        yield from texts_of_record(part, f"{name}.{key}")


@pytest.mark.parametrize("language", OTHERS)
def test_no_number_of_a_translation_stands_in_the_place_of_another(language):
    """A language may write a small number as a word, or a word as a number: one, or ten."""
    compared = 0
    for path in sorted((oracle.ROOT / "content").rglob(f"*.{language}.md")):
        original = path.with_name(path.name.replace(f".{language}.", "."))
        numbers_of_original = typed_numbers(original)
        for section, numbers in typed_numbers(path).items():
            expected = numbers_of_original[section]
            own, missing = numbers - expected, expected - numbers
            compared += len(expected)
            is_another = own and missing and max(map(len, own | missing)) > 1
            assert not is_another, f"{path.name}, {section}: {own}, and not {missing}"
    assert compared > 100


@pytest.mark.parametrize("language", OTHERS)
def test_the_menu_calls_a_page_by_its_title_where_it_does_so_in_english(language):
    english = page_records()
    count = 0
    for item, item_in_english in zip(word("menu", language), word("menu"), strict=True):
        assert item["url"] == item_in_english["url"]
        original = item["url"].lstrip("/") + "index.html"
        if item_in_english["label"] == english[original].title:
            assert item["label"] == own_title(page_for(original, language), language)
            count += 1
    assert count >= 3


def test_nothing_is_told_to_catalogues_in_english(translated):
    count = 0
    for url, document in translated.items():
        for record in json_ld(document):
            read = list(read_in_catalogues(record))
            assert len(read) >= 3
            assert all_english(read) == [], url
            count += 1
    assert count >= 6 * len(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_the_playground_carries_no_words_in_english(built, language):
    carried = carried_words(built, language)
    assert all_english(carried) == []
    foreign = re.compile(SIGNS_OF_OTHERS[language])
    assert [each for each in carried if foreign.search(each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_loaded_with_the_reader_begins_with_the_words_of_the_playground(
    built, documents, language
):
    """So it says all that the playground may come to say, and the first page with it."""
    page = page_records(language)["playground/index.html"].url
    carried = carried_by(documents[page])
    given = loaded_later(built, language)
    words, own_words = given.pop("words"), carried.pop("words")
    assert words | own_words == words
    assert given | carried == given


@pytest.mark.parametrize("language", OTHERS)
def test_the_feed_speaks_one_language(built, language):
    feed = feed_of(built.site, language)
    said = [feed.title, feed.subtitle]
    for entry in feed.entries:
        said += [entry.title, entry.summary]
    assert len(said) > 6
    assert all_english(said) == []
    assert not re.search(SIGNS_OF_OTHERS[language], "".join(said))


def test_the_page_for_what_is_not_found_has_a_part_in_each_language(documents):
    parts = documents[NOT_FOUND].xpath("//main//section[@lang]")
    assert [part.get("lang") for part in parts] == [TAGS[each] for each in OTHERS]
    for language, part in zip(OTHERS, parts, strict=True):
        record = oracle.ROOT / f"content/404.{language}.md"
        assert f'title = "{text(part.find("h2"))}"' in record.read_text("utf-8")
        assert all_english(spoken(part)) == []
        assert not re.search(SIGNS_OF_OTHERS[language], text(part))


STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|`(?:\\.|[^`\\])*`')
# Values of what is read in a script, for which pages have words.
VALUES = {
    "two numbers",
    "math domain",
    "the lambda",
    "not Python 3: print needs parentheses",
    "an array of two meets x in ",
    "mended before",
    *("many points", "not flat", "several values", "several values for a point"),
    *("turned sheets", "sheets of points"),
    "in order",
    "changed correct",  # classes of an element
}
SENTENCE = re.compile(r"[A-Za-z][a-z]+,? [a-z]{2,}")
# Names of Python in one string; the parameters of a function, before what computes it.
NAMES = re.compile(r'"[\w ]+"(?=\.split\(" "\))')
PARAMETERS = re.compile(r'\[\s*"[a-z_][\w ]*",\s*(?=[\w(])')


def test_a_script_says_no_words_that_cannot_be_translated(built):
    """Its own complaints are for developers: pages word their reasons anew.

    So are the messages of findings, which stand in the scripts that are joined alone.
    The words of each language have a file of their own.
    """
    static = built.site / "static"
    names = {path.relative_to(static).as_posix() for path in static.rglob("*.js")}
    names -= {"gradviz.js"}  # the file for programs brings its English words along
    names -= {f"words.{language}.js" for language in LANGUAGES}
    assert len(names) > 3
    complaints = r'new [\w.]*Error\(.*|throw new [^;]*;|fail\(.*|^"use strict";'
    for name in names:
        code = re.sub(complaints, "", built.page(f"static/{name}"), flags=re.M)
        code = NAMES.sub("", PARAMETERS.sub("[", code))
        for string in STRING.findall(code):
            shown = re.sub(
                r"\$\{[^}]*\}|\btbody t[dr]\b|\.[\w-]+ (?:button|img)\b", "", string
            )
            is_value = string.strip('"') in VALUES
            assert is_value or not SENTENCE.search(shown), (name, string)


# Which language is named


def test_every_page_names_its_language(documents):
    for url, document in documents.items():
        assert document.get("lang") == TAGS[language_of(url)], url
        for record in json_ld(document):
            assert record["inLanguage"] == TAGS[language_of(url)], url


def notes_in_english(language: str) -> set[str]:
    """The notes of those functions for which a language has no note of its own."""
    own = function_words(language)
    return {
        plain(function.note)
        for name, function in oracle.functions().items()
        if "note" not in own.get(name, {})
    }


def works_and_authors() -> set[str]:
    """What cases are taken from, as it is called in every language."""
    places = [source.record.get("where", "") for source in oracle.sources().values()]
    of_cases = [place for place in places if isinstance(place, dict)]
    return {place[field] for place in of_cases for field in ("work", "author")}


def test_nothing_but_the_choice_of_a_language_is_marked_as_another(translated):
    """Words of a link that leads to an English page are marked if they are English.

    So is the note of a function for which the language has none, and the work and the
    author of a case.
    """
    names = works_and_authors()
    assert len(names) > 10
    for url, document in translated.items():
        english_notes = notes_in_english(language_of(url))
        for part in document.xpath("/html/*//*[@lang]"):
            if text(part) in english_notes | names:
                continue
            tags = part.xpath("ancestor-or-self::a/@hreflang")
            assert tags == [part.get("lang")], url


def versions(url: str) -> dict[str, str]:
    """The page in each language that has it: the tag, and its address."""
    return {
        TAGS[language]: address_of(page_records(language)[original(url)].url)
        for language in LANGUAGES
        if original(url) in page_records(language)
    }


def test_the_versions_of_a_page_name_each_other(documents):
    """With the English one for whoever reads none of them."""
    for url, document in documents.items():
        if url == NOT_FOUND:
            continue
        expected = versions(url)
        if len(expected) == 1:
            expected = {}
        else:
            expected["x-default"] = expected["en"]
        links = document.xpath("//head/link[@hreflang]")
        named = {link.get("hreflang"): link.get("href") for link in links}
        assert named == expected, url


def test_a_page_that_is_shared_names_the_places_of_its_other_versions(documents):
    for url, document in documents.items():
        if url == NOT_FOUND:
            continue
        others = [
            word("language.locale", language)
            for language in LANGUAGES
            if language != language_of(url) and original(url) in page_records(language)
        ]
        assert sorted(meta(document, "og:locale:alternate")) == sorted(others), url


def test_the_map_of_the_site_names_the_versions_of_each_page(built):
    listed = sitemap(built.site)
    assert len(listed) == len(every_record()) - 1  # but the page for what is not there
    for url in every_record():
        if url != NOT_FOUND:
            expected = versions(url) if len(versions(url)) > 1 else {}
            assert listed[address_of(url)] == expected, url


# Where its links lead


def test_every_page_leads_to_itself_in_each_other_language(built, documents):
    """Or else to the first page in it, and says so."""
    for url, document in documents.items():
        links = document.xpath("//header//nav[@class='languages']//a")
        shown = {}
        for link in links:
            there = file_of(built.site, url, link.get("href"))
            shown[link.get("hreflang")] = (there, text(link), link.get("lang"))
        expected = {}
        for language in LANGUAGES:
            records = page_records(language)
            there = records.get(original(url), records["index.html"])
            words = word("language.name", language)
            if original(url) not in records:
                words += f" {word('site.home', language)}"
            expected[TAGS[language]] = (there.url, words, TAGS[language])
        del expected[TAGS[language_of(url)]]
        assert list(shown.items()) == list(expected.items()), url


def test_a_link_stays_in_its_language_or_says_that_it_does_not(built, translated):
    """A page that is translated in part leads to its own original, and says so behind the link."""
    marked = 0
    for url, document in translated.items():
        language = language_of(url)
        remark = squeezed(word("site.in_english", language))
        for link in document.xpath(
            "//a[@href][not(ancestor::nav[@class='languages'])]"
        ):
            if link.get("href").startswith(("http", "mailto:")):
                continue
            there = every_record().get(file_of(built.site, url, link.get("href")))
            if there is None:  # a file
                continue
            if there.language == language:
                assert remark not in text(link), (url, there.url)
                assert link.get("hreflang") is None, (url, there.url)
                continue
            is_original = there.original == original(url)
            assert is_original or there.original not in page_records(language), url
            assert link.get("hreflang") == "en", (url, there.url)
            if is_original:
                assert link.tail.strip().startswith(remark), url
            else:
                assert text(link).endswith(remark), (url, there.url)
            marked += 1
    assert marked >= len(OTHERS)  # each leads to the page that is English alone


BLOCKS = {"p", "li", "td", "th", "dd", "figcaption", "summary", "h2", "h3"}
# The blocks that differ, each beside that of the original.
OWN_LINKS = {
    "ko/questions/index.html": [
        (
            [
                (
                    "https://github.com/cs231n/cs231n.github.io/issues/230",
                    "https://github.com/cs231n/cs231n.github.io/issues/254",
                    "https://github.com/oreilly-japan/deep-learning-from-scratch/issues/61",
                    "https://greenday96.blogspot.com/2023/08",
                    "https://ja.stackoverflow.com/q/36359",
                    "https://kaendoki.com/2021/04/07/deep-learning-4-5-1-twolayernet/",
                )
            ],
            [
                (
                    "https://github.com/cs231n/cs231n.github.io/issues/230",
                    "https://github.com/cs231n/cs231n.github.io/issues/254",
                    "https://github.com/oreilly-japan/deep-learning-from-scratch/issues/61",
                    "https://ja.stackoverflow.com/q/36359",
                    "https://kaendoki.com/2021/04/07/deep-learning-4-5-1-twolayernet/",
                )
            ],
        )
    ],
    "ko/tutorial/routine/index.html": [([("/tutorial/",)], [])],
    "ko/tutorial/your-own-function/index.html": [
        ([("/symptoms/#scipy", "/tutorial/", "/tutorial/")], [("/symptoms/#scipy",)])
    ],
    "zh/playground/index.html": [
        (
            [("/check/", "/errata/layout/", "/functions/#the-verdicts")],
            [("/errata/layout/", "/functions/#the-verdicts")],
        )
    ],
    "zh/symptoms/index.html": [
        ([("/questions/#weights",)], []),
    ],
}
# Corrections are listed in English alone; elsewhere one is told where.
TRANSLATED_IN_PART = "corrections/index.html"


def links_by_block(
    site: Path, url: str, document: HtmlElement
) -> list[tuple[str, ...]]:
    """Where the links of each paragraph, item or cell lead, as typed in English."""
    blocks: dict[HtmlElement, list[str]] = {}
    for link in document.find(".//main").iter("a"):
        above = (each for each in link.iterancestors() if each.tag in BLOCKS)
        place = place_of(site, url, link.get("href"))
        place = place.replace(f"/{language_of(url)}/", "/", 1)
        place = place.replace(
            f".{language_of(url)}.svg", ".svg"
        )  # which has words in it
        blocks.setdefault(next(above, link.getparent()), []).append(place)
    return [tuple(sorted(places)) for places in blocks.values()]


def test_a_link_of_a_translation_leads_where_that_of_its_original_does(
    built, documents, translated
):
    """Block by block: within a sentence, languages have an order of their own."""
    for url, document in translated.items():
        english_one = original(url)
        if english_one == TRANSLATED_IN_PART:
            continue
        own = links_by_block(built.site, url, document)
        english = links_by_block(built.site, english_one, documents[english_one])
        changes = [
            (own[start:end], english[english_start:english_end])
            for kind, start, end, english_start, english_end in SequenceMatcher(
                None, own, english, autojunk=False
            ).get_opcodes()
            if kind != "equal"
        ]
        assert changes == OWN_LINKS.get(url, []), url


def test_a_translation_has_the_places_of_its_original(documents, translated):
    """So that a link to a place leads there in each language."""
    for url, document in translated.items():
        places = sorted(document.xpath("//@id"))
        assert places == sorted(documents[original(url)].xpath("//@id")), url


def test_a_translation_shows_the_pictures_of_its_original(built, documents, translated):
    """In their order, and none is drawn again for it."""
    for url, document in translated.items():
        shown = []
        for page_url, each in (
            (url, document),
            (original(url), documents[original(url)]),
        ):
            sources = each.xpath("//main//img/@src")
            shown.append([file_of(built.site, page_url, source) for source in sources])
        # The chart has words in it, and so a file in each language.
        in_language = f".{url.partition('/')[0]}.svg"
        in_english = [file.replace(in_language, ".svg") for file in shown[0]]
        assert in_english == shown[1], url
    for language in OTHERS:
        assert not (built.site / language / "figures").exists()
        assert not (built.site / "cards" / language).exists()


def codes_in_labels(document: HtmlElement) -> list[set[str]]:
    """The code that stands over each picture."""
    return [
        {text(code) for code in label.iter("code")}
        for label in with_class(document, "label")
    ]


def test_a_picture_of_a_translation_stands_under_the_code_of_its_original(
    documents, translated
):
    """It may have more of it: a language has no word for everything."""
    for url, document in translated.items():
        english = codes_in_labels(documents[original(url)])
        own = codes_in_labels(document)
        for codes, asked in zip(own, english, strict=True):
            assert codes >= asked, url


def test_a_translation_has_the_dates_of_its_original(documents, translated):
    for url, document in translated.items():
        if original(url) != TRANSLATED_IN_PART:
            dates = sorted(document.xpath("//time/@datetime"))
            assert dates == sorted(documents[original(url)].xpath("//time/@datetime"))


def test_a_translated_erratum_is_cited_by_its_own_title_and_address(translated):
    for url, document in translated.items():
        if every_record()[url].section == "errata":
            (cite,) = with_class(document, "cite")
            entry = one(cite, ".//pre").text_content()
            assert f"title = {{{{{every_record()[url].title}}}}}," in entry, url
            assert f"url = {{{address_of(url)}}}," in entry, url


def test_what_programs_read_of_errata_tells_each_once_in_english(built):
    errata = json.loads((built.site / "errata.json").read_text("utf-8"))["errata"]
    titles = [record["title"] for record in oracle.errata().values()]
    assert [each["title"] for each in errata] == titles


# A language that has translated little: a small site, with a few pages in Korean

FEW_WORDS = """
[language]
name = "한국어"
tag = "ko"
locale = "ko_KR"

[site]
in_english = "(영어)"
skip = "본문으로"

[date]
day = "{year}년 {month} {day}일"
months = ["1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"]

[pair]
correct = "둘 다 .T"

[erratum]
where = "위치"
"""
FEW_FUNCTIONS_NAMED = """
[product]
title = "곱"
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

{{ figure("two", *fields(*(page | session).arrows)) }}
"""
KOREAN_SESSION = """
```python
x = 1  # 하나
```

답: {{ (page | session).answer }}.

{{ figure("two", *fields(*(page | session).arrows)) }}
"""
FRONT_MATTER = '+++\ntitle = "{}"\n{}+++\n\n{}\n'
SECTIONS = (
    "글\n\n## 첫째\n\n{{ page.record.fixed.date | day }}\n\n## 둘째\n\n## 셋째\n\n"
    '{{ pair("product") }}\n'
)
FEW_PAGES = {
    "index.ko.md": ("처음", "", "글"),
    "errata/index.ko.md": ("정오표", "", "목록"),
    "errata/layout.ko.md": ("빠진 전치", 'summary = "한 행이 한 점."\n', SECTIONS),
    "errata/autoscale.ko.md": ("자동 축척", "", KOREAN_SESSION),
}
LAYOUT = "ko/errata/layout/index.html"
AUTOSCALE = "ko/errata/autoscale/index.html"


@pytest.fixture(scope="module")
def little(once, model: Project) -> dict[str, HtmlElement]:
    """The pages of a site with little in Korean."""

    def make(folder: Path) -> Project:
        project = copied(folder, model.root)
        strings = "gradviz_core/registry/strings"
        project.write(f"{strings}/words.ko.toml", FEW_WORDS)
        project.write(f"{strings}/functions.ko.toml", FEW_FUNCTIONS_NAMED)
        project.append("content/errata/autoscale.md", SESSION)
        for name, (title, fields, body) in FEW_PAGES.items():
            project.write(f"content/{name}", FRONT_MATTER.format(title, fields, body))
        return project

    return every_page(once("korean", make, "--base-url", BASE_URL).site)


def test_a_page_that_a_language_has_not_stays_in_english_alone(little):
    functions = {f"ko/functions/{name}/index.html" for name in FEW_FUNCTIONS}
    written = {"ko/index.html", "ko/errata/index.html", LAYOUT, AUTOSCALE}
    assert {url for url in little if url.startswith("ko/")} == functions | written


def test_english_fills_the_gaps_between_translated_words(little):
    layout = little[LAYOUT]
    assert text(with_class(layout, "skip")[0]) == "본문으로"
    labels = [text(each) for each in layout.xpath("//figure//p[@class='label']")]
    assert labels == [f"✗ {word('pair.buggy')}", "✓ 둘 다 .T"]
    facts = [text(each) for each in layout.xpath("//dl[@class='facts']//dt")]
    assert facts[:2] == ["위치", word("erratum.kind")]


def test_a_summary_that_is_not_translated_is_that_of_the_original(little):
    assert text(with_class(little[LAYOUT], "summary")[0]) == "한 행이 한 점."
    inherited = plain(oracle.errata()["autoscale"]["summary"])
    assert text(with_class(little[AUTOSCALE], "summary")[0]) == inherited


def test_a_list_has_the_english_title_of_a_page_that_is_not_translated_marked(little):
    links = little["ko/errata/index.html"].xpath("//main//tbody//th//a")
    titles = [record.title for record in in_order("errata")][2:]
    assert [text(link) for link in links] == [
        "빠진 전치",
        "자동 축척",
        *(f"{title}(영어)" for title in titles),
    ]
    marked = little["ko/errata/index.html"].xpath("//tbody//th//span[@lang='en']")
    assert [text(each) for each in marked] == titles


def test_a_translation_has_the_session_and_the_pictures_of_its_original(little):
    korean = little[AUTOSCALE]
    assert "답: 42." in [text(each) for each in korean.xpath("//main/p")]
    assert "# 하나" in korean.xpath("//main//pre")[0].text_content()
    for url in (AUTOSCALE, "errata/autoscale/index.html"):
        (image,) = little[url].xpath("//main/figure//img/@src")
        assert image.endswith("figures/errata/autoscale/two.svg")


def test_a_date_in_the_text_is_the_one_of_the_inherited_record(little):
    time = little[LAYOUT].xpath("//h2[@id='첫째']/following-sibling::p//time")[0]
    fixed = oracle.errata()["layout"]["fixed"]["date"]
    assert time.get("datetime") == fixed.isoformat()
    assert text(time) == f"{fixed.year}년 {fixed.month}월 {fixed.day}일"


def test_headings_in_any_script_can_be_led_to(little):
    layout = little[LAYOUT]
    places = layout.xpath("//main/h2/@id")
    assert places == ["첫째", "둘째", "셋째"]
    (contents,) = layout.xpath("//nav[@class='contents beside']")
    listed = [link.get("href") for link in contents.iter("a")]
    assert listed == ["#첫째", "#둘째", "#셋째", "#record"]
