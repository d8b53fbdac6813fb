"""The files of the built site: none is missing, none is left over, none tells where it was built.

First what the contract promises, then the addresses of all that was ever published, the
cards, and what programs read: feeds, the map of the site, robots.txt. Last, a site that does
not know its own address.
"""

import datetime
import re
from collections import Counter
from pathlib import Path

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL, POLICY, ROOT, Project, copied
from reading.feeds import feed_of, sitemap
from reading.pages import (
    every_page,
    json_ld,
    page,
    pages,
    target,
    text,
    with_class,
)
from reading.records import (
    ENGLISH,
    LANGUAGES,
    NOT_FOUND,
    PageRecord,
    every_record,
    front_matter,
    page_records,
    plain,
)
from reading.svg import pixels
from reading.words import said, word

from tests.site.published import listed, unlisted

PICTURES = ("correct", "buggy", "correct-autoscale", "buggy-autoscale")
HOMES = {"en": "", **{language: f"{language}/" for language in LANGUAGES[1:]}}


# The contract


def test_the_files_of_the_contract_are_there(built):
    expected = {
        "index.html", "404.html", "errata/index.html", "errata/layout/index.html",
        "tutorial/index.html", "functions/index.html", "playground/index.html",
        "data/functions.json", "errata.json", ".nojekyll", ".gitignore",
        "static/gradviz.js", "sitemap.xml", "robots.txt", "feed.xml",
    }  # fmt: skip
    for name in oracle.functions():
        expected.add(f"functions/{name}/index.html")
        expected.add(f"downloads/{name}.py")
        for picture in PICTURES:
            expected.add(f"figures/{name}-{picture}.svg")
            expected.add(f"figures/{name}-{picture}.png")
    assert expected <= set(built.files())
    assert {
        "sum_of_squares", "sum_of_squares_indexed", "product", "sine_of_product",
    } <= {*oracle.functions()}  # fmt: skip


def test_every_page_begins_with_the_content_policy(built):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for url in every_page(built.site):
        before, found, _ = built.page(url).partition(policy)
        assert found, url
        assert "<script" not in before, url
        assert "<link" not in before, url


DATA = {"application/json", "application/ld+json"}  # types of a script that is none


def test_no_page_holds_what_its_policy_refuses(built):
    for url, document in every_page(built.site).items():
        for element in document.iter("*"):
            assert element.tag != "style", url
            for name in element.attrib:
                assert name != "style", url
                assert not name.startswith("on"), url
            if element.tag == "script" and element.get("type") not in DATA:
                assert "src" in element.attrib, url


def test_the_page_for_what_is_not_found_begins_its_links_at_the_root(built):
    own = [
        address
        for address in page(built.site / NOT_FOUND).xpath("//@href | //@src")
        if "://" not in address and not address.startswith("#")
    ]
    assert "/repo/static/site.css" in own
    assert all(address.startswith("/repo/") for address in own)


def test_no_path_of_the_machine_is_published(built):
    for name, content in built.files().items():
        assert str(built.root).encode() not in content, name
        assert str(Path.home()).encode() + b"/" not in content, name


@pytest.mark.parametrize("role", ["correct", "buggy"])
def test_the_pictures_of_the_readme_are_those_of_the_site(built, role):
    name = f"product-{role}-autoscale.svg"
    picture = (ROOT / "docs" / name).read_bytes()
    published = (built.site / "figures" / name).read_bytes()
    assert picture == published, f"cp site/figures/{name} docs/"


def test_two_pictures_that_are_said_to_be_equal_are(built):
    first, second = (
        built.page(f"figures/errata/autoscale/mean-{number}.svg") for number in (1, 2)
    )
    assert first == second


# All files of the site

FOR_PROGRAMS = {".nojekyll", ".gitignore", ".gradviz", "robots.txt", "sitemap.xml"}
# What reads a script: for whoever loads one file, and for the playground, later.
FOR_PROGRAMS |= {"static/gradviz.js", "static/reader.js"}
LOADED_BY_STYLE = {"static/maths.woff2", "static/maths-licence.txt"}


