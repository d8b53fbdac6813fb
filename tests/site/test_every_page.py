"""What stands around the text of every page, in every language, from its title to its footer.

What pages are called, and in which order they are read, comes from the front matter of
`content/` and from the registry; what the interface says, from its words by their keys.
"""

import re
from urllib.parse import unquote, urldefrag

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL
from reading.pages import (
    LANGUAGE,
    every_page,
    file_of,
    links_in,
    meta,
    one,
    pages,
    place_of,
    squeezed,
    target,
    text,
    with_class,
)
from reading.records import (
    NOT_FOUND,
    PageRecord,
    every_record,
    in_order,
    links,
    own_title,
    page_for,
    page_records,
    plain,
)
from reading.words import said, word

SMALL_MARKS = {"correct": "✓", "buggy": "✗", "book": ""}
PLACE_OF_A_FILE = re.compile(
    r"https://github\.com/[^/]+/[^/]+/(blob|tree|commit|raw)/([^/]*)"
)


@pytest.fixture(scope="module")
def documents(built) -> dict[str, HtmlElement]:
    """Every page in every language, by its url."""
    return every_page(built.site)


@pytest.fixture(scope="module")
def addressed(documents) -> dict[str, HtmlElement]:
    """Every page but the one that is shown where there is none: it has no address."""
    return {url: each for url, each in documents.items() if url != NOT_FOUND}


@pytest.fixture(scope="module")
def english(built) -> dict[str, HtmlElement]:
    return pages(built.site)


def address_of(url: str) -> str:
    """The whole address of a page, as people link to it."""
    return BASE_URL + url.removesuffix("index.html")


def as_read(key: str, language: str) -> str:
    """The word at a key as a page shows it."""
    return squeezed(word(key, language))


def led(original: str, language: str) -> tuple[str, str]:
    """Where pages in a language lead to for an English page, and the remark behind."""
    record = page_for(original, language)
    remark = "" if record.language == language else as_read("site.in_english", language)
    return record.address, squeezed(remark)


def original_at(address: str) -> str:
    """The url of the English page that is typed as `/use/`."""
    return f"{address.removeprefix('/')}index.html"


def labelled_links(key: str, language: str) -> list[tuple[str, str]]:
    """The links of a menu: their labels, and where they lead in a language."""
    shown = []
    for item in word(key, language):
        address, remark = led(original_at(item["url"]), language)
        shown.append((item["label"] + remark, address))
    return shown


# What a page calls itself


def test_the_pages_are_those_of_the_content_and_of_the_registry(documents):
    assert set(documents) == set(every_record())
    assert len(documents) > 2 * len(page_records())


def test_a_page_has_one_title_and_it_is_that_of_its_record(documents):
    for url, document in documents.items():
        titles = [text(title) for title in document.iter("h1")]
        assert titles == [every_record()[url].title], url


def test_the_title_of_a_window_names_page_and_site_and_first_the_subject(documents):
    for url, document in documents.items():
        record = every_record()[url]
        name = as_read("site.name", record.language)
        subject = ""
        if record.original == "index.html":
            subject = " " + as_read("site.subject", record.language)
        expected = f"{record.title}{subject} · {name}"
        assert text(document.find(".//title")) == expected, url


def test_a_page_is_summarised_below_its_title_and_for_search_in_the_same_words(
    documents,
):
    for url, document in documents.items():
        record = every_record()[url]
        shown = [text(each) for each in document.xpath("//main//p[@class='summary']")]
        assert shown == [record.words], url
        described = [squeezed(each) for each in meta(document, "description")]
        assert described == [record.words_for_search], url


def test_a_page_knows_its_own_address(addressed):
    for url, document in addressed.items():
        canonical = document.xpath("//link[@rel='canonical']/@href")
        assert canonical == [address_of(url)], url
        assert meta(document, "og:url") == [address_of(url)], url
        assert document.xpath("//a[@class='brand']/@data-address") == [address_of(url)]


