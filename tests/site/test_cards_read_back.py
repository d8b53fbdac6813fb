"""The card of a page, shown where its address is shared, is that of this page.

Nothing here knows how a card is drawn: the words are judged by how long they are, the plots
by where their ink lies, and by the pictures that the site itself shows of the function.
"""

from dataclasses import dataclass
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from project import BASE_URL
from published import page_files, pages
from reading import page

MIDDLE = 600
SPACE_BETWEEN_WORDS = 14
HEADING_POINTS = 19
DOTS_PER_INCH = 150


@dataclass(frozen=True)
class Card:
    """What can be seen on a card."""

    size: tuple[int, int]
    heading_width: int
    blue_columns: np.ndarray
    orange_columns: np.ndarray
    ink: np.ndarray


def pixels_of(path: Path) -> np.ndarray:
    """Red, green and blue of a picture, from 0 to 255."""
    return (matplotlib.image.imread(path)[:, :, :3] * 255).astype(np.int16)


def heading_width(pixels: np.ndarray) -> int:
    """How long the black words above the plots would be, set in one line."""
    black = (pixels < 60).all(axis=2)
    rows = np.flatnonzero(black.any(axis=1))
    gaps = np.flatnonzero(np.diff(rows) > 8)
    lines = np.split(rows, gaps + 1)
    width = SPACE_BETWEEN_WORDS * (len(lines) - 1)
    for line in lines:
        columns = np.flatnonzero(black[line[0] : line[-1] + 1].any(axis=0))
        width += int(np.ptp(columns))
    return width


def ink_of_plots(pixels: np.ndarray) -> np.ndarray:
    """How much of each field of a chessboard of eight by eight on each plot is coloured.

    The plots are found by their frames, which are dark and as wide as they are high.
    """
    dark = (pixels < 140).all(axis=2)
    bottom = np.flatnonzero(dark.mean(axis=1) > 0.4).max()
    sides = np.flatnonzero(dark[bottom - 200 : bottom].all(axis=0))
    top = bottom - np.argmin(dark[bottom::-1, sides[0]])
    coloured = np.ptp(pixels, axis=2) > 80
    shares = []
    for frame in np.split(sides, np.flatnonzero(np.diff(sides) > 100)[1::2] + 1):
        plot = coloured[top:bottom, frame.min() : frame.max()]
        for rows in np.array_split(plot, 8):
            shares += [field.mean() for field in np.array_split(rows, 8, axis=1)]
    return np.array(shares)


@pytest.fixture(scope="module")
def documents(built):
    """Every page that has an address of its own, by its url."""
    files = page_files(built.site)
    return {url: page(path) for url, path in files.items() if url != "404.html"}


@pytest.fixture(scope="module")
def cards(built, documents):
    """The card of each page, by the url of the page."""
    found = {}
    for url in documents:
        pixels = pixels_of(built.site / pages()[url].card)
        red, _, blue = np.moveaxis(pixels, 2, 0)
        found[url] = Card(
            size=pixels.shape[1::-1],
            heading_width=heading_width(pixels),
            blue_columns=np.flatnonzero((blue - red > 80).any(axis=0)),
            orange_columns=np.flatnonzero((red - blue > 80).any(axis=0)),
            ink=ink_of_plots(pixels),
        )
    return found


def test_every_page_names_its_own_card_and_no_card_is_left_over(built, documents):
    for url, document in documents.items():
        (image,) = document.cssselect("meta[property='og:image']")
        assert image.get("content") == BASE_URL + pages()[url].card, url
    drawn = {
        path.relative_to(built.site).as_posix()
        for path in built.site.glob("cards/**/*.png")
    }
    assert drawn == {pages()[url].card for url in documents}


def test_a_card_has_the_size_that_sites_show(cards):
    for url, card in cards.items():
        assert card.size == (1200, 630), url


def test_the_words_of_a_card_are_as_long_as_the_title_of_its_page(cards):
    bold = FontProperties(family="DejaVu Sans", weight="bold")
    for url, card in cards.items():
        letters = TextPath((0, 0), pages()[url].title, size=HEADING_POINTS, prop=bold)
        width = letters.get_extents().width * DOTS_PER_INCH / 72
        assert card.heading_width == pytest.approx(width, abs=20), url


def test_the_plot_with_both_transposes_is_blue_and_left_the_other_orange_and_right(
    cards,
):
    for url, card in cards.items():
        assert card.blue_columns.max() < MIDDLE, url
        if (
            card.orange_columns.size
        ):  # of a blank plot only dots, and of no number not even these
            assert card.orange_columns.min() > MIDDLE, url


def test_a_card_shows_the_first_function_of_its_page_and_else_the_product(
    built, cards, documents
):
    figures = {}
    for url, document in documents.items():
        shown = [
            each.get("data-function") for each in document.cssselect("[data-function]")
        ]
        name = (shown or ["product"])[0]
        if name not in figures:
            paths = [
                built.site / f"figures/{name}-{ink}.png" for ink in ("correct", "buggy")
            ]
            figures[name] = np.concatenate(
                [ink_of_plots(pixels_of(path)) for path in paths]
            )
        assert np.abs(cards[url].ink - figures[name]).mean() < 0.022, (url, name)