def within(document: HtmlElement) -> list[str]:
    """The addresses of all that a page shows, loads or leads to within the site."""
    addresses = document.xpath("//@src | //@href")
    return [each for each in addresses if not re.match("https:|#|/", each)]


def test_the_files_are_those_that_pages_lead_to_and_those_that_programs_ask_for(built):
    """None is missing, and none is left over that nobody would ever find."""
    site = built.site.resolve()
    led_to = set()
    for url, document in every_page(built.site).items():
        if url != NOT_FOUND:
            led_to |= {target(site / url, address)[0] for address in within(document)}
    names = {path.relative_to(site).as_posix() for path in led_to}
    names |= set(every_record())
    names |= {record.card for record in cards()}
    names |= {f"{folder}feed.xml" for folder in HOMES.values()}
    names |= FOR_PROGRAMS | LOADED_BY_STYLE
    assert set(built.files()) == names


def test_the_file_that_keeps_a_host_from_reading_names_with_underscores_is_empty(built):
    assert (built.site / ".nojekyll").read_bytes() == b""


def test_nothing_of_the_site_is_ever_committed_but_its_place(built):
    assert built.page(".gitignore") == "*\n!.gitignore\n"


# Addresses that were published once lead somewhere for good: a section that moves leaves its
# id at a line that leads on.


def published_places() -> dict[str, set[str]]:
    """The ids that were ever published in each file, or none where the file is all."""
    places: dict[str, set[str]] = {}
    for address in listed():
        path, _, name = address.partition("#")
        places.setdefault(path, set()).update({name} - {""})
    return places


@pytest.mark.parametrize("path", published_places())
def test_what_was_published_is_still_there(built, path):
    assert (built.site / path).is_file()
    places = published_places()[path]
    if places:
        assert places - {*page(built.site / path).xpath("//@id")} == set()


def test_what_is_published_is_listed(built):
    """From then on it is held to stay."""
    assert unlisted(built.site) == [], "type make addresses"


def test_every_heading_of_a_page_says_its_own_id(built):
    """So that no edit of its words, and no language, gives it another one."""
    without = []
    for source in sorted((built.root / "content").rglob("*.md")):
        in_code = False
        for line in source.read_text(encoding="utf-8").splitlines():
            in_code ^= line.startswith("```")
            is_heading = line.startswith(("## ", "### "))
            if is_heading and not in_code and "{: #" not in line:
                without.append(f"{source.name}: {line}")
    assert not without


# Cards, which are shown where an address is shared. That each page names its own, and a
# translation that of its original, test_every_page.py holds.


def cards() -> list[PageRecord]:
    """The pages that have a card."""
    return [each for url, each in page_records().items() if url != NOT_FOUND]


def test_no_two_pages_of_different_titles_have_the_same_card(built):
    titles = {}
    for record in cards():
        content = (built.site / record.card).read_bytes()
        assert titles.setdefault(content, record.title) == record.title, record.card


def test_a_card_has_the_size_that_sites_show(built):
    for record in cards():
        assert pixels(built.site / record.card).shape == (630, 1200, 3), record.card


# Feeds


