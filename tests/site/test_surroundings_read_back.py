"""What stands around the text of every page is that of this very page.

Title and summary, what search engines and other sites are told, the menu, the contents, the
pages before and after, and the whole address that each link carries along.
"""

import pytest
from oracle import errata, functions, sources
from project import BASE_URL
from reading.pages import file_of, one, pages, squeezed, text, with_class
from reading.records import plain

MENU = {
    "Your plot": "symptoms/index.html",
    "Errata": "errata/index.html",
    "Tutorial": "tutorial/index.html",
    "Functions": "functions/index.html",
    "Playground": "playground/index.html",
    "Use it": "use/index.html",
}
FOOTER = {
    "Corrections to this site": "corrections/index.html",
    "About this site": "about/index.html",
}
NOT_FOUND = "404.html"
SMALL_MARKS = {"correct": "✓", "buggy": "✗", "book": ""}
SITE_IN_A_SENTENCE = (
    "A visual erratum: what one missing transpose does to a gradient plot, why nobody noticed, and "
    "how to see it in your own code."
)


@pytest.fixture(scope="module")
def site(built):
    return built.site


@pytest.fixture(scope="module")
def records():
    """Title and summary of every page, by its address."""
    found = {}
    for name, function in functions().items():
        found[f"functions/{name}/index.html"] = (function.title, function.note)
    for url, source in sources().items():
        found[url] = (source.record["title"], source.record.get("summary", ""))
    return found


def steps():
    """The pages of the tutorial in the order of their files."""
    tutorial = (url for url in sources() if url.startswith("tutorial/"))
    return [url for url in tutorial if url != "tutorial/index.html"]


def address_of(file):
    """The whole address of a file of the site, as people link to it."""
    return BASE_URL + file.removesuffix("index.html")


def meta(document, name):
    """What a page says of itself to programs under a name."""
    return one(document, f"//meta[@name='{name}' or @property='{name}']").get("content")


def test_the_pages_are_those_of_the_sources_and_the_registry(site, records):
    assert set(pages(site)) == set(records)


def test_a_page_has_the_title_and_the_summary_of_its_record(site, records):
    for url, document in pages(site).items():
        title, summary = records[url]
        assert text(one(document, "//h1")) == title, url
        if summary and url != NOT_FOUND:
            shown = one(document, "//h1/following::p[@class='summary'][1]")
            assert text(shown) == plain(summary), url


def test_a_page_is_described_by_its_summary_or_by_what_the_site_is(site, records):
    for url, document in pages(site).items():
        _, summary = records[url]
        assert squeezed(meta(document, "description")) == plain(
            summary or SITE_IN_A_SENTENCE
        ), url


def test_other_sites_are_told_the_address_the_title_and_the_card_of_a_page(
    site, records
):
    for url, document in pages(site).items():
        if url == NOT_FOUND:
            continue
        title, summary = records[url]
        assert one(document, "//link[@rel='canonical']").get("href") == address_of(
            url
        ), url
        assert meta(document, "og:url") == address_of(url), url
        assert meta(document, "og:title") == title, url
        assert squeezed(meta(document, "og:description")) == plain(
            summary or SITE_IN_A_SENTENCE
        ), url
        card = f"cards/{url.removesuffix('.html').removesuffix('/index')}.png"
        assert meta(document, "og:image") == BASE_URL + card, url
        assert (site / card).is_file(), url


def test_the_menu_leads_where_it_says_and_marks_where_the_reader_is(site):
    for url, document in pages(site).items():
        links = document.xpath("//header//nav//li/a")
        found = {text(link): file_of(site, url, link.get("href")) for link in links}
        assert found == MENU, url
        for link in links:
            file = MENU[text(link)]
            is_here = url.startswith(file.removesuffix("index.html"))
            expected = ("page" if url == file else "true") if is_here else None
            assert link.get("aria-current") == expected, f"{url}: {text(link)}"


def test_the_foot_of_a_page_leads_where_it_says(site):
    for url, document in pages(site).items():
        links = document.xpath("//footer[@class='colophon']/p/a")
        assert {text(a): file_of(site, url, a.get("href")) for a in links} == FOOTER, (
            url
        )


