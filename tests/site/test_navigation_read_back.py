"""Every page says which it is, and every link leads to what its words name.

What the pages are called, and in which order they are read, comes from the front matter of
`content/` and from the registry of functions alone.
"""

import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urldefrag

import oracle
import pytest
from lxml.html import HtmlElement
from project import BASE_URL
from reading.pages import page, page_files, target, text
from reading.records import in_order, links, page_records, plain

from tests.site.plots_to_choose_from import SECTION_OF, SYMPTOMS

MENU = {
    "Your plot": "/symptoms/",
    "Errata": "/errata/",
    "Tutorial": "/tutorial/",
    "Functions": "/functions/",
    "Playground": "/playground/",
    "Use it": "/use/",
}
FOOTER = {
    "Corrections to this site": "/corrections/",
    "About this site": "/about/",
}
# What the site is about, as people look for it.
BOOK = "Deep Learning from Scratch, section 4.4, figure 4-9"
PLACE_OF_A_FILE = re.compile(
    r"https://github\.com/[^/]+/[^/]+/(blob|tree|commit|raw)/([^/]*)"
)


@pytest.fixture(scope="module")
def files(built):
    """The file of every page by its url."""
    return page_files(built.site)


@pytest.fixture(scope="module")
def documents(files):
    """Every page by its url, parsed."""
    return {url: page(path) for url, path in files.items()}


@pytest.fixture(scope="module")
def english(documents):
    """Every page but the one that is shown where there is none: it has no address."""
    return {url: each for url, each in documents.items() if url != "404.html"}


def meta(document: HtmlElement, kind: str, name: str) -> list[str]:
    return [
        each.get("content") for each in document.cssselect(f"meta[{kind}='{name}']")
    ]


def places(element: HtmlElement, path: Path, site: Path) -> list[tuple[str, str]]:
    """The links in an element: their words, and where they lead from the root of the site."""
    return [(text(link), place(link, path, site)) for link in element.iter("a")]


def place(link: HtmlElement, path: Path, site: Path) -> str:
    """Where a link leads, from the root of the site; of the page itself its anchor alone."""
    href = link.get("href")
    if href.startswith(("https:", "#")):
        return href
    href = href.removeprefix("/repo/") if href.startswith("/repo/") else href
    start = site / "404.html" if path.name == "404.html" else path
    file, _ = target(start, href)
    address = file.relative_to(site.resolve()).as_posix().removesuffix("index.html")
    anchor = urldefrag(href).fragment
    return f"/{address}#{anchor}" if anchor else f"/{address}"


# What a page calls itself


def test_the_pages_are_those_of_the_content_and_of_the_registry(files):
    assert set(files) == set(page_records())


def test_a_page_has_one_title_and_it_is_that_of_its_record(documents):
    for url, document in documents.items():
        assert [text(title) for title in document.iter("h1")] == [
            page_records()[url].title
        ], url


def test_the_title_of_a_window_names_page_and_site(documents):
    for url, document in documents.items():
        title = f"{page_records()[url].title} · gradviz"
        if url == "index.html":
            title = f"{page_records()[url].title} {BOOK} · gradviz"
        assert text(document.find(".//title")) == title, url


def test_a_page_is_summarised_below_its_title_and_for_search_in_the_same_words(
    documents,
):
    for url, document in documents.items():
        words = page_records()[url].words
        assert [text(each) for each in document.cssselect("main p.summary")] == [
            words
        ], url
        assert meta(document, "name", "description") == [words], url


def test_a_page_knows_its_own_address(english):
    for url, document in english.items():
        address = BASE_URL + url.removesuffix("index.html")
        canonical = document.cssselect("link[rel=canonical]")
        assert [link.get("href") for link in canonical] == [address], url
        assert meta(document, "property", "og:url") == [address], url
        assert document.cssselect("a.brand")[0].get("data-address") == address, url


def test_a_page_that_is_shared_is_named_and_described_as_it_is(english):
    for url, document in english.items():
        assert meta(document, "property", "og:title") == [page_records()[url].title], (
            url
        )
        assert meta(document, "property", "og:description") == [
            page_records()[url].words
        ], url
        assert meta(document, "property", "og:site_name") == ["gradviz"], url
        assert meta(document, "property", "og:type") == ["article"], url
        assert meta(document, "name", "twitter:card") == ["summary_large_image"], url
        assert meta(document, "property", "og:image:alt") == [
            "The same gradient drawn twice: with both .T, and without."
        ], url


