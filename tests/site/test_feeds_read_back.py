"""What programs read beside the pages: the feed, the map of the site, and all its files."""

import datetime
import json
import re
from collections import Counter
from xml.etree import ElementTree

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL, Project, copied
from reading.pages import LANGUAGE, every_page_file, page, page_files, target, text
from reading.records import page_records, plain

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
HOME_OF_ERRATA = f"{BASE_URL}errata/"
DESCRIPTION = (
    "A visual erratum: what one missing transpose does to a gradient plot, why nobody "
    "noticed, and how to see it in your own code."
)


@pytest.fixture(scope="module")
def feed(built) -> ElementTree.Element:
    return ElementTree.fromstring((built.site / "feed.xml").read_bytes())


def words_of(element: ElementTree.Element, name: str) -> str:
    """The words of the only child of this name."""
    (child,) = element.findall(ATOM + name)
    return child.text


def links_of(element: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """Each link of a feed or entry by its relation: of which type, and where it leads."""
    return {
        link.get("rel"): (link.get("type"), link.get("href"))
        for link in element.findall(f"{ATOM}link")
    }


def midnight(date: datetime.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"


def recorded_entries() -> dict[str, tuple[str, str, str, str]]:
    """What the feed must say of each change and correction, by its id."""
    entries = {}
    for url, source in oracle.sources().items():
        address = BASE_URL + url.removesuffix("index.html")
        for kind in ("changes", "corrections"):
            changes = sorted(source.record.get(kind, []), key=lambda each: each["date"])
            of_that_day: Counter = Counter()
            for number, change in enumerate(changes):
                date = change["date"]
                of_that_day[date] += 1
                again = f"-{of_that_day[date]}" if of_that_day[date] > 1 else ""
                words = plain(change["what"])
                if kind == "changes" and number == 0:
                    words += " " + plain(source.record["summary"])
                link = f"{address}#changes" if kind == "changes" else address
                identity = f"{address}#{kind}-{date.isoformat()}{again}"
                entries[identity] = (
                    source.record["title"],
                    midnight(date),
                    link,
                    words,
                )
    return entries


def test_the_feed_has_an_entry_for_each_change_and_correction_and_no_other(feed):
    shown = {}
    for entry in feed.findall(f"{ATOM}entry"):
        links = links_of(entry)
        assert set(links) == {"alternate"}
        kind, address = links["alternate"]
        assert kind == "text/html"
        shown[words_of(entry, "id")] = (
            words_of(entry, "title"),
            words_of(entry, "updated"),
            address,
            words_of(entry, "summary").strip(),
        )
    assert shown == recorded_entries()
    assert len(feed.findall(f"{ATOM}entry")) == len(shown)


def test_the_feed_begins_with_the_latest_day(feed):
    days = [words_of(entry, "updated") for entry in feed.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert words_of(feed, "updated") == days[0]


def test_an_entry_leads_to_a_place_that_is_there(built, feed):
    for entry in feed.findall(f"{ATOM}entry"):
        _, address = links_of(entry)["alternate"]
        path, _, anchor = address.removeprefix(BASE_URL).partition("#")
        document = page(built.site / path / "index.html")
        if anchor:
            assert len(document.cssselect(f"#{anchor}")) == 1, address


def test_the_feed_says_whose_it_is_and_where_it_comes_from(feed):
    assert feed.get(XML_LANGUAGE) == "en"
    assert words_of(feed, "id") == f"{BASE_URL}feed.xml"
    assert words_of(feed, "title") == "gradviz: Errata and corrections"
    assert words_of(feed, "subtitle") == DESCRIPTION
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "gradviz"
    assert links_of(feed) == {
        "self": ("application/atom+xml", f"{BASE_URL}feed.xml"),
        "alternate": ("text/html", HOME_OF_ERRATA),
    }


def test_the_map_of_the_site_has_every_page_once_but_the_one_for_what_is_not_there(
    built,
):
    site_map = ElementTree.fromstring((built.site / "sitemap.xml").read_bytes())
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert site_map.tag == f"{space}urlset"
    listed = [url.findtext(f"{space}loc") for url in site_map]
    expected = [
        BASE_URL + each.address.removeprefix("/")
        for url, each in page_records().items()
        if url != "404.html"
    ]
    english = [loc for loc in listed if not LANGUAGE.match(loc.removeprefix(BASE_URL))]
    assert sorted(english) == sorted(expected)
    others = [url for url in every_page_file(built.site) if LANGUAGE.match(url)]
    assert len(listed) == len(english) + len(others) == len(set(listed))


def test_robots_are_let_in_and_shown_the_map(built):
    robots = (built.site / "robots.txt").read_text(encoding="utf-8")
    assert robots.splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {BASE_URL}sitemap.xml",
    ]


# All files of the site

FOR_PROGRAMS = {".nojekyll", ".gitignore", ".gradviz", "robots.txt", "sitemap.xml"}
# What reads a script: for whoever loads one file, and for the playground, later.
FOR_PROGRAMS |= {"static/gradviz.js", "static/reader.js"}
LOADED_BY_STYLE = {"static/maths.woff2", "static/maths-licence.txt"}


def fetched(document: HtmlElement) -> list[str]:
    """The addresses of all that a page shows, loads or leads to within the site."""
    found = []
    for element in document.cssselect("[src], [href]"):
        address = element.get("src") or element.get("href")
        if not re.match("https:|#|/", address):
            found.append(address)
    return found


def test_the_files_are_those_that_the_pages_lead_to_and_those_that_programs_ask_for(
    built,
):
    """None is missing, and none is left over that nobody would ever find."""
    site = built.site.resolve()
    led_to = set()
    for url, path in page_files(site).items():
        if url != "404.html":
            led_to |= {target(path, address)[0] for address in fetched(page(path))}
    names = {path.relative_to(site).as_posix() for path in led_to}
    names |= set(page_records())
    names |= {each.card for url, each in page_records().items() if url != "404.html"}
    names |= FOR_PROGRAMS | LOADED_BY_STYLE
    # A language adds its pages and its feed, and no file that they show.
    names |= {url for url in every_page_file(site) if LANGUAGE.match(url)}
    names |= {
        f"{LANGUAGE.match(url)[1]}/feed.xml" for url in names if LANGUAGE.match(url)
    }
    there = {
        path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()
    }
    assert there == names


def test_every_function_has_its_four_pictures_of_both_kinds_and_its_script(built):
    for name in oracle.functions():
        for role in ("correct", "buggy"):
            for scale in ("", "-autoscale"):
                for kind in ("svg", "png"):
                    picture = f"figures/{name}-{role}{scale}.{kind}"
                    assert (built.site / picture).is_file(), picture
        assert (built.site / f"downloads/{name}.py").is_file(), name


def test_the_file_that_keeps_a_host_from_reading_names_with_underscores_is_empty(built):
    assert (built.site / ".nojekyll").read_bytes() == b""


def test_nothing_of_the_site_is_ever_committed_but_its_place(built):
    assert (built.site / ".gitignore").read_text(encoding="utf-8") == "*\n!.gitignore\n"


# A site that does not know its own address


@pytest.fixture(scope="module")
def homeless(once, model) -> Project:
    """A small site that was built without being told where it will stand."""
    return once("homeless", lambda folder: copied(folder, model.root))


def test_what_needs_an_address_is_left_out(homeless):
    for name in ("feed.xml", "sitemap.xml", "robots.txt"):
        assert not (homeless.site / name).exists(), name
    for url, path in page_files(homeless.site).items():
        document = page(path)
        assert document.cssselect("link[rel=canonical], link[rel=alternate]") == [], url
        assert document.cssselect("meta[property], meta[name^=twitter]") == [], url
        assert document.cssselect("[data-url], [data-address]") == [], url
        assert b"example.org" not in path.read_bytes(), url


def test_an_erratum_is_cited_without_an_address_and_says_so(homeless):
    for slug in oracle.errata():
        document = page(homeless.site / f"errata/{slug}/index.html")
        (section,) = document.cssselect(".cite")
        assert text(section.find("p")).endswith(
            " Please add the address that your browser shows."
        ), slug
        assert "url =" not in section.find("pre").text_content(), slug
        (script,) = document.cssselect('script[type="application/ld+json"]')
        assert not {"url", "image"} & set(json.loads(script.text)), slug


def test_the_page_for_what_is_not_there_begins_its_links_at_the_root_of_the_host(
    homeless,
):
    document = page(homeless.site / "404.html")
    menu = [link.get("href") for link in document.cssselect("header nav a")]
    assert menu[0] == "/symptoms/index.html"
    assert all(href.startswith("/") for href in menu)