def test_the_contents_of_a_page_are_its_headings_in_their_order(site):
    with_contents = 0
    for url, document in pages(site).items():
        headings = []
        for heading in document.iter("h2"):
            is_in_a_part = heading.xpath("ancestor::section[not(parent::main)]")
            is_linked = heading.get("id") and with_class(heading, "headerlink")
            if is_linked and not is_in_a_part:
                headings.append(
                    (text(heading).removesuffix("#").strip(), f"#{heading.get('id')}")
                )
        for contents in with_class(document, "contents"):
            with_contents += 1
            links = [(text(a), a.get("href")) for a in contents.iter("a")]
            assert links == headings, url
    assert with_contents


def test_the_sign_beside_a_heading_leads_to_it(site):
    for url, document in pages(site).items():
        for sign in with_class(document, "headerlink"):
            assert sign.get("href") == f"#{sign.getparent().get('id')}", url


def neighbours(document, site, url):
    found = {}
    for link in document.xpath("//nav[@class='neighbours']//a[@rel]"):
        file = file_of(site, url, link.get("href"))
        found[link.get("rel")] = (file, text(link))
    return found


@pytest.mark.parametrize(
    "order",
    [
        [*steps(), "playground/index.html"],
        [f"errata/{slug}/index.html" for slug in errata()],
    ],
    ids=["tutorial", "errata"],
)
def test_before_and_after_a_page_stand_its_neighbours(site, records, order):
    for k, url in enumerate(order):
        if url == "playground/index.html":
            continue
        expected = {}
        if k > 0:
            expected["prev"] = (order[k - 1], f"← Previous {records[order[k - 1]][0]}")
        if k + 1 < len(order):
            expected["next"] = (order[k + 1], f"Next → {records[order[k + 1]][0]}")
        assert neighbours(pages(site)[url], site, url) == expected, url


def test_the_tutorial_lists_its_steps_with_their_titles_and_summaries(site, records):
    items = pages(site)["tutorial/index.html"].xpath("//ol[@class='steps']/li")
    for url, item in zip(steps(), items, strict=True):
        title, summary = records[url]
        link = one(item, ".//h2/a")
        assert file_of(site, "tutorial/index.html", link.get("href")) == url
        assert text(link) == title
        assert text(one(item, ".//p")) == plain(summary)


def test_beside_each_step_stand_its_own_pictures_small_with_their_marks(site):
    """Those that its front matter names, which is what is shown on its page."""
    items = pages(site)["tutorial/index.html"].xpath("//ol[@class='steps']/li")
    for url, item in zip(steps(), items, strict=True):
        named = sources()[url].record["picture"]
        shown = item.xpath(".//*[@class='small']/*")
        assert {each.get("class"): text(each) for each in shown} == {
            role: SMALL_MARKS[role] for role in named
        }
        on_the_page = {
            file_of(site, url, image.get("src"))
            for image in pages(site)[url].iter("img")
        }
        for each in shown:
            image = file_of(site, "tutorial/index.html", one(each, "img").get("src"))
            assert image == f"figures/{named[each.get('class')]}.svg"
            assert image in on_the_page


def test_a_step_says_which_it_is_and_of_how_many(site):
    for k, url in enumerate(steps(), start=1):
        up = one(pages(site)[url], "//p[@class='place'][following::h1]")
        assert text(up) == f"Tutorial · Step {k} of {len(steps())}"
        link = one(up, "a")
        assert file_of(site, url, link.get("href")) == "tutorial/index.html"


def test_the_address_that_paper_spells_out_is_that_of_where_a_link_leads(site):
    """With its anchor, but without a function for the playground, which nobody would type."""
    checked = 0
    for url, document in pages(site).items():
        for link in document.xpath("//a[@data-url]"):
            href = link.get("href")
            expected = address_of(file_of(site, url, href))
            anchor = href.partition("#")[2]
            if anchor and not anchor.startswith("f="):
                expected += f"#{anchor}"
            assert link.get("data-url") == expected, f"{url}: {href}"
            checked += 1
        brand = one(document, "//a[@class='brand']")
        assert brand.get("data-address") == address_of(url), url
    assert checked > len(pages(site))