def test_the_page_that_is_shown_where_there_is_none_claims_no_address(documents):
    lost = documents["404.html"]
    assert lost.cssselect("link[rel=canonical], link[rel=alternate]") == []
    assert lost.cssselect("meta[property]") == []


def test_every_page_is_in_english_and_says_so(documents):
    for url, document in documents.items():
        assert document.get("lang") == "en", url
        offered = document.cssselect("header nav.languages a")
        tags = [link.get("hreflang") for link in offered]
        assert tags == [link.get("lang") for link in offered], url
        assert tags == [tag for tag in ("ja", "ko", "zh-Hans") if tag in tags], url
        assert len(document.cssselect("body [hreflang]")) == len(offered), url


def test_every_page_leads_programs_to_the_feed(english):
    for url, document in english.items():
        (feed,) = document.cssselect("link[type='application/atom+xml']")
        assert feed.get("rel") == "alternate", url
        assert feed.get("title") == "Errata and corrections", url
        assert feed.get("href") == f"{BASE_URL}feed.xml", url


# The frame of every page


def test_the_name_of_the_site_leads_home(built, documents, files):
    for url, document in documents.items():
        (brand,) = document.cssselect("a.brand")
        assert (text(brand), place(brand, files[url], built.site)) == (
            "gradviz",
            "/",
        ), url


def test_the_menu_names_its_pages_and_leads_to_them(built, documents, files):
    for url, document in documents.items():
        (menu,) = document.cssselect("nav[aria-label=Sections]")
        assert places(menu, files[url], built.site) == list(MENU.items()), url


def test_the_menu_marks_the_page_or_the_section_that_is_open_and_no_other(documents):
    for url, document in documents.items():
        marks = {}
        for link in document.cssselect("nav[aria-label=Sections] a[aria-current]"):
            marks[text(link)] = link.get("aria-current")
        expected = {}
        for label, address in MENU.items():
            if page_records()[url].address == address:
                expected[label] = "page"
            elif page_records()[url].address.startswith(address):
                expected[label] = "true"
        assert marks == expected, url


def test_the_first_link_skips_to_the_text(documents):
    for url, document in documents.items():
        first = next(document.iter("a"))
        assert (text(first), first.get("href")) == ("Skip to the text", "#text"), url
        assert [each.tag for each in document.cssselect("#text")] == ["main"], url


def test_the_foot_leads_to_corrections_and_to_the_page_about_the_site(
    built, documents, files
):
    for url, document in documents.items():
        (foot,) = document.cssselect("footer.colophon")
        assert places(foot, files[url], built.site) == list(FOOTER.items()), url
        assert text(foot).startswith(
            "Every picture of a field, and every number about it, "
            "is computed when this site is built."
        ), url


def test_the_button_for_the_theme_says_what_it_does(documents):
    for url, document in documents.items():
        (button,) = document.cssselect("button.theme")
        assert button.get("aria-label") == button.get("title") == "Dark theme", url


# From one page to the next


def expected_neighbours(url: str) -> list[tuple[str, str, str]]:
    """How a page leads to those before and after: relation, words and address."""
    section = page_records()[url].section
    if not section:
        return []
    order = in_order(section)
    if section == "tutorial":
        order = [*order, page_records()["playground/index.html"]]
    at = order.index(page_records()[url])
    found = []
    if at > 0:
        before = order[at - 1]
        found.append(("prev", f"← Previous {before.title}", before.address))
    if at + 1 < len(order):
        after = order[at + 1]
        found.append(("next", f"Next → {after.title}", after.address))
    return found


def test_a_page_leads_to_those_before_and_after_it_and_names_them(
    built, documents, files
):
    for url, document in documents.items():
        shown = []
        for link in document.cssselect("body > nav.neighbours a"):
            shown.append(
                (link.get("rel"), text(link), place(link, files[url], built.site))
            )
        assert shown == expected_neighbours(url), url


def test_the_links_to_neighbours_are_introduced_as_such(documents):
    for url, document in documents.items():
        for nav in document.cssselect("body > nav.neighbours"):
            assert nav.get("aria-label") == "Before and after", url


POSITIONS = {
    "errata": "Errata · Erratum {} of {}",
    "tutorial": "Tutorial · Step {} of {}",
    "functions": "Functions · Function {} of {}",
}


