"""The page of all elements shows whatever the style sheet styles, or says where it stands."""

import posixpath
import re

import pytest

PAGE = "elements/index.html"
NAME = r"[a-zA-Z][\w-]*"
SAID = re.compile(r"/\*.*?\*/|\"[^\"]*\"", re.DOTALL)


def selectors(css):
    """What stands before each brace that opens, without comments and what is quoted."""
    return " ".join(re.findall(r"[^{};]+(?={)", SAID.sub("", css)))


def styled(css):
    """The classes and names that a sheet styles, as it writes them."""
    return {*re.findall(rf"[.#]{NAME}", selectors(css))}


def shown(html):
    """The classes and names that a page has, as a sheet would write them."""
    classes = " ".join(re.findall(r'\bclass="([^"]*)"', html)).split()
    names = re.findall(r'\bid="([^"]*)"', html)
    return {f".{name}" for name in classes} | {f"#{name}" for name in names}


def named(html):
    """By page, what an item of a list says to stand there: a link, and names of the sheet."""
    found = {}
    for item in re.findall(r"<li>(.*?)</li>", html, re.DOTALL):
        if names := re.findall(r"<code>([.#][a-z][\w-]*)</code>", item):
            (link,) = re.findall(r'href="([^"]*)"', item)
            path = posixpath.normpath(posixpath.join(posixpath.dirname(PAGE), link))
            found.setdefault(path, set()).update(names)
    return found


def unseen(css, pages):
    """What a sheet styles and the page does not show, nor a page that it names for it."""
    elsewhere = (
        names & shown(pages[path]) for path, names in named(pages[PAGE]).items()
    )
    return styled(css) - shown(pages[PAGE]).union(*elsewhere)


@pytest.fixture(scope="module")
def site(built):
    """The texts of the site: its pages, its scripts and its style sheet."""
    kinds = (".html", ".js", ".css")
    return {
        name: data.decode()
        for name, data in built.files().items()
        if name.endswith(kinds)
    }


@pytest.fixture(scope="module")
def css(site):
    return site["static/site.css"]


@pytest.fixture(scope="module")
def pages(site):
    return {name: text for name, text in site.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def scripts(site):
    return "".join(text for name, text in site.items() if name.endswith(".js"))


def test_the_page_shows_whatever_is_styled_or_says_where_it_stands(css, pages):
    assert len(styled(css)) > 100
    assert not unseen(css, pages)


def test_what_it_says_to_stand_elsewhere_does_and_is_styled(css, pages):
    elsewhere = named(pages[PAGE])
    assert 1 < len(elsewhere) < 8
    for path, names in elsewhere.items():
        assert names <= shown(pages[path]) & styled(css) - shown(pages[PAGE]), path


@pytest.mark.parametrize(
    "rule",
    [
        ".new { color: red; }", "a, .card:has(> .new) > b { color: red; }", "#new::before { top: 0; }",
        "@media (width < 30.5rem) { .masthead { --step: 0.1rem; } p.new { top: 0; } }",
    ],
)  # fmt: skip
def test_what_is_styled_and_shown_nowhere_is_found(css, pages, rule):
    assert unseen(css + rule, pages) == {"#new" if "#new" in rule else ".new"}


def test_what_is_named_for_the_wrong_page_is_found(css, pages):
    page = pages[PAGE].replace("playground/index.html", "about/index.html")
    assert {".trial", "#verdict", ".readout"} <= unseen(css, pages | {PAGE: page})
    page = pages[PAGE].replace('class="cards"', "")
    assert unseen(css, pages | {PAGE: page}) == {".cards"}


def test_every_attribute_of_a_state_is_on_a_page_or_set_by_a_script(
    css, pages, scripts
):
    html = "".join(pages.values())
    attributes = re.findall(rf"\[((?:aria|data)-{NAME})", selectors(css))
    assert len({*attributes}) > 5
    for attribute in attributes:
        first, *more = attribute.removeprefix("data-").split("-")
        hook = f"dataset.{first}{''.join(word.title() for word in more)}"
        assert f" {attribute}=" in html or attribute in scripts or hook in scripts, (
            attribute
        )