def card_of(record):
    """What is said of its card: pages on symmetry have their own pair there, if any."""
    is_on_symmetry = record.original.startswith("symmetry/")
    if is_on_symmetry and {"correct", "buggy"} <= pair_of(record).keys():
        return "case.card"
    return "site.card"


def pair_of(record):
    return oracle.sources()[record.original].record.get("picture", {})


def test_a_page_that_is_shared_is_named_described_and_pictured_as_it_is(addressed):
    for url, document in addressed.items():
        record = every_record()[url]
        expected = {
            "og:title": record.title,
            "og:description": record.words_for_search,
            "og:site_name": as_read("site.name", record.language),
            "og:type": "article",
            "og:locale": as_read("language.locale", record.language),
            "og:image": BASE_URL + record.card,
            "og:image:alt": said(card_of(record), record.language),
            "twitter:card": "summary_large_image",
        }
        for name, value in expected.items():
            assert [squeezed(each) for each in meta(document, name)] == [value], url


def test_the_page_that_is_shown_where_there_is_none_claims_no_address(documents):
    lost = documents[NOT_FOUND]
    assert lost.cssselect("link[rel=canonical], link[rel=alternate]") == []
    assert lost.cssselect("meta[property]") == []


def test_every_page_leads_programs_to_the_feed_of_its_language(addressed):
    for url, document in addressed.items():
        feed = one(document, "//link[@type='application/atom+xml']")
        found = LANGUAGE.match(url)
        folder = found[0] if found else ""
        assert feed.get("rel") == "alternate", url
        assert feed.get("title") == as_read("feed.title", every_record()[url].language)
        assert feed.get("href") == f"{BASE_URL}{folder}feed.xml", url


# The frame


def test_the_first_link_skips_to_the_text(documents):
    for url, document in documents.items():
        first = next(document.iter("a"))
        skip = as_read("site.skip", every_record()[url].language)
        assert (text(first), first.get("href")) == (skip, "#text"), url
        assert [each.tag for each in document.xpath("//*[@id='text']")] == ["main"]


def test_the_name_of_the_site_leads_home(built, documents):
    for url, document in documents.items():
        language = every_record()[url].language
        brand = one(document, "//a[@class='brand']")
        assert text(brand) == as_read("site.name", language), url
        home = page_records(language)["index.html"]
        assert place_of(built.site, url, brand.get("href")) == home.address, url


def menu_of(document: HtmlElement, language: str) -> HtmlElement:
    name = as_read("site.sections", language)
    (menu,) = document.xpath("//header//nav[@aria-label=$name]", name=name)
    return menu


def test_the_menu_names_its_pages_and_leads_to_them(built, documents):
    for url, document in documents.items():
        language = every_record()[url].language
        shown = links_in(menu_of(document, language), built.site, url)
        assert shown == labelled_links("menu", language), url


def test_the_menu_marks_the_page_or_the_section_that_is_open_and_no_other(documents):
    for url, document in documents.items():
        record = every_record()[url]
        expected = []
        for item in word("menu"):
            is_open = f"/{record.original}".startswith(item["url"])
            is_the_page = original_at(item["url"]) == record.original
            expected.append(("page" if is_the_page else "true") if is_open else None)
        menu = menu_of(document, record.language)
        assert [link.get("aria-current") for link in menu.iter("a")] == expected, url


def test_the_button_for_the_theme_says_what_it_does(documents):
    for url, document in documents.items():
        button = one(document, "//button[@class='theme']")
        label = as_read("site.dark", every_record()[url].language)
        assert button.get("aria-label") == button.get("title") == label, url


def test_the_foot_says_how_the_site_is_made_and_leads_where_it_says(built, documents):
    for url, document in documents.items():
        language = every_record()[url].language
        foot = one(document, "//footer[@class='colophon']")
        last = foot.xpath("./p")[-1]
        assert text(last).startswith(as_read("site.footer", language)), url
        groups = one(foot, "./nav").findall("div")
        titles = [squeezed(group["title"]) for group in word("footer_map", language)]
        assert [text(group.find("p")) for group in groups] == titles, url
        for group, asked in zip(groups, word("footer_map"), strict=True):
            shown = links_in(group, built.site, url)
            assert shown == [called(address, language) for address in asked["urls"]], (
                url
            )