@pytest.mark.parametrize("section", POSITIONS)
def test_a_page_of_a_section_says_which_of_how_many_it_is_above_its_title(
    documents, section
):
    siblings = in_order(section)
    for number, sibling in enumerate(siblings, start=1):
        (up,) = documents[sibling.url].cssselect("main > p.place:has(~ h1)")
        words = POSITIONS[section].format(number, len(siblings))
        assert text(up) == words, sibling.url


@pytest.mark.parametrize("section", POSITIONS)
def test_a_page_of_a_section_leads_up_to_its_list(built, documents, files, section):
    for sibling in in_order(section):
        (link,) = documents[sibling.url].cssselect("p.place a")
        assert text(link) == page_records()[f"{section}/index.html"].title, sibling.url
        where = place(link, files[sibling.url], built.site)
        assert where == f"/{section}/", sibling.url


def test_a_page_of_no_section_has_nowhere_to_lead_up_to(documents):
    for url, document in documents.items():
        if not page_records()[url].section and url != "elements/index.html":
            assert document.cssselect(".place") == [], url


def test_the_tutorial_lists_its_steps_in_order_with_their_summaries(
    built, documents, files
):
    document = documents["tutorial/index.html"]
    shown = []
    for item in document.cssselect("ol.steps > li"):
        (link,) = item.cssselect("h2 a")
        address = place(link, files["tutorial/index.html"], built.site)
        shown.append((text(link), address, text(item.find(".//p"))))
    assert shown == [(s.title, s.address, s.words) for s in in_order("tutorial")]


def test_every_function_is_listed_once_and_leads_to_its_page(built, documents, files):
    document = documents["functions/index.html"]
    shown = []
    for link in document.cssselect("ul.cards > li h3 a"):
        address = place(link, files["functions/index.html"], built.site)
        shown.append((text(link), address))
    expected = [(each.title, each.address) for each in in_order("functions")]
    assert sorted(shown) == sorted(expected)


def test_the_first_page_counts_the_functions(documents):
    count = len(oracle.functions())
    assert f"{count} functions" in [
        text(link) for link in documents["index.html"].iter("a")
    ]


# Within a page


def headings(document: HtmlElement) -> list[tuple[str, str]]:
    """The headings of the second level: their words, and the place that they name."""
    found = []
    for heading in document.cssselect(
        "main > h2, main > section > h2, main > form ~ h2"
    ):
        found.append((text(heading).removesuffix("#"), f"#{heading.get('id')}"))
    return found


def test_the_contents_of_a_page_are_its_headings_in_order(documents):
    for url, document in documents.items():
        for contents in document.cssselect("nav.contents"):
            listed = [(text(link), link.get("href")) for link in contents.iter("a")]
            assert listed == headings(document), url


def test_a_page_of_prose_with_more_than_two_headings_has_contents_at_both_widths(
    documents,
):
    """Lists, functions, symptoms and the playground have none: what they show heads their page.

    What is shown for a missing page has a heading for each language.
    """
    for url, document in documents.items():
        is_prose = page_records()[url].section != "functions" and url not in (
            "404.html",
            "index.html",
            "tutorial/index.html",
            "functions/index.html",
            "playground/index.html",
            "symptoms/index.html",
        )
        expected = []
        if is_prose and len(headings(document)) > 2:
            expected = ["contents folded", "contents beside"]
        shown = document.cssselect("nav.contents")
        assert sorted(nav.get("class") for nav in shown) == sorted(expected), url
        for nav in shown:
            assert nav.get("aria-label") == "On this page", url
            assert text(nav.cssselect("summary, p")[0]) == "On this page", url


def test_the_sign_beside_a_heading_leads_to_this_heading(documents):
    for url, document in documents.items():
        for sign in document.cssselect("a.headerlink"):
            heading = sign.getparent()
            assert sign.get("href") == f"#{heading.get('id')}", url
            assert sign.get("title") == "Link to this section", url
            assert (text(sign), sign.tail) == ("#", None), url


def test_no_two_places_of_a_page_have_one_name(documents):
    for url, document in documents.items():
        names = [each.get("id") for each in document.cssselect("[id]")]
        assert len(names) == len(set(names)), url


# Links


def internal(document: HtmlElement) -> list[HtmlElement]:
    return [
        link for link in document.iter("a") if not link.get("href").startswith("https:")
    ]


