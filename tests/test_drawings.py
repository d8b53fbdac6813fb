"""Every page has a card, with its title and the first pair that it shows."""

import re
import struct
import textwrap

import numpy as np
import pytest
from matplotlib import rc_context
from project import BASE_URL, copied

from gradviz_core import figures
from gradviz_core.publish import exports
from gradviz_core.publish.entries import measured
from gradviz_core.publish.pages import Page
from gradviz_core.quiver import Quiver

IMAGE = re.compile(r'<meta property="og:image" content="([^"]*)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


@pytest.fixture(scope="module")
def entries():
    return measured(set())[0]


def test_every_page_names_a_card_of_its_own(built):
    files = built.files()
    named = {}
    for path, text in files.items():
        if path.endswith(".html") and path != "404.html":
            (address,) = IMAGE.findall(text.decode())
            named[path] = address.removeprefix(BASE_URL)
            assert struct.unpack(">II", files[named[path]][16:24]) == (1200, 630)
            assert f'<meta property="og:url" content="{CANONICAL.findall(text.decode())[0]}">' in (
                text.decode()
            )
    assert len(set(named.values())) == len(named) > 30
    assert {path for path in files if path.startswith("cards/")} == set(named.values())
    assert len({files[path] for path in named.values()}) == len(named)


def test_without_an_address_there_is_no_card(small):
    assert small.build().returncode == 0
    files = small.files()
    assert not [path for path in files if path.startswith("cards/")]
    assert not IMAGE.search(files["index.html"].decode())


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ('<figure data-function="norm"></figure><figure data-function="plane"></figure>', "norm"),
        ("<p>no pair</p>", "product"),
        ('<p>said of data-function="norm"</p>', "product"),
        ('<p data-function="nowhere"></p>', "product"),
    ],
)
def test_a_card_shows_the_first_pair_of_its_page(entries, html, name):
    page = Page("content/a.md", "errata/a/index.html", "erratum", (), {"title": "A title"})
    ((path, (quivers, words)),) = exports.cards([page], {page.url: html}, entries).items()
    assert path == "cards/errata/a.png"
    assert quivers == [entries[name].quivers["correct"], entries[name].quivers["buggy"]]
    assert words == {
        "titles": ["✓ With both .T", "✗ Without .T"], "heading": "A title",
    }  # fmt: skip


def test_a_site_without_the_product_has_cards_all_the_same(drawn, tmp_path):
    project = copied(tmp_path / "gradviz", drawn.root)
    done = project.build("--base-url", BASE_URL)
    assert done.returncode == 0, done.stderr
    cards = [name for name in project.files() if name.startswith("cards/")]
    assert {"cards/index.png", "cards/functions/plane.png"} <= {*cards}
    pages = [Page("content/a.md", "a/index.html")]
    assert exports.cards(pages, {"a/index.html": ""}, {}) == {}


@pytest.mark.parametrize("words", [3, 12, 24])
def test_a_heading_stays_in_the_card_and_above_the_fields(words):
    field = Quiver(np.eye(2), np.eye(2), (0, 2), None, "book")
    heading = "Wholesome " * words
    figures.render("svg", field, field, heading=heading)
    figure = figures._sheet((Quiver, Quiver), len(textwrap.wrap(heading, 42)))
    (text,) = figure.texts
    assert "".join(text.get_text().split()) == "Wholesome" * words
    with rc_context(figures.STYLE):
        figure.draw_without_rendering()
        extent = text.get_window_extent().transformed(figure.transFigure.inverted())
    assert extent.x1 <= 1
    for axes in figure.axes:
        left, bottom, width, height = axes.get_position().bounds
        assert left >= 0
        assert left + width <= 1
        assert bottom + height + 0.06 < extent.y0  # the name of the field stands between
        assert width * 8 == pytest.approx(height * 4.2)