# They belong to no reader's way: what is shown for a missing page, and the parts of the style.
UNLISTED = ("index.html", NOT_FOUND, "elements/index.html")


def called(address: str, language: str) -> tuple[str, str]:
    """What the foot of a page calls another one, as the menu does, or by its title; its address."""
    place, remark = led(original_at(address), language)
    in_menu = {item["url"]: k for k, item in enumerate(word("menu"))}
    if address in in_menu:
        label = word("menu", language)[in_menu[address]]["label"]
    else:
        label = own_title(page_for(original_at(address), language), language)
    return squeezed(label) + remark, place


def test_the_map_at_the_foot_leads_to_every_page_that_stands_by_itself():
    urls = {original_at(url) for group in word("footer_map") for url in group["urls"]}
    alone = {
        record.original
        for record in page_records().values()
        if record.original.count("/") < 2
    }
    assert urls == alone - {*UNLISTED}


def test_a_page_marks_where_it_is(documents):
    """In the menu or in the map at the foot its section, and the first page by its name."""
    for url, document in documents.items():
        marked = "//header//a[@aria-current] | //footer//a[@aria-current]"
        is_nowhere = every_record()[url].original in (NOT_FOUND, "elements/index.html")
        assert bool(document.xpath(marked)) != is_nowhere, url


# From one page to the next


def expected_neighbours(record: PageRecord) -> list[tuple[str, str, str]]:
    """How a page leads to those before and after: relation, words and address."""
    if not record.section:
        return []
    order = [each.original for each in in_order(record.section)]
    if record.section == "tutorial":
        order.append("playground/index.html")
    at = order.index(record.original)
    language = record.language
    found = []
    if at > 0:
        sign = f"← {word('site.previous', language)}"
        found.append(("prev", sign, order[at - 1]))
    if at + 1 < len(order):
        sign = f"{word('site.next', language)} →"
        found.append(("next", sign, order[at + 1]))
    return [(rel, *named(original, sign, language)) for rel, sign, original in found]


def named(original: str, sign: str, language: str) -> tuple[str, str]:
    address, remark = led(original, language)
    title = own_title(page_for(original, language), language)
    return f"{sign} {title}{remark}", address


def test_a_page_leads_to_those_before_and_after_it_and_names_them(built, documents):
    for url, document in documents.items():
        record = every_record()[url]
        navs = document.xpath("/html/body/nav[@class='neighbours']")
        shown = []
        for nav in navs:
            relations = [link.get("rel") for link in nav.iter("a")]
            for rel, link in zip(
                relations, links_in(nav, built.site, url), strict=True
            ):
                shown.append((rel, *link))
            assert nav.get("aria-label") == as_read("site.neighbours", record.language)
        assert shown == expected_neighbours(record), url


POSITIONS = {
    "errata": "site.position.erratum",
    "tutorial": "site.position.step",
    "functions": "site.position.function",
    "symmetry": "site.position.case",
}


def test_a_page_of_a_section_says_which_of_how_many_it_is_and_leads_to_its_list(
    built, documents
):
    for url, document in documents.items():
        record = every_record()[url]
        if not record.section:
            continue
        language = record.language
        section = f"{record.section}/index.html"
        siblings = [each.original for each in in_order(record.section)]
        number = siblings.index(record.original) + 1
        position = said(
            POSITIONS[record.section], language, number=number, count=len(siblings)
        )
        up = one(document, "//main/p[@class='place'][following::h1]")
        address, remark = led(section, language)
        label = own_title(page_for(section, language), language) + remark
        assert text(up) == f"{label} · {position}", url
        assert links_in(up, built.site, url) == [(label, address)], url