def test_every_link_within_the_site_leads_to_a_file_and_a_place_in_it(documents, files):
    anchors = {}
    for url, document in documents.items():
        anchors[files[url].resolve()] = {
            each.get("id") for each in document.cssselect("[id]")
        }
    for url, document in documents.items():
        if url == "404.html":
            continue
        for link in internal(document):
            href = link.get("href")
            file, anchor = target(files[url], href)
            assert file.is_file(), (url, href)
            if anchor and not anchor.startswith("f="):
                assert anchor in anchors[file], (url, href)


def test_everything_that_a_page_loads_is_there(documents, files):
    for url, document in documents.items():
        if url == "404.html":
            continue
        for element in document.cssselect(
            "[src], link[rel=icon], link[rel=stylesheet]"
        ):
            source = element.get("src") or element.get("href")
            file, _ = target(files[url], source)
            assert file.is_file(), (url, source)


def test_links_are_relative_so_that_a_page_works_from_a_disk_and_in_any_folder(
    documents,
):
    for url, document in documents.items():
        for element in document.cssselect("main [href], main [src], body > * [href]"):
            address = element.get("href") or element.get("src")
            if url == "404.html":
                assert address.startswith(("/repo/", "#")), address
            else:
                assert not address.startswith(("/", "http:", "file:", BASE_URL)), (
                    url,
                    address,
                )


def test_a_link_spells_out_on_paper_where_it_leads(built, documents, files):
    """The address that a reader of a printed page can type, without what only programs read."""
    for url, document in documents.items():
        for link in internal(document):
            where = place(link, files[url], built.site)
            same_page = (
                where.startswith("#")
                or urldefrag(where).url == page_records()[url].address
            )
            typed = BASE_URL + unquote(where).partition("#f=")[0].removeprefix("/")
            expected = None if same_page else typed
            found = link.get("data-url")
            assert (unquote(found) if found else found) == expected, (url, where)


def test_a_link_that_has_the_words_of_a_title_leads_to_that_page(
    built, documents, files
):
    by_title = {each.title: each.address for each in page_records().values()}
    for url, document in documents.items():
        own_headings = dict(headings(document))
        for link in internal(document):
            words = text(link)
            if words in by_title and words not in own_headings:
                where = place(link, files[url], built.site)
                assert urldefrag(where).url == by_title[words], (url, words)


def test_a_link_that_names_a_kind_of_file_leads_to_such_a_file(built, documents, files):
    endings = {
        "SVG": ".svg",
        "PNG": ".png",
        "PDF": ".pdf",
        "CSV": ".csv",
        "As numbers": ".csv",
    }
    for url, document in documents.items():
        for link in internal(document):
            words = text(link)
            where = urldefrag(place(link, files[url], built.site)).url
            if words in endings:
                assert where.endswith(endings[words]), (url, words)
            if re.fullmatch(r"[\w/]+\.(py|json|csv|xml|svg|png)", words):
                assert where.endswith(f"/{words}"), (url, words)


def test_a_picture_leads_to_itself_in_full_and_its_numbers_stand_beside_it(documents):
    for url, document in documents.items():
        for figure in document.cssselect("figure.picture"):
            for image in figure.cssselect("a > img"):
                href = image.getparent().get("href")
                if href.endswith(".svg"):
                    assert href == image.get("src"), url
            for link in figure.iter("a"):
                if text(link) == "As numbers":
                    (image,) = figure.iter("img")
                    assert link.get("href") == image.get("src")[:-4] + ".csv", url


def test_the_numbers_of_a_pair_are_those_of_the_function_that_it_shows(documents):
    for url, document in documents.items():
        for pair in document.cssselect("figure.pair[data-function]"):
            name = pair.get("data-function")
            (link,) = [
                each
                for each in pair.iter("a")
                if text(each) == "Every arrow as numbers"
            ]
            home = (
                "index.html"
                if url == f"functions/{name}/index.html"
                else f"{name}/index.html"
            )
            assert link.get("href").endswith(f"{home}#arrows"), (url, name)


def test_a_function_is_taken_into_the_playground_as_it_is_spelled(documents):
    for name, function in oracle.functions().items():
        document = documents[f"functions/{name}/index.html"]
        (link,) = [
            e for e in document.iter("a") if text(e) == "Change it in the playground"
        ]
        address, fragment = urldefrag(link.get("href"))
        assert address == "../../playground/index.html", name
        state = dict(parse_qsl(fragment))
        assert state.pop("f") == function.spelling, name
        own_grid = {}
        if function.grid != oracle.DEFAULT_GRID:
            own_grid = dict(zip(("start", "stop", "step"), function.grid, strict=True))
        assert {key: float(number) for key, number in state.items()} == own_grid, name