def midnight(date: datetime.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"


def words_of_changes(record: PageRecord, kind: str) -> list[tuple[datetime.date, str]]:
    """What is recorded to have changed on a page, from the first day to the last."""
    source = oracle.sources()[record.original]
    changes = source.record.get(kind, [])
    told = changes
    if record.language != ENGLISH and changes:
        own = (ROOT / source.path).with_suffix(f".{record.language}.md")
        told = front_matter(own)[kind]
    days = [change["date"] for change in changes]
    words = [plain(change["what"]) for change in told]
    return sorted(zip(days, words, strict=True), key=lambda each: each[0])


def recorded_entries(language: str) -> dict[str, tuple[str, str, str, str]]:
    """What a feed must say of each change, by its id. Corrections are told in English alone."""
    entries = {}
    gap = word("language.between_sentences", language)
    kinds = ("changes", "corrections") if language == ENGLISH else ("changes",)
    for record in page_records(language).values():
        if record.section == "functions" and record.original not in oracle.sources():
            continue
        address = BASE_URL + record.address.removeprefix("/")
        for kind in kinds:
            of_that_day: Counter = Counter()
            changes = words_of_changes(record, kind)
            for number, (date, words) in enumerate(changes):
                of_that_day[date] += 1
                again = f"-{of_that_day[date]}" if of_that_day[date] > 1 else ""
                if kind == "changes" and number == 0:
                    words += gap + record.words
                link = f"{address}#changes" if kind == "changes" else address
                identity = f"{address}#{kind}-{date.isoformat()}{again}"
                entries[identity] = (record.title, midnight(date), link, words)
    return entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_has_an_entry_for_each_change_and_correction_and_no_other(
    built, language
):
    shown = {}
    feed = feed_of(built.site, language)
    for entry in feed.entries:
        ((kind, address),) = entry.links.values()
        assert (*entry.links, kind) == ("alternate", "text/html")
        shown[entry.identity] = (entry.title, entry.updated, address, entry.summary)
    assert shown == recorded_entries(language)
    assert len(feed.entries) == len(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_begins_with_the_latest_day(built, language):
    feed = feed_of(built.site, language)
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    assert feed.updated == days[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_leads_to_a_place_that_is_there(built, language):
    for entry in feed_of(built.site, language).entries:
        _, address = entry.links["alternate"]
        path, _, anchor = address.removeprefix(BASE_URL).partition("#")
        document = page(built.site / path / "index.html")
        if anchor:
            assert document.xpath("//@id").count(anchor) == 1, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_says_whose_it_is_and_where_it_comes_from(built, language):
    feed = feed_of(built.site, language)
    name = word("site.name", language)
    own = f"{BASE_URL}{HOMES[language]}"
    assert feed.language == word("language.tag", language)
    assert feed.identity == f"{own}feed.xml"
    assert feed.title == f"{name}: {said('feed.title', language)}"
    assert feed.subtitle == said("site.description", language)
    assert feed.author == name
    assert feed.links == {
        "self": ("application/atom+xml", f"{own}feed.xml"),
        "alternate": ("text/html", f"{own}errata/"),
    }


# The map of the site, and robots


def test_the_map_of_the_site_has_every_page_once_but_the_one_for_what_is_not_there(
    built,
):
    expected = [
        BASE_URL + record.address.removeprefix("/")
        for url, record in every_record().items()
        if url != NOT_FOUND
    ]
    assert sorted(sitemap(built.site)) == sorted(expected)


def test_robots_are_let_in_and_shown_the_map(built):
    assert built.page("robots.txt").splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {BASE_URL}sitemap.xml",
    ]


# A site that does not know its own address


@pytest.fixture(scope="module")
def homeless(once, model) -> Project:
    """A small site that was built without being told where it will stand."""
    return once("homeless", lambda folder: copied(folder, model.root))


def test_what_needs_an_address_is_left_out(homeless):
    for name in ("feed.xml", "sitemap.xml", "robots.txt"):
        assert not (homeless.site / name).exists(), name
    for url, document in pages(homeless.site).items():
        assert document.cssselect("link[rel=canonical], link[rel=alternate]") == [], url
        assert document.cssselect("meta[property], meta[name^=twitter]") == [], url
        assert document.cssselect("[data-url], [data-address]") == [], url
        assert "example.org" not in homeless.page(url), url


def test_an_erratum_is_cited_without_an_address_and_says_so(homeless):
    for slug in oracle.errata():
        document = page(homeless.site / f"errata/{slug}/index.html")
        (section,) = with_class(document, "cite")
        assert text(section.find("p")) == said("erratum.cite_address"), slug
        assert "url =" not in section.find(".//pre").text_content(), slug
        (record,) = json_ld(document)
        assert not {"url", "image"} & set(record), slug


def test_the_page_for_what_is_not_there_begins_its_links_at_the_root_of_the_host(
    homeless,
):
    links = page(homeless.site / NOT_FOUND).xpath("//header//nav//a/@href")
    assert links[0] == "/symptoms/index.html"
    assert all(href.startswith("/") for href in links)