def test_a_page_of_no_section_has_nowhere_to_lead_up_to(documents):
    for url, document in documents.items():
        if not every_record()[url].section and url != "elements/index.html":
            assert with_class(document, "place") == [], url


def test_the_tutorial_lists_its_steps_in_order_with_their_summaries(built, documents):
    for url, record in every_record().items():
        if record.original != "tutorial/index.html":
            continue
        shown = []  # of a step in English no summary is given elsewhere
        for item in documents[url].xpath("//ol[@class='steps']/li"):
            heading = one(item, ".//h2")
            ((label, address),) = links_in(heading, built.site, url)
            shown.append((label, address, [text(each) for each in item.iter("p")]))
        expected = []
        for step in in_order("tutorial"):
            address, remark = led(step.original, record.language)
            there = page_for(step.original, record.language)
            title = own_title(there, record.language)
            summary = [there.words] if there.language == record.language else []
            expected.append((title + remark, address, summary))
        assert shown == expected, url


def test_beside_each_step_stand_its_own_pictures_small_with_their_marks(built, english):
    """Those that its front matter names, which is what is shown on its page."""
    tutorial = "tutorial/index.html"
    items = english[tutorial].xpath("//ol[@class='steps']/li")
    for step, item in zip(in_order("tutorial"), items, strict=True):
        names = oracle.sources()[step.url].record["picture"]
        marks = item.xpath(".//*[@class='small']/*")
        assert {each.get("class"): text(each) for each in marks} == {
            role: SMALL_MARKS[role] for role in names
        }
        on_the_page = {
            file_of(built.site, step.url, image.get("src"))
            for image in english[step.url].iter("img")
        }
        for mark in marks:
            image = file_of(built.site, tutorial, one(mark, "img").get("src"))
            name = names[mark.get("class")]
            assert image == f"small/{name}.svg"
            assert f"figures/{name}.svg" in on_the_page


def test_every_function_is_listed_once_and_leads_to_its_page(built, documents):
    for url, record in every_record().items():
        if record.original != "functions/index.html":
            continue
        shown = []
        for heading in documents[url].xpath("//ul[@class='cards']/li//h3"):
            shown += links_in(heading, built.site, url)
        own = [
            page_for(each.original, record.language) for each in in_order("functions")
        ]
        assert sorted(shown) == sorted((each.title, each.address) for each in own), url


# Within a page


def headings(document: HtmlElement) -> list[tuple[str, str]]:
    """The headings of the second level: their words, and the place that they name."""
    found = []
    for heading in document.xpath(
        "//main/h2 | //main/section/h2 | //main/form/following-sibling::h2"
    ):
        found.append((text(heading).removesuffix("#"), f"#{heading.get('id')}"))
    return found


def test_the_contents_of_a_page_are_its_headings_in_order(documents):
    for url, document in documents.items():
        for contents in with_class(document, "contents"):
            listed = [(text(link), link.get("href")) for link in contents.iter("a")]
            assert [(unmarked(label, url), place) for label, place in listed] == [
                (unmarked(label, url), place) for label, place in headings(document)
            ], url


def unmarked(label: str, url: str) -> str:
    """The words of a heading, without the remark that a link in it leads to English."""
    remark = as_read("site.in_english", every_record()[url].language)
    return squeezed(label.replace(remark, ""))


WITHOUT_CONTENTS = {
    # What is shown for a missing page has a heading for each language.
    NOT_FOUND,
    # What these show heads them.
    "index.html",
    "tutorial/index.html",
    "functions/index.html",
    "playground/index.html",
    "symptoms/index.html",
}


def test_a_page_of_prose_with_more_than_two_headings_has_contents_at_both_widths(
    documents,
):
    for url, document in documents.items():
        record = every_record()[url]
        is_prose = (
            record.section != "functions" and record.original not in WITHOUT_CONTENTS
        )
        expected = []
        if is_prose and len(headings(document)) > 2:
            expected = ["contents beside", "contents folded"]
        shown = with_class(document, "contents")
        assert sorted(nav.get("class") for nav in shown) == expected, url
        for nav in shown:
            label = as_read("site.contents", record.language)
            assert nav.get("aria-label") == label, url
            assert text(nav.xpath(".//summary | .//p")[0]) == label, url


