"""Every page has a card, with its title and the first pair that it shows."""

from types import SimpleNamespace

import pytest

from gradviz_core.content.pages import Page
from gradviz_core.publish import drawings
from gradviz_core.registry.words import interface

WORDS = interface("en") | {"chosen": {"card": ["product"]}}


def entry(name):
    """A function with names in place of its pictures."""
    pictures = {"correct": f"{name}, correct", "buggy": f"{name}, buggy"}
    is_hidden = name == "plane"
    return SimpleNamespace(
        fields=pictures, is_right=lambda role: role == "correct" or is_hidden
    )


ENTRIES = {name: entry(name) for name in ("plane", "product", "norm")}


def card_of(html, entries):
    page = Page(
        "content/a.md", "errata/a/index.html", "erratum", record={"title": "A title"}
    )
    return drawings.card_drawings([page], {page.url: html}, entries, WORDS, {})


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<p data-function="norm"></p><p data-function="plane"></p>', "norm"),
        ("<p>no pair</p>", "product"),
        ('<p>said of data-function="norm"</p>', "product"),
        ('<p data-function="nowhere"></p>', "product"),
    ],
)
def test_a_card_shows_the_first_pair_of_its_page(html, name):
    cards = card_of(html, ENTRIES)
    [(path, drawing)] = cards.items()
    assert path == "cards/errata/a.png"
    assert drawing.pictures == [f"{name}, buggy", f"{name}, correct"]
    assert drawing.heading == "A title"
    assert [title[0] for title in drawing.titles] == ["✗", "✓"]


def test_a_card_says_of_each_picture_whether_its_arrows_are_right():
    [drawing] = card_of('<p data-function="plane"></p>', ENTRIES).values()
    assert [title[0] for title in drawing.titles] == ["✓", "✓"]


def test_a_case_has_its_own_pair_on_its_card():
    record = {"title": "A case", "picture": {"correct": "a/b-1", "buggy": "a/b-2"}}
    page = Page("a.md", "symmetry/a/index.html", "case", record=record)
    drawn = {f"figures/a/b-{k}.svg": drawings.Drawing([f"picture {k}"]) for k in (1, 2)}
    shown = {page.url: '<p data-function="norm"></p>'}
    cards = drawings.card_drawings([page], shown, ENTRIES, WORDS, drawn)
    assert cards[page.card].pictures == ["picture 2", "picture 1"]
    assert [title[0] for title in cards[page.card].titles] == ["✗", "✓"]


def test_a_case_without_a_pair_has_that_of_a_function():
    record = {"title": "A case", "picture": {"book": "a/b"}}
    page = Page("a.md", "symmetry/a/index.html", "case", record=record)
    [card] = drawings.card_drawings([page], {page.url: ""}, ENTRIES, WORDS, {}).values()
    assert card.pictures == ["product, buggy", "product, correct"]


def test_each_page_has_a_card_of_its_own():
    titles = ("One", "Another")
    pages = [
        Page(f"{title}.md", f"{title}/index.html", "page", record={"title": title})
        for title in titles
    ]
    shown = {page.url: "<p>no pair</p>" for page in pages}
    cards = drawings.card_drawings(pages, shown, ENTRIES, WORDS, {})
    headings = {path: drawing.heading for path, drawing in cards.items()}
    assert headings == {f"cards/{title}.png": title for title in titles}


def test_without_the_product_a_card_shows_the_first_function_of_the_site():
    only = {"plane": entry("plane")}
    [drawing] = card_of("<p>no pair</p>", only).values()
    assert drawing.pictures == ["plane, buggy", "plane, correct"]


def test_a_site_without_functions_has_no_cards():
    assert card_of("<p>no pair</p>", {}) == {}


def test_what_no_address_finds_has_no_card():
    page = Page("content/404.md", "404.html", "page", record={"title": "Not found"})
    assert drawings.card_drawings([page], {page.url: ""}, ENTRIES, WORDS, {}) == {}
