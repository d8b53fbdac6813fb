"""The built site has the files of the contract, and what programs read of it is as promised."""

import datetime
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import oracle
import pytest
from project import BASE_URL, POLICY, ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
PICTURES = ("correct", "buggy", "correct-autoscale", "buggy-autoscale")


def test_the_files_of_the_contract_are_there(built):
    files = built.files()
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
    assert expected <= set(files)
    assert {
        "sum_of_squares", "sum_of_squares_indexed", "product", "sine_of_product",
    } <= {*oracle.functions()}  # fmt: skip


def test_git_sees_nothing_of_a_site_but_that_there_is_a_folder(built):
    assert built.page(".gitignore") == "*\n!.gitignore\n"


def test_the_data_of_functions_has_the_fields_of_the_contract(built):
    record = json.loads(built.page("data/functions.json"))
    assert {*record} == {"grid", "step", "functions"}
    by_name = {entry["name"]: entry for entry in record["functions"]}
    assert {*by_name["product"]} == {"name", "title", "spelling", "gradient", "layouts"}
    assert {*by_name["bowl"]} == {*by_name["product"], "grid"}  # which has one of its own
    for layout in oracle.LAYOUTS:
        assert {*by_name["product"]["layouts"][layout]} == {*oracle.STATISTICS}


def test_every_page_begins_with_the_content_policy(built):
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for name, content in built.files().items():
        if name.endswith(".html"):
            before, found, _ = content.decode().partition(policy)
            assert found, name
            assert "<script" not in before, name
            assert "<link" not in before, name


def test_the_page_for_what_is_not_found_begins_its_links_at_the_root(built):
    links = re.findall(r'\s(?:href|src)="([^"#]+)"', built.page("404.html"))
    own = [link for link in links if "://" not in link]
    assert "/repo/static/site.css" in own
    assert all(link.startswith("/repo/") for link in own)


def test_the_sitemap_lists_every_page_by_its_own_address(built):
    addresses = re.findall(r"<loc>(.*?)</loc>", built.page("sitemap.xml"))
    pages = [name for name in built.files() if name.endswith("index.html")]
    assert sorted(addresses) == sorted(BASE_URL + name[: -len("index.html")] for name in pages)
    for address in addresses:
        page = built.page(f"{address.removeprefix(BASE_URL)}index.html")
        assert f'<link rel="canonical" href="{address}">' in page


def test_robots_are_led_to_the_sitemap(built):
    assert f"Sitemap: {BASE_URL}sitemap.xml" in built.page("robots.txt")


# --- the feed --------------------------------------------------------------------------------


def text_of(element: ElementTree.Element, name: str) -> str:
    """The text of the one element of this name, which is plain and not padded."""
    (found,) = element.findall(ATOM + name)
    assert len(found) == 0
    assert found.text == found.text.strip() != ""
    return found.text


@pytest.fixture(scope="module")
def feed(built):
    return ElementTree.fromstring(built.page("feed.xml"))


def test_the_feed_has_what_the_format_asks_for(feed):
    """RFC 4287: id, title and updated once each, links by their kinds, times with a zone."""
    assert feed.tag == f"{ATOM}feed"
    assert text_of(feed, "id") == f"{BASE_URL}feed.xml"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"{BASE_URL}feed.xml"
    assert text_of(feed.find(f"{ATOM}author"), "name")
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        assert text_of(element, "id").startswith(BASE_URL)
        assert text_of(element, "title")
        moment = datetime.datetime.fromisoformat(text_of(element, "updated"))
        assert moment.tzinfo == datetime.UTC
    ids = [text_of(entry, "id") for entry in entries]
    assert len(ids) == len({*ids})


def test_the_feed_begins_with_what_came_last(feed):
    days = [text_of(entry, "updated") for entry in feed.findall(f"{ATOM}entry")]
    assert days == sorted(days, reverse=True)
    assert text_of(feed, "updated") == days[0]


def test_an_entry_of_the_feed_leads_to_a_place_that_is_there(built, feed):
    for entry in feed.findall(f"{ATOM}entry"):
        (link,) = entry.findall(f"{ATOM}link")
        path, _, place = link.get("href").removeprefix(BASE_URL).partition("#")
        page = built.page(f"{path}index.html")
        assert f'id="{place}"' in page or not place


def test_the_feed_has_every_change_of_an_erratum_and_every_correction(feed):
    records = [source.record for source in oracle.sources().values()]
    days = []
    for record in records:
        changes = [*record.get("changes", ()), *record.get("corrections", ())]
        days += [change["date"].isoformat() for change in changes]
    entries = feed.findall(f"{ATOM}entry")
    assert sorted(text_of(entry, "updated")[:10] for entry in entries) == sorted(days)


# --- what goes with the site -----------------------------------------------------------------


def test_no_path_of_the_machine_is_published(built):
    for name, content in built.files().items():
        assert str(built.root).encode() not in content, name
        assert str(Path.home()).encode() + b"/" not in content, name


@pytest.mark.parametrize("name", ["product-correct.svg", "product-buggy.svg"])
def test_the_pictures_of_the_readme_are_those_of_the_site(built, name):
    picture = (ROOT / "docs" / name).read_bytes()
    assert picture == built.files()[f"figures/{name}"], f"cp site/figures/{name} docs/"


def test_two_pictures_that_are_said_to_be_equal_are(built):
    files = built.files()
    one, two = (files[f"figures/errata/autoscale/mean-{number}.svg"] for number in (1, 2))
    assert one == two


def test_scripts_are_published_without_comments_and_margins(built):
    scripts = [
        name for name in built.files() if name.startswith("static/") and name.endswith(".js")
    ]
    assert len(scripts) > 3
    for name in scripts:
        for line in built.page(name).splitlines():
            assert line == line.strip(), name
            assert line, name
            assert not line.startswith(("//", "/*")), name