def test_the_sign_beside_a_heading_leads_to_this_heading(documents):
    for url, document in documents.items():
        for sign in with_class(document, "headerlink"):
            assert sign.get("href") == f"#{sign.getparent().get('id')}", url
            assert sign.get("title") == as_read(
                "site.anchor", every_record()[url].language
            ), url
            assert (text(sign), sign.tail) == ("#", None), url


def test_no_two_places_of_a_page_have_one_name(documents):
    for url, document in documents.items():
        names = document.xpath("//@id")
        assert len(names) == len(set(names)), url


# Links


def internal(document: HtmlElement) -> list[HtmlElement]:
    return document.xpath("//a[not(starts-with(@href, 'https:'))]")


def external(document: HtmlElement) -> list[tuple[str, str]]:
    """The links to elsewhere: their words and addresses."""
    return [
        (text(link), link.get("href"))
        for link in document.xpath("//a[starts-with(@href, 'http')]")
    ]


def test_every_link_within_the_site_leads_to_a_file_and_a_place_in_it(built, addressed):
    ids = {
        (built.site / url).resolve(): set(document.xpath("//@id"))
        for url, document in addressed.items()
    }
    for url, document in addressed.items():
        for link in internal(document):
            href = link.get("href")
            file, anchor = target(built.site / url, href)
            assert file.is_file(), (url, href)
            if anchor and not anchor.startswith("f="):
                assert anchor in ids[file], (url, href)


def test_everything_that_a_page_loads_is_there(built, addressed):
    for url, document in addressed.items():
        for source in document.xpath(
            "//@src | //link[@rel='icon' or @rel='stylesheet']/@href"
        ):
            assert target(built.site / url, source)[0].is_file(), (url, source)


def test_what_the_first_paint_needs_is_asked_for_before_a_script_stops_the_parser(
    documents,
):
    for address, document in documents.items():
        head = document.find("head")
        asked = head.xpath("script[@src] | link[@rel='preload' or @rel='stylesheet']")
        kinds = [
            each.get("rel") or ("later" if "defer" in each.attrib else "at once")
            for each in asked
        ]
        at_once = kinds.index("at once")
        assert kinds[0] == "preload", address
        assert {*kinds[at_once:]} == {"at once", "stylesheet"}, address
        assert asked[0].get("href") == asked[-1].get("href"), address


def test_links_are_relative_so_that_a_page_works_from_a_disk_and_in_any_folder(
    documents,
):
    for url, document in documents.items():
        for address in document.xpath("//body//@href | //main//@src"):
            if url == NOT_FOUND:
                assert address.startswith(("/repo/", "#")), address
            else:
                absolute = ("/", "http:", "file:", BASE_URL)
                assert not address.startswith(absolute), (url, address)


def test_a_link_spells_out_on_paper_where_it_leads(built, documents):
    """The address that a reader of a printed page can type, without what only programs read."""
    for url, document in documents.items():
        own = every_record()[url].address
        for link in internal(document):
            place = place_of(built.site, url, link.get("href"))
            is_here = place.startswith("#") or urldefrag(place).url == own
            typed = BASE_URL + unquote(place).partition("#f=")[0].removeprefix("/")
            found = link.get("data-url")
            expected = None if is_here else typed
            assert (unquote(found) if found else found) == expected, (url, place)


def test_a_link_that_has_the_words_of_a_title_leads_to_that_page(built, english):
    """In another language, too, since its links are held to those of its original."""
    by_title = {record.title: record.address for record in page_records().values()}
    for url, document in english.items():
        own_headings = dict(headings(document))
        for label, place in links_in(document, built.site, url):
            is_within = label in by_title and not place.startswith("https:")
            if is_within and label not in own_headings:
                assert urldefrag(place).url == by_title[label], (url, label)