LISTING = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def written_links(markdown: str) -> list[tuple[str, str]]:
    """The links that a page has typed out: their words, and where they lead."""
    prose = COMMENT.sub("", LISTING.sub("", markdown))
    typed = [link for link in links(prose) if "{" not in "".join(link)]
    return [(words, address) for words, address in typed if "}" not in words + address]


def test_the_links_of_a_page_lead_where_its_author_has_sent_them(
    built, documents, files
):
    for url, source in oracle.sources().items():
        path = files[url]
        shown = places(documents[url], path, built.site)
        for words, address in written_links(source.text):
            if address.startswith("/"):
                own = page_records()[url].address
                address = (
                    address.removeprefix(own)
                    if address.startswith(f"{own}#")
                    else address
                )
            shown_here = [
                (w, a.removeprefix(page_records()[url].address)) for w, a in shown
            ]
            assert (words, address) in shown + shown_here, (url, words, address)


# Links to elsewhere


def external(document: HtmlElement) -> list[tuple[str, str]]:
    found = []
    for link in document.iter("a"):
        if link.get("href").startswith("http"):
            found.append((text(link), link.get("href")))
    return found


def test_what_is_elsewhere_is_named_by_https_and_code_by_a_commit_in_full(documents):
    for url, document in documents.items():
        for words, address in external(document):
            assert address.startswith("https://"), (url, words)
            if place_of_a_file := PLACE_OF_A_FILE.match(address):
                assert re.fullmatch("[0-9a-f]{40}", place_of_a_file[2]), (url, words)


def test_a_link_that_names_a_commit_a_report_or_a_file_leads_to_it(documents):
    for url, document in documents.items():
        for words, address in external(document):
            if commit := re.fullmatch(r"(?:commit )?([0-9a-f]{7})", words):
                assert re.search(f"/{commit[1]}[0-9a-f]{{33}}(/|$)", address), (
                    url,
                    words,
                )
            if report := re.fullmatch(r"[Pp]ull request (\d+)", words):
                assert address.endswith(f"/pull/{report[1]}"), (url, words)
            if report := re.fullmatch(r"[Ii]ssue (\d+)", words):
                assert address.endswith(f"/issues/{report[1]}"), (url, words)
            if words.endswith(".py"):
                assert urldefrag(address).url.endswith(f"/{words}"), (url, words)


# Which plot do you see?


def test_each_plot_leads_to_its_place_and_shows_what_stands_there(
    built, documents, files
):
    url = "symptoms/index.html"
    (plots,) = documents[url].cssselect("ul.symptoms")
    shown = places(plots, files[url], built.site)
    assert shown == [(words, f"/symptoms/#{name}") for name, words in SYMPTOMS.items()]
    for link in plots.iter("a"):
        name = urldefrag(link.get("href")).fragment
        (thumbnail,) = link.iter("img")
        section = documents[url].cssselect(f"section:has(#{SECTION_OF[name]})")[0]
        assert thumbnail.get("src") in [
            image.get("src") for image in section.iter("img")
        ]


def test_every_section_leads_back_to_the_plots(documents):
    for section in documents["symptoms/index.html"].cssselect("section"):
        last = section[-1]
        assert text(last) == "↑ Back to the plots"
        assert last.find("a").get("href") == "#plots"


def test_each_routine_leads_to_its_place(built, documents, files):
    url = "symptoms/index.html"
    (plots,) = documents[url].cssselect("ul.symptoms")
    choices = plots.getprevious()
    shown = [text(item) for item in choices.findall("li")]
    assert shown == [
        "numerical_gradient, the book's: choose your plot",
        "np.gradient: its two slopes are easily swapped",
        "jacobian or approx_fprime, of SciPy: each has its own layout",
        "jax.grad: it takes one point",
    ]
    assert [where for _, where in places(choices, files[url], built.site)] == [
        "#plots",
        "/symptoms/#exchanged",
        "/symptoms/#scipy",
        "/symptoms/#scipy",
    ]


def test_the_summary_counts_the_plots(documents):
    assert "among the twelve" in plain(page_records()["symptoms/index.html"].summary)
    assert len(documents["symptoms/index.html"].cssselect("ul.symptoms > li")) == 12
