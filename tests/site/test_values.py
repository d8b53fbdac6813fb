"""Every value that a text computes is, where it is read, what NumPy and the records say.

The text of a page is filled in from the oracle and turned into HTML by Markdown alone. Each
sentence, heading, cell and link that holds a computed value must stand on the page, word for
word. Formulas are left out here: `test_maths.py` reads them.
"""

import difflib
import re
from functools import cache

import lxml.html
import pytest
from markdown import Markdown
from oracle import sources
from reading.page_texts import VALUE_BEGINS, VALUE_ENDS, filled
from reading.pages import file_of, pages, squeezed
from unit.cases import FUNCTIONS

# Its session asks the package for its language; the last test reads what comes of it.
PLAYGROUND = "playground/index.html"

BLOCKS = ("p", "li", "h2", "h3", "dt", "dd", "figcaption")
FORMULA = re.compile(r"\$\$[^$]+\$\$|(?<![\\$\w])\$(?![\s$])[^$\n]*?[^\s\\$]\$(?!\w)")
PLACE_OF_A_FORMULA = "∎"
WITH_VALUES = [
    url
    for url, source in sources().items()
    if "{{" in source.text and url != PLAYGROUND
]


@pytest.fixture(scope="module")
def site(built):
    return built.site


@pytest.fixture(params=WITH_VALUES)
def url(request):
    return request.param


@cache
def expected(url):
    """The page as its text and the oracle have it, as HTML, formulas left out."""
    markdown = FORMULA.sub(PLACE_OF_A_FORMULA, filled(url).markdown)
    html = Markdown(extensions=["attr_list", "sane_lists", "tables"]).convert(markdown)
    return lxml.html.fragment_fromstring(html, create_parent="main")


def as_read(element):
    """The words of an element, without formulas and without the signs beside headings."""
    if element.tag == "math":
        return PLACE_OF_A_FORMULA
    if element.get("class") == "headerlink":
        return ""
    parts = [element.text or ""]
    for child in element:
        parts.append(as_read(child) if isinstance(child.tag, str) else "")
        parts.append(child.tail or "")
    return "".join(parts)


def innermost_blocks(document):
    """The words of every block that holds no other, with its tag."""
    for block in document.iter(*BLOCKS):
        if next(block.iterdescendants(*BLOCKS), None) is None:
            yield block.tag, squeezed(as_read(block))


def rows(document):
    """The cells of every row of every table."""
    for row in document.iter("tr"):
        yield tuple(squeezed(as_read(cell)) for cell in row)


def bare(string):
    """Words without the marks of computed values."""
    return squeezed(string.replace(VALUE_BEGINS, "").replace(VALUE_ENDS, ""))


def assert_on_page(url, block, on_page):
    if block not in on_page:
        nearest = difflib.get_close_matches(block, on_page, n=1, cutoff=0)
        pytest.fail(f"{url}\nmust say: {block}\nsays:     {' '.join(nearest)}")


def test_every_sentence_with_a_value_has_the_right_one(site, url):
    on_page = {}
    for tag, block in innermost_blocks(pages(site)[url]):
        on_page.setdefault(tag, []).append(block)
    for tag, block in innermost_blocks(expected(url)):
        if VALUE_BEGINS in block and bare(block):
            assert_on_page(url, bare(block), on_page.get(tag, []))


def test_every_row_with_a_value_has_the_right_ones(site, url):
    on_page = list(rows(pages(site)[url]))
    for row in rows(expected(url)):
        if VALUE_BEGINS in "".join(row):
            cells = tuple(bare(cell) for cell in row)
            assert cells in on_page, f"{url}: no row {cells}"


def alternatives_with_a_value(url):
    written = [image.get("alt", "") for image in expected(url).iter("img")]
    return [bare(alt) for alt in written if VALUE_BEGINS in alt and bare(alt)]


def test_some_alternative_text_has_a_value():
    """Or else the next test compares nothing."""
    assert any(alternatives_with_a_value(url) for url in WITH_VALUES)


def test_every_alternative_text_with_a_value_has_the_right_one(site, url):
    on_page = [squeezed(image.get("alt")) for image in pages(site)[url].iter("img")]
    for alternative in alternatives_with_a_value(url):
        assert_on_page(url, alternative, on_page)


def test_every_link_with_a_value_leads_where_it_says(site, url):
    on_page = set()
    for link in pages(site)[url].iter("a"):
        on_page.add((squeezed(as_read(link)), destination(site, url, link.get("href"))))
    for link in expected(url).iter("a"):
        href = link.get("href", "")
        if VALUE_BEGINS in href and bare(href):
            leads_to = (bare(as_read(link)), typed_destination(bare(href)))
            assert leads_to in on_page, f"{url}: {leads_to}"


def destination(site, url, href):
    """Where a published link leads: outside of the site, or to a file and an anchor."""
    if href.startswith("https:"):
        return href
    path, _, anchor = href.partition("#")
    return (file_of(site, url, path) if path else url), anchor


def typed_destination(href):
    """The same of a link as it is typed, from the root of the site."""
    if href.startswith("https:"):
        return href
    path, _, anchor = href.partition("#")
    return f"{path.removeprefix('/')}index.html", anchor


def test_the_playground_lists_the_language_of_spellings(site):
    document = pages(site)[PLAYGROUND]
    items = document.xpath("//h2[@id='what-you-can-type']/following::ul[1]/li")
    listed = [[code.text for code in item.iter("code")] for item in items]
    of_one, of_two, reductions = listed[1:4]
    assert named("of one number") == sorted(of_one[1:])  # the first is x itself
    assert named("of two numbers") == sorted(of_two)
    assert named("of a point") == sorted(reductions[1:])


def named(group):
    return sorted(f"np.{name}" for name in FUNCTIONS[group])