def test_a_link_that_names_a_kind_of_file_leads_to_such_a_file(built, documents):
    for url, document in documents.items():
        numbers = as_read("arrows.numbers", every_record()[url].language)
        endings = {"SVG": ".svg", "PNG": ".png", "PDF": ".pdf", "CSV": ".csv"}
        endings[numbers] = ".csv"
        for link in internal(document):
            label = text(link)
            where = urldefrag(place_of(built.site, url, link.get("href"))).url
            if label in endings:
                assert where.endswith(endings[label]), (url, label)
            if re.fullmatch(r"[\w/]+\.(py|json|csv|xml|svg|png)", label):
                assert where.endswith(f"/{label}"), (url, label)


def test_a_picture_leads_to_itself_in_full_and_its_numbers_stand_beside_it(documents):
    for url, document in documents.items():
        numbers = as_read("arrows.numbers", every_record()[url].language)
        for figure in document.xpath("//figure[@class='picture']"):
            for image in figure.xpath(".//a/img"):
                href = image.getparent().get("href")
                if href.endswith(".svg"):
                    assert href == image.get("src"), url
            for link in figure.iter("a"):
                if text(link) == numbers:
                    image = one(figure, ".//img")
                    assert link.get("href") == image.get("src")[:-4] + ".csv", url


LISTING = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def written_links(markdown: str) -> list[tuple[str, str]]:
    """The links that a page has typed out: their words, and where they lead."""
    prose = COMMENT.sub("", LISTING.sub("", markdown))
    return [link for link in links(prose) if not set("{}") & set("".join(link))]


def test_the_links_of_a_page_lead_where_its_author_has_sent_them(built, english):
    for url, source in oracle.sources().items():
        own = page_records()[url].address
        shown = []
        for label, place in links_in(english[url], built.site, url):
            shown += [(label, place), (label, place.removeprefix(own))]
        for label, address in written_links(source.text):
            assert (label, address) in shown or (
                label,
                address.removeprefix(own),
            ) in shown, (url, label, address)


# Links to elsewhere


def test_what_is_elsewhere_is_named_by_https_and_code_by_a_commit_in_full(documents):
    for url, document in documents.items():
        for label, address in external(document):
            assert address.startswith("https://"), (url, label)
            if place_of_a_file := PLACE_OF_A_FILE.match(address):
                assert re.fullmatch("[0-9a-f]{40}", place_of_a_file[2]), (url, label)


def test_a_link_that_names_a_commit_a_report_or_a_file_leads_to_it(english):
    for url, document in english.items():
        for label, address in external(document):
            if commit := re.fullmatch(r"(?:commit )?([0-9a-f]{7})", label):
                in_full = f"/{commit[1]}[0-9a-f]{{33}}(/|$)"
                assert re.search(in_full, address), (url, label)
            if report := re.fullmatch(r"[Pp]ull request (\d+)", label):
                assert address.endswith(f"/pull/{report[1]}"), (url, label)
            if report := re.fullmatch(r"[Ii]ssue (\d+)", label):
                assert address.endswith(f"/issues/{report[1]}"), (url, label)
            if label.endswith(".py"):
                assert urldefrag(address).url.endswith(f"/{label}"), (url, label)


# Which plot do you see?


def test_each_routine_leads_to_its_place(built, english):
    url = "symptoms/index.html"
    choices = one(english[url], "//ul[@class='routines']")
    assert [text(item) for item in choices.findall("li")] == [
        plain(choice) for choice in word("routine.choices")
    ]
    own = page_records()[url].address
    written = [links(choice)[0][1] for choice in word("routine.choices")]
    places = [place for _, place in links_in(choices, built.site, url)]
    assert [each.removeprefix(own) for each in places] == [
        each.removeprefix(own) for each in written
    ]


def test_every_section_of_a_plot_leads_back_to_the_plots(english):
    for section in english["symptoms/index.html"].iter("section"):
        assert section[-1].find("a").get("href") == "#plots"
